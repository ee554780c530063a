//! What can be aimed at: flat surfaces with their stable names, and queries of all that aims do not pass through.

use bevy::{camera::visibility::RenderLayers, prelude::*};

use crate::world::interaction::{points::Points, relief::Relief};

/// A flat rectangle that can be aimed at: centred in its entity's XY plane and facing +Z.
///
/// It is left out while it or a parent is hidden, or while it is [`Untouchable`]. One that has [`RenderLayers`] is
/// there for those aims only whose own layers have one of them; an aim without any has the layer that all have.
#[derive(Component, Clone, Copy, Debug)]
#[require(Transform, Visibility)]
pub struct Surface {
    /// Width and height in metres, before the entity's own scale.
    pub size: Vec2,
}

/// The stable name of a surface, by which those outside the hall find it, as a control is found by its name.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Landmark(pub &'static str);

/// Aims pass through this surface as if it were not there.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Untouchable;

pub(super) type TouchableSurfaces<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static Surface,
        &'static GlobalTransform,
        &'static InheritedVisibility,
        Option<&'static RenderLayers>,
    ),
    Without<Untouchable>,
>;

pub(super) type TouchablePoints<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static Points,
        &'static GlobalTransform,
        &'static InheritedVisibility,
        Option<&'static RenderLayers>,
    ),
    Without<Untouchable>,
>;

pub(super) type TouchableReliefs<'w, 's> = Query<
    'w,
    's,
    (
        Entity,
        &'static Relief,
        &'static GlobalTransform,
        &'static InheritedVisibility,
        Option<&'static RenderLayers>,
    ),
    Without<Untouchable>,
>;
