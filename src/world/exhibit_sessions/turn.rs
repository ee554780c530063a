//! The turn from one session to another: the old one rests, the new one comes on the stage, and the visitor is told.

use bevy::{ecs::system::SystemParam, prelude::*};
use indicatif::HumanCount;

use super::{
    ActiveExhibit, Belongs, ExhibitSession, ExhibitSessions, Rest, RestingSession, opening::Opening,
};
use crate::{
    free_memory::give_back_aside,
    history::Run,
    stream::{ExhibitId, Report},
    words::{Phrase, Word},
    world::{
        hall_events::{HallEvent, HallListener},
        interaction::intent::Intent,
        link::{AskedPixels, Link, ShownRun, ShownSnapshot, SpeedLimit},
        pointed_at::PointedAt,
        stage::{ExhibitList, Exhibited, place_exhibit},
        timeline::Timeline,
        ui::notice::{NewsAreOver, Notice, Severity},
    },
};

/// Everything that is the playing session's own.
#[derive(SystemParam)]
pub(in crate::world) struct ActiveParts<'w, 's> {
    playing: ResMut<'w, ActiveExhibit>,
    link: ResMut<'w, Link>,
    run: ResMut<'w, ShownRun>,
    shown: ResMut<'w, ShownSnapshot>,
    timeline: ResMut<'w, Timeline>,
    pace: ResMut<'w, SpeedLimit>,
    pointed_at: ResMut<'w, PointedAt>,
    pixels: Option<ResMut<'w, AskedPixels>>,
    places: Query<'w, 's, (&'static Exhibited, &'static mut Visibility)>,
    belongings: Query<'w, 's, (&'static mut Belongs, &'static mut Visibility), Without<Exhibited>>,
    listed: Res<'w, ExhibitList>,
    told: Option<ResMut<'w, HallListener>>,
    notices: MessageWriter<'w, Notice>,
    over: MessageWriter<'w, NewsAreOver>,
    commands: Commands<'w, 's>,
}

impl ActiveParts<'_, '_> {
    /// Puts an session on the stage, and gives back the one that was there.
    fn put(&mut self, exhibit: ExhibitId, session: ExhibitSession) -> (ExhibitId, ExhibitSession) {
        let left = std::mem::replace(&mut self.playing.0, exhibit);
        let old = ExhibitSession {
            link: std::mem::replace(&mut *self.link, session.link),
            run: std::mem::replace(&mut *self.run, session.run),
            shown: std::mem::replace(&mut *self.shown, session.shown),
            timeline: std::mem::replace(&mut *self.timeline, session.timeline),
            pace: std::mem::replace(&mut *self.pace, session.pace),
        };
        *self.pointed_at = PointedAt::default();
        if let Some(pixels) = &mut self.pixels {
            // They are those of the other one, whose images may be called the same.
            **pixels = AskedPixels::default();
        }
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
        if !stands && let Some(placed) = self.listed.0.iter().find(|one| one.exhibit == exhibit) {
            place_exhibit(&mut self.commands, placed);
        }
        if let Some(told) = &mut self.told {
            told.tell(HallEvent::Visited { exhibit });
        }
        (left, old)
    }

    fn say(&mut self, severity: Severity, text: Phrase) {
        self.notices.write(Notice { severity, text });
    }

    fn title(&self, exhibit: ExhibitId) -> Word {
        self.listed
            .0
            .iter()
            .find(|placed| placed.exhibit == exhibit)
            .map_or(Word::plain(""), |placed| placed.title)
    }
}

