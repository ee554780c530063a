//! The plates: a field of cells for each layer, as large as there is room for, with its name above it.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    NetworkAttention, ON_STAGE, Quantity,
    chosen::{self, Chosen},
    places::{self, HEADING_M, READ_FROM_M},
};
use crate::{
    exhibits::network::EXHIBIT_ID,
    network::INPUT,
    stream::{LayerId, ModelGraph, Shape, TensorSpec},
    world::{
        WorldSystems,
        classifier::{
            OnlyImages,
            arc::{Spot, arranged, fitted},
        },
        display::{ColourMap, Field, FieldLayout},
        interaction::{
            aim::{Landmark, Surface, Untouchable},
            intent::Intent,
        },
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        subscriptions::Shows,
        ui::{
            panel::{Ground, Hanger, PanelPlan},
            words,
        },
    },
};

/// Cells left free between maps.
const GAP_CELLS: u32 = 1;
/// Channels of a coloured input.
const COLOURS: usize = 3;
/// Columns of plates, at most; each has a sheet of headings.
const COLUMNS: usize = 15;
/// Width of such a sheet, in metres.
const SHEET_M: f32 = 0.75;
/// A letter of a heading is about so wide, in dmm.
const LETTER_DMM: f32 = 13.0;
/// The most plates that hang.
pub(super) const MOST_PLATES: usize = 72;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Hung>().add_observer(hang).add_systems(
        Update,
        (lay_out, write_headings, show, switch_relief)
            .chain()
            .in_set(PlateSystems)
            .in_set(WorldSystems::Show)
            .in_set(ON_STAGE),
    );
}

/// Everything that hangs plates and fills them.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct PlateSystems;

/// What hangs now.
#[derive(Resource, Default)]
pub(super) struct Hung {
    /// The graph that it is of.
    pub(super) graph: Arc<ModelGraph>,
    /// The plates, in the order of computation.
    pub(super) plates: Vec<Chosen>,
    /// Where each hangs.
    pub(super) spots: Vec<Spot>,
    /// What they show, and which block is open.
    of: (Quantity, Option<String>),
}

/// A plate, by its place among them.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plate(pub(super) usize);

/// A row of numbers that is laid out as a rectangle: each is a map of one cell.
#[derive(Component)]
pub(super) struct Folded;

/// The input in colour; its channels hang below it, where they are pointed at.
#[derive(Component)]
pub(super) struct Picture;

/// The sheet of the headings of a column.
#[derive(Component)]
struct Headings {
    column: usize,
    root: Entity,
}

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let spot = places::INPUT;
    let field = Field::sized(FieldLayout::single(1, 1), spot.size_m).with_colours(ColourMap::Grey);
    hanger.commands.spawn((
        Name::new("Network input"),
        OnlyImages(EXHIBIT_ID),
        Shows(INPUT),
        Landmark("Network input"),
        field.without_hairlines(),
        Surface { size: spot.size_m },
        spot.transform(),
        ChildOf(placed.entity),
    ));
    let spot = places::PICTURE;
    hanger.commands.spawn((
        Name::new("Network picture"),
        Picture,
        Shows(INPUT),
        Field::sized(FieldLayout::single(1, 1), spot.size_m).in_colour(),
        spot.transform(),
        Visibility::Hidden,
        ChildOf(placed.entity),
    ));
    for at in 0..MOST_PLATES {
        hanger.commands.spawn((
            Name::new(format!("Plate {at}")),
            Plate(at),
            Transform::default(),
            Visibility::Hidden,
            ChildOf(placed.entity),
        ));
    }
    for column in 0..COLUMNS {
        let sheet = hanger.hang(PanelPlan {
            name: "Layers",
            size_m: Vec2::new(SHEET_M, places::AREA.size_m.y),
            read_from_m: READ_FROM_M,
            ground: Ground::Clear,
        });
        hanger.commands.entity(sheet.panel).insert((
            Headings { column, root: sheet.root },
            // What lies behind is pointed at.
            Untouchable,
            Transform::default(),
            Visibility::Hidden,
            ChildOf(placed.entity),
        ));
    }
}

/// Hangs the plates anew when another network is declared, another quantity is wanted or a block is opened.
fn lay_out(
    run: Res<ShownRun>,
    attention: Res<NetworkAttention>,
    mut hung: ResMut<Hung>,
    plates: Query<(Entity, &Plate)>,
    inputs: Query<(Entity, &Shows, Has<Picture>), (Without<Plate>, With<Field>)>,
    mut commands: Commands,
) {
    let Some(graph) = run.0.graph() else {
        return;
    };
    let of = (attention.quantity, attention.opened.clone());
    let same_graph = Arc::ptr_eq(graph, &hung.graph) || **graph == *hung.graph;
    if same_graph && hung.of == of {
        // One that says the same, as after a restart, is compared once and changes nothing that hangs.
        if !Arc::ptr_eq(graph, &hung.graph) {
            hung.bypass_change_detection().graph = graph.clone();
        }
        return;
    }
    let mut chosen = chosen::chosen(graph, of.1.as_deref());
    chosen.truncate(MOST_PLATES);
    let spots = places::plates(chosen.len());
    for (entity, plate) in &plates {
        let spec = chosen.get(plate.0).and_then(|one| chosen::tensor(graph, one.node, of.0));
        let (Some(spec), Some(spot)) = (spec, spots.get(plate.0)) else {
            commands.entity(entity).remove::<(Field, Surface, Shows, Landmark, Folded)>();
            commands.entity(entity).insert(Visibility::Hidden);
            continue;
        };
        let (field, folded) = field(spec, spot.size_m);
        let surface = Surface { size: field.size() };
        let shows = (Shows(spec.name), Landmark(spec.name.name()));
        let mut plate = commands.entity(entity);
        plate.insert((field, surface, shows, spot.transform(), Visibility::Inherited));
        if folded {
            plate.insert(Folded);
        } else {
            plate.remove::<Folded>();
        }
    }
    if !same_graph && let Some((_, input)) = graph.called(INPUT) {
        let shape = input.shape();
        let coloured = shape.maps == COLOURS;
        for (entity, _, is_picture) in inputs.iter().filter(|(_, shows, _)| shows.0 == INPUT) {
            if is_picture {
                let layout = FieldLayout::single(shape.rows, shape.columns);
                let field = Field::sized(layout, fitted(layout, places::PICTURE.size_m));
                let seen = if coloured { Visibility::Inherited } else { Visibility::Hidden };
                commands.entity(entity).insert((field.in_colour(), seen));
                continue;
            }
            let spot = if coloured { places::CHANNELS } else { places::INPUT };
            let layout = arranged(shape, GAP_CELLS, spot.size_m);
            let size = fitted(layout, spot.size_m);
            let field = Field::sized(layout, size).with_colours(ColourMap::Grey);
            let surface = Surface { size };
            commands.entity(entity).insert((field.without_hairlines(), surface, spot.transform()));
        }
    }
    *hung = Hung { graph: graph.clone(), plates: chosen, spots, of };
}

