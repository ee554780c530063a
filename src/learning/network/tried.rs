//! A network on examples that it is tested on, so many at once that requests are looked at in between.

use std::ops::{ControlFlow, Range};

use super::NetworkModel;
use crate::learning::{TrainError, classifier::Tally};

/// The most answers to test examples that are worked out at once.
const AT_ONCE: usize = 250;
/// Multiply-adds between two looks at requests: some hundredths of a second.
const MULTIPLY_ADDS: u64 = 100_000_000;

/// Gives the examples of these places, one after the other, with their classes.
pub(super) type Given<'a> = dyn FnMut(Range<usize>) -> Result<(Vec<f32>, Vec<u8>), TrainError> + 'a;

impl NetworkModel {
    /// Reads so many examples, or their features where `of_features`; `None` where `go_on` broke it off.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub fn tried(
        &self,
        count: usize,
        of_features: bool,
        given: &mut Given<'_>,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<Tally>, TrainError> {
        let plan = self.plan();
        let at_once = MULTIPLY_ADDS / plan.multiply_adds.max(1);
        let at_once = (at_once as usize).min(AT_ONCE / plan.answers()).max(1);
        let mut tally = Tally::new(plan.classes);
        for start in (0..count).step_by(at_once) {
            if go_on().is_break() {
                return Ok(None);
            }
            let rows = start..(start + at_once).min(count);
            let (examples, labels) = given(rows.clone())?;
            let logits = match of_features {
                false => self.logits(examples, rows.len())?,
                true => self.logits_of_features(examples, rows.len())?,
            };
            tally.add(&logits, &labels);
        }
        Ok(Some(tally))
    }
}
