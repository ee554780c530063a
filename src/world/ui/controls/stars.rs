//! Stars: a row of five that is pointed at and pressed in half steps.

use bevy::{
    ecs::spawn::SpawnIter, input::keyboard::KeyboardInput, input_focus::FocusedInput, prelude::*,
};

use super::{ControlName, Pointed, UiWrite, ValueChange};
use crate::world::ui::{palette, type_size, words};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(press)
        .add_observer(press_by_key)
        .add_systems(PostUpdate, fill.in_set(UiWrite));
}

/// How many stars are filled, from 0 to 5 in halves; write it to fill others.
#[derive(Component, Clone, Copy, Debug, PartialEq)]
pub struct Stars(pub f32);

/// Half a star, by what pressing it gives, counted in halves from 1.
#[derive(Component, Clone, Copy, Debug)]
pub struct HalfStar(u8);

impl HalfStar {
    /// How many stars pressing it gives.
    pub fn stars(self) -> f32 {
        f32::from(self.0) / 2.0
    }
}

/// The bright part of a star, by the star's place from 0.
#[derive(Component, Clone, Copy, Debug)]
struct Bright(u8);

/// The stable names of the halves, from half a star to five.
pub type HalfNames = [&'static str; 10];

const STARS: u8 = 5;
/// Wide enough that half of one can be pressed, in dmm.
const STAR_DMM: f32 = 68.0;
/// Its height, in dmm.
const HEIGHT_DMM: f32 = 56.0;

/// By how much a glyph's line is higher than the row, halved, in dmm.
const RISE_DMM: f32 = -9.0;

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
        Node { width: px(STAR_DMM), height: px(HEIGHT_DMM), ..default() },
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
            height: px(HEIGHT_DMM),
            flex_shrink: 0.0,
            align_items: AlignItems::Center,
            justify_content: JustifyContent::Center,
            ..default()
        },
    )
}

fn glyph(ink: Color) -> impl Bundle {
    // Its line is as high as the glyph, so that it stays within the row.
    (
        words::set("★", type_size::TITLE, FontWeight::NORMAL, ink),
        Node { height: px(HEIGHT_DMM), margin: UiRect::top(px(RISE_DMM)), ..default() },
    )
}

fn half(place: usize, names: &'static HalfNames) -> impl Bundle {
    (
        ControlName(names[place]),
        HalfStar(place as u8 + 1),
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
    halves: Query<&HalfStar>,
    parents: Query<&ChildOf>,
    rows: Query<(), With<Stars>>,
    mut commands: Commands,
) {
    let Ok(half) = halves.get(click.entity) else {
        return;
    };
    click.propagate(false);
    give(*half, click.entity, &parents, &rows, &mut commands);
}

/// As buttons are pressed by the keyboard that acts on them.
fn press_by_key(
    mut key: On<FocusedInput<KeyboardInput>>,
    halves: Query<&HalfStar>,
    parents: Query<&ChildOf>,
    rows: Query<(), With<Stars>>,
    mut commands: Commands,
) {
    let presses = key.input.state.is_pressed()
        && !key.input.repeat
        && matches!(key.input.key_code, KeyCode::Enter | KeyCode::Space);
    if let (true, Ok(half)) = (presses, halves.get(key.focused_entity)) {
        key.propagate(false);
        give(*half, key.focused_entity, &parents, &rows, &mut commands);
    }
}

/// Tells the row of a half how many stars it was given.
fn give(
    half: HalfStar,
    entity: Entity,
    parents: &Query<&ChildOf>,
    rows: &Query<(), With<Stars>>,
    commands: &mut Commands,
) {
    if let Some(source) = parents.iter_ancestors(entity).find(|row| rows.contains(*row)) {
        commands.trigger(ValueChange { source, value: half.stars(), is_final: true });
    }
}

/// While a half is pointed at, the row shows what pressing it would give.
fn fill(
    rows: Query<(Entity, &Stars)>,
    changed: Query<(), Or<(Changed<Stars>, Changed<Pointed>)>>,
    children: Query<&Children>,
    halves: Query<(&HalfStar, &Pointed)>,
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
        let shown = pointed.map_or(stars.0, |(half, _)| half.stars());
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
