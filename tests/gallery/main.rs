//! One test binary for everything that needs more than one room, so that Bevy and burn are linked once.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a test that cannot go on should say where"
)]

mod angles;
mod coin;
mod colours;
mod conformance;
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
mod recommender;
mod rooms;
mod screen;
mod start;
mod stream;
mod support;
mod terminal;
mod wayland;
mod wire;
mod x11;
