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

use super::words::Typeface;

pub(super) fn plugin(app: &mut App) {
    let compiling = Compiling::default();
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .insert_resource(compiling.clone())
            .add_systems(Render, note_compiling.in_set(RenderSystems::Cleanup));
    }
    app.insert_resource(compiling)
        .init_resource::<CalmFrames>()
        .add_observer(wake_on_loss)
        .add_systems(
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
#[derive(Resource, Clone, Debug, Default)]
struct Compiling(Arc<AtomicBool>);

/// For how many frames nothing has been compiled.
#[derive(Resource, Clone, Copy, Debug, Default)]
pub struct CalmFrames(u32);

/// What has just appeared asks for its pipelines only a few frames later.
const CALM: u32 = 10;

/// A condition for systems that look at the hall, such as one that takes its picture: the letters are there, and what
/// was in the hall a few frames ago is drawn with all of its parts.
pub fn legible(
    letters: Option<Res<Typeface>>,
    assets: Res<AssetServer>,
    calm: Res<CalmFrames>,
) -> bool {
    let loaded = letters.is_some_and(|letters| {
        [&letters.regular, &letters.semibold].iter().all(|&font| assets.is_loaded(font))
    });
    loaded && calm.0 >= CALM
}

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

fn keep_awake(
    compiling: Res<Compiling>,
    mut calm: ResMut<CalmFrames>,
    mut cameras: Query<&mut Redraw>,
) {
    if !compiling.0.load(Ordering::Relaxed) {
        calm.0 = calm.0.saturating_add(1);
        return;
    }
    calm.0 = 0;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::{
        headless::{frames, hall, lay_out, panel},
        ui::{
            controls::{ButtonKind, Words, button},
            panel::{Hung, Panel},
        },
    };

    const SETTLED: usize = 60;

    fn hall_with_a_button() -> (App, Hung, Entity) {
        let mut app = hall();
        let hung = panel(&mut app);
        let go =
            app.world_mut().spawn((button("go", "Go", ButtonKind::Plain), ChildOf(hung.root))).id();
        lay_out(&mut app);
        frames(&mut app, SETTLED);
        (app, hung, go)
    }

    fn draws(app: &App, hung: Hung) -> bool {
        let camera = app.world().get::<Panel>(hung.panel).unwrap().camera;
        app.world().get::<Camera>(camera).unwrap().is_active
    }

    #[test]
    fn a_panel_rests_until_something_changes() {
        let (mut app, hung, go) = hall_with_a_button();
        assert!(!draws(&app, hung), "nothing has changed for a while");
        app.world_mut().get_mut::<Words>(go).unwrap().0 = "Stop".into();
        app.update();
        assert!(draws(&app, hung), "a word has changed");
        frames(&mut app, SETTLED);
        assert!(!draws(&app, hung));
        app.world_mut().despawn(go);
        app.update();
        assert!(draws(&app, hung), "a control has gone");
        frames(&mut app, SETTLED);
        assert!(!draws(&app, hung));
    }

    #[test]
    fn a_hidden_panel_waits_with_its_changes() {
        let (mut app, hung, go) = hall_with_a_button();
        app.world_mut().entity_mut(hung.panel).insert(Visibility::Hidden);
        app.update();
        app.world_mut().get_mut::<Words>(go).unwrap().0 = "Stop".into();
        for _ in 0..10 {
            app.update();
            assert!(!draws(&app, hung));
        }
        app.world_mut().entity_mut(hung.panel).insert(Visibility::Inherited);
        app.update();
        assert!(draws(&app, hung));
    }

    #[test]
    fn a_panel_that_goes_takes_its_page_and_camera() {
        let (mut app, hung, go) = hall_with_a_button();
        let camera = app.world().get::<Panel>(hung.panel).unwrap().camera;
        app.world_mut().despawn(hung.panel);
        app.update();
        for gone in [hung.root, camera, go] {
            assert!(app.world().get_entity(gone).is_err());
        }
    }
}
