//! The visit without a hall: the same training, told on standard error.

mod bars;
mod reading;
mod words;

use std::time::Duration;

use crate::{
    events::EventWriter,
    narrator::Narrator,
    program_error::ProgramError,
    sentence::number,
    signals,
    stream::{Command, Report, RunState, ViewerEnd},
};

use bars::Bars;
pub use reading::{ReadingBar, WorkingLine};

/// How long a trainer that is gone, or a reader of events that is, may go unnoticed.
const PATIENCE: Duration = Duration::from_millis(200);

/// Follows the training to its end.
///
/// `training_lives` says whether the training thread still runs; it is asked a few times a second.
pub fn attend(
    room: &ViewerEnd,
    events: &EventWriter,
    narrator: Box<dyn Narrator>,
    training_lives: impl Fn() -> bool,
) -> Result<(), ProgramError> {
    attend_with(room, events, narrator, 0.0, training_lives)
}

/// The same, while so many snapshots a second are made for whoever keeps the run.
pub fn attend_with(
    room: &ViewerEnd,
    events: &EventWriter,
    narrator: Box<dyn Narrator>,
    snapshots_per_second: f32,
    training_lives: impl Fn() -> bool,
) -> Result<(), ProgramError> {
    // Nobody looks at units here.
    room.ask(Command::SetSnapshotRate { per_second: snapshots_per_second });
    let mut bars = Bars::on_stderr(narrator);
    let mut trained = false;
    loop {
        // Asked before looking, so that what a thread said last is still found.
        let lives = training_lives();
        let report = room.report_within(PATIENCE);
        // Taking one makes room for another.
        drop(room.newest_snapshot());
        if let Some(report) = &report {
            events.report(report);
            bars.tell(report);
            if let Some(ending) = ending(report, &mut trained) {
                return ending;
            }
        } else if !lives {
            return Err(ProgramError::Training(phrase!(
                "terminal-training-ended-without-saying-why"
            )));
        }
        // Whoever listened has heard enough, or the visit is broken off.
        if events.is_broken() || signals::came() {
            return Ok(());
        }
    }
}

/// Follows the training as long as it is worth it, beyond the end of a run.
///
/// `goes_on` is asked a few times a second; whoever reads the events may have heard enough before.
pub fn follow(
    room: &ViewerEnd,
    events: &EventWriter,
    narrator: Box<dyn Narrator>,
    goes_on: impl Fn() -> bool,
) {
    let mut bars = Bars::on_stderr(narrator);
    while goes_on() && !events.is_broken() {
        if let Some(report) = room.report_within(PATIENCE) {
            events.report(&report);
            bars.tell(&report);
        }
    }
    bars.clear();
}

/// Whether a report is the last one, and what it means for the exit code; remembers whether anything was trained, by a
/// step where the beginning was not heard.
fn ending(report: &Report, trained: &mut bool) -> Option<Result<(), ProgramError>> {
    match report {
        Report::Finished(_) => Some(Ok(())),
        Report::Stepped(_) | Report::State { state: RunState::Training, .. } => {
            *trained = true;
            None
        }
        Report::State { state: RunState::Diverged { learning_rate, proposed }, step } => {
            Some(Err(ProgramError::Training(phrase!(
                "terminal-the-loss-is-no-longer",
                step,
                learning_rate = number(*learning_rate),
                proposed = number(*proposed)
            ))))
        }
        // What fails before it is trained could not be done as it was asked.
        Report::State { state: RunState::Failed { reason }, .. } if !*trained => {
            Some(Err(ProgramError::Asked(phrase!("terminal-cannot-be-done", reason))))
        }
        Report::State { state: RunState::Failed { reason }, step } => Some(Err(
            ProgramError::Training(phrase!("terminal-training-failed-at-step", step, reason)),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        narrator::Plain,
        stream::{Content, Finished, Payload, Step, WatchCost, connect},
    };

    use super::*;

    /// What a run of these tests comes to.
    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Came;

    impl Content for Came {
        const KIND: &'static str = "test.came";
    }

    fn finished() -> Report {
        Report::Finished(Finished {
            steps: Step(250),
            verdict: Payload::new(Came),
            examples_per_second: 5000.0,
            seconds: 1.6,
            cost: WatchCost::default(),
        })
    }

    fn state(state: RunState) -> Report {
        Report::State { state, step: Step(3) }
    }

    #[test]
    fn the_end_of_training_is_the_end_of_the_visit() {
        let rows = [
            (vec![state(RunState::Training), finished()], Ok(())),
            (
                vec![state(RunState::Diverged { learning_rate: 1e30, proposed: 1e-3 })],
                Err(
                    "The loss is no longer a finite number at step 3 with learning rate 1e30: start again with a smaller one, such as --learning-rate 0.001.",
                ),
            ),
            (
                vec![
                    state(RunState::Training),
                    state(RunState::Failed { reason: "the batch is gone".into() }),
                ],
                Err("Training failed at step 3: the batch is gone."),
            ),
            (
                vec![state(RunState::Failed { reason: "there is no unit 99".into() })],
                Err("It cannot be done: there is no unit 99."),
            ),
            (
                vec![state(RunState::Training)],
                Err("Training ended without saying why: please report what is written above."),
            ),
        ];
        for (reports, ending) in rows {
            let (room, mut trainer) = connect();
            for report in reports {
                trainer.outbox.post(report);
            }
            drop(trainer);
            let attended = attend(&room, &EventWriter::silent(), Box::<Plain>::default(), || false);
            let said = attended.as_ref().map_err(ToString::to_string);
            assert_eq!(said, ending.as_ref().map_err(|sentence: &&str| (*sentence).to_owned()));
            let code = |sentence: &str| if sentence.starts_with("It cannot") { 2 } else { 1 };
            assert_eq!(attended.err().map(|why| why.exit_code()), ending.err().map(code));
        }
    }

    #[test]
    fn snapshots_are_switched_off() {
        let (room, mut trainer) = connect();
        trainer.outbox.post(finished());
        attend(&room, &EventWriter::silent(), Box::<Plain>::default(), || true).unwrap();
        assert_eq!(
            trainer.look(),
            crate::stream::Waited::Asked(Command::SetSnapshotRate { per_second: 0.0 })
        );
    }
}
