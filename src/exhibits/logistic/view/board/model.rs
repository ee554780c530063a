//! The third page: the formula, its penalty and solver, the loss as it falls, and what simpler models come to.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    StepPage, baselines,
    chips::{Chip, chips},
};
use crate::{
    exhibits::logistic::{
        payload::{Penalty, Solver, Table, TableAnswer, TableVerdict},
        view::{
            same::Same,
            wanted::{SettingWish, Wanted},
        },
    },
    history::Run,
    stream::{RunId, Snapshot, Started, Step},
    words::Word,
    world::{
        display::{AxisSpan, Chart, ChartAxis, SeriesStyle, nice_ticks},
        interaction::aim::{Landmark, Surface},
        link::{ShownRun, ShownSnapshot},
        scrub,
        timeline::Timeline,
        ui::{
            canvas::Canvas,
            controls::{Scale, Slider, SliderPlan, ValueChange, slider},
            palette,
            panel::Hanger,
            sheet::{self, from_left},
            tabs::{Leaf, Writer, line_at, on_page},
        },
    },
};

/// The curve of the loss, in dmm.
const PLOT: Rect = Rect { min: vec2(74.0, 262.0), max: vec2(600.0, 330.0) };
/// The tops of the lines of controls, of the slider, and of the words beside it.
const LINES: [f32; 2] = [38.0, 92.0];
const SLIDER_TOP: f32 = 146.0;
const SLIDER_DMM: f32 = 270.0;
const READINGS: (f32, f32) = (300.0, 148.0);
/// The top of the rows on simpler models.
const BASELINES_TOP: f32 = 364.0;
/// The values of C that can be chosen.
const C_RANGE: (f32, f32) = (1e-4, 1e4);
/// How many numbers an axis has room for.
const TICKS: (usize, usize) = (5, 2);

const PENALTIES: [Chip; 3] = [
    ("wish-no-penalty", key!("logistic-none"), SettingWish::Penalty(Penalty::None)),
    ("wish-l2", Word::plain("L2"), SettingWish::Penalty(Penalty::L2)),
    ("wish-l1", Word::plain("L1"), SettingWish::Penalty(Penalty::L1)),
];
const PRODUCTS: [Chip; 1] =
    [("wish-pairwise", key!("logistic-products-of-two"), SettingWish::Pairwise)];
const SOLVERS: [Chip; 3] = [
    ("wish-full-batch", key!("logistic-full-batch"), SettingWish::Solver(Solver::FullBatch)),
    ("wish-mini-batch", key!("logistic-mini-batch"), SettingWish::Solver(Solver::MiniBatch)),
    ("wish-lbfgs", Word::plain("L-BFGS"), SettingWish::Solver(Solver::Lbfgs)),
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        on_page(
            StepPage::Model,
            (draw_curve, write_page.run_if(sheet::seldom()), follow_c).chain(),
        ),
    );
}

/// What the chart has drawn of which run.
#[derive(Component, Default)]
struct Curve {
    run: Option<RunId>,
    drawn: Step,
}

/// The slider of C.
#[derive(Component)]
struct ChoosesC;

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn(line_at(LINES[0])).with_children(|line| {
            chips(line, say!("logistic-penalty"), 92.0, &PENALTIES);
            chips(line, "", 0.0, &PRODUCTS);
        });
        page.spawn(line_at(LINES[1])).with_children(|line| {
            chips(line, say!("logistic-solver"), 92.0, &SOLVERS);
        });
        let plan = SliderPlan {
            name: "wish-c",
            label: "C".into(),
            range: C_RANGE.0..=C_RANGE.1,
            value: 1.0,
            scale: Scale::Log,
            show: |c| c_of(c).to_string(),
        };
        let place = Node {
            width: px(SLIDER_DMM),
            flex_direction: FlexDirection::Column,
            ..from_left(0.0, SLIDER_TOP)
        };
        page.spawn((slider(plan), ChoosesC)).insert(place).observe(choose_c);
    });
    let size = leaf.metres(PLOT.size());
    let mut x = ChartAxis::new(AxisSpan::Growing);
    let mut y = x;
    (x.max_ticks, y.max_ticks) = TICKS;
    scrub::allow(hanger.commands.spawn((
        Name::new("Loss over steps"),
        Curve::default(),
        Chart::new(size, x, y).with_series(SeriesStyle::line(palette::TRAIN)),
        Surface { size },
        Landmark("log-loss"),
        leaf.place(PLOT),
        ChildOf(leaf.displays),
    )));
}

