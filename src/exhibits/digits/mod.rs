//! Digits: a small convolutional network learns to read handwriting, every unit in sight.

mod data;
mod model;
mod narrator;
mod open;
pub mod payload;
mod view;

use std::{path::Path, sync::Arc};

use crate::{
    cli::{ExhibitOptions, Shared},
    exhibits::Exhibit,
    learning::{LessonMaker, TrainError, data::Dataset},
    stream::{Example, ExhibitId, LayerId, PayloadKind},
    world::stage::Plinth,
};

/// What the hall needs to know of it.
pub(super) const EXHIBIT: Exhibit = Exhibit {
    id: EXHIBIT_ID,
    title: "A network learns to read digits",
    options: ExhibitOptions {
        name: EXHIBIT_ID.name(),
        called: "the digits",
        shared: &[
            Shared::Takes("data", "a folder of IDX files with MNIST's names"),
            Shared::Takes("epochs", "10"),
            Shared::Takes("batch", "32 images"),
            Shared::Takes("learning-rate", "0.001"),
        ],
        own: |command| command,
    },
    open: open::open,
    payloads: &[PayloadKind::of::<payload::TestSet>(), PayloadKind::of::<payload::DigitsVerdict>()],
    narrator: || Box::<narrator::Digits>::default(),
    headline: narrator::headline,
    plinth: Plinth {
        title: "Digits",
        promise: "A network learns to read handwriting",
        buttons: ["visit-digits", "rest-digits"],
        emblem: view::emblem::emblem,
    },
    tells_stages: true,
    plugin: view::plugin,
};

/// What it learns from.
const EXAMPLE: Example = Example { one: "image", many: "images" };

/// The exhibit's name on the command line and in reports.
pub const EXHIBIT_ID: ExhibitId = ExhibitId::new("digits");

/// Rows and columns of an input image.
pub const INPUT_SIDE: usize = 28;
/// Filters of the convolution, and so maps of each convolutional layer.
pub const FILTERS: usize = 32;
/// Rows and columns of a filter.
pub const FILTER_SIDE: usize = 3;
/// Rows and columns of a map of the convolution: no padding.
pub const CONVOLUTION_SIDE: usize = INPUT_SIDE - FILTER_SIDE + 1;
/// Rows and columns of a pooled map: the largest of 2×2.
pub const POOLED_SIDE: usize = CONVOLUTION_SIDE / 2;
/// Classes, and so units of the dense layer.
pub const CLASSES: usize = 10;

/// The chosen image, 1 × 28 × 28, brightness 0..=1.
pub const INPUT: LayerId = LayerId::new("Input");
/// The convolution before ReLU, 32 × 26 × 26.
pub const CONVOLUTION: LayerId = LayerId::new("Convolution before ReLU");
/// The convolution after ReLU, 32 × 26 × 26.
pub const ACTIVATION: LayerId = LayerId::new("Convolution after ReLU");
/// The largest of each 2×2, 32 × 13 × 13.
pub const POOLED: LayerId = LayerId::new("Pooled");
/// The dense layer before softmax, 10 units.
pub const LOGITS: LayerId = LayerId::new("Logits");
/// The dense layer after softmax, 10 units that sum to 1.
pub const PROBABILITIES: LayerId = LayerId::new("Probabilities");
/// Weights of the filters, 32 × 3 × 3.
pub const FILTER_WEIGHTS: LayerId = LayerId::new("Filter weights");
/// Biases of the filters, 32.
pub const FILTER_BIASES: LayerId = LayerId::new("Filter biases");
/// Weights of the dense layer, 320 × 13 × 13: map `class * 32 + pooled map`.
pub const DENSE_WEIGHTS: LayerId = LayerId::new("Dense weights");
/// Biases of the dense layer, 10.
pub const DENSE_BIASES: LayerId = LayerId::new("Dense biases");
/// Gradient of the loss by the weights of the filters, 32 × 3 × 3.
pub const FILTER_WEIGHT_GRADIENTS: LayerId = LayerId::new("Filter weight gradients");
/// Gradient of the loss by the biases of the filters, 32.
pub const FILTER_BIAS_GRADIENTS: LayerId = LayerId::new("Filter bias gradients");
/// Gradient of the loss by the weights of the dense layer, 320 × 13 × 13, ordered as the weights.
pub const DENSE_WEIGHT_GRADIENTS: LayerId = LayerId::new("Dense weight gradients");
/// Gradient of the loss by the biases of the dense layer, 10.
pub const DENSE_BIAS_GRADIENTS: LayerId = LayerId::new("Dense bias gradients");

/// Reads a data set that this exhibit can learn: 28×28 images of ten classes, as IDX files.
pub fn load(folder: &Path) -> Result<Arc<Dataset>, TrainError> {
    let dataset = Dataset::read(folder)?;
    data::check(&dataset, folder)?;
    Ok(Arc::new(dataset))
}

/// How the first layers are calculated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Route {
    /// Convolution, ReLU and pooling in one pass of our own.
    #[default]
    Fused,
    /// Each layer as burn offers it: slower, and the truth that the other is measured by.
    Plain,
}

/// The lesson on this data, to be handed to a session.
pub fn lesson(dataset: Arc<Dataset>, route: Route) -> LessonMaker {
    Box::new(move |plan| Ok(Box::new(model::lesson::DigitsLesson::new(dataset, plan, route))))
}
