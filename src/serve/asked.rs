//! Questions on their way: each has a number of the stream's own, by which its answer finds whoever asked.

use std::{
    collections::BTreeMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};

use crossbeam_channel::Sender;

use super::lock::held;
use crate::stream::{MOST_OPEN_QUERIES, Payload, QueryId, Reply, Step, ViewerEnd};

/// Answers that may wait for the viewer.
pub(super) const MOST_REPLIES: usize = 2 * MOST_OPEN_QUERIES;
/// How often one looks whether the service is over.
const LOOK_EVERY: Duration = Duration::from_millis(50);

/// Who has asked.
enum Asker {
    /// The viewer, and what it calls its question.
    Viewer { theirs: QueryId, kind: &'static str },
    /// Whoever gathers images.
    Images(Sender<Reply>),
}

/// Questions that are not answered, and where answers to the viewer go.
pub(super) struct Asked {
    open: Mutex<BTreeMap<QueryId, Asker>>,
    replies: Sender<Reply>,
}

impl Asked {
    pub(super) fn new(replies: Sender<Reply>) -> Self {
        Self { open: Mutex::default(), replies }
    }

    /// Asks what the viewer asks; `false` where nothing more can be asked now.
    pub(super) fn by_viewer(
        &self,
        room: &ViewerEnd,
        theirs: QueryId,
        (about, at): (Payload, Option<Step>),
    ) -> bool {
        let kind = about.kind();
        // Held until it is known, as the answer may come at once.
        let mut open = held(&self.open);
        // The newest of a kind takes the place of one that is not answered.
        open.retain(|_, asker| !matches!(asker, Asker::Viewer { kind: of, .. } if *of == kind));
        let asked = room.query_at(about, at);
        asked.map(|id| open.insert(id, Asker::Viewer { theirs, kind })).is_some()
    }

    /// Asks what images are; `None` where nothing more can be asked now.
    pub(super) fn of_images(
        &self,
        room: &ViewerEnd,
        about: Payload,
        answer: Sender<Reply>,
    ) -> Option<QueryId> {
        let mut open = held(&self.open);
        let id = room.query(about)?;
        open.insert(id, Asker::Images(answer));
        Some(id)
    }

    /// Nobody waits for this answer any more.
    pub(super) fn forget(&self, id: QueryId) {
        held(&self.open).remove(&id);
    }

    /// The viewer has left.
    pub(super) fn forget_viewer(&self) {
        held(&self.open).retain(|_, asker| matches!(asker, Asker::Images(_)));
    }

    fn answered(&self, reply: Reply) {
        let asker = held(&self.open).remove(&reply.id);
        match asker {
            // A viewer that reads no answers loses them.
            Some(Asker::Viewer { theirs, .. }) => {
                self.replies.try_send(Reply { id: theirs, ..reply }).ok();
            }
            Some(Asker::Images(answer)) => drop(answer.try_send(reply)),
            None => {}
        }
    }
}

/// Hands answers on until the service ends.
pub(super) fn hand_on(room: &ViewerEnd, asked: &Asked, ends: &AtomicBool) {
    while !ends.load(Ordering::Relaxed) {
        match room.reply_within(LOOK_EVERY) {
            Some(reply) => asked.answered(reply),
            // A training that is gone says so at once.
            None => thread::sleep(Duration::from_millis(1)),
        }
    }
}
