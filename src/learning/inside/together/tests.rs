//! Fusing by hand: models of three classes whose opinions are made up.

use super::{super::answers::Answers, Opinions, logistic, stacked};
use crate::learning::data::{Examples, Images};

/// A member that says these classes with this much more than the others.
fn member(said: &[usize], sure: f32, labels: &[usize]) -> Answers {
    let logits = said
        .iter()
        .flat_map(|class| (0..3).map(move |at| if at == *class { sure } else { 0.0 }))
        .collect();
    Answers { classes: 3, logits, labels: labels.to_vec() }
}

const LABELS: [usize; 6] = [0, 1, 2, 0, 1, 2];

#[test]
fn the_mean_is_worth_no_less_than_the_members_on_average() {
    let members = [
        member(&[0, 1, 2, 0, 1, 1], 2.0, &LABELS),
        member(&[0, 1, 2, 1, 1, 2], 2.0, &LABELS),
        member(&[2, 1, 2, 0, 0, 2], 2.0, &LABELS),
    ];
    let opinions = Opinions::of(&members);
    let alone: Vec<f32> = (0..3).map(|at| opinions.alone(at).accuracy).collect();
    assert_eq!(alone, [5.0 / 6.0, 5.0 / 6.0, 4.0 / 6.0]);
    let whole = opinions.averaged(None);
    assert_eq!(whole.accuracy, 1.0, "no two are wrong about the same image");
    let mean = (0..3).map(|at| opinions.alone(at).loss).sum::<f32>() / 3.0;
    assert!(whole.loss < mean, "{} {mean}", whole.loss);
    assert_eq!(opinions.voted(), 1.0);
    assert!(opinions.averaged(Some(0)).accuracy < 1.0, "it adds something");
    let differ = opinions.differ();
    assert_eq!(differ.len(), 9);
    assert_eq!([differ[0], differ[4], differ[8]], [0.0; 3]);
    assert_eq!((differ[1], differ[3]), (2.0 / 6.0, 2.0 / 6.0));
    let contested = opinions.contested(&[10, 11, 12, 13, 14, 15], 2);
    assert_eq!(contested.len(), 2);
    assert!(contested[0].apart >= contested[1].apart && contested[1].apart > 0.0);
    let all = opinions.contested(&[10, 11, 12, 13, 14, 15], 99);
    let indices: Vec<usize> = all.iter().map(|one| one.index).collect();
    assert_eq!(indices, [10, 13, 14, 15], "who agree contest nothing");
    assert_eq!((&all[0].said[..], all[0].together, all[0].label), (&[0, 0, 2][..], 0, 0));
}

#[test]
fn a_vote_between_equals_goes_by_the_mean() {
    let labels = [1];
    let members = [member(&[0], 0.5, &labels), member(&[1], 3.0, &labels)];
    assert_eq!(Opinions::of(&members).voted(), 1.0);
    let members = [member(&[0], 3.0, &labels), member(&[1], 0.5, &labels)];
    assert_eq!(Opinions::of(&members).voted(), 0.0);
}

#[test]
fn weights_are_where_the_loss_is_least() {
    let right = member(&[0, 1, 2, 0, 1, 1], 2.0, &LABELS);
    let chance = member(&[1, 2, 0, 1, 2, 0], 0.0, &LABELS);
    let weights = stacked::weights(&[right.clone(), chance.clone()]).unwrap();
    let best = stacked::worth(&[right.clone(), chance.clone()], &weights).loss;
    for (at, by) in [(0, 0.05), (0, -0.05)] {
        let mut other = weights.clone();
        other[at] += by;
        let worse = stacked::worth(&[right.clone(), chance.clone()], &other).loss;
        assert!(worse > best, "{weights:?} {worse} {best}");
    }
    // One that says nothing has no part in it, twins share theirs, and a liar is heard backwards.
    let twins = stacked::weights(&[right.clone(), right.clone()]).unwrap();
    assert!((twins[0] - twins[1]).abs() < 1e-6 && (twins[0] + twins[1] - weights[0]).abs() < 1e-3);
    let liar = member(&[1, 2, 0, 1, 2, 0], 1.0, &LABELS);
    let heard = stacked::weights(&[right, liar.clone()]).unwrap();
    assert!(heard[1] < 0.0, "{heard:?}");
    let mut none = liar;
    none.logits[4] = f32::NAN;
    assert!(stacked::weights(&[none]).unwrap_err().contains("no number"));
}

#[test]
fn a_logistic_regression_learns_what_a_line_parts() {
    // Bright on the left is class 0, on the right class 1.
    let pixels: Vec<u8> = (0..64_u8)
        .flat_map(|at| if at % 2 == 0 { [200 + at / 2, at / 4] } else { [at / 4, 200 + at / 2] })
        .collect();
    let labels: Vec<u8> = (0..64).map(|at| at % 2).collect();
    let images = Images { pixels: pixels.into(), labels: labels.into() };
    let train = Examples::new(&images);
    let learned = logistic::fitted(&train, 2, 1, &|| true).unwrap();
    let logits = learned.logits(&train.brightness, 2);
    let right = logits
        .chunks(2)
        .zip(&train.labels)
        .filter(|(logits, label)| usize::from(logits[1] > logits[0]) == usize::from(**label));
    assert_eq!(right.count(), 64);
    let again = logistic::fitted(&train, 2, 1, &|| true).unwrap();
    assert_eq!(again.logits(&train.brightness, 2), logits, "bit for bit");
    let other = logistic::fitted(&train, 2, 2, &|| true).unwrap();
    assert_ne!(other.logits(&train.brightness, 2), logits);
    assert!(logistic::fitted(&train, 2, 1, &|| false).is_err(), "nobody waits");
}
