//! Where a network makes what is no number before it has learned anything.

use crate::{exhibits::network::model::NetworkTrainable, learning::TrainError, words::Phrase};

impl NetworkTrainable {
    /// What is the first that holds no number, in the order of computation: weights, then the layers for what the
    /// first batch holds.
    pub(super) fn first_that_is_none(&self) -> Result<Option<Phrase>, TrainError> {
        let (plan, weights) = (self.plan(), self.model.weights());
        let is_none = |numbers: &[f32]| numbers.iter().any(|number| !number.is_finite());
        let learned = plan.parameters.iter().map(|parameter| &parameter.name);
        let remembered = plan.memories.iter().map(|memory| &memory.name);
        let learned = learned.zip(weights.parameters.iter().map(|numbers| numbers.as_slice()));
        let remembered = remembered.zip(weights.memories.iter().map(Vec::as_slice));
        let mut named = learned.chain(remembered);
        if let Some((name, _)) = named.find(|(_, numbers)| is_none(numbers)) {
            return Ok(Some(phrase!("network-model-the-first-are-among-the", name)));
        }
        for example in self.lessons.first(self.batch) {
            let mut first = None;
            self.model.look(
                weights,
                &example,
                |_| true,
                |layer, numbers| {
                    if first.is_none() && is_none(numbers) {
                        first = Some(layer);
                    }
                },
            )?;
            if let Some(name) = first.and_then(|layer| self.names.layers.get(layer)) {
                return Ok(Some(phrase!(
                    "network-model-the-first-layer-that-makes",
                    name = name.name()
                )));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::{
        learning::{
            Trainable as _, TrainingConfig,
            data::{Dataset, Images},
        },
        network::description,
    };

    fn trainable(change: impl FnOnce(&mut crate::network::Plan)) -> NetworkTrainable {
        let layers = "[[layers]]\nkind = \"conv2d\"\nname = \"conv\"\nout_channels = 2\nkernel_size = 3\n\
                      [[layers]]\nkind = \"relu\"\nname = \"active\"\n\
                      [[layers]]\nkind = \"flatten\"\n[[layers]]\nkind = \"linear\"\nname = \"end\"\n";
        let described = description(layers).unwrap();
        let images = |count: usize| Images {
            pixels: (0..count * 36).map(|at| (at * 7 % 255) as u8).collect(),
            labels: (0..count).map(|at| (at % 2) as u8).collect(),
        };
        let dataset = Dataset {
            name: "few".to_owned(),
            channels: 1,
            rows: 6,
            columns: 6,
            classes: ["a", "b"].map(str::to_owned).into(),
            train: images(12),
            test: images(4),
            remarks: Vec::new(),
        };
        let size = [dataset.channels, dataset.rows, dataset.columns];
        let network = described.network(size, dataset.classes.len()).unwrap();
        let mut plan = network.plan().unwrap();
        change(&mut plan);
        let config = TrainingConfig { batch: 4, ..TrainingConfig::default() };
        let (data, plan) = (dataset.into(), Arc::new(plan));
        let mut trainable =
            NetworkTrainable::new(data, plan, described.training.clone(), &config).unwrap();
        trainable.begin(1, &mut |_, _| {}).unwrap();
        trainable
    }

    #[test]
    fn the_first_that_is_no_number_is_named() {
        assert_eq!(trainable(|_| {}).first_that_is_none().unwrap(), None);
        let broken = trainable(|plan| {
            let numbers = vec![f32::NAN; plan.parameters[2].len()];
            plan.parameters[2].first = crate::network::First::Given(numbers.into());
        });
        let said = broken.first_that_is_none().unwrap().unwrap();
        assert_eq!(said, "the first are among the weights “end.weight”");
        let large = trainable(|plan| {
            let numbers = vec![f32::MAX; plan.parameters[0].len()];
            plan.parameters[0].first = crate::network::First::Given(numbers.into());
        });
        let said = large.first_that_is_none().unwrap().unwrap();
        assert_eq!(said, "the first layer that makes some is “conv”");
    }
}
