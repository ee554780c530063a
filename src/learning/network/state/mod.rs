//! The state of a training in a file of safetensors beside that of its network: what its next steps depend on beyond the
//! weights.
//!
//! Arrays are what the rule remembers of each parameter: `first.NAME`, its momentum or the mean of its gradients, and
//! `second.NAME`, the mean of their squares. All else stands under `training_state` in the header's metadata: a hash of it
//! and of the arrays, and then JSON.

pub mod files;
#[cfg(test)]
mod tests;

use std::{fs::File, iter, path::Path, sync::Arc};

use safetensors::{Dtype, tensor::TensorView};
use serde::{Deserialize, Serialize};

use super::{NetworkModel, Weights, optimiser::Optimiser};
use crate::{
    learning::{Progress, data::Fingerprint},
    network::{Fault, Parameter, Plan, Rule, onnx::Model, weights::SafeFile},
    words::InPhrase,
};

/// Where the words stand in the header's metadata.
const WORDS: &str = "training_state";
/// The version that is written and read.
const VERSION: u32 = 1;

/// What is said of a training between two steps, beside its arrays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StateWords {
    /// The [`fingerprint`] of the network's file.
    pub network: String,
    /// What it learns from.
    pub data: Fingerprint,
    /// The seed of the run: of the first weights, the shuffling and dropout.
    pub seed: u64,
    /// The seed that pictures without a division were divided by.
    pub data_seed: u64,
    /// What calculates, as `--device` names it.
    pub device: String,
    /// The table `[training]` of a description, with batch, epochs and learning rate as they are in force.
    pub training: String,
    /// Where it stands.
    pub progress: Progress,
}

/// What the file's JSON holds.
#[derive(Serialize, Deserialize)]
struct Header {
    version: u32,
    /// Steps that the rule has taken; its corrections depend on them.
    optimiser_steps: u32,
    #[serde(flatten)]
    words: StateWords,
}

/// A file of state whose words have been read.
#[derive(Debug)]
pub struct StateFile {
    pub words: StateWords,
    optimiser_steps: u32,
    file: SafeFile,
    /// The hash that the file has, and that of what has been read.
    said: String,
    hasher: blake3::Hasher,
}

/// A training that can go on.
#[derive(Debug)]
pub struct Saved {
    pub words: StateWords,
    weights: Weights,
    optimiser: Optimiser,
}

/// What the bytes of a file are told by: BLAKE3 in hexadecimal digits.
pub fn fingerprint(bytes: &[u8]) -> String {
    blake3::hash(bytes).to_hex().to_string()
}

fn damaged() -> Fault {
    Fault::new(phrase!("network-learning-it-is-damaged"))
}

fn add(hasher: &mut blake3::Hasher, numbers: &[f32]) {
    for piece in numbers.chunks(1 << 12) {
        let bytes: Vec<u8> = piece.iter().flat_map(|number| number.to_le_bytes()).collect();
        hasher.update(&bytes);
    }
}

/// The arrays of one parameter's memory, by their names.
fn arrays(parameter: &Parameter) -> [String; 2] {
    ["first", "second"].map(|word| format!("{word}.{}", parameter.name))
}

impl StateFile {
    /// Reads the words of a file; no array is read yet.
    ///
    /// # Errors
    /// What is wrong with it, in words that follow its name.
    pub fn open(path: &Path) -> Result<Self, Fault> {
        let unreadable = |error: std::io::Error| Fault::new(error.in_phrase());
        // What is no plain file may never end.
        if !path.metadata().map_err(unreadable)?.is_file() {
            return Err(Fault::new(phrase!("network-learning-it-is-no-plain-file")));
        }
        let file = SafeFile::open(File::open(path).map_err(unreadable)?);
        let file = file.map_err(|refusal| Fault::new(refusal.fact))?;
        let text = file
            .says(WORDS)
            .ok_or_else(|| Fault::new(phrase!("network-learning-it-holds-no-state-of")))?;
        let (said, text) = text.split_once(' ').ok_or_else(damaged)?;
        let header: Header = serde_json::from_str(text).map_err(|_| damaged())?;
        if header.version != VERSION {
            let version = header.version;
            return Err(Fault::new(phrase!(
                "network-learning-it-is-of-version-but",
                version,
                version2 = VERSION
            )));
        }
        let (said, mut hasher) = (said.to_owned(), blake3::Hasher::new());
        hasher.update(text.as_bytes());
        let Header { optimiser_steps, words, .. } = header;
        Ok(Self { words, optimiser_steps, file, said, hasher })
    }

