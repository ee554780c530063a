//! The life of a session: asked for, begun when the runtime is ready, ended when it says so, and taken down in
//! order when it is left or lost, so that it can be entered again in the same program.

use std::sync::Arc;

use bevy::{ecs::system::SystemState, prelude::*, render::renderer::RenderDevice};
use bevy_mod_openxr::{
    resources::OxrCurrentSessionConfig,
    session::OxrSessionCreateNextChain,
    types::{SwapchainCreateFlags, SwapchainCreateInfo, SwapchainUsageFlags},
};
use bevy_mod_xr::session::{XrFirst, XrHandleEvents};
use openxr::{
    EnvironmentBlendMode, Event, EventDataBuffer, Posef, ReferenceSpaceType, SessionState, sys,
};
use wgpu::TextureFormat;

use super::{
    HeadsetPlan, NoHeadset, Runtime,
    actions::Actions,
    alive::{STEREO, Session},
    eyes::{open_eyes, shut_eyes},
    frame::{Faults, Handover, RenderSide},
    graphics::Binding,
    sense::{PredictedTime, XrInput},
};
use crate::{
    stderr,
    world::{
        body::SystemRecentred,
        headset::Headset,
        interaction::{AimSystems, intent::Intent},
    },
};

/// Formats of an eye's picture, best first: what Bevy draws into without another conversion.
const FORMATS: &[TextureFormat] = &[TextureFormat::Rgba8UnormSrgb, TextureFormat::Bgra8UnormSrgb];
/// Spaces whose origin is on the floor, best first: the system's recentring moves the first, not the second.
const FLOORS: &[ReferenceSpaceType] = &[ReferenceSpaceType::LOCAL_FLOOR, ReferenceSpaceType::STAGE];

/// Follows the sessions with this runtime.
pub(super) fn install(app: &mut App, runtime: Option<Runtime>, binding: Binding) {
    app.insert_resource(RuntimeLink { runtime, actions: None, binding })
        .add_systems(PreUpdate, follow_floor.in_set(AimSystems::Sense))
        .add_systems(
            XrFirst,
            (obey_intents, listen, heed_faults, write_state)
                .chain()
                .in_set(XrHandleEvents::SessionStateUpdateEvents),
        );
}

/// The line to the runtime.
#[derive(Resource)]
struct RuntimeLink {
    /// None after it has gone: then it must be looked for anew, and loaders allow only one at a time.
    runtime: Option<Runtime>,
    /// What the hands can do, told to each runtime once.
    actions: Option<Arc<Actions>>,
    binding: Binding,
}

impl RuntimeLink {
    /// Lets go of a runtime that has ended.
    fn drop_runtime(&mut self) {
        self.actions = None;
        self.runtime = None;
    }

    /// The runtime, looked for anew if it had gone, and its actions.
    fn runtime(
        &mut self,
        without_profiles: &[String],
    ) -> Result<(&Runtime, Arc<Actions>), NoHeadset> {
        let runtime = match self.runtime.take() {
            Some(runtime) => runtime,
            None => Runtime::find()?,
        };
        let runtime = self.runtime.insert(runtime);
        let actions = match &self.actions {
            Some(actions) => Arc::clone(actions),
            None => {
                let actions = Arc::new(Actions::new(&runtime.instance)?);
                actions.suggest(&runtime.instance, &runtime.extensions, without_profiles);
                Arc::clone(self.actions.insert(actions))
            }
        };
        Ok((runtime, actions))
    }
}

/// The runtime moves the origin of the visitor's room at this time, as its own "reset view" does.
#[derive(Resource, Clone, Copy, Debug)]
struct FloorMoves(openxr::Time);

fn obey_intents(world: &mut World, intents: &mut SystemState<MessageReader<Intent>>) {
    let Ok(mut reader) = intents.get_mut(world) else {
        return;
    };
    let wishes: Vec<Intent> = reader
        .read()
        .copied()
        .filter(|intent| matches!(intent, Intent::EnterHeadset | Intent::LeaveHeadset))
        .collect();
    for wish in wishes {
        match wish {
            Intent::EnterHeadset if !world.contains_resource::<Session>() => {
                if let Err(why) = enter(world) {
                    lose(world, say!("xr-the-headset-cannot-be-entered", why));
                }
            }
            Intent::LeaveHeadset => leave(world),
            _ => {}
        }
    }
}

