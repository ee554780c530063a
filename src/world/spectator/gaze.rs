//! Where a camera is and looks, without roll, and how calmly it gets there.

use std::f32::consts::{PI, TAU};

use bevy::prelude::*;

/// Above this the direction of looking says little about which way a head is turned, so its crown says it; between
/// the two both do. Upward parts of the direction.
const STEEP: (f32, f32) = (0.94, 0.99);
/// Nobody's neck bends the picture further than this from the horizon, in radians.
const STEEPEST_RADIANS: f32 = 1.4;

/// A camera that keeps the horizon level.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Gaze {
    /// In metres.
    pub place: Vec3,
    /// Radians to the left of straight ahead, and above the horizon.
    pub turn: Vec2,
    /// The vertical field of view, in radians.
    pub fov: f32,
}

impl Gaze {
    /// Looks from there, that way, and lets the roll be.
    pub(super) fn of(place: Vec3, rotation: Quat, fov: f32) -> Self {
        let ahead = rotation * Vec3::NEG_Z;
        let crown = rotation * Vec3::Y;
        // Who looks at the floor has the crown ahead, who looks at the ceiling has it behind.
        let over = (ahead.y.abs() - STEEP.0) / (STEEP.1 - STEEP.0);
        let heading = ahead
            .xz()
            .normalize_or_zero()
            .lerp(-crown.xz().normalize_or_zero() * ahead.y.signum(), over.clamp(0.0, 1.0));
        let yaw = f32::atan2(-heading.x, -heading.y);
        let pitch = ahead.y.clamp(-1.0, 1.0).asin().clamp(-STEEPEST_RADIANS, STEEPEST_RADIANS);
        Self { place, turn: vec2(yaw, pitch), fov }
    }

    pub(super) fn of_eye(eye: &Transform, fov: f32) -> Self {
        Self::of(eye.translation, eye.rotation, fov)
    }

    pub(super) fn eye(&self) -> Transform {
        Transform::from_translation(self.place).with_rotation(Quat::from_euler(
            EulerRot::YXZ,
            self.turn.x,
            self.turn.y,
            0.0,
        ))
    }

    /// A share of the way to another, from 0 to 1, by the shorter turn.
    pub(super) fn part_way(&self, to: &Self, share: f32) -> Self {
        Self {
            place: self.place.lerp(to.place, share),
            turn: self.turn - share * turn_between(to.turn, self.turn),
            fov: self.fov.lerp(to.fov, share),
        }
    }
}

/// From `to` to `from`, by the shorter way round.
fn turn_between(to: Vec2, from: Vec2) -> Vec2 {
    vec2((from.x - to.x + PI).rem_euclid(TAU) - PI, from.y - to.y)
}

/// How a spring follows: after 5 of its time constants 96 % of a step are gone, without ever going too far.
#[derive(Clone, Copy, Debug)]
pub(super) struct Spring {
    /// Its time constant.
    pub secs: f32,
    /// It never moves faster than about this, so that a leap of what it follows becomes a glide.
    pub most_per_sec: f32,
}

impl Spring {
    /// Follows for `secs` seconds; `gap` leads from what is followed to here. Gives the new gap and speed.
    ///
    /// This is the solution of a critically damped spring, x″ = −2ωx′ − ω²x with ω = 1 / [`Self::secs`], so the result
    /// does not depend on the frame rate. A gap longer than 2 v / ω pulls as one of that length does, whose steady
    /// speed is v.
    fn follow(self, gap: Vec3, speed: Vec3, secs: f32) -> (Vec3, Vec3) {
        let omega = 1.0 / self.secs;
        let pulling = gap.clamp_length_max(2.0 * self.most_per_sec / omega);
        let rest = gap - pulling;
        let push = speed + pulling * omega;
        let decay = (-omega * secs).exp();
        (rest + (pulling + push * secs) * decay, (speed - push * omega * secs) * decay)
    }
}

/// How calmly a view follows what it shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Calm {
    /// In metres.
    pub place: Spring,
    /// In radians.
    pub turn: Spring,
    /// In radians of the field of view.
    pub lens: Spring,
}

/// A gaze on its way, and how fast it moves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Glide {
    pub gaze: Gaze,
    place_speed: Vec3,
    turn_speed: Vec3,
    lens_speed: Vec3,
}

impl Glide {
    /// At rest.
    pub(super) const fn from(gaze: Gaze) -> Self {
        Self { gaze, place_speed: Vec3::ZERO, turn_speed: Vec3::ZERO, lens_speed: Vec3::ZERO }
    }

