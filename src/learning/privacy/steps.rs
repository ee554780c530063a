//! Private steps: how far each example's gradient is clipped, and the noise that hides it.

use rand::SeedableRng as _;
use rand_chacha::ChaCha8Rng;

use crate::learning::{TrainError, normal_pair};

/// The clip if nobody says otherwise: Opacus and TensorFlow Privacy take it for MNIST.
pub const CLIP: f64 = 1.0;

/// The noise of step n is drawn from the stream of this number plus n.
const NOISE_STREAM: u64 = 1 << 52;

/// How steps are made private.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PrivateSteps {
    noise: f64,
    clip: f64,
}

impl PrivateSteps {
    /// Steps whose noise has the standard deviation σ = `noise` in units of the `clip`, the norm that no example's gradient
    /// exceeds.
    ///
    /// # Errors
    /// One sentence if one of them is not positive and finite.
    pub fn new(noise: f64, clip: f64) -> Result<Self, TrainError> {
        let rule = key!("learning-it-must-be-a-positive");
        for (option, value) in [("--private", noise), ("--clip", clip)] {
            if !(value > 0.0 && value.is_finite()) {
                return Err(TrainError::Option { option, value: value.to_string(), rule });
            }
        }
        Ok(Self { noise, clip })
    }

    /// σ, the standard deviation of the noise in units of the clip.
    pub const fn noise(&self) -> f64 {
        self.noise
    }

    /// C, the norm that no example's gradient exceeds.
    pub const fn clip(&self) -> f64 {
        self.clip
    }

    /// By what the gradient of an example is multiplied whose norm is this: min(1, C / norm). Of a norm that is no number, none.
    pub fn weight(&self, norm: f64) -> f64 {
        if norm <= self.clip { 1.0 } else { self.clip / norm }
    }

    /// Adds N(0, (σ C / B)²) to each number of the mean of B clipped gradients, array after array; a step of a seed always
    /// draws the same.
    pub fn disturb<'a>(
        &self,
        mean: impl IntoIterator<Item = &'a mut [f32]>,
        examples: usize,
        (seed, step): (u64, u64),
    ) {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(NOISE_STREAM.wrapping_add(step));
        let deviation = self.noise * self.clip / examples.max(1) as f64;
        let mut second = None;
        for number in mean.into_iter().flatten() {
            let draw = second.take().unwrap_or_else(|| {
                let (one, other) = normal_pair(&mut generator);
                second = Some(other);
                one
            });
            *number += (deviation * draw) as f32;
        }
    }
}
