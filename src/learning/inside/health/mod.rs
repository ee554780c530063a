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
mod examined;
mod fit;
mod layers;
mod noise;
mod sample;
#[cfg(test)]
pub(crate) mod tests;

use std::time::Instant;

use crate::{
    inside::{Curvature, Health, HealthAsked, LayerHealth, Price},
    learning::TrainError,
};

pub use activity::Outputs;
pub use course::Course;
pub use examined::{Examined, Patient, Stability, Stepping};
pub use layers::ByLayer;

pub(super) use curvature::{Patience, largest};

use activity::Heard;
use layers::{norm, norm_of_all};
use sample::{Shown, slopes, told};

/// Multiply-adds that an answer may take, half of it for the curvature: some tenths of a second on two cores.
const MOST_MULTIPLY_ADDS: u64 = 10_000_000_000;
/// A forward and a backward pass take so many times the multiply-adds of a forward pass.
const BOTH_WAYS: u64 = 3;
/// Images whose loss the curvature is of, as far as that is cheap.
const CURVED_IMAGES: usize = 64;

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
        return Err(TrainError::calculation(phrase!("studies-health-is-measured-on-at")));
    }
    if model.classes() < 2 {
        return Err(TrainError::calculation(phrase!("studies-the-network-tells-no-two-classes")));
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
        remarks.push(phrase!("studies-of-images-of-each-kind", count));
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
    let found = largest(&lengths, &times, (seed, Patience::default()), &[], go_on)?;
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
