//! The digits' run as it can be taken again and booked: plain data from which any thread repeats it with the run's own steps.

mod booked;
#[cfg(test)]
mod tests;

use std::{
    ops::{ControlFlow, Range},
    sync::Arc,
};

use burn::{module::Module as _, optim::ModuleOptimizer};

use super::{
    forward_pass::{Numbers, OF_WEIGHTS},
    inside::{OfParameters, lengths},
    learner::{BETA_2, Batch, Learner, adam, edited, parameters, replaced, rows},
    network::Network,
};
use crate::{
    exhibits::digits::{Route, payload::Architecture},
    inside::Branch,
    learning::{
        DeviceName, TrainError,
        data::{Examples, order},
        inside::{Books, ByHand, Past, Rates, Replayed, Turnable},
    },
    stream::TestReport,
};

/// A run of the digits up to some step.
#[derive(Clone)]
pub(super) struct DigitsRun {
    route: Route,
    sizes: Architecture,
    device: DeviceName,
    train: Arc<Examples>,
    test: Arc<Examples>,
    /// Of the training images, as they are taught.
    labels: Arc<[u8]>,
    seed: u64,
    batch: usize,
    rates: Rates,
    /// What was changed by hand.
    by_hand: ByHand,
    steps: u64,
    /// Of the training images, epoch after epoch.
    orders: Arc<[Vec<u32>]>,
    ended: Arc<[f32]>,
    /// Training images whose weight is zero, in ascending order.
    left_out: Arc<[u32]>,
    books: Books,
}

/// The run between two steps.
#[derive(Clone)]
pub(super) struct State {
    network: Network,
    optimiser: ModuleOptimizer,
    /// What Adam remembers of the squares of gradients, v: burn's own copy of it cannot be read.
    squares: Arc<Numbers>,
    /// Steps that moved something: Adam's t.
    moves: i32,
}

impl DigitsRun {
    /// What a trainable has done since it began, and the parameters that it has now.
    ///
    /// # Errors
    /// One sentence if it is not known how it came to be as it is.
    pub(super) fn new(
        (route, sizes, device): (Route, Architecture, DeviceName),
        [train, test]: [Arc<Examples>; 2],
        (seed, batch): (u64, usize),
        (past, ended): (&Past, Numbers),
        books: Books,
    ) -> Result<Self, TrainError> {
        let (rates, steps) = (past.rates()?, past.steps());
        let epochs = steps.div_ceil(train.len().div_ceil(batch.max(1)).max(1) as u64);
        let epochs = u32::try_from(epochs).unwrap_or(u32::MAX);
        Ok(Self {
            route,
            sizes,
            device,
            orders: (0..epochs).map(|epoch| order(seed, epoch, train.len())).collect(),
            labels: train.labels.as_slice().into(),
            train,
            test,
            seed,
            batch,
            rates,
            by_hand: ByHand::of(past.edits()),
            steps,
            ended: OfParameters::flat(sizes, &ended).into(),
            left_out: Arc::default(),
            books,
        })
    }

    fn learner(&self) -> Learner {
        Learner { route: self.route, sizes: self.sizes, device: self.device.device() }
    }

    /// Images of a batch, and their labels as they are taught.
    fn gathered(&self, rows: &[u32]) -> (Vec<f32>, Vec<i64>) {
        let (images, own) = self.train.gather(rows);
        let taught = rows.iter().zip(own).map(|(row, own)| {
            let label = self.labels.get(*row as usize);
            label.map_or(own, |label| i64::from(*label))
        });
        (images, taught.collect())
    }

    /// The weights of a batch, where not all images of it count.
    fn weights(&self, rows: &[u32]) -> Option<Vec<f32>> {
        let is_left_out = |row: &u32| self.left_out.binary_search(row).is_ok();
        let weight = |row: &u32| if is_left_out(row) { 0.0 } else { 1.0 };
        rows.iter().any(is_left_out).then(|| rows.iter().map(weight).collect())
    }
}

impl Replayed for DigitsRun {
    type State = State;

    fn steps(&self) -> u64 {
        self.steps
    }

    fn size(&self) -> usize {
        self.sizes.parameters()
    }

    /// Parameters, what Adam remembers, and our copy of its squares.
    fn bytes(&self) -> usize {
        4 * size_of::<f32>() * self.size()
    }

