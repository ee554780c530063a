//! What is subscribed to as lanes: which tensors come together, and what share of the training each lane may take.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use super::{
    Recorder,
    lane::{Lane, rate},
};
use crate::stream::{LayerId, MOST_SUBSCRIPTIONS, ModelGraph, Role, Subscription, TensorSpec};

/// The most of the training's time that snapshots may take while it goes on, as a share: what is left of the 5 % that
/// watching may cost is for handing them over.
const MOST_SHARE: f64 = 0.04;
/// Numbers that are sent whole to whoever has not said yet what is looked at; of more, all is sent coarse.
const MOST_UNASKED: usize = 1 << 23;
/// Cells of each tensor then.
const UNASKED_CELLS: usize = 1 << 14;

impl Recorder {
    /// Takes these parts of tensors from now on, beginning with the next step; what `graph` does not know is passed over.
    pub(in crate::learning) fn subscribe(&mut self, wanted: Vec<Subscription>, graph: &ModelGraph) {
        let mut by_rate: BTreeMap<u32, Vec<Subscription>> = BTreeMap::new();
        // Whoever walks about asks for other levels again and again: what goes its own way comes when it has paid for itself.
        let apart = self.lanes.extract_if(.., |lane| lane.weight <= 0.0);
        let mut apart: Vec<_> = apart.map(|lane| (lane, Vec::new())).collect();
        for one in wanted.into_iter().take(MOST_SUBSCRIPTIONS) {
            let per_second = rate(one.per_second);
            if !graph.tensors().is_empty() && graph.called(one.tensor).is_none() {
                tracing::warn!("the model has no tensor “{}”", one.tensor.name());
            } else if per_second > 0.0 {
                match apart.iter_mut().find(|(lane, _)| lane.holds(one.tensor)) {
                    Some((_, kept)) => kept.push(one),
                    // Positive numbers are in the order of their bits.
                    None => by_rate.entry(per_second.to_bits()).or_default().push(one),
                }
            }
        }
        if by_rate.is_empty() {
            // What the model says to the input is always looked at.
            by_rate.insert(f32::MAX.to_bits(), Vec::new());
        }
        let next = Instant::now();
        self.lanes = by_rate
            .into_iter()
            .rev()
            .map(|(bits, wanted)| Lane {
                // What was too dear stays coarse until it has shown that it no longer is.
                coarser: self.coarser_of(&wanted),
                wanted: Some(wanted),
                per_second: f32::from_bits(bits),
                weight: f64::from(f32::from_bits(bits)),
                next,
            })
            .collect();
        let apart = apart.into_iter().filter(|(_, kept)| !kept.is_empty());
        self.lanes.extend(apart.map(|(lane, kept)| Lane { wanted: Some(kept), ..lane }));
    }

    /// Sends a large network coarse until somebody says what is looked at: to copy all of it would take as much memory again
    /// as it has numbers.
    pub(in crate::learning) fn overlook(&mut self, graph: &ModelGraph) {
        let asked = self.lanes.iter().any(|lane| lane.wanted.is_some());
        let numbers = graph.tensors().iter().map(TensorSpec::len).sum::<usize>();
        if asked || numbers <= MOST_UNASKED {
            return;
        }
        let little = |tensor: &TensorSpec| {
            Subscription::little(tensor.name, tensor.shape(), UNASKED_CELLS, f32::MAX)
        };
        let made = graph.tensors().iter().filter(|tensor| tensor.role != Role::Constant);
        let wanted = made.map(little).collect();
        self.subscribe(wanted, graph);
    }

    fn coarser_of(&self, wanted: &[Subscription]) -> u8 {
        let lanes =
            self.lanes.iter().filter(|lane| wanted.iter().any(|one| lane.holds(one.tensor)));
        lanes.map(|lane| lane.coarser).max().unwrap_or(0)
    }

    /// The share of training that each may take: most of it by how often it is wanted, the rest for all alike.
    pub(super) fn shares(&self) -> Vec<f64> {
        let all: f64 = self.lanes.iter().map(|lane| lane.weight).sum();
        let alike = 0.2 / self.lanes.len().max(1) as f64;
        self.lanes.iter().map(|lane| MOST_SHARE * (alike + 0.8 * lane.weight / all)).collect()
    }

    /// A tensor that alone costs more than is left for all at the rate that is wanted goes its own way: it comes more
    /// seldom, and the others as often as before.
    pub(super) fn part_with_the_dearest(&mut self, took: &[(LayerId, Duration)]) {
        let Some(first) = self.lanes.first_mut() else {
            return;
        };
        let Some(wanted) = first.wanted.as_mut().filter(|wanted| wanted.len() > 1) else {
            return;
        };
        let of_it = took.iter().filter(|(name, _)| wanted.iter().any(|one| one.tensor == *name));
        let per_second = first.per_second.min(self.per_second).max(1.0);
        let affordable = Duration::from_secs_f64(MOST_SHARE / f64::from(per_second));
        let Some((dearest, its)) = of_it.max_by_key(|(_, took)| *took) else {
            return;
        };
        let (dear, others): (Vec<_>, Vec<_>) =
            wanted.iter().copied().partition(|one| one.tensor == *dearest);
        if *its > affordable && !others.is_empty() {
            let next = std::mem::replace(&mut first.next, Instant::now());
            let coarser = std::mem::take(&mut first.coarser);
            *wanted = others;
            let per_second = first.per_second;
            self.lanes.push(Lane { wanted: Some(dear), per_second, weight: 0.0, coarser, next });
        }
    }
}
