//! `--units`: what is told in the terminal of what the units of a layer know, once a classifier has learned.

use super::{Afterwards, teller::Teller};
use crate::{
    inside::{UnitsAsked, units_told},
    program_error::ProgramError,
    stream::Payload,
    words::Word,
};

/// Why it cannot be answered in the hall.
pub(super) const ONLY_IN_WORDS: Word = key!("answers-units-is-answered-in-words");

/// What stands for the layer that is meant where none is named.
pub(super) const LAST: &str = "last";
/// Test images that are looked at, as far as that is cheap.
const IMAGES: usize = 10_000;
/// Images that are named of each unit.
const TOP: usize = 9;

/// Tells what each unit of a layer knows, to be run when the training is over.
pub(super) fn unit_by_unit(layer: &str) -> Afterwards {
    let layer = layer.to_owned();
    Box::new(move |room, events, as_json| know(&layer, &Teller { room, events, as_json }))
}

pub(super) fn know(layer: &str, teller: &Teller<'_>) -> Result<(), ProgramError> {
    let layer = (layer != LAST).then(|| layer.to_owned());
    let asked = UnitsAsked { layer, images: IMAGES, top: TOP, seed: 0 };
    teller.tell("units", Payload::new(asked), units_told).map(drop)
}
