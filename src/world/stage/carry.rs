//! Exhibits that are held: one holder moves and turns one, two scale it too, and it can be put back.

use bevy::prelude::*;

use super::{
    Exhibited, Home,
    extent::{Extent, Extents, SCALES},
    glide::{Glides, glide},
};
use crate::world::{
    WorldSystems,
    hall_events::{HallEvent, HallListener},
    interaction::intent::Intent,
};

/// How long an exhibit takes on its way back, in seconds.
const BACK_SECS: f32 = 0.3;
/// Holders that are nearer to each other than this, seen from above, do not say which way they turn, in metres.
const LEAST_APART_M: f32 = 0.05;

pub(in crate::world) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (put_back, carry, go_back, glide).chain().in_set(WorldSystems::Arrange),
    );
}

/// Something holds an exhibit, such as a hand; written every frame by whoever moves the holder, in
/// [`WorldSystems::Steer`], and removed to let go. At most two hold an exhibit; others wait.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub struct Holds {
    /// The place of the exhibit: an entity with [`Exhibited`].
    pub exhibit: Entity,
    /// Where the holder itself is, in world space: two turn and scale an exhibit by what lies between them.
    pub from: Vec3,
    /// The point that it has taken hold of, in world space, which alone it moves.
    pub point: Vec3,
    /// How far it has turned to the left, in radians from wherever it began.
    pub turn: f32,
    /// How much larger it wants the exhibit, from wherever it began.
    pub stretch: f32,
}

/// An exhibit that is held, as it was when the holders changed last.
#[derive(Component)]
struct Carried {
    by: Vec<(Entity, Holds)>,
    place: Transform,
    extent: Extent,
    /// The way from one holder to the other when it was last long enough, seen from above, and how far it has turned
    /// to the left since the holders changed, in radians.
    way: Vec2,
    turned: f32,
}

impl Carried {
    fn new(by: Vec<(Entity, Holds)>, place: Transform, extent: Extent) -> Self {
        let way = between(&by);
        Self { by, place, extent, way, turned: 0.0 }
    }

    fn is_held_by(&self, now: &[(Entity, Holds)]) -> bool {
        self.by.iter().map(|(holder, _)| holder).eq(now.iter().map(|(holder, _)| holder))
    }

    /// Where the holders want it now, walls or not.
    fn wanted(&mut self, now: &[(Entity, Holds)]) -> Transform {
        match (self.by.as_slice(), now) {
            ([(_, before)], [(_, now)]) => about(
                self.place,
                [before.point, now.point],
                now.turn - before.turn,
                now.stretch / before.stretch,
            ),
            ([(_, a), (_, b)], [(_, now_a), (_, now_b)]) => {
                let way = between(now);
                if way.length() > LEAST_APART_M {
                    if self.way.length() > LEAST_APART_M {
                        // From above, z points down the page: what turns right there turns left in the hall.
                        self.turned -= self.way.angle_to(way);
                    }
                    self.way = way;
                }
                let stretch =
                    now_a.from.distance(now_b.from) / a.from.distance(b.from).max(LEAST_APART_M);
                let middles = [a.from.midpoint(b.from), now_a.from.midpoint(now_b.from)];
                about(self.place, middles, self.turned, stretch)
            }
            _ => self.place,
        }
    }
}

/// The way from the first holder to the second, seen from above: x and z.
fn between(holders: &[(Entity, Holds)]) -> Vec2 {
    match holders {
        [(_, a), (_, b)] => (b.from - a.from).xz(),
        _ => Vec2::ZERO,
    }
}

/// A place moved so that its point `from` comes to `to`, turned to the left about it, and scaled from it.
fn about(place: Transform, [from, to]: [Vec3; 2], turn: f32, stretch: f32) -> Transform {
    let scale = (place.scale.x * stretch).clamp(SCALES.0, SCALES.1);
    let turn = Quat::from_rotation_y(turn);
    Transform {
        translation: to + turn * (place.translation - from) * (scale / place.scale.x),
        rotation: (turn * place.rotation).normalize(),
        scale: Vec3::splat(scale),
    }
}

/// An exhibit on its way back.
#[derive(Component)]
struct Returning {
    from: Transform,
    secs: f32,
}

