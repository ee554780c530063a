//! An edit of weights by hand in words, and as an event for other programs.

use serde::Serialize;

use super::{EditAsked, EditReport, Edited};
use crate::sentence::counted;
use crate::words::Phrase;

/// What was done, or why not, in one line that can be said to another run.
pub fn edit_told(report: &EditReport) -> String {
    let Edited { edit, layer, numbers, answers } = match &report.said {
        Ok(edited) => edited,
        Err(why) => return say!("inside-not-edited-after-step", step = report.step, why),
    };
    if report.asked == EditAsked::Undo {
        return say!("inside-the-run-goes-on-from", step = edit.step, edit);
    }
    let read = answers.as_ref().map_or_else(String::new, |[before, after]| {
        let share = |accuracy: f32| format!("{:.2} %", 100.0 * accuracy);
        say!(
            "inside-of-the-test-images-right",
            accuracy = share(before.accuracy),
            accuracy2 = share(after.accuracy)
        )
    });
    say!("inside-edit-of-changed", edit, numbers = counted(*numbers, "number"), layer, read)
}

/// The event of an edit.
#[derive(Serialize)]
pub struct EditLine<'a> {
    event: &'static str,
    step: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    edit: Option<String>,
    /// Whether the edit was taken back.
    undone: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    numbers: Option<usize>,
    /// Before and after.
    #[serde(skip_serializing_if = "Option::is_none")]
    accuracy: Option<[f32; 2]>,
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<&'a Phrase>,
}

impl<'a> EditLine<'a> {
    /// What is told of a report.
    pub fn of(report: &'a EditReport) -> Self {
        let said = report.said.as_ref();
        let undone = report.asked == EditAsked::Undo;
        let answers = said.ok().and_then(|said| said.answers.as_ref());
        Self {
            event: "edited",
            step: said.map_or(report.step, |said| said.edit.step),
            edit: said.ok().map(|said| said.edit.to_string()),
            undone,
            numbers: said.ok().filter(|_| !undone).map(|said| said.numbers),
            accuracy: answers.map(|[before, after]| [before.accuracy, after.accuracy]),
            refused: said.err(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inside::{Answered, PlannedEdit};

    #[test]
    fn an_edit_is_told_with_what_repeats_it() {
        let planned: PlannedEdit = "250:3:scale=0".parse().unwrap();
        let answers = [0.96, 0.9].map(|accuracy| Answered { accuracy, confusion: Vec::new() });
        let edited = |answers| Edited {
            edit: planned.clone(),
            layer: "Pooled".to_owned(),
            numbers: 10,
            answers,
        };
        let made = EditReport {
            step: 250,
            asked: EditAsked::Make(planned.edit.clone()),
            said: Ok(edited(Some(answers))),
        };
        assert_eq!(
            edit_told(&made),
            "--edit 250:3:scale=0: 10 numbers of Pooled changed, 96.00 % of the test images right before, 90.00 % after"
        );
        let line = serde_json::to_string(&EditLine::of(&made)).unwrap();
        assert_eq!(
            line,
            r#"{"event":"edited","step":250,"edit":"250:3:scale=0","undone":false,"numbers":10,"accuracy":[0.96,0.9]}"#
        );
        let undone = EditReport { step: 300, asked: EditAsked::Undo, said: Ok(edited(None)) };
        assert_eq!(
            edit_told(&undone),
            "The run goes on from step 250 without --edit 250:3:scale=0"
        );
        let refused = EditReport { said: Err("there is no unit".into()), ..undone };
        assert_eq!(edit_told(&refused), "Not edited after step 300: there is no unit");
        let line = serde_json::to_string(&EditLine::of(&refused)).unwrap();
        assert_eq!(
            line,
            r#"{"event":"edited","step":300,"undone":true,"refused":"there is no unit"}"#
        );
    }
}
