//! Level bars under one another, such as the probabilities of ten classes: one plate, one shader.

use std::ops::Range;

use bevy::{
    prelude::*,
    render::{
        render_resource::{AsBindGroup, ShaderType},
        storage::ShaderBuffer,
    },
};

use crate::world::draw::{Material, MaterialPlugin, MeshMaterial3d};

use super::{
    ease, plate,
    upload::{Uploads, buffer_for},
};
use crate::world::ui::palette;

/// How many bars a plate can hold.
pub const MAX_BARS: usize = 100;
/// Share of its row that a bar leaves free above and below.
const GAP: f32 = 0.16;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<BarsMaterial>::default())
        .add_observer(furnish)
        .add_systems(PostUpdate, write_bars);
}

/// Bars that grow to the right, the first on top, on a plate centred on its entity, facing +z.
///
/// The public parts may be changed at any time; what is shown follows smoothly.
#[derive(Component)]
#[require(Transform, Visibility)]
pub struct Bars {
    /// The bar whose end is marked as right.
    pub truth: Option<usize>,
    /// The bar that is pointed at.
    pub pointed: Option<usize>,
    /// The bar that is chosen.
    pub chosen: Option<usize>,
    size: Vec2,
    /// Shares of the full width, 0..=1.
    values: Vec<f32>,
    shown: Vec<f32>,
}

impl Bars {
    /// Empty bars on a plate of `size` metres; those past [`MAX_BARS`] are not drawn.
    pub fn new(count: usize, size: Vec2) -> Self {
        let zeros = vec![0.0; count.min(MAX_BARS)];
        Self { truth: None, pointed: None, chosen: None, size, values: zeros.clone(), shown: zeros }
    }

    /// Width and height in metres.
    pub fn size(&self) -> Vec2 {
        self.size
    }

    /// Shows shares of the full width, 0..=1; those that are missing are 0, those that are no number are hatched.
    pub fn show(&mut self, shares: &[f32]) {
        for (i, value) in self.values.iter_mut().enumerate() {
            *value = shares.get(i).copied().unwrap_or(0.0);
        }
    }

    /// The bar at a place, in uv from the top left; the gaps between bars belong to the nearer one.
    pub fn bar_at(&self, uv: Vec2) -> Option<usize> {
        let inside = (0.0..=1.0).contains(&uv.x) && (0.0..1.0).contains(&uv.y);
        inside.then_some((uv.y * self.values.len() as f32) as usize)
    }

    /// Top and bottom of a bar, in uv.
    pub fn span_of(&self, bar: usize) -> Range<f32> {
        let row = 1.0 / self.values.len().max(1) as f32;
        (bar as f32 + GAP) * row..(bar as f32 + 1.0 - GAP) * row
    }

    /// The middle of a bar's right end as it is shown now, in uv.
    pub fn end_of(&self, bar: usize) -> Option<Vec2> {
        let share = self.shown.get(bar)?;
        let span = self.span_of(bar);
        Some(Vec2::new(share.clamp(0.0, 1.0), (span.start + span.end) / 2.0))
    }

    fn ease(&mut self, delta_secs: f32) {
        for (shown, &value) in self.shown.iter_mut().zip(&self.values) {
            *shown = ease::approach(*shown, value, delta_secs);
        }
    }
}

/// The buffer of one plate of bars; made once and never changed.
#[derive(Asset, AsBindGroup, TypePath, Clone)]
struct BarsMaterial {
    #[storage(0, read_only)]
    settings: Handle<ShaderBuffer>,
}

impl Material for BarsMaterial {
    const SHADER: &'static str = "shaders://bars.wgsl";
}

/// What `shaders/bars.wgsl` reads.
#[derive(Clone, Default, PartialEq, ShaderType)]
struct BarsSettings {
    ground: Vec4,
    groove: Vec4,
    bar: Vec4,
    pointed_colour: Vec4,
    truth_colour: Vec4,
    trouble: Vec4,
    count: u32,
    /// Index, or `u32::MAX` for none.
    truth: u32,
    pointed: u32,
    chosen: u32,
    gap: f32,
    /// Width over height of the plate.
    aspect: f32,
    /// Four bars to an element.
    values: [Vec4; MAX_BARS / 4],
    /// Bit i: bar i is no number.
    broken: UVec2,
}

