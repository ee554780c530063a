//! One test binary for everything that needs more than one room, so that Bevy and burn are linked once.

mod rooms;
mod stream;
