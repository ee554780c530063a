//! The kinds of layers, their settings, and the sizes that follow from what they read.
//!
//! | Kind | Settings, with what they are if left out |
//! | --- | --- |
//! | `conv2d` | `out_channels`, `kernel_size`, `stride` 1, `padding` 0 or `"same"`, `dilation` 1, `groups` 1, `bias` true |
//! | `depthwise_conv2d` | the same without `out_channels` and `groups`: a filter for each channel |
//! | `linear` | `out_features` (as many as there are classes), `bias` true |
//! | `max_pool2d`, `avg_pool2d` | `kernel_size`, `stride` as the kernel, `padding` 0 |
//! | `global_avg_pool2d`, `flatten`, `add`, `concat` | – |
//! | `batch_norm`, `layer_norm`, `group_norm` | `eps` 1e-5, `momentum` 0.1 (batch), `num_groups` (group) |
//! | `relu`, `gelu`, `silu`, `sigmoid`, `tanh`, `leaky_relu` | `negative_slope` 0.01 (leaky) |
//! | `dropout` | `p` 0.5 |
//!
//! Those that read text stand in [`tokens`]; `linear`, `layer_norm`, `add`, `concat`, `dropout` and functions take each of
//! its tokens by itself. Two numbers in brackets are of rows and of columns.

use toml::Value;

use crate::words::Word;

use super::{
    First, Function, Operator, Parameter, Size, Takes,
    fault::{Fault, one},
    made::{Made, learnable},
    settings::Settings,
    tokens,
};

/// All kinds of layers that are no blocks.
pub(super) const KINDS: [&str; 22] = [
    "conv2d",
    "depthwise_conv2d",
    "linear",
    "max_pool2d",
    "avg_pool2d",
    "global_avg_pool2d",
    "flatten",
    "add",
    "concat",
    "batch_norm",
    "layer_norm",
    "group_norm",
    "relu",
    "leaky_relu",
    "gelu",
    "silu",
    "sigmoid",
    "tanh",
    "dropout",
    "embedding",
    "positional_embedding",
    ATTENTION,
];

/// The kind that becomes several layers.
pub(super) const ATTENTION: &str = "multihead_attention";

/// What a layer of this kind is called if nobody names it, before its number.
pub(super) fn word(kind: &str) -> &str {
    match kind {
        "conv2d" | "depthwise_conv2d" => "conv",
        "max_pool2d" | "avg_pool2d" | "global_avg_pool2d" => "pool",
        "batch_norm" | "layer_norm" | "group_norm" => "norm",
        "positional_embedding" => "position",
        ATTENTION => "attention",
        other => other,
    }
}

/// What a layer makes of what it reads.
pub(super) fn layer(
    kind: &str,
    path: &str,
    reads: &[Size],
    classes: usize,
    settings: &mut Settings,
) -> Result<Made, Fault> {
    match kind {
        "add" | "concat" => return joined(kind, reads),
        _ => {}
    }
    let read = one(reads)?;
    if let (Size::Text(_), false) = (read, kind == "embedding") {
        return Err(Fault::new(phrase!("network-files-it-reads-begin-with-an", read)));
    }
    match kind {
        "embedding" => tokens::embedding(path, read, classes, settings),
        "positional_embedding" => tokens::positions(path, read, settings),
        "conv2d" | "depthwise_conv2d" => convolution(kind, path, read, settings),
        "linear" => linear(path, read, classes, settings),
        "max_pool2d" | "avg_pool2d" => pool(kind, read, settings),
        "global_avg_pool2d" => {
            let (channels, _) = maps(read, key!("network-files-a-pooling"))?;
            Ok(Made::plain(Operator::GlobalAveragePool, Size::Vector(channels)))
        }
        "flatten" => match read {
            Size::Tokens { .. } => {
                Err(Fault::new(phrase!("network-files-it-reads-but-a-flatten", read)))
            }
            _ => Ok(Made::plain(Operator::Flatten, Size::Vector(read.len()))),
        },
        "batch_norm" | "layer_norm" | "group_norm" => normalisation(kind, path, read, settings),
        "dropout" => {
            let probability = settings.number("p", [0.0, 0.999])?.unwrap_or(0.5);
            Ok(Made::plain(Operator::Dropout { probability }, read))
        }
        _ => Ok(Made::plain(Operator::Activation(function(kind, settings)?), read)),
    }
}

fn function(kind: &str, settings: &mut Settings) -> Result<Function, Fault> {
    Ok(match kind {
        "relu" => Function::Relu,
        "leaky_relu" => {
            Function::LeakyRelu(settings.number("negative_slope", [0.0, 1.0])?.unwrap_or(0.01))
        }
        "gelu" => Function::Gelu,
        "silu" => Function::Silu,
        "sigmoid" => Function::Sigmoid,
        "tanh" => Function::Tanh,
        other => return Err(Fault::new(phrase!("network-files-there-is-no-kind-2", other))),
    })
}

