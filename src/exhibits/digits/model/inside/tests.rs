//! The digits by hand against burn, against differences, against steps along the way, and against the same network as any
//! network is explained.

use std::{path::Path, sync::Arc};

use burn::{
    module::Param,
    tensor::{Device, Tensor, TensorData},
};

use super::{
    way::{Line, shares},
    *,
};
use crate::{
    exhibits::digits::{load, model::network::Network},
    inside::{
        Baseline, Method, PointsAsked, PointsLayout, RobustAsked, Shuffled, SureAsked, Target,
        Units, UnitsAsked, Why, WhyAsked,
    },
    learning::{
        DeviceName,
        data::{Examples, Images},
        inside::{
            Baselines, Layouts, Means, Trail, calibration, points, robustness,
            tests::{
                WithoutClosedForm, asked, assert_alike, explained, map, units_asked, without_price,
            },
            units,
        },
        network::NetworkModel,
    },
    network::{Rule, description},
    stream::InputChoice,
};

pub(super) const MNIST: Architecture =
    Architecture { channels: 1, rows: 28, columns: 28, filters: 32, classes: 10 };
/// Sizes that the kernels are made for, and others.
pub(super) const SIZES: [Architecture; 5] = [
    MNIST,
    Architecture { channels: 3, rows: 9, columns: 12, filters: 5, classes: 4 },
    Architecture { channels: 1, rows: 2, columns: 7, filters: 3, classes: 2 },
    Architecture { channels: 1, rows: 7, columns: 3, filters: 3, classes: 2 },
    Architecture { channels: 2, rows: 1, columns: 1, filters: 6, classes: 3 },
];

fn wave(count: usize, speed: f32) -> Vec<f32> {
    (0..count).map(|at| (at as f32 * speed + 0.3).sin()).collect()
}

/// A network whose biases are not zero.
pub(super) fn numbers(sizes: Architecture) -> Numbers {
    let scaled = |count: usize, speed: f32, by: f32| -> Vec<f32> {
        wave(count, speed).into_iter().map(|number| number * by).collect()
    };
    Numbers {
        filter_weights: scaled(sizes.filter_weights().len(), 0.83, 0.4),
        filter_biases: scaled(sizes.filters, 1.7, 0.3),
        dense_weights: scaled(sizes.dense_weights().len(), 0.37, 0.1),
        dense_biases: scaled(sizes.classes, 2.1, 0.2),
    }
}

/// Grey values with dark margins, as written digits have.
pub(super) fn image(sizes: Architecture, k: usize) -> Vec<f32> {
    let dark = |at: usize| {
        let column = at % sizes.columns;
        sizes.columns > 9 && !(3..sizes.columns - 3).contains(&column)
    };
    let grey = |at: usize| if dark(at) { 0 } else { (at * 7919 + k * 104_729) % 251 };
    (0..sizes.input().len()).map(|at| grey(at) as f32 / 255.0).collect()
}

fn inside(sizes: Architecture) -> Inside {
    Inside::of(sizes, numbers(sizes))
}

fn explain(model: &dyn Explained, sizes: Architecture, question: &WhyAsked) -> Why {
    explained(model, question, &image(sizes, 1), &image(sizes, 2)).unwrap()
}

/// The network in burn's words.
pub(super) fn network(sizes: Architecture, numbers: &Numbers, device: &Device) -> Network {
    let mut network = Network::init(1, sizes, device);
    let Numbers { filter_weights, filter_biases, dense_weights, dense_biases } = numbers.clone();
    let [rows, columns] = sizes.kernel();
    let dims = [sizes.filters, sizes.channels, rows, columns];
    network.filter_weights = Param::from_data(TensorData::new(filter_weights, dims), device);
    network.filter_biases =
        Param::from_data(TensorData::new(filter_biases, [sizes.filters]), device);
    let dims = [sizes.pooled().len(), sizes.classes];
    network.dense_weights = Param::from_data(TensorData::new(dense_weights, dims), device);
    network.dense_biases = Param::from_data(TensorData::new(dense_biases, [sizes.classes]), device);
    network
}

