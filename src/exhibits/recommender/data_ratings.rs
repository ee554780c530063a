//! Reads a table of ratings, row by row, into columns of numbers.

use std::{collections::HashMap, ops::RangeInclusive, path::Path};

use super::{
    data::{ReadOptions, unusable},
    data_broken::Broken,
    data_columns::{Heading, Wanted, shown},
    data_scale::Values,
    data_table::{Form, Opened, Table},
    data_time,
    data_titles::{TitleColumns, Titles},
};
use crate::learning::TrainError;

/// Ratings are counted in 32 bits, of which one number is kept for those that are replaced.
const MOST_RATINGS: usize = u32::MAX as usize - 1;
/// Whoever gives more stars, or fewer than none of them, writes no rating into this column.
const MOST_STARS: f32 = 1e6;
/// Usual names of the columns, as [`Wanted::usual`] wants them.
const USER: [&str; 14] = [
    "userid",
    "user",
    "uid",
    "usernumber",
    "personid",
    "person",
    "reviewerid",
    "reviewer",
    "customerid",
    "customer",
    "profilename",
    "username",
    "memberid",
    "member",
];
pub(super) const ITEM: [&str; 18] = [
    "movieid",
    "itemid",
    "item",
    "iid",
    "movie",
    "filmid",
    "film",
    "bookid",
    "isbn",
    "productid",
    "asin",
    "songid",
    "trackid",
    "animeid",
    "gameid",
    "jokeid",
    "businessid",
    "product",
];
const RATING: [&str; 8] =
    ["rating", "stars", "score", "ratings", "bookrating", "userrating", "overall", "value"];
const TIME: [&str; 7] =
    ["timestamp", "time", "date", "ratedat", "unixreviewtime", "reviewtime", "datetime"];

/// Names as they first appear, each with its place.
#[derive(Debug, Default)]
pub(super) struct Names {
    places: HashMap<Box<str>, u32>,
    pub(super) names: Vec<String>,
    last: u32,
}

impl Names {
    /// The place of a name, new or not.
    pub(super) fn place_of(&mut self, name: &str) -> u32 {
        // The same person rates many things in a row.
        if self.names.get(self.last as usize).is_some_and(|last| last == name) {
            return self.last;
        }
        self.last = self.find(name).unwrap_or_else(|| {
            let place = self.names.len() as u32;
            self.names.push(name.to_owned());
            self.places.insert(name.into(), place);
            place
        });
        self.last
    }

    /// The place of a name, if it appeared.
    pub(super) fn find(&self, name: &str) -> Option<u32> {
        self.places.get(name).copied()
    }
}

/// Ratings in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) people: Names,
    pub(super) items: Names,
    /// Who gave each rating.
    pub(super) of: Vec<u32>,
    /// What it was given to.
    pub(super) rated: Vec<u32>,
    pub(super) stars: Vec<f32>,
    /// When, in seconds since 1970; empty where the file does not say.
    pub(super) times: Vec<i64>,
    /// The different stars.
    pub(super) values: Values,
    /// What the file itself says of the items.
    pub(super) titles: Option<Titles>,
    pub(super) remarks: Vec<String>,
}

/// Where in a row the parts of a rating are.
struct RatingColumns {
    fields: usize,
    user: usize,
    item: usize,
    rating: usize,
    time: Option<usize>,
    titles: Option<TitleColumns>,
}

/// Reads a file of ratings; says in which form it is.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<(Gathered, Form), TrainError> {
    let opened = Opened::new(path)?;
    let form = Form::of(opened.first_row());
    let mut columns = RatingColumns::without_names(opened.first_row(), form);
    let mut table = opened.table(form);
    if form.has_names() && table.advance()? {
        columns = RatingColumns::named(&Heading::of(&table)?, options)?;
    }
    let mut gathered = Gathered::default();
    let mut broken = Broken::default();
    while table.advance()? {
        if let Some(why) = gathered.add(&table, &mut columns, options.scale.as_ref())? {
            broken.add(&table, why);
        }
    }
    gathered.remarks.extend(broken.judged(&table)?);
    if gathered.stars.is_empty() {
        return Err(unusable(
            path,
            "it has no ratings below its first line",
            "name a file with ratings",
        ));
    }
    Ok((gathered, form))
}

