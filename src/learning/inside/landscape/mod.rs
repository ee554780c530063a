//! The loss over a plane through the weights of a model as they are now, and the way that its run came.
//!
//! ```text
//! way of the run ─▶ principal components ─┐
//! seed ───────────▶ filter by filter ─────┼─▶ plane ─▶ grid of losses, and of each kept state its loss and its shadow's
//! Hessian ────────▶ its largest directions ┘
//! ```
//!
//! What is dear is done once: as long as the weights are the same, a finer grid is asked only for the places that are new.

mod bent;
mod bounds;
mod path;
mod plane;
mod random;
mod remarks;
mod surface;
#[cfg(test)]
mod tests;
mod told;

use std::sync::Arc;

use self::{
    bounds::Bounds,
    surface::Surface,
    told::{Key, Laid},
};
use super::{Baselines, Explained, Kept, Parameters, Trail, hidden::awaited, meter::Meter};
use crate::{
    inside::{Landscape, LandscapeAsked, OnPath, Plane, PlaneAxis},
    learning::TrainError,
    stream::Step,
    words::Phrase,
};

pub(super) use told::Known;

/// The loss over a plane; `go_on` says whether anybody still waits for it.
///
/// # Errors
/// One sentence if there is no such plane, or it cannot be computed.
pub fn landscape(
    model: &dyn Explained,
    asked: &LandscapeAsked,
    examples: Baselines<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Landscape, TrainError> {
    let own = parameters(model, asked, examples)?;
    let meter = Meter::of(model);
    let begun = meter.mark();
    let way = Way { trail: examples.trail, own: &own };
    let bounds = Bounds::of(asked, model.multiply_adds(), examples.tests.len(), way.len());
    let surface = Surface::of(&meter, examples.tests, (bounds.images, asked.seed), go_on);
    let key = Key::of(asked, bounds, examples.trail.step, &own.numbers);
    let known = &examples.trail.known;
    let laid = match known.laid(&key) {
        Some(laid) => laid,
        None => known.keep(key, lay(asked, &way, &surface)?),
    };
    let path = walk(&laid, bounds.walked(), &way, &surface)?;
    let side = bounds.side;
    let mut losses = Vec::with_capacity(side * side);
    for row in 0..side {
        for column in 0..side {
            let at = [laid.axes[0].at(column, side), laid.axes[1].at(row, side)];
            losses.push(laid.loss_at(at, || surface.loss(&laid.directions.at(at)))?);
        }
    }
    let taken =
        LandscapeAsked { plane: asked.plane, side, images: bounds.images, seed: asked.seed };
    let images = asked.images.min(examples.tests.len());
    let mut remarks = remarks::of_bounds(asked, &taken, [images, bounds.states, way.len()]);
    remarks.extend(laid.remarks.iter().cloned());
    remarks.extend(remarks::of_path(&path, asked.plane, way.own));
    remarks.extend(remarks::of_losses(&losses));
    Ok(Landscape {
        asked: taken,
        axes: laid.axes,
        losses: losses.into(),
        loss: laid.loss,
        path,
        remarks,
        price: meter.since(&begun),
    })
}

/// The weights as they are, if a plane can be laid through them.
fn parameters(
    model: &dyn Explained,
    asked: &LandscapeAsked,
    examples: Baselines<'_>,
) -> Result<Parameters, TrainError> {
    if asked.images == 0 || examples.tests.is_empty() {
        return Err(TrainError::calculation(phrase!("studies-the-loss-is-a-mean")));
    }
    if asked.side < bounds::LEAST_SIDE {
        return Err(TrainError::Calculation(phrase!(
            "studies-a-landscape-has-at-least",
            least_side = bounds::LEAST_SIDE,
            side = asked.side
        )));
    }
    let none = || TrainError::calculation(phrase!("studies-this-model-shows-nobody-what"));
    let own = model.parameters()?.ok_or_else(none)?;
    if own.learned < 2 {
        return Err(TrainError::Calculation(phrase!(
            "studies-the-network-learns-but-a",
            learned = Phrase::counted(own.learned, "number")
        )));
    }
    match own.numbers.iter().all(|number| number.is_finite()) {
        true => Ok(own),
        false => Err(TrainError::calculation(phrase!("studies-among-the-weights-is-what"))),
    }
}

/// The way of the run with the weights as they are at its end.
struct Way<'a> {
    trail: &'a Trail,
    own: &'a Parameters,
}

impl Way<'_> {
    /// The kept states before the weights as they are now.
    fn before(&self) -> &[Arc<Kept>] {
        let now = self.trail.states.partition_point(|kept| kept.step < self.trail.step);
        self.trail.states.get(..now).unwrap_or_default()
    }

    /// How many states there are, that of now among them.
    fn len(&self) -> usize {
        self.before().len() + 1
    }
}

/// Lays the plane that is asked for, and finds where the way lies over it.
fn lay(asked: &LandscapeAsked, way: &Way<'_>, surface: &Surface<'_>) -> Result<Laid, TrainError> {
    awaited(surface.go_on)?;
    let loss = surface.loss(&way.own.numbers)?;
    let mut remarks = Vec::new();
    let (directions, mut axes) = match asked.plane {
        Plane::Path => path::plane(way.own, way.trail, way.before())?,
        Plane::Random => {
            remarks.push(remarks::OF_RANDOM.into());
            random::plane(way.own, asked.seed)?
        }
        Plane::Curvature => {
            let bent = bent::found(surface, way.own, asked.seed)?;
            remarks.extend(remarks::of_bent(&bent));
            bent.plane(way.own, f64::from(loss), path::farthest(way.own, way.before()))?
        }
    };
    let shadows: Vec<_> =
        way.before().iter().map(|kept| directions.shadow(&kept.numbers)).collect();
    if asked.plane == Plane::Path {
        path::reach(&shadows, &mut axes);
        remarks.push(remarks::OF_WALKS.into());
    }
    Ok(Laid::new(directions, axes, loss, shadows, remarks))
}

/// So many states of the way, evenly, with their losses and those below them.
fn walk(
    laid: &Laid,
    states: usize,
    way: &Way<'_>,
    surface: &Surface<'_>,
) -> Result<Vec<OnPath>, TrainError> {
    let mut path = Vec::new();
    for (kept, (at, off)) in path::some(way.before(), &laid.shadows, states) {
        awaited(surface.go_on)?;
        path.push(OnPath {
            step: Step(kept.step),
            at,
            loss: known_loss(way.trail, kept, surface)?,
            shadow: laid.loss_at(at, || surface.loss(&laid.directions.at(at)))?,
            off,
        });
    }
    let step = Step(way.trail.step);
    path.push(OnPath { step, at: [0.0; 2], loss: laid.loss, shadow: laid.loss, off: 0.0 });
    Ok(path)
}

/// The loss of a kept state, which stays the same as long as the run goes on.
fn known_loss(trail: &Trail, kept: &Kept, surface: &Surface<'_>) -> Result<f32, TrainError> {
    trail.known.loss(kept.step, surface.drawn, || surface.loss(&kept.numbers))
}

/// An axis of a plane that lies evenly around the weights.
fn even(reach: f64, curvature: Option<f64>) -> PlaneAxis {
    let high = reach as f32;
    PlaneAxis { low: -high, high, explained: None, curvature: curvature.map(|of| of as f32) }
}
