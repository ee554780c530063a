//! What is read in each exhibit's first view lies on nothing else that is read, is cut by nothing, and is not much.
//!
//! Everything is projected as it is seen from the first view of four windows, and by a visitor with a headset who stands,
//! sits, or has stepped aside.

mod picture;
mod things;

use std::{collections::BTreeSet, fmt::Write as _};

use bevy::{
    prelude::*,
    window::{PrimaryWindow, WindowResized},
};
use perceptarium::world::WindowCamera;

use crate::{
    halls::{Hall, surfaces},
    support::{exhibit, short, small_data},
};
use picture::{Seat, SeatKind, meets};
use things::{Corners, Kind, Thing};

/// The windows that first views are composed for, in pixels.
const WINDOWS: [Vec2; 4] =
    [vec2(1280.0, 720.0), vec2(1920.0, 1080.0), vec2(2560.0, 1080.0), vec2(1024.0, 768.0)];
/// Eyes of a visitor with a headset: who sits is lifted to where others stand, and may sink or be small.
const HEADS: [(&str, Vec3); 3] = [
    ("standing", vec3(0.0, 1.6, 0.0)),
    ("lower", vec3(0.0, 1.4, 0.0)),
    ("half a metre aside", vec3(0.5, 1.6, 0.0)),
];
/// Two things are seen in one look if a head need not turn further than this from one to the other, as a cosine.
const ONE_LOOK: f32 = 0.5;
/// Less than this is no overlap, in pixels.
const SLACK_PX: f32 = 2.0;
const EXHIBITS: [&str; 5] = ["digits", "network", "recommender", "descent", "logistic"];
/// Optimiser steps before the picture is looked at.
const STEPS: u32 = 3;

/// How many texts, and how many words, are seen at once in the first view of a window.
struct Limits {
    texts: usize,
    words: usize,
}

/// What the desk adds to every first view: which exhibits there are, and the key of each.
const OF_THE_DESK: Limits = Limits { texts: 1, words: 14 };

/// What is seen of a thing from one seat.
struct Seen<'a> {
    thing: &'a Thing,
    parts: Vec<Corners>,
}

fn middle(part: &Corners) -> Vec3 {
    part.iter().sum::<Vec3>() / 4.0
}

fn window_seat(hall: &mut Hall, size: Vec2) -> Seat {
    let world = hall.app.world_mut();
    let (window, mut shape) = world
        .query_filtered::<(Entity, &mut Window), With<PrimaryWindow>>()
        .single_mut(world)
        .unwrap();
    shape.resolution.set(size.x, size.y);
    world.write_message(WindowResized { window, width: size.x, height: size.y });
    hall.settle();
    let world = hall.app.world_mut();
    let (place, projection) = world
        .query_filtered::<(&GlobalTransform, &Projection), With<WindowCamera>>()
        .single(world)
        .unwrap();
    let Projection::Perspective(perspective) = projection else {
        panic!("the window's camera is no perspective");
    };
    let focal_px = size.y / 2.0 / (perspective.fov / 2.0).tan();
    Seat {
        name: format!("{} × {}", size.x, size.y),
        eye: place.translation(),
        kind: SeatKind::Window { size, view: place.affine().inverse(), focal_px },
    }
}

fn seen<'a>(seat: &Seat, things: &'a [Thing]) -> Vec<Seen<'a>> {
    let is_seen = |part: &&Corners| {
        seat.outline(part, middle(part)).is_some_and(|outline| seat.beyond(&outline).1)
    };
    let seen = things.iter().map(|thing| {
        let parts = thing.parts.iter().filter(is_seen).copied();
        Seen { thing, parts: parts.collect() }
    });
    seen.filter(|seen| !seen.parts.is_empty()).collect()
}

