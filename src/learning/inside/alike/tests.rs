//! Alignment against its definition, and what it must not notice.

use std::cell::Cell;

use super::*;
use crate::learning::{
    inside::{
        Layouts, Means,
        points::tests::model::{Linear, Rows, images_of},
    },
    layout::straighten,
};

const WAITS: &dyn Fn() -> bool = &|| true;

fn asked(with: AlikeWith, images: usize) -> AlikeAsked {
    AlikeAsked { with, images, seed: 4 }
}

fn alignment(one: &[f32], other: &[f32], images: usize) -> f64 {
    f64::from(Gram::of(one, images).alignment(&Gram::of(other, images)))
}

/// The estimator of Song and others, matrix by matrix.
fn by_definition(one: &[f32], other: &[f32], n: usize) -> f64 {
    let gram = |values: &[f32]| -> Vec<f64> {
        let width = values.len() / n;
        let row = |at: usize| &values[at * width..(at + 1) * width];
        let pair = |a: usize, b: usize| -> f64 {
            let products = row(a).iter().zip(row(b)).map(|(a, b)| f64::from(*a) * f64::from(*b));
            if a == b { 0.0 } else { products.sum() }
        };
        (0..n * n).map(|at| pair(at / n, at % n)).collect()
    };
    let together = |k: &[f64], l: &[f64]| -> f64 {
        let size = n as f64;
        let (mut trace, mut rows) = (0.0, 0.0);
        for a in 0..n {
            for b in 0..n {
                trace += k[a * n + b] * l[b * n + a];
                rows += (0..n).map(|c| k[a * n + b] * l[b * n + c]).sum::<f64>();
            }
        }
        let all = k.iter().sum::<f64>() * l.iter().sum::<f64>();
        (trace + all / ((size - 1.0) * (size - 2.0)) - 2.0 * rows / (size - 2.0))
            / (size * (size - 3.0))
    };
    let (k, l) = (gram(one), gram(other));
    together(&k, &l) / (together(&k, &k) * together(&l, &l)).sqrt()
}

#[test]
fn alignment_is_its_definition_and_notices_neither_turning_nor_scaling() {
    let rows = Rows::drawn(60, 9, 1);
    let other = Rows::drawn(60, 4, 2);
    // Not all in the middle, which must not matter.
    let shifted: Vec<f32> = rows.rows.iter().map(|number| number + 3.0).collect();
    let truth = by_definition(&shifted, &other.rows, 60);
    assert!((alignment(&shifted, &other.rows, 60) - truth).abs() < 1e-6, "{truth}");
    let mut mixed = rows.rows.clone();
    mixed.chunks_mut(9).zip(other.rows.chunks(4)).for_each(|(row, other)| row[2] += 2.0 * other[0]);
    let truth = by_definition(&mixed, &other.rows, 60);
    assert!(truth > 0.1, "{truth}");
    assert!((alignment(&mixed, &other.rows, 60) - truth).abs() < 1e-6, "{truth}");
    assert!((alignment(&mixed, &mixed, 60) - 1.0).abs() < 1e-6);
    let mut directions: Vec<Vec<f64>> = (0..9)
        .map(|which| (0..9).map(|at| ((at * at + which * 5) as f64).sin()).collect())
        .collect();
    straighten(&mut directions);
    let turned: Vec<f32> = mixed
        .chunks(9)
        .flat_map(|row| {
            let along = directions.iter().map(|direction| {
                direction.iter().zip(row).map(|(a, b)| a * f64::from(*b)).sum::<f64>()
            });
            along.map(|sum| (700.0 * sum) as f32).collect::<Vec<_>>()
        })
        .collect();
    assert!((alignment(&turned, &mixed, 60) - 1.0).abs() < 1e-6);
    assert!((alignment(&turned, &other.rows, 60) - truth).abs() < 1e-6);
    let stretched: Vec<f32> =
        mixed.iter().enumerate().map(|(at, number)| number * ((at % 9) as f32).exp()).collect();
    assert!(alignment(&stretched, &mixed, 60) < 0.9, "stretching is noticed");
}

