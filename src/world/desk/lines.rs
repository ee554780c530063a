//! The lines of the desk that are read: each is worked out from the run and written when it has changed.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::{
    cost::{self, SnapshotRate, Watching},
    numbers::rate,
};
use crate::{
    history::Run,
    stream::{ExhibitId, Payload, RunState, Snapshot, Stage, Started, Step},
    words::enumerated,
    world::{
        WorldSystems,
        elsewhere::{Elsewhere, Served},
        headset::Headset,
        link::{ShownRun, ShownSnapshot},
        replay::Replayed,
        stage::{ExhibitList, Placed},
        timeline::Timeline,
        ui::{palette, sheet::is_due},
    },
};

/// So many exhibits have a key: 1 to 9.
const KEYS: usize = 9;

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
    /// How often the network is pictured, and how much of it is kept.
    Memory,
    /// Which exhibits there are, and the keys that visit them.
    Exhibits,
}

fn write_lines(
    time: Res<Time<Real>>,
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    shown: Res<ShownSnapshot>,
    watching: Res<Watching>,
    listed: Option<Res<ExhibitList>>,
    headset: Option<Res<Headset>>,
    elsewhere: Option<Res<Elsewhere>>,
    served: Option<Res<Served>>,
    replayed: Option<Res<Replayed>>,
    mut last_state: Local<&'static str>,
    mut lines: Query<(&DeskText, &mut Text, &mut TextColor)>,
) {
    let run = &run.0;
    // A state that changed, or a scrubbing hand, is answered at once.
    let is_news = *last_state != run.state().word() || timeline.is_changed();
    if !is_due(&time) && !is_news {
        return;
    }
    *last_state = run.state().word();
    let waits = Elsewhere::waits(elsewhere.as_deref(), run);
    let worn = headset.as_deref().is_some_and(Headset::is_worn);
    let past = timeline.scrubbed_to().map(|_| Past {
        step: timeline.shown_step(run),
        picture: shown.get().filter(|snapshot| has_numbers(snapshot)).map(|one| one.step),
    });
    for (line, mut text, mut ink) in &mut lines {
        let wanted = match line {
            DeskText::State if Served::is_cut_off(served.as_deref()) => {
                ink.set_if_neq(TextColor(palette::AMBER));
                say!("desk-cut-off").to_owned()
            }
            DeskText::State if waits => {
                ink.set_if_neq(TextColor(palette::INK_QUIET));
                say!("attach-sign").to_owned()
            }
            DeskText::Place if waits => String::new(),
            DeskText::State => {
                ink.set_if_neq(TextColor(state_ink(run.state())));
                let state = state_words(run.state());
                match replayed.is_some() {
                    true => say!("desk-seen-again", state),
                    false => state.to_owned(),
                }
            }
            DeskText::Epoch => epoch_words(run, past),
            DeskText::Place => place_words(run, past),
            DeskText::Speed if past.is_some() => present_words(run),
            DeskText::Speed => speed_words(run, listed.as_deref()),
            DeskText::Cost if Served::is_cut_off(served.as_deref()) => String::new(),
            DeskText::Memory if replayed.is_some() => String::new(),
            DeskText::Cost if elsewhere.is_some() && run.state().is_trouble() => {
                say!("attach-begin-again").to_owned()
            }
            DeskText::Cost => first_line(&cost_words(run, watching.pictures())).0,
            DeskText::Memory => first_line(&cost_words(run, watching.pictures())).1,
            // Hands have no keys; what they can visit stands around them.
            DeskText::Exhibits if worn => String::new(),
            DeskText::Exhibits => {
                let here = run.started().map(|started| started.exhibit);
                listed.as_deref().map_or_else(String::new, |listed| exhibit_words(listed, here))
            }
        };
        if text.0 != wanted {
            text.0 = wanted;
        }
    }
}

