//! What takes up floor, and where on the floor a visitor can stand.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::plan::FLOOR_RADIUS_M;

/// How close to the walls one may go, in metres.
pub const WALL_MARGIN_M: f32 = 0.6;
/// Half the room that a standing visitor takes, in metres.
const BODY_RADIUS_M: f32 = 0.25;

/// The floor that a thing takes up, in the space of its entity seen from above, in metres; it moves, turns and
/// grows with the entity, so an exhibit that is carried elsewhere takes its footprint along.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
#[require(Transform)]
pub enum Footprint {
    /// A round thing.
    Disc { radius: f32 },
    /// A straight thing: its width along x and its depth along z.
    Rectangle { size: Vec2 },
    /// Things that hang on an arc around the entity's origin, to both sides of -Z.
    Arc { radius: f32, depth: f32, half_angle: f32 },
}

impl Footprint {
    /// Distance from a point (x, z) of the entity's own space; 0 inside.
    fn distance(self, place: Vec2) -> f32 {
        match self {
            Self::Disc { radius } => (place.length() - radius).max(0.0),
            Self::Rectangle { size } => (place.abs() - size / 2.0).max(Vec2::ZERO).length(),
            Self::Arc { radius, depth, half_angle } => {
                let angle = place.x.atan2(-place.y);
                let along = angle.clamp(-half_angle, half_angle);
                let nearest = if along == angle {
                    (place.length() - radius).abs()
                } else {
                    place.distance(radius * vec2(along.sin(), -along.cos()))
                };
                (nearest - depth / 2.0).max(0.0)
            }
        }
    }

    /// Distance from a point (x, z) of the floor while the entity is here; 0 inside.
    fn distance_from(self, entity: &GlobalTransform, place: Vec2) -> f32 {
        let (scale, _, origin) = entity.to_scale_rotation_translation();
        // A desk leans, but it stands on the floor like anything else.
        let across = (entity.affine().x_axis).with_y(0.0);
        let turn = Vec2::from_angle((-across.z).atan2(across.x));
        let scale = scale.x.abs().max(f32::EPSILON);
        self.distance(turn.rotate(place - origin.xz()) / scale) * scale
    }
}

/// Everything that takes up floor.
#[derive(SystemParam)]
pub struct Ground<'w, 's> {
    footprints: Query<
        'w,
        's,
        (&'static Footprint, &'static GlobalTransform, Option<&'static InheritedVisibility>),
    >,
}

impl Ground<'_, '_> {
    /// Whether a visitor can stand at this point (x, z) of the floor.
    pub fn is_free(&self, place: Vec2) -> bool {
        place.length() <= FLOOR_RADIUS_M - WALL_MARGIN_M && !self.is_taken(place)
    }

    /// Where a step from one point (x, z) to another ends: along the walls, and around what stands there.
    ///
    /// Who has walked past the walls of the hall in the own room, or into a thing, is not thrown out, but gets
    /// no further by it.
    pub fn step(&self, from: Vec2, step: Vec2) -> Vec2 {
        let reach = from.length().max(FLOOR_RADIUS_M - WALL_MARGIN_M);
        let inside = self.is_taken(from);
        [step, step.with_y(0.0), step.with_x(0.0)]
            .into_iter()
            .map(|step| (from + step).clamp_length_max(reach))
            .find(|to| inside || !self.is_taken(*to))
            .unwrap_or(from)
    }

    fn is_taken(&self, place: Vec2) -> bool {
        self.footprints
            .iter()
            // What is not on the stage is not there.
            .filter(|(.., seen)| seen.is_none_or(|seen| seen.get()))
            .any(|(footprint, entity, _)| footprint.distance_from(entity, place) < BODY_RADIUS_M)
    }
}

#[cfg(test)]
mod tests {
    use bevy::ecs::system::RunSystemOnce;

    use super::*;

