//! How a pointer that nobody holds moves, presses and drags: slowly enough to be followed, with the presses that a hand has.

use bevy::prelude::*;

/// The share of its way that it has left after a second, as a rate: while it goes somewhere, and while it drags.
const GLIDE_PER_SEC: f32 = 4.5;
const DRAG_PER_SEC: f32 = 1.8;
/// It is there when it is nearer than this, in radians.
const THERE: f32 = 0.004;
/// It rests for so long before it presses, and holds what it presses for so long, in seconds.
const BEFORE_SECS: f32 = 0.25;
const HELD_SECS: f32 = 0.2;

/// What it does when it is there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) enum Then {
    /// It points.
    #[default]
    Stays,
    /// It presses and lets go.
    Clicks,
    /// It presses, goes there and lets go.
    Drags(Vec3),
}

/// A pointer: where in the hall it points, where it goes, and what it does there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Gesture {
    at: Option<Vec3>,
    goal: Vec3,
    then: Then,
    pressed: bool,
    /// Since it is there; none while it is on its way.
    there_secs: Option<f32>,
}

impl Gesture {
    /// Goes to a point of the hall, from where it is or else from there.
    pub(super) fn go(&mut self, goal: Vec3, then: Then) {
        *self = Self { at: self.at.or(Some(goal)), goal, then, pressed: false, there_secs: None };
    }

    /// Presses what it points at.
    pub(super) fn click(&mut self) {
        if self.at.is_some() {
            self.then = Then::Clicks;
            self.there_secs = self.there_secs.map(|_| 0.0);
        }
    }

    /// Points at nothing and holds nothing.
    pub(super) fn let_go(&mut self) {
        *self = Self::default();
    }

    /// How long it has been where it should be, in seconds.
    pub(super) const fn there_secs(&self) -> Option<f32> {
        self.there_secs
    }

    /// Where it points now, and whether it presses; `glides` says whether it may be seen on its way.
    pub(super) fn step(&mut self, eye: Vec3, secs: f32, glides: bool) -> Option<(Vec3, bool)> {
        let mut at = self.at?;
        let per_sec = if self.pressed { DRAG_PER_SEC } else { GLIDE_PER_SEC };
        let left = if glides { (-per_sec * secs).exp() } else { 0.0 };
        at = self.goal + (at - self.goal) * left;
        let ways = [at, self.goal].map(|place| place - eye);
        if ways[0].angle_between(ways[1]) < THERE {
            // Whoever waits for the frame of arrival sees it there before anything is pressed.
            self.there_secs = Some(self.there_secs.map_or(0.0, |before| before + secs));
            self.act();
        }
        self.at = Some(at);
        Some((at, self.pressed))
    }

    fn act(&mut self) {
        let secs = self.there_secs.unwrap_or(0.0);
        match (self.then, self.pressed) {
            (Then::Clicks | Then::Drags(_), false) if secs >= BEFORE_SECS => {
                self.pressed = true;
                self.there_secs = Some(0.0);
                if let Then::Drags(to) = self.then {
                    (self.goal, self.then, self.there_secs) = (to, Then::Clicks, None);
                }
            }
            (_, true) if secs >= HELD_SECS => {
                (self.pressed, self.then) = (false, Then::Stays);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const EYE: Vec3 = vec3(0.0, 1.6, 0.0);

    /// Where it points and whether it presses, frame by frame of 50 ms.
    fn frames(gesture: &mut Gesture, count: usize, glides: bool) -> Vec<(Vec3, bool)> {
        (0..count).filter_map(|_| gesture.step(EYE, 0.05, glides)).collect()
    }

    /// How often it presses anew.
    fn presses(frames: &[(Vec3, bool)]) -> usize {
        frames.windows(2).filter(|pair| !pair[0].1 && pair[1].1).count()
    }

    fn pointing_left() -> Gesture {
        let mut gesture = Gesture::default();
        gesture.go(vec3(-1.0, 1.6, -3.0), Then::Stays);
        frames(&mut gesture, 1, false);
        gesture
    }

    #[test]
    fn it_glides_to_where_it_clicks_once_and_stays() {
        let mut gesture = pointing_left();
        let goal = vec3(1.0, 1.6, -3.0);
        gesture.go(goal, Then::Clicks);
        let seen = frames(&mut gesture, 60, true);
        assert!(seen[0].0.x < -0.3 && seen[10].0.x > -1.0 && seen[10].0.x < 1.0, "{:?}", seen[10]);
        assert_eq!(presses(&seen), 1);
        assert!(seen.iter().all(|(at, pressed)| !pressed || at.distance(goal) < 0.03));
        assert_eq!(seen.last().map(|(_, pressed)| *pressed), Some(false));
        assert_eq!(presses(&frames(&mut gesture, 40, true)), 0);
        gesture.click();
        assert_eq!(presses(&frames(&mut gesture, 40, true)), 1);
    }

    #[test]
    fn with_less_motion_it_is_there_at_once() {
        let mut gesture = pointing_left();
        let goal = vec3(1.0, 1.6, -3.0);
        gesture.go(goal, Then::Clicks);
        let seen = frames(&mut gesture, 20, false);
        assert!(seen.iter().all(|(at, _)| *at == goal));
        assert!(!seen[0].1 && presses(&seen) == 1);
    }

    #[test]
    fn it_drags_from_one_place_to_the_other_and_lets_go_there() {
        let mut gesture = pointing_left();
        let [from, to] = [vec3(1.0, 0.8, -1.0), vec3(0.0, 0.8, -1.0)];
        gesture.go(from, Then::Drags(to));
        let seen = frames(&mut gesture, 120, true);
        assert_eq!(presses(&seen), 1);
        let held: Vec<_> = seen.iter().filter(|(_, pressed)| *pressed).collect();
        assert!(held[0].0.distance(from) < 0.03 && held[held.len() - 1].0.distance(to) < 0.03);
        assert!(held.len() > 20, "{} frames are too quick to be followed", held.len());
        assert!(!seen[seen.len() - 1].1);
    }

    #[test]
    fn slow_frames_press_as_well() {
        let mut gesture = Gesture::default();
        gesture.go(vec3(0.0, 1.6, -3.0), Then::Clicks);
        let seen: Vec<_> = (0..6).filter_map(|_| gesture.step(EYE, 0.6, true)).collect();
        assert_eq!((seen[0].1, presses(&seen), seen[5].1), (false, 1, false));
    }

    #[test]
    fn what_lets_go_points_at_nothing() {
        let mut gesture = pointing_left();
        gesture.let_go();
        gesture.click();
        assert!(frames(&mut gesture, 3, true).is_empty());
    }
}
