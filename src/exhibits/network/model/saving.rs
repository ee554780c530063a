//! Writes the network with what it learned, and its training so that it can go on.

use std::{ffi::OsString, fs, io, path::PathBuf};

use crate::{
    exhibits::network::model::{Data, NetworkTrainable},
    learning::{
        Progress, TrainError, TrainingConfig,
        data::Fingerprint,
        network::{Saved, StateWords, Weights, files, fingerprint, safetensors},
    },
    network::{Fault, Plan, Training, brought::Source},
    sentence::shown_path,
    words::{InPhrase, Phrase},
};

/// Where a run is written and where it goes on.
#[derive(Debug, Default)]
pub struct Keeping {
    /// Where it is written after each epoch.
    pub(in crate::exhibits::network) places: Vec<Place>,
    /// The training that its first run goes on with.
    pub(in crate::exhibits::network) resumed: Option<Saved>,
    /// What pictures without a division were divided by.
    pub(in crate::exhibits::network) data_seed: u64,
    /// What it learns from, where that is written.
    data: Option<Fingerprint>,
    /// Whether a run lies at its places that another one would be written over.
    pub(super) holds_a_run: bool,
}

/// A file and what is written there.
#[derive(Debug)]
pub(in crate::exhibits::network) enum Place {
    /// ONNX, with the state of the training beside it.
    Network(PathBuf),
    /// A description, with its weights beside it.
    Description { path: PathBuf, text: String, sources: Vec<Source> },
}

impl Place {
    /// The files that are written, the one that was named first.
    pub(in crate::exhibits::network) fn files(&self) -> [PathBuf; 2] {
        match self {
            Self::Network(path) | Self::Description { path, .. } => self.files_at(path.clone()),
        }
    }

    fn files_at(&self, path: PathBuf) -> [PathBuf; 2] {
        let beside = match self {
            Self::Network(_) => files::state_of(&path),
            Self::Description { .. } => path.with_extension("safetensors"),
        };
        [path, beside]
    }

    /// Moves what lies there to the first free name beside it, such as `net-1.onnx`, and tells it.
    fn set_aside(&self) -> io::Result<Option<PathBuf>> {
        let files = self.files();
        let [path, _] = &files;
        let numbered = |number: u32| {
            let mut name = path.file_stem().map_or_else(OsString::new, OsString::from);
            name.push(format!("-{number}."));
            name.push(path.extension().unwrap_or_default());
            self.files_at(path.with_file_name(name))
        };
        let free = (1..).map(numbered).find(|places| !places.iter().any(|place| place.exists()));
        let Some(free) = free.filter(|_| path.exists()) else { return Ok(None) };
        for (from, to) in files.iter().zip(&free).filter(|(from, _)| from.exists()) {
            fs::rename(from, to)?;
        }
        let [path, _] = free;
        Ok(Some(path))
    }
}

impl Keeping {
    /// A run that begins anew, on pictures that were divided by this seed.
    pub(in crate::exhibits::network) fn new(places: Vec<Place>, data_seed: u64) -> Self {
        Self { places, data_seed, ..Self::default() }
    }

    /// What a visitor is told of a run that goes on.
    pub(super) fn remark(&self) -> Option<Phrase> {
        let progress = self.resumed.as_ref()?.words.progress;
        let (epoch, step) = (progress.at.epoch + 1, progress.step);
        Some(phrase!("network-model-resumed-in-epoch-after-step", epoch, step))
    }

    /// The names of the files, if there are any.
    pub(super) fn names(&self) -> Option<Phrase> {
        let name = |place: &Place| {
            let [path, _] = place.files();
            path.file_name().map(|name| name.to_string_lossy().into_owned())
        };
        let names: Vec<_> = self.places.iter().filter_map(name).collect();
        (!names.is_empty()).then(|| Phrase::listed(names))
    }
}

/// The settings of a training as they are in force, so that a description that says them would train alike.
pub(in crate::exhibits::network) fn training_in_force(
    training: &Training,
    config: &TrainingConfig,
) -> Training {
    let (batch, epochs, learning_rate) = (config.batch, config.epochs, config.learning_rate);
    Training { batch, epochs, learning_rate, ..training.clone() }
}

/// The file of a network that learns from these data, with these weights.
pub(in crate::exhibits::network) fn file(
    plan: &Plan,
    data: &Data,
    weights: &Weights,
) -> Result<Vec<u8>, Fault> {
    let mut plan = plan.clone();
    plan.model.facts.extend(data.facts());
    plan.file(&weights.parameters, &weights.memories)
}

