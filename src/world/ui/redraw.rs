//! A panel is drawn only while something on it changes; the rest of the time its texture stands.

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use bevy::{
    camera::visibility::VisibilitySystems,
    prelude::*,
    render::{Render, RenderApp, RenderSystems, render_resource::PipelineCache},
    text::TextLayoutInfo,
    ui::{
        CalculatedClip, ComputedStackIndex, ComputedUiTargetCamera, UiGlobalTransform, UiSystems,
    },
};

pub(super) fn plugin(app: &mut App) {
    let compiling = Compiling::default();
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .insert_resource(compiling.clone())
            .add_systems(Render, note_compiling.in_set(RenderSystems::Cleanup));
    }
    app.insert_resource(compiling).add_observer(wake_on_loss).add_systems(
        PostUpdate,
        (
            wake_on_change,
            wake_on_image.run_if(on_message::<AssetEvent<Image>>),
            keep_awake,
            draw_or_rest,
        )
            .chain()
            .after(UiSystems::PostLayout)
            .after(UiSystems::Stack)
            .after(VisibilitySystems::VisibilityPropagate),
    );
}

/// Whether a panel's camera still has something to draw.
#[derive(Component, Debug)]
pub(super) struct Redraw {
    panel: Entity,
    frames_left: u8,
}

impl Redraw {
    pub(super) fn of(panel: Entity) -> Self {
        Self { panel, frames_left: FRAMES_AFTER_CHANGE }
    }
}

/// New glyphs and images reach the GPU a frame after the layout that needs them, and a pipelined renderer is one frame behind.
const FRAMES_AFTER_CHANGE: u8 = 4;

/// Whether the renderer still compiles pipelines: what is drawn meanwhile may be missing parts.
#[derive(Resource, Clone, Default)]
struct Compiling(Arc<AtomicBool>);

fn note_compiling(pipelines: Res<PipelineCache>, compiling: Res<Compiling>) {
    compiling.0.store(pipelines.waiting_pipelines().next().is_some(), Ordering::Relaxed);
}

type LooksChanged = Or<(
    Or<(
        Changed<ComputedNode>,
        Changed<UiGlobalTransform>,
        Changed<ComputedStackIndex>,
        Changed<InheritedVisibility>,
        Changed<CalculatedClip>,
        Changed<Node>,
    )>,
    Or<(
        Changed<TextLayoutInfo>,
        Changed<TextColor>,
        Changed<BackgroundColor>,
        Changed<BorderColor>,
        Changed<Outline>,
        Changed<BackgroundGradient>,
        Changed<BorderGradient>,
        Changed<BoxShadow>,
        Changed<ImageNode>,
    )>,
)>;

fn wake_on_change(
    changed: Query<&ComputedUiTargetCamera, LooksChanged>,
    mut cameras: Query<&mut Redraw>,
) {
    for target in &changed {
        wake(target, &mut cameras);
    }
}

/// A picture on a panel may load, or be written, long after its node was laid out.
fn wake_on_image(
    mut events: MessageReader<AssetEvent<Image>>,
    pictures: Query<(&ImageNode, &ComputedUiTargetCamera)>,
    mut cameras: Query<&mut Redraw>,
) {
    for event in events.read() {
        let (AssetEvent::Added { id } | AssetEvent::Modified { id }) = event else {
            continue;
        };
        for (_, target) in pictures.iter().filter(|(picture, _)| picture.image.id() == *id) {
            wake(target, &mut cameras);
        }
    }
}

/// What is removed is gone from the queries of [`wake_on_change`].
fn wake_on_loss(
    remove: On<Remove, ComputedUiTargetCamera>,
    targets: Query<&ComputedUiTargetCamera>,
    mut cameras: Query<&mut Redraw>,
) {
    if let Ok(target) = targets.get(remove.entity) {
        wake(target, &mut cameras);
    }
}

fn wake(target: &ComputedUiTargetCamera, cameras: &mut Query<&mut Redraw>) {
    if let Some(camera) = target.get()
        && let Ok(mut redraw) = cameras.get_mut(camera)
    {
        redraw.frames_left = FRAMES_AFTER_CHANGE;
    }
}

fn keep_awake(compiling: Res<Compiling>, mut cameras: Query<&mut Redraw>) {
    if !compiling.0.load(Ordering::Relaxed) {
        return;
    }
    for mut redraw in &mut cameras {
        redraw.frames_left = FRAMES_AFTER_CHANGE;
    }
}

/// A hidden panel keeps what it still has to draw until it is shown.
fn draw_or_rest(
    mut cameras: Query<(&mut Camera, &mut Redraw)>,
    panels: Query<&InheritedVisibility>,
) {
    for (mut camera, mut redraw) in &mut cameras {
        let shown = panels.get(redraw.panel).is_ok_and(|seen| seen.get());
        let draws = shown && redraw.frames_left > 0;
        if draws {
            redraw.frames_left -= 1;
        }
        if camera.is_active != draws {
            camera.is_active = draws;
        }
    }
}
