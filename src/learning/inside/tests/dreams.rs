//! Dreams against what is best by hand, the slopes of what holds them back, and fine waves of known images.

use super::{
    super::{
        ascent::{Ascent, HeldBack, held_back},
        frequency,
    },
    perceptron::{perceptron, tests},
    toy::{toy, wave},
    *,
};
use crate::inside::{DreamAsked, DreamTarget};

const WAITS: &dyn Fn() -> bool = &|| true;

fn asked(target: DreamTarget, plain: bool) -> DreamAsked {
    DreamAsked { target, steps: 60, seed: 3, count: 3, plain }
}

fn unit(unit: usize) -> DreamTarget {
    DreamTarget::Unit { layer: None, unit }
}

#[test]
fn the_dream_of_a_linear_class_is_white_where_a_weight_is_above_zero() {
    let (model, image) = toy([0.0; 2]);
    let examples = examples(&[image.clone(), vec![0.0; 126]], &[0, 1]);
    let dream = dream(&model, &asked(DreamTarget::Class(1), true), &examples, WAITS).unwrap();
    let weights = &model.weights[126..];
    let best: f32 = weights.iter().map(|weight| weight.max(0.0)).sum();
    assert_eq!((dream.dreams.len(), dream.steps, dream.images), (3, 60, 2));
    for one in &dream.dreams {
        for (pixel, weight) in one.image.iter().zip(weights) {
            assert_eq!(*pixel, if *weight > 0.0 { 1.0 } else { 0.0 });
        }
        assert!((one.value - best).abs() < 1e-4, "{} {best}", one.value);
    }
    let logits = model.logits(&examples.brightness).unwrap();
    let real = dream.best.unwrap();
    assert_eq!(
        (real.index, real.value),
        if logits[1] >= logits[3] { (0, logits[1]) } else { (1, logits[3]) }
    );
}

#[test]
fn dreams_stay_images_and_the_same_seed_gives_the_same_bits() {
    let model = perceptron(5);
    let examples = tests(&model, 40);
    for plain in [true, false] {
        for target in [DreamTarget::Class(2), unit(3)] {
            let run = |threads: usize, asked: &DreamAsked| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
                pool.install(|| dream(&model, asked, &examples, WAITS).unwrap().dreams)
            };
            let asked = asked(target.clone(), plain);
            let dreams = run(1, &asked);
            assert_eq!(dreams, run(3, &asked));
            assert!(
                dreams.iter().flat_map(|one| &*one.image).all(|pixel| (0.0..=1.0).contains(pixel))
            );
            let fewer = run(2, &DreamAsked { count: 1, ..asked.clone() });
            assert_eq!(fewer[..], dreams[..1]);
            let start = run(1, &DreamAsked { steps: 0, ..asked.clone() });
            let other = run(1, &DreamAsked { steps: 0, seed: 4, ..asked.clone() });
            assert_ne!(start[0].image, other[0].image);
            assert_ne!(start[0].image, start[1].image);
            // What holds them back may cost more than they gain.
            assert!(!plain || dreams[0].value > start[0].value, "{target:?}");
        }
    }
}

#[test]
fn a_units_dream_is_above_the_best_real_image_that_brute_force_finds() {
    let model = perceptron(5);
    let examples = tests(&model, 40);
    let mut above = 0;
    for at in 0..5 {
        let dream = dream(&model, &asked(unit(at), true), &examples, WAITS).unwrap();
        let values = HiddenLayer::values(&model, &examples.brightness).unwrap();
        let of = |row: &[f32]| row[2 * at].max(row[2 * at + 1]);
        let best = values.chunks(10).map(of).fold(0.0, f32::max);
        assert_eq!(dream.best.unwrap().value, best);
        // One of both places at its best: 1 where its weight is above zero.
        let highest = |place: usize| {
            let weights = &model.weights[12 * (2 * at + place)..][..12];
            model.biases[2 * at + place] + weights.iter().map(|weight| weight.max(0.0)).sum::<f32>()
        };
        for one in &dream.dreams {
            let reached = [0, 1].iter().any(|place| (one.value - highest(*place)).abs() < 1e-4);
            assert!(reached, "{at}: {} {} {}", one.value, highest(0), highest(1));
            above += usize::from(one.value > best);
        }
        assert!(best <= highest(0).max(highest(1)));
    }
    // One may climb by the place that it begins with, though the other leads higher.
    assert!(above > 8, "{above} of 15");
}

#[test]
fn what_holds_dreams_back_has_the_slopes_that_differences_say() {
    let size = [2, 3, 4];
    let held = HeldBack { shift: 0, smooth: 0.7, dark: 0.3 };
    let cost = |image: &[f32]| -> f64 {
        let pixel = |at: usize| f64::from(image[at]);
        let mut cost = 0.0;
        for at in 0..24 {
            cost += 0.3 * pixel(at).powi(2);
            if at % 4 < 3 {
                cost += 0.7 * (pixel(at + 1) - pixel(at)).powi(2);
            }
            if at % 12 < 8 {
                cost += 0.7 * (pixel(at + 4) - pixel(at)).powi(2);
            }
        }
        cost
    };
    let image = wave(24, 1.3);
    let slopes = held_back(&image, size, held);
    for at in 0..24 {
        let moved = [1e-2, -1e-2].map(|by: f32| {
            let mut image = image.clone();
            image[at] += by;
            cost(&image)
        });
        let slope = (moved[0] - moved[1]) / 2e-2;
        assert!((slope - f64::from(slopes[at])).abs() < 1e-3, "{at}: {slope} {}", slopes[at]);
    }
    assert_eq!(held_back(&image, size, HeldBack::NOT), vec![0.0; 24]);
}

