//! What a field of a million cells costs on the main thread while it is updated 30 times a second.
//!
//! Run with `cargo bench --profile dev --bench field`. The main world runs on one thread here, so that all it
//! does is counted; rendering runs beside it, as in the hall, onto a small picture without a window. Counted
//! is the processor time of the main thread from the first schedule of a frame to the last:
//! with a field at rest, and with new numbers in every second frame.

#![expect(
    clippy::print_stdout,
    reason = "a bench prints its results and has nobody to report errors to"
)]

mod frames;

use std::sync::Arc;

use bevy::{
    asset::io::AssetSourceBuilder,
    camera::RenderTarget,
    prelude::*,
    render::{
        RenderPlugin,
        render_resource::TextureFormat,
        settings::{RenderCreation, WgpuSettings},
    },
    window::ExitCondition,
    winit::WinitPlugin,
};
use frames::{FRAME, FRAMES, measure, report};
use perceptarium::{
    stream::Range,
    world::{
        display::{Field, FieldLayout},
        draw::draws_the_hall,
    },
};

const SIDE: usize = 1000;
/// Shaders are compiled and buffers made in the first frames.
const WARM_UP: usize = 60;

fn main() {
    let mut app = std::panic::catch_unwind(|| app(true)).unwrap_or_else(|_| {
        println!("no graphics adapter: without rendering, and without handing numbers to it");
        app(false)
    });
    let pictures: Vec<Arc<[f32]>> = (0..4_usize)
        .map(|turn| (0..SIDE * SIDE).map(|i| ((i * 7 + turn * 131) % 997) as f32 / 996.0).collect())
        .collect();
    app.world_mut().spawn(Field::new(FieldLayout::single(SIDE, SIDE), 2.0));
    let turn_over = |app: &mut App, turn: usize| {
        app.world_mut().resource_mut::<Frame>().arrived =
            Some(pictures[turn % pictures.len()].clone());
    };
    turn_over(&mut app, 0);
    (0..WARM_UP).for_each(|_| app.update());

    let still = measure(&mut app, |_, _| {});
    let updated = measure(&mut app, |app, frame| {
        if frame % 2 == 0 {
            turn_over(app, frame / 2 + 1);
        }
    });
    println!(
        "{} cells, {} frames of {:.1} ms, main thread:",
        SIDE * SIDE,
        FRAMES,
        FRAME.as_secs_f64() * 1e3
    );
    report("still", still);
    report("30 updates/s", updated);
}

fn app(rendering: bool) -> App {
    let mut app = App::new();
    let settings = if rendering {
        WgpuSettings::default()
    } else {
        WgpuSettings { backends: None, ..default() }
    };
    app.register_asset_source("shaders", AssetSourceBuilder::platform_default("shaders", None))
        .add_plugins(
            DefaultPlugins
                .set(WindowPlugin {
                    primary_window: None,
                    exit_condition: ExitCondition::DontExit,
                    ..default()
                })
                .set(RenderPlugin {
                    render_creation: RenderCreation::Automatic(Box::new(settings)),
                    ..default()
                })
                .disable::<WinitPlugin>(),
        )
        .add_plugins((perceptarium::world::draw::plugin, perceptarium::world::display::plugin))
        .init_resource::<Frame>()
        .add_systems(Startup, look)
        .add_systems(Update, show);
    frames::prepare(&mut app);
    app
}

/// What arrives in a frame.
#[derive(Resource, Default)]
struct Frame {
    arrived: Option<Arc<[f32]>>,
}

fn show(mut frame: ResMut<Frame>, mut field: Single<&mut Field>) {
    if let Some(values) = frame.arrived.take() {
        field.show_values(&values, Range { low: 0.0, high: 1.0 });
    }
}

fn look(mut commands: Commands, mut images: ResMut<Assets<Image>>) {
    let picture =
        images.add(Image::new_target_texture(256, 144, TextureFormat::Rgba8UnormSrgb, None));
    commands.spawn((
        draws_the_hall(),
        RenderTarget::Image(picture.into()),
        Transform::from_xyz(0.0, 0.0, 2.0),
    ));
}
