//! The regression that is learned, from the columns of a table to what is said of it.

mod answer;
mod components;
mod correlation;
mod design;
mod facts;
mod graph;
mod judge;
mod kernels;
mod lbfgs;
mod neighbours;
mod objective;
mod prepare;
mod ready;
mod scores;
mod select;
mod settings;
mod split;
#[cfg(test)]
mod tests;
mod trainable;
mod units;
mod values;

use self::trainable::TableTrainable;
use crate::learning::{Trainable, TrainingConfig};

pub(super) use self::ready::ready;
pub use self::{ready::Ready, settings::Settings};

pub(super) fn trainable(ready: Ready, config: &TrainingConfig) -> Box<dyn Trainable> {
    Box::new(TableTrainable::new(ready, config))
}
