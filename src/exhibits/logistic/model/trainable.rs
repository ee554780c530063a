//! A table as a trainable: its steps, its pictures, and the judgement of what was learned.

use std::{ops::ControlFlow, sync::Arc};

use rand::{SeedableRng as _, seq::SliceRandom as _};
use rand_chacha::ChaCha8Rng;

use crate::{
    exhibits::logistic::{
        EXAMPLE, EXHIBIT_ID,
        data::Raw,
        metrics,
        model::{
            answer::{AskedRows, answer, told},
            facts, graph,
            judge::{FINISH, Judge, Progress},
            kernels::Which,
            lbfgs::{End, Lbfgs, Limits},
            prepare::Prepared,
            ready::{Ready, ready, unbounded},
            settings::Settings,
        },
        payload::{Penalty, RowAsk, Solver, TableAnswer, TableSettings},
    },
    learning::{
        Evaluation, Judgement, Outline, Readout, StepOrder, Stepped, Taps, TrainError, Trainable,
        TrainingConfig,
    },
    stream::{
        Fact, InputChoice, Material, MetricSpec, MetricValues, ModelGraph, Payload, Stage,
        TestReport,
    },
};

/// Rows that are learned between two looks at requests: some tenths of a millisecond.
const ROWS_AT_ONCE: usize = 8192;

/// A rate that a change makes so many times too large or too small is given up for the usual one.
const RATE_STILL_FITS: f64 = 1.5;

/// A table, being learned.
pub(super) struct TableTrainable {
    raw: Arc<Raw>,
    prepared: Prepared,
    batch: usize,
    learner: Learner,
    /// The order of the rows in this epoch, for batches.
    order: Option<(u32, Vec<u32>)>,
    /// What was answered of what is learned now.
    answer: Option<(Option<usize>, Arc<TableAnswer>)>,
    judge: Option<Judge>,
    /// The learning rate to begin with after a change.
    fresh_rate: Option<f64>,
}

/// Who takes the steps, and where they stand.
enum Learner {
    /// Gradient descent: coefficients and intercepts, per unit of the terms.
    Descent(Vec<f64>),
    Lbfgs(Box<Lbfgs>),
}

impl Learner {
    fn new(prepared: &Prepared) -> Self {
        let zeros = vec![0.0; prepared.shape.parameters()];
        match prepared.settings.table.solver {
            Solver::FullBatch | Solver::MiniBatch => Self::Descent(zeros),
            Solver::Lbfgs => Self::Lbfgs(Box::new(Lbfgs::new(zeros))),
        }
    }

    /// Where the model is, as it is calculated with.
    fn point(&self, prepared: &Prepared) -> Vec<f64> {
        match self {
            Self::Descent(point) => prepared.inner(point.clone()),
            Self::Lbfgs(search) => search.point.clone(),
        }
    }
}

impl TableTrainable {
    pub(super) fn new(ready: Ready, config: &TrainingConfig) -> Self {
        let Ready { raw, prepared } = ready;
        Self {
            learner: Learner::new(&prepared),
            raw,
            prepared,
            batch: config.batch,
            order: None,
            answer: None,
            judge: None,
            fresh_rate: None,
        }
    }

    fn rows(&self) -> usize {
        self.prepared.train.labels.len()
    }

    /// Rows of a step.
    fn batch(&self) -> usize {
        match self.prepared.settings.table.solver {
            Solver::FullBatch | Solver::Lbfgs => self.rows(),
            Solver::MiniBatch => self.batch.min(self.rows()),
        }
    }

    fn forget(&mut self) {
        self.learner = Learner::new(&self.prepared);
        (self.order, self.answer, self.judge) = (None, None, None);
    }

    fn replace(&mut self, ready: Ready) {
        self.prepared = ready.prepared;
        self.forget();
    }

    /// Draws a new order of the rows for an epoch.
    fn order_of(&mut self, epoch: u32) -> Vec<u32> {
        match self.order.take() {
            Some((of, order)) if of == epoch => order,
            _ => {
                let mut order: Vec<u32> = (0..self.rows() as u32).collect();
                let mut generator = ChaCha8Rng::seed_from_u64(self.prepared.seed);
                // Each epoch has a stream of its own, so that none depends on those before it.
                generator.set_stream(u64::from(epoch) + 1);
                order.shuffle(&mut generator);
                order
            }
        }
    }

