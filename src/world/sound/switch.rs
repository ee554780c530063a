//! The button that switches sound on and off, wherever one hangs, and what happens then.

use bevy::{prelude::*, ui::Checked};

use super::{Heard, SoundChoice, sounds::Sound};
use crate::{
    words::Word,
    world::{
        interaction::intent::Intent,
        ui::controls::{Activate, ButtonKind, button, mark},
    },
};

/// What the button says; that it is pressed in says that sound is on.
pub const LABEL: Word = key!("sound-sound");

/// Marks a button that shows whether sound is on.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct SoundSwitch;

/// Such a button of this name.
pub fn spawn(line: &mut ChildSpawnerCommands, name: &'static str) {
    line.spawn((button(name, LABEL, ButtonKind::Small), SoundSwitch)).observe(
        |_: On<Activate>, mut intents: MessageWriter<Intent>| {
            intents.write(Intent::ToggleSound);
        },
    );
}

/// Whoever switches sound on hears it, so that it is told at once if there is nothing to hear it on.
pub(super) fn obey_intents(
    mut intents: MessageReader<Intent>,
    mut choice: ResMut<SoundChoice>,
    mut heard: MessageWriter<Heard>,
) {
    for _ in intents.read().filter(|intent| **intent == Intent::ToggleSound) {
        choice.on = !choice.on;
        if choice.on {
            let words = say!("sound-is-on").to_owned();
            heard.write(Heard { sound: Sound::Press, at: None, words });
        }
    }
}

pub(super) fn show_choice(
    choice: Res<SoundChoice>,
    switches: Query<(Entity, Has<Checked>), With<SoundSwitch>>,
    mut commands: Commands,
) {
    for (switch, checked) in &switches {
        mark::<Checked>(&mut commands, switch, checked, choice.on);
    }
}
