//! What the values of options may be: each refusal says the limits and gives an example.

use std::{
    fmt::Display,
    net::{IpAddr, Ipv4Addr, SocketAddr, SocketAddrV4},
    ops::RangeInclusive,
    str::FromStr,
};

use crate::{sentence::number, words::Language, words::enumerated};

/// A learning rate and its inverse are numbers in single precision, in which weights are calculated.
const RATES: RangeInclusive<f64> = 1e-30..=1e30;
/// More threads than any machine of today has cores; beyond it a slip of the finger is likelier.
const MOST_THREADS: usize = 1024;
/// A tebibyte.
const MOST_MIB: usize = 1 << 20;

fn whole<N: FromStr + PartialOrd + Display>(
    text: &str,
    (least, most): (N, N),
    what: &str,
) -> Result<N, String> {
    text.parse()
        .ok()
        .filter(|number| least <= *number && *number <= most)
        .ok_or_else(|| say!("cli-give-a-whole-number-from", what, least, most))
}

/// A number between two others.
pub fn between(text: &str, range: RangeInclusive<f64>, example: f64) -> Result<f64, String> {
    f64::from_str(text).ok().filter(|number| range.contains(number)).ok_or_else(|| {
        say!(
            "cli-give-a-number-from-to",
            start = number(*range.start()),
            end = number(*range.end()),
            example = number(example)
        )
    })
}

/// A whole number between two others.
pub fn within(text: &str, least: usize, most: usize) -> Result<usize, String> {
    whole(text, (least, most), "")
}

/// A port of this machine; 0 is whichever is free.
pub(super) fn port(text: &str) -> Result<u16, String> {
    whole(text, (0, u16::MAX), "")
}

/// What a training must name to be let in.
pub(super) fn token(text: &str) -> Result<String, String> {
    let is_token = text.len() == 32 && text.bytes().all(|digit| digit.is_ascii_hexdigit());
    if is_token {
        Ok(text.to_owned())
    } else {
        Err(say!("attach-a-token-has-32-digits").to_owned())
    }
}

/// Where a training is served when nothing else is said: at this machine alone.
pub(super) const SERVED_AT: SocketAddr =
    SocketAddr::V4(SocketAddrV4::new(Ipv4Addr::LOCALHOST, 7346));

/// An address of this machine, with or without a port.
pub(super) fn listen(text: &str) -> Result<SocketAddr, String> {
    let alone = || text.parse::<IpAddr>().map(|ip| SocketAddr::new(ip, SERVED_AT.port()));
    text.parse().or_else(|_| alone()).map_err(|_| say!("cli-give-an-address").to_owned())
}

/// Another machine and a port of it.
pub(super) fn host_and_port(text: &str) -> Result<String, String> {
    let parts = text.rsplit_once(':').filter(|(host, _)| !host.is_empty());
    let is_port = |port: &str| port.parse::<u16>().is_ok_and(|port| port > 0);
    match parts {
        Some((_, port)) if is_port(port) => Ok(text.to_owned()),
        _ => Err(say!("cli-give-host-and-port").to_owned()),
    }
}

/// A language of the program, by its tag.
pub(super) fn language(tag: &str) -> Result<Language, String> {
    Language::of_tag(tag).ok_or_else(|| {
        let known = Language::CHOICES.map(|(language, _)| language.tag());
        say!("cli-give-a-language", known = enumerated(&known))
    })
}

/// The place of something in a list, counted from zero.
pub(super) fn index(text: &str) -> Result<usize, String> {
    within(text, 0, u32::MAX as usize)
}

/// A number of things that are counted from one; nobody has more of them.
pub(super) fn count(text: &str) -> Result<u32, String> {
    whole(text, (1, u32::MAX), "")
}

/// The same where a place in memory is meant.
pub fn many(text: &str) -> Result<usize, String> {
    Ok(count(text)? as usize)
}

pub(super) fn seed(text: &str) -> Result<u64, String> {
    whole(text, (0, u64::MAX), "")
}

pub(super) fn step(text: &str) -> Result<u32, String> {
    whole(text, (0, u32::MAX), say!("cli-of-steps"))
}

pub(super) fn learning_rate(text: &str) -> Result<f64, String> {
    between(text, RATES, 0.001)
}

pub(super) fn folds(text: &str) -> Result<usize, String> {
    within(text, 2, 100)
}

pub(super) fn render_scale(text: &str) -> Result<f32, String> {
    Ok(between(text, 0.25..=4.0, 1.2)? as f32)
}

pub(super) fn spectator_hz(text: &str) -> Result<f32, String> {
    Ok(between(text, 1.0..=240.0, 30.0)? as f32)
}

/// Letters from their own size to twice that.
pub(super) fn text_percent(text: &str) -> Result<u16, String> {
    whole(text, (100, 200), "")
}

/// A rest shorter than this presses what one only reads; a longer one tires.
pub(super) fn dwell(text: &str) -> Result<f32, String> {
    Ok(between(text, 0.6..=3.0, 1.0)? as f32)
}

pub(super) fn record_mb(text: &str) -> Result<f64, String> {
    between(text, 0.1..=1e6, 20.0)
}

pub(super) fn threads(text: &str) -> Result<usize, String> {
    within(text, 1, MOST_THREADS)
}

pub(super) fn history_mib(text: &str) -> Result<usize, String> {
    whole(text, (1, MOST_MIB), say!("cli-of-mib"))
}
