//! The network and how it learns: its layers in burn's words, the fused kernel beside them, and the lesson.

mod fused;
mod graph;
mod kernels;
pub(super) mod lesson;
pub(super) mod network;
mod picture;
#[cfg(test)]
mod tests;
