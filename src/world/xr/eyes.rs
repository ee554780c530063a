//! The eyes: one camera for each, and the head between them.

use bevy::{
    camera::{CameraProjection, RenderTarget, SubCameraView},
    math::Vec3A,
    prelude::*,
    render::texture::ManualTextureViews,
};
use bevy_mod_openxr::{helper_traits::ToTransform as _, resources::OxrCurrentSessionConfig};
use bevy_mod_xr::camera::XrCamera;
use openxr::Fovf;

use super::{
    alive::Session,
    frame::{Faults, FrameNow, PICTURES, located, picture_of},
};
use crate::world::{
    Head, NEAR_M, WindowCamera, body::Rig, draw::hang_eyes, eye_camera, headset::Headset,
    interaction::AimSystems,
};

/// Nothing farther than this is drawn, in metres; the hall is smaller.
const FAR_M: f32 = 100.0;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(PreUpdate, place_eyes.in_set(AimSystems::Sense))
        .add_systems(PreUpdate, change_heads.before(AimSystems::Sense));
}

/// The head in the headset: between the eyes, looking where they look.
#[derive(Component)]
struct HeadInHeadset;

/// Opens both eyes on the pictures of a session.
pub(super) fn open_eyes(
    world: &mut World,
    images: &[wgpu::Texture],
    config: OxrCurrentSessionConfig,
) {
    if let (Some(image), Some(mut pictures)) =
        (images.first(), world.get_resource_mut::<ManualTextureViews>())
    {
        hang_eyes(image, config.format, PICTURES, &mut pictures);
    }
    for eye in 0..2 {
        world.spawn((
            XrCamera(eye),
            eye_camera(eye),
            RenderTarget::TextureView(picture_of(eye)),
            Projection::custom(EyeProjection::default()),
        ));
    }
    let mut rigs = world.query_filtered::<Entity, With<Rig>>();
    if let Ok(rig) = rigs.single(world) {
        world.spawn((
            Name::new("Head in the headset"),
            HeadInHeadset,
            Transform::default(),
            Visibility::default(),
            ChildOf(rig),
        ));
    }
}

/// Shuts the eyes, and gives the head back to the window.
pub(super) fn shut_eyes(world: &mut World) {
    let mut eyes = world.query_filtered::<Entity, Or<(With<XrCamera>, With<HeadInHeadset>)>>();
    let eyes: Vec<Entity> = eyes.iter(world).collect();
    for eye in eyes {
        world.despawn(eye);
    }
    if let Some(mut pictures) = world.get_resource_mut::<ManualTextureViews>() {
        for eye in 0..2 {
            pictures.remove(&picture_of(eye));
        }
    }
}

/// The visitor's head is the headset's while it is worn, and the window's otherwise.
fn change_heads(
    headset: Res<Headset>,
    window: Query<(Entity, Has<Head>), With<WindowCamera>>,
    worn: Query<(Entity, Has<Head>), With<HeadInHeadset>>,
    mut commands: Commands,
) {
    let in_headset = headset.is_worn() && !worn.is_empty();
    let heads = window.iter().map(|it| (it, !in_headset));
    for ((entity, is_head), should) in heads.chain(worn.iter().map(|it| (it, in_headset))) {
        if should && !is_head {
            commands.entity(entity).insert(Head);
        } else if !should && is_head {
            commands.entity(entity).remove::<Head>();
        }
    }
}

/// Where the eyes will be when this frame is seen; drawing asks once more, later.
fn place_eyes(
    session: Option<Res<Session>>,
    now: Res<FrameNow>,
    faults: Res<Faults>,
    mut eyes: Query<(&XrCamera, &mut Camera, &mut Transform, &mut Projection)>,
    mut head: Query<&mut Transform, (With<HeadInHeadset>, Without<XrCamera>)>,
) {
    let drawn = now.0.is_some_and(|frame| frame.should_render);
    for (_, mut camera, ..) in &mut eyes {
        if camera.is_active != drawn {
            camera.is_active = drawn;
        }
    }
    let (Some(session), Some(frame)) = (session, now.0) else {
        return;
    };
    let views = match located(&session.session, &session.floor, frame) {
        Ok(Some(views)) => views,
        Ok(None) => return,
        Err(why) => return faults.put(why),
    };
    for (eye, _, mut transform, mut projection) in &mut eyes {
        let Some(view) = views.get(eye.0 as usize) else {
            continue;
        };
        *transform = view.pose.to_transform();
        if let Projection::Custom(custom) = &mut *projection
            && let Some(projection) = custom.get_mut::<EyeProjection>()
        {
            projection.view = view.fov;
        }
    }
    if let [left, right, ..] = views.as_slice()
        && let Ok(mut head) = head.single_mut()
    {
        let (left, right) = (left.pose.to_transform(), right.pose.to_transform());
        *head = Transform {
            translation: left.translation.midpoint(right.translation),
            // The eyes of some headsets look a little outwards.
            rotation: left.rotation.slerp(right.rotation, 0.5),
            ..default()
        };
    }
}

