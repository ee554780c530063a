//! A recording in the hall: the timeline reaches to its end, wherever one goes the file is asked for the nearest picture, and
//! what only a trainer could do is answered in words.

use bevy::prelude::*;

use super::{
    link::{Ask, LinkSystems, ShownRun, ShownSnapshot},
    timeline::Timeline,
    ui::notice::{Notice, Severity},
};
use crate::{
    history::Run,
    stream::{Command, InputChoice, Step},
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (seek, refuse).chain().in_set(LinkSystems::Replay).run_if(resource_exists::<Replayed>),
    );
}

/// What is known of the recording that takes the trainer's place; a hall without it shows a run that is trained now.
#[derive(Resource, Clone, Debug, Default)]
pub struct Replayed {
    /// The last step of each run, by the run's number in its session.
    pub ends: Vec<(u32, Step)>,
}

/// Has a hall show a recording.
pub fn show(app: &mut App, replayed: Replayed) {
    app.insert_resource(replayed);
}

impl Replayed {
    /// The last step of the run that is shown.
    pub fn end_of(&self, run: &Run) -> Step {
        let number = run.started().map(|started| started.run.number);
        let end = self.ends.iter().rev().find(|(of, _)| Some(*of) == number);
        end.map_or(run.step(), |(_, last)| run.step().max(*last))
    }
}

/// Asks the file for the step that the visitor went to; to one that was not told yet the whole run goes on.
fn seek(
    run: Res<ShownRun>,
    mut timeline: ResMut<Timeline>,
    mut sought: Local<Option<Step>>,
    mut asks: MessageWriter<Ask>,
) {
    let to = timeline.scrubbed_to();
    if *sought == to {
        return;
    }
    *sought = to;
    let Some(step) = to else {
        return;
    };
    asks.write(Ask(Command::Seek { step }));
    if step > run.0.step() {
        timeline.go_live();
        *sought = None;
    }
}

/// Says why nothing happens.
fn refuse(
    mut asks: MessageReader<Ask>,
    replayed: Res<Replayed>,
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    mut watched: Local<Option<InputChoice>>,
    mut notices: MessageWriter<Notice>,
) {
    let mut why = None;
    for Ask(command) in asks.read() {
        why = match command {
            Command::Resume | Command::Advance { .. } if is_at_end(&run.0, &replayed) => {
                Some(phrase!("recording-ends-here"))
            }
            Command::SetLearningRate(_) | Command::Change(_) | Command::Edit(_) => {
                Some(phrase!("recording-cannot-be-changed"))
            }
            Command::Restart { seed, learning_rate } => {
                let same = run.0.started().is_some_and(|started| started.seed == *seed);
                (!same || learning_rate.is_some()).then_some(phrase!("recording-cannot-be-changed"))
            }
            Command::Watch(input) => {
                // What a view looks at first nobody has chosen.
                let chosen = watched.replace(input.clone()).is_some_and(|before| before != *input);
                let recorded = shown.get().is_some_and(|shown| shown.input == *input);
                (chosen && !recorded).then_some(phrase!("recording-answers-what-was-asked"))
            }
            _ => continue,
        };
    }
    if let Some(why) = why {
        notices.write(Notice { severity: Severity::Info, text: why });
    }
}

fn is_at_end(run: &Run, replayed: &Replayed) -> bool {
    run.step() > Step(0) && run.step() >= replayed.end_of(run)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, RunState, Started};

    fn hall(told: u64) -> App {
        let mut run = Run::new(0);
        run.take(Report::Started(Started::example()));
        run.take(Report::State { state: RunState::Training, step: Step(told) });
        let mut app = App::new();
        app.insert_resource(ShownRun(run))
            .init_resource::<ShownSnapshot>()
            .init_resource::<Timeline>()
            .insert_resource(Replayed { ends: vec![(0, Step(500))] })
            .add_message::<Ask>()
            .add_message::<Notice>()
            .add_systems(Update, (seek, refuse).chain());
        app
    }

    fn asked(app: &mut App) -> Vec<Command> {
        app.update();
        let mut asks = app.world_mut().resource_mut::<Messages<Ask>>();
        asks.drain().map(|ask| ask.0).collect()
    }

    fn said(app: &mut App, command: Command) -> bool {
        app.world_mut().write_message(Ask(command));
        app.update();
        app.world_mut().resource_mut::<Messages<Notice>>().drain().count() == 1
    }

    #[test]
    fn a_step_that_was_told_is_asked_for_once_and_one_ahead_is_gone_to() {
        let mut app = hall(100);
        assert!(asked(&mut app).is_empty());
        app.world_mut().resource_mut::<Timeline>().scrub(Step(40));
        assert_eq!(asked(&mut app), [Command::Seek { step: Step(40) }]);
        assert!(asked(&mut app).is_empty(), "it is asked once");
        assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), Some(Step(40)));
        app.world_mut().resource_mut::<Timeline>().scrub(Step(400));
        assert_eq!(asked(&mut app), [Command::Seek { step: Step(400) }]);
        assert_eq!(app.world().resource::<Timeline>().scrubbed_to(), None);
        let run = &app.world().resource::<ShownRun>().0;
        assert_eq!(app.world().resource::<Replayed>().end_of(run), Step(500));
    }

    #[test]
    fn what_needs_a_trainer_is_answered_in_words() {
        let mut app = hall(100);
        assert!(said(&mut app, Command::SetLearningRate(0.1)));
        assert!(said(&mut app, Command::Restart { seed: 43, learning_rate: None }));
        assert!(!said(&mut app, Command::Restart { seed: 42, learning_rate: None }));
        assert!(!said(&mut app, Command::Pause));
        assert!(!said(&mut app, Command::Resume));
        assert!(said(&mut hall(500), Command::Resume));
        assert!(!said(&mut app, Command::Watch(InputChoice::Test(0))), "nobody has chosen it");
        assert!(said(&mut app, Command::Watch(InputChoice::Test(7))));
    }
}
