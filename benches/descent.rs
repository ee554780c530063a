//! How fast a surface is drawn and descended: `cargo bench --profile dev --bench descent`.
//!
//! Each figure is the median of several runs with a learning rate so small that nobody arrives; a step is one of every
//! runner, with a gradient over all points for each and one over a batch for the stochastic one.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

use std::{path::Path, sync::Arc, time::Instant};

use perceptarium::{
    exhibits::descent::payload::{DescentSettings, Runner},
    exhibits::descent::{self, LineColumns, PROBLEMS, Problems},
    learning::{DeviceName, StepOrder, StepPlace, Trainable, TrainingConfig},
};

/// Repetitions; the median is told.
const REPETITIONS: usize = 7;
/// Steps of a run.
const STEPS: u64 = 5000;
/// Nobody gets anywhere with it.
const RATE: f64 = 1e-7;

fn problems() -> Arc<Problems> {
    let file = "assets/datasets/breast-cancer-wisconsin/breast-cancer-wisconsin.csv";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    descent::load(&file, None, &LineColumns::default()).expect("the bundled table")
}

fn begun(
    problems: &Arc<Problems>,
    settings: &DescentSettings,
    device: DeviceName,
) -> Box<dyn Trainable> {
    let config = TrainingConfig {
        epochs: 1,
        batch: 16,
        learning_rate: RATE,
        device,
        ..TrainingConfig::default()
    };
    let maker = descent::trainable(problems.clone(), settings.clone(), Some(STEPS));
    let mut trainable = maker(&config).expect("a lesson on this surface");
    trainable.begin(42, &mut |_, _| ()).expect("a start");
    trainable
}

/// Steps per second, told as in a session.
fn speed(trainable: &mut dyn Trainable) -> f64 {
    let (at_once, mut batch) = (trainable.outline().steps_at_once, 0);
    let start = Instant::now();
    while batch < STEPS {
        let at = StepPlace { epoch: 0, batch };
        let steps = at_once.min(STEPS - batch);
        let order = StepOrder { at, steps, learning_rate: RATE, keep: false };
        batch += trainable.step(order).expect("a step").steps;
        std::hint::black_box(trainable.findings());
    }
    STEPS as f64 / start.elapsed().as_secs_f64()
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn main() {
    let problems = problems();
    println!("steps per second of all runners, median of {REPETITIONS} runs of {STEPS} steps:");
    for (problem, name) in PROBLEMS.iter().enumerate() {
        let settings = DescentSettings { problem, ..DescentSettings::default() };
        for device in DeviceName::ON_CPU {
            let speeds = (0..REPETITIONS)
                .map(|_| speed(begun(&problems, &settings, device).as_mut()))
                .collect();
            println!("  {name:<10} {device:8}: {:.0}", median(speeds));
        }
    }
    println!("one runner on the line:");
    for runner in Runner::ALL {
        let runners = Runner::ALL.map(|other| other == runner);
        let settings = DescentSettings { runners, ..DescentSettings::default() };
        let speeds = (0..REPETITIONS)
            .map(|_| speed(begun(&problems, &settings, DeviceName::Flex).as_mut()))
            .collect();
        println!("  {:<16}: {:.0}", runner.name(), median(speeds));
    }
    println!("milliseconds to draw a surface and to begin on it:");
    for (problem, name) in PROBLEMS.iter().enumerate() {
        let settings = DescentSettings { problem, ..DescentSettings::default() };
        let times = (0..REPETITIONS)
            .map(|_| {
                let start = Instant::now();
                std::hint::black_box(begun(&problems, &settings, DeviceName::Flex));
                1000.0 * start.elapsed().as_secs_f64()
            })
            .collect();
        println!("  {name:<10}: {:.1}", median(times));
    }
}
