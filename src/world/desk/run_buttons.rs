//! Buttons that run, pause and restart the training, and the keys that do the same.

use bevy::{prelude::*, ui::InteractionDisabled};

use crate::{
    history::Run,
    stream::{Command, RunState},
    world::{
        WorldSystems,
        interaction::intent::Intent,
        link::{Ask, ShownRun},
        ui::controls::{Activate, ButtonKind, ControlText, button, mark, row, show},
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
    Restart,
    NewSeed,
}

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
            (Self::Restart, _) => Some(Command::Restart { seed: seed?, learning_rate: None }),
            (Self::NewSeed, _) => {
                Some(Command::Restart { seed: seed?.wrapping_add(1), learning_rate: None })
            }
        }
    }

    /// Whether it has a place on the desk now.
    fn is_shown(self, state: &RunState) -> bool {
        let diverged = matches!(state, RunState::Diverged { .. });
        match self {
            Self::RestartGentler => diverged,
            Self::PauseOrResume | Self::Steps(_) => !diverged,
            Self::Restart | Self::NewSeed => true,
        }
    }
}

/// Pause, one step, some steps; or, after divergence, the way out.
pub(super) fn spawn(side: &mut ChildSpawnerCommands) {
    side.spawn(row()).with_children(|line| {
        let some_steps = format!("{SOME_STEPS} steps");
        let buttons = [
            ("pause", "Pause", ButtonKind::Primary, RunButton::PauseOrResume),
            ("step", "One step", ButtonKind::Plain, RunButton::Steps(1)),
            ("ten-steps", some_steps.as_str(), ButtonKind::Plain, RunButton::Steps(SOME_STEPS)),
            (
                "restart-gentler",
                "Restart with a smaller rate",
                ButtonKind::Primary,
                RunButton::RestartGentler,
            ),
        ];
        for (name, label, kind, does) in buttons {
            line.spawn((button(name, label, kind), does)).observe(press);
        }
    });
}

/// Restart, and restart from other weights.
pub(super) fn spawn_restarts(line: &mut ChildSpawnerCommands) {
    for (name, label, does) in
        [("restart", "Restart", RunButton::Restart), ("new-seed", "New seed", RunButton::NewSeed)]
    {
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
    mut buttons: Query<(Entity, &RunButton, &mut ControlText, &mut Node, Has<InteractionDisabled>)>,
    mut commands: Commands,
) {
    for (entity, button, mut words, mut node, disabled) in &mut buttons {
        if *button == RunButton::PauseOrResume {
            let label = if *run.0.state() == RunState::Paused { "Resume" } else { "Pause" };
            if words.0 != label {
                words.0 = label.to_owned();
            }
        }
        show(&mut node, button.is_shown(run.0.state()));
        let possible = button.command(&run.0).is_some();
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
    fn a_new_seed_is_the_next_one() {
        let expected = Command::Restart { seed: 43, learning_rate: None };
        assert_eq!(RunButton::NewSeed.command(&run(RunState::Training)), Some(expected));
    }
}
