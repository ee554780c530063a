//! All units as bars: by how many points the accuracy falls without each; up where it falls, down where it rises.

use bevy::prelude::*;

use super::Told;
use crate::world::{
    classifier::{Classifier, Of, inside::state::Inside},
    ui::{palette, sheet::from_left},
};

/// Bars at once; of more units those around the one that is looked at.
pub(super) const MOST: usize = 64;
/// How high all bars are together, in dmm.
pub(super) const HEIGHT_DMM: f32 = 62.0;
/// What is free between two bars, in dmm.
const GAP_DMM: f32 = 1.0;
/// Where zero is, from the top of the bars, as a share of their height: most units help.
const ZERO: f32 = 0.7;

/// A bar, by its place.
#[derive(Component, Clone, Copy)]
pub(super) struct UnitBar {
    place: usize,
    corner: Vec2,
    width: f32,
}

pub(super) fn hang<C: Classifier>(page: &mut ChildSpawnerCommands, corner: Vec2, width: f32) {
    for place in 0..MOST {
        let bar = UnitBar { place, corner, width };
        let node = Node { display: Display::None, ..from_left(corner.x, corner.y) };
        let ground = BackgroundColor(palette::ACCENT);
        page.spawn((node, ground, bar, Pickable::IGNORE, Of::<C>::MARK));
    }
}

/// The first unit of so many that has a bar, so that the one that is looked at has one.
pub(super) const fn first(unit: usize) -> usize {
    unit / MOST * MOST
}

pub(super) fn show<C: Classifier>(
    inside: Res<Inside<C>>,
    told: Res<Told<C>>,
    mut bars: Query<(&UnitBar, &mut Node, &mut BackgroundColor), With<Of<C>>>,
) {
    let units = told.units().map(|said| &*said.said.units).unwrap_or_default();
    let chosen = told.unit(inside.wanted.unit).map_or(0, |(at, _)| at);
    let from = first(chosen);
    // Where weights are changed by hand, buttons hang in their place.
    let hidden = inside.wanted.weights || inside.wanted.of_classes;
    let shown = units.get(from..).filter(|_| !hidden).unwrap_or_default();
    let count = shown.len().min(MOST);
    let drops = || shown.iter().take(count).map(|unit| unit.drop_by_zero);
    let sizes = drops().map(f32::abs).filter(|drop| drop.is_finite());
    let most = sizes.fold(f32::MIN_POSITIVE, f32::max);
    for (bar, mut node, mut ground) in &mut bars {
        let Some(drop) = drops().nth(bar.place) else {
            if node.display != Display::None {
                node.display = Display::None;
            }
            continue;
        };
        let pitch = (bar.width / count.max(1) as f32).min(24.0);
        let share = if drop.is_finite() { (drop / most).clamp(-1.0, 1.0) } else { 0.0 };
        let reach = HEIGHT_DMM * if share < 0.0 { 1.0 - ZERO } else { ZERO };
        let height = (share.abs() * reach).max(2.0).round();
        let zero = bar.corner.y + HEIGHT_DMM * ZERO;
        let top = if share < 0.0 { zero } else { zero - height };
        let wanted = Node {
            width: px((pitch - GAP_DMM).max(1.0)),
            height: px(height),
            ..from_left(bar.corner.x + bar.place as f32 * pitch, top)
        };
        if *node != wanted {
            *node = wanted;
        }
        let unit = from + bar.place;
        let ink = if inside.wanted.out.contains(&unit) {
            palette::AMBER
        } else if unit == chosen {
            palette::INK
        } else {
            palette::ACCENT
        };
        ground.set_if_neq(BackgroundColor(ink));
    }
}
