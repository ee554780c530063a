//! What several tests need: small data sets from the bundled one, and the program itself.

use std::{
    cell::OnceCell,
    collections::{BTreeMap, BTreeSet},
    ffi::{OsStr, OsString},
    fs::{self, File},
    io::Read as _,
    path::{Path, PathBuf},
    process::{self, Output, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use flate2::read::GzDecoder;
use perceptarium::{
    cli,
    exhibits::{
        self, Exhibit,
        digits::{self, Route},
    },
    learning::{Session, TrainingConfig},
    stream::{Command, InputChoice, Report, RunState, Step, ViewerEnd, connect},
};
use serde_json::Value;

/// Bytes of an IDX header before its items: images count, rows and columns; labels only a count.
const IMAGE_HEADER: usize = 16;
const LABEL_HEADER: usize = 8;
/// Bytes of one 28×28 image.
const IMAGE: usize = 28 * 28;

/// The bundled data set.
pub(crate) fn bundled() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k")
}

/// The first images of the bundled data set, as plain IDX files in a folder of their own.
pub(crate) fn small_data(train: u32, test: u32) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (part, count) in [("train", train), ("t10k", test)] {
        for (kind, header, item) in
            [("images-idx3", IMAGE_HEADER, IMAGE), ("labels-idx1", LABEL_HEADER, 1)]
        {
            let name = format!("{part}-{kind}-ubyte");
            let mut bytes = Vec::new();
            let packed = File::open(bundled().join(format!("{name}.gz"))).unwrap();
            GzDecoder::new(packed).read_to_end(&mut bytes).unwrap();
            bytes.truncate(header + count as usize * item);
            bytes[4..8].copy_from_slice(&count.to_be_bytes());
            fs::write(folder.path().join(name), bytes).unwrap();
        }
    }
    folder
}

/// The program with no display in sight, asked to print a backtrace if it ever panics.
pub(crate) fn program() -> process::Command {
    let mut program = process::Command::new(env!("CARGO_BIN_EXE_perceptarium"));
    program.env("RUST_BACKTRACE", "1");
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "RUST_LOG", "BEVY_ASSET_ROOT"] {
        program.env_remove(variable);
    }
    program
}

/// Runs the program to its end, which must come within two minutes.
pub(crate) fn run<A: AsRef<OsStr>>(arguments: impl IntoIterator<Item = A>) -> Output {
    finish(program().args(arguments))
}

/// Runs a command to its end, which must come within two minutes.
pub(crate) fn finish(command: &mut process::Command) -> Output {
    let mut child =
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut stderr = child.stderr.take().unwrap();
    // Both are read all the while, as a full pipe would hold the program.
    let out = read_to_end(move |bytes| stdout.read_to_end(bytes));
    let err = read_to_end(move |bytes| stderr.read_to_end(bytes));
    let begun = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if begun.elapsed() > LONG {
            child.kill().unwrap();
            panic!("{command:?} had not ended after {LONG:?}");
        }
        thread::sleep(Duration::from_millis(5));
    };
    Output { status, stdout: out.join().unwrap(), stderr: err.join().unwrap() }
}

fn read_to_end(
    mut read: impl FnMut(&mut Vec<u8>) -> std::io::Result<usize> + Send + 'static,
) -> thread::JoinHandle<Vec<u8>> {
    thread::Builder::new()
        .name("reading".to_owned())
        .spawn(move || {
            let mut bytes = Vec::new();
            read(&mut bytes).unwrap();
            bytes
        })
        .unwrap()
}

/// What the program wrote on standard error.
pub(crate) fn complaint(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// The JSON events on standard output; every line must be one.
pub(crate) fn events(output: &Output) -> Vec<Value> {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines().map(|line| serde_json::from_str(line).expect(line)).collect()
}

/// Those of this name.
pub(crate) fn named<'a>(events: &'a [Value], name: &str) -> Vec<&'a Value> {
    events.iter().filter(|event| event["event"] == name).collect()
}

