//! `--landscape`: what is told in the terminal of the loss around the way of a run, once a classifier has learned.

use super::{Afterwards, teller::Teller};
use crate::{
    inside::{LandscapeAsked, Plane, landscape_told},
    program_error::ProgramError,
    stream::Payload,
    words::Word,
};

/// Why it cannot be answered in the hall.
pub(super) const ONLY_IN_WORDS: Word = key!("answers-landscape-is-answered-in-words");

/// Places along each side.
const SIDE: usize = 21;
/// Test images over which losses are means, as far as that is cheap.
const IMAGES: usize = 500;

/// Tells of the loss over the plane of the run's way, to be run when the training is over.
pub(super) fn around_the_way() -> Afterwards {
    Box::new(|room, events, as_json| survey(&Teller { room, events, as_json }))
}

pub(super) fn survey(teller: &Teller<'_>) -> Result<(), ProgramError> {
    let asked = LandscapeAsked { plane: Plane::Path, side: SIDE, images: IMAGES, seed: 0 };
    teller.tell("landscape", Payload::new(asked), landscape_told).map(drop)
}
