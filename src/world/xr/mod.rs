//! The headset, through OpenXR: the only room that knows it.

pub mod actions;
pub mod hands;
pub mod sense;
