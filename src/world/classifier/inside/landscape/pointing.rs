//! Pointing at the ground tells the loss there, at a state its step; pressing a state leads the hall there.

use std::marker::PhantomData;

use bevy::prelude::*;

use super::{
    Told,
    way::{self, WayPoints},
};
use crate::{
    inside::Landscape,
    world::{
        classifier::{
            Classifier, Of,
            inside::{phrases, wish::Wish},
            sheet::figure,
        },
        display::Cloud,
        interaction::aim::{AimLeft, AimMoved, AimPressed},
        timeline::Timeline,
    },
};

/// What of the landscape is pointed at.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Place {
    /// A place of the ground, from its far left corner.
    Ground(Vec2),
    /// A state of the way.
    State(u32),
}

/// What of the landscape is pointed at.
#[derive(Resource)]
pub(in super::super) struct LandPointed<C: Classifier> {
    at: Option<Place>,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for LandPointed<C> {
    fn default() -> Self {
        Self { at: None, of: PhantomData }
    }
}

impl<C: Classifier> LandPointed<C> {
    fn set(pointed: &mut ResMut<Self>, at: Option<Place>) {
        if pointed.at != at {
            pointed.at = at;
        }
    }
}

/// Lets the ground be pointed at.
pub(super) fn hear<C: Classifier>(commands: &mut Commands, ground: Entity) {
    commands
        .entity(ground)
        .observe(|moved: On<AimMoved>, mut pointed: ResMut<LandPointed<C>>| {
            LandPointed::set(&mut pointed, Some(Place::Ground(moved.uv)));
        })
        .observe(leave::<C>);
}

/// Lets states be pointed at and pressed.
pub(super) fn hear_of_states<C: Classifier>(commands: &mut Commands, points: Entity) {
    commands
        .entity(points)
        .observe(|moved: On<AimMoved>, mut pointed: ResMut<LandPointed<C>>| {
            LandPointed::set(&mut pointed, moved.part.map(Place::State));
        })
        .observe(leave::<C>)
        .observe(go::<C>);
}

fn leave<C: Classifier>(_: On<AimLeft>, mut pointed: ResMut<LandPointed<C>>) {
    LandPointed::set(&mut pointed, None);
}

/// The hall shows the step of the state that is pressed.
fn go<C: Classifier>(pressed: On<AimPressed>, told: Res<Told<C>>, mut timeline: ResMut<Timeline>) {
    let landscape = told.said(0).map(|said| &said.said);
    if let Some((landscape, part)) = landscape.zip(pressed.part)
        && let Some(state) = way::state(landscape, part)
    {
        timeline.scrub(state.step);
    }
}

/// Lights the state that is pointed at, and the one whose step the hall shows.
pub(super) fn light<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    pointed: Res<LandPointed<C>>,
    points: Option<Single<&mut Cloud, (With<WayPoints>, With<Of<C>>)>>,
) {
    let Some(mut cloud) = points else { return };
    let at = match pointed.at {
        Some(Place::State(part)) => Some(part),
        _ => None,
    };
    let shown = wish.scrubbed_to().zip(told.landscape(&wish)).and_then(|(step, landscape)| {
        let part = landscape.path.iter().rposition(|state| state.step <= step)?;
        u32::try_from(part).ok()
    });
    if (cloud.pointed, cloud.chosen) != (at, shown) {
        (cloud.pointed, cloud.chosen) = (at, shown);
    }
}

/// What is pointed at, in a sentence.
pub(super) fn words<C: Classifier>(
    landscape: &Landscape,
    pointed: &LandPointed<C>,
) -> Option<String> {
    match pointed.at? {
        Place::Ground(uv) => {
            let ([across, away], loss) = looked_up(landscape, uv)?;
            let place = [across, away].map(phrases::signed);
            Some(say!(
                "boards-a-loss-of-at-across",
                loss = figure(loss),
                place = place[0],
                place2 = place[1]
            ))
        }
        Place::State(part) => {
            let state = way::state(landscape, part)?;
            Some(say!(
                "boards-step-a-loss-of-on",
                step = phrases::steps(state.step),
                loss = figure(state.loss),
                shadow = figure(state.shadow)
            ))
        }
    }
}

/// The place of the plane that is nearest to a place of the ground, and the loss that was found there.
fn looked_up(landscape: &Landscape, uv: Vec2) -> Option<([f32; 2], f32)> {
    let side = landscape.asked.side;
    let last = side.checked_sub(1)?.max(1) as f32;
    let grid = |share: f32| (share.clamp(0.0, 1.0) * last).round() as usize;
    let (column, row) = (grid(uv.x), grid(1.0 - uv.y));
    let [across, away] = landscape.axes;
    let loss = landscape.losses.get(row * side + column).copied()?;
    Some(([across.at(column, side), away.at(row, side)], loss))
}
