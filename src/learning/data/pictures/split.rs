//! Which pictures are tested on where nobody has said: a fifth of each class, drawn by a seed.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

/// What one of so many is tested on.
const ONE_IN: usize = 5;
/// The first stream of the generator, one a class: beyond those of weights and epochs.
const FIRST_STREAM: u64 = 1 << 40;

/// For each example whether it is tested on, by the classes of the examples.
///
/// A class of two or more is in both parts, one of one is learned from. The same labels and seed give the same split.
pub(super) fn held_out(labels: &[u8], seed: u64) -> Vec<bool> {
    let mut places = vec![Vec::new(); 256];
    for (place, label) in labels.iter().enumerate() {
        places[usize::from(*label)].push(place);
    }
    let mut is_tested = vec![false; labels.len()];
    for (mut places, stream) in places.into_iter().zip(FIRST_STREAM..) {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(stream);
        places.shuffle(&mut generator);
        let fifth = (places.len() + ONE_IN / 2) / ONE_IN;
        let tested = fifth.max(1).min(places.len().saturating_sub(1));
        places.iter().take(tested).for_each(|place| is_tested[*place] = true);
    }
    is_tested
}
