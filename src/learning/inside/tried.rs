//! How images are read when only some units of a layer are there: by additions where all that follows the layer is affine,
//! else by passes through what follows it.

use rayon::prelude::*;

use super::{HiddenLayer, Slopes, accuracy::Right, hidden::awaited, meter::Meter};
use crate::{inside::LesionBy, learning::TrainError};

/// Images with what a layer makes of them.
pub(super) struct Tried<'a> {
    meter: &'a Meter<'a>,
    layer: &'a dyn HiddenLayer,
    go_on: &'a dyn Fn() -> bool,
    classes: usize,
    labels: Vec<usize>,
    /// Units × places.
    means: Vec<f32>,
    known: Known,
}

/// What is kept of the images.
enum Known {
    /// Every logit is `rest` and what each unit adds to it.
    Sums {
        slopes: Slopes,
        /// Images × units × classes.
        shares: Vec<f32>,
        /// The same of the means, units × classes.
        mean: Vec<f32>,
    },
    Passes {
        inputs: Vec<f32>,
        /// Images × units × places.
        values: Vec<f32>,
    },
}

/// What each unit adds to each logit, inputs × units × classes, summed in double precision.
fn shares(slopes: &Slopes, values: &[f32], [units, places]: [usize; 2]) -> Vec<f32> {
    let (classes, numbers) = (slopes.rest.len(), (units * places).max(1));
    let mut shares = vec![0.0; values.len() / places.max(1) * classes];
    shares.par_chunks_mut((units * classes).max(1)).zip(values.par_chunks(numbers)).for_each(
        |(shares, values)| {
            let units = shares.chunks_mut(classes.max(1)).zip(values.chunks(places.max(1)));
            for (unit, (shares, map)) in units.enumerate() {
                for (share, by) in shares.iter_mut().zip(slopes.by_class.chunks(numbers)) {
                    let by = by.get(unit * places..).unwrap_or_default();
                    let products = map.iter().zip(by).map(|(a, b)| f64::from(*a) * f64::from(*b));
                    *share = products.sum::<f64>() as f32;
                }
            }
        },
    );
    shares
}

impl<'a> Tried<'a> {
    /// Before any image is kept.
    pub(super) fn of(
        meter: &'a Meter<'a>,
        layer: &'a dyn HiddenLayer,
        slopes: Option<Slopes>,
        go_on: &'a dyn Fn() -> bool,
    ) -> Self {
        let known = match slopes {
            Some(slopes) => Known::Sums { slopes, shares: Vec::new(), mean: Vec::new() },
            None => Known::Passes { inputs: Vec::new(), values: Vec::new() },
        };
        let classes = meter.model().classes();
        Self { meter, layer, go_on, classes, labels: Vec::new(), means: Vec::new(), known }
    }

    /// How many numbers are kept of an image, which bounds how many images may be.
    pub(super) fn kept(layer: &dyn HiddenLayer, slopes: Option<&Slopes>, input: usize) -> usize {
        match slopes {
            Some(slopes) => layer.layer().units() * slopes.rest.len(),
            None => layer.layer().numbers() + input,
        }
    }

    fn size(&self) -> [usize; 2] {
        [self.layer.layer().units(), self.layer.layer().places()]
    }

    /// Keeps images, what they are, and what the layer makes of them.
    pub(super) fn keep(&mut self, images: &[f32], labels: &[usize], made: &[f32]) {
        let size = self.size();
        self.labels.extend(labels);
        match &mut self.known {
            Known::Sums { slopes, shares, .. } => {
                shares.extend(self::shares(slopes, made, size));
            }
            Known::Passes { inputs, values } => {
                inputs.extend(images);
                values.extend(made);
            }
        }
    }

    /// Learns what the layer makes on average, units × places.
    pub(super) fn learn(&mut self, means: Vec<f32>) {
        let size = self.size();
        if let Known::Sums { slopes, mean, .. } = &mut self.known {
            *mean = shares(slopes, &means, size);
        }
        self.means = means;
    }

    /// Images that are kept.
    pub(super) fn images(&self) -> usize {
        self.labels.len()
    }

