//! Keys of the keyboard, as wishes.

use bevy::prelude::*;

use crate::world::{WorldSystems, interaction::intent::Intent};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, speak_by_keys.before(WorldSystems::Receive));
}

/// Each key and what it says.
const KEYS: &[(KeyCode, Intent)] = &[
    (KeyCode::Space, Intent::TogglePause),
    (KeyCode::Period, Intent::OneStep),
    (KeyCode::NumpadAdd, Intent::Faster),
    (KeyCode::Equal, Intent::Faster),
    (KeyCode::NumpadSubtract, Intent::Slower),
    (KeyCode::Minus, Intent::Slower),
    (KeyCode::Escape, Intent::Back),
    (KeyCode::F1, Intent::Help),
    (KeyCode::Tab, Intent::Help),
    (KeyCode::Home, Intent::Recentre),
    (KeyCode::F12, Intent::Picture),
    (KeyCode::KeyF, Intent::ToggleRelief),
    (KeyCode::Digit1, Intent::Visit(0)),
    (KeyCode::Digit2, Intent::Visit(1)),
    (KeyCode::Digit3, Intent::Visit(2)),
    (KeyCode::Digit4, Intent::Visit(3)),
    (KeyCode::Digit5, Intent::Visit(4)),
    (KeyCode::Digit6, Intent::Visit(5)),
    (KeyCode::Digit7, Intent::Visit(6)),
    (KeyCode::Digit8, Intent::Visit(7)),
    (KeyCode::Digit9, Intent::Visit(8)),
];

fn speak_by_keys(keys: Res<ButtonInput<KeyCode>>, mut intents: MessageWriter<Intent>) {
    for (key, intent) in KEYS {
        if keys.just_pressed(*key) {
            intents.write(*intent);
        }
    }
}
