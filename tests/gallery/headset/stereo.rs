//! Both eyes see the same, pixel by pixel, whether one pass draws them together or two draw each by itself.

use std::{env, path::Path};

use bevy::{
    camera::{ManualTextureViewHandle, RenderTarget},
    prelude::*,
    render::{
        RenderApp,
        renderer::RenderDevice,
        renderer::RenderQueue,
        texture::ManualTextureViews,
        view::screenshot::{Screenshot, ScreenshotCaptured},
    },
};
use perceptarium::world::{
    adaptive_quality::{AdaptiveQuality, Quality},
    draw::{Drawn, StereoTarget, hang_eyes},
    eye_camera,
    stage::plan::EYE_HEIGHT_M,
};
use wgpu::{
    BufferDescriptor, BufferUsages, CommandEncoderDescriptor, Extent3d, MapMode, Origin3d,
    PollType, TexelCopyBufferInfo, TexelCopyBufferLayout, Texture, TextureDescriptor,
    TextureDimension, TextureFormat, TextureUsages,
};

use super::space::Space;
use crate::halls::Hall;

/// Width and height of an eye's picture; a row of it is as long as copies want rows to be.
const EYE_PX: u32 = 256;
const EYES: [ManualTextureViewHandle; 2] = [ManualTextureViewHandle(1), ManualTextureViewHandle(2)];
/// Set for the test where it runs in the room with the newer software driver: older ones draw part of the right eye's
/// triangles into the left one's layer.
const INSIDE: &str = "PERCEPTARIUM_IN_ROOM";
/// Between the eyes, in metres: wider than anybody's, so that both pictures surely differ.
const APART_M: f32 = 0.2;
const FORMAT: TextureFormat = TextureFormat::Rgba8UnormSrgb;

/// An image with a layer for each eye, as a headset's runtime hands it over.
fn image(device: &RenderDevice) -> Texture {
    device.wgpu_device().create_texture(&TextureDescriptor {
        label: Some("eyes"),
        size: Extent3d { width: EYE_PX, height: EYE_PX, depth_or_array_layers: 2 },
        mip_level_count: 1,
        sample_count: 1,
        dimension: TextureDimension::D2,
        format: FORMAT,
        usage: TextureUsages::RENDER_ATTACHMENT | TextureUsages::COPY_SRC,
        view_formats: &[],
    })
}

