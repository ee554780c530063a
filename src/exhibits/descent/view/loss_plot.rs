//! The data behind the loss, on the right board: each point, the line or curve of θ now, and the points summed now.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    ON_STAGE,
    attention::{DescentAttention, stand},
    ink,
    loss_board::LossBoardHung,
    places::{LOSS_M, READ_FROM_M, in_dmm},
};
use crate::{
    exhibits::descent::payload::{Loss, PointsOfData, RunnerStep, Surface},
    words::of_table,
    world::{
        WorldSystems,
        display::Wires,
        interaction::aim::Untouchable,
        link::ShownRun,
        timeline::Timeline,
        ui::{
            palette,
            panel::{Hanger, PanelPlan},
            sheet::{BEFORE_M, from_left},
            words,
        },
    },
};

/// The plot on its board, in dmm from the top left.
const PLOT: Rect = Rect { min: vec2(24.0, 194.0), max: vec2(490.0, 284.0) };
/// Side of a point, in metres: dashes as long as they are wide, which lie before their board like the line does.
const POINT_M: f32 = 0.010;
/// Pieces of the curve.
const PIECES: usize = 48;
/// Points that are drawn, at most: an even sample of more.
const MOST_POINTS: usize = 1500;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_systems(
        Update,
        (show_points, show_fit).chain().in_set(WorldSystems::Show).in_set(ON_STAGE),
    );
}

/// The points of the data, or those among them that are summed now.
#[derive(Component)]
struct Points {
    summed: bool,
}

#[derive(Component)]
struct FitLine;

#[derive(Component)]
struct PlotNames;

/// How data lie on the plot.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Frame {
    x: (f64, f64),
    y: (f64, f64),
}

impl Frame {
    fn of(data: &PointsOfData) -> Self {
        let span = |at: usize| {
            let values = data.points.iter().map(|point| point[at]);
            let (low, high) = values
                .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), one| {
                    (low.min(one), high.max(one))
                });
            let room = 0.05 * (high - low).max(f64::MIN_POSITIVE);
            (low - room, high + room)
        };
        Self { x: span(0), y: span(1) }
    }

    /// Where a point lies, in metres from the middle of the plot; what is off it, at its edge.
    fn place(self, [x, y]: [f64; 2]) -> Vec3 {
        let share = |value: f64, (low, high): (f64, f64)| {
            ((value - low) / (high - low)).clamp(0.0, 1.0) as f32 - 0.5
        };
        let size = PLOT.size() * READ_FROM_M / 1000.0;
        vec3(share(x, self.x) * size.x, share(y, self.y) * size.y, 0.0)
    }
}

fn hang(hung: On<LossBoardHung>, mut hanger: Hanger) {
    let centre = (PLOT.center() - in_dmm(LOSS_M) / 2.0) * READ_FROM_M / 1000.0;
    let place = Transform::from_xyz(centre.x, -centre.y, BEFORE_M);
    for (name, colour, summed) in [
        (say!("descent-data-points"), palette::INK_QUIET, false),
        (say!("descent-points-summed-now"), palette::TEST, true),
    ] {
        let mut wires = Wires::new(MOST_POINTS);
        (wires.colour, wires.width) = (colour, POINT_M);
        hanger.commands.spawn((
            Name::new(name),
            Points { summed },
            wires,
            place,
            ChildOf(hung.entity),
        ));
    }
    let mut wires = Wires::new(PIECES);
    wires.width = 0.008;
    hanger.commands.spawn((
        Name::new("Fit"),
        FitLine,
        wires,
        place.with_translation(place.translation + Vec3::Z * 0.004),
        ChildOf(hung.entity),
    ));
    let names = hanger.hang(PanelPlan::clear("Axes of the data", vec2(LOSS_M.x, 0.1), READ_FROM_M));
    let below = (PLOT.max.y + 18.0 - in_dmm(LOSS_M).y / 2.0) * READ_FROM_M / 1000.0;
    hanger.commands.entity(names.panel).insert((
        Untouchable,
        Transform::from_xyz(0.0, -below, BEFORE_M),
        ChildOf(hung.entity),
    ));
    hanger.commands.entity(names.root).with_child((
        words::caption(""),
        TextLayout::no_wrap(),
        from_left(PLOT.min.x, 4.0),
        PlotNames,
    ));
}

fn every(count: usize) -> usize {
    count.div_ceil(MOST_POINTS).max(1)
}

