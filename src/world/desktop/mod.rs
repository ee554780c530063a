//! The window's devices: mouse and keys become the words of `interaction`.

mod clearance;
mod fly;
mod focus;
mod keys;
mod layout;
mod pointer;
pub(super) mod stance;

pub use pointer::MouseAim;

use bevy::prelude::*;

pub fn plugin(app: &mut App) {
    app.add_plugins((pointer::plugin, fly::plugin, focus::plugin, keys::plugin, layout::plugin));
}