/// What lies in a layer.
fn pixels(hall: &Hall, image: &Texture, layer: u32) -> Vec<u8> {
    let world = hall.app.sub_app(RenderApp).world();
    let device = world.resource::<RenderDevice>().wgpu_device();
    let buffer = device.create_buffer(&BufferDescriptor {
        label: None,
        size: u64::from(EYE_PX * EYE_PX * 4),
        usage: BufferUsages::COPY_DST | BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut encoder = device.create_command_encoder(&CommandEncoderDescriptor::default());
    let mut from = image.as_image_copy();
    from.origin = Origin3d { x: 0, y: 0, z: layer };
    let layout = TexelCopyBufferLayout {
        offset: 0,
        bytes_per_row: Some(EYE_PX * 4),
        rows_per_image: Some(EYE_PX),
    };
    encoder.copy_texture_to_buffer(
        from,
        TexelCopyBufferInfo { buffer: &buffer, layout },
        Extent3d { width: EYE_PX, height: EYE_PX, depth_or_array_layers: 1 },
    );
    world.resource::<RenderQueue>().submit([encoder.finish()]);
    buffer.slice(..).map_async(MapMode::Read, |mapped| mapped.unwrap());
    device.poll(PollType::wait_indefinitely()).unwrap();
    buffer.slice(..).get_mapped_range().to_vec()
}

/// The largest difference of any two bytes.
fn difference(a: &[u8], b: &[u8]) -> u8 {
    a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap()
}

fn passes(hall: &Hall) -> usize {
    hall.app.sub_app(RenderApp).world().resource::<Drawn>().passes
}

/// What was captured of the left eye.
#[derive(Resource)]
struct Captured(Image);

#[test]
fn both_eyes_look_the_same_in_one_pass_and_in_two() {
    in_room("both_eyes_look_the_same_in_one_pass_and_in_two", compare);
}

#[test]
fn what_is_drawn_coarsely_is_the_same_hall_in_a_part_of_the_picture() {
    in_room("what_is_drawn_coarsely_is_the_same_hall_in_a_part_of_the_picture", draw_coarsely);
}

/// Runs a test in the room, by starting this program once more in there.
fn in_room(name: &str, test: fn()) {
    if env::var_os(INSIDE).is_some() {
        return test();
    }
    let program = env::current_exe().unwrap();
    let source = Path::new(env!("CARGO_MANIFEST_DIR"));
    let built = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().unwrap();
    let space = Space::new(&[&env::temp_dir(), source, built]);
    let run = space
        .command(program, source)
        .args([&format!("headset::stereo::{name}"), "--exact", "--nocapture"])
        .env(INSIDE, "")
        .output()
        .unwrap();
    let said = [run.stdout, run.stderr].concat();
    let said = String::from_utf8_lossy(&said);
    assert!(run.status.success() && said.contains("1 passed"), "{said}");
}

/// A hall with both eyes open on an image, drawn as finely as this.
fn seen_with(quality: Quality) -> (Hall, Texture) {
    let mut hall = Hall::with_digits_drawn();
    let device = hall.app.world().resource::<RenderDevice>().clone();
    let image = image(&device);
    let world = hall.app.world_mut();
    world.insert_resource(AdaptiveQuality::fixed(quality));
    let both = hang_eyes(&image, FORMAT, EYES, &mut world.resource_mut::<ManualTextureViews>());
    for (eye, side) in [(0, -0.5), (1, 0.5)] {
        world.spawn((
            eye_camera(eye),
            RenderTarget::TextureView(EYES[eye as usize]),
            Transform::from_xyz(side * APART_M, EYE_HEIGHT_M, 0.0),
        ));
    }
    hall.app.sub_app_mut(RenderApp).insert_resource(both);
    hall.settle();
    (hall, image)
}

fn draw_coarsely() {
    let finest = Quality { samples: 4, share: 1.0 };
    let (mut hall, image) = seen_with(finest);
    let fine = pixels(&hall, &image, 1);
    hall.app.insert_resource(AdaptiveQuality::fixed(Quality { samples: 1, share: 0.5 }));
    hall.settle();
    let coarse = pixels(&hall, &image, 1);
    let samples = hall.app.sub_app(RenderApp).world().resource::<Drawn>().views[0].samples;
    assert_eq!((samples, passes(&hall)), (1, 1));
    let at = |pixels: &[u8], x: u32, y: u32| {
        let first = 4 * (y * EYE_PX + x) as usize;
        [0, 1, 2].map(|colour| f64::from(pixels[first + colour]))
    };
    let half = EYE_PX / 2;
    let mut difference = 0.0;
    let beside = at(&coarse, EYE_PX - 1, EYE_PX - 1);
    for (x, y) in (0..EYE_PX).flat_map(|x| (0..EYE_PX).map(move |y| (x, y))) {
        if x >= half || y >= half {
            assert_eq!(at(&coarse, x, y), beside, "nothing is drawn at {x}, {y}");
            continue;
        }
        let shrunk = [(0, 0), (0, 1), (1, 0), (1, 1)].map(|(a, b)| at(&fine, 2 * x + a, 2 * y + b));
        for colour in 0..3 {
            let mean = shrunk.iter().map(|pixel| pixel[colour]).sum::<f64>() / 4.0;
            difference += (mean - at(&coarse, x, y)[colour]).abs();
        }
    }
    // Somebody may want to look at it.
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join("right-coarse.png");
    image::save_buffer(file, &coarse, EYE_PX, EYE_PX, image::ColorType::Rgba8).unwrap();
    difference /= f64::from(3 * half * half);
    assert!(difference < 4.0, "the same hall differs by {difference:.1} of 255 on average");
}

fn compare() {
    let (mut hall, image) = seen_with(Quality { samples: 4, share: 1.0 });
    assert_eq!(passes(&hall), 1, "both eyes are one pass, and there is no window to draw");
    let together = [0, 1].map(|eye| pixels(&hall, &image, eye));
    hall.app.world_mut().spawn(Screenshot::texture_view(EYES[0])).observe(
        |captured: On<ScreenshotCaptured>, mut commands: Commands| {
            commands.insert_resource(Captured(captured.image.clone()));
        },
    );
    hall.wait("the screenshot", |world| world.contains_resource::<Captured>());
    let captured = hall.app.world_mut().remove_resource::<Captured>().unwrap().0.data.unwrap();
    assert!(difference(&captured, &together[0]) <= 1, "a screenshot shows what the eye sees");

    hall.app.sub_app_mut(RenderApp).world_mut().remove_resource::<StereoTarget>();
    hall.settle();
    assert_eq!(passes(&hall), 2);
    let apart = [0, 1].map(|eye| pixels(&hall, &image, eye));
    for (eye, name) in [(0, "left"), (1, "right")] {
        // Somebody may want to look at them.
        for (pixels, passes) in [(&together[eye], "one-pass"), (&apart[eye], "two-passes")] {
            let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{passes}.png"));
            image::save_buffer(file, pixels, EYE_PX, EYE_PX, image::ColorType::Rgba8).unwrap();
        }
    }
    for eye in [0, 1] {
        let most = difference(&together[eye], &apart[eye]);
        assert!(most <= 1, "eye {eye} differs by {most}");
    }
    assert!(difference(&together[0], &together[1]) > 100, "the eyes stand apart");
    let bright = together[0].iter().filter(|byte| **byte > 200).count();
    assert!(bright > 1000, "the hall is drawn, not only its walls");
}
