//! What the units of a layer know: the images on which each is strongest, in the middle, and near zero, and what becomes of
//! the answers without it.

use super::{
    Explained, HiddenLayer,
    accuracy::drawn,
    hidden::opened,
    meter::Meter,
    named::{Lost, Pixels, named},
    shapley::{self, Effort},
    sweep::{Largest, Sweep, UnitMeans},
    tried::Tried,
};
use crate::{
    inside::{LesionBy, Shapley, Units, UnitsAsked},
    learning::{TrainError, data::Examples},
    words::Phrase,
};

/// Images of each kind at most, so that an answer fits into a frame.
const MOST_TOP: usize = 25;
/// Multiply-adds that looking at images may take, and as many that lesions may: some seconds on two cores, which only large
/// networks need.
const MOST_MULTIPLY_ADDS: u64 = 50_000_000_000;
/// Numbers that are kept of all images at most.
const MOST_KEPT: usize = 1 << 25;

/// Tells what the units of a layer know; `go_on` says whether anybody still waits for it.
///
/// # Errors
/// One sentence if there are no such units, or it cannot be computed.
pub fn units(
    model: &dyn Explained,
    asked: &UnitsAsked,
    tests: &Examples,
    go_on: &dyn Fn() -> bool,
) -> Result<Units, TrainError> {
    let (all, layer) = opened(model, asked.layer.as_deref())?;
    let layer = layer.as_ref();
    check(model, asked, tests)?;
    let meter = Meter::of(model);
    let begun = meter.mark();
    let slopes = layer.slopes()?;
    let affordable = Affordable::of(&meter, layer, slopes.is_some());
    let kept = Tried::kept(layer, slopes.as_ref(), meter.input_len()).max(1);
    let asks = asked.images.min(tests.len());
    let indices = drawn(tests, asks.min(affordable.swept), asked.seed);
    let on = indices.len().min(affordable.tried).min(MOST_KEPT / kept);

    let mut tried = Tried::of(&meter, layer, slopes, go_on);
    let found = layer.layer();
    let mut largest = Largest::of(found.units(), found.places());
    let mut means = UnitMeans::of(found.numbers());
    let sweep = Sweep { meter: &meter, layer, tests, go_on };
    sweep.over(&indices, &mut |some, images, values| {
        largest.add(some, values);
        means.add(values);
        let keeps = some.len().min(on.saturating_sub(tried.images()));
        let labels = some.iter().take(keeps).filter_map(|index| tests.labels.get(*index));
        let labels: Vec<usize> = labels.copied().map(usize::from).collect();
        let part = |numbers: usize| keeps * numbers / some.len().max(1);
        let images = images.get(..part(images.len())).unwrap_or_default();
        tried.keep(images, &labels, values.get(..part(values.len())).unwrap_or_default());
        Ok(())
    })?;
    let means = means.found();
    tried.learn(means.clone());
    let mut remarks = remarks(asks, indices.len(), on);
    if means.iter().any(|mean| mean.is_nan()) {
        remarks.push(phrase!("studies-some-units-make-what-is"));
    }
    let lost = Lost::of(&tried)?;
    let shapley = worth(&tried, model, asked.seed, &mut remarks)?;
    let pixels = Pixels { maps: found.size, field: layer.field(), input: model.size() };
    let units = named(&largest, &means, &lost, pixels, asked.top);
    Ok(Units {
        asked: asked.clone(),
        layer: found.clone(),
        layers: all.layers,
        images: indices.len(),
        tried_on: tried.images(),
        accuracy: lost.accuracy,
        units,
        shapley,
        remarks,
        price: meter.since(&begun),
    })
}

/// Whether it can be asked so.
fn check(model: &dyn Explained, asked: &UnitsAsked, tests: &Examples) -> Result<(), TrainError> {
    let fault = if asked.top == 0 || asked.top > MOST_TOP {
        phrase!("studies-name-1-to-images-of", most_top = MOST_TOP, top = asked.top)
    } else {
        return watched(model, asked.images, tests);
    };
    Err(TrainError::Calculation(fault))
}

/// Whether there is something on which units could be watched.
pub(super) fn watched(
    model: &dyn Explained,
    images: usize,
    tests: &Examples,
) -> Result<(), TrainError> {
    Err(TrainError::calculation(if tests.is_empty() {
        phrase!("studies-there-are-no-test-images-on")
    } else if images == 0 {
        phrase!("studies-units-are-watched-on-at")
    } else if model.classes() < 2 {
        phrase!("studies-the-network-tells-no-two-classes-apart-so")
    } else {
        return Ok(());
    }))
}

/// How many images are affordable; it depends on sizes alone, never on a clock.
struct Affordable {
    swept: usize,
    tried: usize,
}

impl Affordable {
    fn of(meter: &Meter<'_>, layer: &dyn HiddenLayer, is_sums: bool) -> Self {
        let pass = meter.model().multiply_adds().max(1);
        let units = layer.layer().units();
        let swept =
            (MOST_MULTIPLY_ADDS / pass).clamp(1, (MOST_KEPT / units.max(1)) as u64) as usize;
        let passes = 1 + LesionBy::ALL.len() as u64 * units as u64;
        let tried = if is_sums {
            swept
        } else {
            (MOST_MULTIPLY_ADDS / pass.saturating_mul(passes)) as usize
        };
        Self { swept, tried }
    }
}

fn remarks(asked: usize, images: usize, tried: usize) -> Vec<Phrase> {
    let mut remarks = Vec::new();
    if images < asked {
        remarks.push(phrase!(
            "studies-of-of-as-more-would-be",
            images,
            asked = Phrase::counted(asked, "test image")
        ));
    }
    match tried {
        0 => remarks.push(phrase!("studies-no-unit-is-taken-away")),
        some if some < images => remarks.push(phrase!("studies-units-are-taken-away-on", some)),
        _ => {}
    }
    remarks
}

/// Shapley values, or a remark why there are none.
fn worth(
    tried: &Tried<'_>,
    model: &dyn Explained,
    seed: u64,
    remarks: &mut Vec<Phrase>,
) -> Result<Option<Shapley>, TrainError> {
    let Some(effort) = Effort::of(tried, (model.classes(), model.multiply_adds())) else {
        remarks.push(phrase!("studies-no-shapley-values-as-those"));
        return Ok(None);
    };
    if effort.images < tried.images() {
        remarks.push(phrase!("studies-shapley-values-are-of-images", images = effort.images));
    }
    let found = shapley::shapley(tried, effort, seed)?;
    if found.is_none() {
        remarks.push(phrase!("studies-no-shapley-values-as-what"));
    }
    Ok(found)
}
