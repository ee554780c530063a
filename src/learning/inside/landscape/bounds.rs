//! How many images, places and states are looked at, so that a landscape stays within bounds: it depends on sizes alone.

use crate::inside::LandscapeAsked;

/// Places along a side at least.
pub(super) const LEAST_SIDE: usize = 3;
/// And at most: more cannot be told apart.
const MOST_SIDE: usize = 201;
/// Multiply-adds that an answer may take: what a landscape of the digits of 21 × 21 × 500 images, with 128 states, takes.
const MOST_MULTIPLY_ADDS: u64 = 100_000_000_000;
/// Fewer images are taken only where otherwise fewer than 7 × 7 places would be left.
const FEW_IMAGES: u64 = 64;
/// Fewer places are not taken to keep more images.
const FEW_PLACES: u64 = 7;
/// A grid with no more places along a side is a first sight, and so are so many states of the way.
const FIRST_SIDE: usize = 9;
const FIRST_STATES: usize = 16;
/// States of the way that are left where even few places are dear.
const FEW_STATES: u64 = 12;

/// What is taken of what was asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Bounds {
    pub(super) images: usize,
    pub(super) side: usize,
    /// States of the way, with that of now.
    pub(super) states: usize,
}

impl Bounds {
    /// Of a network with so many multiply-adds, where there are so many test images and states.
    pub(super) fn of(
        asked: &LandscapeAsked,
        multiply_adds: u64,
        tests: usize,
        states: usize,
    ) -> Self {
        let affordable = MOST_MULTIPLY_ADDS / multiply_adds.max(1);
        let images = asked.images.min(tests).max(1) as u64;
        let (mut side, mut states) =
            (asked.side.clamp(LEAST_SIDE, MOST_SIDE) as u64, states as u64);
        let passes = |side: u64, states: u64| side * side + 2 * states;
        let few = images.min(FEW_IMAGES);
        if few * passes(side, states) > affordable {
            let fit = affordable / few;
            states = states.min((fit / 8).max(FEW_STATES));
            let left = fit.saturating_sub(2 * states).isqrt().max(side.min(FEW_PLACES));
            side = side.min(left);
            // The weights stay in the middle where they are asked to be.
            if asked.side % 2 == 1 && side.is_multiple_of(2) {
                side -= 1;
            }
        }
        let images = images.min((affordable / passes(side, states)).max(1));
        Self { images: images as usize, side: side as usize, states: states as usize }
    }

    /// States of the way that are walked with this grid: a coarse one, which is wanted soon, has few.
    pub(super) fn walked(self) -> usize {
        match self.side <= FIRST_SIDE {
            true => self.states.min(FIRST_STATES),
            false => self.states,
        }
    }
}
