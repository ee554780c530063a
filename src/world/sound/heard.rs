//! What sounds: a press of a control, an epoch that has ended, a training that is in trouble, each with its place and in
//! words.

use bevy::{ecs::system::SystemParam, prelude::*, ui::ComputedUiTargetCamera};

use super::{SoundChoice, sounds::Sound};
use crate::{
    history::Run,
    stream::{ExhibitId, RunId, RunState},
    words::Phrase,
    world::{
        exhibit_sessions::ExhibitSessions,
        link::ShownRun,
        stage::{
            ActiveExhibit, ExhibitList, Exhibited,
            plan::{EYE_HEIGHT_M, PLINTH_HEIGHT_M, RING_RADIUS_M, facing_middle, ring},
        },
        ui::{
            controls::{Activate, ControlText, ValueChange},
            panel::Panel,
        },
    },
};

/// Something that sounds, what is said of it, and where it is in the hall; nowhere in particular, if it is everywhere.
#[derive(Message, Clone, Debug, PartialEq)]
pub(super) struct Heard {
    pub(super) sound: Sound,
    pub(super) at: Option<Vec3>,
    pub(super) words: String,
}

/// What says that a control was pressed.
#[derive(SystemParam)]
pub(super) struct Presses<'w, 's> {
    choice: Res<'w, SoundChoice>,
    labels: Query<'w, 's, &'static ControlText>,
    pages: Query<'w, 's, &'static ComputedUiTargetCamera>,
    panels: Query<'w, 's, (&'static Panel, &'static GlobalTransform)>,
    heard: MessageWriter<'w, Heard>,
}

impl Presses<'_, '_> {
    fn tell(&mut self, control: Entity) {
        let (true, Ok(label)) = (self.choice.is_told(), self.labels.get(control)) else {
            return;
        };
        let page = self.pages.get(control).ok().and_then(ComputedUiTargetCamera::get);
        let panel = self.panels.iter().find(|(panel, _)| Some(panel.camera) == page);
        self.heard.write(Heard {
            sound: Sound::Press,
            at: panel.map(|(_, place)| place.translation()),
            words: say!("sound-pressed", button = label.0),
        });
    }
}

pub(super) fn hear_buttons(press: On<Activate>, mut presses: Presses) {
    presses.tell(press.entity);
}

pub(super) fn hear_switches(change: On<ValueChange<bool>>, mut presses: Presses) {
    presses.tell(change.source);
}

/// What was known of a run when it was looked at last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Known {
    run: Option<RunId>,
    epochs: usize,
    in_trouble: bool,
}

/// What has become of a run that one should hear.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum News<'a> {
    EpochEnded(u32),
    Diverged,
    Failed(&'a Phrase),
}

impl Known {
    /// Knows a run as it is now, and tells what is new of it.
    ///
    /// Epochs of one step are steps, and those of a run that is new are known with it.
    fn look<'a>(&mut self, run: &'a Run) -> Option<News<'a>> {
        let (state, started) = (run.state(), run.started());
        let in_trouble = matches!(state, RunState::Diverged { .. } | RunState::Failed { .. });
        let id = started.map(|started| started.run);
        let now = Self { run: id, epochs: run.epochs().len(), in_trouble };
        let before = std::mem::replace(self, now);
        let same = before.run == now.run;
        match state {
            RunState::Diverged { .. } if !(same && before.in_trouble) => Some(News::Diverged),
            RunState::Failed { reason } if !(same && before.in_trouble) => {
                Some(News::Failed(reason))
            }
            _ if same && before.epochs < now.epochs => {
                started.filter(|started| started.in_epochs && started.steps_per_epoch > 1)?;
                run.epochs().last().map(|epoch| News::EpochEnded(epoch.epoch))
            }
            _ => None,
        }
    }
}

impl News<'_> {
    fn heard(self, title: &str, at: Option<Vec3>) -> Heard {
        let (sound, words) = match self {
            Self::EpochEnded(epoch) => {
                (Sound::EpochEnded, say!("sound-epoch-finished", epoch, title))
            }
            Self::Diverged => (Sound::Alarm, say!("sound-training-diverged", title)),
            Self::Failed(reason) => (Sound::Alarm, say!("sound-training-failed", title, reason)),
        };
        Heard { sound, at, words }
    }
}

