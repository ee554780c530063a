//! The characters of a text, each by its place.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
};

use crate::sentence::character_sign;
use crate::words::Phrase;

/// The most characters that are told apart; labels are bytes.
const MOST: usize = 256;
/// What stands for those that are too rare for a place of their own: U+FFFD, the sign for a character that is not known.
const RARE: char = '\u{fffd}';

/// That so many characters, which stand so often in a text of so many, share a sign.
fn left_out(characters: usize, stand: usize, of: usize, why: Phrase) -> Phrase {
    phrase!(
        "data-left-out-of-the-text",
        characters = Phrase::counted(characters, "character"),
        stand = format_args!("{:.1}", stand as f64 / of as f64 * 100.0),
        rare = RARE,
        why
    )
}

/// The characters of a text, in the order of their code points.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alphabet(Vec<char>);

impl Alphabet {
    /// Those of a text, and what is to be said of it; of more than 256 the rarest share a sign.
    pub(super) fn of(text: &[char]) -> (Self, Vec<Phrase>) {
        let mut counts = HashMap::<char, usize>::new();
        for letter in text {
            *counts.entry(*letter).or_default() += 1;
        }
        let mut letters: Vec<(char, usize)> = counts.into_iter().collect();
        letters.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut remarks = Vec::new();
        if letters.len() > MOST {
            let rare = letters.split_off(MOST - 1);
            let stand = rare.iter().map(|(_, count)| count).sum();
            let why = phrase!("data-at-most-are-told-apart", most = MOST);
            remarks.push(left_out(rare.len(), stand, text.len(), why));
            letters.push((RARE, 0));
        }
        let mut letters: Vec<char> = letters.into_iter().map(|(letter, _)| letter).collect();
        letters.sort_unstable();
        letters.dedup();
        (Self(letters), remarks)
    }

    /// Those that [`all`](Self::all) told; nothing if they are none that it could have told.
    pub fn told(all: &str) -> Option<Self> {
        let letters: Vec<char> = all.chars().collect();
        let fits = (1..=MOST).contains(&letters.len()) && letters.is_sorted_by(|a, b| a < b);
        fits.then_some(Self(letters))
    }

    /// What is to be said of a text in these characters, which may have others if there is a sign for them.
    ///
    /// # Errors
    /// The characters that are not known, each once, if there is none.
    pub(super) fn covers(&self, text: &[char]) -> Result<Option<Phrase>, Vec<String>> {
        let strange: Vec<char> =
            text.iter().copied().filter(|letter| self.known(*letter).is_none()).collect();
        if strange.is_empty() {
            return Ok(None);
        }
        let different: BTreeSet<char> = strange.iter().copied().collect();
        if self.known(RARE).is_none() {
            return Err(different.into_iter().map(character_sign).collect());
        }
        Ok(Some(left_out(
            different.len(),
            strange.len(),
            text.len(),
            phrase!("data-the-network-knows-no-others"),
        )))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The place of a character, if it is in the text.
    pub fn known(&self, letter: char) -> Option<u8> {
        self.0.binary_search(&letter).ok().map(|place| place as u8)
    }

    /// The place of a character; of one that has none that of the sign for it, else the first.
    pub fn place(&self, letter: char) -> u8 {
        self.known(letter).or_else(|| self.known(RARE)).unwrap_or(0)
    }

    /// The characters at these places.
    pub fn text(&self, places: impl IntoIterator<Item = u8>) -> String {
        places.into_iter().filter_map(|place| self.0.get(usize::from(place))).collect()
    }

    /// All of them, one behind the other.
    pub fn all(&self) -> String {
        self.0.iter().collect()
    }

    /// What each is called where one has to see it.
    pub fn names(&self) -> Arc<[String]> {
        self.0.iter().map(|letter| character_sign(*letter)).collect()
    }
}
