//! The shader of a cloud and the numbers that steer it, laid out as `shaders/cloud.wgsl` reads them.

use bevy::{
    prelude::*,
    render::{
        render_resource::{AsBindGroup, Face, ShaderType},
        storage::ShaderBuffer,
    },
};

use crate::world::draw::{Material, MaterialPlugin, Opacity};

/// How many colours the points of a cloud can have.
pub const MAX_CLOUD_COLOURS: usize = 16;

/// What hangs before a panel is drawn after it, though its middle may be a little further away.
const NEAR_M: f32 = 0.3;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<CloudMaterial>::default());
}

/// Buffers of one cloud; made anew only when there is no room for more points.
#[derive(Asset, AsBindGroup, TypePath, Clone)]
pub(super) struct CloudMaterial {
    #[storage(0, read_only)]
    pub(super) settings: Handle<ShaderBuffer>,
    #[storage(1, read_only)]
    pub(super) places: Handle<ShaderBuffer>,
    #[storage(2, read_only)]
    pub(super) looks: Handle<ShaderBuffer>,
    #[storage(3, read_only)]
    pub(super) pictures: Handle<ShaderBuffer>,
    /// Whether it hangs before a panel.
    pub(super) near: bool,
}

impl Material for CloudMaterial {
    const SHADER: &'static str = "shaders://cloud.wgsl";
    const OWN_VERTICES: bool = true;

    fn opacity(&self) -> Opacity {
        Opacity::Premultiplied
    }

    fn ahead_m(&self) -> f32 {
        // Stars are behind all words and panels, wherever the middle of the cloud is.
        if self.near { NEAR_M } else { -1000.0 }
    }

    fn cull(&self) -> Option<Face> {
        // An exhibit may be mirrored, a disc is seen from both sides.
        None
    }
}

/// What the shader needs to know beside places and looks.
#[derive(Clone, Default, PartialEq, ShaderType)]
pub(super) struct CloudSettings {
    pub(super) colours: [Vec4; MAX_CLOUD_COLOURS],
    /// The colour of rings.
    pub(super) ring: Vec4,
    pub(super) count: u32,
    /// The pointed and the chosen point; `u32::MAX` is none.
    pub(super) pointed: u32,
    pub(super) chosen: u32,
    /// Radius of the largest point, in metres.
    pub(super) largest: f32,
    /// How much is left of the way to the new places and looks, 0..=1.
    pub(super) places_left: f32,
    pub(super) looks_left: f32,
    /// How bright all of it is.
    pub(super) strength: f32,
    /// Rows and columns of a picture, and the point that has the first.
    pub(super) picture_rows: u32,
    pub(super) picture_columns: u32,
    pub(super) picture_first: u32,
}
