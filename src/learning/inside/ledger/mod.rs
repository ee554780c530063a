//! The ledger: the change of one input's loss over a run, booked on every step, training image and parameter, exactly.
//!
//! A step moves the parameters by `−reach ⊙ m`, where m is what the optimiser remembers of all gradients so far:
//! `m_s = β m_{s−1} + (1 − β) g_s`, with g the mean gradient of the batch. For Adam (Kingma and Ba 2014,
//! <https://arxiv.org/abs/1412.6980>, algorithm 1) `reach = η / (1 − β₁ᵗ) ⊘ (√v̂ + ε)` with v̂ taken as it was, so that the
//! step is linear in all gradients. With `ḡ_s` the mean gradient of the input's loss along step s, backwards in time
//!
//! ```text
//! h_s = reach_s ⊙ ḡ_s            R_s = h_s + β R_{s+1}
//! credit(s, i) = −(1 − β) / |B| · R_s · ∇ℓ(x_i; θ_{s−1})
//! ```
//!
//! and all credits add up to the change of the loss, but for the rule along each way ([`path`]) and rounding. For
//! plain gradient descent it is `TracIn` (Pruthi and others 2020, <https://arxiv.org/abs/2002.08484>, equation 1) with the way
//! looked at along its length; In-Run Data Shapley (Wang and others 2024, <https://arxiv.org/abs/2406.11011>) shows that the
//! first order of a step's Shapley value is this product.
//!
//! Other rules are linear in all gradients as well, once what they divide by is taken as it was (the rules as `PyTorch` has
//! them, <https://docs.pytorch.org/docs/stable/optim.html>). Descent with momentum has `m_s = β m_{s−1} + g_s` and
//! `reach = η`; Nesterov's moves by `g_s + β m_s`, which is `β m_s` and 1/β of `g_s` beside it (`ahead`). `RMSProp` with momentum
//! divides each gradient before it is remembered, `m_s = β m_{s−1} + g_s ⊘ (√v + ε)`, so that the quotient belongs to the
//! step in which the gradient came (`taken`). With both, `credit(s, i) = −(1 − β) / |B| · taken ⊙ (h_s + ahead h_s + β R_{s+1}) ·
//! ∇ℓ(x_i; θ_{s−1})`.
//!
//! What no image did is booked apart ([`Beside`]): weight decay, whether it is added to the gradient or shrinks the weights
//! beside it, what normalisations remember of their batches, which no gradient moves, and what only rounding moves.
//!
//! Credit is an account of what happened, not a forecast: what would happen without some images is foretold by how gradients
//! change along the run ([`forecast`](forecast())), and found by taking the run again ([`taught`](super::taught)).

mod account;
mod apart;
mod backwards;
mod books;
mod bounds;
mod forecast;
mod foretold;
mod path;
#[cfg(test)]
mod tests;

use std::{ops::Range, sync::Arc};

use super::replay::Replayed;
use crate::learning::TrainError;
use crate::words::Phrase;

pub(in crate::learning::inside) use account::Account;
pub(in crate::learning::inside) use apart::Apart;
pub(in crate::learning::inside) use backwards::ledger;
pub use books::Books;
pub(in crate::learning::inside) use books::{Relearned, Removal};
pub(crate) use forecast::forecast;
pub(crate) use foretold::{Derivatives, Foretold};

/// A run whose optimiser's steps are linear in the gradients of its training images, so that they can be booked.
pub trait Booked: Replayed + Sync {
    /// Layers with trainable numbers.
    fn layers(&self) -> Vec<String>;

    /// Parts of the trainable numbers, none in two of them and none in none.
    fn parts(&self) -> Vec<Part>;

    /// Classes that it tells apart.
    fn classes(&self) -> usize;

    /// What moves parameters in a step beside the gradients of its images; nothing unless it says so.
    #[expect(unused_variables, reason = "most runs are moved by images alone")]
    fn beside(&self, step: u64) -> Beside {
        Beside::default()
    }

