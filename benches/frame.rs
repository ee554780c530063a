//! What a frame of the hall costs in a headset: two eyes and the spectator's view, while something is learned.
//!
//! Run with `cargo bench --profile dev --bench frame -- [--scene NAME] [--paused] [--seconds N] [--size WxH]
//! [--spectator WxH] [--samples N] [--share S]`, where
//! NAME is `digits`, `recommender`, `descent`, `logistic`, `cells` (the digits with a field of 1,000,000 cells before
//! the visitor that gets new numbers 30 times a second) or `all`. The hall is built as for a picture without a window
//! and drawn offscreen through the eye cameras and the shaders of the headset, 90 times a second where the machine
//! can. Frames are not pipelined, as in the headset. `--paused` measures a hall in which nothing happens and nobody
//! moves. A table is
//! printed, then what each part of a frame took, and one line of JSON for each scene. On a software device drawing
//! takes the processor from everything else: only the processor time of Bevy's own threads and counts say something
//! there, so only they are printed; on any other the times are those of a clock.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "a bench prints its results and has nobody to report errors to"
)]

#[path = "frames/clock.rs"]
mod clock;
#[path = "frames/draws.rs"]
mod draws;
#[path = "frames/eyes.rs"]
mod eyes;
#[path = "frames/others.rs"]
mod others;
#[path = "frames/parts.rs"]
mod parts;
#[path = "frames/scenes.rs"]
mod scenes;

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::{
    app::{AppLabel as _, PluginsState},
    ecs::system::RunSystemOnce,
    prelude::*,
    render::{
        RenderApp,
        pipelined_rendering::RenderExtractApp,
        renderer::{RenderAdapterInfo, RenderDevice},
    },
};
use perceptarium::{
    app::{self, Visit},
    exhibits,
    learning::Session,
    stream::{Command, Range, connect},
    world::{
        WindowCamera,
        adaptive_quality::{AdaptiveQuality, Quality},
        display::{Field, FieldLayout},
        draw::{Drawn, GpuTime, read_gpu_time},
        link::{Ask, ShownRun, ShownSnapshot},
        screenshot::ScreenshotOrder,
        ui::{Painted, legible},
    },
};

use clock::Clock;
use parts::{Marks, PARTS};
use scenes::Scene;

/// A frame of a headset with 90 of them a second.
const FRAME: Duration = Duration::from_micros(11_111);
/// The field of the second scene: cells in a row, how wide in metres, where, and how often it gets new numbers.
const SIDE: usize = 1000;
const WIDTH_M: f32 = 2.0;
const PLACE_M: Vec3 = Vec3::new(0.0, 1.6, -1.6);
const UPDATE: Duration = Duration::from_micros(33_333);
/// Frames after which everything of a scene has been drawn: on a graphics processor, and on a software device.
const WARM_UP: (usize, usize) = (60, 4);
/// Fewest frames that are measured.
const LEAST_FRAMES: usize = 6;
/// The most that the hall may take until it can be read.
const OPENING: Duration = Duration::from_secs(300);

/// Frames after which a paused hall has come to rest.
const TO_REST: (usize, usize) = (240, 40);

fn main() {
    if !app::a_device_answers() {
        println!("no graphics adapter, so there is no hall to measure");
        return;
    }
    let options = Options::read();
    for (place, scene) in options.scenes.iter().copied().enumerate() {
        let (app, session) = hall(scene, options.spectator_px);
        let mut bench = Bench::new(app);
        bench.app.insert_resource(AdaptiveQuality::fixed(options.quality));
        // The hall opens for the spectator alone, as a software device takes long over large pictures.
        bench.open();
        bench.eyes = eyes::open(&mut bench.app, options.eye_px, !options.paused);
        if place == 0 {
            println!(
                "{}, {} samples, {} of the width and height of two eyes of {} × {}, spectator {} × {}",
                bench.adapter(),
                options.quality.samples,
                options.quality.share,
                options.eye_px.x,
                options.eye_px.y,
                options.spectator_px.x,
                options.spectator_px.y,
            );
            println!(
                "scene        frames main ms        render ms      CPU ms         GPU ms         frame ms       calls: left right spectator panels  views  steps/s   (median / p99)"
            );
        }
        if scene == Scene::Cells {
            bench.hang_cells();
        }
        let pick = |(graphics, software)| if bench.is_software() { software } else { graphics };
        let (warm_up, to_rest) = (pick(WARM_UP), pick(TO_REST));
        for _ in 0..warm_up {
            bench.frame();
        }
        if options.paused {
            bench.app.world_mut().write_message(Ask(Command::Pause));
            for _ in 0..to_rest {
                bench.frame();
            }
        }
        bench.measure(options.seconds).print(scene, &options, &bench);
        drop(bench);
        session.end_within(Duration::from_secs(2));
    }
}

