//! Units of a network of any kind: where they look, what is lost without them, and what they like best.

use super::{
    inside::{PIECES, image, learned},
    *,
};
use crate::{
    inside::{DreamAsked, DreamTarget, LesionAsked, LesionBy, Units, UnitsAsked},
    learning::{
        data::Examples,
        inside::{
            Explained as _, HiddenLayer, dream, lesion,
            tests::{WithoutClosedForm, assert_alike, examples, units_asked, without_price},
            units,
        },
    },
};

const WAITS: &dyn Fn() -> bool = &|| true;
const INPUT: usize = 144;
const CLASSES: usize = 3;

fn resnet() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/networks/resnet.toml");
    std::fs::read_to_string(path).unwrap()
}

fn tests(count: usize) -> Examples {
    let images: Vec<_> = (0..count).map(|k| image(7 * k)).collect();
    let labels: Vec<u8> = (0..count).map(|k| (k % CLASSES) as u8).collect();
    examples(&images, &labels)
}

fn ask(model: &NetworkModel, layer: Option<&str>) -> Units {
    let asked = UnitsAsked { layer: layer.map(str::to_owned), ..units_asked(20, 3) };
    units(&model.inside().unwrap(), &asked, &tests(20), WAITS).unwrap()
}

/// All layers of a model, opened.
fn each(model: &NetworkModel, mut see: impl FnMut(&dyn HiddenLayer)) -> usize {
    let inside = model.inside().unwrap();
    let layers = inside.unit_layers().unwrap().layers;
    for layer in &layers {
        let hidden = inside.hidden(&layer.name).unwrap().unwrap();
        assert_eq!(hidden.layer(), layer);
        see(hidden.as_ref());
    }
    layers.len()
}

#[test]
fn a_network_parted_at_any_layer_says_the_same() {
    for layers in [PIECES, ALL_KINDS, &resnet()] {
        let model = learned(layers);
        let inputs = [image(1), image(50), image(9)].concat();
        let logits = model.inside().unwrap().logits(&inputs).unwrap();
        let count = each(&model, |hidden| {
            let values = hidden.values(&inputs).unwrap();
            assert_eq!(values.len(), 3 * hidden.layer().numbers());
            let parted = hidden.logits(&inputs, &values).unwrap();
            assert_alike(&parted, &logits, 1e-6, &hidden.layer().name);
            let alone = hidden.values(&inputs[..INPUT]).unwrap();
            assert_alike(&alone, &values[..alone.len()], 1e-5, &hidden.layer().name);
            // Not all by the same, which a normalisation behind would take back.
            let off = |(at, value): (usize, &f32)| 0.5 * value + 0.1 * (at as f32).sin();
            let other: Vec<f32> = values.iter().enumerate().map(off).collect();
            let moved = hidden.logits(&inputs, &other).unwrap();
            assert!(
                moved.iter().zip(&logits).any(|(a, b)| (a - b).abs() > 1e-5),
                "{:?}",
                hidden.layer()
            );
        });
        assert!(count > 5, "{count}");
    }
}

#[test]
fn slopes_of_a_unit_by_the_pixels_are_what_differences_say() {
    let model = learned(ALL_KINDS);
    let mut compared = 0;
    each(&model, |hidden| {
        let numbers = hidden.layer().numbers();
        let of: Vec<f32> = (0..2 * numbers).map(|at| (at as f32 * 0.7).sin()).collect();
        let inputs = [image(1), image(30)].concat();
        let gradient = hidden.gradients(&inputs, &of).unwrap();
        let largest = gradient.iter().fold(0.0_f32, |most, one| most.max(one.abs()));
        for at in (3..2 * INPUT).step_by(61) {
            const BY: f32 = 2e-2;
            let [more, less] = [BY, -BY].map(|by| {
                let mut moved = inputs.clone();
                moved[at] += by;
                let values = hidden.values(&moved).unwrap();
                values.iter().zip(&of).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>()
            });
            let apart = (more - less) / f64::from(2.0 * BY) - f64::from(gradient[at]);
            assert!(apart.abs() < 0.04 * f64::from(largest), "{:?}, {at}: {apart}", hidden.layer());
            compared += usize::from(gradient[at] != 0.0);
        }
    });
    assert!(compared > 20, "{compared}");
}

