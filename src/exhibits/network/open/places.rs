//! Where a network is to be written, looked at before anything is trained.

use std::{
    fs::{self, OpenOptions},
    path::{Path, PathBuf},
};

use crate::{
    exhibits::{
        network::{
            model::{Place, training_in_force},
            options::NetworkOptions,
        },
        refused,
    },
    learning::{TrainError, TrainingConfig},
    network::{Training, brought::Source},
    program_error::ProgramError,
};

/// All places that a visitor names; a run that goes on is kept where it was if none is named. `text` writes the network as a
/// description that trains so.
pub(super) fn all(
    own: &NetworkOptions,
    training: &Training,
    config: &TrainingConfig,
    text: impl Fn(&Training) -> Result<(String, Vec<Source>), ProgramError>,
) -> Result<Vec<Place>, ProgramError> {
    let paths: Vec<&PathBuf> = match &own.save[..] {
        [] => own.resume.iter().collect(),
        named => named.iter().collect(),
    };
    let mut places = Vec::new();
    for path in paths {
        kept_apart(path, own)?;
        let described = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        let place = if described {
            let (text, sources) = text(&training_in_force(training, config))?;
            Place::Description { path: path.clone(), text, sources }
        } else {
            Place::Network(path.clone())
        };
        place.files().iter().try_for_each(|file| check(file))?;
        places.push(place);
    }
    Ok(places)
}

/// Nothing that a visitor wrote or brought is written over unasked, and no file has a name that promises another kind.
fn kept_apart(path: &Path, own: &NetworkOptions) -> Result<(), ProgramError> {
    let wrong = |fact: &str, remedy: &str| Err(refused(TrainError::unusable(path, fact, remedy)));
    let others = ["pt", "pth", "keras", "h5", "safetensors"];
    let ending = path.extension().unwrap_or_default();
    if others.iter().any(|other| ending.eq_ignore_ascii_case(other)) {
        let fact = "a network is saved as ONNX, or as a description in TOML";
        return wrong(fact, "let the name after --save end in .onnx or .toml");
    }
    let real = |path: &Path| path.canonicalize().ok();
    let is_model = own.model.as_deref().is_some_and(|model| {
        real(path).is_some_and(|real_path| real(Path::new(model)) == Some(real_path))
    });
    let goes_on = own.resume.as_deref().is_some_and(|resume| real(resume) == real(path));
    if is_model && !goes_on {
        let fact = "it is what --model names, and would be written over";
        return wrong(fact, "name another file with --save");
    }
    Ok(())
}

/// Before anything is trained, whether a file can be written there; only what is a file already is written over.
fn check(path: &Path) -> Result<(), ProgramError> {
    let wrong = |fact: String| {
        let remedy = "name a file in a folder you may write to with --save";
        Err(refused(TrainError::unusable(path, fact, remedy)))
    };
    match path.metadata() {
        Ok(about) if about.is_file() => {}
        Ok(_) => return wrong("it is there and no plain file".to_owned()),
        Err(_) if path.is_symlink() => return wrong("it is a link that leads nowhere".to_owned()),
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
        Err(error) => wrong(error.to_string()),
    }
}
