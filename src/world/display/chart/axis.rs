//! One axis of a chart: what it spans, eased, and how values lie on it.

use super::{
    super::ease,
    ticks::{decade_ticks, nice_ticks},
};

/// What an axis spans.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AxisSpan {
    /// Always the same.
    Fixed {
        /// Value at the left or lower end.
        low: f64,
        /// Value at the right or upper end.
        high: f64,
    },
    /// From 0 (on a logarithmic axis: from the least value) to the greatest value, with a little air.
    Growing,
}

/// How values lie on an axis.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scale {
    /// In proportion.
    #[default]
    Linear,
    /// By their logarithm; values must be positive.
    Logarithmic,
}

/// One axis; `low` and `high` follow what they should span.
#[derive(Clone, Copy, Debug)]
pub struct ChartAxis {
    /// What it should span.
    pub span: AxisSpan,
    /// How values lie on it.
    pub scale: Scale,
    /// Room for this many ticks.
    pub max_ticks: usize,
    /// Ends shown now, on the scale of the axis.
    low: f32,
    high: f32,
    shown_scale: Scale,
    /// Ends aimed at, as values.
    aim: (f64, f64),
}

impl ChartAxis {
    /// An axis in proportion.
    pub const fn new(span: AxisSpan) -> Self {
        Self {
            span,
            scale: Scale::Linear,
            max_ticks: 6,
            low: f32::NAN,
            high: f32::NAN,
            shown_scale: Scale::Linear,
            aim: (0.0, 1.0),
        }
    }

    /// The ends that the axis is at or on its way to.
    pub fn ends(&self) -> (f64, f64) {
        self.aim
    }

    /// Round values to be labelled.
    pub fn ticks(&self) -> Vec<f64> {
        let (low, high) = self.aim;
        match self.scale {
            Scale::Linear => nice_ticks(low, high, self.max_ticks),
            Scale::Logarithmic => decade_ticks(low, high, self.max_ticks),
        }
    }

    /// Where a value lies now, 0..=1 from one end to the other, beyond them if it is out of sight.
    pub fn place_of(&self, value: f64) -> f32 {
        (self.on_scale(value) - self.low) / (self.high - self.low)
    }

    /// The value at a place.
    pub fn value_at(&self, place: f32) -> f64 {
        let on_scale = f64::from(self.low + (self.high - self.low) * place);
        match self.scale {
            Scale::Linear => on_scale,
            Scale::Logarithmic => 10.0_f64.powf(on_scale),
        }
    }

    /// The ends shown now, on the scale of the axis.
    pub(super) fn shown(&self) -> (f32, f32) {
        (self.low, self.high)
    }

    /// A value on the scale of the axis.
    pub(super) fn on_scale(&self, value: f64) -> f32 {
        match self.scale {
            Scale::Linear => value as f32,
            // Nothing that is shown is smaller; zero and below lie far out of sight.
            Scale::Logarithmic => value.max(1e-30).log10() as f32,
        }
    }

    /// Aims at the extent of the data, if the axis follows it.
    pub(super) fn aim(&mut self, extent: Option<(f64, f64)>) {
        /// Air above the greatest value, as a share of the span.
        const AIR: f64 = 0.06;
        self.aim = match (self.span, self.scale, extent) {
            (AxisSpan::Fixed { low, high }, ..) if high > low => (low, high),
            (AxisSpan::Growing, Scale::Linear, Some((low, high))) if high > low.min(0.0) => {
                let low = low.min(0.0);
                (low, high + AIR * (high - low))
            }
            (AxisSpan::Growing, Scale::Logarithmic, Some((low, high))) if high > 0.0 => {
                // A value of zero has no place; six decades below the greatest are enough.
                let low = low.max(high * 1e-6) * 0.9;
                (low, (high * 1.1).max(low * 10.0))
            }
            (_, Scale::Linear, _) => (0.0, 1.0),
            (_, Scale::Logarithmic, _) => (0.1, 1.0),
        };
    }

    /// Lets the shown ends follow.
    pub(super) fn ease(&mut self, delta_secs: f32) {
        if self.shown_scale != self.scale {
            // The old ends mean nothing on another scale.
            self.shown_scale = self.scale;
            (self.low, self.high) = (f32::NAN, f32::NAN);
        }
        self.low = ease::approach(self.low, self.on_scale(self.aim.0), delta_secs);
        self.high = ease::approach(self.high, self.on_scale(self.aim.1), delta_secs);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn axis(span: AxisSpan, scale: Scale, extent: Option<(f64, f64)>) -> ChartAxis {
        let mut axis = ChartAxis { scale, ..ChartAxis::new(span) };
        axis.aim(extent);
        axis.ease(0.0);
        axis
    }

    #[test]
    fn places_and_values_are_inverse() {
        for (scale, value) in
            [(Scale::Linear, 0.7), (Scale::Logarithmic, 0.7), (Scale::Logarithmic, 0.03)]
        {
            let axis = axis(AxisSpan::Growing, scale, Some((0.02, 2.3)));
            let place = axis.place_of(value);
            assert!((0.0..1.0).contains(&place));
            assert!((axis.value_at(place) / value - 1.0).abs() < 1e-4);
        }
    }

    #[test]
    fn growing_axis_holds_its_data_and_zero() {
        let (low, high) = axis(AxisSpan::Growing, Scale::Linear, Some((0.4, 2.3))).ends();
        assert!(low == 0.0 && high > 2.3 && high < 2.6);
    }

    #[test]
    fn axis_without_data_still_has_ends() {
        for scale in [Scale::Linear, Scale::Logarithmic] {
            let axis = axis(AxisSpan::Growing, scale, None);
            assert!(axis.place_of(0.5).is_finite());
            assert!(!axis.ticks().is_empty());
        }
    }

    #[test]
    fn growing_never_jumps() {
        let mut axis = axis(AxisSpan::Growing, Scale::Linear, Some((0.0, 1.0)));
        axis.aim(Some((0.0, 10.0)));
        axis.ease(1.0 / 60.0);
        assert!(axis.shown().1 < 4.0);
    }
}
