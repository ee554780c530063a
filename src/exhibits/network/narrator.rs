//! What is said of a network: the images it is tested on, and how many it tells rightly in the end.

pub(super) use crate::images::{ImageNarrator as NetworkNarrator, headline};
