//! The list of exhibits: which exhibits the hall has, and the place of each that has been visited.

use bevy::prelude::*;

use super::emblem::Body;
use crate::{
    stream::{ExhibitId, Payload},
    words::Word,
    world::stage::ActiveExhibit,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, place_exhibits);
}

/// The exhibits that stand in the hall, put there by the app.
#[derive(Resource, Default)]
pub struct ExhibitList(pub Vec<Placed>);

/// What stands for an exhibit while another is on the stage.
#[derive(Clone, Copy)]
pub struct Plinth {
    /// What its sign calls it.
    pub title: Word,
    /// What one sees there, in one sentence.
    pub promise: Word,
    /// The names of the buttons that visit it, and that let it go on or pause it, as `visit-digits` and `rest-digits`.
    pub buttons: [&'static str; 2],
    /// What stands on it, so that one sees from afar what waits there.
    pub emblem: fn() -> Vec<Body>,
}

/// One exhibit and its place on the ring.
#[derive(Clone)]
pub struct Placed {
    /// Which exhibit.
    pub exhibit: ExhibitId,
    /// Its title.
    pub title: Word,
    /// Degrees from straight ahead, clockwise.
    pub bearing: f32,
    /// Whether the progress banner tells what each stage did; an exhibit with a board of its own tells it there.
    pub tells_stages: bool,
    /// Whether one can look inside its model.
    pub looks_inside: bool,
    /// What a finished run came to, in a few words.
    pub headline: fn(&Payload) -> String,
    /// What stands for it while another exhibit is on the stage.
    pub plinth: Plinth,
}

#[cfg(test)]
impl Placed {
    /// An exhibit straight ahead that has nothing to say, for tests of the hall.
    pub(crate) const fn silent(exhibit: ExhibitId, title: &'static str) -> Self {
        Self {
            exhibit,
            title: Word::plain(title),
            bearing: 0.0,
            tells_stages: false,
            looks_inside: false,
            headline: |_| String::new(),
            plinth: Plinth {
                title: Word::plain(title),
                promise: Word::plain(""),
                buttons: ["visit", "rest"],
                emblem: Vec::new,
            },
        }
    }
}

/// The place of an exhibit: everything that belongs to the exhibit is its child, so that moving, turning or scaling
/// the place does it to the exhibit.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[require(Transform, Visibility, Home)]
pub struct Exhibited(pub ExhibitId);

/// Where an exhibit belongs when nobody has moved it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct Home(pub Transform);

/// An exhibit's place is ready to be furnished: its origin is the middle of the hall's floor, turned so
/// that the exhibit lies straight ahead.
#[derive(EntityEvent)]
pub struct PlinthPlaced {
    /// The place.
    pub entity: Entity,
    /// Whose it is.
    pub exhibit: ExhibitId,
}

fn place_exhibits(
    mut commands: Commands,
    listed: Res<ExhibitList>,
    playing: Option<Res<ActiveExhibit>>,
) {
    let on_stage =
        |placed: &&Placed| playing.as_ref().is_none_or(|playing| playing.0 == placed.exhibit);
    for placed in listed.0.iter().filter(on_stage) {
        place_exhibit(&mut commands, placed);
    }
}

/// Makes the place of an exhibit, and has it furnished.
pub fn place_exhibit(commands: &mut Commands, placed: &Placed) {
    let home = Transform::from_rotation(Quat::from_rotation_y(-placed.bearing.to_radians()));
    let entity = commands
        .spawn((Name::new(placed.exhibit.name()), Exhibited(placed.exhibit), Home(home), home))
        .id();
    commands.trigger(PlinthPlaced { entity, exhibit: placed.exhibit });
}
