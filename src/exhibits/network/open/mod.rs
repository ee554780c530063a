//! Opens a network: described or brought, with data of any kind that is known, and whether they fit each other.

mod advice;
mod brought;
mod described;
mod memory;
mod places;
mod resume;
mod text;

use std::{path::Path, sync::Arc};

use self::{resume::Resume, text::Kept};
use super::{
    errand::Errand,
    model::{self, Data, Keeping},
    options::NetworkOptions,
    view,
};
use crate::{
    exhibits::{
        ExhibitRequest, InWords, Opened, in_words, one_after_the_other, refused, takes_it_again,
    },
    learning::{TrainError, TrainingConfig, data::Dataset},
    network::{
        Fault, Plan, Training,
        keras::{self, Converted},
        onnx,
    },
    program_error::ProgramError,
    words::{Phrase, Word},
};

/// What to do about a network that cannot be brought.
const BRING_ONNX: Word = key!("network-model-bring-an-onnx-file-of");
const BRING_KERAS: Word = key!("network-model-save-it-again-or-bring");
/// Steps a second of a first visit: slowly enough that one can follow it.
const PACE: f32 = 20.0;

pub(super) fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own: NetworkOptions = asked.own()?;
    let resume = own.resume.as_deref().map(Resume::read).transpose()?;
    // Without a model, what goes on is the network that was saved.
    let model = own.model.as_deref().map(Path::new).or(own.resume.as_deref());
    match model {
        Some(path) if ends_in(path, "keras") => {
            let converted = keras::model(path).map_err(|fault| wrong(path, fault, BRING_KERAS))?;
            brought::open(asked, (path, &own), BRING_KERAS, converted, resume)
        }
        Some(path) if ends_in(path, "onnx") || own.model.is_none() => {
            let unread = |fault| wrong(path, fault, BRING_ONNX);
            let model = onnx::model(path).map_err(unread)?;
            match Kept::of(&model).map_err(|fault| wrong(path, fault, text::REMEDY))? {
                Some(kept) => text::open(asked, (path, &own), (&model, kept), resume),
                None => {
                    let converted = Converted { model, remarks: Vec::new() };
                    brought::open(asked, (path, &own), BRING_ONNX, converted, resume)
                }
            }
        }
        _ => described::open(asked, &own, resume),
    }
}

/// What is said of a network that cannot be brought.
fn wrong(path: &Path, fault: Fault, remedy: impl Into<Phrase>) -> ProgramError {
    refused(TrainError::unusable(path, fault, remedy))
}

/// A network that is brought has weights.
fn no_other_weights(own: &NetworkOptions) -> Result<(), ProgramError> {
    own.weights.as_ref().map_or(Ok(()), |weights| {
        let fact = phrase!("network-model-the-network-has-weights-of");
        let remedy = phrase!("network-model-leave-weights-out-or-name");
        Err(refused(TrainError::unusable(weights, fact, remedy)))
    })
}

/// The network from this file, if it fits into memory.
fn opened(
    asked: &ExhibitRequest<'_>,
    (path, own): (&Path, &NetworkOptions),
    (data, mut plan, training): (Data, Plan, Training),
    (config, mut keeping): (TrainingConfig, Keeping),
    resume: Option<Resume>,
) -> Result<Opened, ProgramError> {
    let remarks = advice::remarks(
        &data,
        &plan,
        &training,
        !["onnx", "keras"].iter().any(|kind| ends_in(path, kind)),
    );
    plan.remarks.extend(
        remarks.map_err(|(fact, remedy)| refused(TrainError::unusable(path, fact, remedy)))?,
    );
    if let Some((fact, remedy)) = memory::too_large(&plan, config.batch, &training) {
        return Err(refused(TrainError::unusable(path, fact, remedy)));
    }
    let errand = own.look_at.as_deref().map(|file| looked_at(file, &data)).transpose()?;
    plan.remarks.extend(errand.iter().flat_map(|errand| errand.picture.remarks.clone()));
    let InWords { only_in_words, afterwards } =
        in_words(asked.options, &config, &|option| images(option, path, &data))?;
    if let Some(resume) = resume {
        if let Some(option) = takes_it_again(asked.options) {
            let why = phrase!("network-model-resumed-is-not-taken-again", option);
            return Err(ProgramError::Asked(why));
        }
        let described = own.model.as_ref().map(|_| path);
        keeping.resumed = Some(resume.training(described, (&data, &plan, &training), &config)?);
    }
    let trainable = model::trainable(data, Arc::new(plan), training, keeping);
    Ok(Opened {
        arrive: view::arrive(
            errand.as_ref().map(|errand| errand.picture.clone()),
            asked.options.inside,
        ),
        only_in_words,
        afterwards: one_after_the_other([errand.map(Errand::afterwards), afterwards]),
        ..Opened::new(trainable, config, PACE)
    })
}

/// A visitor's own picture, which is read when the network has learned.
fn looked_at(file: &Path, data: &Data) -> Result<Errand, ProgramError> {
    match data {
        Data::Images(dataset) => {
            let picture = dataset.picture(file).map_err(refused)?;
            Ok(Errand { picture, classes: dataset.classes.clone() })
        }
        Data::Text(_) => {
            let (fact, remedy) = (
                phrase!("network-model-this-network-reads-a-text-2"),
                phrase!("network-model-leave-look-at-out"),
            );
            Err(refused(TrainError::unusable(file, fact, remedy)))
        }
    }
}

/// The images on which the network is tested, about which this option asks something when it has learned.
fn images<'a>(option: &str, path: &Path, data: &'a Data) -> Result<&'a Dataset, ProgramError> {
    match data {
        Data::Images(dataset) => Ok(dataset),
        Data::Text(_) => {
            let (fact, remedy) = (
                phrase!("network-model-this-network-reads-a-text-2"),
                phrase!("network-model-leave-out", option),
            );
            Err(refused(TrainError::unusable(path, fact, remedy)))
        }
    }
}

/// Whether a file is to be read as what its name says, whatever it holds.
fn ends_in(path: &Path, kind: &str) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(kind))
}
