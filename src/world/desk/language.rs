//! The button of the desk that has the hall speak another language; it is called what that language calls itself.

use bevy::prelude::*;

use crate::world::{
    interaction::intent::Intent,
    ui::controls::{Activate, ButtonKind, button},
};

pub(super) fn spawn(line: &mut ChildSpawnerCommands) {
    line.spawn(button("language", key!("desk-next-language"), ButtonKind::Small)).observe(
        |_: On<Activate>, mut intents: MessageWriter<Intent>| {
            intents.write(Intent::NextLanguage);
        },
    );
}
