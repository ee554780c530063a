//! The regression against scikit-learn's numbers, against itself, and against data that it cannot learn.

mod courses;
mod numbers;
mod scales;
mod tables;
mod wide;

use std::{fmt::Write as _, fs, ops::ControlFlow, path::Path, sync::Arc};

use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::logistic::{
        data::{Raw, ReadOptions, read},
        model::{
            Ready, Settings,
            lbfgs::{End, Lbfgs, Limits},
            ready,
        },
        payload::{
            RowAsk, Solver, Split, TableAnswer, TableSettings, TableTest, TableVerdict, TuneReport,
        },
    },
    learning::{
        Evaluation, Judgement, StepOrder, StepPlace, Stepped, TrainError, Trainable, TrainingConfig,
    },
    stream::{InputChoice, Payload},
};

/// The tumour data.
fn tumours() -> Arc<Raw> {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/breast-cancer-wisconsin");
    Arc::new(read(&path, &ReadOptions::default(), &mut |_, _| ()).unwrap())
}

/// A table with this text, to tell `label`.
fn raw(text: &str) -> Arc<Raw> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("made-up.csv");
    fs::write(&path, text).unwrap();
    let options = ReadOptions { label: Some("label".to_owned()), ..ReadOptions::default() };
    Arc::new(read(&path, &options, &mut |_, _| ()).unwrap())
}

/// Rows of four numbers whose class is a noisy function of them.
fn made_up(rows: usize, classes: usize) -> Arc<Raw> {
    let mut generator = ChaCha8Rng::seed_from_u64(7);
    let mut text = "a,b,c,d,label\n".to_owned();
    for _ in 0..rows {
        let [a, b, c, d]: [f64; 4] = std::array::from_fn(|_| generator.random_range(-1.0..1.0));
        let class = ((a - 0.5 * b + 0.4 * generator.random_range(-1.0..1.0) + 1.5) / 3.0
            * classes as f64) as usize;
        writeln!(text, "{a},{b},{c},{d},{}", class.min(classes - 1)).unwrap();
    }
    raw(&text)
}

fn settings(table: TableSettings) -> Settings {
    Settings { table, ..Settings::default() }
}

/// As scikit-learn's reference is fitted.
fn reference() -> TableSettings {
    TableSettings { split: Split::Sklearn42, ..TableSettings::default() }
}

fn prepared(raw: &Arc<Raw>, table: TableSettings) -> Ready {
    ready(raw.clone(), settings(table), 42).unwrap()
}

fn begun(ready: Ready) -> Box<dyn Trainable> {
    let seed = ready.prepared.seed;
    let mut trainable =
        crate::exhibits::logistic::model::trainable(ready, &TrainingConfig::default());
    trainable.begin(seed, &mut |_, _| ()).unwrap();
    trainable
}

fn step(
    trainable: &mut dyn Trainable,
    epoch: u32,
    batch: u64,
    rate: f64,
) -> Result<Stepped, TrainError> {
    let at = StepPlace { epoch, batch };
    trainable.step(StepOrder { at, steps: 1, learning_rate: rate, keep: false })
}

/// Learns for so many epochs, or until no step is left.
fn learn(trainable: &mut dyn Trainable, epochs: u32, rate: f64) -> Vec<f32> {
    let steps = trainable.outline().steps_per_epoch;
    let mut losses = Vec::new();
    for epoch in 0..epochs {
        for batch in 0..steps {
            let stepped = step(trainable, epoch, batch, rate).unwrap();
            losses.push(stepped.values.loss());
            if stepped.over {
                return losses;
            }
        }
    }
    losses
}

fn pictured(trainable: &mut dyn Trainable, row: Option<usize>) -> Arc<TableAnswer> {
    let picture = trainable.network_values(&InputChoice::of(RowAsk(row))).unwrap();
    picture.answer.unwrap().get().cloned().unwrap()
}

/// Judges to the end: what was found on the way, and the end.
fn judge(trainable: &mut dyn Trainable) -> Result<(Vec<Payload>, Judgement), TrainError> {
    let mut found = Vec::new();
    loop {
        match trainable.evaluate(0.1, &mut || ControlFlow::Continue(()))? {
            Evaluation::Going(findings) => found.extend(findings),
            Evaluation::Done(judged) => {
                found.extend(judged.findings.iter().cloned());
                return Ok((found, judged));
            }
            Evaluation::BrokenOff => panic!("nobody broke it off"),
        }
    }
}

fn verdict_of(judged: &Judgement) -> TableVerdict {
    (**judged.verdict.get::<TableVerdict>().unwrap()).clone()
}

fn tuned(found: &[Payload]) -> Vec<TuneReport> {
    found.iter().filter_map(Payload::get).map(|report| **report).collect()
}

/// What is said of the rows that were held out, which comes last.
fn tested(found: &[Payload]) -> Arc<TableTest> {
    found.last().unwrap().get().cloned().unwrap()
}

fn with_solver(solver: Solver) -> TableSettings {
    TableSettings { solver, ..reference() }
}

fn with_shuffled(solver: Solver) -> TableSettings {
    TableSettings { solver, ..TableSettings::default() }
}
