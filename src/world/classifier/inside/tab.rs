//! The tabs of the board, in the order in which they stand: one question to a network each.

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
}

impl Tab {
    /// All of them, and what stands on each.
    pub(super) const ALL: [(Self, &'static str); 10] = [
        (Self::Why, "Why"),
        (Self::Trust, "Trust"),
        (Self::Units, "Units"),
        (Self::Points, "Points"),
        (Self::Alike, "Alike"),
        (Self::Taught, "Taught"),
        (Self::Landscape, "Loss"),
        (Self::Robust, "Robust"),
        (Self::Sure, "Sure"),
        (Self::Health, "Health"),
    ];
}
