//! A network for text writes: it draws the next character from what it says, reads on, and draws again.

use std::{ops::ControlFlow, sync::Arc};

use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::network::payload::Written,
    learning::{
        TrainError,
        data::Text,
        network::{NetworkModel, Weights},
    },
    operators::softmax,
    stream::Payload,
};

/// What logits are divided by before the softmax: below 1, likely characters become likelier.
const TEMPERATURE: f32 = 0.8;
/// Characters that are written at once when another text is looked at: one reads a line of it, and training waits some
/// tenths of a second.
const AT_ONCE: usize = 48;
/// Characters after which it begins anew.
const MOST: usize = 200;
/// Characters that are written after an epoch.
const SAMPLE: usize = 160;

/// Goes on from the text that is looked at.
pub(super) struct Writer {
    text: Arc<Text>,
    /// What is looked at, as places in the alphabet.
    after: Vec<u8>,
    written: Vec<u8>,
    generator: ChaCha8Rng,
}

impl Writer {
    pub(super) fn of(text: Arc<Text>) -> Self {
        let generator = ChaCha8Rng::seed_from_u64(0);
        Self { text, after: Vec::new(), written: Vec::new(), generator }
    }

    /// Begins anew with another seed.
    pub(super) fn begin(&mut self, seed: u64) {
        self.generator = ChaCha8Rng::seed_from_u64(seed);
        self.after.clear();
    }

    /// Goes on from what is looked at: a line when it is new, else a character.
    pub(super) fn go_on(
        &mut self,
        model: &NetworkModel,
        weights: &Weights,
        seen: &[f32],
    ) -> Result<Payload, TrainError> {
        let seen: Vec<u8> = seen.iter().map(|place| *place as u8).collect();
        let is_new = seen != self.after;
        if is_new || self.written.len() >= MOST {
            self.after = seen;
            self.written.clear();
        }
        for _ in 0..if is_new { AT_ONCE } else { 1 } {
            let next = next(model, weights, &self.after, &self.written, &mut self.generator)?;
            self.written.push(next);
        }
        Ok(self.said(&self.after, &self.written, is_new))
    }

    /// A passage by the network as it is now; `None` if it is to break off.
    pub(super) fn sample(
        &mut self,
        model: &NetworkModel,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Payload>, TrainError> {
        let after = self.text.typed("\n").unwrap_or_else(|_| vec![0; self.text.context]);
        let mut written = Vec::with_capacity(SAMPLE);
        while written.len() < SAMPLE {
            if go_on().is_break() {
                return Ok(None);
            }
            let weights = model.weights();
            written.push(next(model, weights, &after, &written, &mut self.generator)?);
        }
        Ok(Some(self.said(&[], &written, true)))
    }

    fn said(&self, after: &[u8], written: &[u8], at_once: bool) -> Payload {
        let letters = |places: &[u8]| self.text.alphabet.text(places.iter().copied());
        Payload::new(Written { after: letters(after), text: letters(written), at_once })
    }
}

/// Draws the character behind these.
fn next(
    model: &NetworkModel,
    weights: &Weights,
    after: &[u8],
    written: &[u8],
    generator: &mut ChaCha8Rng,
) -> Result<u8, TrainError> {
    let context = after.len();
    let all = after.iter().chain(written).copied();
    let seen: Vec<f32> = all.skip(written.len()).take(context).map(f32::from).collect();
    let logits = model.look(weights, &seen, |_| false, |_, _| {})?;
    let classes = model.plan().classes;
    let last = logits.get(logits.len().saturating_sub(classes)..).unwrap_or_default();
    let sharper: Vec<f32> = last.iter().map(|logit| logit / TEMPERATURE).collect();
    let mut left = generator.random::<f32>();
    let shares = softmax(&sharper);
    let drawn = shares.iter().position(|share| {
        left -= share;
        left < 0.0
    });
    Ok(drawn.unwrap_or_else(|| shares.len().saturating_sub(1)) as u8)
}
