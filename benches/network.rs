//! Training speed of the networks that ship, alone and watched as the hall watches them: `cargo bench --profile dev --bench
//! network [-- MODEL …]`.
//!
//! Each figure is the median of alternating runs of one epoch with the bundled data, as the session itself reports it
//! (tests left out). Watched are the input, what every layer makes of it, and the outputs, 60 times a second.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

use std::{
    ffi::OsString,
    time::{Duration, Instant},
};

use perceptarium::{
    cli,
    exhibits::{self, network},
    learning::Session,
    stream::{Command, Finished, Report, Role, Subscription, connect},
};

/// Repetitions of each way to run; the median is told.
const REPETITIONS: usize = 5;
/// Frames of a viewer, and so snapshots that it asks for.
const FRAMES_PER_SECOND: f32 = 60.0;
const MODELS: [&str; 5] = ["perceptron", "lenet5", "resnet", "vgg", "transformer"];

/// Runs an epoch to its end, with a viewer that fetches at its frame rate what the stage shows.
fn run(model: &str, watched: bool) -> Finished {
    let exhibit = exhibits::ALL.iter().find(|exhibit| exhibit.id == network::EXHIBIT_ID);
    let exhibit = exhibit.expect("an exhibit of this name");
    let words = ["perceptarium", "network", "--epochs", "1", "--threads", "2", "--model", model];
    let words = words.map(OsString::from).into_iter();
    let (options, _) = cli::parse(words, &[exhibit.options]).expect("options that fit");
    let mut opened = exhibits::open(exhibit, &options).expect("a network that ships");
    opened.config.snapshots_per_second = if watched { FRAMES_PER_SECOND } else { 0.0 };
    let (room, trainer) = connect();
    let session = Session::start(opened.trainable, opened.config, trainer).expect("a session");
    let frame = Duration::from_secs_f32(1.0 / FRAMES_PER_SECOND);
    let mut next_frame = Instant::now() + frame;
    loop {
        while let Some(report) = room.report() {
            match report {
                Report::Graph(graph) => {
                    let shown = graph
                        .tensors()
                        .iter()
                        .filter(|tensor| matches!(tensor.role, Role::Input | Role::Activation));
                    let shown = shown
                        .map(|tensor| Subscription::whole(tensor.name, FRAMES_PER_SECOND))
                        .collect();
                    assert!(room.ask(Command::Subscribe(shown)), "the trainer is gone");
                }
                Report::Finished(finished) => {
                    drop(room);
                    session.end_within(Duration::from_secs(1));
                    return finished;
                }
                _ => {}
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
    let asked: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with('-')).collect();
    println!("two threads, median of {REPETITIONS} alternating runs of one epoch:");
    for model in
        MODELS.into_iter().filter(|model| asked.is_empty() || asked.iter().any(|one| one == model))
    {
        let (mut speeds, mut ratios, mut shares, mut taken) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for _ in 0..REPETITIONS {
            let [alone, watched] = [false, true].map(|watched| run(model, watched));
            let speed = f64::from(alone.examples_per_second);
            speeds.push(speed);
            ratios.push(100.0 * f64::from(watched.examples_per_second) / speed);
            shares.push(100.0 * watched.cost.share());
            taken.push(watched.cost.snapshots as f64 / watched.seconds);
        }
        println!(
            "  {model:11} {:6.0} examples/s alone, watched at {:.1} % of it ({:.1} % of the time by its own bill, {:.1} snapshots/s)",
            median(speeds),
            median(ratios),
            median(shares),
            median(taken),
        );
    }
}
