//! Which images are laid out: those of the training set, those of the test set, and fewer, drawn, where all would be dear.

use crate::{
    inside::PointsOf,
    learning::{
        TrainError,
        inside::{Baselines, accuracy::drawn_of},
    },
    sentence::grouped,
    words::{Phrase, Word},
};

/// Images in the order in which they are told.
pub(in crate::learning::inside) struct Chosen {
    /// Indices of the training set.
    train: Vec<u32>,
    /// Indices of the test set.
    tests: Vec<u32>,
}

impl Chosen {
    /// At most so many, drawn by the seed where there are more; fewer are some of more.
    ///
    /// # Errors
    /// If there are none.
    pub(super) fn drawn(
        all: bool,
        most: usize,
        seed: u64,
        examples: Baselines<'_>,
    ) -> Result<Self, TrainError> {
        let learned = if all { examples.train.len() } else { 0 };
        let mut drawn = drawn_of(learned + examples.tests.len(), most, seed);
        drawn.sort_unstable();
        let (train, tests) = drawn.split_at(drawn.partition_point(|at| *at < learned));
        let chosen = Self {
            train: train.iter().map(|at| *at as u32).collect(),
            tests: tests.iter().map(|at| (*at - learned) as u32).collect(),
        };
        match chosen.len() {
            0 => Err(TrainError::calculation(phrase!("studies-there-are-no-images-that"))),
            _ => Ok(chosen),
        }
    }

    /// Those that are named.
    ///
    /// # Errors
    /// If none is, or one is not there.
    pub(in crate::learning::inside) fn named(
        of: &PointsOf,
        examples: Baselines<'_>,
    ) -> Result<Self, TrainError> {
        let missing = |named: &[u32], count: usize, what: Word| {
            let beyond = named.iter().find(|index| **index as usize >= count)?;
            Some(phrase!("studies-there-is-no-only", what, beyond, count = grouped(count)))
        };
        let fault = missing(&of.train, examples.train.len(), key!("studies-training-image"))
            .or_else(|| missing(&of.tests, examples.tests.len(), key!("studies-test-image")));
        match fault {
            Some(fault) => Err(TrainError::Calculation(fault)),
            None if of.train.is_empty() && of.tests.is_empty() => {
                Err(TrainError::calculation(phrase!("studies-name-at-least-one-image")))
            }
            None => Ok(Self { train: of.train.to_vec(), tests: of.tests.to_vec() }),
        }
    }

    pub(in crate::learning::inside) fn len(&self) -> usize {
        self.train.len() + self.tests.len()
    }

    /// How many they are, and of how many.
    pub(super) fn remark(&self, all: bool, examples: Baselines<'_>) -> Option<Phrase> {
        let learned = if all { examples.train.len() } else { 0 };
        let there = learned + examples.tests.len();
        let words = || {
            let (some, of) = (grouped(self.len()), Phrase::counted(there, "image"));
            phrase!("studies-of-drawn-by-the-seed", some, of)
        };
        (self.len() < there).then(words)
    }

    /// Which of the images stands at a place, and whether it is one of the test set.
    fn at(&self, place: usize) -> Option<(usize, bool)> {
        let test = || Some((*self.tests.get(place.checked_sub(self.train.len())?)? as usize, true));
        self.train.get(place).map(|index| (*index as usize, false)).or_else(test)
    }

    /// Its pixels.
    pub(in crate::learning::inside) fn image<'e>(
        &self,
        place: usize,
        examples: Baselines<'e>,
    ) -> &'e [f32] {
        let image = |(index, is_test): (usize, bool)| match is_test {
            true => examples.tests.image(index),
            false => examples.train.image(index),
        };
        self.at(place).and_then(image).unwrap_or_default()
    }

    /// The class of each.
    pub(in crate::learning::inside) fn labels(&self, examples: Baselines<'_>) -> Vec<u16> {
        let label = |place: usize| {
            let (index, is_test) = self.at(place)?;
            let labels = if is_test { &examples.tests.labels } else { &examples.train.labels };
            labels.get(index).copied().map(u16::from)
        };
        (0..self.len()).map(|place| label(place).unwrap_or_default()).collect()
    }

    pub(super) fn told(self) -> PointsOf {
        PointsOf { train: self.train.into(), tests: self.tests.into() }
    }
}
