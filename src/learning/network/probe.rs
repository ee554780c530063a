//! What a network makes of one image, by its dimensions: found by running it.

use std::collections::HashMap;

use burn::tensor::Device;

use crate::{
    learning::{
        TrainError,
        onnx::{Mode, Program, Value},
        panics::caught,
    },
    network::{
        Fault,
        brought::{Fit, Sizes},
    },
};

/// The dimensions of each value that is calculated on the device, for one image of the network's size.
///
/// # Errors
/// One sentence with the node that cannot be computed, or the number of classes if it is not the data's.
pub fn sizes(fit: &Fit, device: &Device) -> Result<Sizes, Fault> {
    let probed = caught(|| Ok(probed(fit, device)));
    probed.unwrap_or_else(|error| match error {
        // What burn cannot do is said as it says it.
        TrainError::Calculation(why) => Err(Fault::new(format!("it cannot be computed: {why}"))),
        other => Err(Fault::new(other.to_string())),
    })
}

fn probed(fit: &Fit, device: &Device) -> Result<Sizes, Fault> {
    let program = Program::new(&fit.model)?;
    let [channels, rows, columns] = fit.input;
    let mut values = HashMap::new();
    for (name, array) in &fit.model.initialisers {
        values.insert(name.clone(), Value::host(array.clone()).placed(device)?);
    }
    let name = fit.model.inputs.first().map(|port| port.name.clone()).unwrap_or_default();
    let image = vec![0.5; channels * rows * columns];
    values.insert(name, Value::images(image, &[1, channels, rows, columns], device));
    let mut sizes = HashMap::new();
    let mut see = |_: usize, name: &str, value: &Value| {
        if let Value::Device(_) = value {
            sizes.insert(name.to_owned(), value.dims());
        }
        Ok(())
    };
    let (made, _) = program.run(values, device, Mode::Evaluation, &mut see)?;
    let tells = made.first().map(|logits| logits.dims().iter().product::<usize>());
    match tells {
        Some(tells) if tells == fit.classes => Ok(sizes),
        Some(tells) => Err(Fault::new(format!(
            "it makes {tells} numbers of an image, but the data have {} classes; its end is no linear layer that could be made anew: \
             bring one with {} outputs",
            fit.classes, fit.classes
        ))),
        None => Err(Fault::new("it has no output")),
    }
}
