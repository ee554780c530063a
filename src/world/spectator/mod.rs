//! The window while somebody wears the headset: a calm view for the class, at a rate of its own.
//!
//! `view` moves the window's camera, `pace` chooses the frames in which it draws, `strip` says what goes on and has
//! the teacher's buttons, and `visitor` shows the one who cannot see the class.

mod caption;
mod gaze;
mod pace;
mod strip;
#[cfg(test)]
mod tests;
mod view;
mod visitor;

use bevy::prelude::*;

/// The spectators' window; for halls in which a headset answers.
pub fn plugin(app: &mut App) {
    app.init_resource::<SpectatorPlan>().add_plugins((
        view::plugin,
        pace::plugin,
        strip::plugin,
        visitor::plugin,
    ));
}

/// What the window shows to spectators, and how often; the command line begins it, F2 goes on.
#[derive(Resource, Clone, Copy, Debug, PartialEq)]
pub struct SpectatorPlan {
    pub mode: SpectatorMode,
    /// Pictures per second; more than the headset's frames are not drawn.
    pub hz: f32,
}

impl Default for SpectatorPlan {
    fn default() -> Self {
        Self { mode: SpectatorMode::default(), hz: 30.0 }
    }
}

/// How spectators see the hall.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpectatorMode {
    /// With the visitor, but calmly and with a level horizon.
    #[default]
    Follow,
    /// The exhibit whole, as in the first view of a window.
    Exhibit,
    /// Where keys and mouse take them.
    Free,
    /// Not at all: the strip alone is drawn.
    Off,
}

impl SpectatorMode {
    /// The one after this; nobody comes to [`Self::Off`] by going on.
    pub const fn next(self) -> Self {
        match self {
            Self::Follow => Self::Exhibit,
            Self::Exhibit => Self::Free,
            Self::Free | Self::Off => Self::Follow,
        }
    }

    /// As the strip says it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Follow => say!("spectator-with-the-visitor"),
            Self::Exhibit => say!("spectator-the-exhibit"),
            Self::Free => say!("spectator-free-flight"),
            Self::Off => say!("spectator-not-drawn"),
        }
    }
}
