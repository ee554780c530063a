//! What a frame of the hall costs on the main thread while the digits are learned in it.
//!
//! Run with `cargo bench --profile dev --bench hall`. The whole hall is built as for a picture without a window,
//! real training runs on its own thread, and every snapshot that arrives is shown. Counted is the processor time
//! of the main thread, the renderer's own work left out: with the training going on, and paused.

#![expect(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a bench prints its results and has nobody to report errors to"
)]

mod frames;

use std::path::{Path, PathBuf};

use frames::{FRAME, FRAMES, measure, prepare, report};
use perceptarium::{
    app::{self, Visit},
    exhibits::{
        self,
        digits::{self, Route},
    },
    learning::{Session, TrainingConfig},
    stream::{Command, connect},
    world::{link::Ask, screenshot::ScreenshotOrder},
};

/// Shaders are compiled, letters loaded and panels drawn in the first frames.
const WARM_UP: usize = 240;

fn main() {
    if !app::a_device_answers() {
        println!("no graphics adapter, so there is no hall to measure");
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let dataset =
        digits::load(&root.join("assets/datasets/mnist-10k")).expect("the bundled digits");
    let (room, trainer) = connect();
    let plan =
        TrainingConfig { epochs: 100_000, beside_renderer: true, ..TrainingConfig::default() };
    let session = Session::start(digits::trainable(dataset, Route::default()), plan, trainer)
        .expect("a plan that can be run");
    let mut app = app::build(Visit {
        stream: room,
        exhibit: digits::EXHIBIT_ID,
        assets: root.join("assets"),
        shaders: root.join("shaders"),
        size_px: (320, 180),
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
    prepare(&mut app);
    (0..WARM_UP).for_each(|_| app.update());
    println!("{FRAMES} frames of {:.1} ms, main thread:", FRAME.as_secs_f64() * 1e3);
    report("training", measure(&mut app, |_, _| {}));
    app.world_mut().write_message(Ask(Command::Pause));
    (0..WARM_UP).for_each(|_| app.update());
    report("paused", measure(&mut app, |_, _| {}));
    drop(app);
    session.end_within(std::time::Duration::from_secs(2));
}
