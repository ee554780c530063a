//! Calibration where it can be worked out by hand.

use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{
    super::{
        answers::Answers,
        calibration::Diagram,
        goal,
        temperature::{best, mean_loss},
    },
    toy::Toy,
    *,
};
use crate::{
    inside::{Sure, SureAsked},
    learning::data::Images,
};

/// Answers of two classes that are so sure of the first, and whether that is right.
fn answers(sure: &[(f64, bool)]) -> Answers {
    Answers {
        classes: 2,
        logits: sure.iter().flat_map(|(p, _)| [(p / (1.0 - p)).ln() as f32, 0.0]).collect(),
        labels: sure.iter().map(|(_, right)| usize::from(!right)).collect(),
    }
}

#[test]
fn the_error_of_calibration_is_what_it_is_by_hand() {
    let of = |sure: &[(f64, bool)]| Diagram::of(&answers(sure), 1.0);
    // As often right as sure.
    let perfect = of(&[(0.75, true), (0.75, true), (0.75, true), (0.75, false)]);
    assert!(perfect.ece() < 1e-7 && perfect.accuracy() == 0.75, "{}", perfect.ece());
    // (|1 − 0.75| + |0 − 0.9|) / 2, each in a bin of its own.
    let apart = of(&[(0.75, true), (0.9, false)]);
    assert!((apart.ece() - 0.575).abs() < 1e-7, "{}", apart.ece());
    // In one bin they make up for each other: |1 − (0.74 + 0.75)| / 2 with one of two right.
    let together = of(&[(0.74, true), (0.75, false)]);
    assert!((together.ece() - 0.245).abs() < 1e-7, "{}", together.ece());
    // A logit that is all lies in the last bin.
    let all = Answers { classes: 2, logits: vec![200.0, 0.0], labels: vec![0] };
    assert_eq!((Diagram::of(&all, 1.0).ece(), Diagram::of(&all, 1.0).accuracy()), (0.0, 1.0));
}

#[test]
fn the_best_temperature_is_found_and_changes_no_answer() {
    // Right three times of four, but as sure as 0.75 only at this temperature: the slope is zero there and nowhere else.
    for known in [0.25_f64, 1.0, 3.5, 40.0] {
        let logit = (known * 3.0_f64.ln()) as f32;
        let answers =
            Answers { classes: 2, logits: [logit, 0.0].repeat(4), labels: vec![0, 0, 1, 0] };
        let found = best(&answers).unwrap();
        assert!((found.value / known - 1.0).abs() < 1e-6, "{known}: {found:?}");
        assert!(found.iterations < 20, "{known}: {found:?}");
        for other in [0.5 * known, 0.99 * known, 1.01 * known, 2.0 * known] {
            assert!(mean_loss(&answers, other) > mean_loss(&answers, found.value));
        }
        let accuracy = |temperature| Diagram::of(&answers, temperature).accuracy();
        assert!([0.01, 0.5, 2.0, 100.0].into_iter().all(|t| accuracy(t) == accuracy(1.0)));
        assert!(Diagram::of(&answers, found.value).ece() < 1e-6);
    }
    // At temperature 1 it is the loss of the goal.
    let some = answers(&[(0.9, true), (0.6, false)]);
    let plain = some.each().map(|(logits, label)| goal::loss(logits, label)).sum::<f64>() / 2.0;
    assert!((mean_loss(&some, 1.0) - plain).abs() < 1e-12);
    assert!(best(&answers(&[(0.9, true), (0.8, true)])).is_err_and(|why| why.contains("colder")));
    assert!(best(&answers(&[(0.9, false), (0.8, false)])).is_err_and(|why| why.contains("chance")));
    assert!(best(&answers(&[(0.5, true); 3])).is_err_and(|why| why.contains("chance")));
}

