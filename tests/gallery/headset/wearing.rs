//! Visits in a headset: what both eyes see, and what two hands do.

use std::time::{Duration, Instant};

use bevy::math::{Vec2, Vec3};
use image::RgbImage;
use perceptarium::world::body::Side;
use serde_json::Value;
use tempfile::TempDir;

use super::{
    remote::{Pose, Worn},
    visit::{Place, Visit},
};
use crate::{
    pictures,
    support::{number, small_data, true_value},
};

/// From eye to eye, and how far the remote driver's eyes see to each side: `r_hmd.c` of Monado 25.
const EYES_APART_M: f32 = 0.063;
const TO_THE_SIDE_DEGREES: f32 = 42.5;
/// Maps of the pooled layer beside each other, cells from one to the next, and cells of the whole field.
const MAPS_PER_ROW: usize = 8;
const MAP_PITCH: usize = 13 + 2;
const FIELD_CELLS: [f32; 2] = [(8 * MAP_PITCH - 2) as f32, (4 * MAP_PITCH - 2) as f32];

#[test]
fn a_visit_in_a_headset() {
    let data = small_data(640, 100);
    let mut visit = Visit::begin(data.path(), &["--mode", "headset", "--epochs", "100000"]);
    for side in Side::BOTH {
        let hand = visit.hand_event(side, true);
        assert_eq!(hand["profile"], "/interaction_profiles/valve/index_controller");
    }

    // Pause, go on, pause.
    visit.press(Side::Right, "pause");
    let first = visit.state("paused");
    visit.press(Side::Left, "pause");
    visit.state("training");
    visit.press(Side::Right, "pause");
    let paused = visit.state("paused");
    assert!(paused > first, "nothing was learned from step {first} to {paused}");

    // Back in time along the timeline, and live again.
    let timeline = visit.place("timeline");
    visit.point(Side::Right, timeline.at(0.9, 0.5));
    visit.pull(Side::Right, 1.0);
    let late = number(&visit.event("scrubbed", |event| !event["step"].is_null()), "step");
    for along in [0.6, 0.3, 0.1] {
        visit.point(Side::Right, timeline.at(along, 0.5));
    }
    visit.event("scrubbed", |event| event["step"].as_f64().is_some_and(|early| early < late));
    visit.pull(Side::Right, 0.0);
    visit.press(Side::Right, "live");
    visit.event("scrubbed", |event| event["step"].is_null());

    a_cell_says_what_it_is(&mut visit, &data, paused);
    a_stroke_is_another_input(&mut visit);

    // A controller that is switched off has no hand.
    visit.do_this(|worn| worn.left.active = false);
    visit.hand_event(Side::Left, false);
    visit.do_this(|worn| worn.left.active = true);
    visit.hand_event(Side::Left, true);

    an_exhibit_is_moved_scaled_and_put_back(&mut visit);
    one_goes_and_turns(&mut visit);

    // What hangs in the hall is reached from there as well.
    visit.press(Side::Right, "pause");
    visit.state("training");
    visit.close();
}

/// Points at a unit of the pooled layer, whose value another training knows too.
fn a_cell_says_what_it_is(visit: &mut Visit, data: &TempDir, step: u64) {
    let unit: [usize; 3] = [10, 6, 4];
    let [map, row, column] = unit;
    let u = (map % MAPS_PER_ROW * MAP_PITCH + column) as f32 + 0.5;
    let v = (map / MAPS_PER_ROW * MAP_PITCH + row) as f32 + 0.5;
    let field = visit.place("Pooled");
    visit.point(Side::Right, field.at(u / FIELD_CELLS[0], v / FIELD_CELLS[1]));
    let pointed = visit.event("pointed", |event| {
        event["layer"] == "Pooled"
            && ["map", "row", "column"].map(|key| event[key].as_u64().unwrap() as usize) == unit
    });
    assert_eq!(pointed["step"], step, "{pointed}");
    let value = true_value(data, step, "Pooled", unit);
    assert_eq!(pointed["value"].as_f64().unwrap() as f32, value, "{pointed}");
}

/// Draws a corner on the pad: each line of it is more ink, and the network looks at it.
fn a_stroke_is_another_input(visit: &mut Visit) {
    let ink = |event: &Value| -> Option<u32> {
        event["shown"].as_str()?.strip_prefix("drawing, ")?.strip_suffix(" px")?.parse().ok()
    };
    let pad = visit.place("pad");
    visit.point(Side::Right, pad.at(0.3, 0.3));
    visit.pull(Side::Right, 1.0);
    let dot = ink(&visit.event("input", |event| ink(event).is_some()));
    visit.point(Side::Right, pad.at(0.7, 0.3));
    let line = ink(&visit.event("input", |event| ink(event) > dot));
    visit.point(Side::Right, pad.at(0.7, 0.7));
    visit.event("input", |event| ink(event) > line);
    visit.pull(Side::Right, 0.0);
    visit.press(Side::Right, "next-input");
    visit.event("input", |event| event["shown"].as_str().unwrap().starts_with("test image"));
}

