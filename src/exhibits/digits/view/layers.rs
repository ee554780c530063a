//! The layers themselves: input, filters, maps before and after ReLU, pooled maps, and the dense weights of a class.

use bevy::prelude::*;

use super::{Attention, AttentionSystems, Shows, theatre};
use crate::{
    exhibits::digits::{
        ACTIVATION, CONVOLUTION, CONVOLUTION_SIDE, DENSE_WEIGHTS, EXHIBIT_ID, FILTER_SIDE,
        FILTER_WEIGHTS, FILTERS, INPUT, INPUT_SIDE, POOLED, POOLED_SIDE, PROBABILITIES,
        payload::TestSet,
    },
    stream::{LayerId, Shape},
    world::{
        WorldSystems,
        display::{ColourMap, Field, FieldLayout, colour_bar},
        interaction::{
            aim::{Landmark, Surface},
            intent::Intent,
        },
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{
            panel::{Ground, Hanger, PanelPlan},
            words,
        },
    },
};

/// Maps beside each other in the big layers.
const MAPS_PER_ROW: usize = 8;
/// Filters beside each other.
const FILTERS_PER_ROW: usize = 3;
/// Cells left free between maps.
const GAP_CELLS: u32 = 2;
/// Height of a layer's heading, in metres.
const HEADING_M: f32 = 0.17;
/// Room for the shortest heading, in metres.
const LEAST_HEADING_M: f32 = 0.52;
/// Height of a layer's legend, in metres.
const LEGEND_M: f32 = 0.155;
/// Width and height of a colour bar, in metres.
const COLOUR_BAR_M: Vec2 = Vec2::new(0.44, 0.03);
/// Room for the number at the low end of a colour bar, and the gap before and after the bar, in dmm.
const END_PX: f32 = 94.0;
const LEGEND_GAP_PX: f32 = 10.0;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang_layers)
        .add_systems(Update, follow_the_answer.in_set(AttentionSystems))
        .add_systems(
            Update,
            (show_layers, show_class, label_ranges, switch_relief)
                .chain()
                .in_set(WorldSystems::Show)
                .in_set(super::ON_STAGE),
        );
}

/// A layer's place, layout, colours and heading.
struct Plan {
    layer: LayerId,
    spot: theatre::Spot,
    layout: FieldLayout,
    colours: ColourMap,
    heading: &'static str,
    shape: &'static str,
}

fn plans() -> [Plan; 6] {
    let stack =
        |maps, side, per_row| FieldLayout::stack(Shape::maps(maps, side, side), per_row, GAP_CELLS);
    [
        Plan {
            layer: INPUT,
            spot: theatre::INPUT,
            layout: FieldLayout::single(INPUT_SIDE, INPUT_SIDE),
            colours: ColourMap::Grey,
            heading: "Input",
            shape: "",
        },
        Plan {
            layer: FILTER_WEIGHTS,
            spot: theatre::FILTERS,
            layout: FieldLayout {
                gap_cells: UVec2::ONE,
                ..stack(FILTERS, FILTER_SIDE, FILTERS_PER_ROW)
            },
            colours: ColourMap::Diverging,
            heading: "Filters",
            shape: "",
        },
        Plan {
            layer: CONVOLUTION,
            spot: theatre::CONVOLUTION,
            layout: stack(FILTERS, CONVOLUTION_SIDE, MAPS_PER_ROW),
            colours: ColourMap::Diverging,
            heading: "Convolution",
            shape: "32 × 26 × 26",
        },
        Plan {
            layer: ACTIVATION,
            spot: theatre::ACTIVATION,
            layout: stack(FILTERS, CONVOLUTION_SIDE, MAPS_PER_ROW),
            colours: ColourMap::Sequential,
            heading: "After ReLU",
            shape: "32 × 26 × 26",
        },
        Plan {
            layer: POOLED,
            spot: theatre::POOLED,
            layout: stack(FILTERS, POOLED_SIDE, MAPS_PER_ROW),
            colours: ColourMap::Sequential,
            heading: "Pooled",
            shape: "32 × 13 × 13",
        },
        Plan {
            layer: DENSE_WEIGHTS,
            spot: theatre::DENSE_WEIGHTS,
            layout: stack(FILTERS, POOLED_SIDE, MAPS_PER_ROW),
            colours: ColourMap::Diverging,
            heading: "Weights to",
            shape: "",
        },
    ]
}

