//! Judges a table's model a slice at a time: finishes it, searches for C over folds, compares it with baselines.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use crate::{
    exhibits::logistic::{
        data::Raw,
        metrics,
        model::{
            answer::{AskedRows, told},
            lbfgs::{End, Lbfgs, Limits},
            neighbours::{asking, right},
            prepare::Prepared,
            ready::unbounded,
        },
        payload::{NotDefined, Penalty, TableTest, TableVerdict, TuneReport},
    },
    learning::TrainError,
    stream::Payload,
    words::{Phrase, Word},
};

/// How long a slice goes on; a single iteration over a large table may take longer.
const SLICE: Duration = Duration::from_millis(15);

/// When the model that is judged is finished: the coefficients are then those of the minimum to some six digits.
pub(super) const FINISH: Limits =
    Limits { tolerance: 1e-7, iterations: 10_000, until_parted: false };
/// No digit that is told changes any more when J is at most this above its minimum.
const NEAR_ENOUGH: f64 = 1e-9;
/// When a fold is: what is told of it has four digits.
const FOLD: Limits = Limits { tolerance: 1e-5, iterations: 1000, until_parted: false };

/// How far the judgement has come.
pub(super) struct Judge {
    stage: JudgingStage,
    fit_time: Duration,
    finished: Option<Lbfgs>,
    /// What the folds came to, C by C.
    tuned: Vec<TuneReport>,
    /// Where each fold's search ended, which is where it begins for the next C.
    warm: Vec<Vec<f64>>,
    right_by_neighbours: usize,
}

enum JudgingStage {
    Finish(Lbfgs),
    Tune { place: usize, fold: usize, search: Lbfgs, time: Duration },
    Neighbours { next: usize },
    Done,
}

/// What a slice has brought.
pub(super) enum Progress {
    Going(Vec<Payload>),
    Done { findings: Vec<Payload>, verdict: Box<TableVerdict> },
}

impl Judge {
    pub(super) fn new(prepared: &Prepared) -> Self {
        let start = vec![0.0; prepared.shape.parameters()];
        Self {
            stage: JudgingStage::Finish(Lbfgs::new(start.clone())),
            fit_time: Duration::ZERO,
            finished: None,
            tuned: Vec::new(),
            warm: vec![start; prepared.fold_ends.len()],
            right_by_neighbours: 0,
        }
    }

    /// Goes on for a slice.
    pub(super) fn go_on(&mut self, raw: &Raw, prepared: &Prepared) -> Result<Progress, TrainError> {
        let begun = Instant::now();
        let mut findings = Vec::new();
        while begun.elapsed() < SLICE {
            match &mut self.stage {
                JudgingStage::Finish(search) => {
                    let start = Instant::now();
                    let ended = finish(raw, prepared, search)?;
                    self.fit_time += start.elapsed();
                    if ended {
                        let next = self.next_fold(prepared, 0, 0);
                        if let JudgingStage::Finish(search) =
                            std::mem::replace(&mut self.stage, next)
                        {
                            self.finished = Some(search);
                        }
                    }
                }
                JudgingStage::Tune { place, fold, search, time } => {
                    if let Some(report) = tune(prepared, *place, *fold, search, time) {
                        self.tuned.push(report);
                        findings.push(Payload::new(report));
                        let (place, fold) = (*place, *fold);
                        if let Some(warm) = self.warm.get_mut(fold) {
                            warm.clone_from(&search.point);
                        }
                        self.stage = self.next_fold(prepared, place, fold + 1);
                    }
                }
                JudgingStage::Neighbours { next } => {
                    let (asking, at_once) = asking(prepared);
                    let end = (*next + at_once).min(asking);
                    self.right_by_neighbours += right(prepared, *next..end);
                    *next = end;
                    if end == asking {
                        self.stage = JudgingStage::Done;
                    }
                }
                JudgingStage::Done => return self.conclude(prepared, findings),
            }
        }
        Ok(Progress::Going(findings))
    }

