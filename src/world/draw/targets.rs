//! What a view is drawn into besides the picture itself: its samples and its depth, kept from frame to frame.

use bevy::{
    camera::CameraMainTextureUsages,
    platform::collections::HashMap,
    prelude::*,
    render::{
        render_resource::{
            Extent3d, TextureDescriptor, TextureDimension, TextureFormat, TextureUsages,
            TextureView, TextureViewDescriptor,
        },
        renderer::RenderDevice,
    },
};

/// Depth from 1 at the near plane to 0 infinitely far away.
pub(super) const DEPTH_FORMAT: TextureFormat = TextureFormat::Depth32Float;

/// Frames after which what no view needs any longer is let go.
const KEPT_FRAMES: u32 = 240;

/// The targets of all passes, by the size and kind of their pictures: those that follow one another share.
#[derive(Resource, Default)]
pub(super) struct Targets(HashMap<TargetKey, Target>);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct TargetKey {
    pub size: UVec2,
    pub samples: u32,
    pub format: TextureFormat,
    /// Whether there is a layer for each eye.
    pub both_eyes: bool,
}

pub(super) struct Target {
    /// None where a pixel has one sample only, which is that of the picture.
    pub samples: Option<TextureView>,
    pub depth: TextureView,
    unused_frames: u32,
}

impl Targets {
    pub(super) fn get(&mut self, shape: TargetKey, device: &RenderDevice) -> &Target {
        let target = self.0.entry(shape).or_insert_with(|| {
            let texture = |label, format| {
                let texture = device.create_texture(&TextureDescriptor {
                    label: Some(label),
                    size: Extent3d {
                        width: shape.size.x,
                        height: shape.size.y,
                        depth_or_array_layers: if shape.both_eyes { 2 } else { 1 },
                    },
                    mip_level_count: 1,
                    sample_count: shape.samples,
                    dimension: TextureDimension::D2,
                    format,
                    // Neither ever leaves the card's own memory for tiles, where it has one.
                    usage: TextureUsages::RENDER_ATTACHMENT,
                    view_formats: &[],
                });
                texture.create_view(&TextureViewDescriptor::default())
            };
            Target {
                samples: (shape.samples > 1).then(|| texture("samples", shape.format)),
                depth: texture("depth", DEPTH_FORMAT),
                unused_frames: 0,
            }
        });
        target.unused_frames = 0;
        target
    }

    pub(super) fn end_frame(&mut self) {
        self.0.retain(|_, target| {
            target.unused_frames += 1;
            target.unused_frames < KEPT_FRAMES
        });
    }
}

/// Bevy makes pictures in between for every camera that says how they are used; the hall needs none.
pub(super) fn leave_out_bevys(
    cameras: Query<Entity, With<CameraMainTextureUsages>>,
    mut commands: Commands,
) {
    for camera in &cameras {
        commands.entity(camera).remove::<CameraMainTextureUsages>();
    }
}
