//! Health on models whose gradients and curvature are known, and each alarm on the numbers that should raise it.

mod alarms;
mod toy;

use std::cell::Cell;

use self::toy::{Toy, patient, spread};
use super::{
    curvature::{Patience, largest},
    layers::product,
    noise::noise,
    *,
};
use crate::{
    inside::{Ends, Steps},
    learning::data::{Examples, Images},
};

/// What is found of a training.
pub(crate) fn found(patient: Patient<'_>, images: usize) -> Health {
    let asked = HealthAsked { images, seed: 3 };
    health(patient, &asked, &|| true).unwrap().unwrap()
}

/// The kinds of its alarms.
pub(crate) fn kinds(health: &Health) -> Vec<crate::inside::AlarmKind> {
    health.alarms.iter().map(|alarm| alarm.kind).collect()
}

/// Images whose numbers are these.
pub(crate) fn examples(brightness: Vec<f32>, labels: Vec<u8>) -> Examples {
    let size = brightness.len() / labels.len().max(1);
    let pixels = vec![0; size * labels.len()];
    let mut examples = Examples::new(&Images { pixels: pixels.into(), labels: labels.into() });
    examples.brightness = brightness;
    examples
}

fn close(a: f64, b: f64, part: f64) -> bool {
    (a - b).abs() <= part * b.abs()
}

#[test]
fn updates_are_measured_by_the_weights() {
    let toy = Toy { weights: vec![vec![3.0, 4.0], vec![0.0, 0.0]], ..Toy::default() };
    let of = spread(32, 4, 0.0, 1.0);
    let course = Course::default();
    let mut patient = patient(&toy, &of, &course);
    let health = found(patient.borrowed(), 16);
    assert!(health.layers.iter().all(|layer| layer.update_ratio.is_none()));
    patient.stepping.update = Some(vec![vec![0.003, 0.004], vec![1.0, 0.0]]);
    let health = found(patient.borrowed(), 16);
    let [first, second] = health.layers.as_slice() else { panic!("two layers") };
    assert!(close(first.update_ratio.unwrap(), 1e-3, 1e-5) && close(first.weight_norm, 5.0, 1e-6));
    // What has no size has no part of it.
    assert_eq!((second.update_ratio, second.weight_norm), (None, 0.0));
    // Each image's gradient is its numbers: all ones.
    assert!(close(first.gradient_norm, 2.0_f64.sqrt(), 1e-6), "{first:?}");
    assert_eq!((health.train.images, health.price.backward > 16), (16, true));
}

#[test]
fn the_noise_scale_is_that_of_the_known_covariance() {
    // Exactly: gradients ±1 about 3 in batches of one, of two together 3.
    let exact = noise([1, 2], 10.0, 9.0).unwrap();
    assert!(close(exact.signal, 8.0, 1e-12) && close(exact.variance, 2.0, 1e-12));
    assert!(close(exact.scale.unwrap(), 0.25, 1e-12));
    assert!(noise([4, 4], 1.0, 1.0).is_none() && noise([0, 4], 1.0, 1.0).is_none());
    assert_eq!(noise([1, 2], 10.0, 1.0).unwrap().scale, None);
    // By draws: four numbers of deviation 0.8 about 1, so that it is 4 · 0.64 / 4.
    let toy = Toy::default();
    let (of, course) = (spread(8192, 4, 0.8, 1.0), Course::default());
    let health = found(patient(&toy, &of, &course).borrowed(), 8192);
    let noise = health.noise.unwrap();
    assert_eq!(noise.batches, [512, 8192]);
    assert!(close(noise.signal, 4.0, 0.02), "{noise:?}");
    // Sixteen batches know a variance to a third.
    assert!(close(noise.variance, 4.0 * 0.64, 0.5), "{noise:?}");
}

