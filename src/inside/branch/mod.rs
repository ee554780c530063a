//! Branches of a run: from a step of its past on, the same run with one thing changed, beside the run as it is.

mod turn;
mod words;

use serde::{Deserialize, Serialize};

pub use turn::{Branch, Turn};
pub use words::branches_told;

use super::{Changed, Price, UnitLayer};
use crate::{
    stream::{Content, InputChoice},
    words::Phrase,
};

/// Asks to take a run again from a step on, once for each branch, beside the run as it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BranchAsked {
    /// What is changed, all after the same step; at most [`MOST_BRANCHES`](Self::MOST_BRANCHES).
    pub branches: Vec<Branch>,
    /// The input whose units are told of all.
    pub input: InputChoice,
}

impl BranchAsked {
    /// How many futures are held beside each other.
    pub const MOST_BRANCHES: usize = 8;

    /// Ends whatever is under way: it is answered at once, with nothing.
    pub const NONE: Self = Self { branches: Vec::new(), input: InputChoice::Test(0) };
}

impl Content for BranchAsked {
    const KIND: &'static str = "inside.branch_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// A run and its branches.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branched {
    /// What was asked.
    pub asked: BranchAsked,
    /// The step at which they part, and the one at which the run stood when it was asked.
    pub steps: [u64; 2],
    /// The layers with weights, in their order, as [`BranchPoint::apart_of`] counts them.
    pub layers: Vec<String>,
    /// Layers whose units are told, in the order of computation, each by a name that it has in all futures.
    pub shown: Vec<UnitLayer>,
    /// The run as it is.
    pub run: Future,
    /// Branch by branch.
    pub futures: Vec<Future>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Branched {
    const KIND: &'static str = "inside.branched";

    fn bytes(&self) -> usize {
        let of = |future: &Future| {
            let numbers: usize = future.units.iter().map(|units| units.0.len()).sum();
            let apart = future.points.len() * self.layers.len() * size_of::<f64>();
            let changed = future.changed.len() * size_of::<Changed>();
            (numbers + future.logits.len()) * size_of::<f32>() + apart + changed
        };
        self.futures.iter().chain([&self.run]).map(of).sum()
    }
}

/// What becomes of a run from the step on at which it is branched.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Future {
    /// What it was at some steps, the same ones in all futures: at that of the branch, and at last at that where the run stood.
    pub points: Vec<BranchPoint>,
    /// Which test images it and the run read right at last.
    pub answers: McNemar,
    /// The test images that it reads as something else than the run at last, by their index: what the run says comes first.
    pub changed: Vec<Changed>,
    /// What it says to the input at last, a number for each class.
    #[serde(with = "crate::stream::array")]
    pub logits: Vec<f32>,
    /// What the [shown](Branched::shown) layers make of the input at last, unit after unit.
    pub units: Vec<UnitNumbers>,
}

/// What the units of a layer make of an input.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UnitNumbers(#[serde(with = "crate::stream::array")] pub Vec<f32>);

/// A future at one step.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BranchPoint {
    /// Steps taken.
    pub step: u64,
    /// The mean cross-entropy of all test images, in nats.
    #[serde(with = "crate::stream::number")]
    pub loss: f32,
    /// The share of them that is read right.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
    /// ‖θ′ − θ‖ / ‖θ‖, of the future's weights θ′ to the run's θ at the same step: of all that is learned.
    #[serde(with = "crate::stream::number")]
    pub apart: f64,
    /// The same of each layer.
    pub apart_of: Vec<Apart>,
    /// Test images that are read as something else than by the run at the same step.
    pub otherwise: usize,
}

/// The distance of a layer's weights to the run's, over the length of those.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Apart(#[serde(with = "crate::stream::number")] pub f64);

/// How two readers of the same images differ: McNemar's table (Psychometrika 12, 1947).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct McNemar {
    /// Images that both read right.
    pub both: usize,
    /// Those that only the run reads right.
    pub only_run: usize,
    /// Those that only the other future does.
    pub only_other: usize,
    /// Those that both read wrongly.
    pub neither: usize,
}

impl McNemar {
    /// The two-sided chance that images which only one of both reads right part as unevenly as these or more, were it for each
    /// of them as likely to be the one as the other: exact, by the binomial distribution (Dietterich, Neural Computation 10,
    /// 1998, asks it of classifiers).
    pub fn chance(&self) -> f64 {
        let (few, all) =
            (self.only_run.min(self.only_other) as u64, (self.only_run + self.only_other) as u64);
        // Logarithms, since 2⁻ⁿ is no number of double precision for more than a thousand images.
        let mut term = -(all as f64) * std::f64::consts::LN_2;
        let mut sum = term.exp();
        for at in 1..=few {
            term += ((all - at + 1) as f64 / at as f64).ln();
            sum += term.exp();
        }
        (2.0 * sum).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chance_of_an_uneven_table_is_the_binomials() {
        let chance =
            |only_run, only_other| McNemar { both: 5, only_run, only_other, neither: 1 }.chance();
        // 2 (1 + 10 + 45) / 1024, and what is even or nothing is no surprise.
        assert!((chance(2, 8) - 112.0 / 1024.0).abs() < 1e-12);
        assert!((chance(8, 2) - chance(2, 8)).abs() < 1e-15);
        assert!((chance(0, 5) - 2.0 / 32.0).abs() < 1e-12);
        assert!((chance(0, 0) - 1.0).abs() < 1e-12 && (chance(4, 4) - 1.0).abs() < 1e-12);
        // The normal approximation of 5,000 against 5,200: |z| = 1.97 with continuity, p = 0.0487.
        assert!((chance(5000, 5200) - 0.0487).abs() < 5e-4, "{}", chance(5000, 5200));
    }
}
