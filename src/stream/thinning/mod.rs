//! Parts of tensors, as fine as they are looked at.
//!
//! A cell of a coarser [`Level`](super::Level) holds the mean of what it stands for, and beside it the one of them that is
//! farthest from zero, so that a lone spike is not averaged away; what is no number is both.

mod cells;
mod coarser;
mod part;
mod spread;
#[cfg(test)]
mod tests;

pub use part::Part;
