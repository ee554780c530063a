//! The passes of a frame: what hides comes first and from front to back, what is seen through after it from back to
//! front. Both eyes are one pass where their pictures are layers of one image.

use bevy::{
    camera::{
        ClearColorConfig, NormalizedRenderTarget, primitives::Frustum, visibility::RenderLayers,
    },
    math::primitives::ViewFrustum,
    platform::collections::HashMap,
    prelude::*,
    render::{
        camera::{ExtractedCamera, SortedCameras},
        mesh::{RenderMesh, RenderMeshBufferInfo, allocator::MeshAllocator},
        render_asset::RenderAssets,
        render_phase::TrackedRenderPass,
        render_resource::{
            LoadOp, Operations, PipelineCache, RenderPassColorAttachment,
            RenderPassDepthStencilAttachment, RenderPassDescriptor, StoreOp, TextureView,
        },
        renderer::{PendingCommandBuffers, RenderContext, RenderDevice, RenderQueue},
        sync_world::MainEntity,
        view::{ExtractedView, ExtractedWindows, ViewTargetAttachments},
    },
};

use super::{
    collect::{Drawable, Drawables},
    compile::Compiler,
    instances::{EyeView, Eyes, Instance, Instances},
    material::Opacity,
    pipelines::{EYES, PipelineId, Pipelines},
    stereo::StereoTarget,
    targets::{TargetKey, Targets},
};

/// What was drawn in the last frame.
#[derive(Resource, Clone, Debug, Default)]
pub struct Drawn {
    pub views: Vec<ViewDrawn>,
    /// Bytes written to the graphics card for views and instances.
    pub bytes: usize,
    /// Passes over pictures of views; there is nothing before, between or after them.
    pub passes: usize,
}

/// What was drawn of one view.
#[derive(Clone, Copy, Debug)]
pub struct ViewDrawn {
    /// The camera, in the main world.
    pub camera: Entity,
    /// Draw calls of its pass, which is that of both eyes where they share one.
    pub calls: usize,
    /// Samples of each pixel.
    pub samples: u32,
}

type Camera<'a> =
    (&'a ExtractedCamera, &'a ExtractedView, Option<&'a RenderLayers>, &'a Msaa, &'a MainEntity);

/// One view, or both eyes.
struct Pass<'a> {
    cameras: Vec<Camera<'a>>,
    target: &'a NormalizedRenderTarget,
    eyes: Eyes,
    picture: &'a TextureView,
    shape: TargetKey,
}

impl<'a> Pass<'a> {
    fn of_camera(camera: Camera<'a>, pictures: &'a ViewTargetAttachments) -> Option<Self> {
        let target = camera.0.target.as_ref()?;
        let picture = pictures.get(target)?;
        Some(Self {
            target,
            eyes: [EyeView::of(camera.1); 2],
            picture: &picture.view,
            shape: TargetKey {
                size: camera.0.physical_target_size?,
                samples: camera.3.samples(),
                format: picture.view_format,
                both_eyes: false,
            },
            cameras: vec![camera],
        })
    }

    /// Takes the other eye in.
    fn and(mut self, right: Self, stereo: &'a StereoTarget) -> Self {
        self.cameras.extend(right.cameras);
        self.eyes[1] = right.eyes[0];
        self.picture = &stereo.view;
        self.shape.both_eyes = true;
        self
    }

    /// All passes of a frame, both eyes in one where that can be.
    fn all(
        cameras: Vec<Camera<'a>>,
        pictures: &'a ViewTargetAttachments,
        stereo: Option<&'a StereoTarget>,
    ) -> Vec<Self> {
        let passes = cameras.into_iter().filter_map(|camera| Self::of_camera(camera, pictures));
        let Some(stereo) = stereo else {
            return passes.collect();
        };
        let (mut eyes, others): (Vec<_>, Vec<_>) =
            passes.partition(|pass| stereo.eye_of(pass.picture).is_some());
        eyes.sort_by_key(|pass| stereo.eye_of(pass.picture));
        let mut passes = match <[Self; 2]>::try_from(eyes) {
            Ok([left, right]) if left.shape == right.shape => vec![left.and(right, stereo)],
            Ok(eyes) => eyes.into(),
            // One is elsewhere in this frame, as for a screenshot.
            Err(eyes) => eyes,
        };
        passes.extend(others);
        passes
    }

