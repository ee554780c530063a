//! A pipeline for each kind of material, way of covering, layout of vertices and kind of picture.

use std::{any::TypeId, num::NonZeroU32, sync::Arc};

use bevy::{
    mesh::{MeshVertexBufferLayoutRef, VertexAttributeDescriptor},
    platform::collections::HashMap,
    prelude::*,
    render::{
        mesh::RenderMesh,
        render_resource::{
            BlendState, ColorTargetState, ColorWrites, CompareFunction, DepthStencilState, Face,
            FragmentState, MultisampleState, PipelineCache, PrimitiveState, PrimitiveTopology,
            RenderPipeline, RenderPipelineDescriptor, TextureFormat, VertexState,
        },
        renderer::RenderDevice,
    },
    shader::ShaderDefVal,
};

use super::{
    compile::{Compiled, Compiler},
    instances::Instances,
    material::{BoundMaterial, Opacity},
    targets::{DEPTH_FORMAT, TargetKey},
};

/// Shaders put this for the group of their material.
const MATERIAL_GROUP: u32 = 1;
const VERTICES: &str = "shaders://vertices.wgsl";
/// The bits of the left and the right eye.
pub(super) const EYES: NonZeroU32 = NonZeroU32::MIN.saturating_add(0b10);

#[derive(Resource, Default)]
pub(super) struct Pipelines {
    places: HashMap<Key, Option<PipelineId>>,
    made: Vec<Made>,
    vertices: Option<Handle<Shader>>,
}

/// The place of a pipeline among all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct PipelineId(usize);

struct Made {
    descriptor: Arc<RenderPipelineDescriptor>,
    both_eyes: bool,
    state: Compiled,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    kind: TypeId,
    opacity: Opacity,
    cull: Option<Face>,
    hides: bool,
    before_all: bool,
    vertices: MeshVertexBufferLayoutRef,
    topology: PrimitiveTopology,
    format: TextureFormat,
    samples: u32,
    both_eyes: bool,
}

impl Pipelines {
    /// The pipeline for a mesh in such a picture; none if the mesh lacks what the shader needs.
    pub(super) fn get(
        &mut self,
        look: &BoundMaterial,
        mesh: &RenderMesh,
        shape: TargetKey,
        instances: &Instances,
        assets: &AssetServer,
    ) -> Option<PipelineId> {
        let key = Key {
            kind: look.kind.id,
            opacity: look.opacity,
            cull: look.cull,
            hides: look.hides,
            before_all: look.before_all,
            vertices: mesh.layout.clone(),
            topology: mesh.primitive_topology(),
            format: shape.format,
            samples: shape.samples,
            both_eyes: shape.both_eyes,
        };
        if let Some(place) = self.places.get(&key) {
            return *place;
        }
        if key.both_eyes {
            // A screenshot shows one eye, and must not have to wait for this.
            let one_eye = TargetKey { both_eyes: false, ..shape };
            self.get(look, mesh, one_eye, instances, assets);
        }
        let vertices = self.vertices.get_or_insert_with(|| assets.load(VERTICES)).clone();
        let place = describe(&key, look, instances, vertices).map(|descriptor| {
            self.made.push(Made {
                descriptor: Arc::new(descriptor),
                both_eyes: key.both_eyes,
                state: Compiled::Waiting,
            });
            PipelineId(self.made.len() - 1)
        });
        if place.is_none() {
            warn!("a mesh lacks what {:?} needs of its vertices", look.kind.shader.path());
        }
        self.places.insert(key, place);
        place
    }

    /// Goes on with what is not compiled yet.
    pub(super) fn compile(
        &mut self,
        compiler: &Compiler,
        device: &RenderDevice,
        cache: &PipelineCache,
    ) {
        for made in &mut self.made {
            if matches!(made.state, Compiled::Waiting) {
                let views = made.both_eyes.then_some(EYES);
                made.state = compiler.begin(made.descriptor.clone(), views, device, cache);
            } else {
                compiler.look_after(&mut made.state);
            }
        }
    }

    /// A pipeline, once it is compiled.
    pub(super) fn ready(&self, PipelineId(place): PipelineId) -> Option<&RenderPipeline> {
        match &self.made.get(place)?.state {
            Compiled::Ready(pipeline) => Some(pipeline),
            _ => None,
        }
    }

    /// Whether there will be something to draw with that is not there yet.
    pub(super) fn is_awaited(&self, PipelineId(place): PipelineId) -> bool {
        let state = self.made.get(place).map(|made| &made.state);
        matches!(state, Some(Compiled::Waiting | Compiled::Compiling(_)))
    }
}

fn describe(
    key: &Key,
    look: &BoundMaterial,
    instances: &Instances,
    common_vertices: Handle<Shader>,
) -> Option<RenderPipelineDescriptor> {
    let kind = &look.kind;
    let mut defs = vec![ShaderDefVal::UInt("MATERIAL_BIND_GROUP".into(), MATERIAL_GROUP)];
    if key.both_eyes {
        defs.push("BOTH_EYES".into());
    }
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
            depth_write_enabled: Some(key.hides),
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
