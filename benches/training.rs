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

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use perceptarium::{
    exhibits::digits::{self, Route},
    images::ClassifierVerdict,
    learning::{DeviceName, Session, TrainingConfig, data::Dataset},
    stream::{Finished, Report, connect},
};

/// Repetitions of each way to run; the median is told.
const REPETITIONS: usize = 7;
/// Frames of a viewer, and so snapshots that it asks for.
const FRAMES_PER_SECOND: f32 = 60.0;

/// Runs to the end, with a viewer that fetches at its frame rate whatever has arrived.
fn run(dataset: &Arc<Dataset>, route: Route, config: &TrainingConfig) -> Finished {
    let (room, trainer) = connect();
    let trainable = digits::trainable(dataset.clone(), route);
    let session =
        Session::start(trainable, config.clone(), trainer).expect("a plan that can be run");
    let frame = Duration::from_secs_f32(1.0 / FRAMES_PER_SECOND);
    let mut next_frame = Instant::now() + frame;
    loop {
        while let Some(report) = room.report() {
            if let Report::Finished(finished) = report {
                drop(room);
                session.end_within(Duration::from_secs(1));
                return finished;
            }
        }
        std::hint::black_box(room.newest_snapshot());
        std::thread::sleep(next_frame.saturating_duration_since(Instant::now()));
        next_frame += frame;
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
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
            let ClassifierVerdict { accuracy, loss } = **end_verdict;
            println!(
                "ten epochs on {device}: test accuracy {accuracy:.4}, test loss {loss:.4}, {:.0} images per second, {:.1} s",
                end.examples_per_second, end.seconds
            );
        }
    }
}
