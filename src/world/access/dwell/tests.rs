//! Resting aims in a hall: what they press, and what they do not.

use std::time::Duration;

use bevy::{time::TimeUpdateStrategy, ui::InteractionDisabled};

use super::*;
use crate::world::{
    headless::{hall_with, lay_out, panel, place},
    interaction::aim::{AimPressed, Surface},
    ui::controls::{Activate, ButtonKind, button},
};

#[derive(Resource, Default)]
struct Heard(usize);

const FRAME_SECS: f32 = 0.05;

/// A hall with a button that can be pressed and one that cannot, and an aim.
fn desk(dwell_secs: Option<f32>) -> (App, Entity) {
    let mut app = hall_with(|app| {
        app.insert_resource(Access { dwell_secs, ..default() });
        plugin(app);
    });
    app.init_resource::<Heard>()
        .add_observer(|_: On<Activate>, mut heard: ResMut<Heard>| heard.0 += 1);
    let hung = panel(&mut app);
    app.world_mut().entity_mut(hung.root).with_children(|page| {
        page.spawn(button("go", "Go", ButtonKind::Primary));
        page.spawn((button("not now", "Not now", ButtonKind::Plain), InteractionDisabled));
    });
    lay_out(&mut app);
    let every = Duration::from_secs_f32(FRAME_SECS);
    app.insert_resource(TimeUpdateStrategy::ManualDuration(every));
    let aim = app.world_mut().spawn(Aim::default()).id();
    (app, aim)
}

/// Rests on a place for so many seconds, without a button; an aim without one is written anew in every frame.
fn rest_at(app: &mut App, aim: Entity, at: Vec3, secs: f32) {
    let ray = Some(Ray3d::new(Vec3::ZERO, Dir3::new(at).unwrap()));
    for _ in 0..(secs / FRAME_SECS).round() as usize {
        app.world_mut().entity_mut(aim).insert(Aim { ray, ..default() });
        app.update();
    }
}

fn heard(app: &App) -> usize {
    app.world().resource::<Heard>().0
}

#[test]
fn a_rest_presses_a_button_once() {
    let (mut app, aim) = desk(Some(0.6));
    let go = place(&mut app, "go", Vec2::splat(0.5));
    rest_at(&mut app, aim, go, 0.5);
    assert_eq!(heard(&app), 0, "not yet");
    rest_at(&mut app, aim, go, 3.0);
    assert_eq!(heard(&app), 1);
    rest_at(&mut app, aim, Vec3::X, 0.2);
    rest_at(&mut app, aim, go, 1.2);
    assert_eq!(heard(&app), 2, "another rest");
}

#[test]
fn nothing_is_pressed_that_cannot_be_and_nothing_at_all_where_it_is_off() {
    let (mut app, aim) = desk(Some(0.6));
    let not_now = place(&mut app, "not now", Vec2::splat(0.5));
    rest_at(&mut app, aim, not_now, 3.0);
    // The page beside the controls.
    rest_at(&mut app, aim, vec3(0.45, -0.35, -1.0), 3.0);
    assert_eq!(heard(&app), 0);
    let (mut app, aim) = desk(None);
    let go = place(&mut app, "go", Vec2::splat(0.5));
    rest_at(&mut app, aim, go, 5.0);
    assert_eq!(heard(&app), 0);
}

#[test]
fn the_hand_that_does_not_lead_presses_nothing() {
    let (mut app, aim) = desk(Some(0.6));
    let go = place(&mut app, "go", Vec2::splat(0.5));
    app.world_mut().entity_mut(aim).insert(Paired);
    rest_at(&mut app, aim, go, 3.0);
    assert_eq!(heard(&app), 0);
    app.world_mut().entity_mut(aim).insert(Leads);
    rest_at(&mut app, aim, go, 3.0);
    assert_eq!(heard(&app), 1);
}

#[test]
fn a_surface_is_pressed_where_the_aim_rests() {
    #[derive(Resource, Default)]
    struct Pressed(Vec<Vec2>);
    let (mut app, aim) = desk(Some(0.6));
    let surface =
        app.world_mut().spawn((Surface { size: Vec2::ONE }, Transform::from_xyz(0.0, 3.0, -1.0)));
    let surface = surface.id();
    app.init_resource::<Pressed>();
    app.world_mut()
        .entity_mut(surface)
        .observe(|press: On<AimPressed>, mut pressed: ResMut<Pressed>| pressed.0.push(press.uv));
    rest_at(&mut app, aim, vec3(0.25, 3.0, -1.0), 2.0);
    let pressed = &app.world().resource::<Pressed>().0;
    assert_eq!(pressed.len(), 1);
    assert!(pressed[0].abs_diff_eq(vec2(0.75, 0.5), 1e-3), "{pressed:?}");
}