impl RatingColumns {
    /// Those of MovieLens: user, item, rating, time.
    fn without_names(first_row: &[u8], form: Form) -> Self {
        let text = String::from_utf8_lossy(first_row);
        let fields = match form {
            Form::Colons => text.split("::").count(),
            _ => text.split('\t').count(),
        };
        Self { fields, user: 0, item: 1, rating: 2, time: (fields > 3).then_some(3), titles: None }
    }

    fn named(heading: &Heading, options: &ReadOptions) -> Result<Self, TrainError> {
        let named = &options.columns;
        let [user, item, rating] = heading.find([
            Wanted {
                what: "user",
                option: "--user-column",
                name: named.user.as_deref(),
                usual: &USER,
            },
            Wanted {
                what: "item",
                option: "--item-column",
                name: named.item.as_deref(),
                usual: &ITEM,
            },
            Wanted {
                what: "rating",
                option: "--rating-column",
                name: named.rating.as_deref(),
                usual: &RATING,
            },
        ])?;
        let time = heading.usual(&TIME).filter(|time| ![user, item, rating].contains(time));
        let titles = TitleColumns::of_ratings(heading, item);
        Ok(Self { fields: heading.len(), user, item, rating, time, titles })
    }
}

impl Gathered {
    /// Adds the row at which a table is; or says, after "line 17", why it is broken.
    fn add(
        &mut self,
        table: &Table,
        columns: &mut RatingColumns,
        scale: Option<&RangeInclusive<f32>>,
    ) -> Result<Option<String>, TrainError> {
        if table.fields() != columns.fields {
            let (fields, expected) = (table.fields(), columns.fields);
            return Ok(Some(format!("has {fields} fields instead of {expected}")));
        }
        let needed = [(columns.user, "user"), (columns.item, "item"), (columns.rating, "rating")];
        for (column, what) in needed {
            if table.field(column).is_empty() {
                return Ok(Some(format!("names no {what}")));
            }
        }
        let stars = stars(table, columns.rating, scale)?;
        if self.stars.len() == MOST_RATINGS {
            let fact = format!("it has more than {MOST_RATINGS} ratings");
            return Err(unusable(table.path(), fact, "give a smaller file"));
        }
        let (user, item) = (table.text(columns.user)?, table.text(columns.item)?);
        let item = self.items.place_of(&item);
        self.of.push(self.people.place_of(&user));
        self.rated.push(item);
        self.stars.push(stars);
        self.values.add(stars);
        self.add_time(table, columns);
        if let Some(columns) = &columns.titles {
            self.titles.get_or_insert_default().add(item, table, columns)?;
        }
        Ok(None)
    }

    /// Adds the time; where one cannot be read, the file is taken not to say any.
    fn add_time(&mut self, table: &Table, columns: &mut RatingColumns) {
        let Some(column) = columns.time else {
            return;
        };
        match data_time::seconds(table.field(column)) {
            Some(time) => self.times.push(time),
            None => {
                columns.time = None;
                self.times = Vec::new();
                let written = String::from_utf8_lossy(table.field(column));
                self.remarks.push(format!(
                    "Times are left out, for {} in line {} is neither seconds since 1970 nor a date",
                    shown(&written),
                    table.line(),
                ));
            }
        }
    }
}

/// The stars of a row.
fn stars(
    table: &Table,
    column: usize,
    scale: Option<&RangeInclusive<f32>>,
) -> Result<f32, TrainError> {
    let written = String::from_utf8_lossy(table.field(column));
    let number = written.parse::<f32>().ok();
    // Where a comma does not part fields, it may part decimals.
    let number = number.or_else(|| written.replacen(',', ".", 1).parse().ok());
    let wrong = |fact: &str, remedy| {
        let fact = format!("the rating {} in line {} {fact}", shown(&written), table.line());
        Err(unusable(table.path(), fact, remedy))
    };
    let Some(stars) = number.filter(|stars| stars.is_finite()) else {
        return wrong(
            "is not a number",
            "correct the line or name another column with --rating-column",
        );
    };
    if stars.abs() > MOST_STARS {
        return wrong(
            "is too large for a rating",
            "correct the line or name another column with --rating-column",
        );
    }
    match scale {
        Some(scale) if !scale.contains(&stars) => {
            let outside = format!("is outside the scale {}..{}", scale.start(), scale.end());
            wrong(&outside, "correct the line or give another --scale")
        }
        _ => Ok(stars),
    }
}
