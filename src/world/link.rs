//! The hall's end of the stream: reports and snapshots go into the run, requests go to the trainer.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::{prelude::*, window::ExitSystems};

use super::{
    WorldSystems,
    hall_events::{HallEvent, HallListener},
    inspect::forward,
    timeline::Timeline,
};
use crate::{
    history::Run,
    stream::{
        Command, Content, InputChoice, LayerId, LayerValues, Payload, QueryId, Reply, Report,
        RunId, Snapshot, Step, ViewerEnd,
    },
};

/// Reports taken in one frame, so that a backlog cannot hold up the picture; more than the channel
/// holds, as a slow picture must not fall behind a thousand steps a second.
const REPORTS_PER_FRAME: usize = 4096;
/// How long one waits for the trainer's last words when the hall closes.
const FAREWELL: Duration = Duration::from_millis(800);

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<ShownSnapshot>()
        .init_resource::<AskedPixels>()
        .add_message::<Ask>()
        .configure_sets(
            Update,
            (LinkSystems::Send, LinkSystems::Turn, LinkSystems::Hear)
                .chain()
                .in_set(WorldSystems::Receive),
        )
        .add_systems(Update, send_requests.in_set(LinkSystems::Send))
        .add_systems(Update, (receive, choose_shown).chain().in_set(LinkSystems::Hear))
        // A closed window is turned into the wish to leave in this very schedule.
        .add_systems(Last, say_goodbye.after(ExitSystems));
}

/// The speed limit that the run is held to, in steps per second; none is as fast as the machine can.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub struct SpeedLimit(pub Option<f32>);

/// The order in which a frame listens to trainers.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum LinkSystems {
    /// Requests go to the trainer that is heard now.
    Send,
    /// Another trainer may take its place.
    Turn,
    /// What the trainer says is heard.
    Hear,
}

/// A request to the trainer; anything in the hall may write one.
#[derive(Message, Clone, Debug)]
pub struct Ask(pub Command);

/// The open line to the trainer; dropping it ends the run.
#[derive(Resource)]
pub struct Link {
    end: ViewerEnd,
    /// What the model was asked last.
    asked: Option<InputChoice>,
    /// The question under way, if it is one that is answered in words.
    open: Option<QueryId>,
    /// The last answer.
    answered: Option<Answered>,
    /// Whether the picture that is shown was made for another question.
    misses: bool,
}

impl Link {
    /// Takes the room's end.
    pub fn new(end: ViewerEnd) -> Self {
        Self { end, asked: None, open: None, answered: None, misses: false }
    }

    /// Remembers what the model is asked, and asks it at once where a picture may be long in coming.
    fn watch(&mut self, input: &InputChoice) {
        self.asked = Some(input.clone());
        self.query();
    }

    fn query(&mut self) {
        if let Some(InputChoice::Other(about)) = &self.asked {
            self.open = self.end.query(about.clone());
        }
    }

    /// Hears answers; one to an earlier question is no longer wanted.
    fn hear_answers(&mut self) {
        while let Some(Reply { id, run, step, said }) = self.end.reply() {
            let Some(InputChoice::Other(about)) =
                self.asked.as_ref().filter(|_| self.open == Some(id))
            else {
                continue;
            };
            match said {
                Ok(said) => {
                    self.answered = Some(Answered { about: about.clone(), run, step, said });
                }
                Err(why) => warn!("a question cannot be answered: {why}"),
            }
        }
    }

    /// The answer to what is asked, where a picture was made for another question; a picture that begins to be so asks
    /// anew, as the last answer may be of long ago.
    fn reply_beside(&mut self, snapshot: &Snapshot) -> Option<Answered> {
        let misses = self.asked.as_ref().is_some_and(|asked| *asked != snapshot.input);
        if misses && !self.misses {
            self.query();
        }
        self.misses = misses;
        let answered = self.answered.as_ref().filter(|_| misses)?;
        let fits = answered.run == snapshot.run
            && matches!(&self.asked, Some(InputChoice::Other(about)) if *about == answered.about);
        fits.then(|| answered.clone())
    }

    /// Asks the trainer; `false` when it is gone.
    pub(super) fn ask(&self, command: Command) -> bool {
        self.end.ask(command)
    }

    /// The next report, if there is one.
    pub(super) fn report(&self) -> Option<Report> {
        self.end.report()
    }

    /// The newest snapshot, if one has come.
    pub(super) fn newest_snapshot(&self) -> Option<Arc<Snapshot>> {
        self.end.newest_snapshot()
    }
}

/// Everything that is known of the run.
#[derive(Resource)]
pub struct ShownRun(pub Run);

