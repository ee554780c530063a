//! A viewer elsewhere: by the very client that a hall has.

use super::*;
use crate::{
    attach::{self, Attached, Calling},
    history::Run,
    stream::{
        Axis, GraphBuilder, InputChoice, LayerId, LayerValues, MetricValues, Op, Role, Shape, Span,
        StepReport, WatchCost,
    },
};

const UNITS: LayerId = LayerId::new("units");

/// A hall that watches, without a hall.
struct Viewer {
    room: ViewerEnd,
    run: Run,
    news: Arc<Mutex<Vec<attach::News>>>,
    line: Attached,
}

impl Viewer {
    fn of(host: &Host) -> Self {
        let calling =
            Calling::open(&host.address.to_string(), host.token.parse().unwrap(), None).unwrap();
        assert_eq!(calling.exhibit(), EXHIBIT);
        let (room, trainer) = connect();
        let news: Arc<Mutex<Vec<attach::News>>> = Arc::default();
        let hears = news.clone();
        let kinds = PayloadKinds::of(images::PAYLOADS.iter().copied());
        let told: attach::Told = Arc::new(move |news| hears.lock().unwrap().push(news));
        let line = calling.start(kinds, trainer, told).unwrap();
        Self { room, run: Run::new(1 << 20), news, line }
    }

    #[track_caller]
    fn wait(&mut self, what: &str, is_so: impl Fn(&Run) -> bool) {
        let begun = Instant::now();
        while !is_so(&self.run) {
            assert!(begun.elapsed() < LONG, "{what} did not come: {:?}", self.news.lock().unwrap());
            while let Some(report) = self.room.report() {
                self.run.take(report);
            }
            self.room.newest_snapshot().into_iter().for_each(|snapshot| self.run.keep(snapshot));
            thread::sleep(Duration::from_millis(2));
        }
    }
}

fn step(step: u64) -> Report {
    Report::Stepped(StepReport {
        step: Step(step),
        epoch: 1,
        values: MetricValues::new(&[1.0 / step as f32, 0.5]),
        learning_rate: 0.1,
        steps_per_second: 1.0,
        examples_per_second: 1.0,
        cost: WatchCost::default(),
        merged: 1,
    })
}

fn graph() -> Report {
    let mut graph = GraphBuilder::default();
    let dims = [Axis::Feature.of(2)];
    let input = graph.signed(LayerId::new("input"), Role::Input, &dims);
    let units = graph.signed(UNITS, Role::Activation, &dims);
    graph.node("double", Op::Elementwise { name: "mul".to_owned() }, &[input], &[units]);
    Report::Graph(Arc::new(graph.build().unwrap()))
}

#[test]
fn a_viewer_that_comes_late_knows_the_run_so_far_and_what_follows() {
    let host = Host::open();
    host.says(graph());
    (1..=3).for_each(|at| host.says(step(at)));
    host.wait("three steps", |host| host.service().status().step == Step(3));
    let mut viewer = Viewer::of(&host);
    viewer.wait("the past", |run| run.step() == Step(3));
    let run = &viewer.run;
    assert_eq!(run.scalars().at(Step(2)).unwrap().values.loss(), 0.5);
    assert_eq!(run.started().unwrap().exhibit, EXHIBIT);
    assert!(run.graph().is_some() && *run.state() == RunState::Training);
    assert_eq!(run.material::<TestSet>().unwrap().width, 2);
    host.says(step(4));
    viewer.wait("what follows", |run| run.step() == Step(4));
    // What is asked goes over, even what begins it anew.
    for command in [Command::Pause, Command::Restart { seed: 3, learning_rate: None }] {
        assert!(viewer.room.ask(command.clone()));
        host.is_asked(&command);
    }
    assert_eq!(host.service().status().run, Started::example().run);
}

#[test]
fn who_leaves_holds_nothing_up_and_another_may_come() {
    let host = Host::open();
    let viewer = Viewer::of(&host);
    let why =
        Calling::open(&host.address.to_string(), host.token.parse().unwrap(), None).err().unwrap();
    assert!(why.contains("one viewer at a time"), "{why}");
    viewer.room.ask(Command::Pause);
    host.is_asked(&Command::Pause);
    drop(viewer);
    host.tells_why("has left");
    for command in [
        Command::Resume,
        Command::LimitSpeed { steps_per_second: None },
        Command::SetSnapshotRate { per_second: 0.0 },
    ] {
        host.is_asked(&command);
    }
    host.wait("an open door", |host| !host.service().busy.load(Ordering::Acquire));
    let mut another = Viewer::of(&host);
    another.wait("the run", |run| run.started().is_some());
}

#[test]
fn a_question_is_answered_and_the_end_is_told() {
    let host = Host::open();
    let mut viewer = Viewer::of(&host);
    viewer.wait("the run", |run| run.started().is_some());
    let about = || Payload::new(images::PictureFile { path: String::new(), bytes: [].into() });
    let id = viewer.room.query(about()).unwrap();
    let reply = viewer.room.reply_within(LONG).unwrap();
    assert_eq!((reply.id, reply.said), (id, Err("that is no image".into())));
    // The newest of a kind takes the place of one that nobody answers, for ever.
    host.script.is_deaf.store(true, Ordering::Relaxed);
    for _ in 0..200 {
        viewer.room.query(about());
        thread::sleep(Duration::from_millis(1));
    }
    host.script.is_deaf.store(false, Ordering::Relaxed);
    let id = viewer.room.query(about()).unwrap();
    let begun = Instant::now();
    while viewer.room.reply_within(LONG).is_none_or(|reply| reply.id != id) {
        assert!(begun.elapsed() < LONG);
    }
    host.served.as_ref().unwrap().stop(LONG, "it was stopped".into());
    viewer.wait("the end", |run| matches!(run.state(), RunState::Failed { .. }));
    assert!(
        matches!(viewer.run.state(), RunState::Failed { reason } if reason.contains("stopped"))
    );
    assert!(!viewer.line.is_over(), "it would connect again");
}

#[test]
fn a_snapshot_goes_over_for_each_that_was_taken() {
    let host = Host::open();
    host.says(graph());
    let mut viewer = Viewer::of(&host);
    viewer.wait("a graph", |run| run.graph().is_some());
    let snapshot = |step| {
        let values = vec![0.5; 2].into();
        Arc::new(Snapshot {
            run: Started::example().run,
            step: Step(step),
            input: InputChoice::default(),
            layers: vec![LayerValues::whole(UNITS, Shape::flat(2), Span::Signed, values)],
            parameters: Vec::new(),
            answer: None,
        })
    };
    for at in 1..=5 {
        host.script.snapshots.lock().unwrap().push(snapshot(at));
        viewer.wait("a snapshot", |run| {
            run.newest_snapshot().is_some_and(|newest| newest.step == Step(at))
        });
    }
}
