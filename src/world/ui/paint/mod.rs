//! Draws pages: the `bevy_ui` tree of each panel onto the panel's texture, without a camera or a view of its own.
//!
//! `bevy_ui` lays out, `bevy_text` shapes and rasterises letters; what is left to draw are rounded rectangles, frames
//! and letters. The main world writes these down as `Mark`s, only for pages that changed and a few a frame;
//! the render world draws all marks of a page in one pass. A page that does not change costs nothing at all.

mod compose;
mod draw;
mod mark;
mod pipeline;

use bevy::{prelude::*, render::render_resource::TextureFormat};

pub(super) use compose::Composer;
pub use draw::Painted;
pub(super) use draw::{Pages, WaitingPages};

/// How texels of a page are stored.
pub(super) const PAGE_FORMAT: TextureFormat = TextureFormat::Rgba8UnormSrgb;

pub(super) fn plugin(app: &mut App) {
    draw::install(app);
}