/// How one eye sees: four angles from straight ahead, as OpenXR tells them.
#[derive(Clone, Debug)]
struct EyeProjection {
    view: Fovf,
}

impl Default for EyeProjection {
    fn default() -> Self {
        let side = std::f32::consts::FRAC_PI_4;
        Self {
            view: Fovf { angle_left: -side, angle_right: side, angle_up: side, angle_down: -side },
        }
    }
}

impl EyeProjection {
    /// Left, right, bottom and top edge of what is seen at a distance of 1 m, in metres.
    fn edges(&self) -> [f32; 4] {
        let Fovf { angle_left, angle_right, angle_up, angle_down } = self.view;
        [angle_left.tan(), angle_right.tan(), angle_down.tan(), angle_up.tan()]
    }
}

impl CameraProjection for EyeProjection {
    /// A frustum off its axis with the far plane at infinity and depth 1 at the near plane, as Bevy draws.
    fn get_clip_from_view(&self) -> Mat4 {
        let [left, right, bottom, top] = self.edges();
        let (width, height) = (right - left, top - bottom);
        Mat4::from_cols(
            vec4(2.0 / width, 0.0, 0.0, 0.0),
            vec4(0.0, 2.0 / height, 0.0, 0.0),
            vec4((right + left) / width, (top + bottom) / height, 0.0, -1.0),
            vec4(0.0, 0.0, NEAR_M, 0.0),
        )
    }

    fn get_clip_from_view_for_sub(&self, _: &SubCameraView) -> Mat4 {
        self.get_clip_from_view()
    }

    fn update(&mut self, _: f32, _: f32) {}

    fn far(&self) -> f32 {
        FAR_M
    }

    fn get_frustum_corners(&self, z_near: f32, z_far: f32) -> [Vec3A; 8] {
        let [left, right, bottom, top] = self.edges();
        // Distances come as places along Z, which are negative ahead.
        let corner = |x: f32, y: f32, z: f32| Vec3A::new(x * z.abs(), y * z.abs(), z);
        let around = [(right, bottom), (right, top), (left, top), (left, bottom)];
        let [a, b, c, d] = around.map(|(x, y)| corner(x, y, z_near));
        let [e, f, g, h] = around.map(|(x, y)| corner(x, y, z_far));
        [a, b, c, d, e, f, g, h]
    }
}

#[cfg(test)]
mod tests {
    use bevy::camera::PerspectiveProjection;

    use super::*;

    fn symmetric(half: f32) -> EyeProjection {
        EyeProjection {
            view: Fovf { angle_left: -half, angle_right: half, angle_up: half, angle_down: -half },
        }
    }

    #[test]
    fn an_eye_that_looks_straight_sees_as_any_camera() {
        let half = 0.6_f32;
        let mut plain = PerspectiveProjection { fov: 2.0 * half, near: NEAR_M, ..default() };
        plain.aspect_ratio = 1.0;
        let eye = symmetric(half);
        assert!(eye.get_clip_from_view().abs_diff_eq(plain.get_clip_from_view(), 1e-5));
        for (a, b) in eye
            .get_frustum_corners(-0.5, -20.0)
            .into_iter()
            .zip(plain.get_frustum_corners(-0.5, -20.0))
        {
            assert!(a.abs_diff_eq(b, 1e-3), "{a} and {b}");
        }
    }

    #[test]
    fn an_eye_sees_just_what_lies_within_its_four_angles() {
        let view = Fovf { angle_left: -0.9, angle_right: 0.7, angle_up: 0.8, angle_down: -0.85 };
        let clip = EyeProjection { view }.get_clip_from_view();
        let seen = |x: f32, y: f32| clip.project_point3(vec3(x.tan() * 2.0, y.tan() * 2.0, -2.0));
        assert!((seen(-0.9, 0.0).x + 1.0).abs() < 1e-5);
        assert!((seen(0.7, 0.0).x - 1.0).abs() < 1e-5);
        assert!((seen(0.0, 0.8).y - 1.0).abs() < 1e-5);
        assert!((seen(0.0, -0.85).y + 1.0).abs() < 1e-5);
        assert!((clip.project_point3(vec3(0.0, 0.0, -NEAR_M)).z - 1.0).abs() < 1e-5, "near is 1");
        assert!(clip.project_point3(vec3(0.0, 0.0, -90.0)).z < 1e-3, "far is 0");
    }
}
