//! Attacks and boundaries of models whose answers are known.

use super::{
    super::{
        attack::{Attacker, Victims},
        boundary::{self, to_plane},
        goal,
        meter::Meter,
    },
    toy::{Toy, wave},
    *,
};
use crate::inside::{Attack, Robust, RobustAsked};

/// A model without squares.
fn linear(size: [usize; 3], classes: usize, weights: Vec<f32>) -> Toy {
    Toy { size, weights, squares: vec![0.0; classes] }
}

/// Greys in the middle, so that no pixel comes to black or white.
fn grey(count: usize) -> Vec<f32> {
    wave(count, 0.9).into_iter().map(|pixel| 0.5 + 0.05 * pixel).collect()
}

fn question(input: InputChoice) -> RobustAsked {
    RobustAsked { input, strengths: vec![0.0, 0.05, 0.1], images: 1000, steps: 8, seed: 3 }
}

fn ask(
    model: &dyn Explained,
    asked: &RobustAsked,
    (train, tests): (&Examples, &Examples),
) -> Result<Robust, TrainError> {
    let input = match &asked.input {
        InputChoice::Test(index) => tests.image(*index).unwrap().to_vec(),
        InputChoice::Drawn(pixels) => pixels.to_vec(),
        InputChoice::Other(_) => panic!("only images"),
    };
    let means = Means::new(model.classes());
    let (layouts, trail) = (Layouts::default(), Trail::default());
    let lent = Baselines { means: &means, layouts: &layouts, train, tests, trail: &trail };
    robustness(model, asked, &input, lent)
}

/// Two kinds of 6 × 6 pixels that overlap, and a model that some steps of gradient descent have taught to tell them apart.
fn trained() -> (Toy, Examples) {
    let noise = wave(36 * 80, 1.7);
    let kind = wave(36, 2.3);
    let labels: Vec<u8> = (0..80).map(|at| (at % 2) as u8).collect();
    let images: Vec<Vec<f32>> = noise
        .chunks(36)
        .zip(&labels)
        .map(|(noise, label)| {
            let way = if *label == 0 { -0.06 } else { 0.06 };
            let pixels = noise.iter().zip(&kind);
            pixels.map(|(noise, kind)| 0.5 + 0.3 * noise + way * kind.signum()).collect()
        })
        .collect();
    let examples = examples(&images, &labels);
    let mut model = linear([1, 6, 6], 2, vec![0.0; 72]);
    for _ in 0..400 {
        let logits = model.logits(&examples.brightness).unwrap();
        let mut steps = vec![0.0_f32; 72];
        let rows = examples.brightness.chunks(36).zip(logits.chunks(2)).zip(&labels);
        for ((image, logits), label) in rows {
            for (class, share) in goal::probabilities(logits).into_iter().enumerate() {
                let by = share as f32 - f32::from(u8::from(class == usize::from(*label)));
                let steps = steps[36 * class..][..36].iter_mut().zip(image);
                steps.for_each(|(step, pixel)| *step += by * (pixel - 0.5) / 80.0);
            }
        }
        model.weights.iter_mut().zip(steps).for_each(|(weight, step)| *weight -= 2.0 * step);
    }
    (model, examples)
}

