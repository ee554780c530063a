//! The graphics device that a runtime wants its pictures drawn with, and how a session is bound to it.

use std::{ffi::c_void, sync::Arc};

use bevy::render::{
    renderer::{RenderAdapter, RenderAdapterInfo, RenderInstance, RenderQueue, WgpuWrapper},
    settings::RenderCreation,
};
use bevy_mod_openxr::{
    graphics::GraphicsWrap, resources::SessionGraphicsCreateInfo, types::WgpuGraphics,
};

use super::runtime::{NoHeadset, Runtime};

/// A device made as the runtime wishes, for the window and the headset alike.
pub struct Graphics {
    device: WgpuGraphics,
    binding: Binding,
}

/// Vulkan's handles of the device, as numbers so that they may be kept anywhere; they live as long as the app draws.
#[derive(Clone, Copy, Debug)]
pub struct Binding {
    instance: usize,
    physical_device: usize,
    device: usize,
    queue_family_index: u32,
    queue_index: u32,
}

impl Graphics {
    /// Makes the device.
    ///
    /// # Errors
    /// When the runtime's Vulkan does not fit.
    pub fn open(runtime: &Runtime) -> Result<Self, NoHeadset> {
        let (device, info) = runtime
            .instance
            .init_graphics(runtime.system, None)
            .map_err(|error| NoHeadset::Graphics(error.to_string()))?;
        let GraphicsWrap::Vulkan(info) = info.0;
        let binding = Binding {
            instance: info.instance as usize,
            physical_device: info.physical_device as usize,
            device: info.device as usize,
            queue_family_index: info.queue_family_index,
            queue_index: info.queue_index,
        };
        Ok(Self { device, binding })
    }

    /// The device as Bevy takes it, and as sessions are bound to it.
    pub fn into_parts(self) -> (RenderCreation, Binding) {
        let WgpuGraphics(device, queue, info, adapter, instance) = self.device;
        let creation = RenderCreation::manual(
            device.into(),
            RenderQueue(Arc::new(WgpuWrapper::new(queue))),
            RenderAdapterInfo(WgpuWrapper::new(info)),
            RenderAdapter(Arc::new(WgpuWrapper::new(adapter))),
            RenderInstance(Arc::new(WgpuWrapper::new(instance))),
        );
        (creation, self.binding)
    }
}

impl Binding {
    /// What a session of this runtime is created with.
    ///
    /// # Errors
    /// When the runtime, which may have been started anew, draws with another device.
    #[expect(unsafe_code, reason = "Vulkan's handles cross into the runtime")]
    pub(super) fn for_session(
        self,
        runtime: &Runtime,
    ) -> Result<SessionGraphicsCreateInfo, NoHeadset> {
        // Runtimes refuse sessions before they have been asked for their requirements.
        runtime.instance.graphics_requirements::<openxr::Vulkan>(runtime.system)?;
        // SAFETY: the instance was made in `Graphics::open` and is never destroyed.
        let wanted = unsafe {
            runtime
                .instance
                .vulkan_graphics_device(runtime.system, self.instance as *const c_void)?
        };
        if wanted as usize != self.physical_device {
            return Err(NoHeadset::OtherDevice);
        }
        Ok(SessionGraphicsCreateInfo(GraphicsWrap::Vulkan(openxr::vulkan::SessionCreateInfo {
            instance: self.instance as *const c_void,
            physical_device: self.physical_device as *const c_void,
            device: self.device as *const c_void,
            queue_family_index: self.queue_family_index,
            queue_index: self.queue_index,
        })))
    }
}
