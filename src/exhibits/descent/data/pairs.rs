//! Two columns of a table: the pairs that a line or a curve is fitted to.

use std::path::Path;

use crate::{
    exhibits::descent::LineColumns,
    learning::{
        TrainError,
        data::table::{Column, ColumnValues, Heading, Kind, Sheet, TableOptions},
    },
    sentence::{grouped, shown},
    words::{Phrase, Word},
};

/// What a line is drawn through in the bundled table, unless the visitor chooses other columns: how large the largest
/// nuclei of a tumour are, by how large they are on average. The table names no units.
const USUAL_X: &str = "mean radius";
const USUAL_Y: &str = "worst radius";
/// The classes of the bundled table, and which of them counts as 1.
const CLASS: &str = "diagnosis";
const ONE: &str = "malignant";
/// Where the bundled table is from.
const BUNDLED_SOURCE: Word = key!("descent-model-breast-cancer-wisconsin-diagnostic-wolberg");
/// A number further from zero than this has no square that can be summed.
const LARGEST_NUMBER: f64 = 1e100;
/// A line through fewer points says nothing.
const FEWEST_ROWS: usize = 3;

/// Pairs of numbers as they stand in a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::exhibits::descent) struct Pairs {
    pub(in crate::exhibits::descent) x_name: String,
    /// For a classifier the class that is 1.
    pub(in crate::exhibits::descent) y_name: String,
    pub(in crate::exhibits::descent) x: Vec<f64>,
    pub(in crate::exhibits::descent) y: Vec<f64>,
    /// The file's name.
    pub(in crate::exhibits::descent) source: String,
    /// What is odd about the file, one sentence each.
    pub(in crate::exhibits::descent) remarks: Vec<Phrase>,
}

impl Pairs {
    /// Two columns of numbers of any table; what is not chosen is the first that will do.
    pub(in crate::exhibits::descent) fn of_file(
        path: &Path,
        columns: &LineColumns,
        options: &TableOptions,
    ) -> Result<Self, TrainError> {
        let mut names = [None, None];
        let kinds = |heading: &Heading| {
            let chosen = |name: &Option<String>, option| {
                name.as_ref().map(|name| heading.chosen(name, option)).transpose()
            };
            let places = [chosen(&columns.x, "--x")?, chosen(&columns.y, "--y")?];
            if let [Some(x), Some(y)] = places
                && x == y
            {
                let fact =
                    phrase!("descent-model-column-is-both-x-and", name = shown(heading.name(x)));
                return Err(
                    heading.unusable(fact, phrase!("descent-model-choose-two-different-ones"))
                );
            }
            names = places.map(|place| place.map(|place| heading.name(place).to_owned()));
            let others = if places.iter().all(Option::is_some) { Kind::Ignored } else { Kind::Any };
            let kind = |at| if places.contains(&Some(at)) { Kind::Numbers } else { others };
            Ok((0..heading.fields()).map(kind).collect())
        };
        let sheet = Sheet::read(path, options, kinds, &mut |_, _| ())?;
        Self::of_sheet(sheet, names)
    }

    /// Two columns of the bundled table.
    pub(in crate::exhibits::descent) fn of_bundled(
        path: &Path,
        columns: &LineColumns,
    ) -> Result<Self, TrainError> {
        let usual = |name: &Option<String>, usual: &str| {
            Some(name.clone().unwrap_or_else(|| usual.to_owned()))
        };
        let columns = LineColumns { x: usual(&columns.x, USUAL_X), y: usual(&columns.y, USUAL_Y) };
        let pairs = Self::of_file(path, &columns, &TableOptions::default())?;
        Ok(Self { source: BUNDLED_SOURCE.to_string(), ..pairs })
    }

    /// The mean radius of each tumour, and 1 where it is malignant.
    pub(in crate::exhibits::descent) fn of_tumours(path: &Path) -> Result<Self, TrainError> {
        let kinds = |heading: &Heading| Ok(vec![Kind::Any; heading.fields()]);
        let mut sheet = Sheet::read(path, &TableOptions::default(), kinds, &mut |_, _| ())?;
        let class = sheet.take(CLASS).map(|column| column.values);
        let x = sheet.take(USUAL_X).map(|column| column.values);
        let (Some(ColumnValues::Numbers(x)), Some(ColumnValues::Categories { names, codes })) =
            (x, class)
        else {
            let fact =
                phrase!("descent-model-it-lacks-numbers-in-or", usual_x = USUAL_X, class = CLASS);
            return Err(TrainError::unusable(
                path,
                fact,
                phrase!("descent-model-fetch-the-programs-data-again"),
            ));
        };
        let is_one = |code: &u8| names.get(usize::from(*code)).is_some_and(|name| name == ONE);
        Ok(Self {
            x_name: USUAL_X.to_owned(),
            y_name: ONE.to_owned(),
            y: codes.iter().map(|code| f64::from(u8::from(is_one(code)))).collect(),
            x,
            source: BUNDLED_SOURCE.to_string(),
            remarks: Vec::new(),
        })
    }

