//! Trouble of the run in words: when it diverges or fails, a notice says why and what to do.

use bevy::prelude::*;
use indicatif::HumanCount;

use super::numbers::rate;
use crate::{
    history::Run,
    stream::{RunId, RunState},
    world::{
        WorldSystems,
        link::ShownRun,
        ui::{
            notice::{Notice, Severity, hang_noticeboard},
            panel::Hanger,
        },
    },
};

/// The noticeboard's size and place in metres, and the distance it is set for: above the desk, before the exhibit.
const BOARD_M: Vec2 = vec2(2.1, 0.8);
const BOARD_PLACE_M: Vec3 = vec3(0.0, 1.55, -1.6);
const BOARD_READ_FROM_M: f32 = 2.1;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, hang_board)
        .add_systems(Update, post_trouble.in_set(WorldSystems::Show));
}

fn hang_board(mut hanger: Hanger) {
    let board = hang_noticeboard(&mut hanger, BOARD_M, BOARD_READ_FROM_M);
    hanger.commands.entity(board).insert(Transform::from_translation(BOARD_PLACE_M));
}

pub(super) fn post_trouble(
    run: Res<ShownRun>,
    mut last: Local<(Option<RunId>, &'static str)>,
    mut notices: MessageWriter<Notice>,
) {
    let now = (run.0.started().map(|started| started.run), run.0.state().word());
    if *last == now {
        return;
    }
    *last = now;
    notices.write_batch(trouble(&run.0));
}

/// What there is to say about the run, if it is in trouble.
fn trouble(run: &Run) -> Option<Notice> {
    match run.state() {
        RunState::Diverged { learning_rate, proposed } => Some(Notice {
            severity: Severity::Amber,
            text: format!(
                "The training diverged at step {} with learning rate {}. Restart it on the desk with {}.",
                HumanCount(run.step().0),
                rate(*learning_rate),
                rate(*proposed)
            ),
        }),
        RunState::Failed { reason } => Some(Notice {
            severity: Severity::Red,
            text: format!("The training failed: {reason}. Restart it on the desk."),
        }),
        _ => None,
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
        assert!(notice.text.ends_with("with 0.001."), "{}", notice.text);
        run.take(Report::State {
            state: RunState::Failed { reason: "no memory".into() },
            step: Step(1200),
        });
        let notice = trouble(&run).unwrap();
        assert_eq!(notice.severity, Severity::Red);
        assert!(notice.text.contains("no memory"));
    }
}
