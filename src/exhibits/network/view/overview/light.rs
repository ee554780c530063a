//! Which boxes are lit: the one that is pointed at, those that are found, and the layer that the visitor stands before.

use bevy::prelude::*;

use super::{Board, Boxes, Here, Overview, OverviewSystems, blocks::Blocks, lay_out::DEPTH_M};
use crate::{
    exhibits::network::{
        EXHIBIT_ID,
        view::{
            chosen::plate_of,
            plates::{Hung, Plate},
        },
    },
    world::{
        Head,
        interaction::aim::{AimHits, Surface},
        stage::Exhibited,
        ui::palette,
    },
};

/// One stands before a plate that is no further away than this, in metres.
const BEFORE_M: f32 = 2.0;
/// One still stands where a box has led within so many metres.
const STILL_M: f32 = 0.6;
/// How much larger a lit box is, in metres on each side.
const LARGER_M: f32 = 0.002;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(
        Update,
        (note.in_set(OverviewSystems::Look), light.in_set(OverviewSystems::Show)),
    );
}

pub(super) fn note(
    aims: AimHits,
    boards: Query<&Surface, With<Board>>,
    plates: Query<&Plate>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    exhibits: Query<(&Exhibited, &GlobalTransform)>,
    hung: Res<Hung>,
    mut overview: ResMut<Overview>,
) {
    let hits = || aims.iter();
    let pointed = hits().find_map(|hit| {
        let size = boards.get(hit.surface).ok()?.size;
        overview.grid.nearest(&overview.plan, on_board(hit.uv, size))
    });
    let aimed = hits().find_map(|hit| plates.get(hit.surface).ok()).map(|plate| plate.0);
    let place = exhibits.iter().find(|(exhibit, _)| exhibit.0 == EXHIBIT_ID);
    let here = aimed.map(Here::Plate).or_else(|| {
        let (head, (_, place)) = head.as_ref().map(|head| head.translation()).zip(place)?;
        if let Some((led, at)) = overview.went
            && head.xz().distance(at) < STILL_M
        {
            return Some(Here::Box(led));
        }
        let away = hung
            .spots
            .iter()
            .map(|spot| place.transform_point(spot.transform().translation).distance(head));
        let (nearest, away) = away.enumerate().min_by(|(_, a), (_, b)| a.total_cmp(b))?;
        (away < BEFORE_M).then_some(Here::Plate(nearest))
    });
    if overview.pointed != pointed || overview.here != here {
        overview.pointed = pointed;
        overview.here = here;
    }
}

/// A place of the board, in metres from its middle, y up.
pub(super) fn on_board(uv: Vec2, size_m: Vec2) -> Vec2 {
    (uv - 0.5) * Vec2::new(size_m.x, -size_m.y)
}

fn light(
    hung: Res<Hung>,
    overview: Res<Overview>,
    boxes: Query<(Entity, &Boxes)>,
    mut last: Local<Vec<(Rect, Color)>>,
    mut commands: Commands,
) {
    if !overview.is_changed() && !hung.is_changed() {
        return;
    }
    let is_here = |at: usize, node: usize| match overview.here {
        Some(Here::Plate(plate)) => plate_of(&hung.graph, &hung.plates, node) == Some(plate),
        Some(Here::Box(led)) => led == at,
        None => false,
    };
    let lit = overview.plan.boxes.iter().enumerate().filter_map(|(at, place)| {
        let colour = if overview.pointed == Some(at) {
            palette::ACCENT_BRIGHT
        } else if overview.found.contains(&at) {
            palette::AMBER
        } else if is_here(at, place.node) {
            palette::INK
        } else {
            return None;
        };
        Some((overview.grid.rect(place).inflate(LARGER_M), colour))
    });
    let lit: Vec<_> = lit.collect();
    if *last == lit {
        return;
    }
    last.clone_from(&lit);
    let blocks = Blocks { boxes: lit, depth_m: DEPTH_M + LARGER_M, shining: true };
    for (entity, _) in boxes.iter().filter(|(_, boxes)| **boxes == Boxes::Lit) {
        commands.entity(entity).insert(blocks.clone());
    }
}
