//! The data behind the loss, on the right board: each point, the line or curve of θ now, and the points summed now.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    ON_STAGE,
    attention::{Attention, stand},
    ink,
    loss_board::LossBoardHung,
    places::{BOARD_M, READ_FROM_M, board_dmm},
};
use crate::{
    stream::{Loss, PointsOfData, RunnerStep, Surface},
    world::{
        WorldSystems,
        display::{Cloud, Look, Marks, Wires},
        interaction::aim::Untouchable,
        link::ShownRun,
        timeline::Timeline,
        ui::{
            palette,
            panel::{Ground, Hanger, PanelPlan},
            sheet::{BEFORE_M, from_left},
            words,
        },
    },
};

/// The plot on its board, in dmm from the top left.
const PLOT: Rect = Rect { min: vec2(26.0, 318.0), max: vec2(590.0, 486.0) };
/// Radius of a point, in metres.
const POINT_M: f32 = 0.008;
/// Pieces of the curve.
const PIECES: usize = 48;
/// Points that are drawn, at most: an even sample of more.
const MOST_POINTS: usize = 4000;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_systems(
        Update,
        (show_points, show_batch, show_fit).chain().in_set(WorldSystems::Show).in_set(ON_STAGE),
    );
}

#[derive(Component)]
struct Points;

#[derive(Component)]
struct Fit;

#[derive(Component)]
struct Names;

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
    let centre = (PLOT.center() - board_dmm() / 2.0) * READ_FROM_M / 1000.0;
    let place = Transform::from_xyz(centre.x, -centre.y, BEFORE_M);
    let colours = vec![palette::INK_QUIET, palette::TEST];
    hanger.commands.spawn((
        Name::new("Data points"),
        Points,
        Cloud::new(POINT_M, colours, palette::INK),
        Untouchable,
        place,
        ChildOf(hung.entity),
    ));
    let mut wires = Wires::new(PIECES);
    wires.width = 0.008;
    hanger.commands.spawn((
        Name::new("Fit"),
        Fit,
        wires,
        place.with_translation(place.translation + Vec3::Z * 0.004),
        ChildOf(hung.entity),
    ));
    let names = hanger.hang(PanelPlan {
        name: "Axes of the data",
        size_m: vec2(BOARD_M.x, 0.1),
        read_from_m: READ_FROM_M,
        ground: Ground::Clear,
    });
    let below = (PLOT.max.y + 18.0 - board_dmm().y / 2.0) * READ_FROM_M / 1000.0;
    hanger.commands.entity(names.panel).insert((
        Untouchable,
        Transform::from_xyz(0.0, -below, BEFORE_M),
        ChildOf(hung.entity),
    ));
    hanger.commands.entity(names.root).with_child((
        words::caption(""),
        TextLayout::no_wrap(),
        from_left(PLOT.min.x, 4.0),
        Names,
    ));
}

fn every(count: usize) -> usize {
    count.div_ceil(MOST_POINTS).max(1)
}

fn show_points(
    run: Res<ShownRun>,
    clouds: Single<&mut Cloud, With<Points>>,
    names: Single<&mut Text, With<Names>>,
    mut shown: Local<Option<Arc<Surface>>>,
) {
    let Some(surface) = run.0.surface() else {
        return;
    };
    if shown.as_ref().is_some_and(|shown| Arc::ptr_eq(shown, surface)) {
        return;
    }
    *shown = Some(surface.clone());
    let mut cloud = clouds.into_inner();
    let mut names = names.into_inner();
    let Some(data) = &surface.data else {
        cloud.show_places(&Arc::from([]));
        cloud.show_looks(&Arc::from([]));
        names.0 = String::new();
        return;
    };
    let frame = Frame::of(data);
    let drawn = data.points.iter().step_by(every(data.points.len()));
    let places: Vec<f32> = drawn.flat_map(|point| frame.place(*point).to_array()).collect();
    cloud.show_places(&places.into());
    names.0 = format!("→ {}   ↑ {}", data.x_name, data.y_name);
}

/// The points of the batch that the chosen runner sums over stand out; where it sums over all, none does.
fn show_batch(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    attention: Res<Attention>,
    mut cloud: Single<&mut Cloud, With<Points>>,
    mut last: Local<Option<(usize, usize, usize)>>,
) {
    let Some(data) = run.0.surface().and_then(|surface| surface.data.as_ref()) else {
        *last = None;
        return;
    };
    let count = data.points.len();
    let stand = stand(&run.0, attention.runner, timeline.shown_step(&run.0));
    let (first, batch) = stand.map_or((0, count), |stand| stand.step.batch);
    if *last == Some((first, batch, count)) {
        return;
    }
    *last = Some((first, batch, count));
    let look = |place: usize| {
        let summed = batch < count && (place + count - first % count.max(1)) % count.max(1) < batch;
        let (colour, size, brightness) = if summed { (1, 255, 255) } else { (0, 170, 150) };
        Look { colour, size, brightness, marks: Marks::NONE }.word()
    };
    let looks: Vec<u32> = (0..count).step_by(every(count)).map(look).collect();
    cloud.show_looks(&looks.into());
}

fn show_fit(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    attention: Res<Attention>,
    mut wires: Single<&mut Wires, With<Fit>>,
    mut last: Local<Option<RunnerStep>>,
) {
    let Some(surface) = run.0.surface() else {
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
