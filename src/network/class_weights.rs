//! What an example of each class counts in the loss, where some classes have many more examples than others.

use toml::Value;

use super::{
    fault::{Fault, nearest},
    settings::{Settings, kind_of, positive},
};

/// What brings classes into balance, as a description says it.
pub const SETTING: &str = "class_weights = \"balanced\"";
/// The words for it.
const WORDS: [&str; 1] = ["balanced"];

/// Weights of classes.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ClassWeights {
    /// Each example counts the same.
    #[default]
    Equal,
    /// Each class counts the same: n / (k · n of the class), as scikit-learn has it
    /// (<https://scikit-learn.org/stable/modules/generated/sklearn.utils.class_weight.compute_class_weight.html>).
    Balanced,
    /// One number for each class.
    Given(Vec<f64>),
}

impl ClassWeights {
    pub(super) fn read(settings: &mut Settings) -> Result<Self, Fault> {
        match settings.take("class_weights") {
            None => Ok(Self::Equal),
            Some(Value::String(word)) if WORDS.contains(&word.as_str()) => Ok(Self::Balanced),
            Some(Value::String(word)) => {
                let advice = nearest(&word, &WORDS);
                Err(Fault::new(phrase!("network-files-there-are-no-class-weights", word, advice)))
            }
            Some(Value::Array(numbers)) => {
                let numbers = numbers.iter().map(|number| positive("class_weights", number));
                Ok(Self::Given(numbers.collect::<Result<_, _>>()?))
            }
            Some(other) => Err(Fault::new(phrase!(
                "network-files-class-weights-is-but-it",
                kind = kind_of(&other)
            ))),
        }
    }

    /// What an example of each class counts, where so many of each are learned from; nothing if all count the same.
    ///
    /// # Errors
    /// If there are more or fewer numbers than classes.
    pub fn of(&self, counts: &[usize]) -> Result<Option<Vec<f32>>, Fault> {
        match self {
            Self::Equal => Ok(None),
            Self::Balanced => {
                let examples = counts.iter().sum::<usize>() as f64;
                let classes = counts.iter().filter(|count| **count > 0).count() as f64;
                // A class without examples weighs nothing, and none is of it.
                let of = |count: &usize| match *count {
                    0 => 0.0,
                    count => (examples / (classes * count as f64)) as f32,
                };
                Ok(Some(counts.iter().map(of).collect()))
            }
            Self::Given(numbers) if numbers.len() == counts.len() => {
                Ok(Some(numbers.iter().map(|number| *number as f32).collect()))
            }
            Self::Given(numbers) => Err(Fault::new(phrase!(
                "network-files-class-weights-has-numbers-but",
                numbers_count = numbers.len(),
                counts_count = counts.len()
            ))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::description;

    fn read(setting: &str) -> Result<ClassWeights, String> {
        let text = format!("[[layers]]\nkind = \"relu\"\n[training]\n{setting}\n");
        let described = description(&text).map_err(|fault| fault.to_string())?;
        Ok(described.training.class_weights)
    }

    #[test]
    fn balanced_classes_count_the_same() {
        let balanced = read(SETTING).unwrap();
        // As compute_class_weight("balanced", classes=[0, 1, 2], y=[0] * 6 + [1] * 3 + [2]) says.
        let weights = balanced.of(&[6, 3, 1]).unwrap().unwrap();
        for (own, wanted) in weights.iter().zip([0.555_555, 1.111_111, 3.333_333]) {
            assert!((own - wanted).abs() < 1e-6, "{weights:?}");
        }
        assert_eq!(balanced.of(&[2, 0, 2]), Ok(Some(vec![1.0, 0.0, 1.0])));
        assert_eq!(read("").unwrap().of(&[6, 3, 1]), Ok(None));
        let given = read("class_weights = [1, 0.5]").unwrap();
        assert_eq!(given.of(&[6, 3]), Ok(Some(vec![1.0, 0.5])));
    }

    #[test]
    fn what_are_no_weights_is_told() {
        let check = |setting: &str, words: &str| {
            let said = read(setting).unwrap_err();
            assert!(said.starts_with("[training]: ") && said.contains(words), "{said} | {words}");
        };
        check(
            "class_weights = \"balance\"",
            "there are no class_weights “balance”; did you mean “balanced”?",
        );
        check(
            "class_weights = true",
            "class_weights is a boolean, but it must be \"balanced\" or a list",
        );
        check("class_weights = [1, 0]", "class_weights is 0, but it must be above 0 and finite");
        check(
            "class_weights = [1, inf]",
            "class_weights is inf, but it must be above 0 and finite",
        );
        check("class_weights = [1, \"a\"]", "class_weights is a text, but it must be a number");
        let said = read("class_weights = [1, 2]").unwrap().of(&[1, 1, 1]).unwrap_err().to_string();
        assert_eq!(said, "class_weights has 2 numbers, but the data have 3 classes");
    }
}
