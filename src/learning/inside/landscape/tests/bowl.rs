//! A model whose loss is a quadratic of its weights, whatever it is shown.

use super::super::super::{Filters, SpatialMaps};
use super::*;
use crate::{
    inside::LandscapeAsked,
    learning::data::{Examples, Images},
};

/// The loss is ½ Σ `bends` w² + `floor`, with the bends of the weights before the last two, which make no loss: a bias, and
/// what a normalisation remembers, which is added to the loss.
#[derive(Clone)]
pub(super) struct Bowl {
    pub(super) numbers: Vec<f32>,
    pub(super) bends: Vec<f64>,
    pub(super) floor: f64,
    pub(super) multiply_adds: u64,
}

impl Bowl {
    /// At these weights, with a bias of 5 and nothing remembered.
    pub(super) fn at(weights: &[f32], bends: &[f64]) -> Self {
        let numbers = [weights, &[5.0, 0.0]].concat();
        Self { numbers, bends: bends.to_vec(), floor: 0.25, multiply_adds: 1 }
    }

    pub(super) fn loss(&self, numbers: &[f32]) -> f64 {
        let remembered = f64::from(numbers[self.bends.len() + 1]);
        let squares = numbers.iter().zip(&self.bends);
        let sum: f64 = squares.map(|(w, bend)| 0.5 * bend * f64::from(*w).powi(2)).sum();
        sum + self.floor + remembered
    }
}

impl Explained for Bowl {
    fn size(&self) -> [usize; 3] {
        [1, 1, 2]
    }

    fn classes(&self) -> usize {
        2
    }

    fn multiply_adds(&self) -> u64 {
        self.multiply_adds
    }

    /// With z = −ln(e^L − 1) the loss of class 0, ln(1 + e^−z), is L.
    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let logit = -self.loss(&self.numbers).exp_m1().ln() as f32;
        Ok(inputs.chunks(2).flat_map(|_| [logit, 0.0]).collect())
    }

    fn gradients(&self, inputs: &[f32], _: &[f32]) -> Result<Vec<f32>, TrainError> {
        Ok(vec![0.0; inputs.len()])
    }

    fn biases(&self, _: &[f32], _: &[f32]) -> Result<Option<f32>, TrainError> {
        Ok(None)
    }

    fn maps(&self, _: &[f32], _: &[f32]) -> Result<Option<SpatialMaps>, TrainError> {
        Ok(None)
    }

    fn layers(&self) -> Vec<String> {
        vec!["bowl".to_owned()]
    }

    fn shuffled(&self, _: usize, _: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        Ok(Box::new(self.clone()))
    }

    fn parameters(&self) -> Result<Option<Parameters>, TrainError> {
        let weights = self.bends.len();
        Ok(Some(Parameters {
            numbers: self.numbers.clone(),
            learned: weights + 1,
            // Half of the weights each, where they can be halved.
            filters: Filters::of(0, [1, 2, weights / 2]).into_iter().collect(),
        }))
    }

    fn with_parameters(&self, numbers: &[f32]) -> Result<Box<dyn Explained + '_>, TrainError> {
        assert_eq!(numbers.len(), self.numbers.len());
        Ok(Box::new(Self { numbers: numbers.to_vec(), ..self.clone() }))
    }

    fn hessian_times(
        &self,
        _: &[f32],
        _: &[usize],
        direction: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        let bends = self.bends.iter().copied().chain([0.0]);
        Ok(Some(direction.iter().zip(bends).map(|(a, b)| (f64::from(*a) * b) as f32).collect()))
    }
}

/// So many images of class 0.
pub(super) fn examples(count: usize) -> Examples {
    Examples::new(&Images { pixels: vec![0; 2 * count].into(), labels: vec![0; count].into() })
}

/// The way of a run through these weights, one a step.
pub(super) fn kept(states: &[Vec<f32>]) -> Trail {
    let mut way = super::super::super::Way::default();
    for (step, weights) in states.iter().enumerate() {
        let numbers = [weights.as_slice(), &[5.0, 0.0]].concat();
        match step {
            0 => way.begin(1, 0, numbers),
            _ => way.took(step as u64, || Ok(numbers)).unwrap(),
        }
    }
    way.trail()
}

/// What is said of a plane, over 3 images and 5 × 5 places.
pub(super) fn gone(
    model: &dyn Explained,
    trail: &Trail,
    plane: Plane,
) -> Result<Landscape, TrainError> {
    let asked = LandscapeAsked { plane, side: 5, images: 3, seed: 4 };
    ask(model, trail, &asked, 3)
}

/// What is said of so many test images.
pub(super) fn ask(
    model: &dyn Explained,
    trail: &Trail,
    asked: &LandscapeAsked,
    tests: usize,
) -> Result<Landscape, TrainError> {
    let (means, tests) = (crate::learning::inside::Means::new(2), examples(tests));
    let (layouts, train, tests) = (&crate::learning::inside::Layouts::default(), &tests, &tests);
    let examples = Baselines { means: &means, layouts, train, tests, trail };
    landscape(model, asked, examples, &|| true)
}
