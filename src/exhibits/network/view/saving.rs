//! A button that writes the run down, where its visitor has named a file.

use bevy::prelude::*;

use crate::{
    exhibits::network::{SAVED_AS, view::ON_STAGE},
    history::Run,
    stream::Command,
    world::{
        WorldSystems,
        link::{Ask, ShownRun},
        ui::controls::{self, Activate, ButtonKind, button},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, offer.in_set(WorldSystems::Show).in_set(ON_STAGE));
}

#[derive(Component)]
struct SaveButton;

/// The button, out of sight until there is a file.
pub(super) fn spawn(line: &mut ChildSpawnerCommands) {
    line.spawn((button("network-save", say!("network-save"), ButtonKind::Small), SaveButton))
        .observe(|_: On<Activate>, mut asks: MessageWriter<Ask>| {
            asks.write(Ask(Command::Save));
        });
}

/// Whether the run has a file to be saved as.
pub(super) fn is_kept(run: &Run) -> bool {
    run.stages().iter().any(|stage| stage.facts.iter().any(|fact| fact.name.is(SAVED_AS)))
}

fn offer(run: Res<ShownRun>, mut buttons: Query<&mut Node, With<SaveButton>>) {
    for mut node in &mut buttons {
        controls::show(&mut node, is_kept(&run.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Fact, Report, Stage, StageReport};

    #[test]
    fn only_a_run_with_a_file_can_be_saved() {
        let mut run = Run::new(0);
        assert!(!is_kept(&run));
        let facts = vec![Fact::new(SAVED_AS, "mine.onnx")];
        run.take(Report::Stage(StageReport { stage: Stage::Initialise, done: true, facts }));
        assert!(is_kept(&run));
    }
}
