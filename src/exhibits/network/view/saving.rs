//! A button that writes the run down where its visitor has named a file, and notices of where it is or why not.

use bevy::prelude::*;

use crate::{
    exhibits::network::{SAVED_AS, view::ON_STAGE},
    history::Run,
    stream::{Command, RunId, SaveReport},
    world::{
        WorldSystems,
        link::{Ask, ShownRun},
        ui::{
            controls::{self, Activate, ButtonKind, button},
            notice::{Notice, Severity},
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, (offer, tell).in_set(WorldSystems::Show).in_set(ON_STAGE));
}

#[derive(Component)]
struct SaveButton;

/// The button, out of sight until there is a file.
pub(super) fn spawn(line: &mut ChildSpawnerCommands) {
    line.spawn((button("network-save", "Save", ButtonKind::Small), SaveButton)).observe(
        |_: On<Activate>, mut asks: MessageWriter<Ask>| {
            asks.write(Ask(Command::Save));
        },
    );
}

/// Whether the run has a file to be saved as.
fn is_kept(run: &Run) -> bool {
    run.stages().iter().any(|stage| stage.facts.iter().any(|fact| fact.name == SAVED_AS))
}

fn offer(run: Res<ShownRun>, mut buttons: Query<&mut Node, With<SaveButton>>) {
    for mut node in &mut buttons {
        controls::show(&mut node, is_kept(&run.0));
    }
}

/// Says what became of each request, and of whatever failed.
fn tell(
    run: Res<ShownRun>,
    mut told: Local<(Option<RunId>, usize)>,
    mut notices: MessageWriter<Notice>,
) {
    let now = run.0.started().map(|started| started.run);
    if told.0 != now {
        *told = (now, 0);
    }
    let news = run.0.saved().get(told.1..).unwrap_or_default();
    notices.write_batch(news.iter().filter_map(notice));
    told.1 = run.0.saved().len();
}

fn notice(SaveReport { step, said, asked }: &SaveReport) -> Option<Notice> {
    match said {
        Ok(place) if *asked => Some(Notice {
            severity: Severity::Info,
            text: format!("Saved as {place}, after step {step}."),
        }),
        Ok(_) => None,
        Err(why) => Some(Notice {
            severity: Severity::Amber,
            text: format!("Not saved after step {step}: {why}."),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Fact, Report, Stage, StageReport, Step};

    #[test]
    fn only_a_run_with_a_file_is_saved_and_only_news_are_told() {
        let mut run = Run::new(0);
        assert!(!is_kept(&run));
        let facts = vec![Fact { name: SAVED_AS, value: "mine.onnx".to_owned() }];
        run.take(Report::Stage(StageReport { stage: Stage::Initialise, done: true, facts }));
        assert!(is_kept(&run));
        let saved = |said, asked| notice(&SaveReport { step: Step(12), said, asked });
        let place = || Ok("mine.onnx".to_owned());
        assert_eq!(saved(place(), false), None);
        assert_eq!(saved(place(), true).unwrap().text, "Saved as mine.onnx, after step 12.");
        let full = saved(Err("no room".to_owned()), false).unwrap();
        assert_eq!(full.severity, Severity::Amber);
        assert_eq!(full.text, "Not saved after step 12: no room.");
    }
}
