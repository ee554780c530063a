//! The only file that knows everyone: Bevy's plugins, the hall, the exhibits, and the line to the trainer.

mod opening;
mod threads;

use std::path::{Path, PathBuf};

use bevy::{
    app::{PluginGroupBuilder, ScheduleRunnerPlugin, TerminalCtrlCHandlerPlugin},
    asset::io::{AssetSourceBuilder, AssetSourceId},
    log::LogPlugin,
    prelude::*,
    render::{RenderPlugin, pipelined_rendering::PipelinedRenderingPlugin},
    tasks::block_on,
    window::{ExitCondition, PresentMode, WindowResolution},
    winit::WinitPlugin,
};

use crate::{
    exhibits::{Arrive, Exhibit},
    history::{KeptRun, Run},
    signals,
    stderr::{self, Hush},
    stream::{ExhibitId, ViewerEnd},
    world::{
        self,
        access::Access,
        demo::Demo,
        elsewhere::Elsewhere,
        exhibit_sessions::{ExhibitSessions, Opener},
        guide::Guide,
        hall_events::{HallEvent, HallListener},
        kept_runs::KeptRuns,
        link::SpeedLimit,
        link::{Link, ShownRun},
        motion::Motion,
        screenshot::ScreenshotOrder,
        sound::SoundChoice,
        spectator::SpectatorPlan,
        stage::ActiveExhibit,
        stage::{ExhibitList, Opening, Placed},
        ui::contrast::Contrast,
        xr,
    },
};

pub use opening::Begin;
pub use xr::{HeadsetPlan, NoHeadset};

use opening::Ended;

/// Frames a second when no screen sets the pace.
const OFFSCREEN_FRAME_SECONDS: f64 = 1.0 / 30.0;

/// A visit to the hall: what is shown, where, and who hears of it.
pub struct Visit {
    /// The hall's end of the stream.
    pub stream: ViewerEnd,
    /// The exhibit that the stream belongs to.
    pub exhibit: ExhibitId,
    /// All exhibits that the hall has.
    pub exhibits: &'static [Exhibit],
    /// What the exhibit's view is told before it opens.
    pub arrive: Option<Arrive>,
    /// The `assets` folder.
    pub assets: PathBuf,
    /// The `shaders` folder.
    pub shaders: PathBuf,
    /// Width and height of the window or picture, in pixels.
    pub size_px: (u32, u32),
    /// The speed limit that the trainer was given, in steps per second, so that the desk can say it.
    pub pace: Option<f32>,
    /// Memory that the history may take, in bytes.
    pub history_bytes: usize,
    /// A picture to be taken offscreen instead of opening a window.
    pub picture: Option<ScreenshotOrder>,
    /// The headset that the hall is also drawn for.
    pub headset: Option<Headset>,
    /// What the window shows while the headset is worn.
    pub spectator: SpectatorPlan,
    /// Whether it opens with its opening.
    pub opening: bool,
    /// Whether it shows a stranger what to do.
    pub guides: bool,
    /// Whether it shows itself while nobody touches anything.
    pub demo: bool,
    /// How much moves by itself.
    pub motion: Motion,
    /// Whether it sounds, and tells in words what does.
    pub sound: SoundChoice,
    /// How large texts can be had, and after which rest an aim presses.
    pub access: Access,
    /// How far what is read stands out.
    pub contrast: Contrast,
    /// Whether there is a screen for a window; without one the hall is in the headset only.
    pub windowed: bool,
    /// Opens the other exhibits when they are visited; without it there is the one only.
    pub opener: Option<Opener>,
    /// How a training of another program attaches, if the visit is to one.
    pub elsewhere: Option<Elsewhere>,
    /// Recorded runs that are laid beside the one that goes on.
    pub kept: Vec<KeptRun>,
    /// Hears every report and what else is told of the hall, on the main thread.
    pub listener: Box<dyn FnMut(HallEvent<'_>) + Send + Sync>,
}

/// A headset that answers or may answer later, with the graphics device that it is drawn for with.
pub struct Headset {
    /// None while none answers.
    runtime: Option<xr::Runtime>,
    graphics: xr::Graphics,
    /// What the visitor chose for it.
    pub plan: HeadsetPlan,
}

impl Headset {
    /// Looks for one.
    ///
    /// # Errors
    /// When none answers: why, in words that end a sentence.
    pub fn find(plan: HeadsetPlan) -> Result<Self, NoHeadset> {
        let runtime = xr::Runtime::find()?;
        let graphics = xr::Graphics::open(&runtime)?;
        Ok(Self { runtime: Some(runtime), graphics, plan })
    }

