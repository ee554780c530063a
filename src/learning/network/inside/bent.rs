//! How the loss of a network bends as it is asked, not as it trains: gradients by what it learns, and products of the Hessian
//! by differences of them.

use super::{Inside, health::AWAY};
use crate::learning::{
    TrainError,
    network::{Counted, Weights, cross_entropy},
    onnx::gradient,
};

impl Inside {
    /// The Hessian of the mean cross-entropy times a direction: (g(θ + εd) − g(θ − εd)) / 2ε, with ε a thousandth of the
    /// weights' norm over the direction's.
    pub(super) fn bent(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[f32],
    ) -> Result<Vec<f32>, TrainError> {
        let norm = |of: &[f32]| of.iter().map(|one| f64::from(*one).powi(2)).sum::<f64>().sqrt();
        let (own, length) = (self.all_parameters(), norm(direction));
        let (learned, _) = own.numbers.split_at(own.learned.min(own.numbers.len()));
        if learned.len() != direction.len() {
            return Err(TrainError::calculation(phrase!(
                "network-learning-a-direction-has-other-numbers"
            )));
        }
        if length == 0.0 {
            return Ok(direction.to_vec());
        }
        let away = AWAY * norm(learned).max(AWAY) / length;
        let slope = |by: f64| {
            let mut numbers = own.numbers.clone();
            for (number, along) in numbers.iter_mut().zip(direction) {
                *number = (f64::from(*number) + by * f64::from(*along)) as f32;
            }
            self.slope(&self.weights_of(&numbers)?, images, labels)
        };
        let (one, other) = (slope(away)?, slope(-away)?);
        let both = one.iter().zip(&other);
        Ok(both.map(|(one, other)| ((one - other) / (2.0 * away)) as f32).collect())
    }

    /// The gradient by all that learns, one array after the other, of the mean cross-entropy with these weights.
    fn slope(
        &self,
        weights: &Weights,
        images: &[f32],
        labels: &[usize],
    ) -> Result<Vec<f64>, TrainError> {
        let (plan, device) = (&self.model.plan, &self.device);
        let leaves = weights.leaves(plan, device, true);
        let lengths: Vec<usize> = self
            .learning
            .iter()
            .filter_map(|at| weights.parameters.get(*at))
            .map(|array| array.len())
            .collect();
        let mut sum = vec![0.0; lengths.iter().sum()];
        let at_once = self.at_once();
        for (images, labels) in
            images.chunks(at_once * self.input_len()).zip(labels.chunks(at_once))
        {
            let share = labels.len() as f64;
            let classes = labels.iter().map(|label| *label as i64).collect();
            let (logits, _) =
                self.model.pass(&leaves, images.to_vec(), labels.len(), device, None)?;
            let mut found = cross_entropy(logits, classes, Counted::default(), device).backward();
            let mut rest = sum.as_mut_slice();
            for (at, length) in self.learning.iter().zip(&lengths) {
                let (own, others) = rest.split_at_mut((*length).min(rest.len()));
                rest = others;
                let Some(leaf) = leaves.learned.get(*at) else { continue };
                let Some(slopes) = gradient(leaf, &mut found)? else { continue };
                own.iter_mut().zip(slopes).for_each(|(sum, one)| *sum += share * f64::from(one));
            }
        }
        let count = labels.len().max(1) as f64;
        sum.iter_mut().for_each(|sum| *sum /= count);
        Ok(sum)
    }
}