#[test]
fn layers_that_have_nothing_in_common_are_not_alike_however_wide() {
    let one = Rows::drawn(256, 5000, 3);
    let other = Rows::drawn(256, 5000, 4);
    let alike = alignment(&one.rows, &other.rows, 256);
    assert!(alike.abs() < 0.02, "{alike}");
}

/// How alike layers are, of a run that has kept nothing.
fn compare(
    model: &dyn Explained,
    asked: &AlikeAsked,
    tests: &Examples,
    go_on: &dyn Fn() -> bool,
) -> Result<Alike, TrainError> {
    let (means, layouts, trail) = (&Means::new(2), &Layouts::default(), &Trail::default());
    alike(model, asked, Baselines { means, layouts, train: tests, tests, trail }, go_on)
}

#[test]
fn without_a_run_before_there_are_floors_alone_and_words() {
    let rows = Rows::drawn(30, 6, 7);
    let tests = images_of(&rows);
    let found = compare(&rows.model(6), &asked(AlikeWith::Runs, 30), &tests, WAITS).unwrap();
    assert!(found.columns.is_empty() && found.alignment.is_empty());
    assert_eq!((found.with_pixels.len(), found.with_shuffled.len()), (2, 2));
    assert!(found.remarks[0].contains("no run went before"), "{:?}", found.remarks);
}

#[test]
fn layers_are_compared_with_each_other_and_with_both_floors() {
    let rows = Rows::drawn(80, 12, 6);
    let tests = images_of(&rows);
    let model = rows.model(12);
    let found = compare(&model, &asked(AlikeWith::Layers, 500), &tests, WAITS).unwrap();
    assert_eq!(found.layers, ["hidden", "logits"]);
    assert_eq!((found.columns.len(), found.asked.images), (2, 80));
    assert!(found.remarks[0].contains("of 80 images instead of 500"), "{:?}", found.remarks);
    let [own, across, back, last] = found.alignment[..] else { panic!("{found:?}") };
    assert!((own - 1.0).abs() < 1e-6 && (last - 1.0).abs() < 1e-6);
    assert!(across == back && across > 0.05 && across < 0.9, "{across}");
    // Each pixel comes back twice as bright, and nothing is shuffled in this model.
    assert!((found.with_pixels[0] - 1.0).abs() < 1e-6);
    assert!((found.with_pixels[1] - across).abs() < 1e-6);
    assert!(found.with_shuffled.iter().all(|alike| (alike - 1.0).abs() < 1e-6));
    let run = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        let asked = asked(AlikeWith::Layers, 50);
        pool.install(|| compare(&model, &asked, &tests, WAITS)).unwrap().alignment
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn what_is_the_same_of_all_images_is_like_nothing_and_bad_questions_are_sentences() {
    let rows = Rows::drawn(30, 6, 7);
    let tests = images_of(&rows);
    let mut same = rows.model(6);
    same.weights.fill(0.0);
    let found = compare(&same, &asked(AlikeWith::Layers, 30), &tests, WAITS).unwrap();
    assert!(found.alignment.iter().all(|alike| alike.is_nan()));
    assert!(found.remarks[0].contains("the same of all images"), "{:?}", found.remarks);
    let mut broken = rows.model(6);
    broken.weights[2] = f32::NAN;
    let found = compare(&broken, &asked(AlikeWith::Layers, 30), &tests, WAITS).unwrap();
    assert!(found.alignment.iter().all(|alike| alike.is_nan()));
    let model = rows.model(6);
    let mut dear: Linear = rows.model(6);
    dear.multiply_adds = 5_000_000_000;
    for (model, asked, words) in [
        (&model, asked(AlikeWith::Steps, 30), "no weights of earlier steps are kept"),
        (&model, asked(AlikeWith::Layers, 3), "at least 4 images, but 3 can be taken"),
        (&dear, asked(AlikeWith::Layers, 30), "at least 4 images, but 1 can be taken"),
    ] {
        let why = compare(model, &asked, &tests, WAITS).unwrap_err().to_string();
        assert!(why.contains(words), "{why}");
    }
    let left = Cell::new(2);
    let go_on = || {
        left.set(left.get() - 1);
        left.get() >= 0
    };
    let why = compare(&model, &asked(AlikeWith::Layers, 30), &tests, &go_on).unwrap_err();
    assert!(why.to_string().ends_with("nobody waits for the answer any more"), "{why}");
}
