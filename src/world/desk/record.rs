//! The button that records the run on the stage, where the hall can record.

use bevy::prelude::*;

use crate::world::{
    WorldSystems,
    recorder::Recorder,
    stage::ActiveExhibit,
    ui::controls::{Activate, ButtonKind, ControlText, button, show},
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, show_what_it_does.in_set(WorldSystems::Show));
}

#[derive(Component)]
struct RecordButton;

/// The button, out of sight until there is something to record with.
pub(super) fn spawn(line: &mut ChildSpawnerCommands) {
    line.spawn((button("record", key!("recording-record"), ButtonKind::Plain), RecordButton))
        .observe(|_: On<Activate>, recorder: Option<ResMut<Recorder>>| {
            if let Some(mut recorder) = recorder {
                recorder.turn();
            }
        });
}

/// It says what a press does.
fn show_what_it_does(
    recorder: Option<Res<Recorder>>,
    active: Option<Res<ActiveExhibit>>,
    mut buttons: Query<(&mut ControlText, &mut Node), With<RecordButton>>,
) {
    for (mut words, mut node) in &mut buttons {
        show(&mut node, recorder.is_some());
        let (Some(recorder), Some(active)) = (&recorder, &active) else {
            continue;
        };
        let label = if recorder.records(active.0) {
            say!("recording-end-it")
        } else {
            say!("recording-record")
        };
        if words.0 != label {
            words.0 = label.to_owned();
        }
    }
}
