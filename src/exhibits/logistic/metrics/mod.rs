//! How good a classifier's probabilities are: confusion at a threshold, log loss, ROC, calibration.

mod calibration;
mod counts;
mod predictions;
mod roc;
#[cfg(test)]
mod tests;

pub use calibration::CalibrationBin;
pub use counts::{Counts, Scores};
pub use predictions::Predictions;
pub use roc::{Roc, RocPoint};
