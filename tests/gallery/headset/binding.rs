//! The hall's table of controllers on a real runtime, read by a program without pictures: this one, started again.

use std::{
    env,
    fs::{File, OpenOptions},
    io::Write as _,
    path::Path,
    process::{Child, Stdio},
    thread,
    time::{Duration, Instant},
};

use bevy::{
    math::{Quat, Vec2, Vec3},
    transform::components::Transform,
};
use openxr::{
    Entry, Event, EventDataBuffer, ExtensionSet, FormFactor, Posef, ReferenceSpaceType, Session,
    SessionState, ViewConfigurationType,
};
use perceptarium::world::{
    body::{HandInput, Side},
    xr::actions::{Actions, profiles::PREFIX},
};
use serde_json::{Value, json};

use super::{
    remote::{Controller, Pose},
    runtime::Runtime,
};
use crate::{hearing::Hearing, support::LONG};

/// Set where this test is the program; names the profiles that it leaves out, with commas between them.
const WITHOUT: &str = "PERCEPTARIUM_TEST_WITHOUT";
/// What the program writes to; its standard output is the test harness's.
const TO_TEST: &str = "/dev/fd/3";
/// Numbers that went through the runtime are those that were sent, but for rounding.
const NEAR: f64 = 1e-3;

#[test]
fn controllers_answer_as_the_table_says() {
    if let Ok(without) = env::var(WITHOUT) {
        return read_hands(&without);
    }
    let mut runtime = Runtime::start();
    let folder = tempfile::tempdir().unwrap();
    let head = Pose::at(Vec3::new(0.1, 1.7, 0.2)).turned(30.0, 10.0);
    let resting = *runtime.worn();

    // A Valve Index controller, as the runtime has it.
    let mut reader = Reader::start(&runtime, folder.path(), "");
    reader.answers_all();
    runtime.change(|worn| worn.head = head);
    let seen = reader.until("the head", |seen| near(&seen["head"], &place(head.place)));
    assert!(same_turn(&seen["head_turn"], head.turn), "{seen}");
    for side in Side::BOTH {
        let name = side.word();
        let idle = reader.until("a hand", |seen| seen[name]["tracked"] == true);
        assert_eq!(idle[name]["profile"], profile("valve/index_controller"));
        assert_eq!(idle[name]["trigger"], 0.0);

        let pose = Pose::at(Vec3::new(0.3, 1.1, -0.4)).turned(-20.0, 35.0);
        runtime.change(|worn| {
            *hand(worn, side) = Controller {
                pose,
                trigger: 0.75,
                squeeze: 0.5,
                stick: Vec2::new(-0.25, 1.0),
                a: true,
                ..*hand(worn, side)
            }
        });
        let seen = reader.until("its trigger", |seen| near(&seen[name]["trigger"], &[0.75]));
        assert!(near(&seen[name]["aim"], &place(pose.place)), "{seen}");
        assert!(near(&seen[name]["ray"], &place(pose.turn * Vec3::NEG_Z)), "{seen}");
        assert!(near(&seen[name]["grip"], &place(pose.place)), "{seen}");
        assert!(near(&seen[name]["squeeze"], &[0.5]), "{seen}");
        assert!(near(&seen[name]["stick"], &[-0.25, 1.0]), "{seen}");
        assert_eq!(
            (&seen[name]["primary"], &seen[name]["secondary"]),
            (&true.into(), &false.into())
        );
        let other = side.other().word();
        assert_eq!(seen[other]["trigger"], 0.0, "the other hand did nothing");

        runtime.change(|worn| {
            let hand = hand(worn, side);
            (hand.a, hand.b) = (false, true);
        });
        // There is no menu button on this one, so the left B is it.
        let other = if side == Side::Left { "menu" } else { "secondary" };
        reader.until("the other button", |seen| {
            seen[name]["primary"] == false && seen[name][other] == true
        });
        // A controller that is switched off is nowhere and presses nothing.
        runtime.change(|worn| hand(worn, side).active = false);
        let gone = reader.until("its leave", |seen| seen[name]["tracked"] == false);
        assert_eq!(
            (&gone[name]["trigger"], &gone[name]["secondary"]),
            (&0.0.into(), &false.into())
        );
        runtime.change(|worn| *worn = resting);
    }
    drop(reader);

    // An Oculus Touch controller, where the Index is not spoken of.
    let mut reader = Reader::start(&runtime, folder.path(), "valve/index_controller");
    reader.answers_all();
    for side in Side::BOTH {
        let name = side.word();
        let seen = reader.until("a hand", |seen| seen[name]["tracked"] == true);
        assert_eq!(seen[name]["profile"], profile("oculus/touch_controller"));
        runtime.change(|worn| {
            let hand = hand(worn, side);
            (hand.trigger, hand.squeeze, hand.stick) = (0.6, 0.9, Vec2::new(0.5, -0.5));
            (hand.a, hand.b) = (true, true);
        });
        let seen = reader.until("its trigger", |seen| near(&seen[name]["trigger"], &[0.6]));
        assert!(near(&seen[name]["squeeze"], &[0.9]), "{seen}");
        assert!(near(&seen[name]["stick"], &[0.5, -0.5]), "{seen}");
        assert_eq!(
            (&seen[name]["primary"], &seen[name]["secondary"]),
            (&true.into(), &true.into())
        );
        runtime.change(|worn| *worn = resting);
    }
    runtime.change(|worn| worn.left.system = true);
    reader.until("the menu button", |seen| seen["left"]["menu"] == true);
    runtime.change(|worn| *worn = resting);
    drop(reader);

    // The simplest controller there is: it points and presses.
    let without = "valve/index_controller,oculus/touch_controller";
    let mut reader = Reader::start(&runtime, folder.path(), without);
    reader.answers_all();
    let seen = reader.until("a hand", |seen| seen["right"]["tracked"] == true);
    assert_eq!(seen["right"]["profile"], profile("khr/simple_controller"));
    runtime.change(|worn| worn.right.trigger = 1.0);
    let seen = reader.until("its press", |seen| near(&seen["right"]["trigger"], &[1.0]));
    assert!(near(&seen["right"]["aim"], &place(resting.right.pose.place)), "{seen}");
}

