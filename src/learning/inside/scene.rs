//! What every method works with, and the map that it makes.

use super::{SpatialMaps, goal::Goal, meter::Meter, place_map};
use crate::{
    inside::{Completeness, Method},
    learning::TrainError,
    words::Phrase,
};

/// What every method works with.
pub(super) struct Scene<'a> {
    pub(super) meter: &'a Meter<'a>,
    pub(super) goal: Goal,
    /// Channels, rows and columns.
    pub(super) size: [usize; 3],
    pub(super) input: &'a [f32],
    pub(super) baseline: &'a [f32],
    /// The goal's slope by the logits, at the input.
    pub(super) slope: Vec<f32>,
    /// The goal at the input, and at the baseline.
    pub(super) value: f32,
    pub(super) baseline_value: f32,
    pub(super) seed: u64,
}

/// A map as a method made it.
pub(super) struct Found {
    pub(super) method: Method,
    /// Rows and columns.
    pub(super) size: [usize; 2],
    pub(super) values: Vec<f32>,
    pub(super) layer: Option<String>,
    pub(super) biases: Option<f32>,
    pub(super) completeness: Option<Completeness>,
    pub(super) remark: Option<Phrase>,
}

impl<'a> Scene<'a> {
    pub(super) fn of(
        meter: &'a Meter<'a>,
        goal: Goal,
        (input, baseline): (&'a [f32], &'a [f32]),
        seed: u64,
    ) -> Result<(Self, Vec<f32>), TrainError> {
        let mut logits = meter.logits(&[input, baseline].concat())?;
        let of_baseline = logits.split_off(meter.model().classes().min(logits.len()));
        let scene = Self {
            meter,
            goal,
            size: meter.model().size(),
            input,
            baseline,
            slope: goal.slope(&logits),
            value: goal.value(&logits),
            baseline_value: goal.value(&of_baseline),
            seed,
        };
        Ok((scene, logits))
    }

    /// What each number of the input changed from the baseline.
    pub(super) fn changes(&self) -> impl Iterator<Item = f64> {
        let pixels = self.input.iter().zip(self.baseline);
        pixels.map(|(pixel, from)| f64::from(*pixel) - f64::from(*from))
    }

    /// A map over the input of a number for each of its numbers.
    pub(super) fn found(&self, method: Method, values: impl Iterator<Item = f64>) -> Found {
        let [_, rows, columns] = self.size;
        let values: Vec<f64> = values.collect();
        Found::new(method, [rows, columns], place_map::over_channels(&values, rows * columns))
    }

    /// What a map adds up to.
    pub(super) fn sum(&self, values: &[f32]) -> f64 {
        values.iter().map(|value| f64::from(*value)).sum()
    }

    /// A map as large as the input.
    pub(super) fn over_input(&self, found: &Found) -> Vec<f32> {
        let [_, rows, columns] = self.size;
        place_map::resized(&found.values, found.size, [rows, columns])
    }
}

impl Found {
    fn new(method: Method, size: [usize; 2], values: Vec<f32>) -> Self {
        let (layer, biases, completeness, remark) = (None, None, None, None);
        Self { method, size, values, layer, biases, completeness, remark }
    }

    /// One over the places of a layer's maps.
    pub(super) fn over(method: Method, maps: &SpatialMaps, sums: Vec<f64>) -> Self {
        let [_, rows, columns] = maps.size;
        let values = sums.into_iter().map(|sum| sum as f32).collect();
        Self { layer: Some(maps.layer.clone()), ..Self::new(method, [rows, columns], values) }
    }

    /// Says something more of it.
    pub(super) fn remark(&mut self, words: impl Into<Phrase>) {
        self.remark = Some(match self.remark.take() {
            Some(first) => phrase!("list-apart", first, second = words.into()),
            None => words.into(),
        });
    }
}
