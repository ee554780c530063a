//! Perceptarium: a planetarium for neural networks, room by room.

#![recursion_limit = "256"]

/// The contract between learning and showing.
pub mod stream;

/// What is seen, and what the visitor does there.
pub mod world;
