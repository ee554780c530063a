//! Training images that the network, having learned them, is sure are something else: their labels may be wrong (Northcutt,
//! Jiang and Chuang 2021, <https://arxiv.org/abs/1911.00068>, find them by confidence; here by their loss, which orders
//! them alike).

use super::super::{goal, health::Patient, temperature::probabilities};
use crate::{inside::Suspect, learning::TrainError};

/// Images that are read at once.
const AT_ONCE: usize = 250;
/// Multiply-adds that looking takes at most.
const MOST_MULTIPLY_ADDS: u64 = 20_000_000_000;
/// How sure it must be of another class.
const SURE: f64 = 0.9;
/// So many are listed at most.
const MOST: usize = 20;

/// Losses of training images.
pub(super) struct Losses {
    /// In the order of the images.
    of: Vec<Suspect>,
}

impl Losses {
    pub(super) const fn looked_at(&self) -> usize {
        self.of.len()
    }
}

/// What the network says of its training images, the first so many where more would be dear.
pub(super) fn losses(
    patient: Patient<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Losses>, TrainError> {
    let Patient { model, train, .. } = patient;
    let affordable = (MOST_MULTIPLY_ADDS / model.multiply_adds().max(1)).max(1) as usize;
    let indices: Vec<usize> = (0..train.len().min(affordable)).collect();
    let mut of = Vec::with_capacity(indices.len());
    for some in indices.chunks(AT_ONCE) {
        if !go_on() {
            return Ok(None);
        }
        let images = some.iter().flat_map(|index| train.image(*index).unwrap_or_default());
        let logits = model.outputs(&images.copied().collect::<Vec<_>>(), &mut |_, _| {})?;
        let rows = logits.chunks(model.classes().max(1)).zip(some);
        of.extend(rows.filter_map(|(row, index)| {
            let label = train.labels.get(*index).copied().map(usize::from)?;
            let shares = probabilities(row, 1.0);
            let said = goal::said(row)?;
            let of = |class: usize| shares.get(class).copied().unwrap_or(f64::NAN);
            let loss = -of(label).max(f64::MIN_POSITIVE).ln();
            Some(Suspect { index: *index, label, said, confidence: of(said), loss })
        }));
    }
    Ok(Some(Losses { of }))
}

/// Those that it is sure are something else, the largest loss first, then by index.
pub(super) fn suspects(losses: &Losses) -> Vec<Suspect> {
    let is_suspicious = |one: &&Suspect| one.said != one.label && one.confidence >= SURE;
    let mut found: Vec<Suspect> = losses.of.iter().filter(is_suspicious).copied().collect();
    found.sort_by(|one, other| other.loss.total_cmp(&one.loss).then(one.index.cmp(&other.index)));
    found.truncate(MOST);
    found
}
