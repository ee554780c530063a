//! The question of the maps' tabs: what the visitor wants explained of the input that is looked at, by the run as it is now.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{
    line::{Priced, Version},
    seen::Shown,
    state::Inside,
};
use crate::{
    images::TestSet,
    inside::{
        Alike, Branched, Diagnosis, Dream, EditReport, Grown, Health, Landscape, Lesion, Points,
        Price, Robust, Shared, Shuffled, Sure, Target, Taught, Together, TrialRun, Units, Why,
        WhyAsked, Without,
    },
    stream::{InputChoice, RunState, Step},
    world::{
        classifier::{ClassAttention, Classifier, input_choice::Watched},
        link::ShownRun,
        timeline::Timeline,
    },
};

/// What noise and random orders are drawn from: the same for every question, so that maps move with the network alone.
pub(super) const SEED: u64 = 1;

/// Each answer says what it cost.
macro_rules! priced {
    ($($answer:ty),*) => {$(
        impl Priced for $answer {
            fn price(&self) -> Price {
                self.price
            }
        }
    )*};
}
priced!(
    Why, Robust, Sure, Units, Lesion, Dream, Taught, Without, Health, Diagnosis, Landscape, Points,
    Shared, Alike, Together, Grown, TrialRun, Branched
);

/// What the visitor looks at and wants to know, and what there is to know of the run.
#[derive(SystemParam)]
pub(super) struct Wish<'w, C: Classifier> {
    pub(super) inside: Res<'w, Inside<C>>,
    pub(super) run: Res<'w, ShownRun>,
    watched: Res<'w, Watched<C>>,
    attention: Res<'w, ClassAttention<C>>,
    timeline: Res<'w, Timeline>,
    time: Res<'w, Time<Real>>,
}

impl<C: Classifier> Wish<'_, C> {
    /// Now, in seconds.
    pub(super) fn now(&self) -> f64 {
        self.time.elapsed_secs_f64()
    }

    /// The run that is asked, as it was edited, and its step; none before there is one.
    pub(super) fn at(&self) -> Option<(Version, Step)> {
        let started = self.run.0.started()?;
        Some((Version { run: started.run, edits: self.edits() }, self.run.0.step()))
    }

    /// Edits by hand in this run, and edits taken back.
    pub(super) fn edits(&self) -> usize {
        self.run.0.found::<EditReport>().iter().filter(|report| report.said.is_ok()).count()
    }

    /// Whether steps are being taken.
    pub(super) fn trains(&self) -> bool {
        self.run.0.state() == &RunState::Training
    }

    /// The step that the visitor went back to, if it is not that of the run.
    pub(super) fn scrubbed_to(&self) -> Option<Step> {
        let shown = self.timeline.scrubbed_to().map(|_| self.timeline.shown_step(&self.run.0));
        shown.filter(|step| *step != self.run.0.step())
    }

    /// The names of the classes.
    pub(super) fn classes(&self) -> &[String] {
        self.run.0.material::<TestSet>().map(|set| &*set.classes).unwrap_or_default()
    }

    /// The true class of an input, where it is known.
    pub(super) fn truth_of(&self, input: &InputChoice) -> Option<usize> {
        let InputChoice::Test(index) = input else { return None };
        let set = self.run.0.material::<TestSet>()?;
        set.labels.get(*index).map(|label| usize::from(*label))
    }

    /// The number to be explained.
    pub(super) fn target(&self) -> Target {
        self.inside.wanted.target(self.attention.class, self.attention.held)
    }

    /// Whether the answer is compared with another class.
    pub(super) fn is_compared(&self) -> bool {
        matches!(self.target(), Target::Difference(..))
    }

    /// The input that is looked at.
    pub(super) fn input(&self) -> &InputChoice {
        self.watched.choice()
    }

    /// A test image as it is shown.
    pub(super) fn test_image(&self, index: usize) -> Option<Shown> {
        let set = self.run.0.material::<TestSet>()?;
        let values = set.image(index)?.iter().map(|value| f32::from(*value) / 255.0).collect();
        Some(Shown::image([set.channels, set.height, set.width], values))
    }

    /// The question for the map that hangs at a place.
    pub(super) fn why(&self, place: usize) -> Option<WhyAsked> {
        let method = *self.inside.wanted.methods.get(place)?;
        Some(WhyAsked {
            input: self.watched.choice().clone(),
            target: self.target(),
            baseline: self.inside.wanted.baseline,
            methods: vec![method],
            shuffled: None,
            seed: SEED,
        })
    }

    /// The same question to a network of which something is shuffled, of the number that was explained before.
    pub(super) fn shuffled(
        &self,
        place: usize,
        target: Target,
        shuffled: Shuffled,
    ) -> Option<WhyAsked> {
        Some(WhyAsked { target, shuffled: Some(shuffled), ..self.why(place)? })
    }
}