fn carry(
    holders: Query<(Entity, &Holds)>,
    mut exhibits: Query<(Entity, &Exhibited, &mut Transform, Option<&mut Carried>)>,
    extents: Extents,
    mut told: Option<ResMut<HallListener>>,
    mut commands: Commands,
) {
    for (entity, exhibit, mut place, carried) in &mut exhibits {
        let mut now: Vec<(Entity, Holds)> = holders
            .iter()
            .filter(|(_, holds)| holds.exhibit == entity)
            .map(|(holder, holds)| (holder, *holds))
            .collect();
        // Whoever holds it already stays in place, and is not pushed aside by a third.
        let since = |holder: &Entity| {
            let by = carried.as_ref().map_or(&[][..], |carried| &carried.by);
            by.iter().position(|(by, _)| by == holder).unwrap_or(usize::MAX)
        };
        now.sort_by_key(|(holder, _)| (since(holder), *holder));
        now.truncate(2);
        match carried {
            None if now.is_empty() => {}
            None => {
                let carried = Carried::new(now, *place, extents.of(entity));
                commands.entity(entity).insert(carried).remove::<(Returning, Glides)>();
            }
            Some(_) if now.is_empty() => {
                commands.entity(entity).remove::<Carried>();
                tell(told.as_deref_mut(), *exhibit, &place);
            }
            Some(mut carried) if carried.is_held_by(&now) => {
                let wanted = carried.wanted(&now);
                place.set_if_neq(carried.extent.keep_inside(wanted));
            }
            Some(mut carried) => *carried = Carried::new(now, *place, carried.extent),
        }
    }
}

fn put_back(
    mut intents: MessageReader<Intent>,
    exhibits: Query<(Entity, &Transform, &Home), With<Exhibited>>,
    holders: Query<Entity, With<Holds>>,
    mut commands: Commands,
) {
    if intents.read().filter(|intent| **intent == Intent::PutBack).count() == 0 {
        return;
    }
    for holder in &holders {
        commands.entity(holder).remove::<Holds>();
    }
    for (exhibit, place, home) in &exhibits {
        commands.entity(exhibit).remove::<Carried>();
        if *place != home.0 {
            commands.entity(exhibit).insert(Returning { from: *place, secs: 0.0 });
        }
    }
}

fn go_back(
    time: Res<Time<Real>>,
    mut exhibits: Query<(Entity, &Exhibited, &Home, &mut Transform, &mut Returning)>,
    mut told: Option<ResMut<HallListener>>,
    mut commands: Commands,
) {
    for (entity, exhibit, home, mut place, mut returning) in &mut exhibits {
        returning.secs += time.delta_secs();
        let share = (returning.secs / BACK_SECS).clamp(0.0, 1.0);
        if share >= 1.0 {
            *place = home.0;
            commands.entity(entity).remove::<Returning>();
            tell(told.as_deref_mut(), *exhibit, &place);
            continue;
        }
        // Slow at both ends of the way.
        let share = share * share * (3.0 - 2.0 * share);
        *place = Transform {
            translation: returning.from.translation.lerp(home.0.translation, share),
            rotation: returning.from.rotation.slerp(home.0.rotation, share),
            scale: returning.from.scale.lerp(home.0.scale, share),
        };
    }
}

fn tell(told: Option<&mut HallListener>, exhibit: Exhibited, place: &Transform) {
    if let Some(told) = told {
        let (turn, ..) = place.rotation.to_euler(EulerRot::YXZ);
        told.tell(HallEvent::Moved {
            exhibit: exhibit.0.name(),
            place: place.translation.to_array(),
            turn_degrees: turn.to_degrees(),
            scale: place.scale.x,
        });
    }
}

#[cfg(test)]
mod tests {
    use std::{
        f32::consts::FRAC_PI_2,
        sync::{Arc, Mutex},
        time::Duration,
    };

    use bevy::time::{TimePlugin, TimeUpdateStrategy};

    use super::*;
    use crate::{
        stream::ExhibitId,
        world::{interaction::aim::Surface, stage::plan::FLOOR_RADIUS_M},
    };

    type Heard = Arc<Mutex<Vec<(Vec3, f32, f32)>>>;

    /// An exhibit of one wall, 2 m wide and 2 m high, 3 m ahead of the middle.
    fn hall() -> (App, Entity, Heard) {
        let heard = Heard::default();
        let hears = heard.clone();
        let mut app = App::new();
        app.add_plugins((TimePlugin, TransformPlugin, plugin))
            .add_message::<Intent>()
            .insert_resource(TimeUpdateStrategy::ManualDuration(Duration::from_millis(50)))
            .insert_resource(HallListener::new(move |event| {
                if let HallEvent::Moved { exhibit, place, turn_degrees, scale } = event {
                    assert_eq!(exhibit, "thing");
                    hears.lock().unwrap().push((place.into(), turn_degrees, scale));
                }
            }));
        let exhibit = app.world_mut().spawn(Exhibited(ExhibitId::new("thing"))).id();
        app.world_mut().spawn((
            Surface { size: Vec2::splat(2.0) },
            Transform::from_xyz(0.0, 1.5, -3.0),
            ChildOf(exhibit),
        ));
        app.update();
        (app, exhibit, heard)
    }