#[derive(Component)]
struct BarsBuffer {
    settings: Handle<ShaderBuffer>,
    written: BarsSettings,
}

fn furnish(
    inserted: On<Insert, Bars>,
    bars: Query<&Bars>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut buffers: ResMut<Assets<ShaderBuffer>>,
    mut materials: ResMut<Assets<BarsMaterial>>,
    mut commands: Commands,
) -> Result {
    let bars = bars.get(inserted.entity)?;
    let settings = buffers.add(buffer_for(&BarsSettings::default()));
    commands.entity(inserted.entity).insert((
        Mesh3d(meshes.add(plate::plate(bars.size))),
        MeshMaterial3d(materials.add(BarsMaterial { settings: settings.clone() })),
        BarsBuffer { settings, written: BarsSettings::default() },
    ));
    Ok(())
}

fn write_bars(
    time: Res<Time>,
    mut plates: Query<(&mut Bars, &mut BarsBuffer)>,
    mut uploads: ResMut<Uploads>,
) -> Result {
    for (mut bars, mut on_card) in &mut plates {
        // Bars on their way are no news to those who wait for changed ones.
        let bars = bars.bypass_change_detection();
        bars.ease(time.delta_secs());
        let settings = settings_of(bars);
        if settings != on_card.written {
            uploads.structure(&on_card.settings, &settings)?;
            on_card.written = settings;
        }
    }
    Ok(())
}

fn settings_of(bars: &Bars) -> BarsSettings {
    let linear = |colour: Color| colour.to_linear().to_vec4();
    let index = |bar: Option<usize>| bar.map_or(u32::MAX, |bar| bar as u32);
    let mut values = [Vec4::ZERO; MAX_BARS / 4];
    let mut broken = UVec2::ZERO;
    for (i, &value) in bars.shown.iter().enumerate() {
        if value.is_finite() {
            values[i / 4][i % 4] = value.clamp(0.0, 1.0);
        } else {
            broken[i / 32] |= 1 << (i % 32);
        }
    }
    BarsSettings {
        ground: linear(palette::PLATE),
        groove: linear(palette::GRID),
        bar: linear(palette::INK_QUIET),
        pointed_colour: linear(palette::ACCENT),
        truth_colour: linear(palette::TRUTH),
        trouble: linear(palette::RED),
        count: bars.values.len() as u32,
        truth: index(bars.truth),
        pointed: index(bars.pointed),
        chosen: index(bars.chosen),
        gap: GAP,
        aspect: bars.size.x / bars.size.y,
        values,
        broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_found_where_they_lie() {
        let bars = Bars::new(10, Vec2::ONE);
        for bar in 0..10 {
            let span = bars.span_of(bar);
            assert_eq!(bars.bar_at(Vec2::new(0.5, (span.start + span.end) / 2.0)), Some(bar));
        }
        assert_eq!(bars.bar_at(Vec2::new(0.5, 1.0)), None);
        assert_eq!(bars.bar_at(Vec2::new(-0.1, 0.5)), None);
    }

    #[test]
    fn bars_grow_smoothly_and_arrive() {
        let mut bars = Bars::new(2, Vec2::ONE);
        bars.show(&[1.0, 0.25]);
        bars.ease(1.0 / 60.0);
        assert!(bars.end_of(0).is_some_and(|end| end.x > 0.1 && end.x < 0.4));
        (0..100).for_each(|_| bars.ease(1.0 / 60.0));
        assert_eq!(bars.end_of(1).map(|end| end.x), Some(0.25));
    }

    #[test]
    fn what_is_no_number_is_flagged_and_recovers() {
        let mut bars = Bars::new(2, Vec2::ONE);
        bars.show(&[f32::NAN, 0.5]);
        bars.ease(1.0);
        assert_eq!(settings_of(&bars).broken, UVec2::new(1, 0));
        bars.show(&[0.5, 0.5]);
        bars.ease(1.0);
        assert_eq!(settings_of(&bars).broken, UVec2::ZERO);
    }
}
