//! Thin lines in the air, such as from a unit to what it sees: one entity, ribbons that face every eye.

use bevy::{
    camera::visibility::NoFrustumCulling,
    prelude::*,
    render::{
        render_resource::{AsBindGroup, Face, ShaderType},
        storage::ShaderBuffer,
    },
};

use crate::world::draw::{Material, MaterialPlugin, MeshMaterial3d, Opacity};

use super::{
    plate::quads,
    upload::{Uploads, buffer_for},
};
use crate::world::ui::palette;

/// The corners of a line: how far along, and on which side.
const RIBBON: [[f32; 2]; 4] = [[0.0, -1.0], [1.0, -1.0], [1.0, 1.0], [0.0, 1.0]];

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<WiresMaterial>::default())
        .add_observer(furnish)
        .add_systems(PostUpdate, write_wires);
}

/// Lines from point to point, in metres of the entity's own space.
#[derive(Component)]
#[require(Transform, Visibility)]
pub struct Wires {
    /// Colour of a line of strength 1 or more; weaker ones are fainter.
    pub colour: Color,
    /// Width in metres.
    pub width: f32,
    capacity: usize,
    lines: Vec<(Vec3, Vec3, f32)>,
}

impl Wires {
    /// Room for at most `capacity` lines, none of them there yet.
    pub fn new(capacity: usize) -> Self {
        Self { colour: palette::INK, width: 0.002, capacity: capacity.max(1), lines: Vec::new() }
    }

    /// Draws these lines and no others: from, to, and strength 0..=1. Those past the capacity are left out.
    pub fn set(&mut self, lines: &[(Vec3, Vec3, f32)]) {
        self.lines.clear();
        self.lines.extend_from_slice(&lines[..lines.len().min(self.capacity)]);
    }

    /// Draws none.
    pub fn clear(&mut self) {
        self.lines.clear();
    }

    /// The lines that are drawn.
    pub fn lines(&self) -> &[(Vec3, Vec3, f32)] {
        &self.lines
    }
}

/// The buffer of one bundle of wires; made once and never changed.
#[derive(Asset, AsBindGroup, TypePath, Clone)]
struct WiresMaterial {
    #[storage(0, read_only)]
    settings: Handle<ShaderBuffer>,
}

impl Material for WiresMaterial {
    const SHADER: &'static str = "shaders://wires.wgsl";
    const OWN_VERTICES: bool = true;

    fn opacity(&self) -> Opacity {
        Opacity::Blend
    }

    fn ahead_m(&self) -> f32 {
        // Wires hang before the things they join, but their middle may be further away.
        1000.0
    }

    fn cull(&self) -> Option<Face> {
        // Which way round a ribbon turns depends on where its ends are.
        None
    }
}

/// What `shaders/wires.wgsl` reads.
#[derive(Clone, PartialEq, ShaderType)]
struct WiresSettings {
    colour: Vec4,
    width: f32,
    count: u32,
    #[shader(size(runtime))]
    lines: Vec<LineSettings>,
}

#[derive(Clone, Copy, Default, PartialEq, ShaderType)]
struct LineSettings {
    from: Vec3,
    strength: f32,
    to: Vec3,
}

#[derive(Component)]
struct WiresBuffer {
    settings: Handle<ShaderBuffer>,
    written: Option<WiresSettings>,
}

fn furnish(
    inserted: On<Insert, Wires>,
    wires: Query<&Wires>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut buffers: ResMut<Assets<ShaderBuffer>>,
    mut materials: ResMut<Assets<WiresMaterial>>,
    mut commands: Commands,
) -> Result {
    let wires = wires.get(inserted.entity)?;
    let settings = buffers.add(buffer_for(&settings_of(wires)));
    commands.entity(inserted.entity).insert((
        // The mesh says nothing of where the lines are.
        NoFrustumCulling,
        Mesh3d(meshes.add(quads(wires.capacity, RIBBON))),
        MeshMaterial3d(materials.add(WiresMaterial { settings: settings.clone() })),
        WiresBuffer { settings, written: None },
    ));
    Ok(())
}

fn write_wires(
    mut bundles: Query<(&Wires, &mut WiresBuffer), Changed<Wires>>,
    mut uploads: ResMut<Uploads>,
) -> Result {
    for (wires, mut on_card) in &mut bundles {
        let settings = settings_of(wires);
        if on_card.written.as_ref() != Some(&settings) {
            uploads.structure(&on_card.settings, &settings)?;
            on_card.written = Some(settings);
        }
    }
    Ok(())
}

fn settings_of(wires: &Wires) -> WiresSettings {
    let mut lines: Vec<LineSettings> = wires
        .lines
        .iter()
        .map(|&(from, to, strength)| LineSettings { from, strength, to })
        .collect();
    // The buffer never changes size.
    lines.resize(wires.capacity, LineSettings::default());
    WiresSettings {
        colour: wires.colour.to_linear().to_vec4(),
        width: wires.width,
        count: wires.lines.len() as u32,
        lines,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn buffer_keeps_its_size_whatever_is_drawn() {
        let mut wires = Wires::new(3);
        let empty = settings_of(&wires).size();
        wires.set(&[(Vec3::ZERO, Vec3::X, 1.0); 5]);
        assert_eq!(wires.lines().len(), 3);
        assert_eq!(settings_of(&wires).count, 3);
        assert_eq!(settings_of(&wires).size(), empty);
    }
}
