//! Tells where in the rows of a table of ratings each part of a rating is.

use crate::{
    exhibits::recommender::data::{
        forms::check_diary,
        options::ReadOptions,
        title_columns::{ITEM, TitleColumns},
    },
    learning::{
        TrainError,
        data::table::{Form, Heading, Opened},
    },
    sentence::shown,
    words::Phrase,
};

/// Usual names of the columns, as [`Heading::usual`] wants them.
const USER: &str = "userid user uid usernumber personid person reviewerid reviewer customerid customer \
    profilename username memberid member";
const RATING: &str = "rating stars score ratings bookrating userrating overall value";
const TIME: &str = "timestamp time date ratedat unixreviewtime reviewtime datetime";

/// Where in a row the parts of a rating are.
pub(super) struct RatingColumns {
    pub(super) fields: usize,
    pub(super) user: usize,
    pub(super) item: usize,
    pub(super) rating: usize,
    /// Until one cannot be read.
    pub(super) time: Option<usize>,
    pub(super) titles: Option<TitleColumns>,
}

impl RatingColumns {
    /// Those of MovieLens: user, item, rating, time.
    pub(super) fn of_old(opened: &Opened, form: Form) -> Self {
        let text = String::from_utf8_lossy(opened.first_row());
        let fields = match form {
            Form::Colons => text.split("::").count(),
            _ => text.split('\t').count(),
        };
        Self::by_place(fields)
    }

    fn by_place(fields: usize) -> Self {
        Self { fields, user: 0, item: 1, rating: 2, time: (fields > 3).then_some(3), titles: None }
    }

    /// Those that a table names; where it names none they are those of MovieLens, unless options name their places.
    pub(super) fn named(heading: &Heading, options: &ReadOptions) -> Result<Self, TrainError> {
        let given = &options.columns;
        let nothing_given =
            [&given.user, &given.item, &given.rating].iter().all(|name| name.is_none());
        if heading.is_made_up() && nothing_given && heading.fields() >= 3 {
            return Ok(Self::by_place(heading.fields()));
        }
        let wanted = [
            (key!("recommender-model-user"), "--user-column", given.user.as_deref(), USER),
            (key!("recommender-model-item"), "--item-column", given.item.as_deref(), ITEM),
            (key!("recommender-model-rating"), "--rating-column", given.rating.as_deref(), RATING),
        ];
        let mut found = [None; 3];
        for (place, (_, option, name, usual)) in found.iter_mut().zip(wanted) {
            *place = match name {
                Some(name) => Some(heading.chosen(name, option)?),
                None => heading.usual(usual),
            };
        }
        let [Some(user), Some(item), Some(rating)] = found else {
            check_diary(heading)?;
            let missing = || {
                wanted
                    .iter()
                    .zip(found)
                    .filter(|(_, found)| found.is_none())
                    .map(|(wanted, _)| wanted)
            };
            let all_of = |names: &mut dyn Iterator<Item = Phrase>| {
                let both = |first: Phrase, second: Phrase| phrase!("list-both", first, second);
                names.reduce(both).unwrap_or_default()
            };
            let what = all_of(&mut missing().map(|wanted| Phrase::from(wanted.0)));
            let options = all_of(&mut missing().map(|wanted| Phrase::from(wanted.1)));
            let fact =
                phrase!("recommender-model-it-has-no-column-for", what, listed = heading.listed());
            return Err(
                heading.unusable(fact, phrase!("recommender-model-name-the-column-with", options))
            );
        };
        let all = [user, item, rating];
        let twice = (1..3).find(|at| all[..*at].contains(&all[*at]));
        if let Some(at) = twice {
            let fact = phrase!(
                "recommender-model-its-column-cannot-stand-for",
                name = shown(heading.name(all[at]))
            );
            return Err(heading.unusable(
                fact,
                phrase!("recommender-model-name-another-with", wanted = wanted[at].1),
            ));
        }
        let time = heading.usual(TIME).filter(|time| !all.contains(time));
        let titles = TitleColumns::of_ratings(heading, item);
        Ok(Self { fields: heading.fields(), user, item, rating, time, titles })
    }
}
