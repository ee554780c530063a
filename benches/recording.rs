//! Recordings: `cargo bench --profile dev --bench recording`, with `-- --gigabytes N --minutes N --snapshots N --hours N`.
//!
//! First the digits are trained for some minutes without a recording and with one, in turns, while 60 pictures a second are
//! taken of everything: what part of the training it costs, and how many megabytes a minute it writes, with all pictures and
//! within the allowance. Then a recording of a gigabyte is made in a temporary folder, opened, and sought in at random. At last hours of a
//! run are written as fast as the disk takes them, a second at a time as a recording does, and the memory is told that it takes.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench talks to the one who runs it"
)]

mod memory;

use std::{
    collections::BTreeMap,
    env,
    fs::File,
    io::BufWriter,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use perceptarium::{
    exhibits::{self, digits},
    learning::{Session, TrainingConfig},
    recording::{Allowance, Recorded, Recording, RunWriter, Told},
    stream::{Command, ExhibitId, Report, Snapshot, Step, StepReport, ViewerEnd, connect},
};

const PATIENCE: Duration = Duration::from_secs(60);
/// Turns of each kind of run: the machine's pace drifts.
const TURNS: usize = 3;
/// Places that are sought.
const SOUGHT: usize = 200;

/// A number behind an option of this bench.
fn asked(option: &str, usual: f64) -> f64 {
    let arguments: Vec<_> = env::args().collect();
    let place = arguments.iter().position(|argument| argument == option);
    let text = place.and_then(|place| arguments.get(place + 1));
    text.map_or(usual, |text| text.parse().expect("a number behind an option"))
}

fn assets(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets").join(name)
}

/// Trains the digits for so long; gives steps per second, and what was told before the first.
fn train(seconds: f64, snapshots: f32, recording: Option<&Recording>) -> (f64, Vec<Report>) {
    let dataset = digits::load(&assets("mnist-10k")).expect("the bundled digits");
    let config = TrainingConfig {
        snapshots_per_second: snapshots,
        epochs: 10_000,
        ..TrainingConfig::default()
    };
    let (room, trainer) = connect();
    if let Some(recording) = recording {
        room.keep(recording.keeper());
    }
    let trainable = digits::trainable(dataset, digits::Route::default());
    let _session = Session::start(trainable, config, trainer).expect("a session");
    let mut first = Vec::new();
    let mut begun = None;
    loop {
        let report = room.report_within(PATIENCE).expect("a report");
        drop(room.newest_snapshot());
        match &report {
            Report::Stepped(step) => {
                let (at, from) = *begun.get_or_insert((Instant::now(), step.step.0));
                let took = at.elapsed().as_secs_f64();
                if took >= seconds {
                    room.ask(Command::Pause);
                    return ((step.step.0 - from) as f64 / took, first);
                }
            }
            _ if begun.is_none() => first.push(report),
            _ => {}
        }
    }
}

/// What a recording of the digits costs and takes.
fn cost(name: &str, seconds: f64, snapshots: f32, allowance: Allowance) {
    let (mut alone, mut kept) = (Vec::new(), Vec::new());
    let mut megabytes = Vec::new();
    let mut said = String::new();
    for _ in 0..TURNS {
        alone.push(train(seconds, snapshots, None).0);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = folder.path().join("digits.mcap");
        let begun = Instant::now();
        let recording = Recording::begin(&file, ExhibitId::new("digits"), allowance, |_| {})
            .expect("a recording");
        kept.push(train(seconds, snapshots, Some(&recording)).0);
        let minutes = begun.elapsed().as_secs_f64() / 60.0;
        let Some(Told::Whole(done)) = recording.end() else { panic!("it broke off") };
        megabytes.push(done.bytes as f64 / 1e6 / minutes);
        said = format!(
            "{} of {} pictures, {} reports left out",
            done.snapshots, done.snapshots_seen, done.reports_left_out
        );
    }
    let (alone, kept) = (median(alone), median(kept));
    println!(
        "  {name}: {alone:.1} steps/s alone, {kept:.1} recorded ({:+.1} %), {:.1} MB a minute, {said}",
        (alone / kept - 1.0) * 100.0,
        median(megabytes)
    );
}

/// A recording of so many bytes, whose pictures are those of the digits.
fn make(file: &Path, bytes: f64) -> u64 {
    let (_, first) = train(0.5, 60.0, None);
    let picture = picture();
    let mut step = 0;
    let out = BufWriter::new(File::create(file).expect("a file"));
    let mut writer = RunWriter::new(out, BTreeMap::new()).expect("a recording");
    for report in first {
        writer.report(Duration::ZERO, report).expect("a report");
    }
    let mut written = 0.0;
    while written < bytes {
        step += 1;
        let at = Duration::from_millis(step * 10);
        let snapshot = Snapshot { step: Step(step), ..Snapshot::clone(&picture) };
        written += snapshot.bytes() as f64;
        writer.snapshot(at, snapshot.into()).expect("a picture");
    }
    writer.finish(BTreeMap::new()).expect("an end");
    step
}

/// A picture of all of the digits' network.
fn picture() -> Snapshot {
    let dataset = digits::load(&assets("mnist-10k")).expect("the bundled digits");
    let config = TrainingConfig { snapshots_per_second: 60.0, ..TrainingConfig::default() };
    let (room, trainer) = connect();
    let trainable = digits::trainable(dataset, digits::Route::default());
    let _session = Session::start(trainable, config, trainer).expect("a session");
    first_picture(&room)
}

fn first_picture(room: &ViewerEnd) -> Snapshot {
    let begun = Instant::now();
    loop {
        drop(room.report_within(Duration::from_millis(10)));
        if let Some(snapshot) = room.newest_snapshot() {
            return Snapshot::clone(&snapshot);
        }
        assert!(begun.elapsed() < PATIENCE, "no picture came");
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// How long it takes to open a large recording, and to go anywhere in it.
fn seek(gigabytes: f64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("large.mcap");
    let steps = make(&file, gigabytes * 1e9);
    let size = file.metadata().expect("a file").len();
    let kinds = exhibits::payload_kinds(exhibits::ALL);
    let begun = Instant::now();
    let mut recorded = Recorded::open(&file, kinds, &mut |_, _| {}).expect("a recording");
    let opened = begun.elapsed();
    let mut place = 1_u64;
    let mut times: Vec<f64> = (0..SOUGHT)
        .map(|_| {
            place = place.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let step = Step((place >> 33) % steps + 1);
            let begun = Instant::now();
            let at = recorded.snapshot_at(0, step).expect("a picture");
            assert_eq!(recorded.snapshot(at).expect("a picture").step, step);
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let longest = times.last().copied().unwrap_or(f64::NAN);
    println!(
        "  {:.2} GB with {steps} pictures: opened in {:.2} s, sought in {:.1} ms (median), {longest:.1} ms (longest of {SOUGHT})",
        size as f64 / 1e9,
        opened.as_secs_f64(),
        median(times)
    );
}

/// Writes what a run of so many hours tells, 300 steps a second and a picture every other one, as fast as it can be; tells
/// the memory that the process has by the hour, and how long the whole takes to be opened.
fn long(hours: u64) {
    const STEPS: u64 = 300;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("long.mcap");
    let (_, first) = train(0.5, 60.0, None);
    let (picture, stepped) = (picture(), stepped());
    let begun = Instant::now();
    let mut writer =
        RunWriter::new(File::create(&file).expect("a file"), BTreeMap::new()).expect("a recording");
    for report in first {
        writer.report(Duration::ZERO, report).expect("a report");
    }
    print!("  {:.0} MiB of memory at the beginning, by the hour", memory::mib("VmRSS"));
    for second in 0..hours * 3600 {
        let at = Duration::from_secs(second);
        for step in second * STEPS + 1..=(second + 1) * STEPS {
            let report = Report::Stepped(StepReport { step: Step(step), ..stepped });
            writer.report(at, report).expect("a report");
        }
        if second % 2 == 0 {
            let snapshot =
                Snapshot { step: Step((second + 1) * STEPS), ..Snapshot::clone(&picture) };
            writer.snapshot(at, snapshot.into()).expect("a picture");
        }
        writer.flush().expect("a chunk");
        if (second + 1) % 3600 == 0 {
            print!(" {:.0}", memory::mib("VmRSS"));
        }
    }
    writer.finish(BTreeMap::new()).expect("an end");
    println!(" MiB; written in {:.0} s", begun.elapsed().as_secs_f64());
    let size = file.metadata().expect("a file").len();
    let begun = Instant::now();
    let kinds = exhibits::payload_kinds(exhibits::ALL);
    let recorded = Recorded::open(&file, kinds, &mut |_, _| {}).expect("a recording");
    println!(
        "  {:.2} GB opened in {:.1} s, with {:.0} MiB of memory",
        size as f64 / 1e9,
        begun.elapsed().as_secs_f64(),
        memory::mib("VmRSS")
    );
    drop(recorded);
}

/// What is told of a step of the digits.
fn stepped() -> StepReport {
    let dataset = digits::load(&assets("mnist-10k")).expect("the bundled digits");
    let (room, trainer) = connect();
    let trainable = digits::trainable(dataset, digits::Route::default());
    let _session =
        Session::start(trainable, TrainingConfig::default(), trainer).expect("a session");
    loop {
        if let Report::Stepped(step) = room.report_within(PATIENCE).expect("a report") {
            return step;
        }
    }
}

fn main() {
    let seconds = asked("--minutes", 0.25) * 60.0;
    let snapshots = asked("--snapshots", 60.0) as f32;
    println!("the digits, {snapshots} pictures a second asked for, {TURNS} turns of {seconds} s");
    cost("all pictures", seconds, snapshots, Allowance::ALL);
    cost("20 MB a minute", seconds, snapshots, Allowance::megabytes_a_minute(20.0));
    println!("a large recording");
    seek(asked("--gigabytes", 1.0));
    let hours = asked("--hours", 8.0) as u64;
    println!("a recording of {hours} hours");
    long(hours);
}
