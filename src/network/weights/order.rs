//! In which order a pickle names what it holds, since a reader of dictionaries forgets it.
//!
//! Each key stands in the stream once, before its value, as a string with its length; where it is needed again it is
//! remembered. So the place of a key's first letter tells the order within a dictionary, and the places of all keys on the
//! way to an array tell the order of arrays in modules within modules.

use std::collections::{HashMap, HashSet};

/// Letters of the longest key that is looked for.
const LONGEST: usize = 256;
/// Keys within keys that are told apart.
const DEEPEST: usize = 16;

/// Puts names of arrays, keys with full stops between them, in the order of a pickle, and tells whether it is sure: then
/// each is one key, behind `above` others that all may have. A key that several modules have is remembered only once.
pub(super) fn sort(names: &mut [String], pickle: &[u8], above: usize) -> bool {
    let parts = names.iter().flat_map(|name| name.split('.').take(DEEPEST)).map(str::as_bytes);
    let wanted: HashSet<&[u8]> = names.iter().flat_map(|name| ends(name)).chain(parts).collect();
    let places = places(pickle, &wanted);
    let mut keyed: Vec<_> = names.iter().map(|name| (way(name, &places), name.clone())).collect();
    keyed.sort();
    let is_sure = keyed.iter().all(|(way, _)| way.len() <= above + 1 && !way.contains(&usize::MAX));
    for (place, (_, name)) in names.iter_mut().zip(keyed) {
        *place = name;
    }
    is_sure
}

/// A name and all that is left of it behind a full stop.
fn ends(name: &str) -> impl Iterator<Item = &[u8]> {
    let behind = name.match_indices('.').take(DEEPEST).filter_map(|(at, _)| name.get(at + 1..));
    std::iter::once(name).chain(behind).map(str::as_bytes)
}

/// Places of the keys that lead to an array: its last key is the longest end of its name that the pickle has.
fn way(name: &str, places: &HashMap<&[u8], usize>) -> Vec<usize> {
    let place = |key: &str| places.get(key.as_bytes()).copied();
    let mut way = Vec::new();
    let mut rest = name;
    for _ in 0..DEEPEST {
        match (place(rest), rest.split_once('.')) {
            (None, Some((key, behind))) => {
                way.push(place(key).unwrap_or(usize::MAX));
                rest = behind;
            }
            (found, _) => {
                way.push(found.unwrap_or(usize::MAX));
                break;
            }
        }
    }
    way
}

/// Where each of these strings stands first.
fn places<'a>(pickle: &[u8], wanted: &HashSet<&'a [u8]>) -> HashMap<&'a [u8], usize> {
    let mut places = HashMap::new();
    for (at, operation) in pickle.iter().enumerate() {
        let behind = pickle.get(at + 1..).unwrap_or_default();
        // BINUNICODE has four bytes of length, SHORT_BINUNICODE and SHORT_BINSTRING have one.
        let text = match operation {
            b'X' => behind.split_first_chunk::<4>().map(|(length, text)| {
                (usize::try_from(u32::from_le_bytes(*length)).unwrap_or(usize::MAX), text)
            }),
            0x8c | b'U' => behind.split_first().map(|(length, text)| (usize::from(*length), text)),
            _ => None,
        };
        let text = text.filter(|(length, _)| *length <= LONGEST);
        if let Some(text) = text.and_then(|(length, text)| text.get(..length))
            && let Some(known) = wanted.get(text)
        {
            places.entry(*known).or_insert(at);
        }
    }
    places
}
