//! The fifth page: what each fold came to, and how good the lists are against simpler ones.

use bevy::prelude::*;

use super::{
    LearningPage,
    judged::{CrossValidation, FoldLine},
};
use crate::{
    exhibits::recommender::payload::{FoldReport, ListQuality, Ratings, RatingsVerdict},
    history::Run,
    stream::RunId,
    world::{
        link::ShownRun,
        ui::{
            canvas::{Canvas, LINE_DMM, ROW_DMM},
            palette, sheet,
            tabs::{Writer, on_page},
        },
    },
};

/// The ends of the columns of errors, and the top of their heads, in dmm.
const ERROR_ENDS: [f32; 2] = [214.0, 320.0];
const ERRORS_TOP: f32 = 36.0;
/// There is room for so many folds: those that go on, and in the end the best and the worst.
const MOST_FOLDS: usize = 2;
/// The ends of the columns of list qualities, the width of their bars, and the top of their heads, in dmm.
const LIST_ENDS: [f32; 3] = [336.0, 468.0, 600.0];
const LIST_DMM: f32 = 120.0;
const LISTS_TOP: f32 = 252.0;
/// From one list to the next, in dmm.
const LIST_PITCH: f32 = 28.0;
/// From one line of the explanation to the next, in dmm.
const SENTENCE_PITCH: f32 = 25.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, on_page(LearningPage::Evaluate, draw.run_if(sheet::seldom())));
}

/// What of a run has been written: which, how many reports of folds, and whether its verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Heard {
    run: Option<RunId>,
    reports: usize,
    finished: bool,
}

impl Heard {
    /// All there is.
    pub(super) fn of(run: &Run) -> Self {
        Self {
            run: run.started().map(|started| started.run),
            reports: run.found::<FoldReport>().len(),
            finished: run.finished().is_some(),
        }
    }
}

fn draw(run: Res<ShownRun>, mut heard: Local<Option<Heard>>, mut pages: Writer<LearningPage>) {
    let now = Heard::of(&run.0);
    if *heard == Some(now) || run.0.material::<Ratings>().is_none() {
        return;
    }
    *heard = Some(now);
    let judged = CrossValidation::of(&run.0);
    let epochs = run.0.started().map_or(0, |started| started.epochs);
    pages.rewrite(LearningPage::Evaluate, |canvas| {
        canvas.figure(0.0, 0.0, state_words(&judged));
        write_errors(canvas, &judged, epochs);
        if let Some(verdict) = &judged.verdict {
            write_lists(canvas, verdict);
        }
    });
}

fn state_words(judged: &CrossValidation) -> String {
    match (judged.finished, judged.folds) {
        (true, _) => {
            let verdict = judged.verdict.unwrap_or_default();
            say!(
                "recommender-folds-in-s",
                folds = verdict.folds,
                seconds = format_args!("{:.1}", verdict.seconds)
            )
        }
        (false, 0) => say!("recommender-after-the-training").to_owned(),
        (false, folds) => say!("recommender-of-folds", done = judged.done(), folds),
    }
}

fn write_errors(canvas: &mut Canvas, judged: &CrossValidation, epochs: u32) {
    if judged.lines.is_empty() {
        return;
    }
    write_cells(
        canvas,
        ERRORS_TOP,
        say!("recommender-fold"),
        ["RMSE", "MAE"].map(str::to_owned),
        palette::INK_QUIET,
    );
    let mut top = ERRORS_TOP + ROW_DMM;
    for (label, line) in shown_folds(judged) {
        let ink = if line.mae.is_some() { palette::INK } else { palette::INK_QUIET };
        write_cells(canvas, top, &label, cells_of(line, epochs), ink);
        top += ROW_DMM;
    }
    let Some(verdict) = &judged.verdict else {
        return;
    };
    canvas.bar(Rect::new(0.0, top + 2.0, ERROR_ENDS[1], top + 4.0), palette::RULE);
    let [mean, spread, biases] = means_of(verdict);
    for (label, cells, ink) in [
        (say!("recommender-mean"), mean, palette::INK),
        ("±", spread, palette::INK),
        (say!("recommender-biases"), biases, palette::INK_QUIET),
    ] {
        write_cells(canvas, top + 4.0, label, cells, ink);
        top += ROW_DMM;
    }
}

