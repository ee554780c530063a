//! Runs that are taken again: a quadratic of a few parameters under Adam, kept states, and what is remembered of a past.

use std::cell::Cell;

use super::*;
use crate::{
    inside::Turn,
    learning::{
        StepPlace,
        inside::{Booked, Books, Curved, Part, Reach, Subject},
    },
    stream::MetricValues,
};

/// Parameters of the quadratic.
pub(crate) const SIZE: usize = 3;
const BETA: f32 = 0.9;
const BETA_OF_SQUARES: f32 = 0.999;
const LEAST: f32 = 1e-7;

/// An image i has the loss `½ Σ a_i (θ − x_i)²`, and so has what is asked about; the first parameter is one layer, the others
/// hang on a map each.
#[derive(Clone)]
pub(crate) struct Quadratic {
    pub(crate) steps: u64,
    pub(crate) batches: Vec<Vec<u32>>,
    pub(crate) labels: Vec<u8>,
    /// Steps whose loss is taken for no number.
    pub(crate) idle: Vec<u64>,
    pub(crate) left_out: Vec<u32>,
    pub(crate) ended: Vec<f32>,
    pub(crate) books: Books,
    /// What a branch makes of its rates: from which step on, and how many times as large.
    pub(crate) turned: (u64, f32),
    /// Whether it says how its gradients change.
    pub(crate) is_curved: bool,
}

#[derive(Clone)]
pub(crate) struct State {
    pub(crate) theta: Vec<f32>,
    momentum: Vec<f32>,
    squares: Vec<f32>,
    moves: i32,
}

pub(crate) fn rate(step: u64) -> f32 {
    if step < 8 { 0.05 } else { 0.02 }
}

/// Where an image draws to and how strongly, numbers of its own.
pub(crate) fn image(index: u32) -> [[f32; SIZE]; 2] {
    let wave = |at: usize, speed: f32| ((index as f32 + 1.7) * speed + at as f32).sin();
    [std::array::from_fn(|at| wave(at, 0.9)), std::array::from_fn(|at| 1.0 + 0.5 * wave(at, 2.3))]
}

pub(crate) fn slope_of_image(index: u32, theta: &[f32]) -> Vec<f32> {
    let [to, by] = image(index);
    (0..SIZE).map(|at| by[at] * (theta[at] - to[at])).collect()
}

impl Quadratic {
    /// A run of so many steps over 7 images, of which the last is never seen.
    pub(crate) fn new(steps: u64) -> Self {
        let batches = (0..steps as u32).map(|step| vec![step % 6, (step * 5 + 1) % 6]).collect();
        let mut run = Self {
            steps,
            batches,
            labels: vec![0, 1, 0, 1, 0, 1, 1],
            idle: vec![4],
            left_out: Vec::new(),
            ended: Vec::new(),
            books: Books::default(),
            turned: (steps, 1.0),
            is_curved: true,
        };
        run.ended = whole(&run, &|| true, |_, _| {}).unwrap().unwrap().theta;
        run
    }
}

impl Replayed for Quadratic {
    type State = State;

    fn steps(&self) -> u64 {
        self.steps
    }

    fn size(&self) -> usize {
        SIZE
    }

    fn bytes(&self) -> usize {
        SIZE * 12
    }

    fn begin(&self) -> Result<State, TrainError> {
        let zeros = vec![0.0; SIZE];
        let theta = vec![1.5, -0.5, 0.25];
        Ok(State { theta, momentum: zeros.clone(), squares: zeros, moves: 0 })
    }

    fn take(&self, state: &mut State, step: u64) -> Result<(), TrainError> {
        if self.idle.contains(&step) {
            return Ok(());
        }
        let images = self.seen(step);
        let mut mean = [0.0; SIZE];
        for index in images.iter().filter(|index| !self.left_out.contains(index)) {
            let slope = slope_of_image(*index, &state.theta);
            (0..SIZE).for_each(|at| mean[at] += slope[at] / images.len() as f32);
        }
        state.moves += 1;
        let State { theta, momentum, squares, moves } = state;
        let remembered = momentum.iter_mut().zip(squares.iter_mut());
        for ((theta, mean), (momentum, square)) in theta.iter_mut().zip(mean).zip(remembered) {
            *momentum = *momentum * BETA + mean * (1.0 - BETA);
            *square = *square * BETA_OF_SQUARES + mean * mean * (1.0 - BETA_OF_SQUARES);
            let times = if step > self.turned.0 { self.turned.1 } else { 1.0 };
            let reach = reach(times * rate(step), *square, *moves);
            *theta -= (reach * f64::from(*momentum)) as f32;
        }
        Ok(())
    }

