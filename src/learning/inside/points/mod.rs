//! Where a layer puts all images, laid out in a few dimensions: along principal components, or with neighbours beside each
//! other; what of it can be trusted, and how far it moved since the answer before.

mod chosen;
mod neighbours;
mod products;
mod reader;
mod rounds;
mod search;
mod shown;
mod table;
#[cfg(test)]
pub(super) mod tests;
mod trust;

pub(super) use chosen::Chosen;
pub(super) use reader::{MOST_NUMBERS, Reader};

use self::{
    neighbours::{FILTER, Laid, first_three, neighbours},
    search::{Components, Effort, components},
    shown::{Shown, apart, scaled},
    table::{MOST_KEPT, Source, Table},
    trust::Queries,
};
use super::{Baselines, Explained, layouts::Last, meter::Meter};
use crate::{
    inside::{Points, PointsAsked, PointsLayout},
    learning::TrainError,
    words::Phrase,
};

/// Multiply-adds that passes of all images may take: some seconds on two cores, which only large networks need.
const MOST_MULTIPLY_ADDS: u64 = 50_000_000_000;
/// Passes of each image at most.
const PASSES: u64 = 4;
/// Numbers of all images at most, which are gone through as often.
const MOST_OF_ALL: usize = 300_000_000;
/// Images of an answer at most.
const MOST_IMAGES: usize = 70_000;
/// Axes that there are always, so that a place is one in space.
const LEAST_AXES: usize = 3;

/// How an answer is found; tests take other ways than sizes would.
#[derive(Clone, Copy)]
struct Ways {
    most_kept: usize,
    effort: Effort,
}

impl Ways {
    const USUAL: Self = Self { most_kept: MOST_KEPT, effort: Effort::USUAL };
}

