//! Metrics of a run as rows: one for each step that was told and one for each test, the same in JSON and in a table.

use crate::stream::{EpochReport, MetricSpec, MetricValues, Report, Split, Started, StepReport};

use super::format::column;

/// What is measured at one step: of its batch, or of the test after an epoch.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row {
    /// Counts the runs of the session from 0.
    pub(super) run: u32,
    /// Optimiser steps taken.
    pub(super) step: u64,
    /// From 1.
    pub(super) epoch: u32,
    /// Of the step, where it is one.
    pub(super) learning_rate: Option<f64>,
    /// How many steps its values are the means of.
    pub(super) merged: u64,
    /// Of which examples the values are.
    pub(super) split: Split,
    pub(super) values: MetricValues,
}

impl Row {
    /// What it measures, each with its metric; `of_run` are the metrics of its run.
    pub(super) fn measured<'a>(
        &'a self,
        of_run: &'a [MetricSpec],
    ) -> impl Iterator<Item = (&'a MetricSpec, f32)> {
        let metrics = of_run.iter().filter(|metric| metric.split == self.split);
        metrics.zip(self.values.as_slice().iter().copied())
    }

    /// What it measures in the column of this name, if it does.
    pub(super) fn value(&self, of_run: &[MetricSpec], name: &str) -> Option<f32> {
        self.measured(of_run).find(|(metric, _)| column(metric) == name).map(|(_, value)| value)
    }
}

/// Makes rows of reports; it must hear all of them, since only the start of a run names its metrics.
#[derive(Debug, Default)]
pub(super) struct Rows {
    started: Option<Started>,
}

impl Rows {
    /// The metrics of the run that is heard.
    pub(super) fn metrics(&self) -> &[MetricSpec] {
        self.started.as_ref().map_or(&[], |started| &started.metrics)
    }

    /// The row of a report, if it measures something.
    pub(super) fn hear(&mut self, report: &Report) -> Option<Row> {
        let run = self.started.as_ref().map_or(0, |started| started.run.number);
        match report {
            Report::Started(started) => {
                self.started = Some(started.clone());
                None
            }
            Report::Stepped(StepReport { step, epoch, values, learning_rate, merged, .. }) => {
                Some(Row {
                    run,
                    step: step.0,
                    epoch: *epoch,
                    learning_rate: Some(*learning_rate),
                    merged: *merged,
                    split: Split::Train,
                    values: *values,
                })
            }
            Report::EpochEnded(EpochReport { step, epoch, test: Some(test), .. }) => Some(Row {
                run,
                step: step.0,
                epoch: *epoch,
                learning_rate: None,
                merged: 1,
                split: Split::Test,
                values: test.values,
            }),
            _ => None,
        }
    }

    /// A row as JSON; a value that is no finite number is `null`.
    pub(super) fn json(&self, row: &Row) -> serde_json::Value {
        let mut fields = serde_json::Map::new();
        fields.insert("run".to_owned(), row.run.into());
        fields.insert("step".to_owned(), row.step.into());
        fields.insert("epoch".to_owned(), row.epoch.into());
        if let Some(rate) = row.learning_rate {
            fields.insert("learning_rate".to_owned(), number(rate));
            fields.insert("merged".to_owned(), row.merged.into());
        }
        let of_split = self.metrics().iter().filter(|metric| metric.split == row.split);
        for (metric, value) in of_split.zip(row.values.as_slice()) {
            fields.insert(column(metric), number(shortest(*value)));
        }
        serde_json::Value::Object(fields)
    }
}

fn number(number: f64) -> serde_json::Value {
    serde_json::Number::from_f64(number).map_or(serde_json::Value::Null, Into::into)
}

/// The number in double precision that is written as the one in single precision is: 0.1 instead of 0.10000000149.
fn shortest(value: f32) -> f64 {
    value.to_string().parse().unwrap_or_else(|_| f64::from(value))
}
