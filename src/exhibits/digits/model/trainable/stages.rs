//! The stages before the first step: preprocessing, building and initialising, with the facts of each.

use std::sync::Arc;

use super::state::{BeforeEdit, DigitsTrainable};
use crate::{
    exhibits::digits::{
        model::{
            learner::{adam, parameters},
            network::Network,
        },
        payload::Architecture,
    },
    learning::{
        Progress, TrainError,
        data::order as shuffled,
        inside::{Books, Course, Past},
    },
    sentence::grouped,
    stream::{Fact, Stage},
    words::Phrase,
};

impl DigitsTrainable {
    /// Draws a new network and a new order of the examples by the seed.
    pub(super) fn prepare_run(
        &mut self,
        seed: u64,
        tell: &mut dyn FnMut(Stage, Vec<Fact>),
    ) -> Result<(), TrainError> {
        if let Some(network) = &self.network {
            let numbers = parameters(network)?.flat();
            self.way.end(|| numbers);
        }
        (self.seed, self.layouts) = (seed, Arc::default());
        self.order = (0, shuffled(seed, 0, self.train.len()));
        tell(
            Stage::Preprocess,
            vec![
                Fact::new(key!("digits-model-training-images"), grouped(self.train.len())),
                Fact::new(key!("digits-model-test-images"), grouped(self.test.len())),
                Fact::new(key!("digits-model-image-size"), image_size(self.sizes)),
                Fact::new(key!("digits-model-brightness"), key!("digits-model-0-to-1")),
                Fact::new(
                    key!("digits-model-mean-brightness"),
                    format!("{:.4}", self.train.mean()),
                ),
            ],
        );
        let Architecture { filters, classes, .. } = self.sizes;
        let (kernel, window) = (self.sizes.kernel(), self.sizes.window());
        let units = grouped(self.sizes.pooled().len());
        let mut built = vec![
            Fact::new(
                key!("digits-model-convolution"),
                phrase!(
                    "digits-model-filters-of-relu",
                    filters,
                    kernel = kernel[0],
                    kernel2 = kernel[1]
                ),
            ),
            Fact::new(
                key!("digits-model-pooling"),
                phrase!("digits-model-largest-of", window = window[0], window2 = window[1]),
            ),
            Fact::new(
                key!("digits-model-dense"),
                phrase!("digits-model-to-softmax", units, classes),
            ),
            Fact::new(key!("digits-model-parameters"), grouped(self.sizes.parameters())),
        ];
        built.extend(self.private_plan());
        tell(Stage::Build, built);
        let back = self.edits.begin();
        self.resumed = back.as_ref().map(|back| back.progress);
        let BeforeEdit { network, optimiser, past } = match back {
            Some(back) => back.state,
            None => BeforeEdit {
                network: Network::init(seed, self.sizes, &self.device.clone().autodiff()),
                optimiser: adam(),
                past: Past::default(),
            },
        };
        let first = self.resumed.map_or(0, |progress| progress.step);
        self.way.begin(seed, first, parameters(&network)?.flat());
        (self.network, self.optimiser, self.past) = (Some(network), optimiser, past);
        (self.gradients, self.before, self.resting) = (None, None, None);
        self.books = Books::default();
        self.course = Course::default();
        tell(
            Stage::Initialise,
            match self.resumed {
                None => {
                    vec![
                        Fact::new(
                            key!("digits-model-weights"),
                            key!("digits-model-glorot-uniform"),
                        ),
                        Fact::new(key!("digits-model-biases"), key!("digits-model-zero")),
                        Fact::new(key!("digits-model-seed"), seed),
                    ]
                }
                Some(Progress { step, .. }) => vec![
                    Fact::new(
                        key!("digits-model-weights"),
                        phrase!("digits-model-after-step-without-the-edit", step),
                    ),
                    Fact::new(key!("digits-model-seed"), seed),
                ],
            },
        );
        Ok(())
    }
}

/// The size of an image in words.
fn image_size(sizes: Architecture) -> Phrase {
    let of =
        if sizes.channels == 1 { Phrase::default() } else { phrase!("digits-model-in-3-colours") };
    phrase!("digits-model-pixels", rows = sizes.rows, columns = sizes.columns, of)
}
