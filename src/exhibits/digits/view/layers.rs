//! The layers themselves: input, filters, maps before and after ReLU, pooled maps, and the dense weights of a class.

use bevy::prelude::*;

use super::{Digits, Shows, architecture::Staged, theatre};
use crate::{
    exhibits::digits::{
        ACTIVATION, CONVOLUTION, DENSE_WEIGHTS, EXHIBIT_ID, FILTER_WEIGHTS, INPUT, POOLED,
        payload::Architecture,
    },
    images::TestSet,
    stream::{LayerId, Shape},
    world::{
        WorldSystems,
        classifier::{
            ClassAttention, MakesWay,
            arc::{self, Spot, arranged},
        },
        display::{ColourMap, Field, FieldLayout, colour_bar},
        interaction::{
            aim::{Landmark, Surface},
            intent::Intent,
        },
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        ui::{
            panel::{Ground, Hanger, PanelPlan},
            sheet::figure,
            while_pointed::while_pointed,
            words,
        },
    },
};

/// Cells left free between maps, and between filters.
const GAP_CELLS: u32 = 2;
const FILTER_GAP_CELLS: u32 = 1;
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
    app.add_observer(hang_layers).add_systems(
        Update,
        (lay_out, show_layers, show_class, label_ranges, switch_relief)
            .chain()
            .in_set(WorldSystems::Show)
            .in_set(super::ON_STAGE),
    );
}

/// A layer's place, colours and heading.
struct LayerPlan {
    layer: LayerId,
    spot: Spot,
    colours: ColourMap,
    heading: &'static str,
    /// Whether its shape is told beside the heading.
    tells_shape: bool,
}

fn plans() -> [LayerPlan; 6] {
    use ColourMap::{Diverging, Grey, Sequential};
    let plan = |layer, spot, colours, heading, tells_shape| LayerPlan {
        layer,
        spot,
        colours,
        heading,
        tells_shape,
    };
    [
        plan(INPUT, theatre::INPUT, Grey, say!("digits-input"), false),
        plan(FILTER_WEIGHTS, theatre::FILTERS, Diverging, say!("digits-filters"), false),
        plan(CONVOLUTION, theatre::CONVOLUTION, Diverging, say!("digits-convolution"), true),
        plan(ACTIVATION, theatre::ACTIVATION, Sequential, say!("digits-after-relu"), true),
        plan(POOLED, theatre::POOLED, Sequential, say!("digits-pooled"), true),
        plan(DENSE_WEIGHTS, theatre::DENSE_WEIGHTS, Diverging, say!("digits-weights-to"), false),
    ]
}

/// The maps that hang of a layer: of dense weights, those of one class.
fn hung(layer: LayerId, sizes: Architecture) -> Shape {
    match layer {
        INPUT => sizes.input(),
        FILTER_WEIGHTS => sizes.filter_weights(),
        CONVOLUTION | ACTIVATION => sizes.convolution(),
        _ => sizes.pooled(),
    }
}

/// Lays every layer out anew when another network is declared.
fn lay_out(
    staged: Res<Staged>,
    fields: Query<(Entity, &Shows, &Field)>,
    mut words: Query<(&ShapeWords, &mut Text)>,
    mut commands: Commands,
) {
    let Some(sizes) = staged.sizes().filter(|_| staged.is_changed()) else {
        return;
    };
    for plan in plans() {
        let maps = hung(plan.layer, sizes);
        let gap = if plan.layer == FILTER_WEIGHTS { FILTER_GAP_CELLS } else { GAP_CELLS };
        let layout = arranged(maps, gap, plan.spot.size_m);
        for (entity, _, shown) in fields.iter().filter(|(_, shows, _)| shows.0 == plan.layer) {
            let size = arc::fitted(layout, plan.spot.size_m);
            let field = empty(&plan, Field::sized(layout, size));
            let field = if shown.relief { field } else { field.flat() };
            commands.entity(entity).insert((field, Surface { size }));
        }
        for (_, mut text) in words.iter_mut().filter(|(words, _)| words.0 == plan.layer) {
            text.0 = maps.to_string();
        }
    }
}

/// A layer in its colours, without numbers.
fn empty(plan: &LayerPlan, field: Field) -> Field {
    let field = field.with_colours(plan.colours);
    if plan.colours == ColourMap::Grey { field.without_hairlines() } else { field }
}

/// The shape of a layer, beside its heading.
#[derive(Component)]
struct ShapeWords(LayerId);

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
    let layers = (Name::new("Layers"), Transform::default(), MakesWay(EXHIBIT_ID));
    let layers = hanger.commands.spawn((layers, ChildOf(placed.entity))).id();
    for plan in plans() {
        // The input stays to be seen beside what is found inside.
        let theatre = if plan.layer == INPUT { placed.entity } else { layers };
        // What hangs here is laid out once the network is known.
        let field = Field::sized(FieldLayout::single(1, 1), plan.spot.size_m);
        let surface = Surface { size: field.size() };
        let field = hanger
            .commands
            .spawn((
                Name::new(plan.heading),
                Shows(plan.layer),
                Landmark(plan.layer.name()),
                empty(&plan, field),
                surface,
                plan.spot.transform(),
                ChildOf(theatre),
            ))
            .id();

        head_layer(&mut hanger, theatre, field, &plan);
        // Narrow layers have no room for a legend.
        if plan.spot.size_m.x > 1.0 {
            foot_layer(&mut hanger, theatre, &plan);
        }
    }
}

/// Its name, above the layer, and its shape while one points at it.
fn head_layer(hanger: &mut Hanger, theatre: Entity, field: Entity, plan: &LayerPlan) {
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
                if plan.tells_shape {
                    let shape = (words::caption(""), TextLayout::no_wrap());
                    line.spawn((shape, ShapeWords(plan.layer), while_pointed(field)));
                }
            });
    });
}

