//! The language of the hall, and what happens when the visitor chooses another one.

use bevy::{ecs::component::ComponentId, prelude::*};

use super::{
    controls::{ControlText, Slider},
    lettering::Said,
    written_again::LanguageSystems,
};
use crate::{
    words::{self, Language},
    world::{WorldSystems, interaction::intent::Intent},
};

pub(super) fn plugin(app: &mut App) {
    app.insert_resource(SpokenLanguage(words::spoken()))
        .add_systems(Update, obey_intents.in_set(WorldSystems::Steer));
    app.add_systems(
        Update,
        (change_language, write_again).chain().ambiguous_with_all().in_set(LanguageSystems),
    )
    .configure_sets(
        Update,
        LanguageSystems
            .ambiguous_with_all()
            .run_if(resource_changed::<SpokenLanguage>)
            .after(WorldSystems::Steer)
            .before(WorldSystems::Arrange),
    );
}

/// The language of the hall; set it, and all that is read changes.
#[derive(Resource, Clone, Copy, Debug, PartialEq, Eq)]
pub struct SpokenLanguage(pub Language);

fn obey_intents(mut intents: MessageReader<Intent>, mut spoken: ResMut<SpokenLanguage>) {
    for _ in intents.read().filter(|intent| **intent == Intent::NextLanguage) {
        spoken.0 = spoken.0.next();
    }
}

fn change_language(
    language: Res<SpokenLanguage>,
    mut before: Local<Option<Language>>,
    mut texts: Query<(&Said, &mut Text)>,
    mut labels: Query<(&Said, &mut ControlText)>,
    mut sliders: Query<&mut Slider>,
) {
    let before = before.replace(language.0).unwrap_or_else(words::spoken);
    words::speak(language.0);
    for (said, mut text) in &mut texts {
        if let Some(again) = said.again(&text.0, before) {
            text.0 = again;
        }
    }
    for (said, mut label) in &mut labels {
        if let Some(again) = said.again(&label.0, before) {
            label.0 = again;
        }
    }
    // They write their values with units.
    sliders.iter_mut().for_each(|mut slider| slider.set_changed());
}

/// Whatever is written from what the hall knows is written again, as if all of it were new.
fn write_again(world: &mut World) {
    let known: Vec<ComponentId> =
        world.resource_entities().iter().map(|(known, _)| known).collect();
    let itself = world.components().component_id::<SpokenLanguage>();
    for known in known.into_iter().filter(|known| Some(*known) != itself) {
        if let Some(mut known) = world.get_resource_mut_by_id(known) {
            known.set_changed();
        }
    }
}