    /// The search that follows: C by C, each on all folds, so that a curve grows from left to right.
    fn next_fold(&self, prepared: &Prepared, place: usize, fold: usize) -> JudgingStage {
        let (place, fold) =
            if fold < prepared.fold_ends.len() { (place, fold) } else { (place + 1, 0) };
        if place >= prepared.table.grid.len() {
            return JudgingStage::Neighbours { next: 0 };
        }
        let start = self.warm.get(fold).cloned().unwrap_or_default();
        JudgingStage::Tune { place, fold, search: Lbfgs::new(start), time: Duration::ZERO }
    }

    fn conclude(
        &mut self,
        prepared: &Prepared,
        mut findings: Vec<Payload>,
    ) -> Result<Progress, TrainError> {
        let not_finished =
            || TrainError::calculation(phrase!("logistic-model-the-model-is-judged-before"));
        let mut search = self.finished.take().ok_or_else(not_finished)?;
        let asked = AskedRows { prepared, point: &search.point, design: &prepared.test.design };
        let probabilities = told(&asked, 0..prepared.test.labels.len());
        let labels = &prepared.test.labels;
        let classes = prepared.shape.classes;
        let measured =
            metrics::Predictions::new(labels, &probabilities, classes).ok_or_else(|| {
                TrainError::calculation(phrase!("logistic-model-there-are-no-rows-to"))
            })?;
        let scores = measured.scores();
        let (largest_slope, above_minimum) =
            search.distance(&prepared.objective(), FINISH.tolerance);
        let verdict = TableVerdict {
            accuracy: measured.accuracy(),
            log_loss: measured.log_loss(),
            auc: measured.auc(),
            precision: scores.precision,
            recall: scores.recall,
            f1: scores.f1,
            not_defined: not_defined(&measured),
            majority_accuracy: by_majority(prepared),
            neighbours_accuracy: self.right_by_neighbours as f64 / asking(prepared).0.max(1) as f64,
            best_c: best(&self.tuned, prepared.settings.table.c),
            iterations: search.iterations,
            fit_milliseconds: self.fit_time.as_secs_f64() * 1e3,
            converged: largest_slope <= FINISH.tolerance
                || above_minimum.is_some_and(|above| above <= NEAR_ENOUGH),
            largest_slope,
            above_minimum,
        };
        let (coefficients, intercepts) = prepared.shape.apart(&prepared.outer(search.point));
        findings.push(Payload::new(TableTest {
            rows: prepared.test_rows.as_slice().into(),
            labels: labels.as_slice().into(),
            probabilities: probabilities.into(),
            coefficients: coefficients.into(),
            intercepts: intercepts.into(),
        }));
        Ok(Progress::Done { findings, verdict: Box::new(verdict) })
    }
}

/// Why figures of these rows are not defined.
fn not_defined(measured: &metrics::Predictions<'_>) -> NotDefined {
    const OF_NO_ROW: Word = key!("logistic-model-for-a-class-that-no");
    let auc = measured.auc().is_none().then_some(key!("logistic-model-as-all-held-out-rows"));
    let of_classes: Vec<metrics::Scores> =
        measured.by_class().iter().map(metrics::Counts::scores).collect();
    if let [_, positive] = of_classes.as_slice() {
        let why = |score: Option<f64>, why: Word| score.is_none().then(|| Phrase::from(why));
        return NotDefined {
            auc: auc.map(Phrase::from),
            precision: why(positive.precision, key!("logistic-model-as-no-held-out-row")),
            recall: why(positive.recall, key!("logistic-model-as-no-held-out-row-is")),
            f1: why(positive.f1, key!("logistic-model-as-no-held-out-row-is-positive")),
        };
    }
    let lacks = |of: fn(&metrics::Scores) -> Option<f64>, why: Word| {
        of_classes.iter().any(|scores| of(scores).is_none()).then(|| Phrase::from(why))
    };
    let auc = auc.map(Phrase::from);
    NotDefined {
        auc: auc.or_else(|| lacks(|scores| scores.recall, OF_NO_ROW)),
        precision: lacks(
            |scores| scores.precision,
            key!("logistic-model-for-a-class-that-no-held"),
        ),
        recall: lacks(|scores| scores.recall, OF_NO_ROW),
        f1: lacks(|scores| scores.f1, key!("logistic-model-for-a-class-that-no-held-out")),
    }
}

