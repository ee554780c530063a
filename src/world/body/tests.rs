//! Hands as a visitor uses them, in a hall without a headset: only what is known of a hand is made up.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bevy::{time::TimeUpdateStrategy, ui_widgets::ScrollArea};

use super::{look::seen::Seen, *};
use crate::world::{
    Head,
    headless::{frames, hall_with, lay_out, panel, place},
    interaction::aim::{Aim, AimReleased, AimedAt},
    told::{HallEvent, Told},
    ui::controls::{
        Activate, ButtonKind, Pointed, Scale, Slider, SliderPlan, ValueChange, button, slider,
    },
};

/// What was heard of controls, surfaces and hands.
#[derive(Resource, Clone, Default)]
struct Heard(Arc<Mutex<Vec<String>>>);

impl Heard {
    fn note(&self, what: impl Into<String>) {
        self.0.lock().unwrap().push(what.into());
    }
}

/// A visitor before a panel that hangs 1 m ahead of the hall's middle.
struct Visit {
    app: App,
    rig: Entity,
    heard: Heard,
}

const MIDDLE: Vec2 = Vec2::splat(0.5);
use Side::{Left, Right};

impl Visit {
    fn new() -> Self {
        let mut app = hall_with(|app| {
            app.add_plugins(plugin);
        });
        let heard = Heard::default();
        let told = heard.clone();
        app.insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(10)))
            .insert_resource(heard.clone())
            .insert_resource(Told::new(move |event| {
                if let HallEvent::Hand { side, tracked, profile } = event {
                    told.note(format!("{side} {tracked} {profile}"));
                }
            }))
            .add_observer(|_: On<Activate>, heard: Res<Heard>| heard.note("activated"))
            .add_observer(|released: On<AimReleased>, heard: Res<Heard>| {
                heard.note(format!("released {}", released.inside));
            })
            .add_observer(
                |change: On<ValueChange<f32>>,
                 sliders: Query<(), With<Slider>>,
                 heard: Res<Heard>| {
                    if sliders.contains(change.source) {
                        let end = if change.is_final { " at last" } else { "" };
                        heard.note(format!("{:.0}{end}", change.value));
                    }
                },
            )
            .add_systems(Last, |mut pulses: MessageReader<Pulse>, heard: Res<Heard>| {
                for pulse in pulses.read() {
                    heard.note(format!("{} pulse {}", pulse.side.word(), pulse.strength));
                }
            });
        let hung = panel(&mut app);
        app.world_mut().entity_mut(hung.root).with_children(|page| {
            page.spawn(button("go", "Go", ButtonKind::Primary));
            page.spawn(button("stay", "Stay", ButtonKind::Plain));
            page.spawn(slider(SliderPlan {
                name: "speed",
                label: "Speed".into(),
                range: 0.0..=100.0,
                value: 20.0,
                scale: Scale::Linear { step: 1.0 },
                show: |value| format!("{value}"),
            }));
            page.spawn((
                Node {
                    position_type: PositionType::Absolute,
                    right: px(20),
                    bottom: px(20),
                    width: px(400),
                    height: px(250),
                    overflow: Overflow::scroll_y(),
                    flex_direction: FlexDirection::Column,
                    ..default()
                },
                ScrollArea,
            ))
            .with_children(|list| {
                list.spawn(Node {
                    height: px(900),
                    flex_shrink: 0.0,
                    align_items: AlignItems::Start,
                    ..default()
                })
                .with_children(|long| {
                    long.spawn(button("entry", "Entry", ButtonKind::Plain));
                });
            });
        });
        lay_out(&mut app);
        let rig = app.world_mut().spawn(Rig).id();
        app.world_mut().spawn((Head, Transform::default()));
        frames(&mut app, 2);
        Self { app, rig, heard }
    }

    fn hand(&mut self, side: Side) -> Entity {
        let world = self.app.world_mut();
        let mut hands = world.query::<(Entity, &Hand)>();
        hands.iter(world).find(|(_, hand)| hand.0 == side).unwrap().0
    }

    /// Aims from a place in the hall at another one, whatever the rig has done, and does not yet go on.
    fn aim(&mut self, side: Side, from: Vec3, at: Vec3, input: HandInput) {
        let hand = self.hand(side);
        let rig = *self.app.world().get::<GlobalTransform>(self.rig).unwrap();
        let pose = Transform::from_translation(from).looking_at(at, Vec3::Y);
        let aim = GlobalTransform::from(pose).reparented_to(&rig);
        let grip = Transform { translation: aim.translation + vec3(0.0, -0.02, 0.05), ..aim };
        self.app.world_mut().entity_mut(hand).insert(HandInput {
            tracked: true,
            aim,
            grip,
            ..input
        });
    }

    /// Aims at a point of a control and goes on until a steadied hand has arrived there.
    fn point(&mut self, side: Side, name: &'static str, at: Vec2, trigger: f32) {
        let at = place(&mut self.app, name, at).unwrap_or_else(|| panic!("{name} cannot be seen"));
        self.aim(side, HANDS_AT[side as usize], at, HandInput { trigger, ..default() });
        frames(&mut self.app, 40);
    }

    fn lose(&mut self, side: Side) {
        let hand = self.hand(side);
        self.app.world_mut().entity_mut(hand).insert(HandInput::default());
        frames(&mut self.app, 3);
    }

    fn heard(&self) -> Vec<String> {
        std::mem::take(&mut self.heard.0.lock().unwrap())
    }

    /// What was heard, without the ticks.
    fn done(&self) -> Vec<String> {
        self.heard().into_iter().filter(|what| !what.contains("pulse")).collect()
    }

    fn get<C: Component + Clone>(&mut self, side: Side) -> C {
        let hand = self.hand(side);
        self.app.world().get::<C>(hand).unwrap().clone()
    }
}

/// Left and right, in the hall; the right one is a little nearer.
const HANDS_AT: [Vec3; 2] = [vec3(-0.2, -0.3, 0.1), vec3(0.2, -0.3, -0.1)];

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
    let entry = place(&mut visit.app, "entry", MIDDLE).unwrap();
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

    let elsewhere = place(&mut visit.app, "go", MIDDLE).unwrap();
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
        (world.resource::<Assets<Mesh>>().len(), world.resource::<Assets<StandardMaterial>>().len())
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