    /// What one of its views may see, in the order in which it is drawn.
    fn orders(
        &self,
        drawables: &Drawables,
        meshes: &RenderAssets<RenderMesh>,
        mut pipeline: impl FnMut(&Drawable, &RenderMesh) -> Option<PipelineId>,
    ) -> Vec<Order> {
        let nothing = RenderLayers::default();
        let seen: Vec<_> = self
            .cameras
            .iter()
            .zip(&self.eyes)
            .map(|(camera, eye)| {
                let frustum = Frustum(ViewFrustum::from_clip_from_world(&eye.clip_from_world));
                (frustum, camera.2.unwrap_or(&nothing))
            })
            .collect();
        let mut orders: Vec<Order> = Vec::with_capacity(drawables.0.len());
        for (drawable, it) in drawables.0.iter().enumerate() {
            let is_seen = seen.iter().any(|(frustum, layers)| {
                it.layers.intersects(layers)
                    && it.bounds.is_none_or(|bounds| frustum.intersects_sphere(&bounds, false))
            });
            if is_seen
                && let Some(mesh) = meshes.get(it.mesh)
                && let Some(pipeline) = pipeline(it, mesh)
            {
                let rank = rank(it, mesh, &self.eyes[0], self.shape.samples);
                orders.push(Order { drawable, pipeline, rank });
            }
        }
        orders.sort_by(|a, b| a.rank.0.cmp(&b.rank.0).then(a.rank.1.total_cmp(&b.rank.1)));
        orders
    }
}

/// A mesh in the order of a pass.
struct Order {
    drawable: usize,
    pipeline: PipelineId,
    /// Sorted by it, the smallest first.
    rank: (u8, f32),
}

pub(super) fn draw(
    drawables: Res<Drawables>,
    cameras: Query<Camera>,
    sorted: Res<SortedCameras>,
    (pictures, mut windows): (Res<ViewTargetAttachments>, ResMut<ExtractedWindows>),
    stereo: Option<Res<StereoTarget>>,
    (meshes, allocator): (Res<RenderAssets<RenderMesh>>, Res<MeshAllocator>),
    (mut pipelines, mut targets): (ResMut<Pipelines>, ResMut<Targets>),
    mut instances: ResMut<Instances>,
    mut drawn: ResMut<Drawn>,
    (assets, cache, compiler): (Res<AssetServer>, Res<PipelineCache>, Res<Compiler>),
    (device, queue): (Res<RenderDevice>, Res<RenderQueue>),
    mut settled: Local<HashMap<MainEntity, u32>>,
    mut context: RenderContext,
) {
    *drawn = Drawn::default();
    targets.end_frame();
    let cameras: Vec<_> =
        sorted.0.iter().filter_map(|camera| cameras.get(camera.entity).ok()).collect();
    if cameras.is_empty() {
        return;
    }
    let passes = Pass::all(cameras, &pictures, stereo.as_deref());
    let eyes = passes.iter().map(|pass| pass.eyes).collect();
    let placed = drawables.0.iter().map(|it| Instance::new(it.world_from_local, it.tag)).collect();
    drawn.bytes = instances.write(eyes, placed, &device, &queue, &cache);

    for (index, mut pass) in passes.into_iter().enumerate() {
        let Some((bound, offset)) = instances.bound(index) else {
            continue;
        };
        let mut orders = |pass: &Pass| {
            let mut all_ready = true;
            let orders = pass.orders(&drawables, &meshes, |it, mesh| {
                let id = pipelines.get(&it.look, mesh, pass.shape, &instances, &assets)?;
                all_ready &= !pipelines.is_awaited(id);
                Some(id)
            });
            (orders, all_ready)
        };
        let (mut ordered, all_ready) = orders(&pass);
        let first = *pass.cameras[0].4;
        if all_ready {
            settled.insert(first, pass.shape.samples);
        } else if let Some(before) =
            settled.get(&first).copied().filter(|before| *before != pass.shape.samples)
        {
            // Another number of samples is begun when nothing would be missing with it.
            pass.shape.samples = before;
            ordered = orders(&pass).0;
        }

        let target = targets.get(pass.shape, &device);
        let clear = match pass.cameras[0].0.clear_color {
            ClearColorConfig::Custom(colour) => colour.to_linear().into(),
            ClearColorConfig::Default | ClearColorConfig::None => default(),
        };
        let (drawn_on, resolved, store) = match &target.samples {
            // Samples are resolved as the pass ends and kept nowhere.
            Some(samples) => (samples, Some(&**pass.picture), StoreOp::Discard),
            None => (pass.picture, None, StoreOp::Store),
        };
        let mut commands = context.begin_tracked_render_pass(RenderPassDescriptor {
            label: Some("hall"),
            color_attachments: &[Some(RenderPassColorAttachment {
                view: drawn_on,
                depth_slice: None,
                resolve_target: resolved,
                ops: Operations { load: LoadOp::Clear(clear), store },
            })],
            depth_stencil_attachment: Some(RenderPassDepthStencilAttachment {
                view: &target.depth,
                depth_ops: Some(Operations { load: LoadOp::Clear(0.0), store: StoreOp::Discard }),
                stencil_ops: None,
            }),
            multiview_mask: pass.shape.both_eyes.then_some(EYES),
            ..default()
        });
        let [left, top, width, height] = pass.eyes[0].viewport.to_array();
        commands.set_viewport(left, top, width, height, 0.0, 1.0);
        commands.set_bind_group(0, bound, &[offset]);
        let mut calls = 0;
        for order in &ordered {
            let it = &drawables.0[order.drawable];
            let (Some(pipeline), Some(mesh)) =
                (pipelines.ready(order.pipeline), meshes.get(it.mesh))
            else {
                continue;
            };
            commands.set_render_pipeline(pipeline);
            commands.set_bind_group(1, &it.look.bound, &[]);
            calls +=
                usize::from(draw_mesh(&mut commands, it.mesh, mesh, &allocator, order.drawable));
        }
        drop(commands);
        drawn.passes += 1;
        let samples = pass.shape.samples;
        let views = pass.cameras.iter().map(|(.., camera)| camera.entity());
        drawn.views.extend(views.map(|camera| ViewDrawn { camera, calls, samples }));
        if let NormalizedRenderTarget::Window(window) = pass.target
            && let Some(window) = windows.get_mut(&window.entity())
        {
            // Bevy shows what its own cameras drew, and what a window is to show first: this is always that.
            window.needs_initial_present = true;
        }
    }
    pipelines.compile(&compiler, &device, &cache);
}

