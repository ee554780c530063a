//! What shaders know of the eye and of the mesh that they draw, laid out as `shaders/view.wgsl` reads it.

use bevy::{
    math::Affine3A,
    prelude::*,
    render::{
        render_resource::{
            BindGroup, BindGroupEntries, BindGroupLayoutDescriptor, BindGroupLayoutEntries,
            DynamicUniformBuffer, PipelineCache, ShaderStages, ShaderType, StorageBuffer,
            binding_types::{storage_buffer_read_only, uniform_buffer},
        },
        renderer::{RenderDevice, RenderQueue},
        view::ExtractedView,
    },
};

/// One eye, or the window.
#[derive(Clone, Copy, Debug, PartialEq, ShaderType)]
pub(super) struct EyeView {
    pub clip_from_world: Mat4,
    pub clip_from_view: Mat4,
    pub world_from_view: Mat4,
    /// Left, top, width and height, in pixels.
    pub viewport: Vec4,
    pub world_position: Vec3,
}

/// What one pass sees through: both eyes, or the same view twice.
pub(super) type Eyes = [EyeView; 2];

impl EyeView {
    pub(super) fn of(view: &ExtractedView) -> Self {
        let world_from_view = view.world_from_view.affine();
        let clip_from_world = view
            .clip_from_world
            .unwrap_or_else(|| view.clip_from_view * Mat4::from(world_from_view.inverse()));
        Self {
            clip_from_world,
            clip_from_view: view.clip_from_view,
            world_from_view: world_from_view.into(),
            viewport: view.viewport.as_vec4(),
            world_position: view.world_from_view.translation(),
        }
    }
}

/// One mesh.
#[derive(Clone, Copy, Debug, PartialEq, ShaderType)]
pub(super) struct Instance {
    world_from_local: Mat4,
    local_from_world: Mat4,
    tag: u32,
}

impl Instance {
    pub(super) fn new(world_from_local: Affine3A, tag: u32) -> Self {
        Self {
            world_from_local: world_from_local.into(),
            local_from_world: world_from_local.inverse().into(),
            tag,
        }
    }
}

/// The buffers of all views and instances; written only when something in them has changed.
#[derive(Resource)]
pub(super) struct Instances {
    pub layout: BindGroupLayoutDescriptor,
    views: DynamicUniformBuffer<Eyes>,
    instances: StorageBuffer<Vec<Instance>>,
    written: (Vec<Eyes>, Vec<Instance>),
    bound: Option<BindGroup>,
}

pub(super) fn prepare(mut commands: Commands) {
    let layout = BindGroupLayoutDescriptor::new(
        "view and instances",
        &BindGroupLayoutEntries::sequential(
            ShaderStages::VERTEX_FRAGMENT,
            (uniform_buffer::<Eyes>(true), storage_buffer_read_only::<Vec<Instance>>(false)),
        ),
    );
    commands.insert_resource(Instances {
        layout,
        views: DynamicUniformBuffer::default(),
        instances: StorageBuffer::default(),
        written: default(),
        bound: None,
    });
}

impl Instances {
    /// Writes what differs from the frame before. Returns the bytes that were written.
    pub(super) fn write(
        &mut self,
        views: Vec<Eyes>,
        instances: Vec<Instance>,
        device: &RenderDevice,
        queue: &RenderQueue,
        cache: &PipelineCache,
    ) -> usize {
        let mut bytes = 0;
        if views != self.written.0 {
            self.views.clear();
            for view in &views {
                self.views.push(view);
            }
            self.views.write_buffer(device, queue);
            bytes += views.len() * self.view_stride() as usize;
            self.written.0 = views;
        }
        if instances != self.written.1 {
            bytes += size_of_val(instances.as_slice());
            self.instances.set(instances.clone());
            self.instances.write_buffer(device, queue);
            self.written.1 = instances;
        }
        if let (Some(views), Some(instances)) = (self.views.binding(), self.instances.binding())
            && (bytes > 0 || self.bound.is_none())
        {
            self.bound = Some(device.create_bind_group(
                "view and instances",
                &cache.get_bind_group_layout(&self.layout),
                &BindGroupEntries::sequential((views, instances)),
            ));
        }
        bytes
    }

    /// What is bound for the pass with this place among those written, and its offset.
    pub(super) fn bound(&self, pass: usize) -> Option<(&BindGroup, u32)> {
        Some((self.bound.as_ref()?, pass as u32 * self.view_stride()))
    }

    fn view_stride(&self) -> u32 {
        // A dynamic offset is a multiple of 256 on every device.
        (Eyes::min_size().get() as u32).next_multiple_of(256)
    }
}
