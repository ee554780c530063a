//! Weights shuffled among themselves, layer by layer from the last, and labels shuffled among images: what a map that depends
//! on what was learned must notice (Adebayo and others 2018, <https://arxiv.org/abs/1810.03292>).

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// The streams that shuffles draw from begin here, one for each array, beyond those of weights, epochs and dropout.
const FIRST_STREAM: u64 = 1 << 41;

/// The place of the labels among arrays: beyond those of any network.
const LABELS: usize = 1 << 32;

/// The labels of training images in another order, so that each class is as frequent as before.
pub(super) fn relabelled(labels: &[u8], seed: u64) -> Vec<u8> {
    permuted(labels, seed, LABELS)
}

/// An array with its numbers in another order, which depends on the seed and on the array's place alone.
pub fn permuted<T: Clone>(numbers: &[T], seed: u64, array: usize) -> Vec<T> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(FIRST_STREAM + array as u64);
    let mut numbers = numbers.to_vec();
    numbers.shuffle(&mut generator);
    numbers
}

/// Of layers in the order of computation the last so many, the last first.
pub fn last_layers<T>(mut layers: Vec<T>, count: usize) -> Vec<T> {
    layers.reverse();
    layers.truncate(count);
    layers
}
