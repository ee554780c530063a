//! Descent on a loss of two parameters: the surface, who walks on it, and every step that each of them takes.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    sentence::number,
    stream::{Content, names::Name},
    words::{Phrase, Word},
};

/// Share of the velocity that stays from step to step with momentum: the usual one, as in burn's `MomentumConfig`.
pub const MOMENTUM: f64 = 0.9;

impl Content for DescentSettings {
    const KIND: &'static str = "descent.settings";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

impl Content for Surface {
    const KIND: &'static str = "descent.surface";

    fn bytes(&self) -> usize {
        size_of_val(&*self.heights)
    }
}

/// Steps that all runners have taken one after the other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Columns", into = "Columns")]
pub struct DescentSteps(pub Vec<DescentStep>);

impl Content for DescentSteps {
    const KIND: &'static str = "descent.steps";

    fn bytes(&self) -> usize {
        size_of_val(&*self.0)
    }
}

/// Steps as columns, since there are many of them.
#[derive(Serialize, Deserialize)]
struct Columns {
    /// Steps taken before the first of them.
    first: u64,
    /// Whether each runner takes each step: steps × 5.
    runs: Vec<bool>,
    /// Of each that does, θ, the loss, its gradient, the learning rate and the update: 8 numbers.
    #[serde(with = "crate::stream::array")]
    numbers: Vec<f64>,
    /// The first point of its batch, and how many.
    #[serde(with = "crate::stream::array")]
    batches: Vec<usize>,
    /// What becomes of it, by its place in [`Fate::ALL`].
    #[serde(with = "crate::stream::array")]
    fates: Vec<u8>,
}

impl From<DescentSteps> for Columns {
    fn from(DescentSteps(steps): DescentSteps) -> Self {
        let first = steps.first().map_or(0, |step| step.step);
        let runners = || steps.iter().flat_map(|step| &step.runners);
        let taken = || runners().flatten();
        Self {
            first,
            runs: runners().map(Option::is_some).collect(),
            numbers: taken()
                .flat_map(|step| {
                    let RunnerStep { theta, loss, gradient, rate, update, .. } = *step;
                    [theta[0], theta[1], loss, gradient[0], gradient[1], rate, update[0], update[1]]
                })
                .collect(),
            batches: taken().flat_map(|step| [step.batch.0, step.batch.1]).collect(),
            fates: taken().map(|step| step.fate as u8).collect(),
        }
    }
}

impl TryFrom<Columns> for DescentSteps {
    type Error = String;

    fn try_from(columns: Columns) -> Result<Self, String> {
        let (numbers, numbers_left) = columns.numbers.as_chunks::<8>();
        let (batches, batches_left) = columns.batches.as_chunks::<2>();
        let (runs, runs_left) = columns.runs.as_chunks::<5>();
        let whole = numbers_left.is_empty() && batches_left.is_empty() && runs_left.is_empty();
        let taken = columns.runs.iter().filter(|runs| **runs).count();
        if !whole || [numbers.len(), batches.len(), columns.fates.len()] != [taken; 3] {
            return Err(say!("descent-the-columns-of-steps-are").to_owned());
        }
        let mut taken =
            numbers.iter().zip(batches).zip(&columns.fates).map(|((numbers, batch), fate)| {
                let [t0, t1, loss, g0, g1, rate, u0, u1] = *numbers;
                let fate = Fate::ALL
                    .get(usize::from(*fate))
                    .copied()
                    .ok_or(say!("descent-there-is-no-such-fate"))?;
                let batch = (batch[0], batch[1]);
                let (theta, gradient, update) = ([t0, t1], [g0, g1], [u0, u1]);
                Ok::<_, String>(RunnerStep { theta, loss, gradient, rate, update, batch, fate })
            });
        let mut steps = Vec::with_capacity(runs.len());
        for (step, runs) in (columns.first..).zip(runs) {
            let mut runners = [None; 5];
            for (runner, runs) in runners.iter_mut().zip(runs) {
                *runner = if *runs { taken.next().transpose()? } else { None };
            }
            steps.push(DescentStep { step, runners });
        }
        Ok(Self(steps))
    }
}

/// How each runner ended, in the order of [`Runner::ALL`]; `None` for who did not run.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct DescentVerdict(pub [Option<RunnerVerdict>; 5]);

impl Content for DescentVerdict {
    const KIND: &'static str = "descent.verdict";
}

/// What is descended, from where, and by whom; a change of it begins a new run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DescentSettings {
    /// Which of [`Surface::problems`].
    pub problem: usize,
    /// Where all runners start, in the units of the axes; `None` is the problem's own start.
    pub start: Option<[f64; 2]>,
    /// Who runs, in the order of [`Runner::ALL`].
    pub runners: [bool; 5],
}