/// The runs of the hall, on the stage and beside it, with where each is.
#[derive(SystemParam)]
pub(super) struct Runs<'w, 's> {
    shown: Option<Res<'w, ShownRun>>,
    resting: Option<Res<'w, ExhibitSessions>>,
    on_stage: Option<Res<'w, ActiveExhibit>>,
    listed: Option<Res<'w, ExhibitList>>,
    stages: Query<'w, 's, (&'static Exhibited, &'static GlobalTransform)>,
}

impl Runs<'_, '_> {
    fn all(&self) -> impl Iterator<Item = (ExhibitId, &Run)> {
        let on_stage = self.on_stage.as_ref().zip(self.shown.as_ref());
        let resting = self.resting.as_ref();
        on_stage
            .map(|(exhibit, run)| (exhibit.0, &run.0))
            .into_iter()
            .chain(resting.into_iter().flat_map(|sessions| sessions.resting_runs()))
    }

    fn title(&self, exhibit: ExhibitId) -> &'static str {
        let mut listed = self.listed.iter().flat_map(|listed| &listed.0);
        let placed = listed.find(|placed| placed.exhibit == exhibit);
        placed.map_or_else(|| exhibit.name(), |placed| placed.plinth.title.text())
    }

    /// The stage, wherever it was carried, or the plinth that the exhibit waits on.
    fn place(&self, exhibit: ExhibitId) -> Option<Vec3> {
        if self.on_stage.as_ref().is_some_and(|on_stage| on_stage.0 == exhibit) {
            let mut stages = self.stages.iter();
            let (_, stage) = stages.find(|(exhibited, _)| exhibited.0 == exhibit)?;
            return Some(stage.transform_point(vec3(0.0, EYE_HEIGHT_M, -RING_RADIUS_M)));
        }
        let listed = &self.listed.as_ref()?.0;
        let place = listed.iter().position(|placed| placed.exhibit == exhibit)?;
        let (bearings, radius) = ring(listed.len());
        let bearing = bearings.get(place)?;
        Some(facing_middle(*bearing, radius, PLINTH_HEIGHT_M).translation)
    }
}