/// Tells where a layer puts all images; `go_on` says whether anybody still waits for it.
///
/// # Errors
/// One sentence if there is no such layer, nothing to lay out, or it cannot be computed.
pub fn points(
    model: &dyn Explained,
    asked: &PointsAsked,
    examples: Baselines<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Points, TrainError> {
    laid_out(model, asked, (examples, Ways::USUAL), go_on)
}

fn laid_out(
    model: &dyn Explained,
    asked: &PointsAsked,
    (examples, ways): (Baselines<'_>, Ways),
    go_on: &dyn Fn() -> bool,
) -> Result<Points, TrainError> {
    check(asked)?;
    let meter = Meter::of(model);
    let begun = meter.mark();
    let (reader, layers) = Reader::of(&meter, asked.layer.as_deref())?;
    let most = affordable(model, asked.layout, reader.layer().numbers());
    let chosen = Chosen::drawn(asked.all, most, asked.seed, examples)?;
    let labels = chosen.labels(examples);
    let source = Source { reader: &reader, chosen: &chosen, examples, go_on };
    let table = Table::of(source, &labels, ways.most_kept)?;
    let last = examples.layouts.last(asked);
    let last = last.as_deref().filter(|last| last.places.len() == table.rows);
    let mut shown = match nothing_to_lay_out(&table) {
        Some(why) => {
            let mut shown = Shown::nothing(table.rows, why, table.is_finite);
            if asked.layout != PointsLayout::Components {
                shown.explained.clear();
            }
            shown
        }
        None => {
            let mut queries = Queries::of(&table)?;
            let found = found(&table, asked, ways.effort, (last, &mut queries))?;
            let (mut shown, next) = match asked.layout {
                PointsLayout::Components => by_components(&table, found, last),
                PointsLayout::Neighbours { attraction } => {
                    by_neighbours(found, (attraction, asked.seed), last, go_on)?
                }
            };
            if shown.is_finite() {
                let trust = queries.trust(&next.places, &labels);
                shown.trust = crate::inside::PointsTrust {
                    noise: next.noise,
                    moved: last.map(|last| apart(&next.places, &last.places)),
                    ..trust
                };
                examples.layouts.keep(asked, next);
            }
            shown
        }
    };
    shown.remarks.extend(chosen.remark(asked.all, examples));
    let (said, losses) = (table.said.clone().into(), table.losses.clone().into());
    let layer = reader.layer().clone();
    Ok(Points {
        asked: asked.clone(),
        layer,
        layers,
        of: chosen.told(),
        axes: shown.axes,
        places: shown.places.into(),
        explained: shown.explained,
        labels: labels.into(),
        said,
        losses,
        trust: shown.trust,
        remarks: shown.remarks,
        price: meter.since(&begun),
    })
}

/// Whether it can be asked so.
fn check(asked: &PointsAsked) -> Result<(), TrainError> {
    match asked.layout {
        PointsLayout::Neighbours { attraction } if !(1.0..=4.0).contains(&attraction) => {
            Err(TrainError::Calculation(phrase!("studies-attraction-is-from-1-to", attraction)))
        }
        _ => Ok(()),
    }
}

/// How many images are affordable; it depends on sizes alone, never on a clock.
fn affordable(model: &dyn Explained, layout: PointsLayout, numbers: usize) -> usize {
    let passes = MOST_MULTIPLY_ADDS / model.multiply_adds().max(1).saturating_mul(PASSES);
    let most = match layout {
        PointsLayout::Components => MOST_IMAGES,
        PointsLayout::Neighbours { .. } => neighbours::MOST_IMAGES,
    };
    most.min(passes.max(1) as usize).min((MOST_OF_ALL / numbers.max(1)).max(1))
}

/// Why images have no places, if so.
fn nothing_to_lay_out(table: &Table<'_>) -> Option<Phrase> {
    if !table.is_finite {
        return Some(phrase!("studies-what-the-layer-makes-of"));
    }
    (!table.differs).then(|| {
        phrase!("studies-the-layer-makes-the-same", rows = Phrase::counted(table.rows, "image"))
    })
}

/// The components of a table, as many as the layout needs.
fn found(
    table: &Table<'_>,
    asked: &PointsAsked,
    effort: Effort,
    (last, queries): (Option<&Last>, &mut Queries),
) -> Result<Components, TrainError> {
    let wanted = match asked.layout {
        PointsLayout::Components => Points::MOST_AXES,
        PointsLayout::Neighbours { .. } => FILTER,
    };
    let before = last.map(|last| last.directions.as_slice());
    let mut found = components(table, wanted, before, effort, &mut |_, rows| {
        queries.see(rows);
        Ok(())
    })?;
    found.settle(before);
    Ok(found)
}

/// Images along their components.
fn by_components(table: &Table<'_>, found: Components, last: Option<&Last>) -> (Shown, Last) {
    let width = found.count().max(1);
    let axes = width.max(LEAST_AXES);
    let padded = found.places.chunks(width).flat_map(|place| {
        let missing = std::iter::repeat_n(0.0, axes - width.min(axes));
        place.iter().copied().chain(missing)
    });
    let places = scaled(&padded.collect::<Vec<f32>>(), axes);
    let share = |at: usize| match found.variances.get(at) {
        Some(variance) => (variance / table.variance) as f32,
        None => 0.0,
    };
    let next = Last {
        places: first_three(&places, axes),
        directions: found.directions,
        left: Vec::new(),
        noise: last.and_then(|last| last.noise),
    };
    (Shown::of(axes, places, (0..axes).map(share).collect()), next)
}

/// Images with their neighbours beside them.
fn by_neighbours(
    found: Components,
    (attraction, seed): (f32, u64),
    last: Option<&Last>,
    go_on: &dyn Fn() -> bool,
) -> Result<(Shown, Last), TrainError> {
    let width = found.count().max(1);
    let along = scaled(&found.places, width);
    let before = last.map(|last| last.left.as_slice());
    let Laid { places: left, elsewhere } =
        neighbours(&along, width, (before, attraction, seed), last.is_none(), go_on)?;
    let on = |onto: &[[f32; 3]], left: &[[f32; 3]]| shown::turned_and_scaled(onto, left);
    let places = match last {
        Some(last) => on(&last.places, &left),
        None => on(&first_three(&along, width), &left),
    };
    let noise = match elsewhere {
        Some(elsewhere) => Some(apart(&on(&places, &elsewhere), &places)),
        None => last.and_then(|last| last.noise),
    };
    let mut shown = Shown::of(LEAST_AXES, places.as_flattened().to_vec(), Vec::new());
    if width < FILTER {
        shown.remarks.push(phrase!(
            "studies-neighbours-are-those-in",
            width = Phrase::counted(width, "component")
        ));
    } else {
        shown.remarks.push(phrase!("studies-neighbours-are-those-in-the", filter = FILTER));
    }
    Ok((shown, Last { places, directions: found.directions, left, noise }))
}
