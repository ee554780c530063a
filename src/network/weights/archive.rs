//! What a ZIP archive is, by the names of its files, and the pickle of one that `PyTorch` wrote.

use std::{
    fs::File,
    io::{BufReader, Read as _},
};

use zip::ZipArchive;

use super::refusal::{Refusal, SAVE};

/// The pickle of `PyTorch`'s archives.
const PICKLE: &str = "data.pkl";

/// Reads the pickle of an archive, as far as `most` bytes.
pub(super) fn pickle(file: File, most: u64) -> Result<Vec<u8>, Refusal> {
    let damaged = |_| Refusal::damaged();
    let mut archive = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
    let names = archive.file_names().collect::<Result<Vec<_>, _>>().map_err(damaged)?;
    if let Some(other) = other(&names) {
        return Err(other);
    }
    let pickles = names.iter().filter(|name| name.ends_with(PICKLE));
    let name = pickles.min_by_key(|name| name.len()).map(ToString::to_string);
    let name =
        name.ok_or_else(|| Refusal::new(phrase!("network-files-it-is-an-archive-without"), SAVE))?;
    let member = archive.by_name(&name).map_err(damaged)?;
    let mut bytes = Vec::new();
    member.take(most).read_to_end(&mut bytes).map_err(|error| Refusal::unreadable(&error))?;
    Ok(bytes)
}

/// An archive that others wrote, or `PyTorch` for other purposes.
fn other<S: AsRef<str>>(names: &[S]) -> Option<Refusal> {
    let any = |fits: fn(&str) -> bool| names.iter().any(|name| fits(name.as_ref()));
    let (fact, remedy) = if any(|name| name.ends_with("/constants.pkl")) {
        (key!("network-files-it-is-torchscript"), key!("network-files-save-a-state-dict-onnx"))
    } else if any(|name| name.ends_with("archive_format")) {
        (key!("network-files-it-is-of-torch-export"), SAVE)
    } else if any(|name| name == "model.weights.h5") {
        (key!("network-files-it-is-a-model-of"), key!("network-files-open-it-with-model-or"))
    } else if any(|name| name.ends_with(".npy")) {
        (
            key!("network-files-it-holds-arrays-of-numpy"),
            key!("network-files-give-weights-of-pytorch-or"),
        )
    } else {
        return None;
    };
    Some(Refusal::new(fact, remedy))
}