/// Channels, and rows and columns.
fn maps(size: Size, what: Word) -> Result<(usize, [usize; 2]), Fault> {
    match size {
        Size::Maps { channels, rows, columns } => Ok((channels, [rows, columns])),
        Size::Vector(_) => {
            Err(Fault::new(phrase!("network-files-it-reads-but-takes-maps", size, what)))
        }
        Size::Text(_) | Size::Tokens { .. } => {
            Err(Fault::new(phrase!("network-files-it-reads-but-takes-maps-as", size, what)))
        }
    }
}

fn convolution(kind: &str, path: &str, read: Size, settings: &mut Settings) -> Result<Made, Fault> {
    let (channels, size) = maps(read, key!("network-files-a-convolution"))?;
    let Some(kernel) = settings.two("kernel_size", 1)? else {
        return Err(Fault::new(phrase!("network-files-it-needs-kernel-size")));
    };
    let stride = settings.two("stride", 1)?.unwrap_or([1; 2]);
    let dilation = settings.two("dilation", 1)?.unwrap_or([1; 2]);
    let (out, groups) = match kind {
        "depthwise_conv2d" => (channels, channels),
        _ => (settings.needed("out_channels")?, settings.count("groups", 1)?.unwrap_or(1)),
    };
    let padding = padding(settings, kernel, stride, dilation)?;
    let bias = settings.yes("bias")?.unwrap_or(true);
    if !channels.is_multiple_of(groups) || !out.is_multiple_of(groups) {
        return Err(Fault::new(phrase!(
            "network-files-groups-do-not-divide-its",
            groups,
            channels,
            out
        )));
    }
    let [rows, columns] = windows(read, size, kernel, stride, padding, dilation)?;
    let of_unit = (channels / groups).saturating_mul(kernel[0]).saturating_mul(kernel[1]);
    let weights = vec![out, channels / groups, kernel[0], kernel[1]];
    Ok(Made {
        operator: Operator::Convolution { kernel, stride, padding, dilation, groups },
        size: Size::Maps { channels: out, rows, columns },
        parameters: weighted(path, weights, of_unit, bias)?,
    })
}

fn padding(
    settings: &mut Settings,
    kernel: [usize; 2],
    stride: [usize; 2],
    dilation: [usize; 2],
) -> Result<[usize; 2], Fault> {
    match settings.take("padding") {
        Some(Value::String(same)) if same == "same" => {
            if stride != [1; 2] || kernel.iter().any(|side| side.is_multiple_of(2)) {
                return Err(Fault::new(phrase!("network-files-padding-same-is-for-odd")));
            }
            Ok([0, 1].map(|at| dilation[at] * (kernel[at] - 1) / 2))
        }
        Some(value) => {
            let mut again = Settings::new([("padding".to_owned(), value)].into_iter().collect());
            Ok(again.two("padding", 0)?.unwrap_or([0; 2]))
        }
        None => Ok([0; 2]),
    }
}

/// How many windows lie beside each other.
fn windows(
    read: Size,
    size: [usize; 2],
    kernel: [usize; 2],
    stride: [usize; 2],
    padding: [usize; 2],
    dilation: [usize; 2],
) -> Result<[usize; 2], Fault> {
    let mut fits = [0; 2];
    for at in 0..2 {
        let reach = dilation[at].saturating_mul(kernel[at] - 1).saturating_add(1);
        let room = size[at].saturating_add(padding[at].saturating_mul(2));
        if reach > room {
            let [rows, columns] = kernel;
            return Err(Fault::new(phrase!(
                "network-files-its-window-of-does-not",
                rows,
                columns,
                read
            )));
        }
        fits[at] = (room - reach) / stride[at] + 1;
    }
    Ok(fits)
}

fn linear(path: &str, read: Size, classes: usize, settings: &mut Settings) -> Result<Made, Fault> {
    let outputs = settings.count("out_features", 1)?.unwrap_or(classes);
    let (inputs, size) = match read {
        Size::Vector(inputs) => (inputs, Size::Vector(outputs)),
        Size::Tokens { tokens, features } => (features, Size::Tokens { tokens, features: outputs }),
        _ => {
            return Err(Fault::new(phrase!("network-files-it-reads-but-a-linear", read)));
        }
    };
    let bias = settings.yes("bias")?.unwrap_or(true);
    Ok(Made {
        operator: Operator::Linear,
        size,
        parameters: weighted(path, vec![outputs, inputs], inputs, bias)?,
    })
}

