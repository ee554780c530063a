//! Buttons that run, pause and restart the training, and the keys that do the same.

use bevy::{prelude::*, ui::InteractionDisabled};

use crate::{
    history::Run,
    stream::{Command, RunState},
    words::Phrase,
    world::{
        WorldSystems,
        elsewhere::{Elsewhere, Served},
        interaction::intent::Intent,
        link::{Ask, ShownRun},
        replay::Replayed,
        ui::{
            controls::{Activate, ButtonKind, ControlText, button, mark, row, show},
            words,
        },
    },
};

/// Steps that "10 steps" takes.
const SOME_STEPS: u32 = 10;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show_what_is_possible.in_set(WorldSystems::Show));
}

/// A button that acts on the run, by what it asks for.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum RunButton {
    PauseOrResume,
    Steps(u32),
    /// After divergence, in place of all others.
    RestartGentler,
    /// After the end, in their place: what there is left to press.
    Again,
    Restart,
    NewSeed,
}

/// Says what can be done once a run is finished, beside the button that does it.
#[derive(Component)]
struct AfterTheEnd;

impl RunButton {
    /// The request that a press makes now, if it makes one.
    fn command(self, run: &Run) -> Option<Command> {
        let seed = run.started().map(|started| started.seed);
        match (self, run.state()) {
            (Self::PauseOrResume | Self::Steps(_), state) if state.is_over() => None,
            (Self::PauseOrResume, RunState::Paused) => Some(Command::Resume),
            (Self::PauseOrResume, _) => Some(Command::Pause),
            (Self::Steps(steps), _) => Some(Command::Advance { steps }),
            (Self::RestartGentler, RunState::Diverged { proposed, .. }) => {
                Some(Command::Restart { seed: seed?, learning_rate: Some(*proposed) })
            }
            (Self::RestartGentler, _) => None,
            (Self::Again | Self::Restart, _) => {
                Some(Command::Restart { seed: seed?, learning_rate: None })
            }
            (Self::NewSeed, _) => {
                Some(Command::Restart { seed: seed?.wrapping_add(1), learning_rate: None })
            }
        }
    }

    /// Whether a training of another program can do it, too: it is begun again where it runs.
    const fn is_for_all(self) -> bool {
        matches!(self, Self::PauseOrResume | Self::Steps(_))
    }

    /// Whether it has a place on the desk now.
    fn is_shown(self, state: &RunState) -> bool {
        let diverged = matches!(state, RunState::Diverged { .. });
        // Of a run that failed or finished nothing is left but to begin another.
        let ended = state.is_over() && !diverged;
        match self {
            Self::RestartGentler => diverged,
            Self::Again => ended,
            Self::PauseOrResume | Self::Steps(_) => !state.is_over(),
            Self::Restart => !ended,
            Self::NewSeed => true,
        }
    }
}

/// Pause, one step, some steps; or, after divergence and after the end, the way out.
pub(super) fn spawn(side: &mut ChildSpawnerCommands) {
    side.spawn(row()).with_children(|line| {
        let some_steps = Phrase::counted(SOME_STEPS as usize, "step");
        let buttons = [
            ("pause", key!("desk-pause").into(), ButtonKind::Primary, RunButton::PauseOrResume),
            ("step", key!("desk-one-step-2").into(), ButtonKind::Plain, RunButton::Steps(1)),
            ("ten-steps", some_steps, ButtonKind::Plain, RunButton::Steps(SOME_STEPS)),
            (
                "restart-gentler",
                key!("desk-restart-with-a-smaller-rate").into(),
                ButtonKind::Primary,
                RunButton::RestartGentler,
            ),
            ("restart-ended", key!("desk-restart").into(), ButtonKind::Primary, RunButton::Again),
        ];
        for (name, label, kind, does) in buttons {
            line.spawn((button(name, label, kind), does)).observe(press);
        }
        line.spawn((words::caption(say!("desk-the-run-is-finished")), AfterTheEnd)).insert(Node {
            flex_grow: 1.0,
            flex_basis: px(0),
            display: Display::None,
            ..default()
        });
    });
}

/// Restart, and restart from other weights.
pub(super) fn spawn_restarts(line: &mut ChildSpawnerCommands) {
    for (name, label, does) in [
        ("restart", say!("desk-restart"), RunButton::Restart),
        ("new-seed", say!("desk-new-seed"), RunButton::NewSeed),
    ] {
        line.spawn((button(name, label, ButtonKind::Small), does)).observe(press);
    }
}

fn press(
    press: On<Activate>,
    buttons: Query<&RunButton>,
    run: Res<ShownRun>,
    mut asks: MessageWriter<Ask>,
) {
    if let Ok(button) = buttons.get(press.entity)
        && let Some(command) = button.command(&run.0)
    {
        asks.write(Ask(command));
    }
}

