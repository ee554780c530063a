//! Emblems: what stands on a plinth while its exhibit rests, so that one sees from afar what waits there.

use bevy::prelude::*;

use super::plan::PLINTH_HEIGHT_M;
use crate::world::draw::{MeshMaterial3d, PlainMaterial};

/// Height of an emblem's middle above that of its plinth, in metres.
const UP_M: f32 = PLINTH_HEIGHT_M / 2.0 + 0.27;
/// How far an emblem reaches from its middle at most, in metres.
pub const REACH_M: f32 = 0.3;
/// The angle between a sunflower's seeds, which spreads points evenly over a sphere: π (3 − √5)
/// (Vogel 1979, <https://doi.org/10.1016/0025-5564(79)90080-4>).
pub const GOLDEN_ANGLE: f32 = 2.399_963_2;

/// How bright a body is by itself besides the hall's light, as a share of its colour, when so much of it is awake, 0..=1: it
/// is seen across the hall either way.
pub const fn glow(awake: f32) -> f32 {
    0.06 + 0.44 * awake
}

/// One body of an emblem, at some places around its middle; y is up.
pub struct Body {
    /// Its form.
    pub mesh: Mesh,
    /// Its colour.
    pub colour: Color,
    /// Where it stands, each within [`REACH_M`].
    pub places: Vec<Transform>,
}

/// Puts an emblem on a plinth; gives back what it stands on, and what its bodies are made of.
pub fn put(
    commands: &mut Commands,
    plinth: Entity,
    emblem: Vec<Body>,
    meshes: &mut Assets<Mesh>,
    materials: &mut Assets<PlainMaterial>,
) -> (Entity, Vec<Handle<PlainMaterial>>) {
    let stand = commands
        .spawn((
            Name::new("Emblem"),
            Transform::from_xyz(0.0, UP_M, 0.0),
            Visibility::Inherited,
            ChildOf(plinth),
        ))
        .id();
    let mut looks = Vec::with_capacity(emblem.len());
    for body in emblem {
        let mesh = meshes.add(body.mesh);
        let material = materials.add(PlainMaterial {
            colour: body.colour,
            lit: true,
            glow: glow(0.0),
            ..default()
        });
        looks.push(material.clone());
        for place in body.places {
            commands.spawn((
                Mesh3d(mesh.clone()),
                MeshMaterial3d(material.clone()),
                place,
                ChildOf(stand),
            ));
        }
    }
    (stand, looks)
}