/// Hears of epochs and of trouble, of every run that there is.
pub(super) fn hear_runs(
    runs: Runs,
    choice: Res<SoundChoice>,
    mut known: Local<Vec<(ExhibitId, Known)>>,
    mut heard: MessageWriter<Heard>,
) {
    for (exhibit, run) in runs.all() {
        let place = known.iter().position(|(of, _)| *of == exhibit).unwrap_or_else(|| {
            known.push((exhibit, Known::default()));
            known.len() - 1
        });
        let news = known.get_mut(place).and_then(|(_, known)| known.look(run));
        if let Some(news) = news.filter(|_| choice.is_told()) {
            heard.write(news.heard(runs.title(exhibit), runs.place(exhibit)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        stream::{EpochReport, MetricValues, Report, Started, Step},
        world::stage::Placed,
    };

    const DIGITS: ExhibitId = ExhibitId::new("digits");
    const FILMS: ExhibitId = ExhibitId::new("films");

    fn epoch(epoch: u32) -> Report {
        Report::EpochEnded(EpochReport {
            epoch,
            step: Step(250 * u64::from(epoch)),
            train: MetricValues::default(),
            examples_per_second: 0.0,
            test: None,
        })
    }

    fn failed() -> Report {
        let state = RunState::Failed { reason: "no memory".into() };
        Report::State { state, step: Step(9) }
    }

    #[test]
    fn an_epoch_is_heard_when_it_ends_and_trouble_when_it_comes() {
        let (mut run, mut known) = (Run::new(0), Known::default());
        assert_eq!(known.look(&run), None);
        run.take(Report::Started(Started::example()));
        assert_eq!(known.look(&run), None);
        run.take(epoch(1));
        run.take(epoch(2));
        assert_eq!(known.look(&run), Some(News::EpochEnded(2)));
        assert_eq!(known.look(&run), None);
        run.take(failed());
        assert_eq!(known.look(&run), Some(News::Failed(&"no memory".into())));
        assert_eq!(known.look(&run), None);
        // Begun again, it is in trouble once more.
        let again = Started { run: RunId::default().next(), ..Started::example() };
        run.take(Report::Started(again));
        assert_eq!(known.look(&run), None);
        let state = RunState::Diverged { learning_rate: 1.0, proposed: 0.1 };
        run.take(Report::State { state, step: Step(3) });
        assert_eq!(known.look(&run), Some(News::Diverged));
    }

    #[test]
    fn epochs_of_one_step_are_steps() {
        let (mut run, mut known) = (Run::new(0), Known::default());
        run.take(Report::Started(Started { steps_per_epoch: 1, ..Started::example() }));
        assert_eq!(known.look(&run), None);
        run.take(epoch(1));
        assert_eq!(known.look(&run), None);
    }

    /// A hall with an exhibit on the stage and another that is listed.
    fn hall(choice: SoundChoice) -> App {
        let mut app = App::new();
        let placed = |exhibit, title| Placed::silent(exhibit, title);
        app.add_message::<Heard>()
            .insert_resource(choice)
            .insert_resource(ShownRun(Run::new(0)))
            .insert_resource(ActiveExhibit(DIGITS))
            .insert_resource(ExhibitList(vec![placed(DIGITS, "Digits"), placed(FILMS, "Films")]))
            .add_observer(hear_buttons)
            .add_systems(Update, hear_runs);
        let carried = Transform::from_xyz(1.0, 0.0, 0.0);
        app.world_mut().spawn((Exhibited(DIGITS), GlobalTransform::from(carried)));
        app
    }

    fn heard(app: &mut App) -> Vec<Heard> {
        app.update();
        app.world_mut().resource_mut::<Messages<Heard>>().drain().collect()
    }

    #[test]
    fn what_is_heard_comes_from_the_stage_with_the_exhibits_name() {
        let mut app = hall(SoundChoice { on: true, captions: false });
        let take = |app: &mut App, report| {
            app.world_mut().resource_mut::<ShownRun>().0.take(report);
        };
        take(&mut app, Report::Started(Started::example()));
        assert_eq!(heard(&mut app), []);
        take(&mut app, epoch(1));
        let at = Some(vec3(1.0, EYE_HEIGHT_M, -RING_RADIUS_M));
        let words = "Epoch 1 finished: Digits".to_owned();
        assert_eq!(heard(&mut app), [Heard { sound: Sound::EpochEnded, at, words }]);
        take(&mut app, failed());
        let alarm = heard(&mut app);
        assert_eq!(alarm.len(), 1);
        assert_eq!((alarm[0].sound, alarm[0].at), (Sound::Alarm, at));
        assert!(alarm[0].words.contains("Digits") && alarm[0].words.contains("no memory"));
    }

    #[test]
    fn an_exhibit_that_waits_is_heard_from_its_plinth() {
        let mut app = hall(SoundChoice::default());
        let place = app.world_mut().run_system_cached(|runs: Runs| runs.place(FILMS)).unwrap();
        let (bearings, radius) = ring(2);
        let plinth = facing_middle(bearings[1], radius, PLINTH_HEIGHT_M);
        assert_eq!(place, Some(plinth.translation));
    }

    #[test]
    fn a_press_is_told_by_its_label_and_only_where_sound_or_captions_are_wanted() {
        for (on, captions) in [(false, false), (true, false), (false, true)] {
            let mut app = hall(SoundChoice { on, captions });
            let button = app.world_mut().spawn(ControlText("Pause".to_owned())).id();
            app.world_mut().trigger(Activate { entity: button });
            let heard = heard(&mut app);
            assert_eq!(heard.len(), usize::from(on || captions));
            assert!(heard.iter().all(|heard| heard.words == "Pressed: Pause"));
        }
    }
}
