//! A descent as a trainable: all runners take a step at a time, from the same start.

use std::{ops::ControlFlow, sync::Arc};

use burn::tensor::Device;
use rand::{RngExt as _, SeedableRng as _};
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::descent::{
        EXAMPLE, EXHIBIT_ID,
        data::prepared::said,
        model::{
            Problems,
            gradient::Gradient,
            graph,
            landscape::{Landscape, shown},
            optimiser::OptimiserState,
        },
        payload::{
            DescentSettings, DescentStep, DescentSteps, DescentVerdict, Fate, Runner,
            RunnerVerdict, Surface,
        },
    },
    learning::{
        Evaluation, Judgement, Outline, StepOrder, Stepped, TrainError, Trainable, TrainingConfig,
    },
    sentence::grouped,
    stream::{Fact, InputChoice, Material, MetricValues, ModelGraph, Payload, Stage},
    words::Phrase,
};

/// Gradients over so many points are taken between two looks at requests: some milliseconds.
const POINTS_AT_ONCE: usize = 10_000;
/// The most steps at once, however few the points.
const MOST_AT_ONCE: usize = 16;

/// A surface, being descended.
pub(in crate::exhibits::descent) struct DescentTrainable {
    problems: Arc<Problems>,
    /// As they were asked for: without a start where it is the problem's own.
    settings: DescentSettings,
    most_steps: Option<u64>,
    batch: usize,
    device: Device,
    device_name: &'static str,
    landscape: Landscape,
    surface: Arc<Surface>,
    gradient: Gradient,
    generator: ChaCha8Rng,
    walkers: Vec<OptimiserState>,
    /// Steps taken in this run.
    step: u64,
    /// What the last steps were.
    news: Vec<DescentStep>,
    /// The learning rate to begin with after the problem has changed.
    fresh_rate: Option<f64>,
}

impl DescentTrainable {
    /// Draws the surface; nobody has started yet.
    pub(in crate::exhibits::descent) fn new(
        problems: Arc<Problems>,
        settings: DescentSettings,
        most_steps: Option<u64>,
        config: &TrainingConfig,
    ) -> Result<Self, TrainError> {
        let device = config.device.device();
        let landscape = problems.landscape(&settings)?.clone();
        Ok(Self {
            surface: Arc::new(landscape.surface(problems.told(), &settings)),
            gradient: Gradient::new(&landscape.terms, config.batch, &device),
            problems,
            settings,
            most_steps,
            batch: config.batch,
            device,
            device_name: config.device.name(),
            landscape,
            generator: ChaCha8Rng::seed_from_u64(config.seed),
            walkers: Vec::new(),
            step: 0,
            news: Vec::new(),
            fresh_rate: None,
        })
    }

    fn start(&self) -> [f64; 2] {
        self.settings.start.unwrap_or(self.landscape.start)
    }

    /// How many points there are.
    fn points(&self) -> usize {
        self.landscape.terms.points().len()
    }

    /// Who runs; a formula has no points of which some could be drawn, so there the stochastic runner is left out.
    fn runners(&self) -> impl Iterator<Item = Runner> {
        let runners = Runner::ALL.into_iter().zip(self.settings.runners);
        let samples = self.points() > 0;
        runners
            .filter(move |(runner, runs)| *runs && (samples || *runner != Runner::Stochastic))
            .map(|(runner, _)| runner)
    }

    /// Points that the stochastic runner sums over in the next step: as many neighbours from any place on, around
    /// the end, so that each point is as likely as any other.
    fn draw(&mut self) -> (usize, usize) {
        let points = self.points();
        if points == 0 {
            return (0, 0);
        }
        let first = self.generator.random_range(0..points as u64);
        (first as usize, self.batch.min(points))
    }

    fn take_step(&mut self, rate: f64) -> Result<(), TrainError> {
        let batch = self.draw();
        let mut runners = [None; 5];
        for walker in self.walkers.iter_mut().filter(|walker| walker.is_going()) {
            let step = walker.step(&self.landscape, &self.gradient, rate, batch)?;
            if let Some(place) = runners.get_mut(walker.runner().index()) {
                *place = Some(step);
            }
        }
        self.news.push(DescentStep { step: self.step, runners });
        self.step += 1;
        Ok(())
    }

    fn verdicts(&self) -> [Option<RunnerVerdict>; 5] {
        let mut verdicts = [None; 5];
        for walker in &self.walkers {
            if let Some(place) = verdicts.get_mut(walker.runner().index()) {
                *place = Some(walker.verdict());
            }
        }
        verdicts
    }

    fn data_facts(&self) -> Vec<Fact> {
        match &self.landscape.data {
            Some(data) => vec![
                Fact::new(key!("descent-model-points"), grouped(data.points.len())),
                Fact::new("x", &data.x_name),
                Fact::new("y", &data.y_name),
                Fact::new(key!("descent-model-prepared"), &data.prepared),
            ],
            None => {
                vec![Fact::new(key!("descent-model-points"), key!("descent-model-none-a-formula"))]
            }
        }
    }

