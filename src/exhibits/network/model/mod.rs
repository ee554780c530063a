//! A described network and how it learns images.

mod names;
mod readout;
mod saving;
mod stages;
mod step;
mod trouble;

use std::{ops::ControlFlow, path::PathBuf, sync::Arc};

use crate::{
    exhibits::network::{EXAMPLE, EXHIBIT_ID},
    learning::{
        Evaluation, Outline, Readout, StepOrder, Stepped, Taps, TrainError, Trainable,
        TrainableMaker, TrainingConfig,
        classifier::{Tally, judgement},
        data::{Dataset, Examples},
        network::{NetworkModel, Weights},
    },
    network::{Plan, Training},
    stream::{Fact, InputChoice, Material, MetricSpec, ModelGraph, Stage, TestReport},
};

use names::Names;

/// The most test images that are read at once.
const TEST_BATCH: usize = 250;
/// Multiply-adds between two looks at requests: some hundredths of a second.
const TEST_MULTIPLY_ADDS: u64 = 100_000_000;

/// The trainable of this network on these images, to be handed to a session; it is written to `save` in the end.
pub fn trainable(
    dataset: Arc<Dataset>,
    plan: Arc<Plan>,
    training: Training,
    save: Option<PathBuf>,
) -> TrainableMaker {
    Box::new(move |config| {
        let mut trainable = NetworkTrainable::new(dataset, plan, training, config)?;
        trainable.save = save;
        Ok(Box::new(trainable))
    })
}

/// A network, being taught.
struct NetworkTrainable {
    dataset: Arc<Dataset>,
    train: Examples,
    test: Examples,
    training: Training,
    model: NetworkModel,
    names: Names,
    graph: Arc<ModelGraph>,
    batch: usize,
    epochs: u32,
    seed: u64,
    device: &'static str,
    /// The order of the training examples, and the epoch that it is for.
    order: (u32, Vec<u32>),
    /// Where it is written when its run is over.
    save: Option<PathBuf>,
    /// The weights before the last step, if a snapshot is to be made of it.
    before: Option<Arc<Weights>>,
}

impl NetworkTrainable {
    fn new(
        dataset: Arc<Dataset>,
        plan: Arc<Plan>,
        training: Training,
        config: &TrainingConfig,
    ) -> Result<Self, TrainError> {
        let model = NetworkModel::new(
            plan.clone(),
            config.device.device(),
            training.rule,
            training.weight_decay,
        )?;
        Ok(Self {
            train: Examples::new(&dataset.train),
            test: Examples::new(&dataset.test),
            dataset,
            training,
            model,
            names: Names::of(&plan)?,
            graph: Arc::new(plan.graph.clone()),
            batch: config.batch,
            epochs: config.epochs,
            seed: config.seed,
            device: config.device.name(),
            order: (0, Vec::new()),
            save: None,
            before: None,
        })
    }

    fn plan(&self) -> &Plan {
        self.model.plan()
    }

    /// What is to be known of the data and of the network.
    fn remarks(&self) -> Vec<String> {
        self.dataset.remarks.iter().chain(&self.plan().remarks).cloned().collect()
    }

    fn steps_per_epoch(&self) -> u64 {
        self.train.len().div_ceil(self.batch) as u64
    }
}

impl Trainable for NetworkTrainable {
    fn outline(&self) -> Outline {
        Outline {
            exhibit: EXHIBIT_ID,
            example: EXAMPLE,
            metrics: MetricSpec::OF_CLASSIFIER.to_vec(),
            parameters: self.plan().learned(),
            train_examples: self.train.len(),
            test_examples: self.test.len(),
            batch: self.batch,
            device: self.device,
            steps_per_epoch: self.steps_per_epoch(),
            // A batch is work enough between two looks at requests.
            steps_at_once: 1,
            first_input: InputChoice::default(),
            pictures_gradients: true,
            in_epochs: true,
            learning_rates: [1e-5, 1.0],
            largest_stable_rate: None,
        }
    }

    fn material(&self) -> Material {
        Material { remarks: self.remarks(), ..Material::plain(self.dataset.test_set()) }
    }

    fn graph(&self) -> Result<ModelGraph, TrainError> {
        Ok((*self.graph).clone())
    }

    fn begin(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        self.prepare_run(seed, tell);
        Ok(())
    }

    fn step(&mut self, order: StepOrder) -> Result<Stepped, TrainError> {
        self.train_on_batch(order)
    }

    fn show(&mut self, input: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        self.read_out(input, taps)
    }

    fn without_number(&mut self) -> Result<Option<String>, TrainError> {
        self.first_that_is_none()
    }

    fn test(
        &mut self,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Option<TestReport>, TrainError> {
        let (classes, pixels) = (self.plan().classes, self.plan().input.len());
        let at_once = TEST_MULTIPLY_ADDS / self.plan().multiply_adds.max(1);
        let at_once = (at_once as usize).clamp(1, TEST_BATCH);
        let mut tally = Tally::new(classes);
        let images = self.test.brightness.chunks(pixels.max(1) * at_once);
        for (images, labels) in images.zip(self.test.labels.chunks(at_once)) {
            if go_on().is_break() {
                return Ok(None);
            }
            tally.add(&self.model.logits(images.to_vec(), labels.len())?, labels);
        }
        Ok(Some(tally.report()))
    }

    fn evaluate(
        &mut self,
        _: f64,
        go_on: &mut dyn FnMut() -> ControlFlow<()>,
    ) -> Result<Evaluation, TrainError> {
        let Some(test) = self.test(go_on)? else {
            return Ok(Evaluation::BrokenOff);
        };
        self.saved()?;
        Ok(Evaluation::Done(judgement(test)))
    }
}
