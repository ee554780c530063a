//! Perceptarium: a planetarium for neural networks, room by room.

#![recursion_limit = "256"]

/// The contract between learning and showing.
pub mod stream;

/// Remembers a run as a timeline.
pub mod history;

/// What is seen, and what the visitor does there.
pub mod world;

/// The same visit in words and progress bars.
pub mod terminal;

/// The command line.
pub mod cli;

/// What happens, for other programs.
pub mod events;

/// Where shipped files are.
pub mod asset_path;

/// Whether there is a display.
pub mod display_server;

/// What ends a visit early.
pub mod trouble;
