//! Why a network of any kind answers as it does: its slopes against differences, and what its maps add up to.

use super::*;
use crate::{
    inside::{Baseline, Method, Shuffled, Target, Why, WhyAsked},
    learning::inside::{
        Explained as _,
        tests::{asked, assert_alike, explained, map},
    },
};

/// Linear piece by piece, and affine behind its last maps.
pub(super) const PIECES: &str = r#"
[[layers]]
kind = "conv2d"
out_channels = 4
kernel_size = 3
padding = 1
[[layers]]
kind = "batch_norm"
[[layers]]
kind = "relu"
[[layers]]
kind = "max_pool2d"
kernel_size = 2
[[layers]]
kind = "conv2d"
out_channels = 3
kernel_size = 2
[[layers]]
kind = "leaky_relu"
negative_slope = 0.2
[[layers]]
kind = "flatten"
[[layers]]
kind = "linear"
"#;

const SIZE: [usize; 3] = [2, 9, 8];

pub(super) fn image(k: usize) -> Vec<f32> {
    (0..144).map(|at| (((at + k) * 37 % 101) as f32 / 100.0).powi(2)).collect()
}

/// One that has taken some steps, so that its normalisations remember something and no bias is zero.
pub(super) fn learned(layers: &str) -> NetworkModel {
    let mut model = model(layers, SIZE, 3);
    for number in 0..4 {
        model.step(batch(144, 6, 3), number, 0.05).unwrap();
    }
    model
}

fn explain(model: &NetworkModel, question: &WhyAsked) -> Why {
    let inside = model.inside().unwrap();
    explained(&inside, question, &image(3), &image(40)).unwrap()
}

const TARGETS: [Target; 4] =
    [Target::Said, Target::Logit(1), Target::Difference(0, 2), Target::Probability(2)];

#[test]
fn slopes_by_the_pixels_are_what_differences_say() {
    let model = learned(ALL_KINDS);
    let inside = model.inside().unwrap();
    let of = [0.7, -1.0, 0.2];
    let gradient = inside.gradients(&image(1), &of).unwrap();
    let largest = gradient.iter().fold(0.0_f32, |most, one| most.max(one.abs()));
    assert!(largest > 1e-4, "{largest}");
    for at in (0..144).step_by(7) {
        const BY: f32 = 4e-2;
        let [more, less] = [BY, -BY].map(|by| {
            let mut image = image(1);
            image[at] += by;
            let logits = inside.logits(&image).unwrap();
            logits.iter().zip(of).map(|(a, b)| f64::from(*a) * f64::from(b)).sum::<f64>()
        });
        let slope = (more - less) / f64::from(2.0 * BY);
        let apart = (slope - f64::from(gradient[at])).abs();
        assert!(apart < 0.04 * f64::from(largest), "{at}: {slope} {}", gradient[at]);
    }
    // Several at once are what each is alone.
    let both = inside.gradients(&[image(1), image(2)].concat(), &[of, of].concat()).unwrap();
    assert_alike(&both[..144], &gradient, 1e-5, "at once");
}

#[test]
fn input_and_biases_make_up_the_logit_where_layers_are_linear_piece_by_piece() {
    let resnet = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/networks/resnet.toml"
    ))
    .unwrap();
    for layers in [PIECES, resnet.as_str()] {
        let model = learned(layers);
        for target in [Target::Said, Target::Difference(0, 2)] {
            let why = explain(&model, &asked(target, Baseline::Black));
            for method in [Method::GradientTimesInput, Method::HiResCam] {
                let map = map(&why, method);
                let sum = map.completeness.unwrap();
                let terms: f32 = map.values.iter().map(|value| value.abs()).sum::<f32>()
                    + map.biases.unwrap().abs();
                assert!(sum.error().abs() < 1e-5 * terms, "{method:?}: {sum:?}, {terms}");
                assert!(sum.exact && sum.expected == why.value);
                assert!(map.biases.unwrap().abs() > 1e-4, "biases are no part of it");
            }
        }
        let why = explain(&model, &asked(Target::Probability(0), Baseline::Black));
        for method in [Method::GradientTimesInput, Method::HiResCam] {
            let map = map(&why, method);
            assert!(map.completeness.is_none() && map.biases.is_none());
            assert!(map.remark.as_ref().unwrap().contains("probability"), "{:?}", map.remark);
        }
    }
    // Where they are not, nothing is promised.
    let why = explain(&learned(ALL_KINDS), &asked(Target::Said, Baseline::Black));
    for method in [Method::GradientTimesInput, Method::HiResCam] {
        let map = map(&why, method);
        assert!(map.completeness.is_none() && map.biases.is_none() && map.remark.is_some());
    }
    // Two layers behind the maps are not affine.
    let deep = format!("{PIECES}[[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"linear\"\n");
    let deep = deep.replacen("kind = \"linear\"", "kind = \"linear\"\nout_features = 5", 1);
    let why = explain(&learned(&deep), &asked(Target::Said, Baseline::Black));
    assert!(map(&why, Method::HiResCam).completeness.is_none());
    assert!(map(&why, Method::GradientTimesInput).completeness.is_some());
}

