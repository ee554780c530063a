//! What of the first minute is being done, whoever does it and however: seen by what the hall shows, not by buttons.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{
    course::Moment,
    tasks::{Task, Tasks},
    telling::Tellings,
};
use crate::{
    stream::{ExhibitId, RunId, Step},
    world::{
        interaction::{
            aim::{Aim, AimedAt},
            intent::Intent,
        },
        link::ShownRun,
        pointed_at::PointedAt,
        stage::{ActiveExhibit, ExhibitList},
        timeline::Timeline,
        ui::panel::Panel,
    },
};

/// A run is worth going back in after so many steps.
const WORTH_GOING_BACK: Step = Step(30);

/// What is seen of the visitor and the hall.
#[derive(SystemParam)]
pub(super) struct Watched<'w, 's> {
    time: Res<'w, Time<Real>>,
    intents: MessageReader<'w, 's, Intent>,
    keys: Option<Res<'w, ButtonInput<KeyCode>>>,
    aims: Query<'w, 's, (&'static Aim, &'static AimedAt)>,
    panels: Query<'w, 's, (), With<Panel>>,
    pointed_at: Res<'w, PointedAt>,
    timeline: Res<'w, Timeline>,
    run: Res<'w, ShownRun>,
    playing: Option<Res<'w, ActiveExhibit>>,
    listed: Option<Res<'w, ExhibitList>>,
    tellings: Res<'w, Tellings>,
    before: Local<'s, Before>,
}

/// How it was in the frame before.
#[derive(Clone, Copy, Default)]
struct Before {
    exhibit: Option<ExhibitId>,
    run: Option<RunId>,
    scrubbed: bool,
    pressed: bool,
    /// Whether something was brought near and not yet put back.
    near: bool,
    /// What told its number last: a snapshot may lack that of a cell now and then, and a press of it is a press.
    tells: Option<Entity>,
}

impl Watched<'_, '_> {
    /// What happened in this frame.
    pub(super) fn moment(&mut self) -> Moment {
        let run = &self.run.0;
        let started = run.started();
        let exhibit = self.playing.as_ref().map(|playing| playing.0);
        let exhibit = exhibit.or_else(|| started.map(|started| started.exhibit));
        let (mut wished, mut back) = (false, false);
        for intent in self.intents.read() {
            wished = true;
            back |= *intent == Intent::Back;
        }
        let pressed = self.aims.iter().any(|(aim, _)| aim.pressed);
        let told = self.pointed_at.0.is_some().then(|| self.met(|_| true)).flatten();
        let tells = told.or(self.before.tells);
        let on_number = tells.is_some() && self.met(|aim| aim.pressed) == tells;
        let at_number = tells.is_some() && self.met(|_| true) == tells;
        let scrubbed = self.timeline.scrubbed_to().is_some();
        let before = *self.before;
        let elsewhere = before.exhibit.is_some() && before.exhibit != exhibit;
        let presses = on_number && !before.pressed;
        let same_run = before.run == started.map(|started| started.run);
        let near = (before.near || (presses && self.tellings.of(exhibit).comes_near))
            && !back
            && !elsewhere;
        let run_id = started.map(|started| started.run);
        *self.before = Before { exhibit, run: run_id, scrubbed, pressed, near, tells };

        let begun = run.step() > Step(0);
        let others = self.listed.as_ref().is_some_and(|listed| listed.0.len() > 1);
        let worth_it = run.step() >= WORTH_GOING_BACK && !scrubbed;
        let keys = self.keys.as_ref().is_some_and(|keys| keys.get_pressed().len() > 0);
        Moment {
            secs: self.time.delta_secs(),
            busy: pressed || wished || keys,
            done: Tasks::default()
                .with(Task::Point, self.pointed_at.0.is_some())
                .with(Task::Press, presses)
                .with(Task::Back, back && before.near)
                .with(Task::Pull, scrubbed)
                .with(Task::Live, before.scrubbed && !scrubbed && same_run && !elsewhere)
                .with(Task::Visit, elsewhere),
            open: Tasks::default()
                .with(Task::Point, begun)
                .with(Task::Press, begun && at_number)
                .with(Task::Back, near)
                .with(Task::Pull, worth_it)
                .with(Task::Live, scrubbed)
                .with(Task::Visit, others),
        }
    }

    /// What such an aim meets that is no panel.
    fn met(&self, such: impl Fn(&Aim) -> bool) -> Option<Entity> {
        let met = |(aim, at): (&Aim, &AimedAt)| at.0.filter(|_| such(aim)).map(|hit| hit.surface);
        self.aims.iter().filter_map(met).find(|surface| !self.panels.contains(*surface))
    }
}
