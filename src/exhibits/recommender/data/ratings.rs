//! Reads a table of ratings, row by row, into columns of numbers.

use std::path::Path;

use crate::{
    exhibits::recommender::data::{
        broken::Broken,
        forms::RatingsFormat,
        names::{NameIndex, same_id},
        options::ReadOptions,
        rating_columns::RatingColumns,
        scale::StarValues as Stars,
        titles::{Titles, check_fields},
    },
    learning::{
        TrainError,
        data::table::{
            ColumnValues, Fault, Growing, Heading, Kind, Lines, Opened, Remark, Rows, Times,
            Untold, is_missing,
        },
    },
    sentence::{counted, shown},
};

/// Ratings are counted in 32 bits, of which one number is kept for those that are replaced.
const MOST_RATINGS: usize = u32::MAX as usize - 1;
/// No scale of ratings goes further from 0; what does is of another column.
const MOST_STARS: f64 = 1e6;

/// Ratings in the order of the file.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub(super) people: NameIndex,
    pub(super) items: NameIndex,
    /// Who gave each rating.
    pub(super) of: Vec<u32>,
    /// What it was given to.
    pub(super) rated: Vec<u32>,
    pub(super) stars: Vec<f32>,
    /// When, in seconds since 1970; empty where the file does not say.
    pub(super) times: Vec<i64>,
    /// The different stars.
    pub(super) values: Stars,
    /// What the file itself says of the items.
    pub(super) titles: Option<Titles>,
    pub(super) remarks: Vec<String>,
}

/// Columns that know what they hold only when all rows are read.
struct Growings {
    stars: Growing,
    times: Option<Times>,
    lines: Lines,
}

/// Reads a file of ratings; says in which form it is.
pub(super) fn read(
    path: &Path,
    options: &ReadOptions,
) -> Result<(Gathered, RatingsFormat), TrainError> {
    let opened = Opened::new(path)?;
    let shape = RatingsFormat::of(&opened)?;
    let (mut table, columns, heading) = match shape {
        RatingsFormat::Old(form) => {
            let columns = RatingColumns::of_old(&opened, form);
            (Rows::in_form(opened, form), columns, None)
        }
        RatingsFormat::Table => {
            let (rows, heading) = Heading::read(opened, &options.table)?;
            let columns = RatingColumns::named(&heading, options)?;
            (rows, columns, Some(heading))
        }
    };
    let mut gathered = Gathered::default();
    let name = heading.as_ref().map_or("rating", |heading| heading.name(columns.rating));
    let mut growings = Growings {
        stars: Growing::new(name.to_owned()),
        times: columns.time.map(|_| Times::default()),
        lines: Lines::default(),
    };
    let mut broken = Broken::default();
    while table.advance()? {
        let checked = check_fields(&table, heading.as_ref(), columns.fields);
        match checked.and_then(|()| check_named(&table, &columns)) {
            Ok(()) => gathered.add(&table, &columns, &mut growings)?,
            Err(why) => broken.add(&table, why),
        }
    }
    gathered.remarks.extend(broken.judged(&table)?);
    if gathered.of.is_empty() {
        return Err(TrainError::unusable(
            path,
            "it has no ratings below its first line",
            "name a file with ratings",
        ));
    }
    gathered.finish(&table, growings, options)?;
    Ok((gathered, shape))
}

/// A rating says who gave it, to what, and how many stars; otherwise what is lacking, after "line 17".
fn check_named(table: &Rows, columns: &RatingColumns) -> Result<(), String> {
    let needed = [(columns.user, "user"), (columns.item, "item"), (columns.rating, "rating")];
    let lacking = needed.into_iter().find(|(column, _)| is_missing(table.field(*column)));
    lacking.map_or(Ok(()), |(_, what)| Err(format!("names no {what}")))
}

