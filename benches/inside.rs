//! What it costs to say why: `cargo bench --profile dev --bench inside`.
//!
//! One test image after another is asked about once an epoch has been learned: all methods, and the three that follow a
//! training live; each figure is the median over images of what the answer itself tells, and of the time from question to
//! answer over the stream. Exact integrated gradients of all test images are timed alone, what all units of the digits know of
//! 2,000 and of 10,000 images, where pooled maps and logits put all 10,000 (the first answer, and those that go on from it),
//! the ledger of one image with the repetition of the run without the twelve that taught it most and what had been foretold of
//! that, and landscapes of the loss as they sharpen, each plane by itself.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

use std::{ffi::OsString, path::Path, sync::Arc, time::Instant};

use perceptarium::{
    cli,
    exhibits::{self, digits},
    inside::{
        Alike, AlikeAsked, AlikeWith, Baseline, Diagnosis, DoctorAsked, Forecast, Grown,
        GrownAsked, Health, HealthAsked, Landscape, LandscapeAsked, Method, Plane, Points,
        PointsAsked, PointsLayout, Target, Taught, TaughtAsked, Units, UnitsAsked, Why, WhyAsked,
        Without, WithoutAsked,
    },
    learning::{
        Session, TrainingConfig,
        data::{Dataset, Images},
    },
    stream::{InputChoice, Payload, Report, ViewerEnd, connect},
};

/// Images that are asked about.
const IMAGES: usize = 31;
/// How long a ledger may take.
const HOUR: std::time::Duration = std::time::Duration::from_secs(3600);
/// Repetitions of a question about health.
const HEALTHS: u64 = 9;
/// Repetitions of all exact maps.
const REPETITIONS: usize = 5;
/// Those that may follow a training.
const LIVE: [Method; 3] = [Method::Gradient, Method::IntegratedGradients, Method::HiResCam];

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// An exhibit that has learned with these options.
fn learned(words: &[&str]) -> (ViewerEnd, Session) {
    let name = words[0];
    let exhibit = exhibits::ALL.iter().find(|exhibit| exhibit.id.name() == name);
    let exhibit = exhibit.expect("an exhibit of this name");
    let all = ["perceptarium"].into_iter().chain(words.iter().copied());
    let all = all.chain(["--threads", "2"]).map(OsString::from);
    let (options, _) = cli::parse(all, &[exhibit.options]).expect("options that fit");
    let opened = exhibits::open(exhibit, &options).expect("an exhibit that ships");
    let (room, trainer) = connect();
    let session = Session::start(opened.trainable, opened.config, trainer).expect("a plan");
    while !matches!(room.report(), Some(Report::Finished(_))) {
        std::thread::yield_now();
    }
    (room, session)
}

/// The ledger of an image after so many epochs.
fn book(epochs: &str) {
    let (room, session) = learned(&["digits", "--epochs", epochs]);
    let input = InputChoice::Test(7);
    let asked = TaughtAsked { input: input.clone(), map: None, strongest: 12 };
    let taught: Arc<Taught> =
        exhibits::answer_within(&room, Payload::new(asked), HOUR).expect("a ledger");
    let left_out = taught.helped.iter().map(|image| image.index as u32).collect();
    let asked = WithoutAsked { input, left_out, foretold: true };
    let without: Arc<Without> =
        exhibits::answer_within(&room, Payload::new(asked), HOUR).expect("a repetition");
    println!(
        "ledger of {} steps: {}, {} MiB, residual {:.1e}; the run twice again: {}",
        taught.steps,
        taught.price,
        taught.memory >> 20,
        taught.residual,
        without.price
    );
    match without.forecast {
        Some(Forecast { change, checked, .. }) => println!(
            "  foretold {change:+.5}, really {:+.5}, rank correlation {:.2} in {} runs",
            without.after.loss - without.before.loss,
            checked.rank_correlation,
            checked.runs
        ),
        None => println!(
            "  {}",
            without.remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
        ),
    }
    drop(room);
    session.end_within(std::time::Duration::from_secs(1));
}

