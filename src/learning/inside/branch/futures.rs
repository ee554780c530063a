//! Futures of a run side by side: each taken by its own steps, and told at the same ones.

use std::{collections::BTreeSet, ops::Range};

use super::super::{
    hidden::awaited,
    replay::{Replayed, taken},
    said::Said,
};
use crate::{
    inside::{Apart, BranchPoint, Future, McNemar},
    learning::TrainError,
};

/// Steps at which futures are told, besides that at which they part.
const MOST_POINTS: u64 = 40;
/// Passes of an image that learning from it is worth: one there, and two back.
const PASSES_OF_A_STEP: u64 = 3;

/// The steps at which futures are told: evenly from where they part to where the run stands, as many as make testing no dearer
/// than learning, though not fewer than four; a step is told once at most.
pub(super) fn points<R: Replayed>(run: &R, step: u64, tests: u64) -> BTreeSet<u64> {
    let steps = run.steps().saturating_sub(step);
    let learned: u64 = (step + 1..=run.steps()).map(|step| run.seen(step).len() as u64).sum();
    let affordable = learned.saturating_mul(PASSES_OF_A_STEP) / tests.max(1);
    let count = affordable.clamp(4, MOST_POINTS).min(steps).max(1);
    (1..=count).map(|at| step + steps * at / count).collect()
}

/// A run and its branches at the same step; the run is the first.
pub(super) struct Futures<'a, R: Replayed> {
    runs: Vec<R>,
    states: Vec<R::State>,
    layers: &'a [(String, Vec<Range<usize>>)],
    told: Vec<Vec<BranchPoint>>,
    /// What was said at the last step that was told.
    said: Vec<Said>,
    tests: u64,
}

impl<'a, R: Replayed + Clone> Futures<'a, R> {
    /// All from the same state after this step, before what is edited by hand then, and told there.
    ///
    /// # Errors
    /// If it cannot be computed.
    pub(super) fn of(
        runs: Vec<R>,
        trunk: R::State,
        step: u64,
        layers: &'a [(String, Vec<Range<usize>>)],
    ) -> Result<Self, TrainError> {
        let mut states = vec![trunk; runs.len()];
        for (run, state) in runs.iter().zip(&mut states) {
            run.edit(state, step)?;
        }
        let told = runs.iter().map(|_| Vec::new()).collect();
        let mut futures = Self { runs, states, layers, told, said: Vec::new(), tests: 0 };
        futures.tell(step)?;
        Ok(futures)
    }

    /// Test images.
    pub(super) const fn tests(&self) -> u64 {
        self.tests
    }

    /// Test images that went through so far.
    pub(super) fn passes(&self) -> u64 {
        self.told.iter().map(|points| points.len() as u64 * self.tests).sum()
    }

    /// Takes this step of each.
    ///
    /// # Errors
    /// If it cannot be computed, or nobody waits any more.
    pub(super) fn take(&mut self, step: u64, go_on: &dyn Fn() -> bool) -> Result<(), TrainError> {
        for (run, state) in self.runs.iter().zip(&mut self.states) {
            awaited(go_on)?;
            taken(run, state, step)?;
        }
        Ok(())
    }

    /// Tells all at this step: how the test images are read, and how far the weights are from the run's.
    ///
    /// # Errors
    /// If it cannot be computed.
    pub(super) fn tell(&mut self, step: u64) -> Result<(), TrainError> {
        let mut of_run: Option<Vec<f32>> = None;
        self.said.clear();
        for (at, (run, state)) in self.runs.iter().zip(&self.states).enumerate() {
            let (weights, report) = (run.parameters(state)?, run.tested(state)?);
            let said = Said::of(&report);
            let (apart, apart_of) =
                apart(self.layers, of_run.as_ref().unwrap_or(&weights), &weights);
            let otherwise = self.said.first().map_or(0, |of_run| of_run.otherwise(&said));
            if let Some(points) = self.told.get_mut(at) {
                let (loss, accuracy) = (report.values.loss(), report.values.get(1));
                let accuracy = accuracy.unwrap_or(f32::NAN);
                points.push(BranchPoint { step, loss, accuracy, apart, apart_of, otherwise });
            }
            self.tests = report.said.len() as u64;
            self.said.push(said);
            of_run.get_or_insert(weights);
        }
        Ok(())
    }

    /// The runs and what they are now.
    pub(super) fn ended(&self) -> (Vec<R>, Vec<R::State>) {
        (self.runs.clone(), self.states.clone())
    }

