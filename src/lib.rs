//! Perceptarium: a planetarium for neural networks, room by room.

#![recursion_limit = "256"]

/// The contract between learning and showing.
pub mod stream;

/// Lessons, taught on a thread of their own.
pub mod learning;

/// The models, and how each is shown.
pub mod exhibits;

/// What is seen, and what the visitor does there.
pub mod world;
