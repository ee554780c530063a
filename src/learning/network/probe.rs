//! What a network makes of one image, by its dimensions: found by running it.

use std::collections::HashMap;

use burn::tensor::Device;

use crate::{
    learning::{
        TrainError,
        onnx::{Mode, Program, Value, moved},
        panics::caught,
    },
    network::{
        Fault,
        brought::{Fit, Probed, strided},
        onnx::Node,
    },
    words::InPhrase,
};

/// What only moves numbers, if its inputs but the first do not depend on the image.
const MOVES: [&str; 6] = ["Transpose", "Slice", "Split", "Gather", "Expand", "Tile"];
/// The most numbers whose places are told apart: so many whole numbers an `f32` holds.
const MOST_PLACES: usize = 1 << 24;

/// What one image of the network's size becomes: dimensions, what does not depend on the image, and where numbers that are
/// only moved come from.
///
/// # Errors
/// One sentence with the node that cannot be computed, or the number of classes if it is not the data's.
pub fn sizes(fit: &Fit, device: &Device) -> Result<Probed, Fault> {
    let probed = caught(|| Ok(probed(fit, device)));
    probed.unwrap_or_else(|error| match error {
        // What burn cannot do is said as it says it.
        TrainError::Calculation(why) => {
            Err(Fault::new(phrase!("network-learning-it-cannot-be-computed", why)))
        }
        other => Err(Fault::new(other.in_phrase())),
    })
}

fn probed(fit: &Fit, device: &Device) -> Result<Probed, Fault> {
    let program = Program::new(&fit.model)?;
    let [channels, rows, columns] = fit.input;
    let mut values = HashMap::new();
    for (name, array) in &fit.model.initialisers {
        values.insert(name.clone(), Value::host(array.clone()).placed(device)?);
    }
    let name = fit.model.inputs.first().map(|port| port.name.clone()).unwrap_or_default();
    let (image, size) = (vec![0.5; channels * rows * columns], [1, channels, rows, columns]);
    let given = values.clone();
    values.insert(name.clone(), Value::images(image, &size, device));
    let mut probed = Probed::default();
    probed.sizes.insert(name, size.to_vec());
    let mut see = |at: usize, name: &str, value: &Value| {
        let Some(node) = fit.model.nodes.get(at) else { return Ok(()) };
        let same = |name: &String| {
            name.is_empty() || given.contains_key(name) || probed.constants.contains_key(name)
        };
        match value {
            Value::Device(_) => {
                probed.sizes.insert(name.to_owned(), value.dims());
            }
            Value::Host(array) if node.operator == "Shape" || node.inputs.iter().all(same) => {
                probed.constants.insert(name.to_owned(), (**array).clone());
            }
            Value::Host(_) => {}
        }
        if MOVES.contains(&node.operator.as_str())
            && node.outputs.first().is_some_and(|first| first == name)
        {
            places(fit, node, &given, &mut probed, device);
        }
        Ok(())
    };
    let (made, _) = program.run(values, device, Mode::Evaluation, &mut see)?;
    let tells = made.first().map(|logits| logits.dims().iter().product::<usize>());
    match tells {
        Some(tells) if tells == fit.classes => Ok(probed),
        Some(tells) => Err(Fault::new(phrase!(
            "network-learning-it-makes-numbers-of-an",
            tells,
            classes = fit.classes
        ))),
        None => Err(Fault::new(phrase!("network-learning-it-has-no-output"))),
    }
}

/// Lets a node move the places of numbers instead of the numbers, and so tell where each comes from.
fn places(
    fit: &Fit,
    node: &Node,
    given: &HashMap<String, Value>,
    probed: &mut Probed,
    device: &Device,
) {
    let dims = node.inputs.first().and_then(|name| {
        let array = given.get(name).map(Value::dims);
        array.or_else(|| probed.sizes.get(name).cloned())
    });
    let Some(dims) = dims else { return };
    let count = dims.iter().product::<usize>();
    if count > MOST_PLACES {
        return;
    }
    let all = (0..count).map(|place| place as f32).collect();
    let mut reads = vec![Some(Value::images(all, &dims, device))];
    for name in node.inputs.iter().skip(1) {
        let known = || Some(Value::host(probed.constants.get(name)?.clone()));
        match given.get(name).cloned().or_else(known) {
            Some(value) => reads.push(Some(value)),
            None if name.is_empty() => reads.push(None),
            None => return,
        }
    }
    // Whatever cannot be told is left without an arithmetic; the network itself is computed all the same.
    let Ok(made) = moved(node, fit.model.opset, reads, device) else { return };
    for (name, made) in node.outputs.iter().zip(made) {
        let Ok(array) = made.array() else { continue };
        let places: Vec<usize> =
            array.to_singles().into_iter().map(|place| place as usize).collect();
        if let Some(op) = strided(&node.operator.to_lowercase(), &places) {
            probed.moved.insert(name.clone(), op);
        }
    }
}
