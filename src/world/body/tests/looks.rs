//! What of hands is seen, and where.

use bevy::prelude::*;

use crate::world::draw::PlainMaterial;

use super::{HANDS_AT, MIDDLE, Visit};
use crate::world::{
    Head,
    body::{
        Comfort, HandInput, HandJoints, HandKind, JOINTS, Joint, Side,
        Side::{Left, Right},
        look::seen::Seen,
    },
    headless::frames,
    interaction::aim::AimedAt,
};

#[test]
fn hands_are_seen_while_they_are_tracked() {
    let mut visit = Visit::new();
    let forms = |visit: &mut Visit| Seen::of(&mut visit.app).forms;
    assert_eq!(forms(&mut visit), 0);
    visit.point(Right, "go", MIDDLE, 0.0);
    assert_eq!(forms(&mut visit), 2, "a handle and a nose");
    let hand = visit.hand(Right);
    let input = visit.get::<HandInput>(Right);
    let at = visit.app.world().get::<GlobalTransform>(hand).unwrap().translation();
    assert!(at.abs_diff_eq(input.grip.translation, 1e-5));
    visit.lose(Right);
    assert_eq!(forms(&mut visit), 0);
}

#[test]
fn a_beam_is_short_and_ends_where_it_meets_something() {
    let mut visit = Visit::new();
    let beams = |visit: &mut Visit| Seen::of(&mut visit.app).beams;
    let away = vec3(0.0, 0.0, 9.0);
    let bare = HandInput { kind: HandKind::Bare, ..default() };
    visit.aim(Left, HANDS_AT[0], away, HandInput::default());
    frames(&mut visit.app, 2);
    let ends = |visit: &mut Visit, expected: f32| {
        let beams = beams(visit);
        assert_eq!(beams.len(), 1, "{beams:?}");
        let (_, from, to) = beams[0];
        let origin = HANDS_AT[0];
        assert!((origin.distance(to) - expected).abs() < 1e-3, "{}", origin.distance(to));
        assert!(origin.distance(from) < 0.05);
    };
    ends(&mut visit, 0.35);
    visit.aim(Left, HANDS_AT[0], away, bare);
    frames(&mut visit.app, 2);
    ends(&mut visit, 0.25);

    // Close before the panel.
    visit.aim(Left, vec3(0.0, 0.0, -0.9), Vec3::NEG_Z, HandInput::default());
    frames(&mut visit.app, 40);
    let (_, _, to) = beams(&mut visit)[0];
    assert!((to.z + 1.0).abs() < 1e-3, "{to}");
}

#[test]
fn while_neither_hand_meets_anything_the_main_hand_has_the_beam() {
    let mut visit = Visit::new();
    let away = vec3(0.0, 0.0, 9.0);
    let beams = |visit: &mut Visit| -> Vec<Entity> {
        frames(&mut visit.app, 40);
        Seen::of(&mut visit.app).beams.into_iter().map(|(hand, ..)| hand).collect()
    };
    let [left, right] = Side::BOTH.map(|side| visit.hand(side));
    for side in Side::BOTH {
        visit.aim(side, HANDS_AT[side as usize], away, HandInput::default());
    }
    assert_eq!(beams(&mut visit), [right]);
    visit.app.world_mut().resource_mut::<Comfort>().main_hand = Left;
    assert_eq!(beams(&mut visit), [left]);
    visit.aim(Right, HANDS_AT[1], Vec3::NEG_Z, HandInput::default());
    assert_eq!(beams(&mut visit), [right], "which meets the panel");
    visit.lose(Right);
    assert_eq!(beams(&mut visit), [left]);
    visit.lose(Left);
    assert!(beams(&mut visit).is_empty());
}

