//! Curves over training steps: one plate, one shader, a fixed number of columns however long the run.

mod axis;
mod bins;
mod material;
mod ticks;
mod write;

use bevy::prelude::*;

use crate::world::ui::written_again::WrittenAgain as _;
use bins::Bins;

pub use axis::{AxisSpan, ChartAxis, Scale};
pub use ticks::{decade_ticks, nice_ticks};

/// How many curves a chart can hold.
pub const MAX_SERIES: usize = 5;

pub(super) fn plugin(app: &mut App) {
    app.written_again::<Chart>();
    material::plugin(app);
    write::plugin(app);
}

/// Curves on a plate, centred on its entity, facing +z; local x is the step, y the value.
#[derive(Component)]
#[require(Transform, Visibility)]
pub struct Chart {
    /// The axis of steps.
    pub x: ChartAxis,
    /// The axis of values.
    pub y: ChartAxis,
    /// The step that the room shows, as an upright line.
    pub shown_step: Option<f64>,
    /// The step that is pointed at, as a fainter line.
    pub pointed_step: Option<f64>,
    size: Vec2,
    series: Vec<Series>,
    /// Counts what has changed in the curves.
    changes: u64,
}

/// How a curve is drawn.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SeriesStyle {
    /// Its colour.
    pub colour: Color,
    /// Width of the line in pixels.
    pub width_px: f32,
    /// Whether each value gets a dot, as for few values far apart.
    pub dots: bool,
}

impl SeriesStyle {
    /// A line.
    pub const fn line(colour: Color) -> Self {
        Self { colour, width_px: 2.0, dots: false }
    }

    /// A line with a dot at each value.
    pub const fn dotted(colour: Color) -> Self {
        Self { colour, width_px: 2.0, dots: true }
    }
}

struct Series {
    style: SeriesStyle,
    bins: Bins,
}

impl Chart {
    /// An empty chart of `size` metres.
    pub fn new(size: Vec2, x: ChartAxis, y: ChartAxis) -> Self {
        Self { x, y, shown_step: None, pointed_step: None, size, series: Vec::new(), changes: 0 }
    }

    /// The same chart with one curve more; those past [`MAX_SERIES`] are not drawn.
    pub fn with_series(mut self, style: SeriesStyle) -> Self {
        self.series.push(Series { style, bins: Bins::default() });
        self
    }

    /// Width and height in metres.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Adds a value to a curve, by the order in which curves were added.
    pub fn push(&mut self, series: usize, step: u64, value: f32) {
        if let Some(series) = self.series.get_mut(series) {
            series.bins.push(step, value);
            self.changes += 1;
        }
    }

    /// Empties all curves, for another run.
    pub fn clear(&mut self) {
        for series in &mut self.series {
            series.bins = Bins::default();
        }
        self.changes += 1;
    }

    /// How many steps share one point of a curve, so that it can be said.
    pub fn steps_per_point(&self, series: usize) -> u64 {
        self.series.get(series).map_or(1, |series| series.bins.steps_per_column())
    }

    /// The point of a curve nearest to a step: its step and mean value.
    pub fn nearest(&self, series: usize, step: f64) -> Option<(f64, f32)> {
        let column = self.series.get(series)?.bins.nearest(step)?;
        (!column.broken).then_some((column.step, column.mean))
    }

    /// Where a value at a step lies now, in uv from the top left; beyond 0..=1 it is out of sight.
    pub fn uv_of(&self, step: f64, value: f64) -> Vec2 {
        Vec2::new(self.x.place_of(step), 1.0 - self.y.place_of(value))
    }

    /// The step at a place.
    pub fn step_at(&self, uv: Vec2) -> f64 {
        self.x.value_at(uv.x)
    }

    /// The value at a place.
    pub fn value_at(&self, uv: Vec2) -> f64 {
        self.y.value_at(1.0 - uv.y)
    }
}
