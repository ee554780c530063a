//! Draws the pages that changed, each in one pass over its own texture, before anything that shows them.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use bevy::{
    prelude::*,
    render::{
        ExtractSchedule, MainWorld, RenderApp, RenderStartup,
        render_asset::RenderAssets,
        render_resource::{
            BindGroupEntries, BufferUsages, LoadOp, Operations, PipelineCache, RawBufferVec,
            RenderPassColorAttachment, RenderPassDescriptor, StoreOp,
        },
        renderer::{RenderContext, RenderDevice, RenderGraph, RenderGraphSystems, RenderQueue},
        texture::{FallbackImage, GpuImage},
    },
};

use super::{
    compose::Drawing,
    mark::Mark,
    pipeline::{self, MarkPipeline},
};

/// Corners of a mark, drawn as a strip of two triangles.
const CORNERS: u32 = 4;

pub(super) fn install(app: &mut App) {
    let waiting = WaitingPages::default();
    app.init_resource::<Pages>().insert_resource(waiting.clone());
    let Some(render) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render
        .init_resource::<Painting>()
        .init_resource::<Painted>()
        .insert_resource(waiting)
        .add_systems(RenderStartup, pipeline::prepare)
        .add_systems(ExtractSchedule, fetch)
        .add_systems(RenderGraph, paint.in_set(RenderGraphSystems::Begin));
    app.world_mut().resource_mut::<Pages>().taken = true;
}

/// Pages that the main world has written anew in this frame.
#[derive(Resource, Default)]
pub(in crate::world::ui) struct Pages {
    written: Vec<(AssetId<Image>, Drawing)>,
    /// Whether there is a renderer that takes them.
    taken: bool,
}

impl Pages {
    /// Draws this on a panel's texture.
    pub(in crate::world::ui) fn put(&mut self, page: AssetId<Image>, drawing: Drawing) {
        if self.taken {
            self.written.push((page, drawing));
        }
    }
}

/// Whether pages wait for something on the graphics card: a texture of letters, their own, or the pipeline.
#[derive(Resource, Clone, Debug, Default)]
pub(in crate::world::ui) struct WaitingPages(Arc<AtomicBool>);

impl WaitingPages {
    pub(in crate::world::ui) fn any(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What has been painted in the last frame.
#[derive(Resource, Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Painted {
    /// Pages drawn, each in a pass of its own.
    pub pages: usize,
    /// Draw calls in all of them.
    pub calls: usize,
    /// Bytes written to the graphics card for them.
    pub bytes: usize,
}

/// Pages on their way; a newer drawing of a page takes the place of one that still waits.
#[derive(Resource)]
struct Painting {
    waiting: Vec<(AssetId<Image>, Drawing)>,
    marks: RawBufferVec<Mark>,
}

impl Default for Painting {
    fn default() -> Self {
        Self { waiting: Vec::new(), marks: RawBufferVec::new(BufferUsages::VERTEX) }
    }
}

fn fetch(mut main: ResMut<MainWorld>, mut painting: ResMut<Painting>) {
    let Some(mut pages) =
        main.get_resource_mut::<Pages>().filter(|pages| !pages.written.is_empty())
    else {
        return;
    };
    for (page, drawing) in pages.written.drain(..) {
        match painting.waiting.iter_mut().find(|(earlier, _)| *earlier == page) {
            Some((_, earlier)) => *earlier = drawing,
            None => painting.waiting.push((page, drawing)),
        }
    }
}

fn paint(
    mut painting: ResMut<Painting>,
    mut painted: ResMut<Painted>,
    waiting_pages: Res<WaitingPages>,
    images: Res<RenderAssets<GpuImage>>,
    fallback: Res<FallbackImage>,
    pipeline: Res<MarkPipeline>,
    cache: Res<PipelineCache>,
    (device, queue): (Res<RenderDevice>, Res<RenderQueue>),
    mut context: RenderContext,
) {
    painted.set_if_neq(Painted::default());
    if painting.waiting.is_empty() {
        waiting_pages.0.store(false, Ordering::Relaxed);
        return;
    }
    let Painting { waiting, marks } = &mut *painting;
    let (ready, late): (Vec<_>, Vec<_>) =
        std::mem::take(waiting).into_iter().partition(|(page, drawing)| {
            images.get(*page).is_some() && drawing.letters_are_on(&images)
        });
    let Some(compiled) = cache.get_render_pipeline(pipeline.id) else {
        waiting.extend(ready.into_iter().chain(late));
        waiting_pages.0.store(true, Ordering::Relaxed);
        return;
    };
    waiting_pages.0.store(!late.is_empty(), Ordering::Relaxed);
    *waiting = late;

    marks.clear();
    marks.extend(ready.iter().flat_map(|(_, drawing)| drawing.marks.iter().copied()));
    marks.write_buffer(&device, &queue);
    painted.bytes = marks.len() * size_of::<Mark>();
    let layout = cache.get_bind_group_layout(&pipeline.letters);
    let letters = |id: Option<AssetId<Image>>| {
        let letters = id.and_then(|id| images.get(id)).unwrap_or(&fallback.d2);
        let entries = BindGroupEntries::sequential((&letters.texture_view, &letters.sampler));
        device.create_bind_group("letters", &layout, &entries)
    };
    let mut first = 0;
    for (page, drawing) in &ready {
        let Some(page) = images.get(*page) else {
            continue;
        };
        let stretches: Vec<_> =
            drawing.stretches.iter().map(|it| (&it.marks, letters(it.letters))).collect();
        let mut pass = context.begin_tracked_render_pass(RenderPassDescriptor {
            label: Some("page"),
            color_attachments: &[Some(RenderPassColorAttachment {
                view: &page.texture_view,
                depth_slice: None,
                resolve_target: None,
                ops: Operations { load: LoadOp::Clear(default()), store: StoreOp::Store },
            })],
            ..default()
        });
        painted.pages += 1;
        if let Some(marks) = marks.buffer() {
            pass.set_render_pipeline(compiled);
            pass.set_vertex_buffer(0, marks.slice(..));
            for (marks, letters) in &stretches {
                pass.set_bind_group(0, letters, &[]);
                pass.draw(0..CORNERS, first + marks.start..first + marks.end);
                painted.calls += 1;
            }
        }
        first += drawing.marks.len() as u32;
    }
}

impl Drawing {
    fn letters_are_on(&self, images: &RenderAssets<GpuImage>) -> bool {
        self.stretches
            .iter()
            .filter_map(|stretch| stretch.letters)
            .all(|id| images.get(id).is_some())
    }
}