pub(super) fn obey_intents(
    mut intents: MessageReader<Intent>,
    run: Res<ShownRun>,
    mut asks: MessageWriter<Ask>,
) {
    for intent in intents.read() {
        let button = match intent {
            Intent::TogglePause => RunButton::PauseOrResume,
            Intent::OneStep => RunButton::Steps(1),
            _ => continue,
        };
        if let Some(command) = button.command(&run.0) {
            asks.write(Ask(command));
        }
    }
}

/// A button that can do nothing now is disabled, or gone where another needs its place.
fn show_what_is_possible(
    run: Res<ShownRun>,
    elsewhere: Option<Res<Elsewhere>>,
    served: Option<Res<Served>>,
    replayed: Option<Res<Replayed>>,
    mut buttons: Query<(Entity, &RunButton, &mut ControlText, &mut Node, Has<InteractionDisabled>)>,
    mut ends: Query<(&mut Node, &mut Text), (With<AfterTheEnd>, Without<RunButton>)>,
    mut commands: Commands,
) {
    let is_cut_off = Served::is_cut_off(served.as_deref());
    for (mut node, mut text) in &mut ends {
        show(&mut node, *run.0.state() == RunState::Finished || is_cut_off);
        // Nothing here begins a training of another program anew.
        let wanted = match elsewhere {
            _ if is_cut_off => say!("attach-the-hall-calls-again"),
            Some(_) => say!("attach-run-again"),
            None => say!("desk-the-run-is-finished"),
        };
        if text.0 != wanted {
            text.0 = wanted.to_owned();
        }
    }
    for (entity, button, mut label, mut node, disabled) in &mut buttons {
        if *button == RunButton::PauseOrResume {
            let wanted = if *run.0.state() == RunState::Paused {
                say!("desk-resume")
            } else {
                say!("desk-pause")
            };
            if label.0 != wanted {
                label.0 = wanted.to_owned();
            }
        }
        let can_be = elsewhere.is_none() || button.is_for_all();
        show(&mut node, can_be && !is_cut_off && button.is_shown(run.0.state()));
        let needs_a_trainer = matches!(button, RunButton::NewSeed | RunButton::RestartGentler);
        let somebody_hears = !Elsewhere::waits(elsewhere.as_deref(), &run.0);
        let possible = button.command(&run.0).is_some()
            && somebody_hears
            && (replayed.is_none() || !needs_a_trainer);
        mark::<InteractionDisabled>(&mut commands, entity, disabled, !possible);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, Started, Step};

    fn run(state: RunState) -> Run {
        let mut run = Run::new(0);
        run.take(Report::Started(Started::example()));
        run.take(Report::State { state, step: Step(12) });
        run
    }

    #[test]
    fn one_button_pauses_and_resumes_until_the_run_is_over() {
        let pressed = |state| RunButton::PauseOrResume.command(&run(state));
        assert_eq!(pressed(RunState::Training), Some(Command::Pause));
        assert_eq!(pressed(RunState::Paused), Some(Command::Resume));
        assert_eq!(pressed(RunState::Finished), None);
        assert_eq!(RunButton::Steps(1).command(&run(RunState::Finished)), None);
    }

    #[test]
    fn a_diverged_run_begins_again_with_the_rate_that_is_proposed() {
        let diverged = run(RunState::Diverged { learning_rate: 0.3, proposed: 0.03 });
        let expected = Command::Restart { seed: 42, learning_rate: Some(0.03) };
        assert_eq!(RunButton::RestartGentler.command(&diverged), Some(expected));
        assert!(RunButton::RestartGentler.is_shown(diverged.state()));
        assert!(!RunButton::PauseOrResume.is_shown(diverged.state()));
        assert_eq!(RunButton::RestartGentler.command(&run(RunState::Training)), None);
    }

    #[test]
    fn after_the_end_one_button_is_lit_that_begins_another_run() {
        let all = [
            RunButton::PauseOrResume,
            RunButton::Steps(1),
            RunButton::Steps(SOME_STEPS),
            RunButton::RestartGentler,
            RunButton::Again,
            RunButton::Restart,
            RunButton::NewSeed,
        ];
        let failed = RunState::Failed { reason: Phrase::default() };
        for state in [RunState::Finished, failed] {
            let run = run(state);
            let shown = all.iter().filter(|button| button.is_shown(run.state()));
            let shown: Vec<_> = shown.copied().collect();
            assert_eq!(shown, [RunButton::Again, RunButton::NewSeed]);
            assert!(shown.iter().all(|button| button.command(&run).is_some()), "none is grey");
        }
        let again = Command::Restart { seed: 42, learning_rate: None };
        assert_eq!(RunButton::Again.command(&run(RunState::Finished)), Some(again));
        assert!(!RunButton::Again.is_shown(&RunState::Training));
        assert!(RunButton::Restart.is_shown(&RunState::Training));
    }

    #[test]
    fn a_new_seed_is_the_next_one() {
        let expected = Command::Restart { seed: 43, learning_rate: None };
        assert_eq!(RunButton::NewSeed.command(&run(RunState::Training)), Some(expected));
    }
}
