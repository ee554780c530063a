//! Reports of many steps made fewer, for whoever reads slowly or comes late: neighbours are told together, and say how many they
//! stand for.

use std::collections::VecDeque;

use super::{Report, StepReport};

/// Tells every two neighbouring steps of an epoch together, in the place of the later; all other reports stay as they are.
pub fn steps_merged(reports: VecDeque<Report>) -> VecDeque<Report> {
    let mut merged = VecDeque::with_capacity(reports.len());
    // The place of a step that another may be merged into.
    let mut open: Option<(usize, StepReport)> = None;
    for report in reports {
        match (report, open.take()) {
            (Report::Stepped(step), Some((place, earlier))) if step.epoch == earlier.epoch => {
                merged.remove(place);
                merged.push_back(Report::Stepped(step.after(&earlier)));
            }
            (Report::Stepped(step), _) => {
                open = Some((merged.len(), step));
                merged.push_back(Report::Stepped(step));
            }
            // What was found in between is of these steps; anything else parts them.
            (report @ Report::Found(_), still) => {
                open = still;
                merged.push_back(report);
            }
            (report, _) => merged.push_back(report),
        }
    }
    merged
}
