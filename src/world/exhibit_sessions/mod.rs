//! Exhibit sessions: every exhibit with a training of its own; one is on the stage, the others rest until they are visited
//! again.

mod opening;
mod passage;
mod signs;
mod turn;
mod wake;

use bevy::prelude::*;

use super::{
    link::{Link, LinkSystems, ShownRun, ShownSnapshot, SpeedLimit},
    stage::ActiveExhibit,
    timeline::Timeline,
};
use crate::{
    history::Run,
    stream::{Command, ExhibitId, RunState},
};

pub use opening::{Opened, Opener};
use turn::{hear_resting, turn};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ExhibitSessions>()
        .add_plugins((signs::plugin, passage::plugin, wake::plugin))
        .add_systems(
            Update,
            (
                // After the requests, which are the old session's, and before anything is heard of the new one.
                turn.run_if(resource_exists::<Link>.and_then(resource_exists::<ActiveExhibit>)),
                hear_resting,
            )
                .chain()
                .in_set(LinkSystems::Turn),
        );
}

/// Something of an exhibit that does not hang under its place, as it goes where the visitor is; it is put away while
/// the exhibit rests.
#[derive(Component, Clone, Copy, Debug)]
#[require(Visibility)]
pub struct Belongs {
    exhibit: ExhibitId,
    /// How it was seen when it was put away.
    before: Option<Visibility>,
}

impl Belongs {
    /// It belongs to this exhibit.
    pub const fn to(exhibit: ExhibitId) -> Self {
        Self { exhibit, before: None }
    }

    /// Puts it away when its exhibit leaves the stage, and back when it comes.
    fn turn(&mut self, leaves: ExhibitId, comes: ExhibitId, seen: &mut Visibility) {
        if self.exhibit == leaves && self.before.is_none() {
            self.before = Some(std::mem::replace(seen, Visibility::Hidden));
        } else if self.exhibit == comes
            && let Some(before) = self.before.take()
        {
            *seen = before;
        }
    }
}

/// The sessions that rest, and how others are opened.
#[derive(Resource, Default)]
pub struct ExhibitSessions {
    /// Opens an exhibit that has not been visited yet; without it there is one session only.
    opener: Option<Opener>,
    /// Memory for the snapshots of each session, in bytes.
    history_bytes: usize,
    resting: Vec<RestingSession>,
    opening: Option<opening::Opening>,
}

impl ExhibitSessions {
    /// One session on the stage, others as they are opened, each with so many bytes for its snapshots.
    pub fn new(opener: Option<Opener>, history_bytes: usize) -> Self {
        Self { opener, history_bytes, ..Self::default() }
    }

    /// The runs of all that rest.
    pub fn resting_runs(&self) -> impl Iterator<Item = (ExhibitId, &Run)> {
        self.resting.iter().map(|resting| (resting.exhibit, &resting.session.run.0))
    }
}

/// What belongs to one session: its line to the trainer, what is known of its run, and the visitor's place in it.
struct ExhibitSession {
    link: Link,
    run: ShownRun,
    shown: ShownSnapshot,
    timeline: Timeline,
    pace: SpeedLimit,
}

/// A session that is not on the stage.
struct RestingSession {
    exhibit: ExhibitId,
    session: ExhibitSession,
    rest: Rest,
}

/// What an session does while it rests.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rest {
    /// It was left while it trained, and waits for the visitor to come back.
    Waits,
    /// It goes on, held back, since only the session on the stage trains at full speed.
    GoesOn,
    /// It was paused or over already, and stays so.
    Stays,
}

impl RestingSession {
    /// The speed that a resting session is held to when it goes on, in steps a second, if it began without a limit.
    const USUAL_PACE: f32 = 50.0;

    /// Leaves the stage: pauses if it trains, and makes no more pictures.
    fn leave(exhibit: ExhibitId, session: ExhibitSession) -> Self {
        let rest = match session.run.0.state() {
            RunState::Preparing | RunState::Training => {
                session.link.ask(Command::Pause);
                Rest::Waits
            }
            _ => Rest::Stays,
        };
        session.link.ask(Command::SetSnapshotRate { per_second: 0.0 });
        Self { exhibit, session, rest }
    }

    /// Comes back as it was left; the desk asks for pictures again by itself.
    fn come(self) -> ExhibitSession {
        match self.rest {
            Rest::Waits => self.session.link.ask(Command::Resume),
            Rest::GoesOn => {
                let steps_per_second = self.session.pace.0.map(f64::from);
                self.session.link.ask(Command::LimitSpeed { steps_per_second })
            }
            Rest::Stays => true,
        };
        self.session
    }

    /// Lets it go on at the pace at which one can watch, or pauses it.
    fn switch(&mut self) {
        let over = self.session.run.0.state().is_over();
        match self.rest {
            Rest::GoesOn => {
                let steps_per_second = self.session.pace.0.map(f64::from);
                self.session.link.ask(Command::LimitSpeed { steps_per_second });
                self.session.link.ask(Command::Pause);
                self.rest = Rest::Waits;
            }
            Rest::Waits | Rest::Stays if !over => {
                let pace = self.session.pace.0.unwrap_or(Self::USUAL_PACE).min(Self::USUAL_PACE);
                let steps_per_second = Some(f64::from(pace));
                self.session.link.ask(Command::LimitSpeed { steps_per_second });
                self.session.link.ask(Command::Resume);
                self.rest = Rest::GoesOn;
            }
            Rest::Waits | Rest::Stays => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_belongs_to_an_exhibit_is_put_away_and_back_as_it_was() {
        let [digits, films, hills] = ["digits", "films", "hills"].map(ExhibitId::new);
        for before in [Visibility::Inherited, Visibility::Hidden] {
            let (mut card, mut seen) = (Belongs::to(digits), before);
            card.turn(digits, films, &mut seen);
            assert_eq!(seen, Visibility::Hidden);
            card.turn(films, hills, &mut seen);
            assert_eq!(seen, Visibility::Hidden);
            card.turn(hills, digits, &mut seen);
            assert_eq!(seen, before);
        }
    }
}
