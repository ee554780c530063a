//! Edits of weights by hand: what is changed between two steps of a run, and what became of its answers.
//!
//! An edit is a command of the run with its step: in words (`250:3:scale=0`) it can be given to another run, which then goes the
//! same way.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::Answered;
use crate::{
    sentence::shown,
    stream::Content,
    words::{Phrase, Word},
};

/// What becomes of the weights of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub enum EditChange {
    /// The weights that make the unit and its bias are so many times as large.
    Scale(f32),
    /// So much is added to each weight that makes the unit.
    Add(f32),
    /// No weight that makes the unit is farther from zero than this.
    Clamp(f32),
    /// The unit's bias is this.
    Bias(f32),
    /// The weights by which a class's logit reads the unit are so many times as large.
    Towards {
        /// The class.
        class: usize,
        /// By what they are multiplied.
        factor: f32,
    },
}

impl EditChange {
    /// The number that it is done with.
    pub const fn amount(self) -> f32 {
        match self {
            Self::Scale(amount) | Self::Add(amount) | Self::Clamp(amount) | Self::Bias(amount) => {
                amount
            }
            Self::Towards { factor, .. } => factor,
        }
    }
}

impl fmt::Display for EditChange {
    fn fmt(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Scale(factor) => write!(words, "scale={factor}"),
            Self::Add(amount) => write!(words, "add={amount}"),
            Self::Clamp(bound) => write!(words, "clamp={bound}"),
            Self::Bias(bias) => write!(words, "bias={bias}"),
            Self::Towards { class, factor } => write!(words, "class{class}={factor}"),
        }
    }
}

/// Beyond this nothing is learned any more.
const MOST: f32 = 1e6;
/// The ways in which a unit's weights can be changed, in words.
const CHANGES: Word = key!("inside-scale-0-add-0-1");

impl FromStr for EditChange {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let unknown =
            || say!("inside-is-no-change-of-weights", text = shown(text), changes = CHANGES);
        let (what, amount) = text.split_once('=').ok_or_else(unknown)?;
        let amount: f32 = amount.parse().map_err(|_| unknown())?;
        if amount.is_nan() || amount.abs() > MOST {
            return Err(say!("inside-is-no-number-that-a", text = shown(text)));
        }
        Ok(match what {
            "scale" => Self::Scale(amount),
            "add" => Self::Add(amount),
            "clamp" if amount >= 0.0 => Self::Clamp(amount),
            "clamp" => return Err(say!("inside-clamp-needs-a-bound-of").to_owned()),
            "bias" => Self::Bias(amount),
            _ => {
                let class = what.strip_prefix("class").and_then(|class| class.parse().ok());
                Self::Towards { class: class.ok_or_else(unknown)?, factor: amount }
            }
        })
    }
}

/// A change of the weights of one unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The layer of the unit by its name; `None` as in [`UnitsAsked`](super::UnitsAsked).
    pub layer: Option<String>,
    /// The unit, counted from 0.
    pub unit: usize,
    /// What becomes of its weights.
    pub change: EditChange,
}

impl fmt::Display for Edit {
    fn fmt(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(layer) = &self.layer {
            write!(words, "{layer}/")?;
        }
        write!(words, "{}:{}", self.unit, self.change)
    }
}

impl FromStr for Edit {
    type Err = String;

    /// As `3:scale=0`, or with a layer `conv1/3:scale=0`.
    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || say!("inside-names-no-unit-and-its", text = shown(text));
        let (whose, change) = text.rsplit_once(':').ok_or_else(unknown)?;
        let (layer, unit) = match whose.rsplit_once('/') {
            Some((layer, unit)) => (Some(layer.to_owned()), unit),
            None => (None, whose),
        };
        let unit = unit.parse().map_err(|_| unknown())?;
        Ok(Self { layer, unit, change: change.parse()? })
    }
}

/// An edit with the step after which it is made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlannedEdit {
    /// Steps that were taken before it.
    pub step: u64,
    /// The edit.
    pub edit: Edit,
}

impl fmt::Display for PlannedEdit {
    fn fmt(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(words, "{}:{}", self.step, self.edit)
    }
}

the_same_in_every_language!(PlannedEdit);

impl FromStr for PlannedEdit {
    type Err = String;

    /// As `250:3:scale=0`.
    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || say!("inside-is-no-edit-after-a", text = shown(text));
        let (step, edit) = text.split_once(':').ok_or_else(unknown)?;
        let step = step.parse().map_err(|_| unknown())?;
        // What is an edit as a whole lacks its step.
        let without_step = |why| if text.parse::<Edit>().is_ok() { unknown() } else { why };
        Ok(Self { step, edit: edit.parse().map_err(without_step)? })
    }
}

/// What is to become of a run's weights by hand.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum EditAsked {
    /// They are changed as they are now.
    Make(Edit),
    /// The last edit is taken back: the run goes on from where it stood before it.
    Undo,
}

impl Content for EditAsked {
    const KIND: &'static str = "inside.edit_asked";

    fn says_the_same(&self, other: &Self) -> bool {
        self == other
    }
}

/// What became of an edit, or of taking one back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EditReport {
    /// Steps that the run had taken.
    pub step: u64,
    /// What was asked.
    pub asked: EditAsked,
    /// What was done, or one sentence that says why nothing was.
    pub said: Result<Edited, Phrase>,
}

impl Content for EditReport {
    const KIND: &'static str = "inside.edited";

    fn bytes(&self) -> usize {
        let answers = self.said.as_ref().ok().and_then(|edited| edited.answers.as_ref());
        answers.map_or(0, |answers| {
            answers.iter().map(|one| size_of_val(&*one.confusion)).sum::<usize>()
        })
    }
}

/// An edit that was made, or taken back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edited {
    /// The edit with its step, which makes another run of the same seed go the same way.
    pub edit: PlannedEdit,
    /// The layer that was meant.
    pub layer: String,
    /// Numbers that are others now.
    pub numbers: usize,
    /// How the test images are read before and after; `None` where testing takes too long, or an edit was taken back.
    pub answers: Option<[Answered; 2]>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_in_words_is_the_edit() {
        for text in [
            "0:3:scale=0",
            "250:3:scale=-1.5",
            "7:0:add=0.25",
            "7:conv1/12:clamp=0.5",
            "7:/layer1/layer1.0/conv2/Conv/12:bias=-0.001",
            "9:31:class7=0",
        ] {
            let planned: PlannedEdit = text.parse().unwrap();
            assert_eq!(planned.to_string(), text);
        }
        let planned: PlannedEdit = "250:a/b/3:class7=2".parse().unwrap();
        assert_eq!(planned.step, 250);
        assert_eq!(planned.edit.layer.as_deref(), Some("a/b"));
        assert_eq!(planned.edit.unit, 3);
        assert_eq!(planned.edit.change, EditChange::Towards { class: 7, factor: 2.0 });
    }

    #[test]
    fn what_is_no_edit_is_refused_in_a_sentence_that_shows_one() {
        for text in ["", "3", "3:scale=0", "x:3:scale=0", "1:x:scale=0", "1:3:scale", "1:3:grow=1"]
        {
            let refused = text.parse::<PlannedEdit>().unwrap_err();
            assert!(refused.contains("say "), "{refused}");
        }
        for text in [
            "1:3:scale=NaN",
            "1:3:bias=inf",
            "1:3:add=2e6",
            "1:3:clamp=-1",
            "1:3:class=1",
            "1:3:classx=1",
        ] {
            assert!(text.parse::<PlannedEdit>().is_err(), "{text}");
        }
    }
}
