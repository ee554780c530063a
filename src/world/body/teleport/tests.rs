//! Where a teleport may be aimed, how it is said and how it is called off.

use super::*;
use crate::world::{
    body::harness::Rehearsal,
    headset::Headset,
    stage::{Footprint, plan::FLOOR_RADIUS_M},
};

const FORWARD: Vec2 = vec2(0.0, 1.0);

/// A visitor off the rig's origin who points down and ahead with the right hand.
fn visitor() -> Rehearsal {
    let mut hall = Rehearsal::started();
    hall.set_head(Transform::from_xyz(0.4, 1.6, 0.3).with_rotation(Quat::from_rotation_y(0.5)));
    let aim = Transform::from_xyz(0.6, 1.2, 0.0).with_rotation(Quat::from_rotation_x(-0.3));
    hall.hand(Side::Right).aim = aim;
    hall.hand(Side::Left).aim = aim;
    hall.frame();
    hall
}

fn throw(hall: &Rehearsal) -> Option<Throw> {
    hall.resource::<Aiming>().0
}

fn landing(hall: &Rehearsal) -> Vec2 {
    throw(hall).unwrap().flight.unwrap().end().xz()
}

/// How many hands are marked.
fn marked(hall: &mut Rehearsal) -> usize {
    hall.count::<With<Teleporting>>()
}

#[test]
fn letting_go_puts_the_head_on_the_spot() {
    let mut hall = visitor();
    for side in Side::BOTH {
        hall.hand(side).stick = vec2(0.1, 0.65);
        hall.frame();
        assert_eq!(throw(&hall), None, "too weak a push");
        hall.hand(side).stick = FORWARD;
        hall.frame();
        assert!(throw(&hall).unwrap().free);
        assert_eq!(marked(&mut hall), 1);
        let spot = landing(&hall);
        let heading = hall.pose().heading();
        hall.hand(side).stick = vec2(0.1, 0.1);
        hall.frame();
        assert_eq!(throw(&hall), None);
        assert_eq!(marked(&mut hall), 0);
        hall.frames(0.3);
        assert!(hall.pose().floor_point().distance(spot) < 1e-5);
        assert!((hall.pose().heading() - heading).abs() < 1e-6);
        let (x, z, _) = hall.stands().last().copied().unwrap();
        assert!(vec2(x, z).distance(spot) < 1e-5);
    }
    assert_eq!(hall.stands().len(), 2);
}

#[test]
fn the_arc_starts_at_the_hand_in_the_rig() {
    let mut hall = visitor();
    hall.send(Travel { to: Some(vec2(2.0, 5.0)), facing: Facing::Heading(1.2), measure: false });
    hall.frames(0.5);
    hall.hand(Side::Right).stick = FORWARD;
    hall.frame();
    let aim = hall.rig() * hall.hand(Side::Right).aim;
    let flight = throw(&hall).unwrap().flight.unwrap();
    let start = flight.pieces(1).next().unwrap().0;
    assert!(start.distance(aim.translation) < 1e-5);
    let way = (flight.end() - start).xz().normalize();
    assert!(way.distance(aim.forward().xz().normalize()) < 1e-4);
}

#[test]
fn the_stick_turns_the_landing_in_steps() {
    let mut hall = visitor();
    hall.hand(Side::Right).stick = FORWARD;
    hall.frame();
    hall.hand(Side::Right).stick = vec2(1.0, 0.05);
    hall.frame();
    let heading = hall.pose().heading();
    assert!((throw(&hall).unwrap().heading - (heading - 90_f32.to_radians())).abs() < 1e-5);
    assert!((hall.pose().heading() - heading).abs() < 1e-6, "aiming turns nobody");
    // Springing back over another direction does not change it.
    hall.hand(Side::Right).stick = vec2(-0.2, 0.5);
    hall.frame();
    hall.hand(Side::Right).stick = Vec2::ZERO;
    hall.frame();
    hall.frames(0.3);
    assert!((hall.pose().heading() - (heading - 90_f32.to_radians())).abs() < 1e-5);
    let degrees = |x, y| turn_of(vec2(x, y), 30.0).to_degrees().round();
    assert_eq!(degrees(0.2, 0.9), 0.0);
    assert_eq!(degrees(-0.6, 0.8), 30.0);
    assert_eq!(degrees(-1.0, 0.0), 90.0);
    assert_eq!(degrees(0.0, -1.0).abs(), 180.0);
}

