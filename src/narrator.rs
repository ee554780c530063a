//! What is said of a run in the terminal, in JSON and on the desk; an exhibit says what is its own.

use erased_serde::Serialize;

use crate::{
    sentence::{counted, grouped},
    stream::{EpochReport, Example, Finished, Payload, Report, Started, StepReport},
};

/// Whoever tells of the runs of one exhibit.
///
/// It hears every report before it is asked about it. What an exhibit leaves as it is here suits a classifier that is
/// tested after each epoch.
pub trait Narrator: Send {
    /// Hears a report, to remember what later words need.
    fn hear(&mut self, report: &Report);

    /// The run that began last.
    fn started(&self) -> Option<&Started>;

    /// What a run is about, in one line.
    fn material(&self, content: &Payload) -> String {
        let _ = content;
        String::new()
    }

    /// How much a run learns from.
    fn learns_from(&self, started: &Started) -> String {
        format!("{} {}", grouped(started.train_examples), started.example.many)
    }

    /// A line of the table of epochs, if this one is worth it.
    fn epoch(&self, report: &EpochReport) -> Option<Row> {
        let many = self.many();
        Some(Row {
            headings: format!(
                "  epoch  training loss  training accuracy  test loss  test accuracy  {many}/s"
            ),
            text: format!(
                "  {:>5}  {:>13.4}  {:>17}  {}  {:>width$}",
                report.epoch,
                report.train_loss,
                percent(report.train_accuracy),
                tested(report),
                per_second(report.examples_per_second),
                width = many.len() + 2,
            ),
        })
    }

    /// What stands beside the bar while it grows.
    fn step(&self, report: &StepReport) -> String {
        format!(
            "loss {:.4}  accuracy {:>7}  {:>6} {}/s",
            report.loss,
            percent(report.accuracy),
            per_second(report.examples_per_second),
            self.many(),
        )
    }

    /// What the lesson found out, in lines.
    fn found(&mut self, found: &Payload) -> Vec<Row> {
        let _ = found;
        Vec::new()
    }

    /// What the run came to, behind the number of its steps and its seconds.
    fn finished(&self, report: &Finished) -> String {
        format!(", {} {}/s", per_second(report.examples_per_second), self.many())
    }

    /// What the lesson found out, as an object with its own name under `event`.
    fn found_as_json<'a>(&'a self, found: &'a Payload) -> Option<Box<dyn Serialize + 'a>> {
        let _ = found;
        None
    }

    /// The fields that say what the run came to.
    fn verdict_as_json<'a>(&'a self, verdict: &'a Payload) -> Box<dyn Serialize + 'a> {
        let _ = verdict;
        Box::new(())
    }

    /// Several of what is learned from, in a word.
    fn many(&self) -> &'static str {
        self.started().map_or(NO_EXAMPLE.many, |started| started.example.many)
    }
}

/// Before a run has begun nobody knows what it learns from.
const NO_EXAMPLE: Example = Example { one: "example", many: "examples" };

/// A line of a table, which stands under its headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Row {
    /// What stands over its columns, written once as long as it stays the same; empty for a line of its own.
    pub headings: String,
    /// The line.
    pub text: String,
}

impl Row {
    /// A line that stands in no table.
    pub fn alone(text: impl Into<String>) -> Self {
        Self { headings: String::new(), text: text.into() }
    }
}

/// A share in percent.
pub fn percent(share: f32) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A speed in whole numbers.
pub fn per_second(speed: f32) -> String {
    grouped(speed.round() as usize)
}

/// Loss and accuracy of the test after an epoch, in columns of their own.
pub fn tested(report: &EpochReport) -> String {
    match &report.test {
        Some(test) => format!("{:>9.4}  {:>13}", test.loss, percent(test.accuracy)),
        None => format!("{:>9}  {:>13}", "–", "–"),
    }
}

/// Steps and seconds of a run that is over.
pub fn whole_run(report: &Finished) -> String {
    format!("{} in {:.1} s", counted(report.steps.0 as usize, "step"), report.seconds)
}

/// An exhibit with nothing to say beyond what all have in common.
#[derive(Default)]
pub struct Plain {
    started: Option<Started>,
}

impl Narrator for Plain {
    fn hear(&mut self, report: &Report) {
        if let Report::Started(started) = report {
            self.started = Some(started.clone());
        }
    }

    fn started(&self) -> Option<&Started> {
        self.started.as_ref()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::stream::{Step, TestReport};

    #[test]
    fn columns_stand_under_their_headings() {
        let mut plain = Plain::default();
        plain.hear(&Report::Started(Started::example()));
        let report = EpochReport {
            epoch: 10,
            step: Step(2500),
            train_loss: 0.04,
            train_accuracy: 0.98765,
            examples_per_second: 5592.4,
            test: Some(TestReport {
                loss: 0.131,
                accuracy: 1.0,
                confusion: Arc::from([]),
                mistakes: Arc::from([]),
            }),
        };
        let Row { headings, text } = plain.epoch(&report).unwrap();
        assert_eq!(
            text,
            "     10         0.0400             98.8 %     0.1310        100.0 %     5,592"
        );
        assert_eq!(text.len(), headings.len());
        let untested = plain.epoch(&EpochReport { test: None, ..report }).unwrap();
        assert_eq!(untested.text.chars().count(), untested.headings.len());
    }
}