/// The colour bar below the layer, and what its ends stand for while one points at any layer.
fn foot_layer(hanger: &mut Hanger, theatre: Entity, plan: &LayerPlan) {
    let foot = plan.spot.foot(LEGEND_M, 0.0);
    let sign = hanger.hang(PanelPlan {
        name: "Legend",
        size_m: foot.size_m,
        read_from_m: theatre::READ_FROM_M,
        ground: Ground::Clear,
    });
    hanger.commands.entity(sign.panel).insert((foot.transform(), ChildOf(theatre)));
    let bar_px = COLOUR_BAR_M.x * 1000.0 / theatre::READ_FROM_M;
    let range =
        |looks: &'static str, high| (words::caption(looks), RangeWords { layer: plan.layer, high });
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
            .with_child((range("0", false), while_pointed(theatre)));
            // The bar itself hangs in front of this gap.
            line.spawn(Node { width: px(bar_px), ..default() });
            line.spawn((range("1", true), while_pointed(theatre)));
        });
    });
    let from_left_m = (END_PX + LEGEND_GAP_PX) * theatre::READ_FROM_M / 1000.0;
    let along_m = foot.along_m - foot.size_m.x / 2.0 + from_left_m + COLOUR_BAR_M.x / 2.0;
    let bar = Spot { along_m, size_m: COLOUR_BAR_M, ..foot };
    hanger.commands.spawn((
        Name::new(format!("{} colour bar", plan.heading)),
        colour_bar(COLOUR_BAR_M, plan.colours, default()),
        beside(plan.spot, bar),
        ChildOf(theatre),
    ));
}

/// A place in the plane of a layer that faces the middle as the layer does, a little before it.
fn beside(layer: Spot, place: Spot) -> Transform {
    let offset = Vec3::new(place.along_m - layer.along_m, place.up_m - layer.up_m, 0.006);
    layer.transform() * Transform::from_translation(offset)
}

fn show_layers(
    shown: Res<ShownSnapshot>,
    staged: Res<Staged>,
    mut fields: Query<(&Shows, &mut Field)>,
) {
    if !shown.is_changed() && !staged.is_changed() {
        return;
    }
    for (shows, mut field) in &mut fields {
        if let Some(layer) = shown.layer(shows.0) {
            field.show(layer);
        }
    }
}

fn show_class(
    attention: Res<ClassAttention<Digits>>,
    staged: Res<Staged>,
    run: Res<ShownRun>,
    mut fields: Query<(&Shows, &mut Field)>,
    mut words: Query<&mut Text, With<ClassWords>>,
) {
    if !attention.is_changed() && !staged.is_changed() {
        return;
    }
    let filters = staged.sizes().map_or(0, |sizes| sizes.filters);
    for (shows, mut field) in &mut fields {
        if shows.0 == DENSE_WEIGHTS {
            field.first_map = filters * attention.class;
        }
    }
    let name = run.0.material::<TestSet>().and_then(|set| set.classes.get(attention.class));
    for mut text in &mut words {
        let wanted = say!("digits-weights-to-2", name = name.map_or("?", String::as_str));
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

/// Writes what the ends of each colour bar stand for, a few times a second so that they can be read, and that the units are
/// dead where they are all silent.
fn label_ranges(
    time: Res<Time<Real>>,
    shown: Res<ShownSnapshot>,
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
        let silent = range_words.layer == ACTIVATION
            && range_words.high
            && shown.layer(ACTIVATION).is_some_and(|units| is_dead(&units.values));
        let wanted = if silent {
            say!("digits-dead-layer").to_owned()
        } else {
            figure(if range_words.high { range.high } else { range.low })
        };
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

/// Whether no unit of a layer answers to what it is shown: after ReLU it then learns no more from that.
fn is_dead(units: &[f32]) -> bool {
    !units.is_empty() && units.iter().all(|unit| *unit == 0.0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layer_is_dead_when_none_of_its_units_answers() {
        assert!(is_dead(&[0.0; 9]) && is_dead(&[-0.0, 0.0]));
        assert!(!is_dead(&[0.0, 0.0, 1e-9]));
        assert!(!is_dead(&[]), "nothing is known of it yet");
        assert_eq!(say!("digits-dead-layer"), "0: layer is dead");
    }

    #[test]
    fn maps_lie_as_large_as_their_place_allows() {
        let mnist = Architecture { channels: 1, rows: 28, columns: 28, filters: 32, classes: 10 };
        let per_row = |sizes, layer, spot: Spot, gap| {
            let layout = arranged(hung(layer, sizes), gap, spot.size_m);
            (layout.maps, layout.maps_per_row)
        };
        let convolution = theatre::CONVOLUTION;
        assert_eq!(per_row(mnist, CONVOLUTION, convolution, GAP_CELLS), (32, 8));
        assert_eq!(per_row(mnist, POOLED, theatre::POOLED, GAP_CELLS), (32, 8));
        assert_eq!(per_row(mnist, FILTER_WEIGHTS, theatre::FILTERS, FILTER_GAP_CELLS), (32, 3));
        let layout = arranged(mnist.convolution(), GAP_CELLS, convolution.size_m);
        assert_eq!(arc::fitted(layout, convolution.size_m), convolution.size_m);
        // One wide map fills the width, and no more.
        let wide = Architecture { rows: 8, columns: 64, filters: 1, ..mnist };
        let layout = arranged(wide.convolution(), GAP_CELLS, convolution.size_m);
        let size = arc::fitted(layout, convolution.size_m);
        assert!((size.x - convolution.size_m.x).abs() < 1e-6 && size.y < 0.2 * size.x, "{size}");
    }
}
