//! High contrast: every page, board and the hall itself in the second set of the palette.
//!
//! Whoever spawns something names a colour of the palette; what takes its place is looked up where pages are painted
//! and materials are told, so that nobody has to spawn anything anew.

use bevy::prelude::*;

use super::palette;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Contrast>();
}

/// How far what is read stands out from its ground.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Contrast {
    #[default]
    Usual,
    High,
}

impl Contrast {
    /// What a colour of the palette looks like.
    pub fn of(self, colour: Color) -> Color {
        match self {
            Self::Usual => colour,
            Self::High => palette::in_high_contrast(colour),
        }
    }
}
