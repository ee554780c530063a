//! What a branch turns in a run that is taken again: its rates, its order, and what is changed by hand.

use std::{collections::HashSet, sync::Arc};

use super::{ByHand, Rates};
use crate::{
    inside::{Branch, Edit, EditChange, Turn},
    learning::data::order,
};

/// How the steps of a run are taken.
pub struct Turnable<'a> {
    /// Their learning rates.
    pub rates: &'a mut Rates,
    /// What is changed by hand.
    pub by_hand: &'a mut ByHand,
    /// Training images, epoch after epoch.
    pub orders: &'a mut Arc<[Vec<u32>]>,
    /// So many of them in each batch.
    pub batch: usize,
}

impl Turnable<'_> {
    /// Changes all that a branch does. Of two changes of the same kind the later one comes last.
    pub fn turn(self, branch: &Branch) {
        let Self { rates, by_hand, orders, batch } = self;
        for turn in &branch.turns {
            match turn {
                Turn::RateTimes(factor) => rates.changed(branch.step, |rate| rate * factor),
                Turn::Rate(rate) => rates.changed(branch.step, |_| *rate),
                Turn::Seed(seed) => *orders = reordered(orders, *seed, (branch.step, batch)),
                Turn::Edit(edit) => by_hand.make(branch.step, edit.clone()),
                Turn::Silence { layer, units } => {
                    for unit in units {
                        let change = EditChange::Scale(0.0);
                        let edit = Edit { layer: layer.clone(), unit: *unit, change };
                        by_hand.hold(branch.step, edit);
                    }
                }
            }
        }
    }
}

/// Orders of which what follows so many batches is drawn from another seed. Within an epoch the images that were not seen yet
/// come in the order that this seed gives them, so that each is still seen once, and the run's own seed changes nothing.
fn reordered(orders: &[Vec<u32>], seed: u64, (step, batch): (u64, usize)) -> Arc<[Vec<u32>]> {
    let mut left = usize::try_from(step).unwrap_or(usize::MAX);
    let drawn = orders.iter().enumerate().map(|(epoch, own)| {
        let batches = own.len().div_ceil(batch.max(1));
        if left >= batches {
            left -= batches;
            return own.clone();
        }
        let (seen, _) = own.split_at((left * batch).min(own.len()));
        left = 0;
        let known: HashSet<u32> = seen.iter().copied().collect();
        let epoch = u32::try_from(epoch).unwrap_or(u32::MAX);
        let others = order(seed, epoch, own.len());
        seen.iter().copied().chain(others.into_iter().filter(|row| !known.contains(row))).collect()
    });
    drawn.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::learning::{StepPlace, inside::Past};

    /// Two epochs of ten images in batches of three, and a rate that falls in between.
    fn turned(branch: &str) -> (Rates, ByHand, Vec<Vec<u32>>) {
        let mut past = Past::default();
        for step in 0..8_u64 {
            let at = StepPlace { epoch: (step / 4) as u32, batch: step % 4 };
            past.took(at, if step < 4 { 0.1 } else { 0.05 }, 4);
        }
        let (mut rates, mut by_hand) = (past.rates().unwrap(), ByHand::default());
        let mut orders: Arc<[Vec<u32>]> = [order(42, 0, 10), order(42, 1, 10)].into();
        let of =
            Turnable { rates: &mut rates, by_hand: &mut by_hand, orders: &mut orders, batch: 3 };
        of.turn(&branch.parse().unwrap());
        (rates, by_hand, orders.to_vec())
    }

    #[test]
    fn rates_are_others_from_the_step_on() {
        let rates = |branch| {
            let (rates, ..) = turned(branch);
            (1..=8).map(|step| rates.of(step)).collect::<Vec<_>>()
        };
        assert_eq!(rates("2:rate=x2"), [0.1, 0.1, 0.2, 0.2, 0.1, 0.1, 0.1, 0.1]);
        assert_eq!(rates("4:rate=x2"), [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1]);
        assert_eq!(rates("6:rate=1"), [0.1, 0.1, 0.1, 0.1, 0.05, 0.05, 1.0, 1.0]);
        assert_eq!(rates("0:rate=1+rate=x3"), [3.0; 8]);
        assert_eq!(rates("5:none"), rates("5:rate=x1"));
    }

    #[test]
    fn an_order_goes_on_otherwise_with_each_image_once() {
        let own = turned("2:none").2;
        assert_eq!(turned("2:seed=42").2, own);
        let other = turned("2:seed=7").2;
        assert_eq!(other[0][..6], own[0][..6]);
        assert_ne!(other[0], own[0]);
        assert_eq!(other[1], order(7, 1, 10));
        for orders in &other {
            let mut sorted = orders.clone();
            sorted.sort_unstable();
            assert!(sorted.into_iter().eq(0..10));
        }
        // At the border of two epochs the next one is that of the other seed, and from the first step on all are.
        let later = turned("4:seed=7").2;
        assert_eq!([&later[0], &later[1]], [&own[0], &other[1]]);
        assert_eq!(turned("0:seed=7").2, [order(7, 0, 10), order(7, 1, 10)]);
    }

    #[test]
    fn an_edit_is_made_once_and_silence_is_held() {
        let (_, by_hand, _) = turned("2:3:scale=2+silence=5,6");
        let after = |step| by_hand.after(step).map(|edit| edit.unit).collect::<Vec<_>>();
        assert_eq!(after(1), [0; 0]);
        assert_eq!(after(2), [3, 5, 6]);
        assert_eq!(after(3), [5, 6]);
        assert!(!by_hand.is_nothing() && turned("2:rate=1").1.is_nothing());
    }
}
