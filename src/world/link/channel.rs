//! The open line to the trainer, and what the model answers on it to what is asked.

use std::sync::Arc;

use bevy::prelude::*;

use crate::stream::{
    Command, InputChoice, Payload, QueryId, Reply, Report, RunId, Snapshot, Step, ViewerEnd,
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
}

impl Link {
    /// Takes the room's end.
    pub fn new(end: ViewerEnd) -> Self {
        Self { end, asked: None, open: None, answered: None, misses: false }
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

    /// Hears answers; one to an earlier question is no longer wanted.
    pub(super) fn hear_answers(&mut self) {
        while let Some(Reply { id, run, step, said }) = self.end.reply() {
            let Some(InputChoice::Other(about)) =
                self.asked.as_ref().filter(|_| self.open == Some(id))
            else {
                continue;
            };
            match said {
                Ok(said) => {
                    self.answered = Some(Answered { about: about.clone(), run, step, said });
                }
                Err(why) => warn!("a question cannot be answered: {why}"),
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
