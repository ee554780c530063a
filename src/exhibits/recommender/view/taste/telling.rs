//! Tells those who listen outside the hall what is on the list and what the visitor rated.

use bevy::prelude::*;
use serde::Serialize;

use super::{
    news::{Answered, Catalogue},
    words as say,
};
use crate::{
    exhibits::recommender::{
        payload::{Person, Rated, TasteAnswer},
        view::attention::Profile,
    },
    world::{
        WorldSystems,
        hall_events::{HallEvent, HallListener},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            tell_list.run_if(resource_changed::<Answered>),
            tell_ratings.run_if(resource_changed::<Profile>),
        )
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE),
    );
}

/// How many titles of a list are told.
const TOLD: usize = 5;

/// What was told of a list: whose, its first titles, how many were eligible.
#[derive(Clone, Debug, Default, PartialEq)]
struct List {
    who: String,
    top: Vec<String>,
    eligible: usize,
}

/// What is told of lists and ratings to other programs.
#[derive(Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
enum TasteEvent<'a> {
    /// A list says something else.
    List {
        /// `you`, a person's name in the file, or two of them with a plus between.
        who: &'a str,
        /// The first titles, best first.
        top: &'a [String],
        /// How many items it was chosen from.
        eligible: usize,
        /// How many items there are.
        of: usize,
    },
    /// The visitor rated something, or took it back.
    Rated {
        /// Its title.
        item: &'a str,
        /// The stars, `None` when taken back.
        stars: Option<f32>,
        /// How many ratings the visitor has given now.
        ratings: usize,
    },
}

fn tell_list(
    answered: Res<Answered>,
    catalogue: Res<Catalogue>,
    told: Option<ResMut<HallListener>>,
    mut last: Local<List>,
) {
    let (Some(answer), Some(mut told)) = (&answered.0, told) else {
        return;
    };
    let ratings = &catalogue.ratings;
    let list = List {
        who: whose(answer, &catalogue),
        top: answer.list.iter().take(TOLD).map(|l| say::title_of(ratings, l.item)).collect(),
        eligible: answer.eligible,
    };
    if *last == list {
        return;
    }
    let of = answer.items;
    told.tell(HallEvent::Own(&TasteEvent::List {
        who: &list.who,
        top: &list.top,
        eligible: list.eligible,
        of,
    }));
    *last = list;
}

/// Whose list it is: `you`, or the person's name in the file, or both.
fn whose(answer: &TasteAnswer, catalogue: &Catalogue) -> String {
    let names: Vec<&str> = answer
        .asked
        .people
        .iter()
        .map(|person| match person {
            Person::Visitor(_) => say!("recommender-you-2"),
            Person::Known(person) => {
                catalogue.ratings.people.get(*person as usize).map_or("", String::as_str)
            }
        })
        .collect();
    names.join("+")
}

/// What changed of the visitor's ratings, one event each.
fn tell_ratings(
    profile: Res<Profile>,
    catalogue: Res<Catalogue>,
    told: Option<ResMut<HallListener>>,
    mut last: Local<Vec<Rated>>,
) {
    let Some(mut told) = told else {
        return;
    };
    let now: Vec<Rated> = profile.entries.iter().map(|entry| entry.rated).collect();
    let stars_in = |list: &[Rated], item| {
        list.iter().find(|rated| rated.item == item).map(|rated| rated.stars)
    };
    let mut changed: Vec<(u32, Option<f32>)> = Vec::new();
    changed.extend(
        last.iter().filter(|old| stars_in(&now, old.item).is_none()).map(|old| (old.item, None)),
    );
    changed.extend(
        now.iter()
            .filter(|new| stars_in(&last, new.item) != Some(new.stars))
            .map(|new| (new.item, Some(new.stars))),
    );
    for (item, stars) in changed {
        let title = say::title_of(&catalogue.ratings, item);
        let ratings = now.len();
        told.tell(HallEvent::Own(&TasteEvent::Rated { item: &title, stars, ratings }));
    }
    *last = now;
}
