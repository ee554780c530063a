//! Where each part of the digits exhibit hangs: an open theatre around the visitor, read from left to right.
//!
//! Parts stand on the arc of [`RADIUS_M`] around the middle, each facing it.

use bevy::prelude::*;

use crate::{
    exhibits::digits::EXHIBIT_ID,
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

/// How far away words on the arc are read from, in metres: in the window one stands back to see it whole.
pub(super) const READ_FROM_M: f32 = 4.4;

/// The chosen input.
pub(super) const INPUT: Spot = Spot::new(-2.93, 2.18, 0.70, 0.70);
/// Buttons that choose another input.
const INPUT_CHOICE: Spot = Spot::new(-2.93, 1.69, 0.70, 0.20);
/// The pad to draw on.
const PAD: Spot = Spot::new(-2.93, 1.12, 0.62, 0.62);
/// What to do on the pad.
const PAD_WORDS: Spot = Spot::new(-2.93, 0.68, 0.70, 0.20);

/// The 32 filters, 3 × 11, each large enough to be pressed.
pub(super) const FILTERS: Spot = Spot::new(-2.33, 1.62, 0.44, 1.72);

/// The 32 maps before ReLU, 4 × 8.
pub(super) const CONVOLUTION: Spot = Spot::new(-1.19, 2.27, 1.78, 0.89);
/// The 32 maps after ReLU.
pub(super) const ACTIVATION: Spot = Spot::new(-1.19, 1.07, 1.78, 0.89);

/// The dense weights of the class one looks at, over the pooled maps.
pub(super) const DENSE_WEIGHTS: Spot = Spot::new(0.48, 2.27, 1.28, 0.64);
/// The 32 pooled maps.
pub(super) const POOLED: Spot = Spot::new(0.48, 1.07, 1.28, 0.64);

/// The ten outputs.
const OUTPUTS: Spot = Spot::new(1.59, 1.62, 0.80, 1.60);

/// Loss over the steps, with its heading, ticks and legend.
const LOSS: Spot = Spot::new(2.70, 2.54, 1.36, 0.70);
/// Accuracy over the steps, with the same.
const ACCURACY: Spot = Spot::new(2.70, 1.83, 1.36, 0.70);
/// The confusion matrix, with its heading, ticks and caption.
const CONFUSION: Spot = Spot::new(2.39, 1.01, 0.64, 0.91);
/// The wall of digits read wrongly, with its heading and caption.
const MISTAKES: Spot = Spot::new(3.04, 1.01, 0.64, 0.91);
/// The board of all test images, which takes the place of these four while it is open.
const BROWSER: Spot = Spot::new(2.70, 1.72, 1.36, 2.33);

/// The board on which one looks inside: as seen from the middle it covers the layers from the first maps to the weights.
const INSIDE: Spot = Spot::new(-0.72, 1.72, 3.46, 2.34);

/// Where the parts hang that every classifier has. The buttons below input and pad need a little more room than both.
pub(super) const PLACES: Places = Places {
    input_choice: Spot {
        along_m: INPUT_CHOICE.along_m - 0.06,
        up_m: 1.61,
        size_m: Vec2::new(0.84, 0.41),
    },
    pad: PAD,
    pad_controls: Spot {
        along_m: PAD_WORDS.along_m - 0.06,
        up_m: 0.63,
        size_m: Vec2::new(0.84, 0.30),
    },
    outputs: OUTPUTS,
    loss: LOSS,
    accuracy: ACCURACY,
    confusion: CONFUSION,
    mistakes: MISTAKES,
    browser: BROWSER,
    inside: INSIDE,
};

/// Where a map that was chosen comes to: metres from the middle, at eye height.
pub(super) const LOUPE_DISTANCE_M: f32 = 1.25;
/// Width and height of a chosen map, in metres.
pub(super) const LOUPE_SIDE_M: f32 = 0.8;

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
    use bevy::ecs::system::RunSystemOnce;

    use super::*;
    use crate::world::stage::Ground;

    const PARTS: &[(&str, Spot)] = &[
        ("input", INPUT),
        ("input choice", INPUT_CHOICE),
        ("pad", PAD),
        ("pad words", PAD_WORDS),
        ("filters", FILTERS),
        ("convolution", CONVOLUTION),
        ("activation", ACTIVATION),
        ("dense weights", DENSE_WEIGHTS),
        ("pooled", POOLED),
        ("outputs", OUTPUTS),
        ("loss", LOSS),
        ("accuracy", ACCURACY),
        ("confusion", CONFUSION),
        ("mistakes", MISTAKES),
    ];

    #[test]
    fn nothing_hangs_over_anything_else() {
        for (index, (name, a)) in PARTS.iter().enumerate() {
            for (other, b) in &PARTS[index + 1..] {
                let apart = Vec2::new((a.along_m - b.along_m).abs(), (a.up_m - b.up_m).abs());
                let needed = (a.size_m + b.size_m) / 2.0;
                assert!(apart.x >= needed.x || apart.y >= needed.y, "{name} covers {other}");
            }
        }
    }

    #[test]
    fn the_browser_covers_only_what_makes_way_for_it() {
        for (name, spot) in PARTS {
            let apart =
                Vec2::new((spot.along_m - BROWSER.along_m).abs(), (spot.up_m - BROWSER.up_m).abs());
            let needed = (spot.size_m + BROWSER.size_m) / 2.0;
            let covered = apart.x < needed.x && apart.y < needed.y;
            let makes_way = [LOSS, ACCURACY, CONFUSION, MISTAKES].contains(spot);
            assert_eq!(covered, makes_way, "{name}");
        }
    }

    #[test]
    fn everything_is_between_knee_and_reach_of_the_eye() {
        for (name, spot) in PARTS {
            assert!(spot.up_m - spot.size_m.y / 2.0 > 0.55, "{name} is too low");
            assert!(spot.up_m + spot.size_m.y / 2.0 < 3.4, "{name} is too high");
            assert!(spot.along_m.abs() + spot.size_m.x / 2.0 < REACH_M, "{name} is too far aside");
        }
    }

    #[test]
    fn nobody_stands_in_what_hangs_but_before_it_one_can() {
        let mut app = App::new();
        app.add_plugins(plugin);
        let theatre = app.world_mut().spawn(Transform::default()).id();
        app.world_mut().trigger(PlinthPlaced { entity: theatre, exhibit: EXHIBIT_ID });
        app.update();
        let mut free = |place: Transform| {
            let place = place.translation.xz();
            let free = app.world_mut().run_system_once(move |ground: Ground| ground.is_free(place));
            free.unwrap()
        };
        for (name, spot) in PARTS {
            assert!(!free(spot.transform()), "{name} is stood in");
            assert!(free(spot.before(0.5)), "{name} cannot be looked at from near");
        }
        assert!(free(Transform::IDENTITY));
    }
}
