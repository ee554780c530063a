//! What a branch of a run changes, in words that can be typed: `250:rate=x0.5+seed=7`.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    inside::{Edit, EditChange},
    sentence::{grouped, number, shown},
    words::enumerated,
};

/// What is changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Turn {
    /// All learning rates that follow are so many times as large.
    RateTimes(f64),
    /// The learning rate is this from there on.
    Rate(f64),
    /// The order of the training images that follow is drawn from this seed: those of the epoch that were not seen yet, and
    /// all of the next epochs.
    Seed(u64),
    /// Weights are changed by hand there, once.
    Edit(Edit),
    /// The weights that make these units and their biases are zero from there on, after each step again.
    Silence {
        /// The layer by its name; `None` as in [`UnitsAsked`](crate::inside::UnitsAsked).
        layer: Option<String>,
        /// The units, counted from 0.
        units: Vec<usize>,
    },
}

/// A run with some changes from a step on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Branch {
    /// Steps that were taken before.
    pub step: u64,
    /// What is changed then; nothing leaves the run as it is.
    pub turns: Vec<Turn>,
}

impl Turn {
    /// What it is, in words.
    pub fn told(&self) -> String {
        match self {
            Self::RateTimes(factor) => say!("branch-rate-times", factor = number(*factor)),
            Self::Rate(rate) => say!("branch-rate", rate = number(*rate)),
            Self::Seed(seed) => say!("branch-seed", seed),
            Self::Edit(edit) => say!("branch-edit", edit),
            Self::Silence { layer, units } => {
                let units = silenced(layer.as_deref(), units);
                say!("branch-silence", units)
            }
        }
    }
}

impl Turn {
    /// The edits that do to the weights what it does, as far as it changes some.
    pub fn edits(&self) -> Vec<Edit> {
        match self {
            Self::Edit(edit) => vec![edit.clone()],
            Self::Silence { layer, units } => {
                let change = EditChange::Scale(0.0);
                units
                    .iter()
                    .map(|unit| Edit { layer: layer.clone(), unit: *unit, change })
                    .collect()
            }
            Self::RateTimes(_) | Self::Rate(_) | Self::Seed(_) => Vec::new(),
        }
    }
}

impl Branch {
    /// What it changes, in words, without the step.
    pub fn told_change(&self) -> String {
        match &self.turns[..] {
            [] => say!("branch-nothing").to_owned(),
            turns => enumerated(&turns.iter().map(Turn::told).collect::<Vec<_>>()),
        }
    }

    /// What it changes and from when on, in words.
    pub fn told(&self) -> String {
        let step = grouped(usize::try_from(self.step).unwrap_or(usize::MAX));
        say!("branch-from-step", change = self.told_change(), step)
    }
}

/// Units as one types them.
fn silenced(layer: Option<&str>, units: &[usize]) -> String {
    let units = units.iter().map(usize::to_string).collect::<Vec<_>>().join(",");
    layer.map_or_else(|| units.clone(), |layer| format!("{layer}/{units}"))
}

impl fmt::Display for Turn {
    fn fmt(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::RateTimes(factor) => write!(words, "rate=x{factor}"),
            Self::Rate(rate) => write!(words, "rate={rate}"),
            Self::Seed(seed) => write!(words, "seed={seed}"),
            Self::Edit(edit) => write!(words, "{edit}"),
            Self::Silence { layer, units } => {
                write!(words, "silence={}", silenced(layer.as_deref(), units))
            }
        }
    }
}

impl fmt::Display for Branch {
    fn fmt(&self, words: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(words, "{}:", self.step)?;
        if self.turns.is_empty() {
            return write!(words, "{NOTHING}");
        }
        for (at, turn) in self.turns.iter().enumerate() {
            let between = if at == 0 { "" } else { "+" };
            write!(words, "{between}{turn}")?;
        }
        Ok(())
    }
}

the_same_in_every_language!(Branch);

/// What changes nothing.
const NOTHING: &str = "none";
/// Rates beyond these, and factors beyond their root, teach nothing.
const RATES: std::ops::RangeInclusive<f64> = 1e-12..=1e6;