/// Asks for a session; a runtime that died while nobody listened is noticed now, and looked for anew.
fn enter(world: &mut World) -> Result<(), NoHeadset> {
    // Loader and runtime write to standard error what they find.
    let _hush = stderr::hush();
    let known = world.resource::<RuntimeLink>().runtime.is_some();
    match make_session(world) {
        Err(NoHeadset::Silent | NoHeadset::Refused(_)) if known => {
            world.resource_mut::<RuntimeLink>().drop_runtime();
            make_session(world)
        }
        made => made,
    }
}

fn make_session(world: &mut World) -> Result<(), NoHeadset> {
    let HeadsetPlan { render_scale, without_profiles, .. } =
        world.resource::<HeadsetPlan>().clone();
    let mut line = world.resource_mut::<RuntimeLink>();
    let binding = line.binding;
    let (runtime, actions) = line.runtime(&without_profiles)?;
    let Runtime { instance, system, .. } = runtime;
    let info = binding.for_session(runtime)?;

    let views = instance.enumerate_view_configuration_views(*system, STEREO)?;
    let view =
        views.first().ok_or_else(|| NoHeadset::Refused(say!("xr-it-has-no-views").into()))?;
    let size = UVec2::new(
        scaled(view.recommended_image_rect_width, render_scale, view.max_image_rect_width),
        scaled(view.recommended_image_rect_height, render_scale, view.max_image_rect_height),
    );
    let blend_modes = instance.enumerate_environment_blend_modes(*system, STEREO)?;
    let blend_mode = [EnvironmentBlendMode::OPAQUE]
        .into_iter()
        .find(|mode| blend_modes.contains(mode))
        .or_else(|| blend_modes.first().copied())
        .unwrap_or(EnvironmentBlendMode::OPAQUE);

    #[expect(unsafe_code, reason = "the session is bound to handles of Vulkan")]
    // SAFETY: `Binding` holds the handles of the device that this runtime chose.
    let (session, waiter, stream) = unsafe {
        instance.create_session(*system, info, &mut OxrSessionCreateNextChain::default())?
    };
    let formats = session.enumerate_swapchain_formats()?;
    let format = FORMATS
        .iter()
        .copied()
        .find(|format| formats.contains(format))
        .ok_or_else(|| NoHeadset::Refused(say!("xr-it-takes-no-8-bit").into()))?;
    let swapchain = session.create_swapchain(SwapchainCreateInfo {
        create_flags: SwapchainCreateFlags::EMPTY,
        usage_flags: SwapchainUsageFlags::COLOR_ATTACHMENT | SwapchainUsageFlags::SAMPLED,
        format,
        // Bevy resolves its samples before they get here.
        sample_count: 1,
        width: size.x,
        height: size.y,
        face_count: 1,
        array_size: 2,
        mip_count: 1,
    })?;
    let device = world.resource::<RenderDevice>().wgpu_device();
    let images = swapchain.enumerate_images(device, format, size)?;
    let offered = session.enumerate_reference_spaces()?;
    let floor_kind = FLOORS
        .iter()
        .copied()
        .find(|floor| offered.contains(floor))
        .ok_or_else(|| NoHeadset::Refused(say!("xr-it-knows-no-floor").into()))?;
    let floor = session.create_reference_space(floor_kind, Isometry3d::IDENTITY)?;
    let base = openxr::Session::create_reference_space(&session, floor_kind, Posef::IDENTITY)?;
    let input = XrInput::new(actions, &session, base)?;

    let config = OxrCurrentSessionConfig { resolution: size, format };
    info!("each eye is drawn with {} × {} pixels", size.x, size.y);
    open_eyes(world, images.0, config);
    world.insert_resource(Handover::Install(Box::new(RenderSide {
        session: session.clone(),
        stream,
        swapchain,
        images,
        config,
        floor,
        blend_mode,
    })));
    world.insert_resource(Session {
        session,
        waiter,
        floor,
        floor_kind,
        state: SessionState::IDLE,
        running: false,
        seen: false,
        leaving: false,
    });
    world.insert_resource(input);
    Ok(())
}

fn scaled(recommended: u32, scale: f32, most: u32) -> u32 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped first")]
    let side = (recommended as f32 * scale).round().clamp(16.0, most.max(16) as f32) as u32;
    side
}

pub(super) fn leave(world: &mut World) {
    let Some(mut session) = world.get_resource_mut::<Session>() else {
        return;
    };
    session.leaving = true;
    // A session that has not begun cannot be asked to end.
    if !session.running || session.session.request_exit().is_err() {
        retire(world);
        world.insert_resource(Headset::Ready);
    }
}

