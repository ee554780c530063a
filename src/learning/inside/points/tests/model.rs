//! A model whose hidden layer makes numbers that can be chosen: each a sum of pixels.

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::{
    inside::UnitLayer,
    learning::{
        TrainError,
        data::Examples,
        inside::{Explained, Field, HiddenLayer, Slopes, SpatialMaps, UnitLayers, tests::examples},
        layout::straighten,
        normal_pair,
    },
};

const CLASSES: usize = 3;

/// Rows of numbers, each of which becomes an image with as many pixels.
pub(in crate::learning::inside) struct Rows {
    pub(in crate::learning::inside) rows: Vec<f32>,
    pub(in crate::learning::inside) numbers: usize,
}

impl Rows {
    /// Drawn from the normal distribution.
    pub(in crate::learning::inside) fn drawn(count: usize, numbers: usize, seed: u64) -> Self {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        let draw = |_| normal_pair(&mut generator).0 as f32;
        Self { rows: (0..count * numbers).map(draw).collect(), numbers }
    }

    /// Gives rows this deviation along oblique directions at right angles, and nothing in common.
    pub(in crate::learning::inside) fn stretch(&mut self, deviation: impl Fn(usize) -> f64) {
        let column = |at: usize| -> Vec<f64> {
            let numbers = self.rows.iter().skip(at).step_by(self.numbers);
            numbers.map(|number| f64::from(*number)).collect()
        };
        let count = self.rows.len() / self.numbers;
        // The first is the mean, which all others are at right angles to.
        let mut columns = vec![vec![1.0; count]];
        columns.extend((0..self.numbers).map(column));
        straighten(&mut columns);
        let wave = |which: usize| (0..self.numbers).map(move |at| (at * at + 3 * which) as f64);
        let mut directions: Vec<Vec<f64>> =
            (0..self.numbers).map(|which| wave(which * which).map(f64::sin).collect()).collect();
        straighten(&mut directions);
        self.rows.fill(0.0);
        for (which, (column, direction)) in columns[1..].iter().zip(&directions).enumerate() {
            for (row, along) in self.rows.chunks_mut(self.numbers).zip(column) {
                for (number, part) in row.iter_mut().zip(direction) {
                    *number += (deviation(which) * along * part) as f32;
                }
            }
        }
    }

    /// The model whose hidden layer gives each pixel back.
    pub(in crate::learning::inside) fn model(&self, pixels: usize) -> Linear {
        let mut weights = vec![0.0; self.numbers * pixels];
        weights.iter_mut().step_by(pixels + 1).for_each(|weight| *weight = 2.0);
        let by_class = (0..CLASSES * self.numbers).map(|at| (at as f32 * 1.3).sin()).collect();
        let layer = UnitLayer { name: "hidden".to_owned(), size: [self.numbers, 1, 1] };
        Linear { layer, pixels, weights, by_class, multiply_adds: 1 }
    }
}

/// Images whose pixels are the rows, brought to 0..=1 and 256 steps of brightness.
pub(in crate::learning::inside) fn images_of(rows: &Rows) -> Examples {
    let (low, high) =
        rows.rows.iter().fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), one| {
            (low.min(*one), high.max(*one))
        });
    let image = |row: &[f32]| row.iter().map(|number| (number - low) / (high - low)).collect();
    let images: Vec<Vec<f32>> = rows.rows.chunks(rows.numbers).map(image).collect();
    let labels: Vec<u8> = (0..images.len()).map(|at| (at % CLASSES) as u8).collect();
    examples(&images, &labels)
}

/// Numbers of the hidden layer are sums of pixels, logits sums of these.
#[derive(Clone)]
pub(in crate::learning::inside) struct Linear {
    pub(in crate::learning::inside) layer: UnitLayer,
    pub(in crate::learning::inside) pixels: usize,
    /// Numbers × pixels.
    pub(in crate::learning::inside) weights: Vec<f32>,
    /// Classes × numbers.
    pub(in crate::learning::inside) by_class: Vec<f32>,
    pub(in crate::learning::inside) multiply_adds: u64,
}

fn sums(weights: &[f32], inputs: &[f32], length: usize) -> Vec<f32> {
    let sums = inputs.chunks(length).flat_map(|input| {
        let rows = weights.chunks(length);
        rows.map(move |row| row.iter().zip(input).map(|(a, b)| a * b).sum::<f32>())
    });
    sums.collect()
}

impl Linear {
    /// What the hidden layer makes of all images.
    pub(in crate::learning::inside) fn made(&self, tests: &Examples) -> Vec<f32> {
        sums(&self.weights, &tests.brightness, self.pixels)
    }
}

impl Explained for Linear {
    fn size(&self) -> [usize; 3] {
        [1, 1, self.pixels]
    }
    fn classes(&self) -> usize {
        CLASSES
    }
    fn multiply_adds(&self) -> u64 {
        self.multiply_adds
    }
    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let made = sums(&self.weights, inputs, self.pixels);
        Ok(sums(&self.by_class, &made, self.weights.len() / self.pixels))
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
        Vec::new()
    }
    fn shuffled(&self, _: usize, _: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        Ok(Box::new(self.clone()))
    }
    fn unit_layers(&self) -> Result<UnitLayers, TrainError> {
        Ok(UnitLayers { layers: vec![self.layer.clone()], usual: 0 })
    }
    fn hidden(&self, layer: &str) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        let own = (layer == "hidden").then(|| self.clone());
        Ok(own.map(|own| Box::new(own) as Box<dyn HiddenLayer>))
    }
}

impl HiddenLayer for Linear {
    fn layer(&self) -> &UnitLayer {
        &self.layer
    }
    fn field(&self) -> Option<Field> {
        None
    }
    fn values(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        Ok(sums(&self.weights, inputs, self.pixels))
    }
    fn logits(&self, _: &[f32], values: &[f32]) -> Result<Vec<f32>, TrainError> {
        Ok(sums(&self.by_class, values, self.layer.numbers()))
    }
    fn gradients(&self, inputs: &[f32], _: &[f32]) -> Result<Vec<f32>, TrainError> {
        Ok(vec![0.0; inputs.len()])
    }
    fn slopes(&self) -> Result<Option<Slopes>, TrainError> {
        Ok(None)
    }
}
