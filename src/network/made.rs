//! What the settings of a layer come to.

use super::{MOST_NUMBERS, Operator, Parameter, Size, fault::Fault};

/// A layer before it has a place.
pub(super) struct Made {
    pub(super) operator: Operator,
    pub(super) size: Size,
    pub(super) parameters: Vec<Parameter>,
}

impl Made {
    /// A layer that learns nothing.
    pub(super) fn plain(operator: Operator, size: Size) -> Self {
        Self { operator, size, parameters: Vec::new() }
    }
}

/// Dimensions of numbers that can be kept.
pub(super) fn learnable(dims: Vec<usize>) -> Result<Vec<usize>, Fault> {
    let numbers = dims.iter().try_fold(1_usize, |numbers, size| numbers.checked_mul(*size));
    if numbers.is_none_or(|numbers| numbers > MOST_NUMBERS) {
        return Err(Fault::new(phrase!(
            "network-files-it-would-learn-more-than",
            most_numbers = MOST_NUMBERS
        )));
    }
    Ok(dims)
}
