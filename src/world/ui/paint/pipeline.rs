//! The one pipeline that draws marks.

use bevy::{
    mesh::VertexBufferLayout,
    prelude::*,
    render::render_resource::{
        BindGroupLayoutDescriptor, BindGroupLayoutEntries, BlendState, CachedRenderPipelineId,
        ColorTargetState, ColorWrites, FragmentState, PipelineCache, PrimitiveState,
        PrimitiveTopology, RenderPipelineDescriptor, SamplerBindingType, ShaderStages,
        TextureSampleType, VertexState, VertexStepMode,
        binding_types::{sampler, texture_2d},
    },
};

use super::PAGE_FORMAT;
use super::mark::FORMATS;

/// How marks are drawn, once it is compiled.
#[derive(Resource)]
pub(super) struct MarkPipeline {
    pub id: CachedRenderPipelineId,
    /// Texture and sampler of letters.
    pub letters: BindGroupLayoutDescriptor,
}

pub(super) fn prepare(mut commands: Commands, assets: Res<AssetServer>, cache: Res<PipelineCache>) {
    let letters = BindGroupLayoutDescriptor::new(
        "letters",
        &BindGroupLayoutEntries::sequential(
            ShaderStages::FRAGMENT,
            (
                texture_2d(TextureSampleType::Float { filterable: true }),
                sampler(SamplerBindingType::Filtering),
            ),
        ),
    );
    let shader = assets.load("shaders://page.wgsl");
    let id = cache.queue_render_pipeline(RenderPipelineDescriptor {
        label: Some("page".into()),
        layout: vec![letters.clone()],
        vertex: VertexState {
            shader: shader.clone(),
            buffers: vec![VertexBufferLayout::from_vertex_formats(
                VertexStepMode::Instance,
                FORMATS,
            )],
            ..default()
        },
        primitive: PrimitiveState { topology: PrimitiveTopology::TriangleStrip, ..default() },
        fragment: Some(FragmentState {
            shader,
            targets: vec![Some(ColorTargetState {
                format: PAGE_FORMAT,
                blend: Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING),
                write_mask: ColorWrites::ALL,
            })],
            ..default()
        }),
        ..default()
    });
    commands.insert_resource(MarkPipeline { id, letters });
}
