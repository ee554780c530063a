//! Trouble of the run in words: when it diverges or fails, a notice says why and what to do; and where it was saved.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::numbers::rate;
use crate::{
    history::Run,
    stream::{RunId, RunState, SaveReport},
    world::{
        WorldSystems,
        elsewhere::{Elsewhere, Served},
        link::ShownRun,
        ui::{
            notice::{NoLongerSo, Notice, Severity, hang_noticeboard},
            panel::Hanger,
        },
    },
};

/// The noticeboard's size and place in metres, and the distance it is set for: before the title, where nothing is that one
/// works with; the newest notice covers the title alone.
const BOARD_M: Vec2 = vec2(3.6, 1.3);
const BOARD_PLACE_M: Vec3 = vec3(0.0, 3.0, -2.9);
const BOARD_READ_FROM_M: f32 = 4.0;
/// How far it leans forward to the eye below it, in radians.
const BOARD_LEAN: f32 = 0.3;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, hang_board)
        .add_systems(Update, post_trouble.in_set(WorldSystems::Show));
}

fn hang_board(mut hanger: Hanger) {
    let board = hang_noticeboard(&mut hanger, BOARD_M, BOARD_READ_FROM_M);
    hanger.commands.entity(board).insert(
        Transform::from_translation(BOARD_PLACE_M).with_rotation(Quat::from_rotation_x(BOARD_LEAN)),
    );
}

pub(super) fn post_trouble(
    run: Res<ShownRun>,
    elsewhere: Option<Res<Elsewhere>>,
    served: Option<Res<Served>>,
    mut last: Local<(Option<RunId>, &'static str)>,
    mut saves: Local<usize>,
    mut posted: Local<Option<Notice>>,
    mut notices: MessageWriter<Notice>,
    mut no_longer: MessageWriter<NoLongerSo>,
) {
    let now = (run.0.started().map(|started| started.run), run.0.state().word());
    if last.0 == now.0 {
        // Whoever comes back to a run has read of its files.
        notices.write_batch(run.0.saved().iter().skip(*saves).filter_map(saved));
    }
    *saves = run.0.saved().len();
    if *last == now {
        return;
    }
    *last = now;
    no_longer.write_batch(posted.take().map(NoLongerSo));
    *posted = if Served::is_cut_off(served.as_deref()) {
        cut_off(&run.0)
    } else if elsewhere.is_some() {
        trouble_elsewhere(&run.0)
    } else {
        trouble(&run.0)
    };
    notices.write_batch(posted.clone());
}

/// What there is to say about the run, if it is in trouble.
fn trouble(run: &Run) -> Option<Notice> {
    match run.state() {
        RunState::Diverged { learning_rate, proposed } => Some(Notice {
            severity: Severity::Amber,
            text: phrase!(
                "desk-the-training-diverged-at-step",
                step = HumanCount(run.step().0).to_string(),
                learning_rate = rate(*learning_rate),
                proposed = rate(*proposed)
            ),
        }),
        RunState::Failed { reason } => Some(Notice {
            severity: Severity::Red,
            text: phrase!("desk-the-training-failed-restart-it", reason),
        }),
        _ => None,
    }
}

/// The same of a training in another program, which is begun again there.
fn trouble_elsewhere(run: &Run) -> Option<Notice> {
    let text = match run.state() {
        RunState::Diverged { proposed, .. } => phrase!(
            "attach-the-training-diverged",
            step = HumanCount(run.step().0).to_string(),
            proposed = rate(*proposed)
        ),
        RunState::Failed { reason } => phrase!("attach-the-training-failed", reason),
        _ => return None,
    };
    Some(Notice { severity: Severity::Amber, text })
}

/// The same of a training that is served elsewhere, when the line to it is cut: nothing has failed there, for all that is known.
fn cut_off(run: &Run) -> Option<Notice> {
    let RunState::Failed { reason } = run.state() else { return trouble(run) };
    Some(Notice { severity: Severity::Amber, text: phrase!("attach-the-line-is-cut", reason) })
}

/// What there is to say of a run that was written down or could not be.
fn saved(SaveReport { step, said, asked }: &SaveReport) -> Option<Notice> {
    let step = HumanCount(step.0).to_string();
    match said {
        Ok(place) if *asked => Some(Notice {
            severity: Severity::Info,
            text: phrase!("desk-saved-as-after-step", place, step),
        }),
        Ok(_) => None,
        Err(why) => Some(Notice {
            severity: Severity::Amber,
            text: phrase!("desk-not-saved-after-step", step, why),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Report, Step};

    #[test]
    fn only_trouble_is_posted_and_says_what_to_do() {
        let mut run = Run::new(0);
        assert_eq!(trouble(&run), None);
        run.take(Report::State {
            state: RunState::Diverged { learning_rate: 0.5, proposed: 0.001 },
            step: Step(1200),
        });
        let notice = trouble(&run).unwrap();
        assert_eq!(notice.severity, Severity::Amber);
        assert!(notice.text.contains("step 1,200") && notice.text.contains("0.5"));
        assert!(notice.text.contains("with 0.001."), "{}", notice.text);
        run.take(Report::State {
            state: RunState::Failed { reason: "no memory".into() },
            step: Step(1200),
        });
        let notice = trouble(&run).unwrap();
        assert_eq!(notice.severity, Severity::Red);
        assert!(notice.text.contains("no memory"));
    }

    #[test]
    fn a_training_that_is_served_elsewhere_has_not_failed_because_the_line_is_cut() {
        let mut run = Run::new(0);
        assert_eq!(cut_off(&run), None);
        let reason = "the service was stopped where it runs".into();
        run.take(Report::State { state: RunState::Failed { reason }, step: Step(7) });
        let notice = cut_off(&run).unwrap();
        assert!(notice.text.contains("the service was stopped"), "{}", notice.text);
        assert!(!notice.text.contains("failed"), "{}", notice.text);
    }

    #[test]
    fn a_training_elsewhere_is_begun_again_where_it_runs() {
        let mut run = Run::new(0);
        assert_eq!(trouble_elsewhere(&run), None);
        let reason = "it has gone".into();
        run.take(Report::State { state: RunState::Failed { reason }, step: Step(7) });
        let notice = trouble_elsewhere(&run).unwrap();
        assert!(notice.text.contains("it has gone") && notice.text.contains("script"));
        assert!(!notice.text.contains("desk"), "{}", notice.text);
    }

    #[test]
    fn a_file_that_was_asked_for_and_one_that_failed_are_told() {
        let saved = |said, asked| saved(&SaveReport { step: Step(1200), said, asked });
        let place = || Ok("mine.onnx".into());
        assert_eq!(saved(place(), false), None);
        assert_eq!(saved(place(), true).unwrap().text, "Saved as mine.onnx, after step 1,200.");
        let full = saved(Err("no room".into()), false).unwrap();
        assert_eq!(full.severity, Severity::Amber);
        assert_eq!(full.text, "Not saved after step 1,200: no room.");
    }
}
