//! A network of any kind as it can be explained: its gradient by the input, by its biases and by its last maps, all by
//! automatic differentiation of its operators as they are when it does not train.

mod bent;
mod field;
mod handles;
mod health;
mod hidden;
mod homogeneous;
mod layers;
mod parameters;
mod part;
mod spatial;

use std::{collections::HashMap, sync::Arc};

use burn::tensor::{Device, Tensor, TensorData};

pub use self::health::Trained;
pub(super) use self::parameters::{filters_of, flat, replaced};
use self::{homogeneous::Homogeneous, layers::WeightedLayer, spatial::Spatial};
use super::{Leaves, NetworkModel, Weights, forward::Forward};
use crate::{
    learning::{
        TrainError,
        inside::{
            Explained, HiddenLayer, Parameters, SpatialMaps, UnitLayers, last_layers, permuted,
        },
        onnx::{Mode, Program, Value, gradient, leaf, numbers},
    },
    network::{Fault, Size},
};

/// Multiply-adds that one pass of several inputs takes at most.
const MULTIPLY_ADDS_AT_ONCE: u64 = 400_000_000;

/// A network with these weights, on its device once with and once without differentiation.
pub struct Inside {
    model: Arc<Forward>,
    size: [usize; 3],
    weights: Arc<Weights>,
    /// The parameters that learn, by their places.
    learning: Arc<[usize]>,
    plain: Leaves,
    differentiated: Leaves,
    device: Device,
}

impl NetworkModel {
    /// As it can be explained.
    ///
    /// # Errors
    /// If it reads no image.
    pub fn inside(&self) -> Result<Inside, TrainError> {
        let Size::Maps { channels, rows, columns } = self.forward.plan.input else {
            return Err(TrainError::calculation(phrase!(
                "network-learning-only-what-a-network-says"
            )));
        };
        let (model, size) = (self.forward.clone(), [channels, rows, columns]);
        Ok(Inside::with(model, size, self.learning(), self.weights.clone()))
    }
}

impl Inside {
    fn with(
        model: Arc<Forward>,
        size: [usize; 3],
        learning: Arc<[usize]>,
        weights: Arc<Weights>,
    ) -> Self {
        let device = model.device.clone().autodiff();
        let plain = weights.leaves(&model.plan, &model.device, false);
        let differentiated = weights.leaves(&model.plan, &device, false);
        Self { model, size, weights, learning, plain, differentiated, device }
    }

    /// The same network with other weights.
    fn with_weights(&self, weights: Weights) -> Self {
        Self::with(self.model.clone(), self.size, self.learning.clone(), Arc::new(weights))
    }

    /// How many inputs go through at once.
    fn at_once(&self) -> usize {
        if self.model.plan.single {
            return 1;
        }
        let most = MULTIPLY_ADDS_AT_ONCE / self.model.plan.multiply_adds.max(1);
        (most as usize).clamp(1, 64)
    }

    fn input_len(&self) -> usize {
        self.size.iter().product::<usize>().max(1)
    }

    /// What its operators read, differentiated by nothing yet.
    fn values(&self, inputs: &[f32]) -> Result<HashMap<String, Value>, TrainError> {
        let count = inputs.len() / self.input_len();
        self.model.values(&self.differentiated, inputs.to_vec(), count, &self.device)
    }

    /// Σ `of` · numbers of what a program gives first, which are the logits of the whole network.
    fn explained(&self, made: &[Value], of: &[f32]) -> Result<Tensor<1>, TrainError> {
        let row = [1, of.len()];
        let made = made
            .first()
            .ok_or_else(|| TrainError::calculation(phrase!("network-learning-it-has-no-output")))?;
        let made = made.rows(row, &self.device)?;
        let of = TensorData::new(of.to_vec(), row);
        Ok((made * Tensor::<2>::from_data(of, &self.device)).sum())
    }

    fn input_name(&self) -> String {
        let port = self.model.plan.model.inputs.first();
        port.map(|port| port.name.clone()).unwrap_or_default()
    }

    /// The gradients of a program's Σ `of` · numbers by some of the values that it reads, which become leaves; zeros where
    /// it does not depend on one. `see` hears what the operators make.
    fn gradients_by(
        &self,
        program: &Program,
        mut values: HashMap<String, Value>,
        by: &[&str],
        of: &[f32],
        see: &mut dyn FnMut(&str, &Value) -> Result<(), Fault>,
    ) -> Result<Vec<Vec<f32>>, TrainError> {
        let mut leaves = Vec::with_capacity(by.len());
        for name in by {
            let missing =
                || Fault::new(phrase!("network-learning-there-is-no-to-differentiate", name));
            let array = values.get(*name).ok_or_else(missing)?.array()?;
            let leaf = leaf(&array.shared(), &array.dims, &self.device);
            values.insert((*name).to_owned(), Value::Device(leaf.clone()));
            leaves.push((leaf, array.len()));
        }
        let mut see = |_, name: &str, value: &Value| see(name, value);
        let (made, _) = program.run(values, &self.device, Mode::Evaluation, &mut see)?;
        let mut gradients = self.explained(&made, of)?.backward();
        let found = leaves.iter().map(|(leaf, count)| {
            Ok(gradient(leaf, &mut gradients)?.unwrap_or_else(|| vec![0.0; *count]))
        });
        found.collect()
    }

