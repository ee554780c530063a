//! Histograms and tables on canvas: rows of a label, bars and a number.

use bevy::prelude::*;

use super::{Canvas, LINE_DMM};
use crate::world::ui::{lettering::Lettering, palette};

/// From one row of a histogram or table to the next, in dmm.
pub const ROW_DMM: f32 = 28.5;
/// Height of the bar of a row that has one, and of each where it has two.
const BAR_DMM: f32 = 17.0;
const BARS_DMM: f32 = 9.0;

/// A row of a histogram: what it stands for, how long its bars are, and the number beside them.
pub struct BarRow {
    pub label: String,
    /// Shares of the room for bars with their colours, one above the other.
    pub bars: Vec<(f32, Color)>,
    pub value: String,
}

/// Where rows lie: from left to right, the top of the first, and what labels and values take of their width.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub label: f32,
    pub value: f32,
}

impl Canvas<'_, '_> {
    /// A key of a colour: a small square and what it stands for.
    pub fn key(&mut self, left: f32, top: f32, text: impl Into<Lettering>, ink: Color) {
        self.bar(square(left, top), ink);
        self.line(left + KEY_DMM + 8.0, top, text, ink);
    }

    /// A histogram that lies on its side, with a thin line where its bars begin.
    pub fn rows(&mut self, place: Rows, rows: &[BarRow]) {
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
