//! The curves of all futures over the run's, and below them how much more than the run's they are; several seeds as their mean
//! in a band from the least to the most.

use bevy::prelude::*;

use super::{
    curve::{Curve, curve, differences, middle, span, thinned},
    place::{Drawn, colour},
    table,
};
use crate::{
    inside::BranchPoint,
    sentence::grouped,
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                branches::{Group, Measure},
                phrases::signed,
                state::Inside,
            },
            sheet::{figure, percent_of},
        },
        ui::{
            canvas::{Canvas, Plot, rewrite, span_of},
            palette,
        },
    },
};

/// Where curves and differences are drawn, in dmm.
const CURVES: Rect = Rect { min: vec2(92.0, 142.0), max: vec2(556.0, 300.0) };
const DIFFERENCES: Rect = Rect { min: vec2(92.0, 314.0), max: vec2(556.0, 408.0) };
/// How much of a band is seen.
const BAND_ALPHA: f32 = 0.22;

pub(super) fn draw<C: Classifier>(
    inside: Res<Inside<C>>,
    pages: Query<Entity, (With<Drawn>, With<Of<C>>)>,
    mut commands: Commands,
) {
    if !inside.is_changed() {
        return;
    }
    let wanted = &inside.wanted.branch;
    for page in &pages {
        rewrite(&mut commands, page, |canvas| {
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
    let shown = |value: f64| match measure {
        Measure::Accuracy => percent_of(value as f32),
        Measure::Loss | Measure::Apart => figure(value as f32),
    };
    let more = |value: f64| match measure {
        Measure::Accuracy => signed(100.0 * value as f32) + " %",
        Measure::Loss | Measure::Apart => signed(value as f32),
    };
    let [over, below] = plots;
    over.ground(canvas, &[]);
    below.ground(canvas, &[0.0]);
    over.levels(canvas, &[over.y.0, over.y.1].map(|end| (end, shown(end))));
    below.levels(canvas, &[below.y.0, below.y.1].map(|end| (end, more(end))));
    let ends = [x.0, x.1].map(|step| (step, grouped(step.max(0.0).round() as usize)));
    below.ticks(canvas, &ends);
    for (at, (_, others, apart)) in &found {
        band(canvas, &over, others, colour(*at));
        band(canvas, &below, apart, colour(*at));
    }
    for (_, (run, ..)) in &found {
        over.curve(canvas, &middle(run), palette::INK);
    }
}

/// The mean, over what lies between the least and the most.
fn band(canvas: &mut Canvas, plot: &Plot, curve: &[[f64; 4]], ink: Color) {
    for pair in curve.windows(2) {
        let &[[from, _, least, most], [to, _, next_least, next_most]] = pair else { continue };
        let (least, most) = (f64::midpoint(least, next_least), f64::midpoint(most, next_most));
        if most > least {
            let place = Rect::from_corners(plot.at(from, most), plot.at(to, least));
            canvas.bar(place, ink.with_alpha(BAND_ALPHA));
        }
    }
    plot.curve(canvas, &middle(curve), ink);
}
