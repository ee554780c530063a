//! A visit to a training that this program serves on another machine, in the hall or in words.

use std::{
    slice,
    sync::{Arc, Mutex, PoisonError},
};

use super::{
    elsewhere::ending,
    hall::{Keeps, plain_visit, recorder},
    telling::{begin_log, event_writer, say},
    venue::{Venue, choose_place},
    watched::kept,
};
use crate::{
    app,
    attach::{self, Attached, Calling, News, Renewed, Token},
    cli::Options,
    display_server::Display,
    events::EventWriter,
    exhibits::{Arrive, Exhibit, payload_kinds, refused},
    program_error::ProgramError,
    serve::token_for,
    stderr,
    stream::connect,
    terminal,
    world::elsewhere::Served,
};

/// Whom the program watches now, for other programs.
#[derive(serde::Serialize)]
struct ConnectedEvent<'a> {
    event: &'static str,
    address: &'a str,
    exhibit: &'static str,
}

/// Visits the training that is served at an address.
pub(super) fn visit(
    options: &Options,
    address: &str,
    exhibits: &'static [Exhibit],
    display: Result<&Display, &String>,
) -> Result<(), ProgramError> {
    let token = match &options.token {
        Some(token) => Some(token.parse::<Token>().map_err(refused)?),
        None => token_for(address),
    };
    let token = token.ok_or_else(|| refused(phrase!("serve-say-the-token", address)))?;
    // A service that is begun anew has another token, which it writes down.
    let renewed = options.token.is_none().then(|| -> Renewed {
        let address = address.to_owned();
        Box::new(move || token_for(&address))
    });
    let calling = Calling::open(address, token, renewed).map_err(refused)?;
    let exhibit = served(options, &calling, exhibits)?;
    let hush = stderr::hush();
    let (headset, windowed) = match choose_place(options, display)? {
        Venue::Headset { headset, windowed } => (Some(*headset), windowed),
        Venue::Window => (None, true),
        Venue::Terminal => {
            drop(hush);
            return attend(options, address, exhibit, calling);
        }
    };
    let events = event_writer(options, exhibit, exhibits);
    tell_connected(&events, address, exhibit);
    let (room, trainer) = connect();
    let (begun, offer) = recorder(options);
    Keeps::of(options, exhibit.id).begin(&trainer, &begun)?;
    let place = (headset, windowed);
    let served = Served(calling.connection());
    let arrive: Arrive = Box::new(move |app| {
        offer(app);
        app.insert_resource(served);
    });
    let visit = app::Visit {
        arrive: Some(arrive),
        ..plain_visit(options, (exhibit, exhibits), room, place, events)?
    };
    let line: Arc<Mutex<Option<Attached>>> = Arc::default();
    let opened = Arc::clone(&line);
    let begin = move || {
        let attached = calling.start(payload_kinds(exhibits), trainer, told());
        let attached = attached.map_err(|why| why.to_string())?;
        *opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(attached);
        Ok(())
    };
    let ended = app::run(visit, hush, Box::new(begin));
    drop(line.lock().unwrap_or_else(PoisonError::into_inner).take());
    ending(options, display, ended)
}

/// The exhibit whose training is served; it must be the one that was named, if one was.
fn served(
    options: &Options,
    calling: &Calling,
    exhibits: &'static [Exhibit],
) -> Result<&'static Exhibit, ProgramError> {
    let served = calling.exhibit();
    let name = served.name();
    if options.exhibit.as_ref().is_some_and(|named| named != name) {
        return Err(refused(phrase!("serve-another-exhibit-there", name)));
    }
    let exhibit = exhibits.iter().find(|exhibit| exhibit.id == served);
    exhibit.ok_or_else(|| refused(phrase!("start-there-is-no-exhibit", name)))
}

/// The same in words and progress bars.
fn attend(
    options: &Options,
    address: &str,
    exhibit: &'static Exhibit,
    calling: Calling,
) -> Result<(), ProgramError> {
    begin_log();
    let events = event_writer(options, exhibit, slice::from_ref(exhibit));
    tell_connected(&events, address, exhibit);
    let (room, trainer) = connect();
    let (_recording, snapshots) = kept(options, exhibit, &trainer)?;
    let kinds = payload_kinds(slice::from_ref(exhibit));
    let attached = calling.start(kinds, trainer, told()).map_err(refused)?;
    terminal::attend_with(&room, &events, (exhibit.narrator)(), snapshots, || !attached.is_over())
}

fn tell_connected(events: &EventWriter, address: &str, exhibit: &Exhibit) {
    let exhibit = exhibit.id.name();
    events.tell(&ConnectedEvent { event: "connected", address, exhibit });
}

/// Says whether the line is there.
fn told() -> attach::Told {
    Arc::new(|news: News| say(&news.told().to_string()))
}