/// An exhibit that has learned for an epoch is asked, with these options.
fn ask(words: &[&str]) {
    let (room, session) = learned(&[words, &["--epochs", "1"]].concat());
    println!("{}, two threads, median of {IMAGES} images:", words.join(" "));
    for (what, methods) in [("all methods", Method::ALL.as_slice()), ("live", &LIVE)] {
        let (mut told, mut taken) = (Vec::new(), Vec::new());
        let mut each = vec![Vec::new(); methods.len()];
        let mut passes = (0, 0);
        for index in 0..IMAGES {
            let asked = WhyAsked {
                input: InputChoice::Test(index),
                target: Target::Said,
                baseline: Baseline::Black,
                methods: methods.into(),
                shuffled: None,
                seed: 1,
            };
            let begun = Instant::now();
            let why: Arc<Why> = exhibits::answer(&room, Payload::new(asked)).expect("an answer");
            taken.push(1e3 * begun.elapsed().as_secs_f64());
            told.push(1e3 * why.price.seconds);
            passes = (why.price.forward, why.price.backward);
            for map in &why.maps {
                let place = methods.iter().position(|method| *method == map.method);
                each[place.expect("what was asked")].push(1e3 * map.price.seconds);
            }
        }
        println!(
            "  {what}: {:.1} ms by its own bill, {:.1} ms from question to answer, {} forward and {} backward passes",
            median(told),
            median(taken),
            passes.0,
            passes.1
        );
        for (method, times) in methods.iter().zip(each).filter(|(_, times)| !times.is_empty()) {
            println!("    {:20} {:8.2} ms", method.name(), median(times));
        }
    }
    examine(&room);
    drop(room);
    session.end_within(std::time::Duration::from_secs(1));
}

/// The digits that have learned for an epoch are asked what each unit knows of all test images.
fn ask_units(dataset: Arc<Dataset>) {
    let config = TrainingConfig { epochs: 1, threads: Some(2), ..TrainingConfig::default() };
    let (room, trainer) = connect();
    let trainable = digits::trainable(dataset, digits::Route::Fused);
    let session = Session::start(trainable, config, trainer).expect("a plan");
    while !matches!(room.report(), Some(Report::Finished(_))) {
        std::thread::yield_now();
    }
    let (mut told, mut images) = (Vec::new(), 0);
    for seed in 0..REPETITIONS as u64 {
        let asked = UnitsAsked { layer: None, images: usize::MAX, top: 9, seed };
        let units: Arc<Units> = exhibits::answer(&room, Payload::new(asked)).expect("an answer");
        told.push(1e3 * units.price.seconds);
        images = units.tried_on;
    }
    println!(
        "all units of the digits over {images} images: {:.0} ms by its own bill",
        median(told)
    );
    drop(room);
    session.end_within(std::time::Duration::from_secs(1));
}

/// The digits that have learned for an epoch are asked where all images lie, again and again.
fn ask_points() {
    let (room, session) = learned(&["digits", "--epochs", "1"]);
    for (layer, name) in [(Some("Pooled".to_owned()), "pooled maps"), (None, "logits")] {
        for (layout, by) in [
            (PointsLayout::Components, "components"),
            (PointsLayout::Neighbours { attraction: 1.0 }, "neighbours"),
        ] {
            let (mut times, mut images) = (Vec::new(), 0);
            for _ in 0..=REPETITIONS {
                let asked = PointsAsked { layer: layer.clone(), layout, all: true, seed: 0 };
                let points: Arc<Points> =
                    exhibits::answer(&room, Payload::new(asked)).expect("points");
                times.push(points.price.seconds);
                images = points.labels.len();
            }
            let first = times.remove(0);
            println!(
                "{images} points by {name}, {by}: {first:.2} s first, then {:.2} s",
                median(times)
            );
        }
    }
    drop(room);
    session.end_within(std::time::Duration::from_secs(1));
}

/// Layers of the digits compared with each other and with their steps, and a few dreams along the way.
fn compare() {
    let (room, session) = learned(&["digits", "--epochs", "2"]);
    for with in [AlikeWith::Layers, AlikeWith::Steps] {
        let asked = AlikeAsked { with, images: 1000, seed: 0 };
        let found: Arc<Alike> =
            exhibits::answer_within(&room, Payload::new(asked), HOUR).expect("likeness");
        println!("layers with {}, {} images: {}", with.name(), found.asked.images, found.price);
    }
    let asked = GrownAsked { steps_each: 4, seed: 0 };
    let grown: Arc<Grown> =
        exhibits::answer_within(&room, Payload::new(asked), HOUR).expect("dreams");
    println!("{} dreams along {} states: {}", grown.dreams, grown.frames.len(), grown.price);
    drop(room);
    session.end_within(std::time::Duration::from_secs(1));
}

