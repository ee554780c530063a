//! A question that looks inside, studied beside the training: with the model as it was when it was asked, as long as somebody
//! waits.

use std::sync::Arc;

use super::{
    Baselines, Explained, HiddenLayer, Layouts, Means, Parameters, Question, SpatialMaps, Trail,
    UnitLayers, hidden::awaited,
};
use crate::{
    learning::{Study, TrainError, data::Examples},
    stream::{Payload, Step},
};

/// The images that answers compare with, and the way that the run has come, shared with whoever works on them.
#[derive(Clone, Debug)]
pub struct Images {
    /// Means that have been asked for already.
    pub means: Arc<Means>,
    /// How questions where images lie were answered last in this run.
    pub layouts: Arc<Layouts>,
    /// What is learned from.
    pub train: Arc<Examples>,
    /// What is tested on.
    pub tests: Arc<Examples>,
    /// The way of the run.
    pub trail: Arc<Trail>,
}

impl Images {
    /// For an answer.
    pub fn lent(&self) -> Baselines<'_> {
        let Self { means, layouts, train, tests, trail } = self;
        Baselines { means, layouts, train, tests, trail }
    }
}

/// The study of a [`Question`] with this model, for the input that it names.
pub fn study(
    about: &Payload,
    model: impl Explained + Send + 'static,
    input: Vec<f32>,
    images: Images,
) -> Study {
    let about = about.clone();
    Box::new(move |go_on| studied(&about, &model, &input, &images, go_on))
}

/// The study of a [`Question`] with this model as it was after an earlier step, and the nearest step before that whose weights
/// are kept.
///
/// # Errors
/// If none are kept.
pub fn recalled(
    about: &Payload,
    model: impl Explained + Send + 'static,
    input: Vec<f32>,
    images: Images,
    step: Step,
) -> Result<(Step, Study), TrainError> {
    let (trail, kept) = images
        .trail
        .until(step.0)
        .ok_or_else(|| TrainError::calculation(phrase!("studies-no-weights-of-earlier-steps")))?;
    let (about, at) = (about.clone(), Step(kept.step));
    let images = Images { trail: Arc::new(trail), ..images };
    let study: Study = Box::new(move |go_on| {
        let before = model.with_parameters(&kept.numbers)?;
        studied(&about, before.as_ref(), &input, &images, go_on)
    });
    Ok((at, study))
}

/// Why a question is answered of what is now alone.
pub fn not_earlier() -> TrainError {
    TrainError::calculation(phrase!("studies-this-is-answered-of-the"))
}

fn studied(
    about: &Payload,
    model: &dyn Explained,
    input: &[f32],
    images: &Images,
    go_on: &dyn Fn() -> bool,
) -> Result<Payload, TrainError> {
    let none = || TrainError::calculation(phrase!("studies-this-is-no-question-that"));
    let question = Question::of(about).ok_or_else(none)?;
    question.answer(&Waiting { model, go_on }, input, images.lent(), go_on)
}

/// A model that answers as long as somebody waits.
pub(super) struct Waiting<'a> {
    pub(super) model: &'a dyn Explained,
    pub(super) go_on: &'a dyn Fn() -> bool,
}

impl Waiting<'_> {
    fn asked(&self) -> Result<&dyn Explained, TrainError> {
        awaited(self.go_on)?;
        Ok(self.model)
    }
}

impl Explained for Waiting<'_> {
    fn size(&self) -> [usize; 3] {
        self.model.size()
    }

    fn classes(&self) -> usize {
        self.model.classes()
    }

    fn multiply_adds(&self) -> u64 {
        self.model.multiply_adds()
    }

    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.asked()?.logits(inputs)
    }

    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.asked()?.gradients(inputs, of)
    }

    fn biases(&self, input: &[f32], of: &[f32]) -> Result<Option<f32>, TrainError> {
        self.asked()?.biases(input, of)
    }

    fn maps(&self, input: &[f32], of: &[f32]) -> Result<Option<SpatialMaps>, TrainError> {
        self.asked()?.maps(input, of)
    }

    fn mean_gradient(
        &self,
        input: &[f32],
        from: &[f32],
        of: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        self.asked()?.mean_gradient(input, from, of)
    }

    fn layers(&self) -> Vec<String> {
        self.model.layers()
    }

    fn shuffled(&self, layers: usize, seed: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        self.asked()?.shuffled(layers, seed)
    }

    fn parameters(&self) -> Result<Option<Parameters>, TrainError> {
        self.asked()?.parameters()
    }

    fn with_parameters(&self, numbers: &[f32]) -> Result<Box<dyn Explained + '_>, TrainError> {
        self.asked()?.with_parameters(numbers)
    }

    fn hessian_times(
        &self,
        images: &[f32],
        labels: &[usize],
        direction: &[f32],
    ) -> Result<Option<Vec<f32>>, TrainError> {
        self.asked()?.hessian_times(images, labels, direction)
    }

    fn unit_layers(&self) -> Result<UnitLayers, TrainError> {
        self.asked()?.unit_layers()
    }

    fn hidden(&self, layer: &str) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        self.asked()?.hidden(layer)
    }
}
