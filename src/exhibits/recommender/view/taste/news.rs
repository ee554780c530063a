//! What the board speaks of: the catalogue and the model's last answer, noted when they change.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    search::Titles,
    tabs::{Open, TastePage},
    words,
};
use crate::{
    exhibits::recommender::{
        payload::{Ratings, TasteAnswer},
        view::attention::{Profile, TasteAttention},
    },
    stream::Step,
    world::{
        WorldSystems,
        link::{ShownRun, ShownSnapshot},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Catalogue>().init_resource::<Answered>().add_systems(
        Update,
        (note_catalogue, note_answer).in_set(WorldSystems::Arrange).in_set(super::ON_STAGE),
    );
}

/// The films and what everybody gave them.
#[derive(Resource, Default)]
pub(super) struct Catalogue {
    pub(super) ratings: Arc<Ratings>,
    pub(super) titles: Titles,
    /// Mean and spread of all ratings, in stars.
    pub(super) all: Option<(f64, f64)>,
    /// The first and the last year of any film.
    pub(super) years: Option<(u16, u16)>,
}

/// What the model last said, and at which step, where that is not the step that is shown.
#[derive(Resource, Default)]
pub(super) struct Answered(pub(super) Option<Arc<TasteAnswer>>, pub(super) Option<Step>);

/// A condition: something that the board speaks of has changed.
pub(super) fn news(
    attention: Res<TasteAttention>,
    profile: Res<Profile>,
    catalogue: Res<Catalogue>,
    answered: Res<Answered>,
    page: Res<Open>,
    hung: Query<(), Added<TastePage>>,
    mut last: Local<TasteAttention>,
) -> bool {
    // What is pointed at is no concern of the board's.
    let attends = attention.is_changed()
        && std::mem::replace(&mut *last, TasteAttention { pointed: None, ..attention.clone() })
            != *last;
    attends
        || profile.is_changed()
        || catalogue.is_changed()
        || answered.is_changed()
        || page.is_changed()
        || !hung.is_empty()
}

fn note_catalogue(run: Res<ShownRun>, mut catalogue: ResMut<Catalogue>) {
    let Some(ratings) = run.0.material::<Ratings>() else {
        return;
    };
    if Arc::ptr_eq(ratings, &catalogue.ratings) {
        return;
    }
    *catalogue = Catalogue {
        ratings: ratings.clone(),
        titles: Titles::of(ratings),
        years: words::years(&ratings.items),
        all: words::mean_and_spread(ratings.stars.iter().copied()),
    };
}

fn note_answer(shown: Res<ShownSnapshot>, mut answered: ResMut<Answered>) {
    if !shown.is_changed() {
        return;
    }
    let answer = shown.answer::<TasteAnswer>();
    let same = match (&answered.0, answer) {
        (Some(old), Some(new)) => Arc::ptr_eq(old, new),
        (None, None) => true,
        _ => false,
    };
    if !same || answered.1 != shown.answered_at() {
        *answered = Answered(answer.cloned(), shown.answered_at());
    }
}