    /// Gets ready for one that does not answer yet: the visitor may enter it from the window later.
    pub fn later(plan: HeadsetPlan) -> Option<Self> {
        let graphics = xr::Graphics::open_for_later().ok()?;
        let plan = HeadsetPlan { enter_at_once: false, ..plan };
        Some(Self { runtime: None, graphics, plan })
    }

    /// What the headset and its runtime call themselves; empty while none answers.
    pub fn name(&self) -> &str {
        self.runtime.as_ref().map_or("", xr::Runtime::name)
    }
}

/// Why the hall could not be opened or had to close.
#[derive(Debug, thiserror::Error)]
pub enum HallFault {
    /// Nothing to draw with.
    #[error(
        "{}", say!("start-no-vulkan-metal-or-directx")
    )]
    NoDevice,
    /// Nothing to show it on.
    #[error(
        "{}", say!("start-a-library-or-driver-that")
    )]
    NoWindow,
    /// The picture was not taken.
    #[error("{0}")]
    Picture(String),
    /// The drawing stopped.
    #[error("{}", say!("start-the-hall-had-to-close"))]
    Broken,
}

/// Opens the hall and stays until the visitor leaves; once it is open, libraries need no longer be quiet and the
/// training may `begin`.
///
/// # Errors
/// When there is nothing to draw with or on, or the picture that was asked for could not be taken.
pub fn run(visit: Visit, hush: Hush, begin: Begin) -> Result<(), HallFault> {
    if visit.headset.is_none() && !a_device_answers() {
        return Err(HallFault::NoDevice);
    }
    let offscreen = visit.picture.is_some();
    let ended = opening::attempt(|open| {
        let mut app = build(visit);
        // Whatever goes on, such as a recording, ends as if the visitor had left; a second signal ends the program at once.
        if let Err(why) = signals::watch() {
            warn!("a signal breaks the program off: {why}");
        }
        app.add_systems(Update, leave_when_asked);
        opening::watch(&mut app, open, begin, hush);
        let fault = world::screenshot::fault(&mut app);
        (app.run(), fault.take())
    });
    match ended {
        Ended::NeverOpened => Err(HallFault::NoWindow),
        Ended::Well((_, Some(fault))) => Err(HallFault::Picture(fault)),
        Ended::Well((AppExit::Success, None)) => Ok(()),
        Ended::Well((AppExit::Error(_), None)) if offscreen => {
            Err(HallFault::Picture(say!("start-the-picture-could-not-be").into()))
        }
        Ended::Well((AppExit::Error(_), None)) => Err(HallFault::Broken),
    }
}

