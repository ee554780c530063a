//! Perceptarium: a planetarium for neural networks, room by room.

#![recursion_limit = "256"]

// The contract between learning and showing.
pub mod stream;

// What every model that tells images apart shares with its view.
pub mod images;

// What looking inside a model asks and says.
pub mod inside;

// What is trained, on a thread of its own.
pub mod learning;

// Networks of any kind, as they are described.
pub mod network;

// Operators of networks in plain loops.
pub mod operators;

// Remembers a run as a timeline.
pub mod history;

// The models, and how each is shown: one folder each.
pub mod exhibits;

// What is seen, and what the visitor does there.
pub mod world;

// The whole program, from its command line to its exit code.
pub mod program;

// Puts the rooms together as a hall in a window.
pub mod app;

// The same visit in words and progress bars.
pub mod terminal;

// Whether operators compute what others say.
mod check;

// The command line.
pub mod cli;

// What happens, for other programs.
pub mod events;

// What is said of a run, by its exhibit.
pub mod narrator;

// Where shipped files are.
pub mod asset_path;

// Which window system answers.
pub mod display_server;

// What others wrote, quoted in a sentence.
pub mod sentence;

// Standard error without what drivers print there.
pub mod stderr;

// What ends a visit early.
pub mod program_error;

#[cfg(test)]
mod golden;
