//! Presses and drags of a slider, told as changes of its value.

use bevy::{prelude::*, ui::Pressed};

use super::{parts::Track, value::Slider};
use crate::world::ui::controls::ValueChange;

/// The headless slider speaks of places from 0 to 1; the hall hears values.
pub(super) fn slide(
    change: On<ValueChange<f32>>,
    tracks: Query<&ChildOf, With<Track>>,
    mut sliders: Query<&mut Slider>,
    mut commands: Commands,
) {
    let Ok(source) = tracks.get(change.source).map(ChildOf::parent) else {
        return;
    };
    let Ok(mut slider) = sliders.get_mut(source) else {
        return;
    };
    let value = slider.value_at(change.value);
    // A drag that ended has been told as final when its press ended.
    if value == slider.value {
        return;
    }
    slider.value = value;
    let is_final = !slider.held;
    commands.trigger(ValueChange { source, value, is_final });
}

pub(super) fn hold(
    add: On<Add, Pressed>,
    tracks: Query<&ChildOf, With<Track>>,
    mut sliders: Query<&mut Slider>,
) {
    if let Ok(slider) = tracks.get(add.entity)
        && let Ok(mut slider) = sliders.get_mut(slider.parent())
    {
        slider.held = true;
    }
}

pub(super) fn settle(
    remove: On<Remove, Pressed>,
    tracks: Query<&ChildOf, With<Track>>,
    mut sliders: Query<&mut Slider>,
    mut commands: Commands,
) {
    if let Ok(source) = tracks.get(remove.entity).map(ChildOf::parent)
        && let Ok(mut slider) = sliders.get_mut(source)
        && slider.held
    {
        slider.held = false;
        commands.trigger(ValueChange { source, value: slider.value, is_final: true });
    }
}
