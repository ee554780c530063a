//! `--points`: what is told in the terminal of where a layer puts all images, once a classifier has learned.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
};

use super::{Afterwards, open::answer};
use crate::{
    events::EventWriter,
    inside::{Points, PointsAsked, PointsLayout, points_told},
    program_error::ProgramError,
    stream::{Payload, ViewerEnd},
};

/// Why it cannot be answered in the hall.
pub(super) const ONLY_IN_WORDS: &str = "--points is answered in words: say --mode terminal too.";

/// What stands for what the network says at last.
const LOGITS: &str = "logits";
/// The layouts that are told, one after the other.
const LAYOUTS: [PointsLayout; 2] =
    [PointsLayout::Components, PointsLayout::Neighbours { attraction: 1.0 }];

/// What is found.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "points")]
struct Told<'a> {
    #[serde(flatten)]
    points: &'a Points,
}

/// Tells where a layer puts all images, to be run when the training is over.
pub(super) fn image_by_image(layer: &str) -> Afterwards {
    let layer = (layer != LOGITS).then(|| layer.to_owned());
    Box::new(move |room, events, as_json| run(layer.as_ref(), room, events, as_json))
}

fn run(
    layer: Option<&String>,
    room: &ViewerEnd,
    events: &EventWriter,
    as_json: bool,
) -> Result<(), ProgramError> {
    for layout in LAYOUTS {
        let asked = PointsAsked { layer: layer.cloned(), layout, all: true, seed: 0 };
        let points: Arc<Points> = answer(room, Payload::new(asked))?;
        if as_json {
            events.tell(&Told { points: &points });
        } else {
            // Whoever asked may have left already, as after `| head -1`.
            writeln!(stdout(), "{}", points_told(&points).trim_end()).ok();
        }
    }
    Ok(())
}
