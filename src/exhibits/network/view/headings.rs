//! The names over the plates, and their shapes where there is room for both.

use bevy::prelude::*;

use super::{
    ON_STAGE, Quantity,
    chosen::{self, Chosen},
    places::{self, HEADING_M, READ_FROM_M},
    plates::{Hung, PlateSystems, shape_words},
};
use crate::{
    exhibits::network::EXHIBIT_ID,
    stream::ModelGraph,
    world::{
        WorldSystems,
        classifier::{MakesWay, arc::Spot},
        interaction::aim::Untouchable,
        stage::PlinthPlaced,
        ui::{
            panel::{Ground, Hanger, PanelPlan},
            words,
        },
    },
};

/// Columns of plates, at most; each has a sheet of headings.
const COLUMNS: usize = 15;
/// Width of such a sheet, in metres.
const SHEET_M: f32 = 0.75;
/// A letter of a heading is about so wide, in dmm.
const LETTER_DMM: f32 = 12.5;
/// Of more plates than this, those that follow each other in a block bear its name together: the others tell theirs when one
/// points at them.
const ALL_NAMED: usize = 12;

pub(super) fn plugin(app: &mut App) {
    let write = write.after(PlateSystems).in_set(WorldSystems::Show).in_set(ON_STAGE);
    app.add_observer(hang).add_systems(Update, write);
}

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
    let names = (Name::new("Names of layers"), Transform::default(), MakesWay(EXHIBIT_ID));
    let names = hanger.commands.spawn((names, ChildOf(placed.entity))).id();
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
            ChildOf(names),
        ));
    }
}

