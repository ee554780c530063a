//! `--health`: what is told in the terminal of a training once a classifier has learned.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
};

use super::{Afterwards, open::answer};
use crate::{
    events::EventWriter,
    inside::{Diagnosis, DoctorAsked, Health, HealthAsked, diagnosis_told, health_told},
    program_error::ProgramError,
    stream::{Payload, ViewerEnd},
};

/// Why it cannot be answered in the hall, where it hangs on a wall.
pub(super) const ONLY_IN_WORDS: &str = "--health is answered in words: say --mode terminal too.";

/// Images of each kind that are looked at, as far as that is cheap.
const IMAGES: usize = 512;

/// What is found.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "health")]
struct Told<'a> {
    #[serde(flatten)]
    health: &'a Health,
    diagnosis: &'a Diagnosis,
}

/// Tells how the training of a classifier of these classes was, to be run when it is over.
pub(super) fn examined(classes: Arc<[String]>) -> Afterwards {
    Box::new(move |room, events, as_json| run(&classes, room, events, as_json))
}

fn run(
    classes: &[String],
    room: &ViewerEnd,
    events: &EventWriter,
    as_json: bool,
) -> Result<(), ProgramError> {
    let asked = HealthAsked { images: IMAGES, seed: 0 };
    let health: Arc<Health> = answer(room, Payload::new(asked))?;
    let diagnosis: Arc<Diagnosis> = answer(room, Payload::new(DoctorAsked {}))?;
    if as_json {
        events.tell(&Told { health: &health, diagnosis: &diagnosis });
    } else {
        // Whoever asked may have left already, as after `| head -1`.
        let told = health_told(&health, classes) + &diagnosis_told(&diagnosis, classes);
        writeln!(stdout(), "{}", told.trim_end()).ok();
    }
    Ok(())
}
