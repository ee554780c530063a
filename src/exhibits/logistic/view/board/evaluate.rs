//! The fifth page: the rows that were held out, and a threshold that moves all that is counted of them.

use bevy::prelude::*;

use super::{
    StepPage,
    judging::{AtThreshold, ThresholdResult},
};
use crate::{
    exhibits::logistic::{
        payload::{Table, TableTest},
        view::{
            attention::TableAttention,
            same::Same,
            samples_looks::{class_colour, other_colour},
        },
    },
    words::Word,
    world::{
        hall_events::{HallEvent, HallListener},
        link::ShownRun,
        ui::{
            canvas::{Canvas, Plot},
            controls::{Scale, Slider, SliderPlan, ValueChange, slider},
            palette,
            panel::Hanger,
            sheet::from_left,
            tabs::{Leaf, Writer, on_page},
            words::shortened,
        },
    },
};

/// What the number is called that is told when the threshold moves, and its unit is in hundredths of the threshold.
const ACCURACY: Word = key!("logistic-accuracy-at-threshold");
/// The width of the slider, and the top of the confusion matrix, in dmm.
const SLIDER_DMM: f32 = 596.0;
const MATRIX: Rect = Rect { min: vec2(124.0, 124.0), max: vec2(352.0, 232.0) };
/// Letters of a name that have room over a cell.
const CELL_LETTERS: usize = 9;
/// The two curves.
const ROC: Rect = Rect { min: vec2(46.0, 276.0), max: vec2(282.0, 416.0) };
const CALIBRATION: Rect = Rect { min: vec2(362.0, 276.0), max: vec2(598.0, 416.0) };
/// Where the figures stand, and from one to the next.
const FIGURES: (f32, f32, f32) = (368.0, 86.0, 31.0);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, on_page(StepPage::Evaluate, (draw, follow_threshold)));
}

/// The slider of the threshold.
#[derive(Component)]
struct Threshold;

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        let plan = SliderPlan {
            name: "threshold",
            label: say!("logistic-called-so-from-p").into(),
            range: 0.0..=1.0,
            value: 0.5,
            scale: Scale::Linear { step: 0.01 },
            show: |threshold| format!("{threshold:.2}"),
        };
        let place = Node {
            width: px(SLIDER_DMM),
            flex_direction: FlexDirection::Column,
            ..from_left(0.0, 0.0)
        };
        page.spawn((slider(plan), Threshold)).insert(place).observe(choose);
    });
}

fn choose(
    change: On<ValueChange<f32>>,
    run: Res<ShownRun>,
    mut attention: ResMut<TableAttention>,
    told: Option<ResMut<HallListener>>,
) {
    // Hundredths as they are written.
    let hundredths = (change.value * 100.0).round();
    let threshold = f64::from(hundredths) / 100.0;
    if attention.threshold == threshold {
        return;
    }
    attention.threshold = threshold;
    let class = attention.class;
    let judged = run.0.material::<Table>().zip(run.0.found::<TableTest>().last());
    let at =
        judged.and_then(|(table, test)| ThresholdResult::of(table, test, class)?.at(threshold));
    if let (Some(mut told), Some(at)) = (told, at) {
        told.tell(HallEvent::Pointed {
            layer: ACCURACY.text(),
            unit: [class, 0, hundredths as usize].into(),
            value: at.counts.accuracy() as f32,
            step: run.0.step(),
        });
    }
}

fn follow_threshold(
    attention: Res<TableAttention>,
    mut sliders: Query<&mut Slider, With<Threshold>>,
) {
    for mut slider in &mut sliders {
        let threshold = attention.threshold as f32;
        if !slider.is_held() && (slider.value - threshold).abs() > 1e-4 {
            slider.value = threshold;
        }
    }
}

/// What the page was written for.
#[derive(Clone, PartialEq)]
struct WrittenFor {
    table: Same<Table>,
    test: Same<TableTest>,
    class: usize,
    threshold: f64,
}

