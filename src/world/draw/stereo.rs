//! The picture of both eyes: two layers of one image, which one pass draws where the graphics device can.

use bevy::{
    camera::ManualTextureViewHandle,
    prelude::*,
    render::{
        render_resource::{
            TextureFormat, TextureView, TextureViewDescriptor, TextureViewDimension, TextureViewId,
        },
        texture::{ManualTextureView, ManualTextureViews},
    },
};
use wgpu::{AdapterInfo, Device, DeviceType, Features, Texture};

/// In one pass each vertex is drawn for both eyes, into layers that have samples of their own.
const NEEDED: Features = Features::MULTIVIEW.union(Features::MULTISAMPLE_ARRAY);

/// What both eyes are drawn into at once, in the render world for as long as their cameras draw into it.
#[derive(Resource, Clone, Debug)]
pub struct StereoTarget {
    pub(super) view: TextureView,
    layers: [TextureViewId; 2],
}

impl StereoTarget {
    /// Which eye draws into a picture: 0 is the left one, 1 the right one; none where it is another picture, such as
    /// that of a screenshot, which takes the place of an eye's for a frame.
    pub(super) fn eye_of(&self, picture: &TextureView) -> Option<usize> {
        self.layers.iter().position(|layer| *layer == picture.id())
    }
}

/// Whether a device draws both eyes in one pass; else each is drawn in its own.
///
/// Not in software, where nothing would be gained and Mesa 22.3 draws part of the right eye's triangles into the left
/// one's layer; Mesa 25 does it right.
pub fn draws_both_eyes_at_once(device: &Device, adapter: &AdapterInfo) -> bool {
    adapter.device_type != DeviceType::Cpu
        && device.features().contains(NEEDED)
        && device.limits().max_multiview_view_count >= 2
}

/// Gives the left and the right eye, whose cameras draw into these handles, the first two layers of an image.
pub fn hang_eyes(
    image: &Texture,
    format: TextureFormat,
    eyes: [ManualTextureViewHandle; 2],
    pictures: &mut ManualTextureViews,
) -> StereoTarget {
    let size = uvec2(image.width(), image.height());
    let [left, right] = [0, 1].map(|layer| layers(image, layer, 1));
    let stereo = StereoTarget { view: layers(image, 0, 2), layers: [left.id(), right.id()] };
    for (handle, texture_view) in eyes.into_iter().zip([left, right]) {
        pictures.insert(handle, ManualTextureView { texture_view, size, view_format: format });
    }
    stereo
}

fn layers(image: &Texture, first: u32, count: u32) -> TextureView {
    let several = count > 1;
    image
        .create_view(&TextureViewDescriptor {
            label: Some("eyes"),
            dimension: Some(if several {
                TextureViewDimension::D2Array
            } else {
                TextureViewDimension::D2
            }),
            base_array_layer: first,
            array_layer_count: Some(count),
            ..default()
        })
        .into()
}
