//! Inputs without evidence, with which explanations compare: black, means of the training images, the input blurred, or
//! another image.

use crate::{
    inside::Baseline,
    learning::{TrainError, data::Examples},
};

/// The blur's deviation as a part of the shorter side: strokes of a digit are gone, its place is not.
const BLUR: f64 = 0.1;
/// So many deviations to both sides are looked at.
const REACH: f64 = 3.0;

/// Mean images of the training images: of all and of each class.
#[derive(Clone, Debug)]
pub struct Means {
    all: Vec<f32>,
    /// `None` for a class without images.
    classes: Vec<Option<Vec<f32>>>,
}

impl Means {
    /// Of examples of so many classes.
    pub fn of(examples: &Examples, classes: usize) -> Self {
        let length = examples.brightness.len() / examples.len().max(1);
        let mut sums = vec![(0_u32, vec![0.0_f64; length]); classes];
        let images = examples.brightness.chunks(length.max(1));
        for (image, label) in images.zip(&examples.labels) {
            let Some((count, sum)) = sums.get_mut(usize::from(*label)) else { continue };
            *count += 1;
            sum.iter_mut().zip(image).for_each(|(sum, pixel)| *sum += f64::from(*pixel));
        }
        let mean = |count: u32, sum: &[f64]| -> Vec<f32> {
            sum.iter().map(|sum| (sum / f64::from(count)) as f32).collect()
        };
        let mut all = vec![0.0; length];
        for (_, sum) in &sums {
            all.iter_mut().zip(sum).for_each(|(all, sum)| *all += sum);
        }
        let count = sums.iter().map(|(count, _)| count).sum();
        Self {
            all: mean(count, &all),
            classes: sums
                .iter()
                .map(|(count, sum)| (*count > 0).then(|| mean(*count, sum)))
                .collect(),
        }
    }
}

/// Where baselines come from.
#[derive(Clone, Copy, Debug)]
pub struct Baselines<'a> {
    /// Of what is learned from.
    pub means: &'a Means,
    /// What is tested on.
    pub tests: &'a Examples,
}

impl Baselines<'_> {
    /// The baseline that is asked for, for an input of this size.
    ///
    /// # Errors
    /// If there is no such class or test image.
    pub(super) fn image(
        &self,
        asked: Baseline,
        input: &[f32],
        size: [usize; 3],
    ) -> Result<Vec<f32>, TrainError> {
        let image = match asked {
            Baseline::Black => vec![0.0; input.len()],
            Baseline::Mean => self.means.all.clone(),
            Baseline::MeanOf(class) => match self.means.classes.get(class) {
                Some(Some(mean)) => mean.clone(),
                Some(None) => {
                    return Err(TrainError::Calculation(format!(
                        "no image of class {class} is learned from, so that it has no mean"
                    )));
                }
                None => {
                    return Err(TrainError::Calculation(format!(
                        "there is no class {class} to take the mean of, only {}, counted from 0",
                        self.means.classes.len()
                    )));
                }
            },
            Baseline::Blurred => blurred(input, size),
            Baseline::Test(index) => {
                self.tests.image(index).map(<[f32]>::to_vec).ok_or_else(|| {
                    TrainError::Calculation(format!(
                        "there is no test image {index} to compare with, only {}",
                        self.tests.len()
                    ))
                })?
            }
        };
        if image.len() != input.len() {
            return Err(TrainError::Calculation(format!(
                "the baseline has {} numbers instead of {}",
                image.len(),
                input.len()
            )));
        }
        Ok(image)
    }
}

/// Each channel under a Gaussian; at the edges the weights that lie within are made to sum to 1.
fn blurred(image: &[f32], [_, rows, columns]: [usize; 3]) -> Vec<f32> {
    let deviation = (BLUR * rows.min(columns) as f64).max(f64::MIN_POSITIVE);
    let reach = (REACH * deviation).ceil() as usize;
    let weight = |distance: usize| (-0.5 * (distance as f64 / deviation).powi(2)).exp();
    let weights: Vec<f64> = (0..=reach).map(weight).collect();
    // Of so many numbers, each so far from the next.
    let along = |line: &[f64]| -> Vec<f64> {
        (0..line.len())
            .map(|at| {
                let near = line.iter().enumerate().skip(at.saturating_sub(reach));
                let near = near.take_while(|(other, _)| *other <= at + reach);
                let (mut sum, mut total) = (0.0, 0.0);
                for (other, number) in near {
                    let weight = weights.get(other.abs_diff(at)).copied().unwrap_or(0.0);
                    sum += weight * number;
                    total += weight;
                }
                sum / total
            })
            .collect()
    };
    let mut made = Vec::with_capacity(image.len());
    for channel in image.chunks((rows * columns).max(1)) {
        let lines = channel.chunks(columns.max(1));
        let lines: Vec<Vec<f64>> = lines
            .map(|line| along(&line.iter().map(|pixel| f64::from(*pixel)).collect::<Vec<_>>()))
            .collect();
        let upright: Vec<Vec<f64>> = (0..columns)
            .map(|column| {
                let line = lines.iter().filter_map(|line| line.get(column).copied());
                along(&line.collect::<Vec<_>>())
            })
            .collect();
        for row in 0..rows {
            made.extend(upright.iter().filter_map(|line| line.get(row)).map(|pixel| *pixel as f32));
        }
    }
    made
}
