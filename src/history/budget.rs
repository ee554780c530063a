//! Snapshots within a budget of memory: thinned evenly over the run, and large tensors coarsened, when they no longer fit.

#[cfg(test)]
mod tests;

use std::{cmp::Ordering, collections::BTreeSet, sync::Arc};

use crate::stream::{InputChoice, LayerId, LayerValues, Snapshot, Step};

/// While no more than so many snapshots are kept, large tensors are made coarser before another one goes.
const FEW: usize = 32;
/// What is larger than this, in cells, is made coarser; arithmetic on anything smaller stays exact.
const LARGE: usize = 1 << 16;

/// How many snapshots are kept of how many, and what they cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Remembered {
    /// Snapshots that can be shown.
    pub kept: usize,
    /// Snapshots that came, those that were thinned out included.
    pub seen: u64,
    /// Memory that the kept ones take, in bytes; what two of them share is counted for both.
    pub bytes: usize,
    /// Memory that they may take, in bytes.
    pub budget_bytes: usize,
    /// Steps between two kept neighbours, on average.
    pub spacing_steps: u64,
}

/// The snapshots of one run, in order of their steps.
///
/// When one comes for which there is no room, the one goes whose neighbours are closest to each
/// other, so that the smallest possible gap is left. A gap left so is never wider than any other two
/// neighbouring gaps together, and at most twice the average: what is kept lies evenly over the run,
/// but for stretches from which snapshots never came. The first and the newest are always kept; a
/// budget too small for both keeps the newest.
///
/// A snapshot holds only what was looked at then. What the last one before it held of other tensors is carried along when
/// that one goes, so that it is always known how a tensor was when it was seen last.
#[derive(Debug)]
pub struct Snapshots {
    kept: Vec<Kept>,
    seen: u64,
    bytes: usize,
    budget_bytes: usize,
}

/// A snapshot, and what was seen before it and is held by none before it any more.
#[derive(Debug)]
struct Kept {
    snapshot: Arc<Snapshot>,
    carried: Vec<Carried>,
}

/// A part of a tensor that was seen at an earlier step, and what the model was shown then.
#[derive(Debug)]
struct Carried {
    step: Step,
    input: InputChoice,
    layer: LayerValues,
}

impl Kept {
    fn step(&self) -> Step {
        self.snapshot.step
    }

    fn bytes(&self) -> usize {
        self.snapshot.bytes()
            + self.carried.iter().map(|carried| carried.layer.bytes()).sum::<usize>()
    }

    /// Every part of a tensor that it knows, of this input if one is named, and when they were seen; its own come before what
    /// it carries.
    fn parts(
        &self,
        tensor: LayerId,
        of: Option<&InputChoice>,
    ) -> Option<(Step, &InputChoice, Vec<&LayerValues>)> {
        let is_of = |input: &InputChoice| of.is_none_or(|of| of == input);
        let own: Vec<_> = self.snapshot.parts(tensor).collect();
        if !own.is_empty() && is_of(&self.snapshot.input) {
            return Some((self.step(), &self.snapshot.input, own));
        }
        let of_it = |carried: &&Carried| carried.layer.layer == tensor && is_of(&carried.input);
        let carried = || self.carried.iter().filter(of_it);
        let first = carried().next()?;
        Some((first.step, &first.input, carried().map(|carried| &carried.layer).collect()))
    }

    /// All tensors that it knows something of.
    fn tensors(&self) -> BTreeSet<LayerId> {
        let carried = self.carried.iter().map(|carried| carried.layer.layer);
        self.snapshot.layers.iter().map(|layer| layer.layer).chain(carried).collect()
    }
}

impl Snapshots {
    /// None yet, and so many bytes for those that come.
    pub const fn new(budget_bytes: usize) -> Self {
        Self { kept: Vec::new(), seen: 0, bytes: 0, budget_bytes }
    }

    /// Adds the next snapshot; one of the same step as the newest replaces it.
    ///
    /// One that is older than the newest is dropped, as the picture lane never turns back.
    pub fn push(&mut self, snapshot: Arc<Snapshot>) {
        self.seen += 1;
        match self.newest().map(|newest| snapshot.step.cmp(&newest.step)) {
            Some(Ordering::Less) => return,
            Some(Ordering::Equal) => self.drop_at(self.kept.len() - 1),
            Some(Ordering::Greater) | None => {}
        }
        self.bytes += snapshot.bytes();
        self.kept.push(Kept { snapshot, carried: Vec::new() });
        while self.bytes > self.budget_bytes && self.kept.len() > 1 {
            if self.kept.len() > FEW || !self.coarsen() {
                self.drop_at(self.least_missed());
            }
        }
    }

