//! What is measured while a run learns: declared once, with name, unit and meaning, then told in values.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};

use super::names::Name;
use crate::words;

/// The most metrics of a step, and of a test.
pub const MOST_METRICS: usize = 8;

/// A metric of a run.
///
/// Those of [`Split::Train`] come with each step, in the order in which they are declared, and their means over an epoch with
/// its end; the first is the loss that is made small. Those of [`Split::Test`] come with each test.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MetricSpec {
    /// Its name, as `loss`: with its split, as `test_loss`, other programs know it by.
    #[serde(deserialize_with = "super::names::read")]
    pub name: Name,
    /// Its unit, such as `nats`; empty where it has none.
    #[serde(deserialize_with = "super::names::read")]
    pub unit: Name,
    /// What it says, in some words.
    #[serde(deserialize_with = "super::names::read")]
    pub meaning: Name,
    /// Of which examples.
    pub split: Split,
    /// Whether more of it is better.
    pub better: Better,
}

/// Of which examples a metric is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Split {
    /// Those that are learned from.
    Train,
    /// Those that are held back.
    Test,
}

impl Split {
    /// What stands before the name of a metric.
    pub const fn prefix(self) -> &'static str {
        match self {
            Self::Train => "train",
            Self::Test => "test",
        }
    }
}

/// Which way a metric goes when a model learns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Better {
    /// Less of it is better.
    Lower,
    /// More of it is better.
    Higher,
}

impl MetricSpec {
    /// Its name, as it is read.
    pub fn shown(&self) -> &'static str {
        words::known(&format!("metric-{}", self.name)).unwrap_or(self.name)
    }

    /// The mean cross-entropy, before the weights change.
    pub const LOSS: Self = Self {
        name: "loss",
        unit: "nats",
        meaning: "mean cross-entropy",
        split: Split::Train,
        better: Better::Lower,
    };
    /// The share that is answered rightly, 0..=1.
    pub const ACCURACY: Self = Self {
        name: "accuracy",
        unit: "share",
        meaning: "share that is answered rightly",
        split: Split::Train,
        better: Better::Higher,
    };
    /// Those of a classifier that is tested after each epoch.
    pub const OF_CLASSIFIER: [Self; 4] =
        [Self::LOSS, Self::ACCURACY, Self::LOSS.of_test(), Self::ACCURACY.of_test()];

    /// The same of the examples that are held back.
    pub const fn of_test(self) -> Self {
        Self { split: Split::Test, ..self }
    }

    /// Whether it is a share of a whole, 0..=1.
    pub fn is_share(&self) -> bool {
        self.unit == "share"
    }
}

/// Values of metrics in the order in which those of their split are declared.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct MetricValues {
    count: u8,
    values: [f32; MOST_METRICS],
}

impl MetricValues {
    /// Takes these; those past [`MOST_METRICS`] are left out.
    pub fn new(some: &[f32]) -> Self {
        let mut values = [0.0; MOST_METRICS];
        let count = some.len().min(MOST_METRICS);
        values.iter_mut().zip(some).for_each(|(to, from)| *to = *from);
        Self { count: count as u8, values }
    }

    /// All of them.
    pub fn as_slice(&self) -> &[f32] {
        self.values.get(..usize::from(self.count)).unwrap_or_default()
    }

    /// The first, which is the loss; no number where there is none.
    pub fn loss(&self) -> f32 {
        self.get(0).unwrap_or(f32::NAN)
    }

    /// One of them.
    pub fn get(&self, place: usize) -> Option<f32> {
        self.as_slice().get(place).copied()
    }

    /// The means of both, where one stands for `ours` of something and the other for `theirs`.
    pub(super) fn mean(&self, ours: u64, other: &Self, theirs: u64) -> Self {
        let mut mean = *self;
        for (mean, other) in mean.values.iter_mut().zip(&other.values) {
            let sum = f64::from(*mean) * ours as f64 + f64::from(*other) * theirs as f64;
            *mean = (sum / (ours + theirs) as f64) as f32;
        }
        mean
    }
}

#[derive(Serialize, Deserialize)]
struct Number(#[serde(with = "super::number")] f32);

impl Serialize for MetricValues {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.as_slice().iter().map(|value| Number(*value)))
    }
}

impl<'de> Deserialize<'de> for MetricValues {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let values: Vec<Number> = Vec::deserialize(deserializer)?;
        if values.len() > MOST_METRICS {
            let count = values.len();
            return Err(D::Error::custom(say!(
                "stream-metrics-but-at-most",
                count,
                most_metrics = MOST_METRICS
            )));
        }
        let values: Vec<f32> = values.into_iter().map(|number| number.0).collect();
        Ok(Self::new(&values))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_a_list_of_numbers() {
        let values = MetricValues::new(&[0.5, f32::NAN]);
        assert_eq!(serde_json::to_string(&values).unwrap(), "[0.5,null]");
        let read: MetricValues = serde_json::from_str("[0.5,0.25]").unwrap();
        assert_eq!((read.loss(), read.get(1), read.get(2)), (0.5, Some(0.25), None));
        assert!(MetricValues::default().loss().is_nan());
        let many = format!("[{}]", ["1"; 9].join(","));
        let error = serde_json::from_str::<MetricValues>(&many).unwrap_err().to_string();
        assert!(error.contains("9 metrics, but at most 8"), "{error}");
    }

    #[test]
    fn means_weigh_what_values_stand_for() {
        let mean = MetricValues::new(&[1.0, 0.0]).mean(3, &MetricValues::new(&[5.0, 1.0]), 1);
        assert_eq!(mean.as_slice(), [2.0, 0.25]);
    }
}
