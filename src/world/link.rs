//! The hall's end of the stream: reports and snapshots go into the run, requests go to the trainer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::{prelude::*, window::ExitSystems};

use super::{
    WorldSystems, acts,
    desk::Pace,
    timeline::Timeline,
    told::{HallEvent, Told},
};
use crate::{
    history::Run,
    stream::{Command, LayerId, LayerValues, Report, RoomEnd, Snapshot},
};

/// Reports taken in one frame, so that a backlog cannot hold up the picture; more than the channel
/// holds, as a slow picture must not fall behind a thousand steps a second.
const REPORTS_PER_FRAME: usize = 4096;
/// How long one waits for the trainer's last words when the hall closes.
const FAREWELL: Duration = Duration::from_millis(800);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ShownSnapshot>()
        .add_message::<Ask>()
        .add_systems(
            Update,
            (
                send_requests,
                // After the requests, which are the old act's, and before anything is heard of the new one.
                acts::turn
                    .run_if(resource_exists::<Link>.and_then(resource_exists::<acts::Playing>)),
                acts::hear_resting,
                receive,
                choose_shown,
            )
                .chain()
                .in_set(WorldSystems::Receive),
        )
        // A closed window is turned into the wish to leave in this very schedule.
        .add_systems(Last, say_goodbye.after(ExitSystems));
}

/// A request to the trainer; anything in the hall may write one.
#[derive(Message, Clone, Debug)]
pub struct Ask(pub Command);

/// The open line to the trainer; dropping it ends the run.
#[derive(Resource)]
pub struct Link {
    end: RoomEnd,
}

impl Link {
    /// Takes the room's end.
    pub fn new(end: RoomEnd) -> Self {
        Self { end }
    }

    /// Asks the trainer; `false` when it is gone.
    pub(super) fn ask(&self, command: Command) -> bool {
        self.end.ask(command)
    }

    /// The next report, if there is one.
    pub(super) fn report(&self) -> Option<Report> {
        self.end.report()
    }

    /// The newest snapshot, if one has come.
    pub(super) fn newest_snapshot(&self) -> Option<Arc<Snapshot>> {
        self.end.newest_snapshot()
    }
}

/// Everything that is known of the run.
#[derive(Resource)]
pub struct ShownRun(pub Run);

/// The snapshot of the step that the hall shows now; it changes only when the picture should.
#[derive(Resource, Default)]
pub struct ShownSnapshot(Option<Arc<Snapshot>>);

impl ShownSnapshot {
    /// Shows this snapshot, for tests of views.
    #[cfg(test)]
    pub fn of(snapshot: Snapshot) -> Self {
        Self(Some(Arc::new(snapshot)))
    }

    /// The snapshot, once there is one.
    pub fn get(&self) -> Option<&Arc<Snapshot>> {
        self.0.as_ref()
    }

    /// The numbers of one layer.
    pub fn layer(&self, id: LayerId) -> Option<&LayerValues> {
        self.0.as_ref()?.layer(id)
    }
}

fn send_requests(
    mut requests: MessageReader<Ask>,
    link: Option<Res<Link>>,
    mut pace: Option<ResMut<Pace>>,
) {
    let Some(link) = link else {
        return;
    };
    for Ask(command) in requests.read() {
        if let (Command::LimitSpeed { steps_per_second }, Some(pace)) = (command, &mut pace) {
            pace.0 = steps_per_second.map(|limit| limit as f32);
        }
        if !link.end.ask(command.clone()) {
            warn!("the training thread is gone, so {command:?} was not heard");
        }
    }
}

fn receive(link: Option<Res<Link>>, told: Option<ResMut<Told>>, mut run: ResMut<ShownRun>) {
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
fn say_goodbye(
    mut leaving: MessageReader<AppExit>,
    link: Option<Res<Link>>,
    told: Option<ResMut<Told>>,
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

/// Live shows the newest snapshot; a scrubbed timeline the one at or before its step.
fn choose_shown(run: Res<ShownRun>, timeline: Res<Timeline>, mut shown: ResMut<ShownSnapshot>) {
    let wanted = match timeline.scrubbed_to() {
        None => run.0.newest_snapshot(),
        Some(step) => run.0.snapshot_at(step),
    };
    let same = match (&shown.0, wanted) {
        (Some(shown), Some(wanted)) => Arc::ptr_eq(shown, wanted),
        (None, None) => true,
        _ => false,
    };
    if !same {
        shown.0 = wanted.cloned();
    }
}
