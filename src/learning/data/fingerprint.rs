//! What a set of images or a text is told by, so that a saved run goes on with the very examples that it began with.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::words::{InPhrase, Phrase};

use super::{Dataset, Text};

/// How many images there are, of what size and of how many classes, and a hash of all of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Images to learn from.
    pub train: usize,
    /// Images to be tested on.
    pub test: usize,
    /// Channels, rows and columns of an image; of a text nothing, nothing, and the characters of a passage.
    pub size: [usize; 3],
    /// Classes.
    pub classes: usize,
    /// BLAKE3 of sizes, class names, pixels and labels, in hexadecimal digits.
    pub hash: String,
}

impl InPhrase for Fingerprint {
    fn in_phrase(&self) -> Phrase {
        let Self { train, test, size: [channels, rows, columns], classes, .. } = self;
        if *channels == 0 {
            return phrase!("data-passages-of-of-characters", train, test, columns, classes);
        }
        phrase!("data-images-of-and-classes", train, test, channels, rows, columns, classes)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_phrase().fmt(out)
    }
}

impl Dataset {
    /// What this set is told by.
    pub fn fingerprint(&self) -> Fingerprint {
        let size = [self.channels, self.rows, self.columns];
        let classes = self.classes.iter().map(String::as_bytes);
        let images = [&self.train, &self.test].into_iter();
        let images = images.flat_map(|images| [&images.pixels[..], &images.labels[..]]);
        Fingerprint {
            train: self.train.len(),
            test: self.test.len(),
            size,
            classes: self.classes.len(),
            hash: hash(size, classes.chain(images)),
        }
    }
}

impl Text {
    /// What this text is told by.
    pub fn fingerprint(&self) -> Fingerprint {
        let size = [0, 0, self.context];
        let alphabet = self.alphabet.all();
        Fingerprint {
            train: self.train_windows(),
            test: self.test_windows(),
            size,
            classes: self.alphabet.len(),
            hash: hash(size, [alphabet.as_bytes(), &self.train, &self.test].into_iter()),
        }
    }
}

fn hash<'a>(size: [usize; 3], parts: impl Iterator<Item = &'a [u8]>) -> String {
    let mut hasher = blake3::Hasher::new();
    // Each part with its length before it, so that no two sets lie behind each other alike.
    let mut part = |bytes: &[u8]| {
        hasher.update(&(bytes.len() as u64).to_le_bytes()).update(bytes);
    };
    size.iter().for_each(|side| part(&(*side as u64).to_le_bytes()));
    parts.for_each(part);
    hasher.finalize().to_hex().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::data::Images;

    fn set(pixels: [u8; 4], labels: [u8; 2], classes: [&str; 2]) -> Dataset {
        let images =
            |pixels: &[u8], labels: &[u8]| Images { pixels: pixels.into(), labels: labels.into() };
        Dataset {
            name: "two".to_owned(),
            channels: 1,
            rows: 1,
            columns: 2,
            classes: classes.map(str::to_owned).into(),
            train: images(&pixels, &labels),
            test: images(&pixels[..2], &labels[..1]),
            remarks: Vec::new(),
        }
    }

    #[test]
    fn any_pixel_label_or_name_makes_another_set() {
        let usual = set([1, 2, 3, 4], [0, 1], ["a", "b"]).fingerprint();
        assert_eq!(usual, set([1, 2, 3, 4], [0, 1], ["a", "b"]).fingerprint());
        assert_eq!(usual.to_string(), "2 + 1 images of 1 × 1 × 2 and 2 classes");
        for other in [
            set([1, 2, 3, 5], [0, 1], ["a", "b"]),
            set([1, 2, 3, 4], [0, 0], ["a", "b"]),
            set([1, 2, 3, 4], [0, 1], ["a", "c"]),
        ] {
            assert_ne!(usual.hash, other.fingerprint().hash);
        }
    }
}
