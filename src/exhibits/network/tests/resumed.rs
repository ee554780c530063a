//! Trainings that are saved, ended and resumed, and networks that are written as descriptions: to the last bit.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
    time::Duration,
};

use tempfile::TempDir;

use crate::exhibits::network::EXHIBIT;
use crate::{
    cli, exhibits,
    inside::{Taught, TaughtAsked},
    learning::{
        DeviceName, Session,
        network::{NetworkModel, sizes},
    },
    network::{
        Rule, Training,
        brought::{self, Pixels},
        description, onnx, weights,
    },
    stream::{
        Command, InputChoice, Payload, Report, RunState, SaveReport, Step, ViewerEnd, connect,
    },
};

pub(super) const PATIENCE: Duration = Duration::from_secs(120);
/// Images to learn from and to be tested on; batches of 8 make seven steps, the last of four images.
const IMAGES: [u32; 2] = [52, 20];

/// Images of 28 × 28 with ten classes, in IDX files.
pub(super) fn images(shift: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (part, count) in [("train", IMAGES[0]), ("t10k", IMAGES[1])] {
        let count_bytes = count.to_be_bytes();
        let mut pixels = vec![0, 0, 8, 3];
        let sides = [28_u32.to_be_bytes(); 2].concat();
        pixels.extend(count_bytes.iter().chain(&sides));
        pixels.extend((0..count as usize * 784).map(|at| ((at + shift) * 37 % 251) as u8));
        let mut labels = vec![0, 0, 8, 1];
        labels.extend(count_bytes);
        labels.extend((0..count).map(|at| (at * 7 % 10) as u8));
        fs::write(folder.path().join(format!("{part}-images-idx3-ubyte")), pixels).unwrap();
        fs::write(folder.path().join(format!("{part}-labels-idx1-ubyte")), labels).unwrap();
    }
    folder
}

/// A network that draws, normalises, and whose rate and rule remember.
pub(super) const DESCRIBED: &str = r#"
[[layers]]
kind = "conv2d"
out_channels = 3
kernel_size = 5
stride = 4
bias = false
[[layers]]
kind = "batch_norm"
[[layers]]
kind = "relu"
[[layers]]
kind = "flatten"
[[layers]]
kind = "dropout"
p = 0.3
[[layers]]
kind = "linear"
[training]
optimiser = "adamw"
schedule = "cosine"
batch_size = 8
epochs = 4
"#;

/// What is asked on the command line.
pub(super) fn words(words: &[&str], paths: &[(&str, &Path)]) -> Vec<OsString> {
    let options = paths.iter().flat_map(|(option, path)| [(*option).into(), (*path).into()]);
    words.iter().map(Into::into).chain(options).collect()
}

pub(super) fn opened(words: &[OsString]) -> Result<exhibits::Opened, String> {
    let line = ["perceptarium", "network"].map(OsString::from);
    let (options, _) =
        cli::parse(line.into_iter().chain(words.iter().cloned()), &[EXHIBIT.options]).unwrap();
    exhibits::open(&EXHIBIT, &options).map_err(|error| error.to_string())
}

/// A session, with requests that wait for it.
pub(super) fn begun(words: &[OsString], requests: &[Command]) -> (ViewerEnd, Session) {
    let opened = opened(words).unwrap();
    let (room, trainer) = connect();
    for request in requests {
        assert!(room.ask(request.clone()));
    }
    (room, Session::start(opened.trainable, opened.config, trainer).unwrap())
}

/// What is told of a run until it is over or waits, bit for bit: its steps and its epochs with their tests.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Told {
    pub(super) steps: Vec<(Step, Vec<u32>, u64)>,
    /// Of each its number with what it learned, and its test.
    pub(super) epochs: Vec<[String; 2]>,
}

pub(super) fn told(room: &ViewerEnd, mut until: impl FnMut(&Report) -> bool) -> Told {
    let mut all = Told::default();
    loop {
        let report = room.report_within(PATIENCE).expect("no report came");
        match &report {
            Report::Stepped(step) => {
                let values = step.values.as_slice().iter().map(|value| value.to_bits());
                all.steps.push((step.step, values.collect(), step.learning_rate.to_bits()));
            }
            Report::EpochEnded(epoch) => {
                let (number, train, test) = (epoch.epoch, &epoch.train, &epoch.test);
                all.epochs.push([format!("{number} {train:?}"), format!("{test:?}")]);
            }
            Report::State { state: RunState::Failed { reason }, .. } => panic!("{reason}"),
            Report::State { state: RunState::Diverged { .. }, .. } => panic!("it diverged"),
            _ => {}
        }
        if until(&report) {
            return all;
        }
    }
}

