//! What a network learns from: images or a text, as numbers.

use std::{ops::Range, sync::Arc};

use crate::{
    exhibits::network::payload::{LearnedImage, Typed},
    images::{Picture, TestSet},
    learning::{
        TrainError,
        data::{Dataset, Examples, Fingerprint, Text, order as shuffled},
        inside::{Images, Means},
        network::{Batch, NetworkModel, Pictures},
    },
    network::{ALPHABET, Augmentation, Training},
    stream::{Example, InputChoice},
    words::{InPhrase, Phrase},
};

/// What a network can learn from.
#[derive(Clone)]
pub enum Data {
    Images(Arc<Dataset>),
    Text(Arc<Text>),
}

impl From<Dataset> for Data {
    fn from(dataset: Dataset) -> Self {
        Self::Images(Arc::new(dataset))
    }
}

impl From<Text> for Data {
    fn from(text: Text) -> Self {
        Self::Text(Arc::new(text))
    }
}

impl Data {
    /// What it is called.
    pub(in crate::exhibits::network) fn name(&self) -> &str {
        match self {
            Self::Images(dataset) => &dataset.name,
            Self::Text(text) => &text.name,
        }
    }

    /// Examples to learn from.
    pub(in crate::exhibits::network) fn train_len(&self) -> usize {
        match self {
            Self::Images(dataset) => dataset.train.len(),
            Self::Text(text) => text.train_windows(),
        }
    }

    /// What these very data are told by.
    pub(in crate::exhibits::network) fn fingerprint(&self) -> Fingerprint {
        match self {
            Self::Images(dataset) => dataset.fingerprint(),
            Self::Text(text) => text.fingerprint(),
        }
    }

    /// What the file of a network says of them.
    pub(super) fn facts(&self) -> Vec<(String, String)> {
        let facts = match self {
            Self::Images(dataset) => {
                vec![
                    ("classes", dataset.classes.join(", ")),
                    ("brightness", say!("network-model-0-to-1").to_owned()),
                ]
            }
            // Signs of characters would stand for themselves.
            Self::Text(text) => vec![(ALPHABET, text.alphabet.all())],
        };
        facts.into_iter().map(|(name, value)| (name.to_owned(), value)).collect()
    }
}

/// The same, in the order of an epoch.
pub(super) struct Lessons {
    pub(super) data: Data,
    of: Of,
    seed: u64,
    /// The order of the training examples, and the epoch that it is for.
    order: (u32, Vec<u32>),
    /// The epoch and the place of the example that the last step learned from first.
    learned: Option<(u32, u32)>,
}

enum Of {
    Images(Box<Seen>),
    Text(Arc<Text>),
}

struct Seen {
    dataset: Arc<Dataset>,
    /// What is learned from and tested on.
    pictures: Pictures,
    /// The same for explanations.
    images: Images,
}

impl Lessons {
    pub(super) fn of(data: Data, augmentation: Augmentation) -> Self {
        let of = match data.clone() {
            Data::Images(dataset) => {
                let size = [dataset.channels, dataset.rows, dataset.columns];
                let parts = [&dataset.train, &dataset.test];
                let [train, tests] = parts.map(|part| Arc::new(Examples::new(part)));
                let pictures = Pictures::new([train.clone(), tests.clone()], augmentation, size);
                let (means, trail) = (Arc::new(Means::new(dataset.classes.len())), Arc::default());
                let images = Images { means, layouts: Arc::default(), train, tests, trail };
                Of::Images(Box::new(Seen { dataset, pictures, images }))
            }
            Data::Text(text) => Of::Text(text),
        };
        Self { data, of, seed: 0, order: (0, Vec::new()), learned: None }
    }

    /// From now on gives what the last layer reads of each image instead of the image.
    pub(super) fn freeze(&mut self) {
        if let Of::Images(seen) = &mut self.of {
            seen.pictures.freeze();
        }
    }

    #[cfg(test)]
    pub(super) fn thaw(&mut self) {
        if let Of::Images(seen) = &mut self.of {
            seen.pictures.thaw();
        }
    }

    /// Whether it gives what the last layer reads.
    pub(super) const fn is_frozen(&self) -> bool {
        matches!(&self.of, Of::Images(seen) if seen.pictures.is_frozen())
    }