/// Logits and the gradient of Σ of · logits by the images, as burn has them on its plain route.
fn by_burn(sizes: Architecture, images: &[f32], of: &[f32]) -> (Vec<f32>, Vec<f32>) {
    let device = DeviceName::Flex.device().autodiff();
    let network = network(sizes, &numbers(sizes), &device);
    let length = sizes.input().len();
    let count = images.len() / length;
    let images = TensorData::new(images.to_vec(), [count, length]);
    let images = Tensor::<2>::from_data(images, &device).require_grad();
    let logits = network.forward(sizes, images.clone());
    let of = TensorData::new(of.to_vec(), [count, sizes.classes]);
    let gradients = (logits.clone() * Tensor::<2>::from_data(of, &device)).sum().backward();
    let gradient = images.grad(&gradients).unwrap();
    (logits.without_autodiff().try_into_vec_as().unwrap(), gradient.try_into_vec_as().unwrap())
}

#[test]
fn logits_and_gradients_are_those_of_burn() {
    for sizes in SIZES {
        let images = [image(sizes, 1), image(sizes, 5), vec![0.0; sizes.input().len()]].concat();
        let one = wave(sizes.classes, 1.1);
        for of in [one.repeat(3), wave(3 * sizes.classes, 0.9)] {
            let (logits, gradients) = by_burn(sizes, &images, &of);
            let inside = inside(sizes);
            assert_alike(&inside.logits(&images).unwrap(), &logits, 1e-5, "logits");
            assert_alike(&inside.gradients(&images, &of).unwrap(), &gradients, 1e-4, "gradients");
        }
    }
}

#[test]
fn the_kernels_and_the_loops_for_every_size_agree() {
    let inside = inside(MNIST);
    let images = [image(MNIST, 1), vec![0.0; 784], image(MNIST, 9)].concat();
    let (fast, plain) = (inside.stage.forward(&images), inside.stage.plainly(&images));
    assert_alike(&fast.values, &plain.values, 1e-6, "pooled");
    let others = fast.winners.iter().zip(&plain.winners).filter(|(a, b)| a != b).count();
    // Rounding may decide what is all but equal.
    assert!(others < 10, "{others}");
}

#[test]
fn slopes_by_the_pixels_are_what_differences_say_where_no_winner_changes() {
    let inside = inside(MNIST);
    let (input, of) = (image(MNIST, 1), wave(10, 1.3));
    let gradient = inside.gradients(&input, &of).unwrap();
    let winners = |image: &[f32]| inside.stage.forward(image).winners;
    let (own, mut compared) = (winners(&input), 0);
    for at in (0..784).step_by(5) {
        const BY: f32 = 1e-3;
        let moved = [BY, -BY].map(|by| {
            let mut image = input.clone();
            image[at] += by;
            image
        });
        if moved.iter().any(|image| winners(image) != own) {
            continue;
        }
        let [more, less] = moved.map(|image| {
            let logits = inside.logits(&image).unwrap();
            logits.iter().zip(&of).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>()
        });
        let slope = (more - less) / f64::from(2.0 * BY);
        assert!((slope - f64::from(gradient[at])).abs() < 2e-3, "{at}: {slope} {}", gradient[at]);
        compared += 1;
    }
    assert!(compared > 60, "{compared}");
}

