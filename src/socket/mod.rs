//! What everybody shares who speaks the protocol with another program over a socket: what must be named to be let in, where
//! programs of the same user find it, how a hello is heard, and the line that follows.

mod hello;
mod line;
mod place;
mod token;

pub use token::Token;

pub(crate) use hello::{MOST_HELLO, heard, send_away, tidied};
pub(crate) use line::{End, Line};
pub(crate) use place::{Announced, written_down};