    fn parameters(&self, state: &State) -> Result<Vec<f32>, TrainError> {
        Ok(state.theta.clone())
    }

    fn ended(&self) -> &[f32] {
        &self.ended
    }

    fn steps_per_epoch(&self) -> u64 {
        4
    }

    fn seen(&self, step: u64) -> &[u32] {
        &self.batches[step as usize - 1]
    }

    fn labels(&self) -> &[u8] {
        &self.labels
    }

    fn logits(&self, parameters: &[f32], _: &[f32]) -> Result<Vec<f32>, TrainError> {
        Ok(parameters[..2].to_vec())
    }

    fn tested(&self, state: &State) -> Result<TestReport, TrainError> {
        let said = u8::from(state.theta[1] > state.theta[0]);
        Ok(TestReport {
            values: MetricValues::new(&[state.theta[2], 0.5]),
            confusion: [1, 0, 1, 0].into(),
            mistakes: Vec::new().into(),
            said: [said, said].into(),
            losses: [0.0, 0.0].into(),
        })
    }

    fn without(&self, images: &[u32]) -> Self {
        Self { left_out: images.to_vec(), ..self.clone() }
    }

    fn relabelled(&self, labels: &[u8]) -> Self {
        Self { labels: labels.to_vec(), ..self.clone() }
    }

    fn branched(&self, branch: &Branch) -> Self {
        let times = |turn: &Turn| match turn {
            Turn::RateTimes(factor) => Some(*factor as f32),
            _ => None,
        };
        let times = branch.turns.iter().filter_map(times).product();
        Self { turned: (branch.step, times), ..self.clone() }
    }

    fn placed(&self) -> Vec<(String, Vec<Range<usize>>)> {
        let parts = [("one", 0..1), ("other", 1..SIZE)];
        parts.map(|(name, part)| (name.to_owned(), std::iter::once(part).collect())).into()
    }
}

fn reach(rate: f32, square: f32, moves: i32) -> f64 {
    let corrected = 1.0 - f64::from(BETA_OF_SQUARES).powi(moves);
    let mean_square = (f64::from(square) / corrected).sqrt();
    f64::from(rate) / (1.0 - f64::from(BETA).powi(moves)) / (mean_square + f64::from(LEAST))
}

impl Booked for Quadratic {
    fn layers(&self) -> Vec<String> {
        ["one", "other"].map(str::to_owned).into()
    }

    fn parts(&self) -> Vec<Part> {
        [(0, None), (1, Some(0)), (1, Some(1))].map(|(layer, map)| Part { layer, map }).into()
    }

    fn classes(&self) -> usize {
        2
    }

    fn reach(&self, before: &State, after: &State, step: u64) -> Result<Option<Reach>, TrainError> {
        let each =
            after.squares.iter().map(|square| reach(rate(step), *square, after.moves) as f32);
        Ok((before.moves != after.moves).then(|| Reach {
            each: each.collect(),
            kept: f64::from(BETA),
            added: f64::from(1.0 - BETA),
            ahead: 0.0,
            taken: Vec::new(),
        }))
    }

    fn slope(&self, parameters: &[f32], subject: &Subject) -> Result<(f64, Vec<f32>), TrainError> {
        let apart = || parameters.iter().zip(&subject.input).map(|(theta, to)| theta - to);
        let loss = apart().map(|apart| 0.5 * f64::from(apart).powi(2)).sum();
        Ok((loss, apart().collect()))
    }

    fn products(
        &self,
        parameters: &[f32],
        step: u64,
        along: [&[f32]; 2],
    ) -> Result<Vec<[f64; 2]>, TrainError> {
        let each = self.seen(step).iter().flat_map(|index| {
            let slope = slope_of_image(*index, parameters);
            (0..SIZE).map(move |at| along.map(|along| f64::from(slope[at]) * f64::from(along[at])))
        });
        Ok(each.collect())
    }