#[test]
fn what_the_way_adds_is_what_the_answer_changed_by() {
    for (layers, within) in [(PIECES, 3e-2), (ALL_KINDS, 3e-3)] {
        let model = learned(layers);
        for baseline in [Baseline::Black, Baseline::Test(0), Baseline::Blurred] {
            for target in TARGETS {
                let why = explain(&model, &asked(target, baseline));
                let sum = map(&why, Method::IntegratedGradients).completeness.unwrap();
                assert!(
                    sum.error().abs() < within && !sum.exact,
                    "{target:?}, {baseline:?}: {sum:?}"
                );
            }
        }
    }
}

#[test]
fn maps_of_a_difference_are_the_difference_of_maps() {
    let model = learned(PIECES);
    let of = |target| explain(&model, &asked(target, Baseline::Black));
    let [one, other] = [0, 2].map(|class| of(Target::Logit(class)));
    let difference = of(Target::Difference(0, 2));
    for method in Method::ALL {
        let less: Vec<f32> = map(&one, method)
            .values
            .iter()
            .zip(map(&other, method).values.iter())
            .map(|(a, b)| a - b)
            .collect();
        assert_alike(&map(&difference, method).values, &less, 1e-4, method.name());
    }
}

#[test]
fn relabelled_classes_and_filters_change_no_map() {
    let model = learned(PIECES);
    let mut other = learned(PIECES);
    let weights = Arc::make_mut(&mut other.weights);
    let names: Vec<_> =
        model.plan().parameters.iter().map(|of| (of.name.clone(), of.dims.clone())).collect();
    // Classes 0, 1, 2 become 2, 0, 1; the maps of the second convolution likewise, with what reads them.
    let turned = |array: &[f32], piece: usize| -> Arc<Vec<f32>> {
        let pieces: Vec<&[f32]> = array.chunks(piece).collect();
        [pieces[1], pieces[2], pieces[0]].concat().into()
    };
    for (array, (name, dims)) in weights.parameters.iter_mut().zip(&names) {
        let rest = dims[1..].iter().product::<usize>();
        match name.as_str() {
            "conv2.weight" | "conv2.bias" => *array = turned(array, rest.max(1)),
            "linear1.weight" => {
                let rows = array.chunks(rest).flat_map(|row| turned(row, rest / 3).to_vec());
                let rows: Vec<f32> = rows.collect();
                *array = turned(&rows, rest);
            }
            "linear1.bias" => *array = turned(array, 1),
            "conv1.weight" | "conv1.bias" | "norm1.weight" | "norm1.bias" => {}
            name => panic!("{name} {dims:?}"),
        }
    }
    let one = explain(&model, &asked(Target::Logit(1), Baseline::Black));
    let same = explain(&other, &asked(Target::Logit(0), Baseline::Black));
    for method in Method::ALL {
        assert_alike(&map(&one, method).values, &map(&same, method).values, 1e-4, method.name());
    }
    let inside = [model.inside().unwrap(), other.inside().unwrap()];
    let [a, b] =
        inside.each_ref().map(|inside| inside.maps(&image(3), &[0.0, 1.0, 0.0]).unwrap().unwrap());
    let of_map = a.size[1] * a.size[2];
    assert_alike(&turned(&a.values, of_map), &b.values, 1e-5, "maps");
}

