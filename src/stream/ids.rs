//! The names that both sides use, each made in one place.

use std::sync::atomic::{AtomicU32, Ordering};

use super::names::Name;
use crate::words;
use serde::{Deserialize, Serialize};

/// An exhibit of the hall, such as `digits`; made once, in the exhibit's own folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct ExhibitId(#[serde(deserialize_with = "super::names::read")] Name);

impl ExhibitId {
    /// Names an exhibit as it is typed on the command line.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name as it is typed on the command line.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// A layer, parameter or gradient of a model; made once, in the exhibit's own folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct LayerId(#[serde(deserialize_with = "super::names::read")] Name);

impl LayerId {
    /// Names a layer.
    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    /// The name, the same in every language.
    pub const fn name(self) -> &'static str {
        self.0
    }

    /// The name as it is read: in the reader's language, where the layer is not named by whoever made the network.
    pub fn shown(self) -> &'static str {
        words::layer(self.0).unwrap_or(self.0)
    }
}

/// What trains, one run after another; no two of a process have the same.
///
/// Whoever reads what another process has trained gives it one of its own.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct SessionId(u32);

impl SessionId {
    /// One that nobody has yet.
    pub fn fresh() -> Self {
        static GIVEN: AtomicU32 = AtomicU32::new(1);
        Self(GIVEN.fetch_add(1, Ordering::Relaxed))
    }
}

/// A run of a session: a restart is a new run.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct RunId {
    /// Whose run it is.
    pub session: SessionId,
    /// Counts them from 0.
    pub number: u32,
}

impl RunId {
    /// The first run of a session.
    pub const fn first_of(session: SessionId) -> Self {
        Self { session, number: 0 }
    }

    /// The run after this one.
    pub const fn next(self) -> Self {
        Self { number: self.number.saturating_add(1), ..self }
    }
}

/// How many optimiser steps have been taken; 0 is the untrained network.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct Step(pub u64);

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

the_same_in_every_language!(Step);
