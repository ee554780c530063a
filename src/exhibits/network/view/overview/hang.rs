//! Where the model hangs: on a board beside the desk, within reach, with a field that looks for layers by their names.

use bevy::prelude::*;

use super::{Board, Boxes, FindField, Ways, blocks::Blocks};
use crate::{
    exhibits::network::EXHIBIT_ID,
    world::{
        display::Wires,
        exhibit_sessions::Belongs,
        interaction::aim::{Landmark, Surface},
        stage::PlinthPlaced,
        ui::{
            controls::field,
            palette,
            panel::{Ground, Hanger, PanelPlan},
        },
    },
};

/// Width and height of the board, in metres.
const SIZE_M: Vec2 = Vec2::new(0.50, 0.38);
/// Where its middle is: to the right of the desk, as high, and below what hangs behind it.
const PLACE_M: Vec3 = Vec3::new(1.38, 0.845, -0.86);
/// How far it is turned to the left to face both who stands in the middle and who sees the first view of a window, and how
/// far it leans back, in radians.
pub(super) const TURN: f32 = -0.61;
const LEAN: f32 = -0.78;
/// The distance that words on it are set for, in metres: as on the desk.
pub(super) const READ_FROM_M: f32 = 1.9;
/// Around the model, in metres; below it is the field.
const MARGIN_M: f32 = 0.02;
/// Height of the field, in dmm, and around it.
const FIELD_DMM: f32 = 40.0;
const FIELD_MARGIN_DMM: f32 = 10.0;
/// How far before the board the model begins, and before it the lines between its boxes run, in metres.
const BEFORE_M: f32 = 0.004;
const LINES_BEFORE_M: f32 = 0.006;
/// Lines at once; of more, the first. A way takes one to five, and one more for each row that it passes.
const MOST_LINES: usize = 3000;
/// Width of a line, in metres.
const LINE_M: f32 = 0.0022;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(hang);
}

/// Where the board hangs.
fn place() -> Transform {
    let turn = Quat::from_rotation_y(TURN) * Quat::from_rotation_x(LEAN);
    Transform::from_translation(PLACE_M).with_rotation(turn)
}

/// Height of the field with what is around it, in metres.
const fn foot_m() -> f32 {
    (FIELD_DMM + 2.0 * FIELD_MARGIN_DMM) * READ_FROM_M / 1000.0
}

/// Room for the model, in metres.
pub(super) fn room_m() -> Vec2 {
    SIZE_M - Vec2::new(2.0 * MARGIN_M, MARGIN_M + foot_m())
}

fn hang(placed: On<PlinthPlaced>, mut hanger: Hanger) {
    if placed.exhibit != EXHIBIT_ID {
        return;
    }
    let console = hanger.hang(PanelPlan {
        name: "Overview",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        ground: Ground::Plate,
    });
    // It stays beside the desk when the exhibit is carried elsewhere.
    let stands = (place(), Belongs::to(EXHIBIT_ID), Visibility::Inherited);
    hanger.commands.entity(console.panel).insert(stands);
    hanger.commands.entity(console.root).with_children(|page| {
        let mut find =
            page.spawn((field("network-find", key!("network-finds-a-layer")), FindField));
        find.entry::<Node>().and_modify(|mut node| {
            node.position_type = PositionType::Absolute;
            node.left = px(FIELD_MARGIN_DMM);
            node.right = px(FIELD_MARGIN_DMM);
            node.bottom = px(FIELD_MARGIN_DMM);
            node.height = px(FIELD_DMM);
        });
    });
    let up_m = (foot_m() - MARGIN_M) / 2.0;
    let board = hanger
        .commands
        .spawn((
            Name::new("Network overview"),
            Board,
            Landmark("Network overview"),
            Surface { size: room_m() },
            Transform::from_xyz(0.0, up_m, BEFORE_M),
            Visibility::Inherited,
            ChildOf(console.panel),
        ))
        .id();
    for boxes in [Boxes::All, Boxes::Lit] {
        let shining = boxes == Boxes::Lit;
        let blocks = Blocks { shining, ..default() };
        hanger.commands.spawn((Name::new("Boxes"), boxes, blocks, ChildOf(board)));
    }
    let mut wires = Wires::new(MOST_LINES);
    wires.colour = palette::ACCENT;
    wires.width = LINE_M;
    let before = Transform::from_xyz(0.0, 0.0, LINES_BEFORE_M);
    hanger.commands.spawn((Name::new("Ways of the model"), Ways, wires, before, ChildOf(board)));
}
