//! What is said of a recommender: its ratings, each fold that is judged, and how good its lists are in the end.

use erased_serde::Serialize;

use super::payload::{FoldReport, ListQuality, Ratings, RatingsVerdict};
use crate::{
    narrator::{Narrator, Plain, TableRow, per_second, percent},
    sentence::{counted, grouped},
    stream::{EpochReport, Finished, Payload, Report, Started, StepReport},
    words::column,
};

/// Tells of the recommender.
#[derive(Default)]
pub(super) struct Recommender(Plain);

impl Narrator for Recommender {
    fn hear(&mut self, report: &Report) {
        self.0.hear(report);
    }

    fn started(&self) -> Option<&Started> {
        self.0.started()
    }

    fn material(&self, content: &Payload) -> String {
        content.get::<Ratings>().map_or_else(String::new, |ratings| {
            say!(
                "recommender-model-of-by-people-to-stars",
                name = ratings.name,
                ratings_count = counted(ratings.len(), "rating"),
                items_count = counted(ratings.items.len(), "item"),
                people_count = grouped(ratings.people.len()),
                low = ratings.scale.low,
                high = ratings.scale.high,
                sparsity = format_args!("{:.2}", ratings.sparsity() * 100.0)
            )
        })
    }

    fn epoch(&self, report: &EpochReport) -> Option<TableRow> {
        Some(TableRow {
            headings: say!("recommender-model-epoch-training-rmse-nearest-rating").to_owned(),
            text: format!(
                "  {:>5}  {:>13.4}  {:>20}  {:>9}",
                report.epoch,
                report.train.loss().sqrt(),
                percent(report.train.get(1).unwrap_or(f32::NAN)),
                per_second(report.examples_per_second),
            ),
        })
    }

    fn step(&self, report: &StepReport) -> String {
        let speed = per_second(report.examples_per_second);
        say!(
            "recommender-model-rmse-ratings-s",
            sqrt = format_args!("{:.4}", report.values.loss().sqrt()),
            speed = format_args!("{:>9}", speed)
        )
    }

    fn found(&mut self, found: &Payload) -> Vec<TableRow> {
        let judged =
            found.get::<FoldReport>().and_then(|fold| Some((fold, fold.outcome.as_ref()?)));
        let row = judged.map(|(fold, outcome)| TableRow {
            headings: say!("recommender-model-fold-rmse-mae-biases-rmse").to_owned(),
            text: format!(
                "  {:>4}  {:>6.4}  {:>6.4}  {:>11.4}  {:>12.4}  {:>9.4}  {:>7.4}",
                fold.fold,
                outcome.rmse,
                outcome.mae,
                outcome.bias_rmse,
                outcome.lists.precision,
                outcome.lists.recall,
                outcome.lists.ndcg,
            ),
        });
        row.into_iter().collect()
    }

    fn finished(&self, report: &Finished) -> String {
        let speed = per_second(report.examples_per_second);
        let Some(verdict) = report.verdict.get::<RatingsVerdict>() else {
            return String::new();
        };
        let lists = |name: &str, lists: &ListQuality| {
            say!(
                "recommender-model-precision-10-recall-10-ndcg",
                name = format_args!("{:<22}", column(name)),
                precision = format_args!("{:.4}", lists.precision),
                recall = format_args!("{:.4}", lists.recall),
                ndcg = format_args!("{:.4}", lists.ndcg)
            )
        };
        [
            say!("recommender-model-ratings-s", speed),
            say!(
                "recommender-model-fold-cross-validation-in-s",
                folds = verdict.folds,
                seconds = format_args!("{:.2}", verdict.seconds),
                rmse = format_args!("{:.4}", verdict.rmse),
                rmse_std = format_args!("{:.4}", verdict.rmse_std),
                mae = format_args!("{:.4}", verdict.mae),
                mae_std = format_args!("{:.4}", verdict.mae_std),
                bias_rmse = format_args!("{:.4}", verdict.bias_rmse)
            ),
            lists(say!("recommender-model-its-lists"), &verdict.lists),
            lists(say!("recommender-model-what-biases-predict"), &verdict.bias_lists),
            lists(say!("recommender-model-what-most-people-rated"), &verdict.popular_lists),
        ]
        .join("\n")
    }

