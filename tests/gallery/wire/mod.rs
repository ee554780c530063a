//! The wire: whole runs of every exhibit pass it to the last bit, its bytes stay as they were, and no bytes do harm.

mod golden;

use std::{ffi::OsString, fs, process::Command as Process, time::Duration};

use perceptarium::{
    exhibits::{self, Exhibit},
    history::Run,
    inside::{
        Answered, Attack, Attacked, Attribution, Baseline, Bin, Changed, Completeness, Credited,
        Deletion, Dream, DreamAsked, DreamTarget, Dreamed, Flip, Forecast, ForecastChecked,
        Learned, Lesion, LesionAsked, LesionBy, Method, Neighbour, OfLayer, PixelField, Price,
        Reading, Real, Robust, RobustAsked, Shapley, Shuffled, Sides, Stretch, Sure, SureAsked,
        Target, Taught, TaughtAsked, Temperature, Unit, UnitImage, UnitLayer, Units, UnitsAsked,
        Why, WhyAsked, Without, WithoutAsked, Withstood,
    },
    stream::{
        Command, InputChoice, Payload, PayloadKinds, Query, QueryId, Reply, Report, RunId,
        RunState, Step,
        wire::{self, Endpoint, Message, Reader, WireError},
    },
};
use proptest::prelude::*;

use crate::{
    coin::{After, COIN},
    support::{small_data, trainable},
};

const PATIENCE: Duration = Duration::from_secs(120);

/// All exhibits and one that only these tests know.
fn all() -> Vec<Exhibit> {
    exhibits::ALL.iter().cloned().chain([COIN]).collect()
}

fn kinds() -> PayloadKinds {
    exhibits::payload_kinds(&all())
}

/// A short run of each exhibit: everything that its trainer says.
fn runs() -> impl Iterator<Item = (&'static str, Vec<Message>)> {
    let data = small_data(96, 40);
    let folder = data.path().display().to_string();
    let short = |exhibit: &str| match exhibit {
        "digits" => format!("--epochs 2 --data {folder}"),
        "network" => format!("--model lenet5 --epochs 2 --data {folder}"),
        "recommender" => "--epochs 1 --factors 4 --folds 2".to_owned(),
        "descent" => "--steps 40 --learning-rate 3".to_owned(),
        "logistic" => "--epochs 4 --folds 2".to_owned(),
        _ => String::new(),
    };
    let lines: Vec<_> =
        all().iter().map(|exhibit| (exhibit.clone(), short(exhibit.id.name()))).collect();
    lines.into_iter().map(move |(exhibit, words)| {
        let _lives = &data;
        (exhibit.id.name(), said(&exhibit, &words))
    })
}

fn said(exhibit: &Exhibit, words: &str) -> Vec<Message> {
    let words: Vec<_> = words.split_whitespace().map(OsString::from).collect();
    let (room, _session) = trainable(exhibit, &words);
    let mut said = Vec::new();
    loop {
        let report = room.report_within(PATIENCE).unwrap();
        let over = matches!(report, Report::Finished(_));
        said.push(Message::Report(report));
        said.extend(room.newest_snapshot().map(Message::Snapshot));
        if over {
            said.extend(room.newest_snapshot().map(Message::Snapshot));
            return said;
        }
    }
}

fn written(messages: &[Message]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for message in messages {
        wire::write(message, &mut bytes).unwrap();
    }
    bytes
}

fn read(bytes: &[u8], side: Endpoint) -> Result<Vec<Message>, WireError> {
    let mut reader = Reader::new(side, kinds());
    let mut messages = Vec::new();
    // As a socket brings them: some at a time.
    for some in bytes.chunks(4099) {
        reader.feed(some);
        while let Some(message) = reader.message()? {
            messages.push(message);
        }
    }
    assert!(!reader.is_amid(), "something is left over");
    Ok(messages)
}

