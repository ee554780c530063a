//! The visitor as spectators see them: a head, long rays from the hands, and a ring where a ray hits.

use std::f32::consts::FRAC_PI_2;

use bevy::{camera::visibility::RenderLayers, prelude::*};

use crate::world::{
    Head, SPECTATOR_ONLY, WindowCamera, WorldSystems,
    body::Hand,
    display::Wires,
    headset::{Headset, worn},
    interaction::aim::{Aim, AimedAt},
    ui::palette,
};

use crate::world::draw::{MeshMaterial3d, Opacity, PlainMaterial};

/// Rays are this long where they hit nothing, in metres, and so strong then.
const INTO_THE_AIR_M: f32 = 3.0;
const INTO_THE_AIR_STRENGTH: f32 = 0.35;
/// Width of a ray in metres: to be seen from across the hall.
const RAY_M: f32 = 0.004;
/// Radius of a ring as seen by the spectators, as a tangent, and at least, in metres.
const RING: f32 = 0.012;
const LEAST_RING_M: f32 = 0.012;
/// How far before the surface a ring hangs, in metres: relief stands out of it.
const BEFORE_M: f32 = 0.014;
/// The head is gone for who is nearer than the first, and there for who is further than the second, in metres: from
/// close behind it would hide what the visitor looks at.
const FADES_M: (f32, f32) = (0.5, 2.2);
/// Smaller changes of its opacity are none.
const LEAST_FADE: f32 = 0.02;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(put_on_head).add_observer(take_off_head).add_systems(
        Update,
        (draw_rays, place_rings, fade_head.run_if(worn)).chain().in_set(WorldSystems::Show),
    );
    app.add_systems(Startup, bring);
}

/// The lines of the hands' rays.
#[derive(Component)]
pub(super) struct Rays;

/// Where the ray of one hand hits; by the order of the hands.
#[derive(Component, Clone, Copy, Debug)]
pub(super) struct Ring(usize);

/// The middle of a ring, while the hand presses.
#[derive(Component)]
struct Pressed;

/// The visitor's head for others to see, a child of the real one.
#[derive(Component)]
pub(super) struct Visor;

/// What the head is made of.
#[derive(Resource)]
struct HeadForm {
    skull: Handle<Mesh>,
    visor: Handle<Mesh>,
    strap: Handle<Mesh>,
    shell: Handle<PlainMaterial>,
    glass: Handle<PlainMaterial>,
    light: Handle<PlainMaterial>,
}

fn bring(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<PlainMaterial>>,
) {
    let only = RenderLayers::layer(SPECTATOR_ONLY);
    let mut wires = Wires::new(2);
    wires.colour = palette::ACCENT_BRIGHT;
    wires.width = RAY_M;
    commands.spawn((Name::new("Rays for spectators"), Rays, wires, only.clone()));

    let ring = meshes.add(Annulus::new(0.72, 1.0).mesh().resolution(48));
    let middle = meshes.add(Circle::new(0.6).mesh().resolution(48));
    let light = materials.add(PlainMaterial {
        colour: palette::ACCENT_BRIGHT,
        // Seen from behind, too.
        both_sides: true,
        ..default()
    });
    for hand in 0..2 {
        commands.spawn((
            Name::new("Ring for spectators"),
            Ring(hand),
            Mesh3d(ring.clone()),
            MeshMaterial3d(light.clone()),
            Visibility::Hidden,
            only.clone(),
            children![(
                Pressed,
                Mesh3d(middle.clone()),
                MeshMaterial3d(light.clone()),
                Visibility::Hidden,
                only.clone(),
            )],
        ));
    }

    let mut material = |colour, lit| {
        materials.add(PlainMaterial { colour, lit, opacity: Opacity::Blend, ..default() })
    };
    commands.insert_resource(HeadForm {
        skull: meshes.add(Sphere::new(0.1).mesh().uv(48, 32)),
        visor: meshes.add(Capsule3d::new(0.045, 0.075).mesh().latitudes(16).longitudes(32)),
        strap: meshes.add(Capsule3d::new(0.006, 0.1).mesh().latitudes(8).longitudes(16)),
        shell: material(palette::INK_QUIET, true),
        glass: material(palette::RULE, true),
        light: material(palette::ACCENT, false),
    });
}