#[test]
fn attacks_stay_in_reach_and_between_black_and_white_and_raise_the_loss_more_than_chance() {
    let (model, tests) = trained();
    let meter = Meter::of(&model);
    let attacker = Attacker { meter: &meter, steps: 8, seed: 7 };
    let victims = Victims {
        images: tests.brightness.clone(),
        classes: tests.labels.iter().copied().map(usize::from).collect(),
        streams: (0..80).collect(),
    };
    let losses = |logits: &[f32]| -> Vec<f64> {
        let rows = logits.chunks(2).zip(&victims.classes);
        rows.map(|(row, class)| goal::loss(row, *class)).collect()
    };
    let seen = attacker.looked_at(&victims).unwrap();
    for strength in [0.0_f32, 0.03, 0.4, 1.0] {
        let fgsm = attacker.fgsm(&seen, strength).unwrap();
        let pgd = attacker.pgd(&victims, strength).unwrap();
        let signs = attacker.by_random_signs(&victims, strength).unwrap();
        for made in [&fgsm, &pgd, &signs] {
            for (to, from) in made.images.iter().zip(&victims.images) {
                assert!((0.0..=1.0).contains(to) && (to - from).abs() <= strength + 1e-6);
            }
        }
        let noise = attacker.by_noise(&victims, strength).unwrap();
        assert!(noise.images.iter().all(|pixel| (0.0..=1.0).contains(pixel)));
        if strength == 0.0 {
            // Nothing is changed by nothing, bit for bit.
            for made in [&fgsm, &pgd, &signs, &noise] {
                let both = made.images.iter().zip(&victims.images);
                assert!(both.into_iter().all(|(to, from)| to.to_bits() == from.to_bits()));
            }
            continue;
        }
        let [by_fgsm, by_pgd, by_chance] = [&fgsm, &pgd, &signs].map(|made| losses(&made.logits));
        for ((fgsm, pgd), chance) in by_fgsm.iter().zip(&by_pgd).zip(&by_chance) {
            // Of what is linear and has two classes one step finds the worst, and several find it again.
            assert!(pgd + 1e-5 >= *fgsm && (pgd - fgsm).abs() < 1e-3 * fgsm.max(1.0));
            assert!(chance <= &(fgsm + 1e-6), "{strength}: {chance} {fgsm}");
        }
        // What the model says is what it says to these images.
        for made in [&fgsm, &pgd, &signs, &noise] {
            assert_eq!(model.logits(&made.images).unwrap(), made.logits);
        }
    }
}

#[test]
fn the_control_is_weaker_than_the_attack_over_all_images() {
    let (model, tests) = trained();
    let robust = ask(&model, &question(InputChoice::Test(4)), (&tests, &tests)).unwrap();
    assert_eq!((robust.images, robust.steps, robust.class), (80, 8, 0));
    assert!(robust.accuracy > 0.9, "{}", robust.accuracy);
    let of = |attack| {
        let found = robust.withstood.iter().find(|one| one.attack == attack);
        found.unwrap().accuracy.clone()
    };
    for attack in Attack::ALL {
        assert_eq!(of(attack)[0], robust.accuracy, "{attack:?}");
    }
    let (fgsm, signs) = (of(Attack::Fgsm), of(Attack::RandomSigns));
    assert!(fgsm[1] < fgsm[0] && fgsm[2] < 0.5 && signs[2] > fgsm[2] + 0.3, "{fgsm:?} {signs:?}");
    assert_eq!(of(Attack::Pgd), fgsm);
    assert!(of(Attack::GaussianNoise)[2] > fgsm[2]);
    // The same image alone is attacked as among others.
    let kinds: Vec<_> = robust.attacked.iter().map(|one| (one.attack, one.strength)).collect();
    assert_eq!(kinds.len(), 9);
    assert_eq!(kinds[3], (Attack::Fgsm, 0.05));
    assert!(
        robust
            .attacked
            .iter()
            .all(|one| { one.zero_gradient == (one.attack != Attack::RandomSigns).then_some(0.0) })
    );
    assert!(robust.price.backward > 0 && robust.remarks.is_empty(), "{:?}", robust.remarks);
    // Fewer images are some of the same.
    let few = RobustAsked { images: 5, ..question(InputChoice::Test(4)) };
    assert_eq!(ask(&model, &few, (&tests, &tests)).unwrap().images, 5);
    let none = RobustAsked { images: 0, ..question(InputChoice::Test(4)) };
    let none = ask(&model, &none, (&tests, &tests)).unwrap();
    assert!(none.accuracy.is_nan() && none.withstood.is_empty() && none.flip.is_some());
}

