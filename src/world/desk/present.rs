//! What is asked of the trainer acts on the present, so a visitor who asks for it while the past is shown is taken back to
//! the present: otherwise something would happen that nobody sees.
//!
//! Only three things leave the past on show: a pause, which changes nothing that is seen and which the desk tells as of now;
//! a file that is written, whose notice names its step; and another input, as long as the network of the shown step is
//! asked it anew, or the answer is told as that of now.

use bevy::prelude::*;

use crate::{
    stream::{Command, InputChoice},
    world::{
        WorldSystems,
        hall_events::HallListener,
        link::{Ask, LinkSystems, ShownSnapshot},
        stage::ActiveExhibit,
        timeline::{Timeline, travel},
    },
};

/// So many frames an answer to another input may take before the past is left for it.
const PATIENCE_FRAMES: u32 = 20;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (
            return_to_present.in_set(LinkSystems::Send),
            leave_where_nothing_answers.in_set(WorldSystems::Receive).after(LinkSystems::Hear),
        ),
    );
}

/// Where a command leaves a visitor who looks at the past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Leads {
    /// It is seen, or told, where they are.
    Nowhere,
    ToThePresent,
    /// There, unless the past itself can answer.
    Perhaps,
}

const fn leads(command: &Command) -> Leads {
    match command {
        Command::Advance { .. }
        | Command::Resume
        | Command::LimitSpeed { .. }
        | Command::SetLearningRate(_)
        | Command::Restart { .. }
        | Command::Change(_)
        | Command::Edit(_) => Leads::ToThePresent,
        Command::Watch(_) => Leads::Perhaps,
        Command::Pause
        | Command::Save
        | Command::Seek { .. }
        | Command::Stop
        | Command::Subscribe(_)
        | Command::SetSnapshotRate { .. } => Leads::Nowhere,
    }
}

/// Goes back to the present with the first request that acts on it.
fn return_to_present(
    mut asks: MessageReader<Ask>,
    mut timeline: ResMut<Timeline>,
    told: Option<ResMut<HallListener>>,
) {
    let acts = asks.read().filter(|Ask(command)| leads(command) == Leads::ToThePresent).count() > 0;
    if acts {
        travel(None, &mut timeline, told);
    }
}

/// Another input that was asked for while the past is shown, and for how many frames more it may stay without an answer.
#[derive(Debug, Default)]
struct Awaited(Option<(InputChoice, u32)>);

/// Leaves the past for another input that the network of the shown step cannot be asked, and that nobody answers beside it.
fn leave_where_nothing_answers(
    mut asks: MessageReader<Ask>,
    shown: Res<ShownSnapshot>,
    playing: Option<Res<ActiveExhibit>>,
    mut awaited: Local<Awaited>,
    mut timeline: ResMut<Timeline>,
    told: Option<ResMut<HallListener>>,
) {
    for Ask(command) in asks.read() {
        if let Command::Watch(input) = command {
            awaited.0 = Some((input.clone(), PATIENCE_FRAMES));
        }
    }
    if playing.is_some_and(|playing| playing.is_changed()) {
        // Another session has its own place in time.
        awaited.0 = None;
    }
    let Some((input, frames)) = &mut awaited.0 else {
        return;
    };
    if timeline.scrubbed_to().is_none() || shown.shows(input) {
        awaited.0 = None;
    } else if *frames > 0 {
        *frames -= 1;
    } else {
        awaited.0 = None;
        travel(None, &mut timeline, told);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        stream::{Content, ExhibitId, LayerId, Payload, Snapshot, Step, Subscription},
        world::harness::answered,
    };

    #[derive(Debug, serde::Serialize, serde::Deserialize)]
    struct Nothing;

    impl Content for Nothing {
        const KIND: &'static str = "test.present";
    }

    /// A hall that shows step 368 of a run.
    fn past() -> App {
        let mut app = App::new();
        let mut timeline = Timeline::default();
        timeline.scrub(Step(368));
        app.add_message::<Ask>()
            .insert_resource(timeline)
            .insert_resource(ShownSnapshot::of(picture(InputChoice::Test(3))))
            .add_systems(Update, (return_to_present, leave_where_nothing_answers).chain());
        app
    }

    fn picture(input: InputChoice) -> Snapshot {
        Snapshot { input, ..answered(368, Nothing) }
    }

    fn is_past_after(app: &mut App, command: Command, frames: u32) -> bool {
        app.world_mut().write_message(Ask(command));
        for _ in 0..frames {
            app.update();
        }
        app.world().resource::<Timeline>().scrubbed_to().is_some()
    }

    #[test]
    fn what_acts_on_the_present_leads_there() {
        for command in [
            Command::Advance { steps: 1 },
            Command::Resume,
            Command::LimitSpeed { steps_per_second: Some(2.0) },
            Command::SetLearningRate(0.1),
            Command::Restart { seed: 43, learning_rate: None },
            Command::Change(Payload::new(Nothing)),
            Command::Edit(Payload::new(Nothing)),
        ] {
            assert!(!is_past_after(&mut past(), command.clone(), 1), "{command:?}");
        }
    }

    #[test]
    fn what_changes_nothing_that_is_seen_leaves_the_past_on_show() {
        let seen = Subscription::whole(LayerId::new("test"), 1.0);
        for command in [
            Command::Pause,
            Command::Save,
            Command::Subscribe(vec![seen]),
            Command::SetSnapshotRate { per_second: 30.0 },
        ] {
            let frames = 2 * PATIENCE_FRAMES;
            assert!(is_past_after(&mut past(), command.clone(), frames), "{command:?}");
        }
    }

    #[test]
    fn another_input_leads_to_the_present_unless_the_past_is_asked_it() {
        let mut elsewhere = past();
        elsewhere.insert_resource(ActiveExhibit(ExhibitId::new("films")));
        let other = || Command::Watch(InputChoice::Test(5));
        let frames = 2 * PATIENCE_FRAMES;
        assert!(is_past_after(&mut elsewhere, other(), frames), "another exhibit has its own time");
        let mut app = past();
        assert!(is_past_after(&mut app, other(), PATIENCE_FRAMES), "an answer may take a while");
        app.insert_resource(ShownSnapshot::of(picture(InputChoice::Test(5))));
        app.update();
        app.update();
        assert!(app.world().resource::<Timeline>().scrubbed_to().is_some(), "it was asked anew");
        app.insert_resource(ShownSnapshot::of(picture(InputChoice::Test(3))));
        assert!(!is_past_after(&mut app, other(), PATIENCE_FRAMES + 2), "nobody answered");
    }
}
