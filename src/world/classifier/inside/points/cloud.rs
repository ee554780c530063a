//! The cloud itself: where its points are, and how it is turned.

use std::{marker::PhantomData, sync::Arc};

use bevy::prelude::*;

use super::{Told, tour};
use crate::{
    inside::PointsLayout,
    world::{
        classifier::{Classifier, Of, inside::wish::Wish},
        display::Cloud,
        interaction::{
            aim::{AimDragged, AimPressed, AimReleased},
            points::Points,
        },
    },
};

/// A place at the root of the mean squared distance from the middle is so far from it, in metres.
const SPREAD_M: f32 = 0.34;
/// A drag over the whole glass turns so far, in radians, or takes so much of a tour, in seconds.
const DRAG_TURN: f32 = 1.5 * std::f32::consts::PI;
const DRAG_SECS: f32 = 20.0;
/// After this many seconds 95 % of a turn is done.
const TURN_SECS: f32 = 0.3;

/// The points of all images.
#[derive(Component)]
pub(in super::super) struct ImagePoints;

/// How the cloud is turned, and how far its tour has gone.
#[derive(Resource)]
pub(in super::super) struct CloudTurn<C: Classifier> {
    /// Seconds of the tour.
    pub(super) time: f32,
    /// To the right and up, in radians, by dragging.
    dragged: Vec2,
    last: Option<Vec2>,
    /// Whether it is held.
    pub(super) held: bool,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for CloudTurn<C> {
    fn default() -> Self {
        Self { time: 0.0, dragged: Vec2::ZERO, last: None, held: false, of: PhantomData }
    }
}

/// Lets the cloud be turned by dragging the glass behind it.
pub(super) fn hear<C: Classifier>(commands: &mut Commands, glass: Entity) {
    commands
        .entity(glass)
        .observe(|pressed: On<AimPressed>, mut turn: ResMut<CloudTurn<C>>| {
            (turn.last, turn.held) = (Some(pressed.uv), true);
        })
        .observe(|_: On<AimReleased>, mut turn: ResMut<CloudTurn<C>>| {
            (turn.last, turn.held) = (None, false);
        })
        .observe(|dragged: On<AimDragged>, wish: Wish<C>, mut turn: ResMut<CloudTurn<C>>| {
            let moved = dragged.uv - turn.last.unwrap_or(dragged.uv);
            turn.last = Some(dragged.uv);
            if wish.inside.wanted.points.tour {
                turn.time += moved.x * DRAG_SECS;
            } else {
                turn.dragged += moved * DRAG_TURN;
            }
        });
}

/// Lets the tour go on while it is wanted and there is more to see than three axes.
pub(super) fn go_on<C: Classifier>(
    wish: Wish<C>,
    told: Res<Told<C>>,
    time: Res<Time<Real>>,
    mut turn: ResMut<CloudTurn<C>>,
) {
    let tours = told.points().is_some_and(|points| {
        points.axes > tour::SEEN && matches!(points.asked.layout, PointsLayout::Components)
    });
    if wish.inside.wanted.points.tour && tours && !turn.held {
        turn.time += time.delta_secs();
    }
}

/// What the points were placed for last.
#[derive(Default)]
pub(super) struct PlacedFor(Option<(Arc<[f32]>, f32)>);

pub(super) fn place<C: Classifier>(
    told: Res<Told<C>>,
    turn: Res<CloudTurn<C>>,
    cloud: Option<Single<(&mut Cloud, &mut Points, &mut Visibility), Images<C>>>,
    mut placed: Local<PlacedFor>,
) {
    let Some(cloud) = cloud else { return };
    let (mut cloud, mut points, mut seen) = cloud.into_inner();
    let said = told.points();
    seen.set_if_neq(if said.is_some() { Visibility::Inherited } else { Visibility::Hidden });
    let Some(said) = said else { return };
    let same = placed
        .0
        .as_ref()
        .is_some_and(|(places, time)| Arc::ptr_eq(places, &said.places) && *time == turn.time);
    if same {
        return;
    }
    let frame = tour::frame(said.axes, turn.time);
    let places: Arc<[f32]> = tour::seen_by(&said.places, said.axes, &frame, SPREAD_M).into();
    cloud.show_places(&places);
    points.places = places;
    placed.0 = Some((said.places.clone(), turn.time));
}

/// The cloud of this classifier.
pub(super) type Images<C> = (With<ImagePoints>, With<Of<C>>);

/// Turns the cloud to where it was dragged and pressed.
pub(super) fn turn<C: Classifier>(
    wish: Wish<C>,
    time: Res<Time<Real>>,
    turn: Res<CloudTurn<C>>,
    cloud: Option<Single<&mut Transform, Images<C>>>,
) {
    let Some(mut place) = cloud else { return };
    let eighths = wish.inside.wanted.points.turned as f32 * std::f32::consts::FRAC_PI_4;
    let up = turn.dragged.y.clamp(-1.2, 1.2);
    let wanted = Quat::from_rotation_x(up) * Quat::from_rotation_y(turn.dragged.x + eighths);
    if place.rotation == wanted {
        return;
    }
    let left = (-3.0 * time.delta_secs() / TURN_SECS).exp();
    let nearer = wanted.slerp(place.rotation, left);
    place.rotation = if nearer.angle_between(wanted) < 1e-3 { wanted } else { nearer };
}
