//! The numbers of a whole network at one step.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Content, InputChoice, LayerId, Level, Part, Payload, RunId, Step};

/// What the viewer looks at of a network at one step, for one input: units, weights and gradients.
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
    /// The layers, from the input to the output, then weights, then gradients; of a tensor that is looked at in several
    /// ways, all its parts.
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

    /// Every number of one layer, if it is here; what is only part of it does not count.
    pub fn layer(&self, id: LayerId) -> Option<&LayerValues> {
        self.parts(id).find(|layer| layer.part.is_none())
    }

    /// All that is here of one tensor.
    pub fn parts(&self, id: LayerId) -> impl Iterator<Item = &LayerValues> {
        self.layers.iter().filter(move |layer| layer.layer == id)
    }

    /// The memory its numbers take, in bytes.
    pub fn bytes(&self) -> usize {
        let layers: usize = self.layers.iter().map(LayerValues::bytes).sum();
        let answer = self.answer.as_ref().map_or(0, Payload::bytes);
        layers + answer + size_of::<Self>()
    }
}

/// The numbers of one layer, parameter or gradient.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(try_from = "Unchecked")]
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
    /// Which part of its tensor it is; `None` is every number of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<Arc<Part>>,
}

/// Numbers of a tensor as they come from outside.
#[derive(Deserialize)]
struct Unchecked {
    layer: LayerId,
    shape: Shape,
    #[serde(with = "crate::stream::array")]
    values: Arc<[f32]>,
    range: Range,
    #[serde(default)]
    part: Option<Arc<Part>>,
}

impl TryFrom<Unchecked> for LayerValues {
    type Error = String;

    fn try_from(
        Unchecked { layer, shape, values, range, part }: Unchecked,
    ) -> Result<Self, String> {
        let name = layer.name();
        let len = |shape: Shape| shape.maps.checked_mul(shape.rows)?.checked_mul(shape.columns);
        if len(shape) != Some(values.len()) {
            return Err(say!(
                "stream-layer-numbers-are-not",
                name,
                values_count = values.len(),
                shape
            ));
        }
        if let Some(part) = &part {
            let cells = part.level.cells(part.slice.within(part.of).shape());
            let fine = part.level == Level::FINEST;
            if len(part.of).is_none() || part.level > Level::COARSEST || cells != shape {
                return Err(say!("stream-layer-cells-are-not-the", name, shape));
            }
            if part.peaks.len() != if fine { 0 } else { values.len() } {
                return Err(say!(
                    "stream-layer-peaks-for-cells",
                    name,
                    peaks_count = part.peaks.len(),
                    values_count = values.len()
                ));
            }
        }
        Ok(Self { layer, shape, values, range, part })
    }
}

impl LayerValues {
    /// Every number of a tensor.
    pub fn whole(layer: LayerId, shape: Shape, span: Span, values: Arc<[f32]>) -> Self {
        let mut spread = Spread::default();
        spread.add(&values);
        Self { layer, shape, range: span.range(&spread), values, part: None }
    }

    /// The memory its numbers take, in bytes.
    pub fn bytes(&self) -> usize {
        let peaks = self.part.as_ref().map_or(0, |part| part.peaks.len());
        (self.values.len() + peaks) * size_of::<f32>()
    }
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

impl std::fmt::Display for Shape {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} × {} × {}", self.maps, self.rows, self.columns)
    }
}

the_same_in_every_language!(Shape);

/// A span of values, robust against single outliers.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Range {
    /// Smallest value worth its own colour.
    pub low: f32,
    /// Largest value worth its own colour.
    pub high: f32,
}

impl Range {
    /// Standard deviations that colours cover, so that one outlier cannot darken all others.
    pub const DEVIATIONS: f32 = 4.0;

    /// Spans the finite values within `deviations` standard deviations of their mean, at most from the
    /// smallest to the largest, so that one outlier cannot darken all others. No finite value: 0 to 0.
    pub fn robust(values: &[f32], deviations: f32) -> Self {
        let mut spread = Spread::default();
        spread.add(values);
        spread.range(deviations)
    }

    /// Whether a value has its own colour.
    pub fn holds(self, value: f32) -> bool {
        (self.low..=self.high).contains(&value)
    }

    /// The same span, made symmetric about zero for signed quantities.
    pub fn symmetric(self) -> Self {
        let reach = self.low.abs().max(self.high.abs());
        Self { low: -reach, high: reach }
    }
}

/// How the range of a layer's colours is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Always 0 to 1.
    Unit,
    /// From zero up.
    FromZero,
    /// Symmetric about zero.
    Signed,
}

impl Span {
    /// The range for values that are spread so.
    pub(super) fn range(self, spread: &Spread) -> Range {
        match self {
            Self::Unit => Range { low: 0.0, high: 1.0 },
            Self::FromZero => Range { low: 0.0, ..spread.range(Range::DEVIATIONS) },
            Self::Signed => spread.range(Range::DEVIATIONS).symmetric(),
        }
    }
}

/// How finite values are spread, gathered block by block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spread {
    low: f32,
    high: f32,
    sum: f64,
    squares: f64,
    count: f64,
}

impl Default for Spread {
    fn default() -> Self {
        Self { low: f32::INFINITY, high: f32::NEG_INFINITY, sum: 0.0, squares: 0.0, count: 0.0 }
    }
}

impl Spread {
    pub(super) fn add(&mut self, values: &[f32]) {
        // Eight sums side by side fill the processor's lanes; short blocks keep f32 sums exact enough.
        const LANES: usize = 8;
        const BLOCK: usize = 256 * LANES;
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
            self.low = lows.into_iter().fold(self.low, f32::min);
            self.high = highs.into_iter().fold(self.high, f32::max);
            self.sum += sums.into_iter().map(f64::from).sum::<f64>();
            self.squares += square_sums.into_iter().map(f64::from).sum::<f64>();
            self.count += counts.into_iter().map(f64::from).sum::<f64>();
        }
    }

    fn range(&self, deviations: f32) -> Range {
        if self.count == 0.0 {
            return Range { low: 0.0, high: 0.0 };
        }
        let mean = self.sum / self.count;
        let deviation = (self.squares / self.count - mean * mean).max(0.0).sqrt() as f32;
        let mean = mean as f32;
        Range {
            low: self.low.max(mean - deviations * deviation),
            high: self.high.min(mean + deviations * deviation),
        }
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
