//! The plane in which the loss bends most: directions of the largest curvature and of the second largest (Böttcher and Wheeler
//! 2022, <https://arxiv.org/abs/2208.13219>), by power iteration on products of the Hessian with a direction.

use super::{
    super::{
        Parameters,
        health::{Patience, largest},
    },
    even,
    plane::Directions,
    surface::Surface,
};
use crate::{inside::PlaneAxis, learning::TrainError};

/// How long each direction is looked for: its eigenvalue is known far better than the direction itself, so that two rounds
/// must agree to a thousandth.
const PATIENCE: Patience = Patience { rounds: 24, settled: 1e-3 };
/// Multiply-adds that all products may take together, if each goes two ways twice.
const MOST_MULTIPLY_ADDS: u64 = 100_000_000_000;
/// A product of the Hessian takes about so many times the multiply-adds of a forward pass.
const PASSES: u64 = 6;
/// Along an axis the loss rises by about as much as it is, as far as it bends like a parabola, and by so many nats at least.
const LEAST_RISE: f64 = 0.05;

/// What was found.
pub(super) struct Bent {
    directions: [Vec<f64>; 2],
    /// The second derivatives of the loss along them.
    pub(super) curvatures: [f64; 2],
    /// Whether both were found in time.
    pub(super) settled: bool,
    /// Images whose loss it is, of so many.
    pub(super) images: [usize; 2],
}

/// The two directions at the weights as they are now.
///
/// # Errors
/// One sentence if the curvature of this model is not known, or the loss does not bend.
pub(super) fn found(
    surface: &Surface<'_>,
    own: &Parameters,
    seed: u64,
) -> Result<Bent, TrainError> {
    let products = 2 * PATIENCE.rounds as u64 * PASSES;
    let per_image = surface.meter.model().multiply_adds().max(1).saturating_mul(products);
    let count = surface.len().min((MOST_MULTIPLY_ADDS / per_image).max(1) as usize);
    let (images, labels) = surface.first(count);
    let times = |direction: &[Vec<f32>]| -> Result<Vec<Vec<f32>>, TrainError> {
        let direction = direction.first().map(Vec::as_slice).unwrap_or_default();
        let none = || TrainError::calculation(phrase!("studies-how-the-loss-of-this"));
        let product = surface.meter.hessian_times(images, labels, direction)?;
        Ok(vec![product.ok_or_else(none)?])
    };
    let given_up = || TrainError::calculation(phrase!("studies-nobody-waits-for-the-answer"));
    let mut all = Vec::new();
    let (mut curvatures, mut settled) = (Vec::new(), true);
    for number in 0..2 {
        let how = (seed.wrapping_add(number), PATIENCE);
        let found = largest(&[own.learned], &times, how, &all, surface.go_on)?;
        let found = found.ok_or_else(given_up)?;
        if !found.value.is_finite() {
            return Err(TrainError::calculation(phrase!("studies-the-curvature-of-the-loss")));
        }
        settled &= found.settled;
        curvatures.push(found.value);
        all.push(found.direction);
    }
    let (Some(first), Some(second)) = (curvatures.first(), curvatures.get(1)) else {
        return Err(given_up());
    };
    if *first == 0.0 && *second == 0.0 {
        return Err(TrainError::calculation(phrase!("studies-the-loss-does-not-bend")));
    }
    let mut directions = all.iter().map(|layers| -> Vec<f64> {
        layers.iter().flatten().map(|number| f64::from(*number)).collect()
    });
    let directions = [(); 2].map(|()| directions.next().unwrap_or_default());
    Ok(Bent { directions, curvatures: [*first, *second], settled, images: [count, surface.len()] })
}

impl Bent {
    /// The plane, which reaches so far that the loss about doubles, but not farther than the way, or than the weights are from
    /// zero if there is none.
    ///
    /// # Errors
    /// If the directions are one.
    pub(super) fn plane(
        self,
        own: &Parameters,
        loss: f64,
        farthest: f64,
    ) -> Result<(Directions, [PlaneAxis; 2]), TrainError> {
        let rise = if loss.is_finite() { loss.max(LEAST_RISE) } else { LEAST_RISE };
        let learned = own.numbers.iter().take(own.learned);
        let norm = learned.map(|number| f64::from(*number).powi(2)).sum::<f64>().sqrt();
        let most = [farthest, norm].into_iter().find(|most| *most > 0.0).unwrap_or(f64::INFINITY);
        let steepest = self.curvatures.map(f64::abs).into_iter().fold(0.0, f64::max);
        let axes = self.curvatures.map(|curvature| {
            // What does not bend at all is looked at as far as what does.
            let bend = if curvature == 0.0 { steepest } else { curvature.abs() };
            even((2.0 * rise / bend).sqrt().min(most), Some(curvature))
        });
        Ok((Directions::of(own, self.directions)?, axes))
    }
}
