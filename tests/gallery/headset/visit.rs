//! The program worn by somebody who looks, points and presses through the runtime.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::{Duration, Instant},
};

use bevy::math::{Quat, Vec2, Vec3};
use image::RgbImage;
use perceptarium::world::body::Side;
use serde_json::Value;

use super::{
    remote::{Controller, Worn},
    runtime::Runtime,
};
use crate::{hearing::Hearing, screen::Screen, support::LONG, x11};

/// What the runtime writes into the program's log when a picture has been handed over.
const FRAME: &str = "xrEndFrame";

/// Where something hangs in the hall: its middle, and from there its right and upper edge, in metres.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) middle: Vec3,
    pub(super) right: Vec3,
    pub(super) up: Vec3,
}

impl Place {
    /// A point on it, from (0, 0) at its top left to (1, 1).
    pub(super) fn at(&self, u: f32, v: f32) -> Vec3 {
        self.middle + self.right * (2.0 * u - 1.0) - self.up * (2.0 * v - 1.0)
    }
}

/// Where the tracked space lies in the hall, as the program says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stand {
    /// The head's place on the floor.
    pub(super) floor: Vec2,
    /// Degrees to the left.
    pub(super) turn: f32,
}

/// One headset at a time: each is drawn by every core that there is.
static ONLY_ONE: Mutex<()> = Mutex::new(());

/// A visit in a headset, with its runtime, its window, and what was said so far.
pub(super) struct Visit {
    program: Child,
    pub(super) screen: Screen,
    pub(super) runtime: Runtime,
    pub(super) events: Hearing,
    window: String,
    /// Where the tracked space's origin is in the hall, and how it is turned.
    rig: (Vec3, Quat),
    folder: tempfile::TempDir,
    _only_one: MutexGuard<'static, ()>,
}

impl Visit {
    /// Starts runtime and program, and waits until the visitor sees and reaches the hall.
    pub(super) fn begin(data: &Path, arguments: &[&str]) -> Self {
        let only_one = ONLY_ONE.lock().unwrap_or_else(PoisonError::into_inner);
        let runtime = Runtime::start();
        let screen = Screen::new();
        let folder = tempfile::tempdir().unwrap();
        let log = folder.path().join("log");
        let mut program = program(&runtime, &screen, folder.path(), data)
            // A small window leaves the processor to the eyes.
            .args(["--size", "640x360"])
            .args(arguments)
            // Its own log of calls tells when a picture has been drawn.
            .env("OXR_DEBUG_ENTRYPOINTS", "1")
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let events = Hearing::of(program.stdout.take().unwrap(), log);
        let rig = (Vec3::ZERO, Quat::IDENTITY);
        let mut visit = Self {
            program,
            screen,
            runtime,
            events,
            window: String::new(),
            rig,
            folder,
            _only_one: only_one,
        };
        visit.headset("focused");
        visit.window = visit.shown_window();
        visit
    }