    fn hold(app: &mut App, holder: Entity, holds: Holds) {
        app.world_mut().entity_mut(holder).insert(holds);
        app.update();
    }

    fn place(app: &App, exhibit: Entity) -> Transform {
        *app.world().get::<Transform>(exhibit).unwrap()
    }

    fn at(exhibit: Entity, point: Vec3) -> Holds {
        Holds { exhibit, from: point, point, turn: 0.0, stretch: 1.0 }
    }

    /// Where a point of the exhibit, given where it was at home, is now.
    fn now(app: &App, exhibit: Entity, home: Vec3) -> Vec3 {
        place(app, exhibit).transform_point(home)
    }

    #[test]
    fn one_holder_moves_it_with_the_point_held_and_turns_it_about_that_point() {
        let (mut app, exhibit, heard) = hall();
        let hand = app.world_mut().spawn_empty().id();
        let point = vec3(0.5, 1.5, -3.0);
        hold(&mut app, hand, at(exhibit, point));
        assert_eq!(place(&app, exhibit), Transform::IDENTITY, "taking hold moves nothing");
        let to = vec3(1.5, 2.0, -2.0);
        hold(&mut app, hand, Holds { point: to, turn: FRAC_PI_2, ..at(exhibit, point) });
        assert!(now(&app, exhibit, point).abs_diff_eq(to, 1e-5));
        // What was to the right of the point is now beyond it.
        let beside = now(&app, exhibit, point + Vec3::X);
        assert!(beside.abs_diff_eq(to + Vec3::NEG_Z, 1e-5), "{beside}");
        assert!(heard.lock().unwrap().is_empty(), "told when it is let go");
        app.world_mut().entity_mut(hand).remove::<Holds>();
        app.update();
        let heard = heard.lock().unwrap();
        let [(told, turn, scale)] = heard[..] else { panic!("{heard:?}") };
        assert_eq!(told, place(&app, exhibit).translation);
        assert!((turn - 90.0).abs() < 1e-3 && scale == 1.0);
    }

    #[test]
    fn two_holders_scale_it_about_their_middle_and_turn_it_with_them() {
        let (mut app, exhibit, _) = hall();
        let (a, b) = (app.world_mut().spawn_empty().id(), app.world_mut().spawn_empty().id());
        let [left, right] = [vec3(-0.2, 1.2, -0.5), vec3(0.2, 1.2, -0.5)];
        hold(&mut app, a, at(exhibit, left));
        hold(&mut app, b, at(exhibit, right));
        app.world_mut().entity_mut(a).insert(at(exhibit, left - Vec3::X * 0.1));
        hold(&mut app, b, at(exhibit, right + Vec3::X * 0.1));
        let middle = vec3(0.0, 1.2, -0.5);
        assert!((place(&app, exhibit).scale.x - 1.5).abs() < 1e-5);
        assert!(now(&app, exhibit, middle).abs_diff_eq(middle, 1e-5), "the middle stays");
        // Half as far apart as at first, a quarter turn to the left, and higher.
        let to = middle + Vec3::Y * 0.5;
        app.world_mut().entity_mut(a).insert(at(exhibit, to + Vec3::Z * 0.1));
        hold(&mut app, b, at(exhibit, to - Vec3::Z * 0.1));
        let (yaw, tilt, roll) = place(&app, exhibit).rotation.to_euler(EulerRot::YXZ);
        assert!((yaw - FRAC_PI_2).abs() < 1e-4 && tilt.abs() < 1e-5 && roll.abs() < 1e-5, "{yaw}");
        assert!((place(&app, exhibit).scale.x - 0.5).abs() < 1e-5);
        assert!(now(&app, exhibit, middle).abs_diff_eq(to, 1e-5));
    }

    #[test]
    fn letting_go_with_one_of_two_moves_nothing() {
        let (mut app, exhibit, heard) = hall();
        let (a, b) = (app.world_mut().spawn_empty().id(), app.world_mut().spawn_empty().id());
        hold(&mut app, a, at(exhibit, vec3(-0.2, 1.2, -0.5)));
        hold(&mut app, b, at(exhibit, vec3(0.2, 1.2, -0.5)));
        hold(&mut app, b, at(exhibit, vec3(0.3, 1.4, -0.6)));
        let before = place(&app, exhibit);
        app.world_mut().entity_mut(b).remove::<Holds>();
        app.update();
        assert_eq!(place(&app, exhibit), before);
        assert!(heard.lock().unwrap().is_empty(), "it is still held");
        hold(&mut app, a, at(exhibit, vec3(-0.2, 1.3, -0.5)));
        assert!(
            place(&app, exhibit).translation.abs_diff_eq(before.translation + Vec3::Y * 0.1, 1e-5)
        );
    }

