//! A training of another program: a regression that is learned here, in plain Rust, attaches to the real program in the
//! terminal and to a hall, and what they tell and show are its own numbers.

use std::{
    fs::File,
    io::{self, ErrorKind, Read as _, Write as _},
    net::{Ipv4Addr, Shutdown, TcpStream},
    process::Stdio,
    sync::{Arc, Mutex},
    thread,
    time::{Duration, Instant},
};

use perceptarium::{
    attach::{Learned, News, PORT, Token, Waiting},
    stream::{
        Admission, Axis, Command, EpochReport, Example, ExhibitId, Finished, GraphBuilder, Hello,
        InputChoice, LayerId, LayerValues, MetricSpec, MetricValues, ModelGraph, Op, Payload,
        PayloadKinds, Report, Role, RunId, RunState, Shape, Snapshot, Span, Started, Step,
        StepReport, WatchCost, connect,
        wire::{self, Endpoint, Message, Reader},
    },
    world::{
        elsewhere::Elsewhere,
        link::{Ask, ShownRun, ShownSnapshot},
        subscriptions::Shows,
    },
};

use crate::{
    halls::Hall,
    hearing::Hearing,
    support::{LONG, exhibit, named, number, program, run},
};

const INPUT: LayerId = LayerId::new("x");
const WEIGHT: LayerId = LayerId::new("line.weight");
const OUTPUT: LayerId = LayerId::new("line");
/// y = 2 a − b, at four places.
const PLACES: [[f32; 2]; 4] = [[1.0, 0.0], [0.0, 1.0], [1.0, 1.0], [2.0, 1.0]];
const ANSWERS: [f32; 4] = [2.0, -1.0, 1.0, 3.0];
const RATE: f64 = 0.1;

/// Two weights that are learned, and what they came to after each step.
struct Regression {
    weights: [f32; 2],
    steps: u64,
}

impl Regression {
    const fn new() -> Self {
        Self { weights: [0.0, 0.0], steps: 0 }
    }

    fn says(&self, place: [f32; 2]) -> f32 {
        self.weights[0] * place[0] + self.weights[1] * place[1]
    }

    /// Takes a step of gradient descent over all places, and gives the loss before it.
    fn step(&mut self) -> f32 {
        let (mut loss, mut slope) = (0.0, [0.0; 2]);
        for (place, answer) in PLACES.into_iter().zip(ANSWERS) {
            let off = self.says(place) - answer;
            loss += off * off / 4.0;
            slope = [slope[0] + off * place[0] / 2.0, slope[1] + off * place[1] / 2.0];
        }
        for (weight, slope) in self.weights.iter_mut().zip(slope) {
            *weight -= RATE as f32 * slope;
        }
        self.steps += 1;
        loss
    }

    fn snapshot(&self) -> Snapshot {
        let layer = |name, shape: Shape, values: &[f32]| {
            LayerValues::whole(name, shape, Span::Signed, values.into())
        };
        Snapshot {
            run: RunId::default(),
            step: Step(self.steps),
            input: InputChoice::default(),
            layers: vec![
                layer(INPUT, Shape::flat(2), &PLACES[3]),
                layer(WEIGHT, Shape::maps(1, 1, 2), &self.weights),
                layer(OUTPUT, Shape::flat(1), &[self.says(PLACES[3])]),
            ],
            parameters: Vec::new(),
            answer: None,
        }
    }
}

fn graph() -> Arc<ModelGraph> {
    let mut graph = GraphBuilder::default();
    let input = graph.signed(INPUT, Role::Input, &[Axis::Feature.of(2)]);
    let dims = [Axis::Feature.of(1), Axis::Feature.of(2)];
    let weight = graph.signed(WEIGHT, Role::Parameter, &dims);
    let output = graph.signed(OUTPUT, Role::Activation, &[Axis::Feature.of(1)]);
    graph.node("line", Op::Linear, &[input, weight], &[output]);
    Arc::new(graph.build().unwrap())
}