#[test]
fn what_a_shifted_look_says_comes_back_to_its_pixel() {
    // Whoever is asked says the shifted image itself, so that each pixel climbs by its own brightness.
    let held = HeldBack { shift: 1, ..HeldBack::NOT };
    let mut shifted = Ascent::of([2, 3, 4], 2, 1, held);
    let mut still = Ascent::of([2, 3, 4], 2, 1, HeldBack::NOT);
    let mut moved = 0;
    for _ in 0..5 {
        let before = shifted.images.clone();
        shifted
            .step(|images| {
                moved += usize::from(images != before);
                Ok(images.iter().map(|pixel| pixel - 0.5).collect())
            })
            .unwrap();
        still.step(|images| Ok(images.iter().map(|pixel| pixel - 0.5).collect())).unwrap();
    }
    assert!(moved > 2, "{moved}");
    assert_eq!(shifted.images, still.images);
}

#[test]
fn fine_waves_are_told_from_coarse_ones() {
    let image = |rows: usize, columns: usize, value: &dyn Fn(usize, usize) -> f64| -> Vec<f32> {
        (0..rows * columns).map(|at| value(at / columns, at % columns) as f32).collect()
    };
    let wave =
        |by: f64| move |_: usize, column: usize| (std::f64::consts::TAU * by * column as f64).cos();
    let share = |image: &[f32], rows, columns| frequency::high(image, [1, rows, columns]);
    let chequered = image(6, 8, &|row, column| ((row + column) % 2) as f64);
    assert!((share(&chequered, 6, 8) - 1.0).abs() < 1e-6);
    assert!(share(&image(5, 8, &wave(0.25)), 5, 8) < 1e-6);
    assert!((share(&image(5, 8, &wave(0.375)), 5, 8) - 1.0).abs() < 1e-6);
    // Energies add: one coarse wave of amplitude 2 and a fine one of amplitude 1.
    let both =
        image(5, 8, &|row, column| 2.0 * wave(0.125)(row, column) + wave(0.375)(row, column));
    assert!((share(&both, 5, 8) - 0.2).abs() < 1e-5, "{}", share(&both, 5, 8));
    assert!(share(&image(5, 7, &|_, _| 0.3), 5, 7).is_nan());
    assert!(share(&[0.0; 4], 2, 2).is_nan() && share(&[0.5], 1, 1).is_nan());
    assert!(share(&[f32::NAN, 0.0, 0.0, 0.0], 2, 2).is_nan());
}

#[test]
fn what_cannot_be_dreamed_is_one_sentence_and_silence_is_said() {
    let mut model = perceptron(3);
    let examples = tests(&model, 10);
    let plain = |target| asked(target, true);
    let other = DreamTarget::Unit { layer: Some("no".to_owned()), unit: 0 };
    for (asked, words) in [
        (plain(DreamTarget::Class(3)), "there is no class 3, only 3"),
        (plain(unit(3)), "there is no unit 3, only 3"),
        (plain(other), "there is no layer “no”"),
        (DreamAsked { count: 0, ..plain(unit(0)) }, "1 to 16 dreams instead of 0"),
        (DreamAsked { steps: 5000, ..plain(unit(0)) }, "up to 4096 steps"),
    ] {
        let why = dream(&model, &asked, &examples, WAITS).unwrap_err().to_string();
        assert!(why.contains(words), "{why}");
    }
    let why = dream(&model, &plain(unit(0)), &examples, &|| false).unwrap_err().to_string();
    assert!(why.contains("nobody waits"), "{why}");
    model.biases.fill(-100.0);
    let silent = dream(&model, &plain(unit(0)), &examples, WAITS).unwrap();
    assert!(silent.dreams[0].value == 0.0 && silent.remarks[0].contains("silent"), "{silent:?}");
    // One that is silent on grey begins where a real image wakes it.
    model.weights[..12].copy_from_slice(&[-1.0; 12]);
    model.weights[0] = 20.0;
    model.biases[0] = -6.0;
    let lit = |at: usize| (0..12).map(|pixel| if pixel == at { 1.0 } else { 0.0 }).collect();
    let awake = self::examples(&[lit(3), lit(0)], &[0, 1]);
    let woken = dream(&model, &plain(unit(0)), &awake, WAITS).unwrap();
    assert!(woken.remarks[0].contains("begin at the best real image"), "{:?}", woken.remarks);
    assert_eq!(woken.best.unwrap().index, 1);
    assert!(woken.dreams.iter().all(|dream| (dream.value - 14.0).abs() < 1e-4), "{woken:?}");
    model.biases[0] = f32::NAN;
    let none = dream(&model, &plain(unit(0)), &examples, WAITS).unwrap();
    assert!(none.dreams[0].value.is_nan() && none.remarks[0].contains("no number"));
    let nobody = self::examples(&[], &[]);
    assert!(dream(&model, &plain(unit(1)), &nobody, WAITS).unwrap().best.is_none());
    model.multiply_adds = 1_000_000_000;
    let dear = dream(&model, &plain(unit(1)), &examples, WAITS).unwrap();
    assert_eq!((dear.steps, dear.images), (4, 10));
    assert!(dear.remarks[0].contains("4 steps are taken"), "{:?}", dear.remarks);
}
