//! Walking and looking around with keys and mouse; until the first move the view frames the exhibit whole.

use std::f32::consts::{FRAC_PI_2, TAU};

use bevy::{
    input::mouse::{AccumulatedMouseMotion, AccumulatedMouseScroll, MouseScrollUnit},
    prelude::*,
    window::PrimaryWindow,
};

use crate::world::{
    WindowCamera, WorldSystems,
    headset::worn,
    interaction::{aim::AimedAt, intent::Intent},
    stage::{
        Programme, WALL_MARGIN_M,
        plan::{EYE_HEIGHT_M, FLOOR_RADIUS_M},
    },
    ui::panel::Panel,
};

/// Walking speed, in metres per second.
const WALK_M_PER_SECOND: f32 = 1.6;
/// Walking speed with Shift held.
const RUN_M_PER_SECOND: f32 = 4.0;
/// Turn per pixel of mouse travel with the right button held, in radians.
const TURN_PER_PIXEL: f32 = 0.0024;
/// Way per notch of the wheel, in metres.
const WHEEL_M_PER_NOTCH: f32 = 0.25;
/// Pixels that a touchpad sends for one notch.
const PIXELS_PER_NOTCH: f32 = 40.0;
/// Half the width of the theatre as seen from the middle, and how far before the middle its ends lie, in metres.
const THEATRE_HALF_WIDTH_M: f32 = 2.98;
const THEATRE_ENDS_AHEAD_M: f32 = 1.95;
/// The first view stands at least this far behind the middle, in metres, so that a wide window keeps the desk.
const LEAST_FRAMING_M: f32 = 0.9;
/// The height that the first view looks at, in metres.
const THEATRE_MIDDLE_M: f32 = 1.62;

pub(super) fn plugin(app: &mut App) {
    // While a headset is worn, it is the visitor who travels, and the window shows the class what happens.
    app.init_resource::<Stance>().add_systems(
        Update,
        (obey_intents, walk, stand).chain().in_set(WorldSystems::Steer).run_if(not(worn)),
    );
}

