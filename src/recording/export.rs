//! What is taken along of a recording as a table: the metrics of each step and test, and the list of its runs.

use std::{io::Write, time::Duration};

use super::{
    fault::RecordingFault,
    format::column,
    metrics::{Row, Rows},
    places::RunOfFile,
    recorded::Recorded,
};
use crate::{
    sentence::shown_path,
    stream::{MetricSpec, Split},
};

/// Columns of the list of runs before those of metrics.
pub const RUN_COLUMNS: [&str; 14] = [
    "file",
    "run",
    "exhibit",
    "seed",
    "device",
    "learning_rate",
    "batch",
    "epochs",
    "parameters",
    "train_examples",
    "test_examples",
    "threads",
    "steps",
    "whole",
];

/// Writes the metrics of all runs of a recording as CSV, a row for each step that was told and each test after an epoch; what
/// a row does not measure is empty.
///
/// # Errors
/// If the recording cannot be read on, or the table not be written: the sentence says which.
pub fn metrics_table(recorded: &Recorded, to: &mut dyn Write) -> Result<(), RecordingFault> {
    let metrics = metrics_of(recorded.runs());
    let mut table = csv::Writer::from_writer(to);
    let mut put = |fields: &[String]| {
        table.write_record(fields).map_err(|error| RecordingFault::Table(error.to_string()))
    };
    put(&headings(&metrics))?;
    each_row(recorded, |_, row, of_run| put(&fields(row, of_run, &metrics)))?;
    table.flush().map_err(|error| RecordingFault::Table(error.to_string()))
}

/// Writes the metrics of all runs of some recordings as one CSV table, as [`metrics_table`], with the recording in the first
/// column.
///
/// # Errors
/// If a recording cannot be read on, or the table not be written: the sentence says which.
pub fn curves_table(recordings: &[Recorded], to: &mut dyn Write) -> Result<(), RecordingFault> {
    let metrics = metrics_of(recordings.iter().flat_map(Recorded::runs));
    let mut table = csv::Writer::from_writer(to);
    let mut put = |file: &str, fields: &[String]| {
        let fields = [file].into_iter().chain(fields.iter().map(String::as_str));
        table.write_record(fields).map_err(|error| RecordingFault::Table(error.to_string()))
    };
    put("file", &headings(&metrics))?;
    for recorded in recordings {
        let file = recorded.name();
        each_row(recorded, |_, row, of_run| put(&file, &fields(row, of_run, &metrics)))?;
    }
    table.flush().map_err(|error| RecordingFault::Table(error.to_string()))
}

fn headings(metrics: &[MetricSpec]) -> Vec<String> {
    let before = ["run", "step", "epoch", "learning_rate", "merged"].map(str::to_owned);
    before.into_iter().chain(metrics.iter().map(column)).collect()
}

/// Hears each row of a recording, with when it was measured since the recording began, and the metrics of its run.
pub(super) fn each_row(
    recorded: &Recorded,
    mut hear: impl FnMut(Duration, &Row, &[MetricSpec]) -> Result<(), RecordingFault>,
) -> Result<(), RecordingFault> {
    let mut rows = Rows::default();
    let mut messages = recorded.messages()?;
    while let Some((time, report)) = messages.next_report()? {
        if let Some(row) = rows.hear(&report) {
            hear(time, &row, rows.metrics())?;
        }
    }
    Ok(())
}

/// Every metric that one of the runs has, those of training first.
pub(super) fn metrics_of<'a>(runs: impl IntoIterator<Item = &'a RunOfFile>) -> Vec<MetricSpec> {
    let runs: Vec<_> = runs.into_iter().collect();
    let mut metrics: Vec<MetricSpec> = Vec::new();
    for split in [Split::Train, Split::Test] {
        for metric in runs.iter().flat_map(|run| run.started.metrics_of(split)) {
            if metrics.iter().all(|known| column(known) != column(metric)) {
                metrics.push(*metric);
            }
        }
    }
    metrics
}

fn fields(row: &Row, of_run: &[MetricSpec], all: &[MetricSpec]) -> Vec<String> {
    let rate = row.learning_rate.map_or_else(String::new, |rate| rate.to_string());
    let value = |metric: &MetricSpec| {
        row.value(of_run, &column(metric)).map_or_else(String::new, |value| value.to_string())
    };
    let before = [
        row.run.to_string(),
        row.step.to_string(),
        row.epoch.to_string(),
        rate,
        row.merged.to_string(),
    ];
    before.into_iter().chain(all.iter().map(value)).collect()
}

/// Writes the list of all runs of some recordings as CSV, with their settings and how far they came.
///
/// # Errors
/// If the table cannot be written.
pub fn runs_table(recordings: &[Recorded], to: &mut dyn Write) -> Result<(), RecordingFault> {
    let mut table = csv::Writer::from_writer(to);
    let unwritable = |error: csv::Error| RecordingFault::Table(error.to_string());
    table.write_record(RUN_COLUMNS).map_err(unwritable)?;
    for recorded in recordings {
        for run in recorded.runs() {
            table.write_record(settings(recorded, run)).map_err(unwritable)?;
        }
    }
    table.flush().map_err(|error| RecordingFault::Table(error.to_string()))
}

fn settings(recorded: &Recorded, RunOfFile { started, last, .. }: &RunOfFile) -> [String; 14] {
    [
        shown_path(recorded.path()),
        started.run.number.to_string(),
        started.exhibit.name().to_owned(),
        started.seed.to_string(),
        started.device.to_owned(),
        started.learning_rate.to_string(),
        started.batch.to_string(),
        started.epochs.to_string(),
        started.parameters.to_string(),
        started.train_examples.to_string(),
        started.test_examples.to_string(),
        started.threads.to_string(),
        last.to_string(),
        recorded.is_whole().to_string(),
    ]
}