#[test]
fn the_boundary_of_what_is_linear_is_found_in_one_step() {
    let (size, image) = ([2, 7, 9], grey(126));
    let model = linear(size, 2, wave(252, 0.37));
    let meter = Meter::of(&model);
    let found = boundary::nearest(&meter, &image, 50).unwrap().ok().unwrap();
    let difference: Vec<f64> =
        (0..126).map(|at| f64::from(model.weights[126 + at] - model.weights[at])).collect();
    let apart: f64 = difference.iter().zip(&image).map(|(w, x)| w * f64::from(*x)).sum();
    let distance = apart.abs() / difference.iter().map(|w| w * w).sum::<f64>().sqrt();
    assert!((found.distance - distance).abs() < 1e-5 * distance, "{} {distance}", found.distance);
    assert!((found.size - 1.02 * distance).abs() < 1e-4 * distance, "{}", found.size);
    assert_eq!(found.iterations, 1);
    let said = |image: &[f32]| goal::said(&model.logits(image).unwrap()).unwrap();
    assert_ne!(said(&image), said(&found.image));
    assert_eq!(said(&found.image), found.class);
    // Of several boundaries the nearest, which no other class has nearer.
    let several = linear(size, 4, wave(504, 0.37));
    let meter = Meter::of(&several);
    let found = boundary::nearest(&meter, &image, 50).unwrap().ok().unwrap();
    let logits = several.logits(&image).unwrap();
    let own = goal::said(&logits).unwrap();
    let distances = (0..4).filter(|class| *class != own).map(|class| {
        let weights = |class: usize| several.weights[126 * class..][..126].iter();
        let square: f64 =
            weights(class).zip(weights(own)).map(|(a, b)| f64::from(a - b).powi(2)).sum();
        f64::from(logits[own] - logits[class]) / square.sqrt()
    });
    let nearest = distances.reduce(f64::min).unwrap();
    assert!((found.distance - nearest).abs() < 1e-4 * nearest, "{} {nearest}", found.distance);
}

#[test]
fn the_shortest_way_to_a_plane_keeps_to_black_and_white() {
    let image: Vec<f32> = wave(60, 0.7).into_iter().map(|x| x.max(0.0)).collect();
    let slope = wave(60, 1.3);
    let reach: f64 = image
        .iter()
        .zip(&slope)
        .map(|(x, w)| f64::from(*w) * f64::from(if *w > 0.0 { 1.0 - x } else { -x }))
        .sum();
    for part in [0.01, 0.3, 0.8, 0.999] {
        let (change, size) = to_plane(&image, &slope, part * reach).unwrap();
        let sum: f64 = change.iter().zip(&slope).map(|(by, w)| by * f64::from(*w)).sum();
        assert!((sum - part * reach).abs() < 1e-9 * reach, "{part}: {sum}");
        assert!((change.iter().map(|by| by * by).sum::<f64>().sqrt() - size).abs() < 1e-12);
        // Who is free goes λ w, and who is not would go further: the conditions of Karush, Kuhn and Tucker.
        let far = change.iter().zip(&slope).map(|(by, w)| by / f64::from(*w));
        let far = far.fold(0.0, f64::max);
        for ((by, w), x) in change.iter().zip(&slope).zip(&image) {
            let to = f64::from(*x) + by;
            assert!((-1e-12..=1.0 + 1e-12).contains(&to));
            let is_free = to > 1e-9 && to < 1.0 - 1e-9;
            assert!(!is_free || (by - far * f64::from(*w)).abs() < 1e-9, "{part}: {by} {w}");
        }
    }
    assert!(to_plane(&image, &slope, 1.001 * reach).is_none());
    assert!(to_plane(&image, &[0.0; 60], 1.0).is_none());
    assert!(to_plane(&image, &[f32::NAN; 60], 1.0).is_none());
}