/// The words beside a layer's colour bar, and the bar's two ends.
#[derive(Component)]
struct RangeWords {
    layer: LayerId,
    high: bool,
}

/// The heading that names the class whose weights are shown.
#[derive(Component)]
struct ClassWords;

fn hang_layers(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let theatre = placed.entity;
    for plan in plans() {
        let field = Field::sized(plan.layout, plan.spot.size_m).with_colours(plan.colours);
        let surface = Surface { size: field.size() };
        hanger.commands.spawn((
            Name::new(plan.heading),
            Shows(plan.layer),
            Landmark(plan.layer.name()),
            if plan.colours == ColourMap::Grey { field.without_hairlines() } else { field },
            surface,
            plan.spot.transform(),
            ChildOf(theatre),
        ));

        head_layer(&mut hanger, theatre, &plan);
        // Narrow layers have no room for a legend.
        if plan.spot.size_m.x > 1.0 {
            foot_layer(&mut hanger, theatre, &plan);
        }
    }
}

/// Name and shape, above the layer.
fn head_layer(hanger: &mut Hanger, theatre: Entity, plan: &Plan) {
    let title = plan.spot.title(HEADING_M, 0.02);
    let width_m = title.size_m.x.max(LEAST_HEADING_M);
    let sign = hanger.hang(PanelPlan {
        name: plan.heading,
        size_m: Vec2::new(width_m, HEADING_M),
        read_from_m: theatre::READ_FROM_M,
        ground: Ground::Clear,
    });
    hanger.commands.entity(sign.panel).insert((title.transform(), ChildOf(theatre)));
    hanger.commands.entity(sign.root).with_children(|sign| {
        sign.spawn(Node { column_gap: px(12), align_items: AlignItems::Baseline, ..default() })
            .with_children(|line| {
                let mut heading = line.spawn((words::figure(plan.heading), TextLayout::no_wrap()));
                if plan.layer == DENSE_WEIGHTS {
                    heading.insert(ClassWords);
                }
                line.spawn((words::caption(plan.shape), TextLayout::no_wrap()));
            });
    });
}

/// The colour bar and what its ends stand for, below the layer.
fn foot_layer(hanger: &mut Hanger, theatre: Entity, plan: &Plan) {
    let foot = plan.spot.foot(LEGEND_M, 0.0);
    let sign = hanger.hang(PanelPlan {
        name: "Legend",
        size_m: foot.size_m,
        read_from_m: theatre::READ_FROM_M,
        ground: Ground::Clear,
    });
    hanger.commands.entity(sign.panel).insert((foot.transform(), ChildOf(theatre)));
    let bar_px = COLOUR_BAR_M.x * 1000.0 / theatre::READ_FROM_M;
    hanger.commands.entity(sign.root).with_children(|sign| {
        sign.spawn(Node {
            align_items: AlignItems::Center,
            column_gap: px(LEGEND_GAP_PX),
            ..default()
        })
        .with_children(|line| {
            line.spawn(Node {
                width: px(END_PX),
                justify_content: JustifyContent::End,
                ..default()
            })
            .with_child((words::caption("0"), RangeWords { layer: plan.layer, high: false }));
            // The bar itself hangs in front of this gap.
            line.spawn(Node { width: px(bar_px), ..default() });
            line.spawn((words::caption("1"), RangeWords { layer: plan.layer, high: true }));
        });
    });
    let from_left_m = (END_PX + LEGEND_GAP_PX) * theatre::READ_FROM_M / 1000.0;
    let along_m = foot.along_m - foot.size_m.x / 2.0 + from_left_m + COLOUR_BAR_M.x / 2.0;
    let bar = theatre::Spot { along_m, size_m: COLOUR_BAR_M, ..foot };
    hanger.commands.spawn((
        Name::new(format!("{} colour bar", plan.heading)),
        colour_bar(COLOUR_BAR_M, plan.colours, default()),
        beside(plan.spot, bar),
        ChildOf(theatre),
    ));
}

