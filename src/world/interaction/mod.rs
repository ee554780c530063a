//! What a visitor can do, in words that no device appears in: aim, press, drag, scroll.

pub mod aim;
pub mod back;
pub mod intent;
pub mod keycaps;
pub mod points;
pub mod relief;

use bevy::{
    input::InputSystems,
    picking::{PickingSettings, PickingSystems, input::PointerInputSettings},
    prelude::*,
};

/// The order of pointing within [`PreUpdate`], chained once in [`plugin`] and done before Bevy's picking looks.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AimSystems {
    /// Trackers write the [`HandInput`](crate::world::body::HandInput) of each hand.
    Sense,
    /// Devices write their [`Aim`](aim::Aim).
    Point,
    /// Aims meet surfaces, and the surfaces are told.
    Meet,
    /// Panels that are aimed at hear it in Bevy's own picking words.
    Forward,
}

pub fn plugin(app: &mut App) {
    // The window's mouse is one aim among others; Bevy's own mouse pointer would press everything twice.
    app.insert_resource(PointerInputSettings { is_touch_enabled: false, is_mouse_enabled: false })
        .insert_resource(PickingSettings { is_window_picking_enabled: false, ..default() })
        .configure_sets(
            PreUpdate,
            (AimSystems::Sense, AimSystems::Point, AimSystems::Meet, AimSystems::Forward)
                .chain()
                .after(InputSystems)
                .before(PickingSystems::ProcessInput),
        )
        .init_resource::<keycaps::Keycaps>()
        .add_plugins((aim::plugin, back::plugin, intent::plugin));
}