fn started() -> Started {
    Started {
        run: RunId::default(),
        exhibit: ExhibitId::new("elsewhere"),
        device: "cpu",
        seed: 0,
        parameters: 2,
        example: Example { one: "place", many: "places" },
        metrics: vec![MetricSpec { meaning: "mean squared error", ..MetricSpec::LOSS }],
        train_examples: 4,
        test_examples: 0,
        batch: 4,
        epochs: 3,
        in_epochs: true,
        learning_rates: [1e-6, 1.0],
        largest_stable_rate: None,
        steps_per_epoch: 10,
        learning_rate: RATE,
        threads: 1,
    }
}

/// The training's end of the line.
struct Line {
    socket: TcpStream,
    reader: Reader,
}

impl Line {
    fn open(port: u16, token: &str) -> Self {
        let socket = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
        let reader = Reader::new(Endpoint::Trainer, PayloadKinds::default());
        let mut line = Self { socket, reader };
        line.say(&Message::Hello(Hello {
            protocol: wire::VERSION,
            token: token.to_owned(),
            program: "regression 1".to_owned(),
            framework: "plain Rust".to_owned(),
            answers: Vec::new(),
        }));
        let said = line.wait(|message| matches!(message, Message::Admission(_)));
        assert!(matches!(said, Message::Admission(Admission { said: Ok(()), .. })), "{said:?}");
        line
    }

    fn say(&mut self, message: &Message) {
        let mut bytes = Vec::new();
        wire::write(message, &mut bytes).unwrap();
        self.socket.write_all(&bytes).unwrap();
    }

    fn report(&mut self, report: Report) {
        self.say(&Message::Report(report));
    }

    /// What has come, if anything has.
    fn hear(&mut self) -> Option<Message> {
        if let Some(message) = self.reader.message().unwrap() {
            return Some(message);
        }
        let mut piece = [0; 4096];
        match self.socket.read(&mut piece) {
            Ok(read) => self.reader.feed(&piece[..read]),
            Err(why) if matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
            Err(why) => panic!("{why}"),
        }
        self.reader.message().unwrap()
    }

    fn wait(&mut self, fits: impl Fn(&Message) -> bool) -> Message {
        let begun = Instant::now();
        loop {
            if let Some(message) = self.hear().filter(|message| fits(message)) {
                return message;
            }
            assert!(begun.elapsed() < LONG, "the hall says nothing");
        }
    }

    fn begin(&mut self) {
        self.report(Report::Started(started()));
        self.report(Report::Graph(graph()));
        self.report(Report::State { state: RunState::Training, step: Step(0) });
    }

    /// Goes without a word. What was told arrives: a socket that is closed with something unread takes that back as well.
    fn break_off(mut self) {
        self.socket.shutdown(Shutdown::Write).unwrap();
        self.socket.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        io::copy(&mut self.socket, &mut io::sink()).ok();
    }

    /// Takes a step and tells it.
    fn step(&mut self, model: &mut Regression) -> f32 {
        let loss = model.step();
        self.report(Report::Stepped(StepReport {
            step: Step(model.steps),
            epoch: ((model.steps - 1) / 10 + 1) as u32,
            values: MetricValues::new(&[loss]),
            learning_rate: RATE,
            steps_per_second: 100.0,
            examples_per_second: 400.0,
            cost: WatchCost::default(),
            merged: 1,
        }));
        loss
    }
}

/// Trains three epochs, and gives the mean loss of each.
fn train(line: &mut Line) -> Vec<f32> {
    let mut model = Regression::new();
    line.begin();
    let losses = (1..=3).map(|epoch| {
        let mean = (0..10).map(|_| line.step(&mut model)).sum::<f32>() / 10.0;
        line.report(Report::EpochEnded(EpochReport {
            epoch,
            step: Step(model.steps),
            train: MetricValues::new(&[mean]),
            examples_per_second: 400.0,
            test: None,
        }));
        mean
    });
    let losses: Vec<f32> = losses.collect();
    line.report(Report::State { state: RunState::Finished, step: Step(30) });
    line.report(Report::Finished(Finished {
        steps: Step(30),
        verdict: Payload::new(Learned {}),
        examples_per_second: 400.0,
        seconds: 0.3,
        cost: WatchCost::default(),
    }));
    losses
}