impl Gathered {
    /// Adds the row at which a table is.
    fn add(
        &mut self,
        table: &Rows,
        columns: &RatingColumns,
        growings: &mut Growings,
    ) -> Result<(), TrainError> {
        if self.of.len() == MOST_RATINGS {
            let fact = format!("it has more than {MOST_RATINGS} ratings");
            return Err(TrainError::unusable(table.path(), fact, "give a smaller file"));
        }
        let (user, item) = (table.text(columns.user)?, table.text(columns.item)?);
        let item = self.items.place_of(same_id(&item));
        self.of.push(self.people.place_of(same_id(&user)));
        self.rated.push(item);
        growings.lines.push(table.line());
        let pushed = growings.stars.push(table.field(columns.rating));
        pushed.map_err(|fault| not_stars(table, &growings.lines, &fault))?;
        if let (Some(times), Some(column)) = (&mut growings.times, columns.time) {
            times.push(table.field(column));
        }
        if let Some(columns) = &columns.titles {
            self.titles.get_or_insert_default().add(item, table, columns)?;
        }
        Ok(())
    }

    /// Reads stars and times as what their columns have turned out to be.
    fn finish(
        &mut self,
        table: &Rows,
        growings: Growings,
        options: &ReadOptions,
    ) -> Result<(), TrainError> {
        let Growings { stars, times, lines } = growings;
        let mut odd: Vec<Remark> = Vec::new();
        let column = stars.finish(Kind::Numbers, &options.table, None, table.separator(), &mut odd);
        let column = column.map_err(|fault| not_stars(table, &lines, &fault))?;
        let stars = match column.values {
            ColumnValues::Numbers(stars) => stars,
            _ => vec![f64::NAN; self.of.len()],
        };
        self.remarks.extend(odd.iter().map(|remark| remark.said(&lines)));
        let scale = options.scale.as_ref();
        for (row, stars) in (0..).zip(&stars) {
            let outside = scale.filter(|scale| !scale.contains(&(*stars as f32)));
            let (why, remedy) = match outside {
                _ if stars.is_nan() => continue,
                _ if stars.abs() > MOST_STARS => (
                    "is too large for a rating".to_owned(),
                    "correct the line or name another column with --rating-column",
                ),
                Some(scale) => (
                    format!("is outside the scale {}..{}", scale.start(), scale.end()),
                    "correct the line or give another --scale",
                ),
                None => continue,
            };
            let fact =
                format!("the rating {} in line {} {why}", shown(&stars.to_string()), lines.of(row));
            return Err(TrainError::unusable(table.path(), fact, remedy));
        }
        match times.map_or(Ok(Vec::new()), Times::finish) {
            Ok(times) => self.times = times,
            Err(untold) => self.remarks.push(not_times(&untold, &lines)),
        }
        self.stars = stars.iter().map(|stars| *stars as f32).collect();
        self.leave_out_unrated();
        self.stars.iter().for_each(|stars| self.values.add(*stars));
        Ok(())
    }

    /// Rows whose rating has turned out to be missing.
    fn leave_out_unrated(&mut self) {
        let rated: Vec<bool> = self.stars.iter().map(|stars| !stars.is_nan()).collect();
        let unrated = rated.iter().filter(|rated| !**rated).count();
        if unrated == 0 {
            return;
        }
        fn kept<T>(column: &mut Vec<T>, rated: &[bool]) {
            let mut rated = rated.iter();
            column.retain(|_| rated.next().copied().unwrap_or(false));
        }
        kept(&mut self.of, &rated);
        kept(&mut self.rated, &rated);
        kept(&mut self.stars, &rated);
        kept(&mut self.times, &rated);
        self.remarks.push(format!("{} without a rating: left out", counted(unrated, "row")));
    }
}

fn not_stars(table: &Rows, lines: &Lines, fault: &Fault) -> TrainError {
    let line = |row| lines.of(row);
    let fact = format!("the rating in line {} {}", line(fault.row()), fault.fact(line));
    TrainError::unusable(
        table.path(),
        fact,
        format!("{}, or name another column with --rating-column", fault.remedy()),
    )
}

/// Why the order in which ratings were given is not known; what is later in the file counts then.
fn not_times(untold: &Untold, lines: &Lines) -> String {
    let why = match untold {
        Untold::None(row, text) => {
            format!(
                "{} in line {} is neither seconds since 1970 nor a date",
                shown(text),
                lines.of(*row)
            )
        }
        Untold::Open(row, text) => {
            format!("{} in line {} does not tell day from month", shown(text), lines.of(*row))
        }
        Untold::Mixed((month, one), (day, other)) => format!(
            "{} in line {} has the month first, {} in line {} the day",
            shown(one),
            lines.of(*month),
            shown(other),
            lines.of(*day)
        ),
    };
    format!("Times are left out, for {why}")
}
