//! Loss and accuracy over the steps of the run: curves to read, to point at and to scrub on.

use indicatif::HumanCount;
use std::time::Duration;

use bevy::{prelude::*, time::common_conditions::on_real_timer};

use super::{
    layers::figure,
    sheet::{self, Sheet, centred, from_left, from_right},
    theatre,
};
use crate::{
    exhibits::digits::EXHIBIT_ID,
    history::{Run, StepScalars},
    stream::{RunId, Step, TestReport},
    world::{
        WorldSystems,
        display::{AxisSpan, Chart, ChartAxis, Scale, SeriesStyle},
        interaction::aim::{AimDragged, AimPressed, Landmark, Surface},
        link::ShownRun,
        scrub::{self, Scrub},
        stage::PlinthPlaced,
        timeline::Timeline,
        ui::{
            controls::{ButtonKind, ValueChange, toggle},
            palette,
            panel::Hanger,
            type_size, words,
        },
    },
};

/// Room around the plot for heading and ticks, in dmm: left, top, right, bottom.
const AROUND_DMM: (f32, f32, f32, f32) = (88.0, 58.0, 46.0, 38.0);
/// Height of a line of captions, in dmm.
const LINE_DMM: f32 = 34.0;
/// Height of the button beside the heading, which hangs high, in dmm.
const BUTTON_DMM: f32 = 50.0;
/// How many numbers an axis has room for.
const TICKS: (usize, usize) = (4, 4);
/// The curve of the training batches, and that of the tests.
const SERIES: [usize; 2] = [0, 1];

pub(super) fn plugin(app: &mut App) {
    let seldom = on_real_timer(Duration::from_secs_f32(sheet::WRITE_EVERY_SECS));
    app.add_observer(hang_curves).add_systems(
        Update,
        (draw_curves, (write_ticks, write_readings).run_if(seldom))
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE),
    );
}

/// What a chart shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quantity {
    Loss,
    Accuracy,
}

impl Quantity {
    /// Its place among the metrics of a step, and of a test.
    const fn place(self) -> usize {
        match self {
            Self::Loss => 0,
            Self::Accuracy => 1,
        }
    }

    fn of_step(self, step: StepScalars) -> f32 {
        step.values.get(self.place()).unwrap_or(f32::NAN)
    }

    fn of_test(self, test: &TestReport) -> f32 {
        test.values.get(self.place()).unwrap_or(f32::NAN)
    }

    fn value(self, value: f32) -> String {
        match self {
            Self::Loss => figure(value),
            Self::Accuracy => sheet::percent_of(value),
        }
    }

    fn tick(self, value: f64) -> String {
        match self {
            Self::Loss if value == 0.0 || value >= 0.01 => {
                let text = format!("{value:.2}");
                text.trim_end_matches('0').trim_end_matches('.').to_owned()
            }
            Self::Loss => format!("{value:.0e}").replace('-', "−"),
            Self::Accuracy => format!("{:.0} %", value * 100.0),
        }
    }
}

