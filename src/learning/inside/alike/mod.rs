//! How alike the layers of a network are, by what they make of the same images, beside two floors: the pixels, and the same
//! network with its weights shuffled.

mod gram;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use self::gram::{Gram, LEAST_IMAGES};
use super::{
    Baselines, Ended, Explained, Trail,
    accuracy::drawn,
    hidden::awaited,
    meter::Meter,
    points::{MOST_NUMBERS, Reader},
    sweep::images,
};
use crate::{
    inside::{Alike, AlikeAsked, AlikeColumn, AlikeWith, Price, UnitLayer},
    learning::{TrainError, data::Examples},
    sentence::{counted, shown},
    stream::Step,
    words::Phrase,
};

/// Multiply-adds that passes of images may take, and as many that products of them may: some seconds on two cores.
const MOST_MULTIPLY_ADDS: u64 = 20_000_000_000;
/// Numbers of a layer that are kept of all images at most.
const MOST_KEPT: usize = 1 << 24;
/// Steps of the run that layers are compared with at most.
const MOST_STEPS: usize = 12;
/// Products of images with images that are kept of all layers at most.
const MOST_PRODUCTS: usize = 1 << 23;

/// Tells how alike layers are; `go_on` says whether anybody still waits for it.
///
/// # Errors
/// One sentence if there is nothing to compare, or it cannot be computed.
pub fn alike(
    model: &dyn Explained,
    asked: &AlikeAsked,
    examples: Baselines<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Alike, TrainError> {
    let Baselines { tests, trail, .. } = examples;
    let meter = Meter::of(model);
    let begun = meter.mark();
    let mut remarks = Vec::new();
    let others = others(asked.with, trail, &mut remarks)?;
    let layers = compared(model, &mut remarks)?;
    let (most, models) = (asked.images.min(tests.len()), 2 + others.len());
    let count = affordable(model, &layers, most, models);
    if count < LEAST_IMAGES {
        return Err(TrainError::Calculation(phrase!(
            "studies-layers-are-compared-on-at",
            least_images = LEAST_IMAGES,
            count
        )));
    }
    if count < asked.images {
        let of = counted(asked.images, "image");
        remarks.push(phrase!("studies-of-images-instead-of", count, of));
    }
    let indices = drawn(tests, count, asked.seed);
    let look = Look { tests, indices: &indices, go_on };
    let own = look.at_all(&meter, &layers)?;
    let pixels = Gram::of(&images(tests, &indices), count);
    let shuffled = model.shuffled(model.layers().len(), asked.seed)?;
    let other = Meter::of(shuffled.as_ref());
    let mark = other.mark();
    let untaught = look.at_all(&other, &layers)?;
    let (mut price, mut columns, mut by_column) = (other.since(&mark), Vec::new(), Vec::new());
    for (column, numbers) in others {
        let then = model.with_parameters(numbers)?;
        let meter = Meter::of(then.as_ref());
        let mark = meter.mark();
        let then = look.at_all(&meter, &layers)?;
        by_column.push(own.iter().zip(&then).map(|(a, b)| a.alignment(b)).collect::<Vec<f32>>());
        columns.push(column);
        price.forward += meter.since(&mark).forward;
    }
    let name = |layer: &Option<UnitLayer>| {
        layer.as_ref().map_or_else(|| "logits".to_owned(), |layer| layer.name.clone())
    };
    let names: Vec<String> = layers.iter().map(name).collect();
    if asked.with == AlikeWith::Layers {
        columns = names.iter().cloned().map(AlikeColumn::Layer).collect();
        by_column =
            own.iter().map(|b| own.iter().map(|a| a.alignment(b)).collect::<Vec<f32>>()).collect();
    }
    let alignment: Vec<f32> = (0..names.len())
        .flat_map(|row| by_column.iter().filter_map(move |column| column.get(row)))
        .copied()
        .collect();
    if alignment.iter().any(|alike| alike.is_nan()) {
        remarks.push(phrase!("studies-a-layer-that-makes-the"));
    }
    Ok(Alike {
        asked: AlikeAsked { images: count, ..asked.clone() },
        columns,
        layers: names,
        alignment,
        with_pixels: own.iter().map(|gram| gram.alignment(&pixels)).collect(),
        with_shuffled: own.iter().zip(&untaught).map(|(a, b)| a.alignment(b)).collect(),
        remarks,
        // The other clocks ran within the first.
        price: Price {
            forward: price.forward + meter.since(&begun).forward,
            ..meter.since(&begun)
        },
    })
}

/// The weights that layers are compared with, if they are others than those that there are now.
///
/// # Errors
/// If none are kept where there must be some.
fn others<'a>(
    with: AlikeWith,
    trail: &'a Trail,
    remarks: &mut Vec<Phrase>,
) -> Result<Vec<(AlikeColumn, &'a [f32])>, TrainError> {
    match with {
        AlikeWith::Layers => Ok(Vec::new()),
        AlikeWith::Steps => {
            let states = trail.states.len();
            let last = states.checked_sub(1).ok_or_else(|| {
                TrainError::calculation(phrase!("studies-no-weights-of-earlier-steps"))
            })?;
            let columns = states.min(MOST_STEPS);
            // The first, the last, and as evenly as can be between them.
            let gaps = columns.saturating_sub(1).max(1);
            let at = |column: usize| (column * last + gaps / 2) / gaps;
            let chosen = (0..columns).filter_map(|column| trail.states.get(at(column)));
            Ok(chosen
                .map(|kept| (AlikeColumn::Step(Step(kept.step)), kept.numbers.as_slice()))
                .collect())
        }
        AlikeWith::Runs => {
            if trail.ended.is_empty() {
                remarks.push(phrase!("studies-no-run-went-before-this"));
            }
            let run = |ended: &'a Arc<Ended>| {
                let (seed, steps) = (ended.seed, ended.end.step);
                (AlikeColumn::Run { seed, steps }, ended.end.numbers.as_slice())
            };
            Ok(trail.ended.iter().map(run).collect())
        }
    }
}