    /// Takes the columns that were chosen, or the first of numbers; rows that lack one of the two are left out.
    fn of_sheet(mut sheet: Sheet, names: [Option<String>; 2]) -> Result<Self, TrainError> {
        let mut remarks = std::mem::take(&mut sheet.remarks);
        let mut take = |name: &Option<String>, other: &Option<String>| {
            let numeric = |column: &Column| {
                matches!(column.values, ColumnValues::Numbers(_))
                    && Some(&column.name) != other.as_ref()
            };
            match name {
                Some(name) => sheet.take(name).ok_or_else(|| {
                    let fact = phrase!("descent-model-column-holds-no-number", name = shown(name));
                    TrainError::unusable(
                        &sheet.path,
                        fact,
                        phrase!("descent-model-choose-another-column"),
                    )
                }),
                None => {
                    let first = sheet.columns.iter().find(|column| numeric(column));
                    let first = first.map(|column| column.name.clone());
                    first.and_then(|name| sheet.take(&name)).ok_or_else(|| {
                        let besides = other
                            .as_ref()
                            .map(|name| phrase!("descent-model-besides", name = shown(name)));
                        let fact = phrase!(
                            "descent-model-it-has-no-column-of",
                            besides = besides.unwrap_or_default()
                        );
                        TrainError::unusable(
                            &sheet.path,
                            fact,
                            phrase!("descent-model-give-a-csv-with-two"),
                        )
                    })
                }
            }
        };
        let x = take(&names[0], &names[1])?;
        let y = take(&names[1], &Some(x.name.clone()))?;
        let (ColumnValues::Numbers(x_values), ColumnValues::Numbers(y_values)) =
            (&x.values, &y.values)
        else {
            let fact = phrase!(
                "descent-model-columns-and-are-not-both",
                name = shown(&x.name),
                name2 = shown(&y.name)
            );
            return Err(TrainError::unusable(
                &sheet.path,
                fact,
                phrase!("descent-model-choose-two-columns-of-numbers"),
            ));
        };
        check(&sheet, &x.name, x_values)?;
        check(&sheet, &y.name, y_values)?;
        let both = x_values.iter().zip(y_values);
        let (x_kept, y_kept): (Vec<f64>, Vec<f64>) =
            both.filter(|(x, y)| !x.is_nan() && !y.is_nan()).map(|(x, y)| (*x, *y)).unzip();
        let left_out = sheet.rows - x_kept.len();
        if left_out > 0 {
            let (left_out, of) = (grouped(left_out), grouped(sheet.rows));
            let names = phrase!("descent-model-or", name = shown(&x.name), name2 = shown(&y.name));
            remarks.push(phrase!("descent-model-of-rows-have-no-they", left_out, of, names));
        }
        if x_kept.len() < FEWEST_ROWS {
            let fact = phrase!(
                "descent-model-it-has-only-with-both",
                x_kept_count = Phrase::counted(x_kept.len(), "row")
            );
            return Err(TrainError::unusable(
                &sheet.path,
                fact,
                phrase!("descent-model-give-at-least-three"),
            ));
        }
        check_differ(&sheet, &x.name, &x_kept)?;
        check_differ(&sheet, &y.name, &y_kept)?;
        let source = sheet.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { x_name: x.name, y_name: y.name, x: x_kept, y: y_kept, source, remarks })
    }
}

/// Numbers whose squares cannot be summed are named with their line.
fn check(sheet: &Sheet, name: &str, numbers: &[f64]) -> Result<(), TrainError> {
    let too_large = |number: &f64| number.abs() > LARGEST_NUMBER;
    let Some(row) = numbers.iter().position(too_large) else {
        return Ok(());
    };
    let fact = phrase!(
        "descent-model-line-column-holds-whose-square",
        line = sheet.line(row),
        name = shown(name),
        numbers = format_args!("{:e}", numbers[row])
    );
    Err(TrainError::unusable(
        &sheet.path,
        fact,
        phrase!("descent-model-correct-that-field-or-choose"),
    ))
}

fn check_differ(sheet: &Sheet, name: &str, numbers: &[f64]) -> Result<(), TrainError> {
    let first = numbers.first().copied().unwrap_or_default();
    if numbers.iter().any(|number| *number != first) {
        return Ok(());
    }
    let fact = phrase!("descent-model-column-is-in-every-row", name = shown(name), first);
    Err(TrainError::unusable(
        &sheet.path,
        fact,
        phrase!("descent-model-choose-a-column-whose-values"),
    ))
}
