//! The rows of the table as points of light in the space ahead, training rows filled and held-out rows hollow.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    attention::{Space, SpaceTurn, TableAttention},
    places::SPACE_M,
    samples_fit::{ComponentFit, places},
};
use crate::{
    exhibits::logistic::{
        EXHIBIT_ID,
        payload::{Table, TableAnswer},
    },
    world::{
        WorldSystems,
        display::Cloud,
        interaction::{aim::Landmark, points::Points},
        link::{ShownRun, ShownSnapshot},
        stage::{OnStage, PlinthPlaced},
        ui::palette,
    },
};

/// The radius of a point, in metres.
const LARGEST_M: f32 = 0.02;
/// After this many seconds 95 % of a turn is done.
const TURN_SECS: f32 = 0.3;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Fitted>()
        .add_observer(open_space)
        .configure_sets(Update, SampleSystems.in_set(WorldSystems::Show))
        .add_systems(
            Update,
            (fit_table, place_rows, turn_space)
                .chain()
                .in_set(SampleSystems)
                .in_set(OnStage(EXHIBIT_ID)),
        );
}

/// What puts the rows where they belong, before anything is drawn beside them.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct SampleSystems;

/// What all that lies among the rows is a child of; a space is opened once, when the exhibit's place is there.
#[derive(Component, Clone, Copy, Debug)]
pub(super) struct SampleSpace;

/// The space is there, for those who furnish it.
#[derive(EntityEvent)]
pub(super) struct SpaceOpened {
    /// The space.
    pub(super) entity: Entity,
}

/// The cloud of all drawn rows.
#[derive(Component)]
pub(super) struct Samples;

/// How the components of the table lie in the space.
#[derive(Resource, Default)]
pub(super) struct Fitted(pub(super) Option<(Arc<Table>, ComponentFit)>);

fn open_space(placed: On<PlinthPlaced>, turn: Res<SpaceTurn>, mut commands: Commands) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let space = commands
        .spawn((
            Name::new("Space of the rows"),
            SampleSpace,
            Transform::from_translation(SPACE_M)
                .with_rotation(Quat::from_rotation_y(turn.0.to_radians())),
            Visibility::default(),
            ChildOf(placed.entity),
        ))
        .id();
    commands.spawn((
        Name::new("Rows of the table"),
        Samples,
        Cloud::new(LARGEST_M, palette::CLASSES.to_vec(), palette::INK),
        Points { places: Arc::from([]) },
        Landmark("rows"),
        ChildOf(space),
    ));
    commands.trigger(SpaceOpened { entity: space });
}

fn fit_table(run: Res<ShownRun>, mut fitted: ResMut<Fitted>) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    if fitted.0.as_ref().is_none_or(|(known, _)| !Arc::ptr_eq(known, table)) {
        fitted.0 = Some((table.clone(), ComponentFit::of(table)));
    }
}

/// What the rows were placed for last.
#[derive(Default)]
struct PlacedFor(Option<(Arc<Table>, Space, [usize; 2], usize, Option<Arc<TableAnswer>>)>);

fn place_rows(
    attention: Res<TableAttention>,
    fitted: Res<Fitted>,
    shown: Res<ShownSnapshot>,
    samples: Option<Single<(&mut Cloud, &mut Points), With<Samples>>>,
    mut placed: Local<PlacedFor>,
) {
    let (Some(samples), Some((table, fit))) = (samples, &fitted.0) else {
        return;
    };
    // Among components no answer moves a row.
    let answer = shown.own_answer::<TableAnswer>().filter(|_| attention.space == Space::Features);
    let same = placed.0.as_ref().is_some_and(|(of, space, across, class, told)| {
        Arc::ptr_eq(of, table)
            && *space == attention.space
            && (*space == Space::Components
                || *across == attention.across
                    && *class == attention.class
                    && told.as_ref().map(Arc::as_ptr) == answer.map(Arc::as_ptr))
    });
    if same {
        return;
    }
    let (mut cloud, mut points) = samples.into_inner();
    let places: Arc<[f32]> = places(table, *fit, &attention, answer.map(AsRef::as_ref)).into();
    cloud.show_places(&places);
    points.places = places;
    placed.0 =
        Some((table.clone(), attention.space, attention.across, attention.class, answer.cloned()));
}

fn turn_space(
    time: Res<Time>,
    turn: Res<SpaceTurn>,
    space: Option<Single<&mut Transform, With<SampleSpace>>>,
) {
    let Some(mut space) = space else {
        return;
    };
    let wanted = Quat::from_rotation_y(turn.0.to_radians());
    if space.rotation == wanted {
        return;
    }
    let left = (-3.0 * time.delta_secs() / TURN_SECS).exp();
    let nearer = wanted.slerp(space.rotation, left);
    let arrived = nearer.angle_between(wanted) < 1e-3;
    space.rotation = if arrived { wanted } else { nearer };
}
