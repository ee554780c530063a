//! Two columns of a table: the pairs that a line or a curve is fitted to.

use std::path::Path;

use super::{
    LineColumns,
    data::{Sheet, unusable},
};
use crate::learning::TrainError;

/// What a line is drawn through in the bundled table, unless the visitor chooses other columns: how large the largest
/// nuclei of a tumour are, by how large they are on average. The table names no units.
const USUAL_X: &str = "mean radius";
const USUAL_Y: &str = "worst radius";
/// The classes of the bundled table, and which of them counts as 1.
const CLASS: &str = "diagnosis";
const ONE: &str = "malignant";
const ZERO: &str = "benign";
/// Where the bundled table is from.
const BUNDLED_SOURCE: &str =
    "Breast Cancer Wisconsin (Diagnostic): Wolberg, Mangasarian, Street and Street, UCI, 1995";

/// Pairs of numbers as they stand in a file.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Pairs {
    pub(super) x_name: String,
    /// For a classifier the class that is 1.
    pub(super) y_name: String,
    pub(super) x: Vec<f64>,
    pub(super) y: Vec<f64>,
    /// The file's name.
    pub(super) source: String,
}

impl Pairs {
    /// Two columns of numbers of any table; what is not chosen is the first that will do.
    pub(super) fn of_file(path: &Path, columns: &LineColumns) -> Result<Self, TrainError> {
        Self::of_sheet(&Sheet::read(path)?, columns)
    }

    pub(super) fn of_sheet(sheet: &Sheet, columns: &LineColumns) -> Result<Self, TrainError> {
        let chosen = |name: &Option<String>, option| {
            name.as_ref().map(|name| sheet.column(name, option)).transpose()
        };
        let (x, y) = (chosen(&columns.x, "--x")?, chosen(&columns.y, "--y")?);
        let (x, y) = match (x, y) {
            (Some(x), Some(y)) => (x, y),
            (Some(x), None) => (x, sheet.first_numeric(Some(x))?),
            (None, Some(y)) => (sheet.first_numeric(Some(y))?, y),
            (None, None) => {
                let x = sheet.first_numeric(None)?;
                (x, sheet.first_numeric(Some(x))?)
            }
        };
        if x == y {
            let fact = format!("column “{}” is both --x and --y", sheet.name(x));
            return Err(unusable(sheet.path(), fact, "choose two different ones"));
        }
        Ok(Self {
            x_name: sheet.name(x).to_owned(),
            y_name: sheet.name(y).to_owned(),
            x: sheet.numbers(x)?,
            y: sheet.numbers(y)?,
            source: file_name(sheet.path()),
        })
    }

    /// Two columns of the bundled table.
    pub(super) fn of_bundled(sheet: &Sheet, columns: &LineColumns) -> Result<Self, TrainError> {
        let usual = |name: &Option<String>, usual: &str| {
            Some(name.clone().unwrap_or_else(|| usual.to_owned()))
        };
        let columns = LineColumns { x: usual(&columns.x, USUAL_X), y: usual(&columns.y, USUAL_Y) };
        Ok(Self { source: BUNDLED_SOURCE.to_owned(), ..Self::of_sheet(sheet, &columns)? })
    }

    /// The mean radius of each tumour, and 1 where it is malignant.
    pub(super) fn of_tumours(sheet: &Sheet) -> Result<Self, TrainError> {
        let x = sheet.numbers(sheet.column(USUAL_X, "--x")?)?;
        let class = sheet.column(CLASS, "--y")?;
        let y = sheet.fields(class).map(|(line, name)| match name {
            ONE => Ok(1.0),
            ZERO => Ok(0.0),
            other => {
                let fact = format!("line {line}, column “{CLASS}”, is “{other}”");
                Err(unusable(sheet.path(), fact, "write malignant or benign"))
            }
        });
        Ok(Self {
            x_name: USUAL_X.to_owned(),
            y_name: ONE.to_owned(),
            y: y.collect::<Result<_, _>>()?,
            x,
            source: BUNDLED_SOURCE.to_owned(),
        })
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
