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

mod watched;

use std::ffi::OsString;

use perceptarium::{
    cli,
    exhibits::{self, network},
    stream::{Command, Finished, ModelGraph, Role, Subscription},
};
use watched::{FRAMES_PER_SECOND, median};

/// Repetitions of each way to run; the median is told.
const REPETITIONS: usize = 5;
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
    watched::run(opened.trainable, opened.config, |graph| Some(Command::Subscribe(shown(graph))))
}

/// What the stage shows: the input and what every layer makes of it.
fn shown(graph: &ModelGraph) -> Vec<Subscription> {
    let shown = graph
        .tensors()
        .iter()
        .filter(|tensor| matches!(tensor.role, Role::Input | Role::Activation));
    shown.map(|tensor| Subscription::whole(tensor.name, FRAMES_PER_SECOND)).collect()
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
