//! The headset, through OpenXR: the only room that knows it. Everything here fails into words, never into a panic.
//!
//! `bevy_mod_openxr` makes the Vulkan device, the session and the swapchain; the order of a frame and what happens
//! when any of its calls fails are ours, since a runtime may end at any moment while the training goes on.

pub mod actions;
mod alive;
mod eyes;
mod frame;
mod graphics;
pub mod hands;
#[cfg(not(windows))]
mod manifest;
mod runtime;
mod screenshot;
pub mod sense;
mod session;
mod window;

pub use graphics::Graphics;
pub use runtime::{NoHeadset, Runtime};

use bevy::prelude::*;
use bevy_mod_xr::{
    camera::XrCameraPlugin,
    session::{XrSessionPlugin, XrTrackingRoot},
};

use crate::world::{body::Rig, headset::Headset, interaction::intent::Intent};

/// What the visitor chose for the headset before the hall opened.
#[derive(Resource, Clone, Debug)]
pub struct HeadsetPlan {
    /// Whether the headset is entered as soon as the hall opens.
    pub enter_at_once: bool,
    /// Pixels of a side of an eye's picture for one that the runtime recommends.
    pub render_scale: f32,
    /// Interaction profiles, by their OpenXR path, that are not offered to the runtime.
    pub without_profiles: Vec<String>,
}

/// Brings the headset into an app that draws with `binding`'s device; without a runtime, one is looked for when
/// the visitor wants to enter.
pub fn install(
    app: &mut App,
    plan: HeadsetPlan,
    runtime: Option<Runtime>,
    binding: graphics::Binding,
) {
    app.add_plugins((XrSessionPlugin { auto_handle: false }, XrCameraPlugin));
    let world = app.world_mut();
    let root = world.query_filtered::<Entity, With<XrTrackingRoot>>().single(world);
    if let Ok(root) = root {
        world.entity_mut(root).insert((Name::new("Rig"), Rig));
    }
    let headset = if runtime.is_some() { Headset::Ready } else { Headset::Away };
    if plan.enter_at_once {
        app.add_systems(Startup, |mut intents: MessageWriter<Intent>| {
            intents.write(Intent::EnterHeadset);
        });
    }
    session::install(app, runtime, binding);
    app.insert_resource(plan).insert_resource(headset).add_plugins((
        frame::plugin,
        eyes::plugin,
        screenshot::plugin,
        sense::plugin,
        window::plugin,
    ));
}
