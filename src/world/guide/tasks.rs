//! What there is to do in the first minute, one thing after another, and how it is asked of a mouse and of a hand.

use super::telling::Telling;

/// One thing to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Task {
    /// Point at a number of the exhibit.
    Point,
    /// Press it.
    Press,
    /// Leave what was brought near.
    Back,
    /// Go back in the run's time.
    Pull,
    /// Come back to what happens now.
    Live,
    /// Go to another exhibit.
    Visit,
}

impl Task {
    /// All of them, in the order in which they are asked for.
    pub(super) const ALL: [Self; 6] =
        [Self::Point, Self::Press, Self::Back, Self::Pull, Self::Live, Self::Visit];

    /// The control that it is about, by its stable name.
    pub(super) const fn control(self) -> Option<&'static str> {
        match self {
            Self::Pull => Some("timeline"),
            Self::Live => Some("live"),
            _ => None,
        }
    }

    /// How it is asked: `next_key` is the number that visits the next exhibit.
    pub(super) fn words(self, telling: Telling, by_hand: bool, next_key: usize) -> String {
        match (self, by_hand) {
            (Self::Point, _) => telling.point.text().to_owned(),
            (Self::Press, false) => say!("guide-click", what = telling.press),
            (Self::Press, true) => say!("guide-trigger", what = telling.press),
            (Self::Back, false) => say!("guide-back-by-key").to_owned(),
            (Self::Back, true) => say!("guide-back-by-hand").to_owned(),
            (Self::Pull, false) => say!("guide-pull-by-mouse", slider = say!("desk-shown-step")),
            (Self::Pull, true) => say!("guide-pull-by-hand", slider = say!("desk-shown-step")),
            (Self::Live, _) => say!("guide-live").to_owned(),
            (Self::Visit, false) => say!("guide-visit-by-key", key = next_key),
            (Self::Visit, true) => say!("guide-visit-by-hand").to_owned(),
        }
    }
}

/// Some of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tasks(u8);

impl Tasks {
    /// Every one.
    pub(super) const ALL: Self = Self((1 << Task::ALL.len()) - 1);

    pub(super) const fn has(self, task: Task) -> bool {
        self.0 & 1 << task as u8 != 0
    }

    /// The same and this one, if it is so.
    pub(super) const fn with(self, task: Task, is_so: bool) -> Self {
        if is_so { Self(self.0 | 1 << task as u8) } else { self }
    }

    /// Those of either.
    pub(super) const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Those that the others lack.
    pub(super) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    pub(super) const fn is_empty(self) -> bool {
        self.0 == 0
    }
}
