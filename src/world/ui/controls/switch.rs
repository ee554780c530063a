//! Switches: a line of text and a pill that slides to the right when it is on.

use bevy::{
    prelude::*,
    ui::{Checked, InteractionDisabled},
    ui_widgets::Checkbox,
};

use super::{
    ControlName, ControlText, Pointed, UiWrite, ValueChange, WordsHere,
    dress::{ControlState, Dress, Inked},
};
use crate::world::ui::{lettering::Lettering, palette, type_size, words};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(keep_state).add_systems(PostUpdate, slide_knobs.in_set(UiWrite));
}

/// It shows what was last chosen on it without being told; whoever knows better inserts or removes `Checked`.
#[derive(Component, Clone, Copy, Debug)]
pub(super) struct KeepsItself;

#[derive(Component)]
struct Pill;

#[derive(Component)]
struct Knob;

const PILL: Vec2 = vec2(60.0, 34.0);
const KNOB: f32 = 24.0;
/// Between pill and knob, once the pill's rule of two is taken off.
const INSET: f32 = (PILL.y - KNOB) / 2.0 - 2.0;

/// A switch: observe `ValueChange<bool>` on it; `Checked` is its state.
pub fn switch(name: &'static str, label: impl Into<Lettering>) -> impl Bundle {
    let Lettering { text, said } = label.into();
    (
        Name::new(name),
        ControlName(name),
        ControlText(text.clone()),
        said,
        Checkbox,
        KeepsItself,
        Dress::Line,
        Node {
            min_height: px(type_size::BUTTON),
            padding: UiRect::axes(px(14), px(0)),
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(14)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::SpaceBetween,
            column_gap: px(20),
            ..default()
        },
        children![
            (words::body(text), Inked, WordsHere),
            (
                Pill,
                Pickable::IGNORE,
                Node {
                    width: px(PILL.x),
                    height: px(PILL.y),
                    border: UiRect::all(px(2)),
                    border_radius: BorderRadius::MAX,
                    flex_shrink: 0.0,
                    ..default()
                },
                BackgroundColor(palette::PLATE_RAISED),
                BorderColor::all(palette::RULE),
                children![(
                    Knob,
                    Pickable::IGNORE,
                    Node {
                        position_type: PositionType::Absolute,
                        top: px(INSET),
                        left: px(INSET),
                        width: px(KNOB),
                        height: px(KNOB),
                        border_radius: BorderRadius::MAX,
                        ..default()
                    },
                    BackgroundColor(palette::INK_QUIET),
                )],
            ),
        ],
    )
}

fn keep_state(
    change: On<ValueChange<bool>>,
    switches: Query<(), With<KeepsItself>>,
    mut commands: Commands,
) {
    if !switches.contains(change.source) {
        return;
    }
    if change.value {
        commands.entity(change.source).insert(Checked);
    } else {
        commands.entity(change.source).remove::<Checked>();
    }
}

fn slide_knobs(
    switches: Query<(&Pointed, Has<Checked>, Has<InteractionDisabled>), With<KeepsItself>>,
    mut pills: Query<
        (&ChildOf, &Children, &mut BackgroundColor, &mut BorderColor),
        (With<Pill>, Without<Knob>),
    >,
    mut knobs: Query<(&mut Node, &mut BackgroundColor), (With<Knob>, Without<Pill>)>,
) {
    for (switch, parts, mut ground, mut rule) in &mut pills {
        let Ok((pointed, on, disabled)) = switches.get(switch.parent()) else {
            continue;
        };
        let look = Dress::Plain.look(ControlState {
            disabled,
            pointed: pointed.0,
            chosen: on,
            pressed: false,
        });
        ground.set_if_neq(BackgroundColor(look.ground));
        rule.set_if_neq(BorderColor::all(look.rule));
        for &part in parts {
            let Ok((mut node, mut fill)) = knobs.get_mut(part) else {
                continue;
            };
            let left = px(if on { PILL.x - KNOB - INSET - 4.0 } else { INSET });
            if node.left != left {
                node.left = left;
            }
            let ink = match (disabled, on) {
                (true, _) => palette::INK_FAINT,
                (false, true) => palette::ACCENT_BRIGHT,
                (false, false) => palette::INK_QUIET,
            };
            fill.set_if_neq(BackgroundColor(ink));
        }
    }
}
