//! What is subscribed to equally often: how fine it is sent, and when it comes next.

use std::time::{Duration, Instant};

use crate::stream::{LayerId, Subscription};

/// What comes more seldom than this because it costs so much is sent coarser.
const SELDOM: Duration = Duration::from_secs(1);
/// How much more a level finer may cost.
const FINER_COSTS: f64 = 6.0;

/// What is wanted equally often.
pub(super) struct Lane {
    /// `None` is everything.
    pub(super) wanted: Option<Vec<Subscription>>,
    pub(super) per_second: f32,
    /// What its share of the time is worked out from, beside what all get alike.
    pub(super) weight: f64,
    /// How many levels coarser than asked it is sent, since it costs too much.
    pub(super) coarser: u8,
    pub(super) next: Instant,
}

impl Lane {
    /// What it takes now.
    pub(super) fn subscriptions(&self) -> impl Iterator<Item = Subscription> {
        let wanted = self.wanted.iter().flatten();
        wanted.map(|one| Subscription { level: one.level.coarser(self.coarser), ..*one })
    }

    /// Whether it holds this tensor, and may be asked to take it coarser.
    pub(super) fn holds(&self, tensor: LayerId) -> bool {
        self.wanted.iter().flatten().any(|one| one.tensor == tensor)
    }

    /// When it comes next, after it took so long; a late one does not hurry those after it, and a costly one is kept off.
    pub(super) fn put_off(
        &mut self,
        (start, now): (Instant, Instant),
        took: Duration,
        most_per_second: f32,
        share: f64,
    ) {
        let per_second = self.per_second.min(most_per_second);
        let period = Duration::from_secs_f32((1.0 / per_second).min(3600.0));
        let rest = took.mul_f64(1.0 / share - 1.0);
        self.next = (self.next + period).max(start).max(now + rest);
        if rest > SELDOM && self.wanted.is_some() {
            self.coarser = self.coarser.saturating_add(1);
        } else if rest.mul_f64(FINER_COSTS) < SELDOM {
            self.coarser = self.coarser.saturating_sub(1);
        }
    }
}

/// A rate that can be kept; what is not positive is none.
pub(super) fn rate(per_second: f32) -> f32 {
    if per_second.is_finite() { per_second.max(0.0) } else { 0.0 }
}
