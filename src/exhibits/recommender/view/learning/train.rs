//! The fourth page, upper half: the error over the ratings of the run, to read, to point at and to scrub on.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    LearningPage,
    curves::{Curves, HELD_OUT, TRAINING, draw_curves, last_step},
};
use crate::{
    exhibits::recommender::payload::RatingsVerdict,
    history::Run,
    stream::{RunId, Started, Step},
    words::short,
    world::{
        display::{AxisSpan, Chart, ChartAxis, SeriesStyle, nice_ticks},
        interaction::aim::{Landmark, Surface},
        link::ShownRun,
        scrub,
        timeline::Timeline,
        ui::{
            canvas::{Canvas, LINE_DMM},
            palette,
            panel::Hanger,
            sheet::{self, from_left},
            tabs::{Leaf, Writer, on_page},
            type_size, words,
        },
    },
};

/// The plot on its page.
const PLOT: Rect = Rect { min: vec2(64.0, 78.0), max: vec2(600.0, 200.0) };
/// Where the keys and values of the first two curves stand.
const KEYS: [f32; 2] = [176.0, 398.0];
/// How many numbers an axis has room for.
const TICKS: (usize, usize) = (4, 4);

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        on_page(
            LearningPage::Train,
            (draw_curves, write_ticks, write_readings.run_if(sheet::seldom())).chain(),
        ),
    );
}

/// What a line of words says.
#[derive(Component, Clone, Copy)]
enum TrainText {
    /// How far the training has come.
    Progress,
    /// A curve and its value.
    Curve(usize),
}

pub(super) fn hang(hanger: &mut Hanger, leaf: Leaf) {
    hanger.commands.entity(leaf.node).with_children(|page| {
        page.spawn((words::figure("RMSE"), from_left(0.0, 0.0)));
        page.spawn((words::caption(say!("recommender-stars-2")), from_left(84.0, 1.0)));
        for (curve, ink) in [(TRAINING, palette::TRAIN), (HELD_OUT, palette::TEST)] {
            let words = words::set("", type_size::CAPTION, FontWeight::SEMIBOLD, ink);
            let place = from_left(KEYS[curve], 1.0);
            page.spawn((words, TextLayout::no_wrap(), place, TrainText::Curve(curve)));
        }
        let below = from_left(0.0, LINE_DMM + 2.0);
        page.spawn((words::caption(""), TextLayout::no_wrap(), below, TrainText::Progress));
    });
    let size = leaf.metres(PLOT.size());
    let mut x = ChartAxis::new(AxisSpan::Fixed { low: 0.0, high: 1.0 });
    let mut y = x;
    (x.max_ticks, y.max_ticks) = TICKS;
    scrub::allow(
        hanger.commands.spawn((
            Name::new("RMSE curves"),
            Curves::default(),
            Chart::new(size, x, y)
                .with_series(SeriesStyle::line(palette::TRAIN))
                // Told apart by form as well as by colour.
                .with_series(SeriesStyle::dotted(palette::TEST))
                .with_series(SeriesStyle::line(palette::INK_QUIET)),
            Surface { size },
            Landmark("rmse"),
            leaf.place(PLOT),
            ChildOf(leaf.displays),
        )),
    );
}

fn write_ticks(
    run: Res<ShownRun>,
    charts: Query<(&Chart, &Curves), Changed<Chart>>,
    mut pages: Writer<LearningPage>,
    mut last: Local<Option<(RunId, AxisSpan)>>,
) {
    let (Some(started), Ok((chart, curves))) = (run.0.started(), charts.single()) else {
        return;
    };
    let wanted = curves.run.map(|run| (run, chart.y.span));
    if *last != wanted {
        *last = wanted;
        pages.rewrite(LearningPage::Train, |canvas| {
            write_x_ticks(canvas, last_step(started) * started.batch as u64);
            write_y_ticks(canvas, chart.y.span);
        });
    }
}

fn write_x_ticks(canvas: &mut Canvas, ratings: u64) {
    let top = PLOT.max.y + 2.0;
    canvas.line(0.0, top, say!("recommender-ratings"), palette::INK_QUIET);
    // The first has no room beside the word.
    for tick in nice_ticks(0.0, ratings as f64, TICKS.0).into_iter().skip(1) {
        let place = (tick / ratings as f64) as f32;
        let at = PLOT.min.x + place * PLOT.width();
        if place > 0.93 {
            canvas.number(PLOT.max.x, top, short(tick), palette::INK_QUIET);
        } else {
            canvas.middle(at, top, short(tick), palette::INK_QUIET);
        }
    }
}

fn write_y_ticks(canvas: &mut Canvas, span: AxisSpan) {
    let AxisSpan::Fixed { low, high } = span else {
        return;
    };
    for tick in nice_ticks(low, high, TICKS.1) {
        let place = ((tick - low) / (high - low)) as f32;
        let middle = PLOT.max.y - place * PLOT.height();
        // At the ends it keeps out of the lines above and below.
        let top = (middle - LINE_DMM / 2.0).clamp(PLOT.min.y - 4.0, PLOT.max.y - LINE_DMM + 9.0);
        canvas.number(PLOT.min.x - 8.0, top, format!("{tick:.1}"), palette::INK_QUIET);
    }
}

/// Says the values at the step that is pointed at, or else at the one that is shown.
fn write_readings(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    charts: Query<&Chart, With<Curves>>,
    mut lines: Query<(&TrainText, &mut Text)>,
) {
    let (Some(started), Ok(chart)) = (run.0.started(), charts.single()) else {
        return;
    };
    let pointed = chart.pointed_step.map(|step| Step(step.max(0.0).round() as u64));
    let step = pointed.unwrap_or_else(|| timeline.shown_step(&run.0));
    for (line, text) in &mut lines {
        let wanted = match *line {
            TrainText::Progress => progress_words(started, step, pointed.is_some(), &run.0),
            TrainText::Curve(curve) => {
                let value = chart.nearest(curve, step.0 as f64).map(|(_, value)| value);
                curve_words(curve, value)
            }
        };
        sheet::write(text, wanted);
    }
}

fn progress_words(started: &Started, step: Step, pointed: bool, run: &Run) -> String {
    let ratings = HumanCount(step.0 * started.batch as u64);
    let epoch = step.0 as f64 / started.steps_per_epoch.max(1) as f64;
    match (pointed, run.verdict::<RatingsVerdict>()) {
        (true, _) => {
            say!("recommender-at-epoch-ratings", epoch = format_args!("{:.1}", epoch), ratings)
        }
        (false, Some(verdict)) => {
            say!(
                "recommender-epochs-grey-biases-alone",
                epochs = started.epochs,
                bias_rmse = format_args!("{:.3}", verdict.bias_rmse)
            )
        }
        (false, _) => say!(
            "recommender-epoch-of-ratings",
            epoch = format_args!("{:.1}", epoch),
            epochs = started.epochs,
            ratings
        ),
    }
}

fn curve_words(curve: usize, value: Option<f32>) -> String {
    let name =
        if curve == TRAINING { say!("recommender-training") } else { say!("recommender-held-out") };
    value.map_or_else(|| format!("{name} –"), |value| format!("{name} {value:.3}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_and_errors_are_short_where_there_is_little_room() {
        assert_eq!([2e6, 1.5e6, 5e5, 40.0].map(short), ["2 M", "1.5 M", "500 k", "40"]);
        assert_eq!(curve_words(TRAINING, Some(0.8124)), "training 0.812");
        assert_eq!(curve_words(HELD_OUT, None), "held out –");
    }
}
