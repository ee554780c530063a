//! The health of a training: norms, updates and activity of each layer, noise and curvature of the loss, and what is wrong.
//!
//! ```text
//! Examined (weights, gradients, products of the Hessian) ─┐
//! Course (losses so far), Stepping (rule, rate, update) ──┼─▶ health ─▶ Health ─▶ alarms
//! images drawn by the seed ───────────────────────────────┘
//! ```

mod activity;
mod alarms;
mod course;
mod curvature;
mod fit;
mod layers;
mod noise;
#[cfg(test)]
pub(crate) mod tests;

use std::time::Instant;

use super::{accuracy::drawn, temperature::probabilities};
use crate::{
    inside::{Curvature, Ends, Health, HealthAsked, LayerHealth, Price, Steps},
    learning::{TrainError, data::Examples},
};

pub use activity::Outputs;
pub use course::Course;
pub use layers::ByLayer;

use activity::Heard;
use layers::{add, norm, norm_of_all, scaled};

/// Multiply-adds that an answer may take, half of it for the curvature: some tenths of a second on two cores.
const MOST_MULTIPLY_ADDS: u64 = 10_000_000_000;
/// A forward and a backward pass take so many times the multiply-adds of a forward pass.
const BOTH_WAYS: u64 = 3;
/// Small batches that are compared with all images together.
const SMALL_BATCHES: usize = 16;
/// Images whose loss the curvature is of, as far as that is cheap.
const CURVED_IMAGES: usize = 64;

/// What a model must offer, so that the health of its training can be examined.
///
/// Layers are those that learn, in the order of computation. Gradients are as a step of the training has them: what is
/// normalised by its batch is so here, and what is left out is drawn the same at every call.
pub trait Examined {
    /// Layers that learn.
    fn layers(&self) -> Vec<String>;

    /// Classes that it tells apart.
    fn classes(&self) -> usize;

    /// Multiply-adds of one forward pass.
    fn multiply_adds(&self) -> u64;

    /// What each layer has learned.
    fn weights(&self) -> ByLayer;

    /// The gradient, by what each layer learns, of the mean cross-entropy of some images.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn slope(&self, images: &[f32], labels: &[usize]) -> Result<ByLayer, TrainError>;

    /// The Hessian of the same loss times a direction. Where units have kinks, they stay on their side of them.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn curved(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[Vec<f32>],
    ) -> Result<ByLayer, TrainError>;

    /// The logits of images as the model reads them when it does not train, images × classes; `hear` is told what comes out
    /// of each activation, with the layer that it follows.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn outputs(
        &self,
        images: &[f32],
        hear: &mut dyn FnMut(usize, Outputs<'_>),
    ) -> Result<Vec<f32>, TrainError>;
}

/// How steps are made.
#[derive(Clone, Debug)]
pub struct Stepping {
    /// The rule, the rate, and what a step learns from.
    pub steps: Steps,
    /// By how much the rule would change what each layer has learned next; none before the first step.
    pub update: Option<ByLayer>,
    /// Up to which curvature steps are stable.
    pub stability: Stability,
    /// Whether classes are weighted.
    pub weighted: bool,
}

/// Up to which curvature steps on whole batches are stable.
#[derive(Clone, Debug)]
pub enum Stability {
    /// Up to this largest eigenvalue of the Hessian.
    Plain(f64),
    /// Up to this one of the Hessian, once each gradient is divided by its number here.
    Divided {
        /// The largest.
        limit: f64,
        /// What each is divided by.
        by: ByLayer,
    },
    /// It is not known, for a reason in a sentence.
    Unknown(&'static str),
}

/// A training to be examined.
#[derive(Clone, Copy)]
pub struct Patient<'a> {
    /// What learns.
    pub model: &'a dyn Examined,
    /// What it learns from.
    pub train: &'a Examples,
    /// What it is tested on.
    pub tests: &'a Examples,
    /// Its losses so far.
    pub course: &'a Course,
    /// How it steps.
    pub stepping: &'a Stepping,
}