/// Puts the program together, plugin by plugin; [`run`] is what a visit needs, this alone is for measuring.
pub fn build(visit: Visit) -> App {
    let mut app = App::new();
    app.set_error_handler(bevy::ecs::error::error);

    // Shaders are an asset source of their own and must be known before the asset plugin is.
    app.register_asset_source(
        AssetSourceId::from("shaders"),
        AssetSourceBuilder::platform_default(&text(&visit.shaders), None),
    );

    let mut plugins = DefaultPlugins
        .set(AssetPlugin { file_path: text(&visit.assets), ..default() })
        .set(LogPlugin {
            // Winit and Bevy's renderer warn of screens without a size, of drawing in software and of cameras that
            // draw nothing, which is no news.
            filter: "warn,wgpu=error,wgpu_hal=off,winit=error,bevy_render::renderer=error,bevy_render::camera=error,perceptarium=info"
                .into(),
            fmt_layer: |_| {
                let layer = tracing_subscriber::fmt::Layer::default();
                Some(Box::new(layer.with_writer(stderr::ours)))
            },
            ..default()
        })
        // A bench or a teacher's shell must get its interrupt, window or not.
        .disable::<TerminalCtrlCHandlerPlugin>();
    plugins = threads::few(plugins);

    // The headset: its runtime chose the graphics device, and a frame drawn late is a frame seen late.
    let mut binding = None;
    if let Some(Headset { runtime, graphics, plan }) = visit.headset {
        let (render_creation, device) = graphics.into_parts();
        plugins = plugins
            .set(RenderPlugin { render_creation, ..default() })
            .disable::<PipelinedRenderingPlugin>();
        binding = Some((plan, runtime, device));
    }
    // A window, or none and a beat: a steady one for pictures, the headset's own where it sets the pace.
    if visit.picture.is_some() {
        add_windowless(&mut app, plugins, OFFSCREEN_FRAME_SECONDS);
    } else if visit.windowed {
        app.add_plugins(plugins.set(WindowPlugin {
            primary_window: Some(Window {
                title: say!("start-perceptarium").into(),
                name: Some("perceptarium".into()),
                resolution: WindowResolution::new(visit.size_px.0, visit.size_px.1),
                present_mode: PresentMode::AutoVsync,
                ..default()
            }),
            // A session is ended before the window goes.
            close_when_requested: binding.is_none(),
            exit_condition: if binding.is_none() {
                ExitCondition::OnAllClosed
            } else {
                ExitCondition::DontExit
            },
            ..default()
        }));
    } else {
        add_windowless(&mut app, plugins, 0.0);
    }

    // What the hall is told before it opens.
    let alone = visit.opener.is_none();
    let shown: Vec<_> =
        visit.exhibits.iter().filter(|exhibit| !alone || exhibit.id == visit.exhibit).collect();
    // What is trained elsewhere cannot be looked into from here.
    let here = visit.elsewhere.is_none();
    app.insert_resource(Link::new(visit.stream))
        .insert_resource(SpeedLimit(visit.pace))
        .insert_resource(ShownRun(Run::new(visit.history_bytes)))
        .insert_resource(ActiveExhibit(visit.exhibit))
        .insert_resource(visit.motion)
        .insert_resource(visit.sound)
        .insert_resource(visit.access)
        .insert_resource(visit.contrast)
        .insert_resource(ExhibitSessions::new(visit.opener, visit.history_bytes))
        .insert_resource(KeptRuns { of: Some(visit.exhibit), runs: visit.kept })
        .insert_resource(HallListener::new(visit.listener))
        .insert_resource(ExhibitList(shown.iter().map(|exhibit| placed(exhibit, here)).collect()));
    if let Some(elsewhere) = visit.elsewhere {
        app.insert_resource(elsewhere);
    }
    if visit.opening {
        app.init_resource::<Opening>();
    }
    if visit.guides {
        app.init_resource::<Guide>();
    }
    if visit.demo {
        app.init_resource::<Demo>();
    }
    if let Some(arrive) = visit.arrive {
        arrive(&mut app);
    }
    if let Some(order) = visit.picture {
        world::screenshot::order(&mut app, order, visit.size_px);
    }

    // The hall, its exhibits, and the devices one moves in it with.
    app.add_plugins((world::plugin, world::desktop::plugin));
    if let Some((plan, runtime, device)) = binding {
        app.insert_resource(visit.spectator)
            .add_plugins((world::body::plugin, world::spectator::plugin));
        xr::install(&mut app, plan, runtime, device);
    }
    for exhibit in shown {
        world::stage::gate(&mut app, exhibit.id);
        (exhibit.plugin)(&mut app);
    }
    app.add_plugins(threads::OneThreadEach);
    app
}

fn leave_when_asked(mut exits: MessageWriter<AppExit>) {
    if signals::came() {
        exits.write(AppExit::Success);
    }
}

/// What the hall needs to know of an exhibit, whose model is here or elsewhere.
fn placed(exhibit: &Exhibit, here: bool) -> Placed {
    let placed = exhibit.placed();
    Placed { looks_inside: placed.looks_inside && here, ..placed }
}

fn add_windowless(app: &mut App, plugins: PluginGroupBuilder, frame_seconds: f64) {
    app.add_plugins((
        plugins
            .set(WindowPlugin {
                primary_window: None,
                exit_condition: ExitCondition::DontExit,
                ..default()
            })
            .disable::<WinitPlugin>(),
        ScheduleRunnerPlugin::run_loop(std::time::Duration::from_secs_f64(frame_seconds)),
    ));
}

/// Whether any adapter of a backend that the hall's shaders run on answers.
pub fn a_device_answers() -> bool {
    let backends =
        wgpu::Backends::from_env().unwrap_or(wgpu::Backends::PRIMARY) & wgpu::Backends::PRIMARY;
    let instance = wgpu::Instance::new(wgpu::InstanceDescriptor {
        backends,
        ..wgpu::InstanceDescriptor::new_without_display_handle()
    });
    !block_on(instance.enumerate_adapters(backends)).is_empty()
}

/// A path as Bevy's asset sources want it.
fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}
