//! Text fields: a line that takes letters from the keyboard, or from keys on a panel, while it has them.
//!
//! Bevy's own `EditableText` writes its layout anew in every frame, so that a panel with one would never rest.

use bevy::{
    input::keyboard::{Key, KeyboardInput},
    input_focus::{FocusedInput, InputFocus},
    prelude::*,
};

use super::{ControlName, Pointed, UiWrite, ValueChange};
use crate::{
    words::Phrase,
    world::{
        interaction::{
            aim::AimPressed,
            back::{BackSystems, GoesBack},
            intent::Intent,
        },
        ui::{palette, panel::Panel, type_size, words, written_again::WrittenAgain as _},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Typing>()
        .written_again::<Field>()
        .add_observer(take_the_keyboard)
        .add_observer(begin_by_key)
        .add_observer(leave_by_pressing_elsewhere)
        .add_systems(Update, take_back.in_set(BackSystems::Letters))
        // Only now, since what keys say to the hall is little as long as a field has them.
        .add_systems(PostUpdate, (leave_hidden, type_letters).chain().before(UiWrite))
        .add_systems(PostUpdate, (write_fields, dress_fields).chain().in_set(UiWrite));
}

/// The field that has the keyboard, if one has; meanwhile letters are letters and nothing else.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typing(pub Option<Entity>);

/// A panel that may be pressed without taking the keyboard from the field that has it.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct KeepsTyping;

/// What a field says; write `text` to change it.
#[derive(Component, Clone, Debug, PartialEq, Eq)]
pub struct Field {
    pub text: String,
    /// What it is for, said while it is empty.
    pub hint: Phrase,
}

/// What a key does to a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stroke {
    Letters(String),
    Backspace,
    Clear,
    /// It is written as it should be.
    Done,
    /// Nothing more is written, and nothing is meant by it.
    Leave,
}

#[derive(Component)]
struct FieldText;

#[derive(Component)]
struct Caret;

/// Longer than any word one looks for.
const MOST_LETTERS: usize = 30;

/// A field: observe `ValueChange<String>` on it, which is final when it is done.
pub fn field(name: &'static str, hint: impl Into<Phrase>) -> impl Bundle {
    (
        Name::new(name),
        ControlName(name),
        Field { text: String::new(), hint: hint.into() },
        Pointed::default(),
        Node {
            height: px(type_size::ROW),
            padding: UiRect::axes(px(14), px(0)),
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(10)),
            align_items: AlignItems::Center,
            column_gap: px(3),
            flex_grow: 1.0,
            flex_basis: px(0),
            min_width: px(0),
            overflow: Overflow::clip(),
            ..default()
        },
        BackgroundColor(palette::NIGHT),
        BorderColor::all(palette::RULE),
        children![
            (words::body(""), TextLayout::no_wrap(), FieldText),
            (
                Caret,
                Pickable::IGNORE,
                Node {
                    display: Display::None,
                    width: px(3),
                    height: px(type_size::BODY),
                    flex_shrink: 0.0,
                    ..default()
                },
                BackgroundColor(palette::ACCENT),
            ),
        ],
    )
}

fn take_the_keyboard(
    click: On<Pointer<Click>>,
    fields: Query<(), With<Field>>,
    mut typing: ResMut<Typing>,
    focus: Option<ResMut<InputFocus>>,
) {
    if !fields.contains(click.entity) {
        return;
    }
    typing.set_if_neq(Typing(Some(click.entity)));
    // Whatever else had the keyboard must not hear the letters.
    if let Some(mut focus) = focus {
        focus.clear();
    }
}

/// A field that the keyboard acts on takes letters once Enter or the space bar is let go: while one is pressed, it would be
/// the first of them.
fn begin_by_key(
    mut key: On<FocusedInput<KeyboardInput>>,
    fields: Query<(), With<Field>>,
    mut typing: ResMut<Typing>,
    mut pressed: Local<bool>,
) {
    let begins = matches!(key.input.key_code, KeyCode::Enter | KeyCode::Space);
    if !begins || !fields.contains(key.focused_entity) {
        return;
    }
    key.propagate(false);
    if key.input.state.is_pressed() {
        // The key that ends a word does not begin the next.
        *pressed = typing.0.is_none();
    } else if std::mem::take(&mut *pressed) {
        typing.0 = Some(key.focused_entity);
    }
}

