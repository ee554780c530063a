//! Hands take hold of exhibits: by the ray from afar, or directly where a hand reaches one; one hand does all that two do.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::{Grabbing, Hand, HandInput, Pulse, Rig, Side, Teleporting, TravelSystems};
use crate::world::{
    WorldSystems,
    interaction::aim::{Surface, Untouchable, inside, on_plane},
    stage::{Exhibited, Holds},
};

/// Squeezed beyond the first a hand takes hold, below the second it lets go.
const TAKE_HOLD: f32 = 0.7;
const LET_GO: f32 = 0.3;
/// A hand that is nearer to a part of an exhibit than this, in metres, holds it directly.
const REACH_M: f32 = 0.3;
/// How near and how far the stick pulls what a ray holds, in metres, and how fast, in metres per second.
const DISTANCES_M: (f32, f32) = (0.3, 9.0);
const PULL_M_PER_SECOND: f32 = 2.0;
/// How fast the stick turns what is held, in radians per second.
const TURN_PER_SECOND: f32 = 1.2;
/// How fast the stick scales what is held while the trigger is pulled: so many times a second.
const GROW_PER_SECOND: f32 = 2.0;
/// A trigger that is pulled further than this is.
const PULLED: f32 = 0.5;
/// Pushes of the stick smaller than this are none.
const DEAD_ZONE: f32 = 0.2;

pub(super) fn plugin(app: &mut App) {
    app.add_observer(open_hand)
        .add_systems(Update, grab.before(TravelSystems::Feel).in_set(WorldSystems::Steer));
}

/// How a hand holds an exhibit.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
struct Grip {
    exhibit: Entity,
    /// How far away on its ray the point is that it holds, in metres; none when it holds it itself.
    along_ray_m: Option<f32>,
    /// Which way the hand was turned when it took hold, in world space.
    began: Quat,
    /// How far the stick has turned it to the left, in radians.
    turned: f32,
    /// How much larger the stick has made it.
    stretch: f32,
}

impl Grip {
    fn holds(&self, rig: &Transform, input: &HandInput) -> Holds {
        let grip = *rig * input.grip;
        let (point, rotation) = match self.along_ray_m {
            Some(distance) => {
                let aim = *rig * input.aim;
                (aim.translation + aim.forward() * distance, aim.rotation)
            }
            None => (grip.translation, grip.rotation),
        };
        Holds {
            exhibit: self.exhibit,
            from: grip.translation,
            point,
            turn: turn_about_up(rotation * self.began.inverse()) + self.turned,
            stretch: self.stretch,
        }
    }
}

/// How much of a rotation is about the vertical, in radians to the left: its twist, the rest being its swing
/// (Dobrowolski, "Swing-twist decomposition in Clifford algebra", 2015).
fn turn_about_up(rotation: Quat) -> f32 {
    // Both signs of a quaternion are one rotation; this one turns by half a circle at most.
    let sign = if rotation.w < 0.0 { -1.0 } else { 1.0 };
    2.0 * (sign * rotation.y).atan2(sign * rotation.w)
}

/// A push of the stick beyond its dead zone, from -1 to 1.
fn push(stick: f32) -> f32 {
    stick.signum() * ((stick.abs() - DEAD_ZONE) / (1.0 - DEAD_ZONE)).clamp(0.0, 1.0)
}

/// Finds the exhibit that a hand would take hold of.
#[derive(SystemParam)]
struct Within<'w, 's> {
    exhibits: Query<'w, 's, (), With<Exhibited>>,
    parents: Query<'w, 's, &'static ChildOf>,
    surfaces: Query<
        'w,
        's,
        (Entity, &'static Surface, &'static GlobalTransform, &'static InheritedVisibility),
        Without<Untouchable>,
    >,
}

impl Within<'_, '_> {
    /// The exhibit that a part belongs to.
    fn exhibit_of(&self, part: Entity) -> Option<Entity> {
        std::iter::once(part)
            .chain(self.parents.iter_ancestors(part))
            .find(|entity| self.exhibits.contains(*entity))
    }

    /// The exhibit that a ray meets before anything else, and how far away; both hands may mean the same part.
    fn met_by(&self, ray: Ray3d) -> Option<(Entity, f32)> {
        let hit = self
            .surfaces
            .iter()
            .filter(|(.., seen)| seen.get())
            .filter_map(|(entity, surface, place, _)| on_plane(entity, surface, place, Some(ray)))
            .filter(|hit| inside(hit.uv))
            .min_by(|a, b| a.distance.total_cmp(&b.distance))?;
        Some((self.exhibit_of(hit.surface)?, hit.distance))
    }

