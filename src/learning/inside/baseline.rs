//! Inputs without evidence, with which explanations compare: black, means of the training images, the input blurred, or
//! another image.

use std::sync::OnceLock;

use super::{Trail, layouts::Layouts};
use crate::{
    inside::Baseline,
    learning::{TrainError, data::Examples},
};

/// The blur's deviation as a part of the shorter side: strokes of a digit are gone, its place is not.
const BLUR: f64 = 0.1;
/// So many deviations to both sides are looked at.
const REACH: f64 = 3.0;

/// Mean images of the training images, each made when it is first asked for.
#[derive(Clone, Debug)]
pub struct Means {
    all: OnceLock<Vec<f32>>,
    /// `None` for a class without images.
    classes: Vec<OnceLock<Option<Vec<f32>>>>,
}

impl Means {
    /// Of so many classes.
    pub fn new(classes: usize) -> Self {
        Self { all: OnceLock::new(), classes: vec![OnceLock::new(); classes] }
    }
}

/// The mean of all images, or of those of a class; `None` if there is none.
fn mean(examples: &Examples, class: Option<usize>) -> Option<Vec<f32>> {
    let length = examples.brightness.len() / examples.len().max(1);
    let mut sum = vec![0.0_f64; length];
    let mut count = 0_u32;
    let images = examples.brightness.chunks(length.max(1)).zip(&examples.labels);
    for (image, _) in
        images.filter(|(_, label)| class.is_none_or(|class| class == usize::from(**label)))
    {
        count += 1;
        sum.iter_mut().zip(image).for_each(|(sum, pixel)| *sum += f64::from(*pixel));
    }
    (count > 0).then(|| sum.into_iter().map(|sum| (sum / f64::from(count)) as f32).collect())
}

/// Where baselines come from, and the run itself.
#[derive(Clone, Copy, Debug)]
pub struct Baselines<'a> {
    /// Those that have been asked for already.
    pub means: &'a Means,
    /// How questions where images lie were answered last.
    pub layouts: &'a Layouts,
    /// What is learned from.
    pub train: &'a Examples,
    /// What is tested on.
    pub tests: &'a Examples,
    /// The way of the run.
    pub trail: &'a Trail,
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
            Baseline::Mean => {
                let all = || mean(self.train, None).unwrap_or_default();
                self.means.all.get_or_init(all).clone()
            }
            Baseline::MeanOf(class) => match self.means.classes.get(class) {
                Some(kept) => {
                    kept.get_or_init(|| mean(self.train, Some(class))).clone().ok_or_else(|| {
                        TrainError::Calculation(phrase!("studies-no-image-of-class-is", class))
                    })?
                }
                None => {
                    return Err(TrainError::Calculation(phrase!(
                        "studies-there-is-no-class-to",
                        class,
                        classes_count = self.means.classes.len()
                    )));
                }
            },
            Baseline::Blurred => blurred(input, size),
            Baseline::Test(index) => {
                self.tests.image(index).map(<[f32]>::to_vec).ok_or_else(|| {
                    TrainError::Calculation(phrase!(
                        "studies-there-is-no-test-image",
                        index,
                        tests_count = self.tests.len()
                    ))
                })?
            }
        };
        if image.len() != input.len() {
            return Err(TrainError::Calculation(phrase!(
                "studies-the-baseline-has-numbers-instead",
                image_count = image.len(),
                input_count = input.len()
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
