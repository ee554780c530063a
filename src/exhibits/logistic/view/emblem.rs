//! What stands for this exhibit on its plinth.

use bevy::prelude::*;

use crate::world::{
    stage::emblem::{Body, GOLDEN_ANGLE},
    ui::palette,
};

/// Two kinds of balls, and the plane that parts them.
pub(in crate::exhibits::logistic) fn emblem() -> Vec<Body> {
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