pub(in crate::world) fn state_words(state: &RunState) -> &'static str {
    match state {
        RunState::Preparing => say!("desk-preparing"),
        RunState::Training => say!("desk-training"),
        RunState::Paused => say!("desk-paused"),
        RunState::Finished => say!("desk-finished"),
        RunState::Diverged { .. } => say!("desk-diverged"),
        RunState::Failed { .. } => say!("desk-failed"),
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

/// The epoch of the step that is shown, and the seed of the run.
fn epoch_words(run: &Run, past: Option<Past>) -> String {
    let Some(started) = run.started() else {
        return String::new();
    };
    // How far it goes is not known of every training.
    if started.steps_per_epoch == 0 {
        return String::new();
    }
    let epoch = past.map_or_else(
        || newest_epoch(run),
        |past| past.step.0.div_ceil(started.steps_per_epoch).max(1) as u32,
    );
    let epoch = match started.epochs {
        // There is no more room on the line.
        epochs @ 100.. => say!("desk-epoch-of-many", epoch, epochs),
        epochs => of_epochs(epoch, epochs),
    };
    say!("desk-seed", run = epoch, seed = started.seed)
}

/// Which of how many epochs it is in.
pub(in crate::world) fn epoch_of(run: &Run, started: &Started) -> String {
    of_epochs(newest_epoch(run), started.epochs)
}

fn newest_epoch(run: &Run) -> u32 {
    run.scalars().latest().map_or(1, |latest| latest.epoch)
}

fn of_epochs(epoch: u32, epochs: u32) -> String {
    match epochs {
        1 => say!("desk-one-epoch").to_owned(),
        _ => say!("desk-epoch-of", epoch, epochs),
    }
}

/// The step that the visitor went back to, and that of the picture from memory nearest before it, where there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Past {
    step: Step,
    picture: Option<Step>,
}

/// Whether a picture holds anything: what some exhibits show is told step by step, and none of it is a picture's.
fn has_numbers(snapshot: &Snapshot) -> bool {
    !snapshot.layers.is_empty() || snapshot.answer.is_some()
}

/// The newest step, or the one shown from memory, or where and why the run ended badly.
fn place_words(run: &Run, past: Option<Past>) -> String {
    match (run.state(), past) {
        (_, Some(past)) => past_words(past),
        (RunState::Diverged { learning_rate, .. }, None) => {
            say!(
                "desk-at-step-with-learning-rate",
                step = HumanCount(run.step().0),
                learning_rate = rate(*learning_rate)
            )
        }
        (RunState::Failed { reason }, None) => reason.to_string(),
        (RunState::Preparing, None) => say!("desk-the-first-step-is-still").to_owned(),
        _ => {
            let (step, all) = (HumanCount(run.step().0), all_steps(run));
            if all == 0 {
                say!("desk-step-live", step)
            } else {
                say!("desk-step-of-live", step, all = HumanCount(all))
            }
        }
    }
}

/// What is shown of the past: curves and tables of one step, and a picture of that step or of one before it.
fn past_words(Past { step, picture }: Past) -> String {
    let step_words = HumanCount(step.0);
    match picture.filter(|picture| *picture != step) {
        Some(picture) => {
            say!("desk-past-picture", step = step_words, picture = HumanCount(picture.0))
        }
        None => say!("desk-past-step", step = step_words),
    }
}

/// Where the run itself is, while the past is shown.
fn present_words(run: &Run) -> String {
    let (step, all) = (HumanCount(run.step().0), all_steps(run));
    match all {
        0 => say!("desk-now-at-step", step),
        all => say!("desk-now-at", step, all = HumanCount(all)),
    }
}

fn all_steps(run: &Run) -> u64 {
    run.started().map_or(0, |started| started.steps_per_epoch * u64::from(started.epochs))
}

/// Whether all steps are taken and the last stage has begun.
fn is_judged(run: &Run) -> bool {
    run.stages().last().is_some_and(|stage| stage.stage == Stage::Evaluate)
}

fn speed_words(run: &Run, listed: Option<&ExhibitList>) -> String {
    let batch = run.started().map_or(0, |started| started.batch);
    let speed = |per_second: f32| {
        let counted =
            run.started().map(|started| started.example.counted(per_second.round() as usize));
        say!("start-a-second", counted = counted.unwrap_or_default())
    };
    match (run.state(), run.scalars().latest(), run.finished()) {
        (RunState::Training, _, _) if is_judged(run) => {
            say!("desk-all-learned-being-judged").to_owned()
        }
        // What a recording began with is told without a speed.
        (RunState::Training, Some(latest), _) if latest.examples_per_second == 0.0 => String::new(),
        (RunState::Training, Some(latest), _) => {
            let speed = speed(latest.examples_per_second);
            // Where a step is one example, its speed is said once.
            let steps = (batch != 1).then(|| {
                say!("desk-steps-s", round = HumanCount(latest.steps_per_second.round() as u64))
            });
            speed + &steps.unwrap_or_default()
        }
        (RunState::Finished, _, Some(finished)) => {
            let headline = headline(run, listed, &finished.verdict);
            let speed = speed(finished.examples_per_second);
            if headline.is_empty() { speed } else { format!("{headline} · {speed}") }
        }
        (RunState::Paused, ..) => say!("desk-waits-for-you").to_owned(),
        _ => String::new(),
    }
}

