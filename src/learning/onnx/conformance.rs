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
        Fault, MOST_NUMBERS,
        onnx::{self, Array, Cells, Kind},
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

/// The file of the network if this is a case: a folder with `model.onnx`, or a network with its outputs beside it, as
/// `NAME.onnx` and `NAME_output_0.pb`, which is given numbers that rise evenly from 0 to 1.
pub fn network_of(path: &Path) -> Option<PathBuf> {
    let inside = path.join("model.onnx");
    if inside.is_file() {
        return Some(inside);
    }
    (path.extension().is_some_and(|ending| ending == "onnx") && beside(path, 0).is_file())
        .then(|| path.to_owned())
}

/// Where the expected output of a network without a folder lies.
fn beside(network: &Path, at: usize) -> PathBuf {
    let name = network.file_stem().unwrap_or_default().to_string_lossy();
    network.with_file_name(format!("{name}_output_{at}.pb"))
}

/// Runs a case: a folder's network on all its `test_data_set_N`, or one with its outputs beside it.
pub fn check(path: &Path, device: &Device) -> Outcome {
    let network = network_of(path).unwrap_or_else(|| path.to_owned());
    let program = onnx::model(&network).and_then(|model| Ok((Program::new(&model)?, model)));
    let (program, model) = match program {
        Ok(opened) => opened,
        Err(fault) => return Outcome::Refused { why: fault.to_string() },
    };
    let sets: Vec<Result<[Vec<Array>; 2], Fault>> = if network == path {
        vec![evenly(&model).and_then(|given| {
            let wanted = (0..).map(|at| beside(path, at)).take_while(|path| path.is_file());
            Ok([given, wanted.map(|path| onnx::array(&path)).collect::<Result<_, _>>()?])
        })]
    } else {
        let sets = sets(path);
        sets.iter().map(|set| Ok([arrays(set, "input")?, arrays(set, "output")?])).collect()
    };
    let mut largest_error = 0.0_f64;
    for set in sets {
        let [given, wanted] = match set {
            Ok(set) => set,
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
                Err(why) => return Outcome::Failed { why: say!("onnx-output", at, why) },
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

/// Numbers that rise evenly from 0 to 1 for each input, with 1 for a dimension that is no number.
fn evenly(model: &onnx::Model) -> Result<Vec<Array>, Fault> {
    let of = |port: &onnx::Port| {
        if port.kind != Some(Kind::F32) {
            return Err(Fault::new(say!("onnx-its-input-is-of-no", name = port.name)));
        }
        let dims: Vec<usize> = port.dims.iter().map(|size| size.unwrap_or(1)).collect();
        let count = dims.iter().try_fold(1_usize, |count, size| count.checked_mul(*size));
        let count = count.filter(|count| *count <= MOST_NUMBERS);
        let count = count.ok_or_else(|| Fault::new(say!("onnx-its-input-is-too-large")))?;
        let numbers = (0..count).map(|at| (at as f64 / count as f64) as f32).collect();
        Ok(Array::singles(dims, numbers))
    };
    model.inputs.iter().map(of).collect()
}

fn arrays(set: &Path, word: &str) -> Result<Vec<Array>, Fault> {
    (0..)
        .map(|at| set.join(format!("{word}_{at}.pb")))
        .take_while(|path| path.exists())
        .map(|path| {
            let about = fs::metadata(&path).map_err(|error| Fault::new(error.to_string()))?;
            if about.len() == 0 {
                return Err(Fault::new(say!("onnx-a-list-of-arrays-is")));
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
        return Err(say!(
            "onnx-its-dimensions-are-instead-of",
            dims = format_args!("{:?}", made.dims),
            dims2 = format_args!("{:?}", wanted.dims)
        ));
    }
    if made.kind != wanted.kind {
        return Err(say!(
            "onnx-its-numbers-are-instead-of",
            kind = format_args!("{:?}", made.kind),
            kind2 = format_args!("{:?}", wanted.kind)
        ));
    }
    let mut largest = 0.0_f64;
    for (at, (made, wanted)) in made.to_floats().iter().zip(wanted.to_floats()).enumerate() {
        let same = *made == wanted || (made.is_nan() && wanted.is_nan());
        let error = if same { 0.0 } else { (made - wanted).abs() };
        // A difference that is no number is too large, too.
        let near = error <= ABSOLUTE + RELATIVE * wanted.abs();
        if !same && !near {
            return Err(say!("onnx-number-is-instead-of", at, made, wanted));
        }
        largest = largest.max(error);
    }
    Ok(largest)
}
