//! What the terminal says, in words and columns.

use crate::{
    sentence,
    stream::{
        EpochReport, Example, Fate, Finished, FoldReport, ListQuality, Material, RatingsVerdict,
        Runner, RunnerStep, RunnerVerdict, Stage, StageReport, Started, StepReport, Surface,
        TuneReport, Verdict,
    },
};
use indicatif::HumanCount;

/// The first line of the table of epochs.
pub(super) fn epoch_headings(example: Example) -> &'static str {
    match example {
        Example::Image => {
            "  epoch  training loss  training accuracy  test loss  test accuracy  images/s"
        }
        Example::Rating => "  epoch  training RMSE  nearest rating right  ratings/s",
        // A descent has no epochs.
        Example::Point => "",
        Example::Row => {
            "  epoch  training loss  training accuracy  test loss  test accuracy        rows/s"
        }
    }
}

/// One line of the table of epochs.
pub(super) fn epoch(example: Example, report: &EpochReport) -> String {
    // Text, since the count itself takes no width.
    let speed = HumanCount(report.examples_per_second.round() as u64).to_string();
    let trained = percent(report.train_accuracy);
    let (loss, accuracy) = report.test.as_ref().map_or_else(
        || ("–".to_owned(), "–".to_owned()),
        |test| (format!("{:.4}", test.loss), percent(test.accuracy)),
    );
    match example {
        Example::Image => format!(
            "  {:>5}  {:>13.4}  {trained:>17}  {loss:>9}  {accuracy:>13}  {speed:>8}",
            report.epoch, report.train_loss,
        ),
        Example::Rating => format!(
            "  {:>5}  {:>13.4}  {trained:>20}  {speed:>9}",
            report.epoch,
            report.train_loss.sqrt(),
        ),
        Example::Point => String::new(),
        Example::Row => format!(
            "  {:>5}  {:>13.4}  {trained:>17}  {loss:>9}  {accuracy:>13}  {speed:>12}",
            report.epoch, report.train_loss,
        ),
    }
}

/// The first line of the table of folds.
pub(super) const FOLD_HEADINGS: &str =
    "  fold    RMSE     MAE  biases RMSE  precision@10  recall@10  NDCG@10";

/// One line of the table of folds; none while the fold still learns.
pub(super) fn fold(report: &FoldReport) -> Option<String> {
    let outcome = report.outcome.as_ref()?;
    Some(format!(
        "  {:>4}  {:>6.4}  {:>6.4}  {:>11.4}  {:>12.4}  {:>9.4}  {:>7.4}",
        report.fold,
        outcome.rmse,
        outcome.mae,
        outcome.bias_rmse,
        outcome.lists.precision,
        outcome.lists.recall,
        outcome.lists.ndcg,
    ))
}

/// What is going to be learned, and with what.
pub(super) fn started(report: &Started) -> String {
    // A surface may be a formula, with nothing to sum over.
    let learned = match (report.example, report.train_examples) {
        (Example::Point, 0) => "a formula".to_owned(),
        (example, count) => format!("{} {}", HumanCount(count as u64), example.plural()),
    };
    format!(
        "{}: {} parameters learn {learned} on {} with {}, seed {}, batch {}, learning rate {}",
        report.exhibit.name(),
        HumanCount(report.parameters as u64),
        report.device,
        counted(report.threads as u64, "thread"),
        report.seed,
        report.batch,
        report.learning_rate,
    )
}

/// What a run is about, and what is odd about its data in lines of its own.
pub(super) fn material(material: &Material) -> String {
    let said = match material {
        Material::Images(test_set) => format!(
            "{}: {} of {}×{} pixels to be tested on, {}",
            test_set.name,
            counted(test_set.len() as u64, "image"),
            test_set.width,
            test_set.height,
            counted(test_set.classes.len() as u64, "class"),
        ),
        Material::Ratings(ratings) => format!(
            "{}: {} of {} by {} people, {} to {} stars; {:.2} % of all pairs are unrated",
            ratings.name,
            counted(ratings.len() as u64, "rating"),
            counted(ratings.items.len() as u64, "item"),
            HumanCount(ratings.people.len() as u64),
            ratings.scale.low,
            ratings.scale.high,
            ratings.sparsity() * 100.0,
        ),
        Material::Surface(surface) => {
            let problem = surface.problems.get(surface.settings.problem);
            problem.map_or_else(String::new, |problem| {
                format!("{} ({})", problem.title, problem.source)
            })
        }
        Material::Table(table) => format!(
            "{}: {} of {} columns, to tell {} from the others: {}",
            table.name,
            counted(table.rows as u64, "row"),
            HumanCount(table.features.len() as u64),
            table.label,
            table.classes.join(", "),
        ),
    };
    let remarks = material.remarks().iter().map(String::as_str);
    std::iter::once(said.as_str()).chain(remarks).collect::<Vec<_>>().join("\n")
}

