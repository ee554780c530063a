//! Where somebody stands and looks in the window, and what keys and mouse do to it.

use std::f32::consts::{FRAC_PI_2, TAU};

use bevy::{
    ecs::system::SystemParam,
    input::mouse::{AccumulatedMouseMotion, AccumulatedMouseScroll, MouseScrollUnit},
    input_focus::InputFocusVisible,
    prelude::*,
};

use super::MouseAim;
use crate::world::{
    interaction::aim::AimedAt,
    stage::{
        WALL_MARGIN_M,
        plan::{EYE_HEIGHT_M, FLOOR_RADIUS_M},
    },
    ui::{controls::Typing, panel::Panel},
};

/// What moves the stance while no headset is worn.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct FlySystems;

/// Walking speed, in metres per second.
const WALK_M_PER_SECOND: f32 = 1.6;
/// Walking speed with Shift held.
const RUN_M_PER_SECOND: f32 = 4.0;
/// Turn per pixel of mouse travel with the right button held, in radians.
const TURN_PER_PIXEL: f32 = 0.0024;
/// Turn by an arrow key, in radians per second.
const TURN_PER_SECOND: f32 = 0.9;
/// Way per notch of the wheel, in metres.
const WHEEL_M_PER_NOTCH: f32 = 0.25;
/// Pixels that a touchpad sends for one notch.
const PIXELS_PER_NOTCH: f32 = 40.0;
/// Half the width of the theatre as seen from the middle, and how far before the middle its ends lie, in metres.
const THEATRE_HALF_WIDTH_M: f32 = 2.98;
const THEATRE_ENDS_AHEAD_M: f32 = 1.95;
/// The first view stands at least this far behind the middle, in metres, so that a wide window keeps the desk.
const LEAST_FRAMING_M: f32 = 0.85;
/// Where it stands behind the middle in a window of 16:9, in metres, and by how much the eye is higher for each metre that
/// it stands further back, so that the desk hides nothing of what hangs behind it.
const USUAL_FRAMING_M: f32 = 0.95;
const RISE: f32 = 0.36;
/// The height that the first view looks at, in metres.
const THEATRE_MIDDLE_M: f32 = 1.53;

/// Where somebody stands and looks.
#[derive(Resource, Clone, Copy, Debug)]
pub(in crate::world) struct Stance {
    feet: Vec3,
    /// Radians to the left of straight ahead.
    yaw: f32,
    /// Radians above the horizon.
    pitch: f32,
    /// Eye height above the feet, in metres.
    eye_height: f32,
    /// Whether the view still frames the exhibit by itself.
    framing: bool,
}

impl Default for Stance {
    fn default() -> Self {
        Self { feet: Vec3::ZERO, yaw: 0.0, pitch: 0.0, eye_height: EYE_HEIGHT_M, framing: true }
    }
}

impl Stance {
    /// The view that frames the exhibit at this bearing, in degrees, whatever the window's shape.
    pub(in crate::world) fn framing(bearing: f32) -> Self {
        Self { yaw: -bearing.to_radians(), ..default() }
    }

    /// Stands and looks as this does, without its roll.
    pub(in crate::world) fn at(eye: &Transform) -> Self {
        let (yaw, pitch, _) = eye.rotation.to_euler(EulerRot::YXZ);
        Self {
            feet: eye.translation.with_y(0.0),
            yaw,
            pitch,
            eye_height: eye.translation.y,
            framing: false,
        }
    }

    /// Stands at this point (x, z) of the floor and looks at something.
    pub(in crate::world) fn before(place: Vec2, look_at: Vec3) -> Self {
        let eye = Transform::from_xyz(place.x, EYE_HEIGHT_M, place.y);
        Self::at(&eye.looking_at(look_at, Vec3::Y))
    }

    /// Frames again what it last framed, or what lies that way.
    pub(in crate::world) fn frame_again(&mut self) {
        *self = Self { yaw: if self.framing { self.yaw } else { 0.0 }, ..default() };
    }

    /// Walks and turns for `secs` seconds; `eye` is where the camera is, which a framed view is taken over from.
    pub(in crate::world) fn push(&mut self, push: &Push, eye: &Transform, secs: f32) {
        if self.framing {
            *self = Self::at(eye);
        }
        let turned = push.turned_px * TURN_PER_PIXEL + push.turning * TURN_PER_SECOND * secs;
        self.yaw = (self.yaw - turned.x).rem_euclid(TAU);
        self.pitch = (self.pitch - turned.y).clamp(-FRAC_PI_2 * 0.9, FRAC_PI_2 * 0.9);
        let speed = if push.running { RUN_M_PER_SECOND } else { WALK_M_PER_SECOND };
        let ahead = Quat::from_rotation_y(self.yaw);
        let gaze = ahead * Quat::from_rotation_x(self.pitch) * Vec3::NEG_Z;
        let way =
            ahead * Vec3::new(push.walk.x, 0.0, push.walk.z).clamp_length_max(1.0) * speed * secs
                + gaze * push.notches * WHEEL_M_PER_NOTCH;
        self.feet += Vec3::new(way.x, 0.0, way.z);
        self.feet = self.feet.clamp_length_max(FLOOR_RADIUS_M - WALL_MARGIN_M);
        self.eye_height = (self.eye_height + way.y + push.walk.y * speed * secs).clamp(0.4, 4.5);
    }

