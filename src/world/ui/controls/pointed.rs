//! Which controls are pointed at, by whichever pointer: Bevy's own `Hovered` knows only the window's mouse.

use bevy::{
    picking::{PickingSystems, pointer::PointerInteraction},
    prelude::*,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, note_pointed.in_set(PickingSystems::PostHover));
}

/// Whether any aim is over this control or a part of it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointed(pub bool);

fn note_pointed(
    pointers: Query<&PointerInteraction>,
    parents: Query<&ChildOf>,
    mut controls: Query<(Entity, &mut Pointed)>,
    mut over: Local<Vec<Entity>>,
) {
    over.clear();
    for (entity, _) in pointers.iter().flat_map(|pointer| pointer.iter()) {
        over.push(*entity);
        over.extend(parents.iter_ancestors(*entity));
    }
    for (control, mut pointed) in &mut controls {
        pointed.set_if_neq(Pointed(over.contains(&control)));
    }
}
