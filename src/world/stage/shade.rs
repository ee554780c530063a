//! Light and shadow on the floor, worked out from the footprints of what stands there: nothing is drawn or baked for them.

use bevy::prelude::*;

use super::{
    footprint::Footprint,
    look::{HallLook, HallMaterial, SHADES, Shade},
};

/// Nothing is left on the floor of what is so far below it, in metres.
const SUNK_M: f32 = 0.3;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PostUpdate,
        cast.after(TransformSystems::Propagate).run_if(resource_exists::<HallLook>),
    );
}

/// How what takes up floor looks there, where it is not as its [`Footprint`] alone says.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub struct FloorLook {
    /// How much light lies around it, 0..=1.
    pub pool: f32,
    /// How far that reaches, in metres.
    pub pool_m: f32,
    /// How dark its shadow is, 0..=1.
    pub shadow: f32,
    /// How far that reaches beyond its edge, in metres: the further the higher it hangs.
    pub shadow_m: f32,
}

impl FloorLook {
    /// A round thing stands on the floor, others hang over it; a sign has no depth, and nothing is seen of it there.
    fn of(footprint: Footprint) -> Option<Self> {
        match footprint {
            Footprint::Disc { .. } => Some(Self::STANDS),
            Footprint::Rectangle { size } => (size.min_element() > 0.0).then_some(Self::HANGS),
            Footprint::Arc { .. } => Some(Self::HANGS),
        }
    }

    /// Something that stands on the floor.
    pub const STANDS: Self = Self { pool: 0.35, pool_m: 0.75, shadow: 0.75, shadow_m: 0.12 };
    /// Something that hangs at the height of a hand or a head.
    pub const HANGS: Self = Self { pool: 0.85, pool_m: 1.1, shadow: 0.5, shadow_m: 0.3 };
}

impl Shade {
    fn of(footprint: Footprint, place: &GlobalTransform, look: FloorLook) -> Self {
        let (scale, _, origin) = place.to_scale_rotation_translation();
        let across = place.affine().x_axis.with_y(0.0).normalize_or(Vec3A::X);
        let scale = scale.x.abs();
        // What goes down into the floor takes its light and its shadow along.
        let up = (1.0 + origin.y.min(0.0) / SUNK_M).max(0.0);
        let shape = match footprint {
            // A round thing is an arc that goes all around a middle.
            Footprint::Disc { radius } => vec4(0.0, radius * scale, -1.0, 0.0),
            Footprint::Rectangle { size } => (size * scale / 2.0).extend(0.0).extend(0.0),
            Footprint::Arc { radius, depth, half_angle } => {
                vec4(radius * scale, depth * scale / 2.0, half_angle.cos(), half_angle.sin())
            }
        };
        Self {
            place: vec4(origin.x, origin.z, across.x, -across.z),
            shape,
            look: vec4(look.pool * up, look.pool_m, look.shadow * up, look.shadow_m),
        }
    }
}

type Moved = Or<(
    Changed<GlobalTransform>,
    Changed<InheritedVisibility>,
    Changed<Footprint>,
    Changed<FloorLook>,
)>;

fn cast(
    moved: Query<(), (With<Footprint>, Moved)>,
    all: Query<(&Footprint, Option<&FloorLook>, &GlobalTransform, Option<&InheritedVisibility>)>,
    hall: Res<HallLook>,
    mut materials: ResMut<Assets<HallMaterial>>,
) {
    if moved.is_empty() {
        return;
    }
    let shades: Vec<Shade> = all
        .iter()
        .filter(|(.., seen)| seen.is_none_or(|seen| seen.get()))
        .filter_map(|(footprint, look, place, _)| {
            let look = look.copied().or_else(|| FloorLook::of(*footprint))?;
            Some(Shade::of(*footprint, place, look))
        })
        .take(SHADES)
        .collect();
    if materials.get(&hall.0).is_some_and(|look| look.shades != shades)
        && let Some(mut look) = materials.get_mut(&hall.0)
    {
        look.shades = shades;
    }
}
