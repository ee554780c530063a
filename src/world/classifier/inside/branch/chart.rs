//! The curves of all futures over the run's, and below them how much more than the run's they are; several seeds as their mean
//! in a band from the least to the most.

use bevy::prelude::*;

use super::{
    curve::{Curve, curve, differences, middle, span, thinned},
    kept,
    place::{CURVES, DIFFERENCES, Drawn, colour},
    table,
};
use crate::{
    inside::BranchPoint,
    sentence::grouped,
    stream::RunId,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                branches::{Group, Measure},
                phrases::signed,
                state::Inside,
            },
        },
        kept_runs::KeptRuns,
        link::ShownRun,
        ui::{
            canvas::{Canvas, Plot, rewrite, span_of},
            palette,
        },
    },
};

/// How much of a band is seen.
const BAND_ALPHA: f32 = 0.22;
/// Upright slices of which a band is made.
const SLICES: usize = 72;

pub(super) fn draw<C: Classifier>(
    inside: Res<Inside<C>>,
    (run, kept): (Res<ShownRun>, Option<Res<KeptRuns>>),
    mut known: Local<Option<(RunId, usize)>>,
    pages: Query<Entity, (With<Drawn>, With<Of<C>>)>,
    mut commands: Commands,
) {
    let kept = kept.as_ref().map_or(&[][..], |kept| kept.of(C::EXHIBIT));
    // Where there are kept runs, the curve of this one grows with each test.
    let told = if kept.is_empty() { 0 } else { run.0.epochs().len() };
    let now = run.0.started().map(|started| (started.run, told));
    if *known == now && !inside.is_changed() {
        return;
    }
    *known = now;
    let wanted = &inside.wanted.branch;
    for page in &pages {
        rewrite(&mut commands, page, |canvas| {
            if wanted.groups.is_empty() {
                kept::draw(canvas, &run.0, kept, wanted.measure);
            }
            if wanted.layer.is_none() {
                curves(canvas, &wanted.groups, wanted.measure);
            }
            table::legend(canvas, wanted);
            table::answers(canvas, wanted);
        });
    }
}

fn curves(canvas: &mut Canvas, groups: &[Group], measure: Measure) {
    let value = |point: &BranchPoint| measure.of(point);
    let known = |group: &Group| {
        let said = group.said()?;
        let run: Curve = thinned(&said.run.points, |point| [value(point); 3]);
        Some((run, curve(&said.futures, &value), differences(&said.futures, &said.run, &value)))
    };
    let found: Vec<_> =
        groups.iter().enumerate().filter_map(|(at, of)| Some((at, known(of)?))).collect();
    if found.is_empty() {
        return;
    }
    let all = || found.iter().flat_map(|(_, (run, others, _))| run.iter().chain(others));
    let x = span(all().map(|[step, ..]| *step));
    let y = span_of(all().flat_map(|[_, _, least, most]| [*least, *most]));
    let parted = found.iter().flat_map(|(_, (.., apart))| apart);
    let apart = span_of(parted.flat_map(|[_, _, least, most]| [*least, *most]).chain([0.0]));
    let plots = [Plot { rect: CURVES, x, y }, Plot { rect: DIFFERENCES, x, y: apart }];
    let more = |value: f64| match measure {
        Measure::Accuracy => signed(100.0 * value as f32) + " %",
        Measure::Loss | Measure::Apart => signed(value as f32),
    };
    let [over, below] = plots;
    over.ground(canvas, &[]);
    below.ground(canvas, &[0.0]);
    ends(canvas, &over, measure);
    below.levels(canvas, &[below.y.0, below.y.1].map(|end| (end, more(end))));
    steps(canvas, &below);
    for (at, (_, others, apart)) in &found {
        band(canvas, &over, others, colour(*at));
        band(canvas, &below, apart, colour(*at));
    }
    for (_, (run, ..)) in &found {
        over.curve(canvas, &middle(run), palette::INK);
    }
}

/// Both scales of curves.
pub(super) fn scales(canvas: &mut Canvas, plot: &Plot, measure: Measure) {
    ends(canvas, plot, measure);
    steps(canvas, plot);
}

/// The ends of the values.
fn ends(canvas: &mut Canvas, plot: &Plot, measure: Measure) {
    plot.levels(canvas, &[plot.y.0, plot.y.1].map(|end| (end, measure.told(end))));
}

/// The first and the last step.
fn steps(canvas: &mut Canvas, plot: &Plot) {
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
