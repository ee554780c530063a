//! Training that hides each example: differentially private steps, and an account of what all of them together give away.
//!
//! Training is (ε, δ)-differentially private if, for any two sets of examples of which one has a single example more, whatever
//! is done with the parameters happens at most e^ε times as often with the one as with the other, up to a probability of δ
//! (Dwork and Roth 2014, definition 2.4, <https://doi.org/10.1561/0400000042>). A step hides each example by bounding what
//! it adds to the gradient and by noise as large as that bound (Abadi and others 2016, <https://arxiv.org/abs/1607.00133>):
//!
//! ```text
//! g = (Σ min(1, C / ‖gᵢ‖) gᵢ + N(0, σ² C² I)) / B
//! ```
//!
//! with gᵢ the gradient of the loss of example i of a batch of B, C the clip and σ the noise. Any rule may follow, since what
//! is made of a private gradient without the examples is as private as that.
//!
//! **The account is an approximation where batches are shuffled.** It holds for batches into which each example comes by a
//! toss of its own (Poisson sampling). Here, as nearly everywhere, an epoch is a shuffled order cut into batches of one size,
//! of which no account as good is proven; ε of shuffled batches can be larger (Chua and others 2024,
//! <https://arxiv.org/abs/2403.17673>).

mod account;
mod moments;
mod steps;
#[cfg(test)]
mod tests;

pub use account::{DELTA, epsilon, spent};
pub use steps::{CLIP, PrivateSteps};
