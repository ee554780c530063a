//! The legend, which names each branch by what differs, and where the answers of the one that is looked at differ from the run's.

use bevy::prelude::*;

use super::{
    first,
    place::{
        IMAGES, LEGEND_DMM, LEGEND_LETTERS, LEGEND_LINE_DMM, LOWER_DMM, SIDE_DMM, colour, corner,
    },
};
use crate::{
    sentence::grouped,
    world::{
        classifier::inside::branches::{BranchWanted, Found, Group},
        ui::{canvas::Canvas, palette, words},
    },
};

/// Where the columns of the table end, and from one line of it to the next.
const COLUMNS_DMM: [f32; 2] = [192.0, 266.0];
const ROW_DMM: f32 = 32.0;

/// Names each branch.
pub(super) fn legend(canvas: &mut Canvas, wanted: &BranchWanted) {
    if wanted.groups.is_empty() {
        return;
    }
    let line = |at: usize| LEGEND_DMM.y + at as f32 * LEGEND_LINE_DMM;
    canvas.key(LEGEND_DMM.x, line(0), say!("branch-the-run"), palette::INK);
    for (at, group) in wanted.groups.iter().enumerate() {
        let told = match &group.found {
            Found::Pending => say!("branch-waits", told = group.told()),
            _ => group.told(),
        };
        let told = words::shortened(&told, LEGEND_LETTERS);
        canvas.key(LEGEND_DMM.x, line(at + 1), told, colour(at));
        if at == wanted.at {
            let top = line(at + 1) + 3.0;
            let mark =
                Rect::new(LEGEND_DMM.x - 9.0, top, LEGEND_DMM.x - 5.0, top + LEGEND_LINE_DMM - 4.0);
            canvas.bar(mark, palette::ACCENT);
        }
    }
}

/// McNemar's table, and what stands below the images that are answered otherwise.
pub(super) fn answers(canvas: &mut Canvas, wanted: &BranchWanted) {
    let said = wanted.chosen().and_then(Group::said);
    let Some(future) = said.and_then(first) else { return };
    let table = future.answers;
    let top = |row: usize| LOWER_DMM + row as f32 * ROW_DMM;
    canvas.line(0.0, top(0), say!("branch-word-branch"), palette::INK_QUIET);
    let heads = [say!("branch-right"), say!("branch-wrong")];
    for (head, right) in heads.into_iter().zip(COLUMNS_DMM) {
        canvas.ending(right, top(0), head, palette::INK_QUIET);
    }
    let rows = [
        (say!("branch-run-right"), [table.both, table.only_run]),
        (say!("branch-run-wrong"), [table.only_other, table.neither]),
    ];
    for (row, (name, counts)) in rows.into_iter().enumerate() {
        canvas.line(0.0, top(row + 1), name, palette::INK_QUIET);
        for (count, right) in counts.into_iter().zip(COLUMNS_DMM) {
            canvas.number(right, top(row + 1), grouped(count), palette::INK);
        }
    }
    for (place, changed) in future.changed.iter().take(IMAGES).enumerate() {
        let [run, other] = changed.read_as;
        let below = corner(place) + vec2(SIDE_DMM / 2.0, SIDE_DMM - 1.0);
        canvas.middle(below.x, below.y, say!("branch-read-as", run, other), palette::INK_QUIET);
    }
}