#[test]
fn places_look_at_their_fields_and_at_nothing_else() {
    let [channels, rows, columns] = [2_usize, 9, 8];
    let mut known = 0;
    for layers in [PIECES, ALL_KINDS, &resnet()] {
        let model = learned(layers);
        each(&model, |hidden| {
            let Some(field) = hidden.field() else { return };
            known += 1;
            let [units, high, wide] = hidden.layer().size;
            let before = hidden.values(&image(1)).unwrap();
            let (mut first, mut last) = ([usize::MAX; 2], [0; 2]);
            let middle = [high / 2, wide / 2];
            for pixel in 0..rows * columns {
                let (row, column) = (pixel / columns, pixel % columns);
                let mut moved = image(1);
                for channel in 0..channels {
                    let pixel = &mut moved[channel * rows * columns + pixel];
                    *pixel = if *pixel > 0.5 { -3.0 } else { 4.0 };
                }
                let after = hidden.values(&moved).unwrap();
                for place in 0..high * wide {
                    let at = [place / wide, place % wide];
                    let field = field_at(field, at, [rows, columns]);
                    let is_in = (field.0[0]..field.1[0]).contains(&row)
                        && (field.0[1]..field.1[1]).contains(&column);
                    let changed = (0..units).any(|unit| {
                        before[unit * high * wide + place] != after[unit * high * wide + place]
                    });
                    assert!(is_in || !changed, "{:?} {at:?} {pixel}", hidden.layer());
                    if at == middle && changed {
                        first = [first[0].min(row), first[1].min(column)];
                        last = [last[0].max(row + 1), last[1].max(column + 1)];
                    }
                }
            }
            // Nor is it said to look at more, but where a maximum leaves something out.
            let told = field_at(field, middle, [rows, columns]);
            for axis in 0..2 {
                let slack = (told.1[axis] - told.0[axis]) - (last[axis] - first[axis]);
                assert!(slack <= 2, "{:?}: {told:?} {first:?} {last:?}", hidden.layer());
            }
        });
    }
    assert!(known > 15, "{known}");
}

/// The first row and column of a place's field, and those behind its last.
fn field_at(
    field: crate::learning::inside::Field,
    place: [usize; 2],
    input: [usize; 2],
) -> ([usize; 2], [usize; 2]) {
    let along = |axis: usize| {
        let first = field.first[axis] + field.step[axis] * place[axis] as i64;
        let cut = |at: i64| at.clamp(0, input[axis] as i64) as usize;
        (cut(first), cut(first + field.size[axis]))
    };
    ([along(0).0, along(1).0], [along(0).1, along(1).1])
}

#[test]
fn additions_and_passes_say_the_same_where_all_behind_a_layer_is_affine() {
    let model = learned(PIECES);
    let inside = model.inside().unwrap();
    let mut affine = 0;
    each(&model, |hidden| affine += usize::from(hidden.slopes().unwrap().is_some()));
    assert_eq!(affine, 2, "the last maps, and the same as a row");
    let hidden = inside.hidden("leaky_relu1").unwrap().unwrap();
    let slopes = hidden.slopes().unwrap().unwrap();
    let values = hidden.values(&image(4)).unwrap();
    let logits = inside.logits(&image(4)).unwrap();
    for ((by, rest), logit) in slopes.by_class.chunks(values.len()).zip(&slopes.rest).zip(&logits) {
        let sum = rest + by.iter().zip(&values).map(|(a, b)| a * b).sum::<f32>();
        assert!((sum - logit).abs() < 1e-5, "{sum} {logit}");
    }
    let asked = units_asked(20, 3);
    let summed = units(&inside, &asked, &tests(20), WAITS).unwrap();
    let passed = units(&WithoutClosedForm(&inside), &asked, &tests(20), WAITS).unwrap();
    assert_eq!(summed.layer.name, "leaky_relu1");
    assert!(summed.price.forward < passed.price.forward);
    assert_eq!(without_price(summed), without_price(passed));
}

#[test]
fn a_lesion_by_zero_is_a_filter_whose_weights_are_zero() {
    let model = learned(PIECES);
    for (layer, array, unit) in [("conv1", "conv1", 2), ("conv2", "conv2", 1)] {
        let asked = LesionAsked {
            layer: Some(layer.to_owned()),
            units: vec![unit],
            by: LesionBy::Zero,
            images: 20,
        };
        let found = lesion(&model.inside().unwrap(), &asked, &tests(20), WAITS).unwrap();
        let mut other = learned(PIECES);
        let names: Vec<_> = other.plan().parameters.iter().map(|of| of.name.clone()).collect();
        let weights = Arc::make_mut(&mut other.weights);
        for (name, numbers) in names.iter().zip(&mut weights.parameters) {
            if name.starts_with(array) {
                let filters = if layer == "conv1" { 4 } else { 3 };
                let of_filter = numbers.len() / filters;
                Arc::make_mut(numbers)[unit * of_filter..(unit + 1) * of_filter].fill(0.0);
            }
        }
        let images = tests(20);
        let [before, after] = [&model, &other]
            .map(|model| model.inside().unwrap().logits(&images.brightness).unwrap());
        assert_ne!(before, after);
        let hidden = model.inside().unwrap();
        let hidden = hidden.hidden(layer).unwrap().unwrap();
        let mut values = hidden.values(&images.brightness).unwrap();
        let places = hidden.layer().places();
        for row in values.chunks_mut(hidden.layer().numbers()) {
            row[unit * places..(unit + 1) * places].fill(0.0);
        }
        assert_alike(&hidden.logits(&images.brightness, &values).unwrap(), &after, 1e-6, layer);
        let said = |logits: &[f32]| -> Vec<usize> {
            let rows = logits.chunks(CLASSES);
            rows.map(|row| {
                (0..CLASSES).reduce(|best, at| if row[at] > row[best] { at } else { best }).unwrap()
            })
            .collect()
        };
        let changed = said(&before).iter().zip(&said(&after)).filter(|(a, b)| a != b).count();
        assert_eq!(found.changed.len(), changed);
    }
}