#[test]
fn sums_are_exact_for_every_baseline_and_steps_come_near_them() {
    for sizes in SIZES {
        let inside = inside(sizes);
        let by_steps = WithoutClosedForm(&inside);
        for baseline in [Baseline::Black, Baseline::Mean, Baseline::Test(0), Baseline::Blurred] {
            for target in [Target::Said, Target::Difference(0, 1)] {
                let question = asked(target, baseline);
                let why = explain(&inside, sizes, &question);
                for method in
                    [Method::IntegratedGradients, Method::GradientTimesInput, Method::HiResCam]
                {
                    let map = map(&why, method);
                    let sum = map.completeness.unwrap();
                    let terms = map.values.iter().map(|value| value.abs()).sum::<f32>().max(1.0);
                    assert!(
                        sum.exact && sum.error().abs() < 1e-5 * terms,
                        "{method:?}, {baseline:?}, {target:?}: {sum:?}, {terms}"
                    );
                }
                let steps = explain(&by_steps, sizes, &question);
                let steps = map(&steps, Method::IntegratedGradients);
                let exact = map(&why, Method::IntegratedGradients);
                assert!(!steps.completeness.unwrap().exact);
                assert!(steps.completeness.unwrap().error().abs() < 3e-2);
                assert_alike(&exact.values, &steps.values, 0.1, "steps");
                let apart = exact.values.iter().zip(steps.values.iter()).map(|(a, b)| a - b);
                assert!(apart.sum::<f32>().abs() < 3e-2);
            }
        }
        // A probability has no closed form.
        let why = explain(&inside, sizes, &asked(Target::Probability(0), Baseline::Black));
        let sum = map(&why, Method::IntegratedGradients).completeness.unwrap();
        assert!(!sum.exact && sum.error().abs() < 3e-2, "{sum:?}");
    }
}

#[test]
fn pieces_of_a_way_are_those_that_many_looks_find() {
    const LOOKS: usize = 20_000;
    for case in 0..300 {
        let at = |k: usize| f64::from((case as f32 * 12.9 + k as f32 * 7.7).sin());
        let lines: Vec<Line> = (0..1 + case % 4)
            // Coarse numbers, so that many are equal.
            .map(|k| Line {
                start: (at(k) * 3.0).round() / 2.0,
                slope: (at(k + 9) * 5.0).round() / 2.0,
            })
            .collect();
        let mut seen = [0.0; 4];
        for look in 0..LOOKS {
            let along = (look as f64 + 0.5) / LOOKS as f64;
            let value = |line: &Line| line.start + along * line.slope;
            let best = (0..lines.len()).reduce(|best, other| {
                if value(&lines[other]) > value(&lines[best]) { other } else { best }
            });
            let best = best.unwrap();
            if value(&lines[best]) > 0.0 {
                seen[best] += 1.0 / LOOKS as f64;
            }
        }
        let found = shares(&lines);
        for (found, seen) in found.into_iter().zip(seen) {
            assert!((found - seen).abs() < 2e-4, "{lines:?}: {found:?} {seen:?}");
        }
    }
    // From black a unit with the bias b and the strongest patch m: INSIDE's four cases.
    for (b, m, share) in [(1.0, 2.0, 1.0), (1.0, -4.0, 0.25), (-1.0, 4.0, 0.75), (-1.0, 0.5, 0.0)] {
        let lines = [m - 1.0, m].map(|slope| Line { start: b, slope });
        assert_eq!(shares(&lines)[..2], [0.0, share], "{b} {m}");
    }
    // A unit at zero has no slope.
    assert_eq!(shares(&[Line::default(); 4]), [0.0; 4]);
    assert_eq!(shares(&[Line::default(), Line { start: -1.0, slope: 2.0 }])[..2], [0.0, 0.5]);
    assert!(shares(&[Line { start: f64::NAN, slope: 0.0 }]).iter().any(|share| share.is_nan()));
}

/// The network as any network, with the same weights.
pub(super) fn any_network() -> NetworkModel {
    let rule = Rule::Sgd { momentum: 0.0, nesterov: false };
    any_network_of(numbers(MNIST), rule)
}