/// Weights of these dimensions and a bias for each of the first.
fn weighted(
    path: &str,
    dims: Vec<usize>,
    of_unit: usize,
    bias: bool,
) -> Result<Vec<Parameter>, Fault> {
    let dims = learnable(dims)?;
    let first = First::Within(1.0 / (of_unit.max(1) as f32).sqrt());
    let outputs = dims.first().copied().unwrap_or(0);
    let mut parameters =
        vec![Parameter { name: format!("{path}.weight"), dims, first: first.clone() }];
    if bias {
        parameters.push(Parameter { name: format!("{path}.bias"), dims: vec![outputs], first });
    }
    Ok(parameters)
}

fn pool(kind: &str, read: Size, settings: &mut Settings) -> Result<Made, Fault> {
    let (channels, size) = maps(read, key!("network-files-a-pooling"))?;
    let Some(kernel) = settings.two("kernel_size", 1)? else {
        return Err(Fault::new(phrase!("network-files-it-needs-kernel-size")));
    };
    let stride = settings.two("stride", 1)?.unwrap_or(kernel);
    let padding = settings.two("padding", 0)?.unwrap_or([0; 2]);
    if padding.iter().zip(kernel).any(|(padding, kernel)| padding * 2 > kernel) {
        return Err(Fault::new(phrase!("network-files-its-padding-is-more-than")));
    }
    let [rows, columns] = windows(read, size, kernel, stride, padding, [1; 2])?;
    let takes = if kind == "max_pool2d" { Takes::Largest } else { Takes::Mean };
    let operator = Operator::Pool { takes, kernel, stride, padding };
    Ok(Made::plain(operator, Size::Maps { channels, rows, columns }))
}

fn normalisation(
    kind: &str,
    path: &str,
    read: Size,
    settings: &mut Settings,
) -> Result<Made, Fault> {
    let channels = read.channels();
    let epsilon = settings.number("eps", [f64::MIN_POSITIVE, 1.0])?.unwrap_or(1e-5);
    let operator = match kind {
        "batch_norm" | "group_norm" if matches!(read, Size::Tokens { .. }) => {
            return Err(Fault::new(phrase!("network-files-it-reads-use-layer-norm", read)));
        }
        "batch_norm" => {
            let momentum = settings.number("momentum", [0.0, 1.0])?.unwrap_or(0.1);
            Operator::BatchNorm { epsilon, momentum }
        }
        "layer_norm" if matches!(read, Size::Maps { .. }) => {
            return Err(Fault::new(phrase!("network-files-it-reads-but-layer-norm", read)));
        }
        "layer_norm" => Operator::GroupNorm { groups: 1, epsilon },
        _ => {
            let groups = settings.needed("num_groups")?;
            if !channels.is_multiple_of(groups) {
                return Err(Fault::new(phrase!(
                    "network-files-groups-do-not-divide-its-channels",
                    groups,
                    channels
                )));
            }
            Operator::GroupNorm { groups, epsilon }
        }
    };
    let parameter = |word: &str, first: f32| Parameter {
        name: format!("{path}.{word}"),
        dims: vec![channels],
        first: First::Constant(first),
    };
    let parameters = vec![parameter("weight", 1.0), parameter("bias", 0.0)];
    Ok(Made { operator, size: read, parameters })
}

fn joined(kind: &str, reads: &[Size]) -> Result<Made, Fault> {
    let [first, others @ ..] = reads else {
        return Err(Fault::new(phrase!("network-files-it-reads-nothing-name-layers")));
    };
    if others.is_empty() {
        return Err(Fault::new(phrase!("network-files-takes-at-least-two-layers", kind)));
    }
    if kind == "add" {
        return match others.iter().find(|other| *other != first) {
            Some(other) => {
                Err(Fault::new(phrase!("network-files-it-adds-and-but-takes", first, other)))
            }
            None => Ok(Made::plain(Operator::Add, *first)),
        };
    }
    let mut size = *first;
    for other in others {
        size = match (size, *other) {
            (Size::Vector(a), Size::Vector(b)) => Size::Vector(a.saturating_add(b)),
            (Size::Tokens { tokens, features }, Size::Tokens { tokens: same, features: more })
                if same == tokens =>
            {
                Size::Tokens { tokens, features: features.saturating_add(more) }
            }
            (
                Size::Maps { channels, rows, columns },
                Size::Maps { channels: more, rows: r, columns: c },
            ) if (r, c) == (rows, columns) => {
                Size::Maps { channels: channels.saturating_add(more), rows, columns }
            }
            _ => {
                return Err(Fault::new(phrase!(
                    "network-files-it-puts-and-behind-each",
                    first,
                    other
                )));
            }
        };
    }
    Ok(Made::plain(Operator::Concatenate, size))
}