/// By how much two overlap at most, and whether the second is before the first where they do.
fn overlap(seat: &Seat, one: &Seen, other: &Seen) -> (f32, bool) {
    let mut most = (0.0, false);
    for part in &one.parts {
        for other_part in &other.parts {
            let ways = [part, other_part].map(|part| (middle(part) - seat.eye).normalize());
            if ways[0].dot(ways[1]) < ONE_LOOK {
                continue;
            }
            let towards = seat.eye + ways[0] + ways[1];
            let outlines = [part, other_part].map(|part| seat.outline(part, towards));
            let [Some(outline), Some(other_outline)] = outlines else {
                continue;
            };
            let depth = outline.overlap(&other_outline);
            if depth > most.0 {
                let at = meets(seat.eye, middle(part), other_part);
                most = (depth, (0.0..0.9995).contains(&at));
            }
        }
    }
    most
}

/// Whether one of two hangs on the other, or both on the same sheet.
fn belong(one: &Thing, other: &Thing) -> bool {
    one.entity == other.entity
        || one.above.contains(&other.entity)
        || other.above.contains(&one.entity)
}

/// What is wrong with two things of which the first is before the second in the list.
fn fault(seat: &Seat, one: &Seen, other: &Seen) -> Option<String> {
    let (depth, other_is_nearer) = overlap(seat, one, other);
    if depth <= SLACK_PX {
        return None;
    }
    let (a, b) = (&one.thing.name, &other.thing.name);
    let said = match (&one.thing.kind, &other.thing.kind) {
        (Kind::Text { .. }, Kind::Text { .. }) => format!("{a} runs into {b}"),
        (Kind::Board, Kind::Board) if other_is_nearer => format!("{b} covers {a}"),
        (Kind::Board, Kind::Board) => format!("{a} covers {b}"),
        (Kind::Board, Kind::Data { .. } | Kind::Text { .. })
            if !other_is_nearer && !belong(one.thing, other.thing) =>
        {
            format!("{a} covers {b}")
        }
        (Kind::Data { .. }, Kind::Data { .. }) if !belong(one.thing, other.thing) => {
            format!("{a} lies over {b}")
        }
        // What is written over the displays of its own sheet is meant to be, but for curves.
        (Kind::Data { curves }, Kind::Text { over, .. })
            if *curves
                || !*over
                || !one.thing.above.iter().any(|sheet| other.thing.above.contains(sheet)) =>
        {
            format!("{b} lies on {a}")
        }
        _ => return None,
    };
    Some(format!("{said}, by {depth:.0} px"))
}

/// What of a text lies beyond the edge of its board.
fn cut(thing: &Thing) -> Option<String> {
    match &thing.kind {
        Kind::Text { cut_px, .. } if *cut_px > SLACK_PX => {
            Some(format!("{} is cut by its board, by {cut_px:.0} px of it", thing.name))
        }
        _ => None,
    }
}

fn check(seat: &Seat, things: &[Thing], faults: &mut BTreeSet<String>) -> Limits {
    let seen = seen(seat, things);
    let mut told = Limits { texts: 0, words: 0 };
    let mut say = |fault: String| faults.insert(format!("{}: {fault}", seat.name));
    for (at, one) in seen.iter().enumerate() {
        if let Kind::Text { words, .. } = &one.thing.kind {
            told.texts += 1;
            told.words += words.split_whitespace().count();
            if let Some(fault) = cut(one.thing) {
                say(fault);
            }
            let outlines = one.parts.iter().filter_map(|part| seat.outline(part, middle(part)));
            let beyond = outlines.map(|outline| seat.beyond(&outline).0).fold(0.0, f32::max);
            if beyond > SLACK_PX {
                say(format!("{} is cut by the window, by {beyond:.0} px", one.thing.name));
            }
        }
        for other in &seen[at + 1..] {
            if let Some(fault) = fault(seat, one, other) {
                say(fault);
            }
        }
    }
    told
}

