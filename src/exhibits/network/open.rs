//! Opens a network: its description, images of any kind that is known, and whether they fit each other.

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{model, options::NetworkOptions};
use crate::{
    asset_path,
    exhibits::{ExhibitRequest, Opened, refused},
    learning::{TrainError, TrainingConfig, data::Dataset},
    network::{
        Description, Network, description,
        weights::{self, Given},
    },
    program_error::ProgramError,
    sentence::shown_path,
};

/// The images that ship with the program.
const SHIPPED: &str = "mnist-10k";
/// Descriptions that ship with it; the first is taken if none is named.
const MODELS: [&str; 4] = ["resnet", "lenet5", "perceptron", "vgg"];
/// No description is longer.
const MOST_BYTES: u64 = 1 << 20;
/// Steps a second of a first visit: slowly enough that one can follow it.
const PACE: f32 = 20.0;

pub(super) fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own: NetworkOptions = asked.own()?;
    let (path, described) = described(own.model.as_deref())?;
    let training = &described.training;
    let config = asked.config(TrainingConfig {
        epochs: training.epochs,
        batch: training.batch,
        learning_rate: training.learning_rate,
        ..TrainingConfig::default()
    })?;
    let place = asked.data(SHIPPED)?;
    let dataset = Dataset::open(&place, described.picture_size(), config.seed);
    let dataset = Arc::new(dataset.map_err(refused)?);
    let size = [dataset.channels, dataset.rows, dataset.columns];
    let network = described.network(size, dataset.classes.len()).map_err(|fault| {
        refused(TrainError::unusable(&path, fault.to_string(), "correct the description"))
    })?;
    let given = own.weights.map(|path| given(&path, &network)).transpose()?;
    let trainable = model::trainable(dataset, Arc::new(network), training.clone(), given);
    Ok(Opened::new(trainable, config, PACE))
}

/// What the weights in a file are to the network.
fn given(path: &Path, network: &Network) -> Result<Given, ProgramError> {
    let arrays = weights::read(path)
        .map_err(|refusal| refused(TrainError::unusable(path, refusal.fact, refusal.remedy)))?;
    network.with_weights(arrays).map_err(|fault| {
        let remedy = "correct the description, or leave --weights out";
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
        refused(TrainError::unusable(&path, fault.to_string(), "correct the description"))
    })?;
    Ok((path, described))
}

fn read(path: &Path) -> Result<String, ProgramError> {
    let known = MODELS.join(", ");
    let unusable = |fact: String| {
        let remedy = format!("name a description in TOML, or one of {known}");
        refused(TrainError::unusable(path, fact, remedy))
    };
    if path.is_dir() {
        return Err(unusable("it is a folder".to_owned()));
    }
    let mut text = String::new();
    let file = File::open(path).map_err(|error| unusable(error.to_string()))?;
    let read = file.take(MOST_BYTES + 1).read_to_string(&mut text);
    read.map_err(|_| unusable(format!("{} is no text", shown_path(path))))?;
    if text.len() as u64 > MOST_BYTES {
        return Err(unusable("it is longer than a description can be, 1 MiB".to_owned()));
    }
    Ok(text)
}