impl Default for DescentSettings {
    fn default() -> Self {
        Self { problem: 0, start: None, runners: [true; 5] }
    }
}

/// A way to go down.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    clap::ValueEnum,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Runner {
    /// θ ← θ − α∇J(θ), the gradient over all examples.
    GradientDescent,
    /// The same, the gradient over a few examples at a time.
    Stochastic,
    /// The gradients so far add up to a velocity.
    Momentum,
    /// Each parameter's gradient is divided by the root of its mean square.
    #[value(name = "rmsprop")]
    RmsProp,
    /// Momentum and the root of the mean square together, both corrected for their start at zero.
    Adam,
}

impl Runner {
    /// All runners, in the order they are shown.
    pub const ALL: [Self; 5] =
        [Self::GradientDescent, Self::Stochastic, Self::Momentum, Self::RmsProp, Self::Adam];

    /// Its name in words.
    pub fn name(self) -> &'static str {
        self.word().text()
    }

    /// The same for whoever reads it.
    pub const fn word(self) -> Word {
        match self {
            Self::GradientDescent => key!("descent-gradient-descent"),
            Self::Stochastic => key!("descent-stochastic"),
            Self::Momentum => key!("descent-momentum"),
            Self::RmsProp => Word::plain("RMSProp"),
            Self::Adam => key!("descent-adam"),
        }
    }

    /// Its place in [`Runner::ALL`].
    pub const fn index(self) -> usize {
        self as usize
    }
}

/// The loss over two parameters, over a grid, and what is known of it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Surface {
    /// All problems that can be chosen, the present one among them.
    pub problems: Arc<[Problem]>,
    /// What is descended here, the start filled in.
    pub settings: DescentSettings,
    /// Which loss it is.
    pub loss: Loss,
    /// The formula in one line, such as `J(θ) = 1/n Σ (θ₀ + θ₁xᵢ − yᵢ)²`.
    pub formula: Phrase,
    /// What the loss is measured in, such as `mm²` or `nats`; empty for a plain number.
    pub unit: Phrase,
    /// θ₀ and θ₁.
    pub axes: [ParameterAxis; 2],
    /// Grid points along θ₀.
    pub columns: usize,
    /// Grid points along θ₁.
    pub rows: usize,
    /// The loss, row by row; row 0 is the low end of θ₁, column 0 the low end of θ₀.
    #[serde(with = "crate::stream::array")]
    pub heights: Arc<[f32]>,
    /// The data behind the loss, unless it is a test function.
    pub data: Option<PointsOfData>,
    /// The lowest point, where it is known or was solved for, and how.
    pub minimum: Option<Minimum>,
    /// The largest learning rate with which plain gradient descent does not diverge, 2/λmax of the constant Hessian of
    /// a quadratic loss; `None` where it is not quadratic.
    pub largest_stable_rate: Option<f64>,
    /// A learning rate with which the runners get on here.
    pub usual_rate: f64,
    /// A runner has converged when the norm of its full gradient is below this.
    pub tolerance: f64,
}

impl Surface {
    /// The largest learning rate with which a runner does not diverge here, as far as it can be derived: 2/λmax for
    /// gradient descent, and 2(1 + β)/λmax with momentum β (Polyak, Some methods of speeding up the convergence of
    /// iteration methods, 1964).
    pub fn largest_stable_rate_of(&self, runner: Runner) -> Option<f64> {
        match runner {
            Runner::GradientDescent => self.largest_stable_rate,
            Runner::Momentum => Some((1.0 + MOMENTUM) * self.largest_stable_rate?),
            Runner::Stochastic | Runner::RmsProp | Runner::Adam => None,
        }
    }

    /// Why a runner diverged with a learning rate, in words that follow a colon.
    pub fn why_diverged(&self, runner: Runner, rate: f64) -> String {
        let alpha = number(rate);
        match (runner, self.largest_stable_rate_of(runner), self.largest_stable_rate) {
            (Runner::Momentum, Some(limit), _) if rate > limit => {
                say!("descent-is-above-2-1-max", alpha, limit = format_args!("{:.4}", limit))
            }
            (_, Some(limit), _) if rate > limit => {
                say!("descent-is-above-2-max-so", alpha, limit = format_args!("{:.4}", limit))
            }
            (Runner::Stochastic, _, Some(limit)) => {
                say!("descent-is-too-large-for-its", alpha, limit = format_args!("{:.4}", limit))
            }
            _ => say!("descent-is-too-large-for-how", alpha),
        }
    }
}

