//! Plinths: where an exhibit stands, or a word on what will stand there.

use bevy::prelude::*;

use super::{
    Footprint,
    plan::{FREE_PLACES, PLINTH_HEIGHT_M, PLINTH_RADIUS_M, RING_RADIUS_M, facing_middle},
};
use crate::{
    stream::ExhibitId,
    world::ui::{
        palette,
        panel::{Ground, Hanger, PanelPlan},
        words,
    },
};

/// Width and height of a sign over a free plinth, in metres.
const SIGN_SIZE_M: Vec2 = vec2(1.9, 0.62);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, (place_exhibits, raise_free_plinths));
}

/// The exhibits that stand in the hall, put there by the app.
#[derive(Resource, Default)]
pub struct Programme(pub Vec<Placed>);

/// One exhibit and its place on the ring.
#[derive(Clone)]
pub struct Placed {
    /// Which exhibit.
    pub exhibit: ExhibitId,
    /// Its title.
    pub title: &'static str,
    /// Degrees from straight ahead, clockwise.
    pub bearing: f32,
    /// Whether the marquee tells what each stage did; an exhibit with a board of its own tells it there.
    pub tells_stages: bool,
}

/// The place of an exhibit: everything that belongs to the exhibit is its child, so that moving, turning or scaling
/// the place does it to the exhibit.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[require(Transform, Visibility, Home)]
pub struct Exhibited(pub ExhibitId);

/// Where an exhibit belongs when nobody has moved it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct Home(pub Transform);

/// An exhibit's place is ready to be furnished: its origin is the middle of the hall's floor, turned so
/// that the exhibit lies straight ahead.
#[derive(EntityEvent)]
pub struct PlinthPlaced {
    /// The place.
    pub entity: Entity,
    /// Whose it is.
    pub exhibit: ExhibitId,
}

fn place_exhibits(mut commands: Commands, programme: Res<Programme>) {
    for placed in &programme.0 {
        let home = Transform::from_rotation(Quat::from_rotation_y(-placed.bearing.to_radians()));
        let entity = commands
            .spawn((Name::new(placed.title), Exhibited(placed.exhibit), Home(home), home))
            .id();
        commands.trigger(PlinthPlaced { entity, exhibit: placed.exhibit });
    }
}

fn raise_free_plinths(
    programme: Res<Programme>,
    mut materials: ResMut<Assets<StandardMaterial>>,
    mut hanger: Hanger,
) {
    let drum =
        hanger.meshes.add(Cylinder::new(PLINTH_RADIUS_M, PLINTH_HEIGHT_M).mesh().resolution(64));
    let stone = materials.add(StandardMaterial {
        base_color: palette::PLATE_RAISED,
        perceptual_roughness: 0.95,
        reflectance: 0.1,
        ..default()
    });
    let rim = hanger.meshes.add(Torus::new(PLINTH_RADIUS_M - 0.006, PLINTH_RADIUS_M + 0.002));
    let rim_light =
        materials.add(StandardMaterial { base_color: palette::RULE, unlit: true, ..default() });
    let is_shown = |name| programme.0.iter().any(|placed| placed.exhibit.name() == name);
    for place in FREE_PLACES.iter().filter(|place| !place.exhibit.is_some_and(is_shown)) {
        hanger.commands.spawn((
            Name::new(format!("Plinth, {}", place.title)),
            Mesh3d(drum.clone()),
            MeshMaterial3d(stone.clone()),
            facing_middle(place.bearing, RING_RADIUS_M, PLINTH_HEIGHT_M / 2.0),
            Footprint::Disc { radius: PLINTH_RADIUS_M },
            children![(
                Mesh3d(rim.clone()),
                MeshMaterial3d(rim_light.clone()),
                Transform::from_xyz(0.0, PLINTH_HEIGHT_M / 2.0, 0.0),
            )],
        ));
        let sign = hanger.hang(PanelPlan {
            name: place.title,
            size_m: SIGN_SIZE_M,
            read_from_m: RING_RADIUS_M,
            ground: Ground::Clear,
        });
        hanger.commands.entity(sign.panel).insert((
            facing_middle(place.bearing, RING_RADIUS_M, 1.35),
            // It hangs at the height of a head.
            Footprint::Rectangle { size: SIGN_SIZE_M.with_y(0.0) },
        ));
        hanger.commands.entity(sign.root).with_children(|sign| {
            sign.spawn(words::title(place.title));
            sign.spawn(words::caption(place.promise));
        });
    }
}