    /// One step of gradient descent over all rows.
    fn step_fully(&mut self, rate: f64) -> Result<Stepped, TrainError> {
        let rows = self.rows();
        let Learner::Descent(point) = &mut self.learner else {
            return Err(not_begun());
        };
        let objective = self.prepared.objective();
        let mut value = objective.at(&self.prepared.inner(point.clone()));
        if value.total().is_finite() {
            let gradient = self.prepared.slope(std::mem::take(&mut value.gradient));
            objective.descend(point, &gradient, rate);
        }
        let parted = value.parted && self.prepared.settings.table.penalty == Penalty::None;
        let loss = if value.total().is_finite() { value.loss } else { value.total() };
        if parted { Err(unbounded(&self.raw)) } else { Ok(stepped(1, loss, value.right, rows)) }
    }

    /// Steps of gradient descent over a batch each.
    fn step_in_batches(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        let batch = self.batch();
        let places = self.order_of(order.at.epoch);
        let Learner::Descent(point) = &mut self.learner else {
            return Err(not_begun());
        };
        let objective = self.prepared.objective();
        let first = usize::try_from(order.at.batch).unwrap_or(usize::MAX);
        let batches = places.chunks(batch).skip(first).take(order.steps as usize);
        let (mut steps, mut loss, mut right, mut rows) = (0, 0.0, 0, 0);
        for batch in batches {
            let value = objective.over(&self.prepared.inner(point.clone()), Which::Places(batch));
            if !value.total().is_finite() {
                // Told by the step that meets it first and has changed nothing.
                if steps == 0 {
                    return Ok(stepped(1, value.total(), value.right, batch.len()));
                }
                break;
            }
            objective.descend(point, &self.prepared.slope(value.gradient), order.learning_rate);
            steps += 1;
            loss += value.loss * batch.len() as f64;
            right += value.right;
            rows += batch.len();
        }
        self.order = Some((order.at.epoch, places));
        Ok(stepped(steps.max(1), loss / rows.max(1) as f64, right, rows))
    }

    /// One iteration of L-BFGS.
    fn iterate(&mut self) -> Result<Stepped, TrainError> {
        let rows = self.rows();
        let Learner::Lbfgs(search) = &mut self.learner else {
            return Err(not_begun());
        };
        let objective = self.prepared.objective();
        let until_parted = self.prepared.settings.table.penalty == Penalty::None;
        let limits = Limits { until_parted, ..FINISH };
        let before = search.value(&objective);
        let (loss, right) = (before.loss, before.right);
        let end = search.go_on(&objective, limits);
        if end == Some(End::Parted) {
            return Err(unbounded(&self.raw));
        }
        Ok(Stepped { over: end.is_some(), ..stepped(1, loss, right, rows) })
    }
}

fn stepped(steps: u64, loss: f64, right: usize, examples: usize) -> Stepped {
    let accuracy = right as f32 / examples.max(1) as f32;
    Stepped { steps, values: MetricValues::new(&[loss as f32, accuracy]), examples, over: false }
}

fn not_begun() -> TrainError {
    TrainError::calculation(phrase!("logistic-model-the-table-has-not-been"))
}

impl Trainable for TableTrainable {
    fn outline(&self) -> Outline {
        let batch = self.batch();
        Outline {
            exhibit: EXHIBIT_ID,
            example: EXAMPLE,
            metrics: MetricSpec::OF_CLASSIFIER.to_vec(),
            parameters: self.prepared.shape.parameters(),
            train_examples: self.rows(),
            test_examples: self.prepared.test.labels.len(),
            batch,
            device: "cpu",
            steps_per_epoch: self.rows().div_ceil(batch.max(1)) as u64,
            steps_at_once: (ROWS_AT_ONCE / batch.max(1)).max(1) as u64,
            first_input: InputChoice::of(RowAsk(None)),
            pictures_gradients: false,
            in_epochs: true,
            learning_rates: [1e-6, 10.0],
            largest_stable_rate: None,
        }
    }

    fn material(&self) -> Material {
        let table = &self.prepared.table;
        Material { content: Payload::shared(table.clone()), remarks: table.remarks.clone() }
    }

    fn reseed(&mut self, seed: u64) -> Result<bool, TrainError> {
        if seed == self.prepared.seed {
            return Ok(false);
        }
        let settings = self.prepared.settings.clone();
        self.replace(ready(self.raw.clone(), settings, seed)?);
        Ok(true)
    }

