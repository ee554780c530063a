//! What a model answers when units are taken away: accuracy, confusion, and the images that are read as something else.

use super::{
    Explained,
    accuracy::{Right, drawn},
    goal,
    hidden::opened,
    meter::Meter,
    sweep::{Sweep, UnitMeans},
    tried::replace,
    units::watched,
};
use crate::{
    inside::{Answered, Changed, Lesion, LesionAsked, LesionBy},
    learning::{TrainError, data::Examples},
    sentence::counted,
    words::Phrase,
};

/// Multiply-adds that an answer may take: some seconds on two cores, which only large networks need.
const MOST_MULTIPLY_ADDS: u64 = 50_000_000_000;
/// What the images are drawn from, so that every lesion of a network is tried on the same ones.
const SEED: u64 = 0;

/// Tells what a model answers without some units; `go_on` says whether anybody still waits for it.
///
/// # Errors
/// One sentence if there are no such units, or it cannot be computed.
pub fn lesion(
    model: &dyn Explained,
    asked: &LesionAsked,
    tests: &Examples,
    go_on: &dyn Fn() -> bool,
) -> Result<Lesion, TrainError> {
    let (_, layer) = opened(model, asked.layer.as_deref())?;
    let layer = layer.as_ref();
    let size = layer.layer();
    if asked.units.is_empty() {
        return Err(TrainError::calculation(phrase!("studies-name-at-least-one-unit")));
    }
    if let Some(missing) = asked.units.iter().find(|unit| **unit >= size.units()) {
        return Err(TrainError::Calculation(no_unit(*missing, size.units())));
    }
    watched(model, asked.images, tests)?;
    let meter = Meter::of(model);
    let begun = meter.mark();
    // Each image is passed once, and behind the layer twice more; for the mean once before.
    let affordable = (MOST_MULTIPLY_ADDS / model.multiply_adds().saturating_mul(4).max(1)).max(1);
    let asks = asked.images.min(tests.len());
    let indices = drawn(tests, asks.min(affordable as usize), SEED);
    let sweep = Sweep { meter: &meter, layer, tests, go_on };
    let means = match asked.by {
        LesionBy::Zero => Vec::new(),
        LesionBy::Mean => {
            let mut means = UnitMeans::of(size.numbers());
            sweep.over(&indices, &mut |_, _, values| {
                means.add(values);
                Ok(())
            })?;
            means.found()
        }
    };
    let mut is_there = vec![true; size.units()];
    for unit in &asked.units {
        if let Some(is_there) = is_there.get_mut(*unit) {
            *is_there = false;
        }
    }
    let is_there = |unit: usize| is_there.get(unit).copied().unwrap_or_default();
    let mut seen = Seen::of(model.classes());
    sweep.over(&indices, &mut |some, images, values| {
        let before = meter.unit_logits(layer, images, values)?;
        let mut values = values.to_vec();
        replace(&mut values, (&means, [size.units(), size.places()]), asked.by, &is_there);
        let after = meter.unit_logits(layer, images, &values)?;
        seen.add(some, &tests.labels, [&before, &after]);
        Ok(())
    })?;
    let mut remarks = Vec::new();
    if indices.len() < asks {
        let of = counted(asks, "test image");
        remarks.push(phrase!("studies-of-of-as-more-would", indices_count = indices.len(), of));
    }
    if seen.right.iter().any(|right| right.no_number) {
        remarks.push(phrase!("studies-what-the-network-says-is-no"));
    }
    seen.changed.sort_by_key(|changed| changed.index);
    let [before, after] = seen.answered();
    Ok(Lesion {
        asked: asked.clone(),
        layer: size.clone(),
        images: indices.len(),
        before,
        after,
        changed: seen.changed,
        remarks,
        price: meter.since(&begun),
    })
}

/// What is said of a unit that there is not.
pub(super) fn no_unit(unit: usize, units: usize) -> Phrase {
    match units {
        1 => phrase!("studies-there-is-no-unit-only", unit),
        _ => phrase!("studies-there-is-no-unit-only-counted", unit, units),
    }
}

/// How images are read before and after.
struct Seen {
    classes: usize,
    right: [Right; 2],
    /// A row for each class, a column for each answer.
    confusions: [Vec<u32>; 2],
    changed: Vec<Changed>,
}

impl Seen {
    fn of(classes: usize) -> Self {
        let confusions = [(); 2].map(|()| vec![0; classes * classes]);
        Self { classes, right: [Right::default(); 2], confusions, changed: Vec::new() }
    }

    fn add(&mut self, indices: &[usize], labels: &[u8], [before, after]: [&[f32]; 2]) {
        let classes = self.classes.max(1);
        let rows = before.chunks(classes).zip(after.chunks(classes));
        for (index, (before, after)) in indices.iter().zip(rows) {
            let class = labels.get(*index).copied().map_or(0, usize::from);
            let both = [before, after];
            let read_as = both.map(|logits| goal::said(logits).unwrap_or_default());
            for (at, logits) in both.into_iter().enumerate() {
                if let (Some(right), Some(confusion), Some(said)) =
                    (self.right.get_mut(at), self.confusions.get_mut(at), read_as.get(at))
                {
                    *right = right.and(Right::of(logits, class));
                    if let Some(count) = confusion.get_mut(class * classes + said) {
                        *count += 1;
                    }
                }
            }
            if read_as[0] != read_as[1] {
                self.changed.push(Changed { index: *index, class, read_as });
            }
        }
    }

    fn answered(&mut self) -> [Answered; 2] {
        [0, 1].map(|at| Answered {
            accuracy: self.right[at].share(),
            confusion: std::mem::take(&mut self.confusions[at]),
        })
    }
}
