//! What of a step no image did: the decay of the weights, and what normalisations remember of their batches.

use super::{Beside, Reach};

/// By how much a step changed the loss though no image did, in nats.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::learning::inside) struct Apart {
    /// By the decay of the weights, in this step and, through what is remembered of it, in later ones.
    pub(in crate::learning::inside) decay: f64,
    /// By what normalisations remember.
    pub(in crate::learning::inside) remembered: f64,
}

impl Apart {
    /// Of a step from `before` to `after` along which the loss has this mean gradient: what decay adds to the gradient is
    /// multiplied as an image's gradient is, at once and later, and what shrinks the weights goes along the way itself.
    pub(super) fn of(
        beside: Beside,
        reach: &Reach,
        [before, after, mean]: [&[f32]; 3],
        [own, later]: [&[f32]; 2],
    ) -> Self {
        let Beside { decay, shrunk, remembered } = beside;
        let learned = before.len().saturating_sub(remembered);
        let mut apart = Self::default();
        if decay != 0.0 || shrunk != 0.0 {
            let along = own.iter().zip(later).zip(mean).zip(before).take(learned);
            let by = along.map(|(((own, later), mean), weight)| {
                let added = reach.added * decay * (f64::from(*own) + f64::from(*later));
                (added + shrunk * f64::from(*mean)) * f64::from(*weight)
            });
            apart.decay = -by.sum::<f64>();
        }
        let moved = mean.iter().zip(before.iter().zip(after)).skip(learned);
        apart.remembered = moved
            .map(|(mean, (before, after))| {
                f64::from(*mean) * (f64::from(*after) - f64::from(*before))
            })
            .sum();
        apart
    }

    /// With that of another step.
    pub(super) fn add(&mut self, other: Self) {
        self.decay += other.decay;
        self.remembered += other.remembered;
    }

    /// All of it.
    pub(in crate::learning::inside) fn all(self) -> f64 {
        self.decay + self.remembered
    }
}
