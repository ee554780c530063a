//! What the strip says of the run and of the visitor, in words.

use bevy::prelude::*;
use indicatif::HumanCount;

use crate::{
    history::Run,
    stream::RunState,
    world::{
        desk::lines::{epoch_of, state_words},
        headset::Headset,
        ui::palette,
    },
};

/// How the run goes: its state, epoch and step.
pub(super) fn of_run(run: &Run) -> String {
    let state = state_words(run.state());
    let Some(started) = run.started() else {
        return state.to_owned();
    };
    let all = started.steps_per_epoch * u64::from(started.epochs);
    if all == 0 {
        let step = say!("desk-step-live", step = HumanCount(run.step().0));
        return say!("list-of", name = state, value = step);
    }
    say!(
        "spectator-step-of",
        state,
        run = epoch_of(run, started),
        step = HumanCount(run.step().0),
        all = HumanCount(all)
    )
}

/// Where the visitor is and what they point at, and the ink to say it in.
pub(super) fn of_visitor(
    headset: &Headset,
    state: &RunState,
    pointed: Option<&str>,
) -> (String, Color) {
    match (headset, pointed) {
        (Headset::Worn { visible: false, .. }, _) => {
            let training = match state {
                RunState::Preparing => say!("spectator-the-training-is-being-prepared"),
                RunState::Training => say!("spectator-training-goes-on"),
                RunState::Paused => say!("spectator-training-is-paused"),
                RunState::Finished => say!("spectator-training-has-finished"),
                RunState::Diverged { .. } => say!("spectator-training-has-diverged"),
                RunState::Failed { .. } => say!("spectator-training-has-failed"),
            };
            (say!("spectator-the-headset-was-taken-off", training), palette::AMBER)
        }
        (Headset::Worn { focused: false, .. }, _) => {
            (say!("spectator-the-visitor-is-in-the").to_owned(), palette::AMBER)
        }
        (Headset::Worn { .. }, Some(pointed)) => {
            (say!("spectator-pointing-at", pointed), palette::INK)
        }
        (Headset::Worn { .. }, None) => {
            (say!("spectator-the-visitor-looks-around").to_owned(), palette::INK_QUIET)
        }
        _ => (String::new(), palette::INK_QUIET),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, Started, Step};

    #[test]
    fn the_run_is_told_by_state_epoch_and_step() {
        let mut run = Run::new(0);
        assert_eq!(of_run(&run), "Preparing");
        run.take(Report::Started(Started::example()));
        run.take(Report::State { state: RunState::Paused, step: Step(1204) });
        assert_eq!(of_run(&run), "Paused · epoch 1 of 10 · step 1,204 of 2,500");
    }

    #[test]
    fn every_state_of_the_headset_has_its_words() {
        let worn = |visible, focused| Headset::Worn { visible, focused };
        let says = |headset, state, pointed| of_visitor(&headset, &state, pointed).0;
        let pooled = Some("Pooled, map 3, row 4, column 5: 0.23");
        for (headset, state, pointed, words) in [
            (
                worn(true, true),
                RunState::Training,
                pooled,
                "Pointing at Pooled, map 3, row 4, column 5: 0.23",
            ),
            (worn(true, true), RunState::Training, None, "The visitor looks around"),
            (worn(true, false), RunState::Training, pooled, "The visitor is in the system menu"),
            (
                worn(false, false),
                RunState::Training,
                None,
                "The headset was taken off; training goes on",
            ),
            (
                worn(false, false),
                RunState::Paused,
                None,
                "The headset was taken off; training is paused",
            ),
            (
                worn(false, false),
                RunState::Finished,
                None,
                "The headset was taken off; training has finished",
            ),
            (Headset::Ready, RunState::Training, pooled, ""),
        ] {
            assert_eq!(says(headset, state, pointed), words);
        }
    }
}
