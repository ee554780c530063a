//! Files that `PyTorch` made, networks that they fit and do not fit, and files that nobody should have made.

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

#[test]
fn every_form_of_pytorch_holds_the_same_in_the_order_of_the_modules() {
    let state = arrays("state.pt");
    let expected = [
        "conv1.weight",
        "bn1.weight",
        "bn1.bias",
        "bn1.running_mean",
        "bn1.running_var",
        "layer1.0.conv1.weight",
        "layer1.0.conv1.bias",
        "layer1.0.bn1.weight",
    ];
    assert_eq!(names(&state)[..8], expected);
    assert_eq!(names(&state).last(), Some(&"fc.bias"));
    assert_eq!(state.arrays[0].dims, [3, 1, 3, 3]);
    assert!(state.remarks.is_empty());
    for other in ["legacy.pt", "module.pt"] {
        assert_eq!(arrays(other), state, "{other}");
    }
    let checkpoint = arrays("checkpoint.pt");
    assert_eq!(checkpoint.arrays, state.arrays);
    assert_eq!(checkpoint.remarks, ["Of the checkpoint, “model_state_dict” was read"]);
}

#[test]
fn numbers_of_other_widths_become_32_bits() {
    let (half, state) = (arrays("half.pt"), arrays("state.pt"));
    assert_eq!(names(&half), names(&state));
    for (half, whole) in half.arrays.iter().zip(&state.arrays) {
        for (half, whole) in half.numbers.iter().zip(&whole.numbers) {
            assert!((half - whole).abs() <= whole.abs() / 100.0, "{half} {whole}");
        }
    }
    assert_eq!(half.arrays.last().unwrap().numbers, state.arrays.last().unwrap().numbers);
    assert_eq!(
        half.remarks,
        ["Numbers of 16 bits in 20 arrays became 32", "Numbers of 64 bits in 1 array became 32"]
    );
}

#[test]
fn safetensors_hold_the_same_by_name() {
    let state = arrays("state.pt");
    let read = read_bytes(&safe(&state)).unwrap();
    assert!(!read.in_order);
    let network = network(NET, 4);
    assert_eq!(network.with_weights(read).unwrap(), network.with_weights(state).unwrap());
}

#[test]
fn a_network_takes_its_parameters_and_running_statistics() {
    let (network, state) = (network(NET, 4), arrays("state.pt"));
    let given = network.with_weights(state.clone()).unwrap();
    assert!(given.remarks.is_empty(), "{:?}", given.remarks);
    let by_name = |name: &str| state.arrays.iter().find(|array| array.name == name).unwrap();
    for (parameter, numbers) in network.parameters().zip(&given.parameters) {
        assert_eq!(numbers.as_ref(), Some(&by_name(&parameter.name).numbers), "{}", parameter.name);
    }
    let kept: Vec<_> = given.running.iter().flatten().collect();
    assert_eq!(kept.len(), 3);
    assert_eq!(kept[1][0], by_name("layer1.0.bn1.running_mean").numbers);
    assert_eq!(kept[1][1], by_name("layer1.0.bn1.running_var").numbers);
    // As DataParallel and torch.compile save it.
    let mut wrapped = state;
    wrapped.arrays.iter_mut().for_each(|array| array.name.insert_str(0, "module._orig_mod."));
    assert_eq!(network.with_weights(wrapped).unwrap(), given);
}

#[test]
fn other_names_are_matched_by_their_order() {
    let (network, state) = (network(NET, 4), arrays("state.pt"));
    let mut other = state.clone();
    for (at, array) in other.arrays.iter_mut().enumerate() {
        array.name = format!("stage.{at}");
    }
    let given = network.with_weights(other.clone()).unwrap();
    assert_eq!(given.parameters, network.with_weights(state).unwrap().parameters);
    assert_eq!(given.remarks, ["Weights were matched by their order: the names are others"]);
    // Sorted by name, as safetensors are, the order says nothing.
    let sorted = NamedArrays { in_order: false, ..other.clone() };
    assert_eq!(
        misfit(&network, sorted),
        "no name fits and neither do the sizes in order: the file has “stage.0”, “stage.1”, “stage.2” and so on, the \
         network “conv1.weight”, “bn1.weight”, “bn1.bias” and so on"
    );
    other.arrays.swap(0, 1);
    assert!(misfit(&network, other).starts_with("no name fits"));
}

#[test]
fn a_last_layer_for_other_classes_begins_anew() {
    let state = arrays("state.pt");
    let given = network(NET, 10).with_weights(state.clone()).unwrap();
    let new = given.parameters.iter().filter(|numbers| numbers.is_none()).count();
    assert_eq!(new, 2);
    assert_eq!(
        given.remarks,
        ["The last layer is new: the file's tells 4 classes, the data have 10"]
    );
    let head = NET.replace("\"fc\"", "\"head\"");
    let given = network(&head, 10).with_weights(state).unwrap();
    assert_eq!(
        given.remarks,
        [
            "Weights were matched by their order: the names are others",
            "The last layer is new: the file's tells 4 classes, the data have 10"
        ]
    );
}