/// Hidden layers in the order of computation, and `None` for the logits, which come last.
fn compared(
    model: &dyn Explained,
    remarks: &mut Vec<Phrase>,
) -> Result<Vec<Option<UnitLayer>>, TrainError> {
    let mut layers = Vec::new();
    for layer in model.unit_layers()?.layers {
        if layer.numbers() > MOST_NUMBERS {
            remarks.push(phrase!("studies-the-layer-is-too-large", name = shown(&layer.name)));
        } else {
            layers.push(Some(layer));
        }
    }
    layers.push(None);
    Ok(layers)
}

/// How many images are affordable; it depends on sizes alone, never on a clock.
fn affordable(
    model: &dyn Explained,
    layers: &[Option<UnitLayer>],
    asked: usize,
    models: usize,
) -> usize {
    let numbers = |layer: &Option<UnitLayer>| match layer {
        Some(layer) => layer.numbers(),
        None => model.classes(),
    };
    let of_layers = layers.iter().map(numbers);
    let widest = of_layers.clone().max().unwrap_or(1).max(1);
    // Each layer is passed to, and the logits behind it are not needed; in every other network as well.
    let passes = model.multiply_adds().max(1).saturating_mul((models * layers.len()) as u64);
    let of_passes = (MOST_MULTIPLY_ADDS / passes.max(1)) as usize;
    let sum = (models * of_layers.sum::<usize>()).max(1);
    let of_products = (MOST_MULTIPLY_ADDS as usize / sum).isqrt();
    let of_kept = (MOST_PRODUCTS / (2 * layers.len())).isqrt();
    asked.min(of_passes).min(of_products).min(of_kept).min(MOST_KEPT / widest)
}

/// Looks at the same images with every layer.
struct Look<'a> {
    tests: &'a Examples,
    indices: &'a [usize],
    go_on: &'a dyn Fn() -> bool,
}

impl Look<'_> {
    fn at_all(
        &self,
        meter: &Meter<'_>,
        layers: &[Option<UnitLayer>],
    ) -> Result<Vec<Gram>, TrainError> {
        layers.iter().map(|layer| self.at(meter, layer.as_ref())).collect()
    }

    fn at(&self, meter: &Meter<'_>, layer: Option<&UnitLayer>) -> Result<Gram, TrainError> {
        let (reader, _) = Reader::of(meter, layer.map(|layer| layer.name.as_str()))?;
        let mut values = Vec::new();
        for some in self.indices.chunks(reader.at_once()) {
            awaited(self.go_on)?;
            values.extend(reader.values(&images(self.tests, some))?);
        }
        awaited(self.go_on)?;
        Ok(Gram::of(&values, self.indices.len()))
    }
}
