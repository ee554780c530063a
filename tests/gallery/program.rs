//! The real program in a real window, on a display of its own: pressed, read and closed as a visitor would.

use std::{
    fs::{self, File},
    io::{BufRead as _, BufReader},
    os::fd::AsFd as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, RecvTimeoutError, sync_channel},
    thread,
    time::{Duration, Instant},
};

use perceptarium::{
    learning::Plan,
    stream::{self, InputChoice, RunState, Step},
};
use serde_json::Value;

use crate::{
    support::{LONG, Taught, complaint, finish, program, small_data, turn},
    x11,
};

/// A screen that nobody sees, ended when dropped.
struct Screen {
    server: Child,
    display: String,
}

impl Screen {
    fn new() -> Self {
        let (mut said, told) = std::io::pipe().unwrap();
        let server = Command::new("Xvfb")
            // It picks a free display and says which one on its standard output.
            .args(["-displayfd", "1", "-screen", "0", "1600x1000x24", "-nolisten", "tcp"])
            .stdout(told.as_fd().try_clone_to_owned().unwrap())
            .stderr(Stdio::null())
            .spawn()
            .expect("Xvfb is missing: run tests/run, which installs it");
        drop(told);
        let mut number = String::new();
        BufReader::new(&mut said).read_line(&mut number).unwrap();
        Self { server, display: format!(":{}", number.trim()) }
    }

    /// Lets xdotool do something and gives what it says.
    fn xdotool(&self, arguments: &[&str]) -> String {
        let output = Command::new("xdotool")
            .args(arguments)
            .env("DISPLAY", &self.display)
            .output()
            .expect("xdotool is missing: run tests/run, which installs it");
        assert!(output.status.success(), "xdotool {arguments:?}: {}", complaint(&output));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        self.server.kill().ok();
        self.server.wait().ok();
    }
}

/// The program in a window, ended when dropped.
struct Hall {
    program: Child,
    screen: Screen,
    window: String,
    events: Receiver<Value>,
    heard: Vec<Value>,
    log: PathBuf,
    _folder: tempfile::TempDir,
}

impl Hall {
    fn open(arguments: &[&str], data: &Path) -> Self {
        let screen = Screen::new();
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut program = program()
            .args(["--mode", "window", "--json", "--data"])
            .arg(data)
            .args(arguments)
            .env("DISPLAY", &screen.display)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let (sender, events) = sync_channel(65_536);
        thread::Builder::new()
            .name("listening".to_owned())
            .spawn(move || {
                for line in lines.map_while(Result::ok) {
                    let event = serde_json::from_str(&line).expect(&line);
                    if sender.send(event).is_err() {
                        return;
                    }
                }
            })
            .unwrap();
        let mut hall = Self {
            program,
            screen,
            window: String::new(),
            events,
            heard: Vec::new(),
            log,
            _folder: folder,
        };
        hall.window = hall.shown_window();
        hall
    }

