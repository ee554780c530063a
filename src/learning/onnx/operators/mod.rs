//! The operators of ONNX that are known here, each with what changed between its versions
//! (<https://onnx.ai/onnx/operators/>).
//!
//! A node is looked at once, when its network is opened: an operator, a setting or a kind of numbers that is not known is
//! a sentence then, before anything runs.

mod casts;
mod dropout;
mod functions;
mod norms;
mod pairs;
mod places;
mod pools;
mod products;
mod resize;
mod shapes;
mod sums;
mod windows;

pub use windows::reach;

use super::{
    node::{Context, Reads, Run, Settings},
    value::Value,
};
use crate::network::{Fault, onnx::Node};

/// An operator with its settings.
struct Made(Run);

impl Made {
    fn of(
        run: impl Fn(&Reads<'_>, &mut Context<'_>) -> Result<Vec<Value>, Fault> + Send + Sync + 'static,
    ) -> Self {
        Self(Box::new(run))
    }
}

/// What a node makes if it is one value.
fn one(value: Value) -> Result<Vec<Value>, Fault> {
    Ok(vec![value])
}

/// What computes a node.
///
/// # Errors
/// If its operator or one of its settings is not known.
pub(super) fn operator(node: &Node, opset: i64) -> Result<Run, Fault> {
    made(node, opset).map_err(|fault| fault.of(node.called()))
}

fn made(node: &Node, opset: i64) -> Result<Run, Fault> {
    let name = node.operator.as_str();
    if !node.domain.is_empty() {
        return Err(Fault::new(phrase!("onnx-the-operator-is-of-not", domain = node.domain)));
    }
    let mut settings = Settings::new(node, opset);
    let settings = &mut settings;
    let families = [
        functions::function,
        pairs::pair,
        pairs::comparison,
        shapes::shape,
        places::place,
        sums::reduction,
    ];
    for family in families {
        if let Some(made) = family(name, settings)? {
            settings.end()?;
            return Ok(made.0);
        }
    }
    let made = match name {
        "PRelu" => functions::prelu(),
        "Not" => pairs::not(),
        "Where" => pairs::choice(),
        "Clip" => pairs::clip(settings)?,
        "Gather" => shapes::gather(settings)?,
        "Constant" => shapes::constant(settings)?,
        "ConstantOfShape" => shapes::filled(settings)?,
        "Cast" => casts::cast(settings)?,
        "Range" => casts::range(),
        "ArgMax" => sums::place_of(settings, true)?,
        "ArgMin" => sums::place_of(settings, false)?,
        "Softmax" => sums::softmax(settings, false)?,
        "LogSoftmax" => sums::softmax(settings, true)?,
        "MatMul" => products::matmul(),
        "Gemm" => products::gemm(settings)?,
        "Conv" => products::conv(settings)?,
        "ConvTranspose" => products::conv_transpose(settings)?,
        "MaxPool" => pools::max_pool(settings)?,
        "AveragePool" => pools::average_pool(settings)?,
        "GlobalAveragePool" => pools::global(false),
        "GlobalMaxPool" => pools::global(true),
        "BatchNormalization" => norms::batch(settings)?,
        "LayerNormalization" => norms::layer(settings)?,
        "GroupNormalization" => norms::group(settings, false)?,
        "InstanceNormalization" => norms::group(settings, true)?,
        "LRN" => norms::local(settings)?,
        "Resize" | "Upsample" => resize::resize(settings)?,
        "Dropout" => dropout::dropout(settings)?,
        "" => return Err(Fault::new(phrase!("onnx-it-names-no-operator"))),
        name => return Err(unknown(name)),
    };
    settings.end()?;
    Ok(made.0)
}

/// Why an operator is not known.
fn unknown(name: &str) -> Fault {
    let why = match name {
        "If" | "Loop" | "Scan" => phrase!("onnx-it-holds-a-network-of"),
        "LSTM" | "GRU" | "RNN" => phrase!("onnx-networks-with-a-memory-from"),
        name if name.contains("Quantize")
            || name.ends_with("Integer")
            || name.starts_with("QLinear") =>
        {
            phrase!("onnx-the-file-is-quantised-export")
        }
        name if name.contains("Sequence") || name.starts_with("Optional") => {
            phrase!("onnx-it-works-on-lists-of")
        }
        name if name.starts_with("Random") || name == "Bernoulli" || name == "Multinomial" => {
            phrase!("onnx-it-makes-random-numbers-which")
        }
        _ => phrase!("onnx-the-operator-is-not-known"),
    };
    Fault::new(why)
}
