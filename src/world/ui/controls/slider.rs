//! Sliders: a number within a range, chosen along a line, with its value and unit written beside its name.

use std::ops::RangeInclusive;

use bevy::{
    prelude::*,
    ui::{InteractionDisabled, Pressed},
    ui_widgets::{
        Slider as Slides, SliderOrientation, SliderRange, SliderStep, SliderThumb, SliderValue,
        TrackClick,
    },
};

use super::{
    ControlName, ControlPart, Pointed, UiWrite, ValueChange,
    dress::{ControlState, Dress},
};
use crate::world::ui::{palette, words};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(slide)
        .add_observer(hold)
        .add_observer(settle)
        .add_systems(PostUpdate, (show_value, show_marks, dress_thumbs).chain().in_set(UiWrite));
}

/// How a slider is to be made.
#[derive(Clone, Debug)]
pub struct SliderPlan {
    pub name: &'static str,
    pub label: String,
    pub range: RangeInclusive<f32>,
    pub value: f32,
    pub scale: Scale,
    /// Writes a value, with its unit.
    pub show: fn(f32) -> String,
}

/// How values lie along the line.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// Evenly, in steps from the start of the range.
    Linear { step: f32 },
    /// Evenly by factor, with two significant digits; the range must be positive.
    Log,
}

/// What a slider says; write `value` or `range` to move it from elsewhere, best not while it [is held](Self::is_held).
#[derive(Component, Clone, Debug)]
pub struct Slider {
    pub value: f32,
    pub range: RangeInclusive<f32>,
    pub scale: Scale,
    pub show: fn(f32) -> String,
    held: bool,
}

/// A value of a slider that is marked with a line across its rail, such as a limit; `None` marks none.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub struct SliderMark(pub Option<f32>);

impl Slider {
    /// Whether a visitor is dragging it now.
    pub fn is_held(&self) -> bool {
        self.held
    }

    /// How far along the line the value lies, from 0 to 1.
    fn place(&self) -> f32 {
        self.place_of(self.value)
    }

