//! Options of the network, as plain data.

use std::path::PathBuf;

use clap::Args;

/// What only the network understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the network")]
pub(super) struct NetworkOptions {
    /// A description in TOML, an ONNX file, or one that ships: perceptron, lenet5, vgg, resnet [default: resnet]
    #[arg(long, value_name = "WHAT")]
    pub(super) model: Option<String>,

    /// Write the network with what it learned as ONNX when its run is over
    #[arg(long, value_name = "FILE")]
    pub(super) save: Option<PathBuf>,

    /// Weights that the description begins with.
    #[arg(
        long,
        value_name = "FILE",
        help = "Weights of PyTorch (.pt, .pth) or safetensors that the description begins with"
    )]
    pub(super) weights: Option<PathBuf>,
}
