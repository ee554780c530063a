//! What the viewer asks of the trainer.

use serde::{Deserialize, Serialize};
use std::sync::Arc;

use super::{Content, Payload, Step, Subscription};

/// A request to the training thread, obeyed between two steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Command {
    /// Wait, without using the processor, until told otherwise.
    Pause,
    /// Go on training.
    Resume,
    /// Take this many steps, then pause.
    Advance {
        /// How many optimiser steps to take.
        steps: u32,
    },
    /// Take at most this many steps a second; `None` is as fast as the machine can.
    LimitSpeed {
        /// Optimiser steps per second, positive and finite.
        steps_per_second: Option<f64>,
    },
    /// Use this learning rate from the next step on; it must be positive and finite.
    SetLearningRate(f64),
    /// Show the units of the network for this input.
    Watch(InputChoice),
    /// From now on show these tensors and no others; before the first such request all are shown, whole.
    ///
    /// It replaces what was asked for before. Names that the model does not know are passed over.
    Subscribe(Vec<Subscription>),
    /// Take up to this many snapshots a second, whatever is subscribed to; 0 takes none.
    SetSnapshotRate {
        /// Snapshots per second.
        per_second: f32,
    },
    /// Begin a new run from the initial weights of this seed.
    Restart {
        /// The seed of the weights and of the shuffling.
        seed: u64,
        /// A new learning rate, or the one in use.
        learning_rate: Option<f64>,
    },
    /// Learn something else, or otherwise; it begins a new run with the seed of the last.
    ///
    /// What cannot be done so fails the run with one sentence, and another change or a restart leads on.
    Change(Payload),
    /// Change what is learned by hand, between two steps; a [`Report::Found`](super::Report::Found) answers, also where it cannot
    /// be done.
    Edit(Payload),
    /// Write the run down as it is now, where its trainable has a place for it; a [`Report::Saved`](super::Report::Saved)
    /// answers.
    Save,
    /// Show the run as it was after this step: for whoever plays a recording, on which a step can lie ahead too. Who
    /// trains passes it over.
    Seek {
        /// Steps taken then.
        step: Step,
    },
    /// End the run; what was learned so far is kept.
    Stop,
}

/// What the model is shown, or asked for, in each snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum InputChoice {
    /// An example of the test set, by its index.
    Test(usize),
    /// What the visitor drew: one brightness per pixel in 0..=1, row by row, of the model's input size.
    Drawn(#[serde(with = "crate::stream::array")] Arc<[f32]>),
    /// Whatever else an exhibit's model can be asked for.
    Other(Payload),
}

impl InputChoice {
    /// Asks for this.
    pub fn of<C: Content>(content: C) -> Self {
        Self::Other(Payload::new(content))
    }
}

impl Default for InputChoice {
    fn default() -> Self {
        Self::Test(0)
    }
}
