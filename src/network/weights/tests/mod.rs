//! Weights as files that `PyTorch` made have them.

mod damage;
mod files;
mod fits;

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::*;
use crate::network::{Network, description};

/// The network of tests/network/weights/make.py.
pub(crate) const NET: &str = r#"
[[layers]]
kind = "conv2d"
name = "conv1"
out_channels = 3
kernel_size = 3
stride = 2
padding = 1
bias = false
[[layers]]
kind = "batch_norm"
name = "bn1"
[[layers]]
kind = "relu"
[[layers]]
kind = "block"
name = "layer1"
repeat = 2
[[layers.layers]]
kind = "conv2d"
name = "conv1"
out_channels = 3
kernel_size = 3
padding = 1
[[layers.layers]]
kind = "batch_norm"
name = "bn1"
[[layers.layers]]
kind = "relu"
[[layers.layers]]
kind = "depthwise_conv2d"
name = "conv2"
kernel_size = 3
padding = 1
bias = false
[[layers.layers]]
kind = "add"
from = ["conv2", "input"]
[[layers]]
kind = "global_avg_pool2d"
[[layers]]
kind = "linear"
name = "fc"
"#;

fn path(name: &str) -> PathBuf {
    PathBuf::from(format!("{}/tests/network/weights/{name}", env!("CARGO_MANIFEST_DIR")))
}

fn arrays(name: &str) -> NamedArrays {
    read(&path(name)).unwrap_or_else(|refusal| panic!("{name}: {refusal}"))
}

fn network(text: &str, classes: usize) -> Network {
    description(text).unwrap().network([1, 6, 6], classes).unwrap()
}

fn names(arrays: &NamedArrays) -> Vec<&str> {
    arrays.arrays.iter().map(|array| array.name.as_str()).collect()
}

/// What a file of these bytes says.
fn read_bytes(bytes: &[u8]) -> Result<NamedArrays, Refusal> {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), bytes).unwrap();
    read(file.path())
}

fn misfit(network: &Network, file: NamedArrays) -> String {
    network.with_weights(file).unwrap_err().to_string()
}

/// The arrays in a file of safetensors.
fn safe(arrays: &NamedArrays) -> Vec<u8> {
    let bytes = arrays.arrays.iter().map(|array| {
        let bytes: Vec<u8> = array.numbers.iter().flat_map(|one| one.to_le_bytes()).collect();
        (array, bytes)
    });
    let bytes: Vec<_> = bytes.collect();
    let views = bytes.iter().map(|(array, bytes)| {
        let dims = array.dims.clone();
        let view = safetensors::tensor::TensorView::new(safetensors::Dtype::F32, dims, bytes);
        (array.name.as_str(), view.unwrap())
    });
    safetensors::serialize(views, None).unwrap()
}
