//! The formulas against models whose answers are known, and against Captum's numbers.

mod captum;
mod dreams;
pub(crate) use super::health::tests as health;
mod formulas;
mod grown;
mod perceptron;
mod robust;
mod sure;
mod toy;
mod units;

use std::sync::Arc;

use super::*;
use crate::{
    inside::{Attribution, Baseline, Method, Price, Target, Units, UnitsAsked, Why, WhyAsked},
    learning::data::Examples,
    stream::InputChoice,
};

/// A question for everything.
pub(crate) fn asked(target: Target, baseline: Baseline) -> WhyAsked {
    let methods = Method::ALL.into();
    WhyAsked { input: InputChoice::Test(0), target, baseline, methods, shuffled: None, seed: 5 }
}

/// Explains an input, where this is a baseline if one is asked for by `Baseline::Test(0)`.
pub(crate) fn explained(
    model: &dyn Explained,
    asked: &WhyAsked,
    input: &[f32],
    other: &[f32],
) -> Result<Why, TrainError> {
    let pixels: Arc<[u8]> = other.iter().map(|pixel| (pixel * 255.0).round() as u8).collect();
    let labels: Arc<[u8]> = [0].into();
    let tests = Examples::new(&crate::learning::data::Images { pixels, labels });
    let means = Means::new(1);
    let (layouts, trail) = (Layouts::default(), Trail::default());
    let (train, tests) = (&tests, &tests);
    let lent = Baselines { means: &means, layouts: &layouts, train, tests, trail: &trail };
    explain(model, asked, input, lent)
}

/// Test images with these labels.
pub(crate) fn examples(images: &[Vec<f32>], labels: &[u8]) -> Examples {
    let pixels = images.iter().flatten().map(|pixel| (pixel * 255.0).round() as u8).collect();
    Examples::new(&crate::learning::data::Images { pixels, labels: labels.into() })
}

/// A question for the units of the usual layer.
pub(crate) fn units_asked(images: usize, top: usize) -> UnitsAsked {
    UnitsAsked { layer: None, images, top, seed: 3 }
}

/// What is told of units, but for what it cost.
pub(crate) fn without_price(mut units: Units) -> Units {
    units.price = Price::default();
    units
}

/// The map of a method.
pub(crate) fn map(why: &Why, method: Method) -> &Attribution {
    why.maps.iter().find(|map| map.method == method).unwrap()
}

/// Whether numbers are alike to this part of the largest of both.
pub(crate) fn assert_alike(one: &[f32], other: &[f32], part: f32, what: &str) {
    assert_eq!(one.len(), other.len(), "{what}");
    let largest = one.iter().chain(other).fold(0.0_f32, |most, one| most.max(one.abs()));
    for (at, (a, b)) in one.iter().zip(other).enumerate() {
        assert!((a - b).abs() <= part * largest, "{what}, {at}: {a} {b}, largest {largest}");
    }
}

/// A model with its closed forms hidden: that of the mean gradient, and that of what follows a layer.
pub(crate) struct WithoutClosedForm<'a>(pub(crate) &'a dyn Explained);

impl Explained for WithoutClosedForm<'_> {
    fn size(&self) -> [usize; 3] {
        self.0.size()
    }
    fn classes(&self) -> usize {
        self.0.classes()
    }
    fn multiply_adds(&self) -> u64 {
        self.0.multiply_adds()
    }
    fn logits(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.0.logits(inputs)
    }
    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.0.gradients(inputs, of)
    }
    fn biases(&self, input: &[f32], of: &[f32]) -> Result<Option<f32>, TrainError> {
        self.0.biases(input, of)
    }
    fn maps(&self, input: &[f32], of: &[f32]) -> Result<Option<SpatialMaps>, TrainError> {
        self.0.maps(input, of)
    }
    fn layers(&self) -> Vec<String> {
        self.0.layers()
    }
    fn shuffled(&self, layers: usize, seed: u64) -> Result<Box<dyn Explained + '_>, TrainError> {
        self.0.shuffled(layers, seed)
    }
    fn unit_layers(&self) -> Result<UnitLayers, TrainError> {
        self.0.unit_layers()
    }
    fn hidden(&self, layer: &str) -> Result<Option<Box<dyn HiddenLayer + '_>>, TrainError> {
        let hidden = self.0.hidden(layer)?;
        Ok(hidden.map(|hidden| Box::new(WithoutSlopes(hidden)) as Box<dyn HiddenLayer + '_>))
    }
}

/// A layer of which it is not known that all that follows it is affine.
struct WithoutSlopes<'a>(Box<dyn HiddenLayer + 'a>);

impl HiddenLayer for WithoutSlopes<'_> {
    fn layer(&self) -> &UnitLayer {
        self.0.layer()
    }
    fn field(&self) -> Option<Field> {
        self.0.field()
    }
    fn values(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.0.values(inputs)
    }
    fn logits(&self, inputs: &[f32], values: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.0.logits(inputs, values)
    }
    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.0.gradients(inputs, of)
    }
    fn slopes(&self) -> Result<Option<Slopes>, TrainError> {
        Ok(None)
    }
}
