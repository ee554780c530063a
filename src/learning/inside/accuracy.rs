//! How many of the test images are read right, unchanged and under each attack.

use rand::{SeedableRng, seq::SliceRandom};
use rand_chacha::ChaCha8Rng;

use super::{
    attack::{Attacker, Made, Victims},
    goal,
};
use crate::{
    inside::{Attack, Withstood},
    learning::{TrainError, data::Examples},
};

/// The stream that test images are drawn from.
const IMAGES_STREAM: u64 = 1 << 47;

/// The stream of a test image: the same whether it is looked at alone or among others.
pub(super) fn stream(index: usize) -> u64 {
    index as u64 + 1
}

/// So many test images, as far as there are as many; fewer are some of more.
pub(super) fn drawn(tests: &Examples, count: usize, seed: u64) -> Vec<usize> {
    drawn_of(tests.len(), count, seed)
}

/// So many of `all` things, likewise.
pub(super) fn drawn_of(all: usize, count: usize, seed: u64) -> Vec<usize> {
    let mut generator = ChaCha8Rng::seed_from_u64(seed);
    generator.set_stream(IMAGES_STREAM);
    let mut indices: Vec<usize> = (0..all).collect();
    indices.shuffle(&mut generator);
    indices.truncate(count);
    indices
}

/// The accuracy over these test images unchanged, and under each attack at each strength.
pub(super) fn accuracies(
    attacker: &Attacker<'_>,
    tests: &Examples,
    indices: &[usize],
    strengths: &[f32],
) -> Result<(f32, Vec<Withstood>), TrainError> {
    if indices.is_empty() {
        return Ok((f32::NAN, Vec::new()));
    }
    let mut unchanged = Right::default();
    let mut right = Attack::ALL.map(|_| vec![Right::default(); strengths.len()]);
    let classes = attacker.meter.model().classes();
    for some in indices.chunks(attacker.meter.at_once()) {
        let mut victims = Victims::default();
        for index in some {
            victims.images.extend(tests.image(*index).unwrap_or_default());
            victims.classes.push(tests.labels.get(*index).copied().map_or(0, usize::from));
            victims.streams.push(stream(*index));
        }
        let seen = attacker.looked_at(&victims)?;
        unchanged.count(&seen, &victims, classes);
        for (at, strength) in strengths.iter().enumerate() {
            for (attack, right) in Attack::ALL.iter().zip(&mut right) {
                let made = match attack {
                    Attack::Fgsm => attacker.fgsm(&seen, *strength)?,
                    Attack::Pgd => attacker.pgd(&victims, *strength)?,
                    Attack::RandomSigns => attacker.by_random_signs(&victims, *strength)?,
                    Attack::GaussianNoise => attacker.by_noise(&victims, *strength)?,
                };
                if let Some(right) = right.get_mut(at) {
                    right.count(&made, &victims, classes);
                }
            }
        }
    }
    let withstood = Attack::ALL.into_iter().zip(right).map(|(attack, right)| Withstood {
        attack,
        accuracy: right.iter().map(Right::share).collect(),
    });
    Ok((unchanged.share(), withstood.collect()))
}

/// How many of how many are read right, as far as what is said is a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Right {
    pub(super) right: usize,
    pub(super) of: usize,
    pub(super) no_number: bool,
}

impl Right {
    /// Of one image of this class.
    pub(super) fn of(logits: &[f32], class: usize) -> Self {
        Self {
            right: usize::from(goal::said(logits) == Some(class)),
            of: 1,
            no_number: logits.iter().any(|logit| logit.is_nan()),
        }
    }

    /// Of both.
    pub(super) const fn and(self, other: Self) -> Self {
        Self {
            right: self.right + other.right,
            of: self.of + other.of,
            no_number: self.no_number || other.no_number,
        }
    }

    fn count(&mut self, made: &Made, victims: &Victims, classes: usize) {
        for (logits, class) in made.logits.chunks(classes.max(1)).zip(&victims.classes) {
            *self = self.and(Self::of(logits, *class));
        }
    }

    /// The share that is read right; not a number if what is said of one is none.
    pub(super) fn share(&self) -> f32 {
        match self.no_number {
            true => f32::NAN,
            false => (self.right as f64 / self.of as f64) as f32,
        }
    }
}
