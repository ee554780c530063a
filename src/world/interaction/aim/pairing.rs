//! Which of two paired hands has a surface that both of them meet.

use super::device::Hit;

/// The other hand must be nearer by this, in metres, before it takes a surface over, so that two hands that are
/// about as near do not take turns.
const NEARER_M: f32 = 0.03;

/// What one aim meets, before anybody asks what the other hand does.
#[derive(Clone, Copy)]
pub(super) struct Met {
    pub(super) hit: Option<Hit>,
    pub(super) paired: bool,
    pub(super) claim: Claim,
    /// Whether it was over this surface already.
    pub(super) stays: bool,
}

/// What an aim wants of the surface that it meets; the later ones outdo the earlier ones.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Claim {
    Over,
    Pressed,
    Held,
}

/// What the aim at `index` meets, unless the other hand of its pair outdoes it there.
pub(super) fn left_to(index: usize, met: &[Met]) -> Option<Hit> {
    let mine = met.get(index)?;
    let hit = mine.hit?;
    let outdone = mine.paired
        && met.iter().enumerate().any(|(other, theirs)| {
            let Some(rival) = theirs.hit.filter(|rival| rival.surface == hit.surface) else {
                return false;
            };
            let near = |met: &Met, hit: &Hit| hit.distance - if met.stays { NEARER_M } else { 0.0 };
            let (mine_m, theirs_m) = (near(mine, &hit), near(theirs, &rival));
            other != index
                && theirs.paired
                && (theirs.claim > mine.claim
                    || theirs.claim == mine.claim
                        && (theirs_m < mine_m || theirs_m == mine_m && other < index))
        });
    (!outdone).then_some(hit)
}
