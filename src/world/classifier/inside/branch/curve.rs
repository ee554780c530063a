//! Curves over steps: of one future, or of several as their mean with the least and the most.

use crate::inside::{BranchPoint, Future};

/// Points of a curve that are drawn: a stroke each.
pub(super) const POINTS: usize = 24;

/// A curve with what lies around it: step, mean, least and most.
pub(super) type Curve = Vec<[f64; 4]>;

/// From the least to the most, and a step where that is nothing.
pub(super) fn span(steps: impl Iterator<Item = f64>) -> (f64, f64) {
    let ends = steps.fold((f64::MAX, f64::MIN), |(a, b), step| (a.min(step), b.max(step)));
    if ends.0 < ends.1 { ends } else { (ends.0, ends.0 + 1.0) }
}

/// So many of the points at most, the last among them.
pub(super) fn thinned(points: &[BranchPoint], of: impl Fn(&BranchPoint) -> [f64; 3]) -> Curve {
    let every = points.len().div_ceil(POINTS).max(1);
    let some = points.iter().rev().step_by(every);
    let mut curve: Curve = some
        .map(|point| {
            let [mean, least, most] = of(point);
            [point.step as f64, mean, least, most]
        })
        .collect();
    curve.reverse();
    curve
}

/// Mean, least and most of some futures at each step.
pub(super) fn curve(futures: &[Future], value: &dyn Fn(&BranchPoint) -> f64) -> Curve {
    over(futures, &|point, _| value(point))
}

/// The same of how much more than the run's.
pub(super) fn differences(
    futures: &[Future],
    run: &Future,
    value: &dyn Fn(&BranchPoint) -> f64,
) -> Curve {
    over(futures, &|point, at| run.points.get(at).map_or(f64::NAN, |run| value(point) - value(run)))
}

fn over(futures: &[Future], of: &dyn Fn(&BranchPoint, usize) -> f64) -> Curve {
    let Some(first) = futures.first() else { return Vec::new() };
    let at = |step: u64| {
        let values = futures.iter().filter_map(|future| {
            let at = future.points.iter().position(|point| point.step == step)?;
            Some(of(future.points.get(at)?, at))
        });
        let values: Vec<f64> = values.collect();
        let mean = values.iter().sum::<f64>() / values.len().max(1) as f64;
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        [mean, least, values.iter().copied().fold(f64::NEG_INFINITY, f64::max)]
    };
    thinned(&first.points, |point| at(point.step))
}

/// Where it is a number.
pub(super) fn middle(curve: &[[f64; 4]]) -> Vec<(f64, f64)> {
    let known = curve.iter().filter(|[_, mean, ..]| mean.is_finite());
    known.map(|[step, mean, ..]| (*step, *mean)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inside::McNemar;

    fn future(accuracies: &[f32]) -> Future {
        let point = |(at, accuracy): (usize, &f32)| BranchPoint {
            step: 10 * at as u64,
            loss: 1.0,
            accuracy: *accuracy,
            apart: 0.0,
            apart_of: Vec::new(),
            otherwise: 0,
        };
        Future {
            points: accuracies.iter().enumerate().map(point).collect(),
            answers: McNemar::default(),
            changed: Vec::new(),
            logits: Vec::new(),
            units: Vec::new(),
        }
    }

    #[test]
    fn several_seeds_are_their_mean_with_least_and_most() {
        let value = |point: &BranchPoint| f64::from(point.accuracy);
        let seeds = [future(&[0.5, 0.75]), future(&[0.5, 0.25]), future(&[0.5, 0.5])];
        assert_eq!(curve(&seeds, &value), [[0.0, 0.5, 0.5, 0.5], [10.0, 0.5, 0.25, 0.75]]);
        let run = future(&[0.5, 0.25]);
        assert_eq!(
            differences(&seeds, &run, &value),
            [[0.0, 0.0, 0.0, 0.0], [10.0, 0.25, 0.0, 0.5]]
        );
    }

    #[test]
    fn a_curve_of_many_points_ends_at_its_last() {
        let points = future(&[0.5; 41]).points;
        let curve = thinned(&points, |point| [f64::from(point.accuracy); 3]);
        assert!(curve.len() <= POINTS);
        assert_eq!(curve.last().unwrap()[0], 400.0);
        assert_eq!(span([3.0].into_iter()), (3.0, 4.0));
    }
}
