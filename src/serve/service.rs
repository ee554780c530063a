//! What all threads of a service share: the training, what has been told of it, and who may ask.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::Sender;

use super::{
    Decode, News, Told, asked::Asked, counts::Counts, job::Job, lock::held, rate::Rate,
    status::Status, telling::Telling,
};
use crate::{
    socket::Token,
    stream::{ExhibitId, PayloadKinds, Reply, ViewerEnd},
    words::Phrase,
};

/// The same news are told again after this.
const SAME_NEWS: Duration = Duration::from_secs(10);

/// A training and whoever comes to it.
pub(super) struct Service {
    pub(super) exhibit: ExhibitId,
    pub(super) kinds: PayloadKinds,
    pub(super) token: Token,
    pub(super) room: ViewerEnd,
    pub(super) telling: Mutex<Telling>,
    pub(super) asked: Asked,
    pub(super) counts: Counts,
    /// Images that are asked about.
    pub(super) jobs: Sender<Job>,
    pub(super) decode: Decode,
    pub(super) rate: Rate,
    /// Whether somebody watches.
    pub(super) busy: AtomicBool,
    pub(super) ends: AtomicBool,
    told: Told,
    /// What was told last of those who were not let in, and when.
    said: Mutex<Option<(Instant, Phrase)>>,
    farewell: Mutex<Phrase>,
}

impl Service {
    pub(super) fn new(
        (exhibit, kinds, token): (ExhibitId, PayloadKinds, Token),
        room: ViewerEnd,
        (jobs, replies): (Sender<Job>, Sender<Reply>),
        decode: Decode,
        told: Told,
    ) -> Self {
        Self {
            exhibit,
            kinds,
            token,
            room,
            telling: Mutex::default(),
            asked: Asked::new(replies),
            counts: Counts::default(),
            jobs,
            decode,
            rate: Rate::default(),
            busy: AtomicBool::new(false),
            ends: AtomicBool::new(false),
            told,
            said: Mutex::default(),
            farewell: Mutex::default(),
        }
    }

    /// Whether it is over.
    pub(super) fn has_ended(&self) -> bool {
        self.ends.load(Ordering::Relaxed)
    }

    /// How the training stands.
    pub(super) fn status(&self) -> Status {
        held(&self.telling).status().clone()
    }

    /// Tells that somebody has come or gone.
    pub(super) fn tell(&self, news: News) {
        (self.told)(news);
    }

    /// Tells that somebody was not let in, though not ten thousand times.
    pub(super) fn refused(&self, why: &Phrase) {
        let is_news = |(when, what): &(Instant, Phrase)| what != why || when.elapsed() > SAME_NEWS;
        let mut said = held(&self.said);
        if said.as_ref().is_none_or(is_news) {
            *said = Some((Instant::now(), why.clone()));
            drop(said);
            (self.told)(News::Refused { why: why.clone() });
        }
    }

    /// Ends, and lets whoever watches know why.
    pub(super) fn bid_farewell(&self, why: Phrase) {
        *held(&self.farewell) = why;
        self.ends.store(true, Ordering::Relaxed);
    }

    /// Why it ends.
    pub(super) fn farewell(&self) -> Phrase {
        held(&self.farewell).clone()
    }
}