struct Options {
    scenes: Vec<Scene>,
    paused: bool,
    seconds: f32,
    eye_px: UVec2,
    spectator_px: UVec2,
    /// Fixed, so that figures can be compared: in the hall it gives way.
    quality: Quality,
}

impl Options {
    fn read() -> Self {
        let mut options = Self {
            scenes: vec![Scene::Digits, Scene::Cells],
            paused: false,
            seconds: 20.0,
            eye_px: UVec2::new(2064, 2208),
            spectator_px: UVec2::new(1280, 720),
            quality: Quality { samples: 4, share: 1.0 },
        };
        let mut words = std::env::args().skip(1);
        while let Some(word) = words.next() {
            let mut value = || words.next().expect("every option needs a value");
            match word.as_str() {
                "--scene" => {
                    let name = value();
                    options.scenes = if name == "all" {
                        Scene::ALL.to_vec()
                    } else {
                        let known = Scene::ALL.map(Scene::name).join(", ");
                        let known = format!("--scene takes {known} or all");
                        vec![Scene::named(&name).expect(&known)]
                    };
                }
                "--paused" => options.paused = true,
                "--seconds" => options.seconds = value().parse().expect("--seconds takes a number"),
                "--size" => options.eye_px = size(&value()),
                "--samples" => {
                    options.quality.samples = value().parse().expect("--samples takes a number");
                }
                "--share" => {
                    options.quality.share = value().parse().expect("--share takes a number");
                }
                "--spectator" => options.spectator_px = size(&value()),
                // Cargo adds it to every bench.
                "--bench" => {}
                other => panic!("{other} is not understood"),
            }
        }
        options
    }
}

fn size(word: &str) -> UVec2 {
    let (width, height) = word.split_once('x').expect("sizes are WxH");
    UVec2::new(width.parse().expect("a width"), height.parse().expect("a height"))
}

/// The hall with a scene in training at full speed.
fn hall(scene: Scene, spectator_px: UVec2) -> (App, Session) {
    // A bench that was built elsewhere finds the data where it is started.
    let built = Path::new(env!("CARGO_MANIFEST_DIR"));
    let root = if built.join("assets").exists() { built } else { Path::new("") };
    let root = std::path::absolute(root.join(".")).expect("a folder to start in");
    let assets = root.join("assets");
    let (exhibit, trainable, plan) = scene.trainable(&assets);
    let (room, trainer) = connect();
    let session = Session::start(trainable, plan, trainer).expect("a plan that can be run");
    let mut app = app::build(Visit {
        stream: room,
        exhibit,
        assets,
        shaders: root.join("shaders"),
        size_px: spectator_px.into(),
        pace: None,
        history_bytes: 256 << 20,
        // A step that is never reached: the hall stays open.
        picture: Some(ScreenshotOrder { file: PathBuf::new(), at_step: Some(u64::MAX) }),
        headset: None,
        spectator: Default::default(),
        opening: false,
        guides: false,
        demo: false,
        motion: Default::default(),
        sound: Default::default(),
        access: Default::default(),
        contrast: Default::default(),
        opener: None,
        elsewhere: None,
        kept: Vec::new(),
        exhibits: exhibits::ALL,
        arrive: None,
        windowed: false,
        listener: Box::new(|_| {}),
    });
    while app.plugins_state() == PluginsState::Adding {
        bevy::tasks::tick_global_task_pools_on_main_thread();
    }
    // In the headset frames are not pipelined: what a hand does must not be a frame late.
    app.remove_sub_app(RenderExtractApp);
    app.finish();
    app.cleanup();
    let adapter = app.sub_app(RenderApp).world().resource::<RenderAdapterInfo>();
    let clock = Clock::new(adapter.device_type == wgpu::DeviceType::Cpu);
    parts::prepare(&mut app, clock);
    app.insert_resource(Watch(clock));
    (app, session)
}

/// The clock of this bench.
#[derive(Resource, Clone, Copy)]
struct Watch(Clock);

/// What one frame took, in milliseconds.
#[derive(Clone, Copy, Debug)]
struct Took {
    /// The schedules of the main world.
    main: f64,
    /// Extraction and the schedules of the render world.
    render: f64,
    /// Of that, extraction.
    extract: f64,
    /// Of that, the parts of the render world.
    parts: [f64; PARTS.len()],
    /// Bevy's other threads.
    others: f64,
    /// The graphics processor, where that can be told.
    gpu: Option<f64>,
    /// From the first schedule until the graphics processor is done too.
    whole: f64,
}

