//! The quarters of a page: the input with its controls, and three maps with what is to be said of each; fields that show them.

use std::sync::Arc;

use bevy::prelude::*;

use super::{board::Leaf, pixel, tab::Tab};
use crate::{
    stream::Range,
    world::{
        classifier::{Classifier, Of, arc},
        display::{ColourMap, ColourScale, Field, FieldLayout, Spans},
        interaction::aim::Surface,
        ui::{
            controls::{ButtonKind, button},
            sheet::{from_left, from_right},
            words,
        },
    },
};

/// How many maps hang on a page.
pub(super) const MAPS: usize = 3;
/// From a quarter to the next, to the right and down, and the top of the first two, in dmm.
const PITCH: Vec2 = vec2(455.0, 256.0);
const TOP_DMM: f32 = 138.0;
/// Width of a quarter.
pub(super) const WIDTH_DMM: f32 = 440.0;
/// The height of its heading.
pub(super) const HEAD_DMM: f32 = 56.0;
/// The most that an image or a map takes of it, and what is free beside.
pub(super) const SIDE_DMM: f32 = 176.0;
pub(super) const BESIDE_DMM: f32 = 12.0;
/// From a line of words beside a map to the next.
pub(super) const LINE_DMM: f32 = 35.0;

/// The least side of a button: much of the board is seen at a slant.
pub(super) const TARGET_DMM: f32 = 52.0;

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

/// How colours follow the numbers of maps: methods that share one range differ in size, and small numbers must be seen.
pub(super) const SCALE: ColourScale = ColourScale::SquareRoot;

/// What a field shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Input,
    /// The map of one of the methods, by its place.
    Map(usize),
    /// The same map after weights were shuffled.
    Shuffled(usize),
}

/// A field that shows an input or a map; it fills as much as it can of a square of its page.
#[derive(Component, Clone, Copy)]
pub(super) struct Seen {
    pub(super) tab: Tab,
    pub(super) what: What,
    side_dmm: f32,
    leaf: Leaf,
}

/// Hangs an empty field in a square of a page.
pub(super) fn hang_field<C: Classifier>(
    commands: &mut Commands,
    leaf: Leaf,
    name: &'static str,
    what: What,
    corner: Vec2,
    side_dmm: f32,
) {
    let square = Rect::from_corners(corner, corner + side_dmm);
    let seen = Seen { tab: leaf.tab, what, side_dmm, leaf };
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
        .observe(pixel::leave::<C>);
}

/// What a field is to show: channels, rows, columns, numbers, and the reach of a map's colours.
pub(super) struct Shown {
    pub(super) size: [usize; 3],
    pub(super) values: Arc<[f32]>,
    pub(super) reach: f32,
}

impl Seen {
    /// An empty field for images of so many channels, rows and columns, or for maps, as large as there is room.
    fn field(&self, [channels, rows, columns]: [usize; 3]) -> Field {
        let layout = FieldLayout::single(rows.max(1), columns.max(1));
        let side = self.leaf.sheet.metres(self.side_dmm);
        let field =
            Field::sized(layout, arc::fitted(layout, Vec2::splat(side))).without_hairlines().flat();
        match (self.what, channels) {
            (What::Input, 3) => field.with_colours(ColourMap::Grey).in_colour(),
            (What::Input, _) => field.with_colours(ColourMap::Grey),
            _ => field.with_colours(ColourMap::Diverging).with_scale(SCALE),
        }
    }

    /// Shows this, or nothing.
    pub(super) fn show(
        &self,
        commands: &mut Commands,
        (entity, mut field, mut seen): (Entity, Mut<Field>, Mut<Visibility>),
        wanted: Option<Shown>,
    ) {
        let is_there = if wanted.is_some() { Visibility::Inherited } else { Visibility::Hidden };
        seen.set_if_neq(is_there);
        let Some(Shown { size, values, reach }) = wanted else {
            return;
        };
        let range = match self.what {
            What::Input => Range { low: 0.0, high: 1.0 },
            _ => Range { low: -reach, high: reach },
        };
        let mut empty = self.field(size);
        if field.is_like(&empty) {
            field.spans = Spans::Fixed(range);
            field.show_values(&values, range);
            return;
        }
        empty.spans = Spans::Fixed(range);
        empty.show_values(&values, range);
        let surface = Surface { size: empty.size() };
        commands.entity(entity).insert((empty, surface));
    }
}

/// The largest size of a number among these; 1 where there is none but zero.
pub(super) fn reach<'a>(maps: impl Iterator<Item = &'a [f32]>) -> f32 {
    let sizes = maps.flatten().map(|value| value.abs()).filter(|size| size.is_finite());
    let most = sizes.fold(0.0, f32::max);
    if most > 0.0 { most } else { 1.0 }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_range_is_for_all_maps() {
        let (a, b) = ([0.5, -2.0], [f32::NAN, 1.0, f32::INFINITY]);
        assert_eq!(reach([&a[..], &b[..]].into_iter()), 2.0);
        assert_eq!(reach([&[0.0, f32::NAN][..]].into_iter()), 1.0);
        assert_eq!(reach(std::iter::empty()), 1.0);
    }
}
