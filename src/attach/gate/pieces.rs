//! The small pieces of reports: texts become short and visible, numbers those that can be counted with.

use super::bounds::{MOST_COUNTED, MOST_FACTS, MOST_LETTERS};
use crate::{
    sentence::visible,
    stream::{Fact, RunState, StageReport, StepReport},
    words::Phrase,
};

/// A text on one line, with nothing in it that cannot be seen, and no longer than can be read.
pub(super) fn short(text: &str) -> String {
    let mut letters = text.chars();
    let start: String = letters.by_ref().take(MOST_LETTERS).collect();
    let more = if letters.next().is_some() { "…" } else { "" };
    visible(&start) + more
}

pub(super) fn remarks(mut remarks: Vec<Phrase>) -> Vec<Phrase> {
    remarks.truncate(MOST_FACTS);
    remarks.into_iter().map(phrase).collect()
}

/// A phrase that is long is worded here; how large one is, is known only by what it is written as.
pub(super) fn phrase(phrase: Phrase) -> Phrase {
    let size = serde_json::to_vec(&phrase).map_or(usize::MAX, |written| written.len());
    if size > 4 * MOST_LETTERS {
        Phrase::from(short(&phrase.to_string()))
    } else {
        phrase.with_texts(short)
    }
}

/// A stage whose facts are few and short.
pub(super) fn stage(mut stage: StageReport) -> StageReport {
    stage.facts.truncate(MOST_FACTS);
    let facts = stage.facts.into_iter();
    let facts = facts.map(|Fact { name, value }| Fact { name: phrase(name), value: phrase(value) });
    StageReport { facts: facts.collect(), ..stage }
}

pub(super) fn state(state: RunState) -> RunState {
    match state {
        RunState::Failed { reason } => RunState::Failed { reason: phrase(reason) },
        state => state,
    }
}

pub(super) fn stepped(report: StepReport) -> StepReport {
    StepReport { merged: report.merged.clamp(1, MOST_COUNTED), ..report }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Stage;

    #[test]
    fn what_is_shown_is_short_and_visible() {
        assert_eq!(short("no memory"), "no memory");
        assert_eq!(short("a\nb\u{1b}[31m"), "a\\nb\\u{1b}[31m");
        let long = short(&"x".repeat(10_000));
        assert!(long.ends_with('…') && long.chars().count() == MOST_LETTERS + 1);
        let fact = || Fact::new("x".repeat(10_000), "y");
        let facts = (0..1000).map(|_| fact()).collect();
        let stage = stage(StageReport { stage: Stage::Build, done: true, facts });
        assert_eq!(stage.facts.len(), MOST_FACTS);
        assert!(stage.facts[0].name.to_string().chars().count() <= MOST_LETTERS + 1);
    }
}
