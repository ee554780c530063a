//! What the folds have come to so far, and what they mean together.

use crate::{
    exhibits::recommender::payload::{
        FoldOutcome, FoldReport, ListQuality, RatingsVerdict, StarScale,
    },
    history::{PayloadsOf, Run},
};

/// What is known of a cross-validation.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct CrossValidation {
    /// How many folds there are to be.
    pub(super) folds: usize,
    /// Each fold that has begun, in order.
    pub(super) lines: Vec<FoldLine>,
    /// What they mean together: of those that are judged, and in the end the run's own verdict.
    pub(super) verdict: Option<RatingsVerdict>,
    /// Whether the run is over.
    pub(super) finished: bool,
    /// The scale of the counts.
    pub(super) scale: StarScale,
    /// How often what was predicted, over all folds that are judged, as in [`FoldOutcome::predicted`].
    pub(super) counts: Vec<u32>,
}

/// How far a fold has come.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct FoldLine {
    /// From 1.
    pub(super) fold: usize,
    /// Epochs that have ended.
    pub(super) epoch: u32,
    /// Of the held-out ratings, in stars.
    pub(super) rmse: f64,
    /// Of the same, once it is judged.
    pub(super) mae: Option<f64>,
}

impl CrossValidation {
    /// Of a run.
    pub(super) fn of(run: &Run) -> Self {
        let reports = run.found::<FoldReport>();
        let outcomes: Vec<&FoldOutcome> =
            reports.iter().filter_map(|report| report.outcome.as_ref()).collect();
        let told = run.verdict::<RatingsVerdict>().map(|verdict| **verdict);
        Self {
            folds: reports.last().map_or(0, |report| report.folds),
            lines: lines(reports),
            verdict: told.or_else(|| mean_of(&outcomes)),
            finished: told.is_some(),
            scale: outcomes.first().map(|outcome| outcome.scale).unwrap_or_default(),
            counts: sum_of(&outcomes),
        }
    }

    /// How many folds are judged.
    pub(super) fn done(&self) -> usize {
        self.lines.iter().filter(|line| line.mae.is_some()).count()
    }
}

/// The latest of each fold.
fn lines(reports: PayloadsOf<'_, FoldReport>) -> Vec<FoldLine> {
    let mut lines: Vec<FoldLine> = Vec::new();
    for report in reports.iter() {
        let outcome = report.outcome.as_ref();
        let line = FoldLine {
            fold: report.fold,
            epoch: report.epoch,
            rmse: outcome.map_or(report.test_rmse, |outcome| outcome.rmse),
            mae: outcome.map(|outcome| outcome.mae),
        };
        match lines.iter_mut().find(|known| known.fold == line.fold) {
            Some(known) => *known = line,
            None => lines.push(line),
        }
    }
    lines.sort_by_key(|line| line.fold);
    lines
}

/// Means and standard deviations over folds, as the verdict has them; the time it took is not known yet.
fn mean_of(outcomes: &[&FoldOutcome]) -> Option<RatingsVerdict> {
    if outcomes.is_empty() {
        return None;
    }
    let mean = |of: &dyn Fn(&FoldOutcome) -> f64| {
        outcomes.iter().map(|outcome| of(outcome)).sum::<f64>() / outcomes.len() as f64
    };
    let spread = |of: &dyn Fn(&FoldOutcome) -> f64| {
        let middle = mean(of);
        mean(&|outcome| (of(outcome) - middle).powi(2)).sqrt()
    };
    let lists = |of: &dyn Fn(&FoldOutcome) -> ListQuality| ListQuality {
        precision: mean(&|outcome| of(outcome).precision),
        recall: mean(&|outcome| of(outcome).recall),
        ndcg: mean(&|outcome| of(outcome).ndcg),
    };
    Some(RatingsVerdict {
        folds: outcomes.len(),
        rmse: mean(&|outcome| outcome.rmse),
        rmse_std: spread(&|outcome| outcome.rmse),
        mae: mean(&|outcome| outcome.mae),
        mae_std: spread(&|outcome| outcome.mae),
        bias_rmse: mean(&|outcome| outcome.bias_rmse),
        lists: lists(&|outcome| outcome.lists),
        bias_lists: lists(&|outcome| outcome.bias_lists),
        popular_lists: lists(&|outcome| outcome.popular_lists),
        seconds: 0.0,
    })
}

fn sum_of(outcomes: &[&FoldOutcome]) -> Vec<u32> {
    let mut counts = vec![0; outcomes.first().map_or(0, |outcome| outcome.predicted.len())];
    for outcome in outcomes {
        for (sum, count) in counts.iter_mut().zip(outcome.predicted.iter()) {
            *sum += count;
        }
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{finished, fold},
        *,
    };
    use crate::stream::Report;

    fn run(reports: impl IntoIterator<Item = Report>) -> Run {
        let mut run = Run::new(0);
        reports.into_iter().for_each(|report| run.take(report));
        run
    }

    #[test]
    fn each_fold_has_its_latest_line() {
        let judged = CrossValidation::of(&run([
            fold(2, 1, 0.98, None),
            fold(1, 2, 0.9, Some(0.7)),
            fold(2, 2, 0.95, None),
        ]));
        let lines: Vec<_> =
            judged.lines.iter().map(|line| (line.fold, line.epoch, line.mae)).collect();
        assert_eq!(lines, [(1, 2, Some(0.7)), (2, 2, None)]);
        assert_eq!((judged.folds, judged.done(), judged.finished), (2, 1, false));
        assert_eq!(judged.verdict.map(|verdict| verdict.rmse), Some(0.9));
    }

    #[test]
    fn means_are_of_what_is_judged_until_the_verdict_is_there() {
        let folds = [fold(1, 2, 0.88, Some(0.68)), fold(2, 2, 0.92, Some(0.72))];
        let judged = CrossValidation::of(&run(folds.clone()));
        let verdict = judged.verdict.unwrap();
        assert!((verdict.rmse - 0.9).abs() < 1e-12 && (verdict.rmse_std - 0.02).abs() < 1e-12);
        assert!(
            (verdict.mae_std - 0.02).abs() < 1e-12 && (verdict.lists.precision - 0.3).abs() < 1e-12
        );
        assert_eq!(judged.counts.iter().sum::<u32>(), 2 * 2310);
        let judged = CrossValidation::of(&run(folds.into_iter().chain([finished(0.9, 0.0283)])));
        assert_eq!(judged.verdict.map(|verdict| verdict.rmse_std), Some(0.0283));
        assert!(judged.finished);
    }
}
