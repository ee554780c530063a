//! What is said on standard error, and what other programs are told.

use std::{collections::HashSet, io::Write as _};

use tracing_subscriber::EnvFilter;

use crate::{
    cli::Options,
    events::EventWriter,
    exhibits::{self, Exhibit},
    sentence::visible,
    stderr,
    stream::Report,
    words::Phrase,
    world::hall_events::HallEvent,
};

/// The log of a visit without a hall.
pub(super) fn begin_log() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("warn"));
    let log = tracing_subscriber::fmt().with_env_filter(filter).with_writer(stderr::ours);
    // A hall that did not open has left its own log.
    log.try_init().ok();
}

/// Where events go, if they are asked for.
pub(super) fn event_writer(
    options: &Options,
    exhibit: &Exhibit,
    exhibits: &[Exhibit],
) -> EventWriter {
    if options.json {
        EventWriter::to_stdout(exhibit.id, exhibits::narrators(exhibits))
    } else {
        EventWriter::silent()
    }
}

/// Says what is odd about the data, each time something new is; boards have room for the first remark alone.
pub(super) fn say_remarks(event: &HallEvent<'_>, remarked: &mut HashSet<Phrase>) {
    if let HallEvent::Report(Report::Material(material)) = event {
        for remark in &material.remarks {
            if remarked.insert(remark.clone()) {
                say(&remark.to_string());
            }
        }
    }
}

/// Passes on to other programs what happens in the hall.
pub(super) fn tell(events: &EventWriter, event: HallEvent<'_>) {
    match event {
        HallEvent::Report(report) => events.report(report),
        HallEvent::Own(event) => events.tell(event),
        event => {
            events.tell(&event);
            if let HallEvent::Visited { exhibit } = event {
                events.turn_to(exhibit);
            }
        }
    }
}

/// One line on standard error; where nobody can read it any more, nothing is lost.
pub(super) fn say(sentence: &str) {
    writeln!(stderr::ours(), "{}", say!("start-perceptarium-2", sentence = visible(sentence))).ok();
}
