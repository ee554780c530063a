//! Gives clouds their mesh and buffers, and writes what changed, once a frame.

use std::sync::Arc;

use bevy::{camera::visibility::NoFrustumCulling, prelude::*, render::storage::ShaderBuffer};

use crate::world::draw::MeshMaterial3d;

use super::{
    super::{
        plate::quads,
        upload::{Uploads, buffer_for, fixed_buffer},
    },
    Cloud,
    material::{CloudMaterial, CloudSettings, MAX_CLOUD_COLOURS},
};

/// Bytes of a point's way from place to place, and from look to look.
const PLACE_BYTES: usize = 6 * size_of::<f32>();
const LOOK_BYTES: usize = 2 * size_of::<u32>();

/// The corners of a point.
const SQUARE: [[f32; 2]; 4] = [[-1.0, -1.0], [1.0, -1.0], [1.0, 1.0], [-1.0, 1.0]];

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, write_clouds);
}

/// What a cloud has on the graphics card, and what was last written there.
#[derive(Component)]
struct CloudBuffers {
    settings: Handle<ShaderBuffer>,
    places: Handle<ShaderBuffer>,
    looks: Handle<ShaderBuffer>,
    pictures: Handle<ShaderBuffer>,
    /// Points that there is room for, and words of pictures.
    room: usize,
    picture_room: usize,
    written: CloudSettings,
    written_places: Arc<[f32]>,
    written_looks: Arc<[u32]>,
    written_pictures: Arc<[u32]>,
}

/// Makes room where there is too little, lets points go on, and writes what differs from what was written last.
fn write_clouds(
    time: Res<Time>,
    mut clouds: Query<(Entity, &mut Cloud, Option<&mut CloudBuffers>)>,
    mut uploads: ResMut<Uploads>,
    mut meshes: ResMut<Assets<Mesh>>,
    mut buffers: ResMut<Assets<ShaderBuffer>>,
    mut materials: ResMut<Assets<CloudMaterial>>,
    mut commands: Commands,
) -> Result {
    for (entity, mut cloud, on_card) in &mut clouds {
        // Points on their way are no news to those who wait for a changed cloud.
        let cloud = cloud.bypass_change_detection();
        let (room, picture_room) = (cloud.len(), cloud.pictures.words.len());
        let has_room = |on_card: &Mut<CloudBuffers>| {
            on_card.room >= room && on_card.picture_room >= picture_room
        };
        let Some(mut on_card) = on_card.filter(has_room) else {
            if room > 0 {
                let made = CloudBuffers::with_room(room, picture_room, &mut buffers);
                commands.entity(entity).insert((
                    // The mesh says nothing of where the points are.
                    NoFrustumCulling,
                    Mesh3d(meshes.add(quads(room, SQUARE))),
                    MeshMaterial3d(materials.add(made.material(cloud.near))),
                    made,
                ));
            }
            continue;
        };
        cloud.advance(time.delta_secs());
        on_card.write(cloud, &mut uploads)?;
    }
    Ok(())
}

impl CloudBuffers {
    fn with_room(room: usize, picture_room: usize, buffers: &mut Assets<ShaderBuffer>) -> Self {
        Self {
            settings: buffers.add(buffer_for(&CloudSettings::default())),
            places: buffers.add(fixed_buffer(room * PLACE_BYTES)),
            looks: buffers.add(fixed_buffer(room * LOOK_BYTES)),
            pictures: buffers.add(fixed_buffer(picture_room.max(1) * size_of::<u32>())),
            room,
            picture_room,
            written: CloudSettings::default(),
            written_places: Arc::from([]),
            written_looks: Arc::from([]),
            written_pictures: Arc::from([]),
        }
    }

    fn material(&self, near: bool) -> CloudMaterial {
        CloudMaterial {
            near,
            settings: self.settings.clone(),
            places: self.places.clone(),
            looks: self.looks.clone(),
            pictures: self.pictures.clone(),
        }
    }

    fn write(&mut self, cloud: &Cloud, uploads: &mut Uploads) -> Result {
        if !Arc::ptr_eq(&self.written_places, &cloud.places.way) {
            uploads.floats(&self.places, cloud.places.way.clone());
            self.written_places = cloud.places.way.clone();
        }
        if !Arc::ptr_eq(&self.written_looks, &cloud.looks.way) {
            uploads.words(&self.looks, cloud.looks.way.clone());
            self.written_looks = cloud.looks.way.clone();
        }
        if !Arc::ptr_eq(&self.written_pictures, &cloud.pictures.words) {
            uploads.words(&self.pictures, cloud.pictures.words.clone());
            self.written_pictures = cloud.pictures.words.clone();
        }
        let settings = settings_of(cloud);
        if settings != self.written {
            uploads.structure(&self.settings, &settings)?;
            self.written = settings;
        }
        Ok(())
    }
}

fn settings_of(cloud: &Cloud) -> CloudSettings {
    let mut colours = [Vec4::ZERO; MAX_CLOUD_COLOURS];
    for (place, colour) in colours.iter_mut().zip(&cloud.colours) {
        *place = colour.to_linear().to_vec4();
    }
    CloudSettings {
        colours,
        ring: cloud.ring.to_linear().to_vec4(),
        count: cloud.len() as u32,
        pointed: cloud.pointed.unwrap_or(u32::MAX),
        chosen: cloud.chosen.unwrap_or(u32::MAX),
        largest: cloud.largest_m,
        places_left: cloud.places.left,
        looks_left: cloud.looks.left,
        strength: cloud.strength,
        picture_rows: cloud.pictures.size[0],
        picture_columns: cloud.pictures.size[1],
        picture_first: cloud.pictures.first,
    }
}

#[cfg(test)]
mod tests {
    use bevy::{asset::AssetPlugin, time::TimePlugin};

    use super::*;
    use crate::world::display::{self, PointLook};

    fn shown(app: &mut App, entity: Entity, points: usize) -> (usize, AssetId<CloudMaterial>) {
        let mut cloud = app.world_mut().get_mut::<Cloud>(entity).unwrap();
        cloud.show_places(&vec![0.5; 3 * points].into());
        cloud.show_looks(&vec![PointLook::default().word(); points].into());
        app.update();
        app.update();
        let world = app.world();
        let room = world.get::<CloudBuffers>(entity).unwrap().room;
        (room, world.get::<MeshMaterial3d<CloudMaterial>>(entity).unwrap().0.id())
    }

    #[test]
    fn a_cloud_makes_room_for_more_points_and_keeps_it_for_fewer() {
        let mut app = App::new();
        app.add_plugins((TaskPoolPlugin::default(), TimePlugin, AssetPlugin::default()))
            .init_asset::<Shader>()
            .add_plugins(display::plugin);
        let entity = app.world_mut().spawn(Cloud::new(0.02, Vec::new(), Color::NONE)).id();
        app.update();
        assert!(app.world().get::<CloudBuffers>(entity).is_none(), "no point, no buffer");
        let (room, first) = shown(&mut app, entity, 4);
        assert_eq!(room, 4);
        assert_eq!(shown(&mut app, entity, 3), (4, first));
        assert_eq!(app.world().get::<CloudBuffers>(entity).unwrap().written.count, 3);
        let (room, second) = shown(&mut app, entity, 9);
        assert_eq!(room, 9);
        assert_ne!(first, second);
    }
}
