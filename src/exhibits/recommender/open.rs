//! Opens the recommender: reads ratings, and says what is asked of it once it has learned.

use std::sync::Arc;

use bevy::app::App;

use super::{
    Columns, ReadOptions, Settings,
    errand::{self, Errand},
    load,
    options::RecommenderOptions,
    payload::{ListAsk, Person, Ratings, TasteAsk},
    trainable,
    view::SeenBy,
};
use crate::{
    exhibits::{Arrive, ExhibitRequest, Opened, refused},
    learning::TrainingConfig,
    program_error::ProgramError,
    sentence::{shown, shown_path},
};

/// The ratings that ship with the program.
const SHIPPED: &str = "movielens-latest-small";
/// Five seconds an epoch of the shipped data.
const PACE: f32 = 20_000.0;
/// Films on a list that is printed, if the visitor does not say.
const USUAL_TOP: usize = 10;

pub(super) fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own: RecommenderOptions = asked.own()?;
    let usual = Settings::default();
    let settings = Settings {
        factors: own.factors.unwrap_or(usual.factors),
        regularisation: own.regularisation.unwrap_or(usual.regularisation),
        init_std: own.init_std.unwrap_or(usual.init_std),
        folds: asked.options.folds.unwrap_or(usual.folds),
    };
    // Surprise's defaults.
    let usual =
        TrainingConfig { epochs: 20, batch: 1, learning_rate: 0.005, ..TrainingConfig::default() };
    let config = asked.config(usual)?;
    let reading = ReadOptions {
        columns: Columns {
            user: own.user_column.clone(),
            item: own.item_column.clone(),
            rating: own.rating_column.clone(),
        },
        scale: own.scale.clone(),
        table: asked.table(),
    };
    let ratings = load(&asked.data(SHIPPED)?, &reading).map_err(refused)?;
    let working_rate = config.working_rate.min(settings.steady_rate(ratings.scale));
    let config = TrainingConfig { working_rate, ..config };
    let person = person(&own, &ratings)?;
    let only_in_words =
        own.wants_words().then_some(key!("recommender-model-top-save-list-and-save"));
    let errand = errand(asked, own, person, &ratings)?;
    Ok(Opened {
        arrive: person.map(|person| -> Arrive {
            Box::new(move |app: &mut App| {
                app.insert_resource(SeenBy(person));
            })
        }),
        afterwards: errand.map(Errand::afterwards),
        only_in_words,
        ..Opened::new(trainable(ratings, settings), config, PACE)
    })
}

/// The person that is named, by their place among all.
fn person(own: &RecommenderOptions, ratings: &Ratings) -> Result<Option<u32>, ProgramError> {
    let Some(name) = &own.user else {
        if own.top.is_some() || own.save_list.is_some() {
            return Err(ProgramError::Asked(phrase!("recommender-model-a-list-is-made-for")));
        }
        return Ok(None);
    };
    let person = ratings.person_called(name).ok_or_else(|| {
        let first = ratings.people.first().map_or("", String::as_str);
        ProgramError::Asked(phrase!(
            "recommender-model-there-is-no-person-in",
            name = shown(name),
            name2 = shown(&ratings.name),
            people_count = ratings.people.len(),
            first = shown(first)
        ))
    })?;
    Ok(Some(person as u32))
}

fn errand(
    asked: &ExhibitRequest<'_>,
    own: RecommenderOptions,
    person: Option<u32>,
    ratings: &Arc<Ratings>,
) -> Result<Option<Errand>, ProgramError> {
    if person.is_none() && own.save_factors.is_none() {
        return Ok(None);
    }
    refuse_overwriting(asked, &own)?;
    let length = own.top.unwrap_or(USUAL_TOP);
    Ok(Some(Errand {
        ratings: ratings.clone(),
        ask: TasteAsk {
            people: vec![Person::Known(person.unwrap_or(0))],
            list: ListAsk { length, ..ListAsk::default() },
            with_factors: own.save_factors.is_some(),
            ..TasteAsk::default()
        },
        person: own.user,
        list: own.save_list,
        factors: own.save_factors,
    }))
}

/// What is written must not take the place of what was read.
fn refuse_overwriting(
    asked: &ExhibitRequest<'_>,
    own: &RecommenderOptions,
) -> Result<(), ProgramError> {
    let given = asked.options.data.as_ref();
    let Some(data) = given.and_then(|path| path.canonicalize().ok()) else {
        return Ok(());
    };
    let list = own.save_list.iter().map(|path| ("--save-list", path.clone()));
    let factors = own.save_factors.iter().flat_map(|start| {
        errand::FACTOR_FILES.map(|part| ("--save-factors", errand::named(start, part)))
    });
    for (option, path) in list.chain(factors) {
        // A file that is not there yet takes nobody's place.
        let Ok(file) = path.canonicalize() else {
            continue;
        };
        if file == data || data.is_dir() && file.parent() == Some(&data) {
            return Err(ProgramError::Asked(phrase!(
                "recommender-model-would-write-over-which-lies",
                option,
                path = shown_path(&path)
            )));
        }
    }
    Ok(())
}
