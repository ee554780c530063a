//! The sheets of the curves: plot, heading, numbers at the axes, and a legend that says what is pointed at.

use bevy::prelude::*;

use super::{Axis, Curve, KeyOf, LossUnit, Quantity, Reading, Tick, quantity::SERIES};
use crate::{
    stream::Step,
    world::{
        classifier::{
            Classifier, Of,
            arc::Spot,
            browser::Hangs,
            sheet::{self, centred, from_left, from_right},
        },
        display::{AxisSpan, Chart, ChartAxis, Scale, SeriesStyle},
        interaction::aim::{Landmark, Surface},
        scrub,
        ui::{
            controls::{ButtonKind, ValueChange, toggle},
            palette,
            panel::Hanger,
            type_size, words,
        },
    },
};

/// Room around the plot, in dmm: left and right for ticks; above for the heading, of which the highest number of the accuracy
/// keeps clear; below that of the loss hangs the legend of both charts, below that of the accuracy the numbers along the steps
/// of both.
const AROUND_DMM: (f32, f32) = (88.0, 46.0);
const ABOVE_DMM: (f32, f32) = (44.0, 56.0);
/// Height of the heading, in dmm.
const HEADING_DMM: f32 = 40.0;
const BELOW_DMM: (f32, f32) = (56.0, 46.0);
/// How far below the plot the numbers along the steps begin, in dmm: the lowest of the other axis ends above them.
const STEPS_BELOW_DMM: f32 = 11.0;
/// Height of a line of captions, in dmm.
pub(super) const LINE_DMM: f32 = 34.0;
/// Height of the button beside the legend, which hangs high, in dmm.
const BUTTON_DMM: f32 = 50.0;
/// Room for the widest value, in dmm: what changes does not push what stands beside it.
const VALUE_DMM: f32 = 86.0;
/// How many numbers an axis has room for.
const TICKS: (usize, usize) = (4, 3);
/// Where the chart of a quantity hangs.
pub(super) const fn spot_of<C: Classifier>(quantity: Quantity) -> Spot {
    match quantity {
        Quantity::Loss => C::PLACES.loss,
        Quantity::Accuracy => C::PLACES.accuracy,
    }
}

/// The plot on the sheet of a chart, in dmm.
pub(super) fn plot_rect(spot: Spot, quantity: Quantity) -> Rect {
    let (left, right) = AROUND_DMM;
    let (top, bottom) = match quantity {
        Quantity::Loss => (ABOVE_DMM.0, BELOW_DMM.0),
        Quantity::Accuracy => (ABOVE_DMM.1, BELOW_DMM.1),
    };
    let size = spot.size_m * sheet::DMM_PER_M;
    Rect::new(left, top, size.x - right, size.y - bottom)
}

