//! How a slider looks: its value written, its rail filled, its mark placed, its thumb dressed.

use bevy::{
    prelude::*,
    ui::{InteractionDisabled, Pressed},
    ui_widgets::SliderValue,
};

use super::{
    parts::{Filled, Lit, MarkHere, Thumb, Track, ValueHere},
    value::{Slider, SliderMark},
};
use crate::world::ui::{
    controls::{
        Pointed, Sought,
        dress::{ControlState, Dress},
    },
    palette,
};

pub(super) fn show_value(
    changed: Query<(Entity, &Slider), Changed<Slider>>,
    children: Query<&Children>,
    tracks: Query<(), With<Track>>,
    mut values: Query<&mut Text, With<ValueHere>>,
    mut fills: Query<&mut Node, (With<Filled>, Without<Thumb>)>,
    mut thumbs: Query<&mut Node, (With<Thumb>, Without<Filled>)>,
    mut commands: Commands,
) {
    for (entity, slider) in &changed {
        let place = slider.place();
        for part in children.iter_descendants(entity) {
            if let Ok(mut text) = values.get_mut(part) {
                text.set_if_neq(Text((slider.show)(slider.value)));
            } else if let Ok(mut fill) = fills.get_mut(part) {
                fill.width = percent(place * 100.0);
            } else if let Ok(mut thumb) = thumbs.get_mut(part) {
                thumb.left = percent(place * 100.0);
            } else if tracks.contains(part) {
                commands.entity(part).insert(SliderValue(place));
            }
        }
    }
}

pub(super) fn show_marks(
    changed: Query<(Entity, &Slider, &SliderMark), Or<(Changed<Slider>, Changed<SliderMark>)>>,
    children: Query<&Children>,
    mut marks: Query<&mut Node, With<MarkHere>>,
) {
    for (entity, slider, mark) in &changed {
        let within = mark.0.filter(|value| slider.range.contains(value));
        let (display, left) = match within {
            Some(value) => (Display::Flex, percent(slider.place_of(value) * 100.0)),
            None => (Display::None, percent(0)),
        };
        for part in children.iter_descendants(entity) {
            if let Ok(mut node) = marks.get_mut(part)
                && (node.display, node.left) != (display, left)
            {
                (node.display, node.left) = (display, left);
            }
        }
    }
}

pub(super) fn dress_thumbs(
    tracks: Query<
        (Entity, &ChildOf, &Pointed, Has<Pressed>, Has<InteractionDisabled>),
        With<Track>,
    >,
    sought: Query<(), With<Sought>>,
    children: Query<&Children>,
    mut thumbs: Query<(&mut BackgroundColor, &mut BorderColor), (With<Thumb>, Without<Lit>)>,
    mut lights: Query<&mut BackgroundColor, (With<Lit>, Without<Thumb>)>,
) {
    for (track, slider, pointed, pressed, disabled) in &tracks {
        let look = Dress::Primary.look(ControlState {
            disabled,
            pressed,
            pointed: pointed.0 || sought.contains(slider.parent()),
            chosen: false,
        });
        for part in children.iter_descendants(track) {
            if let Ok((mut ground, mut rule)) = thumbs.get_mut(part) {
                ground.set_if_neq(BackgroundColor(look.ground));
                rule.set_if_neq(BorderColor::all(look.rule));
            } else if let Ok(mut light) = lights.get_mut(part) {
                light.set_if_neq(BackgroundColor(if disabled {
                    palette::INK_FAINT
                } else {
                    palette::ACCENT
                }));
            }
        }
    }
}