    fn weighted_layers(&self) -> Vec<WeightedLayer> {
        layers::weighted(&self.model.plan)
    }
}

impl Explained for Inside {
    fn size(&self) -> [usize; 3] {
        self.size
    }

    fn classes(&self) -> usize {
        self.model.plan.classes
    }

    fn multiply_adds(&self) -> u64 {
        self.model.plan.multiply_adds
    }

    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let mut logits = Vec::new();
        for inputs in inputs.chunks(self.at_once() * self.input_len()) {
            let count = inputs.len() / self.input_len();
            let device = &self.model.device;
            let (made, _) = self.model.pass(&self.plain, inputs.to_vec(), count, device, None)?;
            logits.extend(numbers(made.into_dispatch())?);
        }
        Ok(logits)
    }

    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        let name = self.input_name();
        let mut gradients = Vec::with_capacity(inputs.len());
        let at_once = self.at_once();
        let inputs = inputs.chunks(at_once * self.input_len());
        for (inputs, of) in inputs.zip(of.chunks(at_once * self.classes().max(1))) {
            let values = self.values(inputs)?;
            let found =
                self.gradients_by(&self.model.program, values, &[&name], of, &mut |_, _| Ok(()))?;
            gradients.extend(found.into_iter().flatten());
        }
        Ok(gradients)
    }

    fn biases(&self, input: &[f32], of: &[f32]) -> Result<Option<f32>, TrainError> {
        let Some(added) = Homogeneous::of(&self.model.plan).added() else { return Ok(None) };
        let values = self.values(input)?;
        let by: Vec<&str> = added.iter().map(String::as_str).collect();
        let arrays = by.iter().map(|name| match values.get(*name) {
            Some(value) => Ok(value.array()?.to_singles()),
            None => Ok(Vec::new()),
        });
        let arrays = arrays.collect::<Result<Vec<_>, TrainError>>()?;
        let found = self.gradients_by(&self.model.program, values, &by, of, &mut |_, _| Ok(()))?;
        let share = |(array, slopes): (&Vec<f32>, &Vec<f32>)| -> f64 {
            array.iter().zip(slopes).map(|(a, b)| f64::from(*a) * f64::from(*b)).sum()
        };
        Ok(Some(arrays.iter().zip(&found).map(share).sum::<f64>() as f32))
    }

    fn maps(&self, input: &[f32], of: &[f32]) -> Result<Option<SpatialMaps>, TrainError> {
        let plan = &self.model.plan;
        let Some(spatial) = Spatial::of(plan, &self.sizes()?) else { return Ok(None) };
        let [maps, rows, columns] = spatial.size;
        let dims = [1, maps, rows, columns];
        let program = spatial.program(plan)?;
        // Nothing is added to the maps, and the gradient by that nothing is theirs.
        let mut values = self.values(input)?;
        let nothing = Value::images(vec![0.0; maps * rows * columns], &dims, &self.device);
        values.insert(spatial::ADDED.to_owned(), nothing);
        let mut seen = Vec::new();
        let mut see = |name: &str, value: &Value| {
            if name == spatial.value {
                seen = value.array()?.to_singles();
            }
            Ok(())
        };
        let by = [spatial::ADDED];
        let mut found = self.gradients_by(&program, values, &by, of, &mut see)?;
        let gradient = found.pop().unwrap_or_default();
        let rest = match Homogeneous::of(plan).is_affine_behind(&spatial.value) {
            true => {
                let mut values = self.values(input)?;
                let less = seen.iter().map(|unit| -unit).collect();
                let less = Value::images(less, &dims, &self.device);
                values.insert(spatial::ADDED.to_owned(), less);
                let (made, _) =
                    program.run(values, &self.device, Mode::Evaluation, &mut |_, _, _| Ok(()))?;
                numbers(self.explained(&made, of)?.into_dispatch())?.first().copied()
            }
            false => None,
        };
        Ok(Some(SpatialMaps {
            layer: spatial.called(plan),
            size: spatial.size,
            values: seen,
            gradient,
            // For dimensions, for the gradient, and without the maps.
            forward: 2 + u64::from(rest.is_some()),
            rest,
        }))
    }

    fn layers(&self) -> Vec<String> {
        self.weighted_layers().into_iter().map(|layer| layer.name).collect()
    }

    fn shuffled(&self, layers: usize, seed: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        let mut weights = (*self.weights).clone();
        for layer in last_layers(self.weighted_layers(), layers) {
            for at in layer.parameters {
                if let Some(array) = weights.parameters.get_mut(at) {
                    *array = permuted(array, seed, at).into();
                }
            }
        }
        Ok(Box::new(self.with_weights(weights)))
    }

    fn parameters(&self) -> Result<Option<Parameters>, TrainError> {
        Ok(Some(self.all_parameters()))
    }

    fn with_parameters(&self, numbers: &[f32]) -> Result<Box<dyn Explained + '_>, TrainError> {
        Ok(Box::new(self.with_weights(self.weights_of(numbers)?)))
    }

    fn hessian_times(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        self.bent(images, labels, direction).map(Some)
    }

    fn unit_layers(&self) -> Result<UnitLayers, TrainError> {
        self.all_unit_layers()
    }

    fn hidden(&self, layer: &str) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        self.hidden_layer(layer)
    }
}
