//! Recorded runs laid over the one that goes on, while nothing is branched: their curves, repetitions under other seeds as their
//! mean in a band, with what differs between them.

use bevy::prelude::*;

use super::{
    curve::{Curve, POINTS, curve, middle, span},
    place::{CURVES, DIFFERENCES, LEGEND_LINE_DMM, LOWER_DMM, colour},
    strokes::{band, scales},
};
use crate::{
    history::{KeptGroup, KeptRun, Run, StepScalars, beside},
    inside::{BranchPoint, Future, McNemar},
    stream::{MetricSpec, MetricValues, Split, setting_shown},
    words::enumerated,
    world::{
        classifier::inside::branches::Measure,
        ui::{
            canvas::{Canvas, Plot, span_of},
            palette, words,
        },
    },
};

/// Where the curves are drawn: no differences are below them, as runs of other batches have no steps in common.
const RECT: Rect = Rect { min: CURVES.min, max: DIFFERENCES.max };
/// The legend stands below, where branches have their answers: lines of a column, from one column to the next, and letters.
const LINES: usize = 4;
const COLUMN_DMM: f32 = 410.0;
const LETTERS: usize = 40;

/// The curves and the legend.
pub(super) fn draw(canvas: &mut Canvas, run: &Run, kept: &[KeptRun], measure: Measure) {
    let Some(started) = run.started().filter(|_| !kept.is_empty()) else { return };
    let groups = beside(started, kept);
    let value = |point: &BranchPoint| measure.of(point);
    let own = curve(&[told(run)], &value);
    let of = |group: &KeptGroup| {
        let futures: Vec<Future> = group.runs.iter().map(|kept| told(&kept.run)).collect();
        curve(&futures, &value)
    };
    let others: Vec<Curve> = groups.iter().map(of).collect();
    let all = || others.iter().chain([&own]).flatten();
    let plot = Plot {
        rect: RECT,
        x: span(all().map(|[step, ..]| *step)),
        y: span_of(all().flat_map(|[_, _, least, most]| [*least, *most])),
    };
    plot.ground(canvas, &[]);
    scales(canvas, &plot, measure);
    for (at, curve) in others.iter().enumerate() {
        band(canvas, &plot, curve, colour(at));
    }
    plot.curve(canvas, &middle(&own), palette::INK);
    let own = (say!("compare-this-run").to_owned(), &own, palette::INK);
    let others = groups.iter().zip(&others).enumerate();
    let others = others.map(|(at, (group, curve))| (label(group), curve, colour(at)));
    for (at, (label, curve, ink)) in [own].into_iter().chain(others).enumerate() {
        let (column, line) = (at / LINES, at % LINES);
        let (left, top) = (column as f32 * COLUMN_DMM, LOWER_DMM + line as f32 * LEGEND_LINE_DMM);
        let told = match curve.last() {
            Some([_, last, ..]) if last.is_finite() => {
                say!("compare-kept-ended", name = label, value = measure.told(*last))
            }
            _ => label,
        };
        canvas.key(left, top, words::shortened(&told, LETTERS), ink);
    }
}

/// What they are called together.
pub(super) fn headline(kept: &[KeptRun]) -> String {
    match kept {
        [one] => say!("compare-kept-one", name = one.name.as_str()),
        several => say!("compare-kept", count = several.len()),
    }
}

/// What the line of a group is called: its file, or how many seeds it is.
fn name(group: &KeptGroup) -> String {
    match &group.runs[..] {
        [one] => one.name.clone(),
        several => say!("branch-seeds", count = several.len()),
    }
}

/// The same with the settings that the run does not share.
fn label(group: &KeptGroup) -> String {
    let differing = group.differing.iter();
    let differing: Vec<String> =
        differing.map(|(name, value)| format!("{} {value}", setting_shown(name))).collect();
    match &differing[..] {
        [] => name(group),
        differing => say!("list-of", name = enumerated(differing), value = name(group)),
    }
}

/// What a run measured, as a future of itself: its tests, or the means of its steps where none is tested.
fn told(run: &Run) -> Future {
    let started = run.started();
    let point = |step: u64, values: &MetricValues, split: Split| {
        let is_share = |at: usize| {
            let metric = started.and_then(|started| started.metrics_of(split).nth(at));
            metric.is_some_and(MetricSpec::is_share)
        };
        let value = |at: usize| values.get(at).unwrap_or(f32::NAN);
        BranchPoint {
            step,
            loss: value(0),
            accuracy: if is_share(1) { value(1) } else { f32::NAN },
            apart: f64::NAN,
            apart_of: Vec::new(),
            otherwise: 0,
        }
    };
    let tests = run.epochs().iter().filter_map(|epoch| Some((epoch.step, epoch.test.as_ref()?)));
    let mut points: Vec<BranchPoint> =
        tests.map(|(step, test)| point(step.0, &test.values, Split::Test)).collect();
    if started.is_some_and(|started| started.metrics_of(Split::Test).next().is_none()) {
        let steps: Vec<StepScalars> = run.scalars().iter().collect();
        let means = steps.chunks(steps.len().div_ceil(POINTS).max(1)).filter_map(mean);
        points = means.map(|(step, values)| point(step, &values, Split::Train)).collect();
    }
    Future {
        points,
        answers: McNemar::default(),
        changed: Vec::new(),
        logits: Vec::new(),
        units: Vec::new(),
    }
}

/// The last of some steps, and the mean of what they measured.
fn mean(steps: &[StepScalars]) -> Option<(u64, MetricValues)> {
    let last = steps.last()?;
    let of = |at: usize| {
        let sum: f32 = steps.iter().filter_map(|step| step.values.get(at)).sum();
        sum / steps.len() as f32
    };
    let values: Vec<f32> = (0..last.values.as_slice().len()).map(of).collect();
    Some((last.step.0, MetricValues::new(&values)))
}
