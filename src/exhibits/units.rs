//! `--units`: what is told in the terminal of what the units of a layer know, once a classifier has learned.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
};

use super::{Afterwards, open::answer};
use crate::{
    events::EventWriter,
    inside::{Units, UnitsAsked, units_told},
    program_error::ProgramError,
    stream::{Payload, ViewerEnd},
};

/// Why it cannot be answered in the hall.
pub(super) const ONLY_IN_WORDS: &str = "--units is answered in words: say --mode terminal too.";

/// What stands for the layer that is meant where none is named.
const LAST: &str = "last";
/// Test images that are looked at, as far as that is cheap.
const IMAGES: usize = 10_000;
/// Images that are named of each unit.
const TOP: usize = 9;

/// What is found.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "units")]
struct Told<'a> {
    #[serde(flatten)]
    units: &'a Units,
}

/// Tells what each unit of a layer knows, to be run when the training is over.
pub(super) fn unit_by_unit(layer: &str) -> Afterwards {
    let layer = (layer != LAST).then(|| layer.to_owned());
    Box::new(move |room, events, as_json| run(layer, room, events, as_json))
}

fn run(
    layer: Option<String>,
    room: &ViewerEnd,
    events: &EventWriter,
    as_json: bool,
) -> Result<(), ProgramError> {
    let asked = UnitsAsked { layer, images: IMAGES, top: TOP, seed: 0 };
    let units: Arc<Units> = answer(room, Payload::new(asked))?;
    if as_json {
        events.tell(&Told { units: &units });
    } else {
        // Whoever asked may have left already, as after `| head -1`.
        writeln!(stdout(), "{}", units_told(&units).trim_end()).ok();
    }
    Ok(())
}