    /// Waits for the window to be shown.
    fn shown_window(&mut self) -> String {
        let until = Instant::now() + LONG;
        loop {
            let found = Command::new("xdotool")
                .args(["search", "--onlyvisible", "--name", "Perceptarium"])
                .env("DISPLAY", &self.screen.display)
                .output()
                .expect("xdotool is missing: run tests/run, which installs it");
            if let Some(window) = std::str::from_utf8(&found.stdout).unwrap().lines().next() {
                return window.to_owned();
            }
            if Instant::now() > until || self.program.try_wait().unwrap().is_some() {
                self.give_up("no window was shown");
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses the window's close button, as it were, and waits for the end.
    fn close(&mut self) {
        x11::ask_to_close(&self.screen.display, self.window.parse().unwrap());
        let asked = Instant::now();
        assert_eq!(self.ended(LONG), Some(0));
        // A second for the training, and as much for a frame drawn in software.
        assert!(asked.elapsed() < Duration::from_secs(3), "closing took {:?}", asked.elapsed());
        let log = fs::read_to_string(&self.log).unwrap();
        assert!(!log.contains("panicked"), "{log}");
    }

    /// Waits for an event that fits, beginning after those waited for before.
    fn wait(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let until = Instant::now() + LONG;
        loop {
            match self.events.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(event) => {
                    self.heard.push(event.clone());
                    if fits(&event) {
                        return event;
                    }
                }
                Err(RecvTimeoutError::Timeout) => self.give_up(&format!("{what} never came")),
                Err(RecvTimeoutError::Disconnected) => {
                    self.give_up(&format!("the program ended before {what}"))
                }
            }
        }
    }

    /// Takes in what has been said so far.
    fn listen(&mut self) {
        self.heard.extend(self.events.try_iter());
    }

    fn give_up(&self, why: &str) -> ! {
        let log = fs::read_to_string(&self.log).unwrap_or_default();
        let last: Vec<_> = self.heard.iter().rev().take(12).map(Value::to_string).collect();
        panic!("{why}; last events, newest first:\n{}\nlog:\n{log}", last.join("\n"));
    }

    /// Where a control was last, in window pixels.
    fn place_of(&mut self, name: &str) -> (f64, f64) {
        let named = |event: &Value| event["event"] == "control" && event["name"] == name;
        self.listen();
        let place = match self.heard.iter().rev().find(|event| named(event)) {
            Some(event) => event.clone(),
            None => self.wait(&format!("the control “{name}”"), named),
        };
        (place["x"].as_f64().unwrap(), place["y"].as_f64().unwrap())
    }

    fn move_mouse(&self, (x, y): (f64, f64)) {
        let (x, y) = (x.round().to_string(), y.round().to_string());
        self.screen.xdotool(&["mousemove", "--window", &self.window, &x, &y]);
    }

    /// Presses a control with the left mouse button, where it is.
    fn press(&mut self, name: &str) {
        let place = self.place_of(name);
        self.move_mouse(place);
        // The hall sees the mouse once a frame: it must have been there before it is pressed.
        thread::sleep(Duration::from_millis(400));
        self.screen.xdotool(&["mousedown", "1"]);
        thread::sleep(Duration::from_millis(400));
        self.screen.xdotool(&["mouseup", "1"]);
    }

    /// Waits for a state and gives its step.
    fn state(&mut self, state: &str) -> u64 {
        let event = self.wait(&format!("the state “{state}”"), |event| {
            event["event"] == "state" && event["state"] == state
        });
        event["step"].as_u64().unwrap()
    }

    /// Waits for the program to end by itself.
    fn ended(&mut self, patience: Duration) -> Option<i32> {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.program.try_wait().unwrap() {
                return status.code();
            }
            if begun.elapsed() > patience {
                self.give_up(&format!("the program still runs after {patience:?}"));
            }
            thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Hall {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

/// What one unit is after so many steps, worked out apart from the program.
fn true_value(data: &tempfile::TempDir, step: u64, layer: &str, unit: [usize; 3]) -> f32 {
    let plan = Plan { epochs: 100_000, snapshots_per_second: 60.0, ..Plan::default() };
    let taught = Taught::asked(data, plan, &[stream::Command::Pause]);
    taught.until_state(&RunState::Paused);
    if step > 0 {
        taught.ask(stream::Command::Advance { steps: step.try_into().unwrap() });
        assert_eq!(taught.until_state(&RunState::Paused), Step(step));
    }
    taught.ask(stream::Command::Watch(InputChoice::Test(0)));
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

#[test]
fn a_visit_by_mouse() {
    let data = small_data(640, 100);
    let mut hall = Hall::open(&["--epochs", "100000"], data.path());

    // Pause, one step, and on.
    hall.press("pause");
    let paused = hall.state("paused");
    hall.press("step");
    assert_eq!(hall.state("paused"), paused + 1);

    // Point at cells until one answers, and compare it with a training of our own.
    let pointed = point_at_a_cell(&mut hall);
    let unit = ["map", "row", "column"].map(|key| pointed[key].as_u64().unwrap() as usize);
    let step = pointed["step"].as_u64().unwrap();
    assert_eq!(step, paused + 1, "{pointed}");
    let value = true_value(&data, step, pointed["layer"].as_str().unwrap(), unit);
    assert_eq!(pointed["value"].as_f64().unwrap() as f32, value, "{pointed}");

    // Back in time and live again; the training does not notice.
    hall.press("timeline");
    let scrubbed = hall.wait("a scrubbed timeline", |event| {
        event["event"] == "scrubbed" && !event["step"].is_null()
    });
    assert!(scrubbed["step"].as_u64() <= Some(paused + 1), "{scrubbed}");
    hall.press("live");
    hall.wait("live again", |event| event["event"] == "scrubbed" && event["step"].is_null());

    // Another size, and the controls are where they are said to be.
    hall.screen.xdotool(&["windowsize", "--sync", &hall.window, "1000", "700"]);
    thread::sleep(Duration::from_secs(1));
    hall.press("pause");
    hall.state("training");

    // Closing while it trains.
    hall.close();
}

#[test]
fn closing_while_it_trains_ends_the_training_too() {
    // How long it takes is part of the test, so it has the cores to itself.
    let _turn = turn();
    let data = small_data(640, 100);
    let mut hall = Hall::open(&["--epochs", "100000"], data.path());
    hall.state("training");
    hall.close();
    hall.wait("the end of the training", |event| event["event"] == "finished");
    let last = hall.heard.last().map(|event| event["event"].clone());
    assert_eq!(last, Some("finished".into()));
}

/// Moves over the window until a unit says what it is.
fn point_at_a_cell(hall: &mut Hall) -> Value {
    hall.listen();
    for row in 1..10 {
        for column in 1..16 {
            hall.move_mouse((f64::from(column) * 80.0, f64::from(row) * 72.0));
            thread::sleep(Duration::from_millis(150));
            let known = hall.heard.len();
            hall.listen();
            if let Some(pointed) =
                hall.heard[known..].iter().rev().find(|event| event["event"] == "pointed")
            {
                return pointed.clone();
            }
        }
    }
    hall.give_up("no unit says what it is");
}

#[test]
fn a_picture_needs_no_display() {
    let data = small_data(320, 100);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("hall.png");
    let output = finish(
        program()
            .args(["--json", "--at-step", "20", "--size", "640x360", "--data"])
            .arg(data.path())
            .arg("--screenshot")
            .arg(&file),
    );
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    let taken = image::open(&file).unwrap().to_rgb8();
    assert_eq!(taken.dimensions(), (640, 360));
    compare(&taken, "hall.png");
}

/// Compares with a stored picture, in blocks, as words such as the speed differ from run to run.
///
/// With `PERCEPTARIUM_NEW_PICTURES=1` the stored picture is replaced.
fn compare(taken: &image::RgbImage, name: &str) {
    /// Side of a block in pixels.
    const BLOCK: u32 = 20;
    /// How much a block may differ, and how much all may on average, of 255.
    const OF_ONE: f64 = 40.0;
    const OF_ALL: f64 = 2.0;
    let stored = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gallery/pictures").join(name);
    if std::env::var_os("PERCEPTARIUM_NEW_PICTURES").is_some() {
        fs::create_dir_all(stored.parent().unwrap()).unwrap();
        taken.save(&stored).unwrap();
    }
    let expected = image::open(&stored).unwrap().to_rgb8();
    assert_eq!(taken.dimensions(), expected.dimensions());
    let blocks = |picture: &image::RgbImage| {
        let (width, height) = (picture.width() / BLOCK, picture.height() / BLOCK);
        let mut sums = vec![[0.0; 3]; (width * height) as usize];
        for (x, y, pixel) in picture.enumerate_pixels() {
            let sum = &mut sums[(y / BLOCK * width + x / BLOCK) as usize];
            for (sum, value) in sum.iter_mut().zip(pixel.0) {
                *sum += f64::from(value) / f64::from(BLOCK * BLOCK);
            }
        }
        sums.into_iter().flatten().collect::<Vec<_>>()
    };
    let (taken, expected) = (blocks(taken), blocks(&expected));
    let differences: Vec<_> =
        taken.iter().zip(&expected).map(|(taken, expected)| (taken - expected).abs()).collect();
    let worst = differences.iter().copied().fold(0.0, f64::max);
    let mean = differences.iter().sum::<f64>() / differences.len() as f64;
    assert!(
        worst < OF_ONE && mean < OF_ALL,
        "blocks differ by {worst:.1} at worst, {mean:.2} on average"
    );
    // An empty hall would fit an empty picture.
    let brightest = taken.iter().copied().fold(0.0, f64::max);
    assert!(brightest > 30.0, "nothing is to be seen");
}

#[test]
fn a_picture_that_cannot_be_written_is_refused_at_once() {
    let data = small_data(64, 32);
    let folder = tempfile::tempdir().unwrap();
    let output =
        finish(program().arg("--screenshot").arg(folder.path()).arg("--data").arg(data.path()));
    assert_eq!(output.status.code(), Some(2));
    let told = complaint(&output);
    assert_eq!(told.lines().count(), 1, "{told}");
    assert!(told.contains(&folder.path().display().to_string()), "{told}");
}

#[test]
fn without_a_driver_a_window_says_so_and_auto_takes_the_terminal() {
    let data = small_data(64, 32);
    let screen = Screen::new();
    for (mode, code) in [("window", 2), ("auto", 0)] {
        let output = finish(
            program()
                .args(["--epochs", "1", "--mode", mode, "--data"])
                .arg(data.path())
                .env("DISPLAY", &screen.display)
                .env("VK_DRIVER_FILES", "/nowhere.json")
                .env("VK_ICD_FILENAMES", "/nowhere.json"),
        );
        let told = complaint(&output);
        assert_eq!(output.status.code(), Some(code), "{told}");
        let first = told.lines().next().unwrap_or_default();
        assert!(first.starts_with("perceptarium: "), "{told}");
        assert!(first.contains("driver"), "{told}");
        assert!(!told.contains("panicked"), "{told}");
    }
}
