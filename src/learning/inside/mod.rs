//! Looking inside a classifier, computed: why it answers as it does, what it withstands, whether it is as often right as it
//! is sure, and what its units know, of any model that offers what [`Explained`] asks for.
//!
//! ```text
//! WhyAsked ─────▶ explain ─────▶ Why
//! RobustAsked ──▶ robustness ──▶ Robust
//! SureAsked ────▶ calibration ─▶ Sure
//! UnitsAsked ───▶ units ───────▶ Units
//! LesionAsked ──▶ lesion ──────▶ Lesion
//! DreamAsked ───▶ dream ───────▶ Dream
//! GrownAsked ───▶ grown ───────▶ Grown
//! LandscapeAsked▶ landscape ───▶ Landscape
//! TogetherAsked ▶ together ────▶ Together
//! PointsAsked ──▶ points ──────▶ Points
//! SharedAsked ──▶ shared ──────▶ Shared
//! AlikeAsked ───▶ alike ───────▶ Alike
//!                     │ logits, gradients, maps, units of …
//!                     ▼
//!                 Explained (the digits by hand, any network by automatic differentiation)
//!
//! TaughtAsked ──▶ ledger ──────▶ Taught
//! WithoutAsked ─▶ repetition ──▶ Without
//! BranchAsked ──▶ branch ──────▶ Branched
//! WhyAsked ─────▶ labels ──────▶ Why (of a network that learned from shuffled labels)
//!                     │ steps, states, products of gradients of …
//!                     ▼
//!                 Replayed and Booked (the digits by hand, any network by automatic differentiation)
//! ```
//!
//! Nothing here knows a tensor: a model takes and gives numbers in memory, so that one set of formulas serves all, and a
//! test can be one for all. docs/INSIDE.md says what each method means and what to distrust.

mod accuracy;
mod alike;
mod answers;
mod ascent;
mod attack;
mod baseline;
mod boundary;
mod branch;
mod calibration;
mod cams;
mod checkup;
mod deletion;
mod doctor;
mod dream;
mod edit;
mod explain;
mod frequency;
mod goal;
mod gradient;
mod grown;
mod health;
mod hidden;
mod integrated;
mod landscape;
mod layouts;
mod ledger;
mod lesion;
mod meter;
mod named;
mod neighbour;
mod occlusion;
mod parameters;
mod place_map;
mod points;
mod question;
mod rank;
mod replay;
mod robustness;
mod said;
mod scene;
mod shapley;
mod shared;
mod shuffle;
mod studied;
mod sums;
mod sweep;
mod taught;
mod temperature;
#[cfg(test)]
pub(crate) mod tests;
mod together;
mod tried;
mod units;
mod way;
mod wished;

use super::TrainError;

pub use alike::alike;
pub use baseline::{Baselines, Means};
pub use branch::{branch_study, branched};
pub use calibration::calibration;
pub use checkup::Checkup;
pub use doctor::{Remedied, Standing, Workbench, diagnosis, remedied, remedied_images, tried};
pub use dream::dream;
pub use edit::{Before, Changed, Editable, Edits, Handles, can_edit, edit, edited};
pub use explain::explain;
pub(super) use goal::loss as loss_of;
pub use grown::grown;
pub use health::{ByLayer, Course, Examined, Outputs, Patient, Stability, Stepping, health};
pub use hidden::{Field, HiddenLayer, Slopes, UnitLayers};
pub use landscape::landscape;
pub use layouts::Layouts;
pub use ledger::{Beside, Booked, Books, Curved, Part, Reach, Subject};
#[cfg(test)]
pub(crate) use ledger::{Derivatives, Foretold, forecast};
#[cfg(test)]
pub(crate) use rank::correlation;
// Whoever offers a layer says its name and size.
pub use crate::inside::UnitLayer;
pub use lesion::lesion;
pub use parameters::{Filters, Parameters};
pub use points::points;
pub use question::Question;
pub use replay::{ByHand, Keyframes, Past, Rates, Replayed, Turnable};
pub use robustness::robustness;
pub use shared::shared;
pub use shuffle::{last_layers, permuted};
pub use studied::{Images, not_earlier, recalled, study};
pub use taught::{PastQuestion, by_labels};
pub use together::together;
pub use units::units;
pub use way::{Ended, Kept, Trail, Way};

