//! A model with one hidden layer of rectified maps, so that units have values, places and lesions that can be worked out.

use super::{toy::wave, *};

/// Each number of the layer is `max(0, b + w · x)`, each logit `rest + v · numbers`.
#[derive(Clone)]
pub(super) struct Perceptron {
    pub(super) layer: UnitLayer,
    /// Numbers of the layer × pixels.
    pub(super) weights: Vec<f32>,
    pub(super) biases: Vec<f32>,
    /// Classes × numbers of the layer.
    pub(super) by_class: Vec<f32>,
    pub(super) rest: Vec<f32>,
    pub(super) multiply_adds: u64,
}

/// Rows and columns of its images.
pub(super) const IMAGE: [usize; 3] = [1, 3, 4];
const PIXELS: usize = 12;
pub(super) const CLASSES: usize = 3;

/// So many units of 1 × 2 places.
pub(super) fn perceptron(units: usize) -> Perceptron {
    let layer = UnitLayer { name: "hidden".to_owned(), size: [units, 1, 2] };
    let numbers = layer.numbers();
    let mut model = Perceptron {
        weights: wave(numbers * PIXELS, 0.73),
        biases: wave(numbers, 1.9).into_iter().map(|bias| 0.2 * bias).collect(),
        by_class: wave(CLASSES * numbers, 0.41),
        rest: vec![0.0; CLASSES],
        multiply_adds: 100,
        layer,
    };
    model.balance();
    model
}

/// Images that are not alike.
fn images(count: usize) -> Vec<Vec<f32>> {
    let image =
        |at: usize| wave(PIXELS, 0.6 + 0.13 * at as f32).into_iter().map(f32::abs).collect();
    (0..count).map(image).collect()
}

impl Perceptron {
    /// Lets no class be said by itself, so that all rests on what units tell apart.
    pub(super) fn balance(&mut self) {
        self.rest.fill(0.0);
        let logits = Explained::logits(self, &images(60).concat()).unwrap();
        let mean = |class: usize| logits.iter().skip(class).step_by(CLASSES).sum::<f32>() / 60.0;
        self.rest = (0..CLASSES).map(|class| -mean(class)).collect();
    }
}

/// Images, and what the model says to them, but for every fifth.
pub(super) fn tests(model: &Perceptron, count: usize) -> Examples {
    let images = images(count);
    let seen = examples(&images, &vec![0; count]);
    let logits = Explained::logits(model, &seen.brightness).unwrap();
    let said = logits.chunks(CLASSES).enumerate().map(|(at, logits)| {
        let said = goal::said(logits).unwrap();
        (if at % 5 == 0 { said + 1 } else { said } % CLASSES) as u8
    });
    let labels: Vec<u8> = said.collect();
    examples(&images, &labels)
}

impl Explained for Perceptron {
    fn size(&self) -> [usize; 3] {
        IMAGE
    }

    fn classes(&self) -> usize {
        self.rest.len()
    }

    fn multiply_adds(&self) -> u64 {
        self.multiply_adds
    }

    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        HiddenLayer::logits(self, inputs, &HiddenLayer::values(self, inputs)?)
    }

    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        let numbers = self.layer.numbers();
        let of: Vec<f32> = of
            .chunks(self.classes())
            .flat_map(|of| {
                (0..numbers).map(move |at| {
                    (0..of.len()).map(|class| of[class] * self.by_class[class * numbers + at]).sum()
                })
            })
            .collect();
        HiddenLayer::gradients(self, inputs, &of)
    }

    fn biases(&self, _: &[f32], _: &[f32]) -> Result<Option<f32>, TrainError> {
        Ok(None)
    }

    fn maps(&self, _: &[f32], _: &[f32]) -> Result<Option<SpatialMaps>, TrainError> {
        Ok(None)
    }

    fn layers(&self) -> Vec<String> {
        Vec::new()
    }

    fn shuffled(&self, _: usize, _: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        Ok(Box::new(self.clone()))
    }

    fn unit_layers(&self) -> Result<UnitLayers, TrainError> {
        let other = UnitLayer { name: "early".to_owned(), size: [1, 1, 1] };
        Ok(UnitLayers { layers: vec![other, self.layer.clone()], usual: 1 })
    }

    fn hidden(&self, layer: &str) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        let own = (layer == "hidden").then(|| self.clone());
        Ok(own.map(|own| Box::new(own) as Box<dyn HiddenLayer>))
    }
}

impl HiddenLayer for Perceptron {
    fn layer(&self) -> &UnitLayer {
        &self.layer
    }

    fn field(&self) -> Option<Field> {
        Some(Field { first: [-1, 0], step: [1, 2], size: [3, 2] })
    }

    fn values(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let values = inputs.chunks(PIXELS).flat_map(|image| {
            self.weights.chunks(PIXELS).zip(&self.biases).map(move |(weights, bias)| {
                let sum = bias + weights.iter().zip(image).map(|(a, b)| a * b).sum::<f32>();
                if sum <= 0.0 { 0.0 } else { sum }
            })
        });
        Ok(values.collect())
    }

    fn logits(&self, _: &[f32], values: &[f32]) -> Result<Vec<f32>, TrainError> {
        let numbers = self.layer.numbers();
        let logits = values.chunks(numbers).flat_map(|values| {
            self.by_class.chunks(numbers).zip(&self.rest).map(move |(slopes, rest)| {
                rest + slopes.iter().zip(values).map(|(a, b)| a * b).sum::<f32>()
            })
        });
        Ok(logits.collect())
    }

    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        let numbers = self.layer.numbers();
        let values = HiddenLayer::values(self, inputs)?;
        let mut gradients = vec![0.0; inputs.len()];
        let rows = gradients.chunks_mut(PIXELS).zip(values.chunks(numbers)).zip(of.chunks(numbers));
        for ((gradient, values), of) in rows {
            for (at, weights) in self.weights.chunks(PIXELS).enumerate() {
                if values[at] > 0.0 {
                    gradient
                        .iter_mut()
                        .zip(weights)
                        .for_each(|(sum, weight)| *sum += of[at] * weight);
                }
            }
        }
        Ok(gradients)
    }

    fn slopes(&self) -> Result<Option<Slopes>, TrainError> {
        Ok(Some(Slopes { by_class: self.by_class.clone(), rest: self.rest.clone() }))
    }
}
