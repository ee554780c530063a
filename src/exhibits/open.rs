//! From what is asked on the command line to an exhibit that can be taught: data read, config checked, before anything opens.

use std::{
    path::PathBuf,
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::app::App;
use clap::FromArgMatches;

use super::Exhibit;
use crate::{
    asset_path,
    cli::{self, Options},
    events::EventWriter,
    inside::{Branch, PlannedEdit},
    learning::{
        DeviceName, TrainableMaker, TrainingConfig,
        data::table::{DecimalMark, TableOptions},
    },
    program_error::ProgramError,
    stream::{Content, Payload, ViewerEnd},
    words::{InPhrase, Word},
};

/// What is done in the terminal when the training is over; `true` says that words are wanted as JSON.
pub type Afterwards = Box<dyn FnOnce(&ViewerEnd, &EventWriter, bool) -> Result<(), ProgramError>>;

/// What an exhibit finds in the hall when it comes in.
pub type Arrive = Box<dyn FnOnce(&mut App) + Send>;

/// An exhibit that can be taught.
pub struct Opened {
    /// The model with its data.
    pub trainable: TrainableMaker,
    /// How it is to be trained.
    pub config: TrainingConfig,
    /// How fast a visit in the hall begins, in steps per second: slowly enough that one can follow it; the desk's slider
    /// takes the limit away.
    pub pace: f32,
    /// What its view is told before it opens.
    pub arrive: Option<Arrive>,
    /// What is asked of it in the terminal once it has learned.
    pub afterwards: Option<Afterwards>,
    /// Why it cannot be visited in the hall, if something is wanted that only words and files can answer.
    pub only_in_words: Option<Word>,
}

impl Opened {
    /// One that is only to be watched.
    pub fn new(trainable: TrainableMaker, config: TrainingConfig, pace: f32) -> Self {
        Self { trainable, config, pace, arrive: None, afterwards: None, only_in_words: None }
    }
}

/// Opens an exhibit as the visitor asks.
///
/// # Errors
/// One sentence with the option or the file, and what to do.
pub fn open(exhibit: &Exhibit, options: &Options) -> Result<Opened, ProgramError> {
    (exhibit.open)(&ExhibitRequest { options })
}

/// What a visitor asks of an exhibit.
pub struct ExhibitRequest<'a> {
    /// What several exhibits understand.
    pub options: &'a Options,
}

impl ExhibitRequest<'_> {
    /// What only this exhibit understands.
    ///
    /// # Errors
    /// If the exhibit reads options that it has not declared.
    pub fn own<T: FromArgMatches>(&self) -> Result<T, ProgramError> {
        T::from_arg_matches(&self.options.own).map_err(|why| refused(why.to_string()))
    }

    /// How to train, where `usual` is what is not said.
    ///
    /// # Errors
    /// If there is no such device, or no run can be planned so.
    pub fn config(&self, usual: TrainingConfig) -> Result<TrainingConfig, ProgramError> {
        let options = self.options;
        let config = TrainingConfig {
            seed: options.seed,
            epochs: options.epochs.unwrap_or(usual.epochs),
            batch: options.batch.unwrap_or(usual.batch),
            learning_rate: options.learning_rate.unwrap_or(usual.learning_rate),
            working_rate: usual.learning_rate,
            threads: options.threads,
            device: DeviceName::asked(&options.device).map_err(refused)?,
            edits: self.edits()?,
            branches: branches(&options.branch)?,
            ..usual
        };
        config.check().map_err(refused)?;
        Ok(config)
    }

    /// What is changed by hand on the way.
    fn edits(&self) -> Result<Vec<PlannedEdit>, ProgramError> {
        let read = |text: &String| text.parse();
        let edits: Result<_, String> = self.options.edit.iter().map(read).collect();
        edits.map_err(|why| refused(phrase!("answers-edit-cannot-be-so", why)))
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
    pub fn data(&self, shipped: &str) -> Result<PathBuf, ProgramError> {
        match &self.options.data {
            Some(path) => Ok(path.clone()),
            None => self.shipped(shipped),
        }
    }

    /// Data that ship with the program.
    ///
    /// # Errors
    /// If the program's own files are not there.
    pub fn shipped(&self, path: &str) -> Result<PathBuf, ProgramError> {
        Ok(asset_path::assets()?.join("datasets").join(path))
    }
}

/// Branches as they are typed.
///
/// # Errors
/// If one of them is none.
pub(super) fn branches(typed: &[String]) -> Result<Vec<Branch>, ProgramError> {
    let read: Result<_, String> = typed.iter().map(|text| text.parse()).collect();
    read.map_err(|why| refused(phrase!("branch-cannot-be-so", why)))
}

/// All of them that there are, in their order.
pub fn one_after_the_other<const COUNT: usize>(
    all: [Option<Afterwards>; COUNT],
) -> Option<Afterwards> {
    all.into_iter().flatten().reduce(|one, other| {
        Box::new(move |room, events, as_json| {
            one(room, events, as_json)?;
            other(room, events, as_json)
        })
    })
}

/// How long an answer may take before it is taken for lost.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a model says to a question in the terminal, once it has answered.
///
/// # Errors
/// One sentence if it cannot answer, or has not done so within a minute.
pub fn answer<C: Content>(room: &ViewerEnd, about: Payload) -> Result<Arc<C>, ProgramError> {
    answer_within(room, about, PATIENCE)
}

/// The same to a question that may take longer.
///
/// # Errors
/// One sentence if it cannot answer, or has not done so within that time.
pub fn answer_within<C: Content>(
    room: &ViewerEnd,
    about: Payload,
    patience: Duration,
) -> Result<Arc<C>, ProgramError> {
    let lost = || ProgramError::Training(phrase!("answers-the-model-has-not-answered"));
    let id = room.query(about).ok_or_else(lost)?;
    let begun = Instant::now();
    while let Some(reply) = room.reply_within(patience.saturating_sub(begun.elapsed())) {
        if reply.id == id {
            let said = reply
                .said
                .map_err(|why| ProgramError::Training(phrase!("list-sentence", text = why)))?;
            return said.get().cloned().ok_or_else(lost);
        }
    }
    Err(lost())
}

/// What cannot be done as asked.
pub fn refused<E: InPhrase>(error: E) -> ProgramError {
    ProgramError::Asked(error.in_phrase())
}
