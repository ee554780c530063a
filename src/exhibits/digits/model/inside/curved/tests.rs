//! Products of the Hessian against differences of a gradient that is summed plainly, in double precision, with every unit held
//! where it stands.

use rayon::ThreadPoolBuilder;

use super::super::{
    Inside, OfParameters,
    tests::{SIZES, image, numbers},
};
use crate::{
    exhibits::digits::{
        model::{forward_pass::Numbers, inside::stage::Stage},
        payload::Architecture,
    },
    learning::inside::{Explained as _, tests::assert_alike},
};

const COUNT: usize = 6;

fn batch(sizes: Architecture) -> (Vec<f32>, Vec<usize>) {
    let images = (0..COUNT).flat_map(|k| image(sizes, k)).collect();
    (images, (0..COUNT).map(|at| at % sizes.classes).collect())
}

/// A direction over all that is learned, as the network keeps it.
fn direction(sizes: Architecture) -> Numbers {
    let wave = |count: usize, speed: f32| -> Vec<f32> {
        (0..count).map(|at| (at as f32 * speed + 0.7).sin()).collect()
    };
    Numbers {
        filter_weights: wave(sizes.filter_weights().len(), 0.61),
        filter_biases: wave(sizes.filters, 1.9),
        dense_weights: wave(sizes.dense_weights().len(), 1.13),
        dense_biases: wave(sizes.classes, 0.4),
    }
}

/// The gradient of the mean loss where the parameters are these, and the units have won where `winners` says.
fn frozen(sizes: Architecture, winners: &[f32], parameters: &[f64]) -> Vec<f64> {
    let (images, labels) = batch(sizes);
    let stage = Stage::of(sizes, &numbers(sizes).filter_weights, &numbers(sizes).filter_biases);
    let (filters, units, pixels) = (sizes.filters, sizes.pooled().len(), sizes.input().len());
    let taps = stage.offsets().len();
    let (weights, rest) = parameters.split_at(filters * taps);
    let (biases, rest) = rest.split_at(filters);
    let (dense, dense_biases) = rest.split_at(units * sizes.classes);
    let mut gradient = vec![0.0; parameters.len()];
    let [of_biases, of_dense, of_dense_biases] =
        [filters * taps, filters * taps + filters, parameters.len() - sizes.classes];
    for (at, (image, label)) in images.chunks(pixels).zip(labels).enumerate() {
        let winners = &winners[at * units..(at + 1) * units];
        let patch = |unit: usize| {
            let is_active = stage.is_active(winners[unit]);
            is_active.then(|| stage.first(unit / filters, winners[unit] as usize))
        };
        let pixel = |start: usize, tap: usize| f64::from(image[start + stage.offsets()[tap]]);
        let value = |unit: usize| {
            patch(unit).map_or(0.0, |start| {
                let filter = unit % filters;
                let products =
                    (0..taps).map(|tap| weights[filter * taps + tap] * pixel(start, tap));
                biases[filter] + products.sum::<f64>()
            })
        };
        let values: Vec<f64> = (0..units).map(value).collect();
        let logits: Vec<f64> = (0..sizes.classes)
            .map(|class| {
                let own = &dense[class * units..(class + 1) * units];
                let products = own.iter().zip(&values).map(|(weight, value)| weight * value);
                dense_biases[class] + products.sum::<f64>()
            })
            .collect();
        let sum: f64 = logits.iter().map(|logit| logit.exp()).sum();
        let slopes: Vec<f64> = (0..sizes.classes)
            .map(|class| {
                let own = if class == label { 1.0 } else { 0.0 };
                (logits[class].exp() / sum - own) / COUNT as f64
            })
            .collect();
        for (class, slope) in slopes.iter().enumerate() {
            gradient[of_dense_biases + class] += slope;
            for (unit, value) in values.iter().enumerate() {
                gradient[of_dense + class * units + unit] += slope * value;
            }
        }
        for unit in 0..units {
            let Some(start) = patch(unit) else { continue };
            let filter = unit % filters;
            let by: f64 =
                (0..sizes.classes).map(|class| slopes[class] * dense[class * units + unit]).sum();
            gradient[of_biases + filter] += by;
            for tap in 0..taps {
                gradient[filter * taps + tap] += by * pixel(start, tap);
            }
        }
    }
    gradient
}

#[test]
fn a_product_of_the_hessian_is_the_difference_of_gradients_whose_units_are_held() {
    const BY: f64 = 1e-5;
    for sizes in SIZES {
        let (images, labels) = batch(sizes);
        let labels: Vec<i64> = labels.iter().map(|label| *label as i64).collect();
        let here = OfParameters::flat(sizes, &numbers(sizes));
        let way = OfParameters::flat(sizes, &direction(sizes));
        let of = OfParameters::of(sizes, &here);
        let winners = of.stage.forward(&images).winners;
        assert!(winners.iter().any(|winner| of.stage.is_active(*winner)), "{sizes:?}");
        let moved = |by: f64| -> Vec<f64> {
            here.iter().zip(&way).map(|(one, way)| f64::from(*one) + by * f64::from(*way)).collect()
        };
        let [more, less] = [BY, -BY].map(|by| frozen(sizes, &winners, &moved(by)));
        let wanted: Vec<f32> =
            more.iter().zip(&less).map(|(a, b)| ((a - b) / (2.0 * BY)) as f32).collect();
        let found = of.curved(&images, &labels, &way);
        assert!(found.product.iter().any(|number| number.abs() > 1e-3), "{sizes:?}");
        assert_alike(&found.product, &wanted, 1e-4, &format!("{sizes:?}"));
        // The slopes along the way are those of the images' own gradients.
        let products = of.products(&images, &labels, [&way, &way]);
        let parts = products.len() / COUNT;
        let own = products.chunks(parts).map(|parts| parts.iter().map(|[slope, _]| slope).sum());
        let own: Vec<f64> = own.collect();
        let [own, slopes] = [&own, &found.slopes]
            .map(|of| -> Vec<f32> { of.iter().map(|slope| *slope as f32).collect() });
        assert_alike(&slopes, &own, 1e-5, &format!("{sizes:?}"));
    }
}

#[test]
fn it_is_what_reasons_and_health_have_in_another_order() {
    for sizes in SIZES {
        let (images, labels) = batch(sizes);
        let way = direction(sizes);
        let own = Inside::of(sizes, numbers(sizes))
            .hessian_times(&images, &labels, &way.flat())
            .unwrap()
            .unwrap();
        let (filter_weights, rest) = own.split_at(sizes.filter_weights().len());
        let (filter_biases, rest) = rest.split_at(sizes.filters);
        let (dense_weights, dense_biases) = rest.split_at(sizes.dense_weights().len());
        let own = Numbers {
            filter_weights: filter_weights.to_vec(),
            filter_biases: filter_biases.to_vec(),
            dense_weights: dense_weights.to_vec(),
            dense_biases: dense_biases.to_vec(),
        };
        let labels: Vec<i64> = labels.iter().map(|label| *label as i64).collect();
        let here = OfParameters::flat(sizes, &numbers(sizes));
        let along = OfParameters::flat(sizes, &way);
        let of = OfParameters::of(sizes, &here);
        let found = of.curved(&images, &labels, &along);
        assert_eq!(found.product, OfParameters::flat(sizes, &own), "{sizes:?}");
        let pool = ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        assert_eq!(pool.install(|| of.curved(&images, &labels, &along)), found, "{sizes:?}");
    }
}
