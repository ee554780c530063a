//! The account against published values and against itself by another way; noise by its variance.

use super::{
    account::{classic, least},
    moments::{binomial, integral, of_step},
    *,
};

/// ε as values were published before the better conversion.
fn as_published(share: f64, noise: f64, steps: u64) -> f64 {
    least(share, noise, steps, (1e-5, classic))
}

#[test]
fn it_tells_what_others_have_published() {
    // Of MNIST's 60,000 images with batches of 256: <https://github.com/tensorflow/privacy/blob/master/tutorials/README.md>.
    let (share, of_epoch) = (256.0 / 60_000.0, 60_000 / 256);
    let rows =
        [(1.12, 1, 1.00), (1.12, 2, 1.04), (1.12, 60, 2.92), (1.2, 10, 1.20), (0.6, 30, 9.74)];
    for (noise, epochs, told) in rows {
        let found = as_published(share, noise, epochs * of_epoch);
        assert!((found - told).abs() < 0.0075, "{noise}, {epochs}: {found} {told}");
    }
    // Abadi and others 2016, section 3.2: q = 0.01, σ = 4, δ = 1e-5, T = 10,000.
    let found = as_published(0.01, 4.0, 10_000);
    assert!((found - 1.26).abs() < 0.005, "{found}");
    // The better conversion never tells more.
    for (noise, epochs, _) in rows {
        let steps = epochs * of_epoch;
        assert!(epsilon(share, noise, steps, 1e-5) < as_published(share, noise, steps));
    }
}

#[test]
fn sums_and_integrals_tell_the_same() {
    for (share, noise) in
        [(256.0 / 60_000.0, 1.3), (0.004, 1.0), (0.3, 0.5), (0.9, 0.25), (0.05, 20.0)]
    {
        for order in [2.0, 3.0, 7.0, 10.0, 33.0] {
            let (sum, by_integral) = (binomial(share, noise, order), integral(share, noise, order));
            let apart = (sum - by_integral).abs();
            assert!(apart < 1e-12 + 1e-9 * sum, "{share} {noise} {order}: {sum} {by_integral}");
        }
        // Divergences never fall with their order, and fractions lie between whole ones.
        let [two, between, three] = [2.0, 2.5, 3.0].map(|order| of_step(share, noise, order));
        assert!(two < between && between < three, "{two} {between} {three}");
    }
}

#[test]
fn with_all_examples_in_each_batch_it_is_the_plain_gaussian_mechanism() {
    for noise in [0.3, 1.0, 5.0_f64] {
        for order in [1.5, 2.0, 17.0] {
            let known = order / (2.0 * noise * noise);
            assert!((of_step(1.0, noise, order) - known).abs() < 1e-12 * known);
            // The sum and the integral come there, too, where nearly all are in it.
            let near = match order.fract() == 0.0 {
                true => binomial(1.0 - 1e-12, noise, order),
                false => integral(1.0 - 1e-12, noise, order),
            };
            let near = near / (order - 1.0);
            assert!((near - known).abs() < 1e-8 * known, "{noise} {order}: {near} {known}");
        }
    }
}

#[test]
fn more_steps_less_noise_and_larger_batches_give_more_away() {
    let told = |share, noise, steps| epsilon(share, noise, steps, 1e-5);
    let rising = [
        [1, 10, 100, 1000, 10_000].map(|steps| told(0.01, 1.0, steps)),
        [8.0, 4.0, 2.0, 1.0, 0.5].map(|noise| told(0.01, noise, 1000)),
        [0.001, 0.01, 0.1, 0.5, 1.0].map(|share| told(share, 1.0, 1000)),
    ];
    for row in rising {
        assert!(row.is_sorted_by(|less, more| less < more) && row[0] > 0.0, "{row:?}");
    }
    assert!(epsilon(0.01, 1.0, 1000, 1e-7) > told(0.01, 1.0, 1000));
}