/// An iteration on all training rows; whether it was the last.
fn finish(raw: &Raw, prepared: &Prepared, search: &mut Lbfgs) -> Result<bool, TrainError> {
    let until_parted = prepared.settings.table.penalty == Penalty::None;
    let limits = Limits { until_parted, ..FINISH };
    match search.go_on(&prepared.objective(), limits) {
        Some(End::Parted) => Err(unbounded(raw)),
        Some(End::Converged | End::Stalled | End::TooLong) => Ok(true),
        None => Ok(false),
    }
}

/// An iteration of a fold at a value of C; how the fold is judged once there is no more to do.
fn tune(
    prepared: &Prepared,
    place: usize,
    fold: usize,
    search: &mut Lbfgs,
    time: &mut Duration,
) -> Option<TuneReport> {
    let c = *prepared.table.grid.get(place)?;
    let (learned, held_out) = around_fold(&prepared.fold_ends, fold);
    let objective = prepared.objective_over(learned, c);
    // Without a penalty the rows of a fold may be parted though those of all folds are not.
    let until_parted = prepared.settings.table.penalty == Penalty::None;
    let start = Instant::now();
    let end = search.go_on(&objective, Limits { until_parted, ..FOLD });
    *time += start.elapsed();
    end?;
    let asked = AskedRows { prepared, point: &search.point, design: &prepared.train.design };
    let probabilities = told(&asked, held_out.clone());
    let labels = prepared.train.labels.get(held_out.clone()).unwrap_or_default();
    let measured = metrics::Predictions::new(labels, &probabilities, prepared.shape.classes)?;
    Some(TuneReport {
        c,
        place,
        fold: fold + 1,
        folds: prepared.fold_ends.len(),
        rows: (objective.rows(), held_out.len()),
        train_log_loss: search.value(&objective).loss,
        log_loss: measured.log_loss(),
        accuracy: measured.accuracy(),
        auc: measured.auc(),
        iterations: search.iterations,
        fit_milliseconds: time.as_secs_f64() * 1e3,
    })
}

/// The training rows outside a fold and in it.
fn around_fold(ends: &[usize], fold: usize) -> (Vec<Range<usize>>, Range<usize>) {
    let start = fold.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let end = ends.get(fold).copied().unwrap_or(start);
    let all = ends.last().copied().unwrap_or(0);
    let around = [0..start, end..all].into_iter().filter(|range| !range.is_empty()).collect();
    (around, start..end)
}

/// Share of the test rows that are of the class that is most frequent among the training rows.
fn by_majority(prepared: &Prepared) -> f64 {
    let mut counts = vec![0_usize; prepared.shape.classes];
    prepared.train.labels.iter().for_each(|label| counts[usize::from(*label)] += 1);
    let most = counts.iter().copied().max().unwrap_or(0);
    let class = counts.iter().position(|count| *count == most).unwrap_or(0);
    let labels = &prepared.test.labels;
    let right = labels.iter().filter(|label| usize::from(**label) == class).count();
    right as f64 / labels.len().max(1) as f64
}

/// The C with the least mean log loss over the folds; of equals the least C, which is the strongest penalty.
fn best(tuned: &[TuneReport], otherwise: f64) -> f64 {
    let mut sums: Vec<(f64, f64)> = Vec::new();
    for report in tuned {
        match sums.get_mut(report.place) {
            Some((_, sum)) => *sum += report.log_loss,
            None => sums.push((report.c, report.log_loss)),
        }
    }
    let least = sums.iter().copied().min_by(|one, other| one.1.total_cmp(&other.1));
    least.map_or(otherwise, |(c, _)| c)
}
