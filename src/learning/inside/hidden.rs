//! A layer of a model whose units can be looked at, taken away and dreamed of: what it makes, and what follows from it.

use super::{Explained, Handles};
use crate::{
    inside::{PixelField, UnitLayer},
    learning::TrainError,
    sentence::{grouped, listed, shown},
    words::Phrase,
};

/// Units of a layer at most: of more nobody can look at each.
const MOST_UNITS: usize = 4096;
/// Numbers that a layer makes of one input at most, so that a few inputs' fit into memory.
const MOST_NUMBERS: usize = 1 << 22;

/// The layers of a model whose units can be asked about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnitLayers {
    /// In the order of computation, each by a name of its own.
    pub layers: Vec<UnitLayer>,
    /// The place of the one that is meant where none is named: the last of maps before the layers lose where something lies,
    /// or else the last.
    pub usual: usize,
}

/// Where in the input a place of a map looks, rows first: place p at pixels `first + p · step` and so many from there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Where the first place looks, which may be before the input's first pixel.
    pub first: [i64; 2],
    /// From one place to the next.
    pub step: [i64; 2],
    /// So many pixels.
    pub size: [i64; 2],
}

impl Field {
    /// A place that looks at itself alone.
    pub const OWN: Self = Self { first: [0; 2], step: [1; 2], size: [1; 2] };

    /// The pixels of the input that a place looks at.
    pub(super) fn at(self, place: [usize; 2], input: [usize; 2]) -> PixelField {
        let along = |axis: usize| {
            let first = self.first[axis] + self.step[axis] * place[axis] as i64;
            let end = first.saturating_add(self.size[axis]).clamp(0, input[axis] as i64);
            let first = first.clamp(0, end);
            (first as usize, (end - first) as usize)
        };
        let ((row, rows), (column, columns)) = (along(0), along(1));
        PixelField { first: [row, column], size: [rows, columns] }
    }
}

/// A layer of a model with its weights. What it makes of inputs lies input after input, in each unit after unit, in each its
/// map row by row.
pub trait HiddenLayer {
    /// Its name and its size.
    fn layer(&self) -> &UnitLayer;

    /// Where in the input a place of its maps looks; `None` at all of it.
    fn field(&self) -> Option<Field>;

    /// What it makes of inputs.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn values(&self, inputs: &[f32]) -> Result<Vec<f32>, TrainError>;

    /// The logits of inputs, inputs × classes, where it makes these numbers of them instead of its own.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn logits(&self, inputs: &[f32], values: &[f32]) -> Result<Vec<f32>, TrainError>;

    /// For each input the gradient, by the input, of Σ `of` · what it makes; inputs × numbers of an input.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn gradients(&self, inputs: &[f32], of: &[f32]) -> Result<Vec<f32>, TrainError>;

    /// The numbers on which a unit hangs; `None` where none makes it alone.
    #[expect(unused_variables, reason = "not every layer has weights")]
    fn handles(&self, unit: usize) -> Option<Handles> {
        None
    }

    /// What each logit makes of its numbers, where all that follows it is affine and looks at nothing else; else `None`.
    ///
    /// # Errors
    /// If it cannot be computed.
    fn slopes(&self) -> Result<Option<Slopes>, TrainError>;
}

/// A logit is `rest` and the sum of a layer's numbers times `by_class`.
#[derive(Clone, Debug, PartialEq)]
pub struct Slopes {
    /// Classes × units × places.
    pub by_class: Vec<f32>,
    /// A number for each class.
    pub rest: Vec<f32>,
}

/// The layer that is asked for, with all that could be.
///
/// # Errors
/// If there is no such layer.
pub(super) fn found(
    model: &dyn Explained,
    asked: Option<&str>,
) -> Result<(UnitLayers, UnitLayer), TrainError> {
    let all = model.unit_layers()?;
    let layer = match asked {
        Some(name) => all.layers.iter().find(|layer| layer.name == name),
        None => all.layers.get(all.usual),
    };
    if let Some(layer) = layer.cloned() {
        return Ok((all, layer));
    }
    let names: Vec<&str> = all.layers.iter().map(|layer| layer.name.as_str()).collect();
    Err(TrainError::Calculation(match asked {
        Some(name) if !names.is_empty() => {
            phrase!("studies-there-is-no-layer-whose", name = shown(name), names = listed(&names))
        }
        _ => phrase!("studies-the-network-has-no-hidden"),
    }))
}

/// The same, opened.
///
/// # Errors
/// If there is no such layer, or it is too large to be looked at unit by unit.
pub(super) fn opened<'m>(
    model: &'m dyn Explained,
    asked: Option<&str>,
) -> Result<(UnitLayers, Box<dyn HiddenLayer + 'm>), TrainError> {
    let (all, layer) = found(model, asked)?;
    if layer.units() > MOST_UNITS || layer.numbers() > MOST_NUMBERS {
        return Err(TrainError::Calculation(phrase!(
            "studies-the-layer-has-of-but",
            name = shown(&layer.name),
            units = Phrase::counted(layer.units(), "unit"),
            places = Phrase::counted(layer.places(), "place"),
            most_units = grouped(MOST_UNITS),
            most_numbers = grouped(MOST_NUMBERS)
        )));
    }
    Ok((all, open(model, &layer.name)?))
}

/// A layer of this name.
///
/// # Errors
/// If there is none.
pub(super) fn open<'m>(
    model: &'m dyn Explained,
    name: &str,
) -> Result<Box<dyn HiddenLayer + 'm>, TrainError> {
    let missing =
        || TrainError::Calculation(phrase!("studies-there-is-no-layer", name = shown(name)));
    model.hidden(name)?.ok_or_else(missing)
}

/// An error once nobody waits for the answer.
///
/// # Errors
/// Then.
pub(super) fn awaited(go_on: &dyn Fn() -> bool) -> Result<(), TrainError> {
    match go_on() {
        true => Ok(()),
        false => Err(TrainError::calculation(phrase!("studies-nobody-waits-for-the-answer"))),
    }
}
