//! The visitor's head, and the camera of the window, which is the head until a headset is worn.

use bevy::{
    camera::{ImageRenderTarget, RenderTarget, visibility::RenderLayers},
    prelude::*,
};

use super::stage::plan::EYE_HEIGHT_M;
use crate::world::{draw::draws_the_hall, ui::palette};

/// The vertical field of view in a window, in degrees; WORLD's layout is made for it.
pub(super) const FIELD_OF_VIEW_DEGREES: f32 = 60.0;
/// Nothing nearer than this is drawn, in metres.
pub const NEAR_M: f32 = 0.05;

/// The render layer of what the visitor's own eyes see and the window does not, as the vignette before them.
pub const VISITOR_ONLY: usize = 1;

/// The render layer of what only the window shows while somebody wears the headset, as the spectators' strip.
pub const SPECTATOR_ONLY: usize = 2;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Startup, open_eyes);
}

/// Marks the visitor's head, whose pose its transform is: the window's camera, or the headset while it is worn.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct Head;

/// Marks the camera that draws the window, through which the mouse aims; there is always one.
#[derive(Component, Clone, Copy, Debug, Default)]
pub struct WindowCamera;

/// Marks the camera of an eye of a headset.
#[derive(Component, Clone, Copy, Debug, Default)]
pub(super) struct Eye;

/// Where the head's picture goes when there is no window.
#[derive(Resource)]
pub(super) struct OffscreenTarget(pub Handle<Image>);

fn open_eyes(mut commands: Commands, offscreen: Option<Res<OffscreenTarget>>) {
    let mut head = commands.spawn((
        Name::new("Window camera"),
        WindowCamera,
        Head,
        gaze(),
        Projection::Perspective(PerspectiveProjection {
            fov: FIELD_OF_VIEW_DEGREES.to_radians(),
            near: NEAR_M,
            ..default()
        }),
        Transform::from_xyz(0.0, EYE_HEIGHT_M, 0.0),
    ));
    if let Some(offscreen) = offscreen {
        head.insert(RenderTarget::Image(ImageRenderTarget::from(offscreen.0.clone())));
    }
}

/// The camera of one eye of a headset, 0 the left and 1 the right; whoever spawns it adds its target and its
/// projection, whose near plane belongs at [`NEAR_M`].
pub fn eye_camera(eye: u32) -> impl Bundle {
    let name = if eye == 0 { "Left eye" } else { "Right eye" };
    (Name::new(name), Eye, gaze(), RenderLayers::from_layers(&[0, VISITOR_ONLY]))
}

/// What all who look at the hall have in common.
fn gaze() -> impl Bundle {
    (
        draws_the_hall(),
        Camera { clear_color: ClearColorConfig::Custom(palette::NIGHT), ..default() },
        Msaa::Sample4,
    )
}
