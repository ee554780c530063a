//! A slider's value within its range, and where along the line it lies.

use std::ops::RangeInclusive;

use bevy::prelude::*;

use crate::world::ui::lettering::Lettering;

/// How a slider is to be made.
#[derive(Clone, Debug)]
pub struct SliderPlan {
    pub name: &'static str,
    pub label: Lettering,
    pub range: RangeInclusive<f32>,
    pub value: f32,
    pub scale: Scale,
    /// Writes a value, with its unit.
    pub show: fn(f32) -> String,
}

/// How values lie along the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Evenly, in steps from the start of the range.
    Linear { step: f32 },
    /// Evenly by factor, with two significant digits; the range must be positive.
    Log,
}

/// What a slider says; write `value` or `range` to move it from elsewhere, best not while it [is held](Self::is_held).
#[derive(Component, Clone, Debug)]
pub struct Slider {
    pub value: f32,
    pub range: RangeInclusive<f32>,
    pub scale: Scale,
    pub show: fn(f32) -> String,
    pub(super) held: bool,
}

/// A value of a slider that is marked with a line across its rail, such as a limit; `None` marks none.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct SliderMark(pub Option<f32>);

impl Slider {
    /// Whether a visitor is dragging it now.
    pub fn is_held(&self) -> bool {
        self.held
    }

    /// How far along the line the value lies, from 0 to 1.
    pub(super) fn place(&self) -> f32 {
        self.place_of(self.value)
    }

    /// How far along the line a value lies, from 0 to 1; one beyond an end lies there.
    pub fn place_of(&self, value: f32) -> f32 {
        let (start, end) = (*self.range.start(), *self.range.end());
        let place = match self.scale {
            Scale::Linear { .. } => (value - start) / (end - start),
            Scale::Log => (value / start).ln() / (end / start).ln(),
        };
        // An empty range, such as a timeline before the first step, has its thumb at the start.
        if place.is_finite() { place.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The value at a place along the line, from 0 to 1.
    pub(super) fn value_at(&self, place: f32) -> f32 {
        let (start, end) = (*self.range.start(), *self.range.end());
        let value = match self.scale {
            Scale::Linear { step } if step > 0.0 => {
                start + ((end - start) * place / step).round() * step
            }
            Scale::Linear { .. } => start + (end - start) * place,
            Scale::Log => two_digits(start * (end / start).powf(place)),
        };
        // Rounding must not lead past the ends; a plain `clamp` would panic on an empty range of NaNs.
        value.max(start).min(end)
    }
}

fn two_digits(value: f32) -> f32 {
    let value = f64::from(value);
    let unit = 10f64.powi(value.abs().log10().floor() as i32 - 1);
    let rounded = (value / unit).round() * unit;
    if rounded.is_finite() { rounded as f32 } else { value as f32 }
}
