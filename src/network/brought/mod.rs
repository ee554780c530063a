//! A network that was brought as ONNX or of Keras, made ready to be trained and looked at: what is learned of it, what of it is shown,
//! and what a visitor has to know of it.

mod adapt;
mod graph;
mod layers;
mod learned;
mod op;
mod paths;
mod strided;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

pub use adapt::{Fit, Pixels, fitted, image_size};
pub use layers::{Source, described};
pub use learned::FIXED;
pub use strided::strided;

use super::{
    Fault, Parameter, Size,
    onnx::Array,
    plan::{Memory, Plan, Shown},
};
use crate::stream::Op;

/// What running a network on one image found of its values.
#[derive(Clone, Debug, Default)]
pub struct Probed {
    /// The dimensions of those that are numbers on a device, and of the image.
    pub sizes: HashMap<String, Vec<usize>>,
    /// Those that do not depend on the image.
    pub constants: HashMap<String, Array>,
    /// Where the numbers come from of those that are only moved.
    pub moved: HashMap<String, Op>,
}

/// How a network that was fitted to its data is run.
///
/// # Errors
/// If it learns nothing, or has more names than can be kept.
pub fn plan(name: String, fit: Fit, probed: &Probed) -> Result<Plan, Fault> {
    let Fit { mut model, input, classes, fresh, single, mut remarks } = fit;
    let (learned, remembered) = learned::names(&model);
    let paths = paths::paths(&model);
    let graph = graph::graph(&model, input, classes, (&learned, &remembered), &paths, probed)
        .map_err(|why| Fault::new(phrase!("network-files-it-cannot-be-drawn", why)))?;
    let mut parameters = Vec::new();
    let mut memories = Vec::new();
    let mut constants = Vec::new();
    for (called, array) in std::mem::take(&mut model.initialisers) {
        if learned.contains(&called) {
            let first = fresh.get(&called).cloned();
            let first = first.unwrap_or_else(|| super::First::Given(array.shared()));
            parameters.push(Parameter { name: called, dims: array.dims.clone(), first });
        } else if remembered.contains(&called) {
            memories.push(Memory { name: called, first: array.to_singles() });
        } else {
            constants.push((called, array));
        }
    }
    if !parameters.iter().any(Parameter::learns) {
        return Err(Fault::new(phrase!("network-files-it-has-no-weights-that")));
    }
    model.initialisers = constants;
    let output = model.outputs.first().and_then(|name| probed.sizes.get(name));
    model.output_rank = output.map_or(0, Vec::len);
    remarks.extend(learned::remark(&model, &parameters));
    let shown = graph::shown(&model, &paths, probed)
        .into_iter()
        .map(|(path, value)| {
            let name = super::interned(&path).map_err(Fault::new)?;
            Ok(Shown { name, value })
        })
        .collect::<Result<Vec<_>, Fault>>()?;
    let multiply_adds = graph::multiply_adds(&model, &parameters, probed);
    let layers = shown.len();
    Ok(Plan {
        name,
        input: Size::Maps { channels: input[0], rows: input[1], columns: input[2] },
        classes,
        model,
        parameters,
        memories,
        shown,
        graph,
        layers,
        multiply_adds,
        single,
        remarks,
    })
}