/// What hides comes before what is seen through; floor and sky, which are behind everything, come last of what hides.
fn rank(it: &Drawable, mesh: &RenderMesh, view: &EyeView, samples: u32) -> (u8, f32) {
    // What its own shader places lies around its origin: the mesh says which corner, not where.
    let middle = if it.look.kind.own_vertices { Vec3::ZERO } else { mesh.aabb_center };
    let middle = it.world_from_local.transform_point3(middle);
    // In clip space w is the way ahead.
    let ahead = view.clip_from_world.row(3).dot(middle.extend(1.0));
    let look = &it.look;
    if look.opacity.is_seen_through() {
        return (2, look.ahead_m - ahead);
    }
    if look.behind_all {
        return (0, f32::INFINITY);
    }
    let nearest = ahead - it.bounds.map_or(0.0, |bounds| bounds.radius);
    // Mixed edges need what is behind them.
    let mixed = samples == 1 && look.opacity == Opacity::Coverage;
    if mixed { (1, -ahead) } else { (0, nearest) }
}

fn draw_mesh<'a>(
    pass: &mut TrackedRenderPass<'a>,
    id: AssetId<Mesh>,
    mesh: &RenderMesh,
    allocator: &'a MeshAllocator,
    instance: usize,
) -> bool {
    let Some(vertices) = allocator.mesh_vertex_slice(&id) else {
        return false;
    };
    let instance = instance as u32..instance as u32 + 1;
    pass.set_vertex_buffer(0, vertices.buffer.slice(..));
    match mesh.buffer_info {
        RenderMeshBufferInfo::Indexed { count, index_format } => {
            let Some(indices) = allocator.mesh_index_slice(&id) else {
                return false;
            };
            pass.set_index_buffer(indices.buffer.slice(..), index_format);
            let first = indices.range.start;
            pass.draw_indexed(first..first + count, vertices.range.start as i32, instance);
        }
        RenderMeshBufferInfo::NonIndexed => pass.draw(vertices.range.clone(), instance),
    }
    true
}

/// Hands everything that was written down in this frame to the graphics card.
pub(super) fn submit(mut pending: ResMut<PendingCommandBuffers>, queue: Res<RenderQueue>) {
    let buffers = pending.take();
    if !buffers.is_empty() {
        queue.submit(buffers);
    }
}
