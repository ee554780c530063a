//! What the layers of a future make of an input.

use super::super::{Explained, hidden::open};
use crate::{
    inside::{UnitLayer, UnitNumbers},
    learning::TrainError,
    sentence::listed,
    words::Phrase,
};

/// Numbers of all layers that are told of each future: a megabyte, of which eight are kept.
const MOST_NUMBERS: usize = 1 << 18;
/// Layers that are told: each is an array for each of nine futures, of which a frame takes 4096.
const MOST_LAYERS: usize = 256;

/// What a future says to an input, and what its layers make of it.
pub(super) struct Seen {
    pub(super) logits: Vec<f32>,
    pub(super) units: Vec<UnitNumbers>,
}

/// The layers whose units are told, and which are not.
///
/// # Errors
/// If it cannot be computed.
pub(super) fn shown(model: &dyn Explained) -> Result<(Vec<UnitLayer>, Vec<Phrase>), TrainError> {
    let all = model.unit_layers()?.layers;
    let (mut left, mut layers) = (MOST_NUMBERS, 0);
    let (fit, large): (Vec<UnitLayer>, Vec<UnitLayer>) = all.into_iter().partition(|layer| {
        let fits = layer.numbers() <= left && layers < MOST_LAYERS;
        if fits {
            (left, layers) = (left - layer.numbers(), layers + 1);
        }
        fits
    });
    let names: Vec<&str> = large.iter().map(|layer| layer.name.as_str()).collect();
    let remark = phrase!("branch-layers-left-out", names = listed(&names));
    Ok((fit, if names.is_empty() { Vec::new() } else { vec![remark] }))
}

impl Seen {
    /// Of the model with these numbers.
    ///
    /// # Errors
    /// If it cannot be computed.
    pub(super) fn of(
        model: &dyn Explained,
        numbers: &[f32],
        shown: &[UnitLayer],
        input: &[f32],
    ) -> Result<Self, TrainError> {
        let other = model.with_parameters(numbers)?;
        let other = other.as_ref();
        let units = shown.iter().map(|layer| open(other, &layer.name)?.values(input));
        let units: Result<Vec<_>, TrainError> = units.collect();
        let units = units?.into_iter().map(UnitNumbers).collect();
        Ok(Self { logits: other.logits(input)?, units })
    }
}
