//! Images made up so that the logit of a class or a unit's number is large, beside the real image for which it is largest.

use super::{
    Explained, HiddenLayer,
    accuracy::drawn,
    ascent::{Ascent, HeldBack},
    frequency,
    hidden::{awaited, opened},
    lesion::no_unit,
    meter::Meter,
    sweep::{images, largest},
};
use crate::{
    inside::{Dream, DreamAsked, DreamTarget, Dreamed, Real},
    learning::{TrainError, data::Examples},
};

/// Multiply-adds that the steps of an answer may take, and as many that looking at real images may: some seconds on two
/// cores, which only large networks need.
const MOST_MULTIPLY_ADDS: u64 = 50_000_000_000;
/// Passes there and back of a step, by their multiply-adds; the largest number of a map is first looked for.
const PASSES: u64 = 4;
/// Dreams of one question at most.
const MOST_DREAMS: usize = 16;
/// Steps of one question at most.
const MOST_STEPS: usize = 4096;

/// Makes up images; `go_on` says whether anybody still waits for them.
///
/// # Errors
/// One sentence if there is no such target, or it cannot be computed.
pub fn dream(
    model: &dyn Explained,
    asked: &DreamAsked,
    tests: &Examples,
    go_on: &dyn Fn() -> bool,
) -> Result<Dream, TrainError> {
    check(asked)?;
    let meter = Meter::of(model);
    let begun = meter.mark();
    let layer = match &asked.target {
        DreamTarget::Unit { layer, .. } => Some(opened(model, layer.as_deref())?.1),
        DreamTarget::Class(_) => None,
    };
    let wished = Wished::of(&meter, &asked.target, layer.as_deref())?;
    let size = model.size();
    let pass = model.multiply_adds().max(1);
    let affordable = MOST_MULTIPLY_ADDS / pass.saturating_mul(PASSES * asked.count as u64);
    let steps = asked.steps.min(affordable.max(1) as usize);
    let mut remarks = Vec::new();
    if steps < asked.steps {
        remarks.push(format!("{steps} steps are taken, as more would be dear"));
    }
    let held = if asked.plain { HeldBack::NOT } else { HeldBack::USUAL };
    let mut ascent = Ascent::of(size, asked.count, asked.seed, held);
    for _ in 0..steps {
        awaited(go_on)?;
        ascent.step(|images| wished.gradients(images))?;
    }
    let values = wished.values(&ascent.images)?;
    let length = meter.input_len().max(1);
    let dreams = ascent.images.chunks(length).zip(&values).map(|(image, value)| Dreamed {
        image: image.into(),
        value: *value,
        high_frequency: frequency::high(image, size),
    });
    let dreams: Vec<Dreamed> = dreams.collect();
    let most = (MOST_MULTIPLY_ADDS / pass).max(1) as usize;
    let indices = drawn(tests, most, asked.seed);
    let best = wished.best(tests, &indices, go_on)?.map(|(index, value)| Real {
        index,
        value,
        high_frequency: frequency::high(tests.image(index).unwrap_or_default(), size),
    });
    if dreams.iter().any(|dream| dream.value.is_nan()) {
        remarks.push("what is made large is no number".to_owned());
    }
    if matches!(wished.of, Of::Unit { .. }) && dreams.iter().any(|dream| dream.value == 0.0) {
        remarks.push(
            "a dream in which the unit is silent has no slope that could be followed".to_owned(),
        );
    }
    Ok(Dream {
        asked: asked.clone(),
        size,
        steps,
        dreams,
        images: indices.len(),
        best,
        remarks,
        price: meter.since(&begun),
    })
}

/// Whether it can be asked so.
fn check(asked: &DreamAsked) -> Result<(), TrainError> {
    Err(TrainError::Calculation(if asked.count == 0 || asked.count > MOST_DREAMS {
        format!("ask for 1 to {MOST_DREAMS} dreams instead of {}", asked.count)
    } else if asked.steps > MOST_STEPS {
        format!("a dream takes up to {MOST_STEPS} steps, not {}", asked.steps)
    } else {
        return Ok(());
    }))
}

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
                    return Err(TrainError::Calculation(no_unit(*unit, units)));
                }
                Of::Unit { layer, unit: *unit }
            }
            (DreamTarget::Unit { .. }, None) => {
                return Err(TrainError::calculation("a unit is one of a layer"));
            }
            (DreamTarget::Class(class), _) if *class >= meter.model().classes() => {
                return Err(TrainError::Calculation(format!(
                    "there is no class {class}, only {}, counted from 0",
                    meter.model().classes()
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
    fn best(
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
