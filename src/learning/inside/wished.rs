//! The number that a dream makes large: the logit of a class, or the largest number of a unit's map.

use super::{
    HiddenLayer,
    hidden::awaited,
    lesion::no_unit,
    meter::Meter,
    sweep::{images, largest},
};
use crate::{
    inside::DreamTarget,
    learning::{TrainError, data::Examples},
};

/// The number that is made large.
pub(super) struct Wished<'a> {
    meter: &'a Meter<'a>,
    of: Of<'a>,
}

enum Of<'a> {
    Class(usize),
    Unit { layer: &'a dyn HiddenLayer, unit: usize },
}

impl<'a> Wished<'a> {
    pub(super) fn of(
        meter: &'a Meter<'a>,
        target: &DreamTarget,
        layer: Option<&'a dyn HiddenLayer>,
    ) -> Result<Self, TrainError> {
        let of = match (target, layer) {
            (DreamTarget::Unit { unit, .. }, Some(layer)) => {
                let units = layer.layer().units();
                if *unit >= units {
                    return Err(TrainError::calculation(no_unit(*unit, units)));
                }
                Of::Unit { layer, unit: *unit }
            }
            (DreamTarget::Unit { .. }, None) => {
                return Err(TrainError::calculation(phrase!("studies-a-unit-is-one-of")));
            }
            (DreamTarget::Class(class), _) if *class >= meter.model().classes() => {
                return Err(TrainError::calculation(phrase!(
                    "studies-there-is-no-class-only-counted-from",
                    class,
                    classes = meter.model().classes()
                )));
            }
            (DreamTarget::Class(class), _) => Of::Class(*class),
        };
        Ok(Self { meter, of })
    }

    /// A unit's map of each image, or its logit.
    fn maps(&self, images: &[f32]) -> Result<Vec<Vec<f32>>, TrainError> {
        match self.of {
            Of::Class(class) => {
                let logits = self.meter.logits(images)?;
                let rows = logits.chunks(self.meter.model().classes().max(1));
                Ok(rows.map(|row| row.get(class).copied().into_iter().collect()).collect())
            }
            Of::Unit { layer, unit } => {
                let (numbers, places) = (layer.layer().numbers(), layer.layer().places());
                let values = self.meter.unit_values(layer, images)?;
                let rows = values.chunks(numbers.max(1));
                let map = |row: &[f32]| {
                    row.get(unit * places..(unit + 1) * places).unwrap_or_default().to_vec()
                };
                Ok(rows.map(map).collect())
            }
        }
    }

    /// The number for each image.
    pub(super) fn values(&self, images: &[f32]) -> Result<Vec<f32>, TrainError> {
        Ok(self.maps(images)?.iter().map(|map| largest(map).0).collect())
    }

    /// Its gradient by each image.
    pub(super) fn gradients(&self, images: &[f32]) -> Result<Vec<f32>, TrainError> {
        match self.of {
            Of::Class(class) => {
                let classes = self.meter.model().classes();
                let one: Vec<f32> =
                    (0..classes).map(|at| if at == class { 1.0 } else { 0.0 }).collect();
                let count = images.len() / self.meter.input_len().max(1);
                self.meter.gradients_of(images, &one.repeat(count))
            }
            Of::Unit { layer, unit } => {
                let (numbers, places) = (layer.layer().numbers(), layer.layer().places());
                let maps = self.maps(images)?;
                let mut of = vec![0.0; maps.len() * numbers];
                for (of, map) in of.chunks_mut(numbers.max(1)).zip(&maps) {
                    if let Some(of) = of.get_mut(unit * places + largest(map).1) {
                        *of = 1.0;
                    }
                }
                self.meter.unit_gradients(layer, images, &of)
            }
        }
    }

    /// The test image for which it is largest, the first of equals; what is no number is never the largest.
    pub(super) fn best(
        &self,
        tests: &Examples,
        indices: &[usize],
        go_on: &dyn Fn() -> bool,
    ) -> Result<Option<(usize, f32)>, TrainError> {
        let mut best: Option<(usize, f32)> = None;
        for some in indices.chunks(self.meter.at_once()) {
            awaited(go_on)?;
            let values = self.values(&images(tests, some))?;
            for (index, value) in some.iter().zip(values) {
                let is_better = best.is_none_or(|(at, most)| {
                    value > most
                        || (value == most && *index < at)
                        || (most.is_nan() && !value.is_nan())
                });
                if is_better {
                    best = Some((*index, value));
                }
            }
        }
        Ok(best)
    }
}