    /// The training that goes on from here: of this network with these weights, and with what the rule remembers.
    ///
    /// # Errors
    /// If it remembers other arrays; no more is read than the network and the rule have.
    pub fn training(
        mut self,
        plan: &Plan,
        weights: Weights,
        ((rule, weight_decay), frozen): ((Rule, f64), bool),
    ) -> Result<Saved, Fault> {
        let parameters = &plan.parameters;
        let mut optimiser = Optimiser::new(rule, weight_decay, &plan.moved(frozen)?);
        optimiser.taken = self.optimiser_steps;
        let mut wanted = 0;
        let memory = optimiser.first.iter_mut().zip(&mut optimiser.second);
        for (parameter, (first, second)) in parameters.iter().zip(memory) {
            for (name, kept) in arrays(parameter).iter().zip([first, second]) {
                if kept.is_empty() {
                    continue;
                }
                wanted += 1;
                let numbers = self.file.singles(name, &parameter.dims);
                let numbers = numbers.map_err(|refusal| Fault::new(refusal.fact))?;
                *kept = numbers.ok_or_else(|| {
                    Fault::new(phrase!("network-learning-it-has-no-of-the", name))
                })?;
                add(&mut self.hasher, kept);
            }
        }
        let has = self.file.names().len();
        if has != wanted {
            return Err(Fault::new(phrase!(
                "network-learning-it-holds-arrays-but-the",
                has,
                wanted
            )));
        }
        if self.hasher.finalize().to_hex().as_str() != self.said {
            return Err(damaged());
        }
        Ok(Saved { words: self.words, weights, optimiser })
    }
}

impl NetworkModel {
    /// The bytes of a file that holds these words and what the rule remembers.
    ///
    /// # Errors
    /// If there are more words than a header may hold.
    pub fn state(&self, words: StateWords) -> Result<Vec<u8>, Fault> {
        let Optimiser { taken, first, second, .. } = &self.optimiser;
        let header = Header { version: VERSION, optimiser_steps: *taken, words };
        let header = serde_json::to_string(&header).map_err(|why| Fault::new(why.to_string()))?;
        let mut hasher = blake3::Hasher::new();
        hasher.update(header.as_bytes());
        let memory = || self.forward.plan.parameters.iter().zip(first.iter().zip(second));
        memory().for_each(|(_, (first, second))| {
            add(&mut hasher, first);
            add(&mut hasher, second);
        });
        let said = format!("{} {header}", hasher.finalize().to_hex());
        let arrays = memory().flat_map(|(parameter, (first, second))| {
            let kept = arrays(parameter).into_iter().zip([first, second]);
            let kept = kept.filter(|(_, numbers)| !numbers.is_empty());
            kept.map(|(name, numbers)| (name, &*parameter.dims, &**numbers))
        });
        safetensors(arrays, Some((WORDS, said)))
    }

    /// Goes on with a training, instead of the one that has begun.
    pub fn go_on_with(&mut self, saved: Saved) {
        self.seed = saved.words.seed;
        self.weights = Arc::new(saved.weights);
        self.optimiser = saved.optimiser;
    }
}

/// The bytes of a file of safetensors with these arrays of `f32`, and something said of them.
///
/// # Errors
/// If an array has other dimensions than numbers.
pub fn safetensors<'a>(
    arrays: impl Iterator<Item = (String, &'a [usize], &'a [f32])>,
    said: Option<(&str, String)>,
) -> Result<Vec<u8>, Fault> {
    let unwritable = |error: safetensors::SafeTensorError| Fault::new(error.to_string());
    let bytes = arrays.map(|(name, dims, numbers)| {
        let bytes: Vec<u8> = numbers.iter().flat_map(|number| number.to_le_bytes()).collect();
        (name, dims, bytes)
    });
    let bytes: Vec<_> = bytes.collect();
    let views = bytes.iter().map(|(name, dims, bytes)| {
        Ok((name.as_str(), TensorView::new(Dtype::F32, dims.to_vec(), bytes).map_err(unwritable)?))
    });
    let views = views.collect::<Result<Vec<_>, Fault>>()?;
    let said = said.map(|(name, text)| iter::once((name.to_owned(), text)).collect());
    safetensors::serialize(views, said).map_err(unwritable)
}

impl Weights {
    /// Those that a file of the network holds.
    ///
    /// # Errors
    /// If it lacks some, or has them in another size.
    pub fn of(plan: &Plan, file: &Model) -> Result<Self, Fault> {
        let array = |name: &str, dims: &[usize]| {
            let array = file.initialiser(name).filter(|array| array.dims == dims);
            let missing = || Fault::new(phrase!("network-learning-it-has-no-of-the", name));
            array.ok_or_else(missing)
        };
        let parameters =
            plan.parameters.iter().map(|one| Ok(array(&one.name, &one.dims)?.shared()));
        let memories = plan.memories.iter();
        let memories = memories.map(|one| Ok(array(&one.name, &[one.first.len()])?.to_singles()));
        Ok(Self {
            parameters: parameters.collect::<Result<_, Fault>>()?,
            memories: memories.collect::<Result<_, Fault>>()?,
        })
    }
}
