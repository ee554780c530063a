//! Losses as heights: by their logarithm, since a run goes through decades of them.

use crate::inside::Landscape;

/// Contour lines of a decade.
pub(super) const LINES_PER_DECADE: f32 = 4.0;
/// What is above the plane's highest loss is shown up to this share of the relief.
const MOST: f32 = 1.15;

/// How a loss becomes a height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Heights {
    /// Logarithms of the lowest and of the highest loss.
    low: f32,
    high: f32,
}

impl Heights {
    /// So that all of the plane and of the way has room; `None` where no loss is a number.
    pub(super) fn of(landscape: &Landscape) -> Option<Self> {
        let path = landscape.path.iter().flat_map(|state| [state.loss, state.shadow]);
        let losses = landscape.losses.iter().copied().chain(path);
        let finite = losses.map(f32::log10).filter(|loss| loss.is_finite());
        let ends = finite.map(|loss| (loss, loss));
        let (low, high) = ends.reduce(|all, one| (all.0.min(one.0), all.1.max(one.1)))?;
        Some(Self { low, high })
    }

    /// The share of the relief; what is no number, or too large for one, stands at its top.
    pub(super) fn share(self, loss: f32) -> f32 {
        let share = (loss.log10() - self.low) / (self.high - self.low).max(1e-3);
        if share.is_nan() { 1.0 } else { share.clamp(0.0, MOST) }
    }

    /// A contour line runs where this passes a whole number.
    pub(super) fn level(self, loss: f32) -> f32 {
        let level = loss.log10() * LINES_PER_DECADE;
        if level.is_finite() { level } else { self.high * LINES_PER_DECADE }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_rise_with_the_loss_and_what_is_no_number_stands_highest() {
        let heights = Heights { low: -1.0, high: 1.0 };
        assert_eq!([0.1, 1.0, 10.0].map(|loss| heights.share(loss)), [0.0, 0.5, 1.0]);
        assert_eq!(
            [0.0, f32::NAN, f32::INFINITY].map(|loss| heights.share(loss)),
            [0.0, 1.0, MOST]
        );
        assert_eq!(heights.level(10.0) - heights.level(1.0), LINES_PER_DECADE);
        assert!(heights.level(f32::NAN).is_finite());
    }
}
