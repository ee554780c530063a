//! Pressing, dragging, scrolling, losing and sharing, by hand.

use bevy::{prelude::*, ui_widgets::ScrollArea};

use super::{HANDS_AT, MIDDLE, Visit};
use crate::world::{
    body::{
        Grabbing, HandInput, Profile, Scrolling, Side,
        Side::{Left, Right},
        Teleporting,
    },
    headless::{frames, place},
    interaction::aim::{Aim, AimedAt},
    ui::controls::Pointed,
};

#[test]
fn a_hand_presses_a_button_and_feels_it() {
    let mut visit = Visit::new();
    visit.point(Right, "go", MIDDLE, 0.0);
    assert_eq!(visit.heard(), ["right true ", "right pulse 0.15"]);
    visit.point(Right, "go", MIDDLE, 0.6);
    assert!(visit.heard().is_empty(), "not pulled far enough");
    visit.point(Right, "go", MIDDLE, 0.8);
    visit.point(Right, "go", vec2(0.6, 0.6), 0.4);
    assert_eq!(visit.heard(), ["right pulse 0.5"], "not let go far enough");
    visit.point(Right, "go", MIDDLE, 0.1);
    assert_eq!(visit.heard(), ["released true", "activated"]);
    visit.point(Right, "go", vec2(0.7, 0.5), 0.0);
    assert!(visit.heard().is_empty(), "still the same control");
    visit.point(Right, "stay", MIDDLE, 0.0);
    assert_eq!(visit.heard(), ["right pulse 0.15"]);
}

#[test]
fn a_rig_that_was_moved_and_turned_takes_its_hands_along() {
    let mut visit = Visit::new();
    let moved = Transform::from_xyz(1.5, 0.2, -2.0)
        .with_rotation(Quat::from_rotation_y(f32::to_radians(150.0)));
    visit.app.world_mut().entity_mut(visit.rig).insert(moved);
    frames(&mut visit.app, 1);
    for trigger in [0.0, 1.0, 0.0] {
        visit.point(Left, "go", MIDDLE, trigger);
    }
    let ray = visit.get::<Aim>(Left).ray.unwrap();
    assert!(ray.origin.abs_diff_eq(HANDS_AT[0], 1e-4), "{}", ray.origin);
    assert_eq!(visit.done(), ["left true ", "released true", "activated"]);

    // What it aims at in the rig is somewhere else in the hall in the very frame after the rig has turned.
    let turned = moved.with_rotation(Quat::from_rotation_y(f32::to_radians(120.0)));
    visit.app.world_mut().entity_mut(visit.rig).insert(turned);
    frames(&mut visit.app, 2);
    let now = visit.get::<Aim>(Left).ray.unwrap();
    let way = turned.compute_affine() * moved.compute_affine().inverse();
    assert!(now.origin.abs_diff_eq(way.transform_point3(ray.origin), 1e-4), "{now:?}");
    assert!(now.direction.abs_diff_eq(way.transform_vector3(*ray.direction), 1e-4), "{now:?}");
}

#[test]
fn a_slider_is_dragged_off_the_panel_and_settles_once() {
    let mut visit = Visit::new();
    visit.point(Right, "speed", MIDDLE, 0.0);
    visit.point(Right, "speed", MIDDLE, 1.0);
    visit.point(Right, "speed", vec2(0.8, 0.5), 1.0);
    visit.heard();
    // Far beside the panel and above it, and still on its plane.
    visit.point(Right, "speed", vec2(3.0, -4.0), 1.0);
    assert_eq!(visit.done().last().map(String::as_str), Some("100"));
    assert!(visit.get::<AimedAt>(Right).0.is_some_and(|hit| hit.uv.x > 1.0));
    visit.point(Right, "speed", vec2(3.0, -4.0), 0.0);
    assert_eq!(visit.done(), ["released false", "100 at last"]);
}

#[test]
fn lost_tracking_lets_go_without_a_click() {
    let mut visit = Visit::new();
    visit.point(Right, "go", MIDDLE, 0.0);
    visit.point(Right, "go", MIDDLE, 1.0);
    visit.heard();
    visit.lose(Right);
    assert_eq!(visit.done(), ["released false", "right false "]);
    let aim = visit.get::<Aim>(Right);
    assert!(aim.ray.is_none() && !aim.pressed);

    // It comes back with its trigger still pulled, which presses nothing until it is pulled again.
    visit.point(Right, "go", MIDDLE, 1.0);
    visit.point(Right, "go", MIDDLE, 0.0);
    assert_eq!(visit.done(), ["right true "]);
    visit.point(Right, "go", MIDDLE, 1.0);
    visit.point(Right, "go", MIDDLE, 0.0);
    assert_eq!(visit.done(), ["released true", "activated"]);
}

#[test]
fn a_slider_keeps_its_value_when_the_hand_that_drags_it_is_lost() {
    let mut visit = Visit::new();
    visit.point(Right, "speed", MIDDLE, 0.0);
    visit.point(Right, "speed", MIDDLE, 1.0);
    visit.heard();
    visit.lose(Right);
    assert_eq!(visit.done(), ["released false", "right false ", "50 at last"]);
}

