//! Opens a network that is described.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
};

use super::{opened, places, resume, resume::Resume};
use crate::{
    asset_path,
    exhibits::{
        ExhibitRequest, Opened,
        network::{
            model::Data,
            options::{NetworkOptions, PixelsOption},
        },
        refused,
    },
    learning::{
        TrainError,
        data::{Dataset, Text},
    },
    network::{
        DESCRIPTION, Description, Network, Training, brought::Source, description, weights,
        weights::Given,
    },
    program_error::ProgramError,
    sentence::shown_path,
    words::{InPhrase, Phrase},
};

/// The images that ship with the program.
pub(super) const SHIPPED: &str = "mnist-10k";
/// The text that ships with it.
pub(super) const SHIPPED_TEXT: &str = "alice-in-wonderland";
/// Descriptions that ship with it; the first is taken if none is named.
const MODELS: [&str; 5] = ["resnet", "lenet5", "perceptron", "vgg", "transformer"];
/// No description is longer.
const MOST_BYTES: u64 = 1 << 20;

/// A network that is described.
pub(super) fn open(
    asked: &ExhibitRequest<'_>,
    own: &NetworkOptions,
    resume: Option<Resume>,
) -> Result<Opened, ProgramError> {
    if own.pixels != PixelsOption::Unit {
        let sentence = phrase!("network-model-pixels-is-for-networks-that");
        return Err(ProgramError::Asked(sentence));
    }
    let (path, described) = described(own.model.as_deref())?;
    let frozen = own.freeze || described.training.frozen;
    let training = Training { frozen, ..described.training.clone() };
    let (config, data_seed) = resume::config(resume.as_ref(), asked, &training)?;
    let wrong = |why: Phrase| {
        refused(TrainError::unusable(&path, why, phrase!("network-model-correct-the-description")))
    };
    let (data, network) = match described.context() {
        Some(context) => {
            let text = Text::open(&asked.data(SHIPPED_TEXT)?, context).map_err(refused)?;
            let network = described.text_network(text.alphabet.len());
            (Data::from(text), network)
        }
        None => {
            let place = asked.data(SHIPPED)?;
            let dataset = Dataset::open(&place, described.picture_size(), data_seed);
            let dataset = dataset.map_err(refused)?;
            let size = [dataset.channels, dataset.rows, dataset.columns];
            let network = described.network(size, dataset.classes.len());
            (Data::from(dataset), network)
        }
    };
    let network = network.map_err(|fault| wrong(fault.to_string().into()))?;
    let mut plan = network.plan().map_err(wrong)?;
    if let Some(path) = &own.weights {
        plan.begin_with(&network, given(path, &network)?);
    }
    if let (Data::Text(_), Ok(text)) = (&data, network.text(&training)) {
        // With it and the alphabet the saved file is enough to go on.
        plan.model.facts.insert(DESCRIPTION.to_owned(), text);
    }
    let text = |training: &Training| {
        let written = network.text(training).map_err(|fault| wrong(fault.to_string().into()))?;
        Ok((written, plan.arrays().into_iter().map(Source::same).collect()))
    };
    let keeping = places::kept(own, &training, (&config, data_seed), text)?;
    opened(asked, (&path, own), (data, plan, training), (config, keeping), resume)
}

/// What the weights in a file are to the network.
fn given(path: &Path, network: &Network) -> Result<Given, ProgramError> {
    let arrays = weights::read(path)
        .map_err(|refusal| refused(TrainError::unusable(path, refusal.fact, refusal.remedy)))?;
    network.with_weights(arrays).map_err(|fault| {
        let remedy = phrase!("network-model-correct-the-description-or-leave");
        refused(TrainError::unusable(path, fault.to_string(), remedy))
    })
}

/// The description of this name, or in this file.
fn described(model: Option<&str>) -> Result<(PathBuf, Description), ProgramError> {
    let model = model.unwrap_or(MODELS[0]);
    let path = if MODELS.contains(&model) {
        asset_path::assets()?.join("networks").join(format!("{model}.toml"))
    } else {
        PathBuf::from(model)
    };
    let text = read(&path)?;
    let described = description(&text).map_err(|fault| {
        refused(TrainError::unusable(
            &path,
            fault.to_string(),
            phrase!("network-model-correct-the-description"),
        ))
    })?;
    Ok((path, described))
}

fn read(path: &Path) -> Result<String, ProgramError> {
    let known = Phrase::listed(MODELS);
    let unusable = |fact: Phrase| {
        let remedy = phrase!("network-model-name-a-description-in-toml", known);
        refused(TrainError::unusable(path, fact, remedy))
    };
    if path.is_dir() {
        return Err(unusable(phrase!("network-model-it-is-a-folder")));
    }
    let mut text = String::new();
    let file = File::open(path).map_err(|error| unusable(error.in_phrase()))?;
    let read = file.take(MOST_BYTES + 1).read_to_string(&mut text);
    read.map_err(|_| unusable(phrase!("network-model-is-no-text", path = shown_path(path))))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(unusable(phrase!("network-model-it-is-longer-than-a")));
    }
    Ok(text)
}
