//! Files of Keras: places of weights, and what is damaged, hostile or not known.

use std::{
    fs,
    io::{Read as _, Write as _},
    path::Path,
};

use proptest::prelude::*;
use serde_json::{Value as Json, json};
use zip::{CompressionMethod, ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::*;
use crate::network::{FROZEN, onnx::Attribute};

const MEMBERS: [&str; 3] = ["metadata.json", "config.json", "model.weights.h5"];

fn stored(name: &str) -> Vec<u8> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network/keras");
    fs::read(folder.join(name)).unwrap()
}

fn read(bytes: &[u8]) -> Result<Converted, Fault> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.keras");
    fs::write(&path, bytes).unwrap();
    model(&path)
}

#[track_caller]
fn refused(bytes: &[u8]) -> String {
    let said = read(bytes).unwrap_err().to_string();
    assert_eq!(said.lines().count(), 1, "{said}");
    said
}

fn members(file: &[u8]) -> [Vec<u8>; 3] {
    let mut archive = ZipArchive::new(std::io::Cursor::new(file)).unwrap();
    MEMBERS.map(|name| {
        let mut bytes = Vec::new();
        archive.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    })
}

fn packed(members: &[Vec<u8>; 3], method: CompressionMethod) -> Vec<u8> {
    let mut archive = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for (name, bytes) in MEMBERS.iter().zip(members) {
        let options = SimpleFileOptions::default().compression_method(method);
        archive.start_file(*name, options).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// The stored network with another description of its layers.
fn described(name: &str, change: impl FnOnce(&mut Json)) -> Vec<u8> {
    let [metadata, config, weights] = members(&stored(name));
    let mut config = serde_json::from_slice(&config).unwrap();
    change(&mut config);
    packed(&[metadata, config.to_string().into_bytes(), weights], CompressionMethod::Stored)
}

/// The first layer of this class.
fn layer<'a>(config: &'a mut Json, class: &str) -> &'a mut Json {
    let layers = config["config"]["layers"].as_array_mut().unwrap();
    layers.iter_mut().find(|layer| layer["class_name"] == class).unwrap()
}

/// A sequential network of these layers, without weights.
fn sequence(shape: Json, layers: &[(&str, Json)]) -> Vec<u8> {
    let of = |class: &str, config: Json| json!({"module": "keras.layers", "class_name": class, "config": config});
    let input = of("InputLayer", json!({"name": "input", "batch_shape": shape}));
    let layers = layers.iter().enumerate().map(|(at, (class, config))| {
        let mut config = config.clone();
        config["name"] = json!(format!("layer{at}"));
        of(class, config)
    });
    let layers: Vec<Json> = std::iter::once(input).chain(layers).collect();
    described("lambda.keras", |config| config["config"]["layers"] = json!(layers))
}

#[test]
fn places_of_weights_are_those_of_keras() {
    // What keras.src.utils.naming.to_snake_case makes of them.
    for (class, word) in [
        ("Conv2D", "conv2d"),
        ("Conv2DTranspose", "conv2d_transpose"),
        ("DepthwiseConv2D", "depthwise_conv2d"),
        ("GlobalAveragePooling2D", "global_average_pooling2d"),
        ("BatchNormalization", "batch_normalization"),
        ("PReLU", "p_re_lu"),
        ("LeakyReLU", "leaky_re_lu"),
        ("ReLU", "re_lu"),
        ("ELU", "elu"),
        ("Dense", "dense"),
        ("Functional", "functional"),
        ("SpatialDropout2D", "spatial_dropout2d"),
    ] {
        assert_eq!(entries::snake_case(class), word);
    }
}

#[test]
fn operators_are_named_by_their_layers() {
    let converted = read(&stored("functional.keras")).unwrap();
    let names: Vec<&str> = converted.model.nodes.iter().map(|node| node.name.as_str()).collect();
    for name in [
        "stem",
        "block.point",
        "block.inner.conv",
        "block.inner.norm",
        "block.sum",
        "share",
        "classes",
    ] {
        assert!(names.contains(&name), "{name} is not in {names:?}");
    }
    // The block stands twice: its weights are kept once, and read by two operators.
    let reads = converted
        .model
        .nodes
        .iter()
        .filter(|node| node.inputs.contains(&"block.point.kernel".to_owned()));
    assert_eq!(reads.count(), 2);
    assert_eq!(converted.model.producer, "keras 3.15.1");
    // The odd row and column of pads lie behind.
    let first = &read(&stored("sequential.keras")).unwrap().model.nodes[0];
    assert_eq!(first.attributes["pads"], Attribute::Ints(vec![0, 0, 1, 1]));
}

