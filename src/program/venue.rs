//! Where the visit takes place: in a headset, in a window, or in words.

use std::{fs::OpenOptions, path::Path};

use super::telling::say;
use crate::{
    app::{self, HeadsetPlan, NoHeadset},
    cli::{Mode, Options, Spectator},
    display_server::{self, Display},
    program_error::ProgramError,
    sentence::shown_path,
    stderr,
    world::spectator::{SpectatorMode, SpectatorPlan},
};

/// Where the visit takes place.
pub(super) enum Venue {
    /// In a headset, or in a window from which one may be entered later.
    Headset {
        headset: Box<app::Headset>,
        windowed: bool,
    },
    Window,
    Terminal,
}

/// The window system that a window would open on, and if none answers why not.
pub(super) fn find_display(options: &Options) -> Result<Display, String> {
    // A picture needs something to draw with, but nobody to show it to.
    if options.mode == Mode::Terminal || options.screenshot.is_some() {
        return Ok(Display::Native);
    }
    let hush = stderr::hush();
    let found = display_server::find();
    drop(hush);
    let found = found?;
    let Some(why) = found.instead else {
        return Ok(found.display);
    };
    say(&say!("start-a-window-opens-on-x11", why));
    let error = display_server::restart_on_x11();
    Err(say!("start-and-the-program-cannot-be", why, error))
}

/// Takes the first place that works, and says which and why if that was left to the program.
pub(super) fn choose_place(
    options: &Options,
    display: Result<&Display, &String>,
) -> Result<Venue, ProgramError> {
    let auto = options.mode == Mode::Auto;
    let picture = options.screenshot.is_some();
    if options.mode == Mode::Terminal {
        return Ok(Venue::Terminal);
    }
    let headset = match options.mode {
        Mode::Headset => app::Headset::find(headset_plan(options)).map(Some),
        Mode::Auto if !picture => app::Headset::find(headset_plan(options)).map(Some),
        _ => Ok(None),
    };
    let no_headset = match headset {
        Ok(Some(headset)) => {
            say(&say!("start-the-hall-opens-in-the", name = headset.name()));
            let headset = Box::new(headset);
            return Ok(Venue::Headset { headset, windowed: display.is_ok() });
        }
        Ok(None) => None,
        Err(why) if options.mode == Mode::Headset => {
            return Err(ProgramError::Asked(phrase!(
                "start-mode-headset-finds-none-to",
                why = why.to_string()
            )));
        }
        Err(why) => Some(why),
    };
    let later = no_headset.as_ref().is_some_and(NoHeadset::may_change);
    let no_headset = no_headset.map(|why| say!("start-no-headset-can-be-entered", why));
    let drawable = display.map_err(String::as_str).and_then(|_| {
        app::a_device_answers().then_some(()).ok_or(say!("start-no-graphics-driver-answers"))
    });
    match (drawable, no_headset) {
        (Ok(()), Some(no_headset)) => {
            say(&say!("start-the-hall-opens-in-a", no_headset));
            let headset = later.then(|| app::Headset::later(headset_plan(options))).flatten();
            Ok(headset.map_or(Venue::Window, |headset| Venue::Headset {
                headset: Box::new(headset),
                windowed: true,
            }))
        }
        (Ok(()), None) => Ok(Venue::Window),
        (Err(why), _) if auto && !picture => {
            say(&say!("start-the-training-is-told-in-the", why));
            if !options.beside.is_empty() {
                say(say!("compare-beside-needs-a-hall"));
            }
            Ok(Venue::Terminal)
        }
        (Err(why), _) if picture => {
            Err(ProgramError::Asked(phrase!("start-no-picture-can-be-drawn", why)))
        }
        (Err(why), _) => Err(ProgramError::Asked(phrase!("start-no-window-can-open-here-as", why))),
    }
}

pub(super) fn spectator(options: &Options) -> SpectatorPlan {
    let mode = match options.spectator {
        Spectator::Follow => SpectatorMode::Follow,
        Spectator::Exhibit => SpectatorMode::Exhibit,
        Spectator::Free => SpectatorMode::Free,
        Spectator::Off => SpectatorMode::Off,
    };
    SpectatorPlan { mode, hz: options.spectator_hz }
}

fn headset_plan(options: &Options) -> HeadsetPlan {
    HeadsetPlan {
        enter_at_once: true,
        render_scale: options.render_scale,
        without_profiles: options.without_profile.clone(),
    }
}

/// Finds out before the training that a picture could not be written after it.
pub(super) fn check_writable(file: &Path) -> Result<(), ProgramError> {
    let existed = file.exists();
    let opened = OpenOptions::new().create(true).append(true).open(file);
    if opened.is_ok() && !existed {
        // It was only a question; the picture makes the file itself.
        std::fs::remove_file(file).ok();
    }
    opened.map(drop).map_err(|error| {
        ProgramError::Asked(phrase!(
            "start-the-screenshot-cannot-be-written",
            file = shown_path(file),
            error
        ))
    })
}
