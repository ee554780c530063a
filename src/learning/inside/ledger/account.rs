//! What the ledger sums up while it is made: by image, class, step, layer and map, in double precision, step after step.

use std::sync::Arc;

use super::{Booked, Part, apart::Apart};
use crate::{
    inside::{Credited, Sides},
    learning::TrainError,
};

/// The credit of a training image.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct OfImage {
    credit: f64,
    /// The largest part of it, without its sign, and the step in which that was seen; 0 for none.
    largest: f64,
    step: u64,
}

/// What was booked in a step.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::learning::inside) struct OfStep {
    pub(in crate::learning::inside) sides: Sides,
    /// The input's loss after it; `None` where it moved nothing.
    pub(in crate::learning::inside) loss: Option<f64>,
}

/// The sums of a ledger.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::learning::inside) struct Account {
    parts: Vec<Part>,
    /// The map to whose parameters images, classes and steps are restricted.
    map: Option<usize>,
    labels: Vec<u8>,
    images: Vec<OfImage>,
    pub(in crate::learning::inside) classes: Vec<Sides>,
    /// The first step at place 0.
    pub(in crate::learning::inside) steps: Vec<OfStep>,
    of_parts: Vec<Sides>,
    /// All credits, over all parameters.
    pub(in crate::learning::inside) credit: f64,
    /// What no image did.
    pub(in crate::learning::inside) apart: Apart,
    /// The loss before the first step that moved something and after the last.
    pub(in crate::learning::inside) loss: [f64; 2],
    /// The change of the loss by edits of weights between steps.
    pub(in crate::learning::inside) by_hand: f64,
    /// The loss before the step that was booked last, and so after all that lay between.
    next: f64,
    /// Credit without its sign: what came in the step in which the image was seen, and what came later.
    own: f64,
    later: f64,
}

impl Account {
    /// Nothing booked yet.
    ///
    /// # Errors
    /// If there is no such map.
    pub(super) fn new<R: Booked>(run: &R, map: Option<usize>) -> Result<Self, TrainError> {
        let parts = run.parts();
        let maps = maps(&parts);
        if let Some(map) = map.filter(|map| *map >= maps) {
            let count = match maps {
                0 => phrase!("studies-none-at-all"),
                maps => phrase!("studies-only-counted-from-0", maps),
            };
            return Err(TrainError::Calculation(phrase!("studies-there-is-no-map", map, count)));
        }
        Ok(Self {
            map,
            labels: run.labels().to_vec(),
            images: vec![OfImage::default(); run.labels().len()],
            classes: vec![Sides::default(); run.classes()],
            steps: vec![OfStep::default(); run.steps() as usize],
            of_parts: vec![Sides::default(); parts.len()],
            parts,
            credit: 0.0,
            apart: Apart::default(),
            loss: [f64::NAN; 2],
            by_hand: 0.0,
            next: f64::NAN,
            own: 0.0,
            later: 0.0,
        })
    }

    /// Books a step, the last first: for each image and part what came at once and what came later, to be multiplied by
    /// `share`; `loss` is that before the step and after it.
    pub(super) fn book(
        &mut self,
        step: u64,
        images: &[u32],
        products: &[[f64; 2]],
        share: f64,
        loss: [f64; 2],
    ) {
        let mut of_step = Sides::default();
        let parts = self.parts.len().max(1);
        for (image, products) in images.iter().zip(products.chunks(parts)) {
            let (mut whole, mut restricted, mut at_once, mut later) = (0.0, 0.0, 0.0, 0.0);
            for ((part, [own, rest]), sides) in
                self.parts.iter().zip(products).zip(&mut self.of_parts)
            {
                let credit = share * (own + rest);
                sides.add(credit);
                whole += credit;
                at_once += share * own;
                later += share * rest;
                if self.map.is_none() || part.map == self.map {
                    restricted += credit;
                }
            }
            self.credit += whole;
            self.own += at_once.abs();
            self.later += later.abs();
            of_step.add(restricted);
            let class = self.labels.get(*image as usize).copied().map_or(usize::MAX, usize::from);
            if let Some(sides) = self.classes.get_mut(class) {
                sides.add(restricted);
            }
            if let Some(of) = self.images.get_mut(*image as usize) {
                of.credit += restricted;
                if of.step == 0 || restricted.abs() >= of.largest {
                    (of.largest, of.step) = (restricted.abs(), step);
                }
            }
        }
        let [before, after] = loss;
        if let Some(of) = self.steps.get_mut((step as usize).wrapping_sub(1)) {
            *of = OfStep { sides: of_step, loss: Some(after) };
        }
        // Without an edit both are the loss of the same bits.
        if self.next.is_finite() {
            self.by_hand += self.next - after;
        }
        self.next = before;
        let [_, end] = self.loss;
        self.loss = [before, if end.is_nan() { after } else { end }];
    }

