//! The sheets of the curves: plot, heading, numbers at the axes, and a legend that says what is pointed at.

use bevy::prelude::*;

use super::{Axis, Curve, Quantity, Reading, Tick, quantity::SERIES};
use crate::{
    stream::Step,
    world::{
        classifier::{
            Classifier, Of,
            arc::Spot,
            browser::Hangs,
            sheet::{self, Sheet, centred, from_left, from_right},
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

/// Room around the plot for heading and ticks, in dmm: left, top, right, bottom.
const AROUND_DMM: (f32, f32, f32, f32) = (88.0, 58.0, 46.0, 38.0);
/// Height of a line of captions, in dmm.
pub(super) const LINE_DMM: f32 = 34.0;
/// Height of the button beside the heading, which hangs high, in dmm.
const BUTTON_DMM: f32 = 50.0;
/// How many numbers an axis has room for.
const TICKS: (usize, usize) = (4, 4);
/// Where the chart of a quantity hangs.
pub(super) const fn spot_of<C: Classifier>(quantity: Quantity) -> Spot {
    match quantity {
        Quantity::Loss => C::PLACES.loss,
        Quantity::Accuracy => C::PLACES.accuracy,
    }
}

/// The plot on the sheet of a chart, in dmm.
pub(super) fn plot_rect(spot: Spot) -> Rect {
    let (left, top, right, bottom) = AROUND_DMM;
    let size = spot.size_m * sheet::DMM_PER_M;
    Rect::new(left, top, size.x - right, size.y - bottom)
}

/// Hangs a chart with its heading, ticks and legend.
pub(super) fn hang<C: Classifier>(hanger: &mut Hanger, exhibit: Entity, quantity: Quantity) {
    let spot = spot_of::<C>(quantity);
    let (name, landmark, unit, span) = match quantity {
        Quantity::Loss => ("Loss", "loss", "nats", AxisSpan::Growing),
        Quantity::Accuracy => ("Accuracy", "accuracy", "", AxisSpan::Fixed { low: 0.0, high: 1.0 }),
    };
    let sheet = sheet::hang(hanger, exhibit, name, spot);
    hanger.commands.entity(sheet.panel).insert((Hangs::Beside, Of::<C>::MARK));
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
                    Of::<C>::MARK,
                ));
            }
            if quantity == Quantity::Loss {
                let mut log = line.spawn(toggle(C::NAMES.loss_log, "log", ButtonKind::Small));
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
                Of::<C>::MARK,
            ));
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
    hang_legend::<C>(hanger, &sheet, chart, quantity, rect);
}

/// The legend hangs before the corner of the plot that the curves leave free.
fn hang_legend<C: Classifier>(
    hanger: &mut Hanger,
    sheet: &Sheet,
    chart: Entity,
    quantity: Quantity,
    rect: Rect,
) {
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
                    Of::<C>::MARK,
                ));
            });
        }
    });
}

fn scale_for(logarithmic: bool) -> Scale {
    if logarithmic { Scale::Logarithmic } else { Scale::Linear }
}
