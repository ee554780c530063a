//! The hall while what it shows is trained by another program: it says how to attach, tells who comes and goes, and offers
//! only what can be asked of a training elsewhere.

mod news;
mod sign;

use bevy::prelude::*;
use crossbeam_channel::Receiver;

use crate::{attach::News, stream::ExhibitId};

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

pub(super) fn plugin(app: &mut App) {
    app.add_plugins((news::plugin, sign::plugin));
}
