//! A training with a viewer that fetches at its frame rate, for benches of what watching costs.

use std::time::{Duration, Instant};

use perceptarium::{
    learning::{Session, TrainableMaker, TrainingConfig},
    stream::{Command, Finished, ModelGraph, Report, connect},
};

/// Frames of a viewer, and so snapshots that it asks for.
pub(crate) const FRAMES_PER_SECOND: f32 = 60.0;

/// Runs to the end; what is asked once the graph is known is asked by `ask`.
pub(crate) fn run(
    trainable: TrainableMaker,
    config: TrainingConfig,
    ask: impl Fn(&ModelGraph) -> Option<Command>,
) -> Finished {
    let (room, trainer) = connect();
    let session = Session::start(trainable, config, trainer).expect("a plan that can be run");
    let frame = Duration::from_secs_f32(1.0 / FRAMES_PER_SECOND);
    let mut next_frame = Instant::now() + frame;
    loop {
        while let Some(report) = room.report() {
            match report {
                Report::Graph(graph) => {
                    let asked = ask(&graph).is_none_or(|command| room.ask(command));
                    assert!(asked, "the trainer is gone");
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

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
