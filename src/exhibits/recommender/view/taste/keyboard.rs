//! Keys on the board, for hands that have no others.

use bevy::prelude::*;

use crate::world::{
    WorldSystems,
    headset::worn,
    ui::{
        controls::{
            Activate, ButtonKind, ControlName, ControlText, Field, Stroke, Typing, button,
            press_key, show,
        },
        palette,
    },
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Keyboard>().add_systems(
        Update,
        (
            bring_for_hands
                .run_if(resource_exists_and_changed::<Typing>.and_eager(worn))
                .in_set(WorldSystems::Steer)
                .in_set(super::ON_STAGE),
            show_keys
                .run_if(
                    resource_exists_and_changed::<Typing>.or_eager(resource_changed::<Keyboard>),
                )
                .in_set(WorldSystems::Arrange)
                .in_set(super::ON_STAGE),
        ),
    );
}

/// Whether there are keys on the board.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Keyboard {
    /// Whether somebody wants them.
    wanted: bool,
    /// Whether they show letters or figures.
    figures: bool,
    /// Whether they can be seen: they are wanted, and a field takes letters.
    pub(super) shown: bool,
}

#[derive(Component)]
struct Keys;

/// A key, by its place on both layers.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum KeyCap {
    Letter(usize),
    Backspace,
    Figures,
    Space,
    Done,
}

const LETTERS: [&str; 26] = [
    "q", "w", "e", "r", "t", "y", "u", "i", "o", "p", "a", "s", "d", "f", "g", "h", "j", "k", "l",
    "z", "x", "c", "v", "b", "n", "m",
];
#[rustfmt::skip]
const NAMES: [&str; 26] = [
    "key-q", "key-w", "key-e", "key-r", "key-t", "key-y", "key-u", "key-i", "key-o", "key-p",
    "key-a", "key-s", "key-d", "key-f", "key-g", "key-h", "key-j", "key-k", "key-l",
    "key-z", "key-x", "key-c", "key-v", "key-b", "key-n", "key-m",
];
/// What the same keys are on the other layer.
const FIGURES: [&str; 26] = [
    "1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "-", "'", "&", ":", ".", ",", "!", "?", "é",
    "ä", "ö", "ü", "å", "ø", "ñ", "ç",
];
/// Which keys stand in each line.
const LINES: [std::ops::Range<usize>; 3] = [0..10, 10..19, 19..26];
/// A key's width, and the gap between two, in dmm.
const KEY_DMM: f32 = 50.0;
const KEY_GAP_DMM: f32 = 9.0;

pub(super) fn write(board: &mut ChildSpawnerCommands) {
    board
        .spawn((
            Keys,
            Node {
                display: Display::None,
                position_type: PositionType::Absolute,
                left: px(super::MARGIN_DMM),
                right: px(super::MARGIN_DMM),
                bottom: px(super::MARGIN_DMM),
                padding: UiRect::top(px(KEY_GAP_DMM)),
                flex_direction: FlexDirection::Column,
                row_gap: px(KEY_GAP_DMM),
                ..default()
            },
            BackgroundColor(palette::PLATE),
        ))
        .with_children(|keys| {
            for (row, letters) in LINES.into_iter().enumerate() {
                keys.spawn(Node {
                    column_gap: px(KEY_GAP_DMM),
                    justify_content: JustifyContent::Center,
                    ..default()
                })
                .with_children(|line| {
                    if row == 2 {
                        key(line, "key-figures", "123", KeyCap::Figures, 74.0);
                    }
                    for place in letters {
                        key(line, NAMES[place], LETTERS[place], KeyCap::Letter(place), KEY_DMM);
                    }
                    match row {
                        1 => key(line, "key-backspace", "⌫", KeyCap::Backspace, KEY_DMM),
                        2 => {
                            key(line, "key-space", "␣", KeyCap::Space, KEY_DMM);
                            key(line, "key-done", "OK", KeyCap::Done, 64.0);
                        }
                        _ => {}
                    }
                });
            }
        });
}

fn key(
    line: &mut ChildSpawnerCommands,
    name: &'static str,
    label: &str,
    cap: KeyCap,
    width_dmm: f32,
) {
    let mut key = line.spawn((button(name, label, ButtonKind::Small), cap));
    key.entry::<Node>().and_modify(move |mut node| {
        node.width = px(width_dmm);
        node.padding = UiRect::ZERO;
    });
    key.observe(press);
}

/// A button that gives a field the keyboard and brings keys for it.
pub(super) fn write_opener(
    line: &mut ChildSpawnerCommands,
    name: &'static str,
    field: &'static str,
) {
    line.spawn(button(name, "Keys", ButtonKind::Small)).observe(
        move |_: On<Activate>,
              fields: Query<(Entity, &ControlName), With<Field>>,
              mut typing: ResMut<Typing>,
              mut keyboard: ResMut<Keyboard>| {
            if keyboard.shown {
                *keyboard = Keyboard::default();
                return;
            }
            if let Some((field, _)) = fields.iter().find(|(_, control)| control.0 == field) {
                typing.set_if_neq(Typing(Some(field)));
                keyboard.wanted = true;
            }
        },
    );
}

fn press(
    press: On<Activate>,
    caps: Query<&KeyCap>,
    mut fields: Query<&mut Field>,
    mut typing: ResMut<Typing>,
    mut keyboard: ResMut<Keyboard>,
    mut commands: Commands,
) {
    let (Ok(cap), Some(field)) = (caps.get(press.entity), typing.0) else {
        return;
    };
    let stroke = match *cap {
        KeyCap::Letter(place) => {
            let layer = if keyboard.figures { &FIGURES } else { &LETTERS };
            Stroke::Letters(layer[place].to_owned())
        }
        KeyCap::Backspace => Stroke::Backspace,
        KeyCap::Space => Stroke::Letters(" ".to_owned()),
        KeyCap::Done => Stroke::Done,
        KeyCap::Figures => {
            keyboard.figures = !keyboard.figures;
            return;
        }
    };
    press_key(&mut commands, &mut fields, field, &stroke);
    if stroke == Stroke::Done {
        typing.0 = None;
    }
}

/// Whoever wears a headset has no other keys.
fn bring_for_hands(typing: Res<Typing>, mut keyboard: ResMut<Keyboard>) {
    if typing.0.is_some() && !keyboard.wanted {
        keyboard.wanted = true;
    }
}

fn show_keys(
    typing: Res<Typing>,
    mut keyboard: ResMut<Keyboard>,
    mut keys: Query<&mut Node, With<Keys>>,
    mut caps: Query<(&KeyCap, &mut ControlText)>,
) {
    let wanted = keyboard.wanted && typing.0.is_some();
    let now = Keyboard { wanted, shown: wanted, ..*keyboard };
    keyboard.set_if_neq(now);
    for mut node in &mut keys {
        show(&mut node, now.shown);
    }
    for (cap, mut words) in &mut caps {
        let label = match *cap {
            KeyCap::Letter(place) if now.figures => FIGURES[place],
            KeyCap::Letter(place) => LETTERS[place],
            KeyCap::Figures if now.figures => "abc",
            KeyCap::Figures => "123",
            KeyCap::Backspace | KeyCap::Space | KeyCap::Done => continue,
        };
        words.set_if_neq(ControlText(label.to_owned()));
    }
}
