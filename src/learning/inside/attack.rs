//! Attacks on images: each pixel is changed by so much at most and stays within 0..=1, so that the loss of a class rises.
//!
//! Only signs of the gradient are followed. With the other classes' shares among themselves `q = softmax(z without y)` the
//! gradient of the cross-entropy of class y is `(1 − p_y) (Σ q_j ∇z_j − ∇z_y)`: the first factor is left out, which changes no
//! sign and does not vanish where the model is sure (the masking of Carlini and Wagner 2017,
//! <https://arxiv.org/abs/1608.04644>).

use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::{goal, meter::Meter};
use crate::learning::{TrainError, normal_pair};

/// The streams that random starts, signs and noise draw from begin here, one for each image.
const START_STREAM: u64 = 1 << 44;
const SIGN_STREAM: u64 = 1 << 45;
const NOISE_STREAM: u64 = 1 << 46;
/// All steps together lead so many times as far as a pixel may change (Madry and others 2018, whose 100 steps are of 2.5 ε
/// / 100), so that every place in reach is reached from every start.
const WAY: f64 = 2.5;

/// Images, with the class that each is to lose and the stream that it draws from, whatever it is attacked beside.
#[derive(Clone, Debug, Default)]
pub(super) struct Victims {
    pub(super) images: Vec<f32>,
    pub(super) classes: Vec<usize>,
    pub(super) streams: Vec<u64>,
}

/// Images that an attack made, what the model says to them, and the gradient that it saw last.
#[derive(Clone, Debug)]
pub(super) struct Made {
    pub(super) images: Vec<f32>,
    pub(super) logits: Vec<f32>,
    pub(super) gradient: Vec<f32>,
}

/// Who attacks a model.
pub(super) struct Attacker<'a> {
    pub(super) meter: &'a Meter<'a>,
    pub(super) steps: usize,
    pub(super) seed: u64,
}

impl Attacker<'_> {
    /// What the model says to images as they are, and the direction of the loss's gradient by them.
    pub(super) fn looked_at(&self, victims: &Victims) -> Result<Made, TrainError> {
        let images = victims.images.clone();
        let logits = self.meter.logits(&images)?;
        let gradient = self.gradient(&images, &logits, &victims.classes)?;
        Ok(Made { images, logits, gradient })
    }

    /// clip(x + ε sign ∇L) (Goodfellow, Shlens and Szegedy 2015, <https://arxiv.org/abs/1412.6572>, section 4), where the
    /// images have been looked at.
    pub(super) fn fgsm(&self, seen: &Made, strength: f32) -> Result<Made, TrainError> {
        let pixels = seen.images.iter().zip(&seen.gradient);
        let images: Vec<f32> = pixels
            .map(|(pixel, slope)| within(*pixel, strength, pixel + strength * sign(*slope)))
            .collect();
        let logits = self.meter.logits(&images)?;
        Ok(Made { images, logits, gradient: seen.gradient.clone() })
    }

    /// Steps along the sign of the gradient, each brought back within reach, from a random start (projected gradient
    /// descent: Madry and others 2018, <https://arxiv.org/abs/1706.06083>, section 2.1); of all places that it came through
    /// the one with the highest loss.
    pub(super) fn pgd(&self, victims: &Victims, strength: f32) -> Result<Made, TrainError> {
        let mut now = self.started(victims, strength);
        let mut worst = Worst::of(&now, victims.classes.len());
        let step = (WAY * f64::from(strength) / self.steps.max(1) as f64) as f32;
        let mut gradient = Vec::new();
        for _ in 0..self.steps {
            let logits = self.meter.logits(&now)?;
            worst.hear(&now, &logits, &victims.classes);
            gradient = self.gradient(&now, &logits, &victims.classes)?;
            let pixels = now.iter_mut().zip(&victims.images).zip(&gradient);
            pixels.for_each(|((pixel, from), slope)| {
                *pixel = within(*from, strength, *pixel + step * sign(*slope));
            });
        }
        worst.hear(&now, &self.meter.logits(&now)?, &victims.classes);
        Ok(Made { images: worst.images, logits: worst.logits, gradient })
    }

    /// clip(x ± ε), each sign drawn.
    pub(super) fn by_random_signs(
        &self,
        victims: &Victims,
        strength: f32,
    ) -> Result<Made, TrainError> {
        self.by_chance(victims, strength, SIGN_STREAM, |generator, pixels| {
            for pixel in pixels {
                let by = if generator.random::<bool>() { strength } else { -strength };
                *pixel = within(*pixel, strength, *pixel + by);
            }
        })
    }

    /// clip(x + ε n) with n of a normal distribution; how far it goes has no bound but that of brightness.
    pub(super) fn by_noise(&self, victims: &Victims, strength: f32) -> Result<Made, TrainError> {
        self.by_chance(victims, strength, NOISE_STREAM, |generator, pixels| {
            for pair in pixels.chunks_mut(2) {
                let draws = <[f64; 2]>::from(normal_pair(generator));
                for (pixel, draw) in pair.iter_mut().zip(draws) {
                    let noised = (f64::from(*pixel) + f64::from(strength) * draw) as f32;
                    *pixel = within(*pixel, 1.0, noised);
                }
            }
        })
    }

    fn by_chance(
        &self,
        victims: &Victims,
        strength: f32,
        stream: u64,
        change: impl Fn(&mut ChaCha8Rng, &mut [f32]),
    ) -> Result<Made, TrainError> {
        let mut images = victims.images.clone();
        // Nothing at all is changed by nothing, not even a zero's sign.
        if strength > 0.0 {
            self.each(victims, &mut images, stream, change);
        }
        let logits = self.meter.logits(&images)?;
        Ok(Made { images, logits, gradient: Vec::new() })
    }

    /// A place drawn evenly from what is within reach.
    fn started(&self, victims: &Victims, strength: f32) -> Vec<f32> {
        let mut images = victims.images.clone();
        self.each(victims, &mut images, START_STREAM, |generator, pixels| {
            for pixel in pixels {
                let by = (f64::from(strength) * (2.0 * generator.random::<f64>() - 1.0)) as f32;
                *pixel = within(*pixel, strength, *pixel + by);
            }
        });
        images
    }

    fn each(
        &self,
        victims: &Victims,
        images: &mut [f32],
        stream: u64,
        change: impl Fn(&mut ChaCha8Rng, &mut [f32]),
    ) {
        let images = images.chunks_mut(self.meter.input_len().max(1));
        for (pixels, of_image) in images.zip(&victims.streams) {
            let mut generator = ChaCha8Rng::seed_from_u64(self.seed);
            generator.set_stream(stream.wrapping_add(*of_image));
            change(&mut generator, pixels);
        }
    }

    /// `Σ q_j ∇z_j − ∇z_y` for each image.
    fn gradient(
        &self,
        images: &[f32],
        logits: &[f32],
        classes: &[usize],
    ) -> Result<Vec<f32>, TrainError> {
        let rows = logits.chunks(self.meter.model().classes().max(1)).zip(classes);
        let of: Vec<f32> = rows.flat_map(|(row, class)| slope(row, *class)).collect();
        self.meter.gradients_of(images, &of)
    }
}