    /// How far along the line a value lies, from 0 to 1; one beyond an end lies there.
    fn place_of(&self, value: f32) -> f32 {
        let (start, end) = (*self.range.start(), *self.range.end());
        let place = match self.scale {
            Scale::Linear { .. } => (value - start) / (end - start),
            Scale::Log => (value / start).ln() / (end / start).ln(),
        };
        // An empty range, such as a timeline before the first step, has its thumb at the start.
        if place.is_finite() { place.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The value at a place along the line, from 0 to 1.
    fn value_at(&self, place: f32) -> f32 {
        let (start, end) = (*self.range.start(), *self.range.end());
        let value = match self.scale {
            Scale::Linear { step } if step > 0.0 => {
                start + ((end - start) * place / step).round() * step
            }
            Scale::Linear { .. } => start + (end - start) * place,
            Scale::Log => two_digits(start * (end / start).powf(place)),
        };
        // Rounding must not lead past the ends; a plain `clamp` would panic on an empty range of NaNs.
        value.max(start).min(end)
    }
}

fn two_digits(value: f32) -> f32 {
    let value = f64::from(value);
    let unit = 10f64.powi(value.abs().log10().floor() as i32 - 1);
    let rounded = (value / unit).round() * unit;
    if rounded.is_finite() { rounded as f32 } else { value as f32 }
}

/// The part of a slider that is pressed and dragged.
#[derive(Component)]
pub(super) struct Track;

#[derive(Component)]
struct Filled;

/// Parts of the rail in the colour of what can be used.
#[derive(Component)]
struct Lit;

#[derive(Component)]
struct Thumb;

/// The line that marks a value.
#[derive(Component)]
struct MarkHere;

#[derive(Component)]
struct ValueHere;

const TRACK_HEIGHT: f32 = 48.0;
const RAIL_HEIGHT: f32 = 8.0;
const THUMB_SIZE: f32 = 43.0;
/// Width of the line that marks a value.
const MARK_WIDTH: f32 = 5.0;
/// One press of an arrow key, as a part of the line.
const KEY_STEP: f32 = 0.05;

/// A slider: observe `ValueChange<f32>` on it, whose last event of a drag is final.
pub fn slider(plan: SliderPlan) -> impl Bundle {
    (
        Name::new(plan.name),
        ControlName(plan.name),
        Slider {
            value: plan.value,
            range: plan.range,
            scale: plan.scale,
            show: plan.show,
            held: false,
        },
        SliderMark::default(),
        Node { flex_direction: FlexDirection::Column, ..default() },
        children![
            (
                Node {
                    justify_content: JustifyContent::SpaceBetween,
                    column_gap: px(16),
                    ..default()
                },
                Pickable::IGNORE,
                children![
                    words::caption(plan.label),
                    (words::figure((plan.show)(plan.value)), ValueHere)
                ],
            ),
            track(),
        ],
    )
}

fn track() -> impl Bundle {
    (
        Track,
        ControlPart,
        Pointed::default(),
        Slides { track_click: TrackClick::Snap, orientation: SliderOrientation::Horizontal },
        SliderRange::new(0.0, 1.0),
        SliderStep(KEY_STEP),
        Node { width: percent(100), height: px(TRACK_HEIGHT), ..default() },
        children![
            (
                Pickable::IGNORE,
                Node {
                    position_type: PositionType::Absolute,
                    width: percent(100),
                    top: px((TRACK_HEIGHT - RAIL_HEIGHT) / 2.0),
                    height: px(RAIL_HEIGHT),
                    border_radius: BorderRadius::MAX,
                    ..default()
                },
                BackgroundColor(palette::RULE),
                children![
                    // The middle of the thumb does not reach the first half thumb of the rail, which is always filled.
                    (
                        Lit,
                        Pickable::IGNORE,
                        Node {
                            width: px(THUMB_SIZE / 2.0),
                            height: percent(100),
                            border_radius: BorderRadius::left(px(RAIL_HEIGHT / 2.0)),
                            ..default()
                        },
                        BackgroundColor(palette::ACCENT),
                    ),
                    (
                        Pickable::IGNORE,
                        Node {
                            position_type: PositionType::Absolute,
                            left: px(THUMB_SIZE / 2.0),
                            right: px(THUMB_SIZE / 2.0),
                            height: percent(100),
                            ..default()
                        },
                        children![(
                            Filled,
                            Lit,
                            Pickable::IGNORE,
                            Node { width: percent(0), height: percent(100), ..default() },
                            BackgroundColor(palette::ACCENT),
                        )],
                    ),
                ],
            ),
            (
                // Behind the thumb, whose middle lies on it where the value is the marked one.
                Pickable::IGNORE,
                Node {
                    position_type: PositionType::Absolute,
                    left: px((THUMB_SIZE - MARK_WIDTH) / 2.0),
                    right: px((THUMB_SIZE + MARK_WIDTH) / 2.0),
                    height: percent(100),
                    ..default()
                },
                children![(
                    MarkHere,
                    Pickable::IGNORE,
                    Node {
                        position_type: PositionType::Absolute,
                        width: px(MARK_WIDTH),
                        height: percent(100),
                        display: Display::None,
                        ..default()
                    },
                    BackgroundColor(palette::AMBER),
                )],
            ),
            (
                // The thumb's left edge travels over the line less the thumb's own width.
                Pickable::IGNORE,
                Node {
                    position_type: PositionType::Absolute,
                    left: px(0),
                    right: px(THUMB_SIZE),
                    top: px((TRACK_HEIGHT - THUMB_SIZE) / 2.0),
                    height: px(THUMB_SIZE),
                    ..default()
                },
                children![(
                    Thumb,
                    SliderThumb,
                    Pickable::IGNORE,
                    Node {
                        position_type: PositionType::Absolute,
                        left: percent(0),
                        width: px(THUMB_SIZE),
                        height: px(THUMB_SIZE),
                        border: UiRect::all(px(3)),
                        border_radius: BorderRadius::MAX,
                        ..default()
                    },
                    BackgroundColor(palette::ACCENT_DEEP),
                    BorderColor::all(palette::ACCENT),
                )],
            ),
        ],
    )
}

/// The headless slider speaks of places from 0 to 1; the hall hears values.
fn slide(
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

fn hold(
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

fn settle(
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

fn show_value(
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

fn show_marks(
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

fn dress_thumbs(
    tracks: Query<(Entity, &Pointed, Has<Pressed>, Has<InteractionDisabled>), With<Track>>,
    children: Query<&Children>,
    mut thumbs: Query<(&mut BackgroundColor, &mut BorderColor), (With<Thumb>, Without<Lit>)>,
    mut lights: Query<&mut BackgroundColor, (With<Lit>, Without<Thumb>)>,
) {
    for (track, pointed, pressed, disabled) in &tracks {
        let look = Dress::Primary.look(ControlState {
            disabled,
            pressed,
            pointed: pointed.0,
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

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: RangeInclusive<f32>, value: f32, scale: Scale) -> Slider {
        Slider { value, range, scale, show: |value| value.to_string(), held: false }
    }

    #[test]
    fn a_linear_slider_lands_on_steps_and_ends() {
        let slider = of(10.0..=25.0, 13.0, Scale::Linear { step: 4.0 });
        assert!((slider.place() - 0.2).abs() < 1e-6);
        assert_eq!(slider.value_at(0.0), 10.0);
        assert_eq!(slider.value_at(0.3), 14.0);
        assert_eq!(slider.value_at(1.0), 25.0, "the end counts even where no step lands");
    }

    #[test]
    fn a_log_slider_gives_factors_equal_room() {
        let slider = of(1e-5..=1e-1, 1e-3, Scale::Log);
        assert!((slider.place() - 0.5).abs() < 1e-5);
        assert_eq!(slider.value_at(0.0), 1e-5);
        assert_eq!(slider.value_at(0.5), 1e-3);
        assert_eq!(slider.value_at(0.575), 2e-3);
        assert_eq!(slider.value_at(1.0), 1e-1);
    }

    #[test]
    fn what_was_chosen_stays_where_it_was_chosen() {
        for scale in [Scale::Linear { step: 0.5 }, Scale::Log] {
            for hundredths in 0..=100 {
                let mut slider = of(0.5..=64.0, 1.0, scale);
                slider.value = slider.value_at(hundredths as f32 / 100.0);
                let again = slider.value_at(slider.place());
                assert!(
                    (again - slider.value).abs() <= slider.value * 1e-5,
                    "{scale:?} at {hundredths}"
                );
            }
        }
    }

    #[test]
    fn an_empty_range_rests_at_its_start() {
        let slider = of(0.0..=0.0, 0.0, Scale::Linear { step: 1.0 });
        assert_eq!(slider.place(), 0.0);
        assert_eq!(slider.value_at(0.7), 0.0);
    }
}
