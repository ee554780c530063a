//! The pass of a view: what hides comes first and from front to back, what is seen through after it from back to front.

use bevy::{
    camera::NormalizedRenderTarget,
    camera::{ClearColorConfig, primitives::Frustum, visibility::RenderLayers},
    math::primitives::ViewFrustum,
    prelude::*,
    render::{
        camera::{ExtractedCamera, SortedCameras},
        mesh::{RenderMesh, RenderMeshBufferInfo, allocator::MeshAllocator},
        render_asset::RenderAssets,
        render_phase::TrackedRenderPass,
        render_resource::{
            CachedRenderPipelineId, LoadOp, Operations, PipelineCache, RenderPassColorAttachment,
            RenderPassDepthStencilAttachment, RenderPassDescriptor, StoreOp,
        },
        renderer::{PendingCommandBuffers, RenderContext, RenderDevice, RenderQueue},
        sync_world::MainEntity,
        view::{ExtractedView, ExtractedWindows, ViewTargetAttachments},
    },
};

use super::{
    collect::{Drawable, Drawables},
    instances::{Instance, Instances, View},
    material::Opacity,
    pipelines::Pipelines,
    targets::{Shape, Targets},
};

/// What was drawn in the last frame.
#[derive(Resource, Clone, Debug, Default)]
pub struct Drawn {
    pub views: Vec<ViewDrawn>,
    /// Bytes written to the graphics card for views and instances.
    pub bytes: usize,
}

/// What was drawn of one view.
#[derive(Clone, Copy, Debug)]
pub struct ViewDrawn {
    /// The camera, in the main world.
    pub camera: Entity,
    pub calls: usize,
}

type Camera<'a> =
    (&'a ExtractedCamera, &'a ExtractedView, Option<&'a RenderLayers>, &'a Msaa, &'a MainEntity);

/// A mesh in the order of a view.
struct Order {
    drawable: usize,
    pipeline: CachedRenderPipelineId,
    /// Sorted by it, the smallest first.
    rank: (u8, f32),
}

pub(super) fn draw(
    drawables: Res<Drawables>,
    cameras: Query<Camera>,
    sorted: Res<SortedCameras>,
    (pictures, mut windows): (Res<ViewTargetAttachments>, ResMut<ExtractedWindows>),
    (meshes, allocator): (Res<RenderAssets<RenderMesh>>, Res<MeshAllocator>),
    (mut pipelines, mut targets): (ResMut<Pipelines>, ResMut<Targets>),
    mut instances: ResMut<Instances>,
    mut drawn: ResMut<Drawn>,
    (assets, cache): (Res<AssetServer>, Res<PipelineCache>),
    (device, queue): (Res<RenderDevice>, Res<RenderQueue>),
    mut context: RenderContext,
) {
    *drawn = Drawn::default();
    targets.end_frame();
    let cameras: Vec<_> =
        sorted.0.iter().filter_map(|camera| cameras.get(camera.entity).ok()).collect();
    if cameras.is_empty() {
        return;
    }
    let views: Vec<_> = cameras.iter().map(|(_, view, ..)| View::of(view)).collect();
    let placed = drawables.0.iter().map(|it| Instance::new(it.world_from_local, it.tag)).collect();
    drawn.bytes = instances.write(views.clone(), placed, &device, &queue, &cache);

    for (index, ((camera, _, layers, msaa, entity), view)) in cameras.iter().zip(&views).enumerate()
    {
        let Some(target) = &camera.target else {
            continue;
        };
        let Some(picture) = pictures.get(target) else {
            continue;
        };
        let (Some(size), Some((bound, offset))) =
            (camera.physical_target_size, instances.bound(index))
        else {
            continue;
        };
        let shape = Shape { size, samples: msaa.samples(), format: picture.view_format };
        let nothing = RenderLayers::default();
        let layers = layers.unwrap_or(&nothing);
        let seen = Frustum(ViewFrustum::from_clip_from_world(&view.clip_from_world));
        let mut orders: Vec<Order> = Vec::with_capacity(drawables.0.len());
        for (drawable, it) in drawables.0.iter().enumerate() {
            let in_view = it.bounds.is_none_or(|bounds| seen.intersects_sphere(&bounds, false));
            if !in_view || !it.layers.intersects(layers) {
                continue;
            }
            let Some(mesh) = meshes.get(it.mesh) else {
                continue;
            };
            let picture = (shape.format, shape.samples);
            let made = pipelines.get(&it.look, mesh, picture, &instances, &assets, &cache);
            if let Some(pipeline) = made.filter(|id| cache.get_render_pipeline(*id).is_some()) {
                orders.push(Order {
                    drawable,
                    pipeline,
                    rank: rank(it, mesh, view, shape.samples),
                });
            }
        }
        orders.sort_by(|a, b| a.rank.0.cmp(&b.rank.0).then(a.rank.1.total_cmp(&b.rank.1)));

        let target_of_view = targets.get(shape, &device);
        let clear = match camera.clear_color {
            ClearColorConfig::Custom(colour) => colour.to_linear().into(),
            ClearColorConfig::Default | ClearColorConfig::None => default(),
        };
        let (drawn_on, resolved, store) = match &target_of_view.samples {
            // Samples are resolved as the pass ends and kept nowhere.
            Some(samples) => (samples, Some(&*picture.view), StoreOp::Discard),
            None => (&picture.view, None, StoreOp::Store),
        };
        let mut pass = context.begin_tracked_render_pass(RenderPassDescriptor {
            label: Some("hall"),
            color_attachments: &[Some(RenderPassColorAttachment {
                view: drawn_on,
                depth_slice: None,
                resolve_target: resolved,
                ops: Operations { load: LoadOp::Clear(clear), store },
            })],
            depth_stencil_attachment: Some(RenderPassDepthStencilAttachment {
                view: &target_of_view.depth,
                depth_ops: Some(Operations { load: LoadOp::Clear(0.0), store: StoreOp::Discard }),
                stencil_ops: None,
            }),
            ..default()
        });
        pass.set_bind_group(0, bound, &[offset]);
        let mut calls = 0;
        for order in &orders {
            let it = &drawables.0[order.drawable];
            let (Some(pipeline), Some(mesh)) =
                (cache.get_render_pipeline(order.pipeline), meshes.get(it.mesh))
            else {
                continue;
            };
            pass.set_render_pipeline(pipeline);
            pass.set_bind_group(1, &it.look.bound, &[]);
            calls += usize::from(draw_mesh(&mut pass, it.mesh, mesh, &allocator, order.drawable));
        }
        drop(pass);
        drawn.views.push(ViewDrawn { camera: entity.id(), calls });
        if let NormalizedRenderTarget::Window(window) = target
            && let Some(window) = windows.get_mut(&window.entity())
        {
            // Bevy shows what its own cameras drew, and what a window is to show first: this is always that.
            window.needs_initial_present = true;
        }
    }
}

/// What hides comes before what is seen through; the walls, which are behind everything, come last of what hides.
fn rank(it: &Drawable, mesh: &RenderMesh, view: &View, samples: u32) -> (u8, f32) {
    let middle = it.world_from_local.transform_point3(mesh.aabb_center);
    // In clip space w is the way ahead.
    let ahead = view.clip_from_world.row(3).dot(middle.extend(1.0));
    let look = &it.look;
    if look.opacity.is_seen_through() {
        return (2, look.ahead_m - ahead);
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
