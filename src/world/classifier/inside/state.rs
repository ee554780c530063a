//! What the visitor wants to know of a network: which number is explained, against what, and how.

use std::marker::PhantomData;

use bevy::prelude::*;

use super::{branches::BranchWanted, tab::Tab};
use crate::{
    inside::{
        AlikeWith, Baseline, LesionBy, Method, Plane, PointsOf, Shuffled, Target, Trial,
        WithoutAsked,
    },
    world::classifier::Classifier,
};

/// How many maps hang on a page.
pub(super) const MAPS: usize = 3;
/// More layers than any network has: all of them.
pub(super) const ALL_LAYERS: usize = u16::MAX as usize;

/// Whether the board is open, at which tab, and what is wanted there.
#[derive(Resource)]
pub(in super::super) struct Inside<C: Classifier> {
    pub(super) open: bool,
    pub(super) tab: Tab,
    pub(super) wanted: Wanted,
    of: PhantomData<C>,
}

impl<C: Classifier> Default for Inside<C> {
    fn default() -> Self {
        Self { open: false, tab: Tab::default(), wanted: Wanted::default(), of: PhantomData }
    }
}

impl<C: Classifier> Inside<C> {
    /// With the board open.
    pub(in super::super) fn opened() -> Self {
        Self { open: true, ..Self::default() }
    }

    /// With the board open at a tab.
    pub(super) fn opened_at(tab: Tab) -> Self {
        Self { tab, ..Self::opened() }
    }
}

/// Whether the board is open.
pub(super) fn is_open<C: Classifier>(inside: Res<Inside<C>>) -> bool {
    inside.open
}

/// Whether a tab is open.
pub(super) fn is_at<C: Classifier>(tab: Tab) -> impl FnMut(Res<Inside<C>>) -> bool + Clone {
    move |inside: Res<Inside<C>>| inside.open && inside.tab == tab
}

/// Whether a tab was left just now.
pub(super) fn was_left<C: Classifier>(tab: Tab) -> impl FnMut(Res<Inside<C>>) -> bool + Clone {
    move |inside: Res<Inside<C>>| inside.is_changed() && !(inside.open && inside.tab == tab)
}

/// What is to be explained, and how.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    /// Whether the probability is explained instead of the logit.
    pub(super) probability: bool,
    /// The class that the answer is compared with.
    pub(super) against: Option<usize>,
    pub(super) baseline: Baseline,
    /// The methods of the maps.
    pub(super) methods: [Method; MAPS],
    /// What is shuffled on the page of trust.
    pub(super) shuffled: Option<Shuffled>,
    /// The place of the strength of attacks that is shown, among those that are tried.
    pub(super) strength: usize,
    /// The layer whose units are looked at, if not the one that the network names.
    pub(super) layer: Option<String>,
    /// The unit that is looked at, from 0.
    pub(super) unit: usize,
    /// Units that are taken away, in the order in which they were, and what stands in their place.
    pub(super) out: Vec<usize>,
    pub(super) lesion_by: LesionBy,
    /// Whether the weights of the unit are changed by hand, in the place of taking it out.
    pub(super) weights: bool,
    /// Whether what classes like best is looked at, in the place of units; and how many classes there are.
    pub(super) of_classes: bool,
    pub(super) classes: usize,
    /// What is left out when it trains again.
    pub(super) without: Option<WithoutAsked>,
    /// Whether the doctor is asked.
    pub(super) doctor: bool,
    /// The remedy that is tried beside the run.
    pub(super) trial: Option<Trial>,
    /// Over which plane the loss is shown.
    pub(super) plane: Plane,
    /// What layers are compared with.
    pub(super) alike: AlikeWith,
    /// The branches of the run.
    pub(super) branch: BranchWanted,
    /// How all images are shown as points.
    pub(super) points: PointsWanted,
}

/// How all images are shown as points.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct PointsWanted {
    /// The layer, if not the logits.
    pub(super) layer: Option<String>,
    /// How strongly neighbours attract each other, where they are laid out and not the components.
    pub(super) attraction: Option<f32>,
    pub(super) colour: PointsColour,
    /// Whether the components turn by themselves through all their axes.
    pub(super) tour: bool,
    /// How far the visitor has turned them, in eighths of a turn.
    pub(super) turned: i32,
    /// Points that were chosen, in the order in which they were.
    pub(super) chosen: Vec<u32>,
    /// The images that are asked about: those of these points, or that of the point that is looked at.
    pub(super) of: Option<PointsOf>,
}

/// What the colours of points mean.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum PointsColour {
    /// Their class.
    #[default]
    Class,
    /// Whether they are read right.
    Answer,
    /// Their loss.
    Loss,
    /// Since which epoch they are read right, where the run has tested them.
    Step,
    /// Nothing: test images are themselves.
    Images,
}

impl PointsColour {
    /// All of them.
    pub(super) const ALL: [Self; 5] =
        [Self::Class, Self::Answer, Self::Loss, Self::Step, Self::Images];
}