/// The snapshot of the step that the hall shows now, and what the model says to what the visitor asks; it changes only
/// when what is seen should.
#[derive(Resource, Default)]
pub struct ShownSnapshot {
    snapshot: Option<Arc<Snapshot>>,
    /// The snapshot of history that it is, or was worked out from.
    origin: Option<Arc<Snapshot>>,
    /// What a network of the past was asked anew, whether it could be worked out or not.
    asked_anew: Option<InputChoice>,
    /// Tensors of which the snapshot does not hold every number, as they were seen last.
    beside: Vec<LayerValues>,
    /// The answer to what is asked now, where the snapshot was made for another question.
    reply: Option<Answered>,
}

/// The numbers of the input that is looked at, in the order of the graph's input, where its exhibit knows them: so that a
/// network of the past can be shown it too.
#[derive(Resource, Default)]
pub struct AskedPixels(pub Option<(InputChoice, Arc<[f32]>)>);

/// What the model has said to a question.
#[derive(Clone, Debug, PartialEq)]
struct Answered {
    about: Payload,
    run: RunId,
    step: Step,
    said: Payload,
}

impl ShownSnapshot {
    /// Shows this snapshot, for tests of views.
    #[cfg(test)]
    pub fn of(snapshot: Snapshot) -> Self {
        Self { snapshot: Some(Arc::new(snapshot)), ..Self::default() }
    }

    /// Shows this snapshot, and what was answered beside it at another step, for tests of views.
    #[cfg(test)]
    pub fn replied(snapshot: Snapshot, said: Payload, step: Step) -> Self {
        let (about, run) = (said.clone(), snapshot.run);
        Self {
            snapshot: Some(Arc::new(snapshot)),
            reply: Some(Answered { about, run, step, said }),
            ..Self::default()
        }
    }

    /// The snapshot, once there is one.
    pub fn get(&self) -> Option<&Arc<Snapshot>> {
        self.snapshot.as_ref()
    }

    /// The numbers of one layer; where the snapshot has not all of them, as they were seen last, put together from parts.
    pub fn layer(&self, id: LayerId) -> Option<&LayerValues> {
        let whole = self.snapshot.as_ref()?.layer(id);
        whole.or_else(|| self.beside.iter().find(|layer| layer.layer == id))
    }

    /// What the model says to what is asked, if it is of this kind.
    ///
    /// A picture from the past shows what was answered then, unless something else is asked now: that is answered by the
    /// model as it is now ([`answered_at`](Self::answered_at)).
    pub fn answer<C: Content>(&self) -> Option<&Arc<C>> {
        match &self.reply {
            Some(reply) => reply.said.get(),
            None => self.snapshot.as_ref()?.answer(),
        }
    }

    /// The step of the model that answers, where it is not the one of the snapshot.
    pub fn answered_at(&self) -> Option<Step> {
        let shown = self.snapshot.as_ref()?.step;
        self.reply.as_ref().map(|reply| reply.step).filter(|step| *step != shown)
    }
}

fn send_requests(
    mut requests: MessageReader<Ask>,
    link: Option<ResMut<Link>>,
    mut pace: Option<ResMut<SpeedLimit>>,
) {
    let Some(mut link) = link else {
        return;
    };
    for Ask(command) in requests.read() {
        if let (Command::LimitSpeed { steps_per_second }, Some(pace)) = (command, &mut pace) {
            pace.0 = steps_per_second.map(|limit| limit as f32);
        }
        if !link.end.ask(command.clone()) {
            warn!("the training thread is gone, so {command:?} was not heard");
        }
        if let Command::Watch(input) = command {
            link.watch(input);
        }
    }
}

fn receive(link: Option<Res<Link>>, told: Option<ResMut<HallListener>>, mut run: ResMut<ShownRun>) {
    let Some(link) = link else {
        return;
    };
    let mut told = told;
    for _ in 0..REPORTS_PER_FRAME {
        let Some(report) = link.end.report() else {
            break;
        };
        if let Some(told) = &mut told {
            told.tell(HallEvent::Report(&report));
        }
        run.0.take(report);
    }
    if let Some(snapshot) = link.end.newest_snapshot() {
        run.0.keep(snapshot);
    }
}

/// When the visitor leaves, the trainer is asked to stop, and its last words are heard.
fn say_goodbye(
    mut leaving: MessageReader<AppExit>,
    link: Option<Res<Link>>,
    told: Option<ResMut<HallListener>>,
) {
    if leaving.read().next().is_none() {
        return;
    }
    let (Some(link), Some(mut told)) = (link, told) else {
        return;
    };
    link.end.ask(Command::Stop);
    let until = Instant::now() + FAREWELL;
    while let Some(report) = link.end.report_within(until.saturating_duration_since(Instant::now()))
    {
        told.tell(HallEvent::Report(&report));
        if matches!(report, Report::Finished(_)) {
            return;
        }
    }
}

