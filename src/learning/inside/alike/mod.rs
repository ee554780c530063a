//! How alike the layers of a network are, by what they make of the same images, beside two floors: the pixels, and the same
//! network with its weights shuffled.

mod gram;
#[cfg(test)]
mod tests;

use self::gram::{Gram, LEAST_IMAGES};
use super::{
    Explained,
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
};

/// Multiply-adds that passes of images may take, and as many that products of them may: some seconds on two cores.
const MOST_MULTIPLY_ADDS: u64 = 20_000_000_000;
/// Numbers of a layer that are kept of all images at most.
const MOST_KEPT: usize = 1 << 24;
/// Products of images with images that are kept of all layers at most.
const MOST_PRODUCTS: usize = 1 << 23;

/// Tells how alike layers are; `go_on` says whether anybody still waits for it.
///
/// # Errors
/// One sentence if there is nothing to compare, or it cannot be computed.
pub fn alike(
    model: &dyn Explained,
    asked: &AlikeAsked,
    tests: &Examples,
    go_on: &dyn Fn() -> bool,
) -> Result<Alike, TrainError> {
    match asked.with {
        AlikeWith::Layers => {}
        AlikeWith::Steps => return Err(not_yet("steps of the run")),
        AlikeWith::Runs => return Err(not_yet("runs")),
    }
    let meter = Meter::of(model);
    let begun = meter.mark();
    let mut remarks = Vec::new();
    let layers = compared(model, &mut remarks)?;
    let count = affordable(model, &layers, asked.images.min(tests.len()));
    if count < LEAST_IMAGES {
        return Err(TrainError::Calculation(format!(
            "layers are compared on at least {LEAST_IMAGES} images, but {count} can be taken"
        )));
    }
    if count < asked.images {
        let of = counted(asked.images, "image");
        remarks.push(format!("of {count} images instead of {of}"));
    }
    let indices = drawn(tests, count, asked.seed);
    let look = Look { tests, indices: &indices, go_on };
    let own = look.at_all(&meter, &layers)?;
    let pixels = Gram::of(&images(tests, &indices), count);
    let shuffled = model.shuffled(model.layers().len(), asked.seed)?;
    let other = Meter::of(shuffled.as_ref());
    let mark = other.mark();
    let untaught = look.at_all(&other, &layers)?;
    let alignment: Vec<f32> =
        own.iter().flat_map(|row| own.iter().map(|column| row.alignment(column))).collect();
    if alignment.iter().any(|alike| alike.is_nan()) {
        remarks.push(
            "a layer that makes the same of all images, or no number, is like no other".to_owned(),
        );
    }
    let (one, two) = (meter.since(&begun), other.since(&mark));
    let name = |layer: &Option<UnitLayer>| {
        layer.as_ref().map_or_else(|| "logits".to_owned(), |layer| layer.name.clone())
    };
    let names: Vec<String> = layers.iter().map(name).collect();
    Ok(Alike {
        asked: AlikeAsked { images: count, ..asked.clone() },
        columns: names.iter().cloned().map(AlikeColumn::Layer).collect(),
        layers: names,
        alignment,
        with_pixels: own.iter().map(|gram| gram.alignment(&pixels)).collect(),
        with_shuffled: own.iter().zip(&untaught).map(|(a, b)| a.alignment(b)).collect(),
        remarks,
        // The second clock ran within the first.
        price: Price {
            forward: one.forward + two.forward,
            backward: one.backward + two.backward,
            seconds: one.seconds,
        },
    })
}

fn not_yet(what: &str) -> TrainError {
    TrainError::Calculation(format!("layers are compared with each other, not with other {what}"))
}

/// Hidden layers in the order of computation, and `None` for the logits, which come last.
fn compared(
    model: &dyn Explained,
    remarks: &mut Vec<String>,
) -> Result<Vec<Option<UnitLayer>>, TrainError> {
    let mut layers = Vec::new();
    for layer in model.unit_layers()?.layers {
        if layer.numbers() > MOST_NUMBERS {
            remarks.push(format!("the layer {} is too large to be compared", shown(&layer.name)));
        } else {
            layers.push(Some(layer));
        }
    }
    layers.push(None);
    Ok(layers)
}

/// How many images are affordable; it depends on sizes alone, never on a clock.
fn affordable(model: &dyn Explained, layers: &[Option<UnitLayer>], asked: usize) -> usize {
    let numbers = |layer: &Option<UnitLayer>| match layer {
        Some(layer) => layer.numbers(),
        None => model.classes(),
    };
    let of_layers = layers.iter().map(numbers);
    let widest = of_layers.clone().max().unwrap_or(1).max(1);
    // Each layer is passed to, and the logits behind it are not needed; the shuffled network as well.
    let passes = model.multiply_adds().max(1).saturating_mul(2 * layers.len() as u64);
    let of_passes = (MOST_MULTIPLY_ADDS / passes.max(1)) as usize;
    let sum = (2 * of_layers.sum::<usize>()).max(1);
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
