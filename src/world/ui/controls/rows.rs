//! Rows that are read rather than pressed: values with their names, how far something is, cards, rules.

use bevy::prelude::*;

use super::{ControlText, UiWrite, WordsHere};
use crate::world::ui::{lettering::Lettering, palette, words};

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PostUpdate, show_fractions.in_set(UiWrite));
}

/// Things side by side.
pub fn row() -> Node {
    Node { column_gap: px(14), align_items: AlignItems::Center, ..default() }
}

/// A thin line between groups.
pub fn rule() -> impl Bundle {
    (
        Node {
            width: percent(100),
            height: px(2),
            margin: UiRect::axes(px(0), px(4)),
            flex_shrink: 0.0,
            ..default()
        },
        BackgroundColor(palette::RULE),
        Pickable::IGNORE,
    )
}

/// A name and its value; change its [`ControlText`] to change the value.
pub fn stat(label: impl Into<Lettering>, value: impl Into<Lettering>) -> impl Bundle {
    let value: Lettering = value.into();
    (
        ControlText(value.text.clone()),
        value.said.clone(),
        Node {
            justify_content: JustifyContent::SpaceBetween,
            align_items: AlignItems::Center,
            column_gap: px(16),
            ..default()
        },
        Pickable::IGNORE,
        children![words::caption(label), (words::figure(value), WordsHere)],
    )
}

/// How much of something is done, from 0 to 1.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub struct Fraction(pub f32);

#[derive(Component)]
struct Done;

/// A bar that fills; write its [`Fraction`].
pub fn fraction(done: f32) -> impl Bundle {
    (
        Fraction(done),
        Pickable::IGNORE,
        Node {
            width: percent(100),
            height: px(10),
            border_radius: BorderRadius::MAX,
            flex_shrink: 0.0,
            ..default()
        },
        BackgroundColor(palette::RULE),
        children![(
            Done,
            Pickable::IGNORE,
            Node {
                width: percent(0),
                height: percent(100),
                border_radius: BorderRadius::MAX,
                ..default()
            },
            BackgroundColor(palette::ACCENT),
        )],
    )
}

/// A small plate of its own, for what appears beside the thing that is pointed at; give it children.
pub fn card() -> impl Bundle {
    (
        Node {
            flex_direction: FlexDirection::Column,
            row_gap: px(8),
            padding: UiRect::axes(px(22), px(18)),
            border: UiRect::all(px(2)),
            border_radius: BorderRadius::all(px(14)),
            // As wide as its words, up to the panel it stands on.
            align_self: AlignSelf::Start,
            max_width: percent(100),
            ..default()
        },
        BackgroundColor(palette::PLATE),
        BorderColor::all(palette::RULE),
        Pickable::IGNORE,
    )
}

fn show_fractions(
    changed: Query<(&Fraction, &Children), Changed<Fraction>>,
    mut bars: Query<&mut Node, With<Done>>,
) {
    for (fraction, parts) in &changed {
        let done = if fraction.0.is_finite() { fraction.0.clamp(0.0, 1.0) } else { 0.0 };
        for &part in parts {
            if let Ok(mut bar) = bars.get_mut(part) {
                bar.width = percent(done * 100.0);
            }
        }
    }
}
