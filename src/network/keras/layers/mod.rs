//! Each layer of Keras as operators of ONNX (<https://keras.io/api/layers/>).

mod activations;
mod merges;
mod norms;
mod operations;
mod pools;
mod products;
mod shapes;
mod windows;

pub(super) use operations::{Operand, operation};

use super::{
    Fault,
    builder::{self, Builder, Call},
    flow::{self, Flow, turned},
    settings,
};

/// Layers that change numbers at random, and only while a network trains, besides those whose names begin so.
const AT_RANDOM: [&str; 5] =
    ["GaussianNoise", "GaussianDropout", "AlphaDropout", "RandAugment", "AugMix"];

/// Where an axis of Keras, counted without the batch, lies behind the batch.
fn axis_inside(axis: usize, rank: usize) -> i64 {
    match (rank, axis) {
        (3, 2) => 1,
        (3, axis) => axis as i64 + 2,
        (_, axis) => axis as i64 + 1,
    }
}

/// The operators of a layer of this class, put behind what it reads.
pub(super) fn layer(
    b: &mut Builder,
    class: &str,
    call: Call<'_>,
    flows: Vec<Flow>,
) -> Result<Flow, Fault> {
    let policy = call.settings.get("dtype").and_then(|of| of.get("class_name")?.as_str());
    let quantised =
        policy.is_some_and(|policy| policy.contains("Quantized") || policy.contains("Float8"));
    if quantised || call.settings.get("quantization_config").is_some() {
        return Err(Fault::new(phrase!("keras-it-is-quantised-save-the")));
    }
    if call.settings.text("data_format", "channels_last")? != "channels_last" {
        return Err(Fault::new(phrase!("keras-it-has-channels-first-save")));
    }
    let together = match class {
        "Add" => Some("Add"),
        "Subtract" => Some("Sub"),
        "Multiply" => Some("Mul"),
        "Average" => Some("Mean"),
        "Maximum" => Some("Max"),
        "Minimum" => Some("Min"),
        "Concatenate" => return merges::concatenate(b, call, flows),
        _ => None,
    };
    if let Some(operator) = together {
        return merges::each(b, operator, call.path, flows);
    }
    let count = flows.len();
    let Ok([flow]) = <[Flow; 1]>::try_from(flows) else {
        return Err(Fault::new(phrase!("keras-it-reads-layers-which-is", count)));
    };
    match class {
        "Dense" => products::dense(b, call, flow),
        "Conv2D" => products::conv(b, call, flow),
        "DepthwiseConv2D" => products::depthwise(b, call, flow),
        "SeparableConv2D" => products::separable(b, call, flow),
        "Conv2DTranspose" => products::transposed(b, call, flow),
        "MaxPooling2D" => pools::pool(b, "MaxPool", call, flow),
        "AveragePooling2D" => pools::pool(b, "AveragePool", call, flow),
        "GlobalAveragePooling2D" => pools::global(b, "GlobalAveragePool", call, flow),
        "GlobalMaxPooling2D" => pools::global(b, "GlobalMaxPool", call, flow),
        "BatchNormalization" => norms::batch(b, call, flow),
        "LayerNormalization" => norms::layer(b, call, flow),
        "GroupNormalization" => norms::group(b, call, flow),
        "Rescaling" => norms::rescaling(b, call, flow),
        "Normalization" => norms::fixed_moments(b, call, flow),
        "Flatten" => shapes::flatten(b, call, flow),
        "Reshape" => shapes::reshape(b, call, flow),
        "Permute" => shapes::permute(b, call, flow),
        "ZeroPadding2D" => shapes::zero_padding(b, call, flow),
        "Cropping2D" => shapes::cropping(b, call, flow),
        "UpSampling2D" => shapes::up_sampling(b, call, flow),
        "Dropout" => shapes::dropout(b, call, flow),
        "SpatialDropout2D" => {
            b.remarks.whole_maps.push(call.path.to_owned());
            shapes::dropout(b, call, flow)
        }
        "Identity" | "ActivityRegularization" => Ok(flow),
        "RandomCrop" => Err(Fault::new(phrase!("keras-it-cuts-images-to-a"))),
        random if random.starts_with("Random") || AT_RANDOM.contains(&random) => {
            b.remarks.random.push(call.path.to_owned());
            Ok(flow)
        }
        "Lambda" => Err(Fault::new(phrase!("keras-it-holds-someones-own-code"))),
        other => activations::layer(b, other, call, flow)?
            .ok_or_else(|| Fault::new(phrase!("keras-layers-of-this-class-are"))),
    }
}