/// Hangs a chart with its heading, ticks and legend.
pub(super) fn hang<C: Classifier>(hanger: &mut Hanger, exhibit: Entity, quantity: Quantity) {
    let spot = spot_of::<C>(quantity);
    let (name, landmark, unit, span) = match quantity {
        Quantity::Loss => {
            (say!("classifier-loss-4"), "loss", say!("classifier-nats"), AxisSpan::Growing)
        }
        Quantity::Accuracy => {
            (say!("classifier-accuracy"), "accuracy", "", AxisSpan::Fixed { low: 0.0, high: 1.0 })
        }
    };
    let sheet = sheet::hang(hanger, exhibit, name, spot);
    hanger.commands.entity(sheet.panel).insert((Hangs::Beside, Of::<C>::MARK));
    let rect = plot_rect(spot, quantity);
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
            Of::<C>::MARK,
            Surface { size },
            Landmark(landmark),
            sheet.place(rect, sheet::BEFORE_M),
            ChildOf(sheet.panel),
        ))
        .id();
    scrub::allow(hanger.commands.entity(chart));

    hanger.commands.entity(sheet.root).with_children(|page| {
        let line = Node {
            width: percent(100),
            height: px(HEADING_DMM),
            column_gap: px(8),
            align_items: AlignItems::Center,
            ..from_left(0.0, 0.0)
        };
        page.spawn(line).with_children(|line| {
            let heading = words::set(name, type_size::CAPTION, FontWeight::SEMIBOLD, palette::INK);
            line.spawn((heading, TextLayout::no_wrap()));
            let mut unit = line.spawn((words::caption(unit), Node { flex_grow: 1.0, ..default() }));
            if quantity == Quantity::Loss {
                unit.insert((LossUnit, Of::<C>::MARK));
            }
            for (series, ink) in SERIES.into_iter().zip([palette::TRAIN, palette::TEST]) {
                let place = Node {
                    width: px(VALUE_DMM),
                    flex_shrink: 0.0,
                    justify_content: JustifyContent::End,
                    ..default()
                };
                line.spawn(place).with_child((
                    words::set("", type_size::CAPTION, FontWeight::SEMIBOLD, ink),
                    TextLayout::no_wrap(),
                    Reading::Value { chart, series },
                    Of::<C>::MARK,
                ));
            }
        });
        match quantity {
            Quantity::Loss => legend::<C>(page, chart, rect),
            Quantity::Accuracy => steps::<C>(page, chart, rect, spot),
        }
        for index in 0..=TICKS.1 {
            let right = spot.size_m.x * sheet::DMM_PER_M - rect.min.x + 8.0;
            let tick = Tick { chart, axis: Axis::Y, index };
            page.spawn((
                words::caption(""),
                TextLayout::no_wrap(),
                from_right(right, 0.0),
                tick,
                Of::<C>::MARK,
            ));
        }
    });
}

/// The numbers along the steps: both charts hang above each other and have the same.
fn steps<C: Classifier>(page: &mut ChildSpawnerCommands, chart: Entity, rect: Rect, spot: Spot) {
    let below = rect.max.y + STEPS_BELOW_DMM;
    page.spawn((
        words::caption(say!("classifier-step")),
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
            Of::<C>::MARK,
        ));
    }
}

/// The legend of both charts, between them, where no curve runs, and the button that shows the loss by its logarithm.
fn legend<C: Classifier>(page: &mut ChildSpawnerCommands, chart: Entity, rect: Rect) {
    let line = Node {
        width: percent(100),
        height: px(BELOW_DMM.0),
        column_gap: px(16),
        align_items: AlignItems::Center,
        ..from_left(0.0, rect.max.y + 2.0)
    };
    page.spawn(line).with_children(|line| {
        for (series, ink) in SERIES.into_iter().zip([palette::TRAIN, palette::TEST]) {
            let key = Node { column_gap: px(8), align_items: AlignItems::Center, ..default() };
            line.spawn((key, KeyOf(series), Of::<C>::MARK)).with_children(|line| {
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
                    Of::<C>::MARK,
                ));
            });
        }
        line.spawn(Node { flex_grow: 1.0, ..default() });
        let mut log =
            line.spawn(toggle(C::NAMES.loss_log, say!("classifier-log"), ButtonKind::Small));
        log.entry::<Node>().and_modify(|mut node| node.min_height = px(BUTTON_DMM));
        log.observe(move |change: On<ValueChange<bool>>, mut charts: Query<&mut Chart>| {
            if let Ok(mut chart) = charts.get_mut(chart) {
                chart.y.scale = scale_for(change.value);
            }
        });
    });
}

fn scale_for(logarithmic: bool) -> Scale {
    if logarithmic { Scale::Logarithmic } else { Scale::Linear }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_number_of_the_accuracy_keeps_clear_of_its_heading_in_every_language() {
        let spot = Spot::new(0.0, 1.8, 1.36, 0.70);
        let top = plot_rect(spot, Quantity::Accuracy).min.y - LINE_DMM / 2.0;
        // Chinese letters are as high as they are set, in the middle of their line.
        let heading = (HEADING_DMM + type_size::CAPTION) / 2.0;
        assert!(top > heading, "{top} is not below {heading}");
        // The numbers between have room below each other.
        let apart = plot_rect(spot, Quantity::Accuracy).height() / 2.0;
        assert!(apart >= LINE_DMM, "{apart}");
    }
}
