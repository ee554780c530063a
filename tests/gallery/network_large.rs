//! A network of 30,000 maps: a folder of pictures is learned, a block opened by its name, and a unit deep inside pointed at.

use std::{ffi::OsString, fs, path::PathBuf};

use bevy::{
    input::keyboard::{Key, KeyCode},
    prelude::*,
};
use perceptarium::{
    stream::{LayerId, LayerValues, ModelGraph},
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

/// A description of it and a folder of pictures, in a folder.
pub(crate) struct Large {
    _folder: tempfile::TempDir,
    pub(crate) model: PathBuf,
    pub(crate) pictures: PathBuf,
}

impl Large {
    pub(crate) fn new() -> Self {
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
        Self { _folder: folder, model, pictures }
    }

    pub(crate) fn words(&self) -> [OsString; 4] {
        let (model, pictures) = (self.model.clone(), self.pictures.clone());
        ["--model".into(), model.into(), "--data".into(), pictures.into()]
    }
}

#[test]
fn a_unit_deep_inside_thirty_thousand_maps_is_found_and_worked_out() {
    let _turn = turn();
    let large = Large::new();
    let mut hall = Hall::told(exhibit("network"), &large.words());
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
    // What the unit reads is asked for whole, once it is pointed at.
    let is_sum = |text: &str| text.starts_with("Σ ") && text.contains(" + bias ");
    hall.wait("the unit's arithmetic", |world| {
        world.query::<&Text>().iter(world).any(|text| is_sum(&text.0))
    });
    let texts = hall.texts();
    let place = texts.iter().find(|text| text.starts_with("map ") && text.contains(", step"));
    let place = place.unwrap_or_else(|| panic!("{texts:?}"));
    let line = texts.iter().find(|text| is_sum(text)).unwrap();
    assert!(texts.iter().any(|text| text == "stage.17.dw"), "{texts:?}");
    let numbers: Vec<usize> = place
        .split(|letter: char| !letter.is_ascii_digit())
        .filter_map(|word| word.parse().ok())
        .collect();
    let [map, row, column] = [numbers[0], numbers[1], numbers[2]];
    let shown = hall.app.world().resource::<ShownSnapshot>();
    let sum = depthwise(&graph, layer, [map, row, column], |name| shown.layer(name));
    let told = line.rsplit(" = ").next().unwrap().replace('−', "-");
    let told: f32 = told.parse().unwrap_or_else(|_| panic!("{line}"));
    assert!((told - sum).abs() < 0.006 * (1.0 + sum.abs()), "{line} for {sum} at {place}");
}

/// A unit of a depthwise 3 × 3 convolution with padding 1, the slow and obvious way.
pub(crate) fn depthwise<'a>(
    graph: &ModelGraph,
    layer: LayerId,
    [map, row, column]: [usize; 3],
    numbers: impl Fn(LayerId) -> Option<&'a LayerValues>,
) -> f32 {
    let made = graph.called(layer).unwrap().0;
    let node = graph.nodes().iter().find(|node| node.outputs.contains(&made)).unwrap();
    let [input, weights, bias] = [0, 1, 2].map(|place| {
        let name = graph.tensor(node.inputs[place]).unwrap().name;
        &numbers(name).unwrap_or_else(|| panic!("{} is not whole", name.name())).values
    });
    let mut sum = bias[map];
    for (down, right) in (0..3).flat_map(|down| (0..3).map(move |right| (down, right))) {
        let inside = (row + down).checked_sub(1).zip((column + right).checked_sub(1));
        if let Some((y, x)) = inside.filter(|(y, x)| *y < SIDE && *x < SIDE) {
            sum += weights[map * 9 + down * 3 + right] * input[(map * SIDE + y) * SIDE + x];
        }
    }
    sum
}