fn an_exhibit_is_moved_scaled_and_put_back(visit: &mut Visit) {
    let moved = |visit: &mut Visit| visit.event("moved", |event| event["exhibit"] == "digits");
    let scale = |event: &Value| event["scale"].as_f64().unwrap();
    let before = visit.place("Pooled");

    // One hand takes it along.
    visit.point(Side::Right, before.middle);
    visit.squeeze(Side::Right, 1.0);
    visit.do_this(|worn| worn.right.pose.place += Vec3::new(0.15, 0.1, 0.0));
    visit.squeeze(Side::Right, 0.0);
    let carried = moved(visit);
    assert!((scale(&carried) - 1.0).abs() < 1e-3, "{carried}");
    let after = visit.place_within("Pooled", |place| place.middle.distance(before.middle) > 0.05);
    assert!(after.up.angle_between(before.up) < 0.01, "the floor never tilts: {after:?}");

    // Two hands that part make it larger.
    visit.point(Side::Left, after.at(0.1, 0.5));
    visit.point(Side::Right, after.at(0.9, 0.5));
    visit.do_this(|worn| (worn.left.squeeze, worn.right.squeeze) = (1.0, 1.0));
    visit.do_this(|worn| {
        worn.left.pose.place.x -= 0.1;
        worn.right.pose.place.x += 0.1;
    });
    visit.do_this(|worn| (worn.left.squeeze, worn.right.squeeze) = (0.0, 0.0));
    let larger = visit.event("moved", |event| scale(event) > 1.05);
    let scaled = scale(&larger) as f32;
    let wide = |place: &Place| place.right.length();
    visit.place_within("Pooled", |place| (wide(place) / wide(&before) - scaled).abs() < 0.02);

    // The menu puts it back.
    visit.do_this(|worn| *worn = Worn::default());
    visit.press_button(Side::Left, |hand, down| hand.b = down);
    visit.press(Side::Right, "menu-put-back");
    visit.event("moved", |event| scale(event) == 1.0);
    visit.place_within("Pooled", |place| place.middle.distance(before.middle) < 0.005);
    visit.press_button(Side::Left, |hand, down| hand.b = down);
}

fn one_goes_and_turns(visit: &mut Visit) {
    // Behind the visitor there is nothing but floor, up to the plinths.
    visit.do_this(|worn| {
        worn.right.pose = Pose::at(worn.right.pose.place).turned(180.0, -40.0);
    });
    visit.push_stick(Side::Right, Vec2::Y);
    visit.push_stick(Side::Right, Vec2::ZERO);
    let there = visit.stands(|stand| stand.floor.length() > 0.5);
    assert!(there.floor.y > 0.5 && there.floor.x.abs() < 0.5, "behind: {there:?}");
    assert!(there.turn.abs() < 0.1, "{there:?}");

    for (push, turn) in [(1.0, -30.0), (1.0, -60.0), (-1.0, -30.0)] {
        visit.push_stick(Side::Right, Vec2::new(push, 0.0));
        visit.push_stick(Side::Right, Vec2::ZERO);
        let turned = visit.stands(|stand| (stand.turn - turn).abs() < 0.1);
        assert!(turned.floor.distance(there.floor) < 0.01, "one turns about oneself: {turned:?}");
    }
}

#[test]
fn both_eyes_see_the_hall() {
    // A run as short as this ends at the same step in every picture.
    let data = small_data(640, 100);
    let mut visit = Visit::begin(data.path(), &["--mode", "headset", "--epochs", "1"]);
    visit.state("finished");
    // Hands would be in the picture.
    visit.do_this(|worn| (worn.left.active, worn.right.active) = (false, false));
    // Colours and bars ease to where they belong.
    visit.frames(8);

    let ahead = visit.pictures(&["left", "right"]);
    let [left, right] = ["left", "right"].map(|eye| &ahead[eye]);
    pictures::compare(left, "headset-left-eye.png");
    for (name, least) in [("Pooled", 1.0), ("pause", 3.0)] {
        let place = visit.place(name);
        let (shift, expected) = parallax(left, right, visit.runtime.worn(), place);
        assert!(
            (shift - expected).abs() < 1.6 && shift >= least,
            "“{name}” is {shift} pixels apart in both eyes, and should be {expected}"
        );
    }

    // To the left hang the input and the pad, out of sight of the news of those pictures.
    visit.do_this(|worn| worn.head = worn.head.turned(80.0, 0.0));
    visit.frames(4);
    let aside = visit.pictures(&["left", "right"]);
    pictures::compare(&aside["left"], "headset-to-the-left.png");
    assert!(pictures::difference(&aside["left"], left) > 4.0, "the picture did not turn");
    visit.close();
}

