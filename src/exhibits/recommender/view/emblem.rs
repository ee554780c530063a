//! What stands for this exhibit on its plinth.

use bevy::prelude::*;

use crate::world::{
    stage::emblem::{Body, GOLDEN_ANGLE},
    ui::palette,
};

/// Half of its height, in metres.
const REACH_M: f32 = 0.2;
/// Balls of a cloud.
const BALLS: usize = 60;

/// A dome of balls in the colours of genres.
pub(in crate::exhibits::recommender) fn emblem() -> Vec<Body> {
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