/// A stage that is done, with what it did.
pub(super) fn stage(report: &StageReport) -> String {
    let number = Stage::ALL.iter().take_while(|stage| **stage != report.stage).count() + 1;
    let facts: Vec<_> =
        report.facts.iter().map(|fact| format!("{}: {}", fact.name, fact.value)).collect();
    format!("{number}/{} {}  {}", Stage::ALL.len(), stage_name(report.stage), facts.join(" · "))
}

/// How a stage is called, padded to the longest.
fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Preprocess => "Preprocess",
        Stage::Build => "Build     ",
        Stage::Initialise => "Initialise",
        Stage::Train => "Train     ",
        Stage::Evaluate => "Evaluate  ",
    }
}

/// What stands beside a bar while it grows.
pub(super) fn step(example: Example, report: &StepReport) -> String {
    let speed = HumanCount(report.examples_per_second.round() as u64).to_string();
    match example {
        Example::Image => format!(
            "loss {:.4}  accuracy {:>7}  {speed:>6} images/s",
            report.loss,
            percent(report.accuracy),
        ),
        Example::Rating => format!("RMSE {:.4}  {speed:>9} ratings/s", report.loss.sqrt()),
        Example::Point => {
            format!("loss {:.6} of the first that still goes  {speed} steps/s", report.loss)
        }
        Example::Row => format!("loss {:.4}  {speed:>9} rows/s", report.loss),
    }
}

/// The last line.
///
/// `surface` is what was descended, if anything was.
pub(super) fn finished(report: &Finished, surface: Option<&Surface>) -> String {
    let steps = counted(report.steps.0, "step");
    let speed = HumanCount(report.examples_per_second.round() as u64);
    match &report.verdict {
        Verdict::Classes { accuracy, loss } => format!(
            "Finished: {steps} in {:.1} s, test accuracy {}, test loss {loss:.4}, {speed} images/s",
            report.seconds,
            percent(*accuracy),
        ),
        Verdict::Ratings(ratings) => format!(
            "Finished: {steps} in {:.1} s, {speed} ratings/s\n{}",
            report.seconds,
            ratings_verdict(ratings),
        ),
        Verdict::Descent(runners) => {
            let lowest = surface.and_then(|surface| surface.minimum.as_ref()).map(|minimum| {
                let place = place(minimum.theta);
                format!(
                    "  {:<16}  {:21}  {place}  {:>12}  {}",
                    "Lowest point",
                    "",
                    number(minimum.loss),
                    minimum.how
                )
            });
            let first = format!("Finished: {steps} in {:.1} s, {speed} steps/s", report.seconds);
            [first, RUNNER_HEADINGS.to_owned()]
                .into_iter()
                .chain(runners.iter().flatten().map(|verdict| runner(verdict, surface)))
                .chain(lowest)
                .collect::<Vec<_>>()
                .join("\n")
        }
        Verdict::Table(table) => {
            let [auc, precision, recall, f1] =
                [table.auc, table.precision, table.recall, table.f1].map(or_dash);
            let said = format!(
                "Finished: {steps} in {:.1} s, {speed} rows/s\n  the rows that were held out: accuracy {:.4}, log loss {:.4}, AUC {auc}, precision {precision}, recall {recall}, F1 {f1}\n  L-BFGS: {} in {:.2} ms; the best C over the folds: {}\n  accuracy of the most frequent class {:.4}, of the nearest rows {:.4}",
                report.seconds,
                table.accuracy,
                table.log_loss,
                counted(table.iterations as u64, "iteration"),
                table.fit_milliseconds,
                to_four_digits(table.best_c),
                table.majority_accuracy,
                table.neighbours_accuracy,
            );
            let minimum = table.not_converged().map(|words| format!("the minimum was {words}"));
            let remarks = table.not_defined.sentences().chain(minimum);
            remarks.fold(said, |said, remark| format!("{said}\n  {remark}"))
        }
    }
}

/// A share, or a dash where it is not defined.
fn or_dash(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share:.4}"))
}

/// The first line of the table of runners.
const RUNNER_HEADINGS: &str =
    "  runner            end of its way         final θ₀            θ₁          loss    ‖∇J‖";

