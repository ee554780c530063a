//! The graphics device that a runtime wants its pictures drawn with, and how a session is bound to it.

use std::{
    ffi::{CStr, c_void},
    sync::Arc,
};

use ash::vk::Handle as _;
use bevy::render::{
    renderer::{RenderAdapter, RenderAdapterInfo, RenderInstance, RenderQueue, WgpuWrapper},
    settings::RenderCreation,
};
use bevy_mod_openxr::{
    graphics::{GraphicsExt, GraphicsWrap, OxrManualGraphicsConfig},
    resources::SessionGraphicsCreateInfo,
    types::WgpuGraphics,
};
use wgpu::hal::api::Vulkan;

use super::runtime::{NoHeadset, Runtime, application};

/// What runtimes want of a device to share pictures with it, beyond the core of Vulkan 1.2; the first is needed, and
/// drivers in software have no more.
#[cfg(windows)]
const SHARING: &[&CStr] = &[
    ash::khr::external_memory_win32::NAME,
    ash::khr::external_semaphore_win32::NAME,
    ash::khr::external_fence_win32::NAME,
];
#[cfg(not(windows))]
const SHARING: &[&CStr] = &[
    ash::khr::external_memory_fd::NAME,
    ash::khr::external_semaphore_fd::NAME,
    ash::khr::external_fence_fd::NAME,
];

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

    /// Makes a device while no headset answers, such that one can be entered later if it is driven by the same GPU.
    ///
    /// # Errors
    /// When there is no Vulkan, or its driver cannot share pictures.
    pub fn open_for_later() -> Result<Self, NoHeadset> {
        let open = |sharing: &[&'static CStr]| {
            let config = OxrManualGraphicsConfig {
                fallback_backend: GraphicsWrap::Vulkan(()),
                vk_instance_exts: Vec::new(),
                vk_device_exts: sharing.to_vec(),
            };
            openxr::Vulkan::init_fallback_graphics(&application(), &config)
        };
        let device = (1..=SHARING.len())
            .rev()
            .find_map(|count| open(&SHARING[..count]).ok())
            .ok_or_else(|| NoHeadset::Graphics(say!("xr-its-driver-shares-no-pictures").into()))?;
        #[expect(unsafe_code, reason = "only the handles are read")]
        // SAFETY: nothing is destroyed through what this gives.
        let vulkan = unsafe { device.0.as_hal::<Vulkan>() }
            .ok_or_else(|| NoHeadset::Graphics(say!("xr-it-is-not-driven-by").into()))?;
        let number = |handle: u64| usize::try_from(handle).unwrap_or_default();
        let binding = Binding {
            instance: number(vulkan.shared_instance().raw_instance().handle().as_raw()),
            physical_device: number(vulkan.raw_physical_device().as_raw()),
            device: number(vulkan.raw_device().handle().as_raw()),
            // The first queue is the one that `bevy_mod_openxr` opens.
            queue_family_index: 0,
            queue_index: 0,
        };
        drop(vulkan);
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
        // SAFETY: the instance was made with the device in `Graphics` and lives as long.
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