#[test]
fn the_terminal_tells_a_training_elsewhere_to_its_end() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log");
    let token = "00112233445566778899aabbccddeeff";
    let mut program = program()
        .args(["attach", "--port", "0", "--token", token, "--mode", "terminal", "--json"])
        .env("XDG_RUNTIME_DIR", home.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut events = Hearing::of(program.stdout.take().unwrap(), log.clone());
    let waiting = events.wait("a door", |event| event["event"] == "waiting");
    assert_eq!(waiting["token"], token);
    let port = number(&waiting, "port") as u16;
    let file = home.path().join("perceptarium/attach.json");
    let written: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
    assert_eq!((&written["port"], &written["token"]), (&waiting["port"], &waiting["token"]));

    let mut line = Line::open(port, token);
    // Nobody looks at units in a terminal.
    let rate = line.wait(|message| matches!(message, Message::Command(_)));
    let Message::Command(rate) = rate else { unreachable!() };
    assert_eq!(rate, Command::SetSnapshotRate { per_second: 0.0 });
    let losses = train(&mut line);
    events.wait("its end", |event| event["event"] == "finished");
    assert!(program.wait().unwrap().success(), "{}", std::fs::read_to_string(&log).unwrap());
    let told = &events.heard;
    assert_eq!(named(told, "attached")[0]["framework"], "plain Rust");
    assert_eq!(number(named(told, "started")[0], "parameters"), 2.0);
    assert_eq!(named(told, "graph").len(), 1);
    let epochs = named(told, "epoch");
    assert_eq!(epochs.len(), losses.len());
    for (event, loss) in epochs.into_iter().zip(losses) {
        assert!((number(event, "train_loss") - f64::from(loss)).abs() < 1e-6, "{event} {loss}");
    }
    assert_eq!(number(named(told, "finished")[0], "steps"), 30.0);
    let said = std::fs::read_to_string(&log).unwrap();
    for words in ["import perceptarium", token, "regression 1 with plain Rust is attached"] {
        assert!(said.contains(words), "“{words}” is missing in {said}");
    }
    assert!(!file.exists(), "the file goes with the hall");
}