/// Looks along -Z from between the eyes, as the head that it is put on.
fn put_on_head(
    add: On<Add, Head>,
    windows: Query<(), With<WindowCamera>>,
    form: Option<Res<HeadForm>>,
    mut commands: Commands,
) {
    let Some(form) = form.filter(|_| !windows.contains(add.entity)) else {
        return;
    };
    let only = RenderLayers::layer(SPECTATOR_ONLY);
    let across = Quat::from_rotation_z(FRAC_PI_2);
    let part = |mesh: &Handle<Mesh>, material: &Handle<PlainMaterial>, place: Transform| {
        (Mesh3d(mesh.clone()), MeshMaterial3d(material.clone()), place, only.clone())
    };
    commands.spawn((
        Name::new("The visitor's head"),
        Visor,
        Transform::default(),
        Visibility::default(),
        ChildOf(add.entity),
        children![
            part(
                &form.skull,
                &form.shell,
                Transform::from_xyz(0.0, -0.01, 0.09).with_scale(vec3(0.8, 1.15, 0.98)),
            ),
            part(
                &form.visor,
                &form.glass,
                Transform::from_xyz(0.0, 0.0, -0.015)
                    .with_rotation(across)
                    .with_scale(vec3(1.0, 1.0, 0.75)),
            ),
            part(
                &form.strap,
                &form.light,
                Transform::from_xyz(0.0, 0.0, -0.046).with_rotation(across),
            ),
        ],
    ));
}

fn take_off_head(
    remove: On<Remove, Head>,
    visors: Query<(Entity, &ChildOf), With<Visor>>,
    mut commands: Commands,
) {
    for (visor, on) in &visors {
        if on.parent() == remove.entity
            && let Ok(mut visor) = commands.get_entity(visor)
        {
            visor.try_despawn();
        }
    }
}

fn fade_head(
    headset: Res<Headset>,
    form: Option<Res<HeadForm>>,
    camera: Option<Single<&GlobalTransform, With<WindowCamera>>>,
    mut visors: Query<(&GlobalTransform, &mut Visibility), With<Visor>>,
    mut materials: ResMut<Assets<PlainMaterial>>,
    mut last: Local<f32>,
) {
    let (Some(form), Some(camera)) = (form, camera) else {
        return;
    };
    // Who has taken the headset off is not where it lies.
    let there = matches!(*headset, Headset::Worn { visible: true, .. });
    for (place, mut seen) in &mut visors {
        let opacity = opacity(place.translation().distance(camera.translation()));
        let shown = there && opacity > LEAST_FADE;
        seen.set_if_neq(if shown { Visibility::Inherited } else { Visibility::Hidden });
        if shown && (opacity - *last).abs() > LEAST_FADE {
            *last = opacity;
            for part in [&form.shell, &form.glass, &form.light] {
                if let Some(mut material) = materials.get_mut(part) {
                    material.colour.set_alpha(opacity);
                }
            }
        }
    }
}

/// How much of the head is there for who looks at it from so many metres.
fn opacity(distance_m: f32) -> f32 {
    ((distance_m - FADES_M.0) / (FADES_M.1 - FADES_M.0)).clamp(0.0, 1.0)
}

fn draw_rays(
    hands: Query<(&Aim, &AimedAt), With<Hand>>,
    rays: Option<Single<&mut Wires, With<Rays>>>,
    mut lines: Local<Vec<(Vec3, Vec3, f32)>>,
) {
    let Some(mut rays) = rays else {
        return;
    };
    lines.clear();
    lines.extend(hands.iter().filter_map(|(aim, at)| {
        let ray = aim.ray?;
        Some(match at.0 {
            Some(hit) => (ray.origin, hit.point, 1.0),
            None => (ray.origin, ray.get_point(INTO_THE_AIR_M), INTO_THE_AIR_STRENGTH),
        })
    }));
    if rays.lines() != lines.as_slice() {
        rays.set(&lines);
    }
}

fn place_rings(
    hands: Query<(&Aim, &AimedAt), With<Hand>>,
    surfaces: Query<&GlobalTransform>,
    camera: Option<Single<Entity, With<WindowCamera>>>,
    mut rings: Query<(&Ring, &Children, &mut Transform, &mut Visibility), Without<Pressed>>,
    mut middles: Query<&mut Visibility, With<Pressed>>,
) {
    let Some(eye) = camera.and_then(|camera| surfaces.get(*camera).ok()) else {
        return;
    };
    for (ring, parts, mut place, mut seen) in &mut rings {
        let on = hands.iter().nth(ring.0).and_then(|(aim, at)| {
            let hit = at.0.filter(|_| aim.ray.is_some())?;
            Some((aim.pressed, hit.point, surfaces.get(hit.surface).ok()?))
        });
        let Some((pressed, point, surface)) = on else {
            seen.set_if_neq(Visibility::Hidden);
            continue;
        };
        let rotation = surface.rotation();
        let radius_m = (eye.translation().distance(point) * RING).max(LEAST_RING_M);
        place.set_if_neq(
            Transform::from_translation(point + rotation * Vec3::Z * BEFORE_M)
                .with_rotation(rotation)
                .with_scale(Vec3::splat(radius_m)),
        );
        seen.set_if_neq(Visibility::Inherited);
        for &part in parts {
            if let Ok(mut middle) = middles.get_mut(part) {
                let shown = if pressed { Visibility::Inherited } else { Visibility::Hidden };
                middle.set_if_neq(shown);
            }
        }
    }
}
