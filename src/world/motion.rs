//! How much things in the hall move by themselves.

use bevy::prelude::*;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Motion>();
}

/// What the visitor chose: with less motion what would glide is where it belongs at once, and only light comes and goes.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Motion {
    #[default]
    Usual,
    Less,
}
