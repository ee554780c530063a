//! What is asked of the past, and which answer is shown, over a channel without a trainer.

use std::sync::Arc;

use bevy::{prelude::*, time::TimePlugin};

use super::*;
use crate::{
    history::Run,
    stream::{
        Command, Content, InputChoice, LayerId, LayerValues, Payload, Reply, Report, RunId,
        RunState, Snapshot, Started, Step, TrainerEnd, Waited, connect,
    },
    world::timeline::Timeline,
};

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
        run.take(Report::State { state: RunState::Training, step: Step(step) });
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
                trainer.answers.answer(Reply { id: query.id, run, step, said });
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
    let answered = app.world().resource::<ShownSnapshot>();
    assert_eq!(answered.own_answer::<Word>().unwrap().0, "then", "that of the shown step");
    assert!(answered.shows(&InputChoice::of(Word("now".to_owned()))), "it is told as that of now");
    assert!(!answered.shows(&InputChoice::of(Word("other".to_owned()))));
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
    let weights = graph.signed(WEIGHTS, Role::Parameter, &[Axis::Class.of(1), Axis::Feature.of(2)]);
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

#[test]
fn what_is_asked_beside_is_answered_beside_what_is_looked_at() {
    let (mut app, mut trainer) = hall();
    ask(&mut app, "then");
    assert_eq!(answer(&mut trainer, 9), "then");
    let question = Question::now(Payload::new(Word("aside".to_owned())));
    app.world_mut().write_message(question);
    app.update();
    assert_eq!(answer(&mut trainer, 9), "aside");
    app.update();
    let mut told = app.world_mut().resource_mut::<Messages<Answer>>();
    let told: Vec<Answer> = told.drain().collect();
    let [Answer { about, step: Step(9), said: Ok(said), .. }] = &told[..] else {
        panic!("{told:?}")
    };
    assert!([about, said].iter().all(|word| word.get::<Word>().unwrap().0 == "aside"));
    assert_eq!(shown(&app), ("then".to_owned(), None));
}