impl NetworkTrainable {
    /// Keeps it there from now on.
    pub(super) fn keep(&mut self, keeping: Keeping) {
        let states = keeping.places.iter().any(|place| matches!(place, Place::Network(_)));
        let data = states.then(|| self.lessons.data.fingerprint());
        self.keeping = Keeping { data, ..keeping };
    }

    /// Keeps what a run before this one has written: tells the names that it has now.
    pub(super) fn keep_the_run_before(&mut self) -> Result<Option<Phrase>, TrainError> {
        if !std::mem::take(&mut self.keeping.holds_a_run) {
            return Ok(None);
        }
        let mut kept = Vec::new();
        for place in &self.keeping.places {
            let [path, _] = place.files();
            let moved = place.set_aside().map_err(|error| {
                let remedy = phrase!("network-model-what-it-holds-would-be");
                TrainError::unusable(&path, error.in_phrase(), remedy)
            })?;
            kept.extend(moved.as_deref().map(shown_path));
        }
        Ok((!kept.is_empty()).then(|| Phrase::listed(kept)))
    }

    /// Writes it wherever the visitor wants it, and says where.
    pub(super) fn write(&mut self, progress: &Progress) -> Result<Option<Phrase>, TrainError> {
        for place in &self.keeping.places {
            let [path, beside] = place.files();
            let unusable = |fact: Phrase| {
                TrainError::unusable(&path, fact, phrase!("network-model-the-network-is-not-saved"))
            };
            let bytes = match place {
                Place::Network(_) => self.network_and_state(progress),
                Place::Description { text, sources, .. } => {
                    weights_file(self.plan(), self.model.weights(), sources)
                        .map(|weights| [text.clone().into_bytes(), weights])
                }
            };
            let [one, other] = bytes.map_err(|fault| unusable(fault.into()))?;
            let written = files::write(&[(path.clone(), one), (beside, other)]);
            written.map_err(|error| unusable(error.in_phrase()))?;
        }
        self.keeping.holds_a_run = true;
        let paths = self.keeping.places.iter().map(Place::files);
        let paths: Vec<_> = paths.map(|[path, _]| shown_path(&path)).collect();
        Ok((!paths.is_empty()).then(|| Phrase::listed(paths)))
    }

    fn network_and_state(&self, progress: &Progress) -> Result<[Vec<u8>; 2], Fault> {
        let network = file(self.plan(), &self.lessons.data, self.model.weights())?;
        let training = Training {
            batch: self.batch,
            epochs: self.epochs,
            learning_rate: progress.learning_rate,
            ..self.training.clone()
        };
        let words = StateWords {
            network: fingerprint(&network),
            data: self.keeping.data.clone().unwrap_or_else(|| self.lessons.data.fingerprint()),
            seed: self.seed,
            data_seed: self.keeping.data_seed,
            device: self.device.to_owned(),
            training: training.text(),
            progress: *progress,
        };
        Ok([network, self.model.state(words)?])
    }
}

/// The file of the weights by the names that a description has for them.
pub(in crate::exhibits::network) fn weights_file(
    plan: &Plan,
    weights: &Weights,
    sources: &[Source],
) -> Result<Vec<u8>, Fault> {
    let all = sources.iter().map(|source| {
        let (dims, numbers) = of_source(plan, weights, source)?;
        Ok((source.name.clone(), dims, numbers))
    });
    let all = all.collect::<Result<Vec<_>, Fault>>()?;
    let all = all.iter().map(|(name, dims, numbers)| (name.clone(), &**dims, &**numbers));
    safetensors(all, None)
}

/// Dimensions and numbers of an array as a description has it.
fn of_source(
    plan: &Plan,
    weights: &Weights,
    Source { array, turned, .. }: &Source,
) -> Result<(Vec<usize>, Vec<f32>), Fault> {
    let learned = plan.parameters.iter().zip(&weights.parameters);
    let mut learned = learned.filter(|(parameter, _)| parameter.name == *array);
    if let Some((parameter, numbers)) = learned.next() {
        return Ok(match (&parameter.dims[..], turned) {
            ([inputs, outputs], true) => {
                let column = |at: usize| numbers.iter().skip(at).step_by((*outputs).max(1));
                let turned = (0..*outputs).flat_map(column).copied().collect();
                (vec![*outputs, *inputs], turned)
            }
            (dims, _) => (dims.to_vec(), numbers.to_vec()),
        });
    }
    let mut remembered = plan.memories.iter().zip(&weights.memories);
    let found = remembered.find(|(memory, _)| memory.name == *array);
    let (_, numbers) =
        found.ok_or_else(|| Fault::new(phrase!("network-model-there-is-no-array", array)))?;
    Ok((vec![numbers.len()], numbers.clone()))
}