#[test]
fn whole_runs_of_every_exhibit_pass_to_the_last_bit() {
    for (name, messages) in runs() {
        let snapshots = messages.iter().filter(|said| matches!(said, Message::Snapshot(_))).count();
        assert!(snapshots > 0 && messages.len() > 10, "{name} says little");
        let bytes = written(&messages);
        let again = read(&bytes, Endpoint::Viewer).expect(name);
        assert_eq!(again.len(), messages.len());
        assert!(written(&again) == bytes, "{name} is another after the wire");
        // Whoever reads it knows what a witness knows.
        let [there, here] = [&messages, &again].map(|messages| {
            let mut run = Run::new(64 << 20);
            for message in messages {
                match message {
                    Message::Report(report) => run.take(report.clone()),
                    Message::Snapshot(snapshot) => run.keep(snapshot.clone()),
                    _ => {}
                }
            }
            run
        });
        assert_eq!((there.state(), there.step()), (here.state(), here.step()));
        assert_eq!(*here.state(), RunState::Finished, "{name}");
        assert!(there.scalars().iter().eq(here.scalars().iter()));
        assert_eq!(there.remembered(), here.remembered());
    }
}

#[test]
fn a_graph_tells_of_every_tensor_that_is_shown() {
    for (name, messages) in runs().filter(|(name, _)| *name != "coin") {
        // Snapshots may overtake reports, as they have a lane of their own.
        let (mut run, mut snapshots) = (Run::new(64 << 20), Vec::new());
        for message in messages {
            match message {
                Message::Report(report) => run.take(report),
                Message::Snapshot(snapshot) => snapshots.push(snapshot),
                _ => {}
            }
        }
        let graph = run.graph().unwrap();
        assert_eq!(graph.parameters(), run.started().unwrap().parameters, "{name}");
        assert_eq!(graph.nodes().last().map(|node| node.path), Some("loss"), "{name}");
        for layer in snapshots.iter().flat_map(|snapshot| &snapshot.layers) {
            let called = layer.layer.name();
            let spec = graph.called(layer.layer).map(|(_, spec)| spec);
            let spec = spec.expect(called);
            // What is not known yet has no numbers.
            let fits = layer.values.is_empty() || layer.values.len() == spec.len();
            assert!(fits, "{name}: {} of {spec:?}", layer.values.len());
        }
    }
}

#[test]
fn a_program_of_fifty_lines_reads_a_run_by_the_protocol_alone() {
    let (_, messages) = runs().next().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("run.pcpt");
    fs::write(&file, written(&messages)).unwrap();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/gallery/wire/reader.py");
    let output = Process::new("python3").arg(script).arg(&file).output().expect("python3");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let lines: Vec<serde_json::Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), messages.len());
    for (line, message) in lines.iter().zip(&messages) {
        let Message::Snapshot(snapshot) = message else {
            assert_eq!(line["kind"], "report");
            continue;
        };
        assert_eq!((&line["kind"], &line["step"]), (&"snapshot".into(), &snapshot.step.0.into()));
        let sums = line["sums"].as_array().unwrap();
        assert_eq!(sums.len(), snapshot.layers.len());
        for (sum, layer) in sums.iter().zip(&snapshot.layers) {
            let ours: f64 = layer.values.iter().map(|value| f64::from(*value)).sum();
            assert!((sum.as_f64().unwrap() - ours).abs() < 1e-6 * ours.abs().max(1.0));
        }
    }
}

#[test]
fn what_goes_the_wrong_way_is_refused() {
    let command = written(&[Message::Command(Command::Stop)]);
    let refusal = wire::read(&command, Endpoint::Viewer, &kinds()).unwrap_err();
    assert_eq!(refusal, WireError::Direction(4, Endpoint::Viewer));
    assert_eq!(refusal.to_string(), "a message of kind 4 is not for the viewer that reads it");
    assert!(matches!(
        wire::read(&command, Endpoint::Trainer, &kinds()),
        Ok(Some((Message::Command(Command::Stop), _)))
    ));
}