#[test]
fn the_nearest_real_image_of_the_new_class_is_named() {
    let (model, tests) = trained();
    let robust = ask(&model, &question(InputChoice::Test(4)), (&tests, &tests)).unwrap();
    let flip = robust.flip.unwrap();
    assert_eq!((robust.unchanged.class, flip.class), (0, 1));
    let far = |index: usize| {
        let pixels = tests.image(index).unwrap().iter().zip(tests.image(4).unwrap());
        pixels.map(|(a, b)| f64::from(a - b).powi(2)).sum::<f64>().sqrt()
    };
    let best = (0..80).filter(|at| at % 2 == 1).min_by(|a, b| far(*a).total_cmp(&far(*b)));
    let nearest = flip.nearest.unwrap();
    // Learned from and tested on are the same here: the first of equals.
    assert_eq!((nearest.is_test, Some(nearest.index)), (false, best));
    assert!((f64::from(nearest.distance) - far(nearest.index)).abs() < 1e-5);
    // It is never the image itself.
    let none = examples(&[], &[]);
    let one = neighbour::nearest(tests.image(4).unwrap(), 0, (&none, &tests), Some(4));
    assert!(one.is_some_and(|one| one.is_test && one.index != 4 && one.distance > 0.0));
    assert!(neighbour::nearest(&[0.0; 36], 7, (&tests, &tests), None).is_none());
}

#[test]
fn relabelled_classes_change_nothing_else() {
    let size = [1, 6, 6];
    let image = grey(36);
    let weights = wave(108, 0.37);
    let order = [2, 0, 1];
    let permuted = order.iter().flat_map(|class| weights[36 * class..][..36].to_vec()).collect();
    let (one, other) = (linear(size, 3, weights), linear(size, 3, permuted));
    let images: Vec<Vec<f32>> =
        (0..12).map(|k| wave(36, 0.3 + k as f32).into_iter().map(f32::abs).collect()).collect();
    let labels: Vec<u8> = (0..12).map(|at| (at % 3) as u8).collect();
    let place = |class: usize| order.iter().position(|one| *one == class).unwrap();
    let relabelled: Vec<u8> = labels.iter().map(|label| place(usize::from(*label)) as u8).collect();
    let asked = question(InputChoice::Drawn(image.into()));
    let (tests, others) = (examples(&images, &labels), examples(&images, &relabelled));
    let one = ask(&one, &asked, (&tests, &tests)).unwrap();
    let other = ask(&other, &asked, (&others, &others)).unwrap();
    assert_eq!(place(one.class), other.class);
    assert_eq!(one.accuracy, other.accuracy);
    assert_eq!(one.withstood, other.withstood);
    for (one, other) in one.attacked.iter().zip(&other.attacked) {
        assert_eq!(place(one.reading.class), other.reading.class);
        assert_eq!(one.image, other.image);
        assert!((one.reading.loss - other.reading.loss).abs() < 1e-5);
    }
    let (one, other) = (one.flip.unwrap(), other.flip.unwrap());
    assert_eq!((place(one.class), one.nearest), (other.class, other.nearest));
    assert!((one.distance - other.distance).abs() < 1e-5 * one.distance);
}

#[test]
fn where_pixels_have_no_slope_it_is_said() {
    let mut weights = wave(72, 0.37);
    weights.copy_within(..18, 36);
    let (_, tests) = trained();
    let half = linear([1, 6, 6], 2, weights);
    let robust = ask(&half, &question(InputChoice::Test(0)), (&tests, &tests)).unwrap();
    assert!(robust.attacked.iter().filter_map(|one| one.zero_gradient).all(|zero| zero == 0.5));
    // A model that is as good as sure has slopes all the same.
    let sure = linear([1, 6, 6], 2, wave(72, 0.37).into_iter().map(|w| 1e4 * w).collect());
    let robust = ask(&sure, &question(InputChoice::Test(0)), (&tests, &tests)).unwrap();
    assert_eq!(robust.attacked[0].zero_gradient, Some(0.0));
    let nothing = linear([1, 6, 6], 2, vec![0.0; 72]);
    let robust = ask(&nothing, &question(InputChoice::Test(0)), (&tests, &tests)).unwrap();
    assert_eq!(robust.attacked[0].zero_gradient, Some(1.0));
    assert!(robust.flip.is_none() && robust.remarks[0].contains("no change"), "{robust:?}");
}

