//! The digits' training as it can be examined, by hand: gradients by the weights, and products of the Hessian
//! ([`batch`](super::batch), [`curved`](super::curved)).

#[cfg(test)]
mod tests;

use super::{
    Inside,
    batch::{ByArray, OnBatch},
};
use crate::{
    exhibits::digits::{CONVOLUTION, LOGITS, model::forward_pass::Numbers},
    inside::Ends,
    learning::{
        TrainError,
        inside::{ByLayer, Examined, Outputs},
    },
};

impl Numbers {
    /// What the convolution learns, then what the dense layer does, weights before biases.
    pub(in crate::exhibits::digits::model) fn by_layer(&self) -> ByLayer {
        vec![
            [&*self.filter_weights, &self.filter_biases].concat(),
            [&*self.dense_weights, &self.dense_biases].concat(),
        ]
    }
}

impl Inside {
    /// Dense weights, or a direction of them, one class after the other instead of unit after unit.
    fn turned(&self, of: &[f32]) -> Vec<f32> {
        let (units, classes) = (self.sizes.pooled().len().max(1), self.sizes.classes.max(1));
        let mut turned = vec![0.0; units * classes];
        for (class, turned) in turned.chunks_mut(units).enumerate() {
            let own = of.iter().skip(class).step_by(classes);
            turned.iter_mut().zip(own).for_each(|(turned, number)| *turned = *number);
        }
        turned
    }

    /// A gradient as the network learns: that of dense weights turned back, then that of their biases.
    fn layered(&self, ByArray { filters, dense, biases }: ByArray) -> ByLayer {
        let (units, classes) = (self.sizes.pooled().len().max(1), self.sizes.classes.max(1));
        let mut turned = vec![0.0; units * classes];
        for (class, own) in dense.chunks(units).enumerate() {
            let places = turned.iter_mut().skip(class).step_by(classes);
            places.zip(own).for_each(|(place, number)| *place = *number);
        }
        turned.extend(biases);
        vec![filters, turned]
    }

    fn on_batch(&self) -> OnBatch<'_> {
        OnBatch {
            sizes: self.sizes,
            stage: &self.stage,
            dense: &self.by_class,
            biases: &self.numbers.dense_biases,
        }
    }
}

impl Examined for Inside {
    fn layers(&self) -> Vec<String> {
        [CONVOLUTION, LOGITS].map(|layer| layer.name().to_owned()).into()
    }

    fn classes(&self) -> usize {
        self.sizes.classes
    }

    fn multiply_adds(&self) -> u64 {
        crate::learning::inside::Explained::multiply_adds(self)
    }

    fn weights(&self) -> ByLayer {
        self.numbers.by_layer()
    }

    fn slope(&self, images: &[f32], labels: &[usize]) -> Result<ByLayer, TrainError> {
        Ok(self.layered(self.on_batch().slope(images, labels)))
    }

    fn curved(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[Vec<f32>],
    ) -> Result<ByLayer, TrainError> {
        let [filters, dense] = direction else {
            return Err(TrainError::calculation(phrase!(
                "digits-model-a-direction-has-other-layers"
            )));
        };
        let (weights, filter_biases) =
            filters.split_at(self.numbers.filter_weights.len().min(filters.len()));
        let (dense, dense_biases) =
            dense.split_at(self.numbers.dense_weights.len().min(dense.len()));
        let along = [weights, filter_biases, &self.turned(dense), dense_biases];
        Ok(self.layered(self.on_batch().curved(images, labels, along).product))
    }

    fn outputs(
        &self,
        images: &[f32],
        hear: &mut dyn FnMut(usize, Outputs<'_>),
    ) -> Result<Vec<f32>, TrainError> {
        let pooled = self.stage.forward(images);
        let (units, values) = (self.sizes.filters, pooled.values.as_slice());
        // The filter lies innermost.
        hear(0, Outputs { activation: "ReLU", ends: Ends::Zero, units, places: 1, values });
        Ok(self.on_batch().logits(values))
    }
}
