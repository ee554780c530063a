//! Every frame: what each aim meets, and the pointer events that come of it.

use bevy::{
    camera::visibility::{DEFAULT_LAYERS, RenderLayers},
    prelude::*,
};

use super::{
    device::{Aim, AimedAt, Hit, Hold, Paired, Reach},
    events::{AimDragged, AimLeft, AimMoved, AimPressed, AimReleased, AimScrolled},
    hit_test::{LastLooks, inside, meet, nearest_point},
    pairing::{Claim, Met, left_to},
    target::{TouchablePoints, TouchableReliefs, TouchableSurfaces},
};

/// Smaller moves than this part of a surface are no moves.
const LEAST_MOVE: f32 = 1e-5;

pub(super) fn meet_surfaces(
    mut aims: Query<(
        Entity,
        &Aim,
        Option<&Reach>,
        Option<&RenderLayers>,
        Has<Paired>,
        &mut AimedAt,
        &mut Hold,
    )>,
    surfaces: TouchableSurfaces,
    points: TouchablePoints,
    reliefs: TouchableReliefs,
    mut commands: Commands,
    mut met: Local<Vec<Met>>,
    mut looks: Local<LastLooks>,
) {
    looks.retain(|((aim, cloud), _)| aims.contains(*aim) && points.contains(*cloud));
    met.clear();
    met.extend(aims.iter().map(|(entity, aim, reach, layers, paired, aimed_at, hold)| {
        let layers = layers.unwrap_or(DEFAULT_LAYERS);
        let mut among = |cloud: Option<Entity>| {
            nearest_point(entity, aim.ray, layers, aimed_at.0, cloud, &points, &mut looks)
        };
        let hit =
            meet(aim, reach, layers, *hold, aimed_at.0, &surfaces, &points, &reliefs, &mut among);
        let presses = aim.pressed && *hold == Hold::Released;
        let claim = match *hold {
            Hold::Surface(_) => Claim::Held,
            _ if presses => Claim::Pressed,
            _ => Claim::Over,
        };
        let stays = hit.is_some_and(|hit| aimed_at.0.is_some_and(|b| b.surface == hit.surface));
        Met { hit, paired, claim, stays }
    }));

    // Whoever leaves is told before whoever comes, so that a surface that changes hands ends up pointed at.
    for (index, (entity, .., aimed_at, _)) in aims.iter().enumerate() {
        let now = left_to(index, &met);
        if let Some(gone) =
            aimed_at.0.filter(|hit| now.is_none_or(|now| now.surface != hit.surface))
            && (surfaces.contains(gone.surface)
                || points.contains(gone.surface)
                || reliefs.contains(gone.surface))
        {
            commands.trigger(AimLeft { entity: gone.surface, aim: entity });
        }
    }
    for (index, (entity, aim, .., mut aimed_at, mut hold)) in aims.iter_mut().enumerate() {
        let before = aimed_at.0;
        let pressing = aim.pressed && *hold == Hold::Released;
        let releasing = !aim.pressed && *hold != Hold::Released;
        let now = left_to(index, &met);

        if let Some(Hit { surface, uv, part, point, .. }) = now {
            let moved = before.is_none_or(|hit| {
                hit.surface != surface
                    || hit.part != part
                    || hit.uv.distance_squared(uv) > LEAST_MOVE * LEAST_MOVE
            });
            if moved {
                commands.trigger(AimMoved { entity: surface, aim: entity, uv, part, point });
                if matches!(*hold, Hold::Surface(_)) {
                    commands.trigger(AimDragged { entity: surface, aim: entity, uv, part, point });
                }
            }
            if pressing {
                commands.trigger(AimPressed { entity: surface, aim: entity, uv, part, point });
            }
            if releasing && *hold == Hold::Surface(surface) {
                let inside = aim.ray.is_some() && inside(uv);
                commands.trigger(AimReleased {
                    entity: surface,
                    aim: entity,
                    uv,
                    part,
                    point,
                    inside,
                });
            }
            if aim.scroll != Vec2::ZERO {
                commands.trigger(AimScrolled {
                    entity: surface,
                    aim: entity,
                    uv,
                    scroll: aim.scroll,
                });
            }
        }

        if pressing {
            *hold = now.map_or(Hold::Nothing, |hit| Hold::Surface(hit.surface));
        } else if releasing {
            *hold = Hold::Released;
        }
        aimed_at.set_if_neq(AimedAt(now));
    }
}
