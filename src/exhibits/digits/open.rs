//! Opens the digits: the images, and how they are usually learned.

use super::{FILTERS, Route, load, options::DigitsOptions, with_filters};
use crate::{
    exhibits::{
        ExhibitRequest, HEALTH_ONLY_IN_WORDS, ONLY_IN_WORDS, Opened, ROBUST_ONLY_IN_WORDS,
        examined, one_after_the_other, reasons, refused, robustness,
    },
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
    let why = asked.options.why.map(|index| reasons(index, &dataset)).transpose()?;
    let robust = asked.options.robust.map(|index| robustness(index, &dataset)).transpose()?;
    let health = asked.options.health.then(|| examined(dataset.classes.clone()));
    let trainable = with_filters(dataset, Route::default(), own.filters.unwrap_or(FILTERS));
    Ok(Opened {
        only_in_words: (why.as_ref().map(|_| ONLY_IN_WORDS))
            .or_else(|| robust.as_ref().map(|_| ROBUST_ONLY_IN_WORDS))
            .or_else(|| health.as_ref().map(|_| HEALTH_ONLY_IN_WORDS)),
        afterwards: one_after_the_other([why, robust, health]),
        ..Opened::new(trainable, config, PACE)
    })
}
