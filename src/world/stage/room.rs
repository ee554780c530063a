//! Floor, walls and light: dark, still, and the same from every side.

use bevy::{prelude::*, reflect::TypePath, render::render_resource::AsBindGroup};

use crate::world::draw::{Material, MaterialPlugin, MeshMaterial3d};

use super::plan::{FLOOR_RADIUS_M, WALL_HEIGHT_M};
use crate::world::ui::palette;

pub(super) fn plugin(app: &mut App) {
    app.add_plugins(MaterialPlugin::<HallMaterial>::default()).add_systems(Startup, build_room);
}

/// The one material of floor and walls; the shader tells them apart by their normal.
#[derive(Asset, TypePath, AsBindGroup, Clone, Debug)]
struct HallMaterial {
    #[uniform(0)]
    night: LinearRgba,
    #[uniform(1)]
    floor: LinearRgba,
    #[uniform(2)]
    grid: LinearRgba,
    /// Floor radius, wall height, in metres.
    #[uniform(3)]
    measures: Vec4,
}

impl Material for HallMaterial {
    const SHADER: &'static str = "shaders://hall.wgsl";
}

fn build_room(
    mut commands: Commands,
    mut meshes: ResMut<Assets<Mesh>>,
    mut materials: ResMut<Assets<HallMaterial>>,
) {
    let material = materials.add(HallMaterial {
        night: palette::NIGHT.into(),
        floor: palette::FLOOR.into(),
        grid: palette::GRID.into(),
        measures: Vec4::new(FLOOR_RADIUS_M, WALL_HEIGHT_M, 0.0, 0.0),
    });
    commands.spawn((
        Name::new("Floor"),
        Mesh3d(meshes.add(Circle::new(FLOOR_RADIUS_M).mesh().resolution(96))),
        MeshMaterial3d(material.clone()),
        Transform::from_rotation(Quat::from_rotation_x(-std::f32::consts::FRAC_PI_2)),
    ));
    // Seen from inside, so it is turned inside out.
    let walls = Cylinder::new(FLOOR_RADIUS_M, WALL_HEIGHT_M).mesh().resolution(96).without_caps();
    let mut walls = walls.build();
    if let Err(fault) = walls.invert_winding() {
        warn!("the walls could not be turned inwards: {fault}");
    }
    commands.spawn((
        Name::new("Walls"),
        Mesh3d(meshes.add(walls)),
        MeshMaterial3d(material),
        Transform::from_xyz(0.0, WALL_HEIGHT_M / 2.0, 0.0),
    ));
}
