//! What a cloud of points costs on the main thread while all of its points move 15 times a second.
//!
//! Run with `cargo bench --profile dev --bench cloud`. The main world runs on one thread here, so that all it
//! does is counted; rendering runs beside it, as in the hall, onto a small picture without a window. Counted is the
//! processor time of the main thread from the first schedule of a frame to the last:
//! with a cloud at rest, with new places and looks in every fourth frame, and the same
//! with an aim that sweeps over the points.

#![expect(
    clippy::print_stdout,
    clippy::unwrap_used,
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
use frames::{FRAMES, measure, report};
use perceptarium::world::{
    display::{Cloud, PointLook},
    draw::draws_the_hall,
    interaction::{aim::Aim, points::Points},
};

/// Shaders are compiled and buffers made in the first frames.
const WARM_UP: usize = 60;
/// Frames from one change to the next.
const CHANGE_EVERY: usize = 4;

fn main() {
    for points in [10_000, 100_000] {
        let mut app = std::panic::catch_unwind(|| app(true)).unwrap_or_else(|_| {
            println!("no graphics adapter: without rendering, and without handing numbers to it");
            app(false)
        });
        let turns: Vec<(Arc<[f32]>, Arc<[u32]>)> =
            (0..3).map(|turn| (places(points, turn), looks(points, turn))).collect();
        let turn_over = |app: &mut App, turn: usize| {
            app.world_mut().resource_mut::<Frame>().arrived =
                Some(turns[turn % turns.len()].clone());
        };
        turn_over(&mut app, 0);
        (0..WARM_UP).for_each(|_| app.update());
        println!("{points} points, {FRAMES} frames, main thread:");
        report("still", measure(&mut app, |_, _| {}));
        let change = |app: &mut App, frame: usize| {
            if frame.is_multiple_of(CHANGE_EVERY) {
                turn_over(app, frame / CHANGE_EVERY + 1);
            }
        };
        report("moving", measure(&mut app, change));
        app.world_mut().spawn(Aim::default());
        report(
            "moving, aimed at",
            measure(&mut app, |app, frame| {
                change(app, frame);
                sweep(app, frame);
            }),
        );
    }
}

/// Points in a box of 4 m by 2 m by 2 m, 4 m ahead, by a plain generator of numbers.
fn places(points: usize, turn: usize) -> Arc<[f32]> {
    let mut state = turn as u32 + 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    (0..points).flat_map(|_| [4.0 * next(), 2.0 * next(), 2.0 * next() - 4.0]).collect()
}

fn looks(points: usize, turn: usize) -> Arc<[u32]> {
    let look = |point: usize| PointLook {
        colour: (point % 8) as u8,
        size: 60,
        brightness: ((point * 7 + turn * 31) % 256) as u8,
        ..PointLook::default()
    };
    (0..points).map(|point| look(point).word()).collect()
}

/// Turns the aim a little to the right.
fn sweep(app: &mut App, frame: usize) {
    let aside = (frame % 200) as f32 / 100.0 - 1.0;
    let ray = Ray3d::new(Vec3::ZERO, Dir3::new(vec3(0.4 * aside, 0.0, -1.0)).unwrap());
    for mut aim in app.world_mut().query::<&mut Aim>().iter_mut(app.world_mut()) {
        aim.ray = Some(ray);
    }
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
        .add_plugins((
            perceptarium::world::draw::plugin,
            perceptarium::world::display::plugin,
            perceptarium::world::interaction::plugin,
        ))
        .init_resource::<Frame>()
        .add_systems(Startup, look)
        .add_systems(Update, show);
    frames::prepare(&mut app);
    app
}

/// What arrives in a frame.
#[derive(Resource, Default)]
struct Frame {
    arrived: Option<(Arc<[f32]>, Arc<[u32]>)>,
}

fn show(mut frame: ResMut<Frame>, cloud: Single<(&mut Cloud, &mut Points)>) {
    if let Some((places, looks)) = frame.arrived.take() {
        let (mut cloud, mut points) = cloud.into_inner();
        cloud.show_places(&places);
        cloud.show_looks(&looks);
        points.places = places;
    }
}

fn look(mut commands: Commands, mut images: ResMut<Assets<Image>>) {
    let picture =
        images.add(Image::new_target_texture(256, 144, TextureFormat::Rgba8UnormSrgb, None));
    commands.spawn((draws_the_hall(), RenderTarget::Image(picture.into()), Transform::default()));
    commands.spawn((
        Cloud::new(0.03, vec![Color::default(); 8], Color::default()),
        Points { places: Arc::from([]) },
    ));
}
