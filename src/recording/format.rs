//! What a recording's file is made of: names of its channels and schemas, and the record kinds of MCAP that are read.

use crate::stream::{MetricSpec, Split, wire};

/// How a recording's file is called at its end.
pub const EXTENSION: &str = "mcap";
/// The MCAP profile that says what the channels mean.
pub(super) const PROFILE: &str = "perceptarium";
/// The first and the last bytes of every MCAP file.
pub(super) const MAGIC: [u8; 8] = [0x89, b'M', b'C', b'A', b'P', b'0', b'\r', b'\n'];
/// The metadata at the beginning, and those at the end.
pub(super) const METADATA: &str = "perceptarium.recording";
/// See [`METADATA`].
pub(super) const TOTALS: &str = "perceptarium.totals";
/// The channel of metrics, which other programs read.
pub(super) const METRICS: &str = "metrics";
/// How frames are encoded, for who knows the wire.
pub(super) const ENCODING: &str = "perceptarium";
/// What a frame's schema is called before its version.
pub(super) const SCHEMA: &str = "perceptarium.Frame/";

/// The schema of frames of the version that is written and read.
pub(super) fn schema() -> String {
    format!("{SCHEMA}{}", wire::VERSION)
}

/// Kinds of records that matter here; all others are passed over, as MCAP demands.
pub(super) mod kind {
    pub(in super::super) const HEADER: u8 = 0x01;
    pub(in super::super) const SCHEMA: u8 = 0x03;
    pub(in super::super) const CHANNEL: u8 = 0x04;
    pub(in super::super) const MESSAGE: u8 = 0x05;
    pub(in super::super) const CHUNK: u8 = 0x06;
    pub(in super::super) const DATA_END: u8 = 0x0f;
}

/// The JSON schema of the metrics of a run, which declares each of its metrics.
pub(super) fn metrics_schema(metrics: &[MetricSpec]) -> serde_json::Value {
    let number = |what: &str| serde_json::json!({ "type": "number", "description": what });
    let mut properties = serde_json::Map::new();
    for (name, what) in [
        ("run", "counts the runs of the session from 0"),
        ("step", "optimiser steps taken"),
        ("epoch", "pass over the training examples, from 1"),
        ("learning_rate", "learning rate of the step"),
        ("merged", "how many steps the values are the means of"),
    ] {
        properties.insert(name.to_owned(), number(what));
    }
    for metric in metrics {
        let unit = if metric.unit.is_empty() { "" } else { ", in " };
        let what = format!("{}{unit}{}", metric.meaning, metric.unit);
        properties.insert(column(metric), number(&what));
    }
    serde_json::json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "perceptarium.Metrics",
        "type": "object",
        "properties": properties,
    })
}

/// What a metric is called in JSON and in tables: its name, of the test with `test_` before it.
pub(super) fn column(metric: &MetricSpec) -> String {
    match metric.split {
        Split::Train => metric.name.to_owned(),
        Split::Test => format!("{}_{}", metric.split.prefix(), metric.name),
    }
}