#[test]
fn power_iteration_finds_the_largest_eigenvalue_and_not_the_farthest() {
    // A reflection I − 2uuᵀ turns the diagonal, so that its eigenvalues are known.
    let u: Vec<f64> =
        [1.0, 2.0, -1.0, 0.5, 3.0, -2.0].map(|number: f64| number / 19.25_f64.sqrt()).into();
    let turned = |of: &[f64]| -> Vec<f64> {
        let along: f64 = u.iter().zip(of).map(|(a, b)| a * b).sum();
        of.iter().zip(&u).map(|(number, u)| number - 2.0 * along * u).collect()
    };
    for (eigenvalues, wanted) in [
        ([0.1, 7.5, 1.0, -2.0, 3.0, 0.0], 7.5),
        ([0.1, 2.5, 1.0, -9.0, 1.2, 0.0], 2.5),
        ([-1.0, -2.0, -3.0, -4.0, -0.5, -6.0], -0.5),
    ] {
        let times = |direction: &[Vec<f32>]| -> Result<ByLayer, TrainError> {
            let flat: Vec<f64> = direction.iter().flatten().map(|n| f64::from(*n)).collect();
            let scaled: Vec<f64> =
                turned(&flat).iter().zip(eigenvalues).map(|(n, by)| n * by).collect();
            let back: Vec<f32> = turned(&scaled).iter().map(|n| *n as f32).collect();
            Ok(vec![back[..2].to_vec(), back[2..].to_vec()])
        };
        let patience = Patience { rounds: 400, settled: 1e-9 };
        let found = largest(&[2, 4], &times, (5, patience), &[], &|| true);
        let found = found.unwrap().unwrap();
        assert!((found.value - wanted).abs() < 1e-4 * 9.0, "{found:?} {wanted}");
        let coarse = largest(&[2, 4], &times, (5, Patience::default()), &[], &|| true);
        let coarse = coarse.unwrap().unwrap();
        // It does not say of what it has not found that it has.
        assert!(
            !coarse.settled || (coarse.value - wanted).abs() < 0.1 * 9.0,
            "{coarse:?} {wanted}"
        );
        // The second largest lies across the first.
        let mut sorted = eigenvalues;
        sorted.sort_by(f64::total_cmp);
        let first = [found.direction.clone()];
        let second = largest(&[2, 4], &times, (6, patience), &first, &|| true).unwrap().unwrap();
        assert!((second.value - sorted[4]).abs() < 1e-3 * 9.0, "{second:?} {sorted:?}");
        assert!(product(&second.direction, &found.direction).abs() < 1e-6);
        assert!((product(&second.direction, &second.direction) - 1.0).abs() < 1e-5);
        // It can be broken off.
        let rounds = Cell::new(0);
        let few = || rounds.replace(rounds.get() + 1) < 2;
        assert!(largest(&[2, 4], &times, (5, patience), &[], &few).unwrap().is_none());
    }
}

#[test]
fn curvature_is_measured_as_the_rule_divides_it() {
    let toy = Toy { bends: vec![8.0, 2.0, 1.0, 18.0], ..Toy::default() };
    let (of, course) = (spread(64, 4, 0.1, 1.0), Course::default());
    let mut patient = patient(&toy, &of, &course);
    patient.stepping.stability = Stability::Plain(20.0);
    let plain = found(patient.borrowed(), 64).curvature;
    assert!(close(plain.sharpness, 18.0, 0.02) && plain.settled && !plain.preconditioned);
    assert_eq!((plain.limit, plain.images), (Some(20.0), 64));
    let by = vec![vec![0.5, 1.0], vec![1.0, 9.0]];
    patient.stepping.stability = Stability::Divided { limit: 38.0, by };
    let divided = found(patient.borrowed(), 64).curvature;
    assert!(close(divided.sharpness, 16.0, 0.02) && divided.preconditioned, "{divided:?}");
    patient.stepping.stability = Stability::Unknown("nobody knows".into());
    let health = found(patient.borrowed(), 64);
    assert_eq!((health.curvature.limit, health.remarks.len()), (None, 1));
}

