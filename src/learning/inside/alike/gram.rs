//! Products of what is made of each image with what is made of each other, and how alike two sets of them are: centred kernel
//! alignment (Kornblith and others 2019, <https://arxiv.org/abs/1905.00414>, equation 3) with the estimator of Song and
//! others 2012 (<https://jmlr.org/papers/v13/song12a.html>, equation 5), which is free of bias: of two layers of many units
//! that have nothing in common the usual estimator says that they are alike.

use rayon::prelude::*;

use crate::learning::layout::products;

/// Images at least: of fewer the estimator has no meaning.
pub(super) const LEAST_IMAGES: usize = 4;
/// Numbers whose products are summed at once: those of 500 images fit into the second cache.
const AT_ONCE: usize = 256;
/// What is left of the squares below this share is what rounding left.
const NOTHING: f64 = 1e-12;

/// The product of each image with each other, images × images, zero of each with itself.
pub(super) struct Gram {
    images: usize,
    products: Vec<f64>,
    /// The sum of each row.
    sums: Vec<f64>,
    /// Of itself with itself; not a number if all images are the same.
    own: f64,
}

impl Gram {
    /// Of images × numbers.
    pub(super) fn of(values: &[f32], images: usize) -> Self {
        let numbers = values.len() / images.max(1);
        let mut between = vec![0.0; images * images];
        let (mut square, mut left) = (0.0, 0.0);
        for first in (0..numbers).step_by(AT_ONCE) {
            let count = AT_ONCE.min(numbers - first);
            let lines = centred(values, [numbers, first, count]);
            square += squares(values, [numbers, first, count]);
            left += lines.iter().map(|number| number * number).sum::<f64>();
            let found = products(&lines, images, 1.0);
            between.iter_mut().zip(found).for_each(|(sum, product)| *sum += product);
        }
        between.iter_mut().step_by(images + 1).for_each(|own| *own = 0.0);
        let sums = between.chunks(images.max(1)).map(|row| row.iter().sum()).collect();
        let mut gram = Self { images, products: between, sums, own: f64::NAN };
        if left > NOTHING * square {
            gram.own = gram.together(&gram);
        }
        gram
    }

    /// How much two go together.
    fn together(&self, other: &Self) -> f64 {
        let n = self.images as f64;
        let rows = self.products.par_chunks(self.images.max(1));
        let rows = rows.zip(other.products.par_chunks(self.images.max(1)));
        let trace: Vec<f64> =
            rows.map(|(a, b)| a.iter().zip(b).map(|(a, b)| a * b).sum()).collect();
        let trace: f64 = trace.iter().sum();
        let (all, others): (f64, f64) = (self.sums.iter().sum(), other.sums.iter().sum());
        let rows: f64 = self.sums.iter().zip(&other.sums).map(|(a, b)| a * b).sum();
        let middle = all * others / ((n - 1.0) * (n - 2.0));
        (trace + middle - 2.0 * rows / (n - 2.0)) / (n * (n - 3.0))
    }

    /// How alike two are: 1 if they differ by turning and scaling, about 0 if they have nothing in common.
    pub(super) fn alignment(&self, other: &Self) -> f32 {
        (self.together(other) / (self.own * other.own).sqrt()) as f32
    }
}

/// So many numbers of each image from one on, less their mean over the images.
fn centred(values: &[f32], [numbers, first, count]: [usize; 3]) -> Vec<f64> {
    let rows = || values.chunks_exact(numbers).map(|row| row.iter().skip(first).take(count));
    let mut mean = vec![0.0; count];
    let images = (values.len() / numbers.max(1)) as f64;
    for row in rows() {
        mean.iter_mut().zip(row).for_each(|(mean, number)| *mean += f64::from(*number) / images);
    }
    rows().flat_map(|row| row.zip(&mean).map(|(number, mean)| f64::from(*number) - mean)).collect()
}

/// The sum of their squares.
fn squares(values: &[f32], [numbers, first, count]: [usize; 3]) -> f64 {
    let rows = values.chunks_exact(numbers).flat_map(|row| row.iter().skip(first).take(count));
    rows.map(|number| f64::from(*number).powi(2)).sum()
}
