//! What aims meet and what surfaces are told, on rays through a room of surfaces and points.

use bevy::camera::visibility::RenderLayers;

use super::*;
use crate::world::interaction::points::Points;

#[derive(Resource, Default)]
struct Heard(Vec<String>);

fn room() -> App {
    let mut app = App::new();
    app.add_plugins(super::super::plugin)
        .init_resource::<Heard>()
        .add_observer(|_: On<AimPressed>, mut heard: ResMut<Heard>| {
            heard.0.push("pressed".into());
        })
        .add_observer(|e: On<AimDragged>, mut heard: ResMut<Heard>| {
            heard.0.push(format!("dragged {:.1}", e.uv.x));
        })
        .add_observer(|e: On<AimReleased>, mut heard: ResMut<Heard>| {
            heard.0.push(format!("released {}", e.inside));
        })
        .add_observer(|_: On<AimLeft>, mut heard: ResMut<Heard>| heard.0.push("left".into()))
        .add_observer(|e: On<AimScrolled>, mut heard: ResMut<Heard>| {
            heard.0.push(format!("scrolled {}", e.scroll.y));
        });
    app
}

/// A surface of 2 m by 1 m.
fn surface(app: &mut App, place: Transform) -> Entity {
    app.world_mut()
        .spawn((
            Surface { size: vec2(2.0, 1.0) },
            place,
            GlobalTransform::from(place),
            InheritedVisibility::VISIBLE,
        ))
        .id()
}

/// An aim from `from` straight ahead along -Z.
fn ahead(from: Vec3) -> Aim {
    Aim { ray: Some(Ray3d::new(from, Dir3::NEG_Z)), ..default() }
}

fn point(app: &mut App, aim: Entity, to: Aim) -> Option<Hit> {
    *app.world_mut().get_mut::<Aim>(aim).unwrap() = to;
    app.update();
    app.world().get::<AimedAt>(aim).unwrap().0
}

fn heard(app: &mut App) -> Vec<String> {
    std::mem::take(&mut app.world_mut().resource_mut::<Heard>().0)
}

#[test]
fn a_hit_tells_where_from_the_top_left() {
    let mut app = room();
    let wall = surface(&mut app, Transform::from_xyz(1.0, 2.0, -3.0));
    let aim = app.world_mut().spawn(Aim::default()).id();
    let hit = point(&mut app, aim, ahead(vec3(0.5, 2.25, 1.0))).unwrap();
    assert_eq!(hit.surface, wall);
    assert!(hit.uv.abs_diff_eq(vec2(0.25, 0.25), 1e-6), "{}", hit.uv);
    assert!(hit.point.abs_diff_eq(vec3(0.5, 2.25, -3.0), 1e-6));
    assert!((hit.distance - 4.0).abs() < 1e-6);
}

#[test]
fn beside_behind_hidden_and_untouchable_are_no_hits() {
    let mut app = room();
    let wall = surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
    let aim = app.world_mut().spawn(Aim::default()).id();
    assert!(point(&mut app, aim, ahead(vec3(1.01, 0.0, 0.0))).is_none(), "beside");
    assert!(point(&mut app, aim, ahead(vec3(0.0, 0.0, -4.0))).is_none(), "already past it");
    let from_behind = Aim { ray: Some(Ray3d::new(vec3(0.0, 0.0, -4.0), Dir3::Z)), ..default() };
    assert!(point(&mut app, aim, from_behind).is_none(), "back face");
    app.world_mut().entity_mut(wall).insert(Untouchable);
    assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_none(), "untouchable");
    app.world_mut().entity_mut(wall).remove::<Untouchable>();
    assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_some());
    app.world_mut().entity_mut(wall).insert(InheritedVisibility::HIDDEN);
    assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_none(), "hidden");
}

#[test]
fn a_surface_of_other_layers_is_not_there() {
    let mut app = room();
    let wall = surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
    let strip = surface(&mut app, Transform::from_xyz(0.0, 0.0, -2.0));
    app.world_mut().entity_mut(strip).insert(RenderLayers::layer(2));
    let hand = app.world_mut().spawn(Aim::default()).id();
    let mouse = app.world_mut().spawn((Aim::default(), RenderLayers::from_layers(&[0, 2])));
    let mouse = mouse.id();
    assert_eq!(point(&mut app, hand, ahead(Vec3::ZERO)).unwrap().surface, wall);
    assert_eq!(point(&mut app, mouse, ahead(Vec3::ZERO)).unwrap().surface, strip);
    app.world_mut().entity_mut(mouse).remove::<RenderLayers>();
    assert_eq!(point(&mut app, mouse, ahead(Vec3::ZERO)).unwrap().surface, wall);
}