/// Where the visitor stands and looks.
#[derive(Resource, Clone, Copy, Debug)]
pub(super) struct Stance {
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

/// How far behind the middle one must stand to see the whole theatre in a window of this shape.
fn framing_distance(aspect: f32, vertical_fov: f32) -> f32 {
    let half_width = (vertical_fov / 2.0).tan() * aspect;
    (THEATRE_HALF_WIDTH_M / half_width - THEATRE_ENDS_AHEAD_M)
        .clamp(LEAST_FRAMING_M, FLOOR_RADIUS_M - WALL_MARGIN_M)
}

fn obey_intents(
    mut intents: MessageReader<Intent>,
    mut stance: ResMut<Stance>,
    programme: Option<Res<Programme>>,
) {
    for intent in intents.read() {
        match intent {
            Intent::Recentre => *stance = Stance::default(),
            Intent::Visit(index) => {
                let places = programme.as_ref().map_or(&[][..], |programme| &programme.0);
                if let Some(place) = places.get(*index) {
                    *stance = Stance { yaw: -place.bearing.to_radians(), ..default() };
                }
            }
            _ => {}
        }
    }
}

fn walk(
    keys: Res<ButtonInput<KeyCode>>,
    buttons: Res<ButtonInput<MouseButton>>,
    motion: Res<AccumulatedMouseMotion>,
    scroll: Res<AccumulatedMouseScroll>,
    time: Res<Time<Real>>,
    aims: Query<&AimedAt>,
    panels: Query<(), With<Panel>>,
    mut stance: ResMut<Stance>,
    head: Option<Single<&Transform, With<WindowCamera>>>,
) {
    let Some(head) = head else {
        return;
    };
    let axis = |forward: KeyCode, back: KeyCode| {
        f32::from(u8::from(keys.pressed(forward))) - f32::from(u8::from(keys.pressed(back)))
    };
    let wanted = Vec3::new(
        axis(KeyCode::KeyD, KeyCode::KeyA),
        axis(KeyCode::KeyE, KeyCode::KeyQ),
        axis(KeyCode::KeyS, KeyCode::KeyW),
    );
    let notches = match scroll.unit {
        MouseScrollUnit::Line => scroll.delta.y,
        MouseScrollUnit::Pixel => scroll.delta.y / PIXELS_PER_NOTCH,
    };
    // Over a panel the wheel is the panel's.
    let notches = if aims.iter().any(|aim| aim.0.is_some_and(|hit| panels.contains(hit.surface))) {
        0.0
    } else {
        notches
    };
    let turning = buttons.pressed(MouseButton::Right) && motion.delta != Vec2::ZERO;
    if wanted == Vec3::ZERO && !turning && notches == 0.0 {
        return;
    }
    if stance.framing {
        take_over(&mut stance, &head);
    }
    if turning {
        stance.yaw = (stance.yaw - motion.delta.x * TURN_PER_PIXEL).rem_euclid(TAU);
        stance.pitch = (stance.pitch - motion.delta.y * TURN_PER_PIXEL)
            .clamp(-FRAC_PI_2 * 0.9, FRAC_PI_2 * 0.9);
    }
    let running = keys.pressed(KeyCode::ShiftLeft) || keys.pressed(KeyCode::ShiftRight);
    let speed = if running { RUN_M_PER_SECOND } else { WALK_M_PER_SECOND };
    let ahead = Quat::from_rotation_y(stance.yaw);
    let gaze = ahead * Quat::from_rotation_x(stance.pitch) * Vec3::NEG_Z;
    let way = ahead
        * Vec3::new(wanted.x, 0.0, wanted.z).clamp_length_max(1.0)
        * speed
        * time.delta_secs()
        + gaze * notches * WHEEL_M_PER_NOTCH;
    stance.feet += Vec3::new(way.x, 0.0, way.z);
    stance.feet = stance.feet.clamp_length_max(FLOOR_RADIUS_M - WALL_MARGIN_M);
    stance.eye_height =
        (stance.eye_height + way.y + wanted.y * speed * time.delta_secs()).clamp(0.4, 4.5);
}

/// Turns the framed view into one that the visitor steers, without a jump.
fn take_over(stance: &mut Stance, head: &Transform) {
    let (yaw, pitch, _) = head.rotation.to_euler(EulerRot::YXZ);
    *stance = Stance {
        feet: head.translation.with_y(0.0),
        yaw,
        pitch,
        eye_height: head.translation.y,
        framing: false,
    };
}

fn stand(
    stance: Res<Stance>,
    window: Option<Single<&Window, With<PrimaryWindow>>>,
    head: Option<Single<(&mut Transform, &Projection), With<WindowCamera>>>,
) {
    let Some(head) = head else {
        return;
    };
    let (mut transform, projection) = head.into_inner();
    let wanted = if stance.framing {
        let Projection::Perspective(perspective) = projection else {
            return;
        };
        let aspect = window
            .map_or(perspective.aspect_ratio, |window| window.width() / window.height().max(1.0));
        let turn = Quat::from_rotation_y(stance.yaw);
        let back = turn * Vec3::Z * framing_distance(aspect, perspective.fov);
        Transform::from_translation(back.with_y(EYE_HEIGHT_M))
            .looking_at(turn * Vec3::new(0.0, THEATRE_MIDDLE_M, -3.5), Vec3::Y)
    } else {
        Transform::from_translation(stance.feet + Vec3::Y * stance.eye_height)
            .with_rotation(Quat::from_euler(EulerRot::YXZ, stance.yaw, stance.pitch, 0.0))
    };
    transform.set_if_neq(wanted);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::headset::Headset;

    #[test]
    fn keys_and_wishes_move_the_window_only_while_no_headset_is_worn() {
        let mut app = App::new();
        app.add_plugins(MinimalPlugins)
            .init_resource::<ButtonInput<KeyCode>>()
            .init_resource::<ButtonInput<MouseButton>>()
            .init_resource::<AccumulatedMouseMotion>()
            .init_resource::<AccumulatedMouseScroll>()
            .add_message::<Intent>()
            .add_plugins(plugin);
        let camera =
            app.world_mut().spawn((WindowCamera, Transform::default(), Projection::default()));
        let camera = camera.id();
        app.update();
        let placed = |app: &App| *app.world().get::<Transform>(camera).unwrap();
        let walk = |app: &mut App| {
            app.world_mut().resource_mut::<ButtonInput<KeyCode>>().press(KeyCode::KeyW);
            std::thread::sleep(std::time::Duration::from_millis(5));
            app.update();
            app.world_mut().resource_mut::<ButtonInput<KeyCode>>().reset_all();
        };
        let first = placed(&app);
        assert_ne!(first, Transform::default());
        walk(&mut app);
        let walked = placed(&app);
        assert!(walked.translation.z < first.translation.z);

        app.insert_resource(Headset::Worn { visible: true, focused: true });
        walk(&mut app);
        app.world_mut().write_message(Intent::Recentre);
        app.update();
        assert_eq!(placed(&app), walked);

        app.insert_resource(Headset::Ready);
        app.world_mut().write_message(Intent::Recentre);
        app.update();
        assert_eq!(placed(&app), first);
    }

    #[test]
    fn a_narrow_window_is_framed_from_further_back() {
        let fov = 60_f32.to_radians();
        assert!(framing_distance(4.0 / 3.0, fov) > framing_distance(16.0 / 9.0, fov));
        // From there the ends of the theatre are inside the picture.
        let distance = framing_distance(16.0 / 9.0, fov);
        let angle = (THEATRE_HALF_WIDTH_M / (distance + THEATRE_ENDS_AHEAD_M)).atan();
        assert!(angle <= ((fov / 2.0).tan() * 16.0 / 9.0).atan() + 1e-4);
    }
}
