//! Ticks that a hand feels: one when it presses, a fainter one when it comes to another control.

use bevy::{
    picking::{PickingSystems, pointer::PointerInteraction},
    prelude::*,
    ui::InteractionDisabled,
};

use super::{Hand, HandInput, HandKind, Pulse};
use crate::world::{
    interaction::aim::{Aim, AimPressed},
    ui::controls::Pointed,
};

/// Strength from 0 to 1, and length in milliseconds, of a press.
const PRESS: (f32, u32) = (0.5, 12);
/// Of coming to another control.
const ARRIVAL: (f32, u32) = (0.15, 6);

pub(super) fn plugin(app: &mut App) {
    app.add_observer(tick_presses)
        .add_systems(PreUpdate, tick_arrivals.in_set(PickingSystems::Last));
}

fn tick_presses(
    pressed: On<AimPressed>,
    hands: Query<(&Hand, &HandInput)>,
    mut pulses: MessageWriter<Pulse>,
) {
    if let Ok((hand, input)) = hands.get(pressed.aim) {
        tick(hand, input, PRESS, &mut pulses);
    }
}

fn tick_arrivals(
    hands: Query<(&Hand, &HandInput, &Aim, &PointerInteraction)>,
    parents: Query<&ChildOf>,
    controls: Query<Has<InteractionDisabled>, With<Pointed>>,
    mut pulses: MessageWriter<Pulse>,
    mut last: Local<[Option<Entity>; 2]>,
) {
    for (hand, input, aim, pointer) in &hands {
        let control = pointer.get_nearest_hit().and_then(|(part, _)| {
            std::iter::once(*part)
                .chain(parents.iter_ancestors(*part))
                .find(|part| controls.contains(*part))
        });
        let last = &mut last[hand.0 as usize];
        if *last == control {
            continue;
        }
        *last = control;
        // Whoever drags passes over controls that they do not mean, and a control that is off does not answer.
        let answers =
            control.is_some_and(|control| controls.get(control).is_ok_and(|disabled| !disabled));
        if answers && !aim.pressed {
            tick(hand, input, ARRIVAL, &mut pulses);
        }
    }
}

fn tick(
    hand: &Hand,
    input: &HandInput,
    (strength, milliseconds): (f32, u32),
    pulses: &mut MessageWriter<Pulse>,
) {
    // A bare hand has nothing that could shake it.
    if input.kind == HandKind::Controller {
        pulses.write(Pulse { side: hand.0, strength, milliseconds });
    }
}
