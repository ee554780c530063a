//! Words and controls: colours, sizes, and panels of `bevy_ui` hung in the world.

mod board;
pub mod canvas;
pub mod contrast;
pub mod controls;
pub mod language;
mod layout;
pub mod lettering;
mod letters;
pub mod notice;
mod paint;
pub mod palette;
pub mod panel;
mod pointers;
mod redraw;
pub mod sheet;
mod squeeze;
pub mod sums;
pub mod tabs;
pub mod type_size;
pub mod while_pointed;
pub mod words;
pub mod written_again;

use bevy::prelude::*;

pub use paint::Painted;
pub use redraw::legible;

pub fn plugin(app: &mut App) {
    app.add_plugins((
        (contrast::plugin, letters::plugin),
        language::plugin,
        words::plugin,
        panel::plugin,
        pointers::plugin,
        redraw::plugin,
        paint::plugin,
        layout::plugin,
        controls::plugin,
        notice::plugin,
        squeeze::plugin,
        while_pointed::plugin,
    ));
}