/// One line of the table of runners.
fn runner(verdict: &RunnerVerdict, surface: Option<&Surface>) -> String {
    let end = match verdict.fate {
        Fate::Converged => format!("converged after {}", HumanCount(verdict.steps)),
        Fate::Diverged => format!("diverged after {}", HumanCount(verdict.steps)),
        Fate::Going => format!("still going at {}", HumanCount(verdict.steps)),
    };
    let minimum = surface.and_then(|surface| surface.minimum.as_ref());
    let rests = minimum.is_some_and(|minimum| verdict.rests_above(minimum));
    let remark = if rests { "  level, but not the lowest" } else { "" };
    format!(
        "  {:<16}  {end:<21}  {}  {:>12}  {:>6.0e}{remark}",
        verdict.runner.name(),
        place(verdict.theta),
        number(verdict.loss),
        verdict.gradient_norm,
    )
}

/// Both parameters, in columns.
fn place([first, second]: [f64; 2]) -> String {
    format!("{:>12}  {:>12}", number(first), number(second))
}

/// A number that may have flown off.
fn number(number: f64) -> String {
    if number.abs() < 1e5 { format!("{number:.6}") } else { format!("{number:.3e}") }
}

/// Who has arrived or flown off, after how many steps.
pub(super) fn ended(surface: &Surface, runner: Runner, steps: u64, step: &RunnerStep) -> String {
    let (name, steps) = (runner.name(), counted(steps, "step"));
    if step.fate == Fate::Diverged {
        let why = surface.why_diverged(runner, step.rate);
        // A rate that is proposed to somebody must not be the one that they have.
        let proposed = (step.rate > surface.usual_rate)
            .then(|| format!("; try --learning-rate {}", sentence::number(surface.usual_rate)));
        return format!("  {name} diverged after {steps}: {why}{}", proposed.unwrap_or_default());
    }
    format!("  {name} converged after {steps}: ‖∇J‖ is below {:e}", surface.tolerance)
}

/// All folds of a value of C: means and standard deviations.
pub(super) fn tuned(folds: &[TuneReport]) -> String {
    let (loss, loss_std) = mean_and_std(folds, |fold| fold.log_loss);
    let (accuracy, accuracy_std) = mean_and_std(folds, |fold| fold.accuracy);
    // A fold of one class alone has no curve.
    let curves: Vec<f64> = folds.iter().filter_map(|fold| fold.auc).collect();
    let sum: f64 = curves.iter().sum();
    let auc = or_dash((!curves.is_empty()).then(|| sum / curves.len() as f64));
    let (train_loss, _) = mean_and_std(folds, |fold| fold.train_log_loss);
    let iterations: usize = folds.iter().map(|fold| fold.iterations).sum();
    format!(
        "  {:>9.4}  {loss:>6.4} ± {loss_std:<6.4}  {train_loss:>13.4}  {accuracy:>6.4} ± {accuracy_std:<6.4}  {auc:>6}  {iterations:>10}",
        folds.first().map_or(0.0, |fold| fold.c),
    )
}

/// The first line of the table of that search.
pub(super) const TUNE_HEADINGS: &str =
    "          C         log loss  training loss         accuracy     AUC  iterations";

