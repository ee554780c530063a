//! A page of the board as a page of questions: it asks the model in lines that take turns, hears, shows, and lets go of what
//! it has asked when it is left.

use std::marker::PhantomData;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    frame::{Frame, Telling},
    line::{Line, Priced, SHARE, Said},
    phrases,
    seen::{Seen, Shown, What},
    state::{is_at, was_left},
    tab::Tab,
    wish::Wish,
};
use crate::{
    stream::{Content, Step},
    words::Phrase,
    world::{
        classifier::{Classifier, Of},
        display::Field,
        link::{Answer, Question},
    },
};

/// What stands under a tab.
pub(super) trait Page<C: Classifier>: Sized + Send + Sync + 'static {
    /// The tab.
    const TAB: Tab;
    /// Whether it shows the earlier step that the visitor went back to, where the model still has its weights.
    const GOES_BACK: bool;
    /// How many questions take turns.
    const LINES: usize;
    /// What is asked.
    type Asked: Content + PartialEq;
    /// What the model says to it.
    type Answer: Priced;

    /// What one of the lines asks now, if anything.
    fn question(wish: &Wish<C>, told: &Told<C, Self>, line: usize) -> Option<Self::Asked>;

    /// Whether what is said would be the same if it were asked again: an answer may go on from the one before.
    fn is_settled(_told: &Told<C, Self>) -> bool {
        true
    }

    /// Whether a field shows what is said here; a tab may have several pages.
    fn owns(_what: What) -> bool {
        true
    }

    /// What a field of the page shows now, if anything.
    fn shown(wish: &Wish<C>, told: &Told<C, Self>, what: What) -> Option<Shown>;

    /// What else runs while the tab is open.
    fn systems() -> ScheduleConfigs<ScheduleSystem>;
}

/// What the model has said to the questions of a page.
#[derive(Resource)]
pub(super) struct Told<C: Classifier, P: Page<C>> {
    lines: Vec<Line<P::Asked, P::Answer>>,
    of: PhantomData<C>,
}

impl<C: Classifier, P: Page<C>> Default for Told<C, P> {
    fn default() -> Self {
        Self { lines: (0..P::LINES).map(|_| Line::default()).collect(), of: PhantomData }
    }
}

impl<C: Classifier, P: Page<C>> Told<C, P> {
    /// The last answer in a line, unless its last question was refused.
    pub(super) fn said(&self, line: usize) -> Option<&Said<P::Answer>> {
        self.lines.get(line)?.said()
    }

    /// The answer of the latest step among these lines.
    pub(super) fn newest(&self, lines: impl Iterator<Item = usize>) -> Option<&Said<P::Answer>> {
        lines.filter_map(|line| self.said(line)).max_by_key(|said| said.step)
    }

    /// The oldest and the newest step of the answers in these lines, if there is one.
    pub(super) fn steps(&self, lines: impl Iterator<Item = usize>) -> Option<[Step; 2]> {
        let steps = lines.filter_map(|line| self.said(line)).map(|said| [said.step; 2]);
        steps.reduce(|all, one| [all[0].min(one[0]), all[1].max(one[1])])
    }

    /// Why there is no answer in one of these lines, in a sentence.
    pub(super) fn refused(&self, mut lines: impl Iterator<Item = usize>) -> Option<&Phrase> {
        lines.find_map(|line| self.lines.get(line)?.refused())
    }

    /// The share of the time that all answers take while they follow the steps.
    pub(super) fn share(&self) -> Option<f64> {
        self.lines.iter().filter_map(|line| line.said()?.share).reduce(|sum, share| sum + share)
    }
}

/// What stands above a page that has nothing to show yet.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unanswered {
    /// What the page asks, as a headline.
    pub(super) question: &'static str,
    /// What could not be done where the model refuses, before the colon.
    pub(super) cannot: &'static str,
    /// What is waited for.
    pub(super) waiting: &'static str,
    /// Whether that stands on the left half of the page, as its right one has controls.
    pub(super) on_the_left: bool,
}

impl Unanswered {
    /// A question that is answered soon.
    pub(super) fn soon(question: &'static str, cannot: &'static str) -> Self {
        Self { question, cannot, waiting: say!("boards-the-network-is-asked"), on_the_left: false }
    }

    /// The same on the left half of the page.
    pub(super) const fn on_the_left(self) -> Self {
        Self { on_the_left: true, ..self }
    }
}

