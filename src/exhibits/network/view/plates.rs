//! The plates: a field of cells for each layer, as large as there is room for.

use std::sync::Arc;

use bevy::prelude::*;

use super::{
    NetworkAttention, ON_STAGE, Quantity,
    chosen::{self, Chosen},
    places,
};
use crate::{
    exhibits::network::EXHIBIT_ID,
    network::{INPUT, TEXT},
    stream::{LayerId, ModelGraph, Role, Shape, TensorSpec},
    world::{
        WorldSystems,
        classifier::{
            MakesWay, OnlyImages,
            arc::{Spot, arranged, fitted},
        },
        display::{ColourMap, Field, FieldLayout},
        interaction::{
            aim::{Landmark, Surface},
            intent::Intent,
        },
        link::{ShownRun, ShownSnapshot},
        stage::PlinthPlaced,
        subscriptions::Shows,
    },
};

/// Cells left free between maps.
const GAP_CELLS: u32 = 1;
/// Channels of a coloured input.
const COLOURS: usize = 3;
/// The most plates that hang.
pub(super) const MOST_PLATES: usize = 72;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Hung>().add_observer(hang).add_systems(
        Update,
        (lay_out, show, switch_relief)
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
    pub(super) of: (Quantity, Option<String>),
}

/// A plate, by its place among them.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Plate(pub(super) usize);

/// A row of numbers that is laid out as a rectangle: each is a map of one cell.
#[derive(Component)]
pub(super) struct Folded;

/// What shows the input, whatever the graph calls it.
#[derive(Component)]
pub(super) struct OfInput;

/// The input in colour; its channels hang below it, where they are pointed at.
#[derive(Component)]
pub(super) struct Picture;

fn hang(placed: On<PlinthPlaced>, mut commands: Commands) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let spot = places::INPUT;
    let field = Field::sized(FieldLayout::single(1, 1), spot.size_m).with_colours(ColourMap::Grey);
    commands.spawn((
        Name::new("Network input"),
        (OnlyImages(EXHIBIT_ID), OfInput),
        Shows(INPUT),
        Landmark("Network input"),
        field.without_hairlines(),
        Surface { size: spot.size_m },
        spot.transform(),
        ChildOf(placed.entity),
    ));
    let spot = places::PICTURE;
    commands.spawn((
        Name::new("Network picture"),
        (Picture, OfInput),
        Shows(INPUT),
        Field::sized(FieldLayout::single(1, 1), spot.size_m).in_colour(),
        spot.transform(),
        Visibility::Hidden,
        ChildOf(placed.entity),
    ));
    let layers = (Name::new("Plates"), Transform::default(), MakesWay(EXHIBIT_ID));
    let layers = commands.spawn((layers, ChildOf(placed.entity))).id();
    for at in 0..MOST_PLATES {
        commands.spawn((
            Name::new(format!("Plate {at}")),
            Plate(at),
            Transform::default(),
            Visibility::Hidden,
            ChildOf(layers),
        ));
    }
}

/// Hangs the plates anew when another network is declared, another quantity is wanted or a block is opened.
fn lay_out(
    run: Res<ShownRun>,
    attention: Res<NetworkAttention>,
    mut hung: ResMut<Hung>,
    plates: Query<(Entity, &Plate)>,
    inputs: Query<(Entity, Has<Picture>), (With<OfInput>, Without<Plate>, With<Field>)>,
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
    if !same_graph && let Some(input) = input_of(graph) {
        let shape = input.shape();
        let coloured = shape.maps == COLOURS;
        for (entity, is_picture) in &inputs {
            commands.entity(entity).insert(Shows(input.name));
            if is_picture {
                let layout = FieldLayout::single(shape.rows, shape.columns);
                let field = Field::sized(layout, fitted(layout, places::PICTURE.size_m));
                let seen = if coloured { Visibility::Inherited } else { Visibility::Hidden };
                commands.entity(entity).insert((field.in_colour(), seen));
                continue;
            }
            let spot = if coloured { places::CHANNELS } else { places::INPUT };
            let (field, folded) = field(input, spot.size_m);
            let surface = Surface { size: field.size() };
            let field = field.with_colours(ColourMap::Grey).without_hairlines();
            let mut shown = commands.entity(entity);
            shown.insert((field, surface, spot.transform()));
            if folded {
                shown.insert(Folded);
            } else {
                shown.remove::<Folded>();
            }
        }
    }
    *hung = Hung { graph: graph.clone(), plates: chosen, spots, of };
}

/// What the network is shown: an image by that name, or the first of its inputs.
fn input_of(graph: &ModelGraph) -> Option<&TensorSpec> {
    // A text has a board of its own.
    let is_input = |tensor: &&TensorSpec| tensor.role == Role::Input && tensor.name != TEXT;
    let named = graph.called(INPUT).map(|(_, input)| input);
    named.or_else(|| graph.tensors().iter().find(is_input))
}

/// A matrix of few rows or columns would be a line: its cells are stretched until it takes this share of its place.
const THINNEST: f32 = 0.2;

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
    let size = fitted(layout, most).max(most * THINNEST);
    (Field::sized(layout, size).with_colours(colours), folded)
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
