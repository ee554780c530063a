//! The curves of all futures over the run's, and below them how much more than the run's they are; several seeds as their mean
//! in a band from the least to the most.

use bevy::prelude::*;

use super::{
    curve::{Curve, curve, differences, middle, span, thinned},
    kept,
    place::{CURVES, DIFFERENCES, Drawn, colour},
    strokes::{band, ends, steps},
    table,
};
use crate::{
    inside::BranchPoint,
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
