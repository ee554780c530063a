//! Pointing at a number: which unit it is, what it depends on, and what is said of it to those who watch.

use bevy::prelude::*;

use super::{
    AttentionSystems, NetworkAttention, ON_STAGE,
    plates::{Folded, Hung, Picture, PlateSystems},
};
use crate::{
    images::TestSet,
    network::TEXT,
    stream::{Axis, LayerId, Role, Snapshot, TensorSpec},
    world::{
        WorldSystems,
        display::{Field, MAX_MARKS, Mark},
        hall_events::TellPointed,
        inspect::{self, Region, Unit},
        interaction::aim::AimHits,
        link::{ShownRun, ShownSnapshot},
        pointed_at::PointedAt,
        subscriptions::Shows,
        ui::{palette, sheet::figure},
    },
};

/// Maps that are outlined each by itself where the same part of all is meant; of more, the plate is.
const EACH_MAP: usize = 6;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            note_pointed.in_set(AttentionSystems),
            (mark_fields, say_pointed)
                .chain()
                .after(PlateSystems)
                .in_set(WorldSystems::Show)
                .in_set(ON_STAGE),
        ),
    );
}

/// The unit under a place of a plate, in uv.
fn unit_at(field: &Field, layer: LayerId, folded: bool, uv: Vec2) -> Option<Unit> {
    let cell = field.layout().cell_at(uv)?;
    Some(if folded {
        Unit { layer, map: 0, row: 0, column: cell.map }
    } else {
        Unit { layer, map: cell.map, row: cell.row, column: cell.column }
    })
}

fn note_pointed(
    aims: AimHits,
    fields: Query<(&Field, &Shows, Has<Folded>)>,
    hung: Res<Hung>,
    mut attention: ResMut<NetworkAttention>,
) {
    let found = aims.iter().find_map(|hit| {
        let (field, shows, folded) = fields.get(hit.surface).ok()?;
        hung.graph.called(shows.0)?;
        unit_at(field, shows.0, folded, hit.uv)
    });
    if attention.pointed != found {
        attention.pointed = found;
    }
}

/// The outlines of a region on a field, in cells of its plate, if the field shows it.
fn outlines(field: &Field, folded: bool, region: &Region) -> Vec<Rect> {
    let layout = field.layout();
    let plate = || vec![Rect { min: Vec2::ZERO, max: layout.size_cells().as_vec2() }];
    if folded {
        let (first, count) = region.columns;
        return match count {
            1 if first < layout.maps => vec![layout.cells_rect(first, 0..1, 0..1)],
            _ => plate(),
        };
    }
    let rows = region.rows.0..(region.rows.0 + region.rows.1).min(layout.rows);
    let columns = region.columns.0..(region.columns.0 + region.columns.1).min(layout.cols);
    let whole = rows.len() == layout.rows && columns.len() == layout.cols;
    let maps = match region.map {
        Some(map) => map..map.saturating_add(1).min(layout.maps),
        // Of many maps, or of all that is in them, the whole plate is meant.
        None if whole || layout.maps > EACH_MAP => return plate(),
        None => 0..layout.maps,
    };
    maps.map(|map| layout.cells_rect(map, rows.clone(), columns.clone())).collect()
}

fn mark_fields(
    attention: Res<NetworkAttention>,
    hung: Res<Hung>,
    mut fields: Query<(&mut Field, &Shows, Has<Folded>, Has<Picture>)>,
) {
    if !attention.is_changed() && !hung.is_changed() {
        return;
    }
    let regions: Vec<(Region, Color)> = attention.pointed.map_or_else(Vec::new, |unit| {
        let graph = &hung.graph;
        let fed = inspect::feeds(graph, unit).into_iter();
        let seen = inspect::receptive_field(graph, unit).into_iter();
        let fed = fed.map(|region| (region, palette::INK_QUIET));
        let seen = seen.map(|region| (region, palette::ACCENT));
        fed.chain(seen).chain([(Region::of(unit), palette::ACCENT_BRIGHT)]).collect()
    });
    for (mut field, shows, folded, is_picture) in &mut fields {
        if hung.graph.called(shows.0).is_none() {
            continue;
        }
        let of_it = regions.iter().filter(|(region, _)| region.layer == shows.0);
        let mut marks: Vec<Mark> = of_it
            .flat_map(|(region, colour)| {
                // A picture has one map for all channels.
                let region = Region { map: region.map.filter(|_| !is_picture), ..region.clone() };
                let outlines = outlines(&field, folded, &region);
                outlines.into_iter().map(|outline| Mark::new(outline, *colour))
            })
            .collect();
        // What is pointed at is told last, and must be seen.
        let first = marks.len().saturating_sub(MAX_MARKS);
        marks.drain(..first);
        if field.marks != marks {
            field.marks = marks;
        }
    }
}