/// Which exhibits there are besides this one, each with the key that visits it; nothing where there is no other.
fn exhibit_words(listed: &ExhibitList, here: Option<ExhibitId>) -> String {
    let named = |(number, placed): (usize, &Placed)| {
        say!("desk-exhibit-by-key", key = number + 1, title = placed.plinth.title)
    };
    let all = listed.0.iter().enumerate().take(KEYS);
    let others = all.filter(|(_, placed)| Some(placed.exhibit) != here);
    let others: Vec<String> = others.map(named).collect();
    if others.is_empty() {
        return String::new();
    }
    say!("desk-exhibits-by-key", exhibits = enumerated(&others))
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
        RunState::Diverged { .. } => say!("desk-the-loss-is-no-longer").to_owned(),
        RunState::Failed { .. } => say!("desk-begin-again-with-restart-below").to_owned(),
        _ => run.scalars().latest().map_or_else(String::new, |latest| {
            let one_in = run.scalars().one_in();
            // Where no step is taken, nothing is missing.
            let asked = if *run.state() == RunState::Training { pictures.asked } else { 0.0 };
            let pictures = SnapshotRate { asked, ..pictures };
            cost::words(&latest.cost, pictures, run.remembered(), one_in)
        }),
    }
}

/// The first line, which is always told, and those that answer to pointing.
fn first_line(words: &str) -> (String, String) {
    let (first, more) = words.split_once('\n').unwrap_or((words, ""));
    (first.to_owned(), more.to_owned())
}

/// The longest that some lines come to, for tests of the desk: late in a long run, which is looked back on.
#[cfg(test)]
pub(super) fn longest() -> [(DeskText, String); 4] {
    use crate::stream::Report;
    let mut run = Run::new(0);
    run.take(Report::Started(Started {
        steps_per_epoch: 100_004,
        epochs: 20,
        ..Started::example()
    }));
    run.take(Report::State { state: RunState::Training, step: Step(1_693_464) });
    let past = Past { step: Step(1_177_231), picture: Some(Step(1_153_000)) };
    let exhibits = [
        say!("digits-on-its-plinth"),
        say!("recommender-on-its-plinth"),
        say!("descent-model-gradient-descent"),
        say!("logistic-model-table-to-verdict"),
        say!("network-on-its-plinth"),
    ]
    .map(|title| Placed::silent(ExhibitId::new("other"), title));
    [
        (DeskText::Place, past_words(past)),
        (DeskText::Speed, present_words(&run)),
        (DeskText::Cost, say!("desk-the-loss-is-no-longer").to_owned()),
        (DeskText::Exhibits, exhibit_words(&ExhibitList(exhibits.into()), None)),
    ]
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
        let past = |step, picture: Option<u64>| {
            place_words(&run, Some(Past { step: Step(step), picture: picture.map(Step) }))
        };
        assert_eq!(past(118, Some(118)), "Step 118, from memory");
        assert_eq!(past(1177, Some(1153)), "Step 1,177, picture of 1,153");
        assert_eq!(past(1177, None), "Step 1,177, from memory");
        assert_eq!(present_words(&run), "Now: step 1,204 of 2,500");
        assert_eq!(epoch_words(&run, None), "epoch 1 of 10, seed 42");
        let epoch_at = |step| epoch_words(&run, Some(Past { step: Step(step), picture: None }));
        let steps = run.started().unwrap().steps_per_epoch;
        assert_eq!(epoch_at(0), "epoch 1 of 10, seed 42");
        assert_eq!(epoch_at(steps), "epoch 1 of 10, seed 42");
        assert_eq!(epoch_at(steps + 1), "epoch 2 of 10, seed 42");
        let mut endless = Run::new(0);
        endless.take(Report::Started(Started { steps_per_epoch: 0, ..Started::example() }));
        endless.take(Report::State { state: RunState::Training, step: Step(1204) });
        assert_eq!(place_words(&endless, None), "Step 1,204, live");
        assert_eq!(epoch_words(&endless, None), "");
        let mut short = Run::new(0);
        short.take(Report::Started(Started { epochs: 1, ..Started::example() }));
        assert_eq!(epoch_words(&short, None), "one epoch, seed 42");
    }

    #[test]
    fn the_exhibits_are_named_with_their_keys_where_there_are_several() {
        let placed = |id, title| Placed::silent(ExhibitId::new(id), title);
        let mut listed = ExhibitList(vec![placed("one", "Digits")]);
        let here = Some(ExhibitId::new("one"));
        assert_eq!(exhibit_words(&listed, here), "");
        listed.0.push(placed("films", "Films"));
        listed.0.push(placed("slope", "Slope"));
        assert_eq!(exhibit_words(&listed, here), "Keys: 2\u{a0}Films, 3\u{a0}Slope");
        listed.0.extend((0..20).map(|_| placed("other", "Other")));
        assert!(exhibit_words(&listed, here).ends_with("9\u{a0}Other"));
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