fn hand(worn: &mut super::remote::Worn, side: Side) -> &mut Controller {
    match side {
        Side::Left => &mut worn.left,
        Side::Right => &mut worn.right,
    }
}

fn profile(name: &str) -> String {
    format!("{PREFIX}{name}")
}

fn place(place: Vec3) -> [f32; 3] {
    place.to_array()
}

fn near(numbers: &Value, wanted: &[f32]) -> bool {
    let numbers = match numbers {
        Value::Array(numbers) => numbers.as_slice(),
        number => std::slice::from_ref(number),
    };
    numbers.len() == wanted.len()
        && numbers.iter().zip(wanted).all(|(number, wanted)| {
            number.as_f64().is_some_and(|number| (number - f64::from(*wanted)).abs() < NEAR)
        })
}

fn same_turn(numbers: &Value, wanted: Quat) -> bool {
    let numbers: [f32; 4] = serde_json::from_value(numbers.clone()).unwrap();
    Quat::from_array(numbers).dot(wanted).abs() > 0.9999
}

/// The program that reads the hands.
struct Reader {
    program: Child,
    events: Hearing,
}

impl Reader {
    fn start(runtime: &Runtime, folder: &Path, without: &str) -> Self {
        let log = folder.join("reader.log");
        let mut program = runtime
            .command("bash", folder)
            .args(["-c", r#"exec "$@" 3>&1 1>&2"#, "reader"])
            .arg(env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "headset::binding::controllers_answer_as_the_table_says",
            ])
            .env(WITHOUT, without)
            .stdout(Stdio::piped())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let events = Hearing::of(program.stdout.take().unwrap(), log);
        Self { program, events }
    }

    /// Every profile that was suggested must have been accepted: one wrong path would silence a controller.
    fn answers_all(&mut self) {
        let answers = self.events.wait("the answers", |event| event["event"] == "suggested");
        let answers = answers["answers"].as_array().unwrap();
        assert!(answers.len() >= 3, "{answers:?}");
        for answer in answers {
            assert_eq!(answer["refused"], Value::Null, "{answer}");
        }
    }

    fn until(&mut self, what: &str, fits: impl Fn(&Value) -> bool) -> Value {
        // What was seen last still holds: it is told when it changes.
        self.events.listen();
        let last = self.events.heard.iter().rev().find(|event| event["event"] == "seen");
        match last.filter(|seen| fits(seen)) {
            Some(seen) => seen.clone(),
            None => self.events.wait(what, |event| event["event"] == "seen" && fits(event)),
        }
    }
}

impl Drop for Reader {
    fn drop(&mut self) {
        self.program.kill().ok();
        self.program.wait().ok();
    }
}

/// Tells what the runtime says of head and hands whenever it changes, until somebody ends it.
fn read_hands(without: &str) {
    let mut line = OpenOptions::new().write(true).open(TO_TEST).unwrap();
    let mut tell = |event: &Value| writeln!(line, "{event}").unwrap();

    #[expect(unsafe_code, reason = "OpenXR's loader is a library that is opened at run time")]
    // SAFETY: it is the loader of the system's package.
    let entry = unsafe { Entry::load_from(Path::new("libopenxr_loader.so.1")) }.unwrap();
    let there = entry.enumerate_extensions().unwrap();
    let mut on = known_of(&there);
    (on.mnd_headless, on.khr_convert_timespec_time, on.ext_local_floor) = (true, true, true);
    let about = openxr::ApplicationInfo {
        application_name: "perceptarium-tests",
        application_version: 1,
        engine_name: "none",
        engine_version: 1,
        api_version: openxr::Version::new(1, 0, 34),
    };
    let instance = entry.create_instance(&about, &on, &[]).unwrap();
    let system = instance.system(FormFactor::HEAD_MOUNTED_DISPLAY).unwrap();
    let actions = Actions::new(&instance).unwrap();
    let without: Vec<String> = without.split(',').map(str::to_owned).collect();
    let answers: Vec<_> = actions
        .suggest(&instance, &on, &without)
        .into_iter()
        .map(|(profile, answer)| {
            json!({ "profile": profile, "refused": answer.err().map(|refused| refused.to_string()) })
        })
        .collect();
    tell(&json!({ "event": "suggested", "answers": answers }));

    #[expect(unsafe_code, reason = "a session of OpenXR takes handles of a drawing library")]
    // SAFETY: a session without pictures takes none.
    let session = unsafe {
        instance.create_session::<openxr::Headless>(system, &openxr::headless::SessionCreateInfo {})
    };
    let session = session.unwrap().0.into_any_graphics();
    actions.attach(&session).unwrap();
    let hands = actions.spaces(&session).unwrap();
    let space = |kind| session.create_reference_space(kind, Posef::IDENTITY).unwrap();
    let floor = space(ReferenceSpaceType::LOCAL_FLOOR);
    let head = space(ReferenceSpaceType::VIEW);

    let begun = Instant::now();
    let mut last = Value::Null;
    // Longer than any test needs, in case its end goes unnoticed.
    while begun.elapsed() < 3 * LONG {
        begin_when_ready(&instance, &session);
        if actions.sync(&session).is_ok() {
            let time = instance.now().unwrap();
            let read = actions.read(&session, &hands, &floor, time).unwrap();
            let seen = head.locate(&floor, time).unwrap().pose;
            let openxr::Quaternionf { x, y, z, w } = seen.orientation;
            let at = seen.position;
            let now = json!({
                "event": "seen",
                "head": [at.x, at.y, at.z],
                "head_turn": [x, y, z, w],
                "left": told(&read[0], &actions.profile(&session, Side::Left).unwrap()),
                "right": told(&read[1], &actions.profile(&session, Side::Right).unwrap()),
            });
            if now != last {
                tell(&now);
                last = now;
            }
        }
        thread::sleep(Duration::from_millis(10));
    }
}

/// Those extensions whose controllers the hall knows, where the runtime has them.
fn known_of(there: &ExtensionSet) -> ExtensionSet {
    let mut on = ExtensionSet::default();
    on.ext_hand_interaction = there.ext_hand_interaction;
    on.bd_controller_interaction = there.bd_controller_interaction;
    on.ext_hp_mixed_reality_controller = there.ext_hp_mixed_reality_controller;
    on.meta_touch_controller_plus = there.meta_touch_controller_plus;
    on.fb_touch_controller_pro = there.fb_touch_controller_pro;
    on
}

fn begin_when_ready(instance: &openxr::Instance, session: &Session<openxr::AnyGraphics>) {
    let mut buffer = EventDataBuffer::new();
    while let Some(event) = instance.poll_event(&mut buffer).unwrap() {
        if let Event::SessionStateChanged(change) = event
            && change.state() == SessionState::READY
        {
            session.begin(ViewConfigurationType::PRIMARY_STEREO).unwrap();
        }
    }
}

fn told(hand: &HandInput, profile: &str) -> Value {
    let place = |pose: &Transform| pose.translation.to_array();
    json!({
        "tracked": hand.tracked,
        "profile": profile,
        "aim": place(&hand.aim),
        "ray": hand.aim.forward().to_array(),
        "grip": place(&hand.grip),
        "trigger": hand.trigger,
        "squeeze": hand.squeeze,
        "stick": hand.stick.to_array(),
        "primary": hand.primary,
        "secondary": hand.secondary,
        "menu": hand.menu,
    })
}