    /// Where the eye of a view is that no longer frames by itself.
    pub(in crate::world) fn place(&self) -> Vec3 {
        self.feet + Vec3::Y * self.eye_height
    }

    /// Moves the eye there, wherever it looks.
    pub(in crate::world) fn stand_at(&mut self, eye: Vec3) {
        (self.feet, self.eye_height) = (eye.with_y(0.0), eye.y);
    }

    /// The eye of whoever stands so, in a window of this shape with this vertical field of view in radians.
    pub(in crate::world) fn eye(&self, aspect: f32, vertical_fov: f32) -> Transform {
        if self.framing {
            let turn = Quat::from_rotation_y(self.yaw);
            let back_m = framing_distance(aspect, vertical_fov);
            let eye_m = EYE_HEIGHT_M + RISE * (back_m - USUAL_FRAMING_M).min(1.5);
            Transform::from_translation((turn * Vec3::Z * back_m).with_y(eye_m))
                .looking_at(turn * Vec3::new(0.0, THEATRE_MIDDLE_M, -3.5), Vec3::Y)
        } else {
            Transform::from_translation(self.place()).with_rotation(Quat::from_euler(
                EulerRot::YXZ,
                self.yaw,
                self.pitch,
                0.0,
            ))
        }
    }
}

/// How far behind the middle one must stand to see the whole theatre in a window of this shape.
fn framing_distance(aspect: f32, vertical_fov: f32) -> f32 {
    let half_width = (vertical_fov / 2.0).tan() * aspect;
    (THEATRE_HALF_WIDTH_M / half_width - THEATRE_ENDS_AHEAD_M)
        .clamp(LEAST_FRAMING_M, FLOOR_RADIUS_M - WALL_MARGIN_M)
}

/// What keys and mouse ask of a stance in this frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::world) struct Push {
    /// Right, up and back, each from -1 to 1.
    walk: Vec3,
    /// Travel of the mouse while it looks around, in pixels.
    turned_px: Vec2,
    /// What arrow keys turn, right and down, each from -1 to 1.
    turning: Vec2,
    /// Turns of the wheel, forward.
    notches: f32,
    running: bool,
}

/// Keys and mouse, as far as they steer.
#[derive(SystemParam)]
pub(in crate::world) struct Steering<'w, 's> {
    keys: Res<'w, ButtonInput<KeyCode>>,
    buttons: Res<'w, ButtonInput<MouseButton>>,
    motion: Res<'w, AccumulatedMouseMotion>,
    scroll: Res<'w, AccumulatedMouseScroll>,
    aims: Query<'w, 's, &'static AimedAt, With<MouseAim>>,
    panels: Query<'w, 's, (), With<Panel>>,
    typing: Option<Res<'w, Typing>>,
    focus: Option<Res<'w, InputFocusVisible>>,
}

