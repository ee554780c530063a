//! What can be pressed to branch the run, and where the hall stands then.

use crate::stream::{InputChoice, RunId};

/// What a button does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in super::super) enum Press {
    /// So many times the learning rate.
    Rate(f64),
    /// Another order of what follows.
    Seed,
    /// What is looked at, with some other orders.
    Seeds,
    /// The unit that is looked at is silent.
    Silence,
    /// Its weights are zero once.
    Zero,
    /// No branch is kept.
    Clear,
}

/// What a branch is made of, as the hall stands.
#[derive(Clone, Debug)]
pub(in super::super) struct Here {
    /// The step that the visitor went back to.
    pub(in super::super) step: Option<u64>,
    pub(in super::super) run: RunId,
    pub(in super::super) seed: u64,
    pub(in super::super) input: InputChoice,
    /// The unit that is looked at.
    pub(in super::super) layer: Option<String>,
    pub(in super::super) unit: usize,
}