/// An empty plate for a tensor, and whether it is a row that is folded.
fn field(spec: &TensorSpec, most: Vec2) -> (Field, bool) {
    let shape = spec.shape();
    let folded = shape.maps == 1 && shape.rows == 1;
    let layout = if folded {
        arranged(Shape::maps(shape.columns, 1, 1), 0, most)
    } else {
        arranged(shape, GAP_CELLS, most)
    };
    let colours = if spec.signed { ColourMap::Diverging } else { ColourMap::Sequential };
    (Field::sized(layout, fitted(layout, most)).with_colours(colours), folded)
}

/// Writes the names over the plates.
fn write_headings(
    hung: Res<Hung>,
    mut sheets: Query<(&Headings, &mut Transform, &mut Visibility)>,
    mut commands: Commands,
) {
    if !hung.is_changed() {
        return;
    }
    let rows = hung
        .spots
        .iter()
        .take_while(|spot| Some(spot.along_m) == hung.spots.first().map(|first| first.along_m))
        .count()
        .max(1);
    for (sheet, mut place, mut seen) in &mut sheets {
        let all = hung.spots.iter().zip(&hung.plates).skip(sheet.column * rows).take(rows);
        let all: Vec<_> = all.collect();
        let Some((first, _)) = all.first() else {
            seen.set_if_neq(Visibility::Hidden);
            continue;
        };
        seen.set_if_neq(Visibility::Inherited);
        let left_m = first.along_m - first.size_m.x / 2.0;
        let spot = Spot { along_m: left_m + SHEET_M / 2.0, ..places::AREA };
        place.set_if_neq(Spot { size_m: Vec2::ZERO, ..spot }.before(0.01));
        let top_m = places::AREA.up_m + places::AREA.size_m.y / 2.0;
        commands.entity(sheet.root).despawn_children().with_children(|page| {
            for (spot, plate) in all {
                let above_m = spot.up_m + spot.size_m.y / 2.0 + HEADING_M;
                let letters = spot.size_m.x.min(SHEET_M) * 1000.0 / READ_FROM_M / LETTER_DMM;
                page.spawn((
                    words::caption(heading(&hung.graph, plate, letters as usize)),
                    TextLayout::no_wrap(),
                    Node {
                        position_type: PositionType::Absolute,
                        top: px((top_m - above_m) * 1000.0 / READ_FROM_M),
                        ..default()
                    },
                ));
            }
        });
    }
}

/// What stands over a plate: its name, and its shape where there is room for both.
fn heading(graph: &ModelGraph, plate: &Chosen, letters: usize) -> String {
    let path = graph.nodes().get(plate.node).map_or("", |node| node.path);
    let name = match &plate.block {
        Some(block) => block.as_str(),
        None => path.rsplit('.').next().unwrap_or(path),
    };
    let beside = match &plate.block {
        Some(_) => format!("{} layers", plate.layers),
        None => chosen::tensor(graph, plate.node, Quantity::Units)
            .map_or_else(String::new, |spec| shape_words(spec.shape())),
    };
    let both = format!("{name}  {beside}");
    if both.chars().count() <= letters { both } else { words::squeezed(name, letters.max(3)) }
}

/// A shape in words; a row of numbers has only their count.
pub(super) fn shape_words(shape: Shape) -> String {
    if shape.maps == 1 && shape.rows == 1 { shape.columns.to_string() } else { shape.to_string() }
}

fn show(
    shown: Res<ShownSnapshot>,
    run: Res<ShownRun>,
    hung: Res<Hung>,
    mut fields: Query<(&Shows, &mut Field)>,
) {
    let Some(graph) = run.0.graph() else {
        return;
    };
    if !shown.is_changed() && !hung.is_changed() {
        return;
    }
    let of_it = |layer: LayerId| graph.called(layer).is_some();
    for (shows, mut field) in fields.iter_mut().filter(|(shows, _)| of_it(shows.0)) {
        match shown.layer(shows.0) {
            Some(layer) => field.show(layer),
            None => field.clear(),
        }
    }
}

/// Raises the cells of every plate, or lays them flat; eyes that tire of relief still see the colours.
fn switch_relief(mut intents: MessageReader<Intent>, mut fields: Query<&mut Field, With<Plate>>) {
    if intents.read().filter(|intent| **intent == Intent::ToggleRelief).count().is_multiple_of(2) {
        return;
    }
    for mut field in &mut fields {
        field.relief = !field.relief;
    }
}