/// The network of the usual size as any network, with these weights and this rule.
pub(in crate::exhibits::digits::model) fn any_network_of(
    numbers: Numbers,
    rule: Rule,
) -> NetworkModel {
    let layers = "[[layers]]\nkind = \"conv2d\"\nout_channels = 32\nkernel_size = 3\n\
                  [[layers]]\nkind = \"relu\"\n[[layers]]\nkind = \"max_pool2d\"\nkernel_size = 2\n\
                  [[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\n";
    let mut plan = description(layers).unwrap().network([1, 28, 28], 10).unwrap().plan().unwrap();
    let Numbers { filter_weights, filter_biases, dense_weights, dense_biases } = numbers;
    let places = 13 * 13;
    let dense = (0..10 * 32 * places).map(|at| {
        let (class, map, place) = (at / (32 * places), at / places % 32, at % places);
        dense_weights[(place * 32 + map) * 10 + class]
    });
    let learned = [filter_weights, filter_biases, dense.collect(), dense_biases].map(Arc::new);
    plan.begin_as(learned.into(), Vec::new());
    let mut any = NetworkModel::new(Arc::new(plan), DeviceName::Flex.device(), rule, 0.0).unwrap();
    any.begin(0);
    any
}

#[test]
fn it_is_explained_as_the_same_network_of_any_kind_is() {
    let (sizes, any) = (MNIST, any_network());
    let (any, own) = (any.inside().unwrap(), inside(sizes));
    for (target, baseline) in [
        (Target::Logit(3), Baseline::Black),
        (Target::Probability(1), Baseline::Test(0)),
        (Target::Difference(4, 9), Baseline::Mean),
    ] {
        let question = asked(target, baseline);
        let by_hand = explain(&WithoutClosedForm(&own), sizes, &question);
        let by_burn = explain(&any, sizes, &question);
        assert_alike(&by_hand.logits, &by_burn.logits, 1e-5, "logits");
        for method in Method::ALL {
            let (one, other) = (map(&by_hand, method), map(&by_burn, method));
            // Noise and places on a way may lie on the other side of an edge by rounding.
            let part = match method {
                Method::SmoothGrad | Method::IntegratedGradients => 2e-2,
                Method::Occlusion => 1e-3,
                _ => 1e-4,
            };
            assert_alike(&one.values, &other.values, part, method.name());
            assert_eq!(one.biases.is_some(), other.biases.is_some());
            if let (Some(a), Some(b)) = (one.biases, other.biases) {
                assert!((a - b).abs() < 1e-4, "{method:?}: {a} {b}");
            }
        }
    }
}

