//! The turn from one act to another: the old one rests, the new one comes on the stage, and the visitor is told.

use bevy::{ecs::system::SystemParam, prelude::*};
use indicatif::HumanCount;

use super::{Act, Acts, Belongs, Playing, Rest, Resting, opening::Opening};
use crate::{
    history::Run,
    stream::{ExhibitId, Report},
    world::{
        interaction::intent::Intent,
        link::Pace,
        link::{Link, ShownRun, ShownSnapshot},
        pointed_at::PointedAt,
        stage::{Exhibited, Programme, place_exhibit},
        timeline::Timeline,
        told::{HallEvent, Told},
        ui::notice::{Notice, Severity},
    },
};

/// Everything that is the playing act's own.
#[derive(SystemParam)]
pub(in crate::world) struct Stage<'w, 's> {
    playing: ResMut<'w, Playing>,
    link: ResMut<'w, Link>,
    run: ResMut<'w, ShownRun>,
    shown: ResMut<'w, ShownSnapshot>,
    timeline: ResMut<'w, Timeline>,
    pace: ResMut<'w, Pace>,
    pointed_at: ResMut<'w, PointedAt>,
    places: Query<'w, 's, (&'static Exhibited, &'static mut Visibility)>,
    belongings: Query<'w, 's, (&'static mut Belongs, &'static mut Visibility), Without<Exhibited>>,
    programme: Res<'w, Programme>,
    told: Option<ResMut<'w, Told>>,
    notices: MessageWriter<'w, Notice>,
    commands: Commands<'w, 's>,
}

impl Stage<'_, '_> {
    /// Puts an act on the stage, and gives back the one that was there.
    fn put(&mut self, exhibit: ExhibitId, act: Act) -> (ExhibitId, Act) {
        let left = std::mem::replace(&mut self.playing.0, exhibit);
        let old = Act {
            link: std::mem::replace(&mut *self.link, act.link),
            run: std::mem::replace(&mut *self.run, act.run),
            shown: std::mem::replace(&mut *self.shown, act.shown),
            timeline: std::mem::replace(&mut *self.timeline, act.timeline),
            pace: std::mem::replace(&mut *self.pace, act.pace),
        };
        *self.pointed_at = PointedAt::default();
        let mut stands = false;
        for (place, mut visibility) in &mut self.places {
            let wanted =
                if place.0 == exhibit { Visibility::Inherited } else { Visibility::Hidden };
            visibility.set_if_neq(wanted);
            stands |= place.0 == exhibit;
        }
        for (mut belongs, mut visibility) in &mut self.belongings {
            belongs.turn(left, exhibit, &mut visibility);
        }
        if !stands && let Some(placed) = self.programme.0.iter().find(|one| one.exhibit == exhibit)
        {
            place_exhibit(&mut self.commands, placed);
        }
        if let Some(told) = &mut self.told {
            told.tell(HallEvent::Visited { exhibit });
        }
        (left, old)
    }

    fn say(&mut self, severity: Severity, text: String) {
        self.notices.write(Notice { severity, text });
    }

    fn title(&self, exhibit: ExhibitId) -> &'static str {
        self.programme
            .0
            .iter()
            .find(|placed| placed.exhibit == exhibit)
            .map_or("", |placed| placed.title)
    }
}

/// Obeys the wish to visit another exhibit; it comes on the stage once it is open.
pub(in crate::world) fn turn(
    mut intents: MessageReader<Intent>,
    mut acts: ResMut<Acts>,
    stage: Option<Stage>,
) {
    let Some(mut stage) = stage else {
        intents.clear();
        return;
    };
    for intent in intents.read() {
        let (Intent::Visit(index) | Intent::Show(index)) = intent else {
            continue;
        };
        let Some(wanted) = stage.programme.0.get(*index).map(|placed| placed.exhibit) else {
            continue;
        };
        if wanted == stage.playing.0 {
            continue;
        }
        if let Some(place) = acts.resting.iter().position(|act| act.exhibit == wanted) {
            let act = acts.resting.swap_remove(place).come();
            change(&mut stage, &mut acts, wanted, act);
        } else {
            open(&mut stage, &mut acts, wanted);
        }
    }
    let Some(opening) = acts.opening.take_if(|opening| opening.is_done()) else {
        return;
    };
    let exhibit = opening.exhibit;
    match opening.result() {
        Ok(opened) => {
            let act = Act {
                link: Link::new(opened.stream),
                run: ShownRun(Run::new(acts.history_bytes)),
                shown: ShownSnapshot::default(),
                timeline: Timeline::default(),
                pace: Pace(opened.pace),
            };
            change(&mut stage, &mut acts, exhibit, act);
        }
        Err(why) => {
            let title = stage.title(exhibit);
            stage.say(Severity::Red, format!("“{title}” cannot be opened: {why}"));
        }
    }
}

fn open(stage: &mut Stage, acts: &mut Acts, wanted: ExhibitId) {
    let title = stage.title(wanted);
    if acts.opening.is_some() {
        stage.say(Severity::Info, "Another exhibit is being opened: a moment.".to_owned());
        return;
    }
    let Some(opener) = &acts.opener else {
        return;
    };
    match Opening::start(opener, wanted) {
        Ok(opening) => {
            acts.opening = Some(opening);
            stage.say(Severity::Info, format!("“{title}” is being opened: its data are read."));
        }
        Err(why) => stage.say(Severity::Red, format!("“{title}” cannot be opened: {why}.")),
    }
}

fn change(stage: &mut Stage, acts: &mut Acts, exhibit: ExhibitId, act: Act) {
    let (left, old) = stage.put(exhibit, act);
    let resting = Resting::leave(left, old);
    let title = stage.title(left);
    if resting.rest == Rest::Waits {
        let step = HumanCount(resting.act.run.0.step().0);
        stage.say(
            Severity::Info,
            format!(
                "“{title}” is paused at step {step} and waits for you; its plinth lets it go on."
            ),
        );
    }
    acts.resting.push(resting);
}

/// Hears what resting acts have to say, so that nothing piles up, and tells when one has come to its end.
pub(in crate::world) fn hear_resting(
    mut acts: ResMut<Acts>,
    programme: Option<Res<Programme>>,
    mut notices: MessageWriter<Notice>,
) {
    /// Reports taken from one act in one frame.
    const REPORTS_PER_FRAME: usize = 1024;
    for resting in &mut acts.bypass_change_detection().resting {
        for _ in 0..REPORTS_PER_FRAME {
            let Some(report) = resting.act.link.report() else {
                break;
            };
            if matches!(report, Report::Finished(_)) && resting.rest == Rest::GoesOn {
                let title = programme
                    .as_ref()
                    .and_then(|all| all.0.iter().find(|one| one.exhibit == resting.exhibit))
                    .map_or("", |placed| placed.title);
                let text = format!("“{title}” has learned all it was to learn.");
                notices.write(Notice { severity: Severity::Info, text });
            }
            resting.act.run.0.take(report);
        }
        if let Some(snapshot) = resting.act.link.newest_snapshot() {
            resting.act.run.0.keep(snapshot);
        }
    }
}
