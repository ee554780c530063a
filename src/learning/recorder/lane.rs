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
    /// What it takes now; where no step waits for it, as fine as it is asked for.
    pub(super) fn subscriptions(&self, a_step_waits: bool) -> impl Iterator<Item = Subscription> {
        let wanted = self.wanted.iter().flatten();
        let coarser = if a_step_waits { self.coarser } else { 0 };
        wanted.map(move |one| Subscription { level: one.level.coarser(coarser), ..*one })
    }

    /// Whether it holds this tensor, and may be asked to take it coarser.
    pub(super) fn holds(&self, tensor: LayerId) -> bool {
        self.wanted.iter().flatten().any(|one| one.tensor == tensor)
    }

    /// When it comes next, after its tensors took so long, and what it pays for all; a late one does not hurry those after
    /// it, and a costly one is kept off.
    ///
    /// Only what its own tensors take makes it coarser: the rest, such as working the network out, is no less for that.
    pub(super) fn put_off(
        &mut self,
        (start, now): (Instant, Instant),
        (own, common): (Duration, Duration),
        most_per_second: f32,
        share: f64,
    ) {
        let per_second = self.per_second.min(most_per_second);
        let period = Duration::from_secs_f32((1.0 / per_second).min(3600.0));
        let pays_for = |took: Duration| took.mul_f64(1.0 / share - 1.0);
        self.next = (self.next + period).max(start).max(now + pays_for(own + common));
        let rest = pays_for(own);
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
