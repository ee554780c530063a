//! The network and how it learns: its layers in burn's words, the fused kernel beside them, and the trainable.

mod forward_pass;
mod fused;
mod graph;
mod inside;
mod kernels;
mod learner;
pub(super) mod network;
mod numbers;
mod private;
mod replay;
#[cfg(test)]
mod tests;
pub(super) mod trainable;