#[test]
fn grad_cams_weights_are_equal_for_all_images_of_a_class() {
    let inside = inside(MNIST);
    let of = |k: usize| {
        inside
            .maps(&image(MNIST, k), &[0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
            .unwrap()
            .unwrap()
    };
    let (one, other) = (of(1), of(2));
    assert_eq!(one.gradient, other.gradient);
    assert_ne!(one.values, other.values);
    assert_eq!((one.layer.as_str(), one.size), ("Pooled", [32, 13, 13]));
}

#[test]
fn relabelled_classes_and_filters_change_no_map() {
    for sizes in [MNIST, SIZES[1]] {
        let Architecture { filters, classes, .. } = sizes;
        let own = numbers(sizes);
        let of_filter = own.filter_weights.len() / filters;
        let (filter, class) = (|at: usize| (at + 1) % filters, |at: usize| (at + 1) % classes);
        let mut other = own.clone();
        for at in 0..filters {
            let from = filter(at);
            other.filter_biases[at] = own.filter_biases[from];
            other.filter_weights[at * of_filter..(at + 1) * of_filter]
                .copy_from_slice(&own.filter_weights[from * of_filter..(from + 1) * of_filter]);
        }
        for (row, weights) in other.dense_weights.chunks_mut(classes).enumerate() {
            let from = row / filters * filters + filter(row % filters);
            for (at, weight) in weights.iter_mut().enumerate() {
                *weight = own.dense_weights[from * classes + class(at)];
            }
        }
        (0..classes).for_each(|at| other.dense_biases[at] = own.dense_biases[class(at)]);
        let (own, other) = (Inside::of(sizes, own), Inside::of(sizes, other));
        let one = explain(&own, sizes, &asked(Target::Logit(1), Baseline::Test(0)));
        let same = explain(&other, sizes, &asked(Target::Logit(0), Baseline::Test(0)));
        for method in Method::ALL {
            assert_alike(
                &map(&one, method).values,
                &map(&same, method).values,
                1e-4,
                method.name(),
            );
        }
    }
}

#[test]
fn maps_are_linear_in_the_target_and_zero_without_weights() {
    let inside = inside(MNIST);
    let of = |target| explain(&inside, MNIST, &asked(target, Baseline::Mean));
    let (four, nine, between) =
        (of(Target::Logit(4)), of(Target::Logit(9)), of(Target::Difference(4, 9)));
    for method in Method::ALL {
        let values = map(&four, method).values.iter().zip(map(&nine, method).values.iter());
        let less: Vec<f32> = values.map(|(a, b)| a - b).collect();
        assert_alike(&map(&between, method).values, &less, 1e-4, method.name());
    }
    let nothing = Inside::of(MNIST, Numbers::zeros(MNIST));
    for target in [Target::Said, Target::Probability(3), Target::Difference(0, 1)] {
        let why = explain(&nothing, MNIST, &asked(target, Baseline::Test(0)));
        assert!(why.maps.iter().all(|map| map.values.iter().all(|value| *value == 0.0)));
    }
    // Of a black image pixels say nothing, and what is exact stays so.
    let why = explained(&inside, &asked(Target::Said, Baseline::Black), &[0.0; 784], &[0.5; 784]);
    let why = why.unwrap();
    for method in [Method::IntegratedGradients, Method::GradientTimesInput] {
        assert!(map(&why, method).values.iter().all(|value| *value == 0.0), "{method:?}");
        assert!(map(&why, method).completeness.unwrap().error().abs() < 1e-5);
    }
}

#[test]
fn any_number_of_threads_gives_the_same_bits() {
    let inside = inside(MNIST);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let question = asked(Target::Probability(1), Baseline::Mean);
        let why = pool.install(|| explain(&inside, MNIST, &question));
        why.maps
            .into_iter()
            .map(|map| (map.values, map.deletion, map.completeness))
            .collect::<Vec<_>>()
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn any_number_of_threads_attacks_and_is_sure_with_the_same_bits() {
    let inside = inside(MNIST);
    let pixels = (0..20).flat_map(|k| image(MNIST, k)).map(|pixel| (pixel * 255.0).round() as u8);
    let labels: Arc<[u8]> = (0..20).map(|k| k % 10).collect();
    let tests = Examples::new(&Images { pixels: pixels.collect(), labels });
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| {
            let means = Means::new(10);
            let asked = RobustAsked {
                input: InputChoice::Test(3),
                strengths: vec![0.02, 0.1],
                images: 20,
                steps: 5,
                seed: 8,
            };
            let (layouts, trail) = (Layouts::default(), Trail::default());
            let (train, tests) = (&tests, &tests);
            let examples =
                Baselines { means: &means, layouts: &layouts, train, tests, trail: &trail };
            let input = tests.image(3).unwrap();
            let mut robust = robustness(&inside, &asked, input, examples).unwrap();
            let mut sure = calibration(&inside, &SureAsked { seed: 8 }, tests).unwrap();
            assert_eq!(robust.images, 20);
            (robust.price.seconds, sure.price.seconds) = (0.0, 0.0);
            format!("{robust:?} {sure:?}")
        })
    };
    assert_eq!(run(1), run(3));
}

/// Images, each with the class that the network says, but for every third.
fn tests_of(model: &Inside, sizes: Architecture, count: usize) -> Examples {
    let images: Vec<f32> = (0..count).flat_map(|k| image(sizes, k)).collect();
    let logits = model.logits(&images).unwrap();
    let said = logits.chunks(sizes.classes).enumerate().map(|(k, row)| {
        let said = (0..row.len()).reduce(|best, at| if row[at] > row[best] { at } else { best });
        ((said.unwrap() + usize::from(k % 3 == 0)) % sizes.classes) as u8
    });
    let labels: Arc<[u8]> = said.collect();
    let pixels = images.iter().map(|pixel| (pixel * 255.0).round() as u8).collect();
    Examples::new(&Images { pixels, labels })
}

fn watched(model: &dyn Explained, tests: &Examples) -> Units {
    units(model, &units_asked(40, 3), tests, &|| true).unwrap()
}

#[test]
fn units_are_those_of_the_same_network_of_any_kind_and_without_the_closed_form() {
    let own = inside(MNIST);
    let tests = tests_of(&own, MNIST, 40);
    let by_hand = watched(&own, &tests);
    assert_eq!((by_hand.layer.name.as_str(), by_hand.layer.size), ("Pooled", [32, 13, 13]));
    let passed = watched(&WithoutClosedForm(&own), &tests);
    assert!(by_hand.price.forward < passed.price.forward);
    assert_eq!(without_price(by_hand.clone()), without_price(passed));
    let any = any_network();
    let any = watched(&any.inside().unwrap(), &tests);
    assert_eq!(any.layer.size, by_hand.layer.size);
    assert_eq!((any.accuracy, &any.shapley), (by_hand.accuracy, &by_hand.shapley));
    assert!(by_hand.accuracy > 0.5 && by_hand.units.iter().any(|unit| unit.drop_by_zero != 0.0));
    for (one, other) in by_hand.units.iter().zip(&any.units) {
        assert_eq!((one.drop_by_zero, one.drop_by_mean), (other.drop_by_zero, other.drop_by_mean));
        assert!((one.mean - other.mean).abs() < 1e-5 && one.active == other.active);
        for (a, b) in one.top.iter().zip(&other.top) {
            assert!((a.value - b.value).abs() < 1e-5, "{a:?} {b:?}");
            assert_eq!((a.field.size, b.field.size), ([4, 4], [4, 4]));
            assert_eq!(a.field.first, a.place.map(|at| 2 * at));
            // Rounding may decide what is all but equal.
            assert!(a.index != b.index || a == b || a.place != b.place || a.value != b.value);
        }
    }
}

#[test]
fn points_are_those_of_the_same_network_of_any_kind() {
    let own = inside(MNIST);
    let tests = tests_of(&own, MNIST, 60);
    let any = any_network();
    let any = any.inside().unwrap();
    let name = any.unit_layers().unwrap();
    let name = name.layers[name.usual].name.clone();
    let ask = |model: &dyn Explained, layer: Option<String>| {
        let (means, layouts) = (Means::new(10), Layouts::default());
        let (train, tests, trail) = (&tests, &tests, &Trail::default());
        let lent = Baselines { means: &means, layouts: &layouts, train, tests, trail };
        let asked = PointsAsked { layer, layout: PointsLayout::Components, all: false, seed: 1 };
        points(model, &asked, lent, &|| true).unwrap()
    };
    for (by_hand, by_kind) in [
        (ask(&own, Some("Pooled".to_owned())), ask(&any, Some(name))),
        (ask(&own, None), ask(&any, None)),
    ] {
        assert_eq!((by_hand.axes, by_hand.layer.size), (8, by_kind.layer.size));
        assert_eq!((&by_hand.said, &by_hand.labels), (&by_kind.said, &by_kind.labels));
        assert_alike(&by_hand.losses, &by_kind.losses, 1e-5, "losses");
        assert_alike(&by_hand.explained, &by_kind.explained, 1e-4, "explained");
        assert_alike(&by_hand.places, &by_kind.places, 1e-2, "places");
        let (one, other) = (by_hand.trust, by_kind.trust);
        assert_eq!((one.queries, one.neighbours), (60, 15));
        assert!((one.trustworthiness - other.trustworthiness).abs() < 1e-2);
        assert!((one.kept - other.kept).abs() < 2e-2, "{one:?} {other:?}");
    }
}

#[test]
fn pooled_maps_say_what_the_network_says_for_every_size() {
    for sizes in SIZES {
        let own = inside(sizes);
        let images = [image(sizes, 1), image(sizes, 5)].concat();
        let maps = own.hidden("Pooled").unwrap().unwrap();
        let values = maps.values(&images).unwrap();
        let logits = own.logits(&images).unwrap();
        assert_eq!(maps.logits(&images, &values).unwrap(), logits);
        let slopes = maps.slopes().unwrap().unwrap();
        let numbers = maps.layer().numbers();
        for (values, logits) in values.chunks(numbers).zip(logits.chunks(sizes.classes)) {
            for ((by, rest), logit) in slopes.by_class.chunks(numbers).zip(&slopes.rest).zip(logits)
            {
                let sum =
                    by.iter().zip(values).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum::<f64>();
                assert!((sum + f64::from(*rest) - f64::from(*logit)).abs() < 1e-5);
            }
        }
        // The gradient of a logit is that of the maps by its slopes.
        let of: Vec<f32> = (0..sizes.classes).map(|at| if at == 1 { 1.0 } else { 0.0 }).collect();
        let by_logit = own.gradients(&images, &of.repeat(2)).unwrap();
        let slope = &slopes.by_class[numbers..2 * numbers];
        let by_maps = maps.gradients(&images, &slope.repeat(2)).unwrap();
        assert_alike(&by_maps, &by_logit, 1e-6, "gradients");
        let field = maps.field().unwrap();
        let last = [sizes.pooled().rows, sizes.pooled().columns].map(|side| side as i64 - 1);
        let input = [sizes.rows as i64, sizes.columns as i64];
        for axis in 0..2 {
            let end = field.first[axis] + field.step[axis] * last[axis] + field.size[axis];
            assert!(end <= input[axis] && end >= input[axis] - 1, "{field:?} {sizes:?}");
        }
        assert!(own.hidden("Logits").unwrap().is_none());
    }
}

#[test]
fn any_number_of_threads_watches_units_with_the_same_bits() {
    let own = inside(MNIST);
    let tests = tests_of(&own, MNIST, 40);
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| without_price(watched(&own, &tests)))
    };
    assert_eq!(run(1), run(3));
    let mut broken = numbers(MNIST);
    broken.filter_weights[0] = f32::NAN;
    let broken = Inside::of(MNIST, broken);
    let found = watched(&broken, &tests);
    assert!(found.accuracy.is_nan() && found.shapley.is_none() && found.units[0].mean.is_nan());
    assert!(!found.units[1].mean.is_nan() && found.units[1].top[0].value.is_finite());
    assert!(found.units[0].drop_by_zero.is_nan(), "there is no accuracy from which it falls");
    let asked = UnitsAsked { layer: Some("Dense".to_owned()), ..units_asked(40, 3) };
    let why = units(&own, &asked, &tests, &|| true).unwrap_err().to_string();
    assert!(why.contains("there is no layer “Dense”") && why.contains("“Pooled”"), "{why}");
}

