//! How images are read when only some units of a layer are there: by additions where all that follows the layer is affine,
//! else by passes through what follows it.

use super::{HiddenLayer, Slopes, accuracy::Right, hidden::awaited, meter::Meter, sums::Sums};
use crate::{inside::LesionBy, learning::TrainError};

/// Images with what a layer makes of them.
pub(super) struct Tried<'a> {
    meter: &'a Meter<'a>,
    layer: &'a dyn HiddenLayer,
    go_on: &'a dyn Fn() -> bool,
    labels: Vec<usize>,
    /// Units × places.
    means: Vec<f32>,
    known: Known,
}

/// What is kept of the images.
enum Known {
    Sums(Sums),
    Passes {
        inputs: Vec<f32>,
        /// Images × units × places.
        values: Vec<f32>,
    },
}

impl<'a> Tried<'a> {
    /// Before any image is kept.
    pub(super) fn of(
        meter: &'a Meter<'a>,
        layer: &'a dyn HiddenLayer,
        slopes: Option<Slopes>,
        go_on: &'a dyn Fn() -> bool,
    ) -> Self {
        let size = [layer.layer().units(), layer.layer().places()];
        let known = match slopes {
            Some(slopes) => Known::Sums(Sums::of(slopes, size)),
            None => Known::Passes { inputs: Vec::new(), values: Vec::new() },
        };
        Self { meter, layer, go_on, labels: Vec::new(), means: Vec::new(), known }
    }

    /// How many numbers are kept of an image, which bounds how many images may be.
    pub(super) fn kept(layer: &dyn HiddenLayer, slopes: Option<&Slopes>, input: usize) -> usize {
        match slopes {
            Some(slopes) => layer.layer().units() * slopes.rest.len(),
            None => layer.layer().numbers() + input,
        }
    }

    /// Keeps images, what they are, and what the layer makes of them.
    pub(super) fn keep(&mut self, images: &[f32], labels: &[usize], made: &[f32]) {
        self.labels.extend(labels);
        match &mut self.known {
            Known::Sums(sums) => sums.keep(made),
            Known::Passes { inputs, values } => {
                inputs.extend(images);
                values.extend(made);
            }
        }
    }

    /// Learns what the layer makes on average, units × places.
    pub(super) fn learn(&mut self, means: Vec<f32>) {
        if let Known::Sums(sums) = &mut self.known {
            sums.learn(&means);
        }
        self.means = means;
    }

    /// Images that are kept.
    pub(super) fn images(&self) -> usize {
        self.labels.len()
    }

    /// How many units there are.
    pub(super) fn units(&self) -> usize {
        self.layer.layer().units()
    }

    /// Whether it takes no passes.
    pub(super) fn is_sums(&self) -> bool {
        matches!(self.known, Known::Sums(_))
    }

    fn first(&self, images: usize) -> &[usize] {
        self.labels.get(..images).unwrap_or(&self.labels)
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
            Known::Sums(sums) => Ok(sums.right(self.first(images), by, is_there)),
            Known::Passes { inputs, values } => self.passed(images, by, is_there, [inputs, values]),
        }
    }

    /// The same by passes through what follows the layer.
    fn passed(
        &self,
        images: usize,
        by: LesionBy,
        is_there: &dyn Fn(usize) -> bool,
        [inputs, values]: [&[f32]; 2],
    ) -> Result<Right, TrainError> {
        let (at_once, size) = (self.meter.at_once(), self.layer.layer());
        let (length, numbers) = (self.meter.input_len().max(1), size.numbers().max(1));
        let mut right = Right::default();
        for (chunk, labels) in self.first(images).chunks(at_once).enumerate() {
            let part = |all: &'_ [f32], of: usize| {
                let first = chunk * at_once * of;
                all.get(first..first + labels.len() * of).unwrap_or_default().to_vec()
            };
            let mut made = part(values, numbers);
            replace(&mut made, (&self.means, [size.units(), size.places()]), by, is_there);
            let logits = self.meter.unit_logits(self.layer, &part(inputs, length), &made)?;
            let rows = logits.chunks(self.meter.model().classes().max(1)).zip(labels);
            right = rows.map(|(logits, label)| Right::of(logits, *label)).fold(right, Right::and);
        }
        Ok(right)
    }

    /// How many images are read right without each one of the units.
    pub(super) fn without_each(&self, by: LesionBy) -> Result<Vec<Right>, TrainError> {
        match &self.known {
            Known::Sums(sums) => Ok(sums.without_each(&self.labels, by)),
            Known::Passes { .. } => {
                let without = |unit: usize| self.right(self.images(), by, &move |at| at != unit);
                (0..self.units()).map(without).collect()
            }
        }
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
        if let Known::Sums(sums) = &self.known {
            return Ok(sums.coming_in(self.first(images), by, order));
        }
        let mut is_there = vec![false; order.len()];
        let mut counts = Vec::with_capacity(order.len());
        for unit in order.iter().take(order.len().saturating_sub(1)) {
            if let Some(is_there) = is_there.get_mut(*unit) {
                *is_there = true;
            }
            let now = |unit: usize| is_there.get(unit).copied().unwrap_or_default();
            counts.push(self.right(images, by, &now)?.right);
        }
        Ok(counts)
    }
}

/// Puts zero or the mean, units × places, in the place of what units make that are not there.
pub(super) fn replace(
    values: &mut [f32],
    (means, [units, places]): (&[f32], [usize; 2]),
    by: LesionBy,
    is_there: &dyn Fn(usize) -> bool,
) {
    for values in values.chunks_mut((units * places).max(1)) {
        let maps = values.chunks_mut(places.max(1)).enumerate();
        for (unit, map) in maps.filter(|(unit, _)| !is_there(*unit)) {
            let of_unit = unit * places..(unit + 1) * places;
            match means.get(of_unit).filter(|_| by == LesionBy::Mean) {
                Some(means) if means.len() == map.len() => map.copy_from_slice(means),
                _ => map.fill(0.0),
            }
        }
    }
}