/// Live shows the newest snapshot; a scrubbed timeline the one at or before its step.
fn choose_shown(
    run: Res<ShownRun>,
    timeline: Res<Timeline>,
    asked: Res<AskedPixels>,
    mut link: Option<ResMut<Link>>,
    mut shown: ResMut<ShownSnapshot>,
) {
    let wanted = match timeline.scrubbed_to() {
        None => run.0.newest_snapshot(),
        Some(step) => run.0.snapshot_at(step),
    };
    let reply = wanted.zip(link.as_deref_mut()).and_then(|(snapshot, link)| {
        link.hear_answers();
        link.reply_beside(snapshot)
    });
    let other = asked.0.as_ref().filter(|_| timeline.scrubbed_to().is_some());
    let other = other.filter(|(choice, _)| wanted.is_some_and(|of| of.input != *choice));
    let same = match (&shown.origin, wanted) {
        (Some(origin), Some(wanted)) => {
            let tried = other.map(|(choice, _)| choice);
            Arc::ptr_eq(origin, wanted) && shown.asked_anew.as_ref() == tried
        }
        (None, None) => true,
        _ => false,
    };
    if !same {
        let beside = wanted.map(|snapshot| beside(&run.0, snapshot)).unwrap_or_default();
        let anew = other.zip(wanted).and_then(|((choice, pixels), snapshot)| {
            let graph = run.0.graph()?;
            forward(graph, snapshot, choice.clone(), pixels.clone()).map(Arc::new)
        });
        *shown = ShownSnapshot {
            snapshot: anew.or_else(|| wanted.cloned()),
            origin: wanted.cloned(),
            asked_anew: other.map(|(choice, _)| choice.clone()),
            beside,
            reply,
        };
    } else if shown.reply != reply {
        shown.reply = reply;
    }
}

/// Every tensor of which a snapshot has not all numbers, as it was seen last.
fn beside(run: &Run, snapshot: &Snapshot) -> Vec<LayerValues> {
    let tensors = run.graph().map_or(&[][..], |graph| graph.tensors());
    let missing = tensors.iter().filter(|tensor| snapshot.layer(tensor.name).is_none());
    missing
        .filter_map(|tensor| LayerValues::spread(&run.last_seen(tensor.name, snapshot.step)?.1))
        .collect()
}

#[cfg(test)]
mod tests {
    use bevy::time::TimePlugin;

    use super::*;
    use crate::stream::{Started, TrainerEnd, Waited, connect};

    /// A question, and its own answer.
    #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
    struct Word(String);

    impl Content for Word {
        const KIND: &'static str = "test.word";

        fn says_the_same(&self, other: &Self) -> bool {
            self == other
        }
    }

    /// A hall with the pictures of steps 1 and 9, both made for the question `then`.
    fn hall() -> (App, TrainerEnd) {
        let (room, trainer) = connect();
        let mut run = Run::new(1 << 20);
        run.take(Report::Started(Started::example()));
        for step in [1, 9] {
            run.take(Report::State { state: crate::stream::RunState::Training, step: Step(step) });
            run.keep(Arc::new(picture(step, "then")));
        }
        let mut app = App::new();
        app.add_plugins((TimePlugin, plugin))
            .init_resource::<Timeline>()
            .add_message::<AppExit>()
            .add_message::<super::super::interaction::intent::Intent>()
            .add_message::<super::super::ui::notice::Notice>()
            .insert_resource(ShownRun(run))
            .insert_resource(Link::new(room));
        (app, trainer)
    }

    fn picture(step: u64, word: &'static str) -> Snapshot {
        Snapshot {
            run: RunId::default(),
            step: Step(step),
            input: InputChoice::of(Word(word.to_owned())),
            layers: Vec::new(),
            parameters: Vec::new(),
            answer: Some(Payload::new(Word(word.to_owned()))),
        }
    }

    fn ask(app: &mut App, word: &'static str) {
        app.world_mut().write_message(Ask(Command::Watch(InputChoice::of(Word(word.to_owned())))));
        app.update();
    }

    /// Answers the question that has come with itself; says what it was.
    fn answer(trainer: &mut TrainerEnd, step: u64) -> String {
        loop {
            match trainer.look() {
                Waited::Queried(query) => {
                    let (run, step, said) = (RunId::default(), Step(step), Ok(query.about.clone()));
                    trainer.answer(Reply { id: query.id, run, step, said });
                    return query.about.get::<Word>().unwrap().0.clone();
                }
                Waited::Asked(_) => {}
                other => panic!("{other:?}"),
            }
        }
    }

    fn shown(app: &App) -> (String, Option<Step>) {
        let shown = app.world().resource::<ShownSnapshot>();
        (shown.answer::<Word>().unwrap().0.clone(), shown.answered_at())
    }