    /// The newest one.
    pub fn newest(&self) -> Option<&Arc<Snapshot>> {
        self.kept.last().map(|kept| &kept.snapshot)
    }

    /// The newest one of this step or before it.
    pub fn at(&self, step: Step) -> Option<&Arc<Snapshot>> {
        self.until(step).last().map(|kept| &kept.snapshot)
    }

    /// What is known of a tensor at this step: when it was seen last, and all parts of it that were seen then; with an input,
    /// when it was seen last of that.
    pub fn last_seen(
        &self,
        tensor: LayerId,
        step: Step,
        of: Option<&InputChoice>,
    ) -> Option<(Step, Vec<&LayerValues>)> {
        let (step, _, parts) =
            self.until(step).iter().rev().find_map(|kept| kept.parts(tensor, of))?;
        Some((step, parts))
    }

    fn until(&self, step: Step) -> &[Kept] {
        let past = self.kept.partition_point(|kept| kept.step() <= step);
        self.kept.get(..past).unwrap_or_default()
    }

    /// All that are kept, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Arc<Snapshot>> {
        self.kept.iter().map(|kept| &kept.snapshot)
    }

    /// How many are kept of how many, and what they cost.
    pub fn remembered(&self) -> Remembered {
        let span = match self.kept.as_slice() {
            [first, .., newest] => newest.step().0 - first.step().0,
            _ => 0,
        };
        let gaps = self.kept.len().saturating_sub(1).max(1) as u64;
        Remembered {
            kept: self.kept.len(),
            seen: self.seen,
            bytes: self.bytes,
            budget_bytes: self.budget_bytes,
            spacing_steps: (span + gaps / 2) / gaps,
        }
    }

    /// The one between the first and the newest whose neighbours are closest to each other; the first
    /// where there is none between them.
    fn least_missed(&self) -> usize {
        let gaps = self.kept.windows(3).enumerate().filter_map(|(index, three)| match three {
            [before, _, after] => Some((after.step().0 - before.step().0, index + 1)),
            _ => None,
        });
        gaps.min().map_or(0, |(_, index)| index)
    }

    fn drop_at(&mut self, index: usize) {
        let dropped = self.kept.remove(index);
        self.bytes -= dropped.bytes();
        let Some(next) = self.kept.get_mut(index) else {
            return;
        };
        let known = next.tensors();
        for tensor in dropped.tensors().difference(&known) {
            if let Some((step, input, parts)) = dropped.parts(*tensor, None) {
                self.bytes += parts.iter().map(|part| part.bytes()).sum::<usize>();
                let carried = |layer: &LayerValues| Carried {
                    step,
                    input: input.clone(),
                    layer: layer.clone(),
                };
                next.carried.extend(parts.into_iter().map(carried));
            }
        }
    }

    /// Makes the largest tensor of all but the newest snapshot coarser, the oldest of the largest first; `false` where none
    /// is large.
    fn coarsen(&mut self) -> bool {
        let last = self.kept.len().saturating_sub(1);
        let older = self.kept.iter().take(last).enumerate();
        let largest = older
            .flat_map(|(at, kept)| {
                let layers = kept.snapshot.layers.iter().enumerate();
                layers.map(move |(layer, values)| (values.values.len(), last - at, layer))
            })
            .filter(|(cells, _, _)| *cells > LARGE)
            .max();
        let Some((_, from_end, layer)) = largest else {
            return false;
        };
        let Some(kept) = self.kept.get_mut(last - from_end) else {
            return false;
        };
        let mut thinner = Snapshot::clone(&kept.snapshot);
        let Some(values) = thinner.layers.get_mut(layer) else {
            return false;
        };
        let coarser = values.coarser(1);
        // Many tiny maps take no less room when they are coarser.
        if coarser.bytes() >= values.bytes() {
            return false;
        }
        *values = coarser;
        self.bytes -= kept.snapshot.bytes();
        self.bytes += thinner.bytes();
        kept.snapshot = Arc::new(thinner);
        true
    }
}
