//! The steps of a run one after the other, though they are told some at a time.

use crate::{
    exhibits::descent::payload::{DescentStep, DescentSteps},
    history::{PayloadsOf, Run},
};

/// Every step that all runners have taken so far: the one at place `n` was taken after `n` steps.
#[derive(Clone, Copy)]
pub(super) struct Steps<'a>(PayloadsOf<'a, DescentSteps>);

impl<'a> Steps<'a> {
    /// Of a run.
    pub(super) fn of(run: &'a Run) -> Self {
        Self(run.found())
    }

    /// How many there are.
    pub(super) fn len(self) -> usize {
        self.0.last().and_then(|some| some.0.last()).map_or(0, |last| last.step as usize + 1)
    }

    /// The one at this place.
    pub(super) fn get(self, place: usize) -> Option<&'a DescentStep> {
        self.after(place).next()
    }

    /// All from this place on, in order.
    pub(super) fn after(self, place: usize) -> impl Iterator<Item = &'a DescentStep> {
        let place = place as u64;
        let before = |some: &DescentSteps| some.0.last().is_none_or(|last| last.step < place);
        let first = self.0.partition_point(before);
        let steps = self.0.after(first).flat_map(|some| &some.0);
        steps.skip_while(move |step| step.step < place)
    }

    /// The first place whose step is not `before`, where all whose steps are come first.
    pub(super) fn partition_point(self, mut before: impl FnMut(&DescentStep) -> bool) -> usize {
        let whole = self.0.partition_point(|some| some.0.last().is_none_or(&mut before));
        let Some(some) = self.0.get(whole) else {
            return self.len();
        };
        let first = some.0.first().map_or(0, |first| first.step as usize);
        first + some.0.partition_point(before)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Payload, Report};

    #[test]
    fn steps_are_found_however_many_came_at_once() {
        let step = |step| DescentStep { step, runners: [None; 5] };
        let mut run = Run::new(0);
        for some in [0..1, 1..4, 4..9] {
            let some = DescentSteps(some.map(step).collect());
            run.take(Report::Found(Payload::new(some)));
        }
        let steps = Steps::of(&run);
        assert_eq!(steps.len(), 9);
        for place in 0..9 {
            assert_eq!(steps.get(place).map(|step| step.step), Some(place as u64));
            assert_eq!(steps.after(place).count(), 9 - place);
            assert_eq!(steps.partition_point(|step| step.step < place as u64), place);
        }
        assert_eq!(steps.get(9), None);
        assert_eq!(steps.partition_point(|_| true), 9);
        assert_eq!(Steps::of(&Run::new(0)).len(), 0);
    }
}
