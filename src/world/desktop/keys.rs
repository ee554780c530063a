//! Keys of the keyboard, as wishes.

use bevy::prelude::*;

use crate::world::{
    WorldSystems, headset::Headset, interaction::intent::Intent, ui::controls::Typing,
};

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
    (KeyCode::F2, Intent::NextView),
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

/// Keys that count for as long as they are held.
const HELD: &[(KeyCode, fn(bool) -> Intent)] =
    &[(KeyCode::KeyR, Intent::Raise), (KeyCode::KeyL, Intent::Lower)];

/// The keys that say the same while a field takes letters.
const WHILE_TYPING: &[KeyCode] = &[KeyCode::F1, KeyCode::F2, KeyCode::F12];

/// Puts the headset on, or takes it off.
const IN_AND_OUT: KeyCode = KeyCode::KeyV;

fn speak_by_keys(
    keys: Res<ButtonInput<KeyCode>>,
    headset: Option<Res<Headset>>,
    typing: Option<Res<Typing>>,
    mut intents: MessageWriter<Intent>,
) {
    let typing = typing.is_some_and(|typing| typing.0.is_some());
    let heard = |key: KeyCode| keys.just_pressed(key) && (!typing || WHILE_TYPING.contains(&key));
    if let Some(headset) = headset.as_deref().filter(|_| heard(IN_AND_OUT)) {
        intents.write(match headset {
            Headset::Entering | Headset::Worn { .. } => Intent::LeaveHeadset,
            _ => Intent::EnterHeadset,
        });
    }
    for (key, intent) in HELD {
        // A key that was pressed before one began to write is still let go.
        if heard(*key) || keys.just_released(*key) {
            intents.write(intent(keys.pressed(*key)));
        }
    }
    let watched = headset.is_some_and(|headset| headset.is_worn());
    for (key, intent) in KEYS {
        if heard(*key) {
            intents.write(if watched { beside_a_visitor(*intent) } else { *intent });
        }
    }
}

/// What a key says while somebody else wears the headset: it moves the spectators' view instead of the visitor.
const fn beside_a_visitor(intent: Intent) -> Intent {
    match intent {
        Intent::Visit(exhibit) => Intent::Show(exhibit),
        Intent::Recentre => Intent::Overview,
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a key says.
    fn says(key: KeyCode, headset: Option<Headset>) -> Vec<Intent> {
        let mut app = App::new();
        app.add_message::<Intent>().init_resource::<ButtonInput<KeyCode>>().add_plugins(plugin);
        if let Some(headset) = headset {
            app.insert_resource(headset);
        }
        app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(key);
        app.update();
        app.world_mut().resource_mut::<Messages<Intent>>().drain().collect()
    }

    #[test]
    fn one_key_leads_into_the_headset_and_out_again() {
        let worn = Headset::Worn { visible: false, focused: false };
        for (headset, intent) in [
            (Headset::Ready, Intent::EnterHeadset),
            (Headset::Away, Intent::EnterHeadset),
            (Headset::Lost("gone".into()), Intent::EnterHeadset),
            (Headset::Entering, Intent::LeaveHeadset),
            (worn, Intent::LeaveHeadset),
        ] {
            assert_eq!(says(KeyCode::KeyV, Some(headset.clone())), [intent], "{headset:?}");
        }
        assert!(says(KeyCode::KeyV, None).is_empty(), "where no headset was looked for");
    }

    #[test]
    fn some_keys_count_while_they_are_held() {
        let mut app = App::new();
        app.add_message::<Intent>().init_resource::<ButtonInput<KeyCode>>().add_plugins(plugin);
        let mut said = |keys: &dyn Fn(&mut ButtonInput<KeyCode>)| {
            let mut input = app.world_mut().resource_mut::<ButtonInput<KeyCode>>();
            input.clear();
            keys(&mut input);
            app.update();
            app.world_mut().resource_mut::<Messages<Intent>>().drain().collect::<Vec<_>>()
        };
        assert_eq!(said(&|keys| keys.press(KeyCode::KeyR)), [Intent::Raise(true)]);
        assert_eq!(said(&|_| ()), []);
        assert_eq!(said(&|keys| keys.press(KeyCode::KeyL)), [Intent::Lower(true)]);
        assert_eq!(said(&|keys| keys.release(KeyCode::KeyR)), [Intent::Raise(false)]);
    }

    #[test]
    fn letters_of_a_word_are_no_wishes() {
        let mut app = App::new();
        app.add_message::<Intent>().init_resource::<ButtonInput<KeyCode>>().add_plugins(plugin);
        app.insert_resource(Typing(Some(Entity::PLACEHOLDER)));
        for key in [
            KeyCode::Space,
            KeyCode::KeyF,
            KeyCode::Digit1,
            KeyCode::KeyR,
            KeyCode::Escape,
            KeyCode::F12,
        ] {
            app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(key);
        }
        app.update();
        let said: Vec<_> = app.world_mut().resource_mut::<Messages<Intent>>().drain().collect();
        assert_eq!(said, [Intent::Picture]);
    }

    #[test]
    fn beside_a_visitor_in_the_headset_keys_move_the_view_and_not_the_visitor() {
        let worn = Headset::Worn { visible: true, focused: false };
        for (key, alone, beside) in [
            (KeyCode::Digit2, Intent::Visit(1), Intent::Show(1)),
            (KeyCode::Home, Intent::Recentre, Intent::Overview),
            (KeyCode::Space, Intent::TogglePause, Intent::TogglePause),
            (KeyCode::Period, Intent::OneStep, Intent::OneStep),
        ] {
            assert_eq!(says(key, None), [alone]);
            assert_eq!(says(key, Some(Headset::Ready)), [alone]);
            assert_eq!(says(key, Some(worn.clone())), [beside]);
        }
    }
}
