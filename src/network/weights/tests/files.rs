//! What files of each kind hold, and what is said of those that hold no weights.

use super::*;

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
    assert!(state.in_order);
    assert_eq!(arrays("legacy.pt"), state);
    // A module's own keys are remembered, so that their order is only likely.
    assert_eq!(arrays("module.pt"), NamedArrays { in_order: false, ..state.clone() });
    let checkpoint = arrays("checkpoint.pt");
    assert!(checkpoint.in_order);
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
    assert!(read(&path("no.pt")).unwrap_err().fact.starts_with("there is no such file"));
}
