//! Perceptarium: a planetarium for neural networks, room by room.

#![recursion_limit = "256"]

// All words that people read, in their language; the macros of it are used by every room.
#[macro_use]
pub mod words;

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

// What whoever speaks over a socket shares: token, hello, line.
pub mod socket;

// A training of another program, as if it were one of the hall's own.
pub mod attach;

// A training as a service, for viewers elsewhere and for whoever asks what an image is.
pub mod serve;

// Remembers a run as a timeline.
pub mod history;

// Keeps a run in a file, and plays it again.
pub mod recording;

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

// Opens recordings, and takes their numbers along.
mod replay;

// Runs of recordings beside each other.
mod compare;

// The Python package that the program carries.
mod python_package;

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
pub mod signals;
pub mod stderr;

// Memory that nobody needs any more.
mod free_memory;

// What ends a visit early.
pub mod program_error;

#[cfg(test)]
mod golden;
