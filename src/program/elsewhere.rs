//! A visit to a training of another program, which is let in where the visit takes place, in the hall or in words.

use std::{
    io::Write as _,
    slice,
    sync::{Arc, Mutex, PoisonError},
};

use crossbeam_channel::bounded;

use super::{
    hall::{Keeps, plain_visit, recorder},
    telling::{begin_log, event_writer, say},
    venue::{Venue, choose_place},
    watched::kept,
};
use crate::{
    app::{self, HallFault},
    attach::{self, Attached, News, Token, Waiting},
    cli::{Mode, Options},
    display_server::{self, Display},
    events::EventWriter,
    exhibits::{Exhibit, refused},
    program_error::ProgramError,
    stderr,
    stream::connect,
    terminal,
    world::elsewhere::Elsewhere,
};

/// News that wait for a hall that stands still.
const MOST_NEWS: usize = 64;

/// A visit to a training of another program, which is let in where it takes place.
pub(super) fn visit(
    options: &Options,
    exhibit: &Exhibit,
    exhibits: &'static [Exhibit],
    display: Result<&Display, &String>,
) -> Result<(), ProgramError> {
    let token = match &options.token {
        Some(token) => token.parse::<Token>(),
        None => Token::random(),
    };
    let waiting = Waiting::open(options.port, token.map_err(refused)?).map_err(refused)?;
    let hush = stderr::hush();
    let (headset, windowed) = match choose_place(options, display)? {
        Venue::Headset { headset, windowed } => (Some(*headset), windowed),
        Venue::Window => (None, true),
        Venue::Terminal => {
            drop(hush);
            return attend(options, exhibit, waiting);
        }
    };
    let events = event_writer(options, exhibit, exhibits);
    say_waiting(&waiting, &events);
    let (room, trainer) = connect();
    let (sender, news) = bounded(MOST_NEWS);
    let elsewhere = Elsewhere {
        exhibit: exhibit.id,
        port: waiting.port(),
        token: waiting.token().to_string(),
        news,
    };
    let told: attach::Told = Arc::new({
        let events = events.clone();
        move |news: News| {
            tell_news(&events, &news);
            // What a hall that stands still has no room for has been said here.
            sender.try_send(news).ok();
        }
    });
    let (begun, offer) = recorder(options);
    Keeps::of(options, exhibit.id).begin(&trainer, &begun)?;
    let place = (headset, windowed);
    let visit = app::Visit {
        arrive: Some(offer),
        elsewhere: Some(elsewhere),
        ..plain_visit(options, (exhibit, exhibits), room, place, events)?
    };
    let door: Arc<Mutex<Option<Attached>>> = Arc::default();
    let opened = Arc::clone(&door);
    let shown = (exhibit.id, exhibit.payloads);
    let begin = move || {
        let attached = waiting.start(shown, trainer, told).map_err(|why| why.to_string())?;
        *opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(attached);
        Ok(())
    };
    let ended = app::run(visit, hush, Box::new(begin));
    // Whoever is attached hears that the hall closes before the program ends.
    drop(door.lock().unwrap_or_else(PoisonError::into_inner).take());
    ending(options, display, ended)
}

/// What the end of a hall means in which another program's training was shown.
pub(super) fn ending(
    options: &Options,
    display: Result<&Display, &String>,
    ended: Result<(), HallFault>,
) -> Result<(), ProgramError> {
    match ended {
        Ok(()) => Ok(()),
        Err(HallFault::NoWindow)
            if options.mode == Mode::Auto
                && display == Ok(&Display::Wayland)
                && display_server::x11_answers() =>
        {
            let why = say!("start-no-window-can-open", nowindow = HallFault::NoWindow);
            say(&say!("start-x11-is-tried-as-on", why));
            Err(refused(display_server::restart_on_x11()))
        }
        Err(HallFault::NoWindow) => Err(ProgramError::Asked(phrase!(
            "start-no-window-can-open-here",
            nowindow = HallFault::NoWindow.to_string()
        ))),
        Err(fault) => Err(refused(fault.to_string())),
    }
}

/// The same in words and progress bars.
fn attend(options: &Options, exhibit: &Exhibit, waiting: Waiting) -> Result<(), ProgramError> {
    begin_log();
    let events = event_writer(options, exhibit, slice::from_ref(exhibit));
    say_waiting(&waiting, &events);
    let (room, trainer) = connect();
    let (_recording, snapshots) = kept(options, exhibit, &trainer)?;
    let told = events.clone();
    let told: attach::Told = Arc::new(move |news: News| {
        // The visit ends with the run, which says how it ended.
        if !matches!(news, News::Left | News::Gone | News::Wrong { .. }) {
            tell_news(&told, &news);
        }
    });
    let attached = waiting.start((exhibit.id, exhibit.payloads), trainer, told).map_err(refused)?;
    terminal::attend_with(&room, &events, (exhibit.narrator)(), snapshots, || !attached.is_over())
}

/// That a training can come, for other programs.
#[derive(serde::Serialize)]
struct WaitingEvent {
    event: &'static str,
    port: u16,
    token: String,
}

/// Who has come, for other programs.
#[derive(serde::Serialize)]
struct AttachedEvent<'a> {
    event: &'static str,
    program: &'a str,
    framework: &'a str,
}

/// Says how a training attaches: two lines for a script, port and token.
fn say_waiting(waiting: &Waiting, events: &EventWriter) {
    let (port, token) = (waiting.port(), waiting.token().to_string());
    say(say!("attach-sign"));
    for line in say!("attach-two-lines").lines() {
        writeln!(stderr::ours(), "{line}").ok();
    }
    writeln!(stderr::ours(), "{}\n{token}", say!("attach-port-and-token", port)).ok();
    if let Some(why) = waiting.trouble() {
        say(&why.to_string());
    }
    events.tell(&WaitingEvent { event: "waiting", port, token });
}

/// Says who comes and goes.
fn tell_news(events: &EventWriter, news: &News) {
    say(&news.told().to_string());
    if let News::Attached { program, framework } = news {
        events.tell(&AttachedEvent { event: "attached", program, framework });
    }
}