impl Default for Wanted {
    fn default() -> Self {
        let [first, second, third, ..] = Method::ALL;
        Self {
            probability: false,
            against: None,
            baseline: Baseline::Black,
            methods: [first, second, third],
            shuffled: None,
            strength: 1,
            layer: None,
            unit: 0,
            out: Vec::new(),
            lesion_by: LesionBy::Zero,
            weights: false,
            of_classes: false,
            classes: 0,
            without: None,
            doctor: false,
            trial: None,
            plane: Plane::Path,
            alike: AlikeWith::Layers,
            branch: BranchWanted::default(),
            points: PointsWanted::default(),
        }
    }
}

impl Wanted {
    /// The number that is explained for a class, which the visitor holds or which the network says.
    pub(super) fn target(&self, class: usize, held: bool) -> Target {
        match self.against.filter(|against| *against != class) {
            Some(against) => Target::Difference(class, against),
            None if self.probability => Target::Probability(class),
            None if held => Target::Logit(class),
            None => Target::Said,
        }
    }

    /// Takes a unit away, or puts it back if it is.
    pub(super) fn take_or_put_back(&mut self, unit: usize) {
        let before = self.out.len();
        self.out.retain(|other| *other != unit);
        if self.out.len() == before {
            self.out.push(unit);
        }
    }

    /// Shows at this place the next method that hangs at no other.
    pub(super) fn next_method(&mut self, place: usize) {
        let Some(now) = self.methods.get(place) else {
            return;
        };
        let at = Method::ALL.iter().position(|method| method == now).unwrap_or(0);
        let count = Method::ALL.len();
        let following = (1..count).filter_map(|on| Method::ALL.get((at + on) % count));
        if let Some(next) = following.copied().find(|method| !self.methods.contains(method)) {
            self.methods[place] = next;
        }
    }

    /// Goes to another baseline: black, mean, blurred, the mean of each class.
    pub(super) fn step_baseline(&mut self, on: bool, classes: usize) {
        let all: Vec<Baseline> = [Baseline::Black, Baseline::Mean, Baseline::Blurred]
            .into_iter()
            .chain((0..classes).map(Baseline::MeanOf))
            .collect();
        self.baseline = stepped(&all, &self.baseline, on);
    }

    /// Goes to another class to compare with: none, and then from the likeliest to the least likely.
    pub(super) fn step_against(&mut self, on: bool, class: usize, logits: &[f32]) {
        let mut classes: Vec<usize> = (0..logits.len()).filter(|other| *other != class).collect();
        let logit = |class: &usize| logits.get(*class).copied().unwrap_or(f32::NEG_INFINITY);
        classes.sort_by(|a, b| logit(b).total_cmp(&logit(a)));
        let all: Vec<Option<usize>> =
            std::iter::once(None).chain(classes.into_iter().map(Some)).collect();
        self.against = stepped(&all, &self.against, on);
    }
}

/// The one behind or before this one, round and round; the first where it is none of them.
pub(super) fn stepped<T: Clone + PartialEq>(all: &[T], now: &T, on: bool) -> T {
    let count = all.len().max(1);
    let at = all.iter().position(|one| one == now);
    let to = at.map_or(0, |at| if on { at + 1 } else { at + count - 1 } % count);
    all.get(to).unwrap_or(now).clone()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_explained_is_a_logit_a_probability_or_a_difference() {
        let mut wanted = Wanted::default();
        assert_eq!(wanted.target(7, false), Target::Said);
        assert_eq!(wanted.target(7, true), Target::Logit(7));
        wanted.probability = true;
        assert_eq!(wanted.target(7, false), Target::Probability(7));
        wanted.against = Some(9);
        assert_eq!(wanted.target(7, false), Target::Difference(7, 9));
        assert_eq!(wanted.target(9, true), Target::Probability(9), "no class against itself");
    }

    #[test]
    fn methods_hang_once() {
        let mut wanted = Wanted::default();
        for _ in 0..9 {
            wanted.next_method(1);
            let [a, b, c] = wanted.methods;
            assert!(a != b && b != c && a != c, "{wanted:?}");
        }
        wanted.next_method(99);
    }

    #[test]
    fn classes_to_compare_with_come_by_their_logits() {
        let mut wanted = Wanted::default();
        let logits = [1.0, 5.0, 3.0, -2.0];
        let mut met = Vec::new();
        for _ in 0..4 {
            wanted.step_against(true, 1, &logits);
            met.push(wanted.against);
        }
        assert_eq!(met, [Some(2), Some(0), Some(3), None]);
        wanted.step_against(false, 1, &logits);
        assert_eq!(wanted.against, Some(3));
        wanted.step_against(true, 0, &[]);
        assert_eq!(wanted.against, None);
    }

    #[test]
    fn baselines_go_round() {
        let mut wanted = Wanted::default();
        let mut met = Vec::new();
        for _ in 0..5 {
            wanted.step_baseline(true, 2);
            met.push(wanted.baseline);
        }
        let (mean, of) = (Baseline::Mean, Baseline::MeanOf);
        assert_eq!(met, [mean, Baseline::Blurred, of(0), of(1), Baseline::Black]);
        wanted.step_baseline(false, 2);
        assert_eq!(wanted.baseline, of(1));
    }
}