    /// What becomes of the images that are learned from, in words.
    pub(super) fn augmented(&self, training: &Training) -> Option<Phrase> {
        match &self.of {
            Of::Images(seen) if seen.pictures.is_changing() => Some(training.augmentation.words()),
            _ => None,
        }
    }

    /// How many training examples each class has.
    pub(super) fn counts(&self) -> Vec<usize> {
        match &self.of {
            Of::Images(seen) => seen.dataset.counts(),
            Of::Text(text) => text.counts(),
        }
    }

    /// Begins anew with another seed.
    pub(super) fn begin(&mut self, seed: u64) {
        self.seed = seed;
        self.order = (0, shuffled(seed, 0, self.train_len()));
        self.learned = None;
        if let Of::Images(seen) = &mut self.of {
            seen.images.layouts = Arc::default();
        }
    }

    /// What one of them is called.
    pub(super) const fn example(&self) -> Example {
        match &self.of {
            Of::Images(_) => Example { one: "image", many: "images" },
            Of::Text(_) => Example { one: "passage", many: "passages" },
        }
    }

    /// The text, if it is one.
    pub(super) const fn text(&self) -> Option<&Arc<Text>> {
        match &self.of {
            Of::Images(_) => None,
            Of::Text(text) => Some(text),
        }
    }

    /// The images, if it learns images.
    pub(super) fn dataset(&self) -> Option<&Dataset> {
        match &self.of {
            Of::Images(seen) => Some(seen.dataset.as_ref()),
            Of::Text(_) => None,
        }
    }

    /// Images that explanations compare with, where it is images.
    pub(super) fn images(&self) -> Option<&Images> {
        match &self.of {
            Of::Images(seen) => Some(&seen.images),
            Of::Text(_) => None,
        }
    }

    /// The same as a run learns from them.
    pub(super) fn pictures(&self) -> Option<&Pictures> {
        match &self.of {
            Of::Images(seen) => Some(&seen.pictures),
            Of::Text(_) => None,
        }
    }

    pub(super) fn train_len(&self) -> usize {
        self.data.train_len()
    }

    pub(super) fn test_len(&self) -> usize {
        match &self.of {
            Of::Images(seen) => seen.images.tests.len(),
            Of::Text(text) => text.test_windows(),
        }
    }

    /// What is odd about the data.
    pub(super) fn remarks(&self) -> &[Phrase] {
        match &self.of {
            Of::Images(seen) => &seen.dataset.remarks,
            Of::Text(text) => &text.remarks,
        }
    }

    /// As the hall shows them.
    pub(super) fn test_set(&self) -> TestSet {
        match &self.of {
            Of::Images(seen) => seen.dataset.test_set(),
            Of::Text(text) => text.test_set(),
        }
    }

    /// A batch of an epoch, by the numbers of both.
    pub(super) fn batch(
        &mut self,
        model: &NetworkModel,
        (epoch, number): (u32, u64),
        size: usize,
    ) -> Result<Batch, TrainError> {
        let count = self.train_len();
        if self.order.0 != epoch || self.order.1.len() != count {
            self.order = (epoch, shuffled(self.seed, epoch, count));
        }
        let start = (number as usize).saturating_mul(size).min(count);
        let end = start.saturating_add(size).min(count);
        let rows = self.order.1.get(start..end).unwrap_or(&[]);
        self.learned = rows.first().map(|row| (epoch, *row));
        match &self.of {
            Of::Images(seen) => seen.pictures.batch(model, rows, (self.seed, epoch)),
            Of::Text(text) => {
                let starts = rows.iter().map(|row| text.train_start(self.seed, epoch, *row));
                let (inputs, labels) = text.gather(&text.train, starts);
                Ok(Batch { inputs, labels, counts: None })
            }
        }
    }

    /// A batch of the epoch that it is in, from which nothing is learned that is kept.
    pub(super) fn tried(
        &mut self,
        model: &NetworkModel,
        number: u64,
        size: usize,
    ) -> Result<Batch, TrainError> {
        let learned = self.learned;
        let batch = self.batch(model, (self.order.0, number), size);
        self.learned = learned;
        batch
    }