/// The last folds while they go on, then the best and the worst of all, with what they are called.
fn shown_folds(judged: &CrossValidation) -> Vec<(String, &FoldLine)> {
    if !judged.finished || judged.lines.len() <= MOST_FOLDS {
        let first = judged.lines.len().saturating_sub(MOST_FOLDS);
        return judged.lines[first..].iter().map(|line| (line.fold.to_string(), line)).collect();
    }
    let by_error = |a: &&FoldLine, b: &&FoldLine| a.rmse.total_cmp(&b.rmse);
    let ends = [
        (say!("recommender-best"), judged.lines.iter().min_by(by_error)),
        (say!("recommender-worst"), judged.lines.iter().max_by(by_error)),
    ];
    ends.into_iter()
        .filter_map(|(name, line)| {
            line.map(|line| (say!("list-of", name, value = line.fold), line))
        })
        .collect()
}

fn cells_of(line: &FoldLine, epochs: u32) -> [String; 2] {
    let going = || format!("{}/{epochs}", line.epoch);
    [format!("{:.4}", line.rmse), line.mae.map_or_else(going, |mae| format!("{mae:.4}"))]
}

/// Means of both errors, their spreads, and the error of the biases alone, in stars.
fn means_of(verdict: &RatingsVerdict) -> [[String; 2]; 3] {
    [
        [format!("{:.4}", verdict.rmse), format!("{:.4}", verdict.mae)],
        [format!("{:.4}", verdict.rmse_std), format!("{:.4}", verdict.mae_std)],
        [format!("{:.4}", verdict.bias_rmse), String::new()],
    ]
}

fn write_cells(canvas: &mut Canvas, top: f32, label: &str, cells: [String; 2], ink: Color) {
    let words = top + (ROW_DMM - LINE_DMM) / 2.0;
    canvas.line(0.0, words, label, palette::INK_QUIET);
    for (cell, end) in cells.into_iter().zip(ERROR_ENDS) {
        canvas.number(end, words, cell, ink);
    }
}

fn write_lists(canvas: &mut Canvas, verdict: &RatingsVerdict) {
    canvas.figure(0.0, LISTS_TOP, say!("recommender-lists-of-10"));
    for (head, end) in [say!("recommender-precision"), say!("recommender-recall"), "NDCG"]
        .into_iter()
        .zip(LIST_ENDS)
    {
        canvas.number(end, LISTS_TOP, head, palette::INK_QUIET);
    }
    let all = [verdict.lists, verdict.bias_lists, verdict.popular_lists].map(numbers_of);
    let names = [
        say!("recommender-this-model"),
        say!("recommender-biases-alone"),
        say!("recommender-most-rated"),
    ];
    for (row, (name, numbers)) in names.into_iter().zip(&all).enumerate() {
        let top = LISTS_TOP + 32.0 + row as f32 * LIST_PITCH;
        let ink = if row == 0 { palette::TRAIN } else { palette::INK_FAINT };
        for (column, (number, end)) in numbers.iter().zip(LIST_ENDS).enumerate() {
            let most = all.iter().map(|numbers| numbers[column]).fold(f64::MIN_POSITIVE, f64::max);
            let right = end - LIST_DMM + (number / most) as f32 * LIST_DMM;
            let bar = Rect::new(end - LIST_DMM, top + 2.0, right, top + LIST_PITCH - 2.0);
            canvas.bar(bar, ink.with_alpha(0.45));
            canvas.number(end - 4.0, top - 3.0, format!("{number:.3}"), palette::INK);
        }
        canvas.line(0.0, top - 3.0, name, palette::INK);
    }
    let top = LISTS_TOP + 32.0 + 3.0 * LIST_PITCH - 2.0;
    for (line, words) in why_lists_differ(verdict).into_iter().enumerate() {
        canvas.line(0.0, top + line as f32 * SENTENCE_PITCH, words, palette::INK_QUIET);
    }
}

