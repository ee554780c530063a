//! The exhibits: each a model and the way it is shown.

/// A small convolutional network reads handwritten digits.
pub mod digits;
