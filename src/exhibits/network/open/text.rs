//! Opens a network for text that was saved as ONNX: its file holds its description and its alphabet, too.

use std::path::Path;

use super::{described::SHIPPED_TEXT, no_other_weights, opened, places, resume, resume::Resume};
use crate::{
    exhibits::{
        ExhibitRequest, Opened,
        network::options::{NetworkOptions, PixelsOption},
        refused,
    },
    learning::{
        data::{Alphabet, Text},
        network::Weights,
    },
    network::{
        ALPHABET, DESCRIPTION, Description, Fault, Training, brought::Source, description,
        onnx::Model,
    },
    program_error::ProgramError,
    words::Word,
};

/// What to do about a file that holds no such network.
pub(super) const REMEDY: Word = key!("network-model-name-its-description-with-model");

/// What a saved network for text says of itself.
pub(super) struct Kept {
    described: Description,
    /// As it stands in the file.
    written: String,
    context: usize,
    alphabet: Alphabet,
}

impl Kept {
    /// What a file says; nothing if it is of no network for text.
    ///
    /// # Errors
    /// If it says what no network for text does.
    pub(super) fn of(model: &Model) -> Result<Option<Self>, Fault> {
        let Some(alphabet) = model.facts.get(ALPHABET) else { return Ok(None) };
        let written = model
            .facts
            .get(DESCRIPTION)
            .ok_or_else(|| Fault::new(phrase!("network-model-it-reads-text-but-was")))?;
        let described = description(written)?;
        let context = described
            .context()
            .ok_or_else(|| Fault::new(phrase!("network-model-its-description-is-not-of")))?;
        let alphabet = Alphabet::told(alphabet)
            .ok_or_else(|| Fault::new(phrase!("network-model-its-characters-are-in-no")))?;
        Ok(Some(Self { described, written: written.clone(), context, alphabet }))
    }
}

/// A network that was saved, with what it learned.
pub(super) fn open(
    asked: &ExhibitRequest<'_>,
    (path, own): (&Path, &NetworkOptions),
    (model, kept): (&Model, Kept),
    resume: Option<Resume>,
) -> Result<Opened, ProgramError> {
    no_other_weights(own)?;
    if own.pixels != PixelsOption::Unit {
        let sentence = phrase!("network-model-pixels-is-of-images-but");
        return Err(ProgramError::Asked(sentence));
    }
    let wrong = |fault: Fault| super::wrong(path, fault, REMEDY);
    let Kept { described, written, context, alphabet } = kept;
    let frozen = own.freeze || described.training.frozen;
    let training = Training { frozen, ..described.training.clone() };
    let (config, data_seed) = resume::config(resume.as_ref(), asked, &training)?;
    // What was in force is told by the state.
    let training = resume.as_ref().map_or(training, |resume| resume.training.clone());
    let text = Text::open_in(alphabet, &asked.data(SHIPPED_TEXT)?, context).map_err(refused)?;
    let network = described.text_network(text.alphabet.len()).map_err(wrong)?;
    let mut plan = network.plan().map_err(|why| wrong(Fault::new(why)))?;
    let Weights { parameters, memories } = Weights::of(&plan, model).map_err(wrong)?;
    plan.begin_as(parameters, memories);
    plan.model.facts.insert(DESCRIPTION.to_owned(), written);
    let text_of = |training: &Training| {
        let written = network.text(training).map_err(wrong)?;
        Ok((written, plan.arrays().into_iter().map(Source::same).collect()))
    };
    let keeping = places::kept(own, &training, (&config, data_seed), text_of)?;
    opened(asked, (path, own), (text.into(), plan, training), (config, keeping), resume)
}