#[test]
fn what_is_not_known_is_told_by_its_layer() {
    let said = refused(&stored("lambda.keras"));
    assert_eq!(said, "Lambda “plus”: it holds someone's own code, which is not executed");
    let image = || json!([null, 4, 4, 1]);
    for (class, config, wanted) in [
        ("Conv3D", json!({}), "Conv3D “layer0”: layers of this class are not known here"),
        ("Activation", json!({"activation": "sparsemax"}), "“sparsemax” is not known here"),
        (
            "Activation",
            json!({"activation": {"class_name": "function", "module": "builtins", "config": "mine"}}),
            "its activation is of someone's own code",
        ),
        (
            "MaxPooling2D",
            json!({"data_format": "channels_first"}),
            "save the network with channels_last",
        ),
        ("MaxPooling2D", json!({"padding": "around"}), "its padding “around” is not known here"),
        ("MaxPooling2D", json!({"pool_size": 0}), "its pool_size is 0"),
        (
            "MaxPooling2D",
            json!({"pool_size": [5, 5]}),
            "its window reaches 5, but is given maps of 4",
        ),
        ("MaxPooling2D", json!({"pool_size": u64::MAX}), "its pool_size is 18446744073709551615"),
        ("Conv2D", json!({"filters": 2, "groups": 3}), "its 3 groups do not divide 1 channels"),
        ("Conv2D", json!({"filters": 2}), "its weights have no “layers/conv2d/vars/0”"),
        ("Cropping2D", json!({"cropping": 2}), "it leaves nothing"),
        ("Reshape", json!({"target_shape": [3, -1]}), "its target_shape [3.0, -1.0] does not fit"),
        ("Dropout", json!({"rate": 1.0}), "its rate is 1"),
        ("ReLU", json!({"threshold": 0.5}), "its threshold"),
        ("RandomCrop", json!({"height": 2}), "it cuts images to a size"),
        ("UpSampling2D", json!({"interpolation": "lanczos3"}), "“lanczos3” is not known here"),
        ("Conv2D", json!({"dtype": {"class_name": "QuantizedDTypePolicy"}}), "it is quantised"),
        ("Add", json!({}), "it joins 1 layers"),
    ] {
        let said = refused(&sequence(image(), &[(class, config)]));
        assert!(said.contains(wanted) && said.contains("“layer0”"), "{class}: {said}");
    }
    let shape = refused(&sequence(json!([null, 7]), &[]));
    assert!(shape.contains("batch_shape is [null,7]"), "{shape}");
    let own = refused(&described("sequential.keras", |config| {
        layer(config, "Conv2D")["registered_name"] = json!("mine>Conv2D");
    }));
    assert_eq!(own, "Conv2D “first”: it is of someone's own code, which is not executed");
    let own =
        refused(&described("sequential.keras", |config| config["class_name"] = json!("Mine")));
    assert_eq!(own, "it is a Mine of someone's own code, which is not executed");
    let sizes = refused(&described("sequential.keras", |config| {
        layer(config, "Dense")["config"]["units"] = json!(17);
    }));
    assert_eq!(sizes, "Dense “dense”: its weights 0 are [32, 16] instead of [32, 17]");
    let swapped = refused(&described("sequential.keras", |config| {
        layer(config, "Dense")["config"]["name"] = json!("other");
    }));
    assert_eq!(swapped, "Dense “other”: its weights are those of another layer");
}

#[test]
fn what_a_visitor_has_to_know_is_told() {
    let converted = read(&described("sequential.keras", |config| {
        layer(config, "Dense")["config"]["trainable"] = json!(false);
        layer(config, "Dropout")["class_name"] = json!("GaussianNoise");
    }));
    let converted = converted.unwrap();
    let frozen = converted.model.initialisers.iter().filter(|(name, _)| name.starts_with(FROZEN));
    let frozen: Vec<_> = frozen.map(|(name, _)| name.as_str()).collect();
    assert_eq!(frozen, ["frozen::dense.bias", "frozen::dense.kernel"]);
    // The place of its weights has another name then, but it has none.
    assert_eq!(
        converted.remarks,
        [
            "Left out: “dropout”, at work only while Keras trains",
            "Frozen: “dense” stay as they are, as in Keras",
        ]
    );
    // Rows of numbers are images, too.
    let flat = read(&sequence(json!([null, 784]), &[("ReLU", json!({}))])).unwrap();
    assert_eq!(flat.model.inputs[0].dims, [None, Some(1), Some(28), Some(28)]);
    assert_eq!(flat.remarks, ["Input: its 784 numbers are those of 28 rows of 28 pixels"]);
    let grey = read(&sequence(json!([null, 28, 28]), &[("Rescaling", json!({"scale": 0.00392}))]))
        .unwrap();
    assert_eq!(grey.model.nodes[0].operator, "Mul");
    assert_eq!(
        grey.remarks,
        ["Pixels: 0 to 255, since its first layer, Rescaling, is made for them"]
    );
    let later = read(&sequence(
        json!([null, 28, 28, 1]),
        &[("ReLU", json!({})), ("Rescaling", json!({"scale": 0.00392}))],
    ));
    assert_eq!(later.unwrap().remarks, Vec::<String>::new());
}

