//! The shader of a field and the numbers that steer it, laid out as `shaders/field.wgsl` reads them.

use bevy::{
    prelude::*,
    render::{
        render_resource::{AsBindGroup, Face, ShaderType},
        storage::ShaderBuffer,
    },
};

use crate::world::draw::{Material, MaterialPlugin, Opacity};

/// How many outlines a field can carry at once.
pub const MAX_MARKS: usize = 8;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<FieldMaterial>::default());
}

/// Buffers and colours of one field; made once and never changed.
#[derive(Asset, AsBindGroup, TypePath, Clone)]
pub(super) struct FieldMaterial {
    #[storage(0, read_only)]
    pub(super) settings: Handle<ShaderBuffer>,
    #[storage(1, read_only)]
    pub(super) values: Handle<ShaderBuffer>,
    #[texture(2)]
    pub(super) colours: Handle<Image>,
}

impl Material for FieldMaterial {
    const SHADER: &'static str = "shaders://field.wgsl";
    const OWN_VERTICES: bool = true;

    fn opacity(&self) -> Opacity {
        Opacity::Coverage
    }

    fn cull(&self) -> Option<Face> {
        // The far faces cover each pixel of the box once, also for an eye that is inside it.
        Some(Face::Front)
    }
}

/// What the shader needs to know beside the values.
#[derive(Clone, Default, PartialEq, ShaderType)]
pub(super) struct FieldSettings {
    /// Width and height of the plate in metres.
    pub(super) size: Vec2,
    /// Width and height of the plate in cells.
    pub(super) cells: UVec2,
    /// Columns and rows of a map.
    pub(super) map_cells: UVec2,
    /// Cells from one map to the next.
    pub(super) pitch: UVec2,
    /// Cells left free around everything.
    pub(super) margin: u32,
    pub(super) maps: u32,
    pub(super) maps_per_row: u32,
    /// Index of the first value laid out.
    pub(super) first: u32,
    /// How many values there are in all.
    pub(super) count: u32,
    /// Row of the colour table.
    pub(super) colours: u32,
    pub(super) signed: u32,
    /// 0 linear, 1 square root, 2 logarithmic.
    pub(super) scale: u32,
    /// Height in cells of the highest cell.
    pub(super) relief: f32,
    /// How much is dimmed that is out of the light, 0..=1.
    pub(super) dimmed: f32,
    /// The map in the spotlight and the one before.
    pub(super) lit_maps: UVec2,
    /// How much each of them is lit, 0..=1.
    pub(super) lit: Vec2,
    pub(super) mark_count: u32,
    /// Whether thin lines part the cells.
    pub(super) hairlines: u32,
    /// Whether the values are red, green and blue of each map.
    pub(super) picture: u32,
    /// What lies between maps; without alpha there is nothing.
    pub(super) plate: Vec4,
    /// The colour of numbers that are none.
    pub(super) trouble: Vec4,
    pub(super) marks: [MarkSettings; MAX_MARKS],
    /// Low and high end of the colours, for each map or for all.
    #[shader(size(runtime))]
    pub(super) ranges: Vec<Vec2>,
}

/// One outline.
#[derive(Clone, Copy, Default, PartialEq, ShaderType)]
pub(super) struct MarkSettings {
    /// Smaller and larger corner, in cells.
    pub(super) rect: Vec4,
    pub(super) colour: Vec4,
    pub(super) width_px: f32,
}