/// Writes the names over the plates.
fn write(
    hung: Res<Hung>,
    mut sheets: Query<(&Headings, &mut Transform, &mut Visibility)>,
    mut commands: Commands,
) {
    if !hung.is_changed() {
        return;
    }
    let paths: Vec<&str> = hung.plates.iter().map(|plate| path_of(&hung.graph, plate)).collect();
    let parents = parents(&paths);
    let all_named = hung.plates.len() <= ALL_NAMED;
    // What a visitor has opened is named whole.
    let is_opened = |path: &&str| hung.of.1.as_deref().is_some_and(|block| lies_in(path, block));
    let rows = hung
        .spots
        .iter()
        .take_while(|spot| Some(spot.along_m) == hung.spots.first().map(|first| first.along_m))
        .count()
        .max(1);
    for (sheet, mut place, mut seen) in &mut sheets {
        let all = hung.spots.iter().zip(&hung.plates).enumerate();
        let all: Vec<_> = all.skip(sheet.column * rows).take(rows).collect();
        let Some((_, (first, _))) = all.first() else {
            seen.set_if_neq(Visibility::Hidden);
            continue;
        };
        seen.set_if_neq(Visibility::Inherited);
        let left_m = first.along_m - first.size_m.x / 2.0;
        let spot = Spot { along_m: left_m + SHEET_M / 2.0, ..places::AREA };
        place.set_if_neq(Spot { size_m: Vec2::ZERO, ..spot }.before(0.01));
        let top_m = places::AREA.up_m + places::AREA.size_m.y / 2.0;
        commands.entity(sheet.root).despawn_children().with_children(|page| {
            for (at, (spot, plate)) in all {
                let above_m = spot.up_m + spot.size_m.y / 2.0 + HEADING_M;
                let letters = spot.size_m.x.min(SHEET_M) * 1000.0 / READ_FROM_M / LETTER_DMM;
                let letters = (letters as usize).max(3);
                let opened = paths.get(at).is_some_and(is_opened);
                let name = if all_named || opened || plate.block.is_some() {
                    heading(&hung.graph, plate, &paths, letters)
                } else {
                    heading_of_run(&paths, &parents, at, letters)
                };
                if name.is_empty() {
                    continue;
                }
                page.spawn((
                    words::caption(name),
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
fn heading(graph: &ModelGraph, plate: &Chosen, all: &[&str], letters: usize) -> String {
    let path = graph.nodes().get(plate.node).map_or("", |node| node.path);
    let name = match &plate.block {
        Some(block) => block.as_str(),
        None => told_apart(path, all),
    };
    let beside = match &plate.block {
        Some(_) if plate.layers > 1 => say!("network-layers-2", layers = plate.layers),
        _ => chosen::tensor(graph, plate.node, Quantity::Units)
            .map_or_else(String::new, |spec| shape_words(spec.shape())),
    };
    let both = format!("{name}  {beside}");
    if both.chars().count() <= letters { both } else { ends_of(name, letters) }
}

fn path_of<'a>(graph: &'a ModelGraph, plate: &Chosen) -> &'a str {
    graph.nodes().get(plate.node).map_or("", |node| node.path)
}

/// The block that a layer lies in, or nothing.
fn parent(path: &str) -> &str {
    path.rsplit_once('.').map_or("", |(parent, _)| parent)
}

fn lies_in(path: &str, block: &str) -> bool {
    path.strip_prefix(block).is_some_and(|rest| rest.starts_with('.'))
}

/// The blocks, each once.
fn parents<'a>(paths: &[&'a str]) -> Vec<&'a str> {
    let mut parents: Vec<_> = paths.iter().map(|path| parent(path)).collect();
    parents.dedup();
    parents
}

/// What stands over a plate where each block is named once, over its first: of one that lies in none, its own name.
fn heading_of_run(paths: &[&str], parents: &[&str], at: usize, letters: usize) -> String {
    let Some(path) = paths.get(at) else {
        return String::new();
    };
    let own = parent(path);
    let before = at.checked_sub(1).and_then(|before| paths.get(before));
    let follows = before.is_some_and(|before| parent(before) == own);
    match (own.is_empty(), follows) {
        (true, _) => ends_of(told_apart(path, paths), letters),
        (false, true) => String::new(),
        (false, false) if own.chars().count() <= letters => own.to_owned(),
        (false, false) => ends_of(told_apart(own, parents), letters),
    }
}

/// The first and the last part of a path where not all has room: which of the blocks that are alike, and what in it.
fn ends_of(path: &str, letters: usize) -> String {
    let ends = path.split_once('.').and_then(|(first, rest)| {
        let last = rest.rsplit('.').next()?;
        (path.chars().count() > letters).then(|| format!("{first}…{last}"))
    });
    words::squeezed(ends.as_deref().unwrap_or(path), letters)
}

/// As much of a path, from its end, as no other has.
fn told_apart<'a>(path: &'a str, all: &[&str]) -> &'a str {
    let ends_so = |end: &str| {
        let ends = |path: &&&str| {
            path.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
        };
        all.iter().filter(ends).count()
    };
    let ends = path.rmatch_indices('.').filter_map(|(dot, _)| path.get(dot + 1..));
    ends.into_iter().find(|end| ends_so(end) <= 1).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{ends_of, heading_of_run, parents, told_apart};

    #[test]
    fn plates_of_the_same_name_are_told_apart_by_their_blocks() {
        let all =
            ["stem", "blocks.0.attention.weights", "blocks.1.attention.weights", "blocks.1.norm"];
        let told = all.map(|path| told_apart(path, &all));
        assert_eq!(told, ["stem", "0.attention.weights", "1.attention.weights", "norm"]);
        assert_eq!(ends_of("0.attention.out_proj", 12), "0…out_proj");
        assert_eq!(ends_of("0.norm", 12), "0.norm");
        assert_eq!(told_apart("norm", &["norm", "block.norm"]), "norm");
        assert_eq!(told_apart("block.norm", &["norm", "block.norm"]), "block.norm");
    }

    #[test]
    fn a_block_bears_its_name_once() {
        let paths =
            ["stem", "layer1.0.conv1", "layer1.0.add", "layer1.1.conv1", "layer2.0.add", "fc"];
        let parents = parents(&paths);
        let names: Vec<_> =
            (0..=paths.len()).map(|at| heading_of_run(&paths, &parents, at, 9)).collect();
        assert_eq!(names, ["stem", "layer1.0", "", "layer1.1", "layer2.0", "fc", ""]);
    }
}
