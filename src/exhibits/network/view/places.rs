//! Where each part of the exhibit hangs: the input on the left, the layers ahead, outputs and what was learned on the right.

use bevy::prelude::*;

use crate::{
    exhibits::network::EXHIBIT_ID,
    world::{
        classifier::{
            Places,
            arc::{RADIUS_M, Spot},
        },
        stage::{Footprint, PlinthPlaced},
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(take_up_floor);
}

/// How far away words on the arc are read from, in metres.
pub(super) const READ_FROM_M: f32 = 4.1;

/// The chosen input.
pub(super) const INPUT: Spot = Spot::new(-2.93, 2.18, 0.70, 0.70);
/// The passage that a network for text reads, and how it goes on: where images are seen and drawn.
pub(super) const PASSAGE: Spot = Spot::new(-2.95, 2.18, 0.88, 0.74);
pub(super) const WRITTEN: Spot = Spot::new(-2.95, 0.90, 0.88, 1.00);
/// A coloured input as a picture, and its three channels below it.
pub(super) const PICTURE: Spot = Spot::new(-2.93, 2.29, 0.48, 0.48);
pub(super) const CHANNELS: Spot = Spot::new(-2.93, 1.93, 0.70, 0.20);
/// What the plates show: units, weights or gradients.
pub(super) const SWITCH: Spot = Spot::new(-0.41, 0.68, 3.9, 0.22);
/// Where the plates hang, with their headings.
pub(super) const AREA: Spot = Spot::new(-0.66, 1.76, 3.52, 1.90);
/// Height of the heading over a plate, and what is free between plates, in metres.
pub(super) const HEADING_M: f32 = 0.13;
const GAP_M: f32 = 0.05;

/// Where the parts hang that every classifier has.
pub(super) const PLACES: Places = Places {
    input_choice: Spot { along_m: -2.99, up_m: 1.61, size_m: Vec2::new(0.84, 0.41) },
    pad: Spot::new(-2.93, 1.12, 0.62, 0.62),
    pad_controls: Spot { along_m: -2.99, up_m: 0.63, size_m: Vec2::new(0.84, 0.30) },
    outputs: Spot::new(1.59, 1.62, 0.80, 1.60),
    loss: Spot::new(2.70, 2.54, 1.36, 0.70),
    accuracy: Spot::new(2.70, 1.83, 1.36, 0.70),
    confusion: Spot::new(2.39, 1.01, 0.64, 0.91),
    mistakes: Spot::new(3.04, 1.01, 0.64, 0.91),
    browser: Spot::new(2.70, 1.72, 1.36, 2.33),
    inside: Spot::new(-0.72, 1.72, 3.46, 2.34),
};

/// Places for so many plates, as large as they can be: columns from left to right, each read from the top.
pub(super) fn plates(count: usize) -> Vec<Spot> {
    let size = |columns: usize| {
        let rows = count.div_ceil(columns).max(1);
        let free = AREA.size_m / Vec2::new(columns as f32, rows as f32);
        Vec2::new(free.x - GAP_M, free.y - HEADING_M - GAP_M)
    };
    // Names need width more than numbers need height.
    let room = |columns: &usize| (size(*columns) * Vec2::new(0.75, 1.0)).min_element();
    let best = (1..=count.max(1)).max_by(|a, b| room(a).total_cmp(&room(b)).then(b.cmp(a)));
    let columns = best.unwrap_or(1);
    let rows = count.div_ceil(columns).max(1);
    let (cell, size) = (AREA.size_m / Vec2::new(columns as f32, rows as f32), size(columns));
    let left = AREA.along_m - AREA.size_m.x / 2.0;
    let top = AREA.up_m + AREA.size_m.y / 2.0;
    (0..count)
        .map(|at| {
            let (column, row) = ((at / rows) as f32, (at % rows) as f32);
            Spot {
                along_m: left + (column + 0.5) * cell.x,
                up_m: top - row * cell.y - HEADING_M - size.y / 2.0,
                size_m: size,
            }
        })
        .collect()
}

/// How far the parts on the arc reach, in metres: from straight ahead to both sides, and across the arc.
const REACH_M: f32 = 3.4;
const DEPTH_M: f32 = 0.2;

fn take_up_floor(placed: On<PlinthPlaced>, mut commands: Commands) {
    if placed.exhibit == EXHIBIT_ID {
        commands.entity(placed.entity).insert(Footprint::Arc {
            radius: RADIUS_M,
            depth: DEPTH_M,
            half_angle: REACH_M / RADIUS_M,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plates_of_any_number_hang_beside_each_other_and_before_nothing_else() {
        let others = [
            INPUT,
            PASSAGE,
            WRITTEN,
            PICTURE,
            CHANNELS,
            SWITCH,
            PLACES.input_choice,
            PLACES.pad,
            PLACES.pad_controls,
            PLACES.outputs,
            PLACES.loss,
            PLACES.accuracy,
            PLACES.confusion,
            PLACES.mistakes,
            PLACES.browser,
        ];
        for count in [1, 2, 5, 12, 27, 40, 96] {
            let mut all: Vec<Spot> = plates(count)
                .into_iter()
                .map(|spot| Spot {
                    up_m: spot.up_m + HEADING_M / 2.0,
                    size_m: spot.size_m + Vec2::new(0.0, HEADING_M),
                    ..spot
                })
                .collect();
            assert_eq!(all.len(), count);
            all.extend(others);
            for (at, a) in all.iter().enumerate().take(count) {
                assert!(a.size_m.min_element() > 0.05, "{count}: {a:?}");
                for b in &all[at + 1..] {
                    let apart = Vec2::new((a.along_m - b.along_m).abs(), (a.up_m - b.up_m).abs());
                    let needed = (a.size_m + b.size_m) / 2.0;
                    assert!(apart.x >= needed.x || apart.y >= needed.y, "{count}: {a:?} {b:?}");
                }
            }
        }
    }
}
