//! Two sliders: how many steps a second are allowed, and how large each step is.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::numbers::{as_read, rate};
use crate::{
    stream::{Command, RunId},
    world::{
        WorldSystems,
        interaction::intent::Intent,
        link::{Ask, ShownRun},
        ui::controls::{Scale, Slider, SliderPlan, ValueChange, slider},
    },
};

/// Speeds that can be asked for, in steps a second.
const SLOWEST: f32 = 1.0;
const FASTEST: f32 = 1000.0;
/// The slider goes on beyond the fastest, and all of that means no limit.
const NO_LIMIT: f32 = 2000.0;
/// Learning rates that can be asked for.
const LEAST_RATE: f32 = 1e-5;
const MOST_RATE: f32 = 1.0;
/// What the slider rests at until the run has said its own.
const USUAL_RATE: f32 = 1e-3;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Pace>()
        .add_systems(Update, obey_intents.in_set(WorldSystems::Steer))
        .add_systems(Update, (start_at_the_pace, follow_the_run).in_set(WorldSystems::Show));
}

/// The speed limit that the run begins with, in steps per second; none is as fast as the machine can.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct Pace(pub Option<f32>);

#[derive(Component)]
struct SpeedSlider;

#[derive(Component)]
struct RateSlider;

/// Both sliders, side by side.
pub(super) fn spawn(side: &mut ChildSpawnerCommands) {
    let half = || Node {
        flex_direction: FlexDirection::Column,
        flex_grow: 1.0,
        flex_basis: px(0),
        min_width: px(0),
        ..default()
    };
    side.spawn(Node { column_gap: px(32), ..default() }).with_children(|line| {
        line.spawn((
            slider(SliderPlan {
                name: "speed",
                label: "Speed".into(),
                range: SLOWEST..=NO_LIMIT,
                value: NO_LIMIT,
                scale: Scale::Log,
                show: speed_words,
            }),
            SpeedSlider,
        ))
        .insert(half())
        .observe(limit_speed);
        line.spawn((
            slider(SliderPlan {
                name: "learning-rate",
                label: "Learning rate".into(),
                range: LEAST_RATE..=MOST_RATE,
                value: USUAL_RATE,
                scale: Scale::Log,
                show: |value| rate(f64::from(value)),
            }),
            RateSlider,
        ))
        .insert(half())
        .observe(set_learning_rate);
    });
}

fn speed_words(value: f32) -> String {
    match limit(value) {
        None => "no limit".to_owned(),
        Some(limit) => format!("{} steps/s", HumanCount(limit.round() as u64)),
    }
}

/// The slider says the limit that the trainer was given before the hall opened.
fn start_at_the_pace(pace: Res<Pace>, mut sliders: Query<&mut Slider, Added<SpeedSlider>>) {
    for mut slider in &mut sliders {
        slider.value = pace.0.unwrap_or(NO_LIMIT);
    }
}

/// The limit that a place of the slider means.
fn limit(value: f32) -> Option<f64> {
    (value <= FASTEST).then(|| f64::from(value))
}

/// The next speed in the order 1, 2, 5, 10, … up to no limit.
fn next_speed(value: f32, faster: bool) -> f32 {
    const NOTCHES: [f32; 11] =
        [SLOWEST, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, FASTEST, NO_LIMIT];
    let value = if value > FASTEST { NO_LIMIT } else { value };
    let next = if faster {
        NOTCHES.into_iter().find(|notch| *notch > value)
    } else {
        NOTCHES.into_iter().rev().find(|notch| *notch < value)
    };
    next.unwrap_or(value)
}

fn limit_speed(change: On<ValueChange<f32>>, mut asks: MessageWriter<Ask>) {
    asks.write(Ask(Command::LimitSpeed { steps_per_second: limit(change.value) }));
}

/// Only where the hand lets go: a rate passed on the way could end the run.
fn set_learning_rate(change: On<ValueChange<f32>>, mut asks: MessageWriter<Ask>) {
    if change.is_final {
        asks.write(Ask(Command::SetLearningRate(as_read(change.value))));
    }
}

fn obey_intents(
    mut intents: MessageReader<Intent>,
    mut sliders: Query<&mut Slider, With<SpeedSlider>>,
    mut asks: MessageWriter<Ask>,
) {
    for intent in intents.read() {
        let faster = match intent {
            Intent::Faster => true,
            Intent::Slower => false,
            _ => continue,
        };
        for mut slider in &mut sliders {
            let speed = next_speed(slider.value, faster);
            slider.value = speed;
            asks.write(Ask(Command::LimitSpeed { steps_per_second: limit(speed) }));
        }
    }
}

/// Shows the learning rate in use whenever the run says a new one; the visitor's own wish stands until then.
fn follow_the_run(
    run: Res<ShownRun>,
    mut sliders: Query<&mut Slider, With<RateSlider>>,
    mut said: Local<Option<(RunId, f64)>>,
) {
    let Some(started) = run.0.started() else {
        return;
    };
    let rate =
        run.0.scalars().latest().map_or(started.learning_rate, |latest| latest.learning_rate);
    let news = Some((started.run, rate));
    if *said == news {
        return;
    }
    for mut slider in &mut sliders {
        if slider.is_held() {
            return;
        }
        slider.value = rate as f32;
    }
    *said = news;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_fastest_there_is_no_limit() {
        assert_eq!(limit(1000.0), Some(1000.0));
        assert_eq!(limit(1100.0), None);
        assert_eq!(speed_words(NO_LIMIT), "no limit");
        assert_eq!(speed_words(20.0), "20 steps/s");
    }

    #[test]
    fn faster_and_slower_go_up_and_down_the_same_stairs() {
        let mut speed = SLOWEST;
        let mut up = vec![speed];
        while limit(speed).is_some() {
            speed = next_speed(speed, true);
            up.push(speed);
        }
        let mut down = vec![speed];
        while speed > SLOWEST {
            speed = next_speed(speed, false);
            down.push(speed);
        }
        down.reverse();
        assert_eq!(up, down);
        assert_eq!(next_speed(SLOWEST, false), SLOWEST);
        assert_eq!(next_speed(1500.0, true), NO_LIMIT);
        assert_eq!(next_speed(37.0, true), 50.0);
    }
}
