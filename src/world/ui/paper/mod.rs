//! What is written and drawn on a page of a board: words at fixed places, and bars, lines and dots beside them.

mod plot;
mod rows;

use bevy::prelude::*;

use super::{
    palette,
    sheet::{centred, from_left},
    type_size, words,
};

pub use plot::{Plot, span_of};
pub use rows::{ROW_DMM, Row, Rows};

/// Height of a line of text, in dmm.
pub const LINE_DMM: f32 = 34.0;

/// Writes on a node; places are in dmm from its top left corner.
pub struct Paper<'a, 'w> {
    page: &'a mut ChildSpawnerCommands<'w>,
}

/// Writes a page, or a part of it, anew.
pub fn rewrite(commands: &mut Commands, page: Entity, write: impl FnOnce(&mut Paper)) {
    commands.entity(page).despawn_children().with_children(|page| write(&mut Paper { page }));
}

impl Paper<'_, '_> {
    /// The name of a part, or a value.
    pub fn figure(&mut self, left: f32, top: f32, text: impl Into<String>) {
        self.page.spawn((words::figure(text), TextLayout::no_wrap(), from_left(left, top)));
    }

    /// A line of words.
    pub fn line(&mut self, left: f32, top: f32, text: impl Into<String>, ink: Color) {
        let words = words::set(text, type_size::CAPTION, FontWeight::NORMAL, ink);
        self.page.spawn((words, TextLayout::no_wrap(), from_left(left, top)));
    }

    /// A number that ends here; in the window what hangs at the right is seen from furthest away.
    pub fn number(&mut self, right: f32, top: f32, text: impl Into<String>, ink: Color) {
        let words = words::set(text, type_size::BODY, FontWeight::NORMAL, ink);
        let ending = UiTransform::from_translation(Val2::percent(-100.0, 0.0));
        self.page.spawn((words, TextLayout::no_wrap(), from_left(right, top - 1.0), ending));
    }

    /// A line of words that ends here.
    pub fn ending(&mut self, right: f32, top: f32, text: impl Into<String>, ink: Color) {
        let words = words::set(text, type_size::CAPTION, FontWeight::NORMAL, ink);
        let ending = UiTransform::from_translation(Val2::percent(-100.0, 0.0));
        self.page.spawn((words, TextLayout::no_wrap(), from_left(right, top), ending));
    }

    /// A line of words about a middle.
    pub fn middle(&mut self, middle: f32, top: f32, text: impl Into<String>, ink: Color) {
        let words = words::set(text, type_size::CAPTION, FontWeight::NORMAL, ink);
        self.page.spawn((words, TextLayout::no_wrap(), from_left(middle, top), centred()));
    }

    /// A word that reads upwards, about a middle.
    pub fn turned(&mut self, left: f32, middle: f32, text: impl Into<String>) {
        let turned = UiTransform { rotation: Rot2::degrees(-90.0), ..centred() };
        let place = from_left(left + LINE_DMM / 2.0, middle - LINE_DMM / 2.0);
        self.page.spawn((words::caption(text), TextLayout::no_wrap(), place, turned));
    }

    /// A value about a middle.
    pub fn figure_about(&mut self, middle: f32, top: f32, text: impl Into<String>) {
        let place = from_left(middle, top);
        self.page.spawn((words::figure(text), TextLayout::no_wrap(), place, centred()));
    }

    /// An even rectangle.
    pub fn bar(&mut self, place: Rect, ink: Color) {
        let node = Node {
            width: px(place.width()),
            height: px(place.height()),
            ..from_left(place.min.x, place.min.y)
        };
        self.page.spawn((node, BackgroundColor(ink), Pickable::IGNORE));
    }

    /// A straight line.
    pub fn stroke(&mut self, from: Vec2, to: Vec2, width: f32, ink: Color) {
        let (middle, way) = (from.midpoint(to), to - from);
        // Strokes that follow one another overlap a little, so that no gap is seen between them.
        let size = vec2(way.length() + width * 0.6, width);
        let node = Node {
            width: px(size.x),
            height: px(size.y),
            border_radius: BorderRadius::MAX,
            ..from_left(middle.x - size.x / 2.0, middle.y - size.y / 2.0)
        };
        let turned = UiTransform::from_rotation(Rot2::radians(way.to_angle()));
        self.page.spawn((node, turned, BackgroundColor(ink), Pickable::IGNORE));
    }

    /// A disc.
    pub fn dot(&mut self, middle: Vec2, radius: f32, ink: Color) {
        let node = Node {
            width: px(2.0 * radius),
            height: px(2.0 * radius),
            border_radius: BorderRadius::MAX,
            ..from_left(middle.x - radius, middle.y - radius)
        };
        self.page.spawn((node, BackgroundColor(ink), Pickable::IGNORE));
    }

    /// A ring.
    pub fn ring(&mut self, middle: Vec2, radius: f32, ink: Color) {
        let node = Node {
            width: px(2.0 * radius),
            height: px(2.0 * radius),
            border: UiRect::all(px(2.5)),
            border_radius: BorderRadius::MAX,
            ..from_left(middle.x - radius, middle.y - radius)
        };
        self.page.spawn((node, BorderColor::all(ink), Pickable::IGNORE));
    }

    /// A frame of thin lines.
    pub fn frame(&mut self, place: Rect) {
        let node = Node {
            width: px(place.width()),
            height: px(place.height()),
            border: UiRect::all(px(2)),
            ..from_left(place.min.x, place.min.y)
        };
        self.page.spawn((node, BorderColor::all(palette::GRID), Pickable::IGNORE));
    }
}
