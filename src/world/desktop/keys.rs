//! Keys of the keyboard, as wishes: signs are what is printed, letters are places (see `keycaps`), and what has a name
//! is found by it.

use bevy::{
    input::keyboard::{Key, KeyboardFocusLost, KeyboardInput},
    input_focus::InputFocusVisible,
    prelude::*,
};

use crate::world::{
    headset::Headset,
    interaction::{
        intent::{Intent, IntentSystems},
        keycaps::is_place,
    },
    ui::controls::Typing,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, speak_by_keys.in_set(IntentSystems));
}

/// The row of digits. On some keyboards they need Shift, and what is printed without it visits as well, unless it says
/// something else, such as the minus of AZERTY.
const DIGITS: [KeyCode; 9] = [
    KeyCode::Digit1,
    KeyCode::Digit2,
    KeyCode::Digit3,
    KeyCode::Digit4,
    KeyCode::Digit5,
    KeyCode::Digit6,
    KeyCode::Digit7,
    KeyCode::Digit8,
    KeyCode::Digit9,
];

/// Puts the headset on, or takes it off.
const IN_AND_OUT: KeyCode = KeyCode::KeyV;

/// What a key says that counts for as long as it is held. Such keys are places, so that whatever else is pressed
/// meanwhile, the one that was pressed is the one that is let go.
fn held(key: KeyCode) -> Option<fn(bool) -> Intent> {
    match key {
        KeyCode::KeyR => Some(Intent::Raise),
        KeyCode::KeyL => Some(Intent::Lower),
        _ => None,
    }
}

/// What a key says when it is pressed.
fn says(key: KeyCode, printed: &Key) -> Option<Intent> {
    Some(match printed {
        _ if key == KeyCode::KeyF => Intent::ToggleRelief,
        _ if is_place(key) => return None,
        Key::Space => Intent::TogglePause,
        Key::Escape => Intent::Back,
        Key::F1 => Intent::Help,
        Key::F4 => Intent::Access,
        Key::F2 => Intent::NextView,
        Key::F3 => Intent::FrameTimes,
        Key::F5 => Intent::ToggleSound,
        Key::Home => Intent::Recentre,
        Key::F12 => Intent::Picture,
        Key::Character(sign) => match (sign.as_str(), key) {
            ("+", _) | ("=", KeyCode::Equal) => Intent::Faster,
            ("-" | "−", _) => Intent::Slower,
            // On some keyboards it is printed above a digit.
            ("/", _) => Intent::Find,
            // Whatever separates decimals on this pad.
            (".", _) | (_, KeyCode::NumpadDecimal) => Intent::OneStep,
            (sign, key) => return digit(sign, key).map(Intent::Visit),
        },
        Key::Dead(_) => return digit("", key).map(Intent::Visit),
        _ => return None,
    })
}

/// The digit that is printed, or that other keyboards have there, counted from 0.
fn digit(printed: &str, key: KeyCode) -> Option<usize> {
    let there = || DIGITS.iter().position(|digit| *digit == key);
    match printed.parse::<usize>() {
        Ok(digit @ 1..=9) => Some(digit - 1),
        Ok(_) => None,
        Err(_) => there(),
    }
}

fn speak_by_keys(
    mut keys: MessageReader<KeyboardInput>,
    mut lost: MessageReader<KeyboardFocusLost>,
    headset: Option<Res<Headset>>,
    typing: Option<Res<Typing>>,
    focus: Option<Res<InputFocusVisible>>,
    mut intents: MessageWriter<Intent>,
) {
    // What is let go while another window has the keys is never told.
    if lost.read().count() > 0 {
        intents.write_batch([Intent::Raise(false), Intent::Lower(false)]);
    }
    let typing = typing.is_some_and(|typing| typing.0.is_some());
    let acting = focus.is_some_and(|visible| visible.0);
    let worn = headset.as_deref().is_some_and(Headset::is_worn);
    for key in keys.read().filter(|key| !key.repeat) {
        let pressed = key.state.is_pressed();
        // Letters of a word are no wishes, but a key that was pressed before one began to write is still let go.
        let heard = pressed && (!typing || says_while_typing(&key.logical_key));
        // The space bar presses what the keyboard acts on.
        let heard = heard && !(acting && key.logical_key == Key::Space);
        if let Some(held) = held(key.key_code) {
            if heard || !pressed {
                intents.write(held(pressed));
            }
        } else if heard && key.key_code == IN_AND_OUT {
            intents.write_batch(headset.as_deref().map(in_or_out));
        } else if heard && let Some(intent) = says(key.key_code, &key.logical_key) {
            intents.write(if worn { beside_a_visitor(intent) } else { intent });
        }
    }
}

