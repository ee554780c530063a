//! A text as a network for text learns it: the places of its characters in an alphabet, in windows of so many.

mod alphabet;
mod read;
#[cfg(test)]
mod tests;

use std::{ops::Range, path::Path, sync::Arc};

use rand::{RngExt as _, SeedableRng};
use rand_chacha::ChaCha8Rng;

use crate::{
    images::TestSet,
    learning::{TrainError, data::defect::broken},
    sentence::{character_sign, listed},
    words::Phrase,
};

pub use alphabet::Alphabet;

/// The share of a text, at its end, that is tested on.
const TEST_SHARE: usize = 10;
/// Streams of the generator from which windows are shifted, one for each epoch, beyond those of weights and orders.
const SHIFT_STREAM: u64 = 1 << 41;
/// Words of it that are set aside for each window.
const WORDS_OF_A_DRAW: u128 = 16;

/// The name of a text and its characters.
fn characters(path: &Path) -> Result<(String, Vec<char>), TrainError> {
    let (name, text) = read::read(path)?;
    Ok((name, text.chars().filter(|letter| *letter != '\r').collect()))
}

/// A text to learn from and one to be tested on.
#[derive(Clone, Debug)]
pub struct Text {
    /// What it is called: the name of its file or folder.
    pub name: String,
    /// Its characters.
    pub alphabet: Arc<Alphabet>,
    /// Characters that are seen at once; a window holds one more, which is only told.
    pub context: usize,
    /// Places in the alphabet.
    pub train: Vec<u8>,
    /// The last tenth.
    pub test: Vec<u8>,
    /// What is odd about it, in sentences.
    pub remarks: Vec<Phrase>,
}

impl Text {
    /// Reads a file of text, or all files of a folder that end in `.txt`, in the order of their names.
    ///
    /// # Errors
    /// One sentence with the path, what was found there, and what to do.
    pub fn open(path: &Path, context: usize) -> Result<Self, TrainError> {
        let (name, characters) = characters(path)?;
        let (alphabet, remarks) = Alphabet::of(&characters);
        Self::cut_up(path, name, context, &characters, alphabet, remarks)
    }

    /// The same in the characters that a network knows already.
    ///
    /// # Errors
    /// Also if it has others, and the network no sign for them.
    pub fn open_in(alphabet: Alphabet, path: &Path, context: usize) -> Result<Self, TrainError> {
        let (name, characters) = characters(path)?;
        let remarks = alphabet.covers(&characters).map_err(|strange| {
            let fact = phrase!("data-it-has-characters-that-the", strange = listed(&strange));
            let remedy = phrase!("data-write-them-otherwise-or-let");
            broken(path, fact, remedy)
        })?;
        Self::cut_up(path, name, context, &characters, alphabet, remarks.into_iter().collect())
    }

    fn cut_up(
        path: &Path,
        name: String,
        context: usize,
        characters: &[char],
        alphabet: Alphabet,
        remarks: Vec<Phrase>,
    ) -> Result<Self, TrainError> {
        let places: Vec<u8> = characters.iter().map(|letter| alphabet.place(*letter)).collect();
        let cut = places.len() - places.len() / TEST_SHARE;
        let (train, test) = places.split_at(cut);
        // A shifted window and one more character, and as much to be tested on.
        let least = (2 * context).max((context + 1) * TEST_SHARE);
        if places.len() < least {
            let fact =
                phrase!("data-it-has-characters-but-the", places_count = places.len(), context);
            let remedy = phrase!("data-name-a-text-of-at", least);
            return Err(broken(path, fact, remedy));
        }
        Ok(Self {
            name,
            alphabet: Arc::new(alphabet),
            context,
            train: train.to_vec(),
            test: test.to_vec(),
            remarks,
        })
    }

    /// How often each character stands in what is learned from.
    pub fn counts(&self) -> Vec<usize> {
        let mut counts = vec![0; self.alphabet.len()];
        for place in &self.train {
            if let Some(count) = counts.get_mut(usize::from(*place)) {
                *count += 1;
            }
        }
        counts
    }

    /// Windows of an epoch.
    pub const fn train_windows(&self) -> usize {
        (self.train.len() - self.context) / self.context
    }

    /// Windows that are tested on.
    pub const fn test_windows(&self) -> usize {
        (self.test.len() - 1) / self.context
    }

    /// Where a window that is learned from begins in an epoch: shifted, since it would end at the same characters for ever,
    /// and by its own draw, since what repeats itself would be learned by its place.
    pub fn train_start(&self, seed: u64, epoch: u32, window: u32) -> usize {
        let mut generator = ChaCha8Rng::seed_from_u64(seed);
        generator.set_stream(SHIFT_STREAM + u64::from(epoch));
        generator.set_word_pos(u128::from(window) * WORDS_OF_A_DRAW);
        window as usize * self.context + generator.random_range(0..self.context)
    }

    /// Windows of a part that begin so far from its start: what is seen, and for each of its characters the one behind it.
    pub fn gather(&self, part: &[u8], starts: impl Iterator<Item = usize>) -> (Vec<f32>, Vec<i64>) {
        let (mut seen, mut told) = (Vec::new(), Vec::new());
        for start in starts {
            seen.extend(self.cut(part, start).iter().map(|place| f32::from(*place)));
            told.extend(self.cut(part, start + 1).iter().map(|place| i64::from(*place)));
        }
        (seen, told)
    }

    /// What is seen of a window that is tested on, by its number.
    pub fn test_window(&self, index: usize) -> Option<&[u8]> {
        let window = self.cut(&self.test, index.checked_mul(self.context)?);
        (index < self.test_windows()).then_some(window)
    }

    fn cut<'a>(&self, part: &'a [u8], start: usize) -> &'a [u8] {
        let end = start.saturating_add(self.context).min(part.len());
        part.get(start..end).unwrap_or_default()
    }

    /// The starts of these windows.
    pub fn starts(&self, windows: Range<usize>) -> impl Iterator<Item = usize> {
        windows.map(|window| window * self.context)
    }

    /// What was typed as the network sees it: its last characters, behind blank lines where it is shorter.
    ///
    /// # Errors
    /// One sentence with the first character that is not in the text.
    pub fn typed(&self, typed: &str) -> Result<Vec<u8>, TrainError> {
        let mut places = Vec::with_capacity(self.context);
        for letter in typed.chars().filter(|letter| *letter != '\r') {
            places.push(self.alphabet.known(letter).ok_or_else(|| {
                TrainError::Calculation(phrase!(
                    "data-is-nowhere-in-the-text",
                    letter = character_sign(letter)
                ))
            })?);
        }
        let blank = self.alphabet.place('\n');
        let missing = self.context.saturating_sub(places.len());
        let last = places.len().saturating_sub(self.context);
        Ok([&vec![blank; missing][..], places.get(last..).unwrap_or_default()].concat())
    }

    /// The windows that are tested on, as the hall shows them.
    pub fn test_set(&self) -> TestSet {
        let windows = self.test_windows();
        let labels = (1..=windows).filter_map(|window| self.test.get(window * self.context));
        TestSet {
            pixels: self.test.get(..windows * self.context).unwrap_or_default().into(),
            channels: 1,
            width: self.context,
            height: 1,
            labels: labels.copied().collect(),
            classes: self.alphabet.names(),
            name: self.name.clone(),
            of_text: true,
            perhaps_learned: false,
        }
    }
}