/// Obeys the wish to visit another exhibit; it comes on the stage once it is open.
pub(in crate::world) fn turn(
    mut intents: MessageReader<Intent>,
    mut exhibit_sessions: ResMut<ExhibitSessions>,
    stage: Option<ActiveParts>,
) {
    let Some(mut stage) = stage else {
        intents.clear();
        return;
    };
    for intent in intents.read() {
        let (Intent::Visit(index) | Intent::Show(index)) = intent else {
            continue;
        };
        let Some(wanted) = stage.listed.0.get(*index).map(|placed| placed.exhibit) else {
            continue;
        };
        if wanted == stage.playing.0 {
            continue;
        }
        if let Some(place) =
            exhibit_sessions.resting.iter().position(|session| session.exhibit == wanted)
        {
            let session = exhibit_sessions.resting.swap_remove(place).come();
            change(&mut stage, &mut exhibit_sessions, wanted, session);
        } else {
            open(&mut stage, &mut exhibit_sessions, wanted);
        }
    }
    let Some(opening) = exhibit_sessions.opening.take_if(|opening| opening.is_done()) else {
        return;
    };
    let exhibit = opening.exhibit;
    match opening.result() {
        Ok(opened) => {
            let session = ExhibitSession {
                link: Link::new(opened.stream),
                run: ShownRun(Run::new(exhibit_sessions.history_bytes)),
                shown: ShownSnapshot::default(),
                timeline: Timeline::default(),
                pace: SpeedLimit(opened.pace),
            };
            change(&mut stage, &mut exhibit_sessions, exhibit, session);
        }
        Err(why) => {
            let title = stage.title(exhibit);
            // That it is being opened is no longer so.
            stage.over.write(NewsAreOver);
            stage.say(Severity::Red, phrase!("exhibit-sessions-cannot-be-opened", title, why));
        }
    }
}

fn open(stage: &mut ActiveParts, exhibit_sessions: &mut ExhibitSessions, wanted: ExhibitId) {
    let title = stage.title(wanted);
    if exhibit_sessions.opening.is_some() {
        stage.say(Severity::Info, phrase!("exhibit-sessions-another-exhibit-is-being-opened"));
        return;
    }
    let Some(opener) = &exhibit_sessions.opener else {
        return;
    };
    match Opening::start(opener, wanted) {
        Ok(opening) => {
            exhibit_sessions.opening = Some(opening);
            stage.say(Severity::Info, phrase!("exhibit-sessions-is-being-opened-its-data", title));
        }
        Err(why) => {
            stage.say(Severity::Red, phrase!("exhibit-sessions-cannot-be-opened-2", title, why));
        }
    }
}

fn change(
    stage: &mut ActiveParts,
    exhibit_sessions: &mut ExhibitSessions,
    exhibit: ExhibitId,
    session: ExhibitSession,
) {
    // It is seen now that it is open.
    stage.over.write(NewsAreOver);
    let (left, old) = stage.put(exhibit, session);
    let resting = RestingSession::leave(left, old);
    let title = stage.title(left);
    if resting.rest == Rest::Waits {
        let step = HumanCount(resting.session.run.0.step().0).to_string();
        stage.say(Severity::Info, phrase!("exhibit-sessions-is-paused-at-step-and", title, step));
    }
    exhibit_sessions.resting.push(resting);
    give_back_aside();
}

/// Hears what resting sessions have to say, so that nothing piles up, and tells when one has come to its end.
pub(in crate::world) fn hear_resting(
    mut exhibit_sessions: ResMut<ExhibitSessions>,
    listed: Option<Res<ExhibitList>>,
    mut notices: MessageWriter<Notice>,
) {
    /// Reports taken from one session in one frame.
    const REPORTS_PER_FRAME: usize = 1024;
    for resting in &mut exhibit_sessions.bypass_change_detection().resting {
        for _ in 0..REPORTS_PER_FRAME {
            let Some(report) = resting.session.link.report() else {
                break;
            };
            if matches!(report, Report::Finished(_)) && resting.rest == Rest::GoesOn {
                let title = listed
                    .as_ref()
                    .and_then(|all| all.0.iter().find(|one| one.exhibit == resting.exhibit))
                    .map_or(Word::plain(""), |placed| placed.title);
                let text = phrase!("exhibit-sessions-has-learned-all-it-was", title);
                notices.write(Notice { severity: Severity::Info, text });
            }
            resting.session.run.0.take(report);
        }
        if let Some(snapshot) = resting.session.link.newest_snapshot() {
            resting.session.run.0.keep(snapshot);
        }
    }
}
