//! The order of a frame: wait, begin, acquire, place the eyes as late as can be, draw, release, end.
//!
//! Any of these calls fails when the runtime ends. Then the rest of the frame is left out, and the main world hears
//! of it before the next one.

use std::{
    sync::{Arc, Mutex},
    time::Duration,
};

use bevy::{
    camera::ManualTextureViewHandle,
    prelude::*,
    render::{
        ExtractSchedule, MainWorld, Render, RenderApp,
        extract_resource::{ExtractResource, ExtractResourcePlugin},
        renderer::{RenderAdapterInfo, RenderDevice},
        texture::ManualTextureViews,
        view::ExtractedView,
    },
};
use bevy_mod_openxr::{
    error::OxrError,
    helper_traits::ToTransform as _,
    layer_builder::{LayerProvider as _, ProjectionLayer},
    resources::{
        OxrCurrentSessionConfig, OxrFrameStream, OxrSwapchain, OxrSwapchainImages, OxrViews,
    },
    session::OxrSession,
};
use bevy_mod_xr::{
    camera::XrCamera,
    session::{XrFirst, XrHandleEvents, XrRenderSystems, XrRootTransform},
    spaces::{XrPrimaryReferenceSpace, XrReferenceSpace},
};
use openxr::{EnvironmentBlendMode, FrameState, ViewStateFlags, sys};

use super::{
    alive::{STEREO, Session},
    sense::PredictedTime,
};
use crate::world::{
    draw::{StereoTarget, draws_both_eyes_at_once, hang_eyes},
    frame_watch::FrameWatch,
};

/// Handles of the eyes' pictures count from here; any number that nobody else takes.
const FIRST_PICTURE: u32 = 0x7065_7263;

/// The handles of both.
pub(super) const PICTURES: [ManualTextureViewHandle; 2] = [picture_of(0), picture_of(1)];

/// The handle of an eye's picture: 0 is left, 1 is right.
pub(super) const fn picture_of(eye: u32) -> ManualTextureViewHandle {
    ManualTextureViewHandle(FIRST_PICTURE + eye)
}

pub(super) fn plugin(app: &mut App) {
    let faults = Faults::default();
    app.init_resource::<FrameNow>()
        .insert_resource(faults.clone())
        .add_plugins(ExtractResourcePlugin::<FrameNow>::default())
        .add_systems(XrFirst, wait.in_set(XrHandleEvents::FrameLoop));
    let Some(render) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render
        .insert_resource(faults)
        .init_resource::<FrameProgress>()
        .add_systems(ExtractSchedule, take_over)
        .add_systems(
            Render,
            (begin, acquire, place_eyes)
                .chain()
                .in_set(XrRenderSystems::PreRender)
                .run_if(resource_exists::<RenderSession>),
        )
        .add_systems(
            Render,
            end.in_set(XrRenderSystems::PostRender).run_if(resource_exists::<RenderSession>),
        );
}

/// The frame that the runtime waits for; none while no session runs.
#[derive(Resource, ExtractResource, Clone, Copy, Default)]
pub(super) struct FrameNow(pub Option<FrameState>);

/// The first failure of a frame's calls, carried from the render world to the main world.
#[derive(Resource, Clone, Default)]
pub(super) struct Faults(Arc<Mutex<Option<sys::Result>>>);

impl Faults {
    pub(super) fn put(&self, fault: sys::Result) {
        if let Ok(mut place) = self.0.lock() {
            place.get_or_insert(fault);
        }
    }

    fn put_error(&self, error: &OxrError) {
        self.put(match error {
            OxrError::OpenXrError(result) => *result,
            _ => sys::Result::ERROR_RUNTIME_FAILURE,
        });
    }

    pub(super) fn take(&self) -> Option<sys::Result> {
        self.0.lock().ok()?.take()
    }
}

/// What the render world gets for a session, or that it must let go of it.
#[derive(Resource)]
pub(super) enum Handover {
    Install(Box<RenderSide>),
    Retire,
}

/// The parts of a session that drawing needs.
pub(super) struct RenderSide {
    pub session: OxrSession,
    pub stream: OxrFrameStream,
    pub swapchain: OxrSwapchain,
    pub images: OxrSwapchainImages,
    pub config: OxrCurrentSessionConfig,
    pub floor: XrReferenceSpace,
    pub blend_mode: EnvironmentBlendMode,
}

/// The session, as the render world knows it.
#[derive(Resource)]
struct RenderSession {
    session: OxrSession,
    blend_mode: EnvironmentBlendMode,
}

/// How far the frame has come.
#[derive(Resource, Default)]
struct FrameProgress {
    begun: bool,
    acquired: bool,
}

fn wait(
    session: Option<ResMut<Session>>,
    mut now: ResMut<FrameNow>,
    mut watch: ResMut<FrameWatch>,
    faults: Res<Faults>,
    mut commands: Commands,
) {
    now.0 = None;
    let Some(mut session) = session.filter(|session| session.running) else {
        watch.headset_rests();
        return;
    };
    match session.waiter.wait() {
        Ok(state) => {
            now.0 = Some(state);
            // A display time is never negative, and neither is a period.
            let time = |nanoseconds: i64| Duration::from_nanos(nanoseconds.max(0).cast_unsigned());
            let period = time(state.predicted_display_period.as_nanos());
            watch.headset_shows(time(state.predicted_display_time.as_nanos()), period);
            commands.insert_resource(PredictedTime(state.predicted_display_time));
        }
        Err(why) => faults.put(why),
    }
}

