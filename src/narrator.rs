//! What is said of a run in the terminal, in JSON and on the desk; an exhibit says what is its own.

use erased_serde::Serialize;

use crate::{
    sentence::{counted, grouped},
    stream::{
        EpochReport, Example, Finished, MetricSpec, MetricValues, Payload, Report, Split, Started,
        StepReport,
    },
    words::{self, column},
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
        match started.train_examples {
            // Another program does not say how many it has.
            0 => say!("terminal-examples-of-its-own").to_owned(),
            count => started.example.counted(count),
        }
    }

    /// A line of the table of epochs, if this one is worth it.
    fn epoch(&self, report: &EpochReport) -> Option<TableRow> {
        Some(epoch_row(self.started()?, report, 0))
    }

    /// What stands beside the bar while it grows.
    fn step(&self, report: &StepReport) -> String {
        let specs = self.started().into_iter().flat_map(|run| run.metrics_of(Split::Train));
        let told = specs.zip(report.values.as_slice()).map(|(spec, value)| {
            format!(
                "{} {:>width$}  ",
                spec.shown(),
                figure(spec, *value),
                width = 6 + usize::from(spec.is_share())
            )
        });
        let speed = per_second(report.examples_per_second);
        let many = say!("start-many-a-second", many = self.many());
        format!("{}{speed:>6} {many}", told.collect::<String>())
    }

    /// What the trainable found out, in lines.
    fn found(&mut self, found: &Payload) -> Vec<TableRow> {
        let _ = found;
        Vec::new()
    }

    /// What the run came to, behind the number of its steps and its seconds.
    fn finished(&self, report: &Finished) -> String {
        say!("start-and-a-second", speed = self.speed(report))
    }

    /// How much a run learned from in a second.
    fn speed(&self, report: &Finished) -> String {
        let speed = report.examples_per_second.round() as usize;
        let counted = self.started().map_or(NO_EXAMPLE, |started| started.example).counted(speed);
        say!("start-a-second", counted)
    }

    /// What the trainable found out, as an object with its own name under `event`.
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
    fn many(&self) -> String {
        self.started().map_or(NO_EXAMPLE, |started| started.example).several()
    }
}

/// Before a run has begun nobody knows what it learns from.
const NO_EXAMPLE: Example = Example { one: "example", many: "examples" };

/// A line of a table, which stands under its headings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableRow {
    /// What stands over its columns, written once as long as it stays the same; empty for a line of its own.
    pub headings: String,
    /// The line.
    pub text: String,
}

impl TableRow {
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

/// A value of a metric as it is read: shares in percent.
pub fn figure(spec: &MetricSpec, value: f32) -> String {
    if spec.is_share() { percent(value) } else { format!("{value:.4}") }
}

/// The line of an epoch: what was measured, and how fast it went, in a column of at least so many letters.
pub fn epoch_row(started: &Started, report: &EpochReport, speed_width: usize) -> TableRow {
    let heading = say!("start-many-a-second", many = started.example.several());
    let heading = format!("{:>speed_width$}", column(heading));
    let speed = (heading, per_second(report.examples_per_second));
    let columns = measured(started, report).into_iter().chain([speed]);
    let (headings, text): (Vec<_>, Vec<_>) = columns
        .map(|(heading, figure)| {
            let width = words::width(&heading);
            let figure = format!("{figure:>width$}");
            (heading, figure)
        })
        .unzip();
    TableRow {
        headings: say!("start-epoch", headings = headings.join("  ")),
        text: format!("  {:>5}  {}", report.epoch, text.join("  ")),
    }
}

/// What was measured in an epoch and in the test after it, with what stands over each.
fn measured(started: &Started, report: &EpochReport) -> Vec<(String, String)> {
    let tested = report.test.as_ref().map(|test| &test.values);
    let of = |split: Split, what: &str, values: Option<&MetricValues>| {
        let specs = started.metrics_of(split).enumerate();
        specs
            .map(|(place, spec)| {
                let value = values.and_then(|values| values.get(place));
                let figure = value.map_or_else(|| "–".to_owned(), |value| figure(spec, value));
                (say!("start-of-split", what, name = spec.shown()), figure)
            })
            .collect::<Vec<_>>()
    };
    let mut columns = of(Split::Train, say!("start-training"), Some(&report.train));
    columns.extend(of(Split::Test, say!("start-test"), tested));
    columns
}

/// Steps and seconds of a run that is over.
pub fn whole_run(report: &Finished) -> String {
    say!(
        "start-in-s",
        steps = counted(report.steps.0 as usize, "step"),
        seconds = format_args!("{:.1}", report.seconds)
    )
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
            train: MetricValues::new(&[0.04, 0.98765]),
            examples_per_second: 5592.4,
            test: Some(TestReport {
                values: MetricValues::new(&[0.131, 1.0]),
                confusion: Arc::from([]),
                mistakes: Arc::from([]),
                said: Arc::from([]),
                losses: Arc::from([]),
            }),
        };
        let TableRow { headings, text } = plain.epoch(&report).unwrap();
        assert_eq!(
            text,
            "     10         0.0400             98.8 %     0.1310        100.0 %     5,592"
        );
        assert_eq!(text.len(), headings.len());
        let untested = plain.epoch(&EpochReport { test: None, ..report }).unwrap();
        assert_eq!(untested.text.chars().count(), untested.headings.len());
    }
}