    fn begin(&self) -> Result<State, TrainError> {
        Ok(State {
            network: Network::init(self.seed, self.sizes, &self.device.device().autodiff()),
            optimiser: adam(),
            squares: Arc::new(Numbers::zeros(self.sizes)),
            moves: 0,
        })
    }

    fn take(&self, state: &mut State, step: u64) -> Result<(), TrainError> {
        let rows = self.seen(step);
        let (images, labels) = self.gathered(rows);
        let batch = Batch { images, labels, weights: self.weights(rows) };
        let slopes = self.learner().slopes(&state.network, batch)?;
        if slopes.moves() {
            let gradients = slopes.gradients(&state.network)?.numbers()?;
            remember(Arc::make_mut(&mut state.squares), &gradients);
            let network = state.network.clone();
            state.network = slopes.step(&mut state.optimiser, network, self.rates.of(step));
            state.moves += 1;
        }
        Ok(())
    }

    fn is_edited(&self) -> bool {
        !self.by_hand.is_nothing()
    }

    fn edit(&self, state: &mut State, step: u64) -> Result<bool, TrainError> {
        let mut any = false;
        for edit in self.by_hand.after(step) {
            let changed = edited(self.sizes, &state.network, edit)?;
            let device = self.device.device();
            state.network = replaced(self.sizes, &state.network, &changed.numbers, &device)?;
            any = true;
        }
        Ok(any)
    }

    fn parameters(&self, state: &State) -> Result<Vec<f32>, TrainError> {
        Ok(OfParameters::flat(self.sizes, &parameters(&state.network)?))
    }

    /// As the network keeps them, and not class after class.
    fn explained(&self, state: &State) -> Result<Vec<f32>, TrainError> {
        Ok(parameters(&state.network)?.flat())
    }

    fn ended(&self) -> &[f32] {
        &self.ended
    }

    fn steps_per_epoch(&self) -> u64 {
        self.train.len().div_ceil(self.batch.max(1)).max(1) as u64
    }

    fn seen(&self, step: u64) -> &[u32] {
        let per_epoch = self.steps_per_epoch();
        let place = step.saturating_sub(1);
        let order = self.orders.get((place / per_epoch) as usize);
        order.map_or(&[], |order| rows(order, self.batch, place % per_epoch))
    }

    fn labels(&self) -> &[u8] {
        &self.labels
    }

    fn logits(&self, parameters: &[f32], inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        Ok(OfParameters::of(self.sizes, parameters).logits(inputs))
    }

    fn tested(&self, state: &State) -> Result<TestReport, TrainError> {
        let go_on = &mut || ControlFlow::Continue(());
        let report = self.learner().tested(&state.network.valid(), &self.test, go_on)?;
        report
            .ok_or_else(|| TrainError::calculation(phrase!("digits-model-the-test-was-broken-off")))
    }

    fn without(&self, images: &[u32]) -> Self {
        let mut left_out: Vec<u32> = self.left_out.iter().chain(images).copied().collect();
        left_out.sort_unstable();
        Self { left_out: left_out.into(), ..self.clone() }
    }

    fn relabelled(&self, labels: &[u8]) -> Self {
        Self { labels: labels.into(), ..self.clone() }
    }

    fn branched(&self, branch: &Branch) -> Self {
        let mut other = Self { books: Books::default(), ..self.clone() };
        let Self { rates, by_hand, orders, batch, .. } = &mut other;
        Turnable { rates, by_hand, orders, batch: *batch }.turn(branch);
        other
    }

    /// Array by array.
    fn placed(&self) -> Vec<(String, Vec<Range<usize>>)> {
        let mut next = 0;
        let placed = OF_WEIGHTS.into_iter().zip(lengths(self.sizes)).map(|(layer, length)| {
            let first = next;
            next += length;
            let range = first..next;
            (layer.name().to_owned(), vec![range])
        });
        placed.collect()
    }
}

/// Adam's v after another gradient, by burn's own steps: v β₂ + g² (1 − β₂), each rounded.
fn remember(squares: &mut Numbers, gradients: &Numbers) {
    for (squares, gradients) in squares.each_mut().into_iter().zip(gradients.each()) {
        for (square, gradient) in squares.iter_mut().zip(gradients) {
            *square = *square * BETA_2 + gradient * gradient * (1.0 - BETA_2);
        }
    }
}