/// A model that says eight times its pixels, and images whose class is drawn as if it were too sure by this temperature.
fn too_sure(count: usize, temperature: f64) -> (Toy, Examples) {
    let mut weights = vec![0.0; 9];
    (0..3).for_each(|at| weights[4 * at] = 8.0);
    let mut generator = ChaCha8Rng::seed_from_u64(4);
    let pixels: Vec<u8> = (0..3 * count).map(|_| generator.random::<u8>()).collect();
    let labels: Vec<u8> = pixels
        .chunks(3)
        .map(|pixels| {
            let logits = pixels.iter().map(|pixel| f64::from(*pixel) * 8.0 / 255.0 / temperature);
            let shares = goal::probabilities(&logits.map(|z| z as f32).collect::<Vec<_>>());
            let drawn = generator.random::<f64>();
            match drawn {
                _ if drawn < shares[0] => 0,
                _ if drawn < shares[0] + shares[1] => 1,
                _ => 2,
            }
        })
        .collect();
    let toy = Toy { size: [1, 1, 3], weights, squares: vec![0.0; 3] };
    (toy, Examples::new(&Images { pixels: pixels.into(), labels: labels.into() }))
}

fn ask(model: &Toy, tests: &Examples) -> Result<Sure, TrainError> {
    calibration(model, &SureAsked { seed: 2 }, tests)
}

#[test]
fn a_model_that_is_too_sure_is_mended_on_images_that_it_was_not_mended_by() {
    let (model, tests) = too_sure(8001, 2.0);
    let sure = ask(&model, &tests).unwrap();
    let found = sure.temperature.unwrap();
    assert!((found.value - 2.0).abs() < 0.1, "{found:?}");
    assert_eq!((found.fitted_on, found.tried_on), (4000, 4001));
    assert!(found.ece[0] > 0.08 && found.ece[1] < 0.03, "{found:?}");
    assert!(found.loss[1] < found.loss[0], "{found:?}");
    assert_eq!((sure.images, sure.bins.len()), (8001, 15));
    assert_eq!(sure.bins.iter().map(|bin| bin.images).sum::<usize>(), 8001);
    assert!(sure.confidence > sure.accuracy + 0.08);
    for (at, bin) in sure.bins.iter().enumerate().filter(|(_, bin)| bin.images > 0) {
        let edges = at as f32 / 15.0..=(at + 1) as f32 / 15.0;
        assert!(edges.contains(&bin.confidence), "{at}: {bin:?}");
    }
    // What is said of three classes is never less sure than a third, which the fifth bin ends with.
    assert!(sure.bins[..4].iter().all(|bin| bin.images == 0 && bin.accuracy.is_nan()));
    assert_eq!((sure.price.forward, sure.price.backward), (8001, 0));
    let twice = ask(&model, &tests).unwrap();
    assert_eq!((twice.ece, twice.temperature), (sure.ece, sure.temperature));
}

#[test]
fn what_is_no_number_stays_so_and_what_cannot_be_asked_is_a_sentence() {
    let (mut model, tests) = too_sure(20, 1.0);
    model.weights[0] = f32::NAN;
    let sure = ask(&model, &tests).unwrap();
    assert!(sure.ece.is_nan() && sure.accuracy.is_nan() && sure.confidence.is_nan());
    assert!(sure.temperature.is_none() && sure.remarks[0].contains("no number"), "{sure:?}");
    let none = Examples::new(&Images { pixels: [].into(), labels: [].into() });
    let said = ask(&model, &none).unwrap_err().to_string();
    assert!(said.contains("no test images"), "{said}");
    let one = Toy { size: [1, 1, 3], weights: vec![1.0; 3], squares: vec![0.0] };
    let said = ask(&one, &tests).unwrap_err().to_string();
    assert!(said.contains("no two classes"), "{said}");
    let (model, alone) = too_sure(1, 1.0);
    let alone = ask(&model, &alone).unwrap();
    assert!(alone.temperature.is_none() && alone.remarks[0].contains("halves"), "{alone:?}");
}
