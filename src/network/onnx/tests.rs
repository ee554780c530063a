//! Files of ONNX: written and read again, and what is damaged, hostile or beyond what is kept.

use std::{collections::BTreeMap, fs, path::Path};

use proptest::prelude::*;

use super::*;

fn small() -> Model {
    let node = |operator: &str,
                inputs: &[&str],
                outputs: &[&str],
                attributes: Vec<(&str, Attribute)>| Node {
        name: format!("/{operator}"),
        operator: operator.to_owned(),
        inputs: inputs.iter().map(|name| (*name).to_owned()).collect(),
        outputs: outputs.iter().map(|name| (*name).to_owned()).collect(),
        attributes: attributes.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        ..Node::default()
    };
    Model {
        producer: "tests".to_owned(),
        opset: 17,
        inputs: vec![Port {
            name: "x".to_owned(),
            kind: Some(Kind::F32),
            dims: vec![None, Some(3)],
        }],
        outputs: vec!["y".to_owned()],
        output_rank: 2,
        nodes: vec![
            node(
                "Gemm",
                &["x", "w", "b"],
                &["h"],
                vec![("transB", Attribute::Int(1)), ("alpha", Attribute::Float(0.5))],
            ),
            node(
                "Reshape",
                &["h", "shape"],
                &["y"],
                vec![("kept", Attribute::Ints(vec![1, -2])), ("word", Attribute::Text("a".into()))],
            ),
        ],
        initialisers: vec![
            (
                "w".to_owned(),
                Array::singles(vec![2, 3], vec![1.0, -2.0, 3.5, 0.0, f32::MIN, 1e-20]),
            ),
            ("b".to_owned(), Array::singles(vec![2], vec![0.25, -0.5])),
            ("shape".to_owned(), Array::whole(vec![2], vec![-1, i64::MAX])),
        ],
        facts: BTreeMap::from([("classes".to_owned(), "cat, dog".to_owned())]),
    }
}

fn read(bytes: &[u8]) -> Result<Model, Fault> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.onnx");
    fs::write(&path, bytes).unwrap();
    model(&path)
}

#[test]
fn what_is_written_is_read_again() {
    let model = small();
    assert_eq!(read(&bytes(&model).unwrap()).unwrap(), model);
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_a_sentence() {
    let whole = bytes(&small()).unwrap();
    for length in 0..whole.len() {
        // Some cuts leave a whole network without what came last.
        if let Err(fault) = read(&whole[..length]) {
            assert_eq!(fault.to_string().lines().count(), 1);
        }
    }
}

#[test]
fn lengths_that_lie_are_refused_before_anything_is_allocated() {
    // A graph of 2⁶² bytes, an array whose raw data claim 2⁴⁰ bytes, and messages within messages.
    let mut long = vec![0x3A];
    long.extend([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x3F]);
    assert!(read(&long).unwrap_err().to_string().contains("a length points beyond"));
    let raw = [0x3A, 0x0A, 0x2A, 0x08, 0x4A, 0x80, 0x80, 0x80, 0x80, 0x80, 0x20, 0x00];
    assert!(read(&raw).unwrap_err().to_string().contains("a length points beyond"));
    let mut nested: Vec<u8> = Vec::new();
    for _ in 0..2_000 {
        // An attribute that holds a graph, in a node, in a graph.
        for field in [0x32_u8, 0x2A, 0x0A] {
            let mut length = nested.len();
            let mut head = vec![field];
            while length >= 0x80 {
                head.push((length & 0x7F) as u8 | 0x80);
                length >>= 7;
            }
            head.push(length as u8);
            head.extend(&nested);
            nested = head;
        }
    }
    let mut model = vec![0x3A];
    let mut length = nested.len();
    while length >= 0x80 {
        model.push((length & 0x7F) as u8 | 0x80);
        length >>= 7;
    }
    model.push(length as u8);
    model.extend(&nested);
    assert!(
        read(&model).unwrap_err().to_string().contains("nested too deep"),
        "{:?}",
        read(&model)
    );
}

#[test]
fn sizes_beyond_what_is_kept_are_refused() {
    for (dims, said) in [
        (vec![-1_i64], "below zero"),
        (vec![1 << 40], "more than"),
        (vec![i64::MAX, i64::MAX], "more than"),
    ] {
        let fault = array::counted(&dims).unwrap_err().to_string();
        assert!(fault.contains(said), "{fault}");
    }
    let mut wrong = small();
    wrong.initialisers[0].1.dims = vec![2, 4];
    let fault = read(&bytes(&wrong).unwrap()).unwrap_err().to_string();
    assert!(fault.contains("“w”") && fault.contains("24 bytes instead of 32"), "{fault}");
    let old = Model { opset: 29, ..small() };
    let fault = read(&bytes(&old).unwrap()).unwrap_err().to_string();
    assert!(fault.contains("of opset 29, but 1 to 28"), "{fault}");
}

#[test]
fn numbers_beside_the_file_stay_within_its_folder() {
    use rten_onnx::{
        onnx::{DataLocation, DataType, StringStringEntryProto, TensorProto},
        protobuf::{EncodeMessage as _, ValueWriter},
    };
    let folder = tempfile::tempdir().unwrap();
    fs::write(
        folder.path().join("weights.data"),
        [0_u8; 4].into_iter().chain(1.5_f32.to_le_bytes()).collect::<Vec<_>>(),
    )
    .unwrap();
    fs::write(folder.path().parent().unwrap().join("outside.data"), [0_u8; 8]).ok();
    let read = |location: &str, offset: &str| {
        let entry = |key: &str, value: &str| StringStringEntryProto {
            key: Some(key.to_owned()),
            value: Some(value.to_owned()),
        };
        let tensor = TensorProto {
            dims: vec![1],
            data_type: Some(DataType::FLOAT),
            data_location: Some(DataLocation::EXTERNAL),
            external_data: vec![entry("location", location), entry("offset", offset)],
            ..TensorProto::default()
        };
        let mut bytes = Vec::new();
        tensor.encode(ValueWriter::new(&mut bytes)).unwrap();
        let path = folder.path().join("array.pb");
        fs::write(&path, bytes).unwrap();
        array(&path)
    };
    assert_eq!(read("weights.data", "4").unwrap(), Array::singles(vec![1], vec![1.5]));
    for (location, offset, said) in [
        ("../outside.data", "0", "only a file of the same folder"),
        ("/etc/passwd", "0", "only a file of the same folder"),
        ("", "0", "only a file of the same folder"),
        ("weights.data", "5", "no file that has them"),
        ("weights.data", "18446744073709551615", "no file that has them"),
        ("weights.data", "x", "is no number"),
        ("none.data", "0", "cannot be read"),
    ] {
        let fault = read(location, offset).unwrap_err().to_string();
        assert!(fault.contains(said), "{location} {offset}: {fault}");
    }
}

/// As the package `onnx` and `PyTorch` 2 write networks whose numbers lie in one file beside them.
#[test]
fn a_network_with_all_its_numbers_in_one_file_beside_it_is_the_same() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network");
    let whole = model(&folder.join("brought/model.onnx")).unwrap();
    assert!(whole.initialisers.len() > 20);
    for by in ["onnx", "pytorch"] {
        let path = folder.join("external").join(by).join("model.onnx");
        let parted = model(&path).unwrap();
        assert_eq!(parted.nodes, whole.nodes, "{by}");
        assert_eq!(parted.inputs, whole.inputs, "{by}");
        assert_eq!(parted.initialisers.len(), whole.initialisers.len(), "{by}");
        for (name, array) in &parted.initialisers {
            assert_eq!(Some(array), whole.initialiser(name), "{name} by {by}");
        }
        // Its numbers are left behind, or are fewer than it says.
        let elsewhere = tempfile::tempdir().unwrap();
        let alone = elsewhere.path().join("model.onnx");
        fs::copy(&path, &alone).unwrap();
        let fault = model(&alone).unwrap_err().to_string();
        assert!(fault.contains("model.onnx.data"), "{fault}");
        let mut numbers = fs::read(path.with_extension("onnx.data")).unwrap();
        numbers.pop();
        fs::write(elsewhere.path().join("model.onnx.data"), numbers).unwrap();
        let fault = model(&alone).unwrap_err().to_string();
        assert!(fault.contains("no file that has them"), "{fault}");
    }
}

