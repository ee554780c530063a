//! How long the steps of a run will take at full speed, told once after the first of them.

use std::time::Duration;

use super::TrainingLoop;
use crate::stream::{AT_FULL_SPEED, Fact, Stage};
use crate::words::Phrase;

/// The first step is left out, since it makes room for all others; so many more are enough, or so much time.
const STEPS: u64 = 10;
const ENOUGH: Duration = Duration::from_secs(2);
/// What is over sooner needs no warning.
const WORTH_A_WORD: Duration = Duration::from_secs(60);
/// A test takes a third of what training on the same example takes, since the way back is twice the way there
/// (Kaplan et al., 2020, <https://arxiv.org/abs/2001.08361>, section 2.1).
const TEST_SHARE: f64 = 1.0 / 3.0;

/// What the first step of a run took, and whether the rest has been told.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Estimate {
    /// The number of the first step that was taken here, what it took, and its examples.
    first: Option<(u64, Duration, u64)>,
    told: bool,
}

impl TrainingLoop {
    /// After some steps, how long those that are left and their tests will take where nothing holds them up.
    pub(super) fn say_how_long(&mut self) {
        if self.estimate.told || !self.outline.in_epochs {
            return;
        }
        let Some((first, took, examples)) = self.estimate.first else {
            self.estimate.first = Some((self.step, self.whole.working, self.whole.examples));
            return;
        };
        let (steps, worked) = (self.step - first, self.whole.working.saturating_sub(took));
        if steps < STEPS && worked < ENOUGH {
            return;
        }
        self.estimate.told = true;
        let all = self.outline.steps_per_epoch.saturating_mul(u64::from(self.config.epochs));
        let of_steps = worked.as_secs_f64() / steps as f64 * all.saturating_sub(self.step) as f64;
        let of_example = worked.as_secs_f64() / (self.whole.examples - examples).max(1) as f64;
        let tests = f64::from(self.config.epochs.saturating_sub(self.at.epoch))
            * self.outline.test_examples as f64;
        let seconds = of_steps + of_example * TEST_SHARE * tests;
        if seconds >= WORTH_A_WORD.as_secs_f64() {
            let mut facts = vec![Fact::new(AT_FULL_SPEED, about(seconds))];
            facts.extend(self.plan());
            self.stage(Stage::Train, false, facts);
        }
    }
}

/// So long in one short word: no estimate is better than that.
fn about(seconds: f64) -> Phrase {
    let [minutes, hours, days] = [60.0, 3600.0, 86_400.0].map(|unit| (seconds / unit).round());
    match (minutes, hours) {
        (minutes, _) if minutes < 100.0 => phrase!("learning-minutes", minutes),
        (_, hours) if hours < 72.0 => phrase!("learning-hours", hours),
        _ => phrase!("learning-days", days),
    }
}

#[cfg(test)]
mod tests {
    use std::thread::sleep;

    use super::*;
    use crate::{
        learning::{
            Outline, Session, StepOrder, Stepped, TrainError, Trainable, TrainingConfig,
            trainable::NoVerdict,
        },
        stream::{
            Command, Example, ExhibitId, Material, MetricValues, Report, StageReport, connect,
        },
    };

    /// Takes as long for each step.
    struct Slow;

    impl Trainable for Slow {
        fn outline(&self) -> Outline {
            let example = Example { one: "nap", many: "naps" };
            Outline::plain(ExhibitId::new("slow"), example, 1, 1800)
        }

        fn material(&self) -> Material {
            Material::plain(NoVerdict)
        }

        fn begin(&mut self, _: u64, _: &mut dyn FnMut(Stage, Vec<Fact>)) -> Result<(), TrainError> {
            Ok(())
        }

        fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
            // The first makes room for all others.
            let first = order.at.batch == 0 && order.at.epoch == 0;
            sleep(Duration::from_millis(if first { 1000 } else { 50 }));
            Ok(Stepped { steps: 1, values: MetricValues::new(&[0.5]), examples: 1, over: false })
        }
    }

    #[test]
    fn the_first_steps_tell_how_long_all_will_take_at_full_speed() {
        let (room, trainer) = connect();
        // Slower than it could be, as in the hall.
        assert!(room.ask(Command::LimitSpeed { steps_per_second: Some(8.0) }));
        let config = TrainingConfig { epochs: 2, ..TrainingConfig::default() };
        let session = Session::start(Box::new(|_| Ok(Box::new(Slow))), config, trainer).unwrap();
        let mut steps = 0;
        let facts = loop {
            match room.report_within(Duration::from_secs(60)).expect("no report came") {
                Report::Stage(StageReport { stage: Stage::Train, facts, .. })
                    if facts.iter().any(|fact| fact.name.is(AT_FULL_SPEED)) =>
                {
                    break facts;
                }
                Report::Stepped(_) => steps += 1,
                _ => {}
            }
        };
        // Twice 1,800 steps of a twentieth of a second, where at eight a second they take more than seven minutes.
        assert!(facts[0].name.is(AT_FULL_SPEED));
        assert_eq!(facts[0].value, "~3 min");
        assert_eq!(facts[1].name, "Epochs");
        assert_eq!(steps, 11);
        drop(room);
        assert!(session.end_within(Duration::from_secs(10)));
    }

    #[test]
    fn a_long_time_is_told_in_its_unit() {
        for (seconds, said) in
            [(61.0, "~1 min"), (5940.0, "~99 min"), (6100.0, "~2 h"), (1e6, "~12 days")]
        {
            assert_eq!(about(seconds), said);
        }
    }
}