/// A chart and how much of which run it has drawn.
#[derive(Component)]
struct Curve {
    quantity: Quantity,
    run: Option<RunId>,
    drawn: Step,
    epochs: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Axis {
    X,
    Y,
}

/// A number at an axis of a chart.
#[derive(Component)]
struct Tick {
    chart: Entity,
    axis: Axis,
    index: usize,
}

/// The value of one curve, or the words on what the curve is, at the shown or pointed step.
#[derive(Component)]
enum Reading {
    Value { chart: Entity, series: usize },
    Key { chart: Entity, series: usize },
}

fn hang_curves(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit == EXHIBIT_ID {
        hang(&mut hanger, placed.entity, Quantity::Loss);
        hang(&mut hanger, placed.entity, Quantity::Accuracy);
    }
}

fn plot_rect(spot: theatre::Spot) -> Rect {
    let (left, top, right, bottom) = AROUND_DMM;
    let size = spot.size_m * sheet::DMM_PER_M;
    Rect::new(left, top, size.x - right, size.y - bottom)
}

fn hang(hanger: &mut Hanger, theatre: Entity, quantity: Quantity) {
    let (name, landmark, spot, unit, span) = match quantity {
        Quantity::Loss => ("Loss", "loss", theatre::LOSS, "nats", AxisSpan::Growing),
        Quantity::Accuracy => {
            ("Accuracy", "accuracy", theatre::ACCURACY, "", AxisSpan::Fixed { low: 0.0, high: 1.0 })
        }
    };
    let sheet = sheet::hang(hanger, theatre, name, spot);
    let rect = plot_rect(spot);
    let size = rect.size() / sheet::DMM_PER_M;
    let mut x = ChartAxis::new(AxisSpan::Fixed { low: 0.0, high: 1.0 });
    let mut y = ChartAxis::new(span);
    (x.max_ticks, y.max_ticks) = TICKS;
    let chart = hanger
        .commands
        .spawn((
            Name::new(format!("{name} curves")),
            Chart::new(size, x, y)
                .with_series(SeriesStyle::line(palette::TRAIN))
                .with_series(SeriesStyle::dotted(palette::TEST)),
            Curve { quantity, run: None, drawn: Step(0), epochs: 0 },
            Surface { size },
            Landmark(landmark),
            sheet.place(rect, sheet::BEFORE_M),
            ChildOf(sheet.panel),
        ))
        .observe(scrub::point)
        .observe(scrub::leave)
        .observe(|pressed: On<AimPressed>, scrub: Scrub| scrub.to(pressed.entity, pressed.uv))
        .observe(|dragged: On<AimDragged>, scrub: Scrub| scrub.to(dragged.entity, dragged.uv))
        .id();

    hanger.commands.entity(sheet.root).with_children(|page| {
        let line = Node {
            width: percent(100),
            height: px(52),
            column_gap: px(8),
            align_items: AlignItems::Center,
            ..from_left(0.0, 0.0)
        };
        page.spawn(line).with_children(|line| {
            line.spawn((words::heading(name), TextLayout::no_wrap()));
            line.spawn((words::caption(unit), Node { flex_grow: 1.0, ..default() }));
            for (series, ink) in SERIES.into_iter().zip([palette::TRAIN, palette::TEST]) {
                line.spawn((
                    words::set("", type_size::CAPTION, FontWeight::SEMIBOLD, ink),
                    TextLayout::no_wrap(),
                    Reading::Value { chart, series },
                ));
            }
            if quantity == Quantity::Loss {
                let mut log = line.spawn(toggle("loss-log", "log", ButtonKind::Small));
                log.entry::<Node>().and_modify(|mut node| node.min_height = px(BUTTON_DMM));
                log.observe(move |change: On<ValueChange<bool>>, mut charts: Query<&mut Chart>| {
                    if let Ok(mut chart) = charts.get_mut(chart) {
                        chart.y.scale = scale_for(change.value);
                    }
                });
            }
        });
        let below = rect.max.y + 3.0;
        page.spawn((
            words::caption("step"),
            from_right(spot.size_m.x * sheet::DMM_PER_M - rect.min.x + 14.0, below),
        ));
        for index in 0..=TICKS.0 {
            let tick = Tick { chart, axis: Axis::X, index };
            page.spawn((
                words::caption(""),
                TextLayout::no_wrap(),
                from_left(0.0, below),
                centred(),
                tick,
            ));
        }
        for index in 0..=TICKS.1 {
            let right = spot.size_m.x * sheet::DMM_PER_M - rect.min.x + 8.0;
            let tick = Tick { chart, axis: Axis::Y, index };
            page.spawn((words::caption(""), TextLayout::no_wrap(), from_right(right, 0.0), tick));
        }
    });
    hang_legend(hanger, &sheet, chart, quantity, rect);
}

/// The legend hangs before the corner of the plot that the curves leave free.
fn hang_legend(hanger: &mut Hanger, sheet: &Sheet, chart: Entity, quantity: Quantity, rect: Rect) {
    let height = 2.0 * LINE_DMM;
    let corner = match quantity {
        Quantity::Loss => {
            Rect::new(rect.min.x, rect.min.y + 2.0, rect.max.x, rect.min.y + 2.0 + height)
        }
        Quantity::Accuracy => {
            Rect::new(rect.min.x, rect.max.y - height - 2.0, rect.max.x, rect.max.y - 2.0)
        }
    };
    let legend = sheet.hang_before(hanger, "Legend", corner);
    hanger.commands.entity(legend).with_children(|page| {
        for (series, ink) in SERIES.into_iter().zip([palette::TRAIN, palette::TEST]) {
            let line = Node {
                column_gap: px(8),
                align_items: AlignItems::Center,
                padding: UiRect::horizontal(px(6)),
                ..from_right(0.0, series as f32 * LINE_DMM)
            };
            // Curves may pass below, but not through the words.
            let ground = BackgroundColor(palette::PLATE.with_alpha(0.55));
            page.spawn((line, ground)).with_children(|line| {
                // As on the plot: a line for batches, a dot for tests.
                let (size, radius) = if series == 0 { ((16, 4), 0) } else { ((12, 12), 6) };
                line.spawn((
                    Node {
                        width: px(size.0),
                        height: px(size.1),
                        border_radius: BorderRadius::all(px(radius)),
                        ..default()
                    },
                    BackgroundColor(ink),
                ));
                line.spawn((
                    words::set("", type_size::CAPTION, FontWeight::NORMAL, ink),
                    TextLayout::no_wrap(),
                    Reading::Key { chart, series },
                ));
            });
        }
    });
}

fn scale_for(logarithmic: bool) -> Scale {
    if logarithmic { Scale::Logarithmic } else { Scale::Linear }
}

/// Adds what the run has and the charts have not; a new run begins on empty charts.
fn draw_curves(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    mut charts: Query<(&mut Chart, &mut Curve)>,
) {
    let Some(started) = run.0.started() else {
        return;
    };
    let shown_step = Some(timeline.shown_step(&run.0).0 as f64);
    let (scalars, epochs) = (run.0.scalars(), run.0.epochs());
    for (mut chart, mut curve) in &mut charts {
        let is_drawn = curve.run == Some(started.run)
            && curve.epochs >= epochs.len()
            && scalars.after(curve.drawn).len() == 0;
        if is_drawn && chart.shown_step == shown_step {
            continue;
        }
        if curve.run != Some(started.run) {
            chart.clear();
            let last = u64::from(started.epochs) * started.steps_per_epoch;
            chart.x.span = AxisSpan::Fixed { low: 0.0, high: last as f64 };
            *curve = Curve { run: Some(started.run), drawn: Step(0), epochs: 0, ..*curve };
        }
        for step in scalars.after(curve.drawn) {
            chart.push(SERIES[0], step.step.0, curve.quantity.of_step(step));
            curve.drawn = step.step;
        }
        for epoch in epochs.get(curve.epochs..).unwrap_or_default() {
            if let Some(test) = &epoch.test {
                chart.push(SERIES[1], epoch.step.0, curve.quantity.of_test(test));
            }
            curve.epochs += 1;
        }
        chart.shown_step = shown_step;
    }
}

fn write_ticks(charts: Query<(&Chart, &Curve)>, mut ticks: Query<(&Tick, &mut Node, &mut Text)>) {
    for (tick, mut node, text) in &mut ticks {
        let Ok((chart, curve)) = charts.get(tick.chart) else {
            continue;
        };
        let rect = plot_rect(match curve.quantity {
            Quantity::Loss => theatre::LOSS,
            Quantity::Accuracy => theatre::ACCURACY,
        });
        let axis = if tick.axis == Axis::X { &chart.x } else { &chart.y };
        let tick_here = axis.ticks().get(tick.index).map(|&value| (value, axis.place_of(value)));
        // Until an axis has come to rest, a number may belong a little beyond its end.
        let Some((value, place)) = tick_here.filter(|(_, place)| (-0.01..=1.01).contains(place))
        else {
            sheet::write(text, String::new());
            continue;
        };
        let (wanted, label) = match tick.axis {
            Axis::X => {
                (px(rect.min.x + place * rect.width()), HumanCount(value as u64).to_string())
            }
            Axis::Y => {
                let middle = rect.max.y - place * rect.height();
                (px(middle - LINE_DMM / 2.0), curve.quantity.tick(value))
            }
        };
        let side = if tick.axis == Axis::X { node.left } else { node.top };
        if side != wanted {
            match tick.axis {
                Axis::X => node.left = wanted,
                Axis::Y => node.top = wanted,
            }
        }
        sheet::write(text, label);
    }
}

/// Says the values at the step that is pointed at, or else at the one that is shown.
fn write_readings(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    charts: Query<(&Chart, &Curve)>,
    mut readings: Query<(&Reading, &mut Text)>,
) {
    for (reading, text) in &mut readings {
        let (Reading::Value { chart, series } | Reading::Key { chart, series }) = *reading;
        let Ok((chart, curve)) = charts.get(chart) else {
            continue;
        };
        let pointed = chart.pointed_step.map(|step| Step(step.max(0.0).round() as u64));
        let step = pointed.unwrap_or_else(|| timeline.shown_step(&run.0));
        let read = read_at(&run.0, curve.quantity, series, step);
        let wanted = match reading {
            Reading::Value { .. } => {
                read.map_or_else(String::new, |(_, value)| curve.quantity.value(value))
            }
            Reading::Key { .. } => key(series, pointed.and(read), curve.quantity),
        };
        sheet::write(text, wanted);
    }
}

/// The step and the value of a curve that hold at a step.
fn read_at(run: &Run, quantity: Quantity, series: usize, step: Step) -> Option<(Step, f32)> {
    if series == SERIES[0] {
        run.scalars().at(step).map(|scalars| (scalars.step, quantity.of_step(scalars)))
    } else {
        let epoch = run.epoch_at(step)?;
        Some((epoch.step, quantity.of_test(epoch.test.as_ref()?)))
    }
}

fn key(series: usize, pointed: Option<(Step, f32)>, quantity: Quantity) -> String {
    match pointed {
        Some((step, value)) => {
            format!("step {}: {}", HumanCount(step.0), quantity.value(value))
        }
        None if series == SERIES[0] => "training, per batch".to_owned(),
        None => "test, per epoch".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_labelled_shortly_and_exactly() {
        let loss = [0.0, 0.5, 1.0, 2.5, 0.25, 0.01, 0.001].map(|value| Quantity::Loss.tick(value));
        assert_eq!(loss, ["0", "0.5", "1", "2.5", "0.25", "0.01", "1e−3"]);
        assert_eq!(Quantity::Accuracy.tick(0.6000000000000001), "60 %");
    }

    #[test]
    fn the_legend_turns_into_what_is_pointed_at() {
        assert_eq!(key(0, None, Quantity::Loss), "training, per batch");
        assert_eq!(key(1, Some((Step(1250), 0.9625)), Quantity::Accuracy), "step 1,250: 96.2 %");
    }
}
