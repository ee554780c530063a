//! How images are read when only some units of a layer are there, where all that follows the layer is affine: every logit is
//! a number and what each unit adds to it, so that units come and go by additions.

use rayon::prelude::*;

use super::{Slopes, accuracy::Right};
use crate::inside::LesionBy;

/// What units add to the logits of images.
pub(super) struct Sums {
    slopes: Slopes,
    /// Units and places.
    size: [usize; 2],
    /// What each unit adds to each logit: images × units × classes.
    shares: Vec<f32>,
    /// The same of what units make on average, units × classes.
    mean: Vec<f32>,
}

impl Sums {
    /// Before any image is kept.
    pub(super) const fn of(slopes: Slopes, size: [usize; 2]) -> Self {
        Self { slopes, size, shares: Vec::new(), mean: Vec::new() }
    }

    /// Keeps what the layer makes of images.
    pub(super) fn keep(&mut self, values: &[f32]) {
        let shares = self.shares_of(values);
        self.shares.extend(shares);
    }

    /// Learns what the layer makes on average.
    pub(super) fn learn(&mut self, means: &[f32]) {
        self.mean = self.shares_of(means);
    }

    fn classes(&self) -> usize {
        self.slopes.rest.len().max(1)
    }

    /// What each unit adds to each logit of inputs, inputs × units × classes, summed in double precision.
    fn shares_of(&self, values: &[f32]) -> Vec<f32> {
        let [units, places] = self.size.map(|size| size.max(1));
        let (classes, numbers) = (self.classes(), units * places);
        let mut shares = vec![0.0; values.len() / places * classes];
        let inputs = shares.par_chunks_mut(units * classes).zip(values.par_chunks(numbers));
        inputs.for_each(|(shares, values)| {
            let units = shares.chunks_mut(classes).zip(values.chunks(places));
            for (unit, (shares, map)) in units.enumerate() {
                for (share, by) in shares.iter_mut().zip(self.slopes.by_class.chunks(numbers)) {
                    let by = by.get(unit * places..).unwrap_or_default();
                    let products = map.iter().zip(by).map(|(a, b)| f64::from(*a) * f64::from(*b));
                    *share = products.sum::<f64>() as f32;
                }
            }
        });
        shares
    }

    /// What each image's units add, beside its class.
    fn images<'a>(
        &'a self,
        labels: &'a [usize],
    ) -> impl IndexedParallelIterator<Item = (&'a [f32], &'a usize)> {
        let of_image = (self.size[0] * self.classes()).max(1);
        self.shares.par_chunks(of_image).zip(labels)
    }

    fn rest(&self) -> Vec<f64> {
        self.slopes.rest.iter().copied().map(f64::from).collect()
    }

    /// How many images are read right with these units alone.
    pub(super) fn right(
        &self,
        labels: &[usize],
        by: LesionBy,
        is_there: &(dyn Fn(usize) -> bool + Sync),
    ) -> Right {
        let classes = self.classes();
        let of_image = |(shares, label): (&[f32], &usize)| {
            let mut sums = self.rest();
            for (unit, (own, mean)) in
                shares.chunks(classes).zip(self.mean.chunks(classes)).enumerate()
            {
                match (is_there(unit), by) {
                    (true, _) => add(&mut sums, own),
                    (false, LesionBy::Mean) => add(&mut sums, mean),
                    (false, LesionBy::Zero) => {}
                }
            }
            Right::of(&singles(&sums), *label)
        };
        self.images(labels).map(of_image).reduce(Right::default, Right::and)
    }

    /// How many images are read right without each one of the units. What is added before it and what is added behind it are
    /// kept, so that a unit that is no number is left out and not subtracted.
    pub(super) fn without_each(&self, labels: &[usize], by: LesionBy) -> Vec<Right> {
        let (units, classes) = (self.size[0], self.classes());
        let nothing = || vec![Right::default(); units];
        let counted = self.images(labels).fold(nothing, |mut right, (shares, label)| {
            let behind = behind(shares, classes);
            let mut before = self.rest();
            let each = right.iter_mut().zip(shares.chunks(classes)).zip(self.mean.chunks(classes));
            for (((right, own), mean), behind) in each.zip(behind.chunks(classes).skip(1)) {
                let mut sums = before.clone();
                if by == LesionBy::Mean {
                    add(&mut sums, mean);
                }
                sums.iter_mut().zip(behind).for_each(|(sum, behind)| *sum += behind);
                *right = right.and(Right::of(&singles(&sums), *label));
                add(&mut before, own);
            }
            right
        });
        let both = |one: Vec<Right>, other: Vec<Right>| {
            one.into_iter().zip(other).map(|(a, b)| a.and(b)).collect()
        };
        counted.reduce(nothing, both)
    }

    /// How many images are read right after each unit but the last has come in, in this order. Single precision is enough on
    /// the way: where all are there is counted otherwise.
    pub(super) fn coming_in(&self, labels: &[usize], by: LesionBy, order: &[usize]) -> Vec<usize> {
        let (steps, classes) = (order.len().saturating_sub(1), self.classes());
        let none = self.none(by);
        let nothing = || vec![0_usize; steps];
        let counted = self.images(labels).fold(nothing, |mut counts, (shares, label)| {
            let mut sums = none.clone();
            for (count, unit) in counts.iter_mut().zip(order) {
                let of_unit = unit * classes..(unit + 1) * classes;
                let own = shares.get(of_unit.clone()).unwrap_or_default();
                sums.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
                if let Some(mean) = self.mean.get(of_unit).filter(|_| by == LesionBy::Mean) {
                    sums.iter_mut().zip(mean).for_each(|(sum, mean)| *sum -= mean);
                }
                *count += Right::of(&sums, *label).right;
            }
            counts
        });
        let both = |one: Vec<usize>, other: Vec<usize>| {
            one.into_iter().zip(other).map(|(a, b)| a + b).collect()
        };
        counted.reduce(nothing, both)
    }

    /// The logits without any unit.
    fn none(&self, by: LesionBy) -> Vec<f32> {
        let mut sums = self.rest();
        if by == LesionBy::Mean {
            self.mean.chunks(self.classes()).for_each(|mean| add(&mut sums, mean));
        }
        singles(&sums)
    }
}

/// For each unit what it and all behind it add to the logits; nothing behind the last.
fn behind(shares: &[f32], classes: usize) -> Vec<f64> {
    let mut behind = vec![0.0; shares.len() + classes];
    for (at, share) in shares.iter().enumerate().rev() {
        let sum = behind.get(at + classes).copied().unwrap_or_default();
        if let Some(behind) = behind.get_mut(at) {
            *behind = sum + f64::from(*share);
        }
    }
    behind
}

fn add(sums: &mut [f64], share: &[f32]) {
    sums.iter_mut().zip(share).for_each(|(sum, share)| *sum += f64::from(*share));
}

fn singles(sums: &[f64]) -> Vec<f32> {
    sums.iter().map(|sum| *sum as f32).collect()
}
