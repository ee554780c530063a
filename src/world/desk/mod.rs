//! The desk: where the visitor reaches into the training, and reads how it goes and what watching costs.

mod caption;
mod cost;
mod enter;
mod frames;
mod help;
mod language;
pub(super) mod lines;
pub(super) mod numbers;
mod places;
mod present;
mod rates;
mod record;
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
        sheet::from_left,
        while_pointed::{unless_pointed, while_pointed},
        words,
    },
};

/// Width and height in metres.
pub(super) const SIZE_M: Vec2 = vec2(2.2, 0.58);
/// Where its middle is: at the hands of whoever stands in the middle of the hall, below the view of the exhibit.
const PLACE_M: Vec3 = vec3(0.0, 0.76, -1.13);
/// How far it leans back, in radians: between upright, as which its letters would stand straight in a window, and square to
/// a standing visitor's eye.
const LEAN: f32 = 12.0 / 180.0 * PI;
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
        caption::plugin,
        cost::plugin,
        enter::plugin,
        help::plugin,
        lines::plugin,
        places::plugin,
        present::plugin,
        rates::plugin,
        record::plugin,
        run_buttons::plugin,
        scrub::plugin,
        trouble::plugin,
    ));
}

/// Where it hangs, and how it is turned.
pub(super) fn place() -> Transform {
    Transform::from_translation(PLACE_M).with_rotation(Quat::from_rotation_x(-LEAN))
}

fn hang_desk(mut hanger: Hanger) {
    let desk = hanger.hang(PanelPlan {
        name: "Desk",
        size_m: SIZE_M,
        read_from_m: READ_FROM_M,
        ground: Ground::Plate,
    });
    hanger
        .commands
        .entity(desk.panel)
        .insert((place(), Footprint::Rectangle { size: vec2(SIZE_M.x, SIZE_M.y * LEAN.cos()) }));
    let panel = desk.panel;
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
            .with_children(|side| read_side(side, panel));
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

/// What is read: the state, where the run is, how fast it goes, and what watching costs; below it which exhibits there are,
/// in whose place memory answers to pointing.
fn read_side(side: &mut ChildSpawnerCommands, desk: Entity) {
    // Whatever is said, the buttons below keep their place.
    let told = Node {
        flex_direction: FlexDirection::Column,
        flex_grow: 1.0,
        flex_basis: px(0),
        min_height: px(0),
        row_gap: px(2),
        overflow: Overflow::clip(),
        ..default()
    };
    side.spawn(told).with_children(|told| {
        told.spawn(Node {
            justify_content: JustifyContent::SpaceBetween,
            align_items: AlignItems::Baseline,
            column_gap: px(16),
            flex_shrink: 0.0,
            ..default()
        })
        .with_children(|line| {
            let state = words::heading(say!("desk-preparing"));
            line.spawn((DeskText::State, state, TextLayout::no_wrap()));
            line.spawn((DeskText::Epoch, words::caption(""), TextLayout::no_wrap()));
        });
        for line in [DeskText::Place, DeskText::Speed, DeskText::Cost] {
            told.spawn((line, words::caption(""))).insert(whole());
        }
        caption::spawn(told, |place| {
            place.spawn((DeskText::Exhibits, words::caption(""), unless_pointed(desk)));
            place
                .spawn((DeskText::Memory, words::caption(""), while_pointed(desk)))
                .insert(from_left(0.0, 0.0));
        });
    });
    side.spawn(Node { flex_shrink: 0.0, ..row() }).with_children(|line| {
        run_buttons::spawn_restarts(line);
        language::spawn(line);
        enter::spawn(line);
    });
}

/// A line that is not squeezed.
fn whole() -> Node {
    Node { flex_shrink: 0.0, ..default() }
}

#[cfg(test)]
mod tests {
    use bevy::{ecs::system::RunSystemOnce, text::TextLayoutInfo};

    use super::*;
    use crate::{
        words::{Language, speaking},
        world::{
            headless::{frames, hall, lay_out, place},
            ui::type_size,
        },
    };

    #[test]
    fn whatever_is_said_fits_on_its_line_and_no_button_leaves_the_desk() {
        let mut app = hall();
        app.world_mut().run_system_once(hang_desk).unwrap();
        lay_out(&mut app);
        for language in [Language::English, Language::Chinese] {
            let said = speaking(language, lines::longest);
            let mut texts = app.world_mut().query::<(&DeskText, &mut Text)>();
            for (line, mut text) in texts.iter_mut(app.world_mut()) {
                if let Some((_, words)) = said.iter().find(|(of, _)| of == line) {
                    text.0.clone_from(words);
                }
            }
            frames(&mut app, 4);
            let mut lines = app.world_mut().query::<(&DeskText, &TextLayoutInfo, &ComputedNode)>();
            for (line, letters, node) in lines.iter(app.world()) {
                let high = letters.size.y * node.inverse_scale_factor();
                let lines = match line {
                    DeskText::Place | DeskText::Speed => 1.0,
                    _ => 2.0,
                };
                let most = lines * 1.5 * type_size::CAPTION;
                let told = *line == DeskText::State || high <= most;
                assert!(told, "{line:?} is {high} dmm high in {language:?}");
            }
            let inwards = super::place().compute_affine().inverse();
            for control in ["restart", "new-seed", "language", "pause", "timeline", "live"] {
                for corner in [Vec2::ZERO, Vec2::ONE] {
                    let at = inwards.transform_point3(place(&mut app, control, corner)).truncate();
                    assert!(
                        at.abs().cmple(SIZE_M / 2.0).all(),
                        "{control} at {at} in {language:?}"
                    );
                }
            }
        }
    }
}
