//! Where each part of the digits exhibit hangs: an open theatre around the visitor, read from left to right.
//!
//! Parts stand on an arc of [`RADIUS_M`] around the middle, each facing it. Places along the arc are metres
//! from straight ahead; heights are metres above the floor.

use bevy::prelude::*;

use crate::{
    exhibits::digits::EXHIBIT_ID,
    world::{
        display::FieldLayout,
        stage::{
            Footprint, PlinthPlaced,
            plan::{RING_RADIUS_M, facing_middle},
        },
    },
};

pub(super) fn plugin(app: &mut App) {
    app.add_observer(take_up_floor);
}

/// Radius of the arc, in metres.
pub(super) const RADIUS_M: f32 = RING_RADIUS_M;

/// How far away words on the arc are read from, in metres: in the window one stands back to see it whole.
pub(super) const READ_FROM_M: f32 = 4.4;

/// How much higher than planned everything hangs, in metres, so that the desk hides none of it in the first view.
const LIFT_M: f32 = 0.06;

/// A rectangle on the arc.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spot {
    /// Along the arc, in metres to the right of straight ahead.
    pub along_m: f32,
    /// Height of its middle above the floor, in metres.
    pub up_m: f32,
    /// Width and height, in metres.
    pub size_m: Vec2,
}

impl Spot {
    const fn new(along_m: f32, up_m: f32, width_m: f32, height_m: f32) -> Self {
        Self { along_m, up_m, size_m: Vec2::new(width_m, height_m) }
    }

    /// Where it hangs, turned towards the middle.
    pub(super) fn transform(self) -> Transform {
        self.before(0.0)
    }

    /// The same place, `nearer_m` metres towards the middle.
    pub(super) fn before(self, nearer_m: f32) -> Transform {
        let bearing = (self.along_m / RADIUS_M).to_degrees();
        facing_middle(bearing, RADIUS_M - nearer_m, self.up_m + LIFT_M)
    }

    /// A strip of this height below it, as wide as it is, for its legend.
    pub(super) fn foot(self, height_m: f32, gap_m: f32) -> Self {
        Self {
            up_m: self.up_m - self.size_m.y / 2.0 - gap_m - height_m / 2.0,
            size_m: Vec2::new(self.size_m.x, height_m),
            ..self
        }
    }

    /// A strip of this height above it, as wide as it is, for its title.
    pub(super) fn title(self, height_m: f32, gap_m: f32) -> Self {
        Self {
            up_m: self.up_m + self.size_m.y / 2.0 + gap_m + height_m / 2.0,
            size_m: Vec2::new(self.size_m.x, height_m),
            ..self
        }
    }
}

/// The chosen input.
pub(super) const INPUT: Spot = Spot::new(-2.93, 2.18, 0.70, 0.70);
/// Buttons that choose another input.
pub(super) const INPUT_CHOICE: Spot = Spot::new(-2.93, 1.69, 0.70, 0.20);
/// The pad to draw on.
pub(super) const PAD: Spot = Spot::new(-2.93, 1.12, 0.62, 0.62);
/// What to do on the pad.
pub(super) const PAD_WORDS: Spot = Spot::new(-2.93, 0.68, 0.70, 0.20);

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
pub(super) const OUTPUTS: Spot = Spot::new(1.59, 1.62, 0.80, 1.60);

/// Loss over the steps, with its heading, ticks and legend.
pub(super) const LOSS: Spot = Spot::new(2.70, 2.54, 1.36, 0.70);
/// Accuracy over the steps, with the same.
pub(super) const ACCURACY: Spot = Spot::new(2.70, 1.83, 1.36, 0.70);
/// The confusion matrix, with its heading, ticks and caption.
pub(super) const CONFUSION: Spot = Spot::new(2.39, 1.01, 0.64, 0.91);
/// The wall of digits read wrongly, with its heading and caption.
pub(super) const MISTAKES: Spot = Spot::new(3.04, 1.01, 0.64, 0.91);

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

/// How large a layout is in a place of `most` metres with square cells; it fills the place where that bends its cells by no
/// more than a sixteenth.
pub(super) fn fitted(layout: FieldLayout, most: Vec2) -> Vec2 {
    let cells = layout.size_cells().as_vec2().max(Vec2::ONE);
    let size = cells * (most / cells).min_element();
    if (most / size - 1.0).max_element() < 1.0 / 16.0 { most } else { size }
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
