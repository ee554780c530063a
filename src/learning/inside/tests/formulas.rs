//! Each formula where its result is known.

use super::{
    super::{
        deletion::Deleter,
        goal::Goal,
        gradient::smoothed,
        integrated::{by_quadrature, gauss_legendre},
        meter::Meter,
        occlusion::{Windows, occluded},
        place_map::resized,
        rank::correlation,
        scene::Scene,
    },
    toy::{toy, wave},
    *,
};

/// Does something with a scene of the toy against black.
fn with_scene<R>(squares: [f32; 2], target: Target, what: impl FnOnce(&Scene<'_>) -> R) -> R {
    let (toy, image) = toy(squares);
    let meter = Meter::of(&toy);
    let black = vec![0.0; image.len()];
    let goal = Goal::of(target, &toy.logits(&image).unwrap()).unwrap();
    let (scene, _) = Scene::of(&meter, goal, (&image, &black), 3).unwrap();
    what(&scene)
}

#[test]
fn gauss_and_legendre_integrate_polynomials_exactly() {
    for count in [1, 2, 5, 50] {
        let places = gauss_legendre(count);
        assert!(places.is_sorted_by(|a, b| a.0 < b.0), "{places:?}");
        for power in [0, 1, 2 * count as i32 - 1] {
            let sum: f64 = places.iter().map(|(at, weight)| weight * at.powi(power)).sum();
            assert!((sum - 1.0 / f64::from(power + 1)).abs() < 1e-14, "{count}, {power}: {sum}");
        }
    }
    // numpy.polynomial.legendre.leggauss(5), of which Captum takes its own, brought to 0..1.
    let (first, weight) = gauss_legendre(5)[0];
    assert!((first - 0.046_910_077_030_668).abs() < 1e-15, "{first}");
    assert!((weight - 0.118_463_442_528_094_54).abs() < 1e-15, "{weight}");
}

#[test]
fn slopes_of_each_target_are_what_differences_say() {
    let logits = [0.5_f32, -1.0, 2.0];
    let targets =
        [Target::Said, Target::Logit(1), Target::Probability(0), Target::Difference(2, 0)];
    for target in targets {
        let goal = Goal::of(target, &logits).unwrap();
        assert_ne!(goal.target(), Target::Said);
        for (at, slope) in goal.slope(&logits).into_iter().enumerate() {
            const BY: f32 = 1e-2;
            let [more, less] = [BY, -BY].map(|by| {
                let mut moved = logits;
                moved[at] += by;
                goal.value(&moved)
            });
            assert!(((more - less) / (2.0 * BY) - slope).abs() < 1e-4, "{target:?}, {at}: {slope}");
        }
    }
    // What is all but sure has a slope that is small but no zero.
    let sure = Goal::of(Target::Probability(0), &[90.0, 0.0]).unwrap();
    assert!(sure.slope(&[90.0, 0.0])[0] > 0.0);
    // The first of equals, and never what is not a number.
    let said = |logits: &[f32]| Goal::of(Target::Said, logits).unwrap().target();
    assert_eq!(said(&[f32::NAN, 1.0, 1.0]), Target::Logit(1));
    assert_eq!(said(&[f32::NAN; 2]), Target::Logit(0));
}

#[test]
fn what_is_not_there_is_a_sentence() {
    let (toy, image) = toy([0.0; 2]);
    let said = |target, baseline| {
        let error = explained(&toy, &asked(target, baseline), &image, &image).unwrap_err();
        error.to_string()
    };
    let logit = Target::Logit(0);
    for (target, baseline, words) in [
        (Target::Logit(2), Baseline::Black, "there is no class 2, only 2"),
        (
            Target::Probability(usize::MAX),
            Baseline::Black,
            "there is no class 18446744073709551615",
        ),
        (Target::Difference(0, 9), Baseline::Black, "there is no class 9"),
        (Target::Difference(1, 1), Baseline::Black, "class 1 does not differ from itself"),
        (logit, Baseline::MeanOf(1), "there is no class 1 to take the mean of, only 1"),
        (logit, Baseline::Test(1), "there is no test image 1 to compare with, only 1"),
        (logit, Baseline::Test(usize::MAX), "there is no test image"),
    ] {
        let said = said(target, baseline);
        assert!(said.contains(words), "{target:?}, {baseline:?}: {said}");
    }
    let error = explained(&toy, &asked(logit, Baseline::Black), &image[1..], &image).unwrap_err();
    assert!(error.to_string().contains("125 numbers instead of 126"), "{error}");
    let one = toy::Toy { size: [1, 1, 1], weights: vec![1.0], squares: vec![0.0] };
    // A network of one class is always sure.
    let why = explained(&one, &asked(Target::Probability(0), Baseline::Black), &[0.5], &[1.0]);
    let why = why.unwrap();
    assert_eq!((why.value, why.baseline_value), (1.0, 1.0));
    assert!(why.maps.iter().all(|map| *map.values == [0.0]));
}

#[test]
fn noise_of_no_deviation_is_the_gradient_bit_for_bit() {
    for squares in [[0.0; 2], [0.3, -0.2]] {
        with_scene(squares, Target::Difference(0, 1), |scene| {
            let plain = scene.meter.gradients(scene.goal, scene.input).unwrap();
            let smooth = smoothed(scene, 50, 0.0).unwrap();
            assert!(plain.iter().zip(&smooth).all(|(a, b)| f64::from(*a).to_bits() == b.to_bits()));
            // With noise it is another, and the more alike the more is drawn.
            let far = |count| {
                let noised = smoothed(scene, count, 0.15).unwrap();
                let apart = plain.iter().zip(noised).map(|(a, b)| (f64::from(*a) - b).powi(2));
                apart.sum::<f64>().sqrt()
            };
            match squares == [0.0; 2] {
                true => assert_eq!(far(50), 0.0),
                false => assert!(far(400) < far(4) && far(4) > 0.01, "{} {}", far(400), far(4)),
            }
        });
    }
}

#[test]
fn a_way_through_a_parabola_adds_up() {
    with_scene([0.25, -0.5], Target::Logit(1), |scene| {
        let mean = by_quadrature(scene, 3).unwrap();
        // ∫ (w + 2 q α x) dα = w + q x.
        let weights = wave(252, 0.37);
        for ((mean, weight), pixel) in mean.iter().zip(&weights[126..]).zip(scene.input) {
            assert!((mean - f64::from(weight - 0.5 * pixel)).abs() < 1e-6);
        }
    });
    let (toy, image) = toy([0.25, -0.5]);
    for baseline in
        [Baseline::Black, Baseline::Mean, Baseline::MeanOf(0), Baseline::Test(0), Baseline::Blurred]
    {
        for target in [Target::Logit(0), Target::Difference(0, 1), Target::Probability(1)] {
            let why = explained(&toy, &asked(target, baseline), &image, &wave(126, 0.2).map_abs())
                .unwrap();
            let sum = map(&why, Method::IntegratedGradients).completeness.unwrap();
            let range = (why.value - why.baseline_value).abs().max(0.1);
            assert!(
                sum.error().abs() < 1e-5 * range && !sum.exact,
                "{baseline:?}, {target:?}: {sum:?}"
            );
            assert_eq!(sum.expected, why.value - why.baseline_value);
        }
    }
}

trait MapAbs {
    fn map_abs(self) -> Self;
}

impl MapAbs for Vec<f32> {
    fn map_abs(self) -> Self {
        self.into_iter().map(f32::abs).collect()
    }
}

#[test]
fn one_pixel_windows_are_ablation_and_tiles_of_what_is_linear_are_integrated_gradients() {
    with_scene([0.25, -0.5], Target::Logit(1), |scene| {
        let one = occluded(scene, &Windows { size: [1, 1], stride: [1, 1] }).unwrap();
        for (place, lost) in one.into_iter().enumerate() {
            let mut without = scene.input.to_vec();
            (without[place], without[place + 63]) = (0.0, 0.0);
            let value = scene.meter.values(scene.goal, &without).unwrap()[0];
            assert_eq!(lost, f64::from(scene.value) - f64::from(value));
        }
    });
    with_scene([0.0; 2], Target::Logit(0), |scene| {
        let windows = Windows { size: [7, 3], stride: [7, 3] };
        assert_eq!(windows.places([7, 9]), [[0, 0], [0, 3], [0, 6]]);
        let lost = occluded(scene, &windows).unwrap();
        let mean = by_quadrature(scene, 1).unwrap();
        for (third, columns) in [(0, 0..3), (1, 3..6), (2, 6..9)] {
            let share: f64 = mean
                .iter()
                .zip(scene.changes())
                .enumerate()
                .filter(|(at, _)| columns.contains(&(at % 9)))
                .map(|(_, (mean, change))| mean * change)
                .sum();
            assert!((lost[third * 3] - share).abs() < 1e-5, "{third}: {} {share}", lost[third * 3]);
        }
    });
}

#[test]
fn windows_cover_every_pixel_and_stay_within_their_price() {
    let mnist = Windows::of([28, 28], 100_000);
    assert_eq!(mnist, Windows { size: [4, 4], stride: [1, 1] });
    assert_eq!(mnist.places([28, 28]).len(), 625);
    for (sides, multiply_adds, most) in [
        ([1, 1], 1, 1),
        ([3, 50], 1, 28 * 3),
        ([64, 64], 1, 784),
        ([224, 224], 1, 784),
        ([224, 224], 4_000_000_000, 49),
        ([32, 32], u64::MAX, 49),
    ] {
        let windows = Windows::of(sides, multiply_adds);
        let places = windows.places(sides);
        assert!(places.len() <= most, "{sides:?}: {windows:?}, {}", places.len());
        let covered = |at: usize, pixel: usize| {
            places.iter().any(|place| (place[at]..place[at] + windows.size[at]).contains(&pixel))
        };
        for at in [0, 1] {
            assert!((0..sides[at]).all(|pixel| covered(at, pixel)), "{sides:?}: {windows:?}");
            assert!(places.iter().all(|place| place[at] + windows.size[at] <= sides[at]));
        }
    }
}

#[test]
fn ranks_are_spearmans_with_shared_places() {
    assert_eq!(correlation(&[1.0, 2.0, 3.0], &[10.0, 20.0, 21.0]), 1.0);
    assert_eq!(correlation(&[1.0, 2.0, 3.0], &[3.0, 2.0, -1.0]), -1.0);
    // Ranks 1, 2.5, 2.5, 4, 5 and 1, 2, 3.5, 5, 3.5: 7.25 / 9.5.
    let shared = correlation(&[1.0, 2.0, 2.0, 4.0, 5.0], &[5.0, 6.0, 7.0, 8.0, 7.0]);
    assert!((shared - 0.763_157_9).abs() < 1e-6, "{shared}");
    assert_eq!(correlation(&[-0.0, 0.0, 1.0], &[2.0, 2.0, 3.0]), 1.0);
    // Without an order there is no correlation, and never a 0/0 that looks like one.
    for (a, b) in [(vec![], vec![]), (vec![1.0], vec![2.0]), (vec![1.0; 3], vec![1.0, 2.0, 3.0])] {
        assert!(correlation(&a, &b).is_nan());
    }
    assert!(correlation(&[f32::NAN, 1.0], &[1.0, 2.0]).is_nan());
    assert!(correlation(&[1.0, 2.0], &[1.0]).is_nan());
}

#[test]
fn a_coarse_map_is_brought_to_the_image_as_pytorch_does() {
    // torch.nn.functional.interpolate([[1, 2], [3, 5]], size=(3, 4), mode="bilinear", align_corners=False).
    let wanted = [1.0, 1.25, 1.75, 2.0, 2.0, 2.375, 3.125, 3.5, 3.0, 3.5, 4.5, 5.0];
    assert_alike(&resized(&[1.0, 2.0, 3.0, 5.0], [2, 2], [3, 4]), &wanted, 1e-6, "larger");
    assert_eq!(resized(&[7.0], [1, 1], [1, 3]), [7.0; 3]);
}

#[test]
fn deleting_what_speaks_for_it_takes_more_than_random_pixels() {
    with_scene([0.0; 2], Target::Logit(0), |scene| {
        let deleter = Deleter::of(scene).unwrap();
        let products: Vec<f64> =
            wave(126, 0.37).iter().zip(scene.input).map(|(w, x)| f64::from(w * x)).collect();
        let map = place_map::over_channels(&products, 63);
        let deleted = deleter.by(scene, &map).unwrap();
        let mut best: Vec<f32> = map.clone();
        best.sort_by(f32::total_cmp);
        let wanted: f32 = best.iter().rev().take(6).sum();
        assert_eq!(deleted.pixels, 6);
        assert!((deleted.drop - wanted).abs() < 1e-5, "{deleted:?} {wanted}");
        assert!(deleted.drop > deleted.random);
        // What is not a number speaks for nothing, and nothing panics.
        assert!(deleter.by(scene, &[f32::NAN; 63]).unwrap().drop.is_finite());
    });
}

#[test]
fn an_image_without_evidence_has_none_and_nothing_is_divided_by_it() {
    let (toy, image) = toy([0.0; 2]);
    let black = vec![0.0; image.len()];
    let question = WhyAsked {
        shuffled: Some(crate::inside::Shuffled::Layers(9)),
        ..asked(Target::Said, Baseline::Black)
    };
    let why = explained(&toy, &question, &black, &image).unwrap();
    assert_eq!(why.shuffled, ["weights"]);
    for map in &why.maps {
        assert_eq!(map.deletion, crate::inside::Deletion { pixels: 0, drop: 0.0, random: 0.0 });
        assert!(map.values.iter().all(|value| value.is_finite()));
        assert!(map.unshuffled.unwrap().iter().all(|alike| alike.is_nan()));
    }
    let refused: Vec<Method> = why.refused.iter().map(|(method, _)| *method).collect();
    assert_eq!(refused, [Method::HiResCam, Method::GradCam]);
}

#[test]
fn shuffled_weights_are_noticed_and_the_price_is_told() {
    let (toy, image) = toy([0.0; 2]);
    let question = |layers| WhyAsked {
        shuffled: Some(crate::inside::Shuffled::Layers(layers)),
        ..asked(Target::Logit(0), Baseline::Black)
    };
    let same = explained(&toy, &question(0), &image, &image).unwrap();
    let other = explained(&toy, &question(1), &image, &image).unwrap();
    for method in [Method::Gradient, Method::IntegratedGradients, Method::Occlusion] {
        assert_eq!(map(&same, method).unshuffled, Some([1.0; 2]), "{method:?}");
        let [signed, absolute] = map(&other, method).unshuffled.unwrap();
        assert!(signed < 0.7 && absolute < 0.95, "{method:?}: {signed} {absolute}");
    }
    let labels = WhyAsked { shuffled: Some(crate::inside::Shuffled::Labels), ..question(1) };
    let refused = explained(&toy, &labels, &image, &image).unwrap_err().to_string();
    assert!(refused.contains("a run that is taken again"), "{refused}");
    let plain = explained(&toy, &asked(Target::Logit(0), Baseline::Black), &image, &image).unwrap();
    assert!(plain.maps.iter().all(|map| map.unshuffled.is_none()) && plain.shuffled.is_empty());
    let smooth = map(&plain, Method::SmoothGrad).price;
    assert_eq!((smooth.forward, smooth.backward), (50, 50));
    let gradient = map(&plain, Method::Gradient).price;
    assert_eq!((gradient.forward, gradient.backward), (1, 1));
    let all: u64 = plain.maps.iter().map(|map| map.price.forward).sum();
    assert!(plain.price.forward > all && other.price.forward > 2 * all, "{:?}", plain.price);
}

#[test]
fn a_blurred_image_keeps_its_brightness_and_loses_its_strokes() {
    let white = vec![1.0; 2 * 12 * 10];
    let (toy, _) = toy([0.0; 2]);
    let blurred = |image: &[f32], size: [usize; 3]| {
        let means = Means::new(0);
        let tests =
            Examples::new(&crate::learning::data::Images { pixels: [].into(), labels: [].into() });
        let layouts = Layouts::default();
        let trail = &Trail::default();
        Baselines { means: &means, layouts: &layouts, train: &tests, tests: &tests, trail }
            .image(Baseline::Blurred, image, size)
            .unwrap()
    };
    assert_alike(&blurred(&white, [2, 12, 10]), &white, 1e-6, "white");
    let mut dot = vec![0.0; 29 * 29];
    dot[14 * 29 + 14] = 1.0;
    let soft = blurred(&dot, [1, 29, 29]);
    let sum: f32 = soft.iter().sum();
    assert!((sum - 1.0).abs() < 1e-3 && soft[14 * 29 + 14] < 0.05 && soft[14 * 29 + 17] > 0.005);
    assert_eq!(blurred(&[0.5], [1, 1, 1]), [0.5]);
    assert_eq!(toy.layers().len(), 1);
}
