//! What the terminal says, in words and columns.

use crate::stream::{EpochReport, Finished, Stage, StageReport, Started, StepReport, TestSet};
use indicatif::HumanCount;

/// The first line of the table of epochs.
pub(super) const EPOCH_HEADINGS: &str =
    "  epoch  training loss  training accuracy  test loss  test accuracy  images/s";

/// One line of the table of epochs.
pub(super) fn epoch(report: &EpochReport) -> String {
    format!(
        "  {:>5}  {:>13.4}  {:>17}  {:>9.4}  {:>13}  {:>8}",
        report.epoch,
        report.train_loss,
        percent(report.train_accuracy),
        report.test_loss,
        percent(report.test_accuracy),
        // Text, since the count itself takes no width.
        HumanCount(report.images_per_second.round() as u64).to_string(),
    )
}

/// What is going to be learned, and with what.
pub(super) fn started(report: &Started) -> String {
    format!(
        "{}: {} parameters learn {} images on {} with {}, seed {}, batch {}, learning rate {}",
        report.exhibit.name(),
        HumanCount(report.parameters as u64),
        HumanCount(report.train_images as u64),
        report.device,
        counted(report.threads as u64, "thread"),
        report.seed,
        report.batch,
        report.learning_rate,
    )
}

/// What it is tested on.
pub(super) fn test_set(test_set: &TestSet) -> String {
    format!(
        "{}: {} of {}×{} pixels to be tested on, {}",
        test_set.name,
        counted(test_set.len() as u64, "image"),
        test_set.width,
        test_set.height,
        counted(test_set.classes.len() as u64, "class"),
    )
}

/// A stage that is done, with what it did.
pub(super) fn stage(report: &StageReport) -> String {
    let number = Stage::ALL.iter().take_while(|stage| **stage != report.stage).count() + 1;
    let facts: Vec<_> =
        report.facts.iter().map(|fact| format!("{}: {}", fact.name, fact.value)).collect();
    format!("{number}/{} {}  {}", Stage::ALL.len(), stage_name(report.stage), facts.join(" · "))
}

/// How a stage is called, padded to the longest.
fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Preprocess => "Preprocess",
        Stage::Build => "Build     ",
        Stage::Initialise => "Initialise",
        Stage::Train => "Train     ",
        Stage::Evaluate => "Evaluate  ",
    }
}

/// What stands beside a bar while it grows.
pub(super) fn step(report: &StepReport) -> String {
    format!(
        "loss {:.4}  accuracy {:>7}  {:>6} images/s",
        report.loss,
        percent(report.accuracy),
        HumanCount(report.images_per_second.round() as u64).to_string(),
    )
}

/// The last line.
pub(super) fn finished(report: &Finished) -> String {
    format!(
        "Finished: {} in {:.1} s, test accuracy {}, test loss {:.4}, {} images/s",
        counted(report.steps.0, "step"),
        report.seconds,
        percent(report.test_accuracy),
        report.test_loss,
        HumanCount(report.images_per_second.round() as u64),
    )
}

fn percent(share: f32) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A count with its noun.
fn counted(count: u64, noun: &str) -> String {
    let plural = match (count, noun.ends_with('s')) {
        (1, _) => "",
        (_, false) => "s",
        (_, true) => "es",
    };
    format!("{} {noun}{plural}", HumanCount(count))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::stream::{Fact, Step, WatchCost};

    use super::*;

    #[test]
    fn nouns_follow_their_count() {
        let rows = [
            (1, "step", "1 step"),
            (2500, "step", "2,500 steps"),
            (10, "class", "10 classes"),
            (0, "image", "0 images"),
        ];
        for (count, noun, words) in rows {
            assert_eq!(counted(count, noun), words);
        }
    }

    #[test]
    fn columns_stand_under_their_headings() {
        let line = epoch(&EpochReport {
            epoch: 10,
            step: Step(2500),
            train_loss: 0.04,
            train_accuracy: 0.98765,
            test_loss: 0.131,
            test_accuracy: 1.0,
            images_per_second: 5592.4,
            confusion: Arc::from([]),
            mistakes: Arc::from([]),
        });
        assert_eq!(
            line,
            "     10         0.0400             98.8 %     0.1310        100.0 %     5,592"
        );
        assert_eq!(line.len(), EPOCH_HEADINGS.len());
    }

    #[test]
    fn a_stage_says_what_it_did() {
        let fact = |name, value: &str| Fact { name, value: value.to_owned() };
        let report = StageReport {
            stage: Stage::Build,
            done: true,
            facts: vec![fact("Parameters", "54,410"), fact("Layers", "5")],
        };
        assert_eq!(stage(&report), "2/5 Build       Parameters: 54,410 · Layers: 5");
    }

    #[test]
    fn the_last_line_has_every_figure() {
        let report = Finished {
            steps: Step(2500),
            test_accuracy: 0.9615,
            test_loss: 0.1312,
            images_per_second: 5591.6,
            seconds: 14.26,
            cost: WatchCost::default(),
        };
        assert_eq!(
            finished(&report),
            "Finished: 2,500 steps in 14.3 s, test accuracy 96.2 %, test loss 0.1312, 5,592 images/s"
        );
    }
}
