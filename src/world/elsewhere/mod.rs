//! The hall while what it shows is trained by another program: it says how to attach, tells who comes and goes, and offers
//! only what can be asked of a training elsewhere.

mod news;
mod sign;

use bevy::prelude::*;
use crossbeam_channel::Receiver;

use crate::{
    attach::{Connection, News},
    history::Run,
    stream::{ExhibitId, Split, Started},
};

/// There only while the hall is for a training of another program.
#[derive(Resource)]
pub struct Elsewhere {
    /// The exhibit that such a training is shown in.
    pub exhibit: ExhibitId,
    /// Where it attaches, on this machine.
    pub port: u16,
    /// What it must name, as it is shown.
    pub token: String,
    /// What happens at the door.
    pub news: Receiver<News>,
}

impl Elsewhere {
    /// Whether what is shown is trained by a program that is no exhibit of ours, or was: without tests, and without answers.
    pub fn shows(elsewhere: Option<&Self>, run: &Run) -> bool {
        let tests_nothing = |started: &Started| started.metrics_of(Split::Test).next().is_none();
        elsewhere.is_some() || run.started().is_some_and(tests_nothing)
    }

    /// Whether nobody has attached yet.
    pub fn waits(elsewhere: Option<&Self>, run: &Run) -> bool {
        elsewhere.is_some() && run.started().is_none()
    }
}

/// There only while the hall is for a training that this program serves on another machine.
#[derive(Resource)]
pub struct Served(pub Connection);

impl Served {
    /// Whether nobody hears what is asked.
    pub fn is_cut_off(served: Option<&Self>) -> bool {
        served.is_some_and(|served| !served.0.holds())
    }
}

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((news::plugin, sign::plugin));
}