#[test]
fn weights_that_are_zero_make_maps_of_zeros() {
    let mut model = learned(PIECES);
    let weights = Arc::make_mut(&mut model.weights);
    weights.parameters.iter_mut().for_each(|array| Arc::make_mut(array).fill(0.0));
    for target in TARGETS {
        let why = explain(&model, &asked(target, Baseline::Test(0)));
        assert_eq!(why.maps.len(), Method::ALL.len());
        assert!(why.maps.iter().all(|map| map.values.iter().all(|value| *value == 0.0)));
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let model = learned(PIECES);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let why = pool.install(|| explain(&model, &asked(Target::Probability(1), Baseline::Mean)));
        why.maps.into_iter().map(|map| (map.values, map.deletion)).collect::<Vec<_>>()
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn grad_cams_weights_are_those_of_the_class_where_the_head_is_affine() {
    let model = learned(PIECES);
    let inside = model.inside().unwrap();
    let of = |k| inside.maps(&image(k), &[0.0, 1.0, 0.0]).unwrap().unwrap();
    let (one, other) = (of(1), of(50));
    assert_eq!(one.gradient, other.gradient);
    assert_ne!(one.values, other.values);
    assert!(one.layer.contains("leaky") || one.layer.contains("relu"), "{}", one.layer);
}

#[test]
fn the_last_maps_are_those_before_their_places_are_lost() {
    let resnet = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/assets/networks/resnet.toml"
    ))
    .unwrap();
    let model = learned(&resnet);
    let maps = model.inside().unwrap().maps(&image(1), &[1.0, 0.0, 0.0]).unwrap().unwrap();
    assert!(maps.size[1] > 1 && maps.size[2] > 1 && maps.rest.is_some(), "{maps:?}");
}

#[test]
fn a_network_without_a_convolution_has_the_other_maps() {
    let layers = "[[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nout_features = 9\n\
                  [[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"linear\"\n";
    let why = explain(&learned(layers), &asked(Target::Said, Baseline::Black));
    assert_eq!((why.maps.len(), why.refused.len()), (5, 2));
    for (method, why) in &why.refused {
        assert!([Method::HiResCam, Method::GradCam].contains(method));
        assert!(why.contains("no convolution"), "{why}");
    }
    assert!(map(&why, Method::GradientTimesInput).completeness.unwrap().error().abs() < 1e-4);
}

#[test]
fn shuffling_the_last_layers_is_noticed() {
    let model = learned(PIECES);
    let inside = model.inside().unwrap();
    assert_eq!(inside.layers(), ["conv1", "conv2", "linear1"]);
    let question = |layers| WhyAsked {
        shuffled: Some(Shuffled::Layers(layers)),
        ..asked(Target::Logit(1), Baseline::Black)
    };
    let same = explain(&model, &question(0));
    assert!(same.maps.iter().all(|map| map.unshuffled == Some([1.0; 2])), "{:?}", same.shuffled);
    let all = explain(&model, &question(99));
    assert_eq!(all.shuffled, ["linear1", "conv2", "conv1"]);
    let one = explain(&model, &question(1));
    assert_eq!(one.shuffled, ["linear1"]);
    assert_ne!(one.logits, same.logits);
    for map in one.maps.iter().chain(&all.maps) {
        let [signed, _] = map.unshuffled.unwrap();
        assert!(signed < 0.9, "{:?}: {signed}", map.method);
    }
    // The numbers of each array are the same, and another seed puts them elsewhere.
    let [a, b] = [1, 2].map(|seed| inside.shuffled(1, seed).unwrap().logits(&image(3)).unwrap());
    assert_ne!(a, b);
}

#[test]
fn what_is_not_a_number_stays_so_and_is_said() {
    let mut model = learned(PIECES);
    Arc::make_mut(&mut Arc::make_mut(&mut model.weights).parameters[0])[0] = f32::NAN;
    let why = explain(&model, &asked(Target::Logit(1), Baseline::Black));
    assert!(why.value.is_nan());
    for map in &why.maps {
        assert!(map.values.iter().any(|value| value.is_nan()), "{:?}", map.method);
        assert!(map.remark.as_ref().unwrap().contains("not a number"), "{:?}", map.remark);
    }
}

