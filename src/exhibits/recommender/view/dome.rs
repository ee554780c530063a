//! The dome: every film a point of light, placed by what was learned of it.

use std::sync::Arc;

use bevy::prelude::*;

use super::{attention::TasteAttention, dome_families::FAMILIES, dome_shape::DomeFit};
use crate::{
    exhibits::recommender::{
        EXHIBIT_ID, ITEM_PLACES,
        payload::{ListAsk, Ratings},
    },
    world::{
        WorldSystems,
        display::Cloud,
        interaction::points::Points,
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::palette,
    },
};

/// The radius of the film with the most ratings, in metres.
pub(super) const LARGEST_M: f32 = 0.042;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<DomeFit>()
        .add_observer(hang_films)
        .configure_sets(Update, DomeSystems.in_set(WorldSystems::Show).in_set(super::ON_STAGE))
        .add_systems(Update, (place_films, offer_films).chain().in_set(DomeSystems));
}

/// What puts the films where they belong, before anything is drawn beside them.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct DomeSystems;

/// The cloud of all films, in the order of the ratings' items.
#[derive(Component)]
pub(super) struct Films;

fn hang_films(placed: On<PlinthPlaced>, mut commands: Commands) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let colours = FAMILIES.iter().map(|family| family.colour).collect();
    commands.spawn((
        Name::new("Films"),
        Films,
        Cloud::new(LARGEST_M, colours, palette::ACCENT_BRIGHT),
        Points { places: Arc::from([]) },
        ChildOf(placed.entity),
    ));
}

fn place_films(
    time: Res<Time<Real>>,
    shown: Res<ShownSnapshot>,
    mut fit: ResMut<DomeFit>,
    films: Option<Single<&mut Cloud, With<Films>>>,
    mut last: Local<Option<(Arc<[f32]>, f32)>>,
) {
    let (Some(mut films), Some(places)) = (films, shown.layer(ITEM_PLACES)) else {
        return;
    };
    let since = last.as_ref().map(|(values, _)| values);
    if since.is_some_and(|values| Arc::ptr_eq(values, &places.values)) {
        return;
    }
    let now = time.elapsed_secs();
    let secs = last.as_ref().map_or(0.0, |(_, secs)| now - secs);
    fit.follow(&places.values, secs);
    films.show_places(&fit.places(&places.values).into());
    *last = Some((places.values.clone(), now));
}

/// Lets aims meet the films that are not filtered out.
fn offer_films(
    attention: Res<TasteAttention>,
    run: Res<ShownRun>,
    films: Option<Single<(Ref<Cloud>, &mut Points), With<Films>>>,
    mut offered: Local<Option<ListAsk>>,
) {
    let (Some(films), Some(ratings)) = (films, run.0.material::<Ratings>()) else {
        return;
    };
    let (cloud, mut points) = films.into_inner();
    if !cloud.is_changed() && offered.as_ref() == Some(&attention.list) {
        return;
    }
    *offered = Some(attention.list.clone());
    let all = ListAsk { genres: 0, years: None, least_ratings: 0, ..attention.list.clone() };
    if attention.list == all {
        if !Arc::ptr_eq(&points.places, cloud.places()) {
            points.places = cloud.places().clone();
        }
        return;
    }
    let (places, _) = cloud.places().as_chunks::<3>();
    let nowhere = [f32::NAN; 3];
    points.places = places
        .iter()
        .zip(ratings.items.iter())
        .flat_map(
            |(place, item)| if attention.list.admits(item, item.count) { *place } else { nowhere },
        )
        .collect();
}
