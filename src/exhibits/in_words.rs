//! What a visitor asks of a classifier in the terminal, to be answered once it has learned: `--why`, `--robust`,
//! `--units`, `--points`, `--taught`, `--branch`, `--health`, `--landscape` and, all of these together, `--inside`.

use super::{
    Afterwards, branch, health, inside, landscape, one_after_the_other, points, robust, taught,
    units, why,
};
use crate::{
    cli::Options,
    learning::{TrainingConfig, data::Dataset},
    program_error::ProgramError,
    words::Word,
};

/// What is asked.
pub struct InWords {
    /// Why the exhibit cannot be visited in the hall then.
    pub only_in_words: Option<Word>,
    /// What answers it.
    pub afterwards: Option<Afterwards>,
}

/// What these options ask of a training of this kind, where `images` gives the images that the one of this name is about, or says why there are none.
///
/// # Errors
/// If there are none, or not the one that is asked about.
pub fn in_words<'a>(
    options: &Options,
    config: &TrainingConfig,
    images: &dyn Fn(&'static str) -> Result<&'a Dataset, ProgramError>,
) -> Result<InWords, ProgramError> {
    let reasons = |index| why::reasons(index, images("--why")?);
    let robustness = |index| robust::robustness(index, images("--robust")?);
    let unit_by_unit = |layer: &String| images("--units").map(|_| units::unit_by_unit(layer));
    let image_by_image = |layer: &String| images("--points").map(|_| points::image_by_image(layer));
    let teachers = |index| taught::teachers(index, images("--taught")?);
    let beside = || {
        images("--branch").and_then(|of| {
            let steps = config.steps(of.train.len());
            branch::beside_the_run(&options.branch, steps, of.classes.clone())
        })
    };
    let examined = || images("--health").map(|of| health::examined(of.classes.clone()));
    let all = || images("--inside").map(inside::everything);
    let surveyed = || images("--landscape").map(|_| landscape::around_the_way());
    let asked = [
        (why::ONLY_IN_WORDS, options.why.map(reasons).transpose()?),
        (robust::ONLY_IN_WORDS, options.robust.map(robustness).transpose()?),
        (units::ONLY_IN_WORDS, options.units.as_ref().map(unit_by_unit).transpose()?),
        (points::ONLY_IN_WORDS, options.points.as_ref().map(image_by_image).transpose()?),
        (taught::ONLY_IN_WORDS, options.taught.map(teachers).transpose()?),
        (branch::ONLY_IN_WORDS, (!options.branch.is_empty()).then(beside).transpose()?),
        (health::ONLY_IN_WORDS, options.health.then(examined).transpose()?),
        (landscape::ONLY_IN_WORDS, options.landscape.then(surveyed).transpose()?),
    ];
    let only_in_words = asked.iter().find(|(_, asked)| asked.is_some()).map(|(words, _)| *words);
    let afterwards = one_after_the_other(asked.map(|(_, afterwards)| afterwards));
    // In the hall there is a board for it.
    let all = options.inside.then(all).transpose()?;
    Ok(InWords { only_in_words, afterwards: one_after_the_other([afterwards, all]) })
}

/// The option that takes the run again from its first step, if one does.
pub fn takes_it_again(options: &Options) -> Option<&'static str> {
    let asked = [("--taught", options.taught.is_some()), ("--branch", !options.branch.is_empty())];
    asked.iter().find(|(_, asked)| *asked).map(|(option, _)| *option)
}
