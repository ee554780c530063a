//! The program from its command line to its exit code: data, training, and the hall or the terminal.

mod connected;
mod elsewhere;
mod hall;
mod serving;
mod telling;
mod venue;
mod watched;

use std::{
    ffi::OsString,
    io::{Write as _, stdout},
    process::ExitCode,
};

use crate::{
    check,
    cli::{self, ExhibitOptions, NoOptions, Options, ReplayOptions},
    compare,
    exhibits::{self, Exhibit, refused},
    free_memory,
    program_error::ProgramError,
    python_package,
    recording::Recording,
    replay, signals,
    words::{self, Language},
};

use hall::{About, watch};
use telling::say;
use venue::{check_writable, find_display};
use watched::Watched;

/// Runs the program with these exhibits; the first is visited when none is named.
///
/// What goes wrong is one sentence on standard error, with exit code 2 where it cannot be done as asked and 1 where a
/// training ended early.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    exhibits: &'static [Exhibit],
) -> ExitCode {
    free_memory::share_arenas();
    let arguments: Vec<_> = arguments.into_iter().collect();
    words::speak(cli::language(&arguments).unwrap_or_else(Language::of_system));
    let (arguments, language) = cli::without_language(arguments);
    let with_language = || arguments.iter().chain(&language).cloned().collect::<Vec<_>>();
    let known: Vec<_> = exhibits.iter().map(|exhibit| exhibit.options).collect();
    let done = if let Some(options) = cli::check(&arguments) {
        options.map(|options| check::run(&options))
    } else if let Some(options) = cli::python_package(&arguments) {
        options.map(|options| python_package::run(&options))
    } else if let Some(options) = cli::compare(&arguments) {
        options.map(|options| compare::run(&options, exhibits))
    } else if let Some(options) = cli::export(&arguments) {
        options.map(|options| replay::export(&options, exhibits, say))
    } else if let Some(options) = cli::replay(&with_language()) {
        options.and_then(|options| revisit(&options, exhibits, &known))
    } else {
        cli::parse(with_language(), &known).map(|(options, place)| visit(options, exhibits, place))
    };
    let ending = match done {
        Ok(ending) => ending,
        Err(NoOptions::Told(text)) => {
            // Whoever asked may have left already, as after `| head -1`.
            stdout().write_all(text.as_bytes()).ok();
            Ok(())
        }
        Err(NoOptions::Refused(sentence)) => Err(ProgramError::Asked(sentence.into())),
    };
    match ending {
        Ok(()) => signals::exit_code().map_or(ExitCode::SUCCESS, ExitCode::from),
        Err(trouble) => {
            say(&trouble.to_string());
            ExitCode::from(trouble.exit_code())
        }
    }
}

fn visit(options: Options, exhibits: &'static [Exhibit], place: usize) -> Result<(), ProgramError> {
    let Some(exhibit) = exhibits.get(place) else {
        return Err(ProgramError::Asked(phrase!("start-there-is-no-exhibit-to")));
    };
    if let Some(file) = &options.screenshot {
        check_writable(file)?;
    }
    if let Some(file) = &options.record {
        Recording::check(file).map_err(refused)?;
    }
    if options.serve {
        return serving::serve(&options, exhibit);
    }
    let display = find_display(&options);
    if let Some(address) = &options.connect {
        return connected::visit(&options, address, exhibits, display.as_ref());
    }
    if options.attach {
        return elsewhere::visit(&options, exhibit, exhibits, display.as_ref());
    }
    // Bad data are told before anything opens.
    let exhibits::Opened { trainable, config, pace, arrive, afterwards, only_in_words } =
        exhibits::open(exhibit, &options)?;
    let watched = Watched::Taught(trainable, config);
    let about = About { watched, pace, arrive, afterwards, only_in_words };
    watch(&options, exhibits, exhibit, display, about)
}

/// A visit to a recording: what is read of it takes the trainer's place, and all else is as for a run that is trained now.
fn revisit(
    asked: &ReplayOptions,
    exhibits: &'static [Exhibit],
    known: &[ExhibitOptions],
) -> Result<Result<(), ProgramError>, NoOptions> {
    let opened = match replay::open(&asked.file, exhibits) {
        Ok(opened) => opened,
        Err(why) => return Ok(Err(why)),
    };
    let mut arguments = asked.visit.clone();
    arguments.insert(arguments.len().min(1), opened.exhibit.id.name().into());
    let (options, _) = cli::parse(arguments, known)?;
    cli::nothing_is_trained(&options, known)?;
    if let Some(Err(why)) = options.screenshot.as_deref().map(check_writable) {
        return Ok(Err(why));
    }
    let display = find_display(&options);
    let (exhibit, pace, arrive) = (opened.exhibit, opened.pace, Some(opened.arrive));
    let watched = Watched::Played(Box::new(opened.recorded), opened.remarks);
    let about = About { watched, pace, arrive, afterwards: None, only_in_words: None };
    Ok(watch(&options, exhibits, exhibit, display, about))
}
