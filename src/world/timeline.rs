//! Which step is shown: the newest, or where the visitor scrubbed.

use bevy::prelude::*;

use super::hall_events::{HallEvent, HallListener};
use crate::{history::Run, stream::Step};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Timeline>();
}

/// The visitor's place in the run's time; moving it never touches the training.
#[derive(Resource, Default, Clone, Copy, Debug, PartialEq)]
pub struct Timeline {
    scrubbed_to: Option<Step>,
}

impl Timeline {
    /// The step the visitor went back to, or `None` for live.
    pub fn scrubbed_to(&self) -> Option<Step> {
        self.scrubbed_to
    }

    /// The step that curves and tables speak of: where the visitor went back to, or the newest.
    pub fn shown_step(&self, run: &Run) -> Step {
        self.scrubbed_to.map_or(run.step(), |step| step.min(run.step()))
    }

    /// Shows the newest step, and stays with it.
    pub fn go_live(&mut self) {
        self.scrubbed_to = None;
    }

    /// Shows this step until told otherwise.
    pub fn scrub(&mut self, step: Step) {
        self.scrubbed_to = Some(step);
    }
}

/// Goes where the visitor wants to be, and tells of it.
pub fn travel(
    to: Option<Step>,
    timeline: &mut ResMut<Timeline>,
    told: Option<ResMut<HallListener>>,
) {
    if timeline.scrubbed_to() == to {
        return;
    }
    match to {
        Some(step) => timeline.scrub(step),
        None => timeline.go_live(),
    }
    if let Some(mut told) = told {
        told.tell(HallEvent::Scrubbed { step: to });
    }
}