#[test]
fn shuffled_weights_and_what_is_no_number_are_noticed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/mnist-10k");
    let dataset = load(&folder).unwrap();
    let digit: Vec<f32> =
        dataset.test.pixels[..784].iter().map(|pixel| f32::from(*pixel) / 255.0).collect();
    let own = inside(MNIST);
    let question = |layers| WhyAsked {
        shuffled: Some(Shuffled::Layers(layers)),
        ..asked(Target::Logit(1), Baseline::Black)
    };
    let ask = |layers| explained(&own, &question(layers), &digit, &digit).unwrap();
    assert!(ask(0).maps.iter().all(|map| map.unshuffled == Some([1.0; 2])));
    let (dense, both) = (ask(1), ask(7));
    assert_eq!(dense.shuffled, ["Logits"]);
    assert_eq!(both.shuffled, ["Logits", "Convolution before ReLU"]);
    for map in dense.maps.iter().chain(&both.maps) {
        let [signed, absolute] = map.unshuffled.unwrap();
        assert!(signed < 0.8 && absolute < 0.98, "{:?}: {signed} {absolute}", map.method);
    }
    let mut broken = numbers(MNIST);
    broken.dense_weights.fill(f32::NAN);
    let broken = Inside::of(MNIST, broken);
    let why = explained(&broken, &asked(Target::Logit(1), Baseline::Black), &digit, &digit);
    let why = why.unwrap();
    assert!(why.value.is_nan());
    for map in &why.maps {
        assert!(map.values.iter().any(|value| value.is_nan()), "{:?}", map.method);
        assert!(map.remark.as_ref().unwrap().contains("not a number"), "{:?}", map.remark);
    }
}