    /// What was told of each, with its answers as they were at last.
    pub(super) fn told(self) -> Vec<Future> {
        let nothing = Said::default();
        let of_run = self.said.first().unwrap_or(&nothing);
        let futures = self.told.into_iter().zip(&self.said).map(|(points, said)| Future {
            points,
            answers: match said.is_untold() {
                true => McNemar::default(),
                false => of_run.beside(said),
            },
            changed: of_run.changes(said),
            logits: Vec::new(),
            units: Vec::new(),
        });
        futures.collect()
    }
}

/// How far weights are from the run's over the length of those, of all layers and of each: in double precision.
fn apart(
    layers: &[(String, Vec<Range<usize>>)],
    of_run: &[f32],
    other: &[f32],
) -> (f64, Vec<Apart>) {
    let squares = |ranges: &[Range<usize>]| {
        let pairs = ranges.iter().filter_map(|range| {
            let pairs = of_run.get(range.clone())?.iter().zip(other.get(range.clone())?);
            Some(pairs.fold([0.0, 0.0], |[apart, long], (one, other)| {
                let (one, other) = (f64::from(*one), f64::from(*other));
                [apart + (other - one).powi(2), long + one.powi(2)]
            }))
        });
        pairs.fold([0.0, 0.0], |[apart, long], [more, longer]| [apart + more, long + longer])
    };
    // Where nothing differs nothing does, though the run's weights be zero.
    let ratio = |[apart, long]: [f64; 2]| if apart == 0.0 { 0.0 } else { (apart / long).sqrt() };
    let each: Vec<[f64; 2]> = layers.iter().map(|(_, ranges)| squares(ranges)).collect();
    let all = each.iter().fold([0.0, 0.0], |[a, l], [apart, long]| [a + apart, l + long]);
    (ratio(all), each.into_iter().map(|each| Apart(ratio(each))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::inside::replay::{tests::Quadratic, unedited};

    #[test]
    fn futures_are_told_evenly_up_to_where_the_run_stands() {
        let run = Quadratic::new(140);
        // Two images a step, so that 40 points of five tests are worth 140 steps from the start.
        let told = |step, tests| points(&run, step, tests).into_iter().collect::<Vec<_>>();
        assert_eq!(told(137, 1), [138, 139, 140]);
        assert_eq!(told(0, 1000), [35, 70, 105, 140]);
        assert_eq!(told(0, 5).len(), 40);
        assert_eq!(told(0, 60).len(), 14);
        assert_eq!(told(100, 5).last(), Some(&140));
    }

    #[test]
    fn each_future_is_taken_by_its_own_steps() {
        let run = Quadratic::new(40);
        let others = ["10:none", "10:rate=x2"].map(|text| run.branched(&text.parse().unwrap()));
        let trunk = unedited(&run, 10, &|| true).unwrap().unwrap();
        let [same, other] = others;
        let layers = run.placed();
        let mut futures =
            Futures::of(vec![run.clone(), same, other.clone()], trunk, 10, &layers).unwrap();
        for step in 11..=40 {
            futures.take(step, &|| true).unwrap();
        }
        futures.tell(40).unwrap();
        let (_, states) = futures.ended();
        assert_eq!(states[0].theta, run.ended);
        assert_eq!(states[1].theta, run.ended);
        // The same run from the beginning on.
        let mut whole = other.begin().unwrap();
        (1..=40).for_each(|step| other.take(&mut whole, step).unwrap());
        assert_eq!(states[2].theta, whole.theta);
        assert_eq!((futures.tests(), futures.passes()), (2, 3 * 2 * 2));
        let told = futures.told();
        assert!(told[0] == told[1] && told[2].points[1].apart > 0.0);
        assert_eq!(told[2].points[0].apart.to_bits(), 0.0_f64.to_bits());
        assert_eq!(told[0].points[1].loss.to_bits(), run.ended[2].to_bits());
    }

    #[test]
    fn weights_are_apart_by_their_difference_over_their_length() {
        let layers =
            [("a".to_owned(), vec![0..1, 3..4]), ("b".to_owned(), std::iter::once(1..3).collect())];
        let (all, each) = apart(&layers, &[3.0, 0.0, 0.0, 4.0], &[3.0, 0.0, 0.0, 5.0]);
        assert_eq!(each, [Apart(0.2), Apart(0.0)]);
        assert!((all - 0.2).abs() < 1e-15);
        let (all, each) = apart(&layers, &[1.0, 0.0, 0.0, 0.0], &[1.0, 0.0, 2.0, 0.0]);
        assert!(each[0] == Apart(0.0) && each[1].0.is_infinite() && (all - 2.0).abs() < 1e-15);
    }
}