    /// Whether it is an account of numbers.
    ///
    /// # Errors
    /// One sentence if nothing was booked, or something is no number.
    pub(super) fn close(&self) -> Result<(), TrainError> {
        if self.steps.iter().all(|step| step.loss.is_none()) {
            return Err(TrainError::calculation(phrase!("studies-no-step-moved-anything-so")));
        }
        let [before, after] = self.loss;
        match [before, after, self.credit + self.apart.all()]
            .iter()
            .all(|number| number.is_finite())
        {
            true => Ok(()),
            false => Err(TrainError::Calculation(phrase!(
                "studies-the-inputs-loss-went-from",
                before,
                after,
                credit = self.credit
            ))),
        }
    }

    /// Books what was changed by hand after the last step, where the loss is this now.
    pub(super) fn end_at(&mut self, loss: f64) {
        let [before, after] = self.loss;
        self.by_hand += loss - after;
        self.loss = [before, loss];
    }

    /// The credit of each training image.
    pub(in crate::learning::inside) fn credits(&self) -> Arc<[f64]> {
        self.images.iter().map(|image| image.credit).collect()
    }

    /// Those training images that were seen in some step that moved something, without their pixels.
    pub(in crate::learning::inside) fn seen(&self) -> impl Iterator<Item = Credited> {
        let images = self.images.iter().zip(&self.labels).enumerate();
        images.filter(|(_, (image, _))| image.step > 0).map(|(index, (image, class))| Credited {
            index,
            class: usize::from(*class),
            credit: image.credit,
            step: image.step,
            image: Arc::default(),
        })
    }

    /// What the change of the loss leaves.
    pub(in crate::learning::inside) fn residual(&self) -> f64 {
        let [before, after] = self.loss;
        after - before - self.credit - self.apart.all() - self.by_hand
    }

    /// The share of all credit that came at once.
    pub(in crate::learning::inside) fn at_once(&self) -> f64 {
        let all = self.own + self.later;
        if all > 0.0 { self.own / all } else { f64::NAN }
    }

    /// What was booked on each of so many layers.
    pub(in crate::learning::inside) fn layers(&self, count: usize) -> Vec<Sides> {
        self.gathered(count, |part| Some(part.layer))
    }

    /// What was booked on each map.
    pub(in crate::learning::inside) fn maps(&self) -> Vec<Sides> {
        self.gathered(maps(&self.parts), |part| part.map)
    }

    fn gathered(&self, count: usize, place: impl Fn(&Part) -> Option<usize>) -> Vec<Sides> {
        let mut sums = vec![Sides::default(); count];
        for (part, sides) in self.parts.iter().zip(&self.of_parts) {
            if let Some(sum) = place(part).and_then(|place| sums.get_mut(place)) {
                sum.helped += sides.helped;
                sum.hindered += sides.hindered;
            }
        }
        sums
    }
}

/// How many maps parts hang on.
fn maps(parts: &[Part]) -> usize {
    parts.iter().filter_map(|part| part.map).max().map_or(0, |last| last + 1)
}
