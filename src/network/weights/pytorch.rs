//! What `torch.save` writes: an archive with a pickle, the older stream of pickles, or the oldest TAR.
//!
//! Nothing in a pickle is executed: the reader knows the few calls that make arrays, and takes a whole module for its
//! state dict.

use std::{
    fs::File,
    io::{Read as _, Seek as _},
    path::Path,
};

use pytorch_reader::{DType, PickleError, PytorchError, PytorchReader};

use super::{
    archive,
    arrays::{Float, NamedArrays, Promise, few_enough, gather},
    order,
    refusal::{Refusal, SAVE},
};
use crate::sentence::shown;
use crate::words::Phrase;

/// So much of a pickle is looked through for the order of its names.
const MOST_PICKLE: u64 = 16 << 20;
/// Where checkpoints keep the weights.
const WEIGHTS: [&str; 2] = ["state_dict.", "model_state_dict."];
/// Where they keep them as well, though a network may have a part of this name.
const MAYBE_WEIGHTS: [&str; 4] = ["model.", "net.", "network.", "weights."];
/// How keys begin under which checkpoints keep what is no weights of the network.
const OTHERS: [&str; 6] = ["optim", "opt_", "sched", "lr_", "scaler", "ema"];

/// Reads a file; `start` is its first bytes.
pub(super) fn read(path: &Path, mut file: File, start: &[u8]) -> Result<NamedArrays, Refusal> {
    let size = file.metadata().map_err(|error| Refusal::unreadable(&error))?.len();
    let pickle = if start.starts_with(b"PK") {
        archive::pickle(file, MOST_PICKLE)?
    } else {
        let mut pickle = Vec::new();
        file.rewind().map_err(|error| Refusal::unreadable(&error))?;
        let read = file.take(MOST_PICKLE).read_to_end(&mut pickle);
        read.map_err(|error| Refusal::unreadable(&error))?;
        pickle
    };
    let mut tensors = PytorchReader::new(path).map_err(|error| refusal(&error))?.into_tensors();
    few_enough(tensors.len())?;
    let mut names: Vec<String> = tensors.keys().cloned().collect();
    let (part, remark) = part(&names);
    names.retain(|name| name.starts_with(part));
    let in_order = order::sort(&mut names, &pickle, part.matches('.').count());
    let promised = names.iter().filter_map(|name| {
        let tensor = tensors.remove(name)?;
        let (dims, float) = (tensor.shape().to_vec(), float(tensor.dtype()));
        let name = name.strip_prefix(part).unwrap_or(name).to_owned();
        Some((Promise { name, dims, float }, tensor))
    });
    let (promises, tensors): (Vec<_>, Vec<_>) = promised.unzip();
    let mut arrays = gather(promises, size, |at| {
        let tensor = tensors.get(at).ok_or_else(Refusal::damaged)?;
        tensor.read().map_err(|error| Refusal::unreadable(&error))
    })?;
    arrays.in_order = in_order;
    arrays.remarks.splice(0..0, remark);
    Ok(arrays)
}

/// What numbers of a type are, if they are no whole ones.
const fn float(dtype: DType) -> Option<Float> {
    match dtype {
        DType::F16 => Some(Float::Half),
        DType::BF16 => Some(Float::Brain),
        DType::F32 => Some(Float::Single),
        DType::F64 => Some(Float::Double),
        _ => None,
    }
}

/// How the names of the weights in a checkpoint begin, and what that says of the rest.
fn part(names: &[String]) -> (&'static str, Option<Phrase>) {
    let first = |key: &str| names.iter().any(|name| name.starts_with(key));
    let is_other = |name: &String| OTHERS.iter().any(|other| name.starts_with(other));
    let all_else = |key: &str| names.iter().all(|name| name.starts_with(key) || is_other(name));
    let sure = WEIGHTS.into_iter().find(|key| first(key));
    let part = sure.or_else(|| MAYBE_WEIGHTS.into_iter().find(|key| first(key) && all_else(key)));
    let part = part.unwrap_or_default();
    let key = part.trim_end_matches('.');
    let is_all = names.iter().all(|name| name.starts_with(part));
    (part, (!is_all).then(|| phrase!("network-files-of-the-checkpoint-was-read", key)))
}

/// What the reader's error says to someone who saved the file.
fn refusal(error: &PytorchError) -> Refusal {
    let is = |text: &str, start: &str| text.starts_with(start);
    match error {
        PytorchError::Io(error) => Refusal::unreadable(error),
        PytorchError::Pickle(PickleError::UnsupportedType(kind)) => {
            let fact = phrase!("network-files-it-holds-of-which-no", kind = shown(kind));
            Refusal::new(fact, phrase!("network-files-save-a-state-dict-of"))
        }
        PytorchError::Pickle(PickleError::InvalidData(text)) if text.ends_with("byte limit") => {
            Refusal::new(
                phrase!("network-files-it-holds-an-array-of"),
                phrase!("network-files-give-a-smaller-network"),
            )
        }
        PytorchError::InvalidFormat(text) if is(text, "Big-endian") => Refusal::new(
            phrase!("network-files-its-numbers-are-big-endian"),
            phrase!("network-files-save-it-on-another-machine"),
        ),
        PytorchError::InvalidFormat(text) if is(text, "Expected a dictionary") => {
            let found = text.rsplit("found ").next().unwrap_or_default();
            Refusal::new(phrase!("network-files-it-holds-and-no-state", found = shown(found)), SAVE)
        }
        PytorchError::InvalidFormat(text) if is(text, "not a PyTorch") => Refusal::unknown(),
        _ => Refusal::damaged(),
    }
}
