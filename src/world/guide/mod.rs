//! The first minute: the hall shows one thing to do at a time where mouse or hand is, notices that it was done, and falls
//! silent.

mod course;
mod plate;
mod side;
mod tasks;
mod telling;
#[cfg(test)]
mod tests;
mod watch;

use bevy::prelude::*;

pub use course::Guide;
pub use telling::{Telling, Tellings};

use self::{
    plate::{Plate, PlateText, Sight},
    tasks::Task,
    watch::Watched,
};
use super::{
    WorldSystems,
    stage::{ActiveExhibit, ExhibitList, Opening},
    ui::{
        controls::{ControlName, Sought, mark},
        panel::ReadUntilClosed,
    },
};

pub(super) fn plugin(app: &mut App) {
    let guides = resource_exists::<Guide>.and_then(not(resource_exists::<Opening>));
    app.init_resource::<Tellings>().init_resource::<Asked>().add_systems(
        Update,
        (
            plate::hang.before(WorldSystems::Receive).run_if(resource_added::<Guide>),
            (lead, (write, light, plate::place)).chain().after(WorldSystems::Show).run_if(guides),
        ),
    );
}

/// What is asked for now.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Asked(Option<Task>);

/// Goes on to the next thing; when there is none left, all that is the guide's goes.
fn lead(
    mut watched: Watched,
    mut guide: ResMut<Guide>,
    mut asked: ResMut<Asked>,
    plates: Query<Entity, With<Plate>>,
    pages: Query<&Visibility, With<ReadUntilClosed>>,
    mut commands: Commands,
) {
    let reads = pages.iter().any(|seen| *seen != Visibility::Hidden);
    let now = guide.step(&watched.moment());
    asked.set_if_neq(Asked(now.filter(|_| !reads)));
    if guide.is_over() {
        commands.remove_resource::<Guide>();
        for plate in &plates {
            commands.entity(plate).despawn();
        }
    }
}

/// Words what is asked for, in the language that is spoken, for a mouse or for a hand.
fn write(
    asked: Res<Asked>,
    sight: Sight,
    tellings: Res<Tellings>,
    playing: Option<Res<ActiveExhibit>>,
    listed: Option<Res<ExhibitList>>,
    mut lines: Query<&mut Text, With<PlateText>>,
    mut last: Local<bool>,
) {
    let by_hand = sight.is_worn();
    let turned = playing.as_ref().is_some_and(DetectChanges::is_changed);
    if !asked.is_changed() && !turned && *last == by_hand {
        return;
    }
    *last = by_hand;
    let Some(task) = asked.0 else {
        return;
    };
    let exhibit = playing.map(|playing| playing.0);
    let places = listed.as_ref().map_or(&[][..], |listed| &listed.0);
    let here = places.iter().position(|placed| Some(placed.exhibit) == exhibit).unwrap_or(0);
    let next_key = (here + 1) % places.len().max(1) + 1;
    let words = task.words(tellings.of(exhibit), by_hand, next_key);
    for mut line in &mut lines {
        line.set_if_neq(Text(words.clone()));
    }
}

/// The control that is asked for looks as if it were pointed at.
fn light(
    asked: Res<Asked>,
    controls: Query<(Entity, &ControlName, Has<Sought>)>,
    mut commands: Commands,
) {
    if !asked.is_changed() {
        return;
    }
    let wanted = asked.0.and_then(Task::control);
    for (control, name, sought) in &controls {
        mark::<Sought>(&mut commands, control, sought, wanted == Some(name.0));
    }
}