#[test]
fn the_nearest_surface_wins_and_scale_keeps_distances() {
    let mut app = room();
    surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
    let near = surface(&mut app, Transform::from_xyz(0.0, 0.0, -2.0).with_scale(Vec3::splat(0.1)));
    let aim = app.world_mut().spawn(Aim::default()).id();
    let hit = point(&mut app, aim, ahead(vec3(0.05, 0.0, 0.0))).unwrap();
    assert_eq!(hit.surface, near);
    assert!(hit.uv.abs_diff_eq(vec2(0.75, 0.5), 1e-5), "{}", hit.uv);
    assert!((hit.distance - 2.0).abs() < 1e-5);
    let beyond = point(&mut app, aim, ahead(vec3(0.2, 0.0, 0.0))).unwrap();
    assert_ne!(beyond.surface, near, "past the small one's edge");
}

#[test]
fn a_press_holds_its_surface_over_the_edge() {
    let mut app = room();
    let wall = surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
    let other = surface(&mut app, Transform::from_xyz(2.0, 0.0, -2.0));
    let aim = app.world_mut().spawn(Aim::default()).id();
    let pressed = |x: f32| Aim { pressed: true, ..ahead(vec3(x, 0.0, 0.0)) };
    point(&mut app, aim, pressed(0.0));
    assert_eq!(heard(&mut app), ["pressed"]);
    let hit = point(&mut app, aim, pressed(2.0)).unwrap();
    assert_eq!(hit.surface, wall, "although another one is nearer there");
    assert_eq!(heard(&mut app), ["dragged 1.5"]);
    point(&mut app, aim, Aim { ray: None, ..pressed(2.0) });
    assert!(heard(&mut app).is_empty(), "a lost ray changes nothing");
    point(&mut app, aim, ahead(vec3(2.0, 0.0, 0.0)));
    assert_eq!(heard(&mut app), ["released false"]);
    let hit = point(&mut app, aim, ahead(vec3(2.0, 0.0, 0.0))).unwrap();
    assert_eq!(hit.surface, other);
    assert_eq!(heard(&mut app), ["left"]);
}

#[test]
fn a_press_that_began_in_the_air_presses_nothing() {
    let mut app = room();
    surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
    let aim = app.world_mut().spawn(Aim::default()).id();
    point(&mut app, aim, Aim { pressed: true, ..ahead(vec3(5.0, 0.0, 0.0)) });
    assert!(point(&mut app, aim, Aim { pressed: true, ..ahead(Vec3::ZERO) }).is_none());
    point(&mut app, aim, ahead(Vec3::ZERO));
    assert!(heard(&mut app).is_empty());
    point(&mut app, aim, Aim { pressed: true, ..ahead(Vec3::ZERO) });
    point(&mut app, aim, ahead(Vec3::ZERO));
    assert_eq!(heard(&mut app), ["pressed", "released true"]);
}

#[test]
fn a_surface_that_goes_away_while_held_is_let_go() {
    let mut app = room();
    let wall = surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
    let aim = app.world_mut().spawn(Aim::default()).id();
    let pressed = Aim { pressed: true, ..ahead(Vec3::ZERO) };
    point(&mut app, aim, pressed.clone());
    app.world_mut().despawn(wall);
    assert!(point(&mut app, aim, pressed).is_none());
    assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_none());
    assert_eq!(heard(&mut app), ["pressed"]);
}

#[test]
fn the_wheel_reaches_what_is_aimed_at() {
    let mut app = room();
    surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
    let aim = app.world_mut().spawn(Aim::default()).id();
    point(&mut app, aim, Aim { scroll: vec2(0.0, -2.0), ..ahead(Vec3::ZERO) });
    assert_eq!(heard(&mut app), ["scrolled -2"]);
    point(&mut app, aim, Aim { scroll: vec2(0.0, -2.0), ..ahead(vec3(0.0, 9.0, 0.0)) });
    assert_eq!(heard(&mut app), ["left"]);
}

#[test]
fn reach_ends_but_what_is_held_stays() {
    let mut app = room();
    surface(&mut app, Transform::from_xyz(0.0, 0.0, -3.0));
    let aim = app.world_mut().spawn((Aim::default(), Reach(4.0))).id();
    let at = |z: f32, pressed| Aim { pressed, ..ahead(vec3(0.0, 0.0, z)) };
    assert!(point(&mut app, aim, at(1.5, false)).is_none(), "too far");
    assert!(point(&mut app, aim, at(0.5, false)).is_some());
    point(&mut app, aim, at(0.5, true));
    assert!(point(&mut app, aim, at(1.5, true)).is_some(), "held");
    assert!(point(&mut app, aim, at(1.5, false)).is_some(), "released there");
    assert!(point(&mut app, aim, at(1.5, false)).is_none());
    assert_eq!(heard(&mut app), ["pressed", "released true", "left"]);
}

/// Two points straight ahead, the second further to the right and beyond a wall of 2 m by 1 m.
fn points(app: &mut App) -> Entity {
    surface(app, Transform::from_xyz(3.0, 0.0, -4.0));
    app.world_mut()
        .spawn((
            Points { places: vec![0.0, 0.0, -3.0, 3.0, 0.0, -6.0].into() },
            GlobalTransform::IDENTITY,
            InheritedVisibility::VISIBLE,
        ))
        .id()
}

