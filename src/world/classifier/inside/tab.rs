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
}

impl Tab {
    /// All of them, and what stands on each.
    pub(super) const ALL: [(Self, &'static str); 4] = [
        (Self::Why, "Why"),
        (Self::Trust, "Trust"),
        (Self::Robust, "Robust"),
        (Self::Sure, "Sure"),
    ];
}
