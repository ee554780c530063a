//! A network of 30,000 maps: a folder of pictures is learned, a block opened by its name, and a unit deep inside pointed at.

use std::{ffi::OsString, fs};

use bevy::{
    input::keyboard::{Key, KeyCode},
    prelude::*,
};
use perceptarium::{
    stream::LayerId,
    world::link::{ShownRun, ShownSnapshot},
};

use crate::{
    halls::Hall,
    network_overview::{eye, key, type_letters},
    support::{exhibit, turn},
};

/// Maps of a layer, blocks of two layers, and rows and columns of a map.
const MAPS: usize = 500;
const BLOCKS: usize = 30;
const SIDE: usize = 6;

fn deep() -> String {
    format!(
        r#"
[input]
rows = {SIDE}
columns = {SIDE}

[[layers]]
kind = "conv2d"
name = "stem"
out_channels = {MAPS}
kernel_size = 1

[[layers]]
kind = "block"
name = "stage"
repeat = {BLOCKS}

[[layers.layers]]
kind = "depthwise_conv2d"
name = "dw"
kernel_size = 3
padding = 1

[[layers.layers]]
kind = "relu"
name = "relu"

[[layers]]
kind = "global_avg_pool2d"

[[layers]]
kind = "linear"

[training]
batch_size = 8
epochs = 1
"#
    )
}

#[test]
fn a_unit_deep_inside_thirty_thousand_maps_is_found_and_named() {
    let _turn = turn();
    let folder = tempfile::tempdir().unwrap();
    let [model, pictures] = ["deep.toml", "pictures"].map(|name| folder.path().join(name));
    fs::write(&model, deep()).unwrap();
    for (class, shade) in [("dark", 40_u8), ("light", 215)] {
        fs::create_dir_all(pictures.join(class)).unwrap();
        for number in 0..10_u8 {
            let colour = |x: u32, y: u32| {
                image::Luma([shade.wrapping_add(((x * y) as u8).wrapping_mul(number))])
            };
            let picture = image::GrayImage::from_fn(20, 16, colour);
            picture.save(pictures.join(class).join(format!("{number}.png"))).unwrap();
        }
    }
    let words = ["--model".into(), model.into(), "--data".into(), OsString::from(pictures)];
    let mut hall = Hall::told(exhibit("network"), &words);
    let graph = hall.app.world().resource::<ShownRun>().0.graph().unwrap().clone();
    let maps = graph.tensors().iter().filter(|tensor| tensor.dims.len() == 3);
    let maps: usize = maps.map(|tensor| tensor.shape().maps).sum();
    assert!(maps > 30_000, "{maps}");

    // Its blocks are closed until one goes to a layer of one of them.
    type_letters(&mut hall, "/stage.17.dw");
    key(&mut hall, KeyCode::Enter, Key::Enter);
    hall.settle();
    let (before, layer) = (LayerId::new("stage.16.relu"), LayerId::new("stage.17.dw"));
    hall.wait("the numbers of what is looked at", |world| {
        let shown = world.resource::<ShownSnapshot>();
        [before, layer].iter().all(|layer| shown.layer(*layer).is_some())
    });
    // One stands before it now.
    let eye = eye(&mut hall).translation;
    // The stem and seventeen closed blocks hang before it.
    hall.aim_at(eye, "Plate 18", vec2(0.52, 0.52), false);
    hall.settle();
    let texts = hall.texts();
    let place = texts.iter().find(|text| text.starts_with("map ") && text.contains(", step"));
    let place = place.unwrap_or_else(|| panic!("{texts:?}"));
    assert!(place.contains("row ") && place.contains("column "), "{place}");
    assert!(texts.iter().any(|text| text == "stage.17.dw"), "{texts:?}");
}
