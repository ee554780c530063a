//! Pictures of the hall: F12 saves what is seen, and `--screenshot` takes one without any window.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use bevy::{
    asset::RenderAssetUsages,
    prelude::*,
    render::{
        render_resource::{Extent3d, TextureDimension, TextureFormat, TextureUsages},
        view::screenshot::{Screenshot, ScreenshotCaptured},
    },
};

use super::{
    WorldSystems,
    head::OffscreenTarget,
    interaction::intent::Intent,
    link::{Ask, ShownRun, ShownSnapshot},
    replay::Replayed,
    ui::{
        legible,
        notice::{Notice, Severity},
    },
};
use crate::{
    sentence::shown_path,
    stream::{Command, RunState, Step},
};

/// What eased colours, bars and axes get to settle before an ordered picture is taken, in seconds and in frames:
/// panels are laid out and drawn in the frames after their words have changed.
const SETTLING_SECS: f32 = 0.8;
const SETTLING_FRAMES: u32 = 6;
/// The step of an ordered picture when none is named.
const DEFAULT_STEP: u64 = 200;

pub(super) fn plugin(app: &mut App) {
    app.add_systems(Update, take_on_wish.after(WorldSystems::Show));
}

/// A picture to take without a window, after which the hall closes.
#[derive(Clone, Debug)]
pub struct ScreenshotOrder {
    /// Where the PNG goes.
    pub file: PathBuf,
    /// The step to show; the last one if the run is shorter.
    pub at_step: Option<u64>,
}

/// The order, and how far it has come.
#[derive(Resource)]
struct Ordered {
    order: ScreenshotOrder,
    asked: bool,
    settled_frames: u32,
    settled_secs: f32,
    taken: bool,
}

/// Why an ordered picture was not taken; shared with the app, which outlives the world.
#[derive(Resource, Clone, Default)]
pub struct ScreenshotFault(Arc<Mutex<Option<String>>>);

impl ScreenshotFault {
    fn put(&self, fault: String) {
        if let Ok(mut place) = self.0.lock() {
            *place = Some(fault);
        }
    }

    /// What went wrong, if anything did.
    pub fn take(&self) -> Option<String> {
        self.0.lock().ok()?.take()
    }
}

/// The place where a fault of an ordered picture will be found.
pub fn fault(app: &mut App) -> ScreenshotFault {
    app.world_mut().get_resource_or_init::<ScreenshotFault>().clone()
}

/// Orders a picture of this size, in pixels; the hall closes when it is taken.
pub fn order(app: &mut App, order: ScreenshotOrder, size_px: (u32, u32)) {
    let mut canvas = Image::new_fill(
        Extent3d { width: size_px.0, height: size_px.1, depth_or_array_layers: 1 },
        TextureDimension::D2,
        &[0; 4],
        TextureFormat::Rgba8UnormSrgb,
        RenderAssetUsages::all(),
    );
    canvas.texture_descriptor.usage = TextureUsages::TEXTURE_BINDING
        | TextureUsages::COPY_DST
        | TextureUsages::COPY_SRC
        | TextureUsages::RENDER_ATTACHMENT;
    let canvas = app.world_mut().resource_mut::<Assets<Image>>().add(canvas);
    app.insert_resource(OffscreenTarget(canvas))
        .insert_resource(Ordered {
            order,
            asked: false,
            settled_frames: 0,
            settled_secs: 0.0,
            taken: false,
        })
        .init_resource::<ScreenshotFault>()
        .add_systems(Update, take_ordered.after(WorldSystems::Show).run_if(legible));
}