impl Steering<'_, '_> {
    /// What they ask for now, if anything.
    pub(in crate::world) fn push(&self) -> Option<Push> {
        let axis = |forward: KeyCode, back: KeyCode| {
            f32::from(u8::from(self.keys.pressed(forward)))
                - f32::from(u8::from(self.keys.pressed(back)))
        };
        // Letters of a word lead nowhere.
        let typing = self.typing.as_ref().is_some_and(|typing| typing.0.is_some());
        let walk = if typing {
            Vec3::ZERO
        } else {
            Vec3::new(
                axis(KeyCode::KeyD, KeyCode::KeyA),
                axis(KeyCode::KeyE, KeyCode::KeyQ),
                axis(KeyCode::KeyS, KeyCode::KeyW),
            )
        };
        // Where the keyboard acts on a control, arrows are the control's.
        let acting = self.focus.as_ref().is_some_and(|visible| visible.0);
        let turning = if typing || acting {
            Vec2::ZERO
        } else {
            Vec2::new(
                axis(KeyCode::ArrowRight, KeyCode::ArrowLeft),
                axis(KeyCode::ArrowDown, KeyCode::ArrowUp),
            )
        };
        // Over a panel the wheel is the panel's.
        let over_panel = |aim: &AimedAt| aim.0.is_some_and(|hit| self.panels.contains(hit.surface));
        let notches = match self.scroll.unit {
            _ if self.aims.iter().any(over_panel) => 0.0,
            MouseScrollUnit::Line => self.scroll.delta.y,
            MouseScrollUnit::Pixel => self.scroll.delta.y / PIXELS_PER_NOTCH,
        };
        let turned_px =
            if self.buttons.pressed(MouseButton::Right) { self.motion.delta } else { Vec2::ZERO };
        let still = walk == Vec3::ZERO
            && turned_px == Vec2::ZERO
            && turning == Vec2::ZERO
            && notches == 0.0;
        (!still).then(|| Push {
            walk,
            turned_px,
            turning,
            notches,
            running: self.keys.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{desk, progress_banner};

    #[test]
    fn a_narrow_window_is_framed_from_further_back() {
        let fov = 60_f32.to_radians();
        assert!(framing_distance(4.0 / 3.0, fov) > framing_distance(16.0 / 9.0, fov));
        // From there the ends of the theatre are inside the picture.
        let distance = framing_distance(16.0 / 9.0, fov);
        let angle = (THEATRE_HALF_WIDTH_M / (distance + THEATRE_ENDS_AHEAD_M)).atan();
        assert!(angle <= ((fov / 2.0).tan() * 16.0 / 9.0).atan() + 1e-4);
    }

    /// A point of the hall on the picture of the first view, from its middle, as a share of half its height.
    fn pictured(eye: &Transform, fov: f32, point: Vec3) -> Vec2 {
        let seen = eye.compute_affine().inverse().transform_point3(point);
        seen.truncate() / -seen.z / (fov / 2.0).tan()
    }

    #[test]
    fn letters_of_the_desk_stand_upright_in_the_first_view_and_face_the_visitor() {
        let fov = 60_f32.to_radians();
        let (place, half) = (desk::place(), desk::SIZE_M / 2.0);
        for aspect in [4.0 / 3.0, 16.0 / 9.0, 2560.0 / 1080.0] {
            let eye = Stance::default().eye(aspect, fov);
            for side in [-1.0, 1.0] {
                let at = |y: f32| {
                    let point = place.transform_point(vec3(side * half.x, y, 0.0));
                    pictured(&eye, fov, point)
                };
                let stem = at(half.y) - at(-half.y);
                let slant = (stem.x / stem.y).atan().to_degrees();
                assert!(slant.abs() < 7.0, "{slant:.1}° from upright at {aspect}");
            }
            let to_eye = (eye.translation - place.translation).normalize();
            assert!((place.rotation * Vec3::Z).dot(to_eye) > 0.97, "it turns away at {aspect}");
        }
    }

    #[test]
    fn a_wide_window_is_filled_from_the_title_to_the_desk() {
        let fov = 60_f32.to_radians();
        let eye = Stance::default().eye(2560.0 / 1080.0, fov);
        let top = pictured(&eye, fov, progress_banner::top_m());
        let place = desk::place();
        let bottom = pictured(&eye, fov, place.transform_point(Vec3::NEG_Y * desk::SIZE_M.y / 2.0));
        assert!((0.9..=1.0).contains(&top.y), "the title ends at {}", top.y);
        // Nearer, the desk's lower edge would be cut: the height of a wide window decides, not its width.
        assert!((-1.005..=-0.95).contains(&bottom.y), "the desk ends at {}", bottom.y);
    }

    #[test]
    fn who_stands_before_something_looks_at_it() {
        let look_at = vec3(-2.0, 0.9, -3.0);
        let eye = Stance::before(vec2(-1.0, -2.0), look_at).eye(1.6, 1.0);
        assert_eq!(eye.translation, vec3(-1.0, EYE_HEIGHT_M, -2.0));
        let ahead = (look_at - eye.translation).normalize();
        assert!(eye.forward().dot(ahead) > 0.9999, "{:?}", eye.forward());
    }

    #[test]
    fn a_walk_stays_inside_the_hall_however_long_it_takes() {
        let mut stance = Stance::default();
        let start = stance.eye(16.0 / 9.0, 1.0);
        for walk in [Vec3::NEG_Z, Vec3::Z, Vec3::X, Vec3::Y, Vec3::NEG_Y] {
            let push = Push {
                walk,
                turned_px: Vec2::ZERO,
                notches: 3.0,
                running: true,
                turning: Vec2::ZERO,
            };
            for _ in 0..600 {
                stance.push(&push, &start, 1.0 / 30.0);
                let eye = stance.place();
                let away = eye.with_y(0.0).length();
                assert!(away <= FLOOR_RADIUS_M - WALL_MARGIN_M + 1e-3, "{away} m after {walk}");
                assert!((0.4..=4.5).contains(&eye.y), "{} m up after {walk}", eye.y);
            }
        }
    }

    #[test]
    fn whoever_takes_over_a_framed_view_begins_where_it_was() {
        let (aspect, fov) = (16.0 / 9.0, 1.0);
        let mut stance = Stance::framing(90.0);
        let before = stance.eye(aspect, fov);
        let nothing = Push {
            walk: Vec3::ZERO,
            turned_px: Vec2::ZERO,
            turning: Vec2::ZERO,
            notches: 0.0,
            running: false,
        };
        stance.push(&nothing, &before, 0.1);
        assert!(!stance.framing);
        let after = stance.eye(aspect, fov);
        assert!(after.translation.abs_diff_eq(before.translation, 1e-5));
        assert!(after.rotation.angle_between(before.rotation) < 1e-3);
    }
}