fn take_over(mut commands: Commands, mut main: ResMut<MainWorld>, mut turn: ResMut<FrameProgress>) {
    let Some(handover) = main.remove_resource::<Handover>() else {
        return;
    };
    *turn = FrameProgress::default();
    commands.remove_resource::<OxrFrameStream>();
    commands.remove_resource::<OxrSwapchain>();
    commands.remove_resource::<OxrSwapchainImages>();
    commands.remove_resource::<OxrCurrentSessionConfig>();
    commands.remove_resource::<XrPrimaryReferenceSpace>();
    commands.remove_resource::<RenderSession>();
    commands.remove_resource::<StereoTarget>();
    if let Handover::Install(side) = handover {
        let RenderSide { session, stream, swapchain, images, config, floor, blend_mode } = *side;
        commands.insert_resource(stream);
        commands.insert_resource(swapchain);
        commands.insert_resource(images);
        commands.insert_resource(config);
        commands.insert_resource(XrPrimaryReferenceSpace(floor));
        commands.insert_resource(OxrViews::default());
        commands.insert_resource(RenderSession { session, blend_mode });
    }
}

fn begin(
    now: Res<FrameNow>,
    mut stream: ResMut<OxrFrameStream>,
    mut turn: ResMut<FrameProgress>,
    faults: Res<Faults>,
) {
    *turn = FrameProgress::default();
    if now.0.is_none() {
        return;
    }
    match stream.begin() {
        Ok(()) => turn.begun = true,
        Err(why) => faults.put(why),
    }
}

fn acquire(
    now: Res<FrameNow>,
    mut swapchain: ResMut<OxrSwapchain>,
    images: Res<OxrSwapchainImages>,
    config: Res<OxrCurrentSessionConfig>,
    mut pictures: ResMut<ManualTextureViews>,
    mut turn: ResMut<FrameProgress>,
    faults: Res<Faults>,
    (device, adapter): (Res<RenderDevice>, Res<RenderAdapterInfo>),
    mut commands: Commands,
) {
    if !turn.begun || !now.0.is_some_and(|frame| frame.should_render) {
        return;
    }
    let acquired = swapchain
        .acquire_image()
        .and_then(|index| swapchain.wait_image(openxr::Duration::INFINITE).map(|()| index));
    match acquired {
        Ok(index) => {
            turn.acquired = true;
            if let Some(image) = images.get(index as usize) {
                let both = hang_eyes(image, config.format, PICTURES, &mut pictures);
                if draws_both_eyes_at_once(device.wgpu_device(), &adapter) {
                    commands.insert_resource(both);
                }
            }
        }
        Err(why) => faults.put_error(&why),
    }
}

/// Where the eyes will be when the picture is seen, asked as late as can be.
fn place_eyes(
    now: Res<FrameNow>,
    turn: Res<FrameProgress>,
    session: Res<RenderSession>,
    floor: Res<XrPrimaryReferenceSpace>,
    root: Option<Res<XrRootTransform>>,
    mut views: ResMut<OxrViews>,
    mut config: ResMut<OxrCurrentSessionConfig>,
    mut eyes: Query<(&mut ExtractedView, &XrCamera)>,
    faults: Res<Faults>,
) {
    let (true, Some(frame)) = (turn.acquired, now.0) else {
        return;
    };
    match located(&session.session, &floor.0, frame) {
        Ok(Some(found)) => views.0 = found,
        // Nobody knows where the head is: the last picture's place is the best there is.
        Ok(None) => {}
        Err(why) => faults.put(why),
    }
    let root = root.map(|root| root.0).unwrap_or_default();
    for (mut eye, camera) in &mut eyes {
        // Tells the runtime what of the picture is drawn.
        config.resolution = eye.viewport.zw();
        if let Some(view) = views.get(camera.0 as usize) {
            eye.world_from_view = root.mul_transform(view.pose.to_transform());
            eye.clip_from_world = None;
        }
    }
}

/// The eyes' poses in the floor's space when the frame will be seen; none while they are not tracked.
pub(super) fn located(
    session: &OxrSession,
    floor: &XrReferenceSpace,
    frame: FrameState,
) -> openxr::Result<Option<Vec<openxr::View>>> {
    let (flags, views) = session.locate_views(STEREO, frame.predicted_display_time, floor)?;
    let known = ViewStateFlags::ORIENTATION_VALID | ViewStateFlags::POSITION_VALID;
    Ok((flags.contains(known) && views.len() >= 2).then_some(views))
}

/// Hands the pictures over and ends the frame, with nothing to show if nothing was drawn.
fn end(world: &mut World) {
    let turn = std::mem::take(&mut *world.resource_mut::<FrameProgress>());
    let Some(frame) = world.resource::<FrameNow>().0.filter(|_| turn.begun) else {
        return;
    };
    let faults = world.resource::<Faults>().clone();
    let mut drawn = turn.acquired;
    if turn.acquired
        && let Err(why) = world.resource_mut::<OxrSwapchain>().release_image()
    {
        faults.put_error(&why);
        drawn = false;
    }
    let Some(mut stream) = world.remove_resource::<OxrFrameStream>() else {
        return;
    };
    let layer = if drawn { ProjectionLayer.get(world) } else { None };
    let layers: Vec<_> = layer.iter().map(Box::as_ref).collect();
    let blend_mode = world.resource::<RenderSession>().blend_mode;
    if let Err(why) = stream.end(frame.predicted_display_time, blend_mode, &layers) {
        faults.put_error(&why);
    }
    drop(layers);
    drop(layer);
    world.insert_resource(stream);
}
