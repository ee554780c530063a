//! What stands for this exhibit on its plinth.

use bevy::prelude::*;

use crate::world::{stage::emblem::Body, ui::palette};

/// A row of layers that grow narrower, and a way around the middle ones.
pub(in crate::exhibits::network) fn emblem() -> Vec<Body> {
    let turned =
        |x: f32, y: f32| Transform::from_xyz(x, y, 0.0).with_rotation(Quat::from_rotation_y(0.9));
    let plate = |size: f32| Cuboid::new(size, size, 0.014).mesh().build();
    vec![
        Body { mesh: plate(0.26), colour: palette::INK_QUIET, places: vec![turned(-0.22, 0.0)] },
        Body {
            mesh: plate(0.18),
            colour: palette::TRAIN,
            places: [-0.11, 0.0, 0.11].map(|x| turned(x, 0.0)).to_vec(),
        },
        Body {
            mesh: Cuboid::new(0.3, 0.012, 0.012).mesh().build(),
            colour: palette::ACCENT,
            places: vec![Transform::from_xyz(0.0, 0.14, 0.0)],
        },
        Body { mesh: plate(0.09), colour: palette::TEST, places: vec![turned(0.22, 0.0)] },
    ]
}