/// By how many pixels something is further left in the right eye's picture, and by how many it should be.
fn parallax(left: &RgbImage, right: &RgbImage, worn: &Worn, place: Place) -> (f32, f32) {
    let focal = left.width() as f32 / 2.0 / TO_THE_SIDE_DEGREES.to_radians().tan();
    let head = worn.head;
    let eye = head.place - head.turn * Vec3::X * (EYES_APART_M / 2.0);
    let seen = |point: Vec3| {
        let from_eye = head.turn.inverse() * (point - eye);
        let middle = Vec2::new(left.width() as f32, left.height() as f32) / 2.0;
        middle + Vec2::new(from_eye.x, -from_eye.y) * focal / -from_eye.z
    };
    let corners = [place.at(0.0, 0.0), place.at(1.0, 1.0)].map(seen);
    let depth = -(head.turn.inverse() * (place.middle - eye)).z;
    let shift = pictures::shift(left, right, corners[0].as_uvec2(), corners[1].as_uvec2());
    (shift as f32, EYES_APART_M * focal / depth)
}

#[test]
fn one_comes_and_goes_and_outlives_the_runtime() {
    let data = small_data(640, 100);
    let mut visit = Visit::begin(
        data.path(),
        &["--mode", "headset", "--epochs", "100000", "--without-profile", "valve/index_controller"],
    );
    let hand = visit.hand_event(Side::Right, true);
    assert_eq!(hand["profile"], "/interaction_profiles/oculus/touch_controller");
    visit.press(Side::Right, "pause");
    let mut step = visit.state("paused");
    visit.press(Side::Right, "pause");
    visit.state("training");

    for time in 0..3 {
        if time == 0 {
            // By the menu on the wrist, and by the window's own button.
            visit.press_button(Side::Left, |hand, down| hand.system = down);
            visit.press(Side::Right, "menu-leave");
            visit.headset("ready");
            visit.press_in_window("enter-vr");
        } else {
            visit.key("v");
            visit.headset("ready");
            visit.key("v");
        }
        visit.headset("focused");
        visit.press(Side::Right, "pause");
        let later = visit.state("paused");
        assert!(later > step, "the training stood still from {step} to {later}");
        step = later;
        visit.press(Side::Right, "pause");
        visit.state("training");
    }

    another_program_takes_the_headset(&mut visit, &data);

    // The runtime dies: the window goes on, and so does the training.
    visit.runtime.kill();
    let died = Instant::now();
    let lost = visit.headset("lost");
    // Two seconds, and as much for pictures that are drawn in software.
    assert!(died.elapsed() < Duration::from_secs(4), "noticed after {:?}", died.elapsed());
    assert!(lost["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{lost}");
    visit.press_in_window("pause");
    let later = visit.state("paused");
    assert!(later > step, "the training stood still from {step} to {later}");
    visit.press_in_window("pause");
    visit.state("training");

    // It comes back, and the visitor with it.
    visit.runtime.start_again();
    visit.press_in_window("enter-vr");
    visit.headset("focused");
    visit.press(Side::Right, "pause");
    assert!(visit.state("paused") > later);
    visit.close();
}

/// While another program is seen, the hall draws nothing, and what hands do is not meant for it.
fn another_program_takes_the_headset(visit: &mut Visit, data: &TempDir) {
    let pause = visit.place("pause");
    visit.point(Side::Right, pause.middle);
    let mut other = visit.another(data.path());
    visit.headset("hidden");
    visit.hand_event(Side::Right, false);
    let before = visit.events.heard.len();
    visit.pull(Side::Right, 1.0);
    visit.pull(Side::Right, 0.0);
    other.kill().unwrap();
    other.wait().unwrap();
    visit.headset("focused");
    let states = visit.events.heard[before..].iter().filter(|event| event["event"] == "state");
    assert_eq!(states.count(), 0, "a press that was meant for another program paused the training");
    visit.hand_event(Side::Right, true);
}
