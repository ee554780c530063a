//! What a model came to beside the simplest ones.

use bevy::prelude::*;

use crate::{
    exhibits::logistic::payload::TableVerdict,
    world::ui::{canvas::Canvas, palette, sheet::percent_of},
};

/// From one row to the next, in dmm.
pub(super) const PITCH_DMM: f32 = 30.0;
/// Where bars begin and end, in dmm.
const BARS: (f32, f32) = (220.0, 500.0);

/// Writes how many of the held-out rows each tells rightly.
pub(super) fn write(canvas: &mut Canvas, top: f32, verdict: &TableVerdict) {
    for (row, (name, share, ink)) in rows(verdict).into_iter().enumerate() {
        let top = top + row as f32 * PITCH_DMM;
        let end = BARS.0 + (BARS.1 - BARS.0) * share.clamp(0.0, 1.0) as f32;
        canvas.bar(Rect::new(BARS.0, top + 8.0, end, top + 26.0), ink);
        canvas.line(0.0, top, name, palette::INK);
        canvas.number(600.0, top, percent_of(share as f32), palette::INK);
    }
}

fn rows(verdict: &TableVerdict) -> [(&'static str, f64, Color); 3] {
    [
        (say!("logistic-this-model"), verdict.accuracy, palette::ACCENT),
        (say!("logistic-nearest-rows"), verdict.neighbours_accuracy, palette::INK_FAINT),
        (say!("logistic-always-the-same"), verdict.majority_accuracy, palette::INK_FAINT),
    ]
}