#[test]
fn a_cursor_lies_on_what_is_met_and_is_as_large_to_the_eye_everywhere() {
    let mut visit = Visit::new();
    assert!(Seen::of(&mut visit.app).cursors.is_empty());
    let mut widths = Vec::new();
    for back in [0.0, 2.0] {
        let world = visit.app.world_mut();
        let head = world.query_filtered::<Entity, With<Head>>().single(world).unwrap();
        let eye = vec3(0.1, 0.2, back);
        world.entity_mut(head).insert(Transform::from_translation(eye));
        visit.point(Right, "go", MIDDLE, 0.0);
        let hit = visit.get::<AimedAt>(Right).0.unwrap();
        let cursors = Seen::of(&mut visit.app).cursors;
        let [cursor] = cursors[..] else { panic!("{cursors:?}") };
        let dmm = cursor.width_m / eye.distance(hit.point) * 1000.0;
        assert!((dmm - 10.0).abs() < 0.1, "{dmm} dmm");
        assert!(cursor.normal.abs_diff_eq(Vec3::Z, 1e-5));
        let before = cursor.place.distance(hit.point);
        assert!((0.001..0.01).contains(&before), "{before} m before the panel");
        assert!(cursor.place.distance(eye) < hit.point.distance(eye), "towards the eye");
        assert_eq!(cursor.ring_width_m, None);
        widths.push(cursor.width_m);
    }
    assert!(widths[1] > widths[0]);

    visit.point(Right, "go", MIDDLE, 1.0);
    let cursor = Seen::of(&mut visit.app).cursors[0];
    assert!(cursor.ring_width_m.unwrap() > 2.0 * cursor.width_m, "{cursor:?}");
    visit.point(Right, "go", MIDDLE, 0.0);
    assert_eq!(Seen::of(&mut visit.app).cursors[0].ring_width_m, None);

    visit.aim(Right, vec3(0.0, 0.0, 9.2), Vec3::NEG_Z, HandInput::default());
    frames(&mut visit.app, 40);
    assert!(Seen::of(&mut visit.app).cursors.is_empty(), "too far");
    visit.aim(Right, vec3(0.0, 0.0, 8.8), Vec3::NEG_Z, HandInput::default());
    frames(&mut visit.app, 40);
    assert_eq!(Seen::of(&mut visit.app).cursors.len(), 1);
    visit.lose(Right);
    assert!(Seen::of(&mut visit.app).cursors.is_empty());
}

#[test]
fn a_bare_hand_shows_its_joints_out_of_one_pool() {
    let mut visit = Visit::new();
    visit.app.world_mut().entity_mut(visit.rig).insert(Transform::from_xyz(0.5, 0.0, 0.0));
    let show = |visit: &mut Visit, lift: f32| {
        let hand = visit.hand(Left);
        let joints = std::array::from_fn(|joint| Joint {
            place: vec3(0.01 * joint as f32, lift, -0.3),
            radius: 0.01,
        });
        visit.app.world_mut().entity_mut(hand).insert(HandJoints(Some(Box::new(joints))));
        visit.aim(Left, HANDS_AT[0], Vec3::NEG_Z, HandInput { kind: HandKind::Bare, ..default() });
        frames(&mut visit.app, 3);
    };
    show(&mut visit, 1.0);
    let assets = |visit: &Visit| {
        let world = visit.app.world();
        (world.resource::<Assets<Mesh>>().len(), world.resource::<Assets<PlainMaterial>>().len())
    };
    let before = assets(&visit);
    let entities = visit.app.world().entities().count_spawned();
    show(&mut visit, 1.2);
    let seen = Seen::of(&mut visit.app);
    assert_eq!(seen.forms, 0, "no handle and no nose");
    assert_eq!(seen.balls.len(), JOINTS);
    for (joint, place) in seen.balls.iter().enumerate() {
        let expected = vec3(0.5 + 0.01 * joint as f32, 1.2, -0.3);
        assert!(place.abs_diff_eq(expected, 1e-4), "{joint}: {place}");
    }
    assert_eq!((assets(&visit), visit.app.world().entities().count_spawned()), (before, entities));
    let hand = visit.hand(Left);
    visit.app.world_mut().entity_mut(hand).insert(HandJoints(None));
    frames(&mut visit.app, 2);
    let seen = Seen::of(&mut visit.app);
    assert_eq!((seen.balls.len(), seen.forms), (0, 1), "its nose instead");
}

#[test]
fn hands_that_go_leave_nothing_behind() {
    let mut visit = Visit::new();
    visit.point(Right, "go", MIDDLE, 0.0);
    assert_eq!(Seen::of(&mut visit.app).cursors.len(), 1);
    visit.app.world_mut().entity_mut(visit.rig).despawn();
    frames(&mut visit.app, 2);
    let seen = Seen::of(&mut visit.app);
    assert_eq!((seen.forms, seen.beams.len(), seen.cursors.len()), (0, 0, 0));
}
