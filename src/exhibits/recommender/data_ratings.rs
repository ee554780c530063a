//! Reads a table of ratings, row by row, into columns of numbers.

use std::{ops::RangeInclusive, path::Path};

use super::{
    data::{ReadOptions, unusable},
    data_broken::Broken,
    data_columns::{Heading, shown},
    data_names::Names,
    data_opened::{Form, Opened},
    data_rating_columns::RatingColumns,
    data_scale::Values,
    data_table::Table,
    data_time,
    data_titles::Titles,
};
use crate::learning::TrainError;

/// Ratings are counted in 32 bits, of which one number is kept for those that are replaced.
const MOST_RATINGS: usize = u32::MAX as usize - 1;
/// No scale of ratings goes further from 0; what does is of another column.
const MOST_STARS: f32 = 1e6;

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

/// Reads a file of ratings; says in which form it is.
pub(super) fn read(path: &Path, options: &ReadOptions) -> Result<(Gathered, Form), TrainError> {
    let opened = Opened::new(path)?;
    let form = Form::of(opened.first_row());
    let mut columns = RatingColumns::without_names(opened.first_row(), form);
    let mut table = Table::new(opened, form);
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
