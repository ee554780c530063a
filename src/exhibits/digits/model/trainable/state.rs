//! What the digits' trainable holds: its data, its network, its optimiser, and what the last step left.

use std::sync::Arc;

use burn::{optim::ModuleOptimizer, tensor::Device};

use crate::{
    exhibits::digits::{
        Route,
        model::{
            forward_pass::Numbers,
            kernels,
            learner::{Gradients, Learner, adam},
            network::Network,
        },
        payload::Architecture,
    },
    learning::{
        DeviceName, Progress, TrainError, TrainingConfig,
        data::{Dataset, Examples},
        inside::{Books, Course, Edits, Layouts, Means, Past, Way},
        privacy::PrivateSteps,
    },
    stream::{LayerValues, ParameterSizes},
};

/// What the digits were before an edit by hand.
pub(in crate::exhibits::digits) struct BeforeEdit {
    pub(super) network: Network,
    pub(super) optimiser: ModuleOptimizer,
    pub(super) past: Past,
}

/// The digits, being taught.
pub(in crate::exhibits::digits) struct DigitsTrainable {
    pub(super) dataset: Arc<Dataset>,
    pub(super) train: Arc<Examples>,
    pub(super) test: Arc<Examples>,
    pub(super) device: Device,
    pub(super) device_name: DeviceName,
    pub(super) batch: usize,
    pub(super) route: Route,
    pub(super) sizes: Architecture,
    pub(super) seed: u64,
    /// The order of the training examples, and the epoch that it is for.
    pub(super) order: (u32, Vec<u32>),
    /// Taken out only while a step replaces it.
    pub(super) network: Option<Network>,
    pub(super) optimiser: ModuleOptimizer,
    pub(super) gradients: Option<Gradients>,
    /// The network before the last step, if a picture is to be made of it.
    pub(super) before: Option<Network>,
    /// Layers and sizes of the present parameters, once they have been asked for.
    pub(super) resting: Option<(Numbers, Vec<LayerValues>, Vec<ParameterSizes>)>,
    /// Of the training images, as far as explanations have asked for them.
    pub(super) means: Arc<Means>,
    /// Where images were laid out in this run.
    pub(super) layouts: Arc<Layouts>,
    /// How the run came to where it is.
    pub(super) past: Past,
    /// What was changed by hand, and what was before.
    pub(super) edits: Edits<BeforeEdit>,
    /// Where the run that has begun goes on.
    pub(super) resumed: Option<Progress>,
    /// Ledgers of the run.
    pub(super) books: Books,
    /// The way through the weights.
    pub(super) way: Way,
    /// The losses so far.
    pub(super) course: Course,
    /// The learning rate before the first step.
    pub(super) first_rate: f64,
    /// Passes over the training images that are planned.
    pub(super) epochs: u32,
    /// How steps are made private, if they are.
    pub(super) private: Option<PrivateSteps>,
}

impl DigitsTrainable {
    /// Scales the data once.
    pub(in crate::exhibits::digits) fn new(
        dataset: Arc<Dataset>,
        config: &TrainingConfig,
        (route, filters): (Route, usize),
    ) -> Self {
        let sizes = Architecture {
            channels: dataset.channels,
            rows: dataset.rows,
            columns: dataset.columns,
            filters,
            classes: dataset.classes.len(),
        };
        Self {
            sizes,
            train: Arc::new(Examples::new(&dataset.train)),
            test: Arc::new(Examples::new(&dataset.test)),
            dataset,
            device: config.device.device(),
            device_name: config.device,
            batch: config.batch,
            route: match kernels::fit(sizes) && config.device.is_on_cpu() {
                true => route,
                false => Route::Plain,
            },
            seed: config.seed,
            order: (0, Vec::new()),
            network: None,
            optimiser: adam(),
            gradients: None,
            before: None,
            resting: None,
            means: Arc::new(Means::new(sizes.classes)),
            layouts: Arc::default(),
            past: Past::default(),
            edits: Edits::default(),
            resumed: None,
            books: Books::default(),
            way: Way::default(),
            course: Course::default(),
            first_rate: config.learning_rate,
            epochs: config.epochs,
            private: None,
        }
    }

    /// The same with private steps.
    pub(in crate::exhibits::digits) fn in_private(self, private: PrivateSteps) -> Self {
        Self { private: Some(private), ..self }
    }

    pub(super) fn network(&self) -> Result<&Network, TrainError> {
        self.network.as_ref().ok_or_else(|| {
            TrainError::calculation(phrase!("digits-model-the-network-has-not-been"))
        })
    }

    /// How it calculates.
    pub(super) fn learner(&self) -> Learner {
        Learner { route: self.route, sizes: self.sizes, device: self.device.clone() }
    }

    pub(super) fn steps_per_epoch(&self) -> u64 {
        self.train.len().div_ceil(self.batch) as u64
    }
}
