//! Tells where in the rows of a table of ratings each part of a rating is.

use super::{
    data::ReadOptions,
    data_columns::{Heading, Wanted},
    data_opened::Form,
    data_title_columns::TitleColumns,
};
use crate::learning::TrainError;

/// Usual names of the columns, as [`Wanted::usual`] wants them.
const USER: &str = "userid user uid usernumber personid person reviewerid reviewer customerid customer \
    profilename username memberid member";
pub(super) const ITEM: &str = "movieid itemid item iid movie filmid film bookid isbn productid asin songid \
    trackid animeid gameid jokeid businessid product";
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
    pub(super) fn without_names(first_row: &[u8], form: Form) -> Self {
        let text = String::from_utf8_lossy(first_row);
        let fields = match form {
            Form::Colons => text.split("::").count(),
            _ => text.split('\t').count(),
        };
        Self { fields, user: 0, item: 1, rating: 2, time: (fields > 3).then_some(3), titles: None }
    }

    /// Those that a CSV names.
    pub(super) fn named(heading: &Heading, options: &ReadOptions) -> Result<Self, TrainError> {
        let named = &options.columns;
        let [user, item, rating] = heading.find([
            Wanted {
                what: "user",
                option: "--user-column",
                name: named.user.as_deref(),
                usual: USER,
            },
            Wanted {
                what: "item",
                option: "--item-column",
                name: named.item.as_deref(),
                usual: ITEM,
            },
            Wanted {
                what: "rating",
                option: "--rating-column",
                name: named.rating.as_deref(),
                usual: RATING,
            },
        ])?;
        let time = heading.usual(TIME).filter(|time| ![user, item, rating].contains(time));
        let titles = TitleColumns::of_ratings(heading, item);
        Ok(Self { fields: heading.len(), user, item, rating, time, titles })
    }
}
