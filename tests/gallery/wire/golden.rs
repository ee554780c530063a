//! The bytes of every message, kept as they were: another byte is another protocol.
//!
//! `PERCEPTARIUM_NEW_GOLDEN=1` writes them anew, which is right only with a new version.

use std::{env, fs, path::PathBuf, sync::Arc, time::Duration};

use perceptarium::stream::{
    Admission, Axis, Command, EpochReport, Example, ExhibitId, Fact, Finished, GraphBuilder, Hello,
    InputChoice, LayerId, LayerValues, Level, Material, MetricSpec, MetricValues, Mistake,
    ModelGraph, Op, ParameterSizes, Payload, Query, QueryId, Range, Reply, Report, Role, RunId,
    RunState, SaveReport, Shape, Slice, Snapshot, Span, Stage, StageReport, Started, Step,
    StepReport, StepTable, Subscription, Taken, TestReport, WatchCost,
    wire::{self, Endpoint, Message},
};

use perceptarium::words::Phrase;

use crate::coin::{After, Chance, Flips};

/// A frame with a header and a body of one's own.
pub(super) fn frame(kind: u16, header: &str, body: &[u8]) -> Vec<u8> {
    let mut header = header.as_bytes().to_vec();
    header.resize(header.len().next_multiple_of(8), b' ');
    let mut hasher = crc32fast::Hasher::new();
    hasher.update(&kind.to_le_bytes());
    hasher.update(&header);
    hasher.update(body);
    let mut bytes = b"PCPT".to_vec();
    bytes.extend_from_slice(&wire::VERSION.to_le_bytes());
    bytes.extend_from_slice(&kind.to_le_bytes());
    bytes.extend_from_slice(&(header.len() as u32).to_le_bytes());
    bytes.extend_from_slice(&hasher.finalize().to_le_bytes());
    bytes.extend_from_slice(&(body.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&header);
    bytes.extend_from_slice(body);
    bytes
}

fn cost() -> WatchCost {
    WatchCost { snapshots: 7, snapshots_dropped: 1, watching_seconds: 0.5, working_seconds: 20.0 }
}

/// A phrase of every kind within another.
fn said() -> Phrase {
    let value = Phrase::listed(["it “broke”".into(), Phrase::roughly(6_083_286)]);
    let with = [("name".to_owned(), Phrase::counted(2000, "row")), ("value".to_owned(), value)];
    Phrase::said("list-of", with.into())
}

fn reports() -> Vec<(&'static str, Report)> {
    let state = |state| Report::State { state, step: Step(3) };
    vec![
        (
            "material",
            Report::Material(Material {
                content: Payload::new(Flips(vec![true, false])),
                remarks: vec!["it lands on its edge".into()],
            }),
        ),
        (
            "started",
            Report::Started(Started {
                run: RunId::default().next(),
                exhibit: ExhibitId::new("coin"),
                device: "cpu",
                seed: 42,
                parameters: 1,
                example: Example { one: "flip", many: "flips" },
                metrics: vec![MetricSpec::LOSS, MetricSpec::ACCURACY],
                train_examples: 400,
                test_examples: 0,
                batch: 1,
                epochs: 1,
                in_epochs: true,
                learning_rates: [1e-5, 1.0],
                largest_stable_rate: Some(2.5),
                steps_per_epoch: 400,
                learning_rate: 0.05,
                threads: 2,
            }),
        ),
        ("graph", Report::Graph(Arc::new(graph()))),
        (
            "stage",
            Report::Stage(StageReport {
                stage: Stage::Build,
                done: true,
                facts: vec![Fact::new("Model", "σ(θ)")],
            }),
        ),
        ("state", state(RunState::Training)),
        ("diverged", state(RunState::Diverged { learning_rate: 10.0, proposed: 0.001 })),
        ("failed", state(RunState::Failed { reason: "it “broke”".into() })),
        ("failed-said", state(RunState::Failed { reason: said() })),
        (
            "stepped",
            Report::Stepped(StepReport {
                step: Step(3),
                epoch: 1,
                values: MetricValues::new(&[0.625, 0.5]),
                learning_rate: 0.1,
                steps_per_second: 50.0,
                examples_per_second: 50.0,
                cost: cost(),
                merged: 2,
            }),
        ),
        (
            "epoch",
            Report::EpochEnded(EpochReport {
                epoch: 1,
                step: Step(400),
                train: MetricValues::new(&[0.5, 0.75]),
                examples_per_second: 4096.0,
                test: Some(TestReport {
                    values: MetricValues::new(&[f32::NAN, 0.875]),
                    confusion: [3, 1, 0, 4].into(),
                    mistakes: [Mistake { index: 5, truth: 0, said: 1, confidence: 0.75 }].into(),
                    said: [].into(),
                    losses: [].into(),
                }),
            }),
        ),
        (
            "epoch-each",
            Report::EpochEnded(EpochReport {
                epoch: 1,
                step: Step(400),
                train: MetricValues::new(&[0.5, 0.75]),
                examples_per_second: 4096.0,
                test: Some(TestReport {
                    values: MetricValues::new(&[0.5, 0.5]),
                    confusion: [1, 1, 0, 0].into(),
                    mistakes: [Mistake { index: 1, truth: 0, said: 1, confidence: 0.75 }].into(),
                    said: [0, 1].into(),
                    losses: [0.25, 0.75].into(),
                }),
            }),
        ),
        ("found", Report::Found(Payload::new(Chance(0.7)))),
        (
            "saved",
            Report::Saved(SaveReport {
                step: Step(400),
                said: Ok("coin.onnx".into()),
                asked: true,
            }),
        ),
        (
            "finished",
            Report::Finished(Finished {
                steps: Step(400),
                verdict: Payload::new(Chance(0.7)),
                examples_per_second: 50.0,
                seconds: 8.5,
                cost: cost(),
            }),
        ),
    ]
}

fn graph() -> ModelGraph {
    let mut graph = GraphBuilder::default();
    let dims = [Axis::Channel.of(2), Axis::Row.of(1), Axis::Column.of(2)];
    let input = graph.tensor(LayerId::new("Units"), Role::Input, &dims);
    let weights = graph.signed(LayerId::new("Weights"), Role::Parameter, &dims);
    graph.signed(LayerId::new("Gradient"), Role::Gradient(weights), &dims);
    let sums = graph.signed(LayerId::new("Sums"), Role::Activation, &[Axis::Class.of(1)]);
    let op = Op::Convolution {
        kernel: [1, 2],
        stride: [1, 1],
        padding: [0, 0],
        dilation: [1, 1],
        groups: 1,
        transposed: false,
    };
    graph.node("block.0.convolution", op, &[input, weights], &[sums]);
    graph.node("loss", Op::Loss { name: "cross_entropy".to_owned() }, &[sums], &[]);
    graph.build().unwrap()
}

fn snapshot() -> Snapshot {
    let layer = LayerId::new("Chance of heads");
    Snapshot {
        run: RunId::default().next(),
        step: Step(3),
        input: InputChoice::of(After(10)),
        layers: vec![
            LayerValues {
                layer,
                shape: Shape::flat(3),
                values: [0.5, f32::NAN, -1.5].into(),
                range: Range { low: -1.5, high: 0.5 },
                part: None,
            },
            LayerValues {
                layer: LayerId::new("Units"),
                shape: Shape::maps(1, 2, 2),
                values: [1.0, 2.0, 3.0, 4.0].into(),
                range: Range { low: 1.0, high: 4.0 },
                part: None,
            },
        ],
        parameters: vec![ParameterSizes {
            layer,
            weights: 1.25,
            gradient: f32::INFINITY,
            update: 0.0,
        }],
        answer: Some(Payload::new(Chance(0.75))),
    }
}

/// A snapshot of what is seen from afar: twelve numbers of a tensor of thirty, in cells of two by two.
fn thinned() -> Snapshot {
    let (of, values): (_, Vec<f32>) = (Shape::maps(1, 5, 6), (0..30_u8).map(f32::from).collect());
    let slice = (Slice { first: [0, 1, 0], count: [1, 3, 4] }, Level(1));
    let part = LayerValues::part(LayerId::new("Units"), of, Span::Signed, &values, slice);
    Snapshot { layers: part.into_iter().collect(), answer: None, ..snapshot() }
}

/// Two steps told together, as a recording has them.
fn steps() -> StepTable {
    let mut table = StepTable::default();
    for (_, report) in reports() {
        let Report::Stepped(report) = report else { continue };
        for at in 0..2 {
            let next = StepReport { step: Step(report.step.0 + at), ..report };
            table.push(Duration::from_millis(at), next).unwrap();
        }
    }
    table
}

fn messages() -> Vec<(String, Message)> {
    let reply = |said| {
        Message::Reply(Reply { id: QueryId(9), run: RunId::default().next(), step: Step(3), said })
    };
    let commands = [
        ("pause", Command::Pause),
        ("resume", Command::Resume),
        ("advance", Command::Advance { steps: 10 }),
        ("limit-speed", Command::LimitSpeed { steps_per_second: Some(50.0) }),
        ("no-limit", Command::LimitSpeed { steps_per_second: None }),
        ("learning-rate", Command::SetLearningRate(0.003)),
        ("watch-test", Command::Watch(InputChoice::Test(17))),
        ("watch-drawn", Command::Watch(InputChoice::Drawn([0.0, 0.5, 1.0].into()))),
        (
            "subscribe",
            Command::Subscribe(vec![
                Subscription::whole(LayerId::new("Units"), 60.0),
                Subscription {
                    tensor: LayerId::new("Chance of heads"),
                    slice: Slice { first: [0, 1, 0], count: [1, 4, 6] },
                    level: Level(2),
                    per_second: 0.5,
                },
            ]),
        ),
        ("watch-other", Command::Watch(InputChoice::of(After(3)))),
        ("snapshot-rate", Command::SetSnapshotRate { per_second: 30.0 }),
        ("restart", Command::Restart { seed: 7, learning_rate: None }),
        ("change", Command::Change(Payload::new(After(1)))),
        ("edit", Command::Edit(Payload::new(After(2)))),
        ("save", Command::Save),
        ("seek", Command::Seek { step: Step(7) }),
        ("stop", Command::Stop),
    ];
    let reports = reports()
        .into_iter()
        .map(|(name, report)| (format!("report-{name}"), Message::Report(report)));
    let commands =
        commands.map(|(name, command)| (format!("command-{name}"), Message::Command(command)));
    reports
        .chain([
            ("snapshot".to_owned(), Message::Snapshot(Arc::new(snapshot()))),
            ("snapshot-thinned".to_owned(), Message::Snapshot(Arc::new(thinned()))),
            ("reply".to_owned(), reply(Ok(Payload::new(Chance(0.7))))),
            ("reply-refused".to_owned(), reply(Err("a coin has no third side".into()))),
            (
                "query".to_owned(),
                Message::Query(Query { id: QueryId(9), about: Payload::new(After(10)), at: None }),
            ),
        ])
        .chain([("steps".to_owned(), Message::Steps(steps()))])
        .chain(commands)
        .chain(attaching())
        .collect()
}

/// What is said when a training of another program attaches.
fn attaching() -> [(String, Message); 5] {
    let hello = Hello {
        protocol: wire::VERSION,
        token: "00112233445566778899aabbccddeeff".to_owned(),
        program: "perceptarium-python 0.1.0".to_owned(),
        framework: "torch 1.13.1".to_owned(),
        answers: Vec::new(),
    };
    let answering = Hello { answers: vec!["coin.after".to_owned()], ..hello.clone() };
    let refused = "This is not the token that the hall shows.".to_owned();
    [
        ("hello", Message::Hello(hello)),
        ("hello-answering", Message::Hello(answering)),
        ("admission", Message::Admission(Admission::welcome())),
        ("admission-refused", Message::Admission(Admission::refusal(refused))),
        ("taken", Message::Taken(Taken { step: Step(250) })),
    ]
    .map(|(name, message)| (name.to_owned(), message))
}

#[test]
fn every_message_is_written_as_it_always_was() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/gallery/wire/golden");
    let anew = env::var_os("PERCEPTARIUM_NEW_GOLDEN").is_some();
    if anew {
        fs::create_dir_all(&folder).unwrap();
    }
    let messages = messages();
    for (name, message) in &messages {
        let mut bytes = Vec::new();
        wire::write(message, &mut bytes).unwrap();
        let file = folder.join(format!("{name}.frame"));
        if anew {
            fs::write(&file, &bytes).unwrap();
        }
        let kept = fs::read(&file).expect(name);
        assert!(kept == bytes, "{name} is now {}", String::from_utf8_lossy(&bytes));
        let side = match message {
            Message::Steps(_) => Endpoint::Recording,
            other if matches!(other.kind(), 1..=3 | wire::HELLO) => Endpoint::Viewer,
            _ => Endpoint::Trainer,
        };
        let (read, length) = wire::read(&kept, side, &super::kinds()).unwrap().unwrap();
        assert_eq!((read.kind(), length), (message.kind(), kept.len()), "{name}");
        let mut again = Vec::new();
        wire::write(&read, &mut again).unwrap();
        assert!(again == kept, "{name} is another after the wire");
    }
    let kept = fs::read_dir(&folder).unwrap().count();
    assert_eq!(kept, messages.len(), "a message has no example, or an example no message");
}
