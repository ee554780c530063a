//! Where a network is to be written, looked at before anything is trained.

use std::{
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
};

use crate::{
    exhibits::{
        network::{
            model::{Keeping, Place, training_in_force},
            options::NetworkOptions,
        },
        refused,
    },
    learning::{TrainError, TrainingConfig},
    network::{Training, brought::Source},
    program_error::ProgramError,
    words::{InPhrase, Phrase},
};

/// How a run is kept: at all places that a visitor names; one that goes on is kept where it was if none is named. `text` writes the network as a
/// description that trains so.
pub(super) fn kept(
    own: &NetworkOptions,
    training: &Training,
    (config, data_seed): (&TrainingConfig, u64),
    text: impl Fn(&Training) -> Result<(String, Vec<Source>), ProgramError>,
) -> Result<Keeping, ProgramError> {
    let paths: Vec<&PathBuf> = match &own.save[..] {
        [] => own.resume.iter().collect(),
        named => named.iter().collect(),
    };
    let mut places = Vec::new();
    for path in paths {
        has_its_ending(path)?;
        let described = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        let place = if described {
            let (text, sources) = text(&training_in_force(training, config))?;
            Place::Description { path: path.clone(), text, sources }
        } else {
            Place::Network(path.clone())
        };
        place.files().iter().try_for_each(|file| {
            spares_what_is_read(file, own)?;
            check(file)
        })?;
        places.push(place);
    }
    Ok(Keeping::new(places, data_seed))
}

/// No file has a name that promises another kind.
fn has_its_ending(path: &Path) -> Result<(), ProgramError> {
    let others = ["pt", "pth", "keras", "h5", "safetensors"];
    let ending = path.extension().unwrap_or_default();
    if others.iter().any(|other| ending.eq_ignore_ascii_case(other)) {
        let fact = phrase!("network-model-a-network-is-saved-as");
        let remedy = phrase!("network-model-let-the-name-after-save");
        return Err(refused(TrainError::unusable(path, fact, remedy)));
    }
    Ok(())
}

/// Nothing that a visitor wrote or brought is written over unasked.
fn spares_what_is_read(path: &Path, own: &NetworkOptions) -> Result<(), ProgramError> {
    let real = |path: &Path| path.canonicalize().ok();
    let is = |other: Option<&Path>| other.and_then(real).is_some_and(|of| real(path) == Some(of));
    let goes_on = is(own.resume.as_deref());
    let named =
        [("--model", own.model.as_deref().map(Path::new)), ("--weights", own.weights.as_deref())];
    match named.into_iter().find(|(_, other)| is(*other) && !goes_on) {
        Some((option, _)) => {
            let fact = phrase!("network-model-it-is-what-names-and", option);
            let remedy = phrase!("network-model-name-another-file-with-save");
            Err(refused(TrainError::unusable(path, fact, remedy)))
        }
        None => Ok(()),
    }
}

/// Before anything is trained, whether a file can be written there; only what is a file already is written over.
fn check(path: &Path) -> Result<(), ProgramError> {
    let wrong = |fact: Phrase| {
        let remedy = phrase!("network-model-name-a-file-in-a");
        Err(refused(TrainError::unusable(path, fact, remedy)))
    };
    match path.metadata() {
        Ok(about) if about.is_file() => {}
        Ok(_) => return wrong(phrase!("network-model-it-is-there-and-no")),
        Err(_) if path.is_symlink() => {
            return wrong(phrase!("network-model-it-is-a-link-that"));
        }
        Err(_) => {}
    }
    let existed = path.exists();
    match OpenOptions::new().create(true).append(true).open(path) {
        Ok(_) => {
            if !existed {
                // It was only a question; the network makes the file itself.
                fs::remove_file(path).ok();
            }
            Ok(())
        }
        Err(error) => wrong(error.in_phrase()),
    }
}
