//! The word that lets the hall wait for a training of another program, and what goes with it.

use clap::{CommandFactory as _, parser::ValueSource};

use super::{
    exhibits::{ATTACH as WORD, ExhibitOptions},
    options::Options,
};
use crate::sentence::shown;

/// Its own options.
const OWN: [&str; 2] = ["port", "token"];
/// Options of a hall that have to do with no training.
const OF_ANY_HALL: [&str; 20] = [
    "exhibit",
    "mode",
    "lang",
    "json",
    "history_mib",
    "render_scale",
    "spectator",
    "spectator_hz",
    "without_profile",
    "opening",
    "less_motion",
    "size",
    "record",
    "record_mb",
    "guide",
    "sound",
    "captions",
    "text_size",
    "contrast",
    "dwell",
];

/// Takes the word for the exhibit that shows a training elsewhere.
///
/// # Errors
/// If it stands beside options that such a training cannot obey, or its own stand without it.
pub(super) fn attached(options: &mut Options, exhibits: &[ExhibitOptions]) -> Result<(), String> {
    let given = given(options, exhibits);
    let is_exhibit = exhibits.iter().any(|exhibit| exhibit.name == WORD);
    let shows = exhibits.iter().find(|exhibit| exhibit.takes(WORD).is_some());
    let asked = options.exhibit.as_deref() == Some(WORD) && !is_exhibit;
    let Some(shows) = shows.filter(|_| asked) else {
        // A service has a token, too.
        let with_service = options.serve || options.connect.is_some();
        let is_own = |name: &&str| OWN.contains(name) && !(with_service && *name == "token");
        return match given.iter().map(String::as_str).find(is_own) {
            Some(name) => Err(say!("cli-goes-with-attach", option = dashed(name))),
            None => Ok(()),
        };
    };
    let foreign =
        |name: &&String| !OWN.contains(&name.as_str()) && !OF_ANY_HALL.contains(&name.as_str());
    if let Some(name) = given.iter().find(foreign) {
        let option = dashed(name);
        return Err(say!("cli-is-for-a-training-here", option, word = shown(WORD)));
    }
    (options.exhibit, options.attach) = (Some(shows.name.to_owned()), true);
    Ok(())
}

/// Whether an option is one of a hall that has to do with no training.
pub(super) fn is_of_any_hall(name: &str) -> bool {
    OF_ANY_HALL.contains(&name)
}

/// The options that were typed, by their ids.
pub(super) fn given(options: &Options, exhibits: &[ExhibitOptions]) -> Vec<String> {
    let command = Options::command();
    let of_all = command.get_arguments().map(|argument| argument.get_id().to_string());
    let all = of_all.chain(exhibits.iter().flat_map(ExhibitOptions::ids));
    let typed = |id: &String| options.own.value_source(id) == Some(ValueSource::CommandLine);
    all.filter(typed).collect()
}

pub(super) fn dashed(id: &str) -> String {
    format!("--{}", id.replace('_', "-"))
}
