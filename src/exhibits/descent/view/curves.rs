//! The loss of every runner over its steps, below the names of the runners in their colours: to read, to point at and to
//! scrub on.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    INKS, ON_STAGE,
    attention::stand,
    places::{CURVES_M, READ_FROM_M, RULE_M, board},
};
use crate::{
    exhibits::descent::{
        EXHIBIT_ID,
        payload::{Fate, Runner, Surface},
        view::steps::Steps,
    },
    history::Run,
    stream::RunId,
    world::{
        WorldSystems,
        display::{AxisSpan, Chart, ChartAxis, Scale, SeriesStyle, decade_ticks, nice_ticks},
        interaction::aim::{Landmark, Surface as Touchable},
        link::ShownRun,
        scrub,
        stage::PlinthPlaced,
        timeline::Timeline,
        ui::{
            panel::{Hanger, PanelPlan},
            sheet::{self, BEFORE_M, Sheet, centred, from_left},
            type_size, words,
        },
    },
};

/// The plot on its sheet, in dmm, and how many numbers its axes have room for.
const PLOT: Rect = Rect { min: vec2(92.0, 76.0), max: vec2(490.0, 190.0) };
const TICKS: (usize, usize) = (4, 3);
const LINE_DMM: f32 = 34.0;
/// What is free beside the plot, in dmm.
const BESIDE_DMM: f32 = 20.0;
/// How far above the lowest loss the logarithm still shows something, as a share of the first loss.
const DEEPEST: f64 = 1e-10;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang).add_systems(
        Update,
        (draw, write.run_if(sheet::seldom())).chain().in_set(WorldSystems::Show).in_set(ON_STAGE),
    );
}

/// What the curves are of.
#[derive(Component, Default)]
struct Curves {
    run: Option<RunId>,
    /// Steps that are drawn.
    drawn: usize,
    /// The lowest and the highest value drawn, above the lowest loss.
    span: Option<(f64, f64)>,
}

/// The title of the plot, and the numbers along its axes with what they were written for.
#[derive(Component)]
struct Title;

#[derive(Component, Default)]
struct Ticks(Option<(RunId, u64, i32, i32)>);

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let sheet = Sheet::hang(
        &mut hanger,
        placed.entity,
        PanelPlan::clear("Loss over steps", CURVES_M, READ_FROM_M),
        board(-1.0, CURVES_M.y, Some(RULE_M.y)),
    );
    hanger.commands.entity(sheet.root).with_children(|page| {
        page.spawn((words::figure(""), TextLayout::no_wrap(), from_left(0.0, 0.0), Title));
        let what = words::caption(say!("descent-j-above-the-lowest-logarithmic"));
        page.spawn((what, TextLayout::no_wrap(), from_left(0.0, LINE_DMM + 2.0)));
        let all = Node { width: percent(100), height: percent(100), ..from_left(0.0, 0.0) };
        page.spawn((all, Ticks::default()));
    });
    let size = vec2(sheet.metres(PLOT.width()), sheet.metres(PLOT.height()));
    let mut x = ChartAxis::new(AxisSpan::Fixed { low: 0.0, high: 1.0 });
    let mut y = x;
    y.scale = Scale::Logarithmic;
    (x.max_ticks, y.max_ticks) = TICKS;
    let mut chart = Chart::new(size, x, y);
    for colour in INKS {
        chart = chart.with_series(SeriesStyle::line(colour));
    }
    scrub::allow(hanger.commands.spawn((
        Name::new("Loss curves"),
        Curves::default(),
        chart,
        Touchable { size },
        Landmark("loss-curves"),
        sheet.place(PLOT, BEFORE_M),
        ChildOf(sheet.panel),
    )));
}

