//! Buttons: things that happen when pressed, and things that stay pressed.

use bevy::{
    prelude::*,
    ui_widgets::{Button as Pressable, Checkbox},
};

use super::{
    ControlName, ControlText, WordsHere,
    dress::{Dress, Inked},
    switch::KeepsItself,
};
use crate::world::ui::{lettering::Lettering, palette, type_size, words};

/// How much a button asks to be pressed.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ButtonKind {
    /// The one to press here.
    Primary,
    /// One of several.
    Plain,
    /// One of many in a list: lower, smaller text.
    Small,
}

/// A button: observe [`Activate`](super::Activate) on it; insert `InteractionDisabled` to disable it;
/// change its [`ControlText`] to change its label.
pub fn button(name: &'static str, label: impl Into<Lettering>, kind: ButtonKind) -> impl Bundle {
    (Pressable, face(name, label.into(), kind))
}

/// A button that stays down: observe `ValueChange<bool>` on it; `Checked` is its state.
pub fn toggle(name: &'static str, label: impl Into<Lettering>, kind: ButtonKind) -> impl Bundle {
    (Checkbox, KeepsItself, face(name, label.into(), kind))
}

fn face(name: &'static str, label: Lettering, kind: ButtonKind) -> impl Bundle {
    let (dress, height, min_width, padding, radius, size) = match kind {
        // Wide enough to change its word, as from pause to resume, without pushing its neighbours.
        ButtonKind::Primary => {
            (Dress::Primary, type_size::BUTTON, 180.0, 30.0, 14.0, type_size::BODY)
        }
        ButtonKind::Plain => {
            (Dress::Plain, type_size::BUTTON, type_size::BUTTON, 26.0, 14.0, type_size::BODY)
        }
        ButtonKind::Small => {
            (Dress::Plain, type_size::ROW, type_size::ROW, 16.0, 10.0, type_size::CAPTION)
        }
    };
    (
        Name::new(name),
        ControlName(name),
        kind,
        ControlText(label.text.clone()),
        label.said,
        dress,
        Node {
            min_height: px(height),
            min_width: px(min_width),
            padding: UiRect::axes(px(padding), px(0)),
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(radius)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            // A label that does not fit makes the button wider rather than two lines high.
            flex_shrink: 0.0,
            ..default()
        },
        children![(
            words::set(label.text, size, FontWeight::SEMIBOLD, palette::INK),
            TextLayout::no_wrap(),
            Inked,
            WordsHere,
        )],
    )
}
