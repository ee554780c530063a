//! The members of a `.keras` archive: what its version is, its layers as JSON, its weights as HDF5.

use std::{
    fs::File,
    io::{BufReader, Read as _, Seek as _},
    path::Path,
};

use serde_json::Value as Json;
use zip::{ZipArchive, result::ZipError};

use super::Fault;
use crate::words::InPhrase;
use crate::{network::onnx::named, sentence::shown};

/// The most bytes of a description of layers, and of weights.
const MOST_JSON: u64 = 64 << 20;
const MOST_WEIGHTS: u64 = 2 << 30;
/// The most bytes that one byte of an archive stands for: Keras does not compress.
const MOST_OF_BYTE: u64 = 200;
/// What HDF5 files begin with.
const HDF5: &[u8] = b"\x89HDF\r\n\x1a\n";

/// What a file holds.
pub(super) struct Parts {
    /// Of Keras.
    pub(super) version: String,
    pub(super) config: Json,
    pub(super) weights: Vec<u8>,
}

pub(super) fn parts(path: &Path) -> Result<Parts, Fault> {
    let told = |error: std::io::Error| Fault::new(error.in_phrase());
    // What is no plain file may never end.
    if !path.metadata().map_err(told)?.is_file() {
        return Err(Fault::new(phrase!("keras-it-is-no-plain-file")));
    }
    let mut file = File::open(path).map_err(told)?;
    let mut start = Vec::new();
    (&mut file).take(HDF5.len() as u64).read_to_end(&mut start).map_err(told)?;
    if start == HDF5 {
        return Err(Fault::new(phrase!("keras-it-is-hdf5-as-keras")));
    }
    file.rewind().map_err(told)?;
    let mut archive = ZipArchive::new(BufReader::new(file))
        .map_err(|_| Fault::new(phrase!("keras-it-is-damaged-or-no")))?;
    let metadata = json(&mut archive, "metadata.json")?;
    let version = metadata.get("keras_version").and_then(Json::as_str).unwrap_or("");
    if !version.starts_with("3.") {
        return Err(Fault::new(phrase!("keras-it-was-saved-by-version", version = shown(version))));
    }
    Ok(Parts {
        version: named(version.to_owned()),
        config: json(&mut archive, "config.json")?,
        weights: member(&mut archive, "model.weights.h5", MOST_WEIGHTS)?,
    })
}

fn json(archive: &mut ZipArchive<BufReader<File>>, name: &str) -> Result<Json, Fault> {
    let bytes = member(archive, name, MOST_JSON)?;
    serde_json::from_slice(&bytes)
        .map_err(|error| Fault::new(phrase!("keras-its-is-no-json", name, error)))
}

fn member(
    archive: &mut ZipArchive<BufReader<File>>,
    name: &str,
    most: u64,
) -> Result<Vec<u8>, Fault> {
    let damaged = || Fault::new(phrase!("keras-its-is-damaged-or-cut", name));
    let member = archive.by_name(name).map_err(|error| match error {
        ZipError::FileNotFound => Fault::new(phrase!("keras-it-holds-no-as-networks", name)),
        _ => damaged(),
    })?;
    let (size, packed) = (member.size(), member.compressed_size());
    if size > most {
        return Err(Fault::new(phrase!("keras-its-has-bytes-more-than", name, size, most)));
    }
    if size / MOST_OF_BYTE > packed {
        return Err(Fault::new(phrase!("keras-its-would-become-bytes-of", name, size, packed)));
    }
    let mut bytes = Vec::new();
    // Reading to its end compares the checksum.
    let mut limited = member.take(size + 1);
    limited.read_to_end(&mut bytes).map_err(|_| damaged())?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(damaged()) }
}