#[test]
fn what_is_not_a_number_stays_so_and_is_said() {
    let (mut model, tests) = trained();
    model.weights[40] = f32::NAN;
    let robust = ask(&model, &question(InputChoice::Test(1)), (&tests, &tests)).unwrap();
    assert!(robust.unchanged.probability.is_nan() && robust.unchanged.loss.is_nan());
    assert!(robust.attacked.iter().all(|one| one.reading.loss.is_nan()));
    assert!(robust.accuracy.is_nan());
    assert!(robust.withstood.iter().all(|one| one.accuracy.iter().all(|share| share.is_nan())));
    assert!(robust.flip.is_none());
    assert!(robust.remarks.iter().any(|remark| remark.contains("no number")), "{robust:?}");
}

#[test]
fn what_cannot_be_asked_is_a_sentence() {
    let (model, tests) = trained();
    let usual = || question(InputChoice::Test(0));
    let none = examples(&[], &[]);
    for (asked, words) in [
        (RobustAsked { strengths: vec![f32::NAN], ..usual() }, "a strength is NaN"),
        (RobustAsked { strengths: vec![0.1, -0.1], ..usual() }, "a strength is -0.1"),
        (RobustAsked { strengths: vec![1.5], ..usual() }, "a strength is 1.5"),
        (RobustAsked { strengths: vec![f32::INFINITY], ..usual() }, "a strength is inf"),
        (RobustAsked { strengths: vec![], ..usual() }, "name 1 to 8 strengths instead of 0"),
        (RobustAsked { strengths: vec![0.1; 9], ..usual() }, "strengths instead of 9"),
        (RobustAsked { steps: 0, ..usual() }, "PGD takes at least one step"),
        (question(InputChoice::Drawn([0.5; 3].into())), "3 numbers instead of 36"),
    ] {
        let said = ask(&model, &asked, (&tests, &tests)).unwrap_err().to_string();
        assert!(said.contains(words), "{said}");
    }
    let drawn = question(InputChoice::Drawn([0.5; 36].into()));
    let said = ask(&model, &drawn, (&none, &none)).unwrap_err().to_string();
    assert!(said.contains("no test images"), "{said}");
    let one = linear([1, 6, 6], 1, vec![0.5; 36]);
    let said = ask(&one, &usual(), (&tests, &tests)).unwrap_err().to_string();
    assert!(said.contains("no two classes"), "{said}");
}

/// The toy with a price.
struct Dear(Toy, u64);

impl Explained for Dear {
    fn size(&self) -> [usize; 3] {
        self.0.size()
    }
    fn classes(&self) -> usize {
        self.0.classes()
    }
    fn multiply_adds(&self) -> u64 {
        self.1
    }
    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.0.logits(inputs)
    }
    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.0.gradients(inputs, of)
    }
    fn biases(&self, _: &[f32], _: &[f32]) -> Result<Option<f32>, TrainError> {
        Ok(None)
    }
    fn maps(&self, _: &[f32], _: &[f32]) -> Result<Option<SpatialMaps>, TrainError> {
        Ok(None)
    }
    fn layers(&self) -> Vec<String> {
        Vec::new()
    }
    fn shuffled(&self, _: usize, _: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        Err(TrainError::calculation("it has no layers"))
    }
}

#[test]
fn what_is_dear_is_done_less_often_and_that_is_said() {
    let (_, tests) = trained();
    for (pass, steps, images) in [(1, 8, 80), (10_000_000, 8, 7), (1 << 40, 1, 0)] {
        let dear = Dear(trained().0, pass);
        let robust = ask(&dear, &question(InputChoice::Test(0)), (&tests, &tests)).unwrap();
        assert_eq!((robust.steps, robust.images), (steps, images), "{pass}");
        assert_eq!(robust.remarks.is_empty(), pass == 1, "{:?}", robust.remarks);
        // Twice as many passes back cost as much as those there; what is above the budgets is the least that is done.
        let paid = pass.saturating_mul(robust.price.forward + 2 * robust.price.backward);
        assert!(pass == 1 << 40 || paid < 10_000_000_000, "{paid}");
    }
    let sure = calibration(
        &Dear(trained().0, 5_000_000_000),
        &crate::inside::SureAsked { seed: 1 },
        &tests,
    );
    let sure = sure.unwrap();
    assert_eq!(
        (sure.images, sure.remarks[0].to_string().as_str()),
        (20, "of 20 of 80 test images")
    );
}