/// Why lists of the most rated are so hard to beat, or what it means that they were beaten, on two lines.
fn why_lists_differ(verdict: &RatingsVerdict) -> [String; 2] {
    let (own, popular) = (verdict.lists.ndcg, verdict.popular_lists.ndcg);
    if popular > own {
        [
            say!(
                "recommender-ndcg-of-the-most-rated",
                popular = format_args!("{:.3}", popular),
                own = format_args!("{:.3}", own)
            ),
            say!("recommender-training-asks-for-ratings-not").to_owned(),
        ]
    } else {
        [
            say!(
                "recommender-ndcg-is-no-worse-than",
                own = format_args!("{:.3}", own),
                popular = format_args!("{:.3}", popular)
            ),
            say!("recommender-says-as-much-as-what").to_owned(),
        ]
    }
}

fn numbers_of(lists: ListQuality) -> [f64; 3] {
    [lists.precision, lists.recall, lists.ndcg]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fold_says_its_epoch_until_it_is_judged() {
        let line = FoldLine { fold: 2, epoch: 13, rmse: 0.90514, mae: None };
        assert_eq!(cells_of(&line, 20), ["0.9051", "13/20"]);
        let judged = FoldLine { mae: Some(0.6949), epoch: 20, ..line };
        assert_eq!(cells_of(&judged, 20), ["0.9051", "0.6949"]);
    }

    #[test]
    fn many_folds_are_told_by_the_last_ones_and_then_by_their_ends() {
        let line = |fold, rmse| FoldLine { fold, epoch: 20, rmse, mae: Some(0.7) };
        let mut judged = CrossValidation {
            lines: (1..=8).map(|fold| line(fold, 0.9 + 0.001 * (fold % 5) as f64)).collect(),
            ..CrossValidation::default()
        };
        let labels = |judged: &CrossValidation| {
            shown_folds(judged).into_iter().map(|(label, _)| label).collect::<Vec<_>>()
        };
        assert_eq!(labels(&judged), ["7", "8"]);
        judged.finished = true;
        assert_eq!(labels(&judged), ["best: 5", "worst: 4"]);
    }

    #[test]
    fn what_a_fold_is_called_keeps_clear_of_its_error() {
        let line = |fold, rmse| FoldLine { fold, epoch: 20, rmse, mae: Some(0.7) };
        let judged = CrossValidation {
            finished: true,
            lines: (1..=10).map(|fold| line(fold, 0.9 + 0.001 * fold as f64)).collect(),
            ..CrossValidation::default()
        };
        for (label, line) in shown_folds(&judged) {
            let [rmse, _] = cells_of(line, 20);
            // Letters are about 13 dmm wide, figures 16.
            let (left, right) = (label.chars().count() * 13, rmse.chars().count() * 16);
            assert!((left + right) as f32 <= ERROR_ENDS[0], "{label} runs into {rmse}");
        }
    }

    #[test]
    fn it_is_said_why_the_most_rated_are_hard_to_beat() {
        let lists = |ndcg| ListQuality { ndcg, ..ListQuality::default() };
        let verdict = |own, popular| RatingsVerdict {
            lists: lists(own),
            popular_lists: lists(popular),
            ..RatingsVerdict::default()
        };
        let [first, second] = why_lists_differ(&verdict(0.031, 0.089));
        assert!(first.contains("0.089 of the most rated beats 0.031"), "{first}");
        assert!(second.contains("not which are watched"), "{second}");
        assert!(why_lists_differ(&verdict(0.2, 0.1))[0].starts_with("NDCG 0.200 is no worse"));
    }

    #[test]
    fn the_state_says_how_many_folds_are_done() {
        let mut judged = CrossValidation::default();
        assert!(state_words(&judged).starts_with("After the training"));
        judged.folds = 5;
        assert_eq!(state_words(&judged), "0 of 5 folds");
        judged.finished = true;
        judged.verdict = Some(RatingsVerdict { folds: 5, seconds: 1.84, ..default() });
        assert_eq!(state_words(&judged), "5 folds in 1.8 s");
    }
}