    fn curved(
        &self,
        parameters: &[f32],
        images: &[u32],
        along: &[f32],
    ) -> Result<Option<Curved>, TrainError> {
        let mean = |at: usize| {
            let each = images.iter().map(|index| image(*index)[1][at] / images.len() as f32);
            each.sum::<f32>()
        };
        let slope = |index: &u32| {
            let slopes = slope_of_image(*index, parameters).into_iter().zip(along);
            slopes.map(|(slope, along)| f64::from(slope) * f64::from(*along)).sum()
        };
        Ok(self.is_curved.then(|| Curved {
            product: (0..SIZE).map(|at| mean(at) * along[at]).collect(),
            slopes: images.iter().map(slope).collect(),
        }))
    }

    fn image_size(&self) -> [usize; 3] {
        [1, 1, 1]
    }

    fn image(&self, _: usize) -> Option<&[f32]> {
        None
    }

    fn books(&self) -> &Books {
        &self.books
    }
}

#[test]
fn any_state_comes_back_from_those_that_are_kept() {
    let run = Quadratic::new(140);
    let mut all = Vec::new();
    whole(&run, &|| true, |_, state| all.push(state.theta.clone())).unwrap();
    let frames = Keyframes::of(&run, 24, &|| true).unwrap().unwrap();
    for step in [0, 1, 24, 25, 26, 139, 140] {
        assert_eq!(frames.at(&run, step).unwrap().theta, all[step as usize], "{step}");
    }
    // 140 steps a state of 36 bytes each 25: six states, and 25 steps of 24 bytes.
    assert_eq!(frames.bytes(), 6 * 36 + 25 * 24);
    let stretches: Vec<_> = frames.backwards(140).collect();
    assert_eq!(stretches.first(), Some(&(125, 140)));
    assert_eq!(stretches.last(), Some(&(0, 25)));
    assert!(stretches.windows(2).all(|two| two[0].0 == two[1].1));
}

#[test]
fn what_takes_too_much_memory_or_is_another_run_is_said_and_what_is_ended_ends() {
    let run = Quadratic::new(40);
    let refused = Keyframes::of(&run, 1 << 40, &|| true).err().unwrap().to_string();
    assert!(refused.contains("MiB") && refused.contains("fewer steps"), "{refused}");
    let mut other = run.clone();
    other.ended[1] = f32::from_bits(other.ended[1].to_bits() + 1);
    let refused = Keyframes::of(&other, 24, &|| true).err().unwrap().to_string();
    assert!(refused.contains("same bits"), "{refused}");
    let left = Cell::new(10);
    let go_on = || {
        left.set(left.get() - 1);
        left.get() > 0
    };
    assert!(Keyframes::of(&run, 24, &go_on).unwrap().is_none());
    assert_eq!(left.get(), 0);
}

#[test]
fn a_past_remembers_the_rate_of_each_stretch_until_the_order_is_left() {
    let mut past = Past::default();
    let rates = [1e-3, 1e-3, 2e-3, 2e-3, 1e-3];
    for (step, rate) in rates.iter().enumerate() {
        let at = StepPlace { epoch: step as u32 / 3, batch: step as u64 % 3 };
        past.took(at, *rate, 3);
    }
    let known = past.rates().unwrap();
    assert_eq!(past.steps(), 5);
    for (step, rate) in rates.iter().enumerate() {
        assert_eq!(known.of(step as u64 + 1), *rate);
    }
    assert!(known.of(0).is_nan() && Rates::default().of(1).is_nan());
    past.took(StepPlace { epoch: 1, batch: 1 }, 1e-3, 3);
    let refused = past.rates().unwrap_err().to_string();
    assert!(refused.contains("is not known"), "{refused}");
    assert!(Past::unknown().rates().is_err());
    let mut resumed = Past::resumed(14);
    resumed.took(StepPlace { epoch: 2, batch: 0 }, 1e-3, 7);
    assert_eq!(resumed.steps(), 15);
    let refused = resumed.rates().unwrap_err().to_string();
    assert!(refused.contains("goes on from a file after 14 steps"), "{refused}");
}