    /// Multiply-adds of an image's pass forwards, by which a ledger is kept within bounds; 0 bounds nothing.
    fn multiply_adds(&self) -> u64 {
        0
    }

    /// How many images go through it while the products of a batch of so many are found.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn passes(&self, images: usize) -> Result<u64, TrainError> {
        Ok(images as u64)
    }

    /// What is to be known of its ledger, and of the run without some images, in sentences.
    fn remarks(&self) -> [Vec<Phrase>; 2] {
        [Vec::new(), Vec::new()]
    }

    /// How far a step goes; `None` where it moved nothing.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn reach(
        &self,
        before: &Self::State,
        after: &Self::State,
        step: u64,
    ) -> Result<Option<Reach>, TrainError>;

    /// The loss of an input, in nats, and its gradient by the trainable numbers, where these are they.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn slope(&self, parameters: &[f32], subject: &Subject) -> Result<(f64, Vec<f32>), TrainError>;

    /// For each training image that a step sees, and each part, the products of its loss's gradient with two directions, where
    /// these are the trainable numbers; of a batch whose images do not all count the same, of its share of the loss times the
    /// images.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn products(
        &self,
        parameters: &[f32],
        step: u64,
        along: [&[f32]; 2],
    ) -> Result<Vec<[f64; 2]>, TrainError>;

    /// How the gradients of these training images change along a direction of the trainable numbers, where these are they; where
    /// units have kinks, they stay on their side of them. `None` unless it says so: then nothing is foretold.
    ///
    /// # Errors
    /// If it cannot be computed.
    #[expect(unused_variables, reason = "not every run knows it")]
    fn curved(
        &self,
        parameters: &[f32],
        images: &[u32],
        along: &[f32],
    ) -> Result<Option<Curved>, TrainError> {
        Ok(None)
    }

    /// Channels, rows and columns of an image.
    fn image_size(&self) -> [usize; 3];

    /// A training image, as it is learned from.
    fn image(&self, index: usize) -> Option<&[f32]>;

    /// What was made of this run last.
    fn books(&self) -> &Books;
}

/// Some of the trainable numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Part {
    /// The place of their layer among [`Booked::layers`].
    pub layer: usize,
    /// The map on which they hang alone.
    pub map: Option<usize>,
}

/// How a step follows from gradients.
#[derive(Clone, Debug, PartialEq)]
pub struct Reach {
    /// By what each parameter moves, with the sign turned, for each unit of what the optimiser remembers.
    pub each: Vec<f32>,
    /// What of that is kept from step to step: β.
    pub kept: f64,
    /// What of the batch's mean gradient is added to it: 1 − β for Adam.
    pub added: f64,
    /// How much more of what is added moves the parameters in this very step: 1 / β for Nesterov's momentum, else 0.
    pub ahead: f64,
    /// By what each number of the gradient is multiplied before it is added; empty where it is taken as it is.
    pub taken: Vec<f32>,
}

/// What moves parameters in a step though no image does.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Beside {
    /// How much of each learned number is added to the batch's mean gradient: the decay of an L2 penalty.
    pub decay: f64,
    /// The share of each learned number that is lost beside the gradient: rate times decay of `AdamW`.
    pub shrunk: f64,
    /// So many numbers, behind those that are learned, are what normalisations remember.
    pub remembered: usize,
    /// Learned numbers that only rounding moves, by their places, as a normalisation takes away what is added there; they have
    /// no [`Reach`].
    pub silent: Arc<[Range<usize>]>,
}

/// How the gradients of a batch change along a direction.
#[derive(Clone, Debug, PartialEq)]
pub struct Curved {
    /// The Hessian, by the trainable numbers, of the mean loss of its images, times the direction.
    pub product: Vec<f32>,
    /// For each image the product of its loss's gradient with the direction.
    pub slopes: Vec<f64>,
}

/// The input whose loss is booked.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Its numbers.
    pub input: Vec<f32>,
    /// The class whose cross-entropy is the loss.
    pub class: usize,
}
