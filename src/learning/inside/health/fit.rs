//! How well images are told apart, how frequent their classes are, and what knowing only that would lose.

use super::super::{answers::Answers, goal, temperature};
use crate::{
    inside::{Balance, Fit},
    learning::data::Examples,
};

/// Loss and accuracy of logits; not a number where a logit is none.
pub(super) fn fit(logits: Vec<f32>, labels: &[usize], classes: usize) -> Fit {
    let no_number = logits.iter().any(|logit| logit.is_nan());
    let answers = Answers { classes, logits, labels: labels.to_vec() };
    let right = answers.each().filter(|(logits, label)| goal::said(logits) == Some(*label)).count();
    let images = labels.len();
    Fit {
        images,
        loss: temperature::mean_loss(&answers, 1.0),
        accuracy: if no_number { f64::NAN } else { right as f64 / images as f64 },
    }
}

/// How many images each class has.
fn counts(examples: &Examples, classes: usize) -> Vec<usize> {
    let mut counts = vec![0; classes];
    for label in &examples.labels {
        if let Some(count) = counts.get_mut(usize::from(*label)) {
            *count += 1;
        }
    }
    counts
}

/// The cross-entropy, in nats, of a model that knows how frequent classes are and nothing else: their entropy.
pub(super) fn chance(examples: &Examples, classes: usize) -> f64 {
    let all = examples.len() as f64;
    let shares = counts(examples, classes).into_iter().map(|count| count as f64 / all);
    shares.filter(|share| *share > 0.0).map(|share| -share * share.ln()).sum()
}

/// The most frequent and the rarest class, the first of equals.
pub(super) fn balance(examples: &Examples, classes: usize, weighted: bool) -> Balance {
    let counts = counts(examples, classes);
    let (mut most, mut least) = ([0, 0], [0, usize::MAX]);
    for (class, count) in counts.into_iter().enumerate() {
        if count > most[1] {
            most = [class, count];
        }
        if count < least[1] {
            least = [class, count];
        }
    }
    Balance { most, least, weighted }
}
