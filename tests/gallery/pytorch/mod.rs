//! A real training in PyTorch attaches to a hall and to the real program: what is shown is what PyTorch computes, and
//! nothing that happens to the program changes the training or holds it up.

use std::{
    env,
    fs::File,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::Duration,
};

use perceptarium::{
    stream::LayerId,
    world::link::{ShownRun, ShownSnapshot},
};
use serde_json::Value;

use crate::{
    attach::hall,
    hearing::Hearing,
    support::{named, number, program},
};

const CONV: LayerId = LayerId::new("conv");
const FC: LayerId = LayerId::new("fc");
const WEIGHT: LayerId = LayerId::new("fc.weight");

/// A training that runs until it is dropped.
struct Training {
    process: Child,
    told: Hearing,
    _home: tempfile::TempDir,
}

impl Drop for Training {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

fn source(place: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(place)
}

/// Begins to train by whichever Python has PyTorch; `watched` names port and token.
fn train(steps: usize, watched: Option<(u16, &str)>) -> Training {
    let python = env::var_os("PERCEPTARIUM_PYTHON").unwrap_or_else(|| "/usr/bin/python3".into());
    let has_torch = Command::new(&python).args(["-c", "import torch"]).output();
    assert!(
        has_torch.is_ok_and(|tried| tried.status.success()),
        "{} has no PyTorch: tests/run fetches it, or name a Python that has it by PERCEPTARIUM_PYTHON",
        python.display()
    );
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log");
    let mut command = Command::new(python);
    command
        .arg(source("tests/gallery/pytorch/train.py"))
        .arg(steps.to_string())
        .env("PYTHONPATH", source("python"))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("XDG_RUNTIME_DIR", home.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap());
    if let Some((port, token)) = watched {
        command.arg("watched");
        command.env("PERCEPTARIUM_PORT", port.to_string()).env("PERCEPTARIUM_TOKEN", token);
    }
    let mut process = command.spawn().unwrap();
    let told = Hearing::of(process.stdout.take().unwrap(), log);
    Training { process, told, _home: home }
}

fn numbers(event: &Value, name: &str) -> Vec<f64> {
    event[name].as_array().unwrap().iter().map(|number| number.as_f64().unwrap()).collect()
}

fn losses(told: &[Value]) -> Vec<f64> {
    told.iter().map(|event| number(event, "loss")).collect()
}

/// How far numbers that are shown lie from those that were computed, for their size.
fn off(shown: &[f32], computed: &[f64]) -> f64 {
    assert_eq!(shown.len(), computed.len());
    let pairs = || shown.iter().zip(computed);
    let most = pairs().map(|(shown, right)| (f64::from(*shown) - right).abs()).fold(0.0, f64::max);
    most / pairs().map(|(_, right)| right.abs()).fold(1e-6, f64::max)
}

#[test]
fn a_unit_that_is_shown_is_what_pytorch_computes() {
    let (mut hall, port, token, _) = hall();
    hall.settle();
    let mut training = train(100_000, Some((port, &token)));
    for _ in 0..3 {
        let before = hall.app.world().resource::<ShownSnapshot>().get().map(|shown| shown.step);
        hall.wait("a picture of its layers", |world| {
            let shown = world.resource::<ShownSnapshot>();
            let step = shown.get().map(|shown| shown.step);
            step > before && [CONV, FC, WEIGHT].iter().all(|layer| shown.layer(*layer).is_some())
        });
        let shown = hall.app.world().resource::<ShownSnapshot>();
        let step = shown.get().unwrap().step;
        let of_step = training.told.wait("the step that is shown", |event| event["step"] == step.0);
        for layer in [CONV, FC, WEIGHT] {
            let values = &shown.layer(layer).unwrap().values;
            let off = off(values, &numbers(&of_step, layer.name()));
            assert!(off < 1e-5, "{} is off by {off} at step {}", layer.name(), step.0);
        }
    }
    let run = &hall.app.world().resource::<ShownRun>().0;
    let paths: Vec<_> = run.graph().unwrap().nodes().iter().map(|node| node.path).collect();
    assert_eq!(paths, ["input", "conv", "relu", "pool", "flat", "fc", "softmax", "loss"]);
}

#[test]
fn a_program_that_is_stopped_or_killed_neither_changes_nor_holds_up_a_training() {
    const STEPS: usize = 400;
    let mut alone = train(STEPS, None);
    alone.told.wait("its last step", |event| event["taken"] == STEPS);
    let home = tempfile::tempdir().unwrap();
    let log = home.path().join("log");
    let token = "00112233445566778899aabbccddeeff";
    let mut hall = program()
        .args(["attach", "--port", "0", "--token", token, "--mode", "terminal", "--json"])
        .env("XDG_RUNTIME_DIR", home.path())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(File::create(&log).unwrap())
        .spawn()
        .unwrap();
    let mut events = Hearing::of(hall.stdout.take().unwrap(), log);
    let waiting = events.wait("a door", |event| event["event"] == "waiting");
    let mut watched = train(STEPS, Some((number(&waiting, "port") as u16, token)));
    events.wait("the training", |event| event["event"] == "started");
    let signal = |name: &str| {
        let sent = Command::new("kill").args([name, &hall.id().to_string()]).status();
        assert!(sent.unwrap().success());
    };
    watched.told.wait("a step", |event| event["taken"] == 100);
    signal("-STOP");
    watched.told.wait("a step beside a hall that stands still", |event| event["taken"] == 250);
    signal("-KILL");
    watched.told.wait("its last step", |event| event["taken"] == STEPS);
    hall.wait().unwrap();
    assert_eq!(named(&events.heard, "attached").len(), 1);
    assert_eq!(losses(&watched.told.heard), losses(&alone.told.heard), "bit for bit");
    // A step that waits for the hall would wait for seconds; a busy machine may still delay one.
    let slowest =
        watched.told.heard.iter().map(|event| number(event, "seconds")).fold(0.0, f64::max);
    assert!(Duration::from_secs_f64(slowest) < Duration::from_secs(1), "{slowest} s");
}
