//! A number that is drawn has its own colour: pixels beside the table that was published with the colour map.

use bevy::{
    camera::{ImageRenderTarget, RenderTarget},
    prelude::*,
    render::{
        render_resource::{TextureFormat, TextureUsages},
        view::screenshot::{Screenshot, ScreenshotCaptured},
    },
};
use perceptarium::{
    stream::Range,
    world::{
        display::{ColourMap, ColourScale, Field, FieldLayout, Spans, colour_bar},
        eye_camera,
    },
};

use crate::halls::Hall;

/// Width and height of the picture.
const PICTURE_PX: UVec2 = UVec2::new(320, 160);
/// How far a byte may be off: the map is baked with 255 colours, the published one has 256.
const TOLERANCE: u8 = 3;

/// Shares of the range and their entries, as bytes, of `_inferno_data` in matplotlib's `_cm_listed.py`.
const INFERNO: [(f32, [u8; 3]); 5] = [
    (0.0, [0, 0, 4]),
    (0.25, [87, 16, 110]),
    (0.5, [189, 56, 83]),
    (0.75, [249, 140, 10]),
    (1.0, [252, 255, 164]),
];

/// What was captured.
#[derive(Resource)]
struct Captured(Image);

/// Where nothing else of the hall is.
const ASIDE: Vec3 = Vec3::new(0.0, 500.0, 0.0);

#[test]
fn numbers_have_the_colours_that_were_published_for_them() {
    let mut hall = Hall::with_digits_drawn();
    let world = hall.app.world_mut();
    let format = TextureFormat::Rgba8UnormSrgb;
    let mut canvas = Image::new_target_texture(PICTURE_PX.x, PICTURE_PX.y, format, None);
    canvas.texture_descriptor.usage |= TextureUsages::COPY_SRC;
    let canvas = world.resource_mut::<Assets<Image>>().add(canvas);
    world.spawn((
        eye_camera(0),
        RenderTarget::Image(ImageRenderTarget::from(canvas.clone())),
        Projection::Orthographic(OrthographicProjection {
            scaling_mode: bevy::camera::ScalingMode::Fixed { width: 1.0, height: 0.5 },
            near: 0.0,
            ..OrthographicProjection::default_3d()
        }),
        Transform::from_translation(ASIDE + Vec3::Z),
    ));
    // A map above, whose cells hold the five shares of a range, and the bar that explains it below.
    let (size, range) = (vec2(1.0, 0.2), Range { low: -2.0, high: 6.0 });
    let mut field = Field::sized(FieldLayout::single(1, INFERNO.len()), size)
        .with_spans(Spans::Fixed(range))
        .without_hairlines()
        .flat();
    let values = INFERNO.map(|(share, _)| range.low + share * (range.high - range.low));
    field.show_values(&values.into(), range);
    world.spawn((field, Transform::from_translation(ASIDE + Vec3::Y * 0.12)));
    let bar = colour_bar(size, ColourMap::Sequential, ColourScale::Linear);
    world.spawn((bar, Transform::from_translation(ASIDE - Vec3::Y * 0.12)));
    hall.settle();
    hall.app.world_mut().spawn(Screenshot::image(canvas)).observe(
        |captured: On<ScreenshotCaptured>, mut commands: Commands| {
            commands.insert_resource(Captured(captured.image.clone()));
        },
    );
    hall.wait("the screenshot", |world| world.contains_resource::<Captured>());
    let captured = hall.app.world_mut().remove_resource::<Captured>().unwrap().0;
    let captured = captured.try_into_dynamic().unwrap().to_rgb8();
    assert_eq!(captured.dimensions(), PICTURE_PX.into());

    let pixel = |across: f32, down: f32| {
        let at = (PICTURE_PX.as_vec2() * vec2(across, down)).as_uvec2().min(PICTURE_PX - 1);
        captured.get_pixel(at.x, at.y).0
    };
    for (cell, (share, colour)) in INFERNO.into_iter().enumerate() {
        // The middle of the map's cell, and on the bar the place that is as far along it, within its frame.
        let of_map = pixel((cell as f32 + 0.5) / INFERNO.len() as f32, 0.26);
        let of_bar = pixel(share.clamp(0.01, 0.99), 0.74);
        for (what, seen, tolerance) in [("map", of_map, TOLERANCE), ("bar", of_bar, 4 * TOLERANCE)]
        {
            let off = seen.into_iter().zip(colour).map(|(seen, colour)| seen.abs_diff(colour));
            let worst = off.max().unwrap_or(u8::MAX);
            assert!(worst <= tolerance, "{share} is {seen:?} on the {what}, not {colour:?}");
        }
    }
}
