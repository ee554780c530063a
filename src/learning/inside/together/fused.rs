//! Opinions of several models about the same images: their mean, their vote, and where they differ.

use super::{
    super::{answers::Answers, temperature},
    all_shares, contested, highest, scored,
};
use crate::inside::{Contested, Scored};

/// What a softmax makes of logits.
pub(super) fn probabilities(logits: &[f32]) -> Vec<f64> {
    temperature::probabilities(logits, 1.0)
}

/// What all members say of all images.
pub(super) struct Opinions {
    /// Members × images × classes.
    shares: Vec<Vec<Vec<f64>>>,
    labels: Vec<usize>,
}

impl Opinions {
    pub(super) fn of(answers: &[Answers]) -> Self {
        let labels = answers.first().map(|all| all.labels.clone()).unwrap_or_default();
        Self { shares: all_shares(answers), labels }
    }

    /// What one of them is worth.
    pub(super) fn alone(&self, member: usize) -> Scored {
        let rows = self.shares.get(member).into_iter().flatten().cloned();
        scored(rows.zip(self.labels.iter().copied()))
    }

    /// The probabilities of an image, member after member, but for one of them.
    fn about(&self, image: usize, without: Option<usize>) -> Vec<Vec<f64>> {
        let others = self.shares.iter().enumerate().filter(|(at, _)| Some(*at) != without);
        others.filter_map(|(_, shares)| shares.get(image)).cloned().collect()
    }

    /// What their mean is worth, but for one of them.
    pub(super) fn averaged(&self, without: Option<usize>) -> Scored {
        let rows = self.labels.iter().enumerate();
        scored(rows.map(|(image, label)| (mean(&self.about(image, without)), *label)))
    }

    /// The share of images whose class most of them say.
    pub(super) fn voted(&self) -> f32 {
        let right = self.labels.iter().enumerate().filter(|(image, label)| {
            let about = self.about(*image, None);
            let mean = mean(&about);
            let mut votes = vec![0.0; mean.len()];
            for said in about.iter().filter_map(|shares| highest(shares)) {
                if let Some(votes) = votes.get_mut(said) {
                    *votes += 1.0;
                }
            }
            // A mean is at most 1, and parts no two votes that differ.
            let voted: Vec<f64> =
                votes.iter().zip(&mean).map(|(votes, mean)| votes + mean / 2.0).collect();
            highest(&voted) == Some(**label)
        });
        (right.count() as f64 / self.labels.len() as f64) as f32
    }

    /// For each two of them the share of images to which they say different classes.
    pub(super) fn differ(&self) -> Vec<f32> {
        let said = |shares: &Vec<Vec<f64>>| -> Vec<Option<usize>> {
            shares.iter().map(|shares| highest(shares)).collect()
        };
        let said: Vec<_> = self.shares.iter().map(said).collect();
        let pairs = said.iter().flat_map(|one| said.iter().map(move |other| (one, other)));
        pairs
            .map(|(one, other)| {
                let apart = one.iter().zip(other).filter(|(one, other)| one != other);
                (apart.count() as f64 / self.labels.len() as f64) as f32
            })
            .collect()
    }

    /// The images about which they disagree most; `indices` are theirs among all tests.
    pub(super) fn contested(&self, indices: &[usize], most: usize) -> Vec<Contested> {
        let images = indices.iter().zip(&self.labels).enumerate();
        let mut found: Vec<Contested> = images
            .map(|(image, (index, label))| {
                let about = self.about(image, None);
                contested(*index, *label, &about, &mean(&about))
            })
            .filter(|one| one.said.windows(2).any(|pair| pair[0] != pair[1]))
            .collect();
        found.sort_by(|a, b| b.apart.total_cmp(&a.apart).then(a.index.cmp(&b.index)));
        found.truncate(most);
        found
    }
}

/// The mean of rows of equal length.
fn mean(rows: &[Vec<f64>]) -> Vec<f64> {
    let mut sums = vec![0.0; rows.first().map_or(0, Vec::len)];
    for row in rows {
        sums.iter_mut().zip(row).for_each(|(sum, share)| *sum += share);
    }
    sums.into_iter().map(|sum| sum / rows.len() as f64).collect()
}