#[test]
fn misfits_are_sentences_with_layer_sizes_and_the_nearest_name() {
    let state = arrays("state.pt");
    let of = |from: &str, to: &str| misfit(&network(&NET.replacen(from, to, 1), 4), state.clone());
    assert_eq!(
        of(
            "out_channels = 3\nkernel_size = 3\nstride",
            "out_channels = 3\nkernel_size = 5\nstride"
        ),
        "layer “conv1”: its conv1.weight is 3 × 1 × 5 × 5, but in the weights “conv1.weight” is 3 × 1 × 3 × 3"
    );
    let mut short = state.clone();
    short.arrays.retain(|array| array.name != "bn1.bias");
    short.arrays.push(NamedArray { name: "bn1.beta".into(), dims: vec![3], numbers: vec![0.0; 3] });
    assert_eq!(
        misfit(&network(NET, 4), short),
        "layer “bn1”: the weights have no “bn1.bias” of 3; the nearest is “bn1.beta” of 3"
    );
    assert_eq!(
        of(
            "padding = 1\n[[layers.layers]]\nkind = \"batch_norm\"",
            "padding = 1\nbias = false\n[[layers.layers]]\nkind = \"batch_norm\""
        ),
        "layer “layer1.0.conv1”: the weights have a “layer1.0.conv1.bias” of 3, but it has none: leave bias = false out"
    );
    let spoilt = |name: &str, number: f32| {
        let mut spoilt = state.clone();
        let array = spoilt.arrays.iter_mut().find(|array| array.name == name).unwrap();
        array.numbers[0] = number;
        misfit(&network(NET, 4), spoilt)
    };
    assert_eq!(
        spoilt("conv1.weight", f32::NAN),
        "layer “conv1”: “conv1.weight” of the weights has numbers that are not finite"
    );
    assert_eq!(
        spoilt("bn1.running_var", -1.0),
        "layer “bn1”: “bn1.running_var” of the weights has variances below 0"
    );
}

#[test]
fn what_is_left_and_what_lacks_is_remarked_on() {
    let mut state = arrays("state.pt");
    state.arrays.retain(|array| !array.name.contains("running"));
    state.arrays.push(NamedArray { name: "aux.weight".into(), dims: vec![1], numbers: vec![1.0] });
    let given = network(NET, 4).with_weights(state).unwrap();
    assert_eq!(
        given.remarks,
        [
            "The file has no running means: those of “bn1”, “layer1.0.bn1”, “layer1.1.bn1” begin at 0",
            "Not taken from the weights: “aux.weight”"
        ]
    );
    assert!(given.running.iter().all(Option::is_none));
}

#[test]
fn what_is_no_weights_says_so() {
    let refused = |name: &str| read(&path(name)).unwrap_err().to_string();
    for (name, said) in [
        ("script.pt", "it is TorchScript; save a state dict, ONNX or safetensors instead"),
        (
            "sparse.pt",
            "it holds “torch._utils._rebuild_sparse_tensor”, of which no weights can be read; save a state",
        ),
        (
            "list.pt",
            "it holds “list” and no state dict; save it with torch.save(model.state_dict(), \"weights.pt\")",
        ),
        ("vast.pt", "it holds more than 268,435,456 numbers; give a smaller network"),
        ("make.py", "it is neither weights of PyTorch nor safetensors; save it with torch.save"),
        ("", "it is no plain file; name a file of weights"),
    ] {
        assert!(refused(name).starts_with(said), "{name}: {}", refused(name));
    }
    for (bytes, said) in [
        (&b""[..], "it is empty; fetch or save it again"),
        (b"\x89HDF\r\n\x1a\n", "it is HDF5, as Keras saves"),
        (b"<!DOCTYPE html>", "it is a web page; fetch the file itself"),
        (b"version https://git-lfs.github.com/spec/v1\n", "it only points to the file"),
        (b"\x80\x02}q\x00.", "it holds no weights"),
        (b"\x40\0\0\0\0\0\0\0{\"a\"", "it is damaged or cut short"),
    ] {
        let refusal = read_bytes(bytes).unwrap_err().to_string();
        assert!(refusal.starts_with(said), "{refusal}");
    }
    assert!(read(&path("no.pt")).unwrap_err().fact.starts_with("No such file"));
}

/// Reads a file and tries it on a network.
fn try_on(network: &Network, file: &Path) -> bool {
    match read(file) {
        Ok(arrays) => network.with_weights(arrays).is_ok(),
        Err(refusal) => {
            let words = refusal.to_string();
            assert!(!words.contains('\n') && words.len() < 300, "{words}");
            false
        }
    }
}

#[test]
fn nothing_that_is_cut_short_is_taken_for_whole() {
    let network = network(NET, 4);
    let files = ["state.pt", "legacy.pt"].map(|name| fs::read(path(name)).unwrap());
    let safe = safe(&arrays("state.pt"));
    for bytes in files.iter().chain([&safe]) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        assert!(try_on(&network, file.path()));
        for length in (0..bytes.len()).rev() {
            file.as_file().set_len(length as u64).unwrap();
            assert!(!try_on(&network, file.path()), "{length} of {} bytes", bytes.len());
        }
    }
}

proptest::proptest! {
    #[test]
    fn no_bytes_panic(bytes: Vec<u8>, start in 0..6_usize) {
        let magic: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\x80\x02", b"\x20\0\0\0\0\0\0\0{", b"(", b"}"];
        drop(read_bytes(&[magic[start], &bytes].concat()));
    }

    #[test]
    fn no_damage_panics(file in 0..5_usize, changes: Vec<(proptest::sample::Index, u8)>) {
        let names = ["state.pt", "legacy.pt", "module.pt", "checkpoint.pt", "safe"];
        let mut bytes = match names[file] {
            "safe" => safe(&arrays("state.pt")),
            name => fs::read(path(name)).unwrap(),
        };
        for (at, byte) in changes.into_iter().take(8) {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        let file = tempfile::NamedTempFile::new().unwrap();
        fs::write(file.path(), bytes).unwrap();
        try_on(&network(NET, 4), file.path());
    }
}
