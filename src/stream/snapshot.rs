//! The numbers of a whole network at one step.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Content, InputChoice, LayerId, Payload, RunId, Step};

/// Every unit, weight and gradient of a network at one step, for one input.
///
/// All layers belong to the same weights: the activations are those of [`Snapshot::step`] steps, the
/// gradients those of the step that follows it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Snapshot {
    /// The run it belongs to.
    pub run: RunId,
    /// Steps taken when it was made.
    pub step: Step,
    /// The input whose activations these are.
    pub input: InputChoice,
    /// The layers, from the input to the output, then weights, then gradients.
    pub layers: Vec<LayerValues>,
    /// How large each parameter, its gradient and its last update are.
    pub parameters: Vec<ParameterSizes>,
    /// What the model says to the input beyond its layers.
    pub answer: Option<Payload>,
}

impl Snapshot {
    /// What the model says to the input beyond its layers, if it is of this kind.
    pub fn answer<C: Content>(&self) -> Option<&Arc<C>> {
        self.answer.as_ref()?.get()
    }

    /// The numbers of one layer, if the network has it.
    pub fn layer(&self, id: LayerId) -> Option<&LayerValues> {
        self.layers.iter().find(|layer| layer.layer == id)
    }

    /// The memory its numbers take, in bytes.
    pub fn bytes(&self) -> usize {
        let layers: usize = self.layers.iter().map(|layer| layer.values.len()).sum();
        let answer = self.answer.as_ref().map_or(0, Payload::bytes);
        layers * size_of::<f32>() + answer + size_of::<Self>()
    }
}

/// The numbers of one layer, parameter or gradient.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LayerValues {
    /// Which one.
    pub layer: LayerId,
    /// Its shape, maps first.
    pub shape: Shape,
    /// The numbers, the last dimension fastest.
    #[serde(with = "crate::stream::array")]
    pub values: Arc<[f32]>,
    /// The span that its colours should cover.
    pub range: Range,
}

/// Maps × rows × columns; a flat layer is one map of one row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shape {
    /// How many maps.
    pub maps: usize,
    /// Rows of a map.
    pub rows: usize,
    /// Columns of a map.
    pub columns: usize,
}

impl Shape {
    /// A stack of maps.
    pub const fn maps(maps: usize, rows: usize, columns: usize) -> Self {
        Self { maps, rows, columns }
    }

    /// A flat list of units.
    pub const fn flat(units: usize) -> Self {
        Self { maps: 1, rows: 1, columns: units }
    }

    /// How many units it holds.
    pub const fn len(self) -> usize {
        self.maps * self.rows * self.columns
    }

    /// Whether it holds no unit.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }
}

/// A span of values, robust against single outliers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Smallest value worth its own colour.
    pub low: f32,
    /// Largest value worth its own colour.
    pub high: f32,
}

impl Range {
    /// Spans the finite values within `deviations` standard deviations of their mean, at most from the
    /// smallest to the largest, so that one outlier cannot darken all others. No finite value: 0 to 0.
    pub fn robust(values: &[f32], deviations: f32) -> Self {
        // Eight sums side by side fill the processor's lanes; short blocks keep f32 sums exact enough.
        const LANES: usize = 8;
        const BLOCK: usize = 256 * LANES;
        let (mut low, mut high) = (f32::INFINITY, f32::NEG_INFINITY);
        let (mut sum, mut squares, mut count) = (0.0_f64, 0.0_f64, 0.0_f64);
        for block in values.chunks(BLOCK) {
            let (mut lows, mut highs) = ([f32::INFINITY; LANES], [f32::NEG_INFINITY; LANES]);
            let (mut sums, mut square_sums, mut counts) =
                ([0.0_f32; LANES], [0.0_f32; LANES], [0.0_f32; LANES]);
            let mut add = |lane: usize, value: f32| {
                let finite = value.is_finite();
                let kept = if finite { value } else { 0.0 };
                lows[lane] = lows[lane].min(if finite { value } else { f32::INFINITY });
                highs[lane] = highs[lane].max(if finite { value } else { f32::NEG_INFINITY });
                sums[lane] += kept;
                square_sums[lane] += kept * kept;
                counts[lane] += if finite { 1.0 } else { 0.0 };
            };
            let (lines, rest) = block.as_chunks::<LANES>();
            for line in lines {
                for (lane, value) in line.iter().enumerate() {
                    add(lane, *value);
                }
            }
            for value in rest {
                add(0, *value);
            }
            low = lows.into_iter().fold(low, f32::min);
            high = highs.into_iter().fold(high, f32::max);
            sum += sums.into_iter().map(f64::from).sum::<f64>();
            squares += square_sums.into_iter().map(f64::from).sum::<f64>();
            count += counts.into_iter().map(f64::from).sum::<f64>();
        }
        if count == 0.0 {
            return Self { low: 0.0, high: 0.0 };
        }
        let mean = sum / count;
        let deviation = (squares / count - mean * mean).max(0.0).sqrt() as f32;
        let mean = mean as f32;
        Self {
            low: low.max(mean - deviations * deviation),
            high: high.min(mean + deviations * deviation),
        }
    }

    /// The same span, made symmetric about zero for signed quantities.
    pub fn symmetric(self) -> Self {
        let reach = self.low.abs().max(self.high.abs());
        Self { low: -reach, high: reach }
    }
}

/// How large a parameter, its gradient and its last update are, as Euclidean norms.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ParameterSizes {
    /// The parameter.
    pub layer: LayerId,
    /// Norm of its values.
    #[serde(with = "crate::stream::number")]
    pub weights: f32,
    /// Norm of its gradient.
    #[serde(with = "crate::stream::number")]
    pub gradient: f32,
    /// Norm of what the optimiser adds to it at this step; 0 where no step is taken.
    #[serde(with = "crate::stream::number")]
    pub update: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_outlier_does_not_widen_the_range() {
        let mut values = vec![0.0; 999];
        values.push(1000.0);
        assert!(Range::robust(&values, 4.0).high < 150.0);
    }

    #[test]
    fn range_of_plain_values_is_their_span() {
        let range = Range::robust(&[-1.0, 0.0, 1.0, 0.5], 4.0);
        assert_eq!(range, Range { low: -1.0, high: 1.0 });
    }

    #[test]
    fn values_that_are_not_finite_are_left_out() {
        let range = Range::robust(&[f32::NAN, 1.0, f32::INFINITY, 2.0], 4.0);
        assert_eq!(range, Range { low: 1.0, high: 2.0 });
        assert_eq!(Range::robust(&[f32::NAN], 4.0), Range { low: 0.0, high: 0.0 });
    }
}
