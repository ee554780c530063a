//! Two sliders: how many steps a second are allowed, and how large each step is.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::numbers::{as_read, rate};
use crate::{
    history::Run,
    stream::{Command, ExhibitId, RunId},
    world::{
        WorldSystems,
        elsewhere::Elsewhere,
        interaction::intent::Intent,
        link::{Ask, ShownRun, SpeedLimit},
        ui::controls::{Scale, Slider, SliderMark, SliderPlan, ValueChange, show, slider},
    },
};

/// The slowest speed that can be asked for, in steps a second.
const SLOWEST: f32 = 1.0;
/// The slider goes on beyond the fastest by this factor, and all of that means no limit.
const BEYOND: f32 = 2.0;
/// What the slider reaches and rests at until the run has said its own.
const RATES: (f32, f32) = (1e-5, 1.0);
const USUAL_RATE: f32 = 1e-3;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<SpeedLimit>().add_systems(
        Update,
        (start_at_the_pace, follow_the_run, mark_limit, hide_while_nobody_hears)
            .in_set(WorldSystems::Show),
    );
}

/// The speeds that can be asked for, by how much work a step is.
#[derive(Clone, Copy, Debug)]
struct Speeds {
    /// The fastest that is a limit, in steps a second.
    fastest: f32,
    /// What a place of the slider means, in words.
    show: fn(f32) -> String,
}

impl Speeds {
    /// Of steps that take a batch each.
    const OF_BATCHES: Self = Self { fastest: 1000.0, show: |value| Self::OF_BATCHES.words(value) };
    /// Of steps that take one example each.
    const OF_EXAMPLES: Self =
        Self { fastest: 100_000.0, show: |value| Self::OF_EXAMPLES.words(value) };
    /// From so many on their unit has no room for its whole name beside them.
    const MANY: f64 = 1000.0;

    fn of(run: &Run) -> Self {
        match run.started() {
            Some(started) if started.batch == 1 && started.in_epochs => Self::OF_EXAMPLES,
            _ => Self::OF_BATCHES,
        }
    }

    /// The end of the slider.
    const fn no_limit(self) -> f32 {
        self.fastest * BEYOND
    }

    /// The limit that a place of the slider means, in steps a second.
    fn limit(self, value: f32) -> Option<f64> {
        (value <= self.fastest).then(|| f64::from(value))
    }

    fn words(self, value: f32) -> String {
        match self.limit(value) {
            None => say!("desk-no-limit").to_owned(),
            Some(limit) => {
                let steps = HumanCount(limit.round() as u64).to_string();
                if limit < Self::MANY {
                    say!("desk-steps-a-second", steps)
                } else {
                    say!("desk-many-steps-a-second", steps)
                }
            }
        }
    }

    /// The next speed in the order 1, 2, 5, 10, … up to no limit.
    fn next(self, value: f32, faster: bool) -> f32 {
        let decades = (0..).map(|decade| SLOWEST * 10_f32.powi(decade));
        let notches: Vec<f32> = decades
            .flat_map(|decade| [decade, 2.0 * decade, 5.0 * decade])
            .take_while(|notch| *notch <= self.fastest)
            .chain([self.no_limit()])
            .collect();
        let value = if value > self.fastest { self.no_limit() } else { value };
        let next = if faster {
            notches.into_iter().find(|notch| *notch > value)
        } else {
            notches.into_iter().rev().find(|notch| *notch < value)
        };
        next.unwrap_or(value)
    }
}

