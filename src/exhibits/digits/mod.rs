//! Digits: a small convolutional network learns to read handwriting, every unit in sight.

mod data;
mod model;
mod open;
mod options;
pub mod payload;
mod view;

use std::{path::Path, sync::Arc};

use clap::Args as _;

use crate::{
    cli::{ExhibitOptions, Shared},
    exhibits::Exhibit,
    images::{self, ImageNarrator},
    learning::{
        StepOrder, StepPlace, TrainError, Trainable as _, TrainableMaker, TrainingConfig,
        data::Dataset, privacy::PrivateSteps,
    },
    stream::{Example, ExhibitId, LayerId},
    words::Word,
    world::stage::Plinth,
};

/// What the hall needs to know of it.
pub(super) const EXHIBIT: Exhibit = Exhibit {
    id: EXHIBIT_ID,
    title: key!("digits-model-a-network-learns-to-read"),
    options: ExhibitOptions {
        name: EXHIBIT_ID.name(),
        called: key!("digits-model-the-digits"),
        shared: &[
            Shared::Takes("data", key!("digits-model-a-folder-of-idx-files")),
            Shared::Takes("epochs", Word::plain("10")),
            Shared::Takes("batch", key!("digits-model-32-images")),
            Shared::Takes("learning-rate", Word::plain("0.001")),
            Shared::Takes("edit", key!("digits-model-as-250-3-scale-0")),
            Shared::Takes("why", key!("digits-model-an-index-of-a-test")),
            Shared::Takes("robust", key!("digits-model-an-index-of-a-test")),
            Shared::Takes("units", key!("digits-model-a-name-of-a-layer")),
            Shared::Takes("points", key!("digits-model-a-name-of-a-layer-or")),
            Shared::Takes("taught", key!("digits-model-an-index-of-a-test")),
            Shared::Takes("branch", key!("branch-as-typed")),
            Shared::Takes("health", key!("digits-model-the-whole-network")),
            Shared::Takes("landscape", key!("digits-model-the-whole-network")),
            Shared::Takes("beside", key!("compare-recordings-of-it")),
            Shared::Takes("inside", key!("digits-model-the-whole-network")),
        ],
        own: options::DigitsOptions::augment_args,
    },
    open: open::open,
    payloads: &[],
    narrator: || Box::<ImageNarrator>::default(),
    headline: images::headline,
    plinth: Plinth {
        title: key!("digits-on-its-plinth"),
        promise: key!("digits-model-a-network-learns-to-read-handwriting"),
        buttons: ["visit-digits", "rest-digits"],
        emblem: view::emblem::emblem,
    },
    tells_stages: true,
    looks_inside: true,
    plugin: view::plugin,
};

/// What it learns from.
const EXAMPLE: Example = Example { one: "image", many: "images" };

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("digits");

/// The chosen image, channels × rows × columns, brightness 0..=1.
pub const INPUT: LayerId = LayerId::new("Input");
/// The convolution before ReLU, filters × rows × columns.
pub const CONVOLUTION: LayerId = LayerId::new("Convolution before ReLU");
/// The convolution after ReLU, of the same shape.
pub const ACTIVATION: LayerId = LayerId::new("Convolution after ReLU");
/// The largest of each 2 × 2.
pub const POOLED: LayerId = LayerId::new("Pooled");
/// The dense layer before softmax, a unit for each class.
pub const LOGITS: LayerId = LayerId::new("Logits");
/// The dense layer after softmax, units that sum to 1.
pub const PROBABILITIES: LayerId = LayerId::new("Probabilities");
/// Weights of the filters: map `filter * channels + channel`.
pub const FILTER_WEIGHTS: LayerId = LayerId::new("Filter weights");
/// Biases of the filters.
pub const FILTER_BIASES: LayerId = LayerId::new("Filter biases");
/// Weights of the dense layer: map `class * filters + pooled map`.
pub const DENSE_WEIGHTS: LayerId = LayerId::new("Dense weights");
/// Biases of the dense layer.
pub const DENSE_BIASES: LayerId = LayerId::new("Dense biases");
/// Gradient of the loss by the weights of the filters, ordered as they are.
pub const FILTER_WEIGHT_GRADIENTS: LayerId = LayerId::new("Filter weight gradients");
/// Gradient of the loss by the biases of the filters.
pub const FILTER_BIAS_GRADIENTS: LayerId = LayerId::new("Filter bias gradients");
/// Gradient of the loss by the weights of the dense layer, ordered as they are.
pub const DENSE_WEIGHT_GRADIENTS: LayerId = LayerId::new("Dense weight gradients");
/// Gradient of the loss by the biases of the dense layer.
pub const DENSE_BIAS_GRADIENTS: LayerId = LayerId::new("Dense bias gradients");

/// Reads a data set that this exhibit can learn: images of 1 to 64 pixels a side, grey or coloured, of 2 to 100 classes, as
/// IDX files.
pub fn load(folder: &Path) -> Result<Arc<Dataset>, TrainError> {
    let dataset = Dataset::read(folder)?;
    data::check(&dataset, folder)?;
    Ok(Arc::new(dataset))
}

/// Filters of the convolution, if nobody says otherwise.
pub const FILTERS: usize = 32;
/// More of them would teach nothing more, and slowly.
const MOST_FILTERS: usize = 128;

/// How the first layers are calculated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Convolution, ReLU and pooling in one pass of our own, where the images are grey, of 28 × 28 pixels, and the filters
    /// 32; else as [`Plain`](Self::Plain).
    #[default]
    Fused,
    /// Each layer as burn offers it: slower, and the truth that the other is measured by.
    Plain,
}

/// The trainable on this data, to be handed to a session.
pub fn trainable(dataset: Arc<Dataset>, route: Route) -> TrainableMaker {
    with_filters(dataset, route, (FILTERS, None))
}

/// The same with another number of filters, and with private steps where they are given.
pub fn with_filters(
    dataset: Arc<Dataset>,
    route: Route,
    (filters, private): (usize, Option<PrivateSteps>),
) -> TrainableMaker {
    Box::new(move |plan| {
        let trainable = model::trainable::DigitsTrainable::new(dataset, plan, (route, filters));
        Ok(Box::new(match private {
            None => trainable,
            Some(private) => trainable.in_private(private),
        }))
    })
}

/// What makes, at each call, the exact integrated gradients of every test image once, image after image: by the network that
/// an epoch has taught.
///
/// # Errors
/// If it cannot be taught.
pub fn exact_maps(
    dataset: Arc<Dataset>,
) -> Result<impl Fn() -> Result<Vec<f32>, TrainError>, TrainError> {
    let config = TrainingConfig::default();
    let mut taught =
        model::trainable::DigitsTrainable::new(dataset, &config, (Route::Fused, FILTERS));
    taught.begin(config.seed, &mut |_, _| {})?;
    for batch in 0..taught.outline().steps_per_epoch {
        let at = StepPlace { epoch: 0, batch };
        taught.step(StepOrder {
            at,
            steps: 1,
            learning_rate: config.learning_rate,
            keep: false,
        })?;
    }
    Ok(move || taught.exact_maps())
}
