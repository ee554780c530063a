//! Options of the network, as plain data.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// What only the network understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the network")]
pub(super) struct NetworkOptions {
    /// A description in TOML, an ONNX or .keras file, or one that ships: perceptron, lenet5, vgg, resnet, transformer [default: resnet]
    #[arg(long, value_name = "WHAT")]
    pub(super) model: Option<String>,

    /// Write the network with what it learned as ONNX when its run is over
    #[arg(long, value_name = "FILE")]
    pub(super) save: Option<PathBuf>,

    /// What a network that is brought is given for a pixel
    #[arg(long, value_enum, default_value_t = PixelsOption::Unit)]
    pub(super) pixels: PixelsOption,

    /// Weights that the description begins with.
    #[arg(
        long,
        value_name = "FILE",
        help = "Weights of PyTorch (.pt, .pth) or safetensors that the description begins with"
    )]
    pub(super) weights: Option<PathBuf>,

    /// Let only the last layer learn, from what the others make of each image once
    #[arg(long)]
    pub(super) freeze: bool,
}

/// What a network is given for a pixel, as it was trained.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum PixelsOption {
    /// Brightness from 0 to 1
    #[default]
    Unit,
    /// Brightness from -1 to 1
    Signed,
    /// Less the mean and by the deviation of what torchvision's networks learned
    Imagenet,
}
