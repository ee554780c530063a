//! One wish to go back leaves one thing: the topmost of those that are open.

use bevy::{
    ecs::{message::MessageUpdateSystems, system::SystemParam},
    prelude::*,
};

use super::intent::Intent;
use crate::world::WorldSystems;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<BackTaken>()
        .add_systems(First, forget.after(MessageUpdateSystems))
        .configure_sets(
            Update,
            (
                BackSystems::Letters,
                BackSystems::Menu,
                BackSystems::Access,
                BackSystems::Help,
                BackSystems::Remarks,
                BackSystems::Board,
                BackSystems::Choice,
            )
                .chain()
                .in_set(WorldSystems::Steer),
        );
}

/// What one goes back from, the topmost first; each takes the wish in its set, if it is open.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BackSystems {
    /// A field that takes letters.
    Letters,
    /// The menu on the wrist.
    Menu,
    /// The board of what eases the use.
    Access,
    /// The help.
    Help,
    /// What is to be known of the run.
    Remarks,
    /// A board that hangs before an exhibit.
    Board,
    /// What is chosen in an exhibit.
    Choice,
}

/// Whether somebody has gone back by what was wished in this frame.
#[derive(Resource, Clone, Copy, Debug, Default)]
struct BackTaken(bool);

fn forget(mut taken: ResMut<BackTaken>) {
    if taken.0 {
        taken.0 = false;
    }
}

/// The wish to go back, for whoever has something that can be left.
#[derive(SystemParam)]
pub struct GoesBack<'w, 's> {
    intents: MessageReader<'w, 's, Intent>,
    /// None in halls of tests that hold one such thing only.
    taken: Option<ResMut<'w, BackTaken>>,
}

impl GoesBack<'_, '_> {
    /// Takes the wish where something `is_open`; true if it is to be left now.
    pub fn take(&mut self, is_open: bool) -> bool {
        let wished = self.intents.read().filter(|intent| **intent == Intent::Back).count() > 0;
        let is_free = self.taken.as_ref().is_none_or(|taken| !taken.0);
        let takes = wished && is_open && is_free;
        if takes && let Some(taken) = &mut self.taken {
            taken.0 = true;
        }
        takes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is open of three things, the topmost first.
    #[derive(Resource)]
    struct Open([bool; 3]);

    fn leave<const AT: usize>(mut back: GoesBack, mut open: ResMut<Open>) {
        if back.take(open.0[AT]) {
            open.0[AT] = false;
        }
    }

    #[test]
    fn each_wish_leaves_the_topmost_thing_alone() {
        let mut app = App::new();
        app.add_message::<Intent>().insert_resource(Open([true, false, true])).add_plugins(plugin);
        app.add_systems(
            Update,
            (
                leave::<2>.in_set(BackSystems::Choice),
                leave::<0>.in_set(BackSystems::Help),
                leave::<1>.in_set(BackSystems::Board),
            ),
        );
        let mut left = |wishes: usize| {
            for _ in 0..wishes {
                app.world_mut().write_message(Intent::Back);
            }
            app.update();
            app.world().resource::<Open>().0
        };
        assert_eq!(left(0), [true, false, true]);
        assert_eq!(left(1), [false, false, true], "the chosen row stays chosen");
        assert_eq!(left(0), [false, false, true]);
        assert_eq!(left(1), [false, false, false]);
    }
}
