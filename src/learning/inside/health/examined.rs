//! What is examined: a model that learns, how its steps are made, and what it learns from.

use super::{ByLayer, Course, Outputs};
use crate::{
    inside::Steps,
    learning::{TrainError, data::Examples},
    words::Phrase,
};

/// What a model must offer, so that the health of its training can be examined.
///
/// Layers are those that learn, in the order of computation. Gradients are as a step of the training has them: what is
/// normalised by its batch is so here, and what is left out is drawn the same at every call.
pub trait Examined {
    /// Layers that learn.
    fn layers(&self) -> Vec<String>;

    /// Classes that it tells apart.
    fn classes(&self) -> usize;

    /// Multiply-adds of one forward pass.
    fn multiply_adds(&self) -> u64;

    /// What each layer has learned.
    fn weights(&self) -> ByLayer;

    /// The gradient, by what each layer learns, of the mean cross-entropy of some images.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn slope(&self, images: &[f32], labels: &[usize]) -> Result<ByLayer, TrainError>;

    /// The Hessian of the same loss times a direction. Where units have kinks, they stay on their side of them.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn curved(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[Vec<f32>],
    ) -> Result<ByLayer, TrainError>;

    /// The logits of images as the model reads them when it does not train, images × classes; `hear` is told what comes out
    /// of each activation, with the layer that it follows.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn outputs(
        &self,
        images: &[f32],
        hear: &mut dyn FnMut(usize, Outputs<'_>),
    ) -> Result<Vec<f32>, TrainError>;
}

/// How steps are made.
#[derive(Clone, Debug)]
pub struct Stepping {
    /// The rule, the rate, and what a step learns from.
    pub steps: Steps,
    /// By how much the rule would change what each layer has learned next; none before the first step.
    pub update: Option<ByLayer>,
    /// Up to which curvature steps are stable.
    pub stability: Stability,
    /// Whether classes are weighted.
    pub weighted: bool,
}

/// Up to which curvature steps on whole batches are stable.
#[derive(Clone, Debug)]
pub enum Stability {
    /// Up to this largest eigenvalue of the Hessian.
    Plain(f64),
    /// Up to this one of the Hessian, once each gradient is divided by its number here.
    Divided {
        /// The largest.
        limit: f64,
        /// What each is divided by.
        by: ByLayer,
    },
    /// It is not known, for a reason in a sentence.
    Unknown(Phrase),
}

/// A training to be examined.
#[derive(Clone, Copy)]
pub struct Patient<'a> {
    /// What learns.
    pub model: &'a dyn Examined,
    /// What it learns from.
    pub train: &'a Examples,
    /// What it is tested on.
    pub tests: &'a Examples,
    /// Its losses so far.
    pub course: &'a Course,
    /// How it steps.
    pub stepping: &'a Stepping,
}
