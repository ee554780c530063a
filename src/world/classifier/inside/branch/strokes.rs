//! What curves of the page are drawn of: their scales, and a mean over the band from the least to the most.

use bevy::prelude::*;

use super::curve::middle;
use crate::{
    sentence::grouped,
    world::{
        classifier::inside::branches::Measure,
        ui::{
            canvas::{Canvas, Plot},
            palette,
        },
    },
};

/// How much of a band is seen.
const BAND_ALPHA: f32 = 0.22;
/// Upright slices of which a band is made.
const SLICES: usize = 72;

/// Both scales of curves.
pub(super) fn scales(canvas: &mut Canvas, plot: &Plot, measure: Measure) {
    ends(canvas, plot, measure);
    steps(canvas, plot);
}

/// The ends of the values.
pub(super) fn ends(canvas: &mut Canvas, plot: &Plot, measure: Measure) {
    plot.levels(canvas, &[plot.y.0, plot.y.1].map(|end| (end, measure.told(end))));
}

/// The first and the last step.
pub(super) fn steps(canvas: &mut Canvas, plot: &Plot) {
    let [first, last] = [plot.x.0, plot.x.1].map(|step| grouped(step.max(0.0).round() as usize));
    let (below, ends) = (plot.rect.max.y + 2.0, [plot.rect.min.x, plot.rect.max.x]);
    // Inside the ends of the plot: the legend stands beside it.
    canvas.line(ends[0], below, first, palette::INK_QUIET);
    canvas.ending(ends[1], below, last, palette::INK_QUIET);
}

/// The mean, over what lies between the least and the most.
pub(super) fn band(canvas: &mut Canvas, plot: &Plot, curve: &[[f64; 4]], ink: Color) {
    let slices = (SLICES / curve.len().max(1)).max(1);
    for pair in curve.windows(2) {
        let &[[from, _, least, most], [to, _, next_least, next_most]] = pair else { continue };
        for slice in 0..slices {
            let along = |share: f64, a: f64, b: f64| a + (b - a) * share / slices as f64;
            let (here, middle) = (slice as f64, slice as f64 + 0.5);
            let (least, most) = (along(middle, least, next_least), along(middle, most, next_most));
            let (left, right) = (along(here, from, to), along(here + 1.0, from, to));
            if most > least {
                let place = Rect::from_corners(plot.at(left, most), plot.at(right, least));
                canvas.bar(place, ink.with_alpha(BAND_ALPHA));
            }
        }
    }
    plot.curve(canvas, &middle(curve), ink);
}