    #[test]
    fn what_is_asked_of_the_past_is_answered_by_the_model_as_it_is() {
        let (mut app, mut trainer) = hall();
        ask(&mut app, "then");
        assert_eq!(shown(&app), ("then".to_owned(), None));
        app.world_mut().resource_mut::<Timeline>().scrub(Step(1));
        ask(&mut app, "now");
        assert_eq!(shown(&app), ("then".to_owned(), None), "nobody has answered yet");
        assert_eq!(answer(&mut trainer, 9), "now");
        app.update();
        assert_eq!(shown(&app), ("now".to_owned(), Some(Step(9))));
        // The old question again: the picture has its answer.
        ask(&mut app, "then");
        assert_eq!(shown(&app), ("then".to_owned(), None));
    }

    #[test]
    fn a_picture_of_the_question_takes_the_place_of_its_answer() {
        let (mut app, mut trainer) = hall();
        ask(&mut app, "now");
        assert_eq!(answer(&mut trainer, 9), "now");
        trainer.snapshots.offer(Arc::new(picture(10, "now")));
        app.update();
        assert_eq!(shown(&app), ("now".to_owned(), None));
        // Back in time it is asked anew, since the first answer may be of long ago.
        app.world_mut().resource_mut::<Timeline>().scrub(Step(1));
        app.update();
        assert_eq!(answer(&mut trainer, 12), "now");
        app.update();
        assert_eq!(shown(&app), ("now".to_owned(), Some(Step(12))));
    }

    #[test]
    fn a_network_of_the_past_reads_what_is_looked_at_now() {
        use crate::stream::{Axis, GraphBuilder, Op, Role, Shape, Span};
        const PIXELS: LayerId = LayerId::new("pixels");
        const WEIGHTS: LayerId = LayerId::new("weights");
        const SUM: LayerId = LayerId::new("sum");
        let (mut app, _trainer) = hall();
        let mut graph = GraphBuilder::default();
        let input = graph.tensor(PIXELS, Role::Input, &[Axis::Feature.of(2)]);
        let weights =
            graph.signed(WEIGHTS, Role::Parameter, &[Axis::Class.of(1), Axis::Feature.of(2)]);
        let sum = graph.signed(SUM, Role::Activation, &[Axis::Class.of(1)]);
        graph.node("sum", Op::Linear, &[input, weights], &[sum]);
        let layer = |name, shape: Shape, values: &[f32]| {
            LayerValues::whole(name, shape, Span::Signed, values.into())
        };
        let snapshot = |step: u64| Snapshot {
            input: InputChoice::Test(0),
            answer: None,
            layers: vec![
                layer(PIXELS, Shape::flat(2), &[1.0, 0.0]),
                layer(WEIGHTS, Shape::flat(2), &[step as f32, 100.0]),
                layer(SUM, Shape::flat(1), &[step as f32]),
            ],
            ..picture(step, "")
        };
        let mut run = app.world_mut().resource_mut::<ShownRun>();
        run.0.take(Report::Graph(Arc::new(graph.build().unwrap())));
        for step in [20, 30] {
            run.0.keep(Arc::new(snapshot(step)));
        }
        let drawing: Arc<[f32]> = [0.5, 0.25].into();
        let asked = (InputChoice::Drawn(drawing.clone()), drawing);
        app.world_mut().resource_mut::<AskedPixels>().0 = Some(asked.clone());
        let shown = |app: &mut App, step: Option<u64>| {
            let mut timeline = app.world_mut().resource_mut::<Timeline>();
            match step {
                None => timeline.go_live(),
                Some(step) => timeline.scrub(Step(step)),
            }
            app.update();
            let shown = app.world().resource::<ShownSnapshot>();
            let sum = shown.layer(SUM).unwrap().values[0];
            (shown.get().unwrap().input.clone(), sum)
        };
        assert_eq!(shown(&mut app, None), (InputChoice::Test(0), 30.0), "live is as it comes");
        assert_eq!(shown(&mut app, Some(20)), (asked.0.clone(), 35.0));
        assert_eq!(shown(&mut app, Some(30)), (asked.0, 40.0));
        let before = app.world().resource_ref::<ShownSnapshot>().last_changed();
        app.update();
        let after = app.world().resource_ref::<ShownSnapshot>().last_changed();
        assert_eq!(before, after, "it is worked out once");
    }

    #[test]
    fn an_answer_to_an_earlier_question_is_not_shown() {
        let (mut app, mut trainer) = hall();
        app.world_mut().resource_mut::<Timeline>().scrub(Step(1));
        ask(&mut app, "first");
        assert_eq!(answer(&mut trainer, 9), "first");
        ask(&mut app, "second");
        assert_eq!(shown(&app), ("then".to_owned(), None));
        assert_eq!(answer(&mut trainer, 9), "second");
        app.update();
        assert_eq!(shown(&app), ("second".to_owned(), Some(Step(9))));
    }
}
