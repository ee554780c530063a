//! The stages before the first step: preprocessing, building and initialising, with the facts of each.

use std::sync::Arc;

use indicatif::HumanCount;

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
    stream::{Fact, Stage},
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
                fact("Training images", HumanCount(self.train.len() as u64)),
                fact("Test images", HumanCount(self.test.len() as u64)),
                fact("Image size", image_size(self.sizes)),
                fact("Brightness", "0 to 1"),
                fact("Mean brightness", format!("{:.4}", self.train.mean())),
            ],
        );
        let Architecture { filters, classes, .. } = self.sizes;
        let (kernel, window) = (self.sizes.kernel(), self.sizes.window());
        let units = HumanCount(self.sizes.pooled().len() as u64);
        let mut built = vec![
            fact(
                "Convolution",
                format!("{filters} filters of {} × {}, ReLU", kernel[0], kernel[1]),
            ),
            fact("Pooling", format!("largest of {} × {}", window[0], window[1])),
            fact("Dense", format!("{units} to {classes}, softmax")),
            fact("Parameters", HumanCount(self.sizes.parameters() as u64)),
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
                        fact("Weights", "Glorot uniform"),
                        fact("Biases", "zero"),
                        fact("Seed", seed),
                    ]
                }
                Some(Progress { step, .. }) => vec![
                    fact("Weights", format!("after step {step}, without the edit")),
                    fact("Seed", seed),
                ],
            },
        );
        Ok(())
    }
}

/// The size of an image in words.
fn image_size(sizes: Architecture) -> String {
    let of = if sizes.channels == 1 { "" } else { " in 3 colours" };
    format!("{} × {} pixels{of}", sizes.rows, sizes.columns)
}

pub(super) fn fact(name: &'static str, value: impl ToString) -> Fact {
    Fact { name, value: value.to_string() }
}
