//! The fourth page: every fold of the search for C as it is judged, means with their deviations, and the best.

use bevy::{prelude::*, ui::InteractionDisabled};

use super::{StepPage, prepare::short};
use crate::{
    exhibits::logistic::{
        payload::{Table, TuneReport},
        view::{same::Same, wanted::Wanted},
    },
    history::Run,
    stream::RunId,
    world::{
        display::nice_ticks,
        link::ShownRun,
        ui::{
            canvas::{Canvas, Plot, span_of},
            controls::{Activate, ButtonKind, button, mark},
            palette,
            panel::Hanger,
            sheet,
            tabs::{Leaf, Writer, line_at, on_page},
        },
    },
};

/// The chart, in dmm.
const PLOT: Rect = Rect { min: vec2(74.0, 76.0), max: vec2(590.0, 300.0) };
/// The top of the words under it, and of the button.
const WORDS_TOP: f32 = 338.0;
const BUTTON_TOP: f32 = 408.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, on_page(StepPage::Tune, (draw.run_if(sheet::seldom()), offer_best)));
}

/// The button that takes the best C.
#[derive(Component)]
struct TakesBest;

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn(line_at(BUTTON_TOP)).with_children(|line| {
            let take = button("take-best-c", say!("logistic-take-the-best-c"), ButtonKind::Small);
            line.spawn((take, TakesBest)).observe(take_best);
        });
    });
}

/// What the folds at one C came to.
#[derive(Clone, Copy, Debug, PartialEq)]
struct AtC {
    c: f64,
    folds: usize,
    /// Mean log loss of what was held out, and its standard deviation, in nats.
    mean: f64,
    deviation: f64,
    /// Mean log loss of what was learned, in nats.
    trained: f64,
}

/// The folds that are judged, in the order they were told.
fn tuned_in(run: &Run) -> Vec<&TuneReport> {
    run.found().iter().collect()
}

/// Sums up the folds of each value of C, in the order of the grid.
fn by_c(tuned: &[&TuneReport], places: usize) -> Vec<Option<AtC>> {
    (0..places)
        .map(|place| {
            let folds: Vec<_> = tuned.iter().filter(|fold| fold.place == place).collect();
            let first = folds.first()?;
            let count = folds.len() as f64;
            let mean = folds.iter().map(|fold| fold.log_loss).sum::<f64>() / count;
            let square = folds.iter().map(|fold| (fold.log_loss - mean).powi(2)).sum::<f64>();
            let trained = folds.iter().map(|fold| fold.train_log_loss).sum::<f64>() / count;
            let deviation = (square / count).sqrt();
            Some(AtC { c: first.c, folds: folds.len(), mean, deviation, trained })
        })
        .collect()
}

/// The C of the least mean, of those that all folds are judged for.
fn best(found: &[Option<AtC>], folds: usize) -> Option<AtC> {
    let judged = found.iter().flatten().filter(|at| at.folds >= folds && at.mean.is_finite());
    judged.min_by(|a, b| a.mean.total_cmp(&b.mean)).copied()
}

fn take_best(_: On<Activate>, run: Res<ShownRun>, mut wanted: ResMut<Wanted>) {
    if let Some(table) = run.0.material::<Table>()
        && let Some(best) = best(&by_c(&tuned_in(&run.0), table.grid.len()), table.folds)
        && wanted.0.c != best.c
    {
        wanted.0.c = best.c;
    }
}

fn offer_best(
    run: Res<ShownRun>,
    buttons: Query<(Entity, Has<InteractionDisabled>), With<TakesBest>>,
    mut last: Local<Option<(Option<RunId>, usize)>>,
    mut commands: Commands,
) {
    let now = Some((run.0.started().map(|started| started.run), run.0.found::<TuneReport>().len()));
    if *last == now {
        return;
    }
    *last = now;
    let able = run.0.material::<Table>().is_some_and(|table| {
        best(&by_c(&tuned_in(&run.0), table.grid.len()), table.folds).is_some()
    });
    for (button, disabled) in &buttons {
        mark::<InteractionDisabled>(&mut commands, button, disabled, !able);
    }
}

fn draw(
    run: Res<ShownRun>,
    mut pages: Writer<StepPage>,
    mut last: Local<Option<(Same<Table>, Option<RunId>, usize)>>,
) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    let started = run.0.started().map(|started| started.run);
    let now = Some((Same::of(Some(table)), started, run.0.found::<TuneReport>().len()));
    if *last == now {
        return;
    }
    *last = now;
    pages.rewrite(StepPage::Tune, |canvas| write(canvas, table, &tuned_in(&run.0)));
}

