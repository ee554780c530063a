//! The tabs of the board, in the order in which they stand: one question to a network each.

use crate::words::Word;

/// A page of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Tab {
    /// Which pixels speak for an answer.
    #[default]
    Why,
    /// Whether maps notice that what was learned is gone.
    Trust,
    /// What changes of the input an answer withstands.
    Robust,
    /// Whether it is as often right as it is sure.
    Sure,
    /// What a unit knows, and what is answered without it.
    Units,
    /// Where a layer puts all images.
    Points,
    /// How alike layers, steps and runs are.
    Alike,
    /// Which training images taught it what it says.
    Taught,
    /// The loss around the weights, and the way that they came.
    Landscape,
    /// How the training is, and what the doctor says.
    Health,
    /// What would have become of the run with something changed.
    Branch,
}

impl Tab {
    /// All of them, and what stands on each.
    pub(super) const ALL: [(Self, Word); 11] = [
        (Self::Why, key!("boards-why")),
        (Self::Trust, key!("boards-trust")),
        (Self::Units, key!("boards-units-2")),
        (Self::Points, key!("boards-points")),
        (Self::Alike, key!("boards-alike")),
        (Self::Taught, key!("boards-taught")),
        (Self::Landscape, key!("boards-loss-2")),
        (Self::Robust, key!("boards-robust")),
        (Self::Sure, key!("boards-sure-2")),
        (Self::Health, key!("boards-health")),
        (Self::Branch, key!("branch-if")),
    ];
}
