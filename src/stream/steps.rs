//! Steps that are told together, a column for each number: a quarter of what they take one by one, in a recording of a fast
//! training.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::{MOST_METRICS, MetricValues, Step, StepReport, WatchCost, array};

/// What some steps told, in their order, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Columns", into = "Columns")]
pub struct StepTable {
    rows: Vec<(Duration, StepReport)>,
}

impl StepTable {
    /// Takes a step that was told so long after the recording began, unless it measures more or less than those before it: it
    /// is given back then.
    ///
    /// # Errors
    /// The report.
    pub fn push(&mut self, at: Duration, report: StepReport) -> Result<(), StepReport> {
        let measured = |report: &StepReport| report.values.as_slice().len();
        if self.rows.first().is_some_and(|(_, first)| measured(first) != measured(&report)) {
            return Err(report);
        }
        self.rows.push((at, report));
        Ok(())
    }

    /// The steps with their times.
    pub fn rows(&self) -> &[(Duration, StepReport)] {
        &self.rows
    }

    /// The same, to keep.
    pub fn into_rows(self) -> Vec<(Duration, StepReport)> {
        self.rows
    }
}

/// The same as it is written.
#[derive(Default, Serialize, Deserialize)]
struct Columns {
    /// Nanoseconds since the recording began.
    #[serde(with = "array")]
    time: Vec<u64>,
    #[serde(with = "array")]
    step: Vec<u64>,
    #[serde(with = "array")]
    epoch: Vec<u32>,
    /// Those of the first step, then those of the second.
    #[serde(with = "array")]
    values: Vec<f32>,
    #[serde(with = "array")]
    learning_rate: Vec<f64>,
    #[serde(with = "array")]
    steps_per_second: Vec<f32>,
    #[serde(with = "array")]
    examples_per_second: Vec<f32>,
    #[serde(with = "array")]
    snapshots: Vec<u64>,
    #[serde(with = "array")]
    snapshots_dropped: Vec<u64>,
    #[serde(with = "array")]
    watching_seconds: Vec<f64>,
    #[serde(with = "array")]
    working_seconds: Vec<f64>,
    #[serde(with = "array")]
    merged: Vec<u64>,
}

impl From<StepTable> for Columns {
    fn from(StepTable { rows }: StepTable) -> Self {
        let mut columns = Self::default();
        for (at, report) in rows {
            columns.time.push(u64::try_from(at.as_nanos()).unwrap_or(u64::MAX));
            columns.step.push(report.step.0);
            columns.epoch.push(report.epoch);
            columns.values.extend_from_slice(report.values.as_slice());
            columns.learning_rate.push(report.learning_rate);
            columns.steps_per_second.push(report.steps_per_second);
            columns.examples_per_second.push(report.examples_per_second);
            columns.snapshots.push(report.cost.snapshots);
            columns.snapshots_dropped.push(report.cost.snapshots_dropped);
            columns.watching_seconds.push(report.cost.watching_seconds);
            columns.working_seconds.push(report.cost.working_seconds);
            columns.merged.push(report.merged);
        }
        columns
    }
}

impl Columns {
    /// How many numbers each has but that of the values.
    const fn lengths(&self) -> [usize; 11] {
        [
            self.time.len(),
            self.step.len(),
            self.epoch.len(),
            self.learning_rate.len(),
            self.steps_per_second.len(),
            self.examples_per_second.len(),
            self.snapshots.len(),
            self.snapshots_dropped.len(),
            self.watching_seconds.len(),
            self.working_seconds.len(),
            self.merged.len(),
        ]
    }

    /// The step in a row; none where one of the columns is too short.
    fn row(&self, row: usize, measured: usize) -> Option<(Duration, StepReport)> {
        let first = row * measured;
        let report = StepReport {
            step: Step(*self.step.get(row)?),
            epoch: *self.epoch.get(row)?,
            values: MetricValues::new(self.values.get(first..first + measured)?),
            learning_rate: *self.learning_rate.get(row)?,
            steps_per_second: *self.steps_per_second.get(row)?,
            examples_per_second: *self.examples_per_second.get(row)?,
            cost: WatchCost {
                snapshots: *self.snapshots.get(row)?,
                snapshots_dropped: *self.snapshots_dropped.get(row)?,
                watching_seconds: *self.watching_seconds.get(row)?,
                working_seconds: *self.working_seconds.get(row)?,
            },
            merged: *self.merged.get(row)?,
        };
        Some((Duration::from_nanos(*self.time.get(row)?), report))
    }
}

impl TryFrom<Columns> for StepTable {
    type Error = String;

    fn try_from(columns: Columns) -> Result<Self, String> {
        let count = columns.step.len();
        let measured = columns.values.len() / count.max(1);
        let is_whole = columns.lengths().iter().all(|length| *length == count)
            && measured * count == columns.values.len()
            && measured <= MOST_METRICS;
        let rows: Option<Vec<_>> = (0..count).map(|row| columns.row(row, measured)).collect();
        rows.filter(|_| is_whole)
            .map(|rows| Self { rows })
            .ok_or_else(|| say!("stream-columns-of-steps-are-not", count).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{
        PayloadKinds,
        wire::{self, Endpoint, Message},
    };

    fn step(step: u64, values: &[f32]) -> StepReport {
        StepReport {
            step: Step(step),
            epoch: 2,
            values: MetricValues::new(values),
            learning_rate: 0.1 + 0.2,
            steps_per_second: 1e3,
            examples_per_second: f32::INFINITY,
            cost: WatchCost { watching_seconds: 1.0 / 3.0, ..WatchCost::default() },
            merged: step,
        }
    }

    #[test]
    fn steps_that_are_told_together_are_the_same_afterwards_to_the_last_bit_in_a_quarter_of_the_room()
     {
        let mut table = StepTable::default();
        let mut single = Vec::new();
        for at in 1..=100 {
            let report = step(at, &[1.0 / at as f32, 0.5]);
            table.push(Duration::from_millis(at), report).unwrap();
            wire::write(&Message::Report(crate::stream::Report::Stepped(report)), &mut single)
                .unwrap();
        }
        let mut bytes = Vec::new();
        wire::write(&Message::Steps(table.clone()), &mut bytes).unwrap();
        let (read, _) =
            wire::read(&bytes, Endpoint::Recording, &PayloadKinds::default()).unwrap().unwrap();
        let Message::Steps(read) = read else { panic!("{read:?}") };
        assert_eq!(read, table);
        assert!(bytes.len() * 3 < single.len(), "{} of {}", bytes.len(), single.len());
        table.push(Duration::ZERO, step(101, &[f32::NAN])).unwrap_err();
    }

    #[test]
    fn columns_that_are_not_of_one_length_are_refused_in_words() {
        let columns = [
            "time",
            "step",
            "epoch",
            "values",
            "learning_rate",
            "steps_per_second",
            "examples_per_second",
            "snapshots",
            "snapshots_dropped",
            "watching_seconds",
            "working_seconds",
            "merged",
        ];
        let table = |of: &dyn Fn(&str) -> usize| {
            let table: serde_json::Map<_, _> =
                columns.iter().map(|name| ((*name).to_owned(), vec![1; of(name)].into())).collect();
            serde_json::from_value::<StepTable>(table.into())
        };
        assert_eq!(table(&|_| 2).unwrap().rows().len(), 2);
        for name in columns {
            let short = table(&|column| if column == name { 1 } else { 2 });
            let why = short.unwrap_err().to_string();
            assert!(why.contains("step"), "{name}: {why}");
        }
        table(&|column| if column == "values" { 2 * 9 } else { 2 }).unwrap_err();
    }
}