/// Examines a training; `None` where `go_on` broke it off.
///
/// # Errors
/// One sentence if there is nothing to be looked at, or it cannot be computed.
pub fn health(
    patient: Patient<'_>,
    asked: &HealthAsked,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Health>, TrainError> {
    let Patient { model, train, tests, course, stepping } = patient;
    if asked.images == 0 || train.is_empty() || tests.is_empty() {
        return Err(TrainError::calculation("health is measured on at least one image"));
    }
    if model.classes() < 2 {
        return Err(TrainError::calculation(
            "the network tells no two classes apart, so that its loss is always zero",
        ));
    }
    let begun = Instant::now();
    let mut price = Price::default();
    let per_image = model.multiply_adds().max(1) * (BOTH_WAYS + 2);
    let affordable = (MOST_MULTIPLY_ADDS / 2 / per_image).max(1) as usize;
    let count = asked.images.min(affordable);
    let learned = Shown::of(train, count, asked.seed);
    let tested = Shown::of(tests, count, asked.seed);

    let Some(slopes) = slopes(model, &learned, go_on)? else { return Ok(None) };
    let mut heard = vec![Heard::default(); model.layers().len()];
    let logits = told(model, &learned, &mut heard)?;
    let train_fit = fit::fit(logits, &learned.labels, model.classes());
    let mut nothing = Vec::new();
    let test_fit = fit::fit(told(model, &tested, &mut nothing)?, &tested.labels, model.classes());
    price.forward += (2 * learned.labels.len() + tested.labels.len()) as u64;
    price.backward += learned.labels.len() as u64;

    let mut remarks = Vec::new();
    if count < asked.images {
        remarks.push(format!("of {count} images of each kind, as more would be dear"));
    }
    let Some(curvature) = curvature_of(patient, asked.seed, &mut price, go_on)? else {
        return Ok(None);
    };
    if let Stability::Unknown(why) = &stepping.stability {
        remarks.push((*why).to_owned());
    }
    let balance = fit::balance(train, model.classes(), stepping.weighted);
    let mut health = Health {
        asked: asked.clone(),
        alarms: Vec::new(),
        layers: layers_of(patient, &slopes.gradient, heard),
        losses: course.losses(fit::chance(train, model.classes())),
        steps: stepping.steps.clone(),
        noise: noise::noise(
            [slopes.small, learned.labels.len()],
            slopes.mean_square_small,
            norm_of_all(&slopes.gradient).powi(2),
        ),
        curvature,
        train: train_fit,
        test: test_fit,
        balance,
        remarks,
        price,
    };
    health.alarms = alarms::alarms(&health, model.classes());
    health.price.seconds = begun.elapsed().as_secs_f64();
    Ok(Some(health))
}

/// Images that are looked at.
struct Shown {
    images: Vec<f32>,
    labels: Vec<usize>,
}

impl Shown {
    fn of(examples: &Examples, count: usize, seed: u64) -> Self {
        let indices = drawn(examples, count, seed);
        let image = |at: &usize| examples.image(*at).unwrap_or_default();
        let label = |at: &usize| examples.labels.get(*at).copied().map(usize::from);
        Self {
            images: indices.iter().flat_map(image).copied().collect(),
            labels: indices.iter().filter_map(label).collect(),
        }
    }

    /// So many of them at a time.
    fn chunks(&self, count: usize) -> impl Iterator<Item = (&[f32], &[usize])> {
        let size = self.images.len() / self.labels.len().max(1);
        self.images.chunks((size * count).max(1)).zip(self.labels.chunks(count.max(1)))
    }
}

/// Gradients of small batches and of all together.
struct Slopes {
    /// Of the mean loss of all images.
    gradient: ByLayer,
    /// Images of a small batch.
    small: usize,
    /// The mean square of the norms of whole small batches' gradients.
    mean_square_small: f64,
}

fn slopes(
    model: &dyn Examined,
    shown: &Shown,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Slopes>, TrainError> {
    let count = shown.labels.len();
    let small = (count / SMALL_BATCHES).max(1);
    let mut gradient: Option<ByLayer> = None;
    let (mut squares, mut batches) = (0.0, 0_u32);
    for (images, labels) in shown.chunks(small) {
        if !go_on() {
            return Ok(None);
        }
        let slope = model.slope(images, labels)?;
        if labels.len() == small {
            squares += norm_of_all(&slope).powi(2);
            batches += 1;
        }
        let share = labels.len() as f32 / count as f32;
        match &mut gradient {
            Some(gradient) => add(gradient, &slope, share),
            None => gradient = Some(scaled(&slope, share)),
        }
    }
    let mean_square_small = squares / f64::from(batches);
    Ok(Some(Slopes { gradient: gradient.unwrap_or_default(), small, mean_square_small }))
}

/// What the model says to images; what comes out of its activations and of the softmax in the end is heard.
fn told(model: &dyn Examined, shown: &Shown, heard: &mut [Heard]) -> Result<Vec<f32>, TrainError> {
    let logits = model.outputs(&shown.images, &mut |layer, outputs| {
        if let Some(heard) = heard.get_mut(layer) {
            heard.hear(&outputs);
        }
    })?;
    let classes = model.classes();
    if let Some(last) = heard.last_mut() {
        let shares = logits.chunks(classes.max(1)).flat_map(|row| probabilities(row, 1.0));
        let shares: Vec<f32> = shares.map(|share| share as f32).collect();
        let (ends, activation) = (Ends::Shares, "softmax");
        last.hear(&Outputs { activation, ends, units: classes, places: 1, values: &shares });
    }
    Ok(logits)
}

fn layers_of(patient: Patient<'_>, gradient: &[Vec<f32>], heard: Vec<Heard>) -> Vec<LayerHealth> {
    let weights = patient.model.weights();
    let all = patient.model.layers().into_iter().zip(&weights).zip(gradient).zip(heard);
    all.enumerate()
        .map(|(at, (((name, weights), gradient), heard))| {
            let update = patient.stepping.update.as_ref().and_then(|update| update.get(at));
            let weight_norm = norm(weights);
            LayerHealth {
                name,
                parameters: weights.len(),
                weight_norm,
                gradient_norm: norm(gradient),
                update_ratio: update
                    .map(|update| norm(update) / weight_norm)
                    .filter(|_| weight_norm != 0.0),
                activity: heard.activity(),
            }
        })
        .collect()
}

fn curvature_of(
    patient: Patient<'_>,
    seed: u64,
    price: &mut Price,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Curvature>, TrainError> {
    let model = patient.model;
    let per_image = model.multiply_adds().max(1) * BOTH_WAYS * 2 * curvature::ROUNDS as u64;
    let affordable = (MOST_MULTIPLY_ADDS / 2 / per_image).max(1) as usize;
    let shown = Shown::of(patient.train, CURVED_IMAGES.min(affordable), seed);
    let (limit, by) = match &patient.stepping.stability {
        Stability::Plain(limit) => (Some(*limit), None),
        Stability::Divided { limit, by } => (Some(*limit), Some(by)),
        Stability::Unknown(_) => (None, None),
    };
    // Both sides by the root, so that it stays symmetric.
    let divided = |of: &[Vec<f32>]| -> ByLayer {
        let Some(by) = by else { return of.to_vec() };
        let layer = |(of, by): (&Vec<f32>, &Vec<f32>)| -> Vec<f32> {
            of.iter().zip(by).map(|(number, by)| number / by.sqrt()).collect()
        };
        of.iter().zip(by).map(layer).collect()
    };
    let times = |direction: &[Vec<f32>]| -> Result<ByLayer, TrainError> {
        let product = model.curved(&shown.images, &shown.labels, &divided(direction))?;
        Ok(divided(&product))
    };
    let lengths: Vec<usize> = model.weights().iter().map(Vec::len).collect();
    let found =
        curvature::largest(&lengths, &times, (seed, curvature::Patience::default()), go_on)?;
    Ok(found.map(|found| {
        let passes = (found.rounds * shown.labels.len()) as u64;
        price.forward += passes;
        price.backward += passes;
        Curvature {
            images: shown.labels.len(),
            sharpness: found.value,
            preconditioned: by.is_some(),
            rounds: found.rounds,
            settled: found.settled,
            limit,
        }
    }))
}
