//! A network's run as it can be taken again: what it was begun with, what it learned from, and the rates of its steps.

use std::{
    ops::{ControlFlow, Range},
    sync::{Arc, Mutex, OnceLock},
};

use super::{
    super::{Batch, NetworkModel, Pictures, inside::flat},
    layout::Layout,
    moment::Moment,
    products::Through,
    silent::silent,
};
use crate::{
    inside::Branch,
    learning::{
        TrainError,
        data::order,
        inside::{Books, ByHand, Past, Rates, Replayed, Turnable, edited},
    },
    stream::TestReport,
};

/// A run of a network that tells images apart, up to some step.
#[derive(Clone)]
pub struct NetworkRun {
    /// The network where it stood when it was asked about.
    pub(super) model: Arc<NetworkModel>,
    pub(super) pictures: Pictures,
    /// Of the training images, as they are taught.
    labels: Arc<[u8]>,
    batch: usize,
    pub(super) rates: Rates,
    /// What was changed by hand.
    by_hand: ByHand,
    steps: u64,
    /// Of the training images, epoch after epoch.
    orders: Arc<[Vec<u32>]>,
    ended: Arc<[f32]>,
    /// Training images whose weight is zero, in ascending order.
    left_out: Arc<[u32]>,
    pub(super) books: Books,
    pub(super) layout: Arc<Layout>,
    /// Numbers that only rounding moves, by their places among all.
    pub(super) silent: Arc<[Range<usize>]>,
    /// How images go through for their own gradients, once that is known.
    pub(super) through: Arc<OnceLock<Through>>,
    /// The input that was asked about last, with what the last layer of a frozen network reads of it.
    read: Arc<Mutex<Option<Read>>>,
}

/// An input with its features.
type Read = (Vec<f32>, Arc<[f32]>);

impl NetworkRun {
    /// What a network has done since it began, in batches of this size.
    ///
    /// # Errors
    /// One sentence if it is not known how it came to be as it is.
    pub fn new(
        model: &NetworkModel,
        pictures: Pictures,
        batch: usize,
        past: &Past,
        books: Books,
    ) -> Result<Self, TrainError> {
        let (rates, steps) = (past.rates()?, past.steps());
        let images = pictures.train.len();
        let epochs = steps.div_ceil(images.div_ceil(batch.max(1)).max(1) as u64);
        let epochs = u32::try_from(epochs).unwrap_or(u32::MAX);
        Ok(Self {
            orders: (0..epochs).map(|epoch| order(model.seed, epoch, images)).collect(),
            labels: pictures.train.labels.as_slice().into(),
            ended: model.learned_and_remembered().into(),
            layout: Arc::new(Layout::of(model)),
            silent: silent(model).into(),
            model: Arc::new(model.copy()),
            pictures,
            batch,
            rates,
            by_hand: ByHand::of(past.edits()),
            steps,
            left_out: Arc::default(),
            books,
            through: Arc::default(),
            read: Arc::default(),
        })
    }

    /// The batch of a step as the run learned from it.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub(super) fn learned_from(&self, step: u64) -> Result<Batch, TrainError> {
        let rows = self.seen(step);
        let epoch = step.saturating_sub(1) / self.steps_per_epoch();
        let epoch = u32::try_from(epoch).unwrap_or(u32::MAX);
        let mut batch = self.pictures.batch(&self.model, rows, (self.model.seed, epoch))?;
        let taught = rows.iter().zip(&mut batch.labels);
        for (row, label) in taught {
            *label = self.labels.get(*row as usize).map_or(*label, |taught| i64::from(*taught));
        }
        let is_left_out = |row: &u32| self.left_out.binary_search(row).is_ok();
        let counts = rows.iter().map(|row| if is_left_out(row) { 0.0 } else { 1.0 });
        batch.counts = rows.iter().any(is_left_out).then(|| counts.collect());
        Ok(batch)
    }

    /// What the network reads of an input: of a frozen one what its last layer does.
    ///
    /// # Errors
    /// If burn refuses a calculation.
    pub(super) fn read_of(&self, input: &[f32]) -> Result<Arc<[f32]>, TrainError> {
        if !self.pictures.is_frozen() {
            return Ok(input.into());
        }
        let known = || {
            let read = self.read.lock().ok()?;
            let (own, features) = read.as_ref()?;
            (own == input).then(|| Arc::clone(features))
        };
        if let Some(features) = known() {
            return Ok(features);
        }
        // Nothing is held meanwhile: two who ask at once find the same.
        let features: Arc<[f32]> = self.model.features(std::iter::once(input))?.concat().into();
        if let Ok(mut read) = self.read.lock() {
            *read = Some((input.to_vec(), Arc::clone(&features)));
        }
        Ok(features)
    }
}

