//! The way of the run over the ground: a point for each kept state at its true height, a stem down to where the plane puts it,
//! and a ball where the weights are.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    Told,
    heights::Heights,
    places::{RELIEF_M, SIZE_M},
};
use crate::{
    inside::{Landscape, OnPath},
    world::{
        classifier::{Classifier, Of, inside::wish::Wish},
        display::{Cloud, Marks, PointLook, Wires},
        interaction::{aim::Landmark, points::Points},
        ui::palette,
    },
};

/// States at most; more are never kept.
const MOST: usize = 128;
/// Widths of the way and of the stems, the radius of a point, and how far all of it is above what it lies on, in metres.
const WAY_M: f32 = 0.009;
const STEM_M: f32 = 0.004;
const POINT_M: f32 = 0.017;
const UP_M: f32 = 0.006;

/// The points of the states.
#[derive(Component)]
pub(in super::super) struct WayPoints;

/// The lines: the way from state to state, or the stems.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum WayLines {
    Way,
    Stems,
}

/// Puts the way over the ground, still empty; gives the points of its states.
pub(super) fn hang<C: Classifier>(commands: &mut Commands, ground: Entity) -> Entity {
    let lines =
        [(WayLines::Way, palette::AMBER, WAY_M), (WayLines::Stems, palette::INK_QUIET, STEM_M)];
    for (of, colour, width) in lines {
        let mut wires = Wires::new(MOST);
        (wires.colour, wires.width) = (colour, width);
        commands.spawn((
            Name::new("Way of the weights"),
            of,
            wires,
            Of::<C>::MARK,
            ChildOf(ground),
        ));
    }
    let cloud = Cloud::new(POINT_M, vec![palette::AMBER, palette::INK], palette::INK).near();
    let points = commands.spawn((
        Name::new("States of the weights"),
        WayPoints,
        cloud,
        Points { places: Arc::from([]) },
        Landmark(C::NAMES.inside.planes[1]),
        Of::<C>::MARK,
        ChildOf(ground),
    ));
    points.id()
}

/// Where something stands over the plane that has this loss.
fn place(landscape: &Landscape, heights: Heights, at: [f32; 2], loss: f32) -> Vec3 {
    let [across, away] = [0, 1].map(|axis| {
        let of = landscape.axes[axis];
        let share = (at[axis] - of.low) / (of.high - of.low);
        if share.is_finite() { share.clamp(0.0, 1.0) - 0.5 } else { 0.0 }
    });
    vec3(across * SIZE_M.x, heights.share(loss) * RELIEF_M + UP_M, -away * SIZE_M.y)
}

/// The states of the way in steps of time, the weights as they are at its end.
fn states(landscape: &Landscape) -> &[OnPath] {
    landscape.path.get(landscape.path.len().saturating_sub(MOST)..).unwrap_or_default()
}

type Lines<'w, 's, C> = Query<'w, 's, (&'static WayLines, &'static mut Wires), With<Of<C>>>;

pub(super) fn lay<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    points: Option<Single<(&mut Cloud, &mut Points), (With<WayPoints>, With<Of<C>>)>>,
    mut lines: Lines<C>,
) {
    if !told.is_changed() && !wish.inside.is_changed() {
        return;
    }
    let landscape = told.landscape(&wish).and_then(|said| Some((said, Heights::of(said)?)));
    let Some(((landscape, heights), points)) = landscape.zip(points) else { return };
    let states = states(landscape);
    let stand = |state: &OnPath, loss: f32| place(landscape, heights, state.at, loss);
    let tops: Vec<Vec3> = states.iter().map(|state| stand(state, state.loss)).collect();
    for (of, mut wires) in &mut lines {
        let wanted: Vec<(Vec3, Vec3, f32)> = match of {
            WayLines::Way => tops.windows(2).map(|pair| (pair[0], pair[1], 1.0)).collect(),
            WayLines::Stems => {
                let feet = states.iter().map(|state| stand(state, state.shadow));
                tops.iter().zip(feet).map(|(top, foot)| (*top, foot, 0.7)).collect()
            }
        };
        wires.set(&wanted);
    }
    let (mut cloud, mut points) = points.into_inner();
    let places: Arc<[f32]> = tops.iter().flat_map(Vec3::to_array).collect();
    let last = tops.len().saturating_sub(1);
    let looks: Vec<u32> = (0..tops.len()).map(|at| look(at == last).word()).collect();
    cloud.show_places(&places);
    cloud.show_looks(&looks.into());
    points.places = places;
}

/// How a state looks; the weights as they are stand out.
const fn look(is_last: bool) -> PointLook {
    let (colour, size) = if is_last { (1, 255) } else { (0, 150) };
    let marks = if is_last { Marks::RING } else { Marks::NONE };
    PointLook { colour, size, brightness: 255, marks }
}

/// The state of a point.
pub(super) fn state(landscape: &Landscape, part: u32) -> Option<&OnPath> {
    states(landscape).get(part as usize)
}
