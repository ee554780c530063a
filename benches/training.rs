//! Training speed, alone and watched: `cargo bench --profile dev --bench training [-- full]`.
//!
//! Each figure is the median of alternating runs of one epoch over the bundled 8,000 digits, batch 32,
//! as the session itself reports it (tests left out). With `full`, ten epochs with the default seed
//! follow, for the accuracy.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

mod watched;

use std::{path::Path, sync::Arc};

use perceptarium::{
    exhibits::digits::{self, Route},
    images::ClassifierVerdict,
    learning::{DeviceName, TrainingConfig, data::Dataset},
    stream::Finished,
};
use watched::{FRAMES_PER_SECOND, median};

/// Repetitions of each way to run; the median is told.
const REPETITIONS: usize = 7;

/// Runs to the end, with a viewer that fetches at its frame rate whatever has arrived.
fn run(dataset: &Arc<Dataset>, route: Route, config: &TrainingConfig) -> Finished {
    watched::run(digits::trainable(dataset.clone(), route), config.clone(), |_| None)
}

fn main() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let dataset = digits::load(&folder).expect("the bundled digits");
    let alone =
        TrainingConfig { epochs: 1, snapshots_per_second: 0.0, ..TrainingConfig::default() };

    println!("images per second, median of {REPETITIONS} runs of one epoch:");
    for (device, route) in [
        (DeviceName::Flex, Route::Fused),
        (DeviceName::NdArray, Route::Fused),
        (DeviceName::Flex, Route::Plain),
        (DeviceName::NdArray, Route::Plain),
    ] {
        for threads in [1, 2] {
            let config = TrainingConfig { device, threads: Some(threads), ..alone.clone() };
            let repetitions = if route == Route::Plain { 1 } else { REPETITIONS };
            let speeds = (0..repetitions)
                .map(|_| f64::from(run(&dataset, route, &config).examples_per_second));
            println!("  {device:8} {route:?} {threads} threads: {:.0}", median(speeds.collect()));
        }
    }

    println!(
        "alone against {FRAMES_PER_SECOND} snapshots a second, alternating runs of three epochs:"
    );
    for threads in [1, 2] {
        let (mut ratios, mut shares, mut taken) = (Vec::new(), Vec::new(), 0);
        for _ in 0..REPETITIONS {
            let alone = TrainingConfig { epochs: 3, threads: Some(threads), ..alone.clone() };
            let watched =
                TrainingConfig { snapshots_per_second: FRAMES_PER_SECOND, ..alone.clone() };
            let alone = run(&dataset, Route::Fused, &alone);
            let watched = run(&dataset, Route::Fused, &watched);
            ratios.push(
                f64::from(watched.examples_per_second) / f64::from(alone.examples_per_second),
            );
            shares.push(watched.cost.share());
            taken = watched.cost.snapshots;
        }
        println!(
            "  {threads} threads: watched runs at {:.1} % of the speed ({taken} snapshots in a run, {:.1} % of the time by its own bill)",
            100.0 * median(ratios),
            100.0 * median(shares),
        );
    }

    if std::env::args().any(|argument| argument == "full") {
        for device in DeviceName::ON_CPU {
            let end = run(
                &dataset,
                Route::Fused,
                &TrainingConfig { device, ..TrainingConfig::default() },
            );
            let end_verdict = end.verdict.get::<ClassifierVerdict>().expect("the digits'");
            let ClassifierVerdict { accuracy, loss, .. } = **end_verdict;
            println!(
                "ten epochs on {device}: test accuracy {accuracy:.4}, test loss {loss:.4}, {:.0} images per second, {:.1} s",
                end.examples_per_second, end.seconds
            );
        }
    }
}
