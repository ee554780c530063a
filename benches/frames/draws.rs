//! How many draw calls a view issues, counted in the render world after a frame.
//!
//! The phases are walked as `bevy_render` 0.19's `render_phase` does when it draws them.

use bevy::{
    core_pipeline::core_3d::{AlphaMask3d, Opaque3d, Transparent3d},
    pbr::Transmissive3d,
    prelude::*,
    render::{
        render_phase::{
            BinnedPhaseItem, BinnedRenderPhase, SortedPhaseItem, SortedRenderPhase,
            ViewBinnedRenderPhases, ViewSortedRenderPhases,
        },
        sync_world::MainEntity,
    },
};
use perceptarium::world::ui::Painted;

/// Every camera ends with one triangle that copies what it drew to its target.
const FINAL_COPY: usize = 1;

/// Draw calls of the camera with this entity of the main world, its final copy included.
///
/// A call that draws many meshes indirectly counts as one, which is what the processor issues.
pub(crate) fn of_camera(render_world: &World, camera: Entity) -> usize {
    binned::<Opaque3d>(render_world, camera)
        + binned::<AlphaMask3d>(render_world, camera)
        + sorted::<Transmissive3d>(render_world, camera)
        + sorted::<Transparent3d>(render_world, camera)
        + FINAL_COPY
}

/// Draw calls of all panels that were drawn anew in this frame.
pub(crate) fn of_panels(render_world: &World) -> usize {
    render_world.resource::<Painted>().calls
}

fn binned<P: BinnedPhaseItem>(world: &World, camera: Entity) -> usize {
    let phases = world.get_resource::<ViewBinnedRenderPhases<P>>();
    let of_camera = phases.into_iter().flat_map(|phases| phases.iter());
    of_camera
        .filter(|(view, _)| view.main_entity == MainEntity::from(camera))
        .map(|(_, phase)| calls_of_binned(phase))
        .sum()
}

fn calls_of_binned<P: BinnedPhaseItem>(phase: &BinnedRenderPhase<P>) -> usize {
    let alone = phase.unbatchable_meshes.values().map(|bin| bin.entities.len());
    let others = phase.non_mesh_items.values().map(|bin| bin.entities.len());
    // Drawn directly, a bin is a call; drawn indirectly, a set of bins is.
    phase.multidrawable_meshes.len()
        + phase.batchable_meshes.len()
        + alone.sum::<usize>()
        + others.sum::<usize>()
}

fn sorted<P: SortedPhaseItem>(world: &World, camera: Entity) -> usize {
    let phases = world.get_resource::<ViewSortedRenderPhases<P>>();
    let of_camera = phases.into_iter().flat_map(|phases| phases.iter());
    of_camera
        .filter(|(view, _)| view.main_entity == MainEntity::from(camera))
        .map(|(_, phase)| calls_of_sorted(phase))
        .sum()
}

fn calls_of_sorted<P: SortedPhaseItem>(phase: &SortedRenderPhase<P>) -> usize {
    let (mut calls, mut index) = (0, 0);
    while let Some((_, item)) = phase.items.get_index(index) {
        let merged = item.batch_range().len();
        calls += usize::from(merged > 0);
        index += merged.max(1);
    }
    calls
}