    /// So many of the examples that are learned from first, as they are.
    pub(super) fn first(&self, count: usize) -> impl Iterator<Item = Vec<f32>> {
        let (epoch, rows) = (self.order.0, self.order.1.iter().take(count));
        rows.filter_map(move |row| match &self.of {
            Of::Images(seen) => seen.images.train.image(*row as usize).map(<[f32]>::to_vec),
            Of::Text(text) => {
                let start = text.train_start(self.seed, epoch, *row);
                Some(text.gather(&text.train, [start].into_iter()).0)
            }
        })
    }

    /// Examples that are tested on, with their classes.
    pub(super) fn tested(
        &self,
        model: &NetworkModel,
        rows: Range<usize>,
    ) -> Result<(Vec<f32>, Vec<u8>), TrainError> {
        match &self.of {
            Of::Images(seen) => seen.pictures.tested(model, rows),
            Of::Text(text) => {
                let (seen, told) = text.gather(&text.test, text.starts(rows));
                Ok((seen, told.into_iter().map(|place| place as u8).collect()))
            }
        }
    }

    /// The epoch and the place of what the last step learned from first; before the first step, what that will learn from.
    fn last_learned(&self) -> (u32, u32) {
        let first = || self.order.1.first().map(|row| (self.order.0, *row));
        self.learned.or_else(first).unwrap_or_default()
    }

    /// What is to be shown, of so many numbers.
    pub(super) fn chosen(&self, input: &InputChoice, size: usize) -> Result<Vec<f32>, TrainError> {
        let chosen = match (&self.of, input) {
            (Of::Images(seen), InputChoice::Test(index)) => {
                seen.images.tests.image(*index).map(<[f32]>::to_vec)
            }
            (Of::Images(_), InputChoice::Drawn(pixels)) => {
                // What is no number is dark.
                let bright = |pixel: &f32| if pixel.is_nan() { 0.0 } else { pixel.clamp(0.0, 1.0) };
                Some(pixels.iter().map(bright).collect())
            }
            (Of::Images(seen), InputChoice::Other(asked))
                if asked.get::<LearnedImage>().is_some() =>
            {
                let (epoch, place) = self.last_learned();
                let image = seen.images.train.image(place as usize).unwrap_or_default();
                let mut image = image.to_vec();
                seen.pictures.change(&mut image, &[place], (self.seed, epoch));
                Some(image)
            }
            (Of::Images(_), InputChoice::Other(asked)) if asked.get::<Picture>().is_some() => {
                asked.get::<Picture>().map(|picture| picture.brightness().collect())
            }
            (Of::Images(_), InputChoice::Other(_)) => {
                return Err(TrainError::calculation(phrase!(
                    "network-model-a-network-for-images-is"
                )));
            }
            (Of::Text(text), InputChoice::Test(index)) => text.test_window(*index).map(numbers),
            (Of::Text(text), InputChoice::Other(asked)) => match asked.get::<Typed>() {
                Some(typed) => Some(numbers(&text.typed(&typed.text)?)),
                None if asked.get::<LearnedImage>().is_some() => {
                    let (epoch, place) = self.last_learned();
                    let start = text.train_start(self.seed, epoch, place);
                    Some(text.gather(&text.train, [start].into_iter()).0)
                }
                None => None,
            },
            (Of::Text(_), InputChoice::Drawn(_)) => {
                return Err(TrainError::calculation(phrase!(
                    "network-model-a-network-for-text-is"
                )));
            }
        };
        match (chosen, input) {
            (Some(numbers), _) if numbers.len() == size => Ok(numbers),
            (Some(numbers), _) => Err(TrainError::Calculation(phrase!(
                "network-model-it-has-numbers-instead-of",
                numbers_count = numbers.len(),
                size
            ))),
            (None, InputChoice::Test(index)) => Err(TrainError::Calculation(phrase!(
                "network-model-there-is-no-test-only",
                one = self.example().in_phrase(),
                index,
                test_len = self.test_len()
            ))),
            (None, _) => {
                Err(TrainError::calculation(phrase!("network-model-it-is-shown-something-that")))
            }
        }
    }
}

fn numbers(places: &[u8]) -> Vec<f32> {
    places.iter().map(|place| f32::from(*place)).collect()
}