#[test]
fn of_two_hands_on_one_panel_the_nearer_points_and_the_other_may_press() {
    let mut visit = Visit::new();
    visit.point(Left, "go", MIDDLE, 0.0);
    visit.point(Right, "stay", MIDDLE, 0.0);
    let over = |visit: &mut Visit| Side::BOTH.map(|side| visit.get::<AimedAt>(side).0.is_some());
    let pointed = |visit: &mut Visit| {
        let world = visit.app.world_mut();
        world.query::<&Pointed>().iter(world).filter(|pointed| pointed.0).count()
    };
    assert_eq!(over(&mut visit), [false, true]);
    assert_eq!(pointed(&mut visit), 1);
    visit.point(Left, "go", MIDDLE, 1.0);
    assert_eq!(over(&mut visit), [true, false]);
    assert_eq!(pointed(&mut visit), 1);
    visit.point(Right, "stay", MIDDLE, 1.0);
    visit.point(Right, "stay", MIDDLE, 0.0);
    visit.point(Left, "go", MIDDLE, 0.0);
    assert_eq!(visit.done(), ["left true ", "right true ", "released true", "activated"]);
    assert_eq!(over(&mut visit), [false, true]);
}

#[test]
fn a_hand_that_grabs_or_goes_somewhere_does_not_point() {
    let mut visit = Visit::new();
    visit.point(Right, "go", MIDDLE, 0.0);
    let hand = visit.hand(Right);
    visit.app.world_mut().entity_mut(hand).insert(Grabbing);
    visit.point(Right, "go", MIDDLE, 1.0);
    assert!(visit.get::<AimedAt>(Right).0.is_none());
    visit.app.world_mut().entity_mut(hand).remove::<Grabbing>();
    visit.point(Right, "go", MIDDLE, 1.0);
    visit.point(Right, "go", MIDDLE, 0.0);
    assert_eq!(visit.done(), ["right true "], "a trigger pulled meanwhile presses nothing");
    visit.app.world_mut().entity_mut(hand).insert(Teleporting);
    visit.point(Right, "go", MIDDLE, 0.0);
    assert!(visit.get::<Aim>(Right).ray.is_none());
}

#[test]
fn a_squeeze_is_the_second_button() {
    let mut visit = Visit::new();
    let squeezed = [0.0, 0.8, 0.5, 0.2].map(|squeeze| {
        let input = HandInput { squeeze, ..default() };
        visit.aim(Left, HANDS_AT[0], vec3(0.0, 0.0, -1.0), input);
        frames(&mut visit.app, 1);
        visit.get::<Aim>(Left).secondary
    });
    assert_eq!(squeezed, [false, true, true, false]);
}

fn scrolled(visit: &mut Visit) -> f32 {
    let world = visit.app.world_mut();
    world.query_filtered::<&ScrollPosition, With<ScrollArea>>().single(world).unwrap().y
}

#[test]
fn a_stick_scrolls_a_list_that_is_pointed_at_and_nothing_else() {
    let mut visit = Visit::new();
    let entry = place(&mut visit.app, "entry", MIDDLE);
    let push = |visit: &mut Visit, at: Vec3, y: f32, count: usize| {
        let input = HandInput { stick: vec2(0.0, y), ..default() };
        visit.aim(Right, HANDS_AT[1], at, input);
        frames(&mut visit.app, count);
    };
    push(&mut visit, entry, 0.0, 40);
    push(&mut visit, entry, -0.15, 20);
    assert_eq!(scrolled(&mut visit), 0.0, "it rests");
    // Five lines of 100 dmm a second, for 0.4 s.
    push(&mut visit, entry, -1.0, 40);
    let down = scrolled(&mut visit);
    assert!((190.0..=200.0).contains(&down), "{down}");
    let hand = visit.hand(Right);
    assert!(visit.app.world().entity(hand).contains::<Scrolling>());
    push(&mut visit, entry, 1.0, 20);
    assert!(scrolled(&mut visit) < down - 90.0);

    let elsewhere = place(&mut visit.app, "go", MIDDLE);
    push(&mut visit, elsewhere, 0.0, 40);
    assert!(!visit.app.world().entity(hand).contains::<Scrolling>());
    let before = scrolled(&mut visit);
    push(&mut visit, elsewhere, -1.0, 20);
    push(&mut visit, entry, -1.0, 20);
    assert_eq!(scrolled(&mut visit), before, "a stick pushed elsewhere first does not scroll");
}

#[test]
fn listeners_hear_of_hands_that_come_change_and_go() {
    let mut visit = Visit::new();
    visit.aim(Left, HANDS_AT[0], Vec3::NEG_Z, HandInput::default());
    let hand = visit.hand(Left);
    let touch = "/interaction_profiles/oculus/touch_controller";
    visit.app.world_mut().entity_mut(hand).insert(Profile(touch.into()));
    frames(&mut visit.app, 3);
    assert_eq!(visit.done(), [format!("left true {touch}")]);
    visit.app.world_mut().entity_mut(hand).insert(Profile::default());
    visit.lose(Left);
    assert_eq!(visit.done(), ["left false "]);
}