#[test]
fn with_its_own_parameters_it_says_the_same_bit_for_bit() {
    for layers in [PIECES, ALL_KINDS] {
        let model = learned(layers);
        let inside = model.inside().unwrap();
        let images = [image(1), image(2)].concat();
        let logits = inside.logits(&images).unwrap();
        let own = inside.parameters().unwrap().unwrap();
        assert_eq!(own.numbers, model.learned_and_remembered());
        assert!(own.learned == model.plan().learned() && own.numbers.len() > own.learned);
        let same = inside.with_parameters(&own.numbers).unwrap();
        assert_eq!(same.logits(&images).unwrap(), logits);
        assert_eq!(same.parameters().unwrap().unwrap(), own);
        // What is remembered is among them.
        let mut other = own.numbers.clone();
        other[own.learned..].iter_mut().for_each(|number| *number += 0.5);
        assert_ne!(inside.with_parameters(&other).unwrap().logits(&images).unwrap(), logits);
        for wrong in [&own.numbers[1..], &[own.numbers.as_slice(), &[0.0]].concat()] {
            let Err(why) = inside.with_parameters(wrong) else { panic!("that is none") };
            assert!(why.to_string().contains("parameters, but"), "{why}");
        }
        // Each number belongs to one filter at most, and most of them to one.
        let mut places: Vec<usize> = own
            .filters
            .iter()
            .flat_map(|of| (0..of.count()).flat_map(|at| of.places(at)))
            .collect();
        let count = places.len();
        places.sort_unstable();
        places.dedup();
        assert!(places.len() == count && 2 * count > own.learned, "{count} of {}", own.learned);
        assert!(places.last() < Some(&own.learned));
    }
}

#[test]
fn its_loss_bends_as_differences_of_it_say() {
    const SMOOTH: &str = "[[layers]]\nkind = \"conv2d\"\nout_channels = 3\nkernel_size = 3\n\
                          [[layers]]\nkind = \"tanh\"\n[[layers]]\nkind = \"flatten\"\n\
                          [[layers]]\nkind = \"linear\"\n";
    let model = learned(SMOOTH);
    let inside = model.inside().unwrap();
    let own = inside.parameters().unwrap().unwrap();
    // More images than go through at once.
    let images: Vec<f32> = (0..70).flat_map(image).collect();
    let labels: Vec<usize> = (0..70).map(|at| at % 3).collect();
    let direction = |speed: f32| -> Vec<f32> {
        (0..own.learned).map(|at| (at as f32 * speed + 0.3).sin()).collect()
    };
    let [one, other] = [0.7, 1.9].map(direction);
    let product = |of: &[f32]| inside.hessian_times(&images, &labels, of).unwrap().unwrap();
    let dot = |a: &[f32], b: &[f32]| -> f64 {
        a.iter().zip(b).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
    };
    let loss = |by: f32| {
        let numbers: Vec<f32> =
            own.numbers.iter().zip(&one).map(|(number, way)| number + by * way).collect();
        let logits = inside.with_parameters(&numbers).unwrap().logits(&images).unwrap();
        let each = logits.chunks(3).zip(&labels).map(|(logits, label)| {
            let sum: f64 = logits.iter().map(|logit| f64::from(*logit).exp()).sum();
            sum.ln() - f64::from(logits[*label])
        });
        each.sum::<f64>() / 70.0
    };
    const BY: f32 = 1e-2;
    let difference = (loss(BY) - 2.0 * loss(0.0) + loss(-BY)) / f64::from(BY).powi(2);
    let (bent, also) = (product(&one), product(&other));
    let bend = dot(&bent, &one);
    assert!((bend - difference).abs() < 0.02 * bend.abs(), "{bend} {difference}");
    // The Hessian is symmetric.
    let (here, there) = (dot(&bent, &other), dot(&also, &one));
    assert!((here - there).abs() < 1e-3 * bend.abs(), "{here} {there} {bend}");
    assert_eq!(product(&vec![0.0; own.learned]), vec![0.0; own.learned]);
    let Err(why) = inside.hessian_times(&images, &labels, &one[1..]) else { panic!("too short") };
    assert!(why.to_string().contains("other numbers"), "{why}");
}
