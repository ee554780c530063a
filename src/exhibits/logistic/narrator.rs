//! What is said of a table's model: its table, each C with its folds, and its verdict on the rows that were held out.

use std::iter;

use erased_serde::Serialize;

use super::payload::{Table, TableVerdict, TuneReport};
use crate::{
    narrator::{Narrator, Plain, TableRow, epoch_row, per_second},
    sentence::{counted, grouped, percent_of},
    stream::{EpochReport, Finished, Payload, Report, Started, StepReport},
    words::enumerated,
};

/// A small table is passed millions of rows a second.
const SPEED_WIDTH: usize = 12;

/// Tells of a table.
#[derive(Default)]
pub(super) struct Logistic {
    plain: Plain,
    /// The folds so far of the C that is tried.
    tuned: Vec<TuneReport>,
    /// Whether C has been looked for; what follows is of the end.
    looked_for: bool,
}

impl Narrator for Logistic {
    fn hear(&mut self, report: &Report) {
        self.plain.hear(report);
        if let Report::Started(_) = report {
            (self.tuned, self.looked_for) = (Vec::new(), false);
        }
    }

    fn started(&self) -> Option<&Started> {
        self.plain.started()
    }

    fn material(&self, content: &Payload) -> String {
        content.get::<Table>().map_or_else(String::new, |table| {
            say!(
                "logistic-model-of-columns-to-tell-from",
                name = table.name,
                rows = counted(table.rows, "row"),
                features_count = grouped(table.features.len()),
                label = table.label,
                classes = enumerated(&table.classes)
            )
        })
    }

    fn epoch(&self, report: &EpochReport) -> Option<TableRow> {
        let started = self.started()?;
        let wanted = is_worth_a_line(report.epoch, started.epochs) && !self.looked_for;
        wanted.then(|| epoch_row(started, report, SPEED_WIDTH))
    }

    fn step(&self, report: &StepReport) -> String {
        let speed = per_second(report.examples_per_second);
        say!(
            "logistic-model-loss-rows-s",
            loss = format_args!("{:.4}", report.values.loss()),
            speed = format_args!("{:>9}", speed)
        )
    }

    fn found(&mut self, found: &Payload) -> Vec<TableRow> {
        let Some(tuned) = found.get::<TuneReport>() else {
            return Vec::new();
        };
        self.tuned.push(**tuned);
        if self.tuned.len() < tuned.folds {
            return Vec::new();
        }
        self.looked_for = true;
        vec![of_one_c(&std::mem::take(&mut self.tuned))]
    }

    fn finished(&self, report: &Finished) -> String {
        report
            .verdict
            .get::<TableVerdict>()
            .map_or_else(String::new, |table| verdict(report, table))
    }

    fn found_as_json<'a>(&'a self, found: &'a Payload) -> Option<Box<dyn Serialize + 'a>> {
        Some(Box::new(TunedLine { tuned: **found.get::<TuneReport>()? }))
    }

    fn verdict_as_json<'a>(&'a self, verdict: &'a Payload) -> Box<dyn Serialize + 'a> {
        Box::new(verdict.get::<TableVerdict>().cloned())
    }
}

/// What the desk says of a finished run.
pub(super) fn headline(verdict: &Payload) -> String {
    verdict.get::<TableVerdict>().map_or_else(String::new, |verdict| {
        say!("logistic-model-right", accuracy = percent_of(verdict.accuracy))
    })
}

#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "tuned")]
struct TunedLine {
    #[serde(flatten)]
    tuned: TuneReport,
}

