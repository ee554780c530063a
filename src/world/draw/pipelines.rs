//! A pipeline for each kind of material, way of covering, layout of vertices and kind of picture.

use std::any::TypeId;

use bevy::{
    mesh::{MeshVertexBufferLayoutRef, VertexAttributeDescriptor},
    platform::collections::HashMap,
    prelude::*,
    render::{
        mesh::RenderMesh,
        render_resource::{
            BlendState, CachedRenderPipelineId, ColorTargetState, ColorWrites, CompareFunction,
            DepthStencilState, Face, FragmentState, MultisampleState, PipelineCache,
            PrimitiveState, PrimitiveTopology, RenderPipelineDescriptor, TextureFormat,
            VertexState,
        },
    },
    shader::ShaderDefVal,
};

use super::{
    instances::Instances,
    material::{Look, Opacity},
    targets::DEPTH_FORMAT,
};

/// Shaders put this for the group of their material.
const MATERIAL_GROUP: u32 = 1;
const VERTICES: &str = "shaders://vertices.wgsl";

#[derive(Resource, Default)]
pub(super) struct Pipelines {
    made: HashMap<Key, Option<CachedRenderPipelineId>>,
    vertices: Option<Handle<Shader>>,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    kind: TypeId,
    opacity: Opacity,
    cull: Option<Face>,
    before_all: bool,
    vertices: MeshVertexBufferLayoutRef,
    topology: PrimitiveTopology,
    format: TextureFormat,
    samples: u32,
}

impl Pipelines {
    /// The pipeline for a mesh in a picture of this format; none if the mesh lacks what the shader needs.
    pub(super) fn get(
        &mut self,
        look: &Look,
        mesh: &RenderMesh,
        (format, samples): (TextureFormat, u32),
        instances: &Instances,
        assets: &AssetServer,
        cache: &PipelineCache,
    ) -> Option<CachedRenderPipelineId> {
        let key = Key {
            kind: look.kind.id,
            opacity: look.opacity,
            cull: look.cull,
            before_all: look.before_all,
            vertices: mesh.layout.clone(),
            topology: mesh.primitive_topology(),
            format,
            samples,
        };
        if let Some(made) = self.made.get(&key) {
            return *made;
        }
        let vertices = self.vertices.get_or_insert_with(|| assets.load(VERTICES)).clone();
        let made = describe(&key, look, instances, vertices)
            .map(|descriptor| cache.queue_render_pipeline(descriptor));
        if made.is_none() {
            warn!("a mesh lacks what {:?} needs of its vertices", look.kind.shader.path());
        }
        self.made.insert(key, made);
        made
    }
}

fn describe(
    key: &Key,
    look: &Look,
    instances: &Instances,
    common_vertices: Handle<Shader>,
) -> Option<RenderPipelineDescriptor> {
    let kind = &look.kind;
    let mut defs = vec![ShaderDefVal::UInt("MATERIAL_BIND_GROUP".into(), MATERIAL_GROUP)];
    let mut attributes: Vec<VertexAttributeDescriptor> =
        vec![Mesh::ATTRIBUTE_POSITION.at_shader_location(0)];
    if !kind.own_vertices {
        let more = [
            (Mesh::ATTRIBUTE_NORMAL, "NORMALS", 1),
            (Mesh::ATTRIBUTE_UV_0, "UVS", 2),
            (Mesh::ATTRIBUTE_COLOR, "COLOURS", 3),
        ];
        for (attribute, def, location) in more {
            if key.vertices.0.contains(attribute) {
                attributes.push(attribute.at_shader_location(location));
                defs.push(def.into());
            }
        }
    }
    let vertices = key.vertices.0.get_layout(&attributes).ok()?;
    let sampled = key.samples > 1;
    let blend = match key.opacity {
        Opacity::Opaque => None,
        // Where a pixel is one sample, part of it is covered by mixing.
        Opacity::Coverage => (!sampled).then_some(BlendState::ALPHA_BLENDING),
        Opacity::Blend => Some(BlendState::ALPHA_BLENDING),
        Opacity::Premultiplied => Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING),
    };
    Some(RenderPipelineDescriptor {
        label: kind.shader.path().map(|path| path.to_string().into()),
        layout: vec![instances.layout.clone(), kind.layout.clone()],
        vertex: VertexState {
            shader: if kind.own_vertices { kind.shader.clone() } else { common_vertices },
            shader_defs: defs.clone(),
            entry_point: Some("vertex".into()),
            buffers: vec![vertices],
        },
        primitive: PrimitiveState { topology: key.topology, cull_mode: key.cull, ..default() },
        depth_stencil: Some(DepthStencilState {
            format: DEPTH_FORMAT,
            depth_write_enabled: Some(!key.opacity.is_seen_through()),
            depth_compare: Some(if key.before_all {
                CompareFunction::Always
            } else {
                CompareFunction::GreaterEqual
            }),
            stencil: default(),
            bias: default(),
        }),
        multisample: MultisampleState {
            count: key.samples,
            alpha_to_coverage_enabled: sampled && key.opacity == Opacity::Coverage,
            ..default()
        },
        fragment: Some(FragmentState {
            shader: kind.shader.clone(),
            shader_defs: defs,
            entry_point: Some("fragment".into()),
            targets: vec![Some(ColorTargetState {
                format: key.format,
                blend,
                write_mask: ColorWrites::ALL,
            })],
        }),
        ..default()
    })
}
