//! What a screen reader asks for: presses, the focus, values.

use accesskit::{Action, ActionData};
use bevy::{
    a11y::ActionRequest,
    ecs::system::SystemParam,
    input_focus::{FocusCause, InputFocus, InputFocusVisible},
    prelude::*,
    ui_widgets::{SetSliderValue, SliderValueChange, ToggleChecked},
};

use crate::world::{
    access::names::{Kind, Names},
    ui::controls::{Activate, Choice, Field, HalfStar, Slider, Stars, Typing, ValueChange},
};

/// Controls, to do with them what hands do.
#[derive(SystemParam)]
pub(super) struct Hands<'w, 's> {
    names: Names<'w, 's>,
    halves: Query<'w, 's, &'static HalfStar>,
    choices: Query<'w, 's, (), With<Choice>>,
    rows: Query<'w, 's, (), With<Stars>>,
    commands: Commands<'w, 's>,
}

pub(super) fn obey(
    mut requests: MessageReader<ActionRequest>,
    mut hands: Hands,
    mut typing: Option<ResMut<Typing>>,
    mut focus: Option<ResMut<InputFocus>>,
    mut focus_visible: Option<ResMut<InputFocusVisible>>,
) {
    for request in requests.read() {
        let Some(bearer) = Entity::try_from_bits(request.target_node.0) else {
            continue;
        };
        // Pages turn while a request is on its way.
        let Some(control) = hands.names.control_of(bearer) else {
            continue;
        };
        if request.action == Action::Focus {
            if let (Some(focus), Some(visible)) = (&mut focus, &mut focus_visible) {
                focus.set(bearer, FocusCause::Navigated);
                visible.0 = true;
            }
            continue;
        }
        if hands.names.state(control).disabled {
            continue;
        }
        match (request.action, &request.data, hands.names.kind(control)) {
            (Action::Click, _, Some(Kind::Field)) => {
                if let Some(typing) = &mut typing {
                    typing.0 = Some(control);
                }
            }
            (Action::Click, _, Some(kind)) => hands.press(control, kind),
            (Action::Increment, ..) => hands.slide(bearer, SliderValueChange::RelativeStep(1.0)),
            (Action::Decrement, ..) => hands.slide(bearer, SliderValueChange::RelativeStep(-1.0)),
            (Action::SetValue, Some(ActionData::NumericValue(value)), Some(Kind::Slider)) => {
                if let Some(place) = hands.place_of(control, *value) {
                    hands.slide(bearer, SliderValueChange::Absolute(place));
                }
            }
            (Action::SetValue, Some(ActionData::Value(text)), Some(Kind::Field)) => {
                hands.write(control, text);
            }
            _ => {}
        }
    }
}

impl Hands<'_, '_> {
    fn press(&mut self, control: Entity, kind: Kind) {
        match kind {
            Kind::Button | Kind::Tab => self.commands.trigger(Activate { entity: control }),
            Kind::Toggle | Kind::Switch => {
                self.commands.trigger(ToggleChecked { entity: control });
            }
            Kind::Radio => {
                let choice = self.above(control, |above| self.choices.contains(above));
                if let Some(source) = choice {
                    let value = control;
                    self.commands.trigger(ValueChange { source, value, is_final: true });
                }
            }
            Kind::Star => {
                let row = self.above(control, |above| self.rows.contains(above));
                if let (Some(source), Ok(half)) = (row, self.halves.get(control)) {
                    let value = half.stars();
                    self.commands.trigger(ValueChange { source, value, is_final: true });
                }
            }
            Kind::Choice | Kind::Slider | Kind::Field => {}
        }
    }

    fn above(&self, entity: Entity, is_it: impl Fn(Entity) -> bool) -> Option<Entity> {
        self.names.parents.iter_ancestors(entity).find(|above| is_it(*above))
    }

    fn slide(&mut self, track: Entity, change: SliderValueChange) {
        self.commands.trigger(SetSliderValue { entity: track, change });
    }

    /// Where along its line a slider has a value, from 0 to 1.
    fn place_of(&self, control: Entity, value: f64) -> Option<f32> {
        let slider: &Slider = self.names.slider(control)?;
        value.is_finite().then(|| slider.place_of(value as f32))
    }

    /// Writes a field's text, as if it had been typed and was done.
    fn write(&mut self, control: Entity, text: &str) {
        let text = text.to_owned();
        self.commands.queue(move |world: &mut World| {
            if let Some(mut field) = world.get_mut::<Field>(control) {
                field.text.clone_from(&text);
                world.trigger(ValueChange { source: control, value: text, is_final: true });
            }
        });
    }
}
