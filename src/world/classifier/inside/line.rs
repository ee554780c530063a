//! A line to the model for one question that is asked again as long as somebody looks: never two at a time, and never so
//! often that answers take more than their share of the time.

use std::sync::Arc;

use crate::{
    inside::Price,
    stream::{Content, Payload, RunId, Step},
    words::Phrase,
    world::link::{Answer, Question},
};

/// What is looked at is asked at most once in this time, in seconds.
const EVERY_SECS: f64 = 0.1;
/// How long an answer to what is not wanted any more is waited for all the same, in seconds.
const PATIENCE_SECS: f64 = 0.5;
/// All answers of a page that follow the steps may take so much of the time.
pub(super) const SHARE: f64 = 0.05;

/// Of which run and step something is asked, and whether that step is an earlier one.
pub(super) type Asks = (Version, Step, Option<Step>);

/// A run as it was edited by hand: after an edit the same step has other weights.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Version {
    pub(super) run: RunId,
    /// Edits in this run.
    pub(super) edits: usize,
}

/// An answer, and what it cost.
pub(super) trait Priced: Content {
    fn price(&self) -> Price;
}

/// What the model has said.
#[derive(Debug)]
pub(super) struct Said<A> {
    pub(super) said: Arc<A>,
    pub(super) step: Step,
    /// The share of the time that answers take while they follow the steps.
    pub(super) share: Option<f64>,
}

/// A question, its last answer, and when it may be asked again.
#[derive(Debug)]
pub(super) struct Line<Q, A> {
    open: Option<Arc<Q>>,
    /// What was asked last, and of which run and step.
    asked: Option<(Arc<Q>, Version, Step)>,
    /// When it may be asked otherwise, and when it may be asked of another step, in seconds.
    soon: f64,
    calm: f64,
    heard: f64,
    said: Option<Said<A>>,
    refused: Option<Phrase>,
}

impl<Q, A> Default for Line<Q, A> {
    fn default() -> Self {
        Self {
            open: None,
            asked: None,
            soon: 0.0,
            calm: 0.0,
            heard: f64::NEG_INFINITY,
            said: None,
            refused: None,
        }
    }
}

impl<Q: Content + PartialEq, A: Priced> Line<Q, A> {
    /// Whether the model has not answered yet.
    pub(super) const fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The last answer, unless the last question was refused.
    pub(super) fn said(&self) -> Option<&Said<A>> {
        self.said.as_ref().filter(|_| self.refused.is_none())
    }

    /// Why there is no answer, in a sentence.
    pub(super) fn refused(&self) -> Option<&Phrase> {
        self.refused.as_ref()
    }

    /// The step at which it was asked last.
    pub(super) fn asked_at(&self) -> Option<Step> {
        self.asked.as_ref().map(|(.., step)| *step)
    }

    /// Whether this is something else than what was asked last.
    pub(super) fn is_news(&self, wanted: &Q, run: Version) -> bool {
        self.asked.as_ref().is_none_or(|(asked, of, _)| **asked != *wanted || *of != run)
    }

    /// Whether it is time to ask this of a run that has taken so many steps.
    pub(super) fn is_due(&self, now: f64, wanted: &Q, run: Version, step: Step) -> bool {
        if self.is_open() {
            return false;
        }
        let stepped = self.asked_at() != Some(step);
        (self.is_news(wanted, run) && now >= self.soon) || (stepped && now >= self.calm)
    }

    /// Whether it may be asked once more of the same step: at once where no training would be kept waiting.
    pub(super) fn may_go_on(&self, now: f64, trains: bool) -> bool {
        self.said.is_some() && !self.is_open() && now >= if trains { self.calm } else { self.soon }
    }

    /// Asks it, of what is learned now or, where the visitor went back, of what was after an earlier step.
    pub(super) fn ask(&mut self, now: f64, wanted: Q, (run, step, at): Asks) -> Question {
        let wanted = Arc::new(wanted);
        self.open = Some(wanted.clone());
        self.asked = Some((wanted.clone(), run, step));
        self.soon = now + EVERY_SECS;
        self.calm = self.soon;
        Question { about: Payload::shared(wanted), at }
    }

