//! The word that makes a training a service, the option that watches one elsewhere, and what goes with them.

use std::ffi::OsString;

use super::{attach, exhibits::ExhibitOptions, options::Options};
use crate::sentence::shown;

/// The word, before the exhibit.
const WORD: &str = "serve";
/// What is for a hall, or for the end of a training.
const NOT_SERVED: [&str; 28] = [
    "connect",
    "port",
    "health",
    "inside",
    "mode",
    "screenshot",
    "at_step",
    "history_mib",
    "render_scale",
    "spectator",
    "spectator_hz",
    "without_profile",
    "opening",
    "guide",
    "demo",
    "less_motion",
    "sound",
    "captions",
    "text_size",
    "contrast",
    "dwell",
    "size",
    "why",
    "robust",
    "units",
    "points",
    "taught",
    "landscape",
];
/// What a visit to a training elsewhere can be told, besides what any hall can.
const OF_A_CONNECTION: [&str; 10] = [
    "connect",
    "token",
    "record",
    "record_mb",
    "guide",
    "sound",
    "captions",
    "text_size",
    "contrast",
    "dwell",
];

/// The arguments without the word, and whether it stood there; `arguments` begin with the program's name.
pub(super) fn taken(arguments: impl IntoIterator<Item = OsString>) -> (Vec<OsString>, bool) {
    let mut arguments: Vec<OsString> = arguments.into_iter().collect();
    let serves = arguments.get(1).is_some_and(|word| word == WORD);
    if serves {
        arguments.remove(1);
    }
    (arguments, serves)
}

/// Refuses what does not go together with a service, or with a visit to one.
///
/// # Errors
/// One sentence with the option.
pub(super) fn checked(options: &Options, exhibits: &[ExhibitOptions]) -> Result<(), String> {
    let given = attach::given(options, exhibits);
    let has = |name: &str| given.iter().any(|given| given == name);
    if !options.serve && has("listen") {
        return Err(say!("cli-goes-with-serve", option = "--listen"));
    }
    if options.serve {
        let foreign = given.iter().find(|name| NOT_SERVED.contains(&name.as_str()));
        if let Some(name) = foreign {
            let (option, word) = (attach::dashed(name), shown(WORD));
            return Err(match name.as_str() {
                "port" => say!("cli-a-service-listens", option, word, port = options.port),
                _ => say!("cli-is-for-no-service", option, word),
            });
        }
    }
    if options.connect.is_some() {
        let foreign = given.iter().find(|name| {
            !OF_A_CONNECTION.contains(&name.as_str()) && !attach::is_of_any_hall(name)
        });
        if let Some(name) = foreign {
            let option = attach::dashed(name);
            return Err(say!("cli-is-for-a-training-here-too", option, connect = "--connect"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{cli, exhibits};

    fn parsed(words: &str) -> Result<(Options, usize), String> {
        let known: Vec<_> = exhibits::ALL.iter().map(|exhibit| exhibit.options).collect();
        cli::parse(words.split(' ').map(OsString::from), &known).map_err(|why| format!("{why:?}"))
    }

    #[test]
    fn a_training_is_served_at_this_machine_unless_asked_otherwise() {
        let (options, place) = parsed("perceptarium serve descent --seed 3").unwrap();
        assert!(options.serve && options.listen.ip().is_loopback() && place == 2);
        assert_eq!(options.listen.port(), crate::serve::PORT);
        let (options, _) = parsed("perceptarium serve --listen 0.0.0.0").unwrap();
        assert_eq!(options.listen.to_string(), "0.0.0.0:7346");
        let (options, _) = parsed("perceptarium serve digits --listen [::1]:80").unwrap();
        assert_eq!(options.listen.to_string(), "[::1]:80");
        let (options, _) = parsed("perceptarium digits").unwrap();
        assert!(!options.serve);
    }

    #[test]
    fn a_service_elsewhere_is_watched_by_its_address() {
        let token = "0".repeat(32);
        let line = format!("perceptarium --connect a.example:7346 --token {token} --json");
        let (options, _) = parsed(&line).unwrap();
        assert_eq!(options.connect.as_deref(), Some("a.example:7346"));
    }

    #[test]
    fn what_does_not_go_together_is_refused_by_its_name() {
        for (words, option) in [
            ("digits --listen 0.0.0.0", "--listen"),
            ("serve digits --mode window", "--mode"),
            ("serve digits --why 3", "--why"),
            ("serve digits --connect a:1", "--connect"),
            ("--connect a:1 --epochs 3", "--epochs"),
            ("--connect a:1 --filters 3", "--filters"),
            ("--connect a --seed 1", "--connect"),
            ("digits --token 00112233445566778899aabbccddeeff", "--token"),
        ] {
            let why = parsed(&format!("perceptarium {words}")).unwrap_err();
            assert!(why.contains(option), "{words}: {why}");
        }
    }
}
