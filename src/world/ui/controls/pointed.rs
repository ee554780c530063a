//! Which controls are pointed at, by whichever pointer or by the keyboard: Bevy's own `Hovered` knows only the window's mouse.

use bevy::{
    input_focus::{InputFocus, InputFocusSystems, InputFocusVisible},
    picking::{PickingSystems, pointer::PointerInteraction},
    prelude::*,
};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        PreUpdate,
        note_pointed.in_set(PickingSystems::PostHover).after(InputFocusSystems::Dispatch),
    );
}

/// Whether any aim is over this control or a part of it, or the keyboard acts on it.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pointed(pub bool);

/// A control that somebody is asked to press: it looks as if it were pointed at.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Sought;

fn note_pointed(
    pointers: Query<&PointerInteraction>,
    focus: Option<Res<InputFocus>>,
    focus_visible: Option<Res<InputFocusVisible>>,
    parents: Query<&ChildOf>,
    mut controls: Query<(Entity, &mut Pointed)>,
    mut over: Local<Vec<Entity>>,
) {
    over.clear();
    for (entity, _) in pointers.iter().flat_map(|pointer| pointer.iter()) {
        over.push(*entity);
        over.extend(parents.iter_ancestors(*entity));
    }
    let focus = focus.filter(|_| focus_visible.is_some_and(|visible| visible.0));
    if let Some(focused) = focus.and_then(|focus| focus.get()) {
        over.push(focused);
        over.extend(parents.iter_ancestors(focused));
    }
    for (control, mut pointed) in &mut controls {
        pointed.set_if_neq(Pointed(over.contains(&control)));
    }
}
