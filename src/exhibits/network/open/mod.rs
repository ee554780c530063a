//! Opens a network: its description, images of any kind that is known, and whether they fit each other.

mod advice;
mod memory;
mod places;
mod resume;

use std::{
    fs::File,
    io::Read as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use self::resume::Resume;
use super::{
    errand::Errand,
    model::{self, Data, Keeping},
    options::{NetworkOptions, PixelsOption},
    view,
};
use crate::{
    asset_path,
    exhibits::{ExhibitRequest, Opened, refused},
    learning::{
        self, TrainError, TrainingConfig,
        data::{Dataset, Text},
    },
    network::{
        Description, Fault, Network, Plan, Training,
        brought::{self, Pixels, Source},
        description,
        keras::{self, Converted},
        onnx,
        weights::{self, Given},
    },
    program_error::ProgramError,
    sentence::shown_path,
};

/// The images that ship with the program.
const SHIPPED: &str = "mnist-10k";
/// The text that ships with it.
const SHIPPED_TEXT: &str = "alice-in-wonderland";
/// Descriptions that ship with it; the first is taken if none is named.
const MODELS: [&str; 5] = ["resnet", "lenet5", "perceptron", "vgg", "transformer"];
/// What to do about a network that cannot be brought.
const BRING_ONNX: &str = "bring an ONNX file of a network that tells images apart";
const BRING_KERAS: &str =
    "save it again, or bring it as ONNX: model.export(\"x.onnx\", format=\"onnx\")";
/// No description is longer.
const MOST_BYTES: u64 = 1 << 20;
/// Steps a second of a first visit: slowly enough that one can follow it.
const PACE: f32 = 20.0;

pub(super) fn open(asked: &ExhibitRequest<'_>) -> Result<Opened, ProgramError> {
    let own: NetworkOptions = asked.own()?;
    let resume = own.resume.as_deref().map(Resume::read).transpose()?;
    // Without a model, what goes on is the network that was saved.
    let model = own.model.as_deref().map(Path::new).or(own.resume.as_deref());
    match model {
        Some(path) if ends_in(path, "keras") => {
            brought(asked, (path, &own), BRING_KERAS, keras::model, resume)
        }
        Some(path) if ends_in(path, "onnx") || own.model.is_none() => {
            let read = |path: &Path| {
                onnx::model(path).map(|model| Converted { model, remarks: Vec::new() })
            };
            brought(asked, (path, &own), BRING_ONNX, read, resume)
        }
        _ => from_description(asked, &own, resume),
    }
}

/// A network that is described.
fn from_description(
    asked: &ExhibitRequest<'_>,
    own: &NetworkOptions,
    resume: Option<Resume>,
) -> Result<Opened, ProgramError> {
    if own.pixels != PixelsOption::Unit {
        let sentence = "--pixels is for networks that are brought: begin a description with batch_norm instead.";
        return Err(ProgramError::Asked(sentence.to_owned()));
    }
    let (path, described) = described(own.model.as_deref())?;
    let frozen = own.freeze || described.training.frozen;
    let training = Training { frozen, ..described.training.clone() };
    let config = asked.config(TrainingConfig {
        epochs: training.epochs,
        batch: training.batch,
        learning_rate: training.learning_rate,
        ..TrainingConfig::default()
    })?;
    let (config, data_seed) = resume::config(resume.as_ref(), asked, config)?;
    let wrong = |why: String| refused(TrainError::unusable(&path, why, "correct the description"));
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
    let network = network.map_err(|fault| wrong(fault.to_string()))?;
    let mut plan = network.plan().map_err(wrong)?;
    if let Some(path) = &own.weights {
        plan.begin_with(&network, given(path, &network)?);
    }
    let text = |training: &Training| {
        let written = network.text(training).map_err(|fault| wrong(fault.to_string()))?;
        Ok((written, plan.arrays().into_iter().map(Source::same).collect()))
    };
    let places = places::all(own, &training, &config, text)?;
    let keeping = Keeping::new(places, data_seed);
    opened((&path, own), (data, plan, training), (config, keeping), resume)
}

/// A network that others made, as this reads it.
fn brought(
    asked: &ExhibitRequest<'_>,
    (path, own): (&Path, &NetworkOptions),
    remedy: &str,
    read: impl Fn(&Path) -> Result<Converted, Fault>,
    resume: Option<Resume>,
) -> Result<Opened, ProgramError> {
    if let Some(weights) = &own.weights {
        let fact = "the network has weights of its own";
        let remedy = "leave --weights out, or name a description with --model";
        return Err(refused(TrainError::unusable(weights, fact, remedy)));
    }
    if own.model.is_none() && own.pixels != PixelsOption::Unit {
        let sentence = "--pixels is part of the network that was saved: leave it out to go on with its training.";
        return Err(ProgramError::Asked(sentence.to_owned()));
    }
    let wrong = |fault: Fault| refused(TrainError::unusable(path, fault.to_string(), remedy));
    let Converted { model, remarks } = read(path).map_err(wrong)?;
    let training = Training { frozen: own.freeze, ..Training::default() };
    let config = asked.config(TrainingConfig {
        epochs: training.epochs,
        batch: training.batch,
        learning_rate: training.learning_rate,
        ..TrainingConfig::default()
    })?;
    let (config, data_seed) = resume::config(resume.as_ref(), asked, config)?;
    let [_, rows, columns] = brought::image_size(&model).map_err(wrong)?;
    let wanted = rows.zip(columns).map(|(rows, columns)| [rows, columns]);
    let dataset = Dataset::open(&asked.data(SHIPPED)?, wanted, data_seed).map_err(refused)?;
    let size = [dataset.channels, dataset.rows, dataset.columns];
    let mut fit =
        brought::fitted(model, size, dataset.classes.len(), own.pixels.into()).map_err(wrong)?;
    fit.remarks.splice(0..0, remarks);
    let sizes = learning::network::sizes(&fit, &config.device.device()).map_err(wrong)?;
    let name =
        path.file_stem().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let plan = brought::plan(name, fit, &sizes).map_err(wrong)?;
    // An ONNX file says nothing of its training; the saved state does.
    let training = resume.as_ref().map_or(training, |resume| resume.training.clone());
    let text = |training: &Training| brought::described(&plan, training).map_err(wrong);
    let places = places::all(own, &training, &config, text)?;
    let keeping = Keeping::new(places, data_seed);
    opened((path, own), (dataset.into(), plan, training), (config, keeping), resume)
}

/// The network from this file, if it fits into memory.
fn opened(
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
    if let Some(resume) = resume {
        let described = own.model.as_ref().map(|_| path);
        keeping.resumed = Some(resume.training(described, (&data, &plan, &training), &config)?);
    }
    let trainable = model::trainable(data, Arc::new(plan), training, keeping);
    Ok(Opened {
        arrive: errand.as_ref().map(|errand| view::arrive_with(errand.picture.clone())),
        afterwards: errand.map(Errand::afterwards),
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
            let (fact, remedy) = ("this network reads a text", "leave --look-at out");
            Err(refused(TrainError::unusable(file, fact, remedy)))
        }
    }
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

impl From<PixelsOption> for Pixels {
    fn from(option: PixelsOption) -> Self {
        match option {
            PixelsOption::Unit => Self::Unit,
            PixelsOption::Signed => Self::Signed,
            PixelsOption::Imagenet => Self::ImageNet,
        }
    }
}

/// Whether a file is to be read as what its name says, whatever it holds.
fn ends_in(path: &Path, kind: &str) -> bool {
    path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case(kind))
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
        let remedy = format!(
            "name a description in TOML, a network that ends in .onnx or .keras, or one of {known}"
        );
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
