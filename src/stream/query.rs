//! Questions to the trainer and its answers: a lane of their own, so that neither waits for a snapshot.

use super::{Payload, RunId, Step};
use serde::{Deserialize, Serialize};

use crate::words::Phrase;

/// Questions that may be open at once.
pub const MOST_OPEN_QUERIES: usize = 64;

/// Counts the questions of one viewer from 0.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct QueryId(pub u64);

/// Something that the viewer wants to know; the newest of a kind takes the place of an unanswered one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Query {
    /// Its number.
    pub id: QueryId,
    /// What is asked.
    pub about: Payload,
    /// Whether the model as it was after an earlier step is asked, and not as it is now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Step>,
}

/// What the trainer says to a [`Query`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reply {
    /// The question's number.
    pub id: QueryId,
    /// The run whose model answers.
    pub run: RunId,
    /// How many steps it had taken; for a question about an earlier step the nearest one whose weights could be had.
    pub step: Step,
    /// The answer, or in one sentence why there is none.
    pub said: Result<Payload, Phrase>,
}
