//! From what is asked on the command line to an exhibit that can be taught: data read, plan checked, before anything opens.

use std::path::PathBuf;

use bevy::app::App;
use clap::FromArgMatches;

use super::Exhibit;
use crate::{
    asset_path,
    cli::{self, Options},
    events::EventWriter,
    learning::{
        LessonMaker, Plan, TrainError,
        data::table::{DecimalMark, TableOptions},
    },
    stream::RoomEnd,
    trouble::Trouble,
};

/// What is done in the terminal when the training is over; `true` says that words are wanted as JSON.
pub type Afterwards = Box<dyn FnOnce(&RoomEnd, &EventWriter, bool) -> Result<(), Trouble>>;

/// What an exhibit finds in the hall when it comes in.
pub type Arrive = Box<dyn FnOnce(&mut App) + Send>;

/// An exhibit that can be taught.
pub struct Opened {
    /// The model with its data.
    pub lesson: LessonMaker,
    /// How it is to be trained.
    pub plan: Plan,
    /// How fast a visit in the hall begins, in steps per second: slowly enough that one can follow it; the desk's slider
    /// takes the limit away.
    pub pace: f32,
    /// What its view is told before it opens.
    pub arrive: Option<Arrive>,
    /// What is asked of it in the terminal once it has learned.
    pub afterwards: Option<Afterwards>,
    /// Why it cannot be visited in the hall, if something is wanted that only words and files can answer.
    pub only_in_words: Option<&'static str>,
}

impl Opened {
    /// One that is only to be watched.
    pub fn new(lesson: LessonMaker, plan: Plan, pace: f32) -> Self {
        Self { lesson, plan, pace, arrive: None, afterwards: None, only_in_words: None }
    }
}

/// Opens an exhibit as the visitor asks.
///
/// # Errors
/// One sentence with the option or the file, and what to do.
pub fn open(exhibit: &Exhibit, options: &Options) -> Result<Opened, Trouble> {
    (exhibit.open)(&Asked { options })
}

/// What a visitor asks of an exhibit.
pub struct Asked<'a> {
    /// What several exhibits understand.
    pub options: &'a Options,
}

impl Asked<'_> {
    /// What only this exhibit understands.
    ///
    /// # Errors
    /// If the exhibit reads options that it has not declared.
    pub fn own<T: FromArgMatches>(&self) -> Result<T, Trouble> {
        T::from_arg_matches(&self.options.own).map_err(refused)
    }

    /// How to train, where `usual` is what is not said.
    ///
    /// # Errors
    /// If there is no such device, or no run can be planned so.
    pub fn plan(&self, usual: Plan) -> Result<Plan, Trouble> {
        let options = self.options;
        let plan = Plan {
            seed: options.seed,
            epochs: options.epochs.unwrap_or(usual.epochs),
            batch: options.batch.unwrap_or(usual.batch),
            learning_rate: options.learning_rate.unwrap_or(usual.learning_rate),
            working_rate: usual.learning_rate,
            threads: options.threads,
            device: options.device.parse().map_err(refused::<TrainError>)?,
            ..usual
        };
        plan.check().map_err(refused)?;
        Ok(plan)
    }

    /// How a table is written, as far as that was said.
    pub fn table(&self) -> TableOptions {
        let table = &self.options.table;
        TableOptions {
            header: table.first_row_is_header(),
            decimal_mark: table.decimal_mark.map(|mark| match mark {
                cli::DecimalMark::Point => DecimalMark::Point,
                cli::DecimalMark::Comma => DecimalMark::Comma,
            }),
        }
    }

    /// The visitor's data, or what ships with the program.
    ///
    /// # Errors
    /// If the program's own files are not there.
    pub fn data(&self, shipped: &str) -> Result<PathBuf, Trouble> {
        match &self.options.data {
            Some(path) => Ok(path.clone()),
            None => self.shipped(shipped),
        }
    }

    /// Data that ship with the program.
    ///
    /// # Errors
    /// If the program's own files are not there.
    pub fn shipped(&self, path: &str) -> Result<PathBuf, Trouble> {
        Ok(asset_path::assets()?.join("datasets").join(path))
    }
}

/// What cannot be done as asked.
pub fn refused<E: std::fmt::Display>(error: E) -> Trouble {
    Trouble::Asked(error.to_string())
}
