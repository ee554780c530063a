//! A model of one page: logits that are polynomials of the pixels, so that every map can be worked out by hand.

use super::*;

/// Logit c is `Σ w_ci x_i + q_c Σ x_i²`.
pub(super) struct Toy {
    pub(super) size: [usize; 3],
    /// Classes × pixels.
    pub(super) weights: Vec<f32>,
    /// For each class.
    pub(super) squares: Vec<f32>,
}

impl Explained for Toy {
    fn size(&self) -> [usize; 3] {
        self.size
    }

    fn classes(&self) -> usize {
        self.squares.len()
    }

    fn multiply_adds(&self) -> u64 {
        1
    }

    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        let length = self.size.iter().product::<usize>();
        let logits = inputs.chunks(length).flat_map(|input| {
            self.weights.chunks(length).zip(&self.squares).map(move |(weights, square)| {
                let terms = weights.iter().zip(input);
                terms.map(|(w, x)| w * x + square * x * x).sum::<f32>()
            })
        });
        Ok(logits.collect())
    }

    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        let length = self.size.iter().product::<usize>();
        let mut gradients = vec![0.0; inputs.len()];
        let rows = gradients.chunks_mut(length).zip(inputs.chunks(length));
        for ((gradient, input), of) in rows.zip(of.chunks(self.classes())) {
            let classes = self.weights.chunks(length).zip(&self.squares).zip(of);
            for ((weights, square), of) in classes {
                for ((sum, weight), pixel) in gradient.iter_mut().zip(weights).zip(input) {
                    *sum += of * (weight + 2.0 * square * pixel);
                }
            }
        }
        Ok(gradients)
    }

    fn biases(&self, _: &[f32], _: &[f32]) -> Result<Option<f32>, TrainError> {
        Ok(self.squares.iter().all(|square| *square == 0.0).then_some(0.0))
    }

    fn maps(&self, _: &[f32], _: &[f32]) -> Result<Option<SpatialMaps>, TrainError> {
        Ok(None)
    }

    fn layers(&self) -> Vec<String> {
        vec!["weights".to_owned()]
    }

    fn shuffled(&self, layers: usize, seed: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        let weights = match layers {
            0 => self.weights.clone(),
            _ => permuted(&self.weights, seed, 0),
        };
        Ok(Box::new(Self { size: self.size, weights, squares: self.squares.clone() }))
    }

    fn with_parameters(&self, numbers: &[f32]) -> Result<Box<dyn Explained + '_>, TrainError> {
        assert_eq!(numbers.len(), self.weights.len());
        let (size, squares) = (self.size, self.squares.clone());
        Ok(Box::new(Self { size, weights: numbers.to_vec(), squares }))
    }
}

/// Numbers that are not alike.
pub(super) fn wave(count: usize, speed: f32) -> Vec<f32> {
    (0..count).map(|at| (at as f32 * speed + 0.3).sin()).collect()
}

/// Two classes over 2 channels of 7 × 9 pixels, and an image.
pub(super) fn toy(squares: [f32; 2]) -> (Toy, Vec<f32>) {
    let size = [2, 7, 9];
    let image = wave(126, 0.9).into_iter().map(|pixel| (200.0 * pixel.abs()).round() / 255.0);
    (Toy { size, weights: wave(252, 0.37), squares: squares.into() }, image.collect())
}
