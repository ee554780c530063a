//! The tabs of the board, in the order in which they stand: one question to a network each.

/// A page of the board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(super) enum Tab {
    /// Which pixels speak for an answer.
    #[default]
    Why,
    /// Whether maps notice that what was learned is gone.
    Trust,
}

impl Tab {
    /// All of them, and what stands on each.
    pub(super) const ALL: [(Self, &'static str); 2] = [(Self::Why, "Why"), (Self::Trust, "Trust")];
}