impl FromStr for Turn {
    type Err = String;

    /// As `rate=x0.5`, `rate=0.001`, `seed=7`, `silence=3,4` or an edit, `conv1/3:scale=0`.
    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || say!("branch-is-no-change", text = shown(text));
        let rate =
            |text: &str| text.parse().ok().filter(|rate| RATES.contains(rate)).ok_or_else(unknown);
        match text.split_once('=') {
            Some(("rate", value)) => match value.strip_prefix('x') {
                Some(factor) => rate(factor).map(Self::RateTimes),
                None => rate(value).map(Self::Rate),
            },
            Some(("seed", seed)) => seed.parse().map(Self::Seed).map_err(|_| unknown()),
            Some(("silence", units)) => {
                let (layer, units) = match units.rsplit_once('/') {
                    Some((layer, units)) => (Some(layer.to_owned()), units),
                    None => (None, units),
                };
                let units: Result<Vec<usize>, _> = units.split(',').map(str::parse).collect();
                Ok(Self::Silence { layer, units: units.map_err(|_| unknown())? })
            }
            Some((whose, _)) if whose.contains(':') => text.parse().map(Self::Edit),
            _ => Err(unknown()),
        }
    }
}

impl FromStr for Branch {
    type Err = String;

    /// As `250:rate=x0.5+seed=7`; `250:none` leaves the run as it is.
    fn from_str(text: &str) -> Result<Self, String> {
        let unknown = || say!("branch-is-no-branch", text = shown(text));
        let (step, turns) = text.split_once(':').ok_or_else(unknown)?;
        let step = step.parse().map_err(|_| unknown())?;
        let turns = match turns {
            NOTHING => Vec::new(),
            turns => turns.split('+').map(str::parse).collect::<Result<_, String>>()?,
        };
        Ok(Self { step, turns })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::inside::EditChange;

    #[test]
    fn a_branch_in_words_is_the_branch() {
        for text in [
            "250:rate=x0.5",
            "250:rate=0.0005",
            "0:seed=7",
            "9:none",
            "250:3:scale=0",
            "250:conv1/3:class7=0+rate=x2+seed=18446744073709551615",
            "7:silence=3",
            "7:silence=/layer1/conv2/Conv/3,14",
        ] {
            let branch: Branch = text.parse().unwrap();
            assert_eq!(branch.to_string(), text);
        }
        let branch: Branch = "250:a/3:scale=0.5+silence=b/1,2".parse().unwrap();
        let edit = Edit { layer: Some("a".to_owned()), unit: 3, change: EditChange::Scale(0.5) };
        let silence = Turn::Silence { layer: Some("b".to_owned()), units: vec![1, 2] };
        assert_eq!(branch, Branch { step: 250, turns: vec![Turn::Edit(edit), silence] });
    }

    #[test]
    fn what_is_no_branch_is_refused_in_a_sentence_that_shows_one() {
        for text in ["", "250", "x:seed=1", "250:", "250:rate", "250:rate=x0", "250:rate=NaN"] {
            let refused = text.parse::<Branch>().unwrap_err();
            assert!(refused.contains("say "), "{refused}");
        }
        for text in ["1:rate=-1", "1:seed=x", "1:silence=", "1:silence=a/b", "1:none+seed=1"] {
            assert!(text.parse::<Branch>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_branch_is_told_by_what_differs() {
        let told = |text: &str| text.parse::<Branch>().unwrap().told();
        assert_eq!(told("250:rate=x0.5"), "rate × 0.5 from step 250");
        assert_eq!(told("1250:none"), "nothing changed from step 1,250");
        assert_eq!(told("5:rate=0.01+seed=3"), "rate 0.01, order of seed 3 from step 5");
        assert_eq!(told("5:silence=pool/3,4"), "pool/3,4 silenced from step 5");
        assert_eq!(told("5:3:scale=0"), "edit 3:scale=0 from step 5");
    }
}
