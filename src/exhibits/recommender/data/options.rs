//! How a file of ratings is to be read, where it does not say itself.

use std::ops::RangeInclusive;

use crate::learning::data::table::TableOptions;

/// How a file of ratings is to be read, where it does not say itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReadOptions {
    /// The names of the columns of a CSV.
    pub columns: Columns,
    /// The stars that can be given; found in the data when left out.
    pub scale: Option<RangeInclusive<f32>>,
    /// How a table of ratings is written.
    pub table: TableOptions,
}

/// The names of the columns of a CSV; what is left out is looked for under its usual names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Columns {
    /// Who rated.
    pub user: Option<String>,
    /// What was rated.
    pub item: Option<String>,
    /// The stars.
    pub rating: Option<String>,
}
