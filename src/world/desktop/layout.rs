//! Learns what the keyboard prints: from the X server when the hall opens, and from every key that is pressed alone.

use std::{
    sync::{Arc, OnceLock},
    thread,
};

use bevy::{
    input::keyboard::{Key, KeyboardInput},
    prelude::*,
    window::PrimaryWindow,
};

use crate::{
    display_server,
    world::{
        WorldSystems,
        interaction::keycaps::{Keycaps, PLACES},
    },
};

const SCANCODES: [u8; PLACES.len()] = {
    let mut codes = [0; PLACES.len()];
    let mut index = 0;
    while index < codes.len() {
        codes[index] = PLACES[index].1;
        index += 1;
    }
    codes
};

/// With one of these held, a key prints something else.
const MODIFIERS: [KeyCode; 6] = [
    KeyCode::ShiftLeft,
    KeyCode::ShiftRight,
    KeyCode::AltLeft,
    KeyCode::AltRight,
    KeyCode::ControlLeft,
    KeyCode::ControlRight,
];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, ask.run_if(any_with_component::<PrimaryWindow>)).add_systems(
        Update,
        (take_answer.run_if(resource_exists::<Answer>), learn)
            .chain()
            .before(WorldSystems::Receive),
    );
}

/// What a window system says, as soon as it does; the hall does not wait for it.
#[derive(Resource, Clone, Default)]
struct Answer(Arc<OnceLock<Vec<Option<char>>>>);

fn ask(mut commands: Commands) {
    let answer = Answer::default();
    let asked = answer.clone();
    let thread = thread::Builder::new().name("keyboard".to_owned());
    let started = thread.spawn(move || asked.0.set(display_server::printed(None, &SCANCODES)).ok());
    if started.is_ok() {
        commands.insert_resource(answer);
    }
}

fn take_answer(answer: Res<Answer>, mut keycaps: ResMut<Keycaps>, mut commands: Commands) {
    let Some(printed) = answer.0.get() else {
        return;
    };
    commands.remove_resource::<Answer>();
    let known =
        PLACES.iter().zip(printed).filter_map(|((key, ..), printed)| Some((*key, (*printed)?)));
    let learned = known.fold(keycaps.clone(), |caps, (key, printed)| caps.with(key, printed));
    keycaps.set_if_neq(learned);
}

fn learn(
    mut keys: MessageReader<KeyboardInput>,
    held: Res<ButtonInput<KeyCode>>,
    mut keycaps: ResMut<Keycaps>,
) {
    for key in keys.read().filter(|key| key.state.is_pressed()) {
        if let Key::Character(printed) = &key.logical_key
            && let Some(printed) = printed.chars().next()
            && !held.any_pressed(MODIFIERS)
        {
            let learned = keycaps.with(key.key_code, printed);
            keycaps.set_if_neq(learned);
        }
    }
}

#[cfg(test)]
mod tests {
    use bevy::input::{ButtonState, InputPlugin};

    use super::*;

    #[test]
    fn a_key_that_is_pressed_alone_says_what_is_printed_on_it() {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, InputPlugin, plugin)).init_resource::<Keycaps>();
        let mut press = |key_code, logical_key| {
            app.world_mut().write_message(KeyboardInput {
                key_code,
                logical_key,
                state: ButtonState::Pressed,
                text: None,
                repeat: false,
                window: Entity::PLACEHOLDER,
            });
            app.update();
            app.world().resource::<Keycaps>().written("W Q")
        };
        assert_eq!(press(KeyCode::KeyW, Key::Character("z".into())), "Z Q");
        // With Alt Gr the key has another letter.
        press(KeyCode::AltRight, Key::AltGraph);
        assert_eq!(press(KeyCode::KeyQ, Key::Character("@".into())), "Z Q");
    }
}
