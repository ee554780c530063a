//! Options of the network, as plain data.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::index;

/// What only the network understands.
#[derive(Args, Clone, Debug, Default, PartialEq)]
#[command(next_help_heading = "Options of the network")]
pub(super) struct NetworkOptions {
    /// A description in TOML, an ONNX or .keras file, or one that ships: perceptron, lenet5, vgg, resnet, transformer [default: resnet]
    #[arg(long, value_name = "WHAT")]
    pub(super) model: Option<String>,

    /// Where the network is written.
    #[arg(
        long,
        value_name = "FILE",
        help = "Write the network with what it learned after each epoch: as ONNX with the state of its training beside it, \
                or as a description if FILE ends in .toml; may be given several times"
    )]
    pub(super) save: Vec<PathBuf>,

    /// Go on with the training whose network was saved as this ONNX file, from the state that lies beside it
    #[arg(long, value_name = "FILE")]
    pub(super) resume: Option<PathBuf>,

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

    /// A picture of the visitor's own.
    #[arg(
        long,
        value_name = "FILE",
        help = "Look at a picture of your own: the hall opens with it, and the terminal tells in the end what it is read as"
    )]
    pub(super) look_at: Option<PathBuf>,

    /// A test image whose answer is to be explained.
    #[arg(
        long,
        value_name = "INDEX",
        value_parser = index,
        allow_negative_numbers = true,
        help = "Tell in the terminal, once it has learned, why the test image of this index is read as it is: which pixels speak \
                for it by seven methods, whether these add up and whether the network obeys them, with --json the maps"
    )]
    pub(super) why: Option<usize>,
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