#[test]
fn a_training_that_breaks_off_ends_the_terminal_with_its_reason() {
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log");
    let token = "00112233445566778899aabbccddeeff";
    let mut program = program()
        .args(["attach", "--port", "0", "--token", token, "--mode", "terminal", "--json"])
        .arg("--record")
        .arg(home.path().join("run.mcap"))
        .env("XDG_RUNTIME_DIR", home.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut events = Hearing::of(program.stdout.take().unwrap(), log.clone());
    let waiting = events.wait("a door", |event| event["event"] == "waiting");
    let mut line = Line::open(number(&waiting, "port") as u16, token);
    let mut model = Regression::new();
    line.begin();
    line.step(&mut model);
    line.break_off();
    assert_eq!(program.wait().unwrap().code(), Some(1));
    let table = run(["export", home.path().join("run.mcap").to_str().unwrap(), "--csv", "-"]);
    let table = String::from_utf8(table.stdout).unwrap();
    assert_eq!(table.lines().count(), 2, "what was seen of it is kept: {table}");
    let said = std::fs::read_to_string(&log).unwrap();
    assert!(said.contains("Training failed at step 1: its program has gone"), "{said}");
}

/// A hall that waits for a training, and what it heard at its door.
pub(crate) fn hall() -> (Hall, u16, String, Arc<Mutex<Vec<News>>>) {
    let token = Token::random().unwrap();
    // No test writes where a visitor's own hall would.
    let waiting = Waiting::unannounced_on(0, token).unwrap();
    let (port, token) = (waiting.port(), waiting.token().to_string());
    let (room, trainer) = connect();
    let (sender, news) = crossbeam_channel::bounded(64);
    let shown = exhibit("network");
    let heard: Arc<Mutex<Vec<News>>> = Arc::default();
    let hears = heard.clone();
    let told = Arc::new(move |news: News| {
        hears.lock().unwrap().push(news.clone());
        sender.try_send(news).ok();
    });
    let attached = waiting.start((shown.id, shown.payloads), trainer, told).unwrap();
    let elsewhere = Elsewhere { exhibit: shown.id, port, token: token.clone(), news };
    (Hall::elsewhere(shown, room, attached, elsewhere), port, token, heard)
}

fn says(hall: &mut Hall, words: &str) -> bool {
    hall.texts().iter().any(|text| text.contains(words))
}

#[test]
fn the_hall_shows_the_graph_and_the_values_of_a_training_elsewhere() {
    let (mut hall, port, token, _) = hall();
    hall.settle();
    for words in ["import perceptarium", &token, &port.to_string()] {
        assert!(says(&mut hall, words), "“{words}” is missing");
    }
    let mut line = Line::open(port, &token);
    let mut model = Regression::new();
    line.begin();
    // What is seen is asked for, by the names of the graph.
    let begun = Instant::now();
    let subscribed = loop {
        hall.app.update();
        if let Some(Message::Command(Command::Subscribe(all))) = line.hear() {
            break all;
        }
        assert!(begun.elapsed() < LONG, "nothing is subscribed to");
    };
    let names: Vec<_> = subscribed.iter().map(|one| one.tensor).collect();
    for tensor in [INPUT, WEIGHT, OUTPUT] {
        assert!(names.contains(&tensor), "{tensor:?} is missing in {names:?}");
    }
    line.step(&mut model);
    line.say(&Message::Snapshot(Arc::new(model.snapshot())));
    let wanted = model.says(PLACES[3]);
    hall.wait("the values", |world| {
        let shown = world.resource::<ShownSnapshot>();
        shown.layer(OUTPUT).is_some_and(|layer| layer.values[..] == [wanted])
    });
    // The snapshot was taken, and another is granted.
    let taken = line.wait(|message| matches!(message, Message::Taken(_)));
    assert!(matches!(taken, Message::Taken(taken) if taken.step == Step(1)));
    hall.settle();
    let world = hall.app.world_mut();
    let shown: Vec<LayerId> = world.query::<&Shows>().iter(world).map(|shows| shows.0).collect();
    assert!(shown.contains(&INPUT) && shown.contains(&OUTPUT), "{shown:?}");
    assert_eq!(world.resource::<ShownRun>().0.graph().unwrap().nodes()[0].path, "line");

    // What is asked reaches it; it is not begun anew from here.
    hall.app.world_mut().write_message(Ask(Command::Pause));
    hall.settle();
    line.wait(|message| matches!(message, Message::Command(Command::Pause)));

    // It goes away, and what was seen stays.
    drop(line);
    hall.wait("the end", |world| {
        matches!(world.resource::<ShownRun>().0.state(), RunState::Failed { .. })
    });
    hall.settle();
    assert!(says(&mut hall, "Start the script again"));
    let shown = hall.app.world().resource::<ShownSnapshot>();
    assert_eq!(shown.layer(OUTPUT).unwrap().values[..], [wanted]);

    // It comes back, and a new run begins.
    let run = hall.app.world().resource::<ShownRun>().0.started().unwrap().run;
    // The door is shut until the one before has been seen off.
    thread::sleep(Duration::from_secs(1));
    let mut line = Line::open(port, &token);
    line.begin();
    hall.wait("another run", |world| {
        let shown = &world.resource::<ShownRun>().0;
        shown.started().is_some_and(|started| started.run > run) && shown.step() == Step(0)
    });
}

#[test]
fn a_hall_that_stands_still_holds_up_no_training() {
    let (mut hall, port, token, news) = hall();
    hall.settle();
    let mut line = Line::open(port, &token);
    let mut model = Regression::new();
    line.begin();
    // No frame is drawn meanwhile.
    let mut slowest = Duration::ZERO;
    for _ in 0..20_000 {
        let begun = Instant::now();
        line.step(&mut model);
        slowest = slowest.max(begun.elapsed());
    }
    assert!(slowest < Duration::from_millis(500), "{slowest:?}");
    hall.wait("all of it", |world| world.resource::<ShownRun>().0.step() == Step(20_000));
    assert!(matches!(news.lock().unwrap()[0], News::Attached { .. }));
}

#[test]
fn the_port_is_the_one_that_scripts_look_at() {
    assert_eq!(PORT, 7345);
    let options = perceptarium::cli::parse(
        ["perceptarium", "attach"].map(Into::into),
        &perceptarium::exhibits::ALL.iter().map(|exhibit| exhibit.options).collect::<Vec<_>>(),
    );
    assert_eq!(options.unwrap().0.port, PORT);
}
