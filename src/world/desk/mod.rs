//! The desk: where the visitor reaches into the training, and reads how it goes and what watching costs.

mod cost;
mod enter;
mod frames;
mod help;
pub(super) mod lines;
pub(super) mod numbers;
mod places;
mod rates;
pub mod remarks;
mod run_buttons;
mod scrub;
mod trouble;

use std::f32::consts::PI;

use bevy::prelude::*;

use self::lines::DeskText;
use super::{
    WorldSystems,
    stage::Footprint,
    ui::{
        controls::row,
        panel::{Ground, Hanger, PanelPlan},
        words,
    },
};

/// Width and height in metres.
const SIZE_M: Vec2 = vec2(2.2, 0.58);
/// Where its middle is: at the hands of whoever stands in the middle of the hall, below the view of the exhibit.
const PLACE_M: Vec3 = vec3(0.0, 0.80, -1.05);
/// How far it leans back, in radians, to face a standing visitor's eye.
const LEAN: f32 = 35.0 / 180.0 * PI;
/// The distance it is set for, in metres: the first view of a window stands behind the middle.
const READ_FROM_M: f32 = 1.9;
/// Widths of what is read and of what is pressed, in dmm.
const WORDS_DMM: f32 = 510.0;
const CONTROLS_DMM: f32 = 568.0;
/// Between what is read and what is pressed, in dmm.
const GUTTER_DMM: f32 = 30.0;
/// Room around everything, in dmm.
const MARGIN_DMM: f32 = 12.0;

/// What the desk asks of the trainer, in this order: to go on, how fast, and how often it is pictured.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct DeskSystems;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (run_buttons::obey_intents, rates::obey_intents, frames::ask_for_pictures)
            .chain()
            .in_set(DeskSystems)
            .in_set(WorldSystems::Steer),
    )
    .add_systems(Startup, hang_desk)
    .add_plugins((
        cost::plugin,
        enter::plugin,
        help::plugin,
        lines::plugin,
        places::plugin,
        rates::plugin,
        run_buttons::plugin,
        scrub::plugin,
        trouble::plugin,
    ));
}

fn hang_desk(mut hanger: Hanger) {
    let desk = hanger.hang(PanelPlan {
        name: "Desk",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        ground: Ground::Plate,
    });
    hanger.commands.entity(desk.panel).insert((
        Transform::from_translation(PLACE_M).with_rotation(Quat::from_rotation_x(-LEAN)),
        Footprint::Rectangle { size: vec2(SIZE_M.x, SIZE_M.y * LEAN.cos()) },
    ));
    hanger.commands.entity(desk.root).with_children(|page| {
        page.spawn(Node {
            position_type: PositionType::Absolute,
            left: px(MARGIN_DMM + 10.0),
            right: px(MARGIN_DMM + 10.0),
            top: px(MARGIN_DMM),
            bottom: px(MARGIN_DMM),
            column_gap: px(GUTTER_DMM),
            ..default()
        })
        .with_children(|desk| {
            desk.spawn(Node {
                flex_direction: FlexDirection::Column,
                width: px(WORDS_DMM),
                flex_shrink: 0.0,
                row_gap: px(2),
                ..default()
            })
            .with_children(read_side);
            desk.spawn(Node {
                flex_direction: FlexDirection::Column,
                width: px(CONTROLS_DMM),
                flex_shrink: 0.0,
                justify_content: JustifyContent::SpaceBetween,
                ..default()
            })
            .with_children(|side| {
                run_buttons::spawn(side);
                rates::spawn(side);
                scrub::spawn(side);
            });
        });
    });
}

/// What is read: the state, where the run is, how fast it goes, and what watching costs.
fn read_side(side: &mut ChildSpawnerCommands) {
    side.spawn(Node {
        justify_content: JustifyContent::SpaceBetween,
        align_items: AlignItems::Baseline,
        column_gap: px(16),
        ..default()
    })
    .with_children(|line| {
        line.spawn((DeskText::State, words::heading("Preparing")));
        line.spawn((DeskText::Epoch, words::caption(""), TextLayout::no_wrap()));
    });
    for line in [DeskText::Place, DeskText::Speed, DeskText::Cost] {
        side.spawn((line, words::caption("")));
    }
    side.spawn(Node { margin: UiRect::top(auto()), ..row() }).with_children(|line| {
        run_buttons::spawn_restarts(line);
        enter::spawn(line);
    });
}
