//! The real program in a real window, on a display of its own: pressed, read and closed as a visitor would.

use std::{
    fs::{self, File},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use crate::{
    hearing::Hearing,
    recommender::small_ratings,
    screen::Screen,
    support::{LONG, bundled, complaint, finish, number, program, small_data, true_value, turn},
    x11,
};

/// The program in a window, ended when dropped.
pub(crate) struct Hall {
    program: Child,
    pub(crate) screen: Screen,
    pub(crate) window: String,
    pub(crate) events: Hearing,
    _folder: tempfile::TempDir,
}

impl Hall {
    fn open(arguments: &[&str], data: &Path) -> Self {
        Self::open_on(Screen::new(), program().args(["--mode", "window"]).args(arguments), data)
    }

    /// Opens it on this screen, as a command says.
    pub(crate) fn open_on(screen: Screen, command: &mut Command, data: &Path) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut program = command
            .args(["--json", "--data"])
            .arg(data)
            .env("DISPLAY", &screen.display)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let events = Hearing::of(program.stdout.take().unwrap(), log);
        let mut hall = Self { program, screen, window: String::new(), events, _folder: folder };
        hall.window = hall.shown_window();
        hall
    }

    /// Waits for the window to be shown.
    fn shown_window(&mut self) -> String {
        let until = Instant::now() + LONG;
        loop {
            if let Some(window) = self.screen.hall_window() {
                return window;
            }
            if Instant::now() > until || self.program.try_wait().unwrap().is_some() {
                self.events.give_up("no window was shown");
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses the window's close button, as it were, and waits for the end.
    pub(crate) fn close(&mut self) {
        x11::ask_to_close(&self.screen.display, self.window.parse().unwrap());
        let asked = Instant::now();
        assert_eq!(self.ended(LONG), Some(0));
        // A second for the training, and as much for a frame drawn in software.
        assert!(asked.elapsed() < Duration::from_secs(3), "closing took {:?}", asked.elapsed());
        let log = fs::read_to_string(&self.events.log).unwrap();
        assert!(!log.contains("panicked"), "{log}");
    }

    /// Where a control was last, in window pixels.
    pub(crate) fn place_of(&mut self, name: &str) -> (f64, f64) {
        let named = |event: &Value| event["event"] == "control" && event["name"] == name;
        let place = self.events.newest(&format!("the control “{name}”"), named);
        (number(&place, "x"), number(&place, "y"))
    }

    fn move_mouse(&self, (x, y): (f64, f64)) {
        let (x, y) = (x.round().to_string(), y.round().to_string());
        self.screen.xdotool(&["mousemove", "--window", &self.window, &x, &y]);
    }

    /// Presses a control with the left mouse button, where it is.
    pub(crate) fn press(&mut self, name: &str) {
        let place = self.place_of(name);
        self.move_mouse(place);
        // The hall sees the mouse once a frame: it must have been there before it is pressed.
        thread::sleep(Duration::from_millis(400));
        self.screen.xdotool(&["mousedown", "1"]);
        thread::sleep(Duration::from_millis(400));
        self.screen.xdotool(&["mouseup", "1"]);
    }

    /// Types a key, by its name or its number.
    pub(crate) fn key(&self, key: &str) {
        self.screen.xdotool(&["windowfocus", "--sync", &self.window]);
        self.screen.xdotool(&["key", key]);
    }

    /// What the program has written on standard error.
    pub(crate) fn complaint(&self) -> String {
        fs::read_to_string(&self.events.log).unwrap()
    }

    /// Goes to an exhibit with its key, and waits until it is on the stage.
    pub(crate) fn visit(&mut self, key: &str, exhibit: &str) {
        self.key(key);
        self.events.wait(&format!("a visit to {exhibit}"), |event| {
            event["event"] == "visited" && event["exhibit"] == exhibit
        });
    }

    /// Waits for a state and gives its step.
    pub(crate) fn state(&mut self, state: &str) -> u64 {
        let event = self.events.wait(&format!("the state “{state}”"), |event| {
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
                self.events.give_up(&format!("the program still runs after {patience:?}"));
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
    assert_eq!(number(&pointed, "value") as f32, value, "{pointed}");

    // Back in time and live again; the training does not notice.
    hall.press("timeline");
    let scrubbed = hall.events.wait("a scrubbed timeline", |event| {
        event["event"] == "scrubbed" && !event["step"].is_null()
    });
    assert!(number(&scrubbed, "step") <= (paused + 1) as f64, "{scrubbed}");
    hall.press("live");
    hall.events.wait("live again", |event| event["event"] == "scrubbed" && event["step"].is_null());

    // Look inside; the lever is there once its tab, which no page may cover, is pressed.
    for control in ["inside", "inside-trust", "inside-shuffle-all", "inside"] {
        hall.press(control);
    }

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
    hall.events.wait("the end of the training", |event| event["event"] == "finished");
    let last = hall.events.heard.last().map(|event| event["event"].clone());
    assert_eq!(last, Some("finished".into()));
}

#[test]
fn a_visitor_searches_rates_and_asks_why() {
    let data = small_ratings();
    let mut hall = Hall::open(&["recommender", "--factors", "8"], data.path());
    let list_of = |hall: &mut Hall, who: &str| {
        let list = hall.events.wait(&format!("the list of {who}"), |event| {
            event["event"] == "list" && event["who"] == who
        });
        assert!(number(&list, "eligible") <= 10.0 && list["of"] == 10, "{list}");
        list
    };
    list_of(&mut hall, "0");

    // Search with the keyboard, choose what is found, and rate it with stars.
    hall.press("unfold-taste");
    hall.press("taste-tab-you");
    hall.press("search-field");
    hall.screen.xdotool(&["type", "--delay", "300", "film 7"]);
    // Frames drawn in software may be slower than fingers.
    thread::sleep(Duration::from_secs(3));
    hall.press("search-row-1");
    hall.press("rate-4");
    let rated = hall.events.wait("a rating", |event| event["event"] == "rated");
    let film = rated["item"].clone();
    assert!(film.as_str().unwrap().starts_with("Film ") && rated["ratings"] == 1, "{rated}");
    assert!((3.5..=4.5).contains(&number(&rated, "stars")), "{rated}");
    let list = list_of(&mut hall, "you");
    assert_eq!(list["eligible"], 9, "what is rated is not recommended: {list}");
    let titles = list["top"].as_array().unwrap();
    assert!(!titles.is_empty() && !titles.contains(&film), "{list}");

    // The first of the list is explained, with what lies near it in taste.
    hall.press("taste-tab-list");
    hall.press("film-row-1");
    hall.place_of("why-near");
}

#[test]
fn a_visitor_lets_all_start_from_where_the_ground_is_pressed() {
    let data = bundled().with_file_name("breast-cancer-wisconsin");
    let data = data.join("breast-cancer-wisconsin.csv");
    let mut hall = Hall::open(&["descent", "--x", "mean radius", "--y", "mean area"], &data);
    hall.events.wait("the first run", |event| event["event"] == "started");

    // The ground says what the loss is where it is pointed at; pressed, it is where all begin anew.
    let pointed = point_at_a_cell(&mut hall);
    assert_eq!(pointed["layer"], "Loss", "{pointed}");
    assert!(number(&pointed, "value") > 0.0, "{pointed}");
    hall.screen.xdotool(&["mousedown", "1"]);
    thread::sleep(Duration::from_millis(400));
    hall.screen.xdotool(&["mouseup", "1"]);
    hall.events.wait("a run from there", |event| event["event"] == "started");

    // Another problem is another run, and a runner that is left out leaves fewer parameters to move.
    hall.press("problem-ravine");
    hall.events.wait("the ravine", |event| event["event"] == "started");
    hall.press("runs-adam");
    hall.events.wait("a run without Adam", |event| event["event"] == "started");
    hall.press("pause");
    hall.state("paused");
}

#[test]
fn a_visitor_goes_to_another_exhibit_and_comes_back() {
    let data = small_data(640, 100);
    let mut hall = Hall::open(&["--epochs", "100000"], data.path());
    hall.state("training");

    // The second exhibit is opened with the data that ship with the program, and trains.
    hall.visit("2", "recommender");
    let started = hall.events.wait("the start of the films", |event| event["event"] == "started");
    assert_eq!(
        (&started["exhibit"], &started["ratings"]),
        (&"recommender".into(), &100_004.into())
    );
    hall.state("training");
    hall.press("pause");
    let films = hall.state("paused");

    // The first has waited, and goes on with the run that it had.
    hall.visit("1", "digits");
    hall.state("training");
    hall.press("pause");
    let digits = hall.state("paused");
    assert!(digits > 0);

    // The second was paused by the visitor, and stays so, at its own step.
    hall.visit("2", "recommender");
    hall.press("step");
    assert_eq!(hall.state("paused"), films + 1);
    let starts = hall.events.heard.iter().filter(|event| event["event"] == "started");
    assert_eq!(starts.count(), 2, "neither began anew");
}

#[test]
fn a_visitor_chooses_a_row_leaves_out_a_feature_and_moves_the_threshold() {
    let data = bundled().with_file_name("breast-cancer-wisconsin");
    let mut hall = Hall::open(&["logistic", "--epochs", "20"], &data);
    hall.events.wait("the verdict", |event| event["event"] == "finished");

    // Rows lie all over the middle of the window: one says what it is, and is chosen.
    // On a busy machine it says so when the mouse has gone on already: then there is nothing to choose there.
    let chosen = (0..6).any(|_| {
        let pointed = point_at_a_cell(&mut hall);
        assert_eq!(pointed["layer"], "Probability");
        assert!((0.0..=1.0).contains(&number(&pointed, "value")), "{pointed}");
        hall.screen.xdotool(&["mousedown", "1"]);
        thread::sleep(Duration::from_millis(400));
        hall.screen.xdotool(&["mouseup", "1"]);
        let chosen = hall.events.wait_within(Duration::from_secs(20), |event| {
            event["event"] == "input"
                && event["shown"].as_str().is_some_and(|row| row.contains("Row "))
        });
        chosen.is_some()
    });
    assert!(chosen, "no row was chosen");

    // A threshold moves what is counted.
    hall.press("unfold-steps");
    hall.press("step-evaluate");
    let (x, y) = hall.place_of("threshold");
    hall.move_mouse((x + 60.0, y));
    thread::sleep(Duration::from_millis(400));
    hall.screen.xdotool(&["mousedown", "1"]);
    thread::sleep(Duration::from_millis(400));
    hall.screen.xdotool(&["mouseup", "1"]);
    let counted = hall.events.wait("what is counted", |event| {
        event["event"] == "pointed" && event["layer"] == "Accuracy at threshold"
    });
    assert!(number(&counted, "column") > 50.0, "to the right of one half: {counted}");
    assert!(number(&counted, "value") > 0.5, "{counted}");

    // The feature that tells most is left out, and the next run learns one weight less.
    hall.press("step-features");
    hall.press("feature-row-1");
    hall.press("wish-learn");
    let next = hall.events.wait("another run", |event| event["event"] == "started");
    assert_eq!(next["parameters"], 30, "{next}");
}

/// Moves over the window until a unit says what it is.
fn point_at_a_cell(hall: &mut Hall) -> Value {
    hall.events.listen();
    for row in 1..10 {
        for column in 1..16 {
            hall.move_mouse((f64::from(column) * 80.0, f64::from(row) * 72.0));
            thread::sleep(Duration::from_millis(150));
            let known = hall.events.heard.len();
            hall.events.listen();
            if let Some(pointed) =
                hall.events.heard[known..].iter().rev().find(|event| event["event"] == "pointed")
            {
                return pointed.clone();
            }
        }
    }
    hall.events.give_up("no unit says what it is");
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
