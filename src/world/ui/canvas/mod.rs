//! What is written and drawn on a page of a board: words at fixed places, and bars, lines and dots beside them.

mod plot;
mod rows;

use bevy::prelude::*;

use super::{
    lettering::Lettering,
    palette,
    sheet::{centred, from_left},
    type_size, words,
};

pub use plot::{Plot, span_of};
pub use rows::{BarRow, ROW_DMM, Rows};

/// Height of a line of text, in dmm.
pub const LINE_DMM: f32 = 34.0;

/// Writes on a node; places are in dmm from its top left corner.
pub struct Canvas<'a, 'w> {
    page: &'a mut ChildSpawnerCommands<'w>,
}

/// Writes a page, or a part of it, anew.
pub fn rewrite(commands: &mut Commands, page: Entity, write: impl FnOnce(&mut Canvas)) {
    commands.entity(page).despawn_children().with_children(|page| write(&mut Canvas { page }));
}

impl Canvas<'_, '_> {
    /// The name of a part, or a value.
    pub fn figure(&mut self, left: f32, top: f32, text: impl Into<Lettering>) {
        self.put(left, top, words::figure(text), UiTransform::IDENTITY);
    }

    /// A line of words.
    pub fn line(&mut self, left: f32, top: f32, text: impl Into<Lettering>, ink: Color) {
        self.put(left, top, caption(text, ink), UiTransform::IDENTITY);
    }

    /// A number that ends here; in the window what hangs at the right is seen from furthest away.
    pub fn number(&mut self, right: f32, top: f32, text: impl Into<Lettering>, ink: Color) {
        let words = words::set(text, type_size::BODY, FontWeight::NORMAL, ink);
        self.put(right, top - 1.0, words, ending());
    }

    /// A line of words that ends here.
    pub fn ending(&mut self, right: f32, top: f32, text: impl Into<Lettering>, ink: Color) {
        self.put(right, top, caption(text, ink), ending());
    }

    /// A line of words about a middle.
    pub fn middle(&mut self, middle: f32, top: f32, text: impl Into<Lettering>, ink: Color) {
        self.put(middle, top, caption(text, ink), centred());
    }

    /// A word that reads upwards, about a middle.
    pub fn turned(&mut self, left: f32, middle: f32, text: impl Into<Lettering>) {
        let turned = UiTransform { rotation: Rot2::degrees(-90.0), ..centred() };
        let (left, top) = (left + LINE_DMM / 2.0, middle - LINE_DMM / 2.0);
        self.put(left, top, words::caption(text), turned);
    }

    /// A value about a middle.
    pub fn figure_about(&mut self, middle: f32, top: f32, text: impl Into<Lettering>) {
        self.put(middle, top, words::figure(text), centred());
    }

    fn put(&mut self, left: f32, top: f32, words: impl Bundle, moved: UiTransform) {
        self.page.spawn((words, TextLayout::no_wrap(), from_left(left, top), moved));
    }

    /// An even rectangle.
    pub fn bar(&mut self, place: Rect, ink: Color) {
        self.page.spawn((over(place), BackgroundColor(ink), Pickable::IGNORE));
    }

    /// A straight line.
    pub fn stroke(&mut self, from: Vec2, to: Vec2, width: f32, ink: Color) {
        let (middle, way) = (from.midpoint(to), to - from);
        // Strokes that follow one another overlap a little, so that no gap is seen between them.
        let size = vec2(way.length() + width * 0.6, width);
        let turned = UiTransform::from_rotation(Rot2::radians(way.to_angle()));
        self.page.spawn((round(middle, size), turned, BackgroundColor(ink), Pickable::IGNORE));
    }

    /// A disc.
    pub fn dot(&mut self, middle: Vec2, radius: f32, ink: Color) {
        let node = round(middle, Vec2::splat(2.0 * radius));
        self.page.spawn((node, BackgroundColor(ink), Pickable::IGNORE));
    }

    /// A ring.
    pub fn ring(&mut self, middle: Vec2, radius: f32, ink: Color) {
        let round = round(middle, Vec2::splat(2.0 * radius));
        let node = Node { border: UiRect::all(px(2.5)), ..round };
        self.page.spawn((node, BorderColor::all(ink), Pickable::IGNORE));
    }

    /// A frame of thin lines.
    pub fn frame(&mut self, place: Rect) {
        let node = Node { border: UiRect::all(px(2)), ..over(place) };
        self.page.spawn((node, BorderColor::all(palette::GRID), Pickable::IGNORE));
    }
}

fn caption(text: impl Into<Lettering>, ink: Color) -> impl Bundle {
    words::set(text, type_size::CAPTION, FontWeight::NORMAL, ink)
}

/// Moves a node sideways by its width, so that its left edge becomes its right one.
fn ending() -> UiTransform {
    UiTransform::from_translation(Val2::percent(-100.0, 0.0))
}

/// A node that covers this.
fn over(place: Rect) -> Node {
    let (width, height) = (px(place.width()), px(place.height()));
    Node { width, height, ..from_left(place.min.x, place.min.y) }
}

/// A node with round ends about a middle.
fn round(middle: Vec2, size: Vec2) -> Node {
    let corner = middle - size / 2.0;
    Node {
        width: px(size.x),
        height: px(size.y),
        border_radius: BorderRadius::MAX,
        ..from_left(corner.x, corner.y)
    }
}