/// Mean and standard deviation from fold to fold.
fn mean_and_std(folds: &[TuneReport], of: impl Fn(&TuneReport) -> f64) -> (f64, f64) {
    let count = folds.len().max(1) as f64;
    let mean = folds.iter().map(&of).sum::<f64>() / count;
    let variance = folds.iter().map(|fold| (of(fold) - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt())
}

/// Whether an epoch gets a line: of a table, which may have thousands, the first, second, fifth, tenth and so on, and the
/// last.
pub(super) fn is_worth_a_line(example: Example, epoch: u32, epochs: u32) -> bool {
    let unit = 10_u32.pow(epoch.max(1).ilog10());
    let round = epoch.is_multiple_of(unit) && matches!(epoch / unit, 1 | 2 | 5);
    example != Example::Row || round || epoch == epochs
}

/// A number that may be large or small, to four digits.
fn to_four_digits(number: f64) -> String {
    let digits = 3 - number.abs().max(f64::MIN_POSITIVE).log10().floor() as i32;
    let rounded = format!("{number:.*}", digits.clamp(0, 12) as usize);
    if rounded.contains('.') {
        rounded.trim_end_matches('0').trim_end_matches('.').to_owned()
    } else {
        rounded
    }
}

fn ratings_verdict(ratings: &RatingsVerdict) -> String {
    let lists = |name: &str, lists: &ListQuality| {
        format!(
            "  {name:<22} precision@10 {:.4}  recall@10 {:.4}  NDCG@10 {:.4}",
            lists.precision, lists.recall, lists.ndcg
        )
    };
    [
        format!(
            "{}-fold cross-validation in {:.2} s: RMSE {:.4} ± {:.4} stars, MAE {:.4} ± {:.4} stars; biases alone reach RMSE {:.4}",
            ratings.folds,
            ratings.seconds,
            ratings.rmse,
            ratings.rmse_std,
            ratings.mae,
            ratings.mae_std,
            ratings.bias_rmse,
        ),
        lists("its lists", &ratings.lists),
        lists("what biases predict", &ratings.bias_lists),
        lists("what most people rated", &ratings.popular_lists),
    ]
    .join("\n")
}

fn percent(share: f32) -> String {
    format!("{:.1} %", share * 100.0)
}

/// A count with its noun.
fn counted(count: u64, noun: &str) -> String {
    let plural = match (count, noun.ends_with('s')) {
        (1, _) => "",
        (_, false) => "s",
        (_, true) => "es",
    };
    format!("{} {noun}{plural}", HumanCount(count))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use crate::stream::{Fact, Step, TestReport, WatchCost};

    use super::*;

    #[test]
    fn nouns_follow_their_count() {
        let rows = [
            (1, "step", "1 step"),
            (2500, "step", "2,500 steps"),
            (10, "class", "10 classes"),
            (0, "image", "0 images"),
        ];
        for (count, noun, words) in rows {
            assert_eq!(counted(count, noun), words);
        }
    }

    #[test]
    fn columns_stand_under_their_headings() {
        let report = EpochReport {
            epoch: 10,
            step: Step(2500),
            train_loss: 0.04,
            train_accuracy: 0.98765,
            examples_per_second: 5592.4,
            test: Some(TestReport {
                loss: 0.131,
                accuracy: 1.0,
                confusion: Arc::from([]),
                mistakes: Arc::from([]),
            }),
        };
        let line = epoch(Example::Image, &report);
        assert_eq!(
            line,
            "     10         0.0400             98.8 %     0.1310        100.0 %     5,592"
        );
        assert_eq!(line.len(), epoch_headings(Example::Image).len());
        let line = epoch(Example::Rating, &EpochReport { test: None, ..report });
        assert_eq!(line, "     10         0.2000                98.8 %      5,592");
        assert_eq!(line.len(), epoch_headings(Example::Rating).len());
    }

    #[test]
    fn folds_are_told_together() {
        let fold = |fold: usize, log_loss: f64| TuneReport {
            c: 0.1,
            place: 2,
            fold,
            folds: 2,
            rows: (50, 50),
            train_log_loss: 0.05,
            log_loss,
            accuracy: 0.95,
            auc: (fold == 1).then_some(0.99),
            iterations: 12,
            fit_milliseconds: 1.0,
        };
        let line = tuned(&[fold(1, 0.08), fold(2, 0.1)]);
        assert_eq!(
            line,
            "     0.1000  0.0900 ± 0.0100         0.0500  0.9500 ± 0.0000  0.9900          24"
        );
        assert_eq!(line.chars().count(), TUNE_HEADINGS.len());
    }

    #[test]
    fn few_of_many_epochs_get_a_line() {
        let told = |example| -> Vec<u32> {
            (1..=70).filter(|epoch| is_worth_a_line(example, *epoch, 70)).collect()
        };
        assert_eq!(told(Example::Row), [1, 2, 5, 10, 20, 50, 70]);
        assert_eq!(told(Example::Image).len(), 70);
    }

    #[test]
    fn numbers_of_any_size_have_four_digits() {
        let rows = [
            (1.0, "1"),
            (0.001, "0.001"),
            (31.6227766, "31.62"),
            (0.31622776, "0.3162"),
            (100.0, "100"),
        ];
        for (number, words) in rows {
            assert_eq!(to_four_digits(number), words);
        }
    }

    #[test]
    fn a_stage_says_what_it_did() {
        let fact = |name, value: &str| Fact { name, value: value.to_owned() };
        let report = StageReport {
            stage: Stage::Build,
            done: true,
            facts: vec![fact("Parameters", "54,410"), fact("Layers", "5")],
        };
        assert_eq!(stage(&report), "2/5 Build       Parameters: 54,410 · Layers: 5");
    }

    #[test]
    fn the_last_line_has_every_figure() {
        let report = Finished {
            steps: Step(2500),
            verdict: Verdict::Classes { accuracy: 0.9615, loss: 0.1312 },
            examples_per_second: 5591.6,
            seconds: 14.26,
            cost: WatchCost::default(),
        };
        assert_eq!(
            finished(&report, None),
            "Finished: 2,500 steps in 14.3 s, test accuracy 96.2 %, test loss 0.1312, 5,592 images/s"
        );
    }
}