#[derive(Component)]
pub(super) struct SpeedSlider;

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
                label: say!("desk-speed").into(),
                range: SLOWEST..=Speeds::OF_BATCHES.no_limit(),
                value: Speeds::OF_BATCHES.no_limit(),
                scale: Scale::Log,
                show: Speeds::OF_BATCHES.show,
            }),
            SpeedSlider,
        ))
        .insert(half())
        .observe(limit_speed);
        line.spawn((
            slider(SliderPlan {
                name: "learning-rate",
                label: say!("desk-learning-rate").into(),
                range: RATES.0..=RATES.1,
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

/// The slider reaches as far as the run's steps are fast, and says the limit that the trainer was given before the hall
/// opened.
fn start_at_the_pace(
    run: Res<ShownRun>,
    pace: Res<SpeedLimit>,
    mut started: Local<Option<ExhibitId>>,
    mut sliders: Query<&mut Slider, With<SpeedSlider>>,
) {
    let exhibit = run.0.started().map(|started| started.exhibit);
    if exhibit.is_none() || *started == exhibit {
        return;
    }
    let speeds = Speeds::of(&run.0);
    for mut slider in &mut sliders {
        *started = exhibit;
        slider.range = SLOWEST..=speeds.no_limit();
        slider.show = speeds.show;
        slider.value = pace.0.unwrap_or(speeds.no_limit());
    }
}

/// Marks the largest rate with which plain gradient descent is stable, where it is known.
fn mark_limit(run: Res<ShownRun>, mut marks: Query<&mut SliderMark, With<RateSlider>>) {
    let limit = run.0.started().and_then(|started| started.largest_stable_rate);
    for mut mark in &mut marks {
        mark.set_if_neq(SliderMark(limit.map(|limit| limit as f32)));
    }
}

/// Neither is anybody's until a training attaches.
fn hide_while_nobody_hears(
    run: Res<ShownRun>,
    elsewhere: Option<Res<Elsewhere>>,
    mut sliders: Query<&mut Node, Or<(With<SpeedSlider>, With<RateSlider>)>>,
) {
    let waits = Elsewhere::waits(elsewhere.as_deref(), &run.0);
    for mut node in &mut sliders {
        show(&mut node, !waits);
    }
}

fn limit_speed(change: On<ValueChange<f32>>, run: Res<ShownRun>, mut asks: MessageWriter<Ask>) {
    let steps_per_second = Speeds::of(&run.0).limit(change.value);
    asks.write(Ask(Command::LimitSpeed { steps_per_second }));
}

/// Only where the hand lets go: a rate passed on the way could end the run.
fn set_learning_rate(change: On<ValueChange<f32>>, mut asks: MessageWriter<Ask>) {
    if change.is_final {
        asks.write(Ask(Command::SetLearningRate(as_read(change.value))));
    }
}

pub(super) fn obey_intents(
    mut intents: MessageReader<Intent>,
    run: Res<ShownRun>,
    mut sliders: Query<&mut Slider, With<SpeedSlider>>,
    mut asks: MessageWriter<Ask>,
) {
    let speeds = Speeds::of(&run.0);
    for intent in intents.read() {
        let faster = match intent {
            Intent::Faster => true,
            Intent::Slower => false,
            _ => continue,
        };
        for mut slider in &mut sliders {
            let speed = speeds.next(slider.value, faster);
            slider.value = speed;
            asks.write(Ask(Command::LimitSpeed { steps_per_second: speeds.limit(speed) }));
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
    let [least, most] = started.learning_rates.map(|rate| rate as f32);
    for mut slider in &mut sliders {
        if slider.is_held() {
            return;
        }
        slider.range = least..=most;
        slider.value = rate as f32;
    }
    *said = news;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn beyond_the_fastest_there_is_no_limit() {
        for speeds in [Speeds::OF_BATCHES, Speeds::OF_EXAMPLES] {
            assert_eq!(speeds.limit(speeds.fastest), Some(f64::from(speeds.fastest)));
            assert_eq!(speeds.limit(speeds.fastest * 1.1), None);
            assert_eq!((speeds.show)(speeds.no_limit()), "no limit");
        }
        assert_eq!((Speeds::OF_BATCHES.show)(20.0), "20 steps/s");
        assert_eq!((Speeds::OF_BATCHES.show)(1000.0), "1,000/s");
        assert_eq!((Speeds::OF_EXAMPLES.show)(20_000.0), "20,000/s");
    }

    #[test]
    fn faster_and_slower_go_up_and_down_the_same_stairs() {
        for speeds in [Speeds::OF_BATCHES, Speeds::OF_EXAMPLES] {
            let mut speed = SLOWEST;
            let mut up = vec![speed];
            while speeds.limit(speed).is_some() {
                speed = speeds.next(speed, true);
                up.push(speed);
            }
            let mut down = vec![speed];
            while speed > SLOWEST {
                speed = speeds.next(speed, false);
                down.push(speed);
            }
            down.reverse();
            assert_eq!(up, down);
            assert_eq!(speeds.next(SLOWEST, false), SLOWEST);
            assert_eq!(speeds.next(speeds.fastest * 1.5, true), speeds.no_limit());
            assert_eq!(speeds.next(37.0, true), 50.0);
        }
    }
}
