//! The dome's shape: from three numbers of the map to a place ahead of and above the visitor.
//!
//! The three principal components become bearing, height and depth as seen from the middle of the hall: the bulk of
//! the films lies ahead between and above the boards, and what is far from it goes round and overhead.

use bevy::prelude::*;

use crate::world::stage::plan::EYE_HEIGHT_M;

/// Tangents of half the bearing and half the height, per standard deviation.
const ASIDE: f32 = 0.18;
const UP: f32 = 0.08;
/// How fast what is far above the bulk climbs to the zenith, and what is below it stays above the desk.
const CLIMB: f32 = 0.012;
const SETTLE: f32 = 0.25;
/// The bulk is raised by this, as the tangent of half an angle, and more where the boards stand.
const RAISED: f32 = 0.035;
const RAISED_ASIDE: f32 = 0.7;
/// Neither bearing nor height goes beyond these, as tangents of half an angle.
const MOST_ASIDE: f32 = 1.15;
const MOST_UP: f32 = 0.84;
/// How far away the bulk is, by how much one deviation of depth changes it, and where it begins, in metres.
const DISTANCE_M: f32 = 4.3;
const DEPTH_M: f32 = 0.75;
const NEAREST_M: f32 = 3.0;
/// No film is lower than this, in metres.
const LOWEST_M: f32 = 0.4;

/// After so many seconds of seeing new numbers, 63 % of a change of their spread is followed.
const FOLLOW_SECS: f32 = 3.0;

/// How numbers of the map become places of the dome; it follows the numbers slowly, so that nothing jumps.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct DomeFit {
    /// One standard deviation of the numbers; 0 before the first.
    spread: f32,
}

impl DomeFit {
    /// Follows new numbers, so many seconds after the ones before.
    pub(super) fn follow(&mut self, numbers: &[f32], secs: f32) {
        let wanted = deviation(numbers);
        if wanted <= 0.0 {
            return;
        }
        let left = if self.spread > 0.0 { (-secs / FOLLOW_SECS).exp() } else { 0.0 };
        self.spread = wanted + (self.spread - wanted) * left;
    }

    /// The place of one point, in the space of the exhibit; not finite where its numbers are not.
    pub(super) fn place(&self, numbers: [f32; 3]) -> Vec3 {
        let scale = if self.spread > 0.0 { self.spread.recip() } else { 0.0 };
        let [aside, up, away] = numbers.map(|number| number * scale);
        on_dome(aside, up, away)
    }

    /// The places of many points, x, y and z of each.
    pub(super) fn places(&self, numbers: &[f32]) -> Vec<f32> {
        let (points, _) = numbers.as_chunks::<3>();
        points.iter().flat_map(|point| self.place(*point).to_array()).collect()
    }
}

/// The square root of the mean square of what is finite; the map's middle is at 0.
fn deviation(numbers: &[f32]) -> f32 {
    let finite = numbers.iter().filter(|number| number.is_finite());
    let (sum, count) = finite.fold((0.0_f64, 0.0_f64), |(sum, count), number| {
        (sum + f64::from(*number).powi(2), count + 1.0)
    });
    if count > 0.0 { (sum / count).sqrt() as f32 } else { 0.0 }
}

/// Sine and cosine of an angle from the tangent of its half, which costs no more than a division.
fn sine_cosine(half: f32) -> (f32, f32) {
    let square = half * half;
    let one_over = (1.0 + square).recip();
    (2.0 * half * one_over, (1.0 - square) * one_over)
}

/// Approaches `most` either way and never reaches it.
fn bounded(value: f32, most: f32) -> f32 {
    value / (1.0 + (value / most).powi(2)).sqrt()
}

/// Where a point is that lies so many deviations from the middle of the map.
fn on_dome(aside: f32, up: f32, away: f32) -> Vec3 {
    let half_bearing = bounded(ASIDE * aside, MOST_ASIDE);
    let rise = if up > 0.0 { UP * up + CLIMB * up * up } else { UP * up / (1.0 - SETTLE * up) };
    let raised = RAISED + RAISED_ASIDE * half_bearing * half_bearing;
    let half_height = bounded(rise + raised, MOST_UP);
    let ((sin_bearing, cos_bearing), (sin_height, cos_height)) =
        (sine_cosine(half_bearing), sine_cosine(half_height));
    let distance = (DISTANCE_M + DEPTH_M * away / (1.0 + 0.4 * away.abs())).max(NEAREST_M);
    let towards = vec3(sin_bearing * cos_height, sin_height, -cos_bearing * cos_height);
    let place = Vec3::Y * EYE_HEIGHT_M + towards * distance;
    place.with_y(place.y.max(LOWEST_M))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        exhibits::recommender::view::places::board,
        world::stage::plan::{FLOOR_RADIUS_M, WALL_HEIGHT_M},
    };

    fn grid() -> impl Iterator<Item = Vec3> {
        let steps = || (-40_i8..=40).map(|step| f32::from(step) / 4.0);
        steps().flat_map(move |a| {
            steps().flat_map(move |b| [-9.0, 0.0, 9.0].map(|c| on_dome(a, b, c)))
        })
    }

    #[test]
    fn the_dome_is_within_the_hall_above_the_floor_and_beyond_the_boards() {
        let boards = board(1.0).translation.xz().length() + 0.5;
        let eye = Vec3::Y * EYE_HEIGHT_M;
        for place in grid() {
            assert!(place.y >= LOWEST_M && place.xz().length() < FLOOR_RADIUS_M, "{place}");
            // The hall is open above its walls.
            assert!(place.y < WALL_HEIGHT_M + 2.0, "{place}");
            assert!(place.distance(eye) > boards, "{place}");
        }
    }

    #[test]
    fn the_map_keeps_left_right_up_and_down() {
        for step in 0..40_u8 {
            let (a, b) = (f32::from(step) / 4.0 - 5.0, f32::from(step) / 4.0 - 4.75);
            // What lies further aside climbs above the boards too, so it is the bearing that grows.
            let bearing = |aside| on_dome(aside, 0.0, 0.0).xz().angle_to(Vec2::NEG_Y);
            assert!(bearing(b) < bearing(a), "aside at {a}: {} {}", bearing(a), bearing(b));
            assert!(on_dome(0.0, b, 0.0).y > on_dome(0.0, a, 0.0).y, "up at {a}");
            let eye = Vec3::Y * EYE_HEIGHT_M;
            let far = |c| on_dome(0.3, 0.3, c).distance(eye);
            assert!(far(b) >= far(a), "away at {a}");
        }
        assert_eq!(on_dome(0.0, 1.0, 0.0).x, 0.0);
    }

    #[test]
    fn the_fit_takes_the_first_numbers_at_once_and_follows_the_others_slowly() {
        let mut fit = DomeFit::default();
        fit.follow(&[], 1.0);
        assert_eq!(fit, DomeFit::default());
        fit.follow(&[0.1, -0.1, f32::NAN], 0.0);
        assert!((fit.spread - 0.1).abs() < 1e-6);
        fit.follow(&[0.2, -0.2], 0.03);
        assert!(fit.spread > 0.1 && fit.spread < 0.102, "{}", fit.spread);
        (0..1000).for_each(|_| fit.follow(&[0.2, -0.2], 0.03));
        assert!((fit.spread - 0.2).abs() < 1e-4);
        assert!(!fit.place([f32::NAN, 0.0, 0.0]).is_finite());
    }
}
