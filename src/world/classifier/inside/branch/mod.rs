//! What would have become of the run with something changed: branches from an earlier step, beside the run and each other, with
//! their curves, their layers, and where their answers differ.

mod chart;
mod curve;
mod hang;
mod kept;
mod layers;
mod place;
mod say;
mod strokes;
mod table;

use bevy::{
    ecs::{schedule::ScheduleConfigs, system::ScheduleSystem},
    prelude::*,
};

use super::{
    branches::{Found, Here, Press},
    page::{self, Page},
    seen::{Shown, What},
    state::Inside,
    tab::Tab,
    wish::Wish,
};
use crate::{
    inside::{BranchAsked, Branched, Future},
    stream::Payload,
    world::{
        classifier::{Classifier, input_choice::Watched},
        link::{Answer, Question, ShownRun},
        timeline::Timeline,
        ui::sheet,
    },
};

pub(super) use hang::hang;

/// The page.
pub(super) struct BranchPage;

type Told<C> = page::Told<C, BranchPage>;

impl<C: Classifier> Page<C> for BranchPage {
    const TAB: Tab = Tab::Branch;
    const GOES_BACK: bool = false;
    const LINES: usize = 1;
    type Asked = BranchAsked;
    type Answer = Branched;

    fn question(wish: &Wish<C>, _: &Told<C>, _: usize) -> Option<BranchAsked> {
        wish.inside.wanted.branch.pending().map(|group| group.asked.clone())
    }

    fn shown(wish: &Wish<C>, _: &Told<C>, what: What) -> Option<Shown> {
        let wanted = &wish.inside.wanted.branch;
        let said = wanted.chosen()?.said()?;
        match what {
            What::Image(place) => {
                let changed = said.futures.first()?.changed.get(place)?;
                wish.test_image(changed.index)
            }
            What::Map(place) => layers::shown(said, wanted.layer?, place),
            _ => None,
        }
    }

    fn systems() -> ScheduleConfigs<ScheduleSystem> {
        let says = (say::write::<C>, say::frame::<C>).chain();
        let all = (begin::<C>, keep::<C>, hang::light::<C>, chart::draw::<C>).chain();
        (all, says.run_if(sheet::seldom())).chain()
    }
}

/// What is looked at of a branch: of several seeds the first.
fn first(said: &Branched) -> Option<&Future> {
    said.futures.first()
}

/// Asks for what was pressed.
fn begin<C: Classifier>(
    mut inside: ResMut<Inside<C>>,
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    watched: Res<Watched<C>>,
    mut questions: MessageWriter<Question>,
) {
    let Some(started) = run.0.started() else { return };
    let others = inside.wanted.branch.groups.iter().any(|group| group.run != started.run);
    if inside.wanted.branch.pressed.is_none() && !others {
        return;
    }
    let wanted = &mut inside.wanted;
    wanted.branch.of_run(started.run);
    let Some(press) = wanted.branch.pressed.take() else { return };
    if press == Press::Clear && wanted.branch.waits() {
        questions.write(nothing());
    }
    let shown = timeline.scrubbed_to().map(|_| timeline.shown_step(&run.0));
    let here = Here {
        step: shown.filter(|step| *step < run.0.step()).map(|step| step.0),
        run: started.run,
        seed: started.seed,
        input: watched.choice().clone(),
        layer: wanted.layer.clone(),
        unit: wanted.unit,
    };
    wanted.branch.begin(press, &here);
}

/// Keeps what is answered.
fn keep<C: Classifier>(mut answers: MessageReader<Answer>, mut inside: ResMut<Inside<C>>) {
    for answer in answers.read() {
        let Some(asked) = answer.about.get::<BranchAsked>() else { continue };
        let found = match &answer.said {
            Ok(said) => said.get::<Branched>().cloned().map(Found::Said),
            Err(why) => Some(Found::Refused(why.clone())),
        };
        let waits = inside.wanted.branch.groups.iter().any(|group| group.asked == **asked);
        if let Some(found) = found.filter(|_| waits) {
            inside.wanted.branch.keep(asked, found);
        }
    }
}

/// What ends whatever is under way.
fn nothing() -> Question {
    Question { about: Payload::new(BranchAsked::NONE), at: None }
}

/// Ends what is under way when the tab is left: it would take the run's time for nobody.
pub(super) fn leave<C: Classifier>(
    mut inside: ResMut<Inside<C>>,
    mut questions: MessageWriter<Question>,
) {
    if inside.wanted.branch.waits() {
        inside.wanted.branch.give_up();
        questions.write(nothing());
    }
}
