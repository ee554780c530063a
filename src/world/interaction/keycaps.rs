//! What the visitor's own keyboard prints on the keys that stand for a place.
//!
//! Every letter that means something is a place, signs are what is printed: hands lie where W A S D are on a QWERTY
//! keyboard, letters move from one keyboard to the next, and some have no Latin ones; so F, V, R and L, too, are
//! where QWERTY has them, each key says one thing, and what is told of them names them as they are printed here.

use std::collections::BTreeMap;

use bevy::prelude::*;

/// The keys that stand for a place: scancode of Linux (`linux/input-event-codes.h`), and what QWERTY prints there.
pub const PLACES: [(KeyCode, u8, char); 10] = [
    (KeyCode::KeyW, 17, 'W'),
    (KeyCode::KeyA, 30, 'A'),
    (KeyCode::KeyS, 31, 'S'),
    (KeyCode::KeyD, 32, 'D'),
    (KeyCode::KeyQ, 16, 'Q'),
    (KeyCode::KeyE, 18, 'E'),
    (KeyCode::KeyF, 33, 'F'),
    (KeyCode::KeyV, 47, 'V'),
    (KeyCode::KeyR, 19, 'R'),
    (KeyCode::KeyL, 38, 'L'),
];

/// Whether a key is one of them, so that what it prints means nothing.
pub fn is_place(key: KeyCode) -> bool {
    PLACES.iter().any(|(place, ..)| *place == key)
}

/// What is printed on those keys as far as it is known; elsewhere it is taken for QWERTY's.
#[derive(Resource, Clone, Debug, Default, PartialEq, Eq)]
pub struct Keycaps(BTreeMap<KeyCode, char>);

impl Keycaps {
    /// The same with what a key printed when it was pressed alone.
    pub fn with(&self, key: KeyCode, printed: char) -> Self {
        let mut caps = self.clone();
        if is_place(key) && !printed.is_whitespace() && !printed.is_control() {
            let mut capital = printed.to_uppercase();
            let one = capital.next().filter(|_| capital.next().is_none());
            caps.0.insert(key, one.unwrap_or(printed));
        }
        caps
    }

    /// A line that names keys as QWERTY has them, such as "W A S D", as this keyboard has them.
    pub fn written(&self, line: &str) -> String {
        let words = line.split(' ').map(|word| {
            let mut letters = word.chars();
            match (letters.next(), letters.next()) {
                (Some(key), None) => self.key(key),
                _ => word.to_owned(),
            }
        });
        words.collect::<Vec<_>>().join(" ")
    }

    fn key(&self, key: char) -> String {
        let place = PLACES.iter().find(|(.., printed)| *printed == key);
        match place {
            Some((place, ..)) => self.0.get(place).unwrap_or(&key).to_string(),
            // Where the key of a sign is a place, the sign is on the number pad only.
            None if self.0.values().any(|printed| *printed == key) => {
                say!("interaction-of-the-pad", key)
            }
            None => key.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn caps(printed: &[(KeyCode, char)]) -> Keycaps {
        printed.iter().fold(Keycaps::default(), |caps, (key, letter)| caps.with(*key, *letter))
    }

    #[test]
    fn lines_name_keys_as_they_are_printed() {
        use KeyCode::{KeyA, KeyE, KeyF, KeyQ, KeyW};
        let azerty = caps(&[(KeyW, 'z'), (KeyA, 'q'), (KeyQ, 'a'), (KeyE, 'e')]);
        let dvorak = caps(&[(KeyW, ','), (KeyQ, '\''), (KeyE, '.'), (KeyF, 'u')]);
        let russian = caps(&[(KeyW, 'ц'), (KeyF, 'а')]);
        for (caps, line, written) in [
            (Keycaps::default(), "W A S D", "W A S D"),
            (azerty.clone(), "W A S D", "Z Q S D"),
            (azerty.clone(), "Q and E", "A and E"),
            (azerty, ".", "."),
            (dvorak.clone(), "Q and E", "' and ."),
            (dvorak.clone(), ".", ". of the pad"),
            (dvorak, "F12", "F12"),
            (russian.clone(), "F", "А"),
            (russian, "+ and −", "+ and −"),
        ] {
            assert_eq!(caps.written(line), written, "{caps:?}");
        }
    }

    #[test]
    fn only_places_are_learned() {
        let nothing = Keycaps::default();
        assert_eq!(nothing.with(KeyCode::KeyY, 'z'), nothing);
        assert_eq!(nothing.with(KeyCode::KeyA, ' '), nothing);
    }
}
