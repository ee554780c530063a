//! A remedy really tried: the run taken once more, beside itself, with one thing changed.

use serde::{Deserialize, Serialize};

use super::{Price, Trial};
use crate::{
    sentence::{counted, grouped},
    stream::Content,
    words::{Phrase, column},
};

impl Trial {
    /// What it is, in words that follow "with".
    pub fn told(&self) -> String {
        match self {
            Self::LearningRate(rate) => say!("inside-learning-rate", rate),
            Self::Batch(images) => say!("inside-batches-of", images = grouped(*images)),
            Self::Epochs(epochs) => counted(*epochs as usize, "epoch"),
            Self::Threads(threads) => counted(*threads, "thread"),
            Self::Seed(seed) => say!("inside-seed", seed),
            Self::BalancedClasses => say!("inside-rare-classes-repeated").to_owned(),
            Self::Augmentation => say!("inside-shifted-copies").to_owned(),
            Self::LeaveOut(images) => {
                say!("inside-left-out", images_count = counted(images.len(), "image"))
            }
            Self::Wider(times) => say!("inside-as-many-units", times = grouped(*times)),
        }
    }
}

/// Asks to try a remedy beside the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialAsked {
    /// What is changed.
    pub trial: Trial,
}

impl Content for TrialAsked {
    const KIND: &'static str = "inside.trial_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What became of the remedy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TrialRun {
    /// What was asked.
    pub asked: TrialAsked,
    /// The run as it is.
    pub before: Trained,
    /// The run with the remedy, from its first step on.
    pub after: Trained,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for TrialRun {
    const KIND: &'static str = "inside.trial_run";
}

/// What a training has come to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Trained {
    /// Steps that it took.
    pub steps: u64,
    /// Images that it saw, the same ones each time they came.
    pub images: u64,
    /// The share of the test images that it reads right.
    #[serde(with = "crate::stream::number")]
    pub accuracy: f32,
    /// Their mean cross-entropy, in nats.
    #[serde(with = "crate::stream::number")]
    pub loss: f32,
}

/// What became of a remedy in words, line by line.
pub fn trial_told(run: &TrialRun) -> String {
    let of = |trained: &Trained| {
        let Trained { steps, accuracy, loss, .. } = trained;
        say!(
            "inside-right-loss-after",
            value = format_args!("{:.2}", 100.0 * accuracy),
            loss = format_args!("{:.4}", loss),
            steps = counted(*steps as usize, "step")
        )
    };
    let mut lines = say!(
        "inside-instead-of",
        value = format_args!("{:>24}", column(say!("inside-with", told = run.asked.trial.told()))),
        after = of(&run.after),
        before = of(&run.before)
    );
    for remark in &run.remarks {
        lines += &format!("{:>24}  {remark}\n", "");
    }
    lines += &format!("{:>24}  {}\n", column(say!("inside-altogether")), run.price);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_remedy_is_told_beside_the_run_without() {
        let trained = Trained { steps: 500, images: 16_000, accuracy: 0.95, loss: 0.2 };
        let run = TrialRun {
            asked: TrialAsked { trial: Trial::Batch(64) },
            before: trained,
            after: Trained { steps: 250, accuracy: 0.9625, ..trained },
            remarks: vec!["so it is".into()],
            price: Price { forward: 9, backward: 8, seconds: 0.0021 },
        };
        let told = trial_told(&run);
        let lines: Vec<&str> = told.lines().map(str::trim_start).collect();
        assert_eq!(
            lines,
            [
                "with batches of 64  96.25 % right, loss 0.2000, after 250 steps instead of 95.00 % right, loss 0.2000, after 500 steps",
                "so it is",
                "altogether  9 forward and 8 backward passes, 2.1 ms",
            ]
        );
        let all = [
            (Trial::LearningRate(3e-4), "learning rate 0.0003"),
            (Trial::Epochs(1), "1 epoch"),
            (Trial::Threads(2), "2 threads"),
            (Trial::Seed(7), "seed 7"),
            (Trial::BalancedClasses, "rare classes repeated"),
            (Trial::Augmentation, "shifted copies"),
            (Trial::LeaveOut(vec![1, 2]), "2 images left out"),
            (Trial::Wider(2), "2 × as many units"),
        ];
        for (trial, words) in all {
            assert_eq!(trial.told(), words);
        }
    }
}