pub(super) fn whole(words: &[OsString]) -> Told {
    let (room, session) = begun(words, &[]);
    let all = told(&room, |report| matches!(report, Report::Finished(_)));
    drop(room);
    assert!(session.end_within(PATIENCE));
    all
}

/// Trains so many steps and is ended there, as a program is that is killed.
pub(super) fn ended(words: &[OsString], steps: u32, save: bool) {
    let (room, session) = begun(words, &[Command::Advance { steps }]);
    let wanted = Step(u64::from(steps));
    told(
        &room,
        |report| matches!(report, Report::State { state: RunState::Paused, step } if *step == wanted),
    );
    if save {
        assert!(room.ask(Command::Save));
        let answer = |report: &Report| match report {
            Report::Saved(SaveReport { step, said, asked: true }) => {
                assert!(said.is_ok() && *step == wanted, "{said:?} at {step}");
                true
            }
            _ => false,
        };
        told(&room, answer);
    }
    drop(room);
    assert!(session.end_within(PATIENCE));
}

/// A file of a network with whatever lies beside it.
pub(super) fn state(network: &Path) -> PathBuf {
    network.with_extension("state.safetensors")
}

/// A run of four epochs, and the same ended after 17 steps, in the third epoch, and resumed: at its second epoch's end, or
/// where a visitor saved it.
pub(super) fn check_resumed(folder: &Path, model: &[OsString], data: &Path) {
    let [at_once, parted] = ["at_once", "parted"].map(|name| folder.join(format!("{name}.onnx")));
    let common = [model, &words(&[], &[("--data", data)])].concat();
    let with = |more: &[OsString]| [&common, more].concat();
    let all = whole(&with(&words(&[], &[("--save", &at_once)])));
    assert_eq!((all.steps.len(), all.epochs.len()), (28, 4));
    for (saved, from) in [(false, 14), (true, 17)] {
        ended(&with(&words(&[], &[("--save", &parted)])), 17, saved);
        let rest = whole(&with(&words(&[], &[("--resume", &parted)])));
        assert_eq!(rest.steps, all.steps[from..]);
        assert_eq!(rest.epochs, all.epochs[2..]);
        for file in [|path: &Path| path.to_owned(), state] {
            assert!(fs::read(file(&parted)).unwrap() == fs::read(file(&at_once)).unwrap());
        }
    }
}

