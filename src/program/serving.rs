//! A training as a service: it is told in words here, watched and asked from elsewhere, and stopped by a signal.

use std::{net::SocketAddr, slice, sync::Arc, time::Duration};

use super::{
    telling::{begin_log, event_writer, say},
    watched::kept,
};
use crate::{
    attach::Token,
    cli::Options,
    events::EventWriter,
    exhibits::{self, Exhibit, payload_kinds, refused},
    learning::{Session, TrainingConfig, data::as_learned},
    program_error::ProgramError,
    serve::{self, Listening, News, Served},
    signals,
    stream::{SaveReport, connect},
    terminal,
};

/// How long a training may take to stop between two steps and be written down.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where a training is served, for other programs.
#[derive(serde::Serialize)]
struct ServingEvent {
    event: &'static str,
    address: String,
    token: String,
}

/// Who watches, and that nobody does any more, for other programs.
#[derive(serde::Serialize)]
struct WatchedEvent<'a> {
    event: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    program: Option<&'a str>,
}

/// That it ends, for other programs.
#[derive(serde::Serialize)]
struct StoppedEvent {
    event: &'static str,
    step: Option<u64>,
    saved: Option<String>,
}

/// Serves the training of an exhibit until a signal ends it.
pub(super) fn serve(options: &Options, exhibit: &'static Exhibit) -> Result<(), ProgramError> {
    signals::watch().map_err(|why| refused(phrase!("serve-no-signals", why)))?;
    let address: SocketAddr = options.listen;
    let token = match &options.token {
        Some(token) => token.parse::<Token>(),
        None => Token::random(),
    };
    let listening = Listening::open(address, token.map_err(refused)?).map_err(refused)?;
    // Bad data are told before anybody is let in.
    let exhibits::Opened { trainable, config, .. } = exhibits::open(exhibit, options)?;
    begin_log();
    let events = event_writer(options, exhibit, slice::from_ref(exhibit));
    say_serving(&listening, exhibit, &events);
    let (room, trainer) = connect();
    let (_recording, snapshots_per_second) = kept(options, exhibit, &trainer)?;
    let config = TrainingConfig { snapshots_per_second, ..config };
    let session = Session::start(trainable, config, trainer).map_err(refused)?;
    let (told, terminal) = connect();
    let of = (exhibit.id, payload_kinds(slice::from_ref(exhibit)));
    let served = listening.start(of, (room, terminal), as_learned, news(&events));
    let served = served.map_err(refused)?;
    let goes_on = || !signals::came() && !session.is_over() && !served.is_over();
    terminal::follow(&told, &events, (exhibit.narrator)(), goes_on);
    stop(&served, &events);
    // The training ends once nobody has its other end.
    drop(served);
    session.end_within(PATIENCE / 10);
    // A service ends well by its signal.
    signals::exit_code();
    Ok(())
}

/// Stops the training, and says what became of it.
fn stop(served: &Served, events: &EventWriter) {
    say(say!("serve-stopping"));
    let saved = served.stop(PATIENCE, phrase!("serve-farewell"));
    let (step, place) = match &saved {
        Some(SaveReport { step, said, .. }) => (Some(step.0), said.as_ref().ok()),
        None => (None, None),
    };
    events.tell(&StoppedEvent { event: "stopped", step, saved: place.map(ToString::to_string) });
    say(&match saved {
        Some(SaveReport { step, said: Ok(place), .. }) => say!("serve-stopped-saved", step, place),
        Some(SaveReport { step, said: Err(why), .. }) => say!("serve-stopped", step, why),
        None => say!("serve-stopped-unheard", seconds = PATIENCE.as_secs()),
    });
}

/// Says where it is served, and how it is asked.
fn say_serving(listening: &Listening, exhibit: &Exhibit, events: &EventWriter) {
    let (address, token) = (listening.address(), listening.token().to_string());
    say(&say!("serve-serving", name = exhibit.id.name(), address));
    say(&say!("serve-how-to-watch", address, token));
    if !address.ip().is_loopback() {
        say(say!("serve-not-encrypted"));
    }
    if let Some(why) = listening.trouble() {
        say(&why.to_string());
    }
    events.tell(&ServingEvent { event: "serving", address: address.to_string(), token });
}

/// Says who comes and goes.
fn news(events: &EventWriter) -> serve::Told {
    let events = events.clone();
    Arc::new(move |news: News| {
        say(&news.told().to_string());
        match &news {
            News::Watched { program } => {
                events.tell(&WatchedEvent { event: "watched", program: Some(program) });
            }
            News::Left | News::SentAway { .. } => {
                events.tell(&WatchedEvent { event: "unwatched", program: None });
            }
            News::Refused { .. } => {}
        }
    })
}
