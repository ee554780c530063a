//! Where everything stands, as data: bearings in degrees from straight ahead, clockwise seen from above.

use crate::words::Word;
use bevy::prelude::*;

/// Radius of the round floor, in metres.
pub const FLOOR_RADIUS_M: f32 = 9.0;
/// How high things can be carried, in metres.
pub const WALL_HEIGHT_M: f32 = 6.0;
/// Radius of the dome and of the plain below it, in metres: far enough that both eyes see the horizon in one place, and
/// that it hardly sinks as one walks about.
pub const DOME_RADIUS_M: f32 = 80.0;
/// How far from the middle exhibits stand, in metres.
pub const RING_RADIUS_M: f32 = 3.5;
/// Height of a plinth, in metres.
pub const PLINTH_HEIGHT_M: f32 = 0.28;
/// Radius of a plinth, in metres.
pub const PLINTH_RADIUS_M: f32 = 0.62;
/// From the middle of a plinth to that of the next, in metres: one walks through between them.
const APART_M: f32 = 2.0 * PLINTH_RADIUS_M + 0.5;
/// Eye height of a standing visitor, in metres.
pub const EYE_HEIGHT_M: f32 = 1.6;

/// Where plinths stand around the stage, clockwise from its right, so far aside that no wide window cuts their signs in its
/// first view; exhibits take them in the order of `TAKEN`.
const BEARINGS: [f32; 6] = [88.0, 120.0, 152.0, 208.0, 240.0, 272.0];
/// The places that exhibits take one after the other: beside the visitor first, behind them last.
const TAKEN: [usize; 6] = [5, 0, 1, 4, 2, 3];

/// What the first place that no exhibit takes is for, where an exhibit can be looked into; what would lead nowhere is not
/// raised.
pub const SIDESHOW: Sideshow = Sideshow {
    title: key!("stage-inside-a-network"),
    promise: key!("stage-why-this-answer-which-unit"),
};

/// A place that is no exhibit's own.
#[derive(Clone, Copy, Debug)]
pub struct Sideshow {
    /// What its sign calls it.
    pub title: Word,
    /// What one sees there, in one sentence.
    pub promise: Word,
}

/// The bearings of so many plinths, each far enough from the next, and how far from the middle they stand, in metres.
///
/// Where there are more than places, they stand evenly on a ring that is as wide as they need.
pub fn ring(plinths: usize) -> (Vec<f32>, f32) {
    if plinths <= BEARINGS.len() {
        return (TAKEN.iter().take(plinths).map(|&place| BEARINGS[place]).collect(), RING_RADIUS_M);
    }
    let (first, last) = (BEARINGS[0], BEARINGS[BEARINGS.len() - 1]);
    let apart = (last - first) / (plinths - 1) as f32;
    let radius = APART_M / (2.0 * (apart / 2.0).to_radians().sin());
    let bearings = (0..plinths).map(|at| first + apart * at as f32);
    (bearings.collect(), radius.max(RING_RADIUS_M))
}

/// The bearings of the places that so many exhibits leave free.
pub fn left_free(exhibits: usize) -> impl Iterator<Item = f32> {
    TAKEN.iter().skip(exhibits).map(|&place| BEARINGS[place])
}

/// Where a thing stands that is `radius` metres from the middle, `height` metres up, and faces the middle.
pub fn facing_middle(bearing: f32, radius: f32, height: f32) -> Transform {
    let angle = bearing.to_radians();
    let place = Vec3::new(radius * angle.sin(), height, -radius * angle.cos());
    Transform::from_translation(place).with_rotation(Quat::from_rotation_y(-angle))
}

/// Where a board stands beside a visitor; it is turned by some degrees from the middle towards whoever stands behind
/// the middle, as a window does.
pub fn beside_visitor(bearing: f32, turn: f32, distance_m: f32, up_m: f32) -> Transform {
    let mut place = facing_middle(bearing, distance_m, up_m);
    place.rotate_y(turn.to_radians());
    place
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_on_the_ring_faces_the_middle() {
        for bearing in [0.0, 40.0, -55.0, 180.0, 272.0] {
            let place = facing_middle(bearing, 3.5, 0.0);
            let front = place.rotation * Vec3::Z;
            let to_middle = -place.translation.normalize_or_zero();
            assert!(front.dot(to_middle) > 0.999, "bearing {bearing}");
        }
    }

    #[test]
    fn plinths_keep_clear_of_each_other() {
        for plinths in 1..=20 {
            let (bearings, radius) = ring(plinths);
            assert_eq!(bearings.len(), plinths);
            let free = left_free(plinths).collect::<Vec<_>>();
            let all: Vec<Vec3> = bearings
                .iter()
                .chain(&free)
                .map(|bearing| facing_middle(*bearing, radius, 0.0).translation)
                .collect();
            for (index, place) in all.iter().enumerate() {
                for other in &all[index + 1..] {
                    assert!(place.distance(*other) > APART_M - 1e-3, "{plinths} plinths");
                }
            }
        }
    }
}
