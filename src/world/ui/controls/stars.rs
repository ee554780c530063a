//! Stars: a row of five that is pointed at and pressed in half steps.

use bevy::{ecs::spawn::SpawnIter, prelude::*};

use super::{ControlName, Pointed, UiWrite, ValueChange};
use crate::world::ui::{palette, type_size, words};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(press).add_systems(PostUpdate, fill.in_set(UiWrite));
}

/// How many stars are filled, from 0 to 5 in halves; write it to fill others.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub struct Stars(pub f32);

/// Half a star, by what pressing it gives, counted in halves from 1.
#[derive(Component, Clone, Copy, Debug)]
struct Half(u8);

/// The bright part of a star, by the star's place from 0.
#[derive(Component, Clone, Copy, Debug)]
struct Bright(u8);

/// The stable names of the halves, from half a star to five.
pub type HalfNames = [&'static str; 10];

const STARS: u8 = 5;
/// Wide enough that half of one can be pressed, in dmm.
const STAR_DMM: f32 = 70.0;

/// A row of stars: observe `ValueChange<f32>` on it, which tells stars from 0.5 to 5.
pub fn stars(name: &'static str, halves: &'static HalfNames) -> impl Bundle {
    (
        Name::new(name),
        ControlName(name),
        Stars(0.0),
        Node { flex_shrink: 0.0, ..default() },
        Children::spawn(SpawnIter((0..STARS).map(move |place| star(place, halves)))),
    )
}

fn star(place: u8, halves: &'static HalfNames) -> impl Bundle {
    let first = usize::from(place) * 2;
    (
        Node { width: px(STAR_DMM), height: px(type_size::BUTTON), ..default() },
        children![
            (glyph_box(), children![glyph(palette::INK_FAINT)]),
            (
                Bright(place),
                Pickable::IGNORE,
                Node {
                    position_type: PositionType::Absolute,
                    width: percent(0),
                    height: percent(100),
                    overflow: Overflow::clip(),
                    ..default()
                },
                children![(glyph_box(), children![glyph(palette::ACCENT)])],
            ),
            half(first, halves),
            half(first + 1, halves),
        ],
    )
}

fn glyph_box() -> impl Bundle {
    (
        Pickable::IGNORE,
        Node {
            width: px(STAR_DMM),
            height: px(type_size::BUTTON),
            flex_shrink: 0.0,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
    )
}

fn glyph(ink: Color) -> impl Bundle {
    words::set("★", type_size::TITLE, FontWeight::NORMAL, ink)
}

fn half(place: usize, names: &'static HalfNames) -> impl Bundle {
    (
        ControlName(names[place]),
        Half(place as u8 + 1),
        Pointed::default(),
        Node {
            position_type: PositionType::Absolute,
            left: px(if place.is_multiple_of(2) { 0.0 } else { STAR_DMM / 2.0 }),
            width: px(STAR_DMM / 2.0),
            height: percent(100),
            ..default()
        },
    )
}

fn press(
    mut click: On<Pointer<Click>>,
    halves: Query<&Half>,
    parents: Query<&ChildOf>,
    rows: Query<(), With<Stars>>,
    mut commands: Commands,
) {
    let Ok(half) = halves.get(click.entity) else {
        return;
    };
    click.propagate(false);
    if let Some(source) = parents.iter_ancestors(click.entity).find(|row| rows.contains(*row)) {
        let value = f32::from(half.0) / 2.0;
        commands.trigger(ValueChange { source, value, is_final: true });
    }
}

/// While a half is pointed at, the row shows what pressing it would give.
fn fill(
    rows: Query<(Entity, &Stars)>,
    changed: Query<(), Or<(Changed<Stars>, Changed<Pointed>)>>,
    children: Query<&Children>,
    halves: Query<(&Half, &Pointed)>,
    mut bright: Query<(&Bright, &mut Node)>,
) {
    if changed.is_empty() {
        return;
    }
    for (row, stars) in &rows {
        let pointed = children
            .iter_descendants(row)
            .filter_map(|part| halves.get(part).ok())
            .find(|(_, pointed)| pointed.0);
        let shown = pointed.map_or(stars.0, |(half, _)| f32::from(half.0) / 2.0);
        for part in children.iter_descendants(row) {
            let Ok((bright, mut node)) = bright.get_mut(part) else {
                continue;
            };
            let width = percent((shown - f32::from(bright.0)).clamp(0.0, 1.0) * 100.0);
            if node.width != width {
                node.width = width;
            }
        }
    }
}
