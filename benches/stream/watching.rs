//! A large model watched: a table of 5,000 × 10,000 weights of which each step looks up 64 rows, makes 2,000,000 units of
//! them, and changes the rows, as an embedding is trained.

use std::time::{Duration, Instant};

use perceptarium::{
    history::Run,
    learning::{
        Outline, Readout, Session, StepOrder, Stepped, Taps, TrainError, Trainable, TrainingConfig,
    },
    stream::{
        Axis, Command, Content, Example, ExhibitId, Fact, GraphBuilder, InputChoice, LayerId,
        Level, Material, MetricValues, ModelGraph, Op, Report, Role, Shape, Slice, Span, Stage,
        Subscription, connect,
    },
};
use serde::{Deserialize, Serialize};

const WEIGHTS: LayerId = LayerId::new("Weights");
const UNITS: LayerId = LayerId::new("Units");
const ROWS: usize = 5000;
const COLUMNS: usize = 10_000;
/// Rows that a step looks up.
const LOOKED_UP: usize = 64;
/// Maps, rows and columns of the units.
const OF_UNITS: Shape = Shape::maps(500, 50, 80);
const SECONDS: f64 = 4.0;
const REPETITIONS: usize = 3;
/// The hall's frames.
const FRAME: Duration = Duration::from_micros(16_667);
/// What the hall may keep of it.
const HISTORY_BYTES: usize = 64 << 20;

struct Table {
    weights: Vec<f32>,
    units: Vec<f32>,
    step: usize,
}

#[derive(Debug, Serialize, Deserialize)]
struct Nothing;

impl Content for Nothing {
    const KIND: &'static str = "bench.nothing";
}

impl Trainable for Table {
    fn outline(&self) -> Outline {
        let example = Example { one: "row", many: "rows" };
        Outline::plain(ExhibitId::new("table"), example, ROWS * COLUMNS, 1 << 40)
    }

    fn material(&self) -> Material {
        Material::plain(Nothing)
    }

    fn graph(&self) -> Result<ModelGraph, TrainError> {
        let mut graph = GraphBuilder::default();
        let dims = [Axis::Item.of(ROWS), Axis::Feature.of(COLUMNS)];
        let weights = graph.signed(WEIGHTS, Role::Parameter, &dims);
        let dims = [Axis::Channel.of(500), Axis::Row.of(50), Axis::Column.of(80)];
        let units = graph.tensor(UNITS, Role::Activation, &dims);
        graph.node("lookup", Op::Embedding, &[weights], &[units]);
        graph.build().map_err(TrainError::calculation)
    }

    fn begin(&mut self, _: u64, _: &mut dyn FnMut(Stage, Vec<Fact>)) -> Result<(), TrainError> {
        self.step = 0;
        Ok(())
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let rate = order.learning_rate as f32;
        let mut loss = 0.0_f64;
        let parts = self.units.chunks_mut(OF_UNITS.len() / LOOKED_UP).enumerate();
        for (at, units) in parts.take(LOOKED_UP) {
            let row = (self.step * 2_654_435 + at * 79) % ROWS;
            let weights = &mut self.weights[row * COLUMNS..(row + 1) * COLUMNS];
            for (part, units) in units.chunks_mut(COLUMNS).enumerate() {
                let shift = part as f32 * 0.1;
                for (unit, weight) in units.iter_mut().zip(&*weights) {
                    *unit = (weight + shift).max(0.0);
                }
            }
            for weight in weights {
                loss += f64::from(*weight * *weight);
                *weight -= rate * *weight;
            }
        }
        self.step += 1;
        let loss = (loss / (LOOKED_UP * COLUMNS) as f64) as f32;
        let values = MetricValues::new(&[loss]);
        Ok(Stepped { steps: 1, values, examples: LOOKED_UP, over: false })
    }

    fn show(&mut self, _: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        taps.tap(UNITS, OF_UNITS, Span::FromZero, &self.units);
        taps.tap(WEIGHTS, Shape::maps(1, ROWS, COLUMNS), Span::Signed, &self.weights);
        Ok(Readout::default())
    }
}

/// What a stage shows: all units in 500,000 cells, all weights in 200,000, and a part of them that somebody stands before.
fn on_the_stage() -> Vec<Subscription> {
    let seen =
        |tensor, level| Subscription { level: Level(level), ..Subscription::whole(tensor, 60.0) };
    let near = Slice { first: [0, 0, 0], count: [1, 256, 256] };
    vec![seen(UNITS, 1), seen(WEIGHTS, 4), Subscription { slice: near, ..seen(WEIGHTS, 0) }]
}

/// What a run of some seconds came to.
struct Watched {
    steps_per_second: f64,
    snapshots_per_second: f64,
    share: f64,
    history_mib: f64,
}

/// Trains for some seconds, watched by a room that looks at `wanted`, or by none.
fn run(wanted: Option<Vec<Subscription>>) -> Watched {
    let weights = (0..ROWS * COLUMNS).map(|at| ((at % 977) as f32 - 488.0) / 500.0).collect();
    let table = Table { weights, units: vec![0.0; OF_UNITS.len()], step: 0 };
    let config = TrainingConfig {
        snapshots_per_second: 0.0,
        batch: 1,
        threads: Some(1),
        ..TrainingConfig::default()
    };
    let (room, trainer) = connect();
    let _session =
        Session::start(Box::new(|_| Ok(Box::new(table))), config, trainer).expect("a session");
    let mut history = Run::new(HISTORY_BYTES);
    if let Some(wanted) = wanted {
        room.ask(Command::Subscribe(wanted));
        room.ask(Command::SetSnapshotRate { per_second: 60.0 });
    }
    let (mut begun, mut first, mut last) = (None, 0, None);
    loop {
        std::thread::sleep(FRAME);
        while let Some(report) = room.report() {
            if let Report::Stepped(step) = &report {
                if begun.is_none() {
                    (begun, first) = (Some(Instant::now()), step.step.0);
                }
                last = Some(*step);
            }
            history.take(report);
        }
        if let Some(snapshot) = room.newest_snapshot() {
            history.keep(snapshot);
        }
        let Some((begun, last)) = begun.zip(last) else {
            continue;
        };
        let seconds = begun.elapsed().as_secs_f64();
        if seconds > SECONDS {
            return Watched {
                steps_per_second: (last.step.0 - first) as f64 / seconds,
                snapshots_per_second: history.remembered().seen as f64 / seconds,
                share: last.cost.share(),
                history_mib: history.remembered().bytes as f64 / f64::from(1 << 20),
            };
        }
    }
}

pub(crate) fn main() {
    println!("a table of 50,000,000 weights and 2,000,000 units, watched 60 times a second:");
    let mut all: [Vec<Watched>; 3] = Default::default();
    for _ in 0..REPETITIONS {
        let whole = [UNITS, WEIGHTS].map(|name| Subscription::whole(name, 60.0));
        let wanted = [None, Some(on_the_stage()), Some(whole.to_vec())];
        for (told, wanted) in all.iter_mut().zip(wanted) {
            told.push(run(wanted));
        }
    }
    for (told, name) in all.iter().zip(["alone", "what a stage shows", "every number"]) {
        let of = |what: fn(&Watched) -> f64| super::median(told.iter().map(what).collect());
        println!(
            "  {name}: {:.1} steps/s, {:.1} snapshots/s, bill {:.1} %, history {:.1} MiB",
            of(|run| run.steps_per_second),
            of(|run| run.snapshots_per_second),
            100.0 * of(|run| run.share),
            of(|run| run.history_mib),
        );
    }
}
