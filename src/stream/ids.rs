//! The names that both sides use, each made in one place.

use super::names::Name;
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

    /// The name in words, as shown to the visitor.
    pub const fn name(self) -> &'static str {
        self.0
    }
}

/// Counts the runs of one session from 0: a restart is a new run.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct RunId(pub u32);

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
