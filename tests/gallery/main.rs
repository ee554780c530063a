//! One test binary for everything that needs more than one room, so that Bevy and burn are linked once.

mod history;
mod learning;
mod program;
mod rooms;
mod stream;
mod support;
mod terminal;
mod x11;
