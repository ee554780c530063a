//! The look of floor and dome: what their one shader is told.

use bevy::{
    prelude::*,
    reflect::TypePath,
    render::{
        render_asset::RenderAssets,
        render_resource::{AsBindGroup, AsBindGroupShaderType, ShaderType},
        texture::GpuImage,
    },
};

use super::plan::FLOOR_RADIUS_M;
use crate::world::{
    draw::Material,
    ui::{contrast::Contrast, palette},
};

/// So many footprints cast light and shadow; of more, the first.
pub(super) const SHADES: usize = 12;
/// Directions around the horizon in which there can be a star: at most one for each of so many parts of the run.
pub(super) const STARS: usize = 512;

/// A footprint on the floor as `shaders/hall.wgsl` reads it.
#[derive(Clone, Copy, Debug, Default, PartialEq, ShaderType)]
pub(super) struct Shade {
    /// Where its origin is (x, z), and the cosine and sine of its turn to the left.
    pub place: Vec4,
    /// Half its width and depth, then 0; of an arc its radius, half its depth, and the cosine and sine of its half angle.
    pub shape: Vec4,
    /// Light, its reach, shadow, its reach.
    pub look: Vec4,
}

/// The look of floor and dome, which is written anew when something on the floor moves or a star comes.
#[derive(Resource)]
pub(super) struct HallLook(pub Handle<HallMaterial>);

/// The one material of floor and dome; the shader tells them apart by their normal.
#[derive(Asset, TypePath, AsBindGroup, Clone, Debug)]
#[uniform(0, HallSettings)]
pub(super) struct HallMaterial {
    /// How much of the hall's own light is there, 0..=1.
    pub light: f32,
    /// What stands or hangs over the floor; those past [`SHADES`] cast nothing.
    pub shades: Vec<Shade>,
    /// Height of the star in each direction, in radians; below 0 there is none.
    pub stars: [Vec4; STARS / 4],
    /// How dark its grounds and how bright its grid are.
    pub contrast: Contrast,
}

/// As `shaders/hall.wgsl` reads it.
#[derive(ShaderType)]
struct HallSettings {
    zenith: Vec4,
    night: Vec4,
    horizon: Vec4,
    floor: Vec4,
    grid: Vec4,
    pool: Vec4,
    star: Vec4,
    /// Radius of the floor in metres, how many shades there are, and how much light.
    measures: Vec4,
    shades: [Shade; SHADES],
    stars: [Vec4; STARS / 4],
}

impl AsBindGroupShaderType<HallSettings> for HallMaterial {
    fn as_bind_group_shader_type(&self, _: &RenderAssets<GpuImage>) -> HallSettings {
        let linear = |colour: Color| self.contrast.of(colour).to_linear().to_vec4();
        let mut shades = [Shade::default(); SHADES];
        shades.iter_mut().zip(&self.shades).for_each(|(to, from)| *to = *from);
        let count = self.shades.len().min(SHADES) as f32;
        HallSettings {
            zenith: linear(palette::ZENITH),
            night: linear(palette::NIGHT),
            horizon: linear(palette::HORIZON),
            floor: linear(palette::FLOOR),
            grid: linear(palette::GRID),
            pool: linear(palette::POOL),
            star: linear(palette::TRAIN),
            measures: vec4(FLOOR_RADIUS_M, count, self.light, 0.0),
            shades,
            stars: self.stars,
        }
    }
}

impl Default for HallMaterial {
    /// All of the light, an empty floor, and no star.
    fn default() -> Self {
        Self {
            light: 1.0,
            shades: Vec::new(),
            stars: [Vec4::NEG_ONE; STARS / 4],
            contrast: Contrast::Usual,
        }
    }
}

/// The hall itself takes the colours that the visitor chose.
pub(super) fn take_contrast(
    contrast: Res<Contrast>,
    look: Option<Res<HallLook>>,
    mut materials: ResMut<Assets<HallMaterial>>,
) {
    let Some(look) = look else {
        return;
    };
    if materials.get(&look.0).is_some_and(|hall| hall.contrast != *contrast)
        && let Some(mut hall) = materials.get_mut(&look.0)
    {
        hall.contrast = *contrast;
    }
}

impl Material for HallMaterial {
    const SHADER: &'static str = "shaders://hall.wgsl";

    fn behind_all(&self) -> bool {
        true
    }
}
