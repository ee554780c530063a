//! Carries out what the programme says, with the wishes and presses that a visitor has and no others.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{
    Demo, DemoHand, captions,
    gesture::{Gesture, Then},
    growth::Growth,
    programme::{Act, Now, RunNow, Turn},
    things::Things,
    touch::Touches,
};
use crate::{
    stream::{ExhibitId, RunState, Step},
    world::{
        Head,
        guide::Tellings,
        interaction::{aim::Aim, intent::Intent},
        link::ShownRun,
        motion::Motion,
        pointed_at::PointedAt,
        progress_banner::Caption,
        stage::{ActiveExhibit, ExhibitList, Placed},
        timeline::Timeline,
        ui::{
            controls::ControlFinder,
            notice::{Notice, Severity},
        },
    },
};

/// A place that tells nothing after so long is given up for the next, in seconds.
const TELLS_WITHIN_SECS: f32 = 0.5;
/// Where the timeline is taken and let go, from its left to its right end and from its top to its bottom.
const TAKEN_AT: Vec2 = vec2(0.96, 0.5);
const LET_GO_AT: Vec2 = vec2(0.3, 0.5);

/// How the hall is.
#[derive(SystemParam)]
pub(super) struct HallNow<'w, 's> {
    time: Res<'w, Time<Real>>,
    playing: Option<Res<'w, ActiveExhibit>>,
    listed: Option<Res<'w, ExhibitList>>,
    run: Res<'w, ShownRun>,
    timeline: Res<'w, Timeline>,
    motion: Res<'w, Motion>,
    pointed_at: Res<'w, PointedAt>,
    tellings: Res<'w, Tellings>,
    head: Option<Single<'w, 's, &'static GlobalTransform, With<Head>>>,
}

impl HallNow<'_, '_> {
    fn places(&self) -> &[Placed] {
        self.listed.as_ref().map_or(&[], |listed| &listed.0)
    }

    fn on_stage(&self) -> Option<ExhibitId> {
        let playing = self.playing.as_ref().map(|playing| playing.0);
        playing.or_else(|| self.places().first().map(|placed| placed.exhibit))
    }

    fn now(&self, exhibit: usize, touched: bool) -> Now {
        let run = &self.run.0;
        let on_stage = self.on_stage();
        Now {
            secs: self.time.delta_secs(),
            touched,
            exhibits: self.places().len(),
            on_stage: self
                .places()
                .iter()
                .position(|placed| Some(placed.exhibit) == on_stage)
                .unwrap_or(0),
            run: if run.state().is_over() {
                RunNow::IsOver
            } else if run.step() > Step(0) {
                RunNow::Goes
            } else {
                RunNow::Comes
            },
            looks_inside: self.places().get(exhibit).is_some_and(|placed| placed.looks_inside),
        }
    }
}

/// What the pointer does, and where it may go if it is in vain.
#[derive(Default)]
pub(super) struct Doing {
    gesture: Gesture,
    /// Places that are left to be tried, the best last.
    left: Vec<Vec3>,
}

/// What is said and wished.
#[derive(SystemParam)]
pub(super) struct Voice<'w> {
    intents: MessageWriter<'w, Intent>,
    notices: MessageWriter<'w, Notice>,
    caption: ResMut<'w, Caption>,
}

pub(super) fn play(
    mut touches: Touches,
    hall: HallNow,
    things: Things,
    finder: ControlFinder,
    mut growth: Growth,
    mut voice: Voice,
    mut demo: ResMut<Demo>,
    hand: Option<Single<&mut Aim, With<DemoHand>>>,
    mut doing: Local<Doing>,
) {
    let (Some(mut hand), Some(head)) = (hand, hall.head.as_ref()) else {
        return;
    };
    let now = hall.now(demo.exhibit(), touches.any());
    match demo.step(&now) {
        Turn::GoesOn => {}
        Turn::Yields => {
            *doing = Doing::default();
            voice.caption.set_if_neq(Caption(None));
            let text = phrase!("guide-demo-yields");
            voice.notices.write(Notice { severity: Severity::Info, text });
        }
        Turn::Begins(act) => {
            let telling = hall.tellings.of(hall.on_stage());
            voice.caption.set_if_neq(Caption(captions::of(act, telling)));
            begin(act, &demo, &hall, (&things, &finder), &mut voice, &mut doing);
            if act == Act::Arrive
                && let Some(placed) = hall.places().get(demo.exhibit())
            {
                growth.tell(placed.exhibit.name(), demo.round());
            }
        }
    }
    try_the_next(&mut doing, hall.pointed_at.0.is_some());
    let eye = head.translation();
    let glides = *hall.motion == Motion::Usual;
    let pointed = doing.gesture.step(eye, hall.time.delta_secs(), glides);
    let ray = pointed.and_then(|(at, _)| Some(Ray3d::new(eye, Dir3::new(at - eye).ok()?)));
    let pressed = pointed.is_some_and(|(_, pressed)| pressed);
    if hand.ray != ray || hand.pressed != pressed {
        **hand = Aim { ray, pressed, ..Aim::default() };
    }
}

fn begin(
    act: Act,
    demo: &Demo,
    hall: &HallNow,
    (things, finder): (&Things, &ControlFinder),
    voice: &mut Voice,
    doing: &mut Doing,
) {
    doing.left.clear();
    let mut click = |name: &str| {
        if let Some(place) = finder.centre(name) {
            doing.gesture.go(place, Then::Clicks);
        }
    };
    match act {
        Act::Arrive => {
            doing.gesture.let_go();
            // Whatever a visitor had brought near or carried away.
            voice.intents.write_batch([Intent::Back, Intent::PutBack]);
            voice.intents.write(Intent::Visit(demo.exhibit()));
        }
        Act::Renew => click("new-seed"),
        Act::Live => click("live"),
        Act::Watch => {
            // A visitor may have left it paused, or in the past.
            if *hall.run.0.state() == RunState::Paused {
                voice.intents.write(Intent::TogglePause);
            }
            if hall.timeline.scrubbed_to().is_some() {
                click("live");
            }
        }
        Act::Point => {
            if let Some(head) = &hall.head {
                doing.left = things.places(head, demo.round());
                doing.left.reverse();
            }
            if let Some(place) = doing.left.pop() {
                doing.gesture.go(place, Then::Stays);
            }
        }
        Act::Press => doing.gesture.click(),
        Act::Back | Act::Close => {
            doing.gesture.let_go();
            voice.intents.write(Intent::Back);
        }
        Act::Pull => {
            let places = [TAKEN_AT, LET_GO_AT].map(|at| finder.point("timeline", at));
            if let [Some(from), Some(to)] = places {
                doing.gesture.go(from, Then::Drags(to));
            }
        }
        Act::Inside => {
            doing.gesture.let_go();
            voice.intents.write(Intent::LookInside(demo.exhibit()));
        }
    }
}

/// Where nothing is told, something else is before it, or it says nothing: the next place is tried.
fn try_the_next(doing: &mut Doing, tells: bool) {
    let in_vain = doing.gesture.there_secs().is_some_and(|secs| secs > TELLS_WITHIN_SECS) && !tells;
    if in_vain && let Some(place) = doing.left.pop() {
        doing.gesture.go(place, Then::Stays);
    }
}