fn assert_composed(name: &str, limits: &Limits) {
    let mut hall = Hall::begun(exhibit(name), STEPS);
    let mut faults = BTreeSet::new();
    for size in WINDOWS {
        let seat = window_seat(&mut hall, size);
        let things = things::all(hall.app.world_mut());
        let told = check(&seat, &things, &mut faults);
        assert!(told.texts > 8, "only {} texts are seen at {}", told.texts, seat.name);
        let texts = limits.texts + OF_THE_DESK.texts;
        let words = limits.words + OF_THE_DESK.words;
        if told.texts > texts || told.words > words {
            faults.insert(format!(
                "{}: {} texts of {} words are read at once, at most {texts} of {words} may be",
                seat.name, told.texts, told.words
            ));
        }
    }
    for (who, eye) in HEADS {
        hall.stand_at(eye);
        let seat = Seat { name: who.to_owned(), eye, kind: SeatKind::Head };
        let things = things::all(hall.app.world_mut());
        check(&seat, &things, &mut faults);
    }
    assert_none(&faults, &format!("in the first view of {name}"));
}

fn assert_none(faults: &BTreeSet<String>, place: &str) {
    let mut list = String::new();
    for fault in faults {
        writeln!(list, "  {fault}").unwrap();
    }
    assert!(faults.is_empty(), "{} faults {place}:\n{list}", faults.len());
}

/// The hall with an exhibit whose run is over.
fn over(name: &str) -> Hall {
    let data = small_data(96, 100);
    let mut words = short(exhibit(name), data.path());
    // With the network that a first visit opens with, which has the most to show.
    words.retain(|word| word != "--model" && word != "lenet5");
    if name == "descent" {
        // Long enough that some are down and some are off.
        words = ["--steps", "2000", "--learning-rate", "0.05"].map(Into::into).to_vec();
    }
    Hall::told(exhibit(name), &words)
}

#[test]
fn a_view_stays_composed_when_its_run_is_over() {
    let mut faults = BTreeSet::new();
    for name in EXHIBITS {
        let mut hall = over(name);
        let seat = window_seat(&mut hall, WINDOWS[0]);
        let things = things::all(hall.app.world_mut());
        check(&seat, &things, &mut faults);
    }
    assert_none(&faults, "in views of finished runs");
}

#[test]
fn no_card_is_cut_wherever_one_points() {
    let mut faults = BTreeSet::new();
    for name in EXHIBITS {
        let mut hall = over(name);
        let eye = HEADS[0].1;
        hall.stand_at(eye);
        for place in pointed(&mut hall) {
            hall.look_at(eye, place);
            let things = things::all(hall.app.world_mut());
            faults.extend(things.iter().filter_map(cut).map(|cut| format!("{name}: {cut}")));
        }
    }
    assert_none(&faults, "beside what is pointed at");
}

/// The middles of what shows numbers, and a place off it, at most so many.
fn pointed(hall: &mut Hall) -> Vec<Vec3> {
    const MOST: usize = 12;
    let all = surfaces(hall.app.world_mut());
    let every = all.len().div_ceil(MOST).max(1);
    all.into_iter()
        .step_by(every)
        .map(|(_, place, size)| place.transform_point((size * 0.13).extend(0.0)))
        .collect()
}

#[test]
fn the_first_view_of_the_digits_is_composed() {
    assert_composed("digits", &Limits { texts: 94, words: 165 });
}

#[test]
fn the_first_view_of_the_descent_is_composed() {
    assert_composed("descent", &Limits { texts: 70, words: 160 });
}

#[test]
fn the_first_view_of_the_table_is_composed() {
    assert_composed("logistic", &Limits { texts: 48, words: 120 });
}

#[test]
fn the_first_view_of_the_films_is_composed() {
    assert_composed("recommender", &Limits { texts: 52, words: 140 });
}

#[test]
fn the_first_view_of_a_network_is_composed() {
    assert_composed("network", &Limits { texts: 102, words: 180 });
}
