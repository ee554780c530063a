//! The hall's end of the stream: reports and snapshots go into the run, requests go to the trainer.

mod answer;
mod channel;
mod exchange;
mod shown;
#[cfg(test)]
mod tests;

use bevy::{prelude::*, window::ExitSystems};

pub use answer::Answer;
pub use channel::Link;
pub use exchange::{Ask, Question, SpeedLimit};
pub use shown::{AskedPixels, ShownRun, ShownSnapshot};

use self::{
    exchange::{hear_answers, receive, say_goodbye, send_requests},
    shown::choose_shown,
};
use super::WorldSystems;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ShownSnapshot>()
        .init_resource::<AskedPixels>()
        .add_message::<Ask>()
        .add_message::<Question>()
        .add_message::<Answer>()
        .configure_sets(
            Update,
            (
                LinkSystems::Replay,
                LinkSystems::Send,
                LinkSystems::Turn,
                LinkSystems::Keep,
                LinkSystems::Hear,
            )
                .chain()
                .in_set(WorldSystems::Receive),
        )
        .add_systems(Update, send_requests.in_set(LinkSystems::Send))
        .add_systems(
            Update,
            (receive, hear_answers, choose_shown).chain().in_set(LinkSystems::Hear),
        )
        // A closed window is turned into the wish to leave in this very schedule.
        .add_systems(Last, say_goodbye.in_set(LinkSystems::Leave).after(ExitSystems));
}

/// The order in which a frame listens to trainers.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LinkSystems {
    /// What is wanted of a recording becomes a request, or is answered in words.
    Replay,
    /// Requests go to the trainer that is heard now.
    Send,
    /// Another trainer may take its place.
    Turn,
    /// Recordings of it begin and end.
    Keep,
    /// What the trainer says is heard.
    Hear,
    /// The hall closes, and the trainer's last words are heard.
    Leave,
}
