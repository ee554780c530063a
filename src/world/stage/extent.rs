//! How far an exhibit reaches, and how it is kept above the floor and within the walls.

use bevy::{ecs::system::SystemParam, prelude::*};

use super::plan::{FLOOR_RADIUS_M, WALL_HEIGHT_M};
use crate::world::interaction::aim::Surface;

/// How much smaller or larger than it was built an exhibit can be made.
pub(super) const SCALES: (f32, f32) = (0.25, 3.0);
/// The least height above the floor, and distance from the walls, in metres.
const MARGIN_M: f32 = 0.05;

/// The upright cylinder around an exhibit, in its own space, in metres as it was built.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Extent {
    /// The cylinder's axis: x and z.
    axis: Vec2,
    radius_m: f32,
    low_m: f32,
    high_m: f32,
}

impl Extent {
    /// Around some points.
    fn around(points: &[Vec3]) -> Self {
        let Some(first) = points.first() else {
            return Self::default();
        };
        let (low, high) = points
            .iter()
            .fold((*first, *first), |(low, high), point| (low.min(*point), high.max(*point)));
        let axis = (low.xz() + high.xz()) / 2.0;
        let radius_m = points.iter().map(|point| point.xz().distance(axis)).fold(0.0, f32::max);
        Self { axis, radius_m, low_m: low.y, high_m: high.y }
    }

    /// The place nearest to `wanted` at which the exhibit is above the floor and within the walls; one that is too
    /// large for the walls stands in the middle. Turn and scale stay as they are wanted.
    pub(super) fn keep_inside(&self, wanted: Transform) -> Transform {
        let mut kept = wanted;
        let scale = wanted.scale.x;
        let lowest = MARGIN_M - self.low_m * scale;
        let highest = WALL_HEIGHT_M - (self.low_m + self.high_m) / 2.0 * scale;
        // Its middle stays below the upper ends of the walls, but what reaches below the floor is lifted first.
        kept.translation.y = wanted.translation.y.min(highest).max(lowest);
        let from_origin = (wanted.rotation * Vec3::new(self.axis.x, 0.0, self.axis.y) * scale).xz();
        let axis = wanted.translation.xz() + from_origin;
        let room = (FLOOR_RADIUS_M - MARGIN_M - self.radius_m * scale).max(0.0);
        let moved = axis.clamp_length_max(room) - axis;
        kept.translation += Vec3::new(moved.x, 0.0, moved.y);
        kept
    }
}

/// Measures exhibits by the surfaces that belong to them.
#[derive(SystemParam)]
pub(super) struct Extents<'w, 's> {
    children: Query<'w, 's, &'static Children>,
    surfaces: Query<'w, 's, (&'static Surface, &'static GlobalTransform)>,
    places: Query<'w, 's, &'static GlobalTransform>,
}

impl Extents<'_, '_> {
    /// How far the exhibit at this place reaches.
    pub(super) fn of(&self, exhibit: Entity) -> Extent {
        let Ok(place) = self.places.get(exhibit) else {
            return Extent::default();
        };
        let inwards = place.affine().inverse();
        let corners = [vec2(-0.5, -0.5), vec2(0.5, -0.5), vec2(0.5, 0.5), vec2(-0.5, 0.5)];
        let points: Vec<Vec3> = self
            .children
            .iter_descendants(exhibit)
            .filter_map(|part| self.surfaces.get(part).ok())
            .flat_map(|(surface, part)| {
                corners.map(|corner| {
                    inwards
                        .transform_point3(part.transform_point((corner * surface.size).extend(0.0)))
                })
            })
            .collect();
        Extent::around(&points)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A wall 4 m wide and 2 m high, 3 m ahead of the exhibit's origin.
    fn wall() -> Extent {
        Extent::around(&[vec3(-2.0, 1.0, -3.0), vec3(2.0, 3.0, -3.0)])
    }

    fn kept(place: Transform) -> Vec3 {
        wall().keep_inside(place).translation
    }

    #[test]
    fn it_stays_above_the_floor_and_below_the_ends_of_the_walls() {
        assert_eq!(kept(Transform::from_xyz(0.0, 0.3, 0.0)), vec3(0.0, 0.3, 0.0));
        assert_eq!(kept(Transform::from_xyz(0.0, -5.0, 0.0)).y, MARGIN_M - 1.0);
        assert_eq!(kept(Transform::from_xyz(0.0, 50.0, 0.0)).y, WALL_HEIGHT_M - 2.0);
        let large = Transform::from_scale(Vec3::splat(4.0));
        assert_eq!(kept(large).y, WALL_HEIGHT_M - 8.0, "higher than the walls, its middle is not");
    }

    #[test]
    fn it_stays_within_the_walls_whichever_way_it_is_turned() {
        let room = FLOOR_RADIUS_M - MARGIN_M - 2.0;
        for turn in [0.0, 1.0, 2.0, -2.5] {
            let rotation = Quat::from_rotation_y(turn);
            let away = rotation * Vec3::NEG_Z * 20.0;
            let place = Transform::from_translation(away).with_rotation(rotation);
            let kept = kept(place);
            let axis = kept + rotation * Vec3::NEG_Z * 3.0;
            assert!((axis.xz().length() - room).abs() < 1e-4, "{turn}: {axis}");
            assert!(kept.xz().angle_to(away.xz()).abs() < 1e-4, "it slides, it does not jump");
        }
        let huge = Transform::from_xyz(1.0, 0.0, 1.0).with_scale(Vec3::splat(5.0));
        let kept = kept(huge) + vec3(0.0, 0.0, -15.0);
        assert!(kept.xz().length() < 1e-4, "too large, it stands in the middle");
    }

    #[test]
    fn nothing_reaches_nowhere() {
        let place = Transform::from_xyz(1.0, 2.0, 3.0);
        assert_eq!(Extent::default().keep_inside(place), place);
    }
}