#[test]
fn units_that_do_not_speak_are_counted() {
    // Three units of two places: one speaks, one hardly, one never.
    let values = vec![4.0, 6.0, 0.05, 0.0, 0.0, 0.0];
    let toy = Toy { speaks: Some((values, 3, 2)), ..Toy::default() };
    let (of, course) = (spread(8, 4, 0.0, 1.0), Course::default());
    let health = found(patient(&toy, &of, &course).borrowed(), 8);
    let activity = health.layers[0].activity.as_ref().unwrap();
    assert_eq!((activity.units, activity.largest), (3, 6.0));
    assert!(
        close(activity.dead.unwrap(), 1.0 / 3.0, 1e-9) && close(activity.dormant, 2.0 / 3.0, 1e-9)
    );
    assert!(close(activity.mean, 10.05 / 6.0, 1e-6) && activity.saturated.is_none());
    // The answers of the last are all alike, half and half.
    let last = health.layers[1].activity.as_ref().unwrap();
    assert_eq!((last.activation.as_str(), last.saturated), ("softmax", Some(0.0)));
    let toy = Toy { logits: [9.0, 0.0], ..Toy::default() };
    let health = found(patient(&toy, &of, &course).borrowed(), 8);
    assert_eq!(health.layers[1].activity.as_ref().unwrap().saturated, Some(1.0));
}

#[test]
fn what_is_no_number_is_said_and_bad_questions_are_refused() {
    let toy = Toy { weights: vec![vec![1.0, f32::NAN], vec![1.0, 1.0]], ..Toy::default() };
    let (of, course) = (spread(8, 4, 0.0, 1.0), Course::default());
    let health = found(patient(&toy, &of, &course).borrowed(), 8);
    assert!(health.layers[0].weight_norm.is_nan());
    assert_eq!(kinds(&health), [crate::inside::AlarmKind::Diverging]);
    assert!(health.alarms[0].cause.contains("weights of first are no numbers"));
    let toy = Toy { logits: [f32::NAN, 0.0], ..Toy::default() };
    let health = found(patient(&toy, &of, &course).borrowed(), 8);
    assert!(health.train.loss.is_nan() && health.train.accuracy.is_nan());
    let toy = Toy::default();
    let refused =
        |patient: Patient<'_>, images| health_of(patient, images).unwrap_err().to_string();
    let one = patient(&toy, &of, &course);
    assert!(refused(one.borrowed(), 0).contains("at least one image"));
    let nothing = examples(Vec::new(), Vec::new());
    let empty = patient(&toy, &nothing, &course);
    assert!(refused(empty.borrowed(), 8).contains("at least one image"));
    let single = Toy { classes: 1, ..Toy::default() };
    let single = patient(&single, &of, &course);
    assert!(refused(single.borrowed(), 8).contains("no two classes"));
    let asked = HealthAsked { images: 8, seed: 0 };
    assert!(super::health(one.borrowed(), &asked, &|| false).unwrap().is_none());
}

fn health_of(patient: Patient<'_>, images: usize) -> Result<Option<Health>, TrainError> {
    health(patient, &HealthAsked { images, seed: 0 }, &|| true)
}

#[test]
fn losses_are_kept_in_a_few_numbers() {
    let mut course = Course::default();
    assert!(course.rate().is_none() && course.losses(1.0).recent.is_nan());
    for step in 1..=100 {
        course.record(step, if step == 40 { 9.0 } else { 200.0 / (step + 99) as f32 }, 0.1);
    }
    course.record(101, f32::NAN, 0.2);
    let losses = course.losses(0.5);
    assert_eq!((losses.step, losses.seen, losses.no_number), (101, 101, Some(101)));
    assert_eq!((losses.first, losses.worst, losses.worst_step), (2.0, 9.0, 40));
    assert_eq!((losses.best_step, losses.best), (100, losses.recent));
    let mean = (81..=100).map(|step| 200.0 / f64::from(step + 99)).sum::<f64>() / 20.0;
    assert!(close(losses.recent, mean, 1e-6) && course.rate() == Some(0.2));
}