    /// The exhibit with a part within reach of a point in world space; the nearest, if there are several.
    fn reached_from(&self, point: Vec3) -> Option<Entity> {
        self.surfaces
            .iter()
            .filter(|(.., seen)| seen.get())
            .map(|(entity, surface, place, _)| {
                let local = place.affine().inverse().transform_point3(point);
                let half = surface.size / 2.0;
                let nearest = local.xy().clamp(-half, half).extend(0.0);
                (entity, place.transform_point(nearest).distance(point))
            })
            .filter(|(_, distance)| *distance <= REACH_M)
            .filter_map(|(part, distance)| Some((self.exhibit_of(part)?, distance)))
            .min_by(|(_, a), (_, b)| a.total_cmp(b))
            .map(|(exhibit, _)| exhibit)
    }
}

fn grab(
    time: Res<Time<Real>>,
    rig: Option<Single<&Transform, With<Rig>>>,
    mut hands: Query<(
        Entity,
        &Hand,
        &HandInput,
        Has<Teleporting>,
        Option<&mut Grip>,
        Option<&mut Holds>,
    )>,
    within: Within,
    mut squeezed: Local<[bool; Side::BOTH.len()]>,
    mut pulses: MessageWriter<Pulse>,
    mut commands: Commands,
) {
    let Some(rig) = rig else {
        return;
    };
    for (entity, hand, input, teleporting, grip, holds) in &mut hands {
        let squeezed = &mut squeezed[hand.0 as usize];
        let before = *squeezed;
        *squeezed = input.tracked && input.squeeze >= if before { LET_GO } else { TAKE_HOLD };

        if let (Some(mut grip), Some(mut holds)) = (grip, holds) {
            if !*squeezed {
                commands.entity(entity).remove::<Holds>();
                continue;
            }
            let seconds = time.delta_secs();
            let turned = push(input.stick.x) * TURN_PER_SECOND * seconds;
            let forward = push(input.stick.y) * seconds;
            grip.turned -= turned;
            if input.trigger > PULLED {
                grip.stretch *= GROW_PER_SECOND.powf(forward);
            } else if let Some(distance) = &mut grip.along_ray_m {
                let pulled = forward * PULL_M_PER_SECOND;
                *distance = (*distance + pulled).clamp(DISTANCES_M.0, DISTANCES_M.1);
            }
            holds.set_if_neq(grip.holds(&rig, input));
        } else if *squeezed && !before && !teleporting {
            let by_hand = within.reached_from((**rig * input.grip).translation);
            let (exhibit, along_ray_m) = if let Some(exhibit) = by_hand {
                (exhibit, None)
            } else {
                let aim = **rig * input.aim;
                let Some((exhibit, distance)) =
                    within.met_by(Ray3d::new(aim.translation, aim.forward()))
                else {
                    continue;
                };
                (exhibit, Some(distance))
            };
            let held = if along_ray_m.is_some() { input.aim } else { input.grip };
            let began = (**rig * held).rotation;
            let grip = Grip { exhibit, along_ray_m, began, turned: 0.0, stretch: 1.0 };
            commands.entity(entity).insert((grip, grip.holds(&rig, input), Grabbing));
            pulses.write(Pulse { side: hand.0, strength: 0.5, milliseconds: 25 });
        }
    }
}

/// Who no longer holds anything, for whatever reason, grabs nothing.
fn open_hand(remove: On<Remove, Holds>, hands: Query<(), With<Hand>>, mut commands: Commands) {
    if hands.contains(remove.entity)
        && let Ok(mut hand) = commands.get_entity(remove.entity)
    {
        hand.try_remove::<(Grip, Grabbing)>();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bevy::time::{TimePlugin, TimeUpdateStrategy};

    use super::*;
    use crate::{
        stream::ExhibitId,
        world::{
            interaction::{self, aim::Aim, intent::Intent},
            stage,
        },
    };

    /// One frame, in seconds.
    const FRAME_SECS: f32 = 0.05;

    struct Room {
        app: App,
        hands: [Entity; 2],
        exhibit: Entity,
        rig: Transform,
    }

    /// A visitor who stands aside and is turned, before an exhibit of one wall: 2 m wide, 1 to 3 m high, 3 m ahead of
    /// the middle.
    fn room() -> Room {
        let mut app = App::new();
        app.add_plugins((
            TimePlugin,
            TransformPlugin,
            interaction::plugin,
            stage::carrying,
            super::super::hand::plugin,
            plugin,
        ))
        .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_secs_f32(FRAME_SECS)));
        let exhibit = app.world_mut().spawn(Exhibited(ExhibitId::new("thing"))).id();
        let wall = (Surface { size: Vec2::splat(2.0) }, InheritedVisibility::VISIBLE);
        app.world_mut().spawn((wall, Transform::from_xyz(0.0, 2.0, -3.0), ChildOf(exhibit)));
        let rig = Transform::from_xyz(-0.4, 0.0, 0.6).with_rotation(Quat::from_rotation_y(0.7));
        app.world_mut().spawn((Rig, rig));
        app.world_mut().flush();
        let hands = Side::BOTH.map(|side| {
            let world = app.world_mut();
            let mut hands = world.query::<(Entity, &Hand)>();
            hands.iter(world).find(|(_, hand)| hand.0 == side).unwrap().0
        });
        app.update();
        Room { app, hands, exhibit, rig }
    }

