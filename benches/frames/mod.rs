//! Processor time that the main thread spends on a frame, counted from the first schedule to the last.
//!
//! The main world runs on one thread, so that all it does is counted; rendering runs beside it. Where
//! the system tells no processor time, it is the wall's.

#[path = "clock.rs"]
mod clock;

use std::time::{Duration, Instant};

use bevy::{
    app::{MainScheduleOrder, PluginsState},
    ecs::schedule::{InternedScheduleLabel, ScheduleLabel, SingleThreadedExecutor},
    prelude::*,
};

use clock::Clock;

/// A frame of 60 a second.
pub(crate) const FRAME: Duration = Duration::from_micros(16_667);
/// Frames that are measured.
pub(crate) const FRAMES: usize = 600;

/// Before all schedules of a frame.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct Begin;

/// After all schedules of a frame.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct End;

/// What a frame took.
#[derive(Resource)]
struct Spent {
    clock: Clock,
    begun: Duration,
    spent: Duration,
}

/// Makes an app ready to be measured, and waits until its plugins are.
pub(crate) fn prepare(app: &mut App) {
    app.insert_resource(Spent { clock: Clock::new(true), begun: default(), spent: default() })
        .add_systems(Begin, |mut frame: ResMut<Spent>| frame.begun = frame.clock.of_thread())
        .add_systems(End, |mut frame: ResMut<Spent>| {
            frame.spent = frame.clock.of_thread() - frame.begun;
        });
    let mut order = app.world_mut().resource_mut::<MainScheduleOrder>();
    order.insert_before(First, Begin);
    order.insert_after(Last, End);
    let schedules: [InternedScheduleLabel; 7] = [
        Begin.intern(),
        First.intern(),
        PreUpdate.intern(),
        Update.intern(),
        PostUpdate.intern(),
        Last.intern(),
        End.intern(),
    ];
    for schedule in schedules {
        app.edit_schedule(schedule, |schedule| {
            schedule.set_executor(SingleThreadedExecutor::new());
        });
    }
    while app.plugins_state() == PluginsState::Adding {
        bevy::tasks::tick_global_task_pools_on_main_thread();
    }
    app.finish();
    app.cleanup();
}

/// Processor time of the main thread for each frame, in milliseconds.
pub(crate) fn measure(app: &mut App, mut before: impl FnMut(&mut App, usize)) -> Vec<f64> {
    let mut next = Instant::now();
    (0..FRAMES)
        .map(|frame| {
            next += FRAME;
            before(app, frame);
            app.update();
            let spent = app.world().resource::<Spent>().spent;
            std::thread::sleep(next.saturating_duration_since(Instant::now()));
            spent.as_secs_f64() * 1e3
        })
        .collect()
}

pub(crate) fn report(what: &str, mut milliseconds: Vec<f64>) {
    milliseconds.sort_by(f64::total_cmp);
    let at = |share: f64| milliseconds[((milliseconds.len() - 1) as f64 * share) as usize];
    println!("  {what:<14} median {:.3} ms   p99 {:.3} ms", at(0.5), at(0.99));
}
