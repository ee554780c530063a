//! What the trainer tells goes to the terminal and to whoever watches, as soon as it comes, and is remembered.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use super::{lock::held, past::Past, status::Status};
use crate::stream::{Report, TrainerEnd, ViewerEnd, Waited, connect};

/// How often one looks whether the service is over, and hands on what waits.
const LOOK_EVERY: Duration = Duration::from_millis(50);
/// A trainer that is gone says so at once.
const REST: Duration = Duration::from_millis(5);

/// What has been told, and to whom it is told besides the terminal.
#[derive(Default)]
pub(super) struct Telling {
    past: Past,
    status: Status,
    viewer: Option<TrainerEnd>,
}

impl Telling {
    /// Whoever has the end that is returned is told the run so far, and then everything, at its own pace.
    pub(super) fn join(&mut self) -> ViewerEnd {
        let (viewer, mut told) = connect();
        self.past.all().for_each(|report| told.outbox.post(report));
        self.viewer = Some(told);
        viewer
    }

    /// Nobody watches any more.
    pub(super) fn part(&mut self) {
        self.viewer = None;
    }

    /// How the training stands.
    pub(super) const fn status(&self) -> &Status {
        &self.status
    }

    fn tell(&mut self, report: Report, terminal: &mut TrainerEnd) {
        self.past.take(&report);
        self.status.take(&report);
        if let Some(viewer) = &mut self.viewer {
            viewer.outbox.post(report.clone());
        }
        terminal.outbox.post(report);
    }

    fn flush(&mut self) {
        if let Some(viewer) = &mut self.viewer {
            viewer.outbox.flush();
        }
    }
}

/// Tells until the service ends.
pub(super) fn tell(
    room: &ViewerEnd,
    telling: &Mutex<Telling>,
    ends: &AtomicBool,
    mut terminal: TrainerEnd,
) {
    while !ends.load(Ordering::Relaxed) {
        let report = room.report_within(LOOK_EVERY);
        if report.is_none() {
            thread::sleep(REST);
        }
        match report {
            Some(report) => held(telling).tell(report, &mut terminal),
            None => held(telling).flush(),
        }
        // What a terminal asks concerns nobody here.
        while let Waited::Asked(_) = terminal.look() {}
    }
    // The last words are still told.
    terminal.outbox.flush();
}