    /// Hears an answer, if it is one to what is open; while they follow the steps, its answers take this share of the time.
    pub(super) fn hear(&mut self, now: f64, answer: &Answer, share: f64) -> bool {
        let open = self.open.as_ref();
        if !answer.about.get::<Q>().is_some_and(|about| open.is_some_and(|open| open == about)) {
            return false;
        }
        self.open = None;
        let said = match &answer.said {
            Ok(said) => said
                .get::<A>()
                .cloned()
                .ok_or_else(|| phrase!("boards-the-model-says-something-else")),
            Err(why) => Err(why.clone()),
        };
        match said {
            Ok(said) => {
                let seconds = said.price().seconds.max(0.0);
                let follows = self.said.as_ref().is_some_and(|last| last.step != answer.step);
                let took = follows.then(|| seconds / (now - self.heard).max(seconds).max(1e-6));
                self.calm = self.calm.max(now + seconds / share - seconds);
                self.said = Some(Said { said, step: answer.step, share: took });
                self.refused = None;
            }
            Err(why) => self.refused = Some(why),
        }
        self.heard = now;
        true
    }

    /// Waits no longer for what was asked so long ago that it is studied, once something else is wanted.
    pub(super) fn move_on(&mut self, now: f64, wanted: Option<&Q>) {
        let other = self.open.as_deref().is_some_and(|open| Some(open) != wanted);
        if other && now >= self.soon + PATIENCE_SECS {
            self.open = None;
        }
    }

    /// Waits for no answer any more, and asks anew when it is looked at again.
    pub(super) fn hang_up(&mut self) {
        self.open = None;
        self.asked = None;
    }
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Pears(u32);

    impl Content for Pears {
        const KIND: &'static str = "test.line_pears";
    }

    impl Priced for Pears {
        fn price(&self) -> Price {
            Price { seconds: 0.02, ..Price::default() }
        }
    }

    fn answer(question: &Question, step: u64, said: Result<Payload, Phrase>) -> Answer {
        Answer { about: question.about.clone(), run: RunId::default(), step: Step(step), said }
    }

    #[test]
    fn the_same_is_asked_again_of_another_step_and_never_twice_at_once() {
        let (mut line, run) = (Line::<Pears, Pears>::default(), Version::default());
        assert!(line.is_due(0.0, &Pears(1), run, Step(5)));
        let first = line.ask(0.0, Pears(1), (run, Step(5), None));
        assert!(!line.is_due(9.0, &Pears(2), run, Step(6)), "one is open");
        assert!(line.hear(1.0, &answer(&first, 5, Ok(Payload::new(Pears(7)))), SHARE));
        assert!(!line.hear(1.0, &answer(&first, 5, Ok(Payload::new(Pears(8)))), SHARE), "once");
        assert_eq!(line.said().unwrap().said.0, 7);
        assert!(!line.is_due(9.0, &Pears(1), run, Step(5)), "nothing is new");
        assert!(line.is_due(1.0, &Pears(2), run, Step(5)), "another question");
        let next = Version { run: run.run.next(), ..run };
        assert!(line.is_due(1.0, &Pears(1), next, Step(5)), "another run");
        let edited = Version { edits: 1, ..run };
        assert!(line.is_due(1.0, &Pears(1), edited, Step(5)), "other weights");
        assert!(!line.is_due(1.3, &Pears(1), run, Step(6)), "it would take more than 5 %");
        assert!(line.is_due(1.4, &Pears(1), run, Step(6)));
        let second = line.ask(1.4, Pears(1), (run, Step(6), None));
        assert!(line.hear(1.42, &answer(&second, 6, Ok(Payload::new(Pears(9)))), SHARE));
        let share = line.said().unwrap().share.unwrap();
        assert!(share > 0.03 && share <= 0.051, "{share}");
    }

    #[test]
    fn a_long_answer_to_what_is_not_wanted_any_more_is_not_waited_for() {
        let (mut line, run) = (Line::<Pears, Pears>::default(), Version::default());
        let long = line.ask(0.0, Pears(1), (run, Step(5), None));
        line.move_on(9.0, Some(&Pears(1)));
        assert!(line.is_open());
        line.move_on(0.3, Some(&Pears(2)));
        assert!(line.is_open(), "it may come at once");
        line.move_on(0.7, Some(&Pears(2)));
        assert!(line.is_due(0.7, &Pears(2), run, Step(5)));
        assert!(!line.hear(0.8, &answer(&long, 5, Ok(Payload::new(Pears(7)))), SHARE));
    }

    #[test]
    fn a_refusal_is_told_until_something_else_is_answered() {
        let (mut line, run) = (Line::<Pears, Pears>::default(), Version::default());
        let question = line.ask(0.0, Pears(1), (run, Step(5), None));
        assert!(line.hear(0.0, &answer(&question, 5, Err("no pears".into())), SHARE));
        let refused = line.refused().map(ToString::to_string);
        assert_eq!((refused.as_deref(), line.said().is_none()), (Some("no pears"), true));
        assert!(!line.is_due(9.0, &Pears(1), run, Step(5)), "it is not asked again");
        line.hang_up();
        assert!(line.is_due(9.0, &Pears(1), run, Step(5)));
    }
}
