//! Networks as Keras 3 saves them, `model.save("x.keras")`: layers with their settings and their weights, read into the
//! operators of ONNX that compute the same (<https://keras.io/api/models/model_saving_apis/model_saving_and_loading/>).
//!
//! Nothing in a file is executed. Keras has channels last, operators of ONNX have them behind the batch: maps are
//! `[batch, channels, rows, columns]` everywhere here, and kernels and what reads flattened maps are laid out to match.

mod archive;
mod builder;
mod edges;
mod entries;
mod flow;
mod inputs;
mod layers;
mod remarks;
mod settings;
mod stored;
#[cfg(test)]
mod tests;
mod topology;

use std::path::Path;

use crate::words::Phrase;

use super::{Fault, onnx::Model};

/// A network of Keras as operators of ONNX.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// Its operators; each that a layer became is named by the layer, those of a model within it as `outer.inner`.
    pub model: Model,
    /// What of it is not as in Keras, each a sentence.
    pub remarks: Vec<Phrase>,
}

/// Reads a network.
///
/// # Errors
/// One sentence that says which layer is not known here, or what is wrong with the file; nothing is allocated for what a
/// damaged one claims to hold.
pub fn model(path: &Path) -> Result<Converted, Fault> {
    let parts = archive::parts(path)?;
    let weights = stored::Weights::new(parts.weights)?;
    let mut builder = builder::Builder::new(weights, format!("keras {}", parts.version));
    topology::whole(&mut builder, &parts.config)?;
    let (model, remarks) = builder.end();
    Ok(Converted { model, remarks })
}
