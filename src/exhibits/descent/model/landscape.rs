//! One loss of two parameters: its formula, what is known of it, and its height anywhere.

use std::sync::Arc;

use rayon::prelude::*;

use crate::{
    exhibits::descent::payload::{
        DescentSettings, Loss, Minimum, ParameterAxis, PointsOfData, Problem, Surface,
    },
    stream::MetricSpec,
    words::{Phrase, Word},
};

/// Grid points along each parameter.
const GRID: usize = 129;
/// A start outside of the drawn surface widens it so far that this part of it lies beyond the start.
const MARGIN: f64 = 0.1;
/// The gradient is called zero when its norm is below this; a unit of θ is of the size of what is learned.
pub(super) const TOLERANCE: f64 = 1e-8;

/// A loss of two parameters.
#[derive(Clone, Debug)]
pub(in crate::exhibits::descent) struct Landscape {
    pub(super) title: Phrase,
    pub(super) source: Phrase,
    pub(super) loss: Loss,
    pub(super) terms: Terms,
    pub(super) formula: Phrase,
    pub(super) unit: Phrase,
    /// What each parameter is called, and its unit.
    pub(super) names: [(Word, Phrase); 2],
    /// The middle of the drawn surface.
    pub(super) middle: [f64; 2],
    /// Half of its width and depth: both axes have the same scale, so that gradients stand upright on contours.
    pub(super) half: f64,
    pub(super) start: [f64; 2],
    pub(super) usual_rate: f64,
    pub(super) largest_stable_rate: Option<f64>,
    pub(super) tolerance: f64,
    /// With so many steps all arrive that ever will.
    pub(super) most_steps: u64,
    pub(super) minimum: Minimum,
    pub(super) data: Option<PointsOfData>,
}

/// What a loss is made of.
#[derive(Clone, Debug)]
pub(super) enum Terms {
    /// 1/n Σ (θ₀ + θ₁xᵢ − yᵢ)².
    Line {
        /// x and y.
        points: Arc<[[f64; 2]]>,
        /// The same as a parabola about its lowest point.
        bowl: Bowl,
    },
    /// −1/n Σ ln σ(±(θ₀ + θ₁xᵢ)), with the sign of the class.
    Logistic {
        /// x, and 1 or 0.
        points: Arc<[[f64; 2]]>,
    },
    /// (1 − x)² + 100 (y − x²)².
    Rosenbrock,
    /// ½x² + ¼y⁴ − ½y².
    Saddle,
}

/// J(θ) = lowest + (θ − middle)ᵀ A (θ − middle).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Bowl {
    pub(super) middle: [f64; 2],
    pub(super) lowest: f64,
    /// A₀₀, A₀₁ = A₁₀ and A₁₁: half of the Hessian.
    pub(super) half_hessian: [f64; 3],
}

impl Terms {
    /// The points that are summed over, if any.
    pub(super) fn points(&self) -> &[[f64; 2]] {
        match self {
            Self::Line { points, .. } | Self::Logistic { points } => points,
            Self::Rosenbrock | Self::Saddle => &[],
        }
    }

    /// The loss in closed form.
    pub(super) fn height(&self, [a, b]: [f64; 2]) -> f64 {
        match self {
            Self::Line { bowl, .. } => {
                let [da, db] = [a - bowl.middle[0], b - bowl.middle[1]];
                let [aa, ab, bb] = bowl.half_hessian;
                bowl.lowest + aa * da * da + 2.0 * ab * da * db + bb * db * db
            }
            Self::Logistic { points } => {
                let sum: f64 = points.iter().map(|[x, y]| surprise(a + b * x, *y)).sum();
                sum / points.len() as f64
            }
            Self::Rosenbrock => (1.0 - a).powi(2) + 100.0 * (b - a * a).powi(2),
            Self::Saddle => 0.5 * a * a + 0.25 * b.powi(4) - 0.5 * b * b,
        }
    }
}

/// −ln of the probability that a score gives to the class, in nats: ln(1 + e^z) − y z, without overflow.
fn surprise(score: f64, class: f64) -> f64 {
    score.max(0.0) + (-score.abs()).exp().ln_1p() - class * score
}

impl Landscape {
    /// The surface as the room sees it.
    pub(super) fn surface(&self, problems: &Arc<[Problem]>, settings: &DescentSettings) -> Surface {
        let start = settings.start.unwrap_or(self.start);
        let reach = |at: f64, middle: f64| (at - middle).abs();
        let needed = reach(start[0], self.middle[0]).max(reach(start[1], self.middle[1]));
        let half = if needed > self.half { needed * (1.0 + MARGIN) } else { self.half };
        let axis = |(name, unit): &(Word, Phrase), symbol, middle: f64| ParameterAxis {
            name: (*name).into(),
            symbol,
            unit: unit.clone(),
            low: middle - half,
            high: middle + half,
        };
        let [first, second] = &self.names;
        let axes = [axis(first, "θ₀", self.middle[0]), axis(second, "θ₁", self.middle[1])];
        Surface {
            problems: problems.clone(),
            settings: DescentSettings { start: Some(start), ..settings.clone() },
            loss: self.loss,
            formula: self.formula.clone(),
            unit: self.unit.clone(),
            columns: GRID,
            rows: GRID,
            heights: self.heights(&axes),
            axes,
            data: self.data.clone(),
            minimum: Some(self.minimum.clone()),
            largest_stable_rate: self.largest_stable_rate,
            usual_rate: self.usual_rate,
            tolerance: self.tolerance,
        }
    }

    fn heights(&self, [first, second]: &[ParameterAxis; 2]) -> Arc<[f32]> {
        let at = |axis: &ParameterAxis, place: usize| {
            axis.low + (axis.high - axis.low) * place as f64 / (GRID - 1) as f64
        };
        let heights: Vec<f32> = (0..GRID * GRID)
            .into_par_iter()
            .map(|place| {
                let height = self.terms.height([at(first, place % GRID), at(second, place / GRID)]);
                shown(height)
            })
            .collect();
        heights.into()
    }
}

impl Landscape {
    /// What each step measures.
    pub(super) fn metric(&self) -> MetricSpec {
        match self.loss {
            Loss::CrossEntropy => MetricSpec::LOSS,
            Loss::MeanSquaredError => {
                MetricSpec { unit: "", meaning: "mean squared error", ..MetricSpec::LOSS }
            }
            Loss::TestFunction => {
                MetricSpec { unit: "", meaning: "value of the function", ..MetricSpec::LOSS }
            }
        }
    }
}

/// A loss in the numbers of the room; a finite one stays finite.
pub(super) fn shown(loss: f64) -> f32 {
    if loss.is_finite() {
        loss.clamp(f64::from(f32::MIN), f64::from(f32::MAX)) as f32
    } else {
        f32::NAN
    }
}
