//! Exhibits that wait come to life when somebody comes near them, looks at them or points at them, and rest again.

use bevy::prelude::*;

use crate::world::{
    Head, WorldSystems,
    display::ease::approach,
    draw::PlainMaterial,
    interaction::aim::AimHits,
    stage::{FloorLook, emblem},
};

/// Somebody who is nearer to a plinth than this is near, in metres, seen from above.
const NEAR_M: f32 = 2.4;
/// Somebody who is near goes further than this before that ends, in metres: at one distance nothing flickers.
const LEFT_M: f32 = 2.7;
/// What lies within this angle of the way the head is turned is looked at, in degrees, seen from above: less than half of
/// what lies between two plinths.
const LOOKED_AT_DEGREES: f32 = 15.0;
/// How bright the rounded edge of a plinth is by itself when it is awake, as a share of its colour.
const EDGE_GLOW: f32 = 0.45;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, wake.in_set(WorldSystems::Show));
}

/// A plinth, and what comes to life with it.
#[derive(Component, Clone, Debug)]
pub(super) struct Wakes {
    /// What one may point at, too.
    pub sign: Entity,
    /// What it is made of itself.
    pub stone: Handle<PlainMaterial>,
    /// What the bodies on it are made of.
    pub bodies: Vec<Handle<PlainMaterial>>,
    /// How much of it is awake, 0..=1, and whether all of it is to be.
    pub awake: f32,
    pub wanted: bool,
}

/// How a plinth looks on the floor when so much of it is awake, 0..=1.
pub(super) fn floor_look(awake: f32) -> FloorLook {
    FloorLook { pool: FloorLook::STANDS.pool + 0.75 * awake, ..FloorLook::STANDS }
}

fn wake(
    time: Res<Time<Real>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    hits: AimHits,
    mut plinths: Query<(&mut Wakes, &mut FloorLook, &GlobalTransform, &InheritedVisibility)>,
    mut materials: ResMut<Assets<PlainMaterial>>,
) {
    let head = head.map(|head| **head);
    for (mut wakes, mut look, place, seen) in &mut plinths {
        let pointed_at = hits.iter().any(|hit| hit.surface == wakes.sign);
        let within_m = if wakes.wanted { LEFT_M } else { NEAR_M };
        let wanted = seen.get()
            && (pointed_at || head.is_some_and(|head| is_by(&head, place.translation(), within_m)));
        if wakes.wanted != wanted {
            wakes.wanted = wanted;
        }
        let target = f32::from(u8::from(wanted));
        let awake = approach(wakes.awake, target, time.delta_secs());
        if awake.to_bits() == wakes.awake.to_bits() {
            continue;
        }
        wakes.awake = awake;
        look.set_if_neq(floor_look(awake));
        for body in &wakes.bodies {
            if let Some(mut body) = materials.get_mut(body) {
                body.glow = emblem::glow(awake);
            }
        }
        if let Some(mut stone) = materials.get_mut(&wakes.stone) {
            stone.glow = EDGE_GLOW * awake;
        }
    }
}

/// Whether a head is within some metres of a plinth, or turned towards it.
fn is_by(head: &GlobalTransform, plinth: Vec3, within_m: f32) -> bool {
    let way = (plinth - head.translation()).xz();
    let ahead = head.forward().xz().normalize_or_zero();
    way.length() < within_m
        || ahead.dot(way.normalize_or_zero()) > LOOKED_AT_DEGREES.to_radians().cos()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bevy::{asset::AssetPlugin, time::TimeUpdateStrategy};

    use super::*;
    use crate::world::interaction::aim::{AimedAt, Hit};

    struct Scene {
        app: App,
        head: Entity,
        aim: Entity,
        plinth: Entity,
    }

    /// A plinth 3.5 m to the right of a head that looks straight ahead.
    fn scene() -> Scene {
        let mut app = App::new();
        app.add_plugins((MinimalPlugins, AssetPlugin::default()))
            .init_asset::<PlainMaterial>()
            .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(20)))
            .add_plugins(plugin);
        let mut materials = app.world_mut().resource_mut::<Assets<PlainMaterial>>();
        let [stone, body] = [0, 1].map(|_| materials.add(PlainMaterial::default()));
        let world = app.world_mut();
        let sign = world.spawn_empty().id();
        let plinth = world
            .spawn((
                Wakes { sign, stone, bodies: vec![body], awake: 0.0, wanted: false },
                floor_look(0.0),
                GlobalTransform::from_xyz(3.5, 0.14, 0.0),
                InheritedVisibility::VISIBLE,
            ))
            .id();
        let head = world.spawn((Head, GlobalTransform::from_xyz(0.0, 1.6, 0.0))).id();
        let aim = world.spawn(AimedAt::default()).id();
        Scene { app, head, aim, plinth }
    }

    impl Scene {
        /// How much of it is awake after so many frames of 20 ms.
        fn after(&mut self, frames: usize) -> f32 {
            (0..frames).for_each(|_| self.app.update());
            self.app.world().get::<Wakes>(self.plinth).unwrap().awake
        }

        fn stand(&mut self, place: Transform) {
            self.app.world_mut().entity_mut(self.head).insert(GlobalTransform::from(place));
        }
    }

    #[test]
    fn from_afar_it_rests_and_nothing_is_written() {
        let mut scene = scene();
        assert_eq!(scene.after(20), 0.0);
        scene.app.world_mut().clear_trackers();
        scene.app.update();
        let mut written = scene.app.world_mut().query_filtered::<(), Changed<Wakes>>();
        assert_eq!(written.iter(scene.app.world()).count(), 0);
    }

    #[test]
    fn it_wakes_within_the_time_of_an_ease_and_rests_when_one_leaves() {
        let mut scene = scene();
        scene.after(2);
        scene.stand(Transform::from_xyz(1.5, 1.6, 0.0));
        let soon = scene.after(3);
        assert!(soon > 0.1 && soon < 0.9, "{soon} after 60 ms");
        assert!(scene.after(12) > 0.97);
        // A step back within the border keeps it awake, a further one does not.
        scene.stand(Transform::from_xyz(0.9, 1.6, 0.0));
        assert!(scene.after(20) > 0.97);
        scene.stand(Transform::from_xyz(0.0, 1.6, 0.0));
        assert!(scene.after(15) < 0.03);
    }

    #[test]
    fn it_wakes_for_a_look_and_for_a_finger() {
        let mut scene = scene();
        scene.after(2);
        let turned = Transform::from_xyz(0.0, 1.6, 0.0).looking_at(vec3(3.5, 1.0, 0.0), Vec3::Y);
        scene.stand(turned);
        assert!(scene.after(15) > 0.97);
        scene.stand(Transform::from_xyz(0.0, 1.6, 0.0));
        assert!(scene.after(15) < 0.03);
        let surface = scene.app.world().get::<Wakes>(scene.plinth).unwrap().sign;
        let hit = Hit { surface, uv: Vec2::ZERO, part: None, point: Vec3::ZERO, distance: 1.0 };
        scene.app.world_mut().entity_mut(scene.aim).insert(AimedAt(Some(hit)));
        assert!(scene.after(15) > 0.97);
    }
}
