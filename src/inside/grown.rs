//! Dreams that grow along with a training: what a classifier's classes liked best at each of the states that it passed, each
//! dream going on from where it was before.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Price;
use crate::stream::Content;
use crate::words::Phrase;

/// Asks what each class liked best on the way of the run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GrownAsked {
    /// Steps uphill at each state; fewer are taken where a pass is dear.
    pub steps_each: usize,
    /// What beginnings and shifts are drawn from.
    pub seed: u64,
}

impl Content for GrownAsked {
    const KIND: &'static str = "inside.grown_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What each class liked best on the way of the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Grown {
    /// What was asked.
    pub asked: GrownAsked,
    /// Channels, rows and columns of each dream.
    pub size: [usize; 3],
    /// Dreams of each frame: those of the classes from the first on.
    pub dreams: usize,
    /// Steps that were taken uphill at each state.
    pub steps_each: usize,
    /// The dreams at states of the run, the first to the last.
    pub frames: Vec<GrownFrame>,
    /// What there is to be known besides, in sentences.
    pub remarks: Vec<Phrase>,
    /// What all of it cost.
    pub price: Price,
}

impl Content for Grown {
    const KIND: &'static str = "inside.grown";

    fn bytes(&self) -> usize {
        let of = |frame: &GrownFrame| size_of_val(&*frame.images) + size_of_val(&*frame.values);
        self.frames.iter().map(of).sum()
    }
}

/// All dreams at a state of the run.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GrownFrame {
    /// Steps that the run had taken.
    pub step: u64,
    /// Dreams × numbers of an image: brightness 0..=1, in each channel after channel, row by row.
    #[serde(with = "crate::stream::array")]
    pub images: Arc<[f32]>,
    /// For each dream the logit of its class, by the weights of that state.
    #[serde(with = "crate::stream::array")]
    pub values: Arc<[f32]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_pass_to_the_last_bit() {
        let frame = GrownFrame {
            step: 7,
            images: [0.5, 0.25, 0.1, 1.0].into(),
            values: [3.5, -0.0].into(),
        };
        let grown = Grown {
            asked: GrownAsked { steps_each: 4, seed: 1 },
            size: [1, 1, 2],
            dreams: 2,
            steps_each: 3,
            frames: vec![frame; 3],
            remarks: vec!["what is made large is no number".into()],
            price: Price { forward: 9, backward: 6, seconds: 0.5 },
        };
        let read: Grown = serde_json::from_str(&serde_json::to_string(&grown).unwrap()).unwrap();
        assert_eq!(format!("{read:?}"), format!("{grown:?}"));
        assert_eq!(grown.bytes(), 3 * 4 * (4 + 2));
    }
}
