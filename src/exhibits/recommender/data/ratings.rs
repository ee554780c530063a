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
    sentence::shown,
    words::Phrase,
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
    pub(super) remarks: Vec<Phrase>,
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
    let name = heading
        .as_ref()
        .map_or(say!("recommender-model-rating"), |heading| heading.name(columns.rating));
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
            phrase!("recommender-model-it-has-no-ratings-below"),
            phrase!("recommender-model-name-a-file-with-ratings"),
        ));
    }
    gathered.finish(&table, growings, options)?;
    Ok((gathered, shape))
}

/// A rating says who gave it, to what, and how many stars; otherwise what is lacking, after "line 17".
fn check_named(table: &Rows, columns: &RatingColumns) -> Result<(), Phrase> {
    let needed = [
        (columns.user, phrase!("recommender-model-user")),
        (columns.item, phrase!("recommender-model-item")),
        (columns.rating, phrase!("recommender-model-rating")),
    ];
    let lacking = needed.into_iter().find(|(column, _)| is_missing(table.field(*column)));
    lacking.map_or(Ok(()), |(_, what)| Err(phrase!("recommender-model-names-no", what)))
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
            let fact =
                phrase!("recommender-model-it-has-more-than-ratings", most_ratings = MOST_RATINGS);
            return Err(TrainError::unusable(
                table.path(),
                fact,
                phrase!("recommender-model-give-a-smaller-file"),
            ));
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
                    phrase!("recommender-model-is-too-large-for-a"),
                    phrase!("recommender-model-correct-the-line-or-name"),
                ),
                Some(scale) => (
                    phrase!(
                        "recommender-model-is-outside-the-scale",
                        start = scale.start(),
                        end = scale.end()
                    ),
                    phrase!("recommender-model-correct-the-line-or-give"),
                ),
                None => continue,
            };
            let fact = phrase!(
                "recommender-model-the-rating-in-line",
                stars = shown(&stars.to_string()),
                of = lines.of(row),
                why
            );
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
        self.remarks.push(phrase!(
            "recommender-model-without-a-rating-left-out",
            unrated = Phrase::counted(unrated, "row")
        ));
    }
}

fn not_stars(table: &Rows, lines: &Lines, fault: &Fault) -> TrainError {
    let line = |row| lines.of(row);
    let fact = phrase!(
        "recommender-model-the-rating-in-line-2",
        row = line(fault.row()),
        fact = fault.fact(line)
    );
    TrainError::unusable(
        table.path(),
        fact,
        phrase!("recommender-model-or-name-another-column-with", remedy = fault.remedy()),
    )
}

/// Why the order in which ratings were given is not known; what is later in the file counts then.
fn not_times(untold: &Untold, lines: &Lines) -> Phrase {
    let why = match untold {
        Untold::None(row, text) => {
            phrase!(
                "recommender-model-in-line-is-neither-seconds",
                text = shown(text),
                of = lines.of(*row)
            )
        }
        Untold::Open(row, text) => {
            phrase!(
                "recommender-model-in-line-does-not-tell",
                text = shown(text),
                of = lines.of(*row)
            )
        }
        Untold::Mixed((month, one), (day, other)) => phrase!(
            "recommender-model-in-line-has-the-month",
            one = shown(one),
            of = lines.of(*month),
            other = shown(other),
            of2 = lines.of(*day)
        ),
    };
    phrase!("recommender-model-times-are-left-out-for", why)
}