    fn graph(&self) -> Result<ModelGraph, TrainError> {
        graph::graph(
            self.prepared.shape.parameters(),
            self.prepared.shape.terms,
            self.prepared.shape.classes,
        )
        .map_err(TrainError::calculation)
    }

    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        self.reseed(seed)?;
        self.forget();
        tell(Stage::Preprocess, facts::of_data(&self.prepared));
        tell(Stage::Build, facts::of_model(&self.prepared));
        tell(
            Stage::Initialise,
            vec![
                Fact::new(key!("logistic-model-coefficients"), key!("logistic-model-zero")),
                Fact::new(key!("logistic-model-intercepts"), key!("logistic-model-zero")),
                Fact::new(key!("logistic-model-seed"), seed),
            ],
        );
        Ok(())
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        self.answer = None;
        match self.prepared.settings.table.solver {
            Solver::FullBatch => self.step_fully(order.learning_rate),
            Solver::MiniBatch => self.step_in_batches(order),
            Solver::Lbfgs => self.iterate(),
        }
    }

    fn show(&mut self, input: &InputChoice, _: &mut Taps) -> Result<Readout, TrainError> {
        let asked = match input {
            InputChoice::Other(asked) => asked.get::<RowAsk>(),
            _ => None,
        };
        let row = asked
            .ok_or_else(|| TrainError::calculation(phrase!("logistic-model-a-table-is-asked-for")))?
            .0;
        let known = self.answer.take().filter(|(of, _)| *of == row);
        let told = known.map_or_else(
            || Arc::new(answer(&self.prepared, &self.learner.point(&self.prepared), row)),
            |(_, told)| told,
        );
        self.answer = Some((row, told.clone()));
        Ok(Readout { answer: Some(Payload::shared(told)), ..Readout::default() })
    }

    fn test(
        &mut self,
        _: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        self.tested().map(Some)
    }

    fn evaluate(
        &mut self,
        _: f64,
        _: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let judge = self.judge.get_or_insert_with(|| Judge::new(&self.prepared));
        match judge.go_on(&self.raw, &self.prepared)? {
            Progress::Going(findings) => Ok(Evaluation::Going(findings)),
            Progress::Done { findings, verdict } => {
                self.judge = None;
                Ok(Evaluation::Done(Judgement {
                    findings,
                    test: Some(self.tested()?),
                    facts: facts::of_verdict(&self.prepared.table, &verdict),
                    verdict: Payload::new(*verdict),
                }))
            }
        }
    }

    fn change(&mut self, change: &Payload) -> Result<(), TrainError> {
        let Some(table) = change.get::<TableSettings>() else {
            return Err(TrainError::CannotChange);
        };
        let settings =
            Settings { table: TableSettings::clone(table), ..self.prepared.settings.clone() };
        let ready = ready(self.raw.clone(), settings, self.prepared.seed)?;
        let ratio = ready.usual_rate() / self.prepared.table.usual_rate;
        let fits = (1.0 / RATE_STILL_FITS..=RATE_STILL_FITS).contains(&ratio);
        self.fresh_rate = (!fits).then(|| ready.usual_rate());
        self.replace(ready);
        Ok(())
    }

    fn fresh_rate(&mut self) -> Option<f64> {
        self.fresh_rate.take()
    }

    fn forget_evaluation(&mut self) {
        self.judge = None;
    }
}

impl TableTrainable {
    /// What the model that is learned now says of the rows that are held out.
    fn tested(&self) -> Result<TestReport, TrainError> {
        let test = &self.prepared.test;
        let point = self.learner.point(&self.prepared);
        let asked = AskedRows { prepared: &self.prepared, point: &point, design: &test.design };
        let probabilities = told(&asked, 0..test.labels.len());
        let measured =
            metrics::Predictions::new(&test.labels, &probabilities, self.prepared.shape.classes)
                .ok_or_else(|| {
                    TrainError::calculation(phrase!("logistic-model-there-are-no-rows-to"))
                })?;
        Ok(TestReport {
            values: MetricValues::new(&[measured.log_loss() as f32, measured.accuracy() as f32]),
            confusion: measured.confusion().into_iter().map(|count| count as u32).collect(),
            mistakes: Arc::from([]),
            said: Arc::from([]),
            losses: Arc::from([]),
        })
    }
}
