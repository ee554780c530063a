//! `--landscape`: what is told in the terminal of the loss around the way of a run, once a classifier has learned.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
    time::Duration,
};

use super::{Afterwards, open::answer_within};
use crate::{
    events::EventWriter,
    inside::{Landscape, LandscapeAsked, Plane, landscape_told},
    program_error::ProgramError,
    stream::{Payload, ViewerEnd},
};

/// Why it cannot be answered in the hall.
pub(super) const ONLY_IN_WORDS: &str = "--landscape is answered in words: say --mode terminal too.";

/// Places along each side.
const SIDE: usize = 21;
/// Test images over which losses are means, as far as that is cheap.
const IMAGES: usize = 500;
/// How long it may take: some seconds for the digits, and a large network is slower than its operations say.
const PATIENCE: Duration = Duration::from_secs(1800);

/// What is found.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "landscape")]
struct Told<'a> {
    #[serde(flatten)]
    landscape: &'a Landscape,
}

/// Tells of the loss over the plane of the run's way, to be run when the training is over.
pub(super) fn around_the_way() -> Afterwards {
    Box::new(run)
}

fn run(room: &ViewerEnd, events: &EventWriter, as_json: bool) -> Result<(), ProgramError> {
    let asked = LandscapeAsked { plane: Plane::Path, side: SIDE, images: IMAGES, seed: 0 };
    let landscape: Arc<Landscape> = answer_within(room, Payload::new(asked), PATIENCE)?;
    if as_json {
        events.tell(&Told { landscape: &landscape });
    } else {
        // Whoever asked may have left already, as after `| head -1`.
        writeln!(stdout(), "{}", landscape_told(&landscape).trim_end()).ok();
    }
    Ok(())
}
