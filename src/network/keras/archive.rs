//! The members of a `.keras` archive: what its version is, its layers as JSON, its weights as HDF5.

use std::{
    fs::File,
    io::{BufReader, Read as _, Seek as _},
    path::Path,
};

use serde_json::Value as Json;
use zip::{ZipArchive, result::ZipError};

use super::Fault;
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
    let told = |error: std::io::Error| Fault::new(error.to_string());
    // What is no plain file may never end.
    if !path.metadata().map_err(told)?.is_file() {
        return Err(Fault::new("it is no plain file"));
    }
    let mut file = File::open(path).map_err(told)?;
    let mut start = Vec::new();
    (&mut file).take(HDF5.len() as u64).read_to_end(&mut start).map_err(told)?;
    if start == HDF5 {
        return Err(Fault::new(
            "it is HDF5, as Keras 2 saved it: open it with Keras 3 and save it as x.keras",
        ));
    }
    file.rewind().map_err(told)?;
    let mut archive = ZipArchive::new(BufReader::new(file))
        .map_err(|_| Fault::new("it is damaged or no archive as Keras 3 saves it"))?;
    let metadata = json(&mut archive, "metadata.json")?;
    let version = metadata.get("keras_version").and_then(Json::as_str).unwrap_or("");
    if !version.starts_with("3.") {
        return Err(Fault::new(format!(
            "it was saved by version {} of Keras, but 3 is known: open it there and save it again",
            shown(version)
        )));
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
        .map_err(|error| Fault::new(format!("its {name} is no JSON: {error}")))
}

fn member(
    archive: &mut ZipArchive<BufReader<File>>,
    name: &str,
    most: u64,
) -> Result<Vec<u8>, Fault> {
    let damaged = || Fault::new(format!("its {name} is damaged or cut short"));
    let member = archive.by_name(name).map_err(|error| match error {
        ZipError::FileNotFound => {
            Fault::new(format!("it holds no {name}, as networks of Keras 3 do"))
        }
        _ => damaged(),
    })?;
    let (size, packed) = (member.size(), member.compressed_size());
    if size > most {
        return Err(Fault::new(format!("its {name} has {size} bytes, more than {most}")));
    }
    if size / MOST_OF_BYTE > packed {
        return Err(Fault::new(format!(
            "its {name} would become {size} bytes of {packed}, which no network does"
        )));
    }
    let mut bytes = Vec::new();
    // Reading to its end compares the checksum.
    let mut limited = member.take(size + 1);
    limited.read_to_end(&mut bytes).map_err(|_| damaged())?;
    if bytes.len() as u64 == size { Ok(bytes) } else { Err(damaged()) }
}
