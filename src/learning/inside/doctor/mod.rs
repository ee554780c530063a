//! The doctor: where the time goes, what stands between a network and a better one, and how to take it elsewhere, all measured
//! on this run and this machine.
//!
//! ```text
//! Workbench (a copy of the run at work) ─▶ speed, elsewhere ─┐
//! Patient ─▶ health, losses of the training images ─▶ reasons ┴─▶ Diagnosis
//! ```

mod reasons;
mod speed;
mod suspects;
#[cfg(test)]
mod tests;
mod trial;

use std::time::Instant;

pub use trial::{Remedied, Standing, remedied, remedied_images, tried};

use super::health::{Patient, health};
use crate::{
    inside::{Diagnosis, Elsewhere, HealthAsked, Parts},
    learning::TrainError,
};

/// Training and test images that health is measured on.
const IMAGES: usize = 512;
/// Images whose time alone is taken.
const ALONE: usize = 15;

/// A copy of a run at which work can be tried and its time taken; what it does changes nothing of the run.
pub trait Workbench: Send {
    /// Takes so many steps on batches of so many images, as the run does; seconds of all of them, part by part.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn work(&mut self, batch: usize, batches: usize) -> Result<Parts, TrainError>;

    /// Seconds that it takes to read one image alone.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn read(&mut self, index: usize) -> Result<f64, TrainError>;

    /// Seconds that a picture of every layer takes.
    fn watching(&self) -> f64;

    /// Which file, which runtime, how large; the time of an image is measured by others.
    fn elsewhere(&self) -> Elsewhere;
}

/// Answers the three questions; `None` where `go_on` broke it off.
///
/// # Errors
/// One sentence if there is nothing to be looked at, or it cannot be computed.
pub fn diagnosis(
    patient: Patient<'_>,
    bench: &mut dyn Workbench,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Diagnosis>, TrainError> {
    let begun = Instant::now();
    let asked = HealthAsked { images: IMAGES, seed: 0 };
    let Some(health) = health(patient, &asked, go_on)? else { return Ok(None) };
    let Some(losses) = suspects::losses(patient, go_on)? else { return Ok(None) };
    let suspects = suspects::suspects(&losses);
    let Some((speed, worked)) = speed::speed(bench, &health.steps, go_on)? else {
        return Ok(None);
    };
    let mut times = Vec::with_capacity(ALONE);
    for index in 0..ALONE {
        times.push(bench.read(index)?);
    }
    let mut price = health.price;
    price.forward += (losses.looked_at() + worked + ALONE) as u64;
    price.backward += worked as u64;
    price.seconds = begun.elapsed().as_secs_f64();
    Ok(Some(Diagnosis {
        step: health.losses.step,
        accuracy: reasons::reasons(&health, &suspects, losses.looked_at()),
        suspects,
        looked_at: losses.looked_at(),
        speed,
        elsewhere: Elsewhere {
            seconds_per_image: median(times),
            images: ALONE,
            ..bench.elsewhere()
        },
        price,
    }))
}

/// Not a number of nothing.
fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of.get(of.len() / 2).copied().unwrap_or(f64::NAN)
}
