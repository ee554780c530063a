//! Furnishes the page: three rows of images at the left, and the unit's numbers, its dream and all units as bars at the right.

use bevy::prelude::*;

use super::{TOP, Tile, Told, bars, growing, take, weights};
use crate::{
    stream::{Command, InputChoice},
    world::{
        classifier::{
            Classifier, Of,
            inside::{
                leaf::Leaf,
                quarter::{self, TARGET_DMM, WIDTH_DMM},
                seen::{Seen, What},
                state::{Inside, stepped},
                stepper,
            },
        },
        interaction::aim::AimPressed,
        link::Ask,
        ui::{panel::Hanger, sheet::from_left, words},
    },
};

/// The top of the steppers, of the first row of images, and from one row to the next, in dmm.
const TOP_DMM: f32 = 138.0;
const ROW_DMM: f32 = 200.0;
const ROWS_DMM: f32 = 136.0;
/// From an image to the next, and its side.
const PITCH_DMM: f32 = 112.0;
const SIDE_DMM: f32 = 98.0;
/// Where the right half begins, and its lines.
pub(super) const RIGHT_DMM: f32 = 488.0;
const LINE_DMM: f32 = 33.0;
/// Lines of the unit's numbers.
pub(super) const LINES: usize = 4;
/// Where the dream hangs.
const DREAM_DMM: Vec2 = vec2(RIGHT_DMM, ROW_DMM + 4.5 * LINE_DMM);
/// Where the bars begin.
const BARS_DMM: f32 = 466.0;

/// Words that are written anew.
#[derive(Component, Clone, Copy, PartialEq, Eq)]
pub(super) enum UnitsText {
    Layer,
    Unit,
    /// What stands over a row of images.
    Row(usize),
    /// A number of the unit.
    Line(usize),
    /// What is to be said of the dream, line by line.
    Dream(usize),
    /// What the bars are.
    Bars,
    /// What is answered without those that are taken away.
    Without,
}

/// The names of the tiles.
const NAMES: [&str; 3 * TOP] = [
    "Strongest 1",
    "Strongest 2",
    "Strongest 3",
    "Strongest 4",
    "Middling 1",
    "Middling 2",
    "Middling 3",
    "Middling 4",
    "Silent 1",
    "Silent 2",
    "Silent 3",
    "Silent 4",
];

const GROWN: [&str; growing::MOST] = [
    "Grown 1", "Grown 2", "Grown 3", "Grown 4", "Grown 5", "Grown 6", "Grown 7", "Grown 8",
    "Grown 9", "Grown 10", "Grown 11", "Grown 12",
];

