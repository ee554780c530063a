//! What stands for this exhibit on its plinth.

use bevy::prelude::*;

use crate::world::{stage::emblem::Body, ui::palette};

/// The input, three maps and a row of outputs, one behind the other.
pub(in crate::exhibits::digits) fn emblem() -> Vec<Body> {
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
