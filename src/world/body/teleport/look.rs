//! How a teleport looks: an arc, a ring where it lands, and an arrow the way one will look.

use std::f32::consts::FRAC_PI_2;

use bevy::prelude::*;

use crate::world::draw::{MeshMaterial3d, PlainMaterial};

use super::{Aiming, Throw};
use crate::world::{WorldSystems, display::Wires, ui::palette};

/// Pieces of the arc.
const PIECES: u16 = 28;
/// Width of the arc, in metres.
const ARC_WIDTH_M: f32 = 0.012;
/// Inner and outer radius of the ring, in metres.
const RING_RADII_M: [f32; 2] = [0.25, 0.29];
/// The arrow before the ring: half its width, and where it begins and ends, in metres from the ring's middle.
const ARROW_HALF_WIDTH_M: f32 = 0.1;
const ARROW_SPAN_M: [f32; 2] = [0.33, 0.47];
/// How high above the floor both lie, in metres.
const ABOVE_FLOOR_M: f32 = 0.012;
/// How long the ring takes to open, in seconds.
const OPEN_SECS: f32 = 0.15;

pub(in crate::world::body) fn plugin(app: &mut App) {
    app.add_systems(Startup, make).add_systems(Update, show.in_set(WorldSystems::Show));
}

/// The two colours of ring and arrow: where one can stand, and where not.
#[derive(Resource)]
struct Colours {
    free: Handle<PlainMaterial>,
    taken: Handle<PlainMaterial>,
}

/// Marks the arc.
#[derive(Component)]
struct Arc;

/// Marks what lies on the floor; it holds how far it is open, from 0 to 1.
#[derive(Component, Default)]
struct Landing(f32);

/// Marks the ring.
#[derive(Component)]
struct Ring;

/// Marks the arrow, which is there only where one can stand: amber is not the only sign.
#[derive(Component)]
struct Arrow;

fn make(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<PlainMaterial>>,
) {
    let mut unlit = |colour| materials.add(PlainMaterial { colour, both_sides: true, ..default() });
    let colours = Colours { free: unlit(palette::ACCENT), taken: unlit(palette::AMBER) };
    let mut wires = Wires::new(usize::from(PIECES));
    wires.width = ARC_WIDTH_M;
    commands.spawn((Name::new("Teleport arc"), Arc, wires, Visibility::Hidden));
    let flat = Quat::from_rotation_x(-FRAC_PI_2);
    let [begin, end] = ARROW_SPAN_M;
    commands.spawn((
        Name::new("Teleport landing"),
        Landing::default(),
        Transform::default(),
        Visibility::Hidden,
        children![
            (
                Ring,
                Mesh3d(
                    meshes
                        .add(Annulus::new(RING_RADII_M[0], RING_RADII_M[1]).mesh().resolution(64),)
                ),
                MeshMaterial3d(colours.free.clone()),
                Transform::from_rotation(flat),
            ),
            (
                Arrow,
                Mesh3d(meshes.add(Triangle2d::new(
                    vec2(-ARROW_HALF_WIDTH_M, begin),
                    vec2(ARROW_HALF_WIDTH_M, begin),
                    vec2(0.0, end),
                ))),
                MeshMaterial3d(colours.free.clone()),
                Transform::from_rotation(flat),
            ),
        ],
    ));
    commands.insert_resource(colours);
}

fn show(
    aiming: Res<Aiming>,
    colours: Res<Colours>,
    time: Res<Time<Real>>,
    arc: Single<(&mut Wires, &mut Visibility), (With<Arc>, Without<Landing>, Without<Arrow>)>,
    landing: Single<(&mut Landing, &mut Transform, &mut Visibility), Without<Arrow>>,
    ring: Single<&mut MeshMaterial3d<PlainMaterial>, With<Ring>>,
    arrow: Single<&mut Visibility, With<Arrow>>,
) {
    let (mut wires, mut arc_seen) = arc.into_inner();
    let (mut landing, mut place, mut landing_seen) = landing.into_inner();
    let Some((throw, flight)) = aiming.0.and_then(|throw| Some((throw, throw.flight?))) else {
        arc_seen.set_if_neq(Visibility::Hidden);
        landing_seen.set_if_neq(Visibility::Hidden);
        landing.0 = 0.0;
        return;
    };

    arc_seen.set_if_neq(Visibility::Inherited);
    wires.colour = if throw.free { palette::ACCENT } else { palette::AMBER };
    let lines: Vec<_> =
        flight.pieces(PIECES).enumerate().map(|(at, (from, to))| (from, to, fade(at))).collect();
    wires.set(&lines);

    landing_seen.set_if_neq(if flight.lands { Visibility::Inherited } else { Visibility::Hidden });
    landing.0 = (landing.0 + time.delta_secs() / OPEN_SECS).min(1.0);
    place.set_if_neq(lying(&throw, flight.end(), landing.0));
    let material = if throw.free { &colours.free } else { &colours.taken };
    ring.into_inner().set_if_neq(MeshMaterial3d(material.clone()));
    let pointing = if throw.free { Visibility::Inherited } else { Visibility::Hidden };
    arrow.into_inner().set_if_neq(pointing);
}

