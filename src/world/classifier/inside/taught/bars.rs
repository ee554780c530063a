//! Credit by step as bars: down what lowered the loss, up what raised it, both from the same line.

use bevy::prelude::*;

use super::Told;
use crate::{
    inside::Stretch,
    world::{
        classifier::{Classifier, Of},
        ui::{palette, sheet::from_left},
    },
};

/// Bars at once: as many as the ledger has stretches of steps, or fewer.
const MOST: usize = 120;

/// One of the two bars of a stretch.
#[derive(Component, Clone, Copy)]
pub(in super::super) struct CreditBar {
    place: usize,
    helped: bool,
    corner: Vec2,
    size: Vec2,
}

pub(super) fn hang<C: Classifier>(page: &mut ChildSpawnerCommands, corner: Vec2, size: Vec2) {
    for (place, helped) in (0..MOST).flat_map(|place| [(place, true), (place, false)]) {
        let bar = CreditBar { place, helped, corner, size };
        let node = Node { display: Display::None, ..from_left(corner.x, corner.y) };
        let ink = if helped { palette::ACCENT } else { palette::AMBER };
        page.spawn((node, BackgroundColor(ink), bar, Pickable::IGNORE, Of::<C>::MARK));
    }
}

/// How long a bar is, before it is scaled.
fn of(stretch: &Stretch, helped: bool) -> f64 {
    let sides = stretch.sides;
    let size = if helped { -sides.helped } else { sides.hindered };
    // By its root, as first steps teach most by far.
    if size.is_finite() { size.max(0.0).sqrt() } else { 0.0 }
}

pub(super) fn show<C: Classifier>(
    told: Res<Told<C>>,
    mut bars: Query<(&CreditBar, &mut Node), With<Of<C>>>,
) {
    if !told.is_changed() {
        return;
    }
    let stretches = told.taught().map(|taught| &*taught.stretches).unwrap_or_default();
    let count = stretches.len().min(MOST);
    let most = |helped: bool| {
        stretches.iter().map(|stretch| of(stretch, helped)).fold(f64::MIN_POSITIVE, f64::max)
    };
    let (down, up) = (most(true), most(false));
    let whole = down + up;
    for (bar, mut node) in &mut bars {
        let Some(stretch) = stretches.get(bar.place).filter(|_| bar.place < count) else {
            if node.display != Display::None {
                node.display = Display::None;
            }
            continue;
        };
        let pitch = bar.size.x / count.max(1) as f32;
        let zero = bar.corner.y + bar.size.y * (up / whole) as f32;
        let height = bar.size.y * (of(stretch, bar.helped) / whole) as f32;
        let wanted = Node {
            width: px((pitch - 0.5).max(1.0)),
            height: px(height),
            ..from_left(
                bar.corner.x + bar.place as f32 * pitch,
                if bar.helped { zero } else { zero - height },
            )
        };
        if *node != wanted {
            *node = wanted;
        }
    }
}
