//! Choices: a few names side by side, one of them chosen.

use bevy::{
    ecs::spawn::SpawnIter,
    prelude::*,
    ui::Checked,
    ui_widgets::{RadioButton, RadioGroup},
};

use super::{
    ControlName, ControlPart, UiWrite, ValueChange,
    dress::{Dress, Inked},
};
use crate::world::ui::{lettering::Lettering, palette, type_size, words};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(choose).add_systems(PostUpdate, show_choice.in_set(UiWrite));
}

/// Which of the names is chosen, counted from 0; write it to choose another.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    pub chosen: usize,
}

#[derive(Component)]
struct Segment(usize);

/// A choice: observe `ValueChange<usize>` on it.
pub fn choice(name: &'static str, labels: &[&str], chosen: usize) -> impl Bundle {
    let labels: Vec<Lettering> = labels.iter().map(|label| (*label).into()).collect();
    (
        Name::new(name),
        ControlName(name),
        RadioGroup,
        Choice { chosen },
        Node {
            min_height: px(type_size::BUTTON),
            padding: UiRect::all(px(4)),
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(14)),
            column_gap: px(type_size::GAP),
            align_items: AlignItems::Stretch,
            ..default()
        },
        BackgroundColor(palette::PLATE),
        BorderColor::all(palette::RULE),
        Children::spawn(SpawnIter(
            labels.into_iter().enumerate().map(|(place, label)| segment(place, label)),
        )),
    )
}

fn segment(place: usize, label: Lettering) -> impl Bundle {
    (
        RadioButton,
        Segment(place),
        ControlPart,
        Dress::Quiet,
        Node {
            flex_grow: 1.0,
            padding: UiRect::axes(px(18), px(0)),
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(10)),
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
        children![(
            words::set(label, type_size::CAPTION, FontWeight::SEMIBOLD, palette::INK_QUIET),
            TextLayout::no_wrap(),
            Inked,
        )],
    )
}

fn choose(
    change: On<ValueChange<Entity>>,
    mut choices: Query<&mut Choice>,
    segments: Query<&Segment>,
    mut commands: Commands,
) {
    let (Ok(mut choice), Ok(segment)) =
        (choices.get_mut(change.source), segments.get(change.value))
    else {
        return;
    };
    choice.chosen = segment.0;
    commands.trigger(ValueChange { source: change.source, value: segment.0, is_final: true });
}

fn show_choice(
    changed: Query<(&Choice, &Children), Changed<Choice>>,
    segments: Query<&Segment>,
    mut commands: Commands,
) {
    for (choice, parts) in &changed {
        for &part in parts {
            match segments.get(part) {
                Ok(segment) if segment.0 == choice.chosen => {
                    commands.entity(part).insert(Checked);
                }
                Ok(_) => {
                    commands.entity(part).remove::<Checked>();
                }
                Err(_) => {}
            }
        }
    }
}