#[test]
fn edges_that_lead_nowhere_are_refused() {
    let history = |layer: &str| {
        let tensor =
            json!({"class_name": "__keras_tensor__", "config": {"keras_history": [layer, 0, 0]}});
        json!([{"args": [tensor], "kwargs": {}}])
    };
    for (to, wanted) in [("stem", "in a circle"), ("none", "in a circle")] {
        let said = refused(&described("functional.keras", |config| {
            layer(config, "Conv2D")["inbound_nodes"] = history(to);
        }));
        assert!(said.contains(wanted), "{said}");
    }
    let said = refused(&described("functional.keras", |config| {
        config["config"]["output_layers"] = json!(["classes", 0, 7]);
    }));
    assert_eq!(said, "its output is made by none of its layers");
    // Models within models that double at each depth would be 2⁶⁰ layers.
    let mut inner = json!([]);
    for _ in 0..60 {
        let model = json!({"module": "keras", "class_name": "Sequential", "config": {"name": "twice", "layers": inner}});
        inner = json!([model.clone(), model]);
        if inner.to_string().len() > 1 << 20 {
            break;
        }
    }
    let said = refused(&described("lambda.keras", |config| {
        config["config"]["layers"]
            .as_array_mut()
            .unwrap()
            .extend(inner.as_array().unwrap().clone());
        config["config"]["layers"]
            .as_array_mut()
            .unwrap()
            .retain(|layer| layer["class_name"] != "Lambda");
    }));
    assert!(said.contains("more than 4096 layers"), "{said}");
}

#[test]
fn archives_that_lie_are_refused() {
    let whole = members(&stored("sequential.keras"));
    // Compressed by someone else, it is the same network.
    let deflated = read(&packed(&whole, CompressionMethod::Deflated)).unwrap();
    assert_eq!(deflated, read(&stored("sequential.keras")).unwrap());
    let [metadata, config, weights] = whole;
    let bomb = [metadata.clone(), config.clone(), vec![0; 1 << 22]];
    let said = refused(&packed(&bomb, CompressionMethod::Deflated));
    assert!(said.contains("would become 4194304 bytes of"), "{said}");
    let old = [br#"{"keras_version": "2.15.0"}"#.to_vec(), config.clone(), weights.clone()];
    let said = refused(&packed(&old, CompressionMethod::Stored));
    assert_eq!(
        said,
        "it was saved by version “2.15.0” of Keras, but 3 is known: open it there and save it again"
    );
    let deep = [metadata.clone(), "[".repeat(1 << 20).into_bytes(), weights.clone()];
    assert!(
        refused(&packed(&deep, CompressionMethod::Stored)).contains("its config.json is no JSON")
    );
    let none = [metadata.clone(), config.clone(), Vec::new()];
    assert!(refused(&packed(&none, CompressionMethod::Stored)).contains("is damaged or no HDF5"));
    let said = refused(&weights);
    assert!(said.starts_with("it is HDF5, as Keras 2 saved it"), "{said}");
    assert!(refused(b"PK").contains("no archive"));
    assert!(
        refused(&packed(&[metadata, config, weights], CompressionMethod::Stored)[..100])
            .contains("no archive")
    );
    // A member that claims to be larger than any network: the sizes in the archive's directory.
    let mut vast = stored("sequential.keras");
    let directory = vast.windows(4).rposition(|start| start == b"PK\x01\x02").unwrap();
    vast[directory + 20..directory + 28].fill(0xF0);
    let said = refused(&vast);
    assert!(said.contains("more than 2147483648") || said.contains("damaged"), "{said}");
}

#[test]
fn a_file_that_is_cut_off_anywhere_is_a_sentence() {
    let whole = stored("sequential.keras");
    for length in (0..whole.len()).step_by(97) {
        refused(&whole[..length]);
    }
    let [metadata, config, weights] = members(&whole);
    for length in (0..weights.len()).step_by(97) {
        let cut = [metadata.clone(), config.clone(), weights[..length].to_vec()];
        refused(&packed(&cut, CompressionMethod::Stored));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2048))]

    #[test]
    fn no_changed_weights_do_harm(changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
        let [metadata, config, mut weights] = members(&stored("sequential.keras"));
        for (at, byte) in changes {
            let at = at.index(weights.len());
            weights[at] = byte;
        }
        if let Err(fault) = read(&packed(&[metadata, config, weights], CompressionMethod::Stored)) {
            prop_assert_eq!(fault.to_string().lines().count(), 1);
        }
    }

    #[test]
    fn no_changed_description_does_harm(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let [metadata, mut config, weights] = members(&stored("functional.keras"));
        let at = at.index(config.len());
        config[at] = byte;
        if let Err(fault) = read(&packed(&[metadata, config, weights], CompressionMethod::Stored)) {
            prop_assert_eq!(fault.to_string().lines().count(), 1);
        }
    }

    #[test]
    fn no_changed_archive_does_harm(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut file = stored("lambda.keras");
        let at = at.index(file.len());
        file[at] = byte;
        prop_assert_eq!(refused(&file).lines().count(), 1);
    }

    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        refused(&bytes);
    }
}