fn choose_c(change: On<ValueChange<f32>>, mut wanted: ResMut<Wanted>) {
    let c = c_of(change.value);
    if wanted.0.c != c {
        wanted.0.c = c;
    }
}

/// The value of two digits that a slider means: 0.1 and not the nearest number of single precision.
fn c_of(value: f32) -> f64 {
    format!("{value:.1e}").parse().unwrap_or(1.0)
}

/// The slider shows what is wanted, whoever wanted it.
fn follow_c(wanted: Res<Wanted>, mut sliders: Query<&mut Slider, With<ChoosesC>>) {
    for mut slider in &mut sliders {
        let c = wanted.0.c as f32;
        if !slider.is_held() && slider.value != c {
            slider.value = c;
        }
    }
}

/// Adds what the run has and the chart has not; a new run begins on an empty chart.
fn draw_curve(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    mut charts: Query<(&mut Chart, &mut Curve)>,
) {
    let Some(started) = run.0.started().filter(|_| run.0.material::<Table>().is_some()) else {
        return;
    };
    for (mut chart, mut curve) in &mut charts {
        if curve.run != Some(started.run) {
            chart.clear();
            chart.x.span = AxisSpan::Fixed { low: 0.0, high: last_step(started, &run.0) };
            *curve = Curve { run: Some(started.run), drawn: Step(0) };
        }
        let before = curve.drawn;
        for step in run.0.scalars().after(before) {
            chart.push(0, step.step.0, step.values.loss());
            curve.drawn = step.step;
        }
        scrub::mark_shown(&mut chart, &run, &timeline);
    }
}

fn last_step(started: &Started, run: &Run) -> f64 {
    let planned = u64::from(started.epochs) * started.steps_per_epoch;
    planned.max(run.step().0).max(1) as f64
}

/// What the page was written for.
#[derive(Clone, PartialEq)]
struct WrittenFor {
    table: Same<Table>,
    snapshot: Same<Snapshot>,
    axis: (f64, f64),
    steps: (f64, f64),
    finished: bool,
    pointed: Option<f64>,
}

fn write_page(
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    charts: Query<&Chart, With<Curve>>,
    mut pages: Writer<StepPage>,
    mut last: Local<Option<WrittenFor>>,
) {
    let (Some(table), Ok(chart)) = (run.0.material::<Table>(), charts.single()) else {
        return;
    };
    let snapshot = shown.get();
    let now = WrittenFor {
        table: Same::of(Some(table)),
        snapshot: Same::of(snapshot),
        axis: chart.y.ends(),
        steps: chart.x.ends(),
        finished: run.0.finished().is_some(),
        pointed: chart.pointed_step,
    };
    if last.as_ref() == Some(&now) {
        return;
    }
    *last = Some(now);
    pages.rewrite(StepPage::Model, |canvas| {
        canvas.figure(0.0, 0.0, formula(table));
        let pointed = chart.pointed_step.and_then(|step| chart.nearest(0, step));
        let readings = readings(&run.0, snapshot.map(AsRef::as_ref), pointed);
        for (line, words) in readings.into_iter().enumerate() {
            let ink = if line == 0 { palette::TRAIN } else { palette::INK_QUIET };
            canvas.line(READINGS.0, READINGS.1 + line as f32 * 31.0, words, ink);
        }
        write_ticks(canvas, chart);
        if let Some(verdict) = run.0.verdict::<TableVerdict>() {
            baselines::write(canvas, BASELINES_TOP, verdict);
        } else {
            let later = say!("logistic-simpler-models-are-compared-when");
            canvas.line(0.0, BASELINES_TOP, later, palette::INK_QUIET);
        }
    });
}

