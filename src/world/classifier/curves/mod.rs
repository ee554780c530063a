//! Loss and accuracy over the steps of the run: curves to read, to point at and to scrub on.

mod hang;
mod quantity;

use bevy::prelude::*;
use indicatif::HumanCount;

use self::quantity::{Quantity, SERIES};
use super::{Classifier, Of, on_stage, sheet};
use crate::{
    stream::{MetricSpec, RunId, Split, Step},
    world::{
        WorldSystems,
        display::{AxisSpan, Chart},
        link::ShownRun,
        stage::PlinthPlaced,
        timeline::Timeline,
        ui::{controls::show, panel::Hanger},
    },
};

pub(super) fn plugin<C: Classifier>(app: &mut App) {
    let write = (write_ticks::<C>, write_readings::<C>, write_unit::<C>, show_keys::<C>);
    let write = write.run_if(sheet::seldom());
    app.add_observer(hang_curves::<C>).add_systems(
        Update,
        (draw_curves::<C>, write).chain().in_set(WorldSystems::Show).in_set(on_stage::<C>()),
    );
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

/// What a letter of a number along the steps takes, with its share of the air between two numbers, in dmm.
const TICK_LETTER_DMM: f32 = 15.0;

/// How much farther than the last step the axis of a run reaches whose end is not known.
const AIR: f64 = 1.06;

/// A number at an axis of a chart.
#[derive(Component)]
struct Tick {
    chart: Entity,
    axis: Axis,
    index: usize,
}

/// The words that say in which unit the loss is.
#[derive(Component)]
struct LossUnit;

/// The value of one curve, or the words on what the curve is, at the shown or pointed step.
#[derive(Component)]
enum Reading {
    Value { chart: Entity, series: usize },
    Key { chart: Entity, series: usize },
}

/// What says which curve is whose, of the curve with this number.
#[derive(Component)]
struct KeyOf(usize);

fn hang_curves<C: Classifier>(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit == C::EXHIBIT {
        hang::hang::<C>(&mut hanger, placed.entity, Quantity::Loss);
        hang::hang::<C>(&mut hanger, placed.entity, Quantity::Accuracy);
    }
}

/// Adds what the run has and the charts have not; a new run begins on empty charts.
fn draw_curves<C: Classifier>(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    mut charts: Query<(&mut Chart, &mut Curve), With<Of<C>>>,
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
            *curve = Curve { run: Some(started.run), drawn: Step(0), epochs: 0, ..*curve };
        }
        // A run whose end is not known grows, and with it both charts: the numbers along the steps stand below one of them alone.
        let last = match u64::from(started.epochs) * started.steps_per_epoch {
            0 => AIR * run.0.step().0.max(1) as f64,
            last => last as f64,
        };
        chart.x.span = AxisSpan::Fixed { low: 0.0, high: last };
        let told = [Split::Train, Split::Test].map(|split| curve.quantity.is_told(started, split));
        for step in scalars.after(curve.drawn) {
            if told[0] {
                chart.push(SERIES[0], step.step.0, curve.quantity.of_step(step));
            }
            curve.drawn = step.step;
        }
        for epoch in epochs.get(curve.epochs..).unwrap_or_default() {
            if let Some(test) = epoch.test.as_ref().filter(|_| told[1]) {
                chart.push(SERIES[1], epoch.step.0, curve.quantity.of_test(test));
            }
            curve.epochs += 1;
        }
        chart.shown_step = shown_step;
    }
}

fn write_ticks<C: Classifier>(
    charts: Query<(&Chart, &Curve)>,
    mut ticks: Query<(&Tick, &mut Node, &mut Text), With<Of<C>>>,
) {
    for (tick, mut node, text) in &mut ticks {
        let Ok((chart, curve)) = charts.get(tick.chart) else {
            continue;
        };
        let rect = hang::plot_rect(hang::spot_of::<C>(curve.quantity), curve.quantity);
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
                let label = HumanCount(value as u64).to_string();
                // Long numbers have no room beside each other.
                let ticks = axis.ticks();
                let apart = match ticks[..] {
                    [first, second, ..] => axis.place_of(second) - axis.place_of(first),
                    _ => 1.0,
                };
                let longest =
                    ticks.last().map_or(0, |last| HumanCount(*last as u64).to_string().len());
                let has_room = apart * rect.width() > longest as f32 * TICK_LETTER_DMM;
                let is_left_out = !has_room && tick.index % 2 == 1;
                let label = if is_left_out { String::new() } else { label };
                (px(rect.min.x + place * rect.width()), label)
            }
            Axis::Y => {
                let middle = rect.max.y - place * rect.height();
                (px(middle - hang::LINE_DMM / 2.0), curve.quantity.tick(value))
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

/// What is not tested has no key for it.
fn show_keys<C: Classifier>(run: Res<ShownRun>, mut keys: Query<(&KeyOf, &mut Node), With<Of<C>>>) {
    let Some(started) = run.0.started() else {
        return;
    };
    let is_tested = started.metrics_of(Split::Test).next().is_some();
    for (key, mut node) in &mut keys {
        show(&mut node, key.0 == 0 || is_tested);
    }
}

/// Says in which unit the loss of the run is: a training of another program has one of its own, or none.
fn write_unit<C: Classifier>(
    run: Res<ShownRun>,
    mut units: Query<&mut Text, (With<LossUnit>, With<Of<C>>)>,
) {
    let loss = run.0.started().and_then(|started| started.metrics_of(Split::Train).next());
    let Some(loss) = loss else {
        return;
    };
    let nats = loss.unit == MetricSpec::LOSS.unit;
    for unit in &mut units {
        let wanted = if nats { say!("classifier-nats") } else { loss.unit };
        sheet::write(unit, wanted.to_owned());
    }
}

/// Says the values at the step that is pointed at on either chart, or else at the one that is shown.
fn write_readings<C: Classifier>(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    charts: Query<(&Chart, &Curve)>,
    mut readings: Query<(&Reading, &mut Text), With<Of<C>>>,
) {
    let pointed = charts.iter().find_map(|(chart, _)| chart.pointed_step);
    let pointed = pointed.map(|step| Step(step.max(0.0).round() as u64));
    for (reading, text) in &mut readings {
        let (Reading::Value { chart, series } | Reading::Key { chart, series }) = *reading;
        let Ok((_, curve)) = charts.get(chart) else {
            continue;
        };
        let step = pointed.unwrap_or_else(|| timeline.shown_step(&run.0));
        let read = quantity::read_at(&run.0, curve.quantity, series, step);
        let wanted = match reading {
            Reading::Value { .. } => {
                read.map_or_else(String::new, |(_, value)| curve.quantity.value(value))
            }
            Reading::Key { .. } => quantity::key(series, pointed.and(read).map(|read| read.0)),
        };
        sheet::write(text, wanted);
    }
}
