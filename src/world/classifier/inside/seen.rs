//! Fields that show an input, an image beside it or a map, all maps in one range of colours.

use std::sync::Arc;

use bevy::prelude::*;

use super::{leaf::Leaf, line::Said, state::Inside, tab::Tab};
use crate::{
    inside::{Attribution, Why},
    stream::Range,
    words::Phrase,
    world::{
        classifier::{Classifier, arc},
        display::{ColourMap, ColourScale, Field, FieldLayout, Spans},
        interaction::aim::Surface,
    },
};

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
    /// An image beside the input, by its place.
    Image(usize),
    /// What a class likes best as it grows, by the class.
    Grown(usize),
    /// Shares from 0 to 1 that are no image: how alike layers are.
    Alike,
}

impl What {
    /// Whether it is an image and not a map.
    const fn is_image(self) -> bool {
        matches!(self, Self::Input | Self::Image(_) | Self::Grown(_))
    }
}

/// A field that shows an input or a map; it fills as much as it can of a square of its page.
#[derive(Component, Clone, Copy)]
pub(super) struct Seen {
    pub(super) tab: Tab,
    pub(super) what: What,
    side_dmm: f32,
    leaf: Leaf,
    /// A part of it that is outlined, 0..=1 to the right and down.
    pub(super) outline: Option<Rect>,
}

/// What a field is to show: channels, rows, columns, numbers, and the reach of a map's colours.
pub(super) struct Shown {
    pub(super) size: [usize; 3],
    pub(super) values: Arc<[f32]>,
    pub(super) reach: f32,
    /// A part of it that is outlined, 0..=1 to the right and down.
    pub(super) outline: Option<Rect>,
}

impl Shown {
    /// An image, brightness 0..=1.
    pub(super) const fn image(size: [usize; 3], values: Arc<[f32]>) -> Self {
        Self { size, values, reach: 1.0, outline: None }
    }

    /// The input that was explained.
    pub(super) fn input(why: &Why) -> Self {
        Self::image(why.size, why.input.clone())
    }

    /// A map, in a range of colours that ends there.
    pub(super) fn map(map: &Attribution, reach: f32) -> Self {
        let [rows, columns] = map.size;
        let (size, values) = ([1, rows, columns], map.values.clone());
        Self { size, values, reach, outline: None }
    }
}

/// The map of the method that is wanted at a place, in what was said there.
pub(super) fn map_of<'a, C: Classifier>(
    said: Option<&'a Said<Why>>,
    inside: &Inside<C>,
    place: usize,
) -> Option<&'a Attribution> {
    let method = inside.wanted.methods.get(place)?;
    said?.said.maps.iter().find(|map| map.method == *method)
}

/// Why there is no map of the method that is wanted at a place.
pub(super) fn refused_of<'a, C: Classifier>(
    said: Option<&'a Said<Why>>,
    inside: &Inside<C>,
    place: usize,
) -> Option<&'a Phrase> {
    let method = inside.wanted.methods.get(place)?;
    let refused = said?.said.refused.iter();
    refused.into_iter().find(|(of, _)| of == method).map(|(_, why)| why)
}

impl Seen {
    pub(super) const fn new(leaf: Leaf, what: What, side_dmm: f32) -> Self {
        Self { tab: leaf.tab, what, side_dmm, leaf, outline: None }
    }

    /// An empty field for images of so many channels, rows and columns, or for maps, as large as there is room.
    pub(super) fn field(&self, [channels, rows, columns]: [usize; 3]) -> Field {
        let layout = FieldLayout::single(rows.max(1), columns.max(1));
        let side = self.leaf.sheet.metres(self.side_dmm);
        let field =
            Field::sized(layout, arc::fitted(layout, Vec2::splat(side))).without_hairlines().flat();
        match (self.what.is_image(), channels) {
            (true, 3) => field.with_colours(ColourMap::Grey).in_colour(),
            (true, _) => field.with_colours(ColourMap::Grey),
            (false, _) if self.what == What::Alike => field.with_colours(ColourMap::Grey),
            (false, _) => field.with_colours(ColourMap::Diverging).with_scale(SCALE),
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
        let Some(Shown { size, values, reach, .. }) = wanted else {
            return;
        };
        let range = match self.what.is_image() || self.what == What::Alike {
            true => Range { low: 0.0, high: 1.0 },
            false => Range { low: -reach, high: reach },
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
