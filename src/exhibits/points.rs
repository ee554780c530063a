//! `--points`: what is told in the terminal of where a layer puts all images, once a classifier has learned.

use super::{Afterwards, teller::Teller};
use crate::{
    inside::{PointsAsked, PointsLayout, points_told},
    program_error::ProgramError,
    stream::Payload,
    words::Word,
};

/// Why it cannot be answered in the hall.
pub(super) const ONLY_IN_WORDS: Word = key!("answers-points-is-answered-in-words");

/// What stands for what the network says at last.
pub(super) const LOGITS: &str = "logits";
/// The layouts that are told, one after the other.
const LAYOUTS: [PointsLayout; 2] =
    [PointsLayout::Components, PointsLayout::Neighbours { attraction: 1.0 }];

/// Tells where a layer puts all images, to be run when the training is over.
pub(super) fn image_by_image(layer: &str) -> Afterwards {
    let layer = layer.to_owned();
    Box::new(move |room, events, as_json| lay_out(&layer, &Teller { room, events, as_json }))
}

pub(super) fn lay_out(layer: &str, teller: &Teller<'_>) -> Result<(), ProgramError> {
    for layout in LAYOUTS {
        let layer = (layer != LOGITS).then(|| layer.to_owned());
        let asked = PointsAsked { layer, layout, all: true, seed: 0 };
        teller.tell("points", Payload::new(asked), points_told)?;
    }
    Ok(())
}
