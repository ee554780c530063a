//! A head with two eyes in the hall, as a headset would have it, that looks slowly to and fro.

use std::f32::consts::TAU;

use bevy::{
    camera::{CameraProjection, ManualTextureViewHandle, RenderTarget, SubCameraView},
    math::Vec3A,
    prelude::*,
    render::{
        RenderApp,
        renderer::{RenderAdapterInfo, RenderDevice},
        texture::ManualTextureViews,
    },
};
use perceptarium::world::{
    NEAR_M,
    draw::{draws_both_eyes_at_once, hang_eyes},
    eye_camera,
    stage::plan::EYE_HEIGHT_M,
};
use wgpu::{Extent3d, TextureDescriptor, TextureDimension, TextureFormat, TextureUsages};

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
    let pictures = [0, 1].map(ManualTextureViewHandle);
    hang(app, size_px, pictures);
    let world = app.world_mut();
    let standing = Transform::from_xyz(0.0, EYE_HEIGHT_M, 0.0);
    let head = world.spawn((BenchHead, standing, Visibility::default())).id();
    [0, 1].map(|eye| {
        let side = if eye == 0 { -0.5 } else { 0.5 };
        let eye = world.spawn((
            eye_camera(eye),
            RenderTarget::TextureView(pictures[eye as usize]),
            Projection::custom(OffCentre::of_eye(eye)),
            Transform::from_xyz(side * EYE_DISTANCE_M, 0.0, 0.0),
            ChildOf(head),
        ));
        eye.id()
    })
}

/// Makes what a headset's runtime hands over: an image with a layer for each eye.
fn hang(app: &mut App, size_px: UVec2, eyes: [ManualTextureViewHandle; 2]) {
    let format = TextureFormat::Rgba8UnormSrgb;
    let device = app.world().resource::<RenderDevice>().clone();
    let image = device.wgpu_device().create_texture(&TextureDescriptor {
        label: Some("eyes"),
        size: Extent3d { width: size_px.x, height: size_px.y, depth_or_array_layers: 2 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: TextureDimension::D2,
        format,
        usage: TextureUsages::RENDER_ATTACHMENT,
        view_formats: &[],
    });
    let mut pictures = app.world_mut().resource_mut::<ManualTextureViews>();
    let both = hang_eyes(&image, format, eyes, &mut pictures);
    let render = app.sub_app_mut(RenderApp);
    let adapter = render.world().resource::<RenderAdapterInfo>();
    if draws_both_eyes_at_once(device.wgpu_device(), adapter) {
        render.insert_resource(both);
    }
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