    /// How many units there are.
    pub(super) fn units(&self) -> usize {
        self.size()[0]
    }

    /// Whether it takes no passes.
    pub(super) fn is_sums(&self) -> bool {
        matches!(self.known, Known::Sums { .. })
    }

    /// How many of the first so many images are read right with these units alone.
    pub(super) fn right(
        &self,
        images: usize,
        by: LesionBy,
        is_there: &(dyn Fn(usize) -> bool + Sync),
    ) -> Result<Right, TrainError> {
        awaited(self.go_on)?;
        match &self.known {
            Known::Sums { slopes, shares, mean } => {
                let of_image = (self.units() * self.classes).max(1);
                let nothing = vec![0.0; of_image];
                let instead = if by == LesionBy::Mean { mean } else { &nothing };
                let classes = self.classes.max(1);
                let rows = shares.par_chunks(of_image).zip(&self.labels).take(images);
                Ok(rows
                    .map(|(shares, label)| {
                        let mut sums: Vec<f64> =
                            slopes.rest.iter().copied().map(f64::from).collect();
                        let both = shares.chunks(classes).zip(instead.chunks(classes));
                        for (unit, (own, other)) in both.enumerate() {
                            let share = if is_there(unit) { own } else { other };
                            sums.iter_mut()
                                .zip(share)
                                .for_each(|(sum, share)| *sum += f64::from(*share));
                        }
                        Right::of(&singles(&sums), *label)
                    })
                    .reduce(Right::default, Right::and))
            }
            Known::Passes { inputs, values } => self.passed(images, by, is_there, (inputs, values)),
        }
    }

    /// The same by passes through what follows the layer.
    fn passed(
        &self,
        images: usize,
        by: LesionBy,
        is_there: &dyn Fn(usize) -> bool,
        (inputs, values): (&[f32], &[f32]),
    ) -> Result<Right, TrainError> {
        let (at_once, length) = (self.meter.at_once(), self.meter.input_len().max(1));
        let numbers = self.layer.layer().numbers().max(1);
        let chunks = inputs
            .chunks(at_once * length)
            .zip(values.chunks(at_once * numbers))
            .zip(self.labels.chunks(at_once));
        let (mut right, mut left) = (Right::default(), images);
        for ((inputs, values), labels) in chunks {
            let now = labels.len().min(left);
            left -= now;
            if now == 0 {
                break;
            }
            let inputs = inputs.get(..now * length).unwrap_or_default();
            let mut values = values.get(..now * numbers).unwrap_or_default().to_vec();
            self.replace(&mut values, by, is_there);
            let logits = self.meter.unit_logits(self.layer, inputs, &values)?;
            let rows = logits.chunks(self.classes.max(1)).zip(labels);
            right = rows.map(|(logits, label)| Right::of(logits, *label)).fold(right, Right::and);
        }
        Ok(right)
    }

    fn replace(&self, values: &mut [f32], by: LesionBy, is_there: &dyn Fn(usize) -> bool) {
        replace(values, (&self.means, self.size()), by, is_there);
    }

    /// How many images are read right without each one of the units. What is added before it and what is added behind it are
    /// kept, so that a unit that is no number is left out and not subtracted.
    pub(super) fn without_each(&self, by: LesionBy) -> Result<Vec<Right>, TrainError> {
        let units = self.units();
        let Known::Sums { slopes, shares, mean } = &self.known else {
            let right = |unit: usize| self.right(self.images(), by, &move |other| other != unit);
            return (0..units).map(right).collect();
        };
        let classes = self.classes.max(1);
        let rows = shares.par_chunks((units * classes).max(1)).zip(&self.labels);
        let counted = rows.fold(
            || vec![Right::default(); units],
            |mut right, (shares, label)| {
                let mut behind = vec![0.0; (units + 1) * classes];
                for (at, share) in shares.iter().enumerate().rev() {
                    let sum = behind.get(at + classes).copied().unwrap_or_default();
                    if let Some(behind) = behind.get_mut(at) {
                        *behind = sum + f64::from(*share);
                    }
                }
                let mut before: Vec<f64> = slopes.rest.iter().copied().map(f64::from).collect();
                let units = right.iter_mut().zip(shares.chunks(classes)).zip(mean.chunks(classes));
                for (((right, own), mean), behind) in units.zip(behind.chunks(classes).skip(1)) {
                    let sums = before.iter().zip(behind).zip(mean).map(|((a, b), mean)| match by {
                        LesionBy::Zero => a + b,
                        LesionBy::Mean => a + f64::from(*mean) + b,
                    });
                    let sums: Vec<f32> = sums.map(|sum| sum as f32).collect();
                    *right = right.and(Right::of(&sums, *label));
                    before.iter_mut().zip(own).for_each(|(sum, own)| *sum += f64::from(*own));
                }
                right
            },
        );
        Ok(counted.reduce(
            || vec![Right::default(); units],
            |one, other| one.into_iter().zip(other).map(|(a, b)| a.and(b)).collect(),
        ))
    }