#[test]
fn what_is_wrong_is_one_sentence_that_names_message_and_field() {
    let frame = |kind: u16, header: &str, body: &[u8]| golden::frame(kind, header, body);
    let good = written(&[Message::Command(Command::Pause)]);
    let mut other_version = good.clone();
    other_version[4] = 1;
    let mut damaged = good.clone();
    *damaged.last_mut().unwrap() ^= 1;
    let mut endless = good.clone();
    endless[16..24].copy_from_slice(&u64::MAX.to_le_bytes());
    let array = |dtype: &str, count: usize, end: usize| {
        format!(
            r#"{{"Watch":{{"Drawn":{{"dtype":"{dtype}","shape":[{count}],"data_offsets":[0,{end}]}}}}}}"#
        )
    };
    let layer = |shape: &str, part: &str| {
        let values = r#"{"dtype":"F32","shape":[4],"data_offsets":[0,16]}"#;
        let layer = format!(
            r#"{{"layer":"Units","shape":{shape},"values":{values},"range":{{"low":0,"high":1}}{part}}}"#
        );
        let head = r#"{"run":{"session":0,"number":0},"step":1,"input":{"Test":0},"parameters":[],"answer":null,"layers":"#;
        frame(2, &format!("{head}[{layer}]}}"), &[0; 16])
    };
    let whole = r#"{"maps":1,"rows":2,"columns":2}"#;
    let part = |level: u8, rows: u64| {
        let peaks = r#"{"dtype":"F32","shape":[0],"data_offsets":[16,16]}"#;
        let slice = r#"{"first":[0,0,0],"count":[1,4,4]}"#;
        format!(
            r#","part":{{"slice":{slice},"level":{level},"of":{{"maps":1,"rows":{rows},"columns":4}},"peaks":{peaks}}}"#
        )
    };
    let rows = [
        (
            layer(r#"{"maps":1,"rows":2,"columns":3}"#, ""),
            "layer Units: 4 numbers are not 1 × 2 × 3",
        ),
        (
            layer(&format!(r#"{{"maps":{},"rows":2,"columns":2}}"#, u64::MAX), ""),
            "layer Units: 4 numbers are not",
        ),
        (layer(whole, &part(0, 4)), "layer Units: 1 × 2 × 2 cells are not the part that it says"),
        (layer(whole, &part(1, u64::MAX)), "layer Units: 1 × 2 × 2 cells are not the part"),
        (layer(whole, &part(200, 4)), "layer Units: 1 × 2 × 2 cells are not the part"),
        (layer(whole, &part(1, 4)), "layer Units: 0 peaks for 4 cells"),
        (
            b"GET / HTTP/1.1\r\nHost: perceptarium".to_vec(),
            "these bytes are no frame: they begin with [47, 45, 54, 20]",
        ),
        (other_version, "the frame is of version 1, but this program reads version 3"),
        (damaged, "the frame is damaged: its checksum is"),
        (endless, "the body has 18446744073709551615 bytes, but at most 268435456 are allowed"),
        (frame(10, "{}", &[]), "there is no message of kind 10"),
        (
            frame(4, r#""Explode""#, &[]),
            "a message of kind 4 cannot be read: unknown variant `Explode`",
        ),
        (
            frame(4, r#"{"SetLearningRate":null}"#, &[]),
            "a message of kind 4 cannot be read: invalid type: null, expected f64",
        ),
        (
            frame(4, r#"{"Advance":{}}"#, &[]),
            "a message of kind 4 cannot be read: missing field `steps`",
        ),
        (frame(4, &array("F32", 2, 7), &[0; 8]), "an array of 2 F32 has 7 bytes"),
        (frame(4, &array("F32", 4, 16), &[0; 8]), "an array lies from byte 0 to 16 of a body of 8"),
        (frame(4, &array("F64", 1, 8), &[0; 8]), "an array is of F64 instead of F32"),
        (
            frame(4, &array("F32", usize::MAX, 8), &[0; 8]),
            "an array of 18446744073709551615 F32 has 8 bytes",
        ),
        (
            frame(5, r#"{"id":1,"about":{"kind":"pear","version":1,"content":null}}"#, &[]),
            "a message of kind 5 cannot be read: there is no payload called “pear”",
        ),
        (
            frame(5, r#"{"id":1,"about":{"kind":"coin.after","version":7,"content":3}}"#, &[]),
            "coin.after is of version 7, but this program reads version 1",
        ),
        (
            frame(5, r#"{"id":1,"about":{"kind":"coin.after","version":1,"content":"x"}}"#, &[]),
            "coin.after: invalid type: string \"x\", expected u32",
        ),
    ];
    for (bytes, words) in rows {
        // Snapshots go the other way.
        let side = if bytes.get(6) == Some(&2) { Endpoint::Viewer } else { Endpoint::Trainer };
        let sentence = wire::read(&bytes, side, &kinds()).unwrap_err().to_string();
        assert!(sentence.contains(words), "{sentence} instead of {words}");
        assert!(!sentence.contains('\n'), "{sentence}");
    }
    let long = format!(
        r#"{{"Watch":{{"Other":{{"kind":"{}","version":1,"content":0}}}}}}"#,
        "x".repeat(9000)
    );
    let sentence =
        wire::read(&frame(4, &long, &[]), Endpoint::Trainer, &kinds()).unwrap_err().to_string();
    assert!(sentence.len() < 200, "{sentence}");
}

#[test]
fn what_came_before_a_fault_stays() {
    let mut bytes = written(&[Message::Command(Command::Pause), Message::Command(Command::Resume)]);
    bytes.extend_from_slice(b"nonsense that is longer than a prefix");
    let mut reader = Reader::new(Endpoint::Trainer, kinds());
    reader.feed(&bytes);
    assert!(matches!(reader.message(), Ok(Some(Message::Command(Command::Pause)))));
    assert!(matches!(reader.message(), Ok(Some(Message::Command(Command::Resume)))));
    assert!(matches!(reader.message(), Err(WireError::Magic(_))));
}

#[test]
fn numbers_that_json_lacks_pass() {
    let drawn = Command::Watch(InputChoice::Drawn([f32::NAN, f32::INFINITY, -0.0].into()));
    let read = wire::read(&written(&[Message::Command(drawn)]), Endpoint::Trainer, &kinds());
    let Ok(Some((Message::Command(Command::Watch(InputChoice::Drawn(read))), _))) = read else {
        panic!("{read:?}");
    };
    let bits = |values: &[f32]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&read), bits(&[f32::NAN, f32::INFINITY, -0.0]));
}

#[test]
fn reasons_that_are_no_numbers_pass() {
    let asked = WhyAsked {
        input: InputChoice::Test(3),
        target: Target::Difference(1, 0),
        baseline: Baseline::MeanOf(1),
        methods: Method::ALL.into(),
        shuffled: Some(Shuffled::Layers(2)),
        seed: 7,
    };
    let none = f32::NAN;
    let why = Why {
        asked: asked.clone(),
        target: asked.target,
        size: [1, 1, 2],
        input: [0.5, none].into(),
        baseline: [0.0; 2].into(),
        logits: [none, 1.0].into(),
        value: none,
        baseline_value: f32::INFINITY,
        maps: vec![Attribution {
            method: Method::HiResCam,
            size: [1, 2],
            values: [none, -0.0].into(),
            layer: Some("Pooled".to_owned()),
            biases: Some(none),
            completeness: Some(Completeness { sum: none, expected: none, exact: true }),
            deletion: Deletion { pixels: 0, drop: none, random: f32::NEG_INFINITY },
            unshuffled: Some([none, 0.5]),
            remark: None,
            price: Price { forward: 1, backward: 2, seconds: 0.25 },
        }],
        refused: vec![(Method::GradCam, "no maps".into())],
        shuffled: vec!["Logits".to_owned()],
        price: Price::default(),
    };
    let said = Ok(Payload::new(why.clone()));
    let reply = Reply { id: QueryId(4), run: RunId::default(), step: Step(9), said };
    let read = read(&written(&[Message::Reply(reply)]), Endpoint::Viewer).unwrap();
    let [Message::Reply(Reply { said: Ok(said), .. })] = read.as_slice() else {
        panic!("{read:?}");
    };
    assert_eq!(format!("{:?}", said.get::<Why>().unwrap()), format!("{why:?}"));
    let query =
        Message::Query(Query { id: QueryId(4), about: Payload::new(asked.clone()), at: None });
    let read = self::read(&written(&[query]), Endpoint::Trainer).unwrap();
    let [Message::Query(query)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!(**query.about.get::<WhyAsked>().unwrap(), asked);
}

#[test]
fn what_withstands_no_number_passes() {
    let none = f32::NAN;
    let asked = RobustAsked {
        input: InputChoice::Test(3),
        strengths: vec![0.0, 0.1],
        images: 20,
        steps: 4,
        seed: 7,
    };
    let reading = Reading { class: 1, probability: none, loss: f32::INFINITY };
    let robust = Robust {
        asked: asked.clone(),
        size: [1, 1, 2],
        input: [0.5, none].into(),
        class: 1,
        unchanged: reading,
        attacked: vec![Attacked {
            attack: Attack::Pgd,
            strength: 0.1,
            image: [none, 0.5].into(),
            reading,
            zero_gradient: Some(none),
        }],
        images: 20,
        steps: 4,
        accuracy: none,
        withstood: vec![Withstood { attack: Attack::GaussianNoise, accuracy: [none].into() }],
        flip: Some(Flip {
            image: [0.25, 0.5].into(),
            class: 2,
            distance: none,
            size: 0.5,
            iterations: 1,
            nearest: Some(Neighbour {
                is_test: true,
                index: 9,
                distance: none,
                image: [0.5, none].into(),
            }),
        }),
        remarks: vec!["what the network says is no number".into()],
        price: Price::default(),
    };
    let sure = Sure {
        asked: SureAsked { seed: 7 },
        images: 9,
        bins: vec![Bin { images: 0, confidence: none, accuracy: none }],
        accuracy: none,
        confidence: none,
        ece: none,
        temperature: Some(Temperature {
            value: 2.0,
            iterations: 3,
            fitted_on: 4,
            tried_on: 5,
            ece: [none, 0.5],
            loss: [0.5, f32::INFINITY],
        }),
        remarks: Vec::new(),
        price: Price { forward: 9, backward: 0, seconds: 0.5 },
    };
    let said = [Payload::new(robust.clone()), Payload::new(sure.clone())].map(|said| {
        let (id, run) = (QueryId(4), RunId::default());
        Message::Reply(Reply { id, run, step: Step(9), said: Ok(said) })
    });
    let read = read(&written(&said), Endpoint::Viewer).unwrap();
    let [
        Message::Reply(Reply { said: Ok(one), .. }),
        Message::Reply(Reply { said: Ok(other), .. }),
    ] = read.as_slice()
    else {
        panic!("{read:?}");
    };
    assert_eq!(format!("{:?}", one.get::<Robust>().unwrap()), format!("{robust:?}"));
    assert_eq!(format!("{:?}", other.get::<Sure>().unwrap()), format!("{sure:?}"));
    let query =
        Message::Query(Query { id: QueryId(4), about: Payload::new(asked.clone()), at: None });
    let read = self::read(&written(&[query]), Endpoint::Trainer).unwrap();
    let [Message::Query(query)] = read.as_slice() else { panic!("{read:?}") };
    assert_eq!(**query.about.get::<RobustAsked>().unwrap(), asked);
}

#[test]
fn ledgers_and_repetitions_pass() {
    let asked = TaughtAsked { input: InputChoice::Test(3), map: Some(1), strongest: 2 };
    let sides = Sides { helped: -0.1, hindered: 1e-300 };
    let image = [0.5, 0.25].into();
    let credited = Credited { index: 5, class: 1, credit: -0.1, step: 9, image };
    let taught = Taught {
        asked: asked.clone(),
        steps: 9,
        size: [1, 1, 2],
        class: 1,
        loss: [2.345_678_901_234_5, 0.1],
        credit: -2.2,
        by_hand: -0.25,
        apart: 0.125,
        residual: 1e-5,
        images: [0.0, -0.25].into(),
        helped: vec![credited],
        hindered: Vec::new(),
        unseen: 1,
        classes: vec![sides, Sides::default()],
        stretches: vec![Stretch { first: 1, last: 9, sides, loss: 0.1 }],
        layers: vec![OfLayer { layer: "Dense weights".to_owned(), sides }],
        maps: vec![sides],
        at_once: 0.25,
        memory: 1 << 40,
        remarks: vec!["so it is".into()],
        price: Price { forward: 9, backward: 8, seconds: 0.5 },
    };
    let learned = Learned {
        loss: f64::NAN,
        logits: [f32::NAN, 1.0].into(),
        said: 1,
        accuracy: 0.5,
        test_loss: f32::INFINITY,
        confusion: [1, 0, 1, 0].into(),
    };
    let without_asked =
        WithoutAsked { input: InputChoice::Test(3), left_out: vec![5, 7], foretold: true };
    let without = Without {
        asked: without_asked.clone(),
        steps: 9,
        class: 1,
        floor: 0.0,
        before: learned.clone(),
        after: learned,
        changed: vec![Changed { index: 2, class: 1, read_as: [1, 0] }],
        booked: -0.1,
        forecast: Some(Forecast {
            change: 0.3,
            first_step: 21,
            checked: ForecastChecked { rank_correlation: 0.9, runs: 20 },
        }),
        remarks: Vec::new(),
        price: Price::default(),
    };
    let said = [Payload::new(taught.clone()), Payload::new(without.clone())].map(|said| {
        let (id, run) = (QueryId(4), RunId::default());
        Message::Reply(Reply { id, run, step: Step(9), said: Ok(said) })
    });
    let read = read(&written(&said), Endpoint::Viewer).unwrap();
    let [
        Message::Reply(Reply { said: Ok(one), .. }),
        Message::Reply(Reply { said: Ok(other), .. }),
    ] = read.as_slice()
    else {
        panic!("{read:?}");
    };
    assert_eq!(**one.get::<Taught>().unwrap(), taught);
    assert_eq!(format!("{:?}", other.get::<Without>().unwrap()), format!("{without:?}"));
    for about in [Payload::new(asked), Payload::new(without_asked)] {
        let query = Message::Query(Query { id: QueryId(4), about: about.clone(), at: None });
        let read = self::read(&written(&[query]), Endpoint::Trainer).unwrap();
        let [Message::Query(query)] = read.as_slice() else { panic!("{read:?}") };
        assert_eq!(query.about, about);
    }
}

/// What a unit of no number knows.
fn unit(none: f32) -> Unit {
    let field = PixelField { first: [0, 2], size: [4, 4] };
    let image = UnitImage { index: 7, value: none, place: [0, 1], field };
    Unit {
        top: vec![image; 2],
        median: Vec::new(),
        near_zero: vec![image],
        active: none,
        mean: f32::NEG_INFINITY,
        drop_by_zero: none,
        drop_by_mean: -0.25,
    }
}

#[test]
fn units_of_no_number_pass() {
    let none = f32::NAN;
    let layer = UnitLayer { name: "Pooled".to_owned(), size: [2, 13, 13] };
    let name = Some(layer.name.clone());
    let units = Units {
        asked: UnitsAsked { layer: name.clone(), images: 9, top: 2, seed: 7 },
        layer: layer.clone(),
        layers: vec![layer.clone()],
        images: 9,
        tried_on: 8,
        accuracy: none,
        units: vec![unit(none); 2],
        shapley: Some(Shapley {
            by: LesionBy::Mean,
            permutations: None,
            images: 8,
            all: 0.875,
            none: 0.125,
            values: vec![0.5, 0.25],
            errors: vec![0.0; 2],
        }),
        remarks: vec!["some units make what is no number".into()],
        price: Price { forward: 9, backward: 0, seconds: 0.5 },
    };
    let answered = Answered { accuracy: none, confusion: vec![1, 0, 2, 3] };
    let lesion = Lesion {
        asked: LesionAsked { layer: None, units: vec![1], by: LesionBy::Zero, images: 9 },
        layer,
        images: 9,
        before: answered.clone(),
        after: answered,
        changed: vec![Changed { index: 3, class: 1, read_as: [1, 0] }],
        remarks: Vec::new(),
        price: Price::default(),
    };
    let target = DreamTarget::Unit { layer: name, unit: 1 };
    let dream = Dream {
        asked: DreamAsked { target, steps: 3, seed: 7, count: 1, plain: true },
        size: [1, 1, 2],
        steps: 3,
        dreams: vec![Dreamed { image: [0.5, none].into(), value: none, high_frequency: none }],
        images: 9,
        best: Some(Real { index: 4, value: none, high_frequency: 0.5 }),
        remarks: Vec::new(),
        price: Price::default(),
    };
    let told = [format!("{units:?}"), format!("{lesion:?}"), format!("{dream:?}")];
    let asked = [
        Payload::new(units.asked.clone()),
        Payload::new(lesion.asked.clone()),
        Payload::new(dream.asked.clone()),
    ];
    let said = [Payload::new(units), Payload::new(lesion), Payload::new(dream)].map(|said| {
        let (id, run) = (QueryId(4), RunId::default());
        Message::Reply(Reply { id, run, step: Step(9), said: Ok(said) })
    });
    let replies = read(&written(&said), Endpoint::Viewer).unwrap();
    assert_eq!(replies.len(), 3);
    for (reply, told) in replies.iter().zip(&told) {
        let Message::Reply(Reply { said: Ok(said), .. }) = reply else { panic!("{reply:?}") };
        let units = said.get::<Units>().map(|units| format!("{units:?}"));
        let lesion = || said.get::<Lesion>().map(|lesion| format!("{lesion:?}"));
        let dream = || said.get::<Dream>().map(|dream| format!("{dream:?}"));
        assert_eq!(units.or_else(lesion).or_else(dream).as_ref(), Some(told));
    }
    for about in asked {
        let query = Message::Query(Query { id: QueryId(4), about: about.clone(), at: None });
        let read = read(&written(&[query]), Endpoint::Trainer).unwrap();
        let [Message::Query(query)] = read.as_slice() else { panic!("{read:?}") };
        assert!(query.about.get::<UnitsAsked>() == about.get::<UnitsAsked>(), "{query:?}");
        assert!(query.about.get::<LesionAsked>() == about.get::<LesionAsked>(), "{query:?}");
        assert!(query.about.get::<DreamAsked>() == about.get::<DreamAsked>(), "{query:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Random bytes behind a prefix that is right, and frames with any of their bytes changed: nothing panics, nothing
    /// is allocated beyond what came, and no command is heard that was not sent.
    #[test]
    fn no_bytes_do_harm(
        at in 0_usize..400,
        with in prop::collection::vec(any::<u8>(), 1..24),
        cut in 0_usize..400,
    ) {
        let sent = [Command::Pause, Command::Advance { steps: 3 }, Command::SetLearningRate(0.25)];
        let asked = Message::Query(Query {
            id: QueryId(7),
            about: Payload::new(After(3)),
            at: None,
        });
        let messages: Vec<_> =
            sent.iter().cloned().map(Message::Command).chain([asked]).collect();
        let mut bytes = written(&messages);
        let length = bytes.len();
        for (offset, byte) in with.iter().enumerate() {
            if let Some(place) = bytes.get_mut((at + offset) % length) {
                *place = *byte;
            }
        }
        bytes.truncate(length.saturating_sub(cut % length));
        for side in [Endpoint::Trainer, Endpoint::Viewer, Endpoint::Recording] {
            let mut reader = Reader::new(side, kinds());
            reader.feed(&bytes);
            while let Ok(Some(message)) = reader.message() {
                if let Message::Command(command) = message {
                    prop_assert!(side == Endpoint::Trainer && sent.contains(&command));
                }
            }
        }
    }

    /// Headers of any JSON, with the right checksum: the words are wrong, and nothing else happens.
    #[test]
    fn no_words_do_harm(kind in 1_u16..10, header in "[\\[\\]{}\":,a-zA-Z0-9.\\-]{0,200}", body in prop::collection::vec(any::<u8>(), 0..64)) {
        let bytes = golden::frame(kind, &header, &body);
        for side in [Endpoint::Trainer, Endpoint::Viewer, Endpoint::Recording] {
            if let Ok(Some((message, _))) = wire::read(&bytes, side, &kinds()) {
                prop_assert_eq!(message.kind(), kind);
            }
        }
    }
}