/// Hears what the runtime has to say.
fn listen(world: &mut World) {
    let Some(runtime) = &world.resource::<RuntimeLink>().runtime else {
        return;
    };
    let instance = runtime.instance.clone();
    let mut buffer = EventDataBuffer::new();
    loop {
        match instance.poll_event(&mut buffer) {
            Ok(Some(event)) => hear(world, event),
            Ok(None) => return,
            Err(why) => {
                world.resource_mut::<RuntimeLink>().drop_runtime();
                if world.contains_resource::<Session>() {
                    lose(world, gone(why));
                }
                return;
            }
        }
    }
}

fn hear(world: &mut World, event: Event<'_>) {
    let ours = world.get_resource::<Session>().map(|session| session.session.as_raw());
    match event {
        // An old session may still have something to say.
        Event::SessionStateChanged(change) if Some(change.session()) == ours => {
            follow(world, change.state());
        }
        Event::ReferenceSpaceChangePending(change) if Some(change.session()) == ours => {
            let kind = world.get_resource::<Session>().map(|session| session.floor_kind);
            if kind == Some(change.reference_space_type()) {
                world.insert_resource(FloorMoves(change.change_time()));
            }
        }
        Event::InstanceLossPending(_) => {
            world.resource_mut::<RuntimeLink>().drop_runtime();
            lose(world, say!("xr-the-openxr-runtime-is-about").into());
        }
        Event::EventsLost(lost) => {
            warn!("{} events of the runtime were lost", lost.lost_event_count());
        }
        _ => {}
    }
}

fn follow(world: &mut World, state: SessionState) {
    let Some(mut session) = world.get_resource_mut::<Session>() else {
        return;
    };
    session.state = state;
    let done = match state {
        SessionState::READY => {
            let begun = session.session.begin(STEREO);
            session.running = begun.is_ok();
            begun.map(drop)
        }
        SessionState::STOPPING => {
            session.running = false;
            session.session.end().map(drop)
        }
        SessionState::VISIBLE | SessionState::FOCUSED => {
            session.seen = true;
            Ok(())
        }
        SessionState::EXITING => {
            retire(world);
            world.insert_resource(Headset::Ready);
            return;
        }
        SessionState::LOSS_PENDING => {
            lose(world, say!("xr-the-openxr-runtime-ended-the").into());
            return;
        }
        _ => Ok(()),
    };
    if let Err(why) = done {
        lose(world, gone(why));
    }
}

/// A call in the middle of a frame failed.
fn heed_faults(world: &mut World) {
    let Some(why) = world.resource::<Faults>().take() else {
        return;
    };
    if !world.contains_resource::<Session>() {
        return;
    }
    if why != sys::Result::ERROR_SESSION_LOST {
        world.resource_mut::<RuntimeLink>().drop_runtime();
    }
    lose(world, gone(why));
}

/// Once the room is told from its new origin, the visitor is brought back to the middle of the hall.
fn follow_floor(
    moves: Option<Res<FloorMoves>>,
    now: Option<Res<PredictedTime>>,
    mut recentred: MessageWriter<SystemRecentred>,
    mut commands: Commands,
) {
    if let (Some(moves), Some(now)) = (moves, now)
        && now.0.as_nanos() >= moves.0.as_nanos()
    {
        recentred.write(SystemRecentred);
        commands.remove_resource::<FloorMoves>();
    }
}

fn gone(why: sys::Result) -> String {
    warn!("the runtime answered: {why}");
    say!("xr-the-headsets-runtime-has-gone").to_owned()
}

/// Goes back to the window, with a word on why.
fn lose(world: &mut World, why: String) {
    warn!("{why}");
    retire(world);
    world.insert_resource(Headset::Lost(why));
}

/// Takes down what belongs to a session, the last drawn frame first.
fn retire(world: &mut World) {
    if !world.contains_resource::<Session>() {
        return;
    }
    world.remove_resource::<XrInput>();
    // The runtime destroys the pictures, so nothing may be drawing into them any more.
    let device = world.resource::<RenderDevice>().clone();
    if let Err(why) = device.poll(wgpu::PollType::wait_indefinitely()) {
        warn!("the graphics device did not come to rest: {why}");
    }
    shut_eyes(world);
    world.insert_resource(Handover::Retire);
    world.remove_resource::<Session>();
}

/// Says in the hall's words how it stands.
fn write_state(session: Option<Res<Session>>, mut headset: ResMut<Headset>) {
    let Some(session) = session else {
        return;
    };
    let now = match session.state {
        _ if session.leaving => Headset::Leaving,
        SessionState::FOCUSED => Headset::Worn { visible: true, focused: true },
        SessionState::VISIBLE => Headset::Worn { visible: true, focused: false },
        _ if session.seen => Headset::Worn { visible: false, focused: false },
        _ => Headset::Entering,
    };
    headset.set_if_neq(now);
}