    const DESK: Footprint = Footprint::Rectangle { size: vec2(2.2, 0.4) };

    fn hall() -> World {
        let mut world = World::new();
        let place = |x, z, turn: f32| {
            let turn = Quat::from_rotation_y(turn.to_radians());
            GlobalTransform::from(Transform::from_xyz(x, 0.8, z).with_rotation(turn))
        };
        world.spawn((DESK, place(0.0, -1.0, 0.0)));
        world.spawn((DESK, place(5.0, 0.0, 90.0)));
        world.spawn((Footprint::Disc { radius: 0.6 }, place(0.0, 3.5, 0.0)));
        let arc = Footprint::Arc { radius: 3.5, depth: 0.3, half_angle: 1.0 };
        world.spawn((arc, GlobalTransform::IDENTITY));
        world
    }

    fn free(world: &mut World, x: f32, z: f32) -> bool {
        world.run_system_once(move |ground: Ground| ground.is_free(vec2(x, z))).unwrap()
    }

    fn step(world: &mut World, from: Vec2, step: Vec2) -> Vec2 {
        world.run_system_once(move |ground: Ground| ground.step(from, step)).unwrap()
    }

    #[test]
    fn the_floor_is_free_but_for_what_stands_on_it() {
        let mut world = hall();
        for (x, z) in [(0.0, 0.0), (0.0, -1.6), (1.4, -1.0), (0.0, -3.0), (0.0, 2.6), (0.0, 8.3)] {
            assert!(free(&mut world, x, z), "({x}, {z})");
        }
        for (x, z) in [(0.0, -1.0), (1.3, -1.0), (0.0, -0.6), (0.0, 2.8), (0.0, -3.5), (0.0, 8.5)] {
            assert!(!free(&mut world, x, z), "({x}, {z})");
        }
        // The second desk is turned: it is deep where the first is wide.
        assert!(!free(&mut world, 5.0, 1.2) && free(&mut world, 5.6, 0.0));
        // The arc ends: past 1 rad to the side one walks through.
        let aside = |angle: f32| (3.5 * angle.sin(), -3.5 * angle.cos());
        assert!(!free(&mut world, aside(0.95).0, aside(0.95).1));
        assert!(free(&mut world, aside(-1.2).0, aside(-1.2).1));
    }

    #[test]
    fn a_footprint_goes_with_what_stands_on_it() {
        let mut world = World::new();
        let leaning = Transform::from_xyz(2.0, 0.8, 0.0)
            .with_rotation(Quat::from_rotation_y(1.0) * Quat::from_rotation_x(-0.6))
            .with_scale(Vec3::splat(2.0));
        world.spawn((DESK, GlobalTransform::from(leaning)));
        let along = Quat::from_rotation_y(1.0) * Vec3::X;
        let at = |metres: f32| vec2(2.0, 0.0) + along.xz() * metres;
        assert!(!free(&mut world, at(2.4).x, at(2.4).y));
        assert!(free(&mut world, at(2.5).x, at(2.5).y));
    }

    #[test]
    fn steps_end_at_walls_and_slide_along_things() {
        let mut world = hall();
        assert_eq!(step(&mut world, vec2(0.0, 8.3), vec2(0.0, 1.0)), vec2(0.0, 8.4));
        let slid = step(&mut world, vec2(0.0, -0.5), vec2(0.1, -0.3));
        assert_eq!(slid, vec2(0.1, -0.5));
        // Inside a thing, and outside of the hall, one can still walk, but not further out.
        assert_eq!(step(&mut world, vec2(0.0, -1.0), vec2(0.0, 0.1)), vec2(0.0, -0.9));
        assert_eq!(step(&mut world, vec2(0.0, 8.8), vec2(0.0, 1.0)), vec2(0.0, 8.8));
        assert_eq!(step(&mut world, vec2(0.0, 8.8), vec2(0.0, -0.1)), vec2(0.0, 8.7));
    }
}
