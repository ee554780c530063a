//! One rest: on what, for how long, and whether it has pressed.

use bevy::prelude::*;

/// What is rested on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Target {
    /// A control that is pressed wherever on it the aim is.
    Control(Entity),
    /// A place of a surface, or one of some points: it matters where.
    Spot(Entity, Option<u32>),
}

/// An aim at a place may tremble by so much and still rests there, in radians: 1.2°.
const TREMBLES: f32 = 0.021;
/// A press lasts so many frames: what is told of one frame is seen by picking in the next.
const PRESSED_FRAMES: u8 = 3;

/// The rest of an aim.
#[derive(Component, Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Rest {
    /// On nothing that can be pressed.
    #[default]
    Moving,
    /// For so many seconds of those that it takes.
    Resting { on: Target, towards: Dir3, secs: f32, of_secs: f32 },
    /// It presses for so many frames more.
    Pressing { on: Target, towards: Dir3, frames: u8 },
    /// It has pressed, or has been pressed for: it must leave before it presses again.
    Spent { on: Target, towards: Dir3 },
}

impl Rest {
    /// How much of the time is over, from 0 to 1, while it rests.
    pub(super) fn share(&self) -> Option<f32> {
        match *self {
            Self::Resting { secs, of_secs, .. } => Some((secs / of_secs).clamp(0.0, 1.0)),
            _ => None,
        }
    }

    /// Takes note of a frame, in which the aim was on this and its own button pressed or not; says whether it presses.
    pub(super) fn follow(
        &mut self,
        now: Option<(Target, Dir3)>,
        pressed: bool,
        delta_secs: f32,
        dwell_secs: f32,
    ) -> bool {
        if let Self::Pressing { on, towards, frames } = *self {
            *self = match frames.checked_sub(1) {
                Some(frames) if frames > 0 => Self::Pressing { on, towards, frames },
                _ => Self::Spent { on, towards },
            };
            return matches!(self, Self::Pressing { .. });
        }
        let Some((target, way)) = now else {
            *self = Self::Moving;
            return false;
        };
        if pressed {
            *self = Self::Spent { on: target, towards: way };
            return false;
        }
        *self = match *self {
            Self::Resting { on, towards, secs, .. } if stays(on, towards, target, way) => {
                let secs = secs + delta_secs;
                if secs >= dwell_secs {
                    Self::Pressing { on, towards, frames: PRESSED_FRAMES }
                } else {
                    Self::Resting { on, towards, secs, of_secs: dwell_secs }
                }
            }
            Self::Spent { on, towards } if stays(on, towards, target, way) => *self,
            _ => Self::Resting { on: target, towards: way, secs: 0.0, of_secs: dwell_secs },
        };
        matches!(self, Self::Pressing { .. })
    }
}

/// Whether an aim is still where its rest began.
fn stays(on: Target, towards: Dir3, target: Target, way: Dir3) -> bool {
    match (on, target) {
        (Target::Spot(on, part), Target::Spot(target, other)) => {
            on == target && part == other && towards.angle_between(*way) <= TREMBLES
        }
        _ => on == target,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRAME_SECS: f32 = 0.1;
    const DWELL_SECS: f32 = 1.0;

    fn entity(index: u32) -> Entity {
        Entity::from_raw_u32(index).unwrap()
    }

    fn way(degrees: f32) -> Dir3 {
        Dir3::new(Quat::from_rotation_y(degrees.to_radians()) * Vec3::NEG_Z).unwrap()
    }

    /// How often it presses in so many frames, counted as beginnings.
    fn presses(
        rest: &mut Rest,
        frames: usize,
        now: impl Fn(usize) -> Option<(Target, Dir3)>,
    ) -> usize {
        let mut before = false;
        let mut count = 0;
        for frame in 0..frames {
            let pressed = rest.follow(now(frame), false, FRAME_SECS, DWELL_SECS);
            count += usize::from(pressed && !before);
            before = pressed;
        }
        count
    }

    #[test]
    fn a_rest_presses_once_and_again_only_after_leaving() {
        let button = Target::Control(entity(1));
        let mut rest = Rest::default();
        assert_eq!(presses(&mut rest, 9, |_| Some((button, way(0.0)))), 0, "not yet");
        assert_eq!(presses(&mut rest, 200, |_| Some((button, way(0.0)))), 1, "once, however long");
        assert_eq!(presses(&mut rest, 1, |_| None), 0);
        assert_eq!(presses(&mut rest, 30, |_| Some((button, way(0.0)))), 1);
    }

    #[test]
    fn who_only_passes_presses_nothing() {
        let mut rest = Rest::default();
        let passing = |frame: usize| {
            let button = Target::Control(entity(1 + frame as u32 / 8));
            Some((button, way(0.0)))
        };
        assert_eq!(presses(&mut rest, 100, passing), 0);
    }

    #[test]
    fn on_a_button_one_may_wander_but_a_place_must_be_kept() {
        let wandering = |frame: usize| way((frame % 20) as f32 * 0.3);
        let mut rest = Rest::default();
        let button = Target::Control(entity(1));
        assert_eq!(presses(&mut rest, 30, |frame| Some((button, wandering(frame)))), 1);
        let spot = Target::Spot(entity(1), None);
        let mut rest = Rest::default();
        assert_eq!(presses(&mut rest, 30, |frame| Some((spot, wandering(frame)))), 0);
        let trembling = |frame: usize| way(if frame.is_multiple_of(2) { 0.5 } else { -0.5 });
        let mut rest = Rest::default();
        assert_eq!(presses(&mut rest, 30, |frame| Some((spot, trembling(frame)))), 1);
    }

    #[test]
    fn whoever_has_a_button_is_not_pressed_for() {
        let button = Target::Control(entity(1));
        let mut rest = Rest::default();
        for frame in 0..100 {
            let pressed = frame == 5;
            assert!(!rest.follow(Some((button, way(0.0))), pressed, FRAME_SECS, DWELL_SECS));
        }
    }

    #[test]
    fn the_time_that_is_left_is_known_while_it_rests() {
        let button = Some((Target::Control(entity(1)), way(0.0)));
        let mut rest = Rest::default();
        assert_eq!(rest.share(), None);
        for _ in 0..6 {
            rest.follow(button, false, FRAME_SECS, DWELL_SECS);
        }
        assert!((rest.share().unwrap() - 0.5).abs() < 1e-5);
    }
}