/// A place in the plane of a layer that faces the middle as the layer does, a little before it.
fn beside(layer: theatre::Spot, place: theatre::Spot) -> Transform {
    let offset = Vec3::new(place.along_m - layer.along_m, place.up_m - layer.up_m, 0.006);
    layer.transform() * Transform::from_translation(offset)
}

/// Unless the visitor holds a class, the weights shown are those of what the network says.
fn follow_the_answer(shown: Res<ShownSnapshot>, mut attention: ResMut<Attention>) {
    if !shown.is_changed() || attention.class_held {
        return;
    }
    let Some(shares) = shown.layer(PROBABILITIES) else {
        return;
    };
    let said = shares.values.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1));
    if let Some((said, _)) = said.filter(|(said, _)| *said != attention.class) {
        attention.class = said;
    }
}

fn show_layers(shown: Res<ShownSnapshot>, mut fields: Query<(&Shows, &mut Field)>) {
    if !shown.is_changed() {
        return;
    }
    for (shows, mut field) in &mut fields {
        if let Some(layer) = shown.layer(shows.0) {
            field.show(layer);
        }
    }
}

fn show_class(
    attention: Res<Attention>,
    run: Res<ShownRun>,
    mut fields: Query<(&Shows, &mut Field)>,
    mut words: Query<&mut Text, With<ClassWords>>,
) {
    if !attention.is_changed() {
        return;
    }
    for (shows, mut field) in &mut fields {
        if shows.0 == DENSE_WEIGHTS {
            field.first_map = FILTERS * attention.class;
        }
    }
    let name = run.0.material::<TestSet>().and_then(|set| set.classes.get(attention.class));
    for mut text in &mut words {
        let wanted = format!("Weights to “{}”", name.map_or("?", String::as_str));
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

/// Writes what the ends of each colour bar stand for, a few times a second so that they can be read.
fn label_ranges(
    time: Res<Time<Real>>,
    mut next_secs: Local<f32>,
    fields: Query<(&Shows, &Field)>,
    mut words: Query<(&RangeWords, &mut Text)>,
) {
    const EVERY_SECS: f32 = 0.25;
    if time.elapsed_secs() < *next_secs {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    for (range_words, mut text) in &mut words {
        let Some((_, field)) = fields.iter().find(|(shows, _)| shows.0 == range_words.layer) else {
            continue;
        };
        let range = field.shown_range(0);
        let wanted = figure(if range_words.high { range.high } else { range.low });
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

/// Raises the cells of every layer, or lays them flat; eyes that tire of relief still see the colours.
fn switch_relief(mut intents: MessageReader<Intent>, mut fields: Query<&mut Field, With<Shows>>) {
    if intents.read().filter(|intent| **intent == Intent::ToggleRelief).count().is_multiple_of(2) {
        return;
    }
    for mut field in &mut fields {
        field.relief = !field.relief;
    }
}

/// A number in few figures, with a true minus sign.
pub(super) fn figure(value: f32) -> String {
    let text = match value.abs() {
        size if !size.is_finite() => value.to_string(),
        size if size >= 100.0 => format!("{value:.0}"),
        size if size >= 10.0 => format!("{value:.1}"),
        0.0 => "0".to_owned(),
        size if size < 0.001 => format!("{value:.0e}"),
        size if size < 0.1 => format!("{value:.3}"),
        _ => format!("{value:.2}"),
    };
    text.replace('-', "−")
}

#[cfg(test)]
mod tests {
    use super::figure;

    #[test]
    fn figures_are_short_and_keep_their_sign() {
        assert_eq!(figure(-0.25), "−0.25");
        assert_eq!(figure(1234.6), "1235");
        assert_eq!(figure(0.0), "0");
        assert_eq!(figure(0.0123), "0.012");
        assert_eq!(figure(0.0001), "1e−4");
    }
}
