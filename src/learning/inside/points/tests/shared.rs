//! What images share, by brute force.

use super::{super::super::goal, *};
use crate::{
    inside::{PointsOf, SharedAsked},
    learning::inside::shared,
};

fn of(train: &[u32], tests: &[u32]) -> PointsOf {
    PointsOf { train: train.into(), tests: tests.into() }
}

fn ask(layer: Option<&str>, of: PointsOf) -> SharedAsked {
    SharedAsked { layer: layer.map(str::to_owned), of }
}

#[test]
fn what_images_share_is_what_brute_force_counts() {
    let (rows, tests) = grouped();
    let model = rows.model(20);
    let asking = Asking::of(&model, &tests);
    let chosen: Vec<u32> = (0..20).map(|at| 3 * at + 1).collect();
    let asked = ask(Some("hidden"), of(&[4, 2], &chosen));
    let found = shared(&model, &asked, asking.lent(), WAITS).unwrap();
    let indices: Vec<usize> =
        [4, 2].into_iter().chain(chosen.iter().copied()).map(|at| at as usize).collect();
    let image = |index: &usize| tests.image(*index).unwrap();
    for (pixel, told) in found.mean.iter().enumerate() {
        let mean = indices.iter().map(|index| image(index)[pixel]).sum::<f32>() / 22.0;
        assert!((told - mean).abs() < 1e-6);
    }
    let first: Vec<f32> = indices[..12].iter().flat_map(image).copied().collect();
    assert_eq!((&found.images[..], found.size), (first.as_slice(), [1, 1, 20]));
    // Of the training images one is of class 1 and one of class 2.
    assert_eq!(found.labels, [0, 21, 1]);
    let logits = |index: &usize| model.logits(image(index)).unwrap();
    let mut said = vec![0; 3];
    indices.iter().for_each(|index| said[goal::said(&logits(index)).unwrap()] += 1);
    assert_eq!(found.said, said);
    let loss = |index: &usize| goal::loss(&logits(index), usize::from(tests.labels[*index]));
    let mean = indices.iter().map(loss).sum::<f64>() / 22.0;
    assert!((f64::from(found.loss) - mean).abs() < 1e-5);
    let made = model.made(&tests);
    let value = |index: usize, unit: usize| f64::from(made[20 * index + unit]);
    let apart = |unit: usize| -> [f64; 3] {
        let here = indices.iter().map(|index| value(*index, unit)).sum::<f64>() / 22.0;
        let others = || (0..240).filter(|index| !chosen.contains(&(*index as u32)));
        let elsewhere = others().map(|index| value(index, unit)).sum::<f64>() / 220.0;
        let all = (0..240).map(|index| value(index, unit)).sum::<f64>() / 240.0;
        let square = (0..240).map(|index| (value(index, unit) - all).powi(2)).sum::<f64>();
        [here, elsewhere, (here - elsewhere) / (square / 240.0).sqrt()]
    };
    let mut order: Vec<usize> = (0..20).collect();
    order.sort_by(|a, b| apart(*b)[2].abs().total_cmp(&apart(*a)[2].abs()));
    let told: Vec<usize> = found.units.iter().map(|unit| unit.unit).collect();
    assert_eq!(told, order[..12]);
    for unit in &found.units {
        let truth = apart(unit.unit);
        for (told, truth) in [unit.here, unit.elsewhere, unit.apart].into_iter().zip(truth) {
            assert!((f64::from(told) - truth).abs() < 1e-4, "{told} {truth}");
        }
    }
    // Numbers 6 to 11 are what makes the second group.
    assert!(told[..6].iter().all(|unit| (6..12).contains(unit)), "{told:?}");
    let logits = shared(&model, &ask(None, of(&[], &[0])), asking.lent(), WAITS).unwrap();
    assert_eq!((logits.units.len(), logits.images.len()), (3, 20));
}

#[test]
fn what_tells_nobody_from_anybody_is_not_told_and_what_is_no_number_stays_so() {
    let (rows, tests) = grouped();
    let mut model = rows.model(20);
    model.weights[..20].fill(0.0);
    model.weights[25] = f32::NAN;
    let asking = Asking::of(&model, &tests);
    let asked = ask(Some("hidden"), of(&[], &[0, 3]));
    let found = shared(&model, &asked, asking.lent(), WAITS).unwrap();
    assert!(found.units.iter().all(|unit| unit.unit > 1), "{:?}", found.units);
    assert!(found.loss.is_nan());
    model.weights[20..].fill(f32::NAN);
    let asking = Asking::of(&model, &tests);
    let found = shared(&model, &asked, asking.lent(), WAITS).unwrap();
    assert_eq!(found.units.len(), 12);
    assert!(found.units.iter().all(|unit| unit.here.is_nan() && unit.apart.is_nan()));
    // All test images have no others.
    let model = rows.model(20);
    let all: Vec<u32> = (0..240).collect();
    let asking = Asking::of(&model, &tests);
    let asked = ask(Some("hidden"), of(&[], &all));
    let found = shared(&model, &asked, asking.lent(), WAITS).unwrap();
    assert!(found.units.iter().all(|unit| unit.elsewhere.is_nan() && unit.here.is_finite()));
}

#[test]
fn what_cannot_be_shared_is_one_sentence() {
    let (rows, tests) = grouped();
    let mut model = rows.model(20);
    let ask_for = |model: &Linear, asked: &SharedAsked| {
        let asking = Asking::of(model, &tests);
        shared(model, asked, asking.lent(), WAITS).unwrap_err().to_string()
    };
    for (asked, words) in [
        (ask(None, of(&[], &[])), "name at least one image"),
        (ask(None, of(&[], &[1, 240])), "there is no test image 240, only 240"),
        (ask(None, of(&[999], &[1])), "there is no training image 999, only 240"),
        (ask(Some("no"), of(&[], &[1])), "there is no layer “no”"),
    ] {
        let why = ask_for(&model, &asked);
        assert!(why.contains(words), "{why}");
    }
    model.multiply_adds = 20_000_000_000;
    let why = ask_for(&model, &ask(None, of(&[], &[1, 2, 3])));
    assert!(why.contains("3 images are more than this network is asked about at once"), "{why}");
    model.layer.size = [5000, 1, 1];
    let why = ask_for(&model, &ask(Some("hidden"), of(&[], &[1])));
    assert!(why.contains("units are looked at one by one up to 4,096"), "{why}");
    let asked = ask(None, of(&[], &[1]));
    model.multiply_adds = 1;
    let asking = Asking::of(&model, &tests);
    let why = shared(&model, &asked, asking.lent(), &|| false).unwrap_err().to_string();
    assert!(why.ends_with("nobody waits for the answer any more"), "{why}");
}