    impl Room {
        /// A frame in which a hand is at `at` and points at `to`, both in the hall.
        fn hand(&mut self, side: Side, at: Vec3, to: Vec3, squeeze: f32, stick: Vec2) {
            let in_hall = Transform::from_translation(at).looking_at(to, Vec3::Y);
            let pose = Transform::from_matrix(
                (self.rig.compute_affine().inverse() * in_hall.compute_affine()).into(),
            );
            let input =
                HandInput { tracked: true, grip: pose, aim: pose, squeeze, stick, ..default() };
            let ray = Some(Ray3d::new(at, Dir3::new(to - at).unwrap()));
            self.app
                .world_mut()
                .entity_mut(self.hands[side as usize])
                .insert((input, Aim { ray, ..default() }));
            self.app.update();
        }

        fn right(&mut self, to: Vec3, squeeze: f32) {
            self.hand(Side::Right, HAND, to, squeeze, Vec2::ZERO);
        }

        fn grabs(&self, side: Side) -> bool {
            let hand = self.app.world().entity(self.hands[side as usize]);
            assert_eq!(hand.contains::<Grabbing>(), hand.contains::<Holds>());
            hand.contains::<Grabbing>()
        }

        fn place(&self) -> Transform {
            *self.app.world().get::<Transform>(self.exhibit).unwrap()
        }
    }

    const HAND: Vec3 = vec3(0.2, 1.2, 0.2);
    const POINT: Vec3 = vec3(0.5, 1.6, -3.0);

    #[test]
    fn a_squeeze_takes_hold_of_what_is_pointed_at_and_lets_go_below_less() {
        let mut room = room();
        for (squeeze, grabs) in
            [(0.0, false), (0.6, false), (0.8, true), (0.4, true), (0.2, false), (0.6, false)]
        {
            room.right(POINT, squeeze);
            assert_eq!(room.grabs(Side::Right), grabs, "{squeeze}");
        }
        assert_eq!(room.place(), Transform::IDENTITY);
        let pulses = room.app.world_mut().resource_mut::<Messages<Pulse>>().drain().count();
        assert!(pulses <= 1, "one tick, unless it is forgotten already");
    }

    #[test]
    fn the_point_stays_on_the_ray_and_the_exhibit_turns_with_the_hand() {
        let mut room = room();
        room.right(POINT, 1.0);
        let turn = Quat::from_rotation_y(0.3);
        let to = HAND + turn * (POINT - HAND);
        room.right(to, 1.0);
        let place = room.place();
        assert!(place.transform_point(POINT).abs_diff_eq(to, 1e-4), "{place:?}");
        assert!(place.rotation.abs_diff_eq(turn, 1e-4));
        assert_eq!(place.scale, Vec3::ONE);
        // Upwards it is only lifted: the floor never tilts.
        let up = HAND + (POINT - HAND).normalize() + Vec3::Y * 0.3;
        room.right(up, 1.0);
        let (_, tilt, roll) = room.place().rotation.to_euler(EulerRot::YXZ);
        assert!(tilt.abs() < 1e-5 && roll.abs() < 1e-5);
        let on_ray = HAND + (up - HAND).normalize() * POINT.distance(HAND);
        assert!(room.place().transform_point(POINT).abs_diff_eq(on_ray, 1e-4));
        room.right(up, 0.0);
        let left = room.place();
        room.right(POINT, 0.0);
        assert_eq!(room.place(), left, "let go, it stays");
    }

    #[test]
    fn the_stick_pulls_it_nearer_and_turns_it() {
        let mut room = room();
        room.right(POINT, 1.0);
        let before = POINT.distance(HAND);
        for _ in 0..5 {
            room.hand(Side::Right, HAND, POINT, 1.0, vec2(0.0, -1.0));
        }
        let held = room.place().transform_point(POINT);
        let pulled = 5.0 * FRAME_SECS * PULL_M_PER_SECOND;
        assert!((held.distance(HAND) - (before - pulled)).abs() < 1e-3, "{held}");
        room.hand(Side::Right, HAND, POINT, 1.0, vec2(1.0, 0.1));
        let (turn, ..) = room.place().rotation.to_euler(EulerRot::YXZ);
        assert!((turn + FRAME_SECS * TURN_PER_SECOND).abs() < 1e-4, "to the right: {turn}");
        assert!(room.place().transform_point(POINT).abs_diff_eq(held, 1e-3), "about the point");
    }