/// What a model must offer, so that its answers can be explained.
///
/// Inputs lie one after the other, each of [`size`](Self::size); weights of logits likewise, a number for each class. All of
/// it is of the model as it is asked, not as it trains: nothing is dropped out, and normalisations go by what they remember.
pub trait Explained {
    /// Channels, rows and columns of an input.
    fn size(&self) -> [usize; 3];

    /// Classes that it tells apart.
    fn classes(&self) -> usize;

    /// Multiply-adds of one forward pass, by which prices are kept within bounds.
    fn multiply_adds(&self) -> u64;

    /// The logits of so many inputs, inputs × classes.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError>;

    /// For each input the gradient, by the input, of Σ `of[class] · logit[class]`; inputs × numbers of an input.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError>;

    /// What the biases say of Σ `of[class] · logit[class]`: Σ b · ∂/∂b over all that is only added, where input and biases
    /// together make the whole number (`FullGrad`: Srinivas and Fleuret 2019, <https://arxiv.org/abs/1905.00780>, proposition
    /// 1), which is so for layers that are linear piece by piece; else `None`.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn biases(&self, input: &[f32], of: &[f32]) -> Result<Option<f32>, TrainError>;

    /// The last maps before the layers lose where something lies, with the gradient of Σ `of[class] · logit[class]` by
    /// them; `None` without a convolution.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn maps(&self, input: &[f32], of: &[f32]) -> Result<Option<SpatialMaps>, TrainError>;

    /// The exact mean gradient of Σ `of[class] · logit[class]` along the straight way from the second input to the first,
    /// where the model has a closed form for it; where input and beginning are alike it may be anything.
    ///
    /// # Errors
    /// If it cannot be computed.
    #[expect(unused_variables, reason = "only few models have one")]
    fn mean_gradient(
        &self,
        input: &[f32],
        from: &[f32],
        of: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        Ok(None)
    }

    /// Its layers with weights, in the order of computation.
    fn layers(&self) -> Vec<String>;

    /// The same model with the weights of so many of its last layers shuffled, each array among its own numbers.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn shuffled(&self, layers: usize, seed: u64) -> Result<Box<dyn Explained + '_>, TrainError>;

    /// All that it has learned, as one row of numbers; `None` unless it says so.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn parameters(&self) -> Result<Option<Parameters>, TrainError> {
        Ok(None)
    }

    /// The same model with other [`Parameters::numbers`], those that are remembered among them.
    ///
    /// # Errors
    /// If there are more or fewer than it has, or it cannot be computed.
    #[expect(unused_variables, reason = "only models with parameters have others")]
    fn with_parameters(&self, numbers: &[f32]) -> Result<Box<dyn Explained + '_>, TrainError> {
        Err(TrainError::calculation(phrase!("studies-this-model-shows-nobody-what")))
    }

    /// The Hessian, by what it has learned, of the mean cross-entropy of images of these classes as it is asked, times a
    /// direction of [`Parameters::learned`] numbers; `None` unless it says so. Where units have kinks, they may stay on their
    /// side of them.
    ///
    /// # Errors
    /// If it cannot be computed.
    #[expect(unused_variables, reason = "only models with parameters have one")]
    fn hessian_times(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        Ok(None)
    }

    /// Its layers whose units can be looked at; none unless it says so.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn unit_layers(&self) -> Result<UnitLayers, TrainError> {
        Ok(UnitLayers::default())
    }

    /// One of these by its name.
    ///
    /// # Errors
    /// If it cannot be computed.
    #[expect(unused_variables, reason = "only models with such layers have one")]
    fn hidden(&self, layer: &str) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        Ok(None)
    }
}

/// Maps of a layer for one input, and how the explained number changes with them.
#[derive(Clone, Debug, PartialEq)]
pub struct SpatialMaps {
    /// What the layer is called.
    pub layer: String,
    /// Maps, rows and columns.
    pub size: [usize; 3],
    /// Map after map, row by row.
    pub values: Vec<f32>,
    /// The gradient by each of them.
    pub gradient: Vec<f32>,
    /// The explained number with all of them at zero, where everything behind them is affine, so that it is this and the
    /// sum of values times gradients.
    pub rest: Option<f32>,
    /// Forward passes that it took to find them.
    pub forward: u64,
}
