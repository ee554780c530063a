//! Conformance cases laid out as ONNX's backend tests: a network, what it is given and what it has to give
//! (<https://github.com/onnx/onnx/blob/main/docs/OnnxBackendTest.md>).

use std::{
    collections::HashMap,
    fs,
    path::{Path, PathBuf},
};

use burn::tensor::Device;

use super::{Mode, Program, Value};
use crate::{
    learning::panics::caught,
    network::{
        Fault,
        onnx::{self, Array, Cells},
    },
};

/// How far a number may be off: so much, and this share of the expected one, as the tests of ONNX have it.
const ABSOLUTE: f64 = 1e-7;
const RELATIVE: f64 = 1e-3;

/// How a case went.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// All that it gave is right; this much is the largest difference.
    Passed { largest_error: f64 },
    /// It gave something else.
    Failed { why: String },
    /// It uses what is not known here.
    Refused { why: String },
}

/// Whether a folder holds a case.
pub fn is_case(folder: &Path) -> bool {
    folder.join("model.onnx").is_file()
}

/// Runs the case in a folder: `model.onnx`, and in each `test_data_set_N` files `input_N.pb` and `output_N.pb`.
pub fn check(folder: &Path, device: &Device) -> Outcome {
    let program = onnx::model(&folder.join("model.onnx"))
        .and_then(|model| Ok((Program::new(&model)?, model)));
    let (program, model) = match program {
        Ok(opened) => opened,
        Err(fault) => return Outcome::Refused { why: fault.to_string() },
    };
    let mut largest_error = 0.0_f64;
    for set in sets(folder) {
        let given = match arrays(&set, "input") {
            Ok(given) => given,
            Err(fault) => return Outcome::Refused { why: fault.to_string() },
        };
        let wanted = match arrays(&set, "output") {
            Ok(wanted) => wanted,
            Err(fault) => return Outcome::Refused { why: fault.to_string() },
        };
        let made = match caught(|| Ok(computed(&program, &model, given, device))) {
            Ok(Ok(made)) => made,
            Ok(Err(fault)) => return Outcome::Refused { why: fault.to_string() },
            // A panic of burn is a fault of ours: it should have been refused before.
            Err(error) => return Outcome::Failed { why: error.to_string() },
        };
        for (at, (made, wanted)) in made.iter().zip(&wanted).enumerate() {
            match difference(made, wanted) {
                Ok(error) => largest_error = largest_error.max(error),
                Err(why) => return Outcome::Failed { why: format!("output {at}: {why}") },
            }
        }
    }
    Outcome::Passed { largest_error }
}

/// The folders of a case with what it is given, in their order.
fn sets(folder: &Path) -> Vec<PathBuf> {
    (0..)
        .map(|at| folder.join(format!("test_data_set_{at}")))
        .take_while(|set| set.is_dir())
        .collect()
}

fn arrays(set: &Path, word: &str) -> Result<Vec<Array>, Fault> {
    (0..)
        .map(|at| set.join(format!("{word}_{at}.pb")))
        .take_while(|path| path.exists())
        .map(|path| {
            let about = fs::metadata(&path).map_err(|error| Fault::new(error.to_string()))?;
            if about.len() == 0 {
                return Err(Fault::new("a list of arrays is empty"));
            }
            onnx::array(&path)
        })
        .collect()
}

fn computed(
    program: &Program,
    model: &onnx::Model,
    given: Vec<Array>,
    device: &Device,
) -> Result<Vec<Array>, Fault> {
    let mut values = HashMap::new();
    let placed = |array: Array| -> Result<Value, Fault> {
        match array.cells {
            // What has no numbers stays in memory: burn's operators take none.
            Cells::Singles(_) if !array.is_empty() => {
                Ok(Value::Device(Value::host(array).device(device)?))
            }
            _ => Ok(Value::host(array)),
        }
    };
    for (name, array) in &model.initialisers {
        values.insert(name.clone(), placed(array.clone())?);
    }
    for (input, array) in model.inputs.iter().zip(given) {
        values.insert(input.name.clone(), placed(array)?);
    }
    let (made, _) = program.run(values, device, Mode::AsMarked, &mut |_, _, _| Ok(()))?;
    made.iter().map(|value| Ok(value.array()?.as_ref().clone())).collect()
}

/// The largest difference, or why they are not the same.
fn difference(made: &Array, wanted: &Array) -> Result<f64, String> {
    if made.dims != wanted.dims {
        return Err(format!("its dimensions are {:?} instead of {:?}", made.dims, wanted.dims));
    }
    if made.kind != wanted.kind {
        return Err(format!("its numbers are {:?} instead of {:?}", made.kind, wanted.kind));
    }
    let mut largest = 0.0_f64;
    for (at, (made, wanted)) in made.to_floats().iter().zip(wanted.to_floats()).enumerate() {
        let same = *made == wanted || (made.is_nan() && wanted.is_nan());
        let error = if same { 0.0 } else { (made - wanted).abs() };
        if !same && !(error <= ABSOLUTE + RELATIVE * wanted.abs()) {
            return Err(format!("number {at} is {made} instead of {wanted}"));
        }
        largest = largest.max(error);
    }
    Ok(largest)
}