    #[test]
    fn one_hand_scales_it_with_trigger_and_stick() {
        let mut room = room();
        room.right(POINT, 1.0);
        let held = room.place().transform_point(POINT);
        for (push, scale) in [(1.0, 2.0_f32), (-1.0, 1.0)] {
            for _ in 0..(1.0 / FRAME_SECS) as usize {
                let mut hand = room.app.world_mut().entity_mut(room.hands[Side::Right as usize]);
                let mut input = hand.get_mut::<HandInput>().unwrap();
                (input.trigger, input.stick) = (1.0, vec2(0.0, push));
                room.app.update();
            }
            let place = room.place();
            assert!((place.scale.x - scale).abs() < 0.02, "{place:?}");
            assert!(place.transform_point(POINT).abs_diff_eq(held, 1e-3), "about the point");
        }
    }

    #[test]
    fn a_hand_that_reaches_it_holds_it_itself() {
        let mut room = room();
        // Beside the edge, and pointing past it.
        let at = vec3(1.2, 2.0, -2.9);
        room.hand(Side::Right, at, at + Vec3::X, 1.0, Vec2::ZERO);
        assert!(room.grabs(Side::Right));
        let to = at + vec3(0.3, 0.1, 0.4);
        room.hand(Side::Right, to, to + Vec3::X, 1.0, vec2(0.0, -1.0));
        assert!(room.place().translation.abs_diff_eq(to - at, 1e-4), "and the stick pulls nothing");
    }

    #[test]
    fn two_hands_scale_it_about_their_middle() {
        let mut room = room();
        let [left, right] = [vec3(-0.1, 1.2, 0.2), vec3(0.3, 1.2, 0.2)];
        room.hand(Side::Right, right, POINT, 1.0, Vec2::ZERO);
        room.hand(Side::Left, left, POINT - Vec3::X, 1.0, Vec2::ZERO);
        assert!(room.grabs(Side::Left) && room.grabs(Side::Right));
        room.hand(Side::Left, left - Vec3::X * 0.2, POINT, 1.0, Vec2::ZERO);
        room.hand(Side::Right, right + Vec3::X * 0.2, POINT, 1.0, Vec2::ZERO);
        let place = room.place();
        assert!((place.scale.x - 2.0).abs() < 1e-3, "{place:?}");
        let middle = left.midpoint(right);
        assert!(place.transform_point(middle).abs_diff_eq(middle, 2e-2), "{place:?}");
    }

    #[test]
    fn nothing_else_is_taken_hold_of() {
        let mut room = room();
        room.right(vec3(5.0, 1.0, -3.0), 1.0);
        assert!(!room.grabs(Side::Right), "beside it");
        room.right(POINT, 1.0);
        assert!(!room.grabs(Side::Right), "squeezed before it pointed there");
        room.right(POINT, 0.0);
        room.app.world_mut().entity_mut(room.hands[1]).insert(Teleporting);
        room.right(POINT, 1.0);
        assert!(!room.grabs(Side::Right), "it steers a teleport");
        room.app.world_mut().entity_mut(room.hands[1]).remove::<Teleporting>();
        let board = (Surface { size: Vec2::ONE }, InheritedVisibility::VISIBLE);
        room.app.world_mut().spawn((board, Transform::from_xyz(0.3, 1.4, -1.0)));
        room.right(POINT, 0.0);
        room.right(POINT, 1.0);
        assert!(!room.grabs(Side::Right), "a board of the hall hangs before it");
    }

    #[test]
    fn a_lost_hand_and_put_back_let_go() {
        let mut room = room();
        room.right(POINT, 1.0);
        assert!(room.grabs(Side::Right));
        room.app.world_mut().entity_mut(room.hands[1]).insert(HandInput::default());
        room.app.update();
        assert!(!room.grabs(Side::Right));
        room.right(POINT, 1.0);
        assert!(room.grabs(Side::Right));
        room.app.world_mut().write_message(Intent::PutBack);
        room.right(POINT + Vec3::X, 1.0);
        assert!(!room.grabs(Side::Right));
        for _ in 0..8 {
            room.right(POINT + Vec3::X, 1.0);
        }
        assert_eq!(room.place(), Transform::IDENTITY);
    }
}