struct Bench {
    app: App,
    eyes: [Entity; 2],
    spectator: Entity,
    cells: Option<(Entity, Vec<Arc<[f32]>>)>,
    updates: usize,
    next_update: Instant,
    next_frame: Instant,
}

impl Bench {
    fn new(mut app: App) -> Self {
        let now = Instant::now();
        app.update();
        let world = app.world_mut();
        let spectator = world.query_filtered::<Entity, With<WindowCamera>>().single(world).unwrap();
        Self {
            app,
            eyes: [Entity::PLACEHOLDER; 2],
            spectator,
            cells: None,
            updates: 0,
            next_update: now,
            next_frame: now,
        }
    }

    /// Goes on until the hall can be read and shows numbers.
    fn open(&mut self) {
        let begun = Instant::now();
        loop {
            self.frame();
            let world = self.app.world_mut();
            let shows = world.resource::<ShownSnapshot>().get().is_some();
            if shows && world.run_system_once(legible).unwrap() {
                return;
            }
            assert!(begun.elapsed() < OPENING, "the hall does not become legible");
        }
    }

    fn hang_cells(&mut self) {
        let pictures = (0..4_usize)
            .map(|turn| {
                (0..SIDE * SIDE).map(|i| ((i * 7 + turn * 131) % 997) as f32 / 996.0).collect()
            })
            .collect();
        let field = Field::new(FieldLayout::single(SIDE, SIDE), WIDTH_M);
        let entity = self.app.world_mut().spawn((field, Transform::from_translation(PLACE_M))).id();
        self.cells = Some((entity, pictures));
    }

    /// One frame, begun when the headset would ask for it.
    fn frame(&mut self) -> Took {
        std::thread::sleep(self.next_frame.saturating_duration_since(Instant::now()));
        self.next_frame = Instant::now().max(self.next_frame) + FRAME;
        self.turn_over();
        let Watch(clock) = *self.app.world().resource::<Watch>();
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        let wall = Instant::now();
        let counts_others = self.is_software();
        let others = || if counts_others { others::worked() } else { Duration::ZERO };
        let (others_before, begun) = (others(), clock.of_thread());
        let apps = self.app.sub_apps_mut();
        apps.main.run_default_schedule();
        let main = clock.of_thread();
        let render = apps.sub_apps.get_mut(&RenderApp.intern()).unwrap();
        render.extract(apps.main.world_mut());
        let extracted = clock.of_thread();
        render.update();
        apps.main.world_mut().clear_trackers();
        let both = clock.of_thread();
        let others = others() - others_before;
        let device = render.world().resource::<RenderDevice>();
        device.poll(wgpu::PollType::wait_indefinitely()).unwrap();
        let whole = wall.elapsed();
        render.world_mut().run_system_cached(read_gpu_time).ok();
        let gpu = render.world().resource::<GpuTime>().ms().map(f64::from);
        Took {
            main: ms(main - begun),
            render: ms(both - main),
            extract: ms(extracted - main),
            parts: render.world().resource::<Marks>().ms(),
            others: ms(others),
            gpu,
            whole: ms(whole),
        }
    }

    /// Gives the cells new numbers when it is time.
    fn turn_over(&mut self) {
        let Some((field, pictures)) = &self.cells else {
            return;
        };
        if Instant::now() < self.next_update {
            return;
        }
        self.next_update = Instant::now().max(self.next_update + UPDATE);
        self.updates += 1;
        let mut field = self.app.world_mut().get_mut::<Field>(*field).unwrap();
        field.show_values(&pictures[self.updates % pictures.len()], Range { low: 0.0, high: 1.0 });
    }

    fn measure(&mut self, seconds: f32) -> Measured {
        let step = |app: &App| app.world().resource::<ShownRun>().0.step().0;
        let (begun, first_step) = (Instant::now(), step(&self.app));
        let mut measured = Measured::default();
        while begun.elapsed().as_secs_f32() < seconds || measured.took.len() < LEAST_FRAMES {
            measured.took.push(self.frame());
            let world = self.app.sub_app(RenderApp).world();
            let [left, right] = self.eyes.map(|eye| draws::of_camera(world, eye));
            let now =
                [left, right, draws::of_camera(world, self.spectator), draws::of_panels(world)];
            for (most, now) in measured.calls.iter_mut().zip(now) {
                *most = now.max(*most);
            }
            let (drawn, painted) = (world.resource::<Drawn>(), world.resource::<Painted>());
            measured.views = measured.views.max(drawn.views.len());
            measured.pages += painted.pages;
            measured.bytes += painted.bytes + drawn.bytes;
        }
        measured.steps_per_second =
            (step(&self.app) - first_step) as f64 / begun.elapsed().as_secs_f64();
        measured
    }

