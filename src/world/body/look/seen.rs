//! What of hands can be seen, and where, for tests.

use bevy::prelude::*;

use super::{Handle, Nose, Of, beam, cursor, fingers};

/// Everything of all hands that is visible.
#[derive(Default)]
pub(in crate::world::body) struct Seen {
    /// Handles and noses.
    pub(in crate::world::body) forms: usize,
    /// Whose, from where, to where.
    pub(in crate::world::body) beams: Vec<(Entity, Vec3, Vec3)>,
    pub(in crate::world::body) cursors: Vec<SeenCursor>,
    /// Middles of joints, in OpenXR's order.
    pub(in crate::world::body) balls: Vec<Vec3>,
}

#[derive(Clone, Copy, Debug)]
pub(in crate::world::body) struct SeenCursor {
    pub(in crate::world::body) place: Vec3,
    pub(in crate::world::body) normal: Vec3,
    pub(in crate::world::body) width_m: f32,
    /// While it is there.
    pub(in crate::world::body) ring_width_m: Option<f32>,
}

impl Seen {
    pub(in crate::world::body) fn of(app: &mut App) -> Self {
        type Parts<'a> = (
            &'a GlobalTransform,
            &'a InheritedVisibility,
            Option<&'a Of>,
            Has<Handle>,
            Has<Nose>,
            Has<beam::Beam>,
            Option<&'a fingers::FingerPart>,
            Option<&'a Children>,
            Has<cursor::Cursor>,
        );
        let world = app.world_mut();
        let mut seen = Self::default();
        let mut parts = world.query::<Parts>();
        let visible = |entity: Entity| {
            world.get::<InheritedVisibility>(entity).is_some_and(|seen| seen.get())
        };
        let mut balls = Vec::new();
        for (place, shown, of, handle, nose, beam, part, children, cursor) in parts.iter(world) {
            if !shown.get() {
                continue;
            }
            seen.forms += usize::from(handle) + usize::from(nose);
            if let (true, Some(of)) = (beam, of) {
                let end = place.transform_point(Vec3::NEG_Z);
                seen.beams.push((of.0, place.translation(), end));
            }
            if let Some(fingers::FingerPart::Ball(joint)) = part {
                balls.push((*joint, place.translation()));
            }
            if cursor {
                let ring = children.into_iter().flatten().copied().find(|ring| visible(*ring));
                let width = |place: &GlobalTransform| place.scale().x;
                seen.cursors.push(SeenCursor {
                    place: place.translation(),
                    normal: place.rotation() * Vec3::Z,
                    width_m: width(place),
                    ring_width_m: ring.and_then(|ring| world.get(ring)).map(width),
                });
            }
        }
        balls.sort_by_key(|(joint, _)| *joint);
        seen.balls = balls.into_iter().map(|(_, place)| place).collect();
        seen
    }
}
