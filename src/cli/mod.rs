//! The command line, as plain data.

mod attach;
mod check;
mod compare;
mod exhibits;
mod options;
mod python_package;
mod refusal;
mod replay;
mod serve;
mod size;
mod table;
#[cfg(test)]
mod tests;
mod values;
mod worded;

use std::ffi::OsString;

use clap::{CommandFactory as _, FromArgMatches as _};

pub use check::{CheckOptions, check};
pub use compare::{CompareOptions, compare};
pub use exhibits::{ExhibitOptions, Shared};
pub use options::{Contrast, Guides, Mode, Opens, Options, Spectator, Switched};
pub use python_package::{PythonPackageOptions, python_package};
pub use refusal::NoOptions;
pub use replay::{ExportOptions, ReplayOptions, export, nothing_is_trained, replay};
pub use size::Size;
pub use table::{DecimalMark, TableOptions};
pub use values::{between, many, within};

use self::refusal::{no_options, no_visit};
use crate::words::Language;

/// The language that the command line asks for, known before anything of it is understood or refused.
pub fn language(arguments: &[OsString]) -> Option<Language> {
    let mut said = arguments.iter().filter_map(|argument| argument.to_str());
    while let Some(argument) = said.next() {
        match argument.strip_prefix("--lang").map(|rest| rest.strip_prefix('=').ok_or(rest)) {
            Some(Ok(tag)) => return Language::of_tag(tag),
            Some(Err("")) => return Language::of_tag(said.next()?),
            _ => {}
        }
    }
    None
}

/// The command line without `--lang`, and that by itself: it may stand anywhere, also before a word such as `replay`, and where
/// only files are read nothing but the words follow it. What is no language stays where it is.
pub fn without_language(mut arguments: Vec<OsString>) -> (Vec<OsString>, Vec<OsString>) {
    let is_known = |tag: Option<&str>| tag.is_some_and(|tag| Language::of_tag(tag).is_some());
    let text = |at: usize| arguments.get(at).and_then(|argument| argument.to_str());
    let place = (1..arguments.len()).find(|at| match text(*at) {
        Some("--lang") => is_known(text(at + 1)),
        Some(argument) => is_known(argument.strip_prefix("--lang=")),
        None => false,
    });
    let Some(place) = place else { return (arguments, Vec::new()) };
    let length = if text(place) == Some("--lang") { 2 } else { 1 };
    let said = arguments.drain(place..place + length).collect();
    (arguments, said)
}

/// Reads the command line, the program's name first; the first of the exhibits is visited when none is named.
///
/// Gives the place of the exhibit among them, too.
pub fn parse(
    arguments: impl IntoIterator<Item = OsString>,
    exhibits: &[ExhibitOptions],
) -> Result<(Options, usize), NoOptions> {
    let (arguments, serves) = serve::taken(arguments);
    let command = exhibits::told(Options::command(), exhibits);
    let matches = command.try_get_matches_from(arguments);
    let mut matches = matches.map_err(|error| no_visit(error, exhibits))?;
    let own = matches.clone();
    let mut options = Options::from_arg_matches_mut(&mut matches).map_err(no_options)?;
    (options.own, options.serve) = (own, serves);
    let refused = |sentence: &str| Err(NoOptions::Refused(sentence.to_owned()));
    if options.table.header && options.table.no_header {
        return refused(say!("cli-header-and-no-header-say"));
    }
    if options.at_step.is_some() && options.screenshot.is_none() {
        return refused(say!("cli-at-step-says-when-to"));
    }
    if options.screenshot.is_some() && matches!(options.mode, Mode::Terminal | Mode::Headset) {
        return refused(say!("cli-screenshot-takes-a-picture-of"));
    }
    if options.demo && (options.screenshot.is_some() || options.mode == Mode::Terminal) {
        return refused(say!("cli-demo-walks-through-the-hall"));
    }
    if !options.beside.is_empty() && (options.serve || options.mode == Mode::Terminal) {
        return refused(say!("compare-beside-needs-a-hall"));
    }
    serve::checked(&options, exhibits).map_err(NoOptions::Refused)?;
    attach::attached(&mut options, exhibits).map_err(NoOptions::Refused)?;
    exhibits::looked_into(&mut options, exhibits);
    let place = exhibits::chosen(&options, exhibits).map_err(NoOptions::Refused)?;
    Ok((options, place))
}