/// A number that an event must have: one that is missing would be less than any other.
#[track_caller]
pub(crate) fn number(event: &Value, name: &str) -> f64 {
    let number = event[name].as_f64();
    assert!(number.is_some(), "no number “{name}” in {event}");
    number.unwrap_or(f64::NAN)
}

/// An exhibit by its name.
#[track_caller]
pub(crate) fn exhibit(name: &str) -> &'static Exhibit {
    exhibits::ALL.iter().find(|exhibit| exhibit.id.name() == name).expect(name)
}

/// Whether an exhibit learns from images, so that tests give it few.
pub(crate) fn learns_images(exhibit: &Exhibit) -> bool {
    ["digits", "network"].contains(&exhibit.id.name())
}

/// What makes a run of an exhibit short on the command line, with these images where it learns from images; one that is
/// not named here runs as it usually does.
pub(crate) fn short(exhibit: &Exhibit, images: &Path) -> Vec<OsString> {
    let words = match exhibit.id.name() {
        // As many epochs as a visit has, of few steps each.
        "digits" => "--epochs 10 --data",
        "network" => "--model lenet5 --epochs 10 --data",
        "recommender" => "--epochs 3 --factors 10 --folds 2",
        "descent" => "--steps 60 --learning-rate 0.05",
        "logistic" => "--epochs 5 --folds 2 --learning-rate 0.2",
        _ => "",
    };
    let words = words.split_whitespace().map(OsString::from);
    words.chain(learns_images(exhibit).then(|| images.into())).collect()
}

/// An exhibit that is taught as the command line says, with the room's end of its stream.
pub(crate) fn trainable(exhibit: &Exhibit, words: &[OsString]) -> (ViewerEnd, Session) {
    asked(exhibit, words, &[])
}

/// The same, with requests that wait for the session before it starts: what is asked afterwards may find it steps ahead.
pub(crate) fn asked(
    exhibit: &Exhibit,
    words: &[OsString],
    requests: &[Command],
) -> (ViewerEnd, Session) {
    let line = ["perceptarium", exhibit.id.name()].map(OsString::from);
    let line = line.into_iter().chain(words.iter().cloned());
    let (options, _) = cli::parse(line, &[exhibit.options]).unwrap();
    let opened = exhibits::open(exhibit, &options).unwrap();
    let (room, trainer) = connect();
    for request in requests {
        assert!(room.ask(request.clone()));
    }
    (room, Session::start(opened.trainable, opened.config, trainer).unwrap())
}

/// Long enough for anything here, even on a busy machine.
pub(crate) const LONG: Duration = Duration::from_secs(120);

/// One trainable at a time: they would only take the cores from each other.
static TURN: Mutex<()> = Mutex::new(());

/// Waits until no other trainable takes the cores.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A session with the room's end of its stream.
pub(crate) struct Taught {
    pub(crate) room: ViewerEnd,
    session: Session,
    /// Training threads that were there before it.
    before: BTreeSet<u32>,
    /// Those that began with it.
    threads: OnceCell<BTreeSet<u32>>,
    _turn: MutexGuard<'static, ()>,
}

impl Taught {
    /// Teaches the digits in this folder.
    pub(crate) fn new(data: &tempfile::TempDir, config: TrainingConfig) -> Self {
        Self::asked(data, config, &[])
    }

    /// The same, with requests that wait for the session before it starts.
    pub(crate) fn asked(
        data: &tempfile::TempDir,
        config: TrainingConfig,
        requests: &[Command],
    ) -> Self {
        let turn = turn();
        let (room, trainer) = connect();
        for request in requests {
            assert!(room.ask(request.clone()));
        }
        let trainable = digits::trainable(digits::load(data.path()).unwrap(), Route::default());
        let before = training_threads();
        let session = Session::start(trainable, config, trainer).unwrap();
        let before = before.into_keys().collect();
        Self { room, session, before, threads: OnceCell::new(), _turn: turn }
    }