/// Who presses something in the hall beyond the panel of the field has done with it.
fn leave_by_pressing_elsewhere(
    press: On<AimPressed>,
    panels: Query<(&Panel, Has<KeepsTyping>)>,
    parents: Query<&ChildOf>,
    mut typing: ResMut<Typing>,
) {
    let Some(field) = typing.0 else {
        return;
    };
    let root = parents.root_ancestor(field);
    if panels.get(press.entity).is_ok_and(|(panel, keeps)| keeps || panel.root == root) {
        return;
    }
    typing.0 = None;
}

fn type_letters(
    mut keys: MessageReader<KeyboardInput>,
    mut intents: MessageReader<Intent>,
    mut typing: ResMut<Typing>,
    mut fields: Query<&mut Field>,
    mut commands: Commands,
) {
    // Hands have no Esc, but they have a wish to go back.
    let back = intents.read().any(|intent| *intent == Intent::Back);
    let Some(entity) = typing.0 else {
        keys.clear();
        return;
    };
    for key in keys.read().filter(|key| key.state.is_pressed()) {
        if let Some(stroke) = stroke(key) {
            press_key(&mut commands, &mut fields, entity, &stroke);
            if matches!(stroke, Stroke::Done | Stroke::Leave) {
                typing.0 = None;
            }
        }
    }
    if back {
        typing.0 = None;
    }
}

/// Who goes back from writing goes back from nothing else.
fn take_back(typing: Res<Typing>, mut back: GoesBack) {
    back.take(typing.0.is_some());
}

fn stroke(key: &KeyboardInput) -> Option<Stroke> {
    match &key.logical_key {
        Key::Backspace => Some(Stroke::Backspace),
        Key::Enter => Some(Stroke::Done),
        Key::Escape => Some(Stroke::Leave),
        Key::Delete => Some(Stroke::Clear),
        Key::Character(_) | Key::Space => {
            let letters = key.text.as_ref()?.to_string();
            letters.chars().all(|letter| !letter.is_control()).then_some(Stroke::Letters(letters))
        }
        _ => None,
    }
}

/// Does to a field what a key does, and tells of it.
pub fn press_key(
    commands: &mut Commands,
    fields: &mut Query<&mut Field>,
    source: Entity,
    stroke: &Stroke,
) {
    let Ok(mut field) = fields.get_mut(source) else {
        return;
    };
    let before = field.text.clone();
    let mut after = before.clone();
    match stroke {
        Stroke::Letters(letters) => after.push_str(letters),
        Stroke::Backspace => {
            after.pop();
        }
        Stroke::Clear => after.clear(),
        Stroke::Done | Stroke::Leave => {}
    }
    if after.chars().count() > MOST_LETTERS {
        return;
    }
    let is_final = *stroke == Stroke::Done;
    if after == before && !is_final {
        return;
    }
    if after != before {
        field.text.clone_from(&after);
    }
    commands.trigger(ValueChange { source, value: after, is_final });
}

/// A field on a page that was turned over must not keep the keyboard.
fn leave_hidden(
    mut typing: ResMut<Typing>,
    fields: Query<(&InheritedVisibility, &ComputedNode), With<Field>>,
) {
    let Some(field) = typing.0 else {
        return;
    };
    if fields.get(field).is_ok_and(|(seen, node)| seen.get() && !node.is_empty()) {
        return;
    }
    typing.0 = None;
}

fn write_fields(
    changed: Query<(&Field, &Children), Changed<Field>>,
    mut texts: Query<(&mut Text, &mut TextColor), With<FieldText>>,
) {
    for (field, parts) in &changed {
        let (wanted, ink) = if field.text.is_empty() {
            (field.hint.to_string(), palette::INK_QUIET)
        } else {
            (field.text.clone(), palette::INK)
        };
        for &part in parts {
            if let Ok((mut text, mut colour)) = texts.get_mut(part) {
                text.set_if_neq(Text(wanted.clone()));
                colour.set_if_neq(TextColor(ink));
            }
        }
    }
}

fn dress_fields(
    typing: Res<Typing>,
    mut fields: Query<(Entity, &Field, &Pointed, &Children, &mut BorderColor)>,
    mut carets: Query<&mut Node, With<Caret>>,
) {
    for (entity, _, pointed, parts, mut rule) in &mut fields {
        let has_keys = typing.0 == Some(entity);
        let ink = match (has_keys, pointed.0) {
            (true, _) => palette::ACCENT_BRIGHT,
            (false, true) => palette::ACCENT,
            (false, false) => palette::RULE,
        };
        rule.set_if_neq(BorderColor::all(ink));
        let display = if has_keys { Display::Flex } else { Display::None };
        for &part in parts {
            if let Ok(mut caret) = carets.get_mut(part)
                && caret.display != display
            {
                caret.display = display;
            }
        }
    }
}
