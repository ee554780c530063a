//! A question that looks inside, studied beside the training: with the model as it was when it was asked, as long as somebody
//! waits.

use std::sync::Arc;

use super::{
    Baselines, Explained, HiddenLayer, Layouts, Means, Question, SpatialMaps, UnitLayers,
    hidden::awaited,
};
use crate::{
    learning::{Study, TrainError, data::Examples},
    stream::Payload,
};

/// The images that answers compare with, shared with whoever works on them.
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
}

impl Images {
    /// For an answer.
    pub fn lent(&self) -> Baselines<'_> {
        let (means, layouts) = (&self.means, &self.layouts);
        Baselines { means, layouts, train: &self.train, tests: &self.tests }
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
    Box::new(move |go_on| {
        let none = || TrainError::calculation("this is no question that looks inside");
        let question = Question::of(&about).ok_or_else(none)?;
        question.answer(&Waiting { model: &model, go_on }, &input, images.lent(), go_on)
    })
}

/// A model that answers as long as somebody waits.
struct Waiting<'a> {
    model: &'a dyn Explained,
    go_on: &'a dyn Fn() -> bool,
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

    fn unit_layers(&self) -> Result<UnitLayers, TrainError> {
        self.asked()?.unit_layers()
    }

    fn hidden(&self, layer: &str) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        self.asked()?.hidden(layer)
    }
}
