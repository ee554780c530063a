//! The curves of the error: of what is learned, of what is held out, and the biases alone.

use std::collections::VecDeque;

use bevy::prelude::*;

use crate::{
    exhibits::recommender::payload::{FoldReport, Ratings, RatingsVerdict},
    history::StepScalars,
    stream::{RunId, Started, Step},
    world::{
        display::{AxisSpan, Chart},
        link::ShownRun,
        scrub,
        timeline::Timeline,
    },
};

/// The curves of the chart: errors while learning, errors of what is held out, and those of the biases alone.
pub(super) const TRAINING: usize = 0;
pub(super) const HELD_OUT: usize = 1;
const BIASES: usize = 2;
/// The axis of values ends at whole multiples of this many stars.
const STARS_STEP: f64 = 0.1;
/// Less than one part of so many of an epoch are few ratings.
const FEW: u64 = 20;

/// What the chart has drawn of which run.
#[derive(Component, Default)]
pub(super) struct Curves {
    pub(super) run: Option<RunId>,
    drawn: Step,
    folds: usize,
    judged: bool,
    recent: Recent,
    /// The least and the greatest value so far, in stars.
    ends: Option<(f64, f64)>,
}

/// The errors of as many steps as an epoch has: each rating counts once, wherever in the epoch one is.
#[derive(Default)]
struct Recent {
    /// Steps and the sum of their squared errors, in stars².
    chunks: VecDeque<(u64, f64)>,
    steps: u64,
    squares: f64,
}

impl Recent {
    /// Adds the mean squared error of some steps; returns the root of the mean over all that count now.
    fn add(&mut self, steps: u64, mean_square: f64, most_steps: u64) -> f64 {
        self.chunks.push_back((steps, mean_square * steps as f64));
        self.steps += steps;
        self.squares += mean_square * steps as f64;
        while self.steps > most_steps.max(1)
            && let Some((steps, squares)) = self.chunks.pop_front()
        {
            self.steps -= steps;
            self.squares -= squares;
        }
        (self.squares.max(0.0) / self.steps.max(1) as f64).sqrt()
    }
}

/// Adds what the run has and the chart has not; a new run begins on an empty chart.
pub(super) fn draw_curves(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    mut charts: Query<(&mut Chart, &mut Curves)>,
) {
    let Some(started) = run.0.started().filter(|_| run.0.material::<Ratings>().is_some()) else {
        return;
    };
    for (mut chart, mut curves) in &mut charts {
        if curves.run != Some(started.run) {
            chart.clear();
            chart.x.span = AxisSpan::Fixed { low: 0.0, high: last_step(started) as f64 };
            *curves = Curves { run: Some(started.run), ..default() };
        }
        for step in run.0.scalars().after(curves.drawn) {
            curves.draw_step(&mut chart, step, started.steps_per_epoch);
        }
        for fold in run.0.found::<FoldReport>().after(curves.folds) {
            curves.draw_fold(&mut chart, fold, started.steps_per_epoch);
        }
        if let Some(verdict) = run.0.verdict::<RatingsVerdict>()
            && !curves.judged
        {
            curves.judged = true;
            for step in [0, last_step(started)] {
                curves.push(&mut chart, BIASES, step, verdict.bias_rmse);
            }
        }
        scrub::mark_shown(&mut chart, &run, &timeline);
    }
}

pub(super) fn last_step(started: &Started) -> u64 {
    u64::from(started.epochs) * started.steps_per_epoch
}

impl Curves {
    fn draw_step(&mut self, chart: &mut Chart, step: StepScalars, steps_per_epoch: u64) {
        let steps = step.step.0.saturating_sub(self.drawn.0).max(1);
        let rmse = self.recent.add(steps, f64::from(step.values.loss()), steps_per_epoch);
        chart.push(TRAINING, step.step.0, rmse as f32);
        // The first few ratings of a run say little, and would press all that follows together.
        if self.recent.steps * FEW >= steps_per_epoch {
            self.span(chart, rmse);
        }
        self.drawn = step.step;
    }

    /// All folds after an epoch share a place: their mean is the line, their least and greatest the band about it.
    fn draw_fold(&mut self, chart: &mut Chart, fold: &FoldReport, steps_per_epoch: u64) {
        let step = u64::from(fold.epoch) * steps_per_epoch;
        self.push(chart, HELD_OUT, step, fold.test_rmse);
        self.folds += 1;
    }

    fn push(&mut self, chart: &mut Chart, series: usize, step: u64, rmse: f64) {
        chart.push(series, step, rmse as f32);
        self.span(chart, rmse);
    }

    /// Makes room for a value.
    fn span(&mut self, chart: &mut Chart, rmse: f64) {
        if rmse.is_finite() {
            let (low, high) = self.ends.unwrap_or((rmse, rmse));
            let ends = (low.min(rmse), high.max(rmse));
            self.ends = Some(ends);
            chart.y.span = span_about(ends);
        }
    }
}

/// The span from the next round number below to the next above.
fn span_about((low, high): (f64, f64)) -> AxisSpan {
    let low = (low / STARS_STEP).floor() * STARS_STEP;
    let high = ((high / STARS_STEP).ceil() * STARS_STEP).max(low + STARS_STEP);
    AxisSpan::Fixed { low, high }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_is_that_of_the_last_epoch() {
        let mut recent = Recent::default();
        assert_eq!(recent.add(10, 4.0, 20), 2.0);
        assert_eq!(recent.add(10, 0.0, 20), 2.0_f64.sqrt());
        assert_eq!(recent.add(10, 1.0, 20), 0.5_f64.sqrt());
        assert_eq!(recent.chunks.len(), 2);
    }

    #[test]
    fn the_axis_ends_at_tenths_of_a_star() {
        let AxisSpan::Fixed { low, high } = span_about((0.64, 1.041)) else {
            panic!("it grows");
        };
        assert!((low - 0.6).abs() < 1e-9 && (high - 1.1).abs() < 1e-9);
        assert_eq!(span_about((0.5, 0.5)), AxisSpan::Fixed { low: 0.5, high: 0.6 });
    }
}