fn draw(
    run: Res<ShownRun>,
    attention: Res<TableAttention>,
    mut pages: Writer<StepPage>,
    mut judged: Local<Option<ThresholdResult>>,
    mut last: Local<Option<WrittenFor>>,
) {
    let Some(table) = run.0.material::<Table>() else {
        return;
    };
    let test = run.0.found::<TableTest>().last();
    let now = WrittenFor {
        table: Same::of(Some(table)),
        test: Same::of(test),
        class: attention.class,
        threshold: attention.threshold,
    };
    if last.as_ref() == Some(&now) {
        return;
    }
    *last = Some(now);
    let known =
        |judged: &ThresholdResult| test.is_some_and(|test| judged.is_of(test, attention.class));
    if !judged.as_ref().is_some_and(known) {
        *judged = test.and_then(|test| ThresholdResult::of(table, test, attention.class));
    }
    pages.rewrite(StepPage::Evaluate, |canvas| match judged.as_ref() {
        Some(judged) => write(canvas, table, judged, attention.threshold),
        None => {
            let later = say!("logistic-the-held-out-rows-are");
            canvas.line(0.0, FIGURES.1 + 8.0, later, palette::INK_QUIET);
        }
    });
}

fn write(canvas: &mut Canvas, table: &Table, judged: &ThresholdResult, threshold: f64) {
    let Some(at) = judged.at(threshold) else {
        return;
    };
    write_matrix(canvas, table, judged.class, &at);
    let (left, top, pitch) = FIGURES;
    for (line, (name, value)) in figures(judged, &at).into_iter().enumerate() {
        let top = top + line as f32 * pitch;
        canvas.line(left, top, name, palette::INK_QUIET);
        canvas.number(600.0, top, value, palette::INK);
    }
    write_roc(canvas, judged, &at);
    write_calibration(canvas, judged);
}