    /// Follows `target` for `secs` seconds.
    pub(super) fn follow(&mut self, target: &Gaze, calm: &Calm, secs: f32) {
        let gap = self.gaze.place - target.place;
        let (gap, speed) = calm.place.follow(gap, self.place_speed, secs);
        self.gaze.place = target.place + gap;
        self.place_speed = speed;

        let gap = turn_between(target.turn, self.gaze.turn).extend(0.0);
        let (gap, speed) = calm.turn.follow(gap, self.turn_speed, secs);
        self.gaze.turn = target.turn + gap.truncate();
        self.turn_speed = speed;

        let gap = Vec3::X * (self.gaze.fov - target.fov);
        let (gap, speed) = calm.lens.follow(gap, self.lens_speed, secs);
        self.gaze.fov = target.fov + gap.x;
        self.lens_speed = speed;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CALM: Calm = Calm {
        place: Spring { secs: 0.15, most_per_sec: 3.0 },
        turn: Spring { secs: 0.2, most_per_sec: 1.6 },
        lens: Spring { secs: 0.1, most_per_sec: 1.0 },
    };

    fn ahead() -> Gaze {
        Gaze { place: Vec3::ZERO, turn: Vec2::ZERO, fov: 1.0 }
    }

    fn turned(yaw_degrees: f32) -> Gaze {
        Gaze { turn: vec2(yaw_degrees.to_radians(), 0.0), ..ahead() }
    }

    #[test]
    fn the_horizon_stays_level_however_the_head_tilts() {
        for roll in [-60.0_f32, -20.0, 0.0, 35.0] {
            for (yaw, pitch) in [(0.0, 0.0), (40.0, 30.0), (-170.0, -55.0), (90.0, 20.0_f32)] {
                let [yaw, pitch, roll] = [yaw, pitch, roll].map(f32::to_radians);
                let head = Quat::from_euler(EulerRot::YXZ, yaw, pitch, roll);
                let gaze = Gaze::of(Vec3::ZERO, head, 1.0);
                assert!(turn_between(gaze.turn, vec2(yaw, pitch)).length() < 1e-3, "{gaze:?}");
                assert!((gaze.eye().rotation * Vec3::X).y.abs() < 1e-5, "level");
            }
        }
    }

    #[test]
    fn who_looks_past_the_zenith_does_not_turn_the_picture_round() {
        let mut last: Option<Gaze> = None;
        for degrees in 60..=98 {
            let head =
                Quat::from_rotation_y(0.3) * Quat::from_rotation_x((degrees as f32).to_radians());
            let gaze = Gaze::of(Vec3::ZERO, head, 1.0);
            if let Some(last) = last {
                assert!(turn_between(gaze.turn, last.turn).length() < 0.1, "at {degrees}°");
            }
            last = Some(gaze);
        }
        let floor =
            Gaze::of(Vec3::ZERO, Quat::from_rotation_y(0.3) * Quat::from_rotation_x(-1.57), 1.0);
        assert!((floor.turn.x - 0.3).abs() < 0.02, "{floor:?}");
    }

    #[test]
    fn the_way_is_the_same_at_every_frame_rate() {
        let target = Gaze { place: vec3(0.2, 0.0, -0.1), turn: vec2(0.2, 0.1), fov: 1.05 };
        let after = |frames: u16| {
            let mut glide = Glide::from(ahead());
            (0..frames).for_each(|_| glide.follow(&target, &CALM, 0.4 / f32::from(frames)));
            glide.gaze
        };
        let (few, many) = (after(12), after(36));
        assert!(few.place.abs_diff_eq(many.place, 1e-4) && few.turn.abs_diff_eq(many.turn, 1e-4));
        assert!((few.fov - many.fov).abs() < 1e-4);
    }

    #[test]
    fn a_leap_becomes_a_glide_that_never_goes_too_far() {
        let target = Gaze { place: vec3(0.0, 0.0, -5.0), ..turned(170.0) };
        let mut glide = Glide::from(ahead());
        let (mut fastest_m, mut fastest_turn) = (0.0_f32, 0.0_f32);
        let secs = 1.0 / 90.0;
        let mut last = glide.gaze;
        for _ in 0..270 {
            glide.follow(&target, &CALM, secs);
            fastest_m = fastest_m.max(glide.gaze.place.distance(last.place) / secs);
            fastest_turn = fastest_turn.max(glide.gaze.turn.distance(last.turn) / secs);
            assert!(glide.gaze.place.z >= -5.0 - 1e-4 && glide.gaze.place.z <= last.place.z + 1e-5);
            last = glide.gaze;
        }
        assert!((2.5..=3.0).contains(&fastest_m), "{fastest_m} m/s");
        assert!((1.3..=1.6).contains(&fastest_turn), "{fastest_turn} rad/s");
        assert!(last.place.distance(target.place) < 0.01 && last.turn.distance(target.turn) < 0.02);
        // A snap turn of 30 degrees takes a moment, too.
        let mut glide = Glide::from(ahead());
        glide.follow(&turned(30.0), &CALM, secs);
        assert!(glide.gaze.turn.x < 1_f32.to_radians());
    }

    #[test]
    fn it_turns_the_shorter_way() {
        let mut glide = Glide::from(turned(175.0));
        (0..60).for_each(|_| glide.follow(&turned(-175.0), &CALM, 1.0 / 30.0));
        assert!(turn_between(glide.gaze.turn, turned(-175.0).turn).length() < 0.01);
        let half = turned(175.0).part_way(&turned(-175.0), 0.5);
        assert!(turn_between(half.turn, turned(180.0).turn).length() < 1e-4);
    }
}
