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
mod lesson;
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
mod units;
mod values;

use self::lesson::TableLesson;
use crate::learning::{Lesson, Plan};

pub(super) use self::ready::ready;
pub use self::{ready::Ready, settings::Settings};

pub(super) fn lesson(ready: Ready, plan: &Plan) -> Box<dyn Lesson> {
    Box::new(TableLesson::new(ready, plan))
}