fn draw(run: Res<ShownRun>, timeline: Res<Timeline>, mut charts: Query<(&mut Chart, &mut Curves)>) {
    let (Some(started), Some(surface)) = (run.0.started(), run.0.material::<Surface>()) else {
        return;
    };
    let steps = Steps::of(&run.0);
    for (mut chart, mut curves) in &mut charts {
        let new = curves.run != Some(started.run);
        if new {
            chart.clear();
            *curves = Curves { run: Some(started.run), ..Curves::default() };
        }
        if curves.drawn < steps.len() {
            let lowest = surface.minimum.as_ref().map_or(0.0, |minimum| minimum.loss);
            let first = steps.get(0).and_then(|step| step.runners.iter().flatten().next());
            let first = first.map_or(1.0, |taken| taken.loss - lowest).max(f64::MIN_POSITIVE);
            for step in steps.after(curves.drawn) {
                for (series, taken) in step.runners.iter().enumerate() {
                    let Some(above) = taken.map(|taken| taken.loss - lowest) else {
                        continue;
                    };
                    let above = above.max(first * DEEPEST);
                    if above.is_finite() {
                        chart.push(series, step.step, above as f32);
                        let (low, high) = curves.span.unwrap_or((above, above));
                        // Whoever flies off does not make the others flat.
                        curves.span = Some((low.min(above), high.max(above.min(first * 10.0))));
                    }
                }
            }
            curves.drawn = steps.len();
            let last = (steps.len() as f64).max(10.0);
            let (low, high) = curves.span.unwrap_or((0.1, 1.0));
            chart.x.span = AxisSpan::Fixed { low: 0.0, high: last };
            let low = low.min(high / 10.0);
            chart.y.span = AxisSpan::Fixed { low, high: high * 1.2 };
        }
        scrub::mark_shown(&mut chart, &run, &timeline);
    }
}

fn write(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    charts: Query<(&Chart, &Curves)>,
    mut titles: Query<&mut Text, With<Title>>,
    mut pages: Query<(Entity, &mut Ticks)>,
    mut commands: Commands,
) {
    let Ok((chart, curves)) = charts.single() else {
        return;
    };
    for text in &mut titles {
        sheet::write(text, title(&run.0, chart, &timeline));
    }
    let (AxisSpan::Fixed { low, high }, AxisSpan::Fixed { high: last, .. }, Some(run)) =
        (chart.y.span, chart.x.span, curves.run)
    else {
        return;
    };
    for (page, mut ticks) in &mut pages {
        let coarse = |value: f64| (value.log10() * 8.0).round() as i32;
        let wanted = Some((run, last as u64, coarse(low), coarse(high)));
        if ticks.0 == wanted {
            continue;
        }
        ticks.0 = wanted;
        commands.entity(page).despawn_children().with_children(|page| {
            let ending = || UiTransform::from_translation(Val2::percent(-100.0, 0.0));
            for tick in nice_ticks(0.0, last, TICKS.0) {
                let at = PLOT.min.x + (tick / last) as f32 * PLOT.width();
                let text = words::caption(HumanCount(tick.round() as u64).to_string());
                // The number at the end has no room on both sides.
                let (at, side) = if at > PLOT.max.x - BESIDE_DMM {
                    (at + BESIDE_DMM, ending())
                } else {
                    (at, centred())
                };
                page.spawn((text, TextLayout::no_wrap(), from_left(at, PLOT.max.y + 2.0), side));
            }
            for tick in decade_ticks(low, high, TICKS.1) {
                let share = ((tick / low).ln() / (high / low).ln()) as f32;
                let top = PLOT.max.y - share * PLOT.height() - LINE_DMM / 2.0;
                let top = top.clamp(PLOT.min.y - 10.0, PLOT.max.y - LINE_DMM + 6.0);
                let text = words::caption(power(tick));
                let place = from_left(PLOT.min.x - 8.0, top);
                page.spawn((text, TextLayout::no_wrap(), place, ending()));
            }
        });
    }
}

/// The step that is spoken of, and how many runners are down by then.
fn title(run: &Run, chart: &Chart, timeline: &Timeline) -> String {
    let step = chart.pointed_step.map_or_else(
        || timeline.shown_step(run),
        |step| crate::stream::Step(step.max(0.0).round() as u64),
    );
    let stands = Runner::ALL.map(|runner| stand(run, runner, step));
    let all = stands.iter().flatten().count();
    let down = stands.iter().flatten().filter(|one| one.ended && one.step.fate == Fate::Converged);
    say!("descent-step-of-down", step = HumanCount(step.0), count = down.count(), all)
}

/// A number as a tick of a logarithmic axis.
fn power(value: f64) -> String {
    if (0.01..1e4).contains(&value) {
        format!("{value}")
    } else {
        format!("{value:e}").replace('-', "−")
    }
}

/// The size of a line of captions, which the sheet is laid out for.
const _: () = assert!(type_size::CAPTION < LINE_DMM);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_of_a_logarithm_are_short() {
        assert_eq!([0.1, 100.0, 1e-6, 1e5].map(power), ["0.1", "100", "1e−6", "1e5"]);
    }
}
