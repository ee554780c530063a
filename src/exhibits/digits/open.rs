//! Opens the digits: the images, and how they are usually learned.

use super::{FILTERS, Route, load, options::DigitsOptions, view, with_filters};
use crate::{
    exhibits::{ExhibitRequest, InWords, Opened, in_words, refused},
    learning::TrainingConfig,
    program_error::ProgramError,
};

/// The images that ship with the program.
const SHIPPED: &str = "mnist-10k";
/// Ten epochs of the shipped data take under a minute so, instead of three seconds.
const PACE: f32 = 50.0;

pub(super) fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own: DigitsOptions = asked.own()?;
    let config = asked.config(TrainingConfig::default())?;
    let dataset = load(&asked.data(SHIPPED)?).map_err(refused)?;
    let InWords { only_in_words, afterwards } = in_words(asked.options, &|_| Ok(&*dataset))?;
    let trainable = with_filters(dataset, Route::default(), own.filters.unwrap_or(FILTERS));
    Ok(Opened {
        arrive: asked.options.inside.then(view::arrive_inside),
        only_in_words,
        afterwards,
        ..Opened::new(trainable, config, PACE)
    })
}