/// A problem that can be chosen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// As it is typed on the command line.
    #[serde(deserialize_with = "crate::stream::names::read")]
    pub key: Name,
    /// In words.
    pub title: Phrase,
    /// Where it is from: the data set, or who published the formula.
    pub source: Phrase,
}

/// Which loss a surface shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Loss {
    /// 1/n Σ (ŷᵢ − yᵢ)².
    MeanSquaredError,
    /// −1/n Σ yᵢ ln pᵢ + (1 − yᵢ) ln (1 − pᵢ), in nats.
    CrossEntropy,
    /// A formula without data.
    TestFunction,
}

/// One of the two parameters.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterAxis {
    /// Its role in words, such as `slope`.
    pub name: Phrase,
    /// Its symbol, such as `θ₁`.
    #[serde(deserialize_with = "crate::stream::names::read")]
    pub symbol: Name,
    /// Its unit, empty for a plain number.
    pub unit: Phrase,
    /// Where the drawn surface begins.
    pub low: f64,
    /// Where it ends, above `low`.
    pub high: f64,
}

/// The examples that a loss sums over.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct PointsOfData {
    /// What x is, with its unit.
    pub x_name: String,
    /// What y is, with its unit; for a classifier the class that is 1.
    pub y_name: String,
    /// x and y of every example, as the loss uses them.
    pub points: Arc<[[f64; 2]]>,
    /// What was done to x before, such as "standardised: (x − 14.13) / 3.52"; empty if nothing.
    pub prepared: Phrase,
    /// What is odd about the file that they are from, one sentence each.
    pub remarks: Arc<[Phrase]>,
}

/// The lowest point of a surface.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Minimum {
    /// Its place.
    pub theta: [f64; 2],
    /// The loss there.
    pub loss: f64,
    /// How it is known, such as `normal equations`.
    pub how: Phrase,
}

/// One step of all runners.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DescentStep {
    /// Steps taken before it.
    pub step: u64,
    /// What each did, in the order of [`Runner::ALL`]; `None` for who does not run or has arrived.
    pub runners: [Option<RunnerStep>; 5],
}

/// One step of one runner; its new θ is `theta + update`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunnerStep {
    /// θ before the step.
    pub theta: [f64; 2],
    /// The loss there, over all examples.
    pub loss: f64,
    /// The gradient that the runner uses, over the examples of its batch.
    pub gradient: [f64; 2],
    /// The learning rate α.
    pub rate: f64,
    /// What is added to θ.
    pub update: [f64; 2],
    /// The examples that were summed: the first, and how many, counted around the end.
    pub batch: (usize, usize),
    /// Where that leaves it.
    pub fate: Fate,
}

impl RunnerStep {
    /// θ after the step.
    pub fn next(&self) -> [f64; 2] {
        [self.theta[0] + self.update[0], self.theta[1] + self.update[1]]
    }
}

/// How it stands with a runner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// It goes on.
    Going,
    /// The norm of the full gradient at the new θ is below the tolerance.
    Converged,
    /// The loss or θ is no longer finite, or so far out that it will not come back.
    Diverged,
}

impl Fate {
    /// All of them, in the order of their numbers.
    pub const ALL: [Self; 3] = [Self::Going, Self::Converged, Self::Diverged];
}

/// How a runner ended.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct RunnerVerdict {
    /// Who.
    pub runner: Runner,
    /// How.
    pub fate: Fate,
    /// Steps it has taken.
    pub steps: u64,
    /// θ at the end.
    #[serde(with = "crate::stream::number")]
    pub theta: [f64; 2],
    /// The loss there; not finite when it diverged.
    #[serde(with = "crate::stream::number")]
    pub loss: f64,
    /// The norm of the full gradient there.
    #[serde(with = "crate::stream::number")]
    pub gradient_norm: f64,
}

impl RunnerVerdict {
    /// Whether it has come to rest where the surface is level, but higher than at its lowest point.
    pub fn rests_above(&self, minimum: &Minimum) -> bool {
        let higher = self.loss - minimum.loss;
        self.fate == Fate::Converged && higher > 1e-6 * (1.0 + minimum.loss.abs())
    }
}