/// How scores become probabilities, and how many numbers are learned.
fn formula(table: &Table) -> String {
    let terms = HumanCount(table.terms.len() as u64);
    if table.classes.len() > 2 {
        say!("logistic-p-softmax-wx-b-weights", terms, classes_count = table.classes.len())
    } else {
        say!("logistic-p-w-x-b-weights", terms)
    }
}

/// The loss of the model that is shown, how flat its objective is, and the step; where one points, the loss there.
fn readings(run: &Run, snapshot: Option<&Snapshot>, pointed: Option<(f64, f32)>) -> [String; 3] {
    if let Some((step, loss)) = pointed {
        return [
            say!("logistic-log-loss-2", loss = format_args!("{:.4}", loss)),
            say!("logistic-at-step", step = format_args!("{:.0}", step)),
            String::new(),
        ];
    }
    let answer = snapshot.and_then(Snapshot::answer::<TableAnswer>);
    let Some((snapshot, answer)) = snapshot.zip(answer) else {
        return [say!("logistic-log-loss-3").to_owned(), String::new(), String::new()];
    };
    let steps = run.started().map_or(1, |started| started.steps_per_epoch.max(1));
    let loss = say!(
        "logistic-log-loss-nats",
        train_log_loss = format_args!("{:.4}", answer.train_log_loss)
    );
    if let Some(verdict) = run.verdict::<TableVerdict>()
        && !verdict.converged
    {
        let slope = say!(
            "logistic-slope-left",
            largest_slope = format_args!("{:.1e}", verdict.largest_slope)
        );
        let above = verdict
            .above_minimum
            .map(|above| say!("logistic-j-above", above = format_args!("{:.0e}", above)));
        let left = (slope + &above.unwrap_or_default()).replace("e-", "e−");
        return [loss, say!("logistic-the-minimum-was-not-reached").to_owned(), left];
    }
    [
        loss,
        say!("logistic-gradient", gradient_norm = format_args!("{:.2e}", answer.gradient_norm))
            .replace('-', "−"),
        say!(
            "logistic-step-epoch",
            step = HumanCount(snapshot.step.0),
            step2 = snapshot.step.0 / steps
        ),
    ]
}

fn write_ticks(canvas: &mut Canvas, chart: &Chart) {
    let (low, high) = chart.y.ends();
    for tick in nice_ticks(low, high, TICKS.1) {
        let place = ((tick - low) / (high - low)) as f32;
        let middle = PLOT.max.y - place * PLOT.height();
        let top = (middle - 17.0).clamp(PLOT.min.y - 6.0, PLOT.max.y - 28.0);
        canvas.ending(PLOT.min.x - 8.0, top, format!("{tick:.1}"), palette::INK_QUIET);
    }
    let (_, last) = chart.x.ends();
    let top = PLOT.max.y + 1.0;
    canvas.line(0.0, top, say!("logistic-step"), palette::INK_QUIET);
    for tick in nice_ticks(0.0, last, TICKS.0).into_iter().skip(1) {
        let place = (tick / last) as f32;
        let words = HumanCount(tick as u64).to_string();
        if place > 0.93 {
            canvas.ending(PLOT.max.x, top, words, palette::INK_QUIET);
        } else {
            let at = PLOT.min.x + place * PLOT.width();
            canvas.middle(at, top, words, palette::INK_QUIET);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tests::table, *};

    #[test]
    fn a_slider_means_the_decimal_number() {
        assert_eq!([0.1_f32, 1.0, 2.4e-4, 1e4].map(c_of), [0.1, 1.0, 2.4e-4, 1e4]);
    }

    #[test]
    fn the_formula_says_how_many_numbers_are_learned() {
        let mut table = (*table()).clone();
        assert_eq!(formula(&table), "p = σ(Σ wᵢ xᵢ + b), 2 weights");
        table.classes = ["a", "b", "c"].map(str::to_owned).into();
        assert_eq!(formula(&table), "p = softmax(Wx + b), 2 × 3 weights");
    }
}