/// All points; those of the batch that the chosen runner sums over stand out, unless it sums over all.
fn show_points(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    attention: Res<DescentAttention>,
    mut points: Query<(&Points, &mut Wires)>,
    names: Single<&mut Text, With<PlotNames>>,
    mut last: Local<Option<(Arc<Surface>, (usize, usize))>>,
) {
    let Some(surface) = run.0.material::<Surface>() else {
        return;
    };
    let count = surface.data.as_ref().map_or(0, |data| data.points.len());
    let stand = stand(&run.0, attention.runner, timeline.shown_step(&run.0));
    let batch = stand.map_or((0, count), |stand| stand.step.batch);
    let same = last
        .as_ref()
        .is_some_and(|(shown, summed)| Arc::ptr_eq(shown, surface) && *summed == batch);
    if same {
        return;
    }
    *last = Some((surface.clone(), batch));
    let mut names = names.into_inner();
    names.0 = surface.data.as_ref().map_or_else(String::new, |data| {
        format!("→ {}   ↑ {}", of_table(&data.x_name), of_table(&data.y_name))
    });
    for (which, mut wires) in &mut points {
        let dashes = surface.data.as_ref().map(|data| dashes(data, which.summed.then_some(batch)));
        wires.set(&dashes.unwrap_or_default());
    }
}

/// All points, or those of a batch: its first, and how many, counted around the end; none where it is of all.
fn dashes(data: &PointsOfData, batch: Option<(usize, usize)>) -> Vec<(Vec3, Vec3, f32)> {
    let frame = Frame::of(data);
    let count = data.points.len();
    let places: Vec<usize> = match batch {
        None => (0..count).step_by(every(count)).collect(),
        Some((_, summed)) if summed >= count => Vec::new(),
        Some((first, summed)) => (0..summed).map(|at| (first + at) % count).collect(),
    };
    let half = Vec3::X * POINT_M / 2.0;
    places
        .into_iter()
        .filter_map(|place| data.points.get(place))
        .map(|point| frame.place(*point))
        .map(|place| (place - half, place + half, if batch.is_some() { 1.0 } else { 0.55 }))
        .collect()
}

fn show_fit(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    attention: Res<DescentAttention>,
    mut wires: Single<&mut Wires, With<FitLine>>,
    mut last: Local<Option<RunnerStep>>,
) {
    let Some(surface) = run.0.material::<Surface>() else {
        return;
    };
    let step = stand(&run.0, attention.runner, timeline.shown_step(&run.0)).map(|one| one.step);
    if *last == step {
        return;
    }
    *last = step;
    let lines = match (&surface.data, step) {
        (Some(data), Some(step)) => fit(surface.loss, data, step.theta),
        _ => Vec::new(),
    };
    wires.colour = ink(attention.runner);
    wires.set(&lines);
}

/// The line, or the curve of the probability, over the span of the data.
fn fit(loss: Loss, data: &PointsOfData, theta: [f64; 2]) -> Vec<(Vec3, Vec3, f32)> {
    let frame = Frame::of(data);
    let at = |piece: usize| {
        let x = frame.x.0 + (frame.x.1 - frame.x.0) * piece as f64 / PIECES as f64;
        let score = theta[0] + theta[1] * x;
        let y = match loss {
            Loss::CrossEntropy => 1.0 / (1.0 + (-score).exp()),
            Loss::MeanSquaredError | Loss::TestFunction => score,
        };
        ((frame.y.0..=frame.y.1).contains(&y), frame.place([x, y]))
    };
    (0..PIECES)
        .map(|piece| (at(piece), at(piece + 1)))
        .filter(|((a, _), (b, _))| *a || *b)
        .map(|((_, a), (_, b))| (a, b, 1.0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{super::tests::line_surface, *};

    #[test]
    fn points_of_a_batch_are_counted_around_the_end() {
        let data = line_surface().data.unwrap();
        assert_eq!(dashes(&data, None).len(), 3);
        assert!(dashes(&data, Some((0, 3))).is_empty(), "all are summed");
        let batch = dashes(&data, Some((2, 2)));
        let all = dashes(&data, None);
        assert_eq!([batch[0].0, batch[1].0], [all[2].0, all[0].0]);
    }

    #[test]
    fn the_line_goes_through_the_points_that_lie_on_it() {
        let surface = line_surface();
        let data = surface.data.unwrap();
        let lines = fit(Loss::MeanSquaredError, &data, [1.0, 0.0]);
        let level = Frame::of(&data).place([0.0, 1.0]).y;
        assert!(!lines.is_empty());
        assert!(
            lines.iter().all(|(a, b, _)| (a.y - level).abs() < 1e-6 && (b.y - level).abs() < 1e-6)
        );
    }
}