#[test]
fn a_point_is_met_like_a_surface_and_the_nearer_of_both_wins() {
    let mut app = room();
    let cloud = points(&mut app);
    let aim = app.world_mut().spawn(Aim::default()).id();
    let hit = point(&mut app, aim, ahead(vec3(0.01, 0.0, 0.0))).unwrap();
    assert_eq!((hit.surface, hit.part), (cloud, Some(0)));
    assert!(hit.point.abs_diff_eq(vec3(0.0, 0.0, -3.0), 1e-6));
    let hit = point(&mut app, aim, ahead(vec3(3.0, 0.0, 0.0))).unwrap();
    assert_eq!(hit.part, None, "the wall is before it");
    assert_eq!(heard(&mut app), ["left"]);
    assert!(point(&mut app, aim, ahead(vec3(0.5, 0.0, 0.0))).is_none(), "past both");
    point(&mut app, aim, ahead(Vec3::ZERO));
    app.world_mut().entity_mut(cloud).insert(Untouchable);
    assert!(point(&mut app, aim, ahead(Vec3::ZERO)).is_none(), "untouchable");
}

#[test]
fn a_press_holds_its_points_and_drags_from_one_to_the_next() {
    let mut app = room();
    let cloud = points(&mut app);
    let aim = app.world_mut().spawn(Aim::default()).id();
    let pressed = |x: f32| Aim { pressed: true, ..ahead(vec3(x, 0.0, 0.0)) };
    point(&mut app, aim, pressed(0.0));
    assert_eq!(heard(&mut app), ["pressed"]);
    let hit = point(&mut app, aim, pressed(2.8)).unwrap();
    assert_eq!((hit.surface, hit.part), (cloud, Some(1)), "although a wall is nearer there");
    assert_eq!(heard(&mut app), ["dragged 0.5"]);
    point(&mut app, aim, Aim { ray: None, ..pressed(2.8) });
    assert!(heard(&mut app).is_empty(), "a lost ray changes nothing");
    app.world_mut().despawn(cloud);
    assert!(point(&mut app, aim, pressed(0.0)).is_none(), "it has gone away");
    assert!(point(&mut app, aim, ahead(vec3(0.5, 0.0, 0.0))).is_none());
    assert!(heard(&mut app).is_empty());
}

/// Two hands before one wall; each stands so far from it.
fn two_hands(app: &mut App) -> [Entity; 2] {
    surface(app, Transform::from_xyz(0.0, 0.0, -3.0));
    [0, 1].map(|_| app.world_mut().spawn((Aim::default(), Paired)).id())
}

/// Which of the hands is over the wall, after both have moved to so many metres before it.
fn over(app: &mut App, hands: [Entity; 2], at: [(f32, bool); 2]) -> [bool; 2] {
    for (hand, (metres, pressed)) in hands.into_iter().zip(at) {
        let to = Aim { pressed, ..ahead(vec3(0.0, 0.0, metres - 3.0)) };
        *app.world_mut().get_mut::<Aim>(hand).unwrap() = to;
    }
    app.update();
    hands.map(|hand| app.world().get::<AimedAt>(hand).unwrap().0.is_some())
}

#[test]
fn of_two_hands_the_nearer_is_over_a_surface_and_does_not_give_it_up_lightly() {
    let mut app = room();
    let hands = two_hands(&mut app);
    assert_eq!(over(&mut app, hands, [(2.0, false), (2.5, false)]), [true, false]);
    assert_eq!(over(&mut app, hands, [(2.0, false), (1.99, false)]), [true, false]);
    assert_eq!(over(&mut app, hands, [(2.0, false), (1.9, false)]), [false, true]);
    assert_eq!(heard(&mut app), ["left"]);
    assert_eq!(over(&mut app, hands, [(1.89, false), (1.9, false)]), [false, true]);
    assert_eq!(over(&mut app, hands, [(2.0, false), (2.0, false)]), [false, true]);
}

#[test]
fn of_two_hands_the_one_that_presses_wins_and_keeps_what_it_holds() {
    let mut app = room();
    let hands = two_hands(&mut app);
    assert_eq!(over(&mut app, hands, [(1.0, false), (2.0, false)]), [true, false]);
    assert_eq!(over(&mut app, hands, [(1.0, false), (2.0, true)]), [false, true], "presses");
    assert_eq!(over(&mut app, hands, [(0.5, false), (2.0, true)]), [false, true], "holds");
    assert_eq!(over(&mut app, hands, [(0.5, true), (2.0, true)]), [false, true], "came late");
    assert_eq!(heard(&mut app), ["left", "pressed"], "the late press presses nothing");
    assert_eq!(over(&mut app, hands, [(0.5, true), (2.0, false)]), [false, true]);
    assert_eq!(heard(&mut app), ["released true"]);
    assert_eq!(over(&mut app, hands, [(0.5, false), (2.0, false)]), [true, false]);
}

#[test]
fn aims_that_are_no_pair_do_not_disturb_each_other() {
    let mut app = room();
    let hands = two_hands(&mut app);
    app.world_mut().entity_mut(hands[1]).remove::<Paired>();
    assert_eq!(over(&mut app, hands, [(1.0, true), (2.0, false)]), [true, true]);
}
