//! Keeps a hand's direction still against tremor without holding it back when it turns.
//!
//! This is the one-euro filter of G. Casiez, N. Roussel and D. Vogel, "1€ Filter: A Simple Speed-based Low-pass Filter
//! for Noisy Input in Interactive Systems", CHI 2012, on rotations: a low-pass filter whose cutoff rises with the
//! speed. The speed is taken from the smoothed turn as a vector, so that a tremor to and fro counts as no speed.

use std::f32::consts::TAU;

use bevy::prelude::*;

/// Cutoff of a hand at rest, in Hz; the tremor of a held-out hand is at 8 to 12 Hz.
const REST_HZ: f32 = 1.5;
/// What a turn of one radian a second adds to the cutoff, in Hz. A hand that turns steadily, however fast, is followed
/// at most 1 / (2 π · 17) rad behind, which is half a degree.
const HZ_PER_SPEED: f32 = 17.0;
/// Cutoff of the speed, in Hz; the authors' own.
const SPEED_HZ: f32 = 1.0;

/// The direction of one hand, as it was and as it is taken.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Steady {
    last: Option<(Quat, Quat)>,
    /// Axis times radians a second.
    turning: Vec3,
}

impl Steady {
    /// The steadied direction after `delta_secs` more seconds; the first one is taken as it comes.
    pub(super) fn follow(&mut self, raw: Quat, delta_secs: f32) -> Quat {
        let Some((last_raw, last)) = self.last.filter(|_| raw.is_finite()) else {
            self.last = Some((raw, raw)).filter(|_| raw.is_finite());
            return raw;
        };
        let steadied = if delta_secs > 0.0 {
            let turn = shorter(raw * last_raw.inverse()).to_scaled_axis() / delta_secs;
            self.turning = self.turning.lerp(turn, share(SPEED_HZ, delta_secs));
            let cutoff_hz = REST_HZ + HZ_PER_SPEED * self.turning.length();
            last.slerp(raw, share(cutoff_hz, delta_secs)).normalize()
        } else {
            last
        };
        self.last = Some((raw, steadied));
        steadied
    }
}

/// Of the two quaternions for one rotation, the one that turns less.
fn shorter(turn: Quat) -> Quat {
    if turn.w < 0.0 { -turn } else { turn }
}

/// What part of the way to the newest value a first-order low-pass filter goes in one sample.
fn share(cutoff_hz: f32, delta_secs: f32) -> f32 {
    1.0 / (1.0 + 1.0 / (TAU * cutoff_hz * delta_secs))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DELTA_SECS: f32 = 1.0 / 90.0;

    /// Degrees between what is shown and what was meant, the worst of the last second of four.
    fn worst(meant: impl Fn(f32) -> f32, tremor: impl Fn(f32) -> f32) -> f32 {
        let mut steady = Steady::default();
        let mut worst: f32 = 0.0;
        for frame in 0..360_u16 {
            let secs = f32::from(frame) * DELTA_SECS;
            let turned = |degrees: f32| Quat::from_rotation_y(degrees.to_radians());
            let shown = steady.follow(turned(meant(secs) + tremor(secs)), DELTA_SECS);
            if frame >= 270 {
                worst = worst.max(shown.angle_between(turned(meant(secs))).to_degrees());
            }
        }
        worst
    }

    #[test]
    fn tremor_at_rest_is_mostly_gone() {
        let tremor = |secs: f32| 0.2 * (TAU * 10.0 * secs).sin();
        let left = worst(|_| 30.0, tremor);
        assert!(left < 0.06, "{left} of 0.2 degrees are left");
    }

    #[test]
    fn a_hand_that_turns_is_followed_closely_at_any_speed() {
        for degrees_per_sec in [5.0, 20.0, 60.0, 180.0] {
            let behind = worst(|secs| degrees_per_sec * secs, |_| 0.0);
            assert!(behind < 0.6, "{behind} degrees behind at {degrees_per_sec} degrees a second");
        }
    }

    #[test]
    fn a_turn_ends_where_the_hand_ends_soon() {
        for degrees in [1.0, 30.0, 170.0] {
            let mut steady = Steady::default();
            steady.follow(Quat::IDENTITY, DELTA_SECS);
            let to = Quat::from_rotation_x(f32::to_radians(degrees));
            let mut shown = Quat::IDENTITY;
            for _ in 0..36 {
                shown = steady.follow(to, DELTA_SECS);
            }
            let left = shown.angle_between(to).to_degrees();
            assert!(left < 0.1, "{left} of {degrees} degrees are left after 0.4 s");
        }
    }

    #[test]
    fn a_pose_that_is_none_and_a_clock_that_stands_do_no_harm() {
        let mut steady = Steady::default();
        let there = Quat::from_rotation_y(1.0);
        steady.follow(there, DELTA_SECS);
        assert_eq!(steady.follow(Quat::IDENTITY, 0.0), there);
        assert!(steady.follow(Quat::from_xyzw(f32::NAN, 0.0, 0.0, 1.0), DELTA_SECS).is_nan());
        assert_eq!(steady.follow(there, DELTA_SECS), there, "begins anew");
    }
}