/// The first pieces are faint, so that the hand is not hidden behind them.
fn fade(piece: usize) -> f32 {
    // A piece is a small whole number.
    ((piece as f32 + 1.0) / 6.0).min(1.0)
}

fn lying(throw: &Throw, end: Vec3, open: f32) -> Transform {
    Transform::from_translation(end.with_y(ABOVE_FLOOR_M))
        .with_rotation(Quat::from_rotation_y(throw.heading))
        .with_scale(Vec3::splat(open.max(0.01)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::body::{harness::showroom, teleport::Flight};

    fn seen<F: bevy::ecs::query::QueryFilter>(app: &mut App) -> bool {
        let mut seen = app.world_mut().query_filtered::<&InheritedVisibility, F>();
        seen.single(app.world()).unwrap().get()
    }

    #[test]
    fn arc_ring_and_arrow_say_where_one_will_stand() {
        let mut app = showroom();
        app.add_plugins(plugin).init_resource::<Aiming>();
        app.update();
        assert!(!seen::<With<Arc>>(&mut app) && !seen::<With<Ring>>(&mut app));

        let direction = Dir3::new(vec3(0.3, 0.1, -1.0)).unwrap();
        let flight = Flight::thrown(vec3(0.0, 1.2, 0.0), direction).unwrap();
        let hand = app.world_mut().spawn_empty().id();
        let throw = Throw { hand, flight: Some(flight), free: true, turn: 0.0, heading: 0.7 };
        app.insert_resource(Aiming(Some(throw)));
        (0..20).for_each(|_| app.update());
        assert!(seen::<With<Arc>>(&mut app) && seen::<With<Ring>>(&mut app));
        assert!(seen::<With<Arrow>>(&mut app));
        let mut wires = app.world_mut().query_filtered::<&Wires, With<Arc>>();
        let lines = wires.single(app.world()).unwrap().lines().to_vec();
        assert_eq!(lines.len(), usize::from(PIECES));
        assert!(lines[lines.len() - 1].1.distance(flight.end()) < 1e-5);
        let mut lying = app.world_mut().query_filtered::<&Transform, With<Landing>>();
        let place = *lying.single(app.world()).unwrap();
        assert!(place.translation.xz().distance(flight.end().xz()) < 1e-5);
        assert_eq!(place.scale, Vec3::ONE);
        // The arrow's tip lies before the ring, the way one will look.
        let mut arrow = app.world_mut().query_filtered::<&GlobalTransform, With<Arrow>>();
        let tip = arrow.single(app.world()).unwrap().transform_point(vec3(0.0, 0.47, 0.0));
        let way = Quat::from_rotation_y(0.7) * Vec3::NEG_Z;
        assert!((tip - place.translation).normalize().dot(way) > 0.999);

        app.insert_resource(Aiming(Some(Throw { free: false, ..throw })));
        app.update();
        assert!(seen::<With<Ring>>(&mut app) && !seen::<With<Arrow>>(&mut app));
        let colour = wires.single(app.world()).unwrap().colour;
        assert_eq!(colour, palette::AMBER);

        let to_wall = Dir3::new(vec3(0.0, 0.8, -1.0)).unwrap();
        let flight = Flight::thrown(vec3(0.0, 1.2, -5.0), to_wall);
        app.insert_resource(Aiming(Some(Throw { free: false, flight, ..throw })));
        app.update();
        assert!(seen::<With<Arc>>(&mut app) && !seen::<With<Ring>>(&mut app));
    }
}
