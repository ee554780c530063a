//! The descents that the exhibit offers, tested against what is known of them.

mod gradients;
mod rules;
mod runs;
mod session;

use std::{ops::ControlFlow, path::Path, sync::Arc};

use crate::{
    exhibits::descent::{
        LineColumns, Problems, load,
        model::trainable::DescentTrainable,
        payload::{
            DescentSettings, DescentStep, DescentSteps, DescentVerdict, Runner, RunnerVerdict,
        },
    },
    learning::{Evaluation, Judgement, StepOrder, StepPlace, Trainable as _, TrainingConfig},
};

const LINE: usize = 0;
const TUMOUR: usize = 1;
const ROSENBROCK: usize = 2;
const SADDLE: usize = 3;

fn bundled() -> Arc<Problems> {
    let file = "assets/datasets/breast-cancer-wisconsin/breast-cancer-wisconsin.csv";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    load(&file, None, &LineColumns::default()).unwrap()
}

fn config() -> TrainingConfig {
    TrainingConfig { epochs: 1, batch: 16, ..TrainingConfig::default() }
}

/// All five from a problem's own start.
fn all(problem: usize) -> DescentSettings {
    DescentSettings { problem, ..DescentSettings::default() }
}

/// These alone.
fn only(problem: usize, runners: &[Runner]) -> DescentSettings {
    DescentSettings { runners: Runner::ALL.map(|runner| runners.contains(&runner)), ..all(problem) }
}

/// Everyone but the stochastic runner, who never arrives.
fn steady(problem: usize) -> DescentSettings {
    let but: Vec<_> =
        Runner::ALL.into_iter().filter(|runner| *runner != Runner::Stochastic).collect();
    only(problem, &but)
}

/// A run to its end.
struct Ran {
    steps: Vec<DescentStep>,
    verdicts: [Option<RunnerVerdict>; 5],
    over: bool,
}

impl Ran {
    fn of(&self, runner: Runner) -> RunnerVerdict {
        self.verdicts[runner.index()].unwrap()
    }
}

/// Runs from this seed at this rate until nobody goes any more, or so many steps are taken.
fn run(settings: DescentSettings, seed: u64, rate: Option<f64>, most: u64) -> Ran {
    let problems = bundled();
    let rate = rate.or_else(|| problems.usual_rate(settings.problem)).unwrap();
    let mut trainable = DescentTrainable::new(problems, settings, Some(most), &config()).unwrap();
    run_lesson(&mut trainable, seed, rate, most)
}

fn run_lesson(trainable: &mut DescentTrainable, seed: u64, rate: f64, most: u64) -> Ran {
    trainable.begin(seed, &mut |_, _| {}).unwrap();
    let (mut steps, mut batch, mut over) = (Vec::new(), 0, false);
    while batch < most && !over {
        let at = StepPlace { epoch: 0, batch };
        let left = (most - batch).min(7);
        let order = StepOrder { at, steps: left, learning_rate: rate, keep: false };
        let stepped = trainable.step(order).unwrap();
        assert!(stepped.values.loss().is_finite() && stepped.steps >= 1 && stepped.steps <= left);
        batch += stepped.steps;
        over = stepped.over;
        for finding in trainable.findings() {
            steps.extend_from_slice(&finding.get::<DescentSteps>().unwrap().0);
        }
    }
    let judged = trainable.evaluate(rate, &mut || ControlFlow::Continue(())).unwrap();
    let Evaluation::Done(Judgement { verdict, .. }) = judged else {
        panic!("no verdict");
    };
    let verdicts = verdict.get::<DescentVerdict>().unwrap().0;
    Ran { steps, verdicts, over }
}
