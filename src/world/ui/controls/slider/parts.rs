//! A slider's parts: caption and value, and under them the rail, the thumb and the mark.

use bevy::{
    prelude::*,
    ui_widgets::{
        Slider as Slides, SliderOrientation, SliderRange, SliderStep, SliderThumb, TrackClick,
    },
};

use super::value::{Slider, SliderMark, SliderPlan};
use crate::world::ui::{
    controls::{ControlName, ControlPart, Pointed},
    palette, words,
};

/// The part of a slider that is pressed and dragged.
#[derive(Component)]
pub(in crate::world::ui::controls) struct Track;

#[derive(Component)]
pub(super) struct Filled;

/// Parts of the rail in the colour of what can be used.
#[derive(Component)]
pub(super) struct Lit;

#[derive(Component)]
pub(super) struct Thumb;

/// The line that marks a value.
#[derive(Component)]
pub(super) struct MarkHere;

#[derive(Component)]
pub(super) struct ValueHere;

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
