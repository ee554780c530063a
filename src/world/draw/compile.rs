//! Compiles pipelines in the background, those too that draw both eyes at once, which Bevy's own cache knows nothing of.

use std::{
    borrow::Cow,
    num::NonZeroU32,
    sync::{Arc, Mutex, PoisonError},
};

use bevy::{
    prelude::*,
    render::{
        Extract,
        render_resource::{
            PipelineCache, PipelineCompilationOptions, PipelineLayoutDescriptor, RawFragmentState,
            RawRenderPipelineDescriptor, RawVertexBufferLayout, RawVertexState, RenderPipeline,
            RenderPipelineDescriptor, ShaderModuleDescriptor, ShaderSource,
        },
        renderer::{RenderAdapter, RenderDevice},
    },
    shader::{ShaderCache, ShaderCacheError, ShaderCacheSource, ShaderDefVal, ValidateShader},
    tasks::{AsyncComputeTaskPool, Task, futures::check_ready},
};
use wgpu::ShaderModule;

/// Put together from their imports, and kept for other pipelines.
type Shaders = ShaderCache<ShaderModule, RenderDevice>;

#[derive(Resource, Clone)]
pub(super) struct Compiler(Arc<Mutex<Shaders>>);

/// How far a pipeline has come.
pub(super) enum Compiled {
    /// Its shaders, or what they import, are not read yet.
    Waiting,
    Compiling(Task<Result<RenderPipeline, ShaderCacheError>>),
    Ready(RenderPipeline),
    Failed,
}

pub(super) fn prepare(
    mut commands: Commands,
    device: Res<RenderDevice>,
    adapter: Res<RenderAdapter>,
) {
    let flags = adapter.get_downlevel_capabilities().flags;
    let shaders = ShaderCache::new(device.clone(), device.features(), flags, load_module);
    commands.insert_resource(Compiler(Arc::new(Mutex::new(shaders))));
}

fn load_module(
    device: &RenderDevice,
    source: ShaderCacheSource,
    _: &ValidateShader,
) -> Result<ShaderModule, ShaderCacheError> {
    let source = match source {
        ShaderCacheSource::Naga(module) => ShaderSource::Naga(Cow::Owned(module)),
        ShaderCacheSource::Wgsl(text) => ShaderSource::Wgsl(text.into()),
        ShaderCacheSource::SpirV(_) => {
            return Err(ShaderCacheError::CreateShaderModule("shaders here are WGSL".into()));
        }
    };
    let wgpu = device.wgpu_device();
    let scope = wgpu.push_error_scope(wgpu::ErrorFilter::Validation);
    let module =
        device.create_and_validate_shader_module(ShaderModuleDescriptor { label: None, source });
    match bevy::tasks::futures::now_or_never(scope.pop()) {
        Some(Some(error)) => Err(ShaderCacheError::CreateShaderModule(error.to_string())),
        _ => Ok(module),
    }
}

/// Takes over shaders as they are read.
pub(super) fn follow_shaders(
    compiler: Res<Compiler>,
    shaders: Extract<Res<Assets<Shader>>>,
    mut events: Extract<MessageReader<AssetEvent<Shader>>>,
) {
    for event in events.read() {
        if let AssetEvent::Added { id } | AssetEvent::Modified { id } = event
            && let Some(shader) = shaders.get(*id)
        {
            compiler.lock().set_shader(*id, shader.clone());
        }
    }
}

impl Compiler {
    fn lock(&self) -> std::sync::MutexGuard<'_, Shaders> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Begins with a pipeline that draws each vertex for every view of `views`.
    pub(super) fn begin(
        &self,
        descriptor: Arc<RenderPipelineDescriptor>,
        views: Option<NonZeroU32>,
        device: &RenderDevice,
        cache: &PipelineCache,
    ) -> Compiled {
        let layouts: Vec<_> =
            descriptor.layout.iter().map(|layout| cache.get_bind_group_layout(layout)).collect();
        let bound: Vec<_> = layouts.iter().map(|layout| Some(layout.value())).collect();
        let layout = device.create_pipeline_layout(&PipelineLayoutDescriptor {
            bind_group_layouts: &bound,
            ..default()
        });
        let (compiler, device) = (self.clone(), device.clone());
        Compiled::Compiling(AsyncComputeTaskPool::get().spawn(async move {
            let module = |shader: &Handle<Shader>, defs: &[ShaderDefVal]| {
                // Pipelines are never made anew, so none needs a number to be found by.
                compiler.lock().get(0, shader.id(), defs)
            };
            let vertex = &descriptor.vertex;
            let vertex_module = module(&vertex.shader, &vertex.shader_defs)?;
            let fragment = match &descriptor.fragment {
                Some(it) => Some((it, module(&it.shader, &it.shader_defs)?)),
                None => None,
            };
            let buffers: Vec<_> = vertex
                .buffers
                .iter()
                .map(|layout| RawVertexBufferLayout {
                    array_stride: layout.array_stride,
                    step_mode: layout.step_mode,
                    attributes: &layout.attributes,
                })
                .collect();
            Ok(device.create_render_pipeline(&RawRenderPipelineDescriptor {
                label: descriptor.label.as_deref(),
                layout: Some(&layout),
                vertex: RawVertexState {
                    module: &vertex_module,
                    entry_point: vertex.entry_point.as_deref(),
                    compilation_options: PipelineCompilationOptions::default(),
                    buffers: &buffers,
                },
                primitive: descriptor.primitive,
                depth_stencil: descriptor.depth_stencil.clone(),
                multisample: descriptor.multisample,
                fragment: fragment.as_ref().map(|(it, module)| RawFragmentState {
                    module,
                    entry_point: it.entry_point.as_deref(),
                    compilation_options: PipelineCompilationOptions::default(),
                    targets: &it.targets,
                }),
                multiview_mask: views,
                cache: None,
            }))
        }))
    }

    /// Looks whether a pipeline is done.
    pub(super) fn look_after(&self, compiled: &mut Compiled) {
        let Compiled::Compiling(task) = compiled else {
            return;
        };
        match check_ready(task) {
            None => {}
            Some(Ok(pipeline)) => *compiled = Compiled::Ready(pipeline),
            Some(Err(
                ShaderCacheError::ShaderNotLoaded(_)
                | ShaderCacheError::ShaderImportNotYetAvailable,
            )) => *compiled = Compiled::Waiting,
            Some(Err(ShaderCacheError::ProcessShaderError(why))) => {
                error!(
                    "a shader is not understood:\n{}",
                    why.emit_to_string(&self.lock().composer)
                );
                *compiled = Compiled::Failed;
            }
            Some(Err(ShaderCacheError::CreateShaderModule(why))) => {
                error!("the graphics device refuses a shader: {why}");
                *compiled = Compiled::Failed;
            }
        }
    }
}