/// Trains to the step, lets the picture settle, takes it, and closes the hall.
fn take_ordered(
    mut commands: Commands,
    time: Res<Time<Real>>,
    mut ordered: ResMut<Ordered>,
    canvas: Res<OffscreenTarget>,
    run: Res<ShownRun>,
    shown: Res<ShownSnapshot>,
    replayed: Option<Res<Replayed>>,
    mut asks: MessageWriter<Ask>,
) {
    let target = ordered.order.at_step.unwrap_or(DEFAULT_STEP);
    if !ordered.asked {
        ordered.asked = true;
        match u32::try_from(target) {
            Ok(0) => {
                asks.write(Ask(Command::Pause));
            }
            Ok(steps) => {
                asks.write(Ask(Command::Advance { steps }));
            }
            Err(_) => {
                asks.write(Ask(Command::Resume));
            }
        }
    }
    let state = run.0.state();
    // A recording may end before the step, and has no picture of each.
    let last = replayed.as_ref().map_or(Step(target), |replayed| replayed.end_of(&run.0));
    let is_there = run.0.step() >= Step(target).min(last);
    let resting = state.is_over() || (*state == RunState::Paused && is_there);
    // The picture shows the step that was asked for, so it waits for that step's numbers.
    // A run that failed makes no more of them.
    let failed = matches!(state, RunState::Failed { .. });
    let numbers_are_there =
        failed || shown.get().is_some_and(|shown| shown.step == run.0.step() || replayed.is_some());
    if !resting || !numbers_are_there || ordered.taken {
        return;
    }
    ordered.settled_frames += 1;
    ordered.settled_secs += time.delta_secs();
    if ordered.settled_frames < SETTLING_FRAMES || ordered.settled_secs < SETTLING_SECS {
        return;
    }
    ordered.taken = true;
    let file = ordered.order.file.clone();
    commands.spawn(Screenshot::image(canvas.0.clone())).observe(
        move |captured: On<ScreenshotCaptured>,
              fault: Res<ScreenshotFault>,
              mut exits: MessageWriter<AppExit>| {
            match save(&captured.image, captured.image.size(), &file) {
                Ok(()) => exits.write(AppExit::Success),
                Err(reason) => {
                    fault.put(reason);
                    exits.write(AppExit::error())
                }
            };
        },
    );
}

/// F12: the window as it is now, next to where the program was started.
fn take_on_wish(
    mut commands: Commands,
    mut intents: MessageReader<Intent>,
    run: Res<ShownRun>,
    offscreen: Option<Res<OffscreenTarget>>,
) {
    if offscreen.is_some() || !intents.read().any(|intent| *intent == Intent::Picture) {
        return;
    }
    let step = run.0.step();
    let folder = std::env::current_dir().unwrap_or_default();
    commands.spawn(Screenshot::primary_window()).observe(
        move |captured: On<ScreenshotCaptured>, mut notices: MessageWriter<Notice>| {
            let file = free_name(&folder, step, "");
            notices.write(match save(&captured.image, captured.image.size(), &file) {
                Ok(()) => Notice {
                    severity: Severity::Info,
                    text: phrase!("hall-picture-saved-as", file = shown_path(&file)),
                },
                Err(reason) => Notice { severity: Severity::Amber, text: reason.into() },
            });
        },
    );
}

/// A file name that is not taken yet; `view` is whose view it is, or empty for the window's.
pub(super) fn free_name(folder: &Path, step: Step, view: &str) -> PathBuf {
    let dash = if view.is_empty() { "" } else { "-" };
    let plain = folder.join(format!("perceptarium-step-{step}{dash}{view}.png"));
    if !plain.exists() {
        return plain;
    }
    (2_u32..)
        .map(|number| folder.join(format!("perceptarium-step-{step}{dash}{view}-{number}.png")))
        .find(|file| !file.exists())
        .unwrap_or(plain)
}

/// Writes a PNG without an alpha channel, of the part at the top left that is this large, in pixels.
pub(super) fn save(image: &Image, part: UVec2, file: &Path) -> Result<(), String> {
    image
        .clone()
        .try_into_dynamic()
        .map_err(|fault| say!("hall-the-picture-could-not-be", fault))?
        .crop_imm(0, 0, part.x, part.y)
        .to_rgb8()
        .save_with_format(file, image::ImageFormat::Png)
        .map_err(|fault| {
            say!("hall-the-picture-could-not-be-written", file = shown_path(file), fault)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_never_overwrites_another() {
        let folder = tempfile::tempdir().unwrap();
        let first = free_name(folder.path(), Step(7), "");
        std::fs::write(&first, b"taken").unwrap();
        let second = free_name(folder.path(), Step(7), "");
        assert_ne!(first, second);
        assert!(second.to_string_lossy().ends_with("perceptarium-step-7-2.png"));
    }
}
