//! A small training that speaks the protocol, as one of another program would.

use std::{
    io::{ErrorKind, Read as _, Write as _},
    net::{Ipv4Addr, TcpStream},
    sync::Arc,
    time::{Duration, Instant},
};

use super::LONG;
use crate::{
    attach::{Learned, gate},
    stream::{
        Axis, Command, Example, ExhibitId, Finished, GraphBuilder, Hello, InputChoice, LayerId,
        LayerValues, MetricSpec, MetricValues, Op, Payload, Query, QueryId, Reply, Report, Role,
        RunId, RunState, SessionId, Shape, Snapshot, Span, Started, Step, StepReport, WatchCost,
        wire::{self, Endpoint, Message, Reader},
    },
    words::Phrase,
};

pub(super) const UNITS: LayerId = LayerId::new("units");
pub(super) const PARAMETER: LayerId = LayerId::new("weight");

/// The training's end of a socket.
pub(super) struct Client {
    pub(super) socket: TcpStream,
    reader: Reader,
    /// What was heard and not asked for yet.
    heard: Vec<Message>,
}

impl Client {
    pub(super) fn connect(port: u16) -> Self {
        let socket = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).unwrap();
        socket.set_read_timeout(Some(Duration::from_millis(5))).unwrap();
        let reader = Reader::new(Endpoint::Trainer, gate::kinds(&[]));
        // What it is asked may be of kinds that only a trainer reads.
        Self { socket, reader, heard: Vec::new() }
    }

    pub(super) fn hello(&mut self, token: &str) {
        self.say(&Message::Hello(Hello {
            protocol: wire::VERSION,
            token: token.to_owned(),
            program: "a test".to_owned(),
            framework: "none".to_owned(),
            answers: vec!["attached.learned".to_owned()],
        }));
    }

    pub(super) fn say(&mut self, message: &Message) {
        let mut bytes = Vec::new();
        wire::write(message, &mut bytes).unwrap();
        self.write(&bytes);
    }

    /// Writes bytes; where the hall has hung up, its last words still lie here.
    pub(super) fn write(&mut self, bytes: &[u8]) {
        self.socket.write_all(bytes).ok();
    }

    pub(super) fn report(&mut self, report: Report) {
        self.say(&Message::Report(report));
    }

    pub(super) fn answer(&mut self, id: QueryId, said: Result<Payload, Phrase>) {
        self.say(&Message::Reply(Reply { id, run: run_of(0), step: Step(1), said }));
    }

    /// Reads until a message fits, the time is up or the hall hangs up.
    fn find<T>(&mut self, patience: Duration, fits: impl Fn(&Message) -> Option<T>) -> Option<T> {
        let begun = Instant::now();
        let mut piece = vec![0; 1 << 16];
        loop {
            if let Some(at) = self.heard.iter().position(|message| fits(message).is_some()) {
                return fits(&self.heard.remove(at));
            }
            if begun.elapsed() > patience {
                return None;
            }
            match self.socket.read(&mut piece) {
                Ok(0) => return None,
                Ok(read) => self.reader.feed(&piece[..read]),
                Err(why) if matches!(why.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => {}
                Err(_) => return None,
            }
            while let Some(message) = self.reader.message().unwrap() {
                self.heard.push(message);
            }
        }
    }

    pub(super) fn admission(&mut self) -> Result<(), String> {
        let admission = self.find(LONG, |message| match message {
            Message::Admission(admission) => Some(admission.said.clone()),
            _ => None,
        });
        admission.expect("nothing was said at the door")
    }

    #[track_caller]
    pub(super) fn next_command(&mut self) -> Command {
        let command = self.find(LONG, |message| match message {
            Message::Command(command) => Some(command.clone()),
            _ => None,
        });
        command.expect("no command came")
    }

    pub(super) fn next_query(&mut self) -> Query {
        let query = self.find(LONG, |message| match message {
            Message::Query(query) => Some(query.clone()),
            _ => None,
        });
        query.expect("no query came")
    }

    pub(super) fn taken_within(&mut self, patience: Duration) -> Option<Step> {
        self.find(patience, |message| match message {
            Message::Taken(taken) => Some(taken.step),
            _ => None,
        })
    }

    pub(super) fn next_taken(&mut self) -> Step {
        self.taken_within(LONG).expect("no snapshot was taken")
    }

    /// Whether the hall hangs up, having said nothing more.
    pub(super) fn hears_nothing_more(&mut self) -> bool {
        let begun = Instant::now();
        let anything = self.find(LONG, |_| Some(()));
        anything.is_none() && begun.elapsed() < LONG
    }
}

/// The name that a training gives its run.
pub(super) fn run_of(number: u32) -> RunId {
    RunId { session: SessionId::default(), number }
}

pub(super) fn started(seed: u32) -> Report {
    Report::Started(Started {
        run: run_of(seed),
        exhibit: ExhibitId::new("of-its-own"),
        device: "cpu",
        seed: u64::from(seed),
        parameters: 2,
        example: Example { one: "image", many: "images" },
        metrics: vec![MetricSpec::LOSS],
        train_examples: 10,
        test_examples: 0,
        batch: 5,
        epochs: 1,
        in_epochs: false,
        learning_rates: [1e-6, 1.0],
        largest_stable_rate: None,
        steps_per_epoch: 0,
        learning_rate: 0.1,
        threads: 1,
    })
}

/// A layer that doubles two numbers.
pub(super) fn graph() -> Report {
    graph_of(2)
}

/// The same of so many numbers.
pub(super) fn graph_of(numbers: usize) -> Report {
    let mut graph = GraphBuilder::default();
    let dims = [Axis::Feature.of(numbers)];
    let input = graph.signed(LayerId::new("input"), Role::Input, &dims);
    let weight = graph.signed(PARAMETER, Role::Parameter, &dims);
    let units = graph.signed(UNITS, Role::Activation, &dims);
    let op = Op::Elementwise { name: "mul".to_owned() };
    graph.node("double", op, &[input, weight], &[units]);
    Report::Graph(Arc::new(graph.build().unwrap()))
}

pub(super) fn state(state: RunState, step: u64) -> Report {
    Report::State { state, step: Step(step) }
}

pub(super) fn stepped(step: u64, loss: f32) -> Report {
    Report::Stepped(StepReport {
        step: Step(step),
        epoch: 1,
        values: MetricValues::new(&[loss]),
        learning_rate: 0.1,
        steps_per_second: 100.0,
        examples_per_second: 500.0,
        cost: WatchCost::default(),
        merged: 1,
    })
}

pub(super) fn finished(steps: u64) -> Report {
    Report::Finished(Finished {
        steps: Step(steps),
        verdict: Payload::new(Learned {}),
        examples_per_second: 500.0,
        seconds: 1.0,
        cost: WatchCost::default(),
    })
}

pub(super) fn snapshot(run: u32, step: u64, number: f32) -> Arc<Snapshot> {
    snapshot_of(2, run, step, number)
}

pub(super) fn snapshot_of(numbers: usize, run: u32, step: u64, number: f32) -> Arc<Snapshot> {
    let values = vec![number; numbers].into();
    Arc::new(Snapshot {
        run: run_of(run),
        step: Step(step),
        input: InputChoice::default(),
        layers: vec![LayerValues::whole(UNITS, Shape::flat(numbers), Span::Signed, values)],
        parameters: Vec::new(),
        answer: None,
    })
}
