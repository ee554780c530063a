//! Every frame: requests go to the trainer, reports and snapshots come into the run, and the last words are heard.

use std::time::{Duration, Instant};

use bevy::prelude::*;

use super::{answer::Answer, channel::Link, shown::ShownRun};
use crate::{
    stream::{Command, Payload, Report, Step},
    world::hall_events::{HallEvent, HallListener},
};

/// Reports taken in one frame, so that a backlog cannot hold up the picture; more than the channel
/// holds, as a slow picture must not fall behind a thousand steps a second.
const REPORTS_PER_FRAME: usize = 4096;
/// How long one waits for the trainer's last words when the hall closes.
const FAREWELL: Duration = Duration::from_millis(800);

/// The speed limit that the run is held to, in steps per second; none is as fast as the machine can.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct SpeedLimit(pub Option<f32>);

/// A request to the trainer; anything in the hall may write one.
#[derive(Message, Clone, Debug)]
pub struct Ask(pub Command);

/// A question to the model beside what is looked at; the newest of a kind takes the place of an unanswered one.
#[derive(Message, Clone, Debug)]
pub struct Question {
    /// What is asked.
    pub about: Payload,
    /// The earlier step whose weights are asked, if not those that there are now.
    pub at: Option<Step>,
}

impl Question {
    /// One to the model as it is now.
    pub const fn now(about: Payload) -> Self {
        Self { about, at: None }
    }
}

pub(super) fn send_requests(
    mut requests: MessageReader<Ask>,
    mut questions: MessageReader<Question>,
    link: Option<ResMut<Link>>,
    mut pace: Option<ResMut<SpeedLimit>>,
) {
    let Some(mut link) = link else {
        return;
    };
    for Ask(command) in requests.read() {
        if let (Command::LimitSpeed { steps_per_second }, Some(pace)) = (command, &mut pace) {
            pace.0 = steps_per_second.map(|limit| limit as f32);
        }
        if !link.end.ask(command.clone()) {
            warn!("the training thread is gone, so {command:?} was not heard");
        }
        if let Command::Watch(input) = command {
            link.watch(input);
        }
    }
    for Question { about, at } in questions.read() {
        if !link.question(about, *at) {
            warn!("nobody answers, so a question of {} was not heard", about.kind());
        }
    }
}

pub(super) fn hear_answers(link: Option<ResMut<Link>>, mut answers: MessageWriter<Answer>) {
    if let Some(mut link) = link {
        link.hear_answers(|answer| {
            answers.write(answer);
        });
    }
}

pub(super) fn receive(
    link: Option<Res<Link>>,
    told: Option<ResMut<HallListener>>,
    mut run: ResMut<ShownRun>,
) {
    let Some(link) = link else {
        return;
    };
    let mut told = told;
    for _ in 0..REPORTS_PER_FRAME {
        let Some(report) = link.end.report() else {
            break;
        };
        if let Some(told) = &mut told {
            told.tell(HallEvent::Report(&report));
        }
        run.0.take(report);
    }
    if let Some(snapshot) = link.end.newest_snapshot() {
        run.0.keep(snapshot);
    }
}

/// When the visitor leaves, the trainer is asked to stop, and its last words are heard.
pub(super) fn say_goodbye(
    mut leaving: MessageReader<AppExit>,
    link: Option<Res<Link>>,
    told: Option<ResMut<HallListener>>,
) {
    if leaving.read().next().is_none() {
        return;
    }
    let (Some(link), Some(mut told)) = (link, told) else {
        return;
    };
    link.end.ask(Command::Stop);
    let until = Instant::now() + FAREWELL;
    while let Some(report) = link.end.report_within(until.saturating_duration_since(Instant::now()))
    {
        told.tell(HallEvent::Report(&report));
        if matches!(report, Report::Finished(_)) {
            return;
        }
    }
}
