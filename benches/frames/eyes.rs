//! A head with two eyes in the hall, as a headset would have it, that looks slowly to and fro.

use std::f32::consts::TAU;

use bevy::{
    camera::{CameraProjection, RenderTarget, SubCameraView},
    math::Vec3A,
    prelude::*,
    render::render_resource::TextureFormat,
};
use perceptarium::world::{NEAR_M, eye_camera, stage::plan::EYE_HEIGHT_M};

/// Between the eyes, in metres: about the median of adults.
const EYE_DISTANCE_M: f32 = 0.063;
/// What an eye sees towards the temple, towards the nose, up and down, in degrees: about what today's headsets give.
const FIELD_DEGREES: [f32; 4] = [54.0, 40.0, 44.0, 55.0];
/// How far the head turns to either side, in degrees, and how long to and fro takes, in seconds.
const SWEEP_DEGREES: f32 = 25.0;
const SWEEP_SECS: f32 = 8.0;

/// The head, which carries both eyes.
#[derive(Component)]
struct BenchHead;

/// Gives the visitor two eyes that draw pictures of this size, and returns them, the left one first.
pub(crate) fn open(app: &mut App, size_px: UVec2, looks_around: bool) -> [Entity; 2] {
    if looks_around {
        app.add_systems(Update, look_around);
    }
    let world = app.world_mut();
    let standing = Transform::from_xyz(0.0, EYE_HEIGHT_M, 0.0);
    let head = world.spawn((BenchHead, standing, Visibility::default())).id();
    [0, 1].map(|eye| {
        let picture = world.resource_mut::<Assets<Image>>().add(Image::new_target_texture(
            size_px.x,
            size_px.y,
            TextureFormat::Rgba8UnormSrgb,
            None,
        ));
        let side = if eye == 0 { -0.5 } else { 0.5 };
        let eye = world.spawn((
            eye_camera(eye),
            RenderTarget::Image(picture.into()),
            Projection::custom(OffCentre::of_eye(eye)),
            Transform::from_xyz(side * EYE_DISTANCE_M, 0.0, 0.0),
            ChildOf(head),
        ));
        eye.id()
    })
}

fn look_around(time: Res<Time<Real>>, mut head: Single<&mut Transform, With<BenchHead>>) {
    let turned = SWEEP_DEGREES.to_radians() * (time.elapsed_secs() / SWEEP_SECS * TAU).sin();
    head.rotation = Quat::from_rotation_y(turned);
}

/// An eye that sees further to one side than to the other, to infinity, with reversed depth.
///
/// Everything is a tangent: left and down are negative.
#[derive(Clone, Copy, Debug)]
struct OffCentre {
    left: f32,
    right: f32,
    up: f32,
    down: f32,
}

impl OffCentre {
    fn of_eye(eye: u32) -> Self {
        let [temple, nose, up, down] = FIELD_DEGREES.map(|degrees| degrees.to_radians().tan());
        let (left, right) = if eye == 0 { (temple, nose) } else { (nose, temple) };
        Self { left: -left, right, up, down: -down }
    }
}

impl CameraProjection for OffCentre {
    /// The matrix of the OpenXR SDK's `xr_linear.h` with the far plane at infinity, its depth turned round.
    fn get_clip_from_view(&self) -> Mat4 {
        let (width, height) = (self.right - self.left, self.up - self.down);
        Mat4::from_cols(
            Vec4::new(2.0 / width, 0.0, 0.0, 0.0),
            Vec4::new(0.0, 2.0 / height, 0.0, 0.0),
            Vec4::new((self.right + self.left) / width, (self.up + self.down) / height, 0.0, -1.0),
            Vec4::new(0.0, 0.0, NEAR_M, 0.0),
        )
    }

    fn get_clip_from_view_for_sub(&self, _: &SubCameraView) -> Mat4 {
        self.get_clip_from_view()
    }

    fn update(&mut self, _width: f32, _height: f32) {}

    fn far(&self) -> f32 {
        f32::INFINITY
    }

    fn get_frustum_corners(&self, z_near: f32, z_far: f32) -> [Vec3A; 8] {
        let corner = |x: f32, y: f32, z: f32| Vec3A::new(x * z.abs(), y * z.abs(), z);
        let Self { left, right, up, down } = *self;
        [
            corner(right, down, z_near),
            corner(right, up, z_near),
            corner(left, up, z_near),
            corner(left, down, z_near),
            corner(right, down, z_far),
            corner(right, up, z_far),
            corner(left, up, z_far),
            corner(left, down, z_far),
        ]
    }
}
