//! `--health`: what is told in the terminal of a training once a classifier has learned.

use std::{
    io::{Write as _, stdout},
    sync::Arc,
    time::Duration,
};

use super::{
    Afterwards,
    open::{answer, answer_within},
};
use crate::{
    events::EventWriter,
    inside::{
        Diagnosis, DoctorAsked, Health, HealthAsked, Trial, TrialAsked, TrialRun, diagnosis_told,
        health_told, trial_told,
    },
    program_error::ProgramError,
    stream::{Payload, ViewerEnd},
    words::Word,
};

/// Why it cannot be answered in the hall, where it hangs on a wall.
pub(super) const ONLY_IN_WORDS: Word = key!("answers-health-is-answered-in-words");

/// Images of each kind that are looked at, as far as that is cheap.
const IMAGES: usize = 512;

/// How long a remedy is tried at most: as long as the run took, and a wide one longer.
const PATIENCE: Duration = Duration::from_secs(3600);

/// What is found.
#[derive(serde::Serialize)]
#[serde(tag = "event", rename = "health")]
struct Told<'a> {
    #[serde(flatten)]
    health: &'a Health,
    diagnosis: &'a Diagnosis,
    /// What became of the first remedy.
    #[serde(skip_serializing_if = "Option::is_none")]
    trial: Option<&'a TrialRun>,
    /// Why it was not tried.
    #[serde(skip_serializing_if = "Option::is_none")]
    untried: Option<String>,
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
    let helps = |trial: &&Trial| !matches!(trial, Trial::Threads(_));
    let remedy = diagnosis.accuracy.iter().filter_map(|reason| reason.trial.as_ref()).find(helps);
    let tried = remedy.map(|trial| {
        let asked = TrialAsked { trial: trial.clone() };
        answer_within::<TrialRun>(room, Payload::new(asked), PATIENCE)
    });
    let (trial, untried) = match &tried {
        Some(Ok(run)) => (Some(&**run), None),
        Some(Err(why)) => (None, Some(why.to_string())),
        None => (None, None),
    };
    if as_json {
        events.tell(&Told { health: &health, diagnosis: &diagnosis, trial, untried });
    } else {
        // Whoever asked may have left already, as after `| head -1`.
        let mut told = health_told(&health, classes) + &diagnosis_told(&diagnosis, classes);
        told += &trial.map(trial_told).or(untried).unwrap_or_default();
        writeln!(stdout(), "{}", told.trim_end()).ok();
    }
    Ok(())
}