fn write(canvas: &mut Canvas, table: &Table, tuned: &[&TuneReport]) {
    let all = table.grid.len() * table.folds;
    canvas.figure(0.0, 0.0, say!("logistic-log-loss-by-c-folds", folds = table.folds));
    canvas.ending(
        600.0,
        1.0,
        say!("logistic-of-fits", tuned_count = tuned.len(), all),
        palette::INK_QUIET,
    );
    canvas.line(0.0, 36.0, say!("logistic-held-out-deviation"), palette::TEST);
    canvas.line(330.0, 36.0, say!("logistic-learned"), palette::TRAIN);
    let found = by_c(tuned, table.grid.len());
    let logs = |c: f64| c.max(f64::MIN_POSITIVE).log10();
    let [low, high] =
        [table.grid.first(), table.grid.last()].map(|c| logs(c.copied().unwrap_or(1.0)));
    let plot = Plot { rect: PLOT, x: (low - 0.3, high + 0.3), y: y_span(tuned, &found) };
    let levels = nice_ticks(plot.y.0, plot.y.1, 5);
    plot.ground(canvas, &levels);
    let named: Vec<_> = levels.iter().map(|level| (*level, level_words(*level))).collect();
    plot.levels(canvas, &named);
    let every = table.grid.len().div_ceil(6).max(1);
    let ticks: Vec<_> = table.grid.iter().step_by(every).map(|c| (logs(*c), short_c(*c))).collect();
    plot.ticks(canvas, &ticks);
    canvas.line(0.0, PLOT.max.y + 1.0, "C", palette::INK_QUIET);
    let best = best(&found, table.folds);
    for fold in tuned {
        let at = plot.at(logs(fold.c), fold.log_loss);
        canvas.dot(at, 3.5, palette::TEST.with_alpha(0.5));
    }
    let trained: Vec<_> = found.iter().flatten().map(|at| (logs(at.c), at.trained)).collect();
    plot.curve(canvas, &trained, palette::TRAIN.with_alpha(0.7));
    let means: Vec<_> = found.iter().flatten().map(|at| (logs(at.c), at.mean)).collect();
    plot.curve(canvas, &means, palette::TEST);
    for at in found.iter().flatten() {
        canvas.ring(plot.at(logs(at.c), at.trained), 5.5, palette::TRAIN);
        let [lower, upper] =
            [-1.0, 1.0].map(|side| plot.at(logs(at.c), at.mean + side * at.deviation));
        canvas.stroke(lower, upper, 2.5, palette::TEST);
        for end in [lower, upper] {
            canvas.stroke(end - vec2(7.0, 0.0), end + vec2(7.0, 0.0), 2.5, palette::TEST);
        }
        canvas.dot(plot.at(logs(at.c), at.mean), 6.5, palette::TEST);
    }
    if let Some(best) = best {
        canvas.ring(plot.at(logs(best.c), best.mean), 14.0, palette::INK);
    }
    canvas.figure(0.0, WORDS_TOP, best_words(best));
    if let Some(fold) = tuned.last() {
        canvas.line(0.0, WORDS_TOP + 34.0, fold_words(fold), palette::INK_QUIET);
    }
}

/// From a little under the least to a little over what most folds came to; a few far out would press all together.
fn y_span(tuned: &[&TuneReport], found: &[Option<AtC>]) -> (f64, f64) {
    /// Values above so many times the least of the means are cut off.
    const MOST_TIMES: f64 = 6.0;
    let least = found.iter().flatten().map(|at| at.mean).fold(f64::INFINITY, f64::min);
    let folds = tuned.iter().flat_map(|fold| [fold.log_loss, fold.train_log_loss]);
    let (low, high) = span_of(folds.filter(|loss| *loss <= least * MOST_TIMES));
    (low.max(0.0), high)
}

fn best_words(best: Option<AtC>) -> String {
    best.map_or_else(
        || say!("logistic-every-fold-is-a-model").to_owned(),
        |best| {
            let (mean, deviation) = (best.mean, best.deviation);
            say!(
                "logistic-best-c-nats",
                c = best.c,
                mean = format_args!("{:.4}", mean),
                deviation = format_args!("{:.4}", deviation)
            )
        },
    )
}

fn fold_words(fold: &TuneReport) -> String {
    let (learned, held_out) = fold.rows;
    say!(
        "logistic-last-c-fold-rows-steps",
        c = short_c(fold.c),
        fold = fold.fold,
        learned,
        held_out,
        iterations = fold.iterations
    )
}

/// A loss at the side of the chart, without zeros at its end.
fn level_words(loss: f64) -> String {
    format!("{}", (loss * 1e4).round() / 1e4)
}

/// A power of ten, or a number, in few letters.
fn short_c(c: f64) -> String {
    if (1e-3..1e4).contains(&c) { format!("{}", (c * 1e4).round() / 1e4) } else { short(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(super) fn fold(place: usize, fold: usize, log_loss: f64) -> TuneReport {
        TuneReport {
            c: [0.1, 1.0][place],
            place,
            fold,
            folds: 2,
            rows: (3, 2),
            train_log_loss: 0.1,
            log_loss,
            accuracy: 0.9,
            auc: Some(0.95),
            iterations: 12,
            fit_milliseconds: 1.0,
        }
    }

    #[test]
    fn the_best_is_the_least_mean_of_those_that_are_judged_whole() {
        let mut tuned = vec![fold(0, 1, 0.3), fold(0, 2, 0.5), fold(1, 1, 0.2)];
        let found = by_c(&tuned.iter().collect::<Vec<_>>(), 2);
        let first = found[0].unwrap();
        assert!((first.mean - 0.4).abs() < 1e-12 && (first.deviation - 0.1).abs() < 1e-12);
        assert_eq!(best(&found, 2).unwrap().c, 0.1, "the other lacks a fold");
        tuned.push(fold(1, 2, 0.3));
        assert_eq!(best(&by_c(&tuned.iter().collect::<Vec<_>>(), 2), 2).unwrap().c, 1.0);
        assert_eq!(best(&by_c(&[], 2), 2), None);
    }

    #[test]
    fn folds_and_the_best_are_told_in_words() {
        assert_eq!(fold_words(&fold(0, 2, 0.5)), "Last: C = 0.1, fold 2 (3 + 2 rows), 12 steps");
        let best = by_c(&[&fold(0, 1, 0.3), &fold(0, 2, 0.5)], 1)[0];
        assert_eq!([0.4, 0.0, 0.125].map(level_words), ["0.4", "0", "0.125"]);
        assert_eq!(best_words(best), "Best C = 0.1: 0.4000 ± 0.1000 nats");
        assert_eq!(
            [0.001, 0.31623, 1e4, 1e-4].map(short_c),
            ["0.001", "0.3162", "10000", "1.0e−4"]
        );
    }
}