impl Replayed for NetworkRun {
    type State = Moment;

    fn steps(&self) -> u64 {
        self.steps
    }

    fn size(&self) -> usize {
        self.ended.len()
    }

    fn bytes(&self) -> usize {
        self.model.bytes_of_moment()
    }

    fn begin(&self) -> Result<Moment, TrainError> {
        Ok(self.model.beginning())
    }

    fn take(&self, state: &mut Moment, step: u64) -> Result<(), TrainError> {
        let (batch, rate) = (self.learned_from(step)?, self.rates.of(step));
        let mut model = self.model.at(state);
        match self.pictures.is_frozen() {
            false => model.step(batch, step.saturating_sub(1), rate)?,
            true => model.step_on_features(batch, rate)?,
        };
        *state = model.moment();
        Ok(())
    }

    fn is_edited(&self) -> bool {
        !self.by_hand.is_nothing()
    }

    fn edit(&self, state: &mut Moment, step: u64) -> Result<bool, TrainError> {
        let mut any = false;
        for edit in self.by_hand.after(step) {
            let inside = self.model.at(state).inside()?;
            let changed = edited(&inside, edit)?;
            state.weights = Arc::new(inside.replaced(&changed.numbers)?);
            any = true;
        }
        Ok(any)
    }

    /// What is learned, and what normalisations remember, in the order of [`NetworkModel::learned_and_remembered`].
    fn parameters(&self, state: &Moment) -> Result<Vec<f32>, TrainError> {
        Ok(flat(&state.weights, &self.model.learning()))
    }

    fn ended(&self) -> &[f32] {
        &self.ended
    }

    fn steps_per_epoch(&self) -> u64 {
        self.pictures.train.len().div_ceil(self.batch.max(1)).max(1) as u64
    }

    fn seen(&self, step: u64) -> &[u32] {
        let per_epoch = self.steps_per_epoch();
        let place = step.saturating_sub(1);
        let order = self.orders.get((place / per_epoch) as usize).map_or(&[][..], Vec::as_slice);
        let begin = ((place % per_epoch) as usize).saturating_mul(self.batch).min(order.len());
        let end = begin.saturating_add(self.batch).min(order.len());
        order.get(begin..end).unwrap_or_default()
    }

    fn labels(&self) -> &[u8] {
        &self.labels
    }

    fn logits(&self, parameters: &[f32], inputs: &[f32]) -> Result<Vec<f32>, TrainError> {
        self.model.logits_of(parameters, inputs)
    }

    fn tested(&self, state: &Moment) -> Result<TestReport, TrainError> {
        let (model, pictures) = (self.model.at(state), &self.pictures);
        let given = &mut |rows| pictures.tested(&model, rows);
        let go_on = &mut || ControlFlow::Continue(());
        let tally = model.tried(pictures.tests.len(), pictures.is_frozen(), given, go_on)?;
        let broken_off =
            || TrainError::calculation(phrase!("network-learning-the-test-was-broken-off"));
        Ok(tally.ok_or_else(broken_off)?.report())
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

    /// What normalisations remember is no layer's weights.
    fn placed(&self) -> Vec<(String, Vec<Range<usize>>)> {
        let Layout { layers, parts, .. } = &*self.layout;
        let of = |layer: usize| {
            let own = parts.iter().filter(|(part, _)| part.layer == layer);
            own.flat_map(|(_, ranges)| ranges.clone()).collect()
        };
        layers.iter().enumerate().map(|(at, name)| (name.clone(), of(at))).collect()
    }
}