fn figures(judged: &ThresholdResult, at: &AtThreshold) -> [(&'static str, String); 5] {
    let share = |value: f64| format!("{value:.3}");
    // What is not defined says why, in the room of a number.
    let or = |value: Option<f64>, why: &str| value.map_or_else(|| why.to_owned(), share);
    [
        (say!("logistic-accuracy"), share(at.counts.accuracy())),
        (say!("logistic-precision"), or(at.scores.precision, say!("logistic-none-called-so"))),
        (say!("logistic-recall"), or(at.scores.recall, say!("logistic-none-is-so"))),
        ("F1", or(at.scores.f1, say!("logistic-none-either-way"))),
        (say!("logistic-log-loss"), format!("{:.4}", judged.log_loss)),
    ]
}

/// True classes in rows and called ones in columns, each cell as bright as its share of the row.
fn write_matrix(canvas: &mut Canvas, table: &Table, class: usize, at: &AtThreshold) {
    let this = &*table.class(class);
    let other = match &table.classes[..] {
        [_, _] => &*table.class(1 - class.min(1)),
        _ => say!("logistic-others"),
    };
    let counts = at.counts;
    let rows = [
        (this, class_colour(class), [counts.true_positives, counts.false_negatives]),
        (other, other_colour(table, class), [counts.false_positives, counts.true_negatives]),
    ];
    let cell = MATRIX.size() / 2.0;
    for (column, name) in [this, other].into_iter().enumerate() {
        let middle = MATRIX.min.x + (column as f32 + 0.5) * cell.x;
        canvas.middle(
            middle,
            MATRIX.min.y - 36.0,
            shortened(name, CELL_LETTERS),
            palette::INK_QUIET,
        );
    }
    for (row, (name, ink, cells)) in rows.into_iter().enumerate() {
        let top = MATRIX.min.y + row as f32 * cell.y;
        canvas.ending(MATRIX.min.x - 8.0, top + 8.0, shortened(name, CELL_LETTERS), ink);
        let all = cells.iter().sum::<usize>().max(1) as f32;
        for (column, count) in cells.into_iter().enumerate() {
            let left = MATRIX.min.x + column as f32 * cell.x;
            let rect = Rect::new(left + 2.0, top + 2.0, left + cell.x - 2.0, top + cell.y - 2.0);
            let right = row == column;
            let ink = if right { palette::TRUTH } else { palette::RED };
            canvas.bar(rect, ink.with_alpha(0.12 + 0.5 * count as f32 / all));
            canvas.figure_about(rect.center().x, rect.center().y - 19.0, count.to_string());
        }
    }
    canvas.line(0.0, MATRIX.min.y - 36.0, say!("logistic-called"), palette::INK_QUIET);
}

fn write_roc(canvas: &mut Canvas, judged: &ThresholdResult, at: &AtThreshold) {
    let plot = Plot { rect: ROC, x: (0.0, 1.0), y: (0.0, 1.0) };
    plot.ground(canvas, &[0.5]);
    let chance = [(0.0, 0.0), (1.0, 1.0)];
    plot.curve(canvas, &chance, palette::GRID);
    let head = ROC.min.y - 34.0;
    match &judged.roc {
        Some(roc) => {
            canvas.figure(
                ROC.min.x,
                head,
                say!("logistic-roc-auc", auc = format_args!("{:.4}", roc.auc)),
            );
            let points: Vec<_> = roc
                .points
                .iter()
                .map(|point| (point.false_positive_rate, point.true_positive_rate))
                .collect();
            plot.curve(canvas, &points, palette::ACCENT);
            if let Some((x, y)) = at.counts.false_positive_rate().zip(at.scores.recall) {
                canvas.dot(plot.at(x, y), 9.0, palette::INK);
            }
        }
        None => canvas.line(ROC.min.x, head, say!("logistic-auc-one-class-only"), palette::AMBER),
    }
    plot.levels(canvas, &[(0.0, "0".to_owned()), (1.0, "1".to_owned())]);
    canvas.middle(
        ROC.center().x,
        ROC.max.y + 1.0,
        say!("logistic-false-alarms-0-to-1"),
        palette::INK_QUIET,
    );
}

fn write_calibration(canvas: &mut Canvas, judged: &ThresholdResult) {
    let plot = Plot { rect: CALIBRATION, x: (0.0, 1.0), y: (0.0, 1.0) };
    plot.ground(canvas, &[0.5]);
    plot.curve(canvas, &[(0.0, 0.0), (1.0, 1.0)], palette::GRID);
    canvas.figure(CALIBRATION.min.x, CALIBRATION.min.y - 34.0, say!("logistic-calibration"));
    let most = judged.calibration.iter().map(|bin| bin.rows).max().unwrap_or(1).max(1) as f32;
    let told = |bin: &crate::exhibits::logistic::metrics::CalibrationBin| {
        bin.told_and_true.map(|(told, is)| (told, is, bin.rows))
    };
    let bins: Vec<_> = judged.calibration.iter().filter_map(told).collect();
    let points: Vec<_> = bins.iter().map(|(told, is, _)| (*told, *is)).collect();
    plot.curve(canvas, &points, palette::TEST.with_alpha(0.35));
    for (told, is, rows) in bins {
        // The area of a dot is the number of its rows.
        let radius = 4.0 + 8.0 * (rows as f32 / most).sqrt();
        canvas.dot(plot.at(told, is), radius, palette::TEST);
    }
    plot.levels(canvas, &[(0.0, "0".to_owned()), (1.0, "1".to_owned())]);
    canvas.middle(
        CALIBRATION.center().x,
        CALIBRATION.max.y + 1.0,
        say!("logistic-told-p-up-true"),
        palette::INK_QUIET,
    );
}

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{table, tested},
        *,
    };
    use crate::exhibits::logistic::metrics::Predictions;

    #[test]
    fn what_is_counted_is_what_the_metrics_count() {
        let (table, test) = (table(), tested());
        let judged = ThresholdResult::of(&table, &test, 1).unwrap();
        for threshold in [0.0, 0.2, 0.5, 0.65, 0.9, 1.0] {
            let at = judged.at(threshold).unwrap();
            let told = Predictions::new(&test.labels, &test.probabilities, 2).unwrap();
            assert_eq!(at.counts, told.at_threshold(1, threshold));
            let by_hand = test
                .labels
                .iter()
                .zip(test.probabilities.chunks(2))
                .filter(|(label, row)| (row[1] >= threshold) == (**label == 1))
                .count();
            let share = by_hand as f64 / test.labels.len() as f64;
            assert!((at.counts.accuracy() - share).abs() < 1e-12, "{threshold}");
        }
        let at = judged.at(0.5).unwrap();
        let figures = figures(&judged, &at);
        assert_eq!(figures[0], ("accuracy", "0.750".to_owned()));
    }

    #[test]
    fn what_is_not_defined_says_why() {
        let table = table();
        let of_one = TableTest {
            labels: [0, 0].into(),
            probabilities: [0.9, 0.1, 0.8, 0.2].into(),
            ..(*tested()).clone()
        };
        let judged = ThresholdResult::of(&table, &of_one.into(), 1).unwrap();
        let figures = figures(&judged, &judged.at(0.5).unwrap());
        let words = figures.map(|(_, words)| words);
        assert_eq!(words[..4], ["1.000", "none called so", "none is so", "none either way"]);
        assert!(judged.roc.is_none());
    }
}