    fn found_as_json<'a>(&'a self, found: &'a Payload) -> Option<Box<dyn Serialize + 'a>> {
        Some(Box::new(FoldLine::of(found.get::<FoldReport>()?)?))
    }

    fn verdict_as_json<'a>(&'a self, verdict: &'a Payload) -> Box<dyn Serialize + 'a> {
        Box::new(verdict.get::<RatingsVerdict>().map(|verdict| VerdictPart::of(verdict)))
    }
}

/// What the desk says of a finished run.
pub(super) fn headline(verdict: &Payload) -> String {
    verdict.get::<RatingsVerdict>().map_or_else(String::new, |verdict| {
        say!("recommender-model-rmse", rmse = format_args!("{:.3}", verdict.rmse))
    })
}

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "fold")]
struct FoldLine {
    fold: usize,
    folds: usize,
    ratings: usize,
    rmse: f64,
    mae: f64,
    bias_rmse: f64,
    precision_at_10: f64,
    recall_at_10: f64,
    ndcg_at_10: f64,
    fit_seconds: f64,
    seconds: f64,
}

impl FoldLine {
    /// Only a fold that is judged is told.
    fn of(fold: &FoldReport) -> Option<Self> {
        let outcome = fold.outcome.as_ref()?;
        Some(Self {
            fold: fold.fold,
            folds: fold.folds,
            ratings: outcome.ratings,
            rmse: outcome.rmse,
            mae: outcome.mae,
            bias_rmse: outcome.bias_rmse,
            precision_at_10: outcome.lists.precision,
            recall_at_10: outcome.lists.recall,
            ndcg_at_10: outcome.lists.ndcg,
            fit_seconds: outcome.seconds.0,
            seconds: outcome.seconds.1,
        })
    }
}

#[derive(serde::Serialize)]
struct VerdictPart {
    rmse: f64,
    rmse_std: f64,
    mae: f64,
    mae_std: f64,
    bias_rmse: f64,
    precision_at_10: f64,
    recall_at_10: f64,
    ndcg_at_10: f64,
    popular_precision_at_10: f64,
    popular_ndcg_at_10: f64,
    bias_precision_at_10: f64,
    bias_ndcg_at_10: f64,
    evaluation_seconds: f64,
}

impl VerdictPart {
    fn of(ratings: &RatingsVerdict) -> Self {
        Self {
            rmse: ratings.rmse,
            rmse_std: ratings.rmse_std,
            mae: ratings.mae,
            mae_std: ratings.mae_std,
            bias_rmse: ratings.bias_rmse,
            precision_at_10: ratings.lists.precision,
            recall_at_10: ratings.lists.recall,
            ndcg_at_10: ratings.lists.ndcg,
            popular_precision_at_10: ratings.popular_lists.precision,
            popular_ndcg_at_10: ratings.popular_lists.ndcg,
            bias_precision_at_10: ratings.bias_lists.precision,
            bias_ndcg_at_10: ratings.bias_lists.ndcg,
            evaluation_seconds: ratings.seconds,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{MetricValues, Step};

    #[test]
    fn columns_stand_under_their_headings() {
        let report = EpochReport {
            epoch: 10,
            step: Step(2500),
            train: MetricValues::new(&[0.04, 0.98765]),
            examples_per_second: 5592.4,
            test: None,
        };
        let TableRow { headings, text } = Recommender::default().epoch(&report).unwrap();
        assert_eq!(text, "     10         0.2000                98.8 %      5,592");
        assert_eq!(text.len(), headings.len());
    }
}