#[test]
fn small_formats_keep_what_their_papers_say() {
    use formats::Format;
    for (format, number, kept) in [
        (Format::F16, 65504.0, 65504.0),
        (Format::F16, 65520.0, f64::INFINITY),
        (Format::F16, 6e-8, 5.960_464_477_539_063e-8),
        (Format::BF16, 1.003_906_25, 1.0),
        (Format::BF16, 1.011_718_75, 1.015_625),
        (Format::F8E4M3FN, 448.0, 448.0),
        (Format::F8E4M3FN, 0.001, 0.001_953_125),
        (Format::F8E5M2, 1e6, f64::INFINITY),
        (Format::F8E4M3FNUZ, 240.0, 240.0),
        (Format::F4E2M1, 100.0, 6.0),
        (Format::F4E2M1, -2.5, -2.0),
    ] {
        assert_eq!(format.rounded(number), kept, "{format:?} of {number}");
    }
    assert!(Format::F8E4M3FN.rounded(1000.0).is_nan());
    assert_eq!(Format::F8E4M3FN.limited(1000.0, true), 448.0);
    // Every code of every format is a number that it keeps.
    for format in [
        Format::F16,
        Format::BF16,
        Format::F8E4M3FN,
        Format::F8E4M3FNUZ,
        Format::F8E5M2,
        Format::F8E5M2FNUZ,
        Format::F4E2M1,
    ] {
        for code in 0..1_u32 << format.bits() {
            let number = format.number(code);
            let kept = format.rounded(number);
            assert!(kept == number || number.is_nan(), "{format:?} {code}: {number} {kept}");
        }
    }
}

proptest! {
    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        if let Err(fault) = read(&bytes) {
            prop_assert_eq!(fault.to_string().lines().count(), 1);
        }
    }

    #[test]
    fn no_changed_file_does_harm(at in 0_usize..400, byte in any::<u8>()) {
        let mut changed = bytes(&small()).unwrap();
        let length = changed.len();
        changed[at % length] = byte;
        if let Err(fault) = read(&changed) {
            prop_assert!(!fault.to_string().is_empty());
        }
    }
}

#[test]
fn names_have_nothing_in_them_that_cannot_be_printed() {
    let mut model = small();
    model.nodes[0].name = "a\u{1b}[31mb\n\u{202e}c".to_owned();
    assert_eq!(read(&bytes(&model).unwrap()).unwrap().nodes[0].name, "a_[31mb__c");
}
