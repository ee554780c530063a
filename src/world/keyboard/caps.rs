//! The keys: which stand in which line, and what each writes.

use bevy::prelude::*;

use super::{Keyboard, press};
use crate::world::ui::controls::{ButtonKind, button};

/// A key, by its place on both layers.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyCap {
    Letter(usize),
    /// The next letter is a capital.
    Shift,
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
pub(super) const KEY_GAP_DMM: f32 = 9.0;

impl KeyCap {
    /// What stands on it.
    pub(super) fn label(self, keyboard: Keyboard) -> String {
        match self {
            Self::Letter(place) => {
                let layer = if keyboard.figures { &FIGURES } else { &LETTERS };
                let letter = layer.get(place).copied().unwrap_or_default();
                let is_capital = keyboard.capital && !keyboard.figures;
                if is_capital { letter.to_uppercase() } else { letter.to_owned() }
            }
            Self::Shift => "⇧".to_owned(),
            Self::Backspace => "⌫".to_owned(),
            Self::Figures if keyboard.figures => "abc".to_owned(),
            Self::Figures => "123".to_owned(),
            Self::Space => "␣".to_owned(),
            Self::Done => "OK".to_owned(),
        }
    }
}

/// Writes all keys on a page.
pub(super) fn write(page: &mut ChildSpawnerCommands) {
    for (row, letters) in LINES.into_iter().enumerate() {
        page.spawn(Node {
            column_gap: px(KEY_GAP_DMM),
            justify_content: JustifyContent::Center,
            ..default()
        })
        .with_children(|line| {
            match row {
                1 => key(line, "key-shift", KeyCap::Shift, KEY_DMM),
                2 => key(line, "key-figures", KeyCap::Figures, 74.0),
                _ => {}
            }
            for (name, place) in NAMES.iter().zip(0..).take(letters.end).skip(letters.start) {
                key(line, name, KeyCap::Letter(place), KEY_DMM);
            }
            match row {
                1 => key(line, "key-backspace", KeyCap::Backspace, KEY_DMM),
                2 => {
                    key(line, "key-space", KeyCap::Space, KEY_DMM);
                    key(line, "key-done", KeyCap::Done, 64.0);
                }
                _ => {}
            }
        });
    }
}

fn key(line: &mut ChildSpawnerCommands, name: &'static str, cap: KeyCap, width_dmm: f32) {
    let label = cap.label(Keyboard::default());
    let mut key = line.spawn((button(name, label, ButtonKind::Small), cap));
    key.entry::<Node>().and_modify(move |mut node| {
        node.width = px(width_dmm);
        node.padding = UiRect::ZERO;
    });
    key.observe(press);
}