    fn info(&self) -> &RenderAdapterInfo {
        self.app.sub_app(RenderApp).world().resource::<RenderAdapterInfo>()
    }

    fn is_software(&self) -> bool {
        self.info().device_type == wgpu::DeviceType::Cpu
    }

    fn adapter(&self) -> String {
        let info = self.info();
        let note = if self.is_software() { " (software: CPU time and counts only)" } else { "" };
        format!("{}, {}{note}", info.name, info.backend)
    }
}

/// All frames of a scene, and how fast the training went meanwhile.
#[derive(Default)]
struct Measured {
    took: Vec<Took>,
    /// The most draw calls of left eye, right eye, spectator and panels in any frame.
    calls: [usize; 4],
    /// The most views of any frame.
    views: usize,
    /// Panels drawn in all frames, and bytes written for them, for views and for instances.
    pages: usize,
    bytes: usize,
    steps_per_second: f64,
}

/// Median and 99th percentile, in milliseconds.
fn spread(values: impl Iterator<Item = f64>) -> Option<[f64; 2]> {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    (!values.is_empty()).then(|| [at(0.5), at(0.99)])
}

impl Measured {
    fn print(&self, scene: Scene, options: &Options, bench: &Bench) {
        let of = |part: &dyn Fn(&Took) -> f64| spread(self.took.iter().map(part));
        let main = of(&|took| took.main);
        let render = of(&|took| took.render);
        let cpu = of(&|took| took.main + took.render + took.others);
        let gpu = spread(self.took.iter().filter_map(|took| took.gpu));
        // A processor that also plays the graphics processor says nothing of how long a frame takes.
        let whole = of(&|took| took.whole).filter(|_| !bench.is_software());
        let words = |spread: Option<[f64; 2]>| {
            spread.map_or_else(|| "-".to_owned(), |[median, p99]| format!("{median:.2} / {p99:.2}"))
        };
        let name = format!("{}{}", scene.name(), if options.paused { ", paused" } else { "" });
        let [left, right, spectator, panels] = self.calls;
        println!(
            "{name:<12} {:>5}  {:<14} {:<14} {:<14} {:<14} {:<14} {left:>9} {right:>5} {spectator:>9} {panels:>6} {:>6} {:>8.0}",
            self.took.len(),
            words(main),
            words(render),
            words(cpu),
            words(gpu),
            words(whole),
            self.views,
            self.steps_per_second,
        );
        let mut parts = vec![("main", main), ("extract", of(&|took| took.extract))];
        for (place, part) in PARTS.into_iter().enumerate() {
            parts.push((part, of(&|took| took.parts[place])));
        }
        parts.push(("other threads", of(&|took| took.others)));
        let told: Vec<_> =
            parts.iter().map(|(part, spread)| format!("{part} {}", words(*spread))).collect();
        let frames = self.took.len() as f64;
        println!(
            "             {}; panels drawn a frame {:.2}, bytes a frame {:.0}",
            told.join(", "),
            self.pages as f64 / frames,
            self.bytes as f64 / frames,
        );
        let json = |spread: Option<[f64; 2]>| {
            spread.map(|[median, p99]| serde_json::json!({"median": median, "p99": p99}))
        };
        let parts: serde_json::Map<_, _> = parts
            .iter()
            .map(|(part, spread)| (format!("{part}_ms"), serde_json::json!(json(*spread))))
            .collect();
        println!(
            "{}",
            serde_json::json!({
                "bench": "frame",
                "scene": scene.name(),
                "paused": options.paused,
                "adapter": bench.info().name,
                "software": bench.is_software(),
                "samples": options.quality.samples,
                "share": options.quality.share,
                "eye_px": [options.eye_px.x, options.eye_px.y],
                "spectator_px": [options.spectator_px.x, options.spectator_px.y],
                "frames": self.took.len(),
                "render_ms": json(render),
                "cpu_ms": json(cpu),
                "gpu_ms": json(gpu),
                "frame_ms": json(whole),
                "parts": parts,
                "draw_calls": {"left": left, "right": right, "spectator": spectator, "panels": panels},
                "views": self.views,
                "panels_per_frame": self.pages as f64 / frames,
                "bytes_per_frame": self.bytes as f64 / frames,
                "steps_per_second": self.steps_per_second,
            })
        );
    }
}
