//! What watching costs: its share of the training thread's time, pictures made and missed, memory.

use bevy::prelude::*;

use super::numbers::mebibytes;
use crate::{
    history::Remembered,
    sentence::{counted, percent_of},
    stream::{RunId, WatchCost},
    world::{
        WorldSystems,
        link::{LinkSystems, ShownRun},
    },
};

/// What pictures are counted over, in seconds.
const WINDOW_SECS: f32 = 1.0;

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Watching>()
        .add_systems(Update, count.in_set(WorldSystems::Receive).after(LinkSystems::Hear));
}

/// How many snapshots reach the hall a second.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub(super) struct Watching {
    per_second: f32,
    asked: f32,
    since_secs: f32,
    run: Option<RunId>,
    seen: u64,
}

impl Watching {
    /// Remembers that so many snapshots a second were asked for.
    pub(super) fn ask(&mut self, per_second: f32) {
        self.asked = per_second;
    }

    /// How many were asked for, and how many reached the hall in about the last second.
    pub(super) fn pictures(&self) -> SnapshotRate {
        SnapshotRate { came: self.per_second, asked: self.asked }
    }
}

fn count(time: Res<Time<Real>>, run: Res<ShownRun>, mut watching: ResMut<Watching>) {
    let now = time.elapsed_secs();
    let id = run.0.started().map(|started| started.run);
    let seen = run.0.remembered().seen;
    if watching.run != id {
        *watching = Watching { since_secs: now, run: id, seen, ..*watching };
    }
    let passed = now - watching.since_secs;
    if passed < WINDOW_SECS {
        return;
    }
    let came = seen.saturating_sub(watching.seen);
    let per_second = came as f32 / passed;
    *watching = Watching { per_second, since_secs: now, run: id, seen, ..*watching };
}

/// How often the network is pictured a second.
#[derive(Clone, Copy, Debug)]
pub(super) struct SnapshotRate {
    /// How many came.
    pub(super) came: f32,
    /// How many were asked for.
    pub(super) asked: f32,
}

impl SnapshotRate {
    /// Where fewer come than were asked for, since they cost too much or no step was taken, both are told.
    fn words(self) -> String {
        let [came, asked] = [self.came, self.asked].map(f32::round);
        if came >= 0.8 * asked {
            say!("start-a-second", counted = counted(came as usize, "desk-picture"))
        } else {
            say!("desk-of-pictures-s", came, asked)
        }
    }
}

/// The bill of watching, for this run so far, in three short lines: the desk has room for no more.
pub(super) fn words(
    cost: &WatchCost,
    pictures: SnapshotRate,
    remembered: Remembered,
    one_step_in: f64,
) -> String {
    say!(
        "desk-watching-costs-of-training-of",
        share = percent_of(cost.share()),
        words = pictures.words(),
        bytes = mebibytes(remembered.bytes),
        budget_bytes = mebibytes(remembered.budget_bytes),
        remembered = kept_words(remembered, one_step_in)
    )
}

/// How many of the snapshots that came can still be shown; where steps had to be told together, of how many one is kept.
fn kept_words(remembered: Remembered, one_step_in: f64) -> String {
    if one_step_in > 1.0 {
        return say!("desk-1-step-in-kept", one_step_in = format_args!("{:.1}", one_step_in));
    }
    let one_in = remembered.seen as f64 / remembered.kept.max(1) as f64;
    if one_in < 1.05 {
        say!("desk-every-picture-kept").to_owned()
    } else if one_in < 9.95 {
        say!("desk-1-in-kept", one_in = format_args!("{:.1}", one_in))
    } else {
        say!("desk-1-in-kept", one_in = format_args!("{:.0}", one_in))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bill_names_share_rate_and_memory() {
        let cost = WatchCost {
            snapshots: 1120,
            snapshots_dropped: 3,
            watching_seconds: 0.12,
            working_seconds: 10.0,
        };
        let remembered = Remembered {
            kept: 100,
            seen: 250,
            bytes: 34 << 20,
            budget_bytes: 256 << 20,
            spacing_steps: 3,
        };
        assert_eq!(
            words(&cost, SnapshotRate { came: 29.6, asked: 30.0 }, remembered, 1.0),
            "Watching costs 1.2 % of training\n30 pictures/s\n34 of 256 MiB · 1 in 2.5 kept"
        );
        assert_eq!(
            SnapshotRate { came: 12.2, asked: 60.0 }.words(),
            "60 pictures/s asked, 12 come"
        );
        assert_eq!(SnapshotRate { came: 1.2, asked: 0.0 }.words(), "1 picture/s");
        assert_eq!(kept_words(Remembered { kept: 250, ..remembered }, 1.0), "every picture kept");
    }
}
