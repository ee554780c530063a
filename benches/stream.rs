//! The contract between training and showing: `cargo bench --profile dev --bench stream`.
//!
//! First a whole run of the digits, every report and 200 snapshots, written to bytes and read back; each figure is the
//! median of [`REPETITIONS`]. Then how long a question takes to be answered, from asking to the answer's arrival, while
//! a recommender trains at full speed, while it is judged, and when it is over. Then how fast a made-up model of
//! 50,000,000 parameters and 2,000,000 units is trained while what a stage shows of it is watched 60 times a second.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

#[path = "stream/watching.rs"]
mod watching;

use std::{
    hint::black_box,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use perceptarium::{
    exhibits::{
        self, digits,
        recommender::{
            self,
            payload::{Person, TasteAsk},
        },
    },
    learning::{Session, TrainingConfig},
    stream::{
        Payload, Report, RunState, Stage, ViewerEnd, connect,
        wire::{self, Endpoint, Message, Reader},
    },
};

const REPETITIONS: usize = 9;
/// Snapshots of the run that is written.
const SNAPSHOTS: usize = 200;
/// Questions that are asked in each state.
const QUESTIONS: usize = 200;
const PATIENCE: Duration = Duration::from_secs(60);

fn assets(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets").join(name)
}

/// Everything that a run of ten epochs says, with as many snapshots as are wanted.
fn whole_run() -> Vec<Message> {
    let dataset = digits::load(&assets("mnist-10k")).expect("the bundled digits");
    let config = TrainingConfig { snapshots_per_second: 1000.0, ..TrainingConfig::default() };
    let (room, trainer) = connect();
    let trainable = digits::trainable(dataset, digits::Route::default());
    let _session = Session::start(trainable, config, trainer).expect("a session");
    let (mut said, mut snapshots) = (Vec::new(), Vec::new());
    while let Some(report) = room.report_within(PATIENCE) {
        let over = matches!(report, Report::Finished(_));
        said.push(Message::Report(report));
        snapshots.extend(room.newest_snapshot());
        if over {
            break;
        }
    }
    // However many the machine has made, the same number is written.
    let some = snapshots.iter().cycle().take(SNAPSHOTS).cloned();
    said.extend(some.map(Message::Snapshot));
    said
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

fn codec() {
    let messages = whole_run();
    let mut bytes = Vec::new();
    for message in &messages {
        wire::write(message, &mut bytes).expect("a message");
    }
    let megabytes = bytes.len() as f64 / 1e6;
    println!("{} messages, {SNAPSHOTS} of them snapshots, {megabytes:.1} MB", messages.len());
    let speed = |what: &mut dyn FnMut()| {
        let seconds = (0..REPETITIONS).map(|_| {
            let start = Instant::now();
            what();
            start.elapsed().as_secs_f64()
        });
        megabytes / median(seconds.collect())
    };
    let writing = speed(&mut || {
        let mut bytes = Vec::with_capacity(bytes.len());
        for message in &messages {
            wire::write(message, &mut bytes).expect("a message");
        }
        black_box(bytes);
    });
    let kinds = exhibits::payload_kinds(exhibits::ALL);
    let reading = speed(&mut || {
        let mut reader = Reader::new(Endpoint::Viewer, kinds.clone());
        let mut read = 0;
        for some in bytes.chunks(1 << 20) {
            reader.feed(some);
            while let Some(message) = reader.message().expect("a frame") {
                black_box(message);
                read += 1;
            }
        }
        assert_eq!(read, messages.len());
    });
    println!("  written at {writing:.0} MB/s, read at {reading:.0} MB/s");
}

/// Median and longest time that answers take, in milliseconds.
fn latency(room: &ViewerEnd, name: &str) {
    let mut times: Vec<f64> = (0..QUESTIONS)
        .map(|at| {
            // Each time another person and another film, with all that speaks for it.
            let person = Person::Known((at * 7 % 600) as u32);
            let item = Some((at * 13 % 9000) as u32);
            let ask = TasteAsk { people: vec![person], item, ..TasteAsk::default() };
            let start = Instant::now();
            let id = room.query(Payload::new(ask)).expect("room for a question");
            loop {
                while room.report().is_some() {}
                let reply = room.reply_within(PATIENCE).expect("an answer");
                if reply.id == id {
                    assert!(reply.said.is_ok());
                    return start.elapsed().as_secs_f64() * 1e3;
                }
            }
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "  {name}: median {:.2} ms, 1 in 100 {:.2} ms, longest {:.2} ms",
        at(0.5),
        at(0.99),
        at(1.0)
    );
}

fn until(room: &ViewerEnd, wanted: impl Fn(&Report) -> bool) {
    while !wanted(&room.report_within(PATIENCE).expect("a report")) {}
}

fn answers() {
    let ratings =
        recommender::load(&assets("movielens-latest-small"), &recommender::ReadOptions::default())
            .expect("the bundled ratings");
    let config =
        TrainingConfig { epochs: 400, batch: 1, learning_rate: 0.005, ..TrainingConfig::default() };
    let (room, trainer) = connect();
    let trainable = recommender::trainable(ratings.clone(), recommender::Settings::default());
    let _session = Session::start(trainable, config.clone(), trainer).expect("a session");
    println!(
        "{QUESTIONS} questions to a recommender of the bundled ratings, each for a list of 20 and a film's reasons:"
    );
    until(&room, |report| matches!(report, Report::Stepped(_)));
    latency(&room, "trained at full speed");
    room.ask(perceptarium::stream::Command::Pause);
    until(&room, |report| matches!(report, Report::State { state: RunState::Paused, .. }));
    latency(&room, "paused");

    let (room, trainer) = connect();
    let config = TrainingConfig { epochs: 2, ..config };
    let settings = recommender::Settings { folds: 100, ..recommender::Settings::default() };
    let _session = Session::start(recommender::trainable(ratings, settings), config, trainer)
        .expect("a session");
    until(&room, |report| matches!(report, Report::Stage(stage) if stage.stage == Stage::Evaluate));
    latency(&room, "judged");
    until(&room, |report| matches!(report, Report::Finished(_)));
    latency(&room, "finished");
}

fn main() {
    codec();
    answers();
    watching::main();
}
