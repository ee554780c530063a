//! What is visited: an exhibit with its data and its plan, checked before anything opens.

use std::{path::PathBuf, sync::Arc};

use perceptarium::{
    asset_path,
    cli::Options,
    exhibits::{digits, recommender},
    learning::{LessonMaker, Plan},
    stream::{ExhibitId, ListAsk, Person, Ratings, TasteAsk},
    trouble::Trouble,
};

use crate::{asked, errand::Errand};

/// The data that ship with the program.
const SHIPPED_DIGITS: &str = "datasets/mnist-10k";
const SHIPPED_RATINGS: &str = "datasets/movielens-latest-small";
/// Films on a list that is printed, if the visitor does not say.
const USUAL_TOP: usize = 10;

/// An exhibit that can be opened.
pub(crate) struct Prepared {
    pub(crate) exhibit: ExhibitId,
    pub(crate) lesson: LessonMaker,
    pub(crate) plan: Plan,
    /// How fast a visit in the hall begins, in steps per second: slowly enough that one can follow it; the desk's slider
    /// takes the limit away.
    pub(crate) opening_pace: f32,
    /// What is asked of a recommender when it has learned.
    pub(crate) errand: Option<Errand>,
}

/// Gets an exhibit ready.
pub(crate) fn prepare(options: &Options) -> Result<Prepared, Trouble> {
    let known = [digits::EXHIBIT_ID, recommender::EXHIBIT_ID];
    match known.into_iter().find(|exhibit| exhibit.name() == options.exhibit) {
        Some(exhibit) if exhibit == digits::EXHIBIT_ID => prepare_digits(options),
        Some(_) => prepare_recommender(options),
        None => Err(Trouble::Asked(format!(
            "There is no exhibit “{}”: choose {}.",
            options.exhibit,
            known.map(ExhibitId::name).join(" or "),
        ))),
    }
}

fn prepare_digits(options: &Options) -> Result<Prepared, Trouble> {
    if let Some(option) = options.recommender.given() {
        return Err(Trouble::Asked(format!(
            "{option} is for the recommender, but the exhibit is digits: say perceptarium recommender {option} …."
        )));
    }
    let plan = plan(options, Plan::default())?;
    let dataset = digits::load(&data(options, SHIPPED_DIGITS)?).map_err(asked)?;
    let lesson = digits::lesson(dataset, digits::Route::default());
    // Ten epochs of the shipped data take under a minute instead of three seconds.
    Ok(Prepared { exhibit: digits::EXHIBIT_ID, lesson, plan, opening_pace: 50.0, errand: None })
}

fn prepare_recommender(options: &Options) -> Result<Prepared, Trouble> {
    if options.batch.is_some() {
        return Err(Trouble::Asked(
            "--batch is for the digits, but the recommender learns one rating at a time: leave it out."
                .to_owned(),
        ));
    }
    let own = &options.recommender;
    let usual = recommender::Settings::default();
    let settings = recommender::Settings {
        factors: own.factors.unwrap_or(usual.factors),
        regularisation: own.regularisation.unwrap_or(usual.regularisation),
        init_std: own.init_std.unwrap_or(usual.init_std),
        folds: own.folds.unwrap_or(usual.folds),
    };
    // Surprise's defaults.
    let usual = Plan { epochs: 20, batch: 1, learning_rate: 0.005, ..Plan::default() };
    let plan = plan(options, usual)?;
    let reading = recommender::ReadOptions {
        columns: recommender::Columns {
            user: own.user_column.clone(),
            item: own.item_column.clone(),
            rating: own.rating_column.clone(),
        },
        scale: own.scale.map(|scale| scale.low..=scale.high),
    };
    let ratings = recommender::load(&data(options, SHIPPED_RATINGS)?, &reading).map_err(asked)?;
    let errand = errand(options, &ratings)?;
    let lesson = recommender::lesson(ratings, settings);
    // Five seconds an epoch of the shipped data.
    let opening_pace = 20_000.0;
    Ok(Prepared { exhibit: recommender::EXHIBIT_ID, lesson, plan, opening_pace, errand })
}

fn errand(options: &Options, ratings: &Arc<Ratings>) -> Result<Option<Errand>, Trouble> {
    let own = &options.recommender;
    let person = match &own.user {
        Some(name) => Some(ratings.person_called(name).ok_or_else(|| {
            let first = ratings.people.first().map_or("", String::as_str);
            Trouble::Asked(format!(
                "There is no person “{name}” in {}: --user takes one of its {} people, such as {first}.",
                ratings.name,
                ratings.people.len(),
            ))
        })?),
        None if own.top.is_some() || own.save_list.is_some() => {
            return Err(Trouble::Asked(
                "A list is made for somebody: say whose with --user ID.".to_owned(),
            ));
        }
        None => None,
    };
    if person.is_none() && own.save_factors.is_none() {
        return Ok(None);
    }
    let length = own.top.unwrap_or(USUAL_TOP);
    Ok(Some(Errand {
        ratings: ratings.clone(),
        ask: TasteAsk {
            people: vec![Person::Known(person.unwrap_or(0) as u32)],
            list: ListAsk { length, ..ListAsk::default() },
            with_factors: own.save_factors.is_some(),
            ..TasteAsk::default()
        },
        person: own.user.clone(),
        list: own.save_list.clone(),
        factors: own.save_factors.clone(),
    }))
}

fn plan(options: &Options, usual: Plan) -> Result<Plan, Trouble> {
    let plan = Plan {
        seed: options.seed,
        epochs: options.epochs.unwrap_or(usual.epochs),
        batch: options.batch.unwrap_or(usual.batch),
        learning_rate: options.learning_rate.unwrap_or(usual.learning_rate),
        threads: options.threads,
        device: options.device.parse().map_err(asked)?,
        ..usual
    };
    plan.check().map_err(asked)?;
    Ok(plan)
}

fn data(options: &Options, shipped: &str) -> Result<PathBuf, Trouble> {
    match &options.data {
        Some(path) => Ok(path.clone()),
        None => Ok(asset_path::assets()?.join(shipped)),
    }
}
