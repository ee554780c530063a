//! What stands for this exhibit on its plinth.

use bevy::prelude::*;

use crate::world::{stage::emblem::Body, ui::palette};

/// Contour lines of a bowl, and a ball on its way down.
pub(in crate::exhibits::descent) fn emblem() -> Vec<Body> {
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
