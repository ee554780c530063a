//! How the service stands in numbers, in the text form that Prometheus reads:
//! <https://prometheus.io/docs/instrumenting/exposition_formats/>.

use std::{fmt::Write as _, sync::atomic::Ordering};

use crate::{
    serve::{
        counts::{BOUNDS_MS, Counts},
        service::Service,
    },
    stream::{RunState, Split},
};

/// The states that a run can be in.
const STATES: [&str; 6] = ["preparing", "training", "paused", "finished", "diverged", "failed"];

/// Numbers as they are written.
#[derive(Default)]
struct Page(String);

impl Page {
    /// A number by itself.
    fn one(&mut self, name: &str, kind: &str, help: &str, value: f64) {
        self.about(name, kind, help);
        self.line(name, "", value);
    }

    fn about(&mut self, name: &str, kind: &str, help: &str) {
        // A `String` takes everything that is written to it.
        writeln!(self.0, "# HELP perceptarium_{name} {help}\n# TYPE perceptarium_{name} {kind}")
            .ok();
    }

    fn line(&mut self, name: &str, labels: &str, value: f64) {
        let value = match value {
            value if value.is_nan() => "NaN".to_owned(),
            f64::INFINITY => "+Inf".to_owned(),
            f64::NEG_INFINITY => "-Inf".to_owned(),
            value => value.to_string(),
        };
        writeln!(self.0, "perceptarium_{name}{labels} {value}").ok();
    }
}

/// All of them.
pub(super) fn written(service: &Service) -> String {
    let mut page = Page::default();
    run(&mut page, service);
    requests(&mut page, &service.counts);
    let watched = service.busy.load(Ordering::Relaxed);
    page.one("viewers", "gauge", "Viewers that watch.", f64::from(u8::from(watched)));
    page.0
}

fn run(page: &mut Page, service: &Service) {
    let status = service.status();
    page.about("info", "gauge", "The exhibit that is trained.");
    page.line("info", &format!("{{exhibit=\"{}\"}}", service.exhibit.name()), 1.0);
    page.about("state", "gauge", "1 for the state of the run.");
    let now = status.state.as_ref().map_or("preparing", RunState::word);
    for state in STATES {
        let is_it = f64::from(u8::from(state == now));
        page.line("state", &format!("{{state=\"{state}\"}}"), is_it);
    }
    page.one("step", "gauge", "Optimiser steps of the run.", status.step.0 as f64);
    if let Some(last) = status.last {
        let numbers = [
            ("epoch", "Epoch of the last step, from 1.", f64::from(last.epoch)),
            ("learning_rate", "Learning rate of the last step.", last.learning_rate),
            ("steps_per_second", "Optimiser steps a second.", f64::from(last.steps_per_second)),
            ("examples_per_second", "Examples a second.", f64::from(last.examples_per_second)),
            ("watching_seconds", "Time of the run that watching took.", last.cost.watching_seconds),
            (
                "working_seconds",
                "Time of the run that the training had.",
                last.cost.working_seconds,
            ),
        ];
        for (name, help, value) in numbers {
            page.one(name, "gauge", help, value);
        }
    }
    page.about("metric", "gauge", "Metrics of the last step and of the last test.");
    for split in [Split::Train, Split::Test] {
        for (name, value) in status.of_split(split) {
            let name = name.replace(['\\', '"', '\n'], "_");
            let labels = format!("{{split=\"{}\",name=\"{name}\"}}", split.prefix());
            page.line("metric", &labels, f64::from(value));
        }
    }
}

fn requests(page: &mut Page, counts: &Counts) {
    let numbers = [
        ("predictions_refused_total", "Predictions that were refused.", &counts.refused),
        ("prediction_passes_total", "Passes in which images were read.", &counts.batches),
        ("prediction_images_total", "Images that were read.", &counts.images),
        ("connections_refused_total", "Connections that found no room.", &counts.turned_away),
    ];
    for (name, help, count) in numbers {
        page.one(name, "counter", help, count.load(Ordering::Relaxed) as f64);
    }
    let open = counts.connections.load(Ordering::Relaxed);
    page.one("connections", "gauge", "Connections that are open.", open as f64);
    page.about("prediction_seconds", "histogram", "How long a prediction took.");
    let (below, sum) = counts.times();
    let all = below.last().copied().unwrap_or_default() as f64;
    let bounds = BOUNDS_MS.iter().map(|bound| (*bound as f64 / 1000.0).to_string());
    for (bound, below) in bounds.chain(["+Inf".to_owned()]).zip(below) {
        page.line("prediction_seconds_bucket", &format!("{{le=\"{bound}\"}}"), below as f64);
    }
    page.line("prediction_seconds_sum", "", sum);
    page.line("prediction_seconds_count", "", all);
}