pub(super) fn write(folder: &Path, name: &str, text: &str) -> PathBuf {
    let path = folder.join(name);
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_described_network_goes_on_as_if_it_had_never_been_ended() {
    let (data, folder) = (images(0), tempfile::tempdir().unwrap());
    let model = write(folder.path(), "mine.toml", DESCRIBED);
    check_resumed(folder.path(), &words(&["--seed", "7"], &[("--model", &model)]), data.path());
    // The saved network alone is enough, and more epochs may follow.
    let saved = folder.path().join("parted.onnx");
    let rest = whole(&words(&["--epochs", "5"], &[("--resume", &saved), ("--data", data.path())]));
    assert_eq!((rest.steps.len(), rest.epochs.len()), (7, 1));
    assert_eq!(rest.steps[0].0, Step(29));
}

#[test]
fn what_taught_a_network_that_goes_on_from_a_file_is_known_to_nobody() {
    let (data, folder) = (images(0), tempfile::tempdir().unwrap());
    let model = write(folder.path(), "mine.toml", DESCRIBED);
    let saved = folder.path().join("saved.onnx");
    let begin = words(&[], &[("--model", &model), ("--data", data.path()), ("--save", &saved)]);
    let asked = |room: &ViewerEnd| {
        let asked = TaughtAsked { input: InputChoice::Test(1), map: None, strongest: 2 };
        let id = room.query(Payload::new(asked)).unwrap();
        let reply = room.reply_within(PATIENCE).unwrap();
        assert_eq!(reply.id, id);
        reply.said
    };
    let paused = |at: u64| move |report: &Report| matches!(report, Report::State { state: RunState::Paused, step } if *step == Step(at));
    let (room, session) = begun(&begin, &[Command::Advance { steps: 8 }]);
    told(&room, paused(8));
    let said = asked(&room).unwrap();
    assert_eq!(said.get::<Taught>().unwrap().steps, 8);
    assert!(room.ask(Command::Save));
    told(&room, |report| matches!(report, Report::Saved(SaveReport { asked: true, .. })));
    drop(room);
    assert!(session.end_within(PATIENCE));
    let resumed = words(&[], &[("--resume", &saved), ("--data", data.path())]);
    let (room, session) = begun(&resumed, &[Command::Advance { steps: 2 }]);
    told(&room, paused(10));
    let refused = asked(&room).unwrap_err();
    assert!(refused.contains("goes on from a file after 8 steps"), "{refused}");
    drop(room);
    assert!(session.end_within(PATIENCE));
}

#[test]
fn the_saved_file_alone_goes_on_alike() {
    let (data, folder) = (images(0), tempfile::tempdir().unwrap());
    let model = write(folder.path(), "mine.toml", DESCRIBED);
    let saved = folder.path().join("saved.onnx");
    let begin = words(&[], &[("--model", &model), ("--data", data.path()), ("--save", &saved)]);
    let all = whole(&begin);
    let bytes = fs::read(&saved).unwrap();
    ended(&begin, 16, false);
    let rest = whole(&words(&[], &[("--resume", &saved), ("--data", data.path())]));
    assert_eq!((&rest.steps[..], &rest.epochs[..]), (&all.steps[14..], &all.epochs[2..]));
    assert!(fs::read(&saved).unwrap() == bytes);
}

#[test]
fn a_brought_network_goes_on_as_if_it_had_never_been_ended() {
    let (data, folder) = (images(0), tempfile::tempdir().unwrap());
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network/brought/model.onnx");
    // One image at once, as exports without dynamic_axes are.
    let mut single = onnx::model(&model).unwrap();
    single.inputs[0].dims[0] = Some(1);
    let path = folder.path().join("single.onnx");
    fs::write(&path, onnx::bytes(&single).unwrap()).unwrap();
    for model in [&model, &path] {
        let settings = ["--epochs", "4", "--batch", "8"];
        check_resumed(folder.path(), &words(&settings, &[("--model", model)]), data.path());
    }
}

#[test]
fn a_program_that_was_ended_between_two_files_goes_on() {
    let (data, folder) = (images(0), tempfile::tempdir().unwrap());
    let model = write(folder.path(), "mine.toml", DESCRIBED);
    let saved = folder.path().join("saved.onnx");
    let begin = words(&[], &[("--model", &model), ("--data", data.path()), ("--save", &saved)]);
    ended(&begin, 8, false);
    let old = fs::read(state(&saved)).unwrap();
    ended(&begin, 15, false);
    // The network is the new one, and its state has not yet been moved to its place.
    let mut part = state(&saved).into_os_string();
    part.push(".part");
    fs::rename(state(&saved), &part).unwrap();
    fs::write(state(&saved), old).unwrap();
    let go_on = words(&[], &[("--resume", &saved), ("--data", data.path())]);
    assert_eq!(whole(&go_on).steps.len(), 14);
    assert!(!Path::new(&part).exists());
}

#[test]
fn what_does_not_fit_is_a_sentence() {
    let (data, folder) = (images(0), tempfile::tempdir().unwrap());
    let model = write(folder.path(), "mine.toml", DESCRIBED);
    let saved = folder.path().join("saved.onnx");
    let begin = words(&[], &[("--model", &model), ("--data", data.path()), ("--save", &saved)]);
    ended(&begin, 8, false);
    let refused = |settings: &[&str], paths: &[(&str, &Path)]| {
        let data = [("--data", data.path())];
        let named = paths.iter().any(|(option, _)| *option == "--data");
        let paths: Vec<_> = paths.iter().chain(&data[usize::from(named)..]).copied().collect();
        let said = opened(&words(settings, &paths)).err().expect("it is taken");
        assert_eq!(said.lines().count(), 1, "{said}");
        said
    };
    let resume = ("--resume", &*saved);
    let other_data = images(1);
    let other = |from: &str, to: &str| {
        assert!(DESCRIBED.contains(from));
        write(folder.path(), "other.toml", &DESCRIBED.replace(from, to))
    };
    let rows: [(String, &str); 10] = [
        (refused(&["--freeze"], &[resume]), "leave --freeze out"),
        (refused(&[], &[resume, ("--data", other_data.path())]), "other data than"),
        (refused(&["--batch", "16"], &[resume]), "--batch is 16, but the training"),
        (refused(&["--seed", "1"], &[resume]), "--seed is 1, but the training"),
        (refused(&["--device", "ndarray"], &[resume]), "say --device flex"),
        (refused(&["--epochs", "1"], &[resume]), "has done 1 of 1 epochs"),
        (refused(&["--pixels", "signed"], &[resume]), "--pixels is part of the network"),
        (refused(&[], &[resume, ("--model", &other("adamw", "adam"))]), "optimiser = \"adamw\""),
        (refused(&[], &[resume, ("--model", &other("relu", "tanh"))]), "it is another network"),
        (refused(&[], &[resume, ("--model", &other("= 3\n", "= 4\n"))]), "it is another network"),
    ];
    for (said, wanted) in rows {
        assert!(said.contains(wanted), "“{wanted}” is not in: {said}");
    }
    // The state of another network, a damaged one, and none.
    let whole = fs::read(state(&saved)).unwrap();
    let elsewhere = folder.path().join("elsewhere.onnx");
    fs::copy(&saved, &elsewhere).unwrap();
    fs::write(state(&elsewhere), &whole[..whole.len() - 1]).unwrap();
    let resume = [("--resume", &*elsewhere)];
    assert!(refused(&[], &resume).contains("it is damaged"));
    let mut damaged = whole.clone();
    *damaged.last_mut().unwrap() ^= 1;
    fs::write(state(&elsewhere), damaged).unwrap();
    assert!(refused(&[], &resume).contains("it is damaged"));
    fs::remove_file(state(&elsewhere)).unwrap();
    assert!(refused(&[], &resume).contains("elsewhere.state.safetensors"));
    ended(&[&begin[..4], &words(&["--seed", "5"], &[("--save", &elsewhere)])].concat(), 8, false);
    fs::write(state(&elsewhere), whole).unwrap();
    assert!(refused(&[], &resume).contains("belongs to another network"));
}

#[test]
fn a_network_that_was_brought_and_written_says_what_the_file_says() {
    let model = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/network/brought/model.onnx");
    let read = onnx::model(&model).unwrap();
    let device = || DeviceName::Flex.device();
    let fit = brought::fitted(read, [1, 28, 28], 10, Pixels::Unit).unwrap();
    let sizes = sizes(&fit, &device()).unwrap();
    let plan = brought::plan("brought".to_owned(), fit, &sizes).unwrap();
    let (text, sources) = brought::described(&plan, &Training::default()).unwrap();
    let blocks = ["layer1", "layer2", "0", "1", "down"];
    for block in blocks {
        let written = format!("kind = \"block\"\nname = \"{block}\"");
        assert!(text.contains(&written), "{block}:\n{text}");
    }
    let rule = Rule::Sgd { momentum: 0.0, nesterov: false };
    let first = NetworkModel::new(std::sync::Arc::new(plan), device(), rule, 0.0).unwrap();
    let described = description(&text).unwrap().network([1, 28, 28], 10).unwrap();
    // As a visitor takes them: from a file that was written beside the description.
    let bytes =
        exhibits::network::model::weights_file(first.plan(), first.weights(), &sources).unwrap();
    let (_folder, file) = crate::learning::data::fixtures::file("w.safetensors", &bytes);
    let given = described.with_weights(weights::read(&file).unwrap()).unwrap();
    assert_eq!(given.remarks, Vec::<String>::new());
    let mut plan = described.plan().unwrap();
    plan.begin_with(&described, given);
    let second = NetworkModel::new(std::sync::Arc::new(plan), device(), rule, 0.0).unwrap();
    let images: Vec<f32> = (0..4 * 784).map(|at| (at * 37 % 101) as f32 / 100.0).collect();
    let [one, two] = [&first, &second].map(|model| model.logits(images.clone(), 4).unwrap());
    let apart = one.iter().zip(&two).map(|(one, two)| (one - two).abs()).fold(0.0, f32::max);
    assert!(apart < 1e-5, "{apart}: {one:?} {two:?}");
    assert!(one.iter().any(|logit| logit.abs() > 0.01));
}

#[test]
fn a_network_is_saved_as_a_description_with_its_weights_beside_it() {
    let (data, folder) = (images(0), tempfile::tempdir().unwrap());
    let model = write(folder.path(), "mine.toml", DESCRIBED);
    let [written, network] = ["written.toml", "also.onnx"].map(|name| folder.path().join(name));
    let begin = words(&["--epochs", "2"], &[("--model", &model), ("--data", data.path())]);
    let save = words(&[], &[("--save", &written), ("--save", &network)]);
    whole(&[&begin[..], &save].concat());
    let text = fs::read_to_string(&written).unwrap();
    let [first, second] =
        [DESCRIBED, &text].map(|text| description(text).unwrap().network([1, 28, 28], 10).unwrap());
    assert_eq!((&first.layers, first.classes), (&second.layers, second.classes));
    assert_eq!(description(&text).unwrap().training.epochs, 2);
    // Its weights are those of the ONNX file.
    let weights = weights::read(&written.with_extension("safetensors")).unwrap();
    let saved = onnx::model(&network).unwrap();
    assert_eq!(weights.arrays.len(), 7);
    for array in &weights.arrays {
        assert_eq!(saved.initialiser(&array.name).unwrap().to_singles(), array.numbers);
    }
}
