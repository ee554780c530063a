//! What of a step no image did: the decay of the weights, what normalisations remember of their batches, and what rounding
//! moved.

use super::{Beside, Reach};

/// By how much a step changed the loss though no image did, in nats.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::learning::inside) struct Apart {
    /// By the decay of the weights, in this step and, through what is remembered of it, in later ones.
    pub(in crate::learning::inside) decay: f64,
    /// By what normalisations remember.
    pub(in crate::learning::inside) remembered: f64,
    /// By what only rounding moved.
    pub(in crate::learning::inside) rounded: f64,
}

impl Apart {
    /// Of a step from `before` to `after` along which the loss has this mean gradient: what decay adds to the gradient is
    /// multiplied as an image's gradient is, at once and later, and all else goes along the way itself.
    pub(super) fn of(
        beside: &Beside,
        reach: &Reach,
        [before, after, mean]: [&[f32]; 3],
        [own, later]: [&[f32]; 2],
    ) -> Self {
        let Beside { decay, shrunk, remembered, silent } = beside;
        let (decay, shrunk) = (*decay, *shrunk);
        let learned = before.len().saturating_sub(*remembered);
        let way = |place: usize| {
            let number = |of: &[f32]| of.get(place).copied().map_or(f64::NAN, f64::from);
            number(mean) * (number(after) - number(before))
        };
        let mut apart = Self::default();
        if decay != 0.0 || shrunk != 0.0 {
            let along = own.iter().zip(later).zip(mean).zip(before).take(learned);
            let by = along.enumerate().map(|(place, (((own, later), mean), weight))| {
                let added = reach.added * decay * (f64::from(*own) + f64::from(*later));
                let is_silent = silent.iter().any(|range| range.contains(&place));
                let shrunk = if is_silent { 0.0 } else { shrunk * f64::from(*mean) };
                (added + shrunk) * f64::from(*weight)
            });
            apart.decay = -by.sum::<f64>();
        }
        apart.rounded = silent.iter().cloned().flatten().map(way).sum();
        apart.remembered = (learned..before.len()).map(way).sum();
        apart
    }

    /// With that of another step.
    pub(super) fn add(&mut self, other: Self) {
        self.decay += other.decay;
        self.remembered += other.remembered;
        self.rounded += other.rounded;
    }

    /// All of it.
    pub(in crate::learning::inside) fn all(self) -> f64 {
        self.decay + self.remembered + self.rounded
    }
}
