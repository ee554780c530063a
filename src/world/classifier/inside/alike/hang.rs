//! Furnishes the page: the matrix with the names of its rows, and what it says at the right.

use bevy::prelude::*;

use super::{Told, pointing};
use crate::{
    inside::{Alike, AlikeWith},
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                leaf::Leaf,
                quarter,
                seen::What,
                state::{Inside, stepped},
                stepper,
            },
        },
        ui::{
            panel::Hanger,
            sheet::{from_left, from_right},
            words,
        },
    },
};

/// The corner of the square that the matrix fills as far as it can, and its side, in dmm; names of rows stand at its left.
const CORNER_DMM: Vec2 = vec2(164.0, 172.0);
const SIDE_DMM: f32 = 384.0;
/// Where the names end, and the height of a line of them.
const NAMES_DMM: f32 = 152.0;
const NAME_DMM: f32 = 30.0;
/// Rows whose names have room.
pub(super) const ROWS: usize = 12;
/// Where the right part begins, its first line, and from one line to the next.
const RIGHT_DMM: f32 = 580.0;
const TOP_DMM: f32 = 138.0;
const FIRST_DMM: f32 = 208.0;
const LINE_DMM: f32 = 33.0;
/// Lines at the right.
pub(super) const LINES: usize = 10;
/// Where contested images hang, from one to the next, and their side.
const CONTESTED_DMM: Vec2 = vec2(RIGHT_DMM, FIRST_DMM + 8.0 * LINE_DMM + 2.0);
const PITCH_DMM: f32 = 90.0;
const CONTESTED_SIDE_DMM: f32 = 82.0;
/// Their names.
const NAMES: [&str; 4] = ["Contested 1", "Contested 2", "Contested 3", "Contested 4"];

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum AlikeText {
    With,
    Row(usize),
    Line(usize),
    /// What the columns are.
    Columns,
    /// What is said of a contested image.
    Contested(usize),
}

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf, page_dmm: f32) {
    let matrix = quarter::hang_field::<C>(
        &mut hanger.commands,
        leaf,
        say!("boards-how-alike-layers-are"),
        What::Alike,
        CORNER_DMM,
        SIDE_DMM,
    );
    pointing::hear::<C>(&mut hanger.commands, matrix);
    let corner = |place: usize| CONTESTED_DMM + vec2(place as f32 * PITCH_DMM, 0.0);
    for (place, name) in NAMES.into_iter().enumerate() {
        let (what, commands) = (What::Image(place), &mut hanger.commands);
        let side = CONTESTED_SIDE_DMM;
        quarter::hang_field::<C>(commands, leaf, name, what, corner(place), side);
    }
    hanger.commands.entity(leaf.node).with_children(|page| {
        let at = (vec2(RIGHT_DMM, TOP_DMM), page_dmm - RIGHT_DMM);
        stepper::write(page, at, C::NAMES.inside.alike, AlikeText::With, to_other::<C>);
        let mut line = |text: AlikeText, place: Node| {
            page.spawn((words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK));
        };
        for at in 0..ROWS {
            line(AlikeText::Row(at), from_right(page_dmm - NAMES_DMM, 0.0));
        }
        for at in 0..LINES {
            line(AlikeText::Line(at), from_left(RIGHT_DMM, FIRST_DMM + at as f32 * LINE_DMM));
        }
        for place in 0..NAMES.len() {
            let below = corner(place) + vec2(0.0, CONTESTED_SIDE_DMM);
            line(AlikeText::Contested(place), from_left(below.x, below.y));
        }
        line(AlikeText::Columns, from_left(0.0, CORNER_DMM.y - 36.0));
    });
}

/// The top of the name of a row.
pub(super) fn top(alike: &Alike, row: usize) -> Val {
    let [rows, columns] = super::size(alike);
    let cell = SIDE_DMM / rows.max(columns).max(1) as f32;
    let first = CORNER_DMM.y + (SIDE_DMM - cell * rows as f32) / 2.0;
    px(first + (row as f32 + 0.5) * cell - NAME_DMM / 2.0)
}

/// Whether all rows have room for their names.
pub(super) fn has_room(alike: &Alike) -> bool {
    let [rows, columns] = super::size(alike);
    rows <= ROWS && SIDE_DMM / rows.max(columns).max(1) as f32 >= NAME_DMM - 4.0
}

fn to_other<C: Classifier>(inside: &mut Inside<C>, _: &Told<C>, on: bool) {
    inside.wanted.alike = stepped(&AlikeWith::ALL, &inside.wanted.alike, on);
}
