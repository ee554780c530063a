//! Hit tests: which surface, point or ground a ray meets first, and where on it.

use bevy::{
    camera::visibility::{DEFAULT_LAYERS, RenderLayers},
    prelude::*,
};

use super::{
    device::{Aim, Hit, Hold, Reach},
    target::{Surface, TouchablePoints, TouchableReliefs, TouchableSurfaces},
};
use crate::world::interaction::{points::LastLook, relief::Relief};

/// What each aim met last among each cloud of points.
pub(super) type LastLooks = Vec<((Entity, Entity), LastLook)>;

pub(super) fn meet(
    aim: &Aim,
    reach: Option<&Reach>,
    layers: &RenderLayers,
    hold: Hold,
    before: Option<Hit>,
    surfaces: &TouchableSurfaces,
    points: &TouchablePoints,
    reliefs: &TouchableReliefs,
    among: &mut impl FnMut(Option<Entity>) -> Option<Hit>,
) -> Option<Hit> {
    let mut within_reach = || {
        let (surface, point) = (nearest(aim.ray, layers, surfaces), among(None));
        let ground = nearest_ground(aim.ray, layers, reliefs);
        let met = surface.into_iter().chain(point).chain(ground);
        let nearer = met.min_by(|a, b| a.distance.total_cmp(&b.distance));
        nearer.filter(|hit| reach.is_none_or(|reach| hit.distance <= reach.0))
    };
    match hold {
        Hold::Released => within_reach(),
        Hold::Nothing if !aim.pressed => within_reach(),
        Hold::Nothing => None,
        // Without a ray, or seen edge on, what is held keeps the last place.
        Hold::Surface(held) if points.contains(held) => {
            let (.., seen, _) = points.get(held).ok()?;
            let kept = || before.filter(|hit| seen.get() && hit.surface == held);
            among(Some(held)).or_else(kept)
        }
        // Off its edge, too, ground that is held keeps the last place.
        Hold::Surface(held) if reliefs.contains(held) => {
            let (_, relief, place, seen, _) = reliefs.get(held).ok()?;
            let kept = || before.filter(|hit| hit.surface == held);
            let met = || on_ground(held, relief, place, aim.ray).or_else(kept);
            seen.get().then(met).flatten()
        }
        Hold::Surface(held) => {
            let (_, surface, place, seen, _) = surfaces.get(held).ok()?;
            if !seen.get() {
                return None;
            }
            on_plane(held, surface, place, aim.ray).or(before.filter(|hit| hit.surface == held))
        }
    }
}

/// The nearest surface that the ray meets from its front and within its edges.
fn nearest(ray: Option<Ray3d>, layers: &RenderLayers, surfaces: &TouchableSurfaces) -> Option<Hit> {
    surfaces
        .iter()
        .filter(|(.., seen, _)| seen.get())
        .filter(|(.., of)| of.unwrap_or(DEFAULT_LAYERS).intersects(layers))
        .filter_map(|(entity, surface, place, ..)| on_plane(entity, surface, place, ray))
        .filter(|hit| inside(hit.uv))
        .min_by(|a, b| a.distance.total_cmp(&b.distance))
}

/// The nearest ground that the ray meets.
fn nearest_ground(
    ray: Option<Ray3d>,
    layers: &RenderLayers,
    reliefs: &TouchableReliefs,
) -> Option<Hit> {
    reliefs
        .iter()
        .filter(|(.., seen, _)| seen.get())
        .filter(|(.., of)| of.unwrap_or(DEFAULT_LAYERS).intersects(layers))
        .filter_map(|(entity, relief, place, ..)| on_ground(entity, relief, place, ray))
        .min_by(|a, b| a.distance.total_cmp(&b.distance))
}

fn on_ground(
    entity: Entity,
    relief: &Relief,
    place: &GlobalTransform,
    ray: Option<Ray3d>,
) -> Option<Hit> {
    let ray = ray?;
    let local_from_world = place.affine().inverse();
    let origin = local_from_world.transform_point3(ray.origin);
    let direction = local_from_world.transform_vector3(*ray.direction);
    // An affine map keeps the parameter of a line, so this is a distance in the world.
    let distance = relief.meet(origin, direction)?;
    let uv = relief.uv(origin + direction * distance);
    let point = ray.get_point(distance);
    Some(Hit { surface: entity, uv, part: None, point, distance })
}

/// The point nearest to the ray, of the cloud that is held or else of all.
pub(super) fn nearest_point(
    aim: Entity,
    ray: Option<Ray3d>,
    layers: &RenderLayers,
    before: Option<Hit>,
    held: Option<Entity>,
    points: &TouchablePoints,
    looks: &mut LastLooks,
) -> Option<Hit> {
    let ray = ray?;
    points
        .iter()
        .filter(|(cloud, .., seen, _)| seen.get() && held.is_none_or(|held| held == *cloud))
        .filter(|(.., of)| of.unwrap_or(DEFAULT_LAYERS).intersects(layers))
        .filter_map(|(cloud, points, place, ..)| {
            let key = (aim, cloud);
            let known = looks.iter().position(|(of, _)| *of == key);
            let still = known.and_then(|at| looks[at].1.still(ray, place, points, held.is_some()));
            let met = still.unwrap_or_else(|| {
                let part = before.filter(|hit| hit.surface == cloud).and_then(|hit| hit.part);
                let look = LastLook::new(ray, place, points, part, held.is_some());
                let met = look.met();
                match known {
                    Some(at) => looks[at].1 = look,
                    None => looks.push((key, look)),
                }
                met
            })?;
            let (part, point, distance) = (Some(met.part), met.point, met.distance);
            Some(Hit { surface: cloud, uv: Vec2::splat(0.5), part, point, distance })
        })
        .min_by(|a, b| a.distance.total_cmp(&b.distance))
}

pub(in crate::world) fn inside(uv: Vec2) -> bool {
    uv.cmpge(Vec2::ZERO).all() && uv.cmple(Vec2::ONE).all()
}

/// Where the ray meets the plane of a surface from its front, within the edges or beyond.
pub(in crate::world) fn on_plane(
    entity: Entity,
    surface: &Surface,
    place: &GlobalTransform,
    ray: Option<Ray3d>,
) -> Option<Hit> {
    let ray = ray?;
    let local_from_world = place.affine().inverse();
    let origin = local_from_world.transform_point3(ray.origin);
    let direction = local_from_world.transform_vector3(*ray.direction);
    if !(origin.z > 0.0 && direction.z < 0.0) {
        return None;
    }
    // An affine map keeps the parameter of a line, so this is a distance in the world.
    let distance = -origin.z / direction.z;
    let at = origin.truncate() + direction.truncate() * distance;
    let uv = at / surface.size * vec2(1.0, -1.0) + 0.5;
    (uv.is_finite() && distance.is_finite()).then_some(Hit {
        surface: entity,
        uv,
        part: None,
        point: ray.get_point(distance),
        distance,
    })
}
