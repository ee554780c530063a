//! What the boards of the descent have in common: a plate at a side, and lines of words that are written anew.

use bevy::prelude::*;

use super::places::{MARGIN_DMM, READ_FROM_M};
use crate::world::ui::{
    palette,
    panel::{Hanger, Hung, PanelPlan},
    sheet, type_size, words,
};

/// Hangs an empty board of this size at a place.
pub(super) fn hang_board(
    hanger: &mut Hanger,
    exhibit: Entity,
    name: &'static str,
    size_m: Vec2,
    place: Transform,
) -> Hung {
    let hung = hanger.hang(PanelPlan::plate(name, size_m, READ_FROM_M));
    hanger.commands.entity(hung.panel).insert((place, ChildOf(exhibit)));
    hanger.commands.entity(hung.root).entry::<Node>().and_modify(|mut page| {
        page.padding = UiRect::all(px(MARGIN_DMM));
        page.row_gap = px(6);
    });
    hung
}

/// What makes way for a step in numbers.
#[derive(Component)]
pub(super) struct MakesWayForNumbers;

/// A line of a board, by its place.
#[derive(Component, Clone, Copy)]
pub(super) struct BoardText<T>(usize, T);

/// An empty line that is a heading: the first of those of a board.
pub(super) fn heading<T: Copy + Send + Sync + 'static>(of: T) -> impl Bundle {
    (words::set("", type_size::BODY, FontWeight::SEMIBOLD, palette::INK), BoardText(0, of))
}

/// Writes the empty lines that follow the heading, so that there are so many with it.
pub(super) fn lines<T: Copy + Send + Sync + 'static>(
    page: &mut ChildSpawnerCommands,
    count: usize,
    ink: Color,
    of: T,
) {
    for place in 1..count {
        let line = words::set("", type_size::CAPTION, FontWeight::NORMAL, ink);
        page.spawn((line, BoardText(place, of)));
    }
}

/// Writes the lines; those that have nothing to say are empty.
pub(super) fn write_lines<T: Send + Sync + 'static>(
    lines: &mut Query<(&BoardText<T>, &mut Text)>,
    wanted: &[String],
) {
    for (line, text) in lines {
        sheet::write(text, wanted.get(line.0).cloned().unwrap_or_default());
    }
}