    fn shown_window(&mut self) -> String {
        let begun = Instant::now();
        loop {
            if let Some(window) = self.screen.hall_window() {
                return window;
            }
            if begun.elapsed() > LONG {
                self.events.give_up("no window was shown");
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Starts another program in the same headset, and with it the risk that the visitor looks at that.
    pub(super) fn another(&self, data: &Path) -> Child {
        program(&self.runtime, &self.screen, self.folder.path(), data)
            .args(["--size", "320x180", "--mode", "headset", "--epochs", "100000"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap()
    }

    /// Waits until it stands so with the headset.
    pub(super) fn headset(&mut self, state: &str) -> Value {
        self.events.wait(&format!("the headset's state “{state}”"), |event| {
            event["event"] == "headset" && event["state"] == state
        })
    }

    /// Waits for a state of the training and gives its step.
    pub(super) fn state(&mut self, state: &str) -> u64 {
        let event = self.events.wait(&format!("the state “{state}”"), |event| {
            event["event"] == "state" && event["state"] == state
        });
        event["step"].as_u64().unwrap()
    }

    /// Waits for an event of this kind that fits.
    pub(super) fn event(&mut self, kind: &str, fits: impl Fn(&Value) -> bool) -> Value {
        let what = format!("the event “{kind}”");
        self.events.wait(&what, |event| event["event"] == kind && fits(event))
    }

    /// Waits until so many whole pictures have been drawn for the eyes: what was done before is seen in the last.
    pub(super) fn frames(&mut self, count: usize) {
        let drawn = || {
            let log = fs::read_to_string(&self.events.log).unwrap();
            log.lines().filter(|line| *line == FRAME).count()
        };
        // The picture that is being drawn now may have begun before.
        let wanted = drawn() + count + 1;
        let begun = Instant::now();
        while drawn() < wanted {
            if begun.elapsed() > LONG {
                self.events.give_up(&format!("no {count} pictures were drawn within {LONG:?}"));
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Moves head and hands, and waits until the hall has seen it.
    pub(super) fn do_this(&mut self, change: impl FnOnce(&mut Worn)) {
        self.runtime.change(change);
        self.frames(1);
    }

    pub(super) fn hand(worn: &mut Worn, side: Side) -> &mut Controller {
        match side {
            Side::Left => &mut worn.left,
            Side::Right => &mut worn.right,
        }
    }

    /// Where a control or a surface hangs, as it was told last.
    pub(super) fn place(&mut self, name: &str) -> Place {
        let event = self.events.newest(&format!("the place of “{name}”"), |event| {
            event["event"] == "place" && event["name"] == name
        });
        let vector = |key: &str| {
            Vec3::from_array(serde_json::from_value(event[key].clone()).expect("three numbers"))
        };
        Place { middle: vector("middle"), right: vector("right"), up: vector("up") }
    }

    /// Points with a hand at a point of the hall.
    pub(super) fn point(&mut self, side: Side, at: Vec3) {
        let (origin, turn) = self.rig;
        let at = turn.inverse() * (at - origin);
        self.do_this(|worn| {
            let hand = Self::hand(worn, side);
            hand.pose = hand.pose.looking_at(at);
        });
    }

    /// Where it hangs once that fits.
    pub(super) fn place_within(&mut self, name: &str, fits: impl Fn(&Place) -> bool) -> Place {
        let begun = Instant::now();
        loop {
            let place = self.place(name);
            if fits(&place) {
                return place;
            }
            if begun.elapsed() > LONG {
                self.events.give_up(&format!("“{name}” hangs at {place:?}"));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Whether a hand is known, as it was told last or will be.
    pub(super) fn hand_event(&mut self, side: Side, tracked: bool) -> Value {
        let begun = Instant::now();
        loop {
            let of_side = |event: &Value| event["event"] == "hand" && event["side"] == side.word();
            let hand = self.events.newest("a hand", of_side);
            if hand["tracked"] == tracked && (!tracked || hand["profile"] != "") {
                return hand;
            }
            if begun.elapsed() > LONG {
                self.events.give_up(&format!("the hand is {hand}"));
            }
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Presses a button of a controller and lets it go.
    pub(super) fn press_button(&mut self, side: Side, button: impl Fn(&mut Controller, bool)) {
        self.do_this(|worn| button(Self::hand(worn, side), true));
        self.do_this(|worn| button(Self::hand(worn, side), false));
    }

    pub(super) fn pull(&mut self, side: Side, trigger: f32) {
        self.do_this(|worn| Self::hand(worn, side).trigger = trigger);
    }

    pub(super) fn squeeze(&mut self, side: Side, squeeze: f32) {
        self.do_this(|worn| Self::hand(worn, side).squeeze = squeeze);
    }

    pub(super) fn push_stick(&mut self, side: Side, stick: Vec2) {
        self.do_this(|worn| Self::hand(worn, side).stick = stick);
    }

    /// Points at the middle of a control and pulls the trigger.
    pub(super) fn press(&mut self, side: Side, name: &str) {
        let place = self.place(name);
        self.point(side, place.middle);
        self.pull(side, 1.0);
        self.pull(side, 0.0);
    }

    /// Waits until the visitor is told to stand somewhere else.
    pub(super) fn stands(&mut self, fits: impl Fn(Stand) -> bool) -> Stand {
        let read = |event: &Value| {
            let number = |key: &str| event[key].as_f64().unwrap() as f32;
            Stand { floor: Vec2::new(number("x"), number("z")), turn: number("turn_degrees") }
        };
        let stand = read(&self.event("stands", |event| fits(read(event))));
        // The head's place is told; the rig's follows from it.
        let turn = Quat::from_rotation_y(stand.turn.to_radians());
        let head = turn * self.runtime.worn().head.place;
        let floor = Vec3::new(stand.floor.x, 0.0, stand.floor.y);
        self.rig = (floor - Vec3::new(head.x, 0.0, head.z), turn);
        stand
    }

    /// Presses a key while the window has the keyboard.
    pub(super) fn key(&self, key: &str) {
        self.screen.xdotool(&["windowfocus", "--sync", &self.window]);
        self.screen.xdotool(&["key", key]);
    }

    /// Presses a control in the window with the mouse.
    pub(super) fn press_in_window(&mut self, name: &str) {
        // The window's frames are not the headset's: it has a second for each of these. Its view may still be easing
        // from the spectators' to its own, so the mouse goes after the control until that rests.
        let mut last = None;
        loop {
            let event = self.events.newest(&format!("the control “{name}”"), |event| {
                event["event"] == "control" && event["name"] == name
            });
            let place = ["x", "y"].map(|key| event[key].as_f64().unwrap().round().to_string());
            if last.as_ref() == Some(&place) {
                break;
            }
            self.screen.xdotool(&["mousemove", "--window", &self.window, &place[0], &place[1]]);
            last = Some(place);
            thread::sleep(Duration::from_secs(1));
        }
        for press in ["mousedown", "mouseup"] {
            self.screen.xdotool(&[press, "1"]);
            thread::sleep(Duration::from_secs(1));
        }
    }

    /// Saves pictures of what is seen and gives them by the words that their names end in.
    pub(super) fn pictures(&mut self, wanted: &[&str]) -> BTreeMap<String, RgbImage> {
        for (file, _) in self.saved() {
            fs::remove_file(file).unwrap();
        }
        self.key("F12");
        let begun = Instant::now();
        loop {
            let saved = self.saved();
            let read: BTreeMap<_, _> = wanted
                .iter()
                .filter_map(|wanted| {
                    let (file, _) = saved.iter().find(|(_, name)| name.contains(wanted))?;
                    // One that is being written cannot be read yet.
                    Some(((*wanted).to_owned(), image::open(file).ok()?.to_rgb8()))
                })
                .collect();
            if read.len() == wanted.len() {
                return read;
            }
            if begun.elapsed() > LONG {
                self.events.give_up(&format!("of the pictures {wanted:?} only {saved:?} came"));
            }
            thread::sleep(Duration::from_millis(100));
        }
    }

    fn saved(&self) -> Vec<(std::path::PathBuf, String)> {
        let mut saved: Vec<_> = fs::read_dir(self.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .filter(|path| path.extension().is_some_and(|kind| kind == "png"))
            .map(|path| {
                let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
                (path, name)
            })
            .collect();
        saved.sort();
        saved
    }

    /// Closes the window and waits for the end, which must be a good one.
    pub(super) fn close(mut self) {
        x11::ask_to_close(&self.screen.display, self.window.parse().unwrap());
        let begun = Instant::now();
        let status = loop {
            if let Some(status) = self.program.try_wait().unwrap() {
                break status;
            }
            if begun.elapsed() > LONG {
                self.events.give_up("the program does not end");
            }
            thread::sleep(Duration::from_millis(10));
        };
        if status.code() != Some(0) {
            self.events.give_up(&format!("the program ended with {status}"));
        }
        self.no_panic();
    }

    /// Nothing in the log may be a panic, in whatever thread.
    pub(super) fn no_panic(&self) {
        if fs::read_to_string(&self.events.log).unwrap().contains("panicked") {
            self.events.give_up("something panicked");
        }
    }
}

/// The program, to be shown on this screen; pictures that it saves go into the folder.
fn program(runtime: &Runtime, screen: &Screen, folder: &Path, data: &Path) -> Command {
    let mut command = runtime.command(env!("CARGO_BIN_EXE_perceptarium"), folder);
    command
        .args(["--json", "--threads", "1", "--data"])
        .arg(data)
        .env("DISPLAY", &screen.display)
        .env("RUST_BACKTRACE", "1");
    command
}

impl Drop for Visit {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}
