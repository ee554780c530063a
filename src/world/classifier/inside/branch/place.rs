//! Where things lie on the page, in dmm, and in which colour a branch is drawn.

use bevy::prelude::*;

use crate::world::ui::palette;

/// What is drawn on the page, written anew when something changes.
#[derive(Component)]
pub(super) struct Drawn;

/// Where the right part begins, its first line of buttons, and from one line to the next.
pub(super) const RIGHT_DMM: f32 = 572.0;
pub(super) const TOP_DMM: f32 = 138.0;
pub(super) const LINE_DMM: f32 = 60.0;
/// Where curves and differences are drawn.
pub(super) const CURVES: Rect = Rect { min: vec2(92.0, 142.0), max: vec2(556.0, 300.0) };
pub(super) const DIFFERENCES: Rect = Rect { min: vec2(92.0, 314.0), max: vec2(556.0, 408.0) };
/// From one line of the legend to the next, and its letters.
pub(super) const LEGEND_LINE_DMM: f32 = 29.0;
pub(super) const LEGEND_LETTERS: usize = 25;
/// Where the legend begins.
pub(super) const LEGEND_DMM: Vec2 = vec2(RIGHT_DMM, TOP_DMM + 3.0 * LINE_DMM + 4.0);
/// What is below the choice of a branch.
pub(super) const LOWER_DMM: f32 = 506.0;
/// Images that are answered otherwise: how many, their side, where they begin, and from one to the next.
pub(super) const IMAGES: usize = 3;
pub(super) const SIDE_DMM: f32 = 84.0;
const IMAGES_DMM: f32 = 280.0;
const PITCH_DMM: f32 = 94.0;

/// The corner of an image.
pub(super) fn corner(place: usize) -> Vec2 {
    vec2(IMAGES_DMM + place as f32 * PITCH_DMM, LOWER_DMM)
}

/// The colour of a branch by its place.
pub(super) fn colour(place: usize) -> Color {
    let [a, b, c, d, e, _] = palette::CLASSES;
    let all = [a, b, c, d, e, palette::RED, palette::ACCENT_BRIGHT, palette::INK_QUIET];
    all.get(place % all.len()).copied().unwrap_or(palette::INK_QUIET)
}