#[test]
fn with_its_own_parameters_it_says_the_same_bit_for_bit_and_with_others_it_is_another() {
    for sizes in SIZES {
        let inside = inside(sizes);
        let images: Vec<f32> = (0..5).flat_map(|k| image(sizes, k)).collect();
        let logits = inside.logits(&images).unwrap();
        let own = inside.parameters().unwrap().unwrap();
        assert_eq!((own.numbers.len(), own.learned), (sizes.parameters(), sizes.parameters()));
        let same = inside.with_parameters(&own.numbers).unwrap();
        assert_eq!(same.logits(&images).unwrap(), logits);
        assert_eq!(same.parameters().unwrap().unwrap(), own);
        let doubled: Vec<f32> = own.numbers.iter().map(|number| 2.0 * number).collect();
        assert_ne!(inside.with_parameters(&doubled).unwrap().logits(&images).unwrap(), logits);
        for wrong in [&own.numbers[1..], &[own.numbers.as_slice(), &[0.0]].concat()] {
            let Err(why) = inside.with_parameters(wrong) else { panic!("that is none") };
            assert!(why.to_string().contains("parameters, but"), "{why}");
        }
    }
}

#[test]
fn a_filter_of_the_dense_layer_is_all_that_leads_to_a_class() {
    let inside = inside(MNIST);
    let parameters = inside.parameters().unwrap().unwrap();
    let [filters, dense] = parameters.filters.as_slice() else { panic!("{parameters:?}") };
    assert_eq!([filters.count(), filters.len(), dense.count(), dense.len()], [32, 9, 10, 5408]);
    // Without all that leads to a class, its logit is its bias.
    let mut numbers = parameters.numbers.clone();
    dense.places(3).for_each(|at| numbers[at] = 0.0);
    let image = image(MNIST, 1);
    let logits = inside.with_parameters(&numbers).unwrap().logits(&image).unwrap();
    let before = inside.logits(&image).unwrap();
    assert_eq!(logits[3], inside.numbers.dense_biases[3]);
    assert!((0..10).all(|class| class == 3 || logits[class] == before[class]));
    // Without one filter, its maps are what its bias alone makes.
    let mut numbers = parameters.numbers.clone();
    filters.places(7).for_each(|at| numbers[at] = 0.0);
    let other = inside.with_parameters(&numbers).unwrap();
    let maps = |model: &dyn Explained| model.maps(&image, &[0.0; 10]).unwrap().unwrap().values;
    let (maps, before) = (maps(other.as_ref()), maps(&inside));
    let bias = inside.numbers.filter_biases[7].max(0.0);
    for (at, (now, before)) in maps.chunks(169).zip(before.chunks(169)).enumerate() {
        match at {
            7 => assert!(now.iter().all(|unit| *unit == bias)),
            _ => assert_eq!(now, before),
        }
    }
}