/// The slope of a class's loss by the logits, without the factor that only scales it.
pub(super) fn slope(logits: &[f32], class: usize) -> Vec<f32> {
    let mut others = logits.to_vec();
    if let Some(own) = others.get_mut(class) {
        *own = if own.is_nan() { f32::NAN } else { f32::NEG_INFINITY };
    }
    let mut slope: Vec<f32> =
        goal::probabilities(&others).into_iter().map(|share| share as f32).collect();
    if let Some(own) = slope.get_mut(class) {
        *own = if own.is_nan() { f32::NAN } else { -1.0 };
    }
    slope
}

/// A pixel no further than so much from what it was, and not beyond black and white; what is not a number stays so.
fn within(from: f32, strength: f32, pixel: f32) -> f32 {
    if pixel.is_nan() || from.is_nan() {
        return f32::NAN;
    }
    pixel.max((from - strength).max(0.0)).min((from + strength).min(1.0))
}

/// −1, 0 or 1; not a number of what is none.
fn sign(slope: f32) -> f32 {
    if slope == 0.0 { 0.0 } else { slope.signum() }
}

/// Of each image the place with the highest loss so far.
struct Worst {
    images: Vec<f32>,
    logits: Vec<f32>,
    losses: Vec<f64>,
}

impl Worst {
    fn of(images: &[f32], count: usize) -> Self {
        let losses = vec![f64::NEG_INFINITY; count];
        Self { images: images.to_vec(), logits: Vec::new(), losses }
    }

    fn hear(&mut self, images: &[f32], logits: &[f32], classes: &[usize]) {
        let count = classes.len().max(1);
        let (length, of_row) = ((images.len() / count).max(1), (logits.len() / count).max(1));
        self.logits.resize(logits.len(), f32::NAN);
        let kept = self.images.chunks_mut(length).zip(self.logits.chunks_mut(of_row));
        let heard = images.chunks(length).zip(logits.chunks(of_row)).zip(classes);
        for (((image, row), most), ((new, new_row), class)) in kept.zip(&mut self.losses).zip(heard)
        {
            let loss = goal::loss(new_row, *class);
            if loss > *most || loss.is_nan() {
                image.copy_from_slice(new);
                row.copy_from_slice(new_row);
                *most = loss;
            }
        }
    }
}