    #[test]
    fn hands_above_each_other_scale_without_turning() {
        let (mut app, exhibit, _) = hall();
        let (a, b) = (app.world_mut().spawn_empty().id(), app.world_mut().spawn_empty().id());
        hold(&mut app, a, at(exhibit, vec3(0.0, 1.0, -0.5)));
        hold(&mut app, b, at(exhibit, vec3(0.01, 1.3, -0.5)));
        hold(&mut app, b, at(exhibit, vec3(0.0, 1.6, -0.51)));
        assert!(place(&app, exhibit).rotation.abs_diff_eq(Quat::IDENTITY, 1e-6));
        assert!((place(&app, exhibit).scale.x - 2.0).abs() < 0.01);
    }

    #[test]
    fn scale_ends_and_comes_back_from_the_end() {
        let (mut app, exhibit, _) = hall();
        let hand = app.world_mut().spawn_empty().id();
        let point = vec3(0.0, 1.5, -3.0);
        hold(&mut app, hand, at(exhibit, point));
        for (stretch, expected) in [(0.01, SCALES.0), (1.2, 1.2), (50.0, SCALES.1)] {
            hold(&mut app, hand, Holds { stretch, ..at(exhibit, point) });
            assert!((place(&app, exhibit).scale.x - expected).abs() < 1e-6);
        }
        let moved = now(&app, exhibit, point).xz().distance(point.xz());
        assert!(moved < 1e-4, "scaled about the point that is held: {moved}");
    }

    #[test]
    fn it_cannot_be_pulled_through_the_floor_or_the_walls() {
        let (mut app, exhibit, _) = hall();
        let hand = app.world_mut().spawn_empty().id();
        let point = vec3(0.0, 1.5, -3.0);
        hold(&mut app, hand, at(exhibit, point));
        hold(&mut app, hand, at(exhibit, vec3(0.0, -9.0, -40.0)));
        let low = now(&app, exhibit, vec3(0.0, 0.5, -3.0));
        assert!(low.y > 0.0 && low.z > -FLOOR_RADIUS_M, "{low}");
        // It follows at once where there is room again.
        hold(&mut app, hand, at(exhibit, point));
        assert!(place(&app, exhibit).translation.length() < 1e-5);
    }

    #[test]
    fn put_back_eases_home_and_lets_go() {
        let (mut app, exhibit, heard) = hall();
        let hand = app.world_mut().spawn_empty().id();
        let point = vec3(0.0, 1.5, -3.0);
        hold(&mut app, hand, at(exhibit, point));
        let away =
            Holds { point: vec3(1.0, 1.5, -2.0), turn: 1.0, stretch: 2.0, ..at(exhibit, point) };
        hold(&mut app, hand, away);
        let held = place(&app, exhibit);
        app.world_mut().write_message(Intent::PutBack);
        app.update();
        assert!(!app.world().entity(hand).contains::<Holds>());
        let way = |app: &App| place(app, exhibit).translation.distance(held.translation);
        assert!(way(&app) > 0.0 && way(&app) < 0.5 * held.translation.length(), "on its way");
        for _ in 0..5 {
            app.update();
        }
        assert_eq!(place(&app, exhibit), Transform::IDENTITY);
        assert_eq!(heard.lock().unwrap()[..], [(Vec3::ZERO, 0.0, 1.0)]);
        app.world_mut().write_message(Intent::PutBack);
        app.update();
        app.update();
        assert_eq!(heard.lock().unwrap().len(), 1, "what is at home stays there");
    }

    #[test]
    fn it_can_be_caught_on_its_way_back() {
        let (mut app, exhibit, _) = hall();
        let hand = app.world_mut().spawn_empty().id();
        let point = vec3(0.0, 1.5, -3.0);
        hold(&mut app, hand, at(exhibit, point));
        hold(&mut app, hand, at(exhibit, vec3(2.0, 1.5, -3.0)));
        app.world_mut().write_message(Intent::PutBack);
        app.update();
        app.update();
        hold(&mut app, hand, at(exhibit, point));
        let caught = place(&app, exhibit);
        app.update();
        app.update();
        assert_eq!(place(&app, exhibit), caught);
    }
}
