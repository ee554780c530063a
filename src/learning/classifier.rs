//! How well a classifier tells examples apart: loss, confusion and mistakes, counted batch after batch.

use super::Judgement;
use crate::{
    images::ClassifierVerdict,
    operators::softmax,
    stream::{Fact, MetricValues, Mistake, Payload, TestReport},
};

/// As Keras does, so that a surely wrong answer does not cost infinitely much.
const LEAST_PROBABILITY: f32 = 1e-7;

/// What has been counted so far.
#[derive(Debug)]
pub struct Tally {
    classes: usize,
    examples: usize,
    loss: f64,
    /// Rows are true classes, columns what was said.
    confusion: Vec<u32>,
    mistakes: Vec<Mistake>,
    said: Vec<u8>,
    losses: Vec<f32>,
}

impl Tally {
    /// Nothing yet, of so many classes.
    pub fn new(classes: usize) -> Self {
        Self {
            classes,
            examples: 0,
            loss: 0.0,
            confusion: vec![0; classes * classes],
            mistakes: Vec::new(),
            said: Vec::new(),
            losses: Vec::new(),
        }
    }

    /// The next examples: `logits` are examples × classes.
    pub fn add(&mut self, logits: &[f32], labels: &[u8]) {
        for (row, &truth) in logits.chunks_exact(self.classes.max(1)).zip(labels) {
            let (said, probabilities) = (largest(row), softmax(row));
            let of = |class: usize| probabilities.get(class).copied().unwrap_or(0.0);
            let loss = -f64::from(of(usize::from(truth)).max(LEAST_PROBABILITY)).ln();
            self.loss += loss;
            self.losses.push(loss as f32);
            self.said.push(said as u8);
            if let Some(cell) = self.confusion.get_mut(usize::from(truth) * self.classes + said) {
                *cell += 1;
            }
            if said != usize::from(truth) {
                let (index, confidence) = (self.examples, of(said));
                self.mistakes.push(Mistake { index, truth, said: said as u8, confidence });
            }
            self.examples += 1;
        }
    }

    /// What they came to: mean loss and share of right answers, and mistakes, the surest first.
    pub fn report(mut self) -> TestReport {
        self.mistakes
            .sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then(a.index.cmp(&b.index)));
        let count = self.examples.max(1);
        TestReport {
            values: MetricValues::new(&[
                (self.loss / count as f64) as f32,
                (count - self.mistakes.len()) as f32 / count as f32,
            ]),
            confusion: self.confusion.into(),
            mistakes: self.mistakes.into(),
            said: self.said.into(),
            losses: self.losses.into(),
        }
    }
}

/// What a run came to whose classifier was tested so in the end.
pub fn judgement(test: TestReport) -> Judgement {
    let (loss, accuracy) = (test.values.loss(), test.values.get(1).unwrap_or(f32::NAN));
    // Of those that are counted, not all may be examples that one can look at.
    let classes = test.confusion.len().isqrt();
    let wrong = test.confusion.iter().enumerate().filter(|(at, _)| at % (classes + 1) != 0);
    let wrong: u64 = wrong.map(|(_, count)| u64::from(*count)).sum();
    let facts = vec![
        Fact::new(key!("learning-test-accuracy"), format!("{accuracy:.4}")),
        Fact::new(key!("learning-test-loss"), format!("{loss:.4}")),
        Fact::new(key!("learning-mistakes"), wrong.to_string()),
    ];
    let verdict = Payload::new(ClassifierVerdict { accuracy, loss, privacy: None });
    Judgement { findings: Vec::new(), test: Some(test), verdict, facts }
}

/// How many of these are told rightly; `logits` are examples × classes.
pub fn right(logits: &[f32], classes: usize, truth: impl IntoIterator<Item = usize>) -> usize {
    let rows = logits.chunks_exact(classes.max(1)).map(largest);
    rows.zip(truth).filter(|(said, truth)| said == truth).count()
}

/// The index of the largest value, the first among equals.
pub fn largest(values: &[f32]) -> usize {
    let mut best = (0, f32::NEG_INFINITY);
    for (at, &value) in values.iter().enumerate() {
        if value > best.1 {
            best = (at, value);
        }
    }
    best.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_told_with_their_place_and_the_surest_first() {
        let mut tally = Tally::new(2);
        tally.add(&[2.0, 0.0, 0.0, 1.0], &[0, 0]);
        tally.add(&[5.0, 0.0], &[1]);
        let report = tally.report();
        assert_eq!(*report.confusion, [1, 1, 1, 0]);
        let mistakes: Vec<_> = report.mistakes.iter().map(|one| (one.index, one.said)).collect();
        assert_eq!(mistakes, [(2, 0), (1, 1)]);
        assert_eq!(*report.said, [0, 1, 0]);
        let apart = |at: usize, logit: f32| (report.losses[at] - logit.exp().ln_1p()).abs();
        assert!([(0, -2.0), (1, 1.0), (2, 5.0)].iter().all(|(at, by)| apart(*at, *by) < 1e-6));
        assert!((report.losses.iter().sum::<f32>() / 3.0 - report.values.loss()).abs() < 1e-6);
        assert!((report.values.get(1).unwrap() - 1.0 / 3.0).abs() < 1e-6);
        assert_eq!(right(&[2.0, 0.0, 0.0, 1.0], 2, [0, 0]), 1);
        assert_eq!(largest(&[f32::NAN, 1.0, 1.0]), 1);
    }
}