    fn surface_facts(&self) -> Vec<Fact> {
        let minimum = &self.landscape.minimum;
        let mut facts = vec![
            Fact::new(key!("descent-model-loss"), &self.landscape.formula),
            Fact::new(key!("descent-model-parameters"), 2_u32),
            Fact::new(
                key!("descent-model-minimum"),
                phrase!(
                    "descent-model-at",
                    loss = number(minimum.loss),
                    theta = place(minimum.theta),
                    how = minimum.how
                ),
            ),
            Fact::new(
                key!("descent-model-converged"),
                format!("‖∇J‖ < {:e}", self.landscape.tolerance),
            ),
        ];
        if let Some(rate) = self.landscape.largest_stable_rate {
            facts.push(Fact::new(
                key!("descent-model-largest-stable"),
                phrase!("descent-model-2-max", rate = number(rate)),
            ));
        }
        facts
    }
}

/// A number with six decimals at most.
fn number(number: f64) -> String {
    said((number * 1e6).round() / 1e6)
}

fn place([first, second]: [f64; 2]) -> String {
    format!("({}, {})", number(first), number(second))
}

impl Trainable for DescentTrainable {
    fn outline(&self) -> Outline {
        let points = self.points();
        Outline {
            exhibit: EXHIBIT_ID,
            example: EXAMPLE,
            metrics: vec![self.landscape.metric()],
            parameters: 2,
            train_examples: points,
            test_examples: 0,
            batch: self.batch.min(points.max(1)),
            device: self.device_name,
            steps_per_epoch: self.most_steps.unwrap_or(self.landscape.most_steps).max(1),
            steps_at_once: (POINTS_AT_ONCE / points.max(1)).clamp(1, MOST_AT_ONCE) as u64,
            first_input: InputChoice::default(),
            pictures_gradients: false,
            // A descent has no passes, only an end.
            in_epochs: false,
            learning_rates: [1e-6, 10.0],
            largest_stable_rate: self.landscape.largest_stable_rate,
        }
    }

    fn material(&self) -> Material {
        let remarks = self.surface.data.as_ref().map_or(&[][..], |data| &data.remarks);
        Material { content: Payload::shared(self.surface.clone()), remarks: remarks.to_vec() }
    }

    fn graph(&self) -> Result<ModelGraph, TrainError> {
        graph::graph(self.surface.loss).map_err(TrainError::calculation)
    }

    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        tell(Stage::Preprocess, self.data_facts());
        tell(Stage::Build, self.surface_facts());
        self.generator = ChaCha8Rng::seed_from_u64(seed);
        (self.step, self.news) = (0, Vec::new());
        let start = self.start();
        let here = self.gradient.over_all(start)?;
        self.walkers =
            self.runners().map(|runner| OptimiserState::new(runner, start, here)).collect();
        let names: Vec<_> = self.runners().map(Runner::word).collect();
        let facts = vec![
            Fact::new(key!("descent-model-start"), place(start)),
            Fact::new(key!("descent-model-loss-there"), number(here.loss)),
            Fact::new(key!("descent-model-runners"), Phrase::listed(names)),
            Fact::new(key!("descent-model-seed"), seed),
        ];
        tell(Stage::Initialise, facts);
        Ok(())
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let first = self.walkers.iter().find(|walker| walker.is_going());
        let loss = first.map_or(0.0, OptimiserState::loss);
        let before = self.step;
        while self.step - before < order.steps && self.walkers.iter().any(OptimiserState::is_going)
        {
            self.take_step(order.learning_rate)?;
        }
        let steps = self.step - before;
        Ok(Stepped {
            steps,
            values: MetricValues::new(&[shown(loss)]),
            // A step is what is counted here; the points are summed over again and again.
            examples: steps as usize,
            over: !self.walkers.iter().any(OptimiserState::is_going),
        })
    }

    fn evaluate(
        &mut self,
        _: f64,
        _: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let verdicts = self.verdicts();
        let ended = |fate| {
            let names = verdicts.iter().flatten().filter(|verdict| verdict.fate == fate);
            let names: Vec<_> = names.map(|verdict| verdict.runner.word()).collect();
            if names.is_empty() { phrase!("descent-model-nobody") } else { Phrase::listed(names) }
        };
        let facts = vec![
            Fact::new(key!("descent-model-converged"), ended(Fate::Converged)),
            Fact::new(key!("descent-model-diverged"), ended(Fate::Diverged)),
            Fact::new(key!("descent-model-still-going"), ended(Fate::Going)),
        ];
        Ok(Evaluation::Done(Judgement {
            findings: Vec::new(),
            test: None,
            verdict: Payload::new(DescentVerdict(verdicts)),
            facts,
        }))
    }

    fn findings(&mut self) -> Vec<Payload> {
        if self.news.is_empty() {
            return Vec::new();
        }
        vec![Payload::new(DescentSteps(std::mem::take(&mut self.news)))]
    }

    fn change(&mut self, change: &Payload) -> Result<(), TrainError> {
        let Some(asked) = change.get::<DescentSettings>() else {
            return Err(TrainError::CannotChange);
        };
        let mut settings = DescentSettings::clone(asked);
        let moved = settings.problem != self.settings.problem;
        // A start on one surface means nothing on another.
        if moved && settings.start == Some(self.start()) {
            settings.start = None;
        }
        let landscape = self.problems.landscape(&settings)?.clone();
        if moved {
            self.gradient = Gradient::new(&landscape.terms, self.batch, &self.device);
            self.fresh_rate = Some(landscape.usual_rate);
        }
        self.surface = Arc::new(landscape.surface(self.problems.told(), &settings));
        (self.landscape, self.settings) = (landscape, settings);
        Ok(())
    }

    fn fresh_rate(&mut self) -> Option<f64> {
        self.fresh_rate.take()
    }
}
