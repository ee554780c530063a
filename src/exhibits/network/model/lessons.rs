//! What a network learns from: images or a text, as numbers.

use std::{ops::Range, sync::Arc};

use crate::{
    exhibits::network::payload::Typed,
    images::TestSet,
    learning::{
        TrainError,
        data::{Dataset, Examples, Text, order as shuffled},
        network::Batch,
    },
    stream::{Example, InputChoice},
};

/// What a network can learn from.
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

/// The same, in the order of an epoch.
pub(super) struct Lessons {
    of: Of,
    seed: u64,
    /// The order of the training examples, and the epoch that it is for.
    order: (u32, Vec<u32>),
}

enum Of {
    Images { dataset: Arc<Dataset>, train: Examples, test: Examples },
    Text(Arc<Text>),
}

impl Lessons {
    pub(super) fn of(data: Data) -> Self {
        let of = match data {
            Data::Images(dataset) => Of::Images {
                train: Examples::new(&dataset.train),
                test: Examples::new(&dataset.test),
                dataset,
            },
            Data::Text(text) => Of::Text(text),
        };
        Self { of, seed: 0, order: (0, Vec::new()) }
    }

    /// Begins anew with another seed.
    pub(super) fn begin(&mut self, seed: u64) {
        self.seed = seed;
        self.order = (0, shuffled(seed, 0, self.train_len()));
    }

    /// What one of them is called.
    pub(super) const fn example(&self) -> Example {
        match &self.of {
            Of::Images { .. } => Example { one: "image", many: "images" },
            Of::Text(_) => Example { one: "passage", many: "passages" },
        }
    }

    /// The text, if it is one.
    pub(super) const fn text(&self) -> Option<&Arc<Text>> {
        match &self.of {
            Of::Images { .. } => None,
            Of::Text(text) => Some(text),
        }
    }

    pub(super) fn train_len(&self) -> usize {
        match &self.of {
            Of::Images { train, .. } => train.len(),
            Of::Text(text) => text.train_windows(),
        }
    }

    pub(super) fn test_len(&self) -> usize {
        match &self.of {
            Of::Images { test, .. } => test.len(),
            Of::Text(text) => text.test_windows(),
        }
    }

    /// What each class is called.
    pub(super) fn classes(&self) -> Arc<[String]> {
        match &self.of {
            Of::Images { dataset, .. } => dataset.classes.clone(),
            Of::Text(text) => text.alphabet.names(),
        }
    }

    /// What is odd about the data.
    pub(super) fn remarks(&self) -> &[String] {
        match &self.of {
            Of::Images { dataset, .. } => &dataset.remarks,
            Of::Text(text) => &text.remarks,
        }
    }

    /// As the hall shows them.
    pub(super) fn test_set(&self) -> TestSet {
        match &self.of {
            Of::Images { dataset, .. } => dataset.test_set(),
            Of::Text(text) => text.test_set(),
        }
    }

    /// A batch of an epoch, by its number.
    pub(super) fn batch(&mut self, epoch: u32, number: u64, size: usize) -> Batch {
        let count = self.train_len();
        if self.order.0 != epoch || self.order.1.len() != count {
            self.order = (epoch, shuffled(self.seed, epoch, count));
        }
        let start = (number as usize).saturating_mul(size).min(count);
        let end = start.saturating_add(size).min(count);
        let rows = self.order.1.get(start..end).unwrap_or(&[]);
        let (inputs, labels) = match &self.of {
            Of::Images { train, .. } => train.gather(rows),
            Of::Text(text) => {
                let shift = text.shift(self.seed, epoch);
                let starts = rows.iter().map(|row| *row as usize * text.context + shift);
                text.gather(&text.train, starts)
            }
        };
        Batch { inputs, labels }
    }

    /// Examples that are tested on, with their classes.
    pub(super) fn tested(&self, rows: Range<usize>) -> (Vec<f32>, Vec<u8>) {
        match &self.of {
            Of::Images { test, .. } => {
                let images = rows.clone().filter_map(|row| test.image(row)).flatten().copied();
                (images.collect(), test.labels.get(rows).unwrap_or_default().to_vec())
            }
            Of::Text(text) => {
                let (seen, told) = text.gather(&text.test, text.starts(rows));
                (seen, told.into_iter().map(|place| place as u8).collect())
            }
        }
    }

    /// What is to be shown, of so many numbers.
    pub(super) fn chosen(&self, input: &InputChoice, size: usize) -> Result<Vec<f32>, TrainError> {
        let chosen = match (&self.of, input) {
            (Of::Images { test, .. }, InputChoice::Test(index)) => {
                test.image(*index).map(<[f32]>::to_vec)
            }
            (Of::Images { .. }, InputChoice::Drawn(pixels)) => {
                // What is no number is dark.
                let bright = |pixel: &f32| if pixel.is_nan() { 0.0 } else { pixel.clamp(0.0, 1.0) };
                Some(pixels.iter().map(bright).collect())
            }
            (Of::Images { .. }, InputChoice::Other(_)) => {
                return Err(TrainError::calculation("a network for images is shown images"));
            }
            (Of::Text(text), InputChoice::Test(index)) => text.test_window(*index).map(numbers),
            (Of::Text(text), InputChoice::Other(asked)) => match asked.get::<Typed>() {
                Some(typed) => Some(numbers(&text.typed(&typed.text)?)),
                None => None,
            },
            (Of::Text(_), InputChoice::Drawn(_)) => {
                return Err(TrainError::calculation("a network for text is shown text"));
            }
        };
        match (chosen, input) {
            (Some(numbers), _) if numbers.len() == size => Ok(numbers),
            (Some(numbers), _) => Err(TrainError::Calculation(format!(
                "it has {} numbers instead of {size}",
                numbers.len()
            ))),
            (None, InputChoice::Test(index)) => Err(TrainError::Calculation(format!(
                "there is no test {} {index}, only {}",
                self.example().one,
                self.test_len()
            ))),
            (None, _) => {
                Err(TrainError::calculation("it is shown something that it does not know"))
            }
        }
    }
}

fn numbers(places: &[u8]) -> Vec<f32> {
    places.iter().map(|place| f32::from(*place)).collect()
}
