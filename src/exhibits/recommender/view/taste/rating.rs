//! A film and the visitor's stars for it: pressed to rate, taken back with a button.

use bevy::{prelude::*, ui::InteractionDisabled};

use super::{between, news::Catalogue, words as say};
use crate::{
    exhibits::recommender::{
        payload::StarScale,
        view::attention::{Profile, TasteAttention, Who},
    },
    world::{
        WorldSystems,
        ui::{
            controls::{
                Activate, ButtonKind, HalfNames, Stars, ValueChange, button, mark, show, stars,
            },
            words,
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        show_stars
            .run_if(
                resource_changed::<TasteAttention>
                    .or_eager(resource_changed::<Profile>)
                    .or_eager(resource_changed::<Catalogue>),
            )
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE),
    );
}

/// Stars for the film that is chosen.
#[derive(Component, Clone, Copy, Debug)]
struct ForChosen;

/// Takes the stars back.
#[derive(Component, Clone, Copy, Debug)]
struct Unrates;

/// What the visitor gave, in words.
#[derive(Component, Clone, Copy, Debug)]
struct Given;

/// The names of the controls on one page.
#[derive(Clone, Copy, Debug)]
pub(super) struct RatingControls {
    pub(super) stars: &'static str,
    pub(super) halves: &'static HalfNames,
}

/// Stars as the row shows them, five for the best that the scale has.
const SHOWN: f32 = 5.0;

/// The stars alone.
pub(super) fn write_stars(line: &mut ChildSpawnerCommands, names: RatingControls) {
    line.spawn((stars(names.stars, names.halves), ForChosen)).observe(rate);
}

/// The stars, what they say, and a button to take them back.
pub(super) fn write(page: &mut ChildSpawnerCommands, names: RatingControls, unrates: &'static str) {
    page.spawn(between()).with_children(|line| {
        write_stars(line, names);
        line.spawn((words::caption(""), TextLayout::no_wrap(), Given));
        line.spawn((button(unrates, say!("recommender-unrate"), ButtonKind::Small), Unrates))
            .observe(unrate);
    });
}

/// The rating nearest to so many of the stars shown.
fn on_scale(scale: &StarScale, shown: f32) -> f32 {
    scale.stars(scale.nearest(shown * scale.high / SHOWN))
}

fn rate(
    change: On<ValueChange<f32>>,
    catalogue: Res<Catalogue>,
    mut attention: ResMut<TasteAttention>,
    mut profile: ResMut<Profile>,
) {
    if let Some(item) = attention.chosen {
        profile.rate(item, on_scale(&catalogue.ratings.scale, change.value), false);
        // Whoever rates wants to see what it does to their own list.
        attention.who = Who::You;
        if attention.with == Some(Who::You) {
            attention.with = None;
        }
    }
}

fn unrate(_: On<Activate>, attention: Res<TasteAttention>, mut profile: ResMut<Profile>) {
    if let Some(item) = attention.chosen {
        profile.forget(item);
    }
}

fn show_stars(
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    catalogue: Res<Catalogue>,
    mut rows: Query<(&mut Stars, &mut Node), With<ForChosen>>,
    mut given: Query<&mut Text, With<Given>>,
    buttons: Query<(Entity, Has<InteractionDisabled>), With<Unrates>>,
    mut commands: Commands,
) {
    let stars = attention.chosen.and_then(|item| profile.stars_of(item));
    for (mut row, mut node) in &mut rows {
        let shown = stars.unwrap_or(0.0) * SHOWN / catalogue.ratings.scale.high;
        row.set_if_neq(Stars(shown));
        show(&mut node, attention.chosen.is_some());
    }
    let words = match (attention.chosen, stars) {
        (None, _) => say!("recommender-choose-a-film-to-rate").to_owned(),
        (Some(_), None) => say!("recommender-not-rated").to_owned(),
        (Some(_), Some(stars)) => say!("recommender-you-4", stars = say::given(stars)),
    };
    for mut text in &mut given {
        text.set_if_neq(Text(words.clone()));
    }
    for (button, disabled) in &buttons {
        mark::<InteractionDisabled>(&mut commands, button, disabled, stars.is_none());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn five_stars_stand_for_any_scale() {
        let whole = StarScale { low: 1.0, high: 5.0, step: 1.0 };
        let ten = StarScale { low: 1.0, high: 10.0, step: 1.0 };
        for (shown, half, one, to_ten) in
            [(0.5, 0.5, 1.0, 1.0), (3.5, 3.5, 4.0, 7.0), (5.0, 5.0, 5.0, 10.0)]
        {
            assert_eq!(on_scale(&StarScale::default(), shown), half);
            assert_eq!(on_scale(&whole, shown), one);
            assert_eq!(on_scale(&ten, shown), to_ten);
        }
    }
}