pub(in super::super) fn hang<C: Classifier>(hanger: &mut Hanger, leaf: Leaf, page_dmm: f32) {
    for (place, name) in NAMES.into_iter().enumerate() {
        let at = vec2((place % TOP) as f32 * PITCH_DMM, (place / TOP) as f32 * ROWS_DMM);
        let corner = vec2(0.0, ROW_DMM + 32.0) + at;
        let what = What::Image(place);
        let commands = &mut hanger.commands;
        let field = quarter::hang_field::<C>(commands, leaf, name, what, corner, SIDE_DMM);
        commands.entity(field).observe(press::<C>);
    }
    for (class, name) in GROWN.into_iter().enumerate() {
        let at = vec2((class % TOP) as f32 * PITCH_DMM, (class / TOP) as f32 * ROWS_DMM);
        let corner = vec2(0.0, ROW_DMM + 32.0) + at;
        let what = What::Grown(class);
        quarter::hang_field::<C>(&mut hanger.commands, leaf, name, what, corner, SIDE_DMM);
    }
    let dream = What::Image(Tile::DREAM);
    quarter::hang_field::<C>(
        &mut hanger.commands,
        leaf,
        say!("boards-dream"),
        dream,
        DREAM_DMM,
        SIDE_DMM,
    );
    hanger.commands.entity(leaf.node).with_children(|page| {
        let line = |text: UnitsText, place: Node| {
            (words::caption(""), TextLayout::no_wrap(), place, text, Of::<C>::MARK)
        };
        let at = |left: f32| (vec2(left, TOP_DMM), WIDTH_DMM - 14.0);
        let names = &C::NAMES.inside;
        stepper::write(page, at(0.0), names.unit_layers, UnitsText::Layer, to_layer::<C>);
        stepper::write(page, at(RIGHT_DMM), names.units, UnitsText::Unit, to_unit::<C>);
        for row in 0..3 {
            let top = ROW_DMM + row as f32 * ROWS_DMM;
            page.spawn(line(UnitsText::Row(row), from_left(0.0, top)));
        }
        for at in 0..LINES {
            let top = ROW_DMM + at as f32 * LINE_DMM;
            page.spawn(line(UnitsText::Line(at), from_left(RIGHT_DMM, top)));
        }
        for at in 0..2 {
            let corner = DREAM_DMM + vec2(SIDE_DMM + 12.0, at as f32 * LINE_DMM - 4.0);
            page.spawn(line(UnitsText::Dream(at), from_left(corner.x, corner.y)));
        }
        page.spawn(line(UnitsText::Bars, from_left(RIGHT_DMM, BARS_DMM - 28.0)));
        bars::hang::<C>(page, vec2(RIGHT_DMM, BARS_DMM), page_dmm - RIGHT_DMM);
        let below_bars = vec2(RIGHT_DMM, BARS_DMM + bars::HEIGHT_DMM + 8.0);
        take::hang::<C>(page, below_bars);
        weights::hang::<C>(page, below_bars, ROW_DMM);
        let below = BARS_DMM + bars::HEIGHT_DMM + TARGET_DMM + 14.0;
        page.spawn(line(UnitsText::Without, from_left(RIGHT_DMM, below)));
    });
}

/// A press on an image looks at it.
fn press<C: Classifier>(
    pressed: On<AimPressed>,
    fields: Query<&Seen>,
    inside: Res<Inside<C>>,
    told: Res<Told<C>>,
    mut asks: MessageWriter<Ask>,
) {
    let Ok(What::Image(place)) = fields.get(pressed.entity).map(|seen| seen.what) else {
        return;
    };
    if let Some(image) = told.image(inside.wanted.unit, Tile::at(place)) {
        asks.write(Ask(Command::Watch(InputChoice::Test(image.index))));
    }
}

/// Another layer, of which another unit is looked at.
fn to_layer<C: Classifier>(inside: &mut Inside<C>, told: &Told<C>, on: bool) {
    let Some(units) = told.units().map(|said| &said.said) else { return };
    let names: Vec<&String> = units.layers.iter().map(|layer| &layer.name).collect();
    let wanted = &mut inside.wanted;
    // Behind the last layer come the classes themselves.
    let all: Vec<Option<&String>> = names.into_iter().map(Some).chain([None]).collect();
    let now = (!wanted.of_classes).then_some(&units.layer.name);
    let to = stepped(&all, &now, on).cloned();
    wanted.of_classes = to.is_none();
    if to.is_some() {
        wanted.layer = to;
    }
    (wanted.unit, wanted.out) = (0, Vec::new());
}

/// The unit that comes next by how many answers are lost without it.
fn to_unit<C: Classifier>(inside: &mut Inside<C>, told: &Told<C>, on: bool) {
    if inside.wanted.of_classes {
        let classes: Vec<usize> = (0..inside.wanted.classes).collect();
        inside.wanted.unit = stepped(&classes, &inside.wanted.unit, on);
        return;
    }
    let ranks = told.ranks();
    let now = told.unit(inside.wanted.unit).map(|(at, _)| at);
    inside.wanted.unit = now.map_or(0, |now| stepped(&ranks, &now, on));
}