/// Says above a page of one line what is answered, a headline and a line below it, and of which step it is; or that it waits.
pub(super) fn tell<C: Classifier, P: Page<C>>(
    frame: &mut ResMut<Frame<C>>,
    wish: &Wish<C>,
    told: &Told<C, P>,
    unanswered: Unanswered,
    words: impl FnOnce(&P::Answer) -> [String; 2],
) {
    let Unanswered { question, cannot, waiting, on_the_left } = unanswered;
    let refused = told
        .refused(0..1)
        .map(|why| say!("list-of", name = cannot, value = why) + say!("list-stop"));
    let Some(said) = told.said(0).filter(|_| refused.is_none()) else {
        let instead = Some(refused.unwrap_or_else(|| waiting.to_owned()));
        let headline = question.to_owned();
        Frame::tell(frame, Telling { headline, instead, on_the_left, ..Telling::default() });
        return;
    };
    let scrubbed = wish.scrubbed_to().filter(|shown| *shown != said.step);
    let [headline, second] = words(&said.said);
    let (run, price) = (wish.run.0.step(), said.said.price());
    let is_kept = P::GOES_BACK && said.step < run;
    let telling = Telling {
        headline,
        second: scrubbed.map_or(second, |shown| phrases::lags(said.step, shown, is_kept)),
        step: phrases::step([said.step; 2], run, price, told.share()),
        lags: scrubbed.is_some(),
        ..Telling::default()
    };
    Frame::tell(frame, telling);
}

/// Adds a page.
pub(super) fn plugin<C: Classifier, P: Page<C>>(app: &mut App) {
    app.init_resource::<Told<C, P>>();
}

/// Everything that runs while its tab is open, and once more when it is left.
pub(super) fn systems<C: Classifier, P: Page<C>>() -> ScheduleConfigs<ScheduleSystem> {
    (
        let_go::<C, P>.run_if(was_left::<C>(P::TAB)),
        (hear::<C, P>, ask::<C, P>, show::<C, P>, P::systems()).chain().run_if(is_at::<C>(P::TAB)),
    )
        .chain()
}

fn let_go<C: Classifier, P: Page<C>>(mut told: ResMut<Told<C, P>>) {
    told.lines.iter_mut().for_each(Line::hang_up);
}

fn hear<C: Classifier, P: Page<C>>(
    wish: Wish<C>,
    mut answers: MessageReader<Answer>,
    mut told: ResMut<Told<C, P>>,
) {
    let share = SHARE / P::LINES.max(1) as f64;
    for answer in answers.read() {
        let mut lines = told.bypass_change_detection().lines.iter_mut();
        if lines.any(|line| line.hear(wish.now(), answer, share)) {
            told.set_changed();
        }
    }
}

fn ask<C: Classifier, P: Page<C>>(
    wish: Wish<C>,
    mut told: ResMut<Told<C, P>>,
    mut questions: MessageWriter<Question>,
) {
    let Some((run, newest)) = wish.at() else {
        return;
    };
    let at = wish.scrubbed_to().filter(|_| P::GOES_BACK);
    let step = at.unwrap_or(newest);
    let wanted: Vec<_> = (0..P::LINES).map(|line| P::question(&wish, &told, line)).collect();
    let (settled, trains) = (P::is_settled(&told), wish.trains());
    let (now, lines) = (wish.now(), &mut told.bypass_change_detection().lines);
    lines.iter_mut().zip(&wanted).for_each(|(line, wanted)| line.move_on(now, wanted.as_ref()));
    if lines.iter().any(Line::is_open) {
        return;
    }
    // What is new comes first, and then whatever was asked longest ago.
    let due = lines.iter_mut().zip(wanted).filter_map(|(line, wanted)| Some((line, wanted?)));
    let due = due.filter(|(line, wanted)| {
        line.is_due(now, wanted, run, step) || (!settled && line.may_go_on(now, trains))
    });
    let first = due.min_by_key(|(line, wanted)| (!line.is_news(wanted, run), line.asked_at()));
    if let Some((line, wanted)) = first {
        questions.write(line.ask(now, wanted, (run, step, at)));
    }
}

fn show<C: Classifier, P: Page<C>>(
    wish: Wish<C>,
    told: Res<Told<C, P>>,
    mut fields: Query<(Entity, &mut Seen, &mut Field, &mut Visibility), With<Of<C>>>,
    mut commands: Commands,
) {
    if !told.is_changed() && !wish.inside.is_changed() {
        return;
    }
    for (entity, mut seen, field, visible) in &mut fields {
        if seen.tab == P::TAB && P::owns(seen.what) {
            let wanted = P::shown(&wish, &told, seen.what);
            seen.outline = wanted.as_ref().and_then(|shown| shown.outline);
            seen.show(&mut commands, (entity, field, visible), wanted);
        }
    }
}
