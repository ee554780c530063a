//! The branches that the visitor has asked for: at most eight futures of the run, one of which is looked at.

mod begin;
mod press;

use std::sync::Arc;

pub(super) use press::{Here, Press};

use crate::{
    inside::{BranchAsked, BranchPoint, Branched, Turn},
    stream::RunId,
    words::{Phrase, enumerated},
    world::classifier::sheet::{figure, percent_of},
};

/// What is wanted on the page.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct BranchWanted {
    /// The first asked first.
    pub(super) groups: Vec<Group>,
    /// The place of the one that is looked at.
    pub(super) at: usize,
    /// What the curves are of.
    pub(super) measure: Measure,
    /// The layer of which both futures are shown in the place of curves.
    pub(super) layer: Option<usize>,
    /// What was pressed and is not begun yet.
    pub(super) pressed: Option<Press>,
}

/// What is told of futures at each step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Measure {
    /// The share of the test images that is read right.
    #[default]
    Accuracy,
    /// Their mean cross-entropy.
    Loss,
    /// How far the weights are from the run's.
    Apart,
}

impl Measure {
    /// The next one, round and round.
    pub(super) const fn next(self) -> Self {
        match self {
            Self::Accuracy => Self::Loss,
            Self::Loss => Self::Apart,
            Self::Apart => Self::Accuracy,
        }
    }

    /// What it is called.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Accuracy => say!("branch-accuracy"),
            Self::Loss => say!("branch-loss"),
            Self::Apart => say!("branch-distance"),
        }
    }

    /// A value as it is written.
    pub(super) fn told(self, value: f64) -> String {
        match self {
            Self::Accuracy => percent_of(value as f32),
            Self::Loss | Self::Apart => figure(value as f32),
        }
    }

    /// It at a point.
    pub(super) fn of(self, point: &BranchPoint) -> f64 {
        match self {
            Self::Accuracy => f64::from(point.accuracy),
            Self::Loss => f64::from(point.loss),
            Self::Apart => point.apart,
        }
    }
}

/// One future, or some of the same change under other seeds.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Group {
    pub(super) asked: BranchAsked,
    pub(super) run: RunId,
    pub(super) found: Found,
}

/// What is known of a group.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Found {
    Pending,
    Said(Arc<Branched>),
    Refused(Phrase),
}

impl Group {
    pub(super) fn said(&self) -> Option<&Branched> {
        match &self.found {
            Found::Said(said) => Some(said),
            _ => None,
        }
    }

    /// What it changes, in words.
    pub(super) fn told(&self) -> String {
        match &self.asked.branches[..] {
            [one] => one.told(),
            all => {
                let first = all.first();
                let turns = first.into_iter().flat_map(|one| &one.turns);
                let others = turns.filter(|turn| !matches!(turn, Turn::Seed(_))).map(Turn::told);
                let seeds = say!("branch-seeds", count = all.len());
                let change = enumerated(&others.chain([seeds]).collect::<Vec<_>>());
                let step = first.map_or(0, |one| one.step);
                say!("branch-from-step", change, step)
            }
        }
    }
}

impl BranchWanted {
    /// The group that is looked at.
    pub(super) fn chosen(&self) -> Option<&Group> {
        self.groups.get(self.at).or(self.groups.last())
    }

    /// What is to be asked next.
    pub(super) fn pending(&self) -> Option<&Group> {
        self.groups.iter().find(|group| group.found == Found::Pending)
    }

    /// Looks at the one behind or before.
    pub(super) fn step(&mut self, on: bool) {
        let count = self.groups.len().max(1);
        self.at = (self.at + if on { 1 } else { count - 1 }) % count;
    }

    /// Goes from the curves to the first layer, on to each other, and back.
    pub(super) fn next_layer(&mut self) {
        let layers = self.chosen().and_then(Group::said).map_or(0, |said| said.shown.len());
        let next = self.layer.map_or(0, |layer| layer + 1);
        self.layer = (next < layers).then_some(next);
    }

    /// Keeps what was found of a group.
    pub(super) fn keep(&mut self, asked: &BranchAsked, found: Found) {
        let group = self.groups.iter_mut().find(|group| group.asked == *asked);
        if let Some(group) = group.filter(|group| group.found == Found::Pending) {
            group.found = found;
        }
    }

    /// Keeps branches of this run alone.
    pub(super) fn of_run(&mut self, run: RunId) {
        self.groups.retain(|group| group.run == run);
        self.at = self.at.min(self.groups.len().saturating_sub(1));
    }

    /// Whether something is under way.
    pub(super) fn waits(&self) -> bool {
        self.pending().is_some()
    }

    /// Waits for nothing any more.
    pub(super) fn give_up(&mut self) {
        self.groups.retain(|group| group.found != Found::Pending);
        self.at = self.at.min(self.groups.len().saturating_sub(1));
    }
}
