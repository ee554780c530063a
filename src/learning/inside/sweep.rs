//! What the units of a layer make of many images: of each the largest number and its place, and the mean at each place.

use rayon::prelude::*;

use super::{HiddenLayer, hidden::awaited, meter::Meter};
use crate::learning::{TrainError, data::Examples};

/// Numbers of a layer that are kept at once.
const MOST_AT_ONCE: usize = 1 << 22;

/// Goes over test images, some at once.
pub(super) struct Sweep<'a> {
    pub(super) meter: &'a Meter<'a>,
    pub(super) layer: &'a dyn HiddenLayer,
    pub(super) tests: &'a Examples,
    pub(super) go_on: &'a dyn Fn() -> bool,
}

impl Sweep<'_> {
    /// How many images are looked at together.
    pub(super) fn at_once(&self) -> usize {
        let fit = MOST_AT_ONCE / self.layer.layer().numbers().max(1);
        self.meter.at_once().min(fit.max(1))
    }

    /// Tells of these images, as many at once as fit: `see` hears the indices, the images, and what the layer makes of them.
    pub(super) fn over(
        &self,
        indices: &[usize],
        see: &mut dyn FnMut(&[usize], &[f32], &[f32]) -> Result<(), TrainError>,
    ) -> Result<(), TrainError> {
        for some in indices.chunks(self.at_once()) {
            awaited(self.go_on)?;
            let images = images(self.tests, some);
            let values = self.meter.unit_values(self.layer, &images)?;
            see(some, &images, &values)?;
        }
        Ok(())
    }
}

/// These images, one after the other.
pub(super) fn images(tests: &Examples, indices: &[usize]) -> Vec<f32> {
    let images = indices.iter().flat_map(|index| tests.image(*index).unwrap_or_default());
    images.copied().collect()
}

/// The largest number of a map and its place, the first of equals; what is no number is the largest, so that it is seen.
pub(super) fn largest(map: &[f32]) -> (f32, usize) {
    let mut best = (f32::NEG_INFINITY, 0);
    for (place, number) in map.iter().enumerate() {
        if number.is_nan() {
            return (*number, place);
        }
        if *number > best.0 {
            best = (*number, place);
        }
    }
    best
}

/// The mean of a layer's numbers, unit after unit, in each at each place; summed in the order of the images.
pub(super) struct UnitMeans {
    sums: Vec<f64>,
    images: usize,
}

impl UnitMeans {
    pub(super) fn of(numbers: usize) -> Self {
        Self { sums: vec![0.0; numbers], images: 0 }
    }

    /// Counts what the layer makes of some images.
    pub(super) fn add(&mut self, values: &[f32]) {
        for values in values.chunks(self.sums.len().max(1)) {
            self.images += 1;
            self.sums.par_iter_mut().zip(values).with_min_len(4096).for_each(|(sum, value)| {
                *sum += f64::from(*value);
            });
        }
    }

    /// In single precision, as the layers calculate.
    pub(super) fn found(&self) -> Vec<f32> {
        self.sums.iter().map(|sum| (sum / self.images as f64) as f32).collect()
    }
}

/// The largest numbers of units, and where they are.
pub(super) struct Largest {
    units: usize,
    places: usize,
    pub(super) indices: Vec<usize>,
    /// Images × units: the number, and its place.
    found: Vec<(f32, u32)>,
}

impl Largest {
    pub(super) fn of(units: usize, places: usize) -> Self {
        Self { units, places, indices: Vec::new(), found: Vec::new() }
    }

    /// Looks at what the layer makes of some images.
    pub(super) fn add(&mut self, indices: &[usize], values: &[f32]) {
        self.indices.extend(indices);
        let found = values.par_chunks(self.places.max(1)).map(|map| {
            let (number, place) = largest(map);
            (number, place as u32)
        });
        self.found.par_extend(found);
    }

    /// A unit's, image after image in the order in which they came.
    pub(super) fn of_unit(&self, unit: usize) -> impl Iterator<Item = (usize, f32, usize)> {
        let found = self.found.iter().skip(unit).step_by(self.units.max(1));
        let both = self.indices.iter().zip(found);
        both.map(|(index, (number, place))| (*index, *number, *place as usize))
    }
}
