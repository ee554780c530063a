//! Words and controls: colours, sizes, and panels of `bevy_ui` hung in the world.

pub mod canvas;
pub mod controls;
mod layout;
pub mod notice;
mod paint;
pub mod palette;
pub mod panel;
mod pointers;
mod redraw;
pub mod sheet;
pub mod sums;
pub mod tabs;
pub mod type_size;
pub mod words;

use bevy::prelude::*;

pub use paint::Painted;
pub use redraw::legible;

pub fn plugin(app: &mut App) {
    app.add_plugins((
        words::plugin,
        panel::plugin,
        pointers::plugin,
        redraw::plugin,
        paint::plugin,
        layout::plugin,
        controls::plugin,
        notice::plugin,
    ));
}
