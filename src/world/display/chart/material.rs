//! The shader of a chart and the numbers that steer it, laid out as `shaders/chart.wgsl` reads them.

use bevy::{
    prelude::*,
    render::{
        render_resource::{AsBindGroup, ShaderType},
        storage::ShaderBuffer,
    },
};

use crate::world::draw::{Material, MaterialPlugin};

use super::MAX_SERIES;

/// Grid lines that an axis can have.
pub(super) const MAX_TICKS: usize = 12;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<ChartMaterial>::default());
}

/// Buffers of one chart; made once and never changed.
#[derive(Asset, AsBindGroup, TypePath, Clone)]
pub(super) struct ChartMaterial {
    #[storage(0, read_only)]
    pub(super) settings: Handle<ShaderBuffer>,
    #[storage(1, read_only)]
    pub(super) points: Handle<ShaderBuffer>,
}

impl Material for ChartMaterial {
    const SHADER: &'static str = "shaders://chart.wgsl";
}

/// What the shader needs to know beside the points.
#[derive(Clone, Default, PartialEq, ShaderType)]
pub(super) struct ChartSettings {
    /// Ends of both axes on their scales: x low, x high, y low, y high.
    pub(super) ends: Vec4,
    pub(super) ground: Vec4,
    pub(super) grid: Vec4,
    pub(super) trouble: Vec4,
    pub(super) shown_colour: Vec4,
    pub(super) pointed_colour: Vec4,
    /// Steps of the upright lines; NaN would be lost on the way, so the flags say which exist.
    pub(super) shown_step: f32,
    pub(super) pointed_step: f32,
    /// 1 for the shown step, 2 for the one pointed at.
    pub(super) lines: u32,
    pub(super) series_count: u32,
    pub(super) x_tick_count: u32,
    pub(super) y_tick_count: u32,
    pub(super) series: [SeriesSettings; MAX_SERIES],
    /// Grid lines on the scales of the axes: x in the first, y in the second component.
    pub(super) ticks: [Vec4; MAX_TICKS],
}

/// One curve.
#[derive(Clone, Copy, Default, PartialEq, ShaderType)]
pub(super) struct SeriesSettings {
    pub(super) colour: Vec4,
    /// Its points in the buffer, sorted by step.
    pub(super) first: u32,
    pub(super) count: u32,
    pub(super) width_px: f32,
    pub(super) dots: u32,
}