    pub(crate) fn ask(&self, command: Command) {
        assert!(self.room.ask(command), "nobody listens");
    }

    /// The next report, which must come.
    pub(crate) fn next_report(&self) -> Report {
        self.room.report_within(LONG).expect("no report came")
    }

    /// All reports up to the first that fits.
    pub(crate) fn until(&self, fits: impl Fn(&Report) -> bool) -> Vec<Report> {
        let mut reports = Vec::new();
        while !reports.last().is_some_and(&fits) {
            let report = self.next_report();
            if let Report::State { state: RunState::Failed { reason }, .. } = &report {
                panic!("training failed: {reason}");
            }
            reports.push(report);
        }
        reports
    }

    pub(crate) fn until_finished(&self) -> Vec<Report> {
        self.until(|report| matches!(report, Report::Finished(_)))
    }

    /// Waits for a state and gives the step at which it came.
    pub(crate) fn until_state(&self, wanted: &RunState) -> Step {
        let reports =
            self.until(|report| matches!(report, Report::State { state, .. } if state == wanted));
        match reports.last() {
            Some(Report::State { step, .. }) => *step,
            _ => unreachable!(),
        }
    }

    /// Takes it apart, keeping nobody waiting.
    pub(crate) fn part(self) -> (ViewerEnd, Session) {
        (self.room, self.session)
    }

    /// Processor time that its threads have used, in the kernel's ticks; halls that begin to learn after the first call do not
    /// count.
    pub(crate) fn processor_ticks(&self) -> u64 {
        let own = self.threads.get_or_init(|| {
            // Its own thread starts those that help it.
            thread::sleep(Duration::from_millis(30));
            training_threads().into_keys().filter(|thread| !self.before.contains(thread)).collect()
        });
        // After the name in parentheses: the state is the first, utime and stime are the 12th and 13th.
        let ticks = |stat: &Vec<String>| -> u64 {
            stat[11..=12].iter().map(|ticks| ticks.parse::<u64>().unwrap()).sum()
        };
        let all = training_threads();
        all.iter().filter(|(thread, _)| own.contains(thread)).map(|(_, stat)| ticks(stat)).sum()
    }
}

/// What one unit is after so many steps, worked out apart from the program.
pub(crate) fn true_value(
    data: &tempfile::TempDir,
    step: u64,
    layer: &str,
    unit: [usize; 3],
) -> f32 {
    let config =
        TrainingConfig { epochs: 100_000, snapshots_per_second: 60.0, ..TrainingConfig::default() };
    let taught = Taught::asked(data, config, &[Command::Pause]);
    taught.until_state(&RunState::Paused);
    if step > 0 {
        taught.ask(Command::Advance { steps: step.try_into().unwrap() });
        assert_eq!(taught.until_state(&RunState::Paused), Step(step));
    }
    taught.ask(Command::Watch(InputChoice::Test(0)));
    let begun = Instant::now();
    let snapshot = loop {
        assert!(begun.elapsed() < LONG, "no snapshot of step {step} came");
        if let Some(snapshot) =
            taught.room.newest_snapshot().filter(|snapshot| snapshot.step == Step(step))
        {
            break snapshot;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let values = snapshot.layers.iter().find(|values| values.layer.name() == layer).expect(layer);
    let [map, row, column] = unit;
    values.values[(map * values.shape.rows + row) * values.shape.columns + column]
}

/// What the kernel says of the threads whose names begin with "training", from their state on (see `proc_pid_stat(5)`), by
/// their numbers.
fn training_threads() -> BTreeMap<u32, Vec<String>> {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    let stats = tasks.filter_map(|task| fs::read_to_string(task.ok()?.path().join("stat")).ok());
    stats
        .filter(|stat| stat.contains("(training"))
        .filter_map(|stat| {
            let number = stat.split(' ').next()?.parse().ok()?;
            let fields = stat.rsplit_once(") ")?.1;
            Some((number, fields.split(' ').map(str::to_owned).collect()))
        })
        .collect()
}