/// All images, to be tested on.
fn all_images(dataset: &Dataset) -> Dataset {
    let (train, test) = (&dataset.train, &dataset.test);
    let pixels = train.pixels.iter().chain(&*test.pixels).copied().collect();
    let labels = train.labels.iter().chain(&*test.labels).copied().collect();
    Dataset { test: Images { pixels, labels }, ..dataset.clone() }
}

/// Health of few and of many images, and the doctor.
fn examine(room: &ViewerEnd) {
    for images in [128, 512] {
        let times = (0..HEALTHS).map(|seed| {
            let asked = HealthAsked { images, seed };
            let health: Arc<Health> = exhibits::answer(room, Payload::new(asked)).expect("health");
            1e3 * health.price.seconds
        });
        println!("  health of {images} images: {:.1} ms", median(times.collect()));
    }
    let found: Arc<Diagnosis> =
        exhibits::answer(room, Payload::new(DoctorAsked {})).expect("a diagnosis");
    println!("  the doctor: {}", found.price);
}

/// Each plane after so many epochs, coarse to fine, as a view asks for it.
fn survey(words: &[&str]) {
    let (room, session) = learned(words);
    println!("landscapes of {}, two threads:", words.join(" "));
    for plane in Plane::ALL {
        for side in [7, 11, 21] {
            let asked = LandscapeAsked { plane, side, images: 500, seed: 0 };
            let found: Arc<Landscape> =
                exhibits::answer_within(&room, Payload::new(asked), HOUR).expect("a landscape");
            println!(
                "  {}: {} × {} × {} with {} states: {}",
                plane.name(),
                found.asked.side,
                found.asked.side,
                found.asked.images,
                found.path.len(),
                found.price
            );
        }
    }
    drop(room);
    session.end_within(std::time::Duration::from_secs(1));
}

/// The finest landscape of the way, asked while the digits go on learning.
fn survey_beside() {
    let words = ["perceptarium", "digits", "--epochs", "100000", "--threads", "2"];
    let exhibit = exhibits::ALL.iter().find(|exhibit| exhibit.id.name() == "digits");
    let exhibit = exhibit.expect("the digits");
    let all = words.into_iter().map(OsString::from);
    let (options, _) = cli::parse(all, &[exhibit.options]).expect("options that fit");
    let opened = exhibits::open(exhibit, &options).expect("an exhibit that ships");
    let (room, trainer) = connect();
    let session = Session::start(opened.trainable, opened.config, trainer).expect("a plan");
    let count = |steps: &mut u64| {
        while let Some(report) = room.report() {
            *steps += u64::from(matches!(report, Report::Stepped(_)));
        }
    };
    let mut before = 0;
    while before < 2000 {
        count(&mut before);
        std::thread::yield_now();
    }
    let asked = LandscapeAsked { plane: Plane::Path, side: 21, images: 500, seed: 0 };
    let (begun, mut steps) = (Instant::now(), 0);
    room.query(Payload::new(asked)).expect("a question");
    let reply = loop {
        count(&mut steps);
        if let Some(reply) = room.reply_within(std::time::Duration::from_millis(20)) {
            break reply;
        }
    };
    let found: Arc<Landscape> =
        reply.said.expect("a landscape").get().cloned().expect("a landscape");
    println!(
        "the same beside the training: {}, {:.1} s from question to answer, {steps} steps meanwhile",
        found.price,
        begun.elapsed().as_secs_f64()
    );
    drop(room);
    session.end_within(std::time::Duration::from_secs(1));
}

fn main() {
    survey_beside();
    survey(&["digits", "--epochs", "10"]);
    survey(&["network", "--model", "lenet5", "--epochs", "1"]);
    ask(&["digits"]);
    for model in ["resnet", "lenet5"] {
        ask(&["network", "--model", model]);
    }
    ["1", "10"].into_iter().for_each(book);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let dataset = digits::load(&folder).expect("the bundled digits");
    let count = dataset.test.len();
    ask_units(dataset.clone());
    ask_units(Arc::new(all_images(&dataset)));
    ask_points();
    compare();
    let maps = digits::exact_maps(dataset).expect("a network");
    let times = (0..REPETITIONS).map(|_| {
        let begun = Instant::now();
        std::hint::black_box(maps().expect("maps"));
        begun.elapsed().as_secs_f64()
    });
    println!("{count} exact maps of integrated gradients: {:.3} s", median(times.collect()));
}