#[test]
fn nothing_is_hidden_without_noise_and_nothing_is_told_without_steps() {
    assert_eq!(epsilon(0.01, 0.0, 1, 1e-5), f64::INFINITY);
    assert_eq!(epsilon(0.01, 0.0, 0, 1e-5), 0.0);
    assert_eq!(epsilon(0.0, 1.0, 1000, 1e-5), 0.0);
    let infinite = crate::images::PrivacySpent { epsilon: f64::INFINITY, delta: DELTA };
    assert_eq!(infinite.told(), "ε is infinite at δ = 1e-5: nothing is hidden");
    // What is no number stays none, and so does what is out of its bounds.
    for (share, noise, delta) in [
        (f64::NAN, 1.0, 1e-5),
        (0.1, f64::NAN, 1e-5),
        (0.1, 1.0, f64::NAN),
        (1.1, 1.0, 1e-5),
        (0.1, -1.0, 1e-5),
        (0.1, 1.0, 0.0),
    ] {
        assert!(epsilon(share, noise, 10, delta).is_nan(), "{share} {noise} {delta}");
    }
    // The digits' usual run.
    let steps = PrivateSteps::new(1.0, CLIP).unwrap();
    let told = spent(&steps, 0.004, 2500);
    assert!((told.epsilon - 1.3131).abs() < 1e-4, "{}", told.epsilon);
    // A bound is rounded up.
    assert_eq!(told.told(), "ε = 1.32 at δ = 1e-5");
}

#[test]
fn what_no_step_can_have_is_refused_in_a_sentence() {
    for wrong in [0.0, -1.0, f64::NAN, f64::INFINITY] {
        let of_noise = PrivateSteps::new(wrong, 1.0).unwrap_err().to_string();
        let value = wrong.to_string();
        assert_eq!(
            of_noise,
            format!("--private is {value}, but it must be a positive finite number")
        );
        let of_clip = PrivateSteps::new(1.0, wrong).unwrap_err().to_string();
        assert_eq!(of_clip, format!("--clip is {value}, but it must be a positive finite number"));
    }
}

#[test]
fn gradients_are_clipped_to_a_norm_and_no_further() {
    let steps = PrivateSteps::new(1.0, 2.0).unwrap();
    assert_eq!(
        [0.0, 1.0, 2.0, 4.0, f64::INFINITY].map(|norm| steps.weight(norm)),
        [1.0, 1.0, 1.0, 0.5, 0.0]
    );
    assert!(steps.weight(f64::NAN).is_nan());
}

#[test]
fn noise_has_its_variance_no_mean_and_belongs_to_its_step() {
    const COUNT: usize = 400_001;
    let steps = PrivateSteps::new(1.5, 0.8).unwrap();
    let drawn = |seed, step| {
        let mut numbers = vec![0.0_f32; COUNT];
        let (one, other) = numbers.split_at_mut(7);
        steps.disturb([one, other], 16, (seed, step));
        numbers
    };
    let numbers = drawn(42, 1);
    let deviation = 1.5 * 0.8 / 16.0;
    let scaled: Vec<f64> = numbers.iter().map(|number| f64::from(*number) / deviation).collect();
    let moment = |power: i32| scaled.iter().map(|n| n.powi(power)).sum::<f64>() / COUNT as f64;
    // Five standard errors: 1, 2, 15 and 96 over the draws are the variances of the first four powers.
    for (power, known, variance) in
        [(1, 0.0, 1.0), (2, 1.0, 2.0), (3, 0.0, 15.0), (4, 3.0, 96.0_f64)]
    {
        let allowed = 5.0 * (variance / COUNT as f64).sqrt();
        assert!((moment(power) - known).abs() < allowed, "{power}: {}", moment(power));
    }
    // Neighbours know nothing of each other, though they are drawn in pairs.
    let neighbours: f64 =
        scaled.windows(2).map(|pair| pair[0] * pair[1]).sum::<f64>() / COUNT as f64;
    assert!(neighbours.abs() < 5.0 / (COUNT as f64).sqrt(), "{neighbours}");
    assert_eq!(drawn(42, 1), numbers);
    assert_ne!(drawn(42, 2), numbers);
    assert_ne!(drawn(43, 1), numbers);
    // It is added, and falls with the batch.
    let mut more = vec![3.0_f32; 4];
    steps.disturb([more.as_mut_slice()], 32, (42, 1));
    let half: Vec<f32> = numbers.iter().take(4).map(|number| 3.0 + number / 2.0).collect();
    assert!(more.iter().zip(&half).all(|(one, other)| (one - other).abs() < 1e-6));
}
