//! A network of 30,000 maps in a headset: a layer is found with keys for hands, and a unit of it pointed at.

use perceptarium::{stream::LayerId, world::body::Side};

use super::visit::Visit;
use crate::{
    network::after,
    network_large::{Large, depthwise},
};

/// The keys that write “17.dw”: on the second layer the keys of Q, U and G write 1, 7 and a point.
const A_LAYER: [&str; 7] =
    ["key-figures", "key-q", "key-u", "key-g", "key-figures", "key-d", "key-w"];
/// Steps of an epoch of its sixteen pictures.
const STEPS: u32 = 2;

#[test]
fn a_layer_is_found_and_its_unit_is_what_the_network_computes() {
    let large = Large::new();
    let model = large.model.to_str().unwrap();
    let options = ["network", "--mode", "headset", "--model", model, "--epochs", "1"];
    let mut visit = Visit::begin(&large.pictures, &options);
    assert_eq!(visit.state("finished"), u64::from(STEPS));

    // Its blocks are closed until one goes to a layer of one of them.
    visit.press(Side::Right, "network-find");
    for key in A_LAYER {
        visit.press(Side::Right, key);
    }
    visit.press(Side::Right, "key-done");
    visit.stands(|stand| stand.floor.length() > 0.3);
    visit.frames(4);

    let plate = visit.place("stage.17.dw");
    visit.point(Side::Right, plate.at(0.52, 0.52));
    let pointed = visit.event("pointed", |event| event["layer"] == "stage.17.dw");
    let unit = ["map", "row", "column"].map(|key| pointed[key].as_u64().unwrap() as usize);
    let shown = pointed["value"].as_f64().unwrap() as f32;
    assert_eq!(pointed["step"], STEPS, "{pointed}");

    // Another training of the same network has the same number there, and it is the sum of its products.
    let mut words = large.words().to_vec();
    // It pauses after its steps, and so has more of them to go.
    words.extend(["--epochs".into(), "2".into()]);
    let (graph, snapshot) = after(&words, STEPS);
    let layer = LayerId::new("stage.17.dw");
    let [map, row, column] = unit;
    let there = snapshot.layer(layer).unwrap();
    let index = (map * there.shape.rows + row) * there.shape.columns + column;
    assert_eq!(there.values[index], shown, "{pointed}");
    let sum = depthwise(&graph, layer, unit, |name| snapshot.layer(name));
    assert!((sum - shown).abs() < 1e-5 * (1.0 + sum.abs()), "{sum} for {pointed}");

    // Back in the hall another picture is looked at.
    visit.press(Side::Right, "network-next-input");
    visit.event("input", |event| event["shown"] == "test image 2");
    visit.close();
}