    /// How many of the first so many images are read right after each unit but the last has come in, in this order; the
    /// others are as `by` says.
    pub(super) fn coming_in(
        &self,
        images: usize,
        by: LesionBy,
        order: &[usize],
    ) -> Result<Vec<usize>, TrainError> {
        awaited(self.go_on)?;
        let steps = order.len().saturating_sub(1);
        let Known::Sums { slopes, shares, mean } = &self.known else {
            let mut is_there = vec![false; order.len()];
            let mut counts = Vec::with_capacity(steps);
            for unit in order.iter().take(steps) {
                if let Some(is_there) = is_there.get_mut(*unit) {
                    *is_there = true;
                }
                let now = |unit: usize| is_there.get(unit).copied().unwrap_or_default();
                counts.push(self.right(images, by, &now)?.right);
            }
            return Ok(counts);
        };
        let classes = self.classes.max(1);
        let is_mean = by == LesionBy::Mean;
        let mut none = slopes.rest.clone();
        if is_mean {
            let rest = |class: usize| {
                mean.iter().skip(class).step_by(classes).map(|one| f64::from(*one)).sum::<f64>()
            };
            none.iter_mut().enumerate().for_each(|(class, sum)| *sum += rest(class) as f32);
        }
        let rows = shares.par_chunks((order.len() * classes).max(1)).zip(&self.labels).take(images);
        let counted = rows.fold(
            || vec![0_usize; steps],
            |mut counts, (shares, label)| {
                let mut sums = none.clone();
                for (count, unit) in counts.iter_mut().zip(order) {
                    let of_unit = unit * classes..(unit + 1) * classes;
                    let own = shares.get(of_unit.clone()).unwrap_or_default();
                    match mean.get(of_unit).filter(|_| is_mean) {
                        Some(mean) => sums
                            .iter_mut()
                            .zip(own)
                            .zip(mean)
                            .for_each(|((sum, own), mean)| *sum += own - mean),
                        None => sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += own),
                    }
                    *count += Right::of(&sums, *label).right;
                }
                counts
            },
        );
        Ok(counted.reduce(
            || vec![0; steps],
            |one, other| one.into_iter().zip(other).map(|(a, b)| a + b).collect(),
        ))
    }
}

fn singles(sums: &[f64]) -> Vec<f32> {
    sums.iter().map(|sum| *sum as f32).collect()
}

/// Puts zero or the mean, units × places, in the place of what units make that are not there.
pub(super) fn replace(
    values: &mut [f32],
    (means, [units, places]): (&[f32], [usize; 2]),
    by: LesionBy,
    is_there: &dyn Fn(usize) -> bool,
) {
    for values in values.chunks_mut((units * places).max(1)) {
        for (unit, map) in
            values.chunks_mut(places.max(1)).enumerate().filter(|(unit, _)| !is_there(*unit))
        {
            match means.get(unit * places..(unit + 1) * places).filter(|_| by == LesionBy::Mean) {
                Some(means) if means.len() == map.len() => map.copy_from_slice(means),
                _ => map.fill(0.0),
            }
        }
    }
}