#[test]
fn the_best_patch_of_a_filter_is_white_where_its_weight_is_above_zero() {
    let layers = "[[layers]]\nkind = \"conv2d\"\nout_channels = 4\nkernel_size = 3\n\
                  [[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n";
    let model = model(layers, [1, 3, 3], 2);
    let (weights, biases) =
        (model.weights.parameters[0].clone(), model.weights.parameters[1].clone());
    let real = examples(&[vec![1.0; 9], vec![0.5; 9]], &[0, 1]);
    for unit in 0..4 {
        let target = DreamTarget::Unit { layer: Some("conv1".to_owned()), unit };
        let asked = DreamAsked { target, steps: 60, seed: 2, count: 2, plain: true };
        let found = dream(&model.inside().unwrap(), &asked, &real, WAITS).unwrap();
        let weights = &weights[9 * unit..][..9];
        let best = biases[unit] + weights.iter().map(|weight| weight.max(0.0)).sum::<f32>();
        for dream in &found.dreams {
            assert!((dream.value - best).abs() < 1e-4, "{} {best}", dream.value);
            for (pixel, weight) in dream.image.iter().zip(weights) {
                let white = if *weight > 0.0 { 1.0 } else { 0.0 };
                assert!((pixel - white).abs() < 1e-4, "{pixel} {weight}");
            }
            assert!(found.best.unwrap().value < dream.value);
        }
    }
}

#[test]
fn networks_of_every_shape_have_units_or_say_that_they_have_none() {
    let hidden = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nout_features = 9\n\
                  [[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"linear\"\n";
    let found = ask(&learned(hidden), None);
    assert_eq!((found.layer.name.as_str(), found.layer.size), ("relu1", [9, 1, 1]));
    let shapley = found.shapley.unwrap();
    assert!(shapley.permutations.is_none() && found.units.len() == 9);
    // Nothing is known of where a row of numbers looks.
    assert_eq!(found.units[0].top[0].field.size, [9, 8]);
    let one = "[[layers]]\nkind = \"conv2d\"\nout_channels = 1\nkernel_size = 3\n[[layers]]\nkind = \"flatten\"\n\
               [[layers]]\nkind = \"linear\"\n";
    let found = ask(&learned(one), None);
    assert_eq!((found.layer.name.as_str(), found.layer.size), ("conv1", [1, 7, 6]));
    let shapley = found.shapley.unwrap();
    assert!((shapley.values[0] - (shapley.all - shapley.none)).abs() < 1e-15);
    assert_eq!(found.units[0].top[0].field.size, [3, 3]);
    let none = "[[layers]]\nkind = \"linear\"\n";
    let none = learned(&format!("[[layers]]\nkind = \"flatten\"\n{none}"));
    let found = ask(&none, None);
    assert_eq!(found.layer.name, "flatten1", "a row of pixels is all that it has");
    let large = hidden.replacen("out_features = 9", "out_features = 5000", 1);
    let asked = units_asked(20, 3);
    let large = model(&large, [2, 9, 8], 3);
    let why = units(&large.inside().unwrap(), &asked, &tests(20), WAITS).unwrap_err().to_string();
    assert!(why.contains("“relu1” has 5,000 units of 1 place"), "{why}");
}

#[test]
fn every_layer_can_be_asked_about_and_what_is_no_number_is_said() {
    let mut model = learned(PIECES);
    let names: Vec<String> = ask(&model, None).layers.into_iter().map(|layer| layer.name).collect();
    assert_eq!(names, ["conv1", "norm1", "relu1", "pool1", "conv2", "leaky_relu1", "flatten1"]);
    for name in &names {
        let found = ask(&model, Some(name));
        let shapley = found.shapley.unwrap();
        assert!((shapley.values.iter().sum::<f64>() - (shapley.all - shapley.none)).abs() < 1e-12);
        assert_eq!(
            (found.images, found.tried_on, found.layer.name.as_str()),
            (20, 20, name.as_str())
        );
    }
    let parameters = &mut Arc::make_mut(&mut model.weights).parameters;
    Arc::make_mut(&mut parameters[0])[0] = f32::NAN;
    let found = ask(&model, Some("conv1"));
    assert!(found.accuracy.is_nan() && found.shapley.is_none() && found.units[0].mean.is_nan());
    assert!(!found.units[1].mean.is_nan() && found.remarks.len() == 2, "{:?}", found.remarks);
}