fn verdict(report: &Finished, table: &TableVerdict) -> String {
    let [auc, precision, recall, f1] =
        [table.auc, table.precision, table.recall, table.f1].map(or_dash);
    let said = say!(
        "logistic-model-rows-s-the-rows-that",
        examples_per_second = per_second(report.examples_per_second),
        accuracy = format_args!("{:.4}", table.accuracy),
        log_loss = format_args!("{:.4}", table.log_loss),
        auc,
        precision,
        recall,
        f1,
        iterations = counted(table.iterations, "iteration"),
        fit_milliseconds = format_args!("{:.2}", table.fit_milliseconds),
        best_c = to_four_digits(table.best_c),
        majority_accuracy = format_args!("{:.4}", table.majority_accuracy),
        neighbours_accuracy = format_args!("{:.4}", table.neighbours_accuracy)
    );
    let minimum = table.not_converged().map(|words| say!("logistic-model-the-minimum-was", words));
    let remarks = table.not_defined.sentences().chain(minimum);
    iter::once(said).chain(remarks).collect::<Vec<_>>().join("\n  ")
}

/// A share, or a dash where it is not defined.
fn or_dash(share: Option<f64>) -> String {
    share.map_or_else(|| "–".to_owned(), |share| format!("{share:.4}"))
}

/// All folds of a value of C: means and standard deviations.
fn of_one_c(folds: &[TuneReport]) -> TableRow {
    let (loss, loss_std) = mean_and_std(folds, |fold| fold.log_loss);
    let (accuracy, accuracy_std) = mean_and_std(folds, |fold| fold.accuracy);
    // A fold of one class alone has no curve.
    let curves: Vec<f64> = folds.iter().filter_map(|fold| fold.auc).collect();
    let sum: f64 = curves.iter().sum();
    let auc = or_dash((!curves.is_empty()).then(|| sum / curves.len() as f64));
    let (train_loss, _) = mean_and_std(folds, |fold| fold.train_log_loss);
    let iterations: usize = folds.iter().map(|fold| fold.iterations).sum();
    TableRow {
        headings: say!("logistic-model-c-log-loss-training-loss").to_owned(),
        text: format!(
            "  {:>9.4}  {loss:>6.4} ± {loss_std:<6.4}  {train_loss:>13.4}  {accuracy:>6.4} ± {accuracy_std:<6.4}  {auc:>6}  {iterations:>10}",
            folds.first().map_or(0.0, |fold| fold.c),
        ),
    }
}

/// Mean and standard deviation from fold to fold.
fn mean_and_std(folds: &[TuneReport], of: impl Fn(&TuneReport) -> f64) -> (f64, f64) {
    let count = folds.len().max(1) as f64;
    let mean = folds.iter().map(&of).sum::<f64>() / count;
    let variance = folds.iter().map(|fold| (of(fold) - mean).powi(2)).sum::<f64>() / count;
    (mean, variance.sqrt())
}

/// Whether an epoch gets a line: of a table, which may have thousands, the first, second, fifth, tenth and so on, and the
/// last.
fn is_worth_a_line(epoch: u32, epochs: u32) -> bool {
    let unit = 10_u32.pow(epoch.max(1).ilog10());
    let round = epoch.is_multiple_of(unit) && matches!(epoch / unit, 1 | 2 | 5);
    round || epoch == epochs
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::golden::kept;

    #[test]
    fn folds_are_told_together() {
        let fold = |fold: usize, log_loss: f64| {
            Payload::new(TuneReport {
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
            })
        };
        let mut logistic = Logistic::default();
        assert_eq!(logistic.found(&fold(1, 0.08)), []);
        let rows = logistic.found(&fold(2, 0.1));
        let [TableRow { headings, text }] = &rows[..] else { panic!("one line for both") };
        assert_eq!(text.chars().count(), headings.len());
        let line = serde_json::to_string(&logistic.found_as_json(&fold(1, 0.08)).unwrap()).unwrap();
        kept("logistic-folds", &format!("{headings}\n{text}\n{line}"));
    }

    #[test]
    fn few_of_many_epochs_get_a_line() {
        let told: Vec<u32> = (1..=70).filter(|epoch| is_worth_a_line(*epoch, 70)).collect();
        assert_eq!(told, [1, 2, 5, 10, 20, 50, 70]);
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
}
