//! Weights shuffled among themselves, layer by layer from the last: what a map that depends on them must notice (Adebayo and
//! others 2018, <https://arxiv.org/abs/1810.03292>).

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// The streams that shuffles draw from begin here, one for each array, beyond those of weights, epochs and dropout.
const FIRST_STREAM: u64 = 1 << 41;

/// An array with its numbers in another order, which depends on the seed and on the array's place alone.
pub fn permuted(numbers: &[f32], seed: u64, array: usize) -> Vec<f32> {
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