/// The keys that say the same while a field takes letters.
const fn says_while_typing(key: &Key) -> bool {
    matches!(key, Key::F1 | Key::F2 | Key::F3 | Key::F4 | Key::F5 | Key::F12)
}

const fn in_or_out(headset: &Headset) -> Intent {
    match headset {
        Headset::Entering | Headset::Worn { .. } => Intent::LeaveHeadset,
        _ => Intent::EnterHeadset,
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
    use bevy::input::ButtonState;

    use super::*;

    fn sign(printed: &str) -> Key {
        Key::Character(printed.into())
    }

    /// A window with a keyboard.
    struct Keyboard(App);

    impl Keyboard {
        fn new() -> Self {
            let mut app = App::new();
            app.add_message::<Intent>()
                .add_message::<KeyboardInput>()
                .add_message::<KeyboardFocusLost>()
                .add_plugins(plugin);
            Self(app)
        }

        /// What a key says when it is pressed or let go.
        fn key(&mut self, key_code: KeyCode, logical_key: Key, state: ButtonState) -> Vec<Intent> {
            self.0.world_mut().write_message(KeyboardInput {
                key_code,
                logical_key,
                state,
                text: None,
                repeat: false,
                window: Entity::PLACEHOLDER,
            });
            self.0.update();
            self.0.world_mut().resource_mut::<Messages<Intent>>().drain().collect()
        }

        fn press(&mut self, key: KeyCode, printed: Key) -> Vec<Intent> {
            self.key(key, printed, ButtonState::Pressed)
        }
    }

    #[test]
    fn nothing_stays_held_when_another_window_has_the_keys() {
        let mut keyboard = Keyboard::new();
        assert_eq!(keyboard.press(KeyCode::KeyR, sign("r")), [Intent::Raise(true)]);
        keyboard.0.world_mut().write_message(KeyboardFocusLost);
        keyboard.0.update();
        let said: Vec<_> =
            keyboard.0.world_mut().resource_mut::<Messages<Intent>>().drain().collect();
        assert_eq!(said, [Intent::Raise(false), Intent::Lower(false)]);
    }

    #[test]
    fn signs_are_what_is_printed_and_letters_are_places() {
        use KeyCode::*;
        for (keyboard, key, printed, meaning) in [
            ("US", Equal, "=", Some(Intent::Faster)),
            ("US", Equal, "+", Some(Intent::Faster)),
            ("US", Minus, "-", Some(Intent::Slower)),
            ("US", Period, ".", Some(Intent::OneStep)),
            ("US", Slash, "/", Some(Intent::Find)),
            ("US", Digit0, "0", None),
            ("US", KeyF, "f", Some(Intent::ToggleRelief)),
            ("German", BracketRight, "+", Some(Intent::Faster)),
            ("German", Slash, "-", Some(Intent::Slower)),
            ("German", Minus, "ß", None),
            ("German", Digit7, "/", Some(Intent::Find)),
            ("German", Digit0, "=", None),
            ("French", Digit6, "-", Some(Intent::Slower)),
            ("French", Digit6, "6", Some(Intent::Visit(5))),
            ("French", Digit1, "&", Some(Intent::Visit(0))),
            ("French", Digit2, "é", Some(Intent::Visit(1))),
            ("French", Digit0, "à", None),
            ("French", Comma, ";", None),
            ("French", Comma, ".", Some(Intent::OneStep)),
            ("Czech", Digit1, "+", Some(Intent::Faster)),
            ("Persian", Digit3, "۳", Some(Intent::Visit(2))),
            ("Russian", KeyF, "а", Some(Intent::ToggleRelief)),
            ("Dvorak", KeyE, ".", None),
            ("the pad", NumpadAdd, "+", Some(Intent::Faster)),
            ("the pad", NumpadSubtract, "-", Some(Intent::Slower)),
            ("the pad", Numpad2, "2", Some(Intent::Visit(1))),
            ("the German pad", NumpadDecimal, ",", Some(Intent::OneStep)),
        ] {
            assert_eq!(says(key, &sign(printed)), meaning, "{printed} at {key:?}, {keyboard}");
        }
        assert_eq!(says(Digit5, &Key::Dead(Some('^'))), Some(Intent::Visit(4)));
        // A pad without Num Lock has Home there.
        assert_eq!(says(Numpad7, &Key::Home), Some(Intent::Recentre));
        assert_eq!(says(Numpad1, &Key::End), None);
    }

    #[test]
    fn one_key_leads_into_the_headset_and_out_again() {
        let worn = Headset::Worn { visible: false, focused: false };
        let mut keyboard = Keyboard::new();
        assert!(keyboard.press(KeyCode::KeyV, sign("v")).is_empty(), "where none was looked for");
        for (headset, intent) in [
            (Headset::Ready, Intent::EnterHeadset),
            (Headset::Away, Intent::EnterHeadset),
            (Headset::Lost("gone".into()), Intent::EnterHeadset),
            (Headset::Entering, Intent::LeaveHeadset),
            (worn, Intent::LeaveHeadset),
        ] {
            keyboard.0.insert_resource(headset.clone());
            assert_eq!(keyboard.press(KeyCode::KeyV, sign("v")), [intent], "{headset:?}");
        }
    }

    #[test]
    fn the_key_that_was_held_is_let_go_whatever_it_prints_by_then() {
        let mut keyboard = Keyboard::new();
        assert_eq!(keyboard.press(KeyCode::KeyR, sign("r")), [Intent::Raise(true)]);
        assert_eq!(keyboard.press(KeyCode::ShiftLeft, Key::Shift), []);
        let released = keyboard.key(KeyCode::KeyR, sign("К"), ButtonState::Released);
        assert_eq!(released, [Intent::Raise(false)]);
        assert_eq!(keyboard.press(KeyCode::KeyL, sign("l")), [Intent::Lower(true)]);
        // A word begins before it is let go.
        keyboard.0.insert_resource(Typing(Some(Entity::PLACEHOLDER)));
        let released = keyboard.key(KeyCode::KeyL, sign("l"), ButtonState::Released);
        assert_eq!(released, [Intent::Lower(false)]);
    }

    #[test]
    fn letters_of_a_word_are_no_wishes() {
        let mut keyboard = Keyboard::new();
        keyboard.0.insert_resource(Typing(Some(Entity::PLACEHOLDER)));
        for (key, printed) in [
            (KeyCode::Space, Key::Space),
            (KeyCode::KeyF, sign("f")),
            (KeyCode::KeyV, sign("v")),
            (KeyCode::Digit1, sign("1")),
            (KeyCode::KeyR, sign("r")),
            (KeyCode::Escape, Key::Escape),
        ] {
            assert_eq!(keyboard.press(key, printed), [], "{key:?}");
        }
        assert_eq!(keyboard.press(KeyCode::F12, Key::F12), [Intent::Picture]);
    }

    #[test]
    fn beside_a_visitor_in_the_headset_keys_move_the_view_and_not_the_visitor() {
        let worn = Headset::Worn { visible: true, focused: false };
        for (key, printed, alone, beside) in [
            (KeyCode::Digit2, sign("2"), Intent::Visit(1), Intent::Show(1)),
            (KeyCode::Home, Key::Home, Intent::Recentre, Intent::Overview),
            (KeyCode::Space, Key::Space, Intent::TogglePause, Intent::TogglePause),
            (KeyCode::Period, sign("."), Intent::OneStep, Intent::OneStep),
        ] {
            let mut keyboard = Keyboard::new();
            assert_eq!(keyboard.press(key, printed.clone()), [alone]);
            keyboard.0.insert_resource(Headset::Ready);
            assert_eq!(keyboard.press(key, printed.clone()), [alone]);
            keyboard.0.insert_resource(worn.clone());
            assert_eq!(keyboard.press(key, printed), [beside]);
        }
    }
}
