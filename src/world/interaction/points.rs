//! Points that can be aimed at: the one nearest to a ray, as an angle, without taking turns with its neighbours.

use std::sync::Arc;

use bevy::prelude::*;

/// A point is met when the ray passes it by at most this angle, in radians: about the size of a fingertip at arm's
/// length.
const MEET: f32 = 0.6 / 180.0 * std::f32::consts::PI;
/// The point that is met already stays so while another is nearer by less than this, in radians.
const STAY: f32 = 0.12 / 180.0 * std::f32::consts::PI;
/// Nothing nearer than this is met, in metres: who stands within a cloud points past what touches the eye.
const LEAST_M: f32 = 0.1;

/// Points in the space of their entity, in metres, that can be aimed at one by one.
///
/// The entity is left out under the same conditions as a [`Surface`](super::aim::Surface).
#[derive(Component, Clone, Debug)]
#[require(Transform, Visibility)]
pub struct Points {
    /// x, y and z of each; one without a finite place is not there.
    pub places: Arc<[f32]>,
}

/// A point that is met.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MetPoint {
    /// Which of the points.
    pub part: u32,
    /// From the start of the ray, in metres, and where it is in world space.
    pub distance: f32,
    pub point: Vec3,
}

/// What a ray met last, so that it is looked for anew only when something moved.
#[derive(Clone, Debug)]
pub(super) struct LastLook {
    ray: Ray3d,
    place: GlobalTransform,
    places: Arc<[f32]>,
    held: bool,
    met: Option<MetPoint>,
}

impl LastLook {
    /// What was met.
    pub(super) const fn met(&self) -> Option<MetPoint> {
        self.met
    }

    /// The same as before, if nothing has moved.
    pub(super) fn still(
        &self,
        ray: Ray3d,
        place: &GlobalTransform,
        points: &Points,
        held: bool,
    ) -> Option<Option<MetPoint>> {
        let same = self.ray == ray
            && self.place == *place
            && self.held == held
            && Arc::ptr_eq(&self.places, &points.places);
        same.then_some(self.met)
    }

    /// Looks for the point nearest to the ray; `before` was met until now.
    ///
    /// While `held`, the nearest is met however far from the ray it is.
    pub(super) fn new(
        ray: Ray3d,
        place: &GlobalTransform,
        points: &Points,
        before: Option<u32>,
        held: bool,
    ) -> Self {
        let within = if held { std::f32::consts::FRAC_PI_4 } else { MEET };
        let met = nearest(ray, place, &points.places, before, within);
        Self { ray, place: *place, places: points.places.clone(), held, met }
    }
}

fn nearest(
    ray: Ray3d,
    place: &GlobalTransform,
    places: &[f32],
    before: Option<u32>,
    within: f32,
) -> Option<MetPoint> {
    let local_from_world = place.affine().inverse();
    let origin = local_from_world.transform_point3(ray.origin);
    let direction = local_from_world.transform_vector3(*ray.direction);
    let scale = direction.length();
    let ahead = direction / scale;
    let least = LEAST_M * scale;
    let (all, _) = places.as_chunks::<3>();
    // The square of the tangent of the angle between the ray and the way to a point.
    let aside = |point: Vec3| {
        let way = point - origin;
        let along = way.dot(ahead);
        let across = way.length_squared() - along * along;
        if along > least { across.max(0.0) / (along * along) } else { f32::INFINITY }
    };
    let mut best = (u32::MAX, within.tan().powi(2));
    for (index, point) in all.iter().enumerate() {
        let aside = aside(Vec3::from_array(*point));
        // What is not a number is not less.
        if aside < best.1 {
            best = (index as u32, aside);
        }
    }
    let at = |part: u32| all.get(part as usize).map(|point| Vec3::from_array(*point));
    if let Some(kept) = before.filter(|before| *before != best.0)
        && let Some(angle) = at(kept).map(|point| aside(point).sqrt().atan())
    {
        let rival = if best.0 == u32::MAX { within } else { best.1.sqrt().atan() };
        if angle < rival + STAY {
            best.0 = kept;
        }
    }
    let point = place.transform_point(at(best.0)?);
    Some(MetPoint { part: best.0, distance: point.distance(ray.origin), point })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(points: &[Vec3], to: Vec3, before: Option<u32>) -> Option<u32> {
        let places: Arc<[f32]> = points.iter().flat_map(|point| point.to_array()).collect();
        let ray = Ray3d::new(Vec3::ZERO, Dir3::new(to).unwrap());
        let place = GlobalTransform::IDENTITY;
        LastLook::new(ray, &place, &Points { places }, before, false).met.map(|met| met.part)
    }

    /// So many degrees to the right of straight ahead, so far away.
    fn at(degrees: f32, metres: f32) -> Vec3 {
        let angle = degrees.to_radians();
        metres * vec3(angle.sin(), 0.0, -angle.cos())
    }

    #[test]
    fn the_point_nearest_to_the_ray_is_met_and_none_that_is_far_from_it() {
        let points = [at(0.5, 2.0), at(0.2, 5.0), at(3.0, 1.0), Vec3::NAN];
        assert_eq!(look(&points, at(0.0, 1.0), None), Some(1));
        assert_eq!(look(&points, at(-0.5, 1.0), None), None);
        assert_eq!(look(&points, at(180.0, 1.0), None), None, "behind");
        assert_eq!(look(&[], at(0.0, 1.0), None), None);
    }

    #[test]
    fn neighbours_do_not_take_turns() {
        let points = [at(0.0, 3.0), at(0.4, 3.0)];
        assert_eq!(look(&points, at(0.22, 1.0), None), Some(1));
        assert_eq!(look(&points, at(0.22, 1.0), Some(0)), Some(0));
        assert_eq!(look(&points, at(0.3, 1.0), Some(0)), Some(1));
        assert_eq!(look(&points, at(-0.65, 1.0), Some(0)), Some(0), "and it is not lost at once");
        assert_eq!(look(&points, at(-0.75, 1.0), Some(0)), None);
    }

    #[test]
    fn angles_are_those_in_the_hall_whatever_the_scale() {
        let points = Points { places: vec![0.0, 0.0, -10.0].into() };
        let place =
            GlobalTransform::from(Transform::from_xyz(0.0, 1.0, 0.0).with_scale(Vec3::splat(0.2)));
        let ray = Ray3d::new(vec3(0.0, 1.01, 0.0), Dir3::NEG_Z);
        let met = LastLook::new(ray, &place, &points, None, false).met.unwrap();
        assert!(
            (met.distance - 2.0).abs() < 1e-3 && met.point.distance(vec3(0.0, 1.0, -2.0)) < 1e-5
        );
    }

    #[test]
    fn a_look_is_still_while_nothing_moves() {
        let points = Points { places: vec![0.0, 0.0, -1.0].into() };
        let place = GlobalTransform::IDENTITY;
        let ray = Ray3d::new(Vec3::ZERO, Dir3::NEG_Z);
        let last = LastLook::new(ray, &place, &points, None, false);
        assert!(last.still(ray, &place, &points, false).is_some_and(|met| met.is_some()));
        let moved = Points { places: vec![0.0, 0.0, -1.0].into() };
        assert!(last.still(ray, &place, &moved, false).is_none());
        assert!(last.still(Ray3d::new(Vec3::X, Dir3::NEG_Z), &place, &points, false).is_none());
    }
}
