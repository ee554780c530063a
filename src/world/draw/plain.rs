//! Plain things: one colour, glowing by itself or under the hall's light.

use bevy::{
    prelude::*,
    render::render_resource::{AsBindGroup, AsBindGroupShaderType, Face, ShaderType},
    render::{render_asset::RenderAssets, texture::GpuImage},
};

use super::{
    collect::MaterialPlugin,
    material::{Material, Opacity},
};

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<PlainMaterial>::default());
}

/// One colour, times that of the vertices where they have one.
#[derive(Asset, TypePath, AsBindGroup, Clone, Debug, PartialEq)]
#[uniform(0, PlainSettings)]
pub struct PlainMaterial {
    pub colour: Color,
    /// Whether the hall's light falls on it; else it is as bright as its colour.
    pub lit: bool,
    /// How bright it is by itself besides the light, as a share of its colour.
    pub glow: f32,
    pub opacity: Opacity,
    pub ahead_m: f32,
    /// Whether both sides of its triangles are seen.
    pub both_sides: bool,
}

impl Default for PlainMaterial {
    fn default() -> Self {
        Self {
            colour: Color::default(),
            lit: false,
            glow: 0.0,
            opacity: Opacity::Opaque,
            ahead_m: 0.0,
            both_sides: false,
        }
    }
}

/// As `shaders/plain.wgsl` reads it.
#[derive(ShaderType)]
struct PlainSettings {
    colour: Vec4,
    /// 1 where the light falls on it, then the glow.
    light: Vec2,
}

impl AsBindGroupShaderType<PlainSettings> for PlainMaterial {
    fn as_bind_group_shader_type(&self, _: &RenderAssets<GpuImage>) -> PlainSettings {
        PlainSettings {
            colour: self.colour.to_linear().to_vec4(),
            light: vec2(f32::from(u8::from(self.lit)), self.glow),
        }
    }
}

impl Material for PlainMaterial {
    const SHADER: &'static str = "shaders://plain.wgsl";

    fn opacity(&self) -> Opacity {
        self.opacity
    }

    fn ahead_m(&self) -> f32 {
        self.ahead_m
    }

    fn cull(&self) -> Option<Face> {
        (!self.both_sides).then_some(Face::Back)
    }
}
