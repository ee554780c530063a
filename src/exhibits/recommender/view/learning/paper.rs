//! What is written and drawn on a page of the board: words at fixed places, and bars beside them.

use bevy::prelude::*;

use crate::world::ui::{
    palette,
    sheet::{centred, from_left},
    type_size, words,
};

/// From one row of a histogram or table to the next, in dmm.
pub(super) const ROW_DMM: f32 = 28.5;
/// Height of a line of text, in dmm.
pub(super) const LINE_DMM: f32 = 34.0;
/// Height of the bar of a row that has one, and of each where it has two.
const BAR_DMM: f32 = 17.0;
const BARS_DMM: f32 = 9.0;

/// Writes on a node; places are in dmm from its top left corner.
pub(super) struct Paper<'a, 'w> {
    page: &'a mut ChildSpawnerCommands<'w>,
}

/// A row of a histogram: what it stands for, how long its bars are, and the number beside them.
pub(super) struct Row {
    pub(super) label: String,
    /// Shares of the room for bars with their colours, one above the other.
    pub(super) bars: Vec<(f32, Color)>,
    pub(super) value: String,
}

/// Where rows lie: from left to right, the top of the first, and what labels and values take of their width.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rows {
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) top: f32,
    pub(super) label: f32,
    pub(super) value: f32,
}

/// Writes a page, or a part of it, anew.
pub(super) fn rewrite(commands: &mut Commands, page: Entity, write: impl FnOnce(&mut Paper)) {
    commands.entity(page).despawn_children().with_children(|page| write(&mut Paper { page }));
}

impl Paper<'_, '_> {
    /// The name of a part, or a value.
    pub(super) fn figure(&mut self, left: f32, top: f32, text: impl Into<String>) {
        self.page.spawn((words::figure(text), TextLayout::no_wrap(), from_left(left, top)));
    }

    /// A line of words.
    pub(super) fn line(&mut self, left: f32, top: f32, text: impl Into<String>, ink: Color) {
        let words = words::set(text, type_size::CAPTION, FontWeight::NORMAL, ink);
        self.page.spawn((words, TextLayout::no_wrap(), from_left(left, top)));
    }

    /// A number that ends here; in the window what hangs at the right is seen from furthest away.
    pub(super) fn number(&mut self, right: f32, top: f32, text: impl Into<String>, ink: Color) {
        let words = words::set(text, type_size::BODY, FontWeight::NORMAL, ink);
        let ending = UiTransform::from_translation(Val2::percent(-100.0, 0.0));
        self.page.spawn((words, TextLayout::no_wrap(), from_left(right, top - 1.0), ending));
    }

    /// A line of words about a middle.
    pub(super) fn middle(&mut self, middle: f32, top: f32, text: impl Into<String>) {
        let words = words::caption(text);
        self.page.spawn((words, TextLayout::no_wrap(), from_left(middle, top), centred()));
    }

    /// A word that reads upwards, about a middle.
    pub(super) fn turned(&mut self, left: f32, middle: f32, text: impl Into<String>) {
        let turned = UiTransform { rotation: Rot2::degrees(-90.0), ..centred() };
        let place = from_left(left + LINE_DMM / 2.0, middle - LINE_DMM / 2.0);
        self.page.spawn((words::caption(text), TextLayout::no_wrap(), place, turned));
    }

    /// An even rectangle.
    pub(super) fn bar(&mut self, place: Rect, ink: Color) {
        let node = Node {
            width: px(place.width()),
            height: px(place.height()),
            ..from_left(place.min.x, place.min.y)
        };
        self.page.spawn((node, BackgroundColor(ink), Pickable::IGNORE));
    }

    /// A key of a colour: a small square and what it stands for.
    pub(super) fn key(&mut self, left: f32, top: f32, text: impl Into<String>, ink: Color) {
        self.bar(square(left, top), ink);
        self.line(left + KEY_DMM + 8.0, top, text, ink);
    }

    /// A histogram that lies on its side, with a thin line where its bars begin.
    pub(super) fn rows(&mut self, place: Rows, rows: &[Row]) {
        let (from, to) = place.bars();
        let bottom = place.top + rows.len() as f32 * ROW_DMM;
        self.bar(Rect::new(from - 3.0, place.top, from - 1.0, bottom), palette::RULE);
        for (index, row) in rows.iter().enumerate() {
            let top = place.top + index as f32 * ROW_DMM;
            let words = top + (ROW_DMM - LINE_DMM) / 2.0;
            self.line(place.left, words, row.label.clone(), palette::INK_QUIET);
            self.number(place.right, words, row.value.clone(), palette::INK);
            let height = if row.bars.len() > 1 { BARS_DMM } else { BAR_DMM };
            let first = top + (ROW_DMM - height * row.bars.len() as f32) / 2.0;
            for (under, (share, ink)) in row.bars.iter().enumerate() {
                let at = first + under as f32 * height;
                let end = from + share.clamp(0.0, 1.0) * (to - from);
                self.bar(Rect::new(from, at, end, at + height - 1.0), *ink);
            }
        }
    }
}

/// Side of the square of a key, in dmm.
const KEY_DMM: f32 = 14.0;

fn square(left: f32, top: f32) -> Rect {
    let top = top + (LINE_DMM - KEY_DMM) / 2.0;
    Rect::new(left, top, left + KEY_DMM, top + KEY_DMM)
}

impl Rows {
    /// Where bars begin and where the longest one ends.
    fn bars(self) -> (f32, f32) {
        (self.left + self.label, self.right - self.value)
    }
}
