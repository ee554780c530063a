//! What is asked of a classifier once it has learned, and told as an event or in words.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
    time::Duration,
};

use super::open::answer_within;
use crate::{
    events::EventWriter,
    program_error::ProgramError,
    stream::{Content, Payload, ViewerEnd},
    words::Phrase,
};

/// How long an answer may take: some seconds for the digits, and a large network is slower than its operations say.
const PATIENCE: Duration = Duration::from_secs(1800);

/// Asks, and tells what is answered.
pub(super) struct Teller<'a> {
    pub(super) room: &'a ViewerEnd,
    pub(super) events: &'a EventWriter,
    pub(super) as_json: bool,
}

/// What is found, as an event has it.
#[derive(serde::Serialize)]
struct Told<'a, A> {
    event: &'static str,
    #[serde(flatten)]
    found: &'a A,
}

impl Teller<'_> {
    /// Asks this, and tells the answer as this event or in the words that are made of it.
    ///
    /// # Errors
    /// If it is not answered.
    pub(super) fn tell<A: Content + serde::Serialize>(
        &self,
        event: &'static str,
        about: Payload,
        words: impl FnOnce(&A) -> String,
    ) -> Result<Arc<A>, ProgramError> {
        let found: Arc<A> = self.ask(about)?;
        if self.as_json {
            self.events.tell(&Told { event, found: &*found });
        } else {
            self.say(&words(&found));
        }
        Ok(found)
    }

    /// Asks this, and tells nothing yet.
    ///
    /// # Errors
    /// If it is not answered.
    pub(super) fn ask<A: Content>(&self, about: Payload) -> Result<Arc<A>, ProgramError> {
        answer_within(self.room, about, PATIENCE)
    }

    /// Tells why something is not answered, which is no reason to say nothing more.
    pub(super) fn refused(&self, why: &Phrase) {
        #[derive(serde::Serialize)]
        #[serde(tag = "event", rename = "refused")]
        struct Refused<'a> {
            why: &'a Phrase,
        }
        if self.as_json {
            self.events.tell(&Refused { why });
        }
        self.say(&why.to_string());
    }

    /// Says it in words; whoever asked may have left already, as after `| head -1`.
    pub(super) fn say(&self, words: &str) {
        if !self.as_json {
            writeln!(stdout(), "{}", words.trim_end()).ok();
        }
    }
}
