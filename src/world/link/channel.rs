//! The open line to the trainer, and what the model answers on it to what is asked.

use std::sync::Arc;

use bevy::prelude::*;

use super::answer::Answer;
use crate::stream::{
    Command, InputChoice, Keeper, Payload, QueryId, Reply, Report, RunId, Snapshot, Step, ViewerEnd,
};

/// The open line to the trainer; dropping it ends the run.
#[derive(Resource)]
pub struct Link {
    pub(super) end: ViewerEnd,
    /// What the model was asked last.
    asked: Option<InputChoice>,
    /// The question under way, if it is one that is answered in words.
    open: Option<QueryId>,
    /// The last answer.
    answered: Option<Answered>,
    /// Whether the picture that is shown was made for another question.
    misses: bool,
    /// Questions beside what is looked at that nobody has answered yet.
    beside: Vec<(QueryId, Payload)>,
}

impl Link {
    /// Takes the room's end.
    pub fn new(end: ViewerEnd) -> Self {
        Self { end, asked: None, open: None, answered: None, misses: false, beside: Vec::new() }
    }

    /// Remembers what the model is asked, and asks it at once where a picture may be long in coming.
    pub(super) fn watch(&mut self, input: &InputChoice) {
        self.asked = Some(input.clone());
        self.query();
    }

    fn query(&mut self) {
        if let Some(InputChoice::Other(about)) = &self.asked {
            self.open = self.end.query(about.clone());
        }
    }

    /// Asks something beside what is looked at; `false` when nobody can be asked.
    pub(super) fn question(&mut self, about: &Payload, at: Option<Step>) -> bool {
        let asked = self.end.query_at(about.clone(), at);
        // The newest of a kind takes the place of one that is open.
        self.beside.retain(|(_, open)| open.kind() != about.kind());
        self.beside.extend(asked.map(|id| (id, about.clone())));
        asked.is_some()
    }

    /// Hears answers, and tells those to questions beside what is looked at; one to an earlier question is no longer wanted.
    pub(super) fn hear_answers(&mut self, mut tell: impl FnMut(Answer)) {
        while let Some(Reply { id, run, step, said }) = self.end.reply() {
            if let Some(at) = self.beside.iter().position(|(open, _)| *open == id) {
                let (_, about) = self.beside.swap_remove(at);
                tell(Answer { about, run, step, said });
                continue;
            }
            let Some(InputChoice::Other(about)) =
                self.asked.as_ref().filter(|_| self.open == Some(id))
            else {
                continue;
            };
            match said {
                Ok(said) => {
                    self.answered = Some(Answered { about: about.clone(), run, step, said });
                }
                // Views ask by themselves what a training elsewhere does not answer.
                Err(why) => debug!("a question is not answered: {why}"),
            }
        }
    }

    /// The answer to what is asked, where a picture was made for another question; a picture that begins to be so asks
    /// anew, as the last answer may be of long ago.
    pub(super) fn reply_beside(&mut self, snapshot: &Snapshot) -> Option<Answered> {
        let misses = self.asked.as_ref().is_some_and(|asked| *asked != snapshot.input);
        if misses && !self.misses {
            self.query();
        }
        self.misses = misses;
        let answered = self.answered.as_ref().filter(|_| misses)?;
        let fits = answered.run == snapshot.run
            && matches!(&self.asked, Some(InputChoice::Other(about)) if *about == answered.about);
        fits.then(|| answered.clone())
    }

    /// Asks the trainer; `false` when it is gone.
    pub(in crate::world) fn ask(&self, command: Command) -> bool {
        self.end.ask(command)
    }

    /// Somebody keeps what the trainer says from here on; see [`ViewerEnd::keep_on`].
    pub(in crate::world) fn keep_on(
        &self,
        begin: impl FnOnce(Vec<Report>) -> Box<dyn Keeper>,
    ) -> bool {
        self.end.keep_on(begin)
    }

    /// Whether that can be done now.
    pub(in crate::world) fn can_keep_on(&self) -> bool {
        self.end.can_keep_on()
    }

    /// The next report, if there is one.
    pub(in crate::world) fn report(&self) -> Option<Report> {
        self.end.report()
    }

    /// The newest snapshot, if one has come.
    pub(in crate::world) fn newest_snapshot(&self) -> Option<Arc<Snapshot>> {
        self.end.newest_snapshot()
    }
}

/// What the model has said to a question.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Answered {
    pub(super) about: Payload,
    pub(super) run: RunId,
    pub(super) step: Step,
    pub(super) said: Payload,
}
