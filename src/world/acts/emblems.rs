//! Emblems: what stands on a plinth while its exhibit rests, so that one sees from afar what waits there.

use bevy::prelude::*;

use crate::world::draw::{MeshMaterial3d, PlainMaterial};

use crate::world::{
    stage::plan::{Emblem, PLINTH_HEIGHT_M},
    ui::palette,
};

/// Height of an emblem's middle above that of its plinth, in metres.
const UP_M: f32 = PLINTH_HEIGHT_M / 2.0 + 0.27;
/// Half of its height, in metres.
const REACH_M: f32 = 0.2;
/// The angle between a sunflower's seeds, which spreads points evenly over a sphere: π (3 − √5)
/// (Vogel 1979, <https://doi.org/10.1016/0025-5564(79)90080-4>).
const GOLDEN_ANGLE: f32 = 2.399_963_2;
/// Balls of a cloud.
const BALLS: usize = 60;

/// One body of an emblem.
struct Body {
    mesh: Mesh,
    colour: Color,
    places: Vec<Transform>,
}

/// Puts an emblem on a plinth.
pub(super) fn put(
    commands: &mut Commands,
    plinth: Entity,
    emblem: Emblem,
    meshes: &mut Assets<Mesh>,
    materials: &mut Assets<PlainMaterial>,
) {
    let stand = commands
        .spawn((
            Name::new("Emblem"),
            Transform::from_xyz(0.0, UP_M, 0.0),
            Visibility::Inherited,
            ChildOf(plinth),
        ))
        .id();
    for body in bodies(emblem) {
        let mesh = meshes.add(body.mesh);
        let material = materials.add(PlainMaterial {
            colour: body.colour,
            // The hall's light is faint, and an emblem is to be seen across it.
            lit: true,
            glow: 0.35,
            ..default()
        });
        for place in body.places {
            commands.spawn((
                Mesh3d(mesh.clone()),
                MeshMaterial3d(material.clone()),
                place,
                ChildOf(stand),
            ));
        }
    }
}

fn bodies(emblem: Emblem) -> Vec<Body> {
    match emblem {
        Emblem::None => Vec::new(),
        Emblem::Layers => layers(),
        Emblem::Cloud => cloud(),
        Emblem::Bowl => bowl(),
        Emblem::Boundary => boundary(),
    }
}

/// The input, three maps and a row of outputs, one behind the other.
fn layers() -> Vec<Body> {
    let plate = |size: f32| Cuboid::new(size, size, 0.014).mesh().build();
    let turned =
        |x: f32, y: f32| Transform::from_xyz(x, y, 0.0).with_rotation(Quat::from_rotation_y(0.9));
    vec![
        Body { mesh: plate(0.3), colour: palette::INK_QUIET, places: vec![turned(-0.19, 0.0)] },
        Body {
            mesh: plate(0.22),
            colour: palette::TRAIN,
            places: [-0.09, 0.0, 0.09].map(|x| turned(x, 0.0)).to_vec(),
        },
        Body {
            mesh: Cuboid::from_length(0.03).mesh().build(),
            colour: palette::TEST,
            places: (0..5).map(|at| turned(0.2, 0.05 * at as f32 - 0.1)).collect(),
        },
    ]
}

/// A dome of balls in the colours of genres.
fn cloud() -> Vec<Body> {
    let colours = [
        palette::GENRE_DRAMA,
        palette::GENRE_COMEDY,
        palette::GENRE_ACTION,
        palette::GENRE_ROMANCE,
        palette::GENRE_FANTASY,
    ];
    let place = |at: usize| {
        let up = 1.0 - 1.3 * (at as f32 + 0.5) / BALLS as f32;
        let angle = GOLDEN_ANGLE * at as f32;
        let across = (1.0 - up * up).max(0.0).sqrt();
        Transform::from_translation(
            REACH_M * vec3(across * angle.cos(), up - 0.3, across * angle.sin()),
        )
    };
    let body = |(group, colour): (usize, Color)| Body {
        mesh: Sphere::new(0.014).mesh().uv(12, 8),
        colour,
        places: (group..BALLS).step_by(colours.len()).map(place).collect(),
    };
    colours.into_iter().enumerate().map(body).collect()
}

/// Contour lines of a bowl, and a ball on its way down.
fn bowl() -> Vec<Body> {
    let line = |at: usize| {
        let radius = 0.06 + 0.05 * at as f32;
        // A paraboloid: height grows with the square of the radius.
        let up = 6.0 * radius * radius - 0.18;
        Body {
            mesh: Torus::new(radius - 0.004, radius + 0.004).mesh().build(),
            colour: palette::TRAIN,
            places: vec![Transform::from_xyz(0.0, up, 0.0)],
        }
    };
    let ball = Body {
        mesh: Sphere::new(0.028).mesh().uv(20, 12),
        colour: palette::TEST,
        places: vec![Transform::from_xyz(0.12, 6.0 * 0.16 * 0.16 - 0.15, 0.1)],
    };
    (0..4).map(line).chain([ball]).collect()
}

/// Two kinds of balls, and the plane that parts them.
fn boundary() -> Vec<Body> {
    let tilt = Quat::from_rotation_z(0.5);
    let side = |sign: f32| -> Vec<Transform> {
        (0..9)
            .map(|at| {
                let angle = GOLDEN_ANGLE * at as f32;
                let across = 0.05 * (at as f32).sqrt();
                let off = 0.07 + 0.02 * (at % 3) as f32;
                Transform::from_translation(
                    tilt * vec3(sign * off, across * angle.sin(), across * angle.cos()),
                )
            })
            .collect()
    };
    let ball = || Sphere::new(0.02).mesh().uv(16, 10);
    vec![
        Body { mesh: ball(), colour: palette::TRAIN, places: side(-1.0) },
        Body { mesh: ball(), colour: palette::TEST, places: side(1.0) },
        Body {
            mesh: Cuboid::new(0.008, 0.34, 0.34).mesh().build(),
            colour: palette::RULE,
            places: vec![Transform::from_rotation(tilt)],
        },
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::stage::plan::FREE_PLACES;

    #[test]
    fn every_exhibit_has_an_emblem_that_stands_on_its_plinth() {
        for place in FREE_PLACES {
            let bodies = bodies(place.emblem);
            assert_eq!(bodies.is_empty(), place.exhibit.is_none(), "{}", place.title);
            for place in bodies.iter().flat_map(|body| &body.places) {
                assert!(place.translation.length() < 0.3 && place.translation.y > -0.25);
            }
        }
    }
}
