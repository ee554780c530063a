//! What some images share: their mean, what they are and are read as, and the units that tell them from all others.

use super::{
    Baselines, Explained,
    accuracy::drawn_of,
    goal,
    hidden::{awaited, opened},
    meter::Meter,
    points::{Chosen, Reader},
    sweep::{images, largest},
};
use crate::{
    inside::{Shared, SharedAsked, SharedUnit},
    learning::TrainError,
    sentence::grouped,
    words::Phrase,
};

/// Multiply-adds that passes of images may take: some seconds on two cores, which only large networks need.
const MOST_MULTIPLY_ADDS: u64 = 50_000_000_000;
/// Units that are told at most.
const MOST_UNITS: usize = 12;
/// What the test images to compare with are drawn from, where all would be dear.
const SEED: u64 = 0;

/// Tells what some images share; `go_on` says whether anybody still waits for it.
///
/// # Errors
/// One sentence if there is no such layer or image, or it cannot be computed.
pub fn shared(
    model: &dyn Explained,
    asked: &SharedAsked,
    examples: Baselines<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Shared, TrainError> {
    let meter = Meter::of(model);
    let begun = meter.mark();
    if let Some(name) = asked.layer.as_deref() {
        // Of more units than one can look at nobody is told.
        opened(model, Some(name))?;
    }
    let (reader, _) = Reader::of(&meter, asked.layer.as_deref())?;
    let chosen = Chosen::named(&asked.of, examples)?;
    let affordable = (MOST_MULTIPLY_ADDS / model.multiply_adds().max(1)).max(1) as usize;
    if chosen.len() > affordable {
        return Err(TrainError::Calculation(phrase!(
            "studies-are-more-than-this-network",
            chosen_count = Phrase::counted(chosen.len(), "image"),
            affordable = grouped(affordable)
        )));
    }
    let look = Look { reader: &reader, go_on };
    let here = look.over(chosen.len(), &|place| chosen.image(place, examples).to_vec())?;
    let tests = drawn_of(examples.tests.len(), affordable - chosen.len(), SEED);
    let others = look.over(tests.len(), &|at| {
        let index = tests.get(at).copied().unwrap_or(usize::MAX);
        images(examples.tests, &[index])
    })?;
    let is_chosen: Vec<bool> = {
        let mut is_chosen = vec![false; examples.tests.len()];
        for index in asked.of.tests.iter() {
            if let Some(is) = is_chosen.get_mut(*index as usize) {
                *is = true;
            }
        }
        tests.iter().map(|index| is_chosen.get(*index).copied().unwrap_or_default()).collect()
    };
    let labels = chosen.labels(examples);
    let counted_by = |classes: &mut dyn Iterator<Item = usize>| {
        let mut counts = vec![0; model.classes()];
        classes.for_each(|class| {
            if let Some(count) = counts.get_mut(class) {
                *count += 1;
            }
        });
        counts
    };
    let rows = || here.logits.chunks(model.classes().max(1));
    let losses = rows().zip(&labels).map(|(logits, label)| goal::loss(logits, usize::from(*label)));
    let pixels = |place: usize| chosen.image(place, examples).iter().copied();
    let images = (0..chosen.len().min(Shared::MOST_SHOWN)).flat_map(pixels).collect::<Vec<f32>>();
    Ok(Shared {
        asked: asked.clone(),
        size: model.size(),
        mean: mean_image(&chosen, examples, meter.input_len()).into(),
        images: images.into(),
        labels: counted_by(&mut labels.iter().copied().map(usize::from)),
        said: counted_by(&mut rows().map(|logits| goal::said(logits).unwrap_or(usize::MAX))),
        loss: (losses.sum::<f64>() / chosen.len() as f64) as f32,
        units: told(&here, &others, &is_chosen),
        price: meter.since(&begun),
    })
}

/// What a layer makes of images.
struct Looked {
    units: usize,
    /// Images × units: the largest number of each map.
    values: Vec<f32>,
    logits: Vec<f32>,
}

impl Looked {
    /// A unit's, image after image.
    fn of_unit(&self, unit: usize) -> impl Iterator<Item = f64> + '_ {
        self.values.iter().skip(unit).step_by(self.units).map(|value| f64::from(*value))
    }
}

/// Looks at images with a layer.
struct Look<'a> {
    reader: &'a Reader<'a>,
    go_on: &'a dyn Fn() -> bool,
}

impl Look<'_> {
    fn over(&self, count: usize, image: &dyn Fn(usize) -> Vec<f32>) -> Result<Looked, TrainError> {
        let layer = self.reader.layer();
        let units = layer.units().max(1);
        let mut looked = Looked { units, values: Vec::new(), logits: Vec::new() };
        let all: Vec<usize> = (0..count).collect();
        for some in all.chunks(self.reader.at_once()) {
            awaited(self.go_on)?;
            let images: Vec<f32> = some.iter().flat_map(|at| image(*at)).collect();
            let values = self.reader.values(&images)?;
            looked.logits.extend(self.reader.logits(&images, &values)?);
            looked.values.extend(values.chunks(layer.places().max(1)).map(|map| largest(map).0));
        }
        Ok(looked)
    }
}

/// The mean of images.
fn mean_image(chosen: &Chosen, examples: Baselines<'_>, length: usize) -> Vec<f32> {
    let mut sum = vec![0.0_f64; length];
    for place in 0..chosen.len() {
        let pixels = chosen.image(place, examples);
        sum.iter_mut().zip(pixels).for_each(|(sum, pixel)| *sum += f64::from(*pixel));
    }
    sum.into_iter().map(|sum| (sum / chosen.len().max(1) as f64) as f32).collect()
}

/// The units whose means differ most from those over all other test images, in standard deviations of all of them; of equal
/// ones the first unit. Units that are the same for all test images tell nobody from anybody.
fn told(here: &Looked, others: &Looked, is_chosen: &[bool]) -> Vec<SharedUnit> {
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let (mut sum, mut count) = (0.0, 0.0);
        for value in values {
            sum += value;
            count += 1.0;
        }
        sum / count
    };
    let unit = |unit: usize| {
        let own = mean(&mut here.of_unit(unit));
        let rest = others.of_unit(unit).zip(is_chosen).filter(|(_, is)| !**is);
        let elsewhere = mean(&mut rest.map(|(value, _)| value));
        let all = mean(&mut others.of_unit(unit));
        let square = |value: f64| (value - all) * (value - all);
        let deviation = mean(&mut others.of_unit(unit).map(square)).sqrt();
        let apart = (own - elsewhere) / deviation;
        let told =
            SharedUnit { unit, here: own as f32, elsewhere: elsewhere as f32, apart: apart as f32 };
        (deviation != 0.0).then_some(told)
    };
    let mut units: Vec<SharedUnit> = (0..here.units).filter_map(unit).collect();
    // What is no number comes last.
    let strength = |unit: &SharedUnit| if unit.apart.is_nan() { -1.0 } else { unit.apart.abs() };
    units.sort_by(|a, b| strength(b).total_cmp(&strength(a)));
    units.truncate(MOST_UNITS);
    units
}
