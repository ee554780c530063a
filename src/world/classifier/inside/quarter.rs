//! The quarters of a page: the input with its controls, and three maps with what is to be said of each; fields that show them.

use bevy::prelude::*;

use super::{
    leaf::Leaf,
    pixel,
    seen::{Seen, What},
};
use crate::world::{
    classifier::{Classifier, Of},
    interaction::aim::Surface,
    ui::{
        controls::{ButtonKind, button},
        sheet::{from_left, from_right},
        words,
    },
};

/// From a quarter to the next, to the right and down, and the top of the first two, in dmm.
const PITCH: Vec2 = vec2(472.0, 246.0);
const TOP_DMM: f32 = 138.0;
/// Width of a quarter.
pub(super) const WIDTH_DMM: f32 = 458.0;
/// The height of its heading.
pub(super) const HEAD_DMM: f32 = 56.0;
/// The most that an image or a map takes of it, and what is free beside.
pub(super) const SIDE_DMM: f32 = 168.0;
pub(super) const BESIDE_DMM: f32 = 12.0;
/// From a line of words beside a map to the next.
pub(super) const LINE_DMM: f32 = 33.5;

/// The least side of a button: much of the board is seen at a slant.
pub(super) const TARGET_DMM: f32 = 52.0;

/// From a line of buttons to the next, of three beside the input.
pub(super) const TARGETS_DMM: f32 = (SIDE_DMM + 4.0 - TARGET_DMM) / 2.0;

/// Makes a button as large as it must be.
pub(super) fn as_target(mut node: Mut<Node>) {
    node.min_height = px(TARGET_DMM);
    node.min_width = px(TARGET_DMM);
    node.padding = UiRect::ZERO;
}

/// The top left corner of a quarter on its page: 0 is the input's, those of the maps follow.
pub(super) fn corner(quarter: usize) -> Vec2 {
    vec2((quarter % 2) as f32, (quarter / 2) as f32) * PITCH + vec2(0.0, TOP_DMM)
}

/// The quarter of a map.
pub(super) const fn of_map(place: usize) -> usize {
    place + 1
}

/// Hangs an empty field in a square of a page.
pub(super) fn hang_field<C: Classifier>(
    commands: &mut Commands,
    leaf: Leaf,
    name: &'static str,
    what: What,
    corner: Vec2,
    side_dmm: f32,
) -> Entity {
    let square = Rect::from_corners(corner, corner + side_dmm);
    let seen = Seen::new(leaf, what, side_dmm);
    let field = seen.field([1, 28, 28]);
    let surface = Surface { size: field.size() };
    commands
        .spawn((
            Name::new(name),
            field,
            surface,
            seen,
            Of::<C>::MARK,
            leaf.place(square),
            Visibility::Hidden,
            ChildOf(leaf.displays),
        ))
        .observe(pixel::point::<C>)
        .observe(pixel::leave::<C>)
        .id()
}

/// A small button at the right end of a quarter's heading, that leads to another method.
pub(super) fn hang_next(
    page: &mut ChildSpawnerCommands,
    name: &'static str,
    quarter: usize,
) -> Entity {
    let corner = corner(quarter);
    let place = from_left(corner.x + WIDTH_DMM - TARGET_DMM, corner.y);
    let mut entity = Entity::PLACEHOLDER;
    page.spawn(place).with_children(|head| {
        let mut next = head.spawn(button(name, "›", ButtonKind::Small));
        next.entry::<Node>().and_modify(as_target);
        entity = next.id();
    });
    entity
}

/// The name of what hangs in a quarter.
pub(super) fn heading(quarter: usize) -> impl Bundle {
    let corner = corner(quarter);
    (words::figure(""), TextLayout::no_wrap(), from_left(corner.x, corner.y + 8.0))
}

/// Quiet words beside a heading, which end before its button.
pub(super) fn beside_heading(page_dmm: f32, quarter: usize) -> impl Bundle {
    let corner = corner(quarter);
    let right = page_dmm - corner.x - WIDTH_DMM + TARGET_DMM + 10.0;
    (words::caption(""), TextLayout::no_wrap(), from_right(right, corner.y + 9.0))
}