/// Where among what is learned a number is: a filter has a slice for each channel that it reads.
fn parameter_place(unit: Unit, tensor: Option<&TensorSpec>) -> String {
    let Unit { map, row, column, .. } = unit;
    match tensor.map(|tensor| &tensor.dims[..]) {
        Some([_, channels, _, _]) if channels.size > 0 => {
            let (filter, channel) = (map / channels.size, map % channels.size);
            say!("network-filter-channel-row-column", filter, channel, row, column)
        }
        _ => unit.place(tensor.map(TensorSpec::shape)),
    }
}

/// Where in its layer a unit is; of a text with the characters that it is about.
pub(super) fn place(unit: Unit, hung: &Hung, snapshot: &Snapshot, run: &ShownRun) -> String {
    let tensor = hung.graph.called(unit.layer).map(|(_, tensor)| tensor);
    let read = snapshot.layer(TEXT).zip(run.0.material::<TestSet>());
    let token = |at: usize| {
        let letter = read.and_then(|(text, set)| {
            set.classes.get(*text.values.get(at)? as usize).map(|letter| format!(" “{letter}”"))
        });
        say!("network-token", at = at + 1, letter = letter.unwrap_or_default())
    };
    let made = tensor.filter(|tensor| matches!(tensor.role, Role::Activation | Role::Input));
    let axes: Vec<Axis> =
        made.into_iter().flat_map(|tensor| &tensor.dims).map(|dim| dim.axis).collect();
    match axes[..] {
        [Axis::Head, Axis::Token, Axis::Token] => {
            say!(
                "network-head-sees",
                map = unit.map + 1,
                row = token(unit.row),
                column = token(unit.column)
            )
        }
        [] => parameter_place(unit, tensor),
        [Axis::Token, Axis::Feature] => {
            say!("network-number", row = token(unit.row), column = unit.column)
        }
        _ => unit.place(tensor.map(TensorSpec::shape)),
    }
}

/// Says what is pointed at to those who watch.
fn say_pointed(
    attention: Res<NetworkAttention>,
    shown: Res<ShownSnapshot>,
    (hung, run): (Res<Hung>, Res<ShownRun>),
    mut said: ResMut<PointedAt>,
    mut tell: TellPointed,
    mut last: Local<Option<Unit>>,
) {
    let found = attention
        .pointed
        .zip(shown.get())
        .and_then(|(unit, snapshot)| Some((unit, snapshot, inspect::value(snapshot, unit)?)));
    match found {
        Some((unit, snapshot, value)) => {
            let place = [unit.map, unit.row, unit.column].into();
            tell.of(unit.layer.name(), place, value, snapshot.step);
        }
        None => tell.nothing(),
    }
    if !attention.is_changed() && !shown.is_changed() {
        return;
    }
    let words = found.map(|(unit, snapshot, value)| {
        let place = place(unit, &hung, snapshot, &run);
        let whose = say!("list-comma", first = unit.layer.shown(), second = place);
        say!("list-of", name = whose, value = figure(value))
    });
    // Another exhibit may have said something since.
    if words.is_some() || last.is_some() {
        *last = attention.pointed.filter(|_| words.is_some());
        said.set_if_neq(PointedAt(words));
    }
}
