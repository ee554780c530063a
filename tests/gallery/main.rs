//! One test binary for everything that needs more than one room, so that Bevy and burn are linked once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should say where"
)]

mod access;
mod angles;
mod attach;
mod coin;
mod colours;
mod composition;
mod conformance;
mod demo;
mod exhibits;
mod field;
mod hall_events;
mod halls;
mod headset;
mod hearing;
mod history;
mod idle;
mod images;
mod inputs;
mod inside;
mod keyboards;
mod learning;
mod logistic;
mod network;
mod network_large;
mod network_overview;
mod network_text;
mod order;
mod own_exhibit;
mod pictures;
mod program;
mod pytorch;
mod recommender;
mod recording;
mod restarts;
mod rooms;
mod screen;
mod screen_reader;
mod serve;
mod start;
mod stream;
mod support;
mod terminal;
mod wayland;
mod wire;
mod words;
mod x11;
