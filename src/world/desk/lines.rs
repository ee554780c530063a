//! The lines of the desk that are read: each is worked out from the run and written when it has changed.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    cost::{self, SnapshotRate, Watching},
    numbers::rate,
};
use crate::{
    history::Run,
    stream::{Payload, RunState, Stage, Started, Step},
    world::{
        WorldSystems,
        link::{ShownRun, ShownSnapshot},
        stage::ExhibitList,
        timeline::Timeline,
        ui::palette,
    },
};

/// How often words may change, in seconds: faster cannot be read.
const EVERY_SECS: f32 = 0.25;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, write_lines.in_set(WorldSystems::Show));
}

/// A text of the desk, by what it tells.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeskText {
    /// What the run is doing, in a word.
    State,
    /// Which epoch it is in, and what its weights were drawn from.
    Epoch,
    /// Which step is shown, or where the run broke.
    Place,
    /// How fast it learns.
    Speed,
    /// What watching costs, or what to do about trouble.
    Cost,
}

fn write_lines(
    time: Res<Time<Real>>,
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    shown: Res<ShownSnapshot>,
    watching: Res<Watching>,
    listed: Option<Res<ExhibitList>>,
    mut next_secs: Local<f32>,
    mut last_state: Local<&'static str>,
    mut lines: Query<(&DeskText, &mut Text, &mut TextColor)>,
) {
    let run = &run.0;
    // A state that changed, or a scrubbing hand, is answered at once.
    let is_news = *last_state != run.state().word() || timeline.is_changed();
    if time.elapsed_secs() < *next_secs && !is_news {
        return;
    }
    *next_secs = time.elapsed_secs() + EVERY_SECS;
    *last_state = run.state().word();
    let from_memory = timeline.scrubbed_to().and(shown.get()).map(|snapshot| snapshot.step);
    for (line, mut text, mut ink) in &mut lines {
        let wanted = match line {
            DeskText::State => {
                ink.set_if_neq(TextColor(state_ink(run.state())));
                state_words(run.state()).to_owned()
            }
            DeskText::Epoch => epoch_words(run),
            DeskText::Place => place_words(run, from_memory),
            DeskText::Speed => speed_words(run, listed.as_deref()),
            DeskText::Cost => cost_words(run, watching.pictures()),
        };
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

pub(in crate::world) fn state_words(state: &RunState) -> &'static str {
    match state {
        RunState::Preparing => "Preparing",
        RunState::Training => "Training",
        RunState::Paused => "Paused",
        RunState::Finished => "Finished",
        RunState::Diverged { .. } => "Diverged",
        RunState::Failed { .. } => "Failed",
    }
}

pub(in crate::world) fn state_ink(state: &RunState) -> Color {
    match state {
        RunState::Diverged { .. } => palette::AMBER,
        RunState::Failed { .. } => palette::RED,
        RunState::Preparing => palette::INK_QUIET,
        RunState::Training | RunState::Paused | RunState::Finished => palette::INK,
    }
}

/// The epoch of the newest step, and the seed of the run.
fn epoch_words(run: &Run) -> String {
    let Some(started) = run.started() else {
        return String::new();
    };
    format!("{}, seed {}", epoch_of(run, started), started.seed)
}

/// Which of how many epochs it is in.
pub(in crate::world) fn epoch_of(run: &Run, started: &Started) -> String {
    match (run.scalars().latest().map_or(1, |latest| latest.epoch), started.epochs) {
        (_, 1) => "one epoch".to_owned(),
        (epoch, epochs) => format!("epoch {epoch} of {epochs}"),
    }
}

/// The newest step, or the one shown from memory, or where and why the run ended badly.
fn place_words(run: &Run, from_memory: Option<Step>) -> String {
    match (run.state(), from_memory) {
        (_, Some(shown)) => {
            format!("Step {} of {} from memory", HumanCount(shown.0), HumanCount(run.step().0))
        }
        (RunState::Diverged { learning_rate, .. }, None) => {
            format!(
                "at step {} with learning rate {}",
                HumanCount(run.step().0),
                rate(*learning_rate)
            )
        }
        (RunState::Failed { reason }, None) => reason.clone(),
        (RunState::Preparing, None) => "The first step is still to come".to_owned(),
        _ => {
            let all = run
                .started()
                .map_or(0, |started| started.steps_per_epoch * u64::from(started.epochs));
            format!("Step {} of {}, live", HumanCount(run.step().0), HumanCount(all))
        }
    }
}

/// Whether all steps are taken and the last stage has begun.
fn is_judged(run: &Run) -> bool {
    run.stages().last().is_some_and(|stage| stage.stage == Stage::Evaluate)
}

fn speed_words(run: &Run, listed: Option<&ExhibitList>) -> String {
    let (what, batch) =
        run.started().map_or(("", 0), |started| (started.example.many, started.batch));
    match (run.state(), run.scalars().latest(), run.finished()) {
        (RunState::Training, _, _) if is_judged(run) => "All learned, being judged".to_owned(),
        (RunState::Training, Some(latest), _) => {
            let examples = HumanCount(latest.examples_per_second.round() as u64);
            // Where a step is one example, its speed is said once.
            let steps = (batch != 1).then(|| {
                format!(" · {} steps/s", HumanCount(latest.steps_per_second.round() as u64))
            });
            format!("{examples} {what}/s{}", steps.unwrap_or_default())
        }
        (RunState::Finished, _, Some(finished)) => format!(
            "{} · {} {what}/s",
            headline(run, listed, &finished.verdict),
            HumanCount(finished.examples_per_second.round() as u64)
        ),
        (RunState::Paused, ..) => "Waits for you".to_owned(),
        _ => String::new(),
    }
}

/// What the finished run came to, as its exhibit says it.
fn headline(run: &Run, listed: Option<&ExhibitList>, verdict: &Payload) -> String {
    let exhibit = run.started().map(|started| started.exhibit);
    let placed =
        listed.and_then(|listed| listed.0.iter().find(|placed| Some(placed.exhibit) == exhibit));
    placed.map_or_else(String::new, |placed| (placed.headline)(verdict))
}

fn cost_words(run: &Run, pictures: SnapshotRate) -> String {
    match run.state() {
        RunState::Diverged { .. } => {
            "The loss is no longer a finite number: begin again with a smaller learning rate."
                .to_owned()
        }
        RunState::Failed { .. } => "Begin again with Restart below.".to_owned(),
        _ => run.scalars().latest().map_or_else(String::new, |latest| {
            let one_in = run.scalars().one_in();
            // Where no step is taken, nothing is missing.
            let asked = if *run.state() == RunState::Training { pictures.asked } else { 0.0 };
            let pictures = SnapshotRate { asked, ..pictures };
            cost::words(&latest.cost, pictures, run.remembered(), one_in)
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, Started};

    fn run(state: RunState, step: u64) -> Run {
        let mut run = Run::new(0);
        run.take(Report::Started(Started::example()));
        run.take(Report::State { state, step: Step(step) });
        run
    }

    #[test]
    fn the_place_says_which_step_is_shown_and_whether_it_is_live() {
        let run = run(RunState::Training, 1204);
        assert_eq!(place_words(&run, None), "Step 1,204 of 2,500, live");
        assert_eq!(place_words(&run, Some(Step(118))), "Step 118 of 1,204 from memory");
        assert_eq!(epoch_words(&run), "epoch 1 of 10, seed 42");
        let mut short = Run::new(0);
        short.take(Report::Started(Started { epochs: 1, ..Started::example() }));
        assert_eq!(epoch_words(&short), "one epoch, seed 42");
    }

    #[test]
    fn a_broken_run_says_where_and_why() {
        let diverged = run(RunState::Diverged { learning_rate: 0.5, proposed: 0.001 }, 12);
        assert_eq!(place_words(&diverged, None), "at step 12 with learning rate 0.5");
        let failed = run(RunState::Failed { reason: "no memory".into() }, 12);
        assert_eq!(place_words(&failed, None), "no memory");
        assert_ne!(state_ink(diverged.state()), state_ink(failed.state()));
    }
}