#[test]
fn nobody_lands_on_things_or_in_walls() {
    let mut hall = visitor();
    let rig = hall.rig();
    hall.hand(Side::Right).stick = FORWARD;
    hall.frame();
    let spot = landing(&hall);
    let thing = (Footprint::Disc { radius: 0.3 }, Transform::from_xyz(spot.x, 0.0, spot.y));
    let thing = hall.spawn(thing);
    hall.frames(0.02);
    assert!(!throw(&hall).unwrap().free);
    hall.hand(Side::Right).stick = Vec2::ZERO;
    hall.frames(0.5);
    assert_eq!(hall.rig(), rig);
    hall.despawn(thing);

    for pitch in [0.1_f32, 0.25] {
        // To the right, where the first lands within a step of the wall and the second meets the wall.
        let turn = Quat::from_rotation_y(-1.57) * Quat::from_rotation_x(pitch);
        hall.hand(Side::Right).aim = Transform::from_xyz(3.2, 1.2, 0.0).with_rotation(turn);
        hall.hand(Side::Right).stick = FORWARD;
        hall.frame();
        let aimed = throw(&hall).unwrap();
        let reached = aimed.flight.unwrap().end().xz().length();
        assert!(!aimed.free && reached > FLOOR_RADIUS_M - 0.6, "{reached}");
        hall.hand(Side::Right).stick = Vec2::ZERO;
        hall.frames(0.5);
        assert_eq!(hall.rig(), rig);
    }
    assert!(hall.stands().is_empty());
}

#[test]
fn it_can_be_called_off() {
    let calls: [(&str, fn(&mut Rehearsal)); 5] = [
        ("squeeze", |hall| hall.hand(Side::Right).squeeze = 0.8),
        ("other trigger", |hall| hall.hand(Side::Left).trigger = 0.8),
        ("lost hand", |hall| *hall.hand(Side::Right) = HandInput::default()),
        ("lost focus", |hall| {
            hall.set_headset(Headset::Worn { visible: true, focused: false });
            *hall.hand(Side::Right) = HandInput::default();
        }),
        ("grab", |hall| hall.mark(Side::Right, Grabbing)),
    ];
    for (call, call_off) in calls {
        let mut hall = visitor();
        let rig = hall.rig();
        hall.hand(Side::Right).stick = FORWARD;
        hall.frame();
        assert_eq!(marked(&mut hall), 1, "{call}");
        call_off(&mut hall);
        hall.frame();
        assert_eq!((throw(&hall), marked(&mut hall)), (None, 0), "{call}");
        // Nor does it come back before the stick has rested.
        hall.hand(Side::Right).squeeze = 0.0;
        hall.hand(Side::Left).trigger = 0.0;
        hall.frame();
        assert_eq!(throw(&hall), None, "{call}");
        hall.hand(Side::Right).stick = Vec2::ZERO;
        hall.frames(0.5);
        assert_eq!(hall.rig(), rig, "{call}");
    }
}

#[test]
fn a_squeeze_in_the_frame_of_letting_go_still_calls_it_off() {
    let mut hall = visitor();
    let rig = hall.rig();
    hall.hand(Side::Right).stick = FORWARD;
    hall.frame();
    hall.hand(Side::Right).stick = Vec2::ZERO;
    hall.hand(Side::Right).squeeze = 1.0;
    hall.frames(0.5);
    assert_eq!(hall.rig(), rig);
}

#[test]
fn a_stick_that_scrolls_walks_or_turns_does_not_teleport() {
    let mut hall = visitor();
    hall.hand(Side::Right).stick = vec2(0.9, 0.0);
    hall.frame();
    hall.hand(Side::Right).stick = FORWARD;
    hall.frame();
    assert_eq!(throw(&hall), None, "it was a turn");
    hall.hand(Side::Right).stick = Vec2::ZERO;
    hall.frame();
    hall.mark(Side::Right, Aim { scroll: vec2(0.0, 0.3), ..default() });
    hall.hand(Side::Right).stick = FORWARD;
    hall.frame();
    assert_eq!(throw(&hall), None, "it scrolls");
    hall.hand(Side::Right).stick = Vec2::ZERO;
    hall.mark(Side::Right, Aim::default());
    hall.comfort().smooth_walking = true;
    hall.hand(Side::Left).stick = FORWARD;
    hall.frame();
    assert_eq!(throw(&hall), None, "it walks");
}
