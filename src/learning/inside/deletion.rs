//! Whether the network obeys a map: what becomes of the explained number when the pixels are taken away that the map finds
//! most in favour of it, against as many random ones (Samek and others 2015, <https://arxiv.org/abs/1509.06321>).
//!
//! What is left is no natural image, so that a network may also answer otherwise for that (Hooker and others 2019,
//! <https://arxiv.org/abs/1806.10758>).

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::scene::Scene;
use crate::{inside::Deletion, learning::TrainError};

/// The part of the pixels that is deleted.
const PART: f64 = 0.1;
/// Random draws whose mean is told.
pub(super) const DRAWS: usize = 8;
/// The streams that they draw from begin here.
const FIRST_STREAM: u64 = 1 << 43;

/// What can be deleted of an input, and what random deletion does.
pub(super) struct Deleter {
    /// Places where the input is not at the baseline, in all or some channels.
    pub(super) ink: Vec<usize>,
    count: usize,
    random: f32,
}

impl Deleter {
    /// Of a scene; random deletion is asked for once, as it is the same for all maps.
    pub(super) fn of(scene: &Scene<'_>) -> Result<Self, TrainError> {
        let ink = ink(scene);
        let count = match ink.len() {
            0 => 0,
            some => ((some as f64 * PART).round() as usize).max(1),
        };
        let mut inputs = Vec::with_capacity(DRAWS * scene.input.len());
        for draw in 0..DRAWS {
            let mut generator = ChaCha8Rng::seed_from_u64(scene.seed);
            generator.set_stream(FIRST_STREAM + draw as u64);
            let mut places = ink.clone();
            let (drawn, _) = places.partial_shuffle(&mut generator, count);
            inputs.extend(without(scene, drawn));
        }
        let random = match count {
            0 => 0.0,
            _ => {
                let values = scene.meter.values(scene.goal, &inputs)?;
                let lost = |value: &f32| f64::from(scene.value) - f64::from(*value);
                (values.iter().map(lost).sum::<f64>() / DRAWS as f64) as f32
            }
        };
        Ok(Self { ink, count, random })
    }

    /// What deleting by a map of the input's size does.
    pub(super) fn by(&self, scene: &Scene<'_>, map: &[f32]) -> Result<Deletion, TrainError> {
        let in_favour = |place: usize| match map.get(place).copied() {
            // What is not a number speaks for nothing.
            Some(value) if !value.is_nan() => value,
            _ => f32::NEG_INFINITY,
        };
        let mut places: Vec<(f32, usize)> =
            self.ink.iter().map(|place| (in_favour(*place), *place)).collect();
        places.sort_by(|a, b| b.0.total_cmp(&a.0));
        let places: Vec<usize> = places.iter().take(self.count).map(|(_, place)| *place).collect();
        let drop = match places.is_empty() {
            true => 0.0,
            false => {
                let value = scene.meter.values(scene.goal, &without(scene, &places))?;
                scene.value - value.first().copied().unwrap_or(f32::NAN)
            }
        };
        Ok(Deletion { pixels: self.count, drop, random: self.random })
    }
}

fn ink(scene: &Scene<'_>) -> Vec<usize> {
    let places = (scene.size[1] * scene.size[2]).max(1);
    let mut differs = vec![false; places];
    for (input, baseline) in scene.input.chunks(places).zip(scene.baseline.chunks(places)) {
        for (differs, (pixel, from)) in differs.iter_mut().zip(input.iter().zip(baseline)) {
            *differs |= pixel != from;
        }
    }
    differs.iter().enumerate().filter(|(_, differs)| **differs).map(|(place, _)| place).collect()
}

/// The input with these places at the baseline, in all channels.
fn without(scene: &Scene<'_>, places: &[usize]) -> Vec<f32> {
    let mut input = scene.input.to_vec();
    let of_channel = (scene.size[1] * scene.size[2]).max(1);
    let channels = input.chunks_mut(of_channel).zip(scene.baseline.chunks(of_channel));
    for (channel, baseline) in channels {
        for place in places {
            if let (Some(pixel), Some(from)) = (channel.get_mut(*place), baseline.get(*place)) {
                *pixel = *from;
            }
        }
    }
    input
}
