//! A panel is drawn only when something on it has changed; the rest of the time its texture stands.
//!
//! Numbers that change in every frame are drawn as often as they can be read, and never all panels in one frame: what
//! many panels have to show is spread over the frames that follow.

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

use super::{
    contrast::Contrast,
    letters::Typeface,
    paint::{Composer, Pages, WaitingPages},
};

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
                wake_all.run_if(resource_exists_and_changed::<Contrast>),
                wake_on_image.run_if(on_message::<AssetEvent<Image>>),
                count_calm_frames,
                draw_what_is_due,
            )
                .chain()
                .after(UiSystems::PostLayout)
                .after(UiSystems::Stack)
                .after(VisibilitySystems::VisibilityPropagate),
        );
}

/// The shortest time between two drawings of a panel, in seconds: faster numbers cannot be read.
const DRAW_EVERY_SECS: f32 = 0.06;

/// Panels that are drawn in one frame at most.
const PANELS_A_FRAME: usize = 4;

/// Whether a panel still has something to draw.
#[derive(Component, Debug)]
pub(super) struct Redraw {
    panel: Entity,
    /// The root of its tree.
    root: Entity,
    page: AssetId<Image>,
    page_px: UVec2,
    changed: bool,
    /// When it was drawn last, in seconds since the hall opened.
    drawn_secs: f32,
}

impl Redraw {
    pub(super) fn of(panel: Entity, root: Entity, page: AssetId<Image>, page_px: UVec2) -> Self {
        Self { panel, root, page, page_px, changed: true, drawn_secs: f32::NEG_INFINITY }
    }
}

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
    let loaded = letters.is_some_and(|letters| letters.all().all(|font| assets.is_loaded(font)));
    loaded && calm.0 >= CALM
}

fn note_compiling(pipelines: Res<PipelineCache>, compiling: Res<Compiling>) {
    compiling.0.store(pipelines.waiting_pipelines().next().is_some(), Ordering::Relaxed);
}

fn count_calm_frames(
    compiling: Res<Compiling>,
    pages: Res<WaitingPages>,
    mut calm: ResMut<CalmFrames>,
) {
    if compiling.0.load(Ordering::Relaxed) || pages.any() {
        calm.0 = 0;
    } else if calm.0 < CALM {
        calm.0 += 1;
    }
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

/// Every page has other colours.
fn wake_all(mut cameras: Query<&mut Redraw>) {
    cameras.iter_mut().for_each(|mut redraw| redraw.changed = true);
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
        redraw.changed = true;
    }
}

/// A hidden panel keeps what it still has to draw until it is shown.
fn draw_what_is_due(
    time: Res<Time<Real>>,
    mut redraws: Query<&mut Redraw>,
    panels: Query<&InheritedVisibility>,
    composer: Composer,
    mut pages: ResMut<Pages>,
) {
    let now = time.elapsed_secs();
    let mut due: Vec<_> = redraws
        .iter_mut()
        .filter(|redraw| redraw.changed && now - redraw.drawn_secs >= DRAW_EVERY_SECS)
        .filter(|redraw| panels.get(redraw.panel).is_ok_and(|seen| seen.get()))
        .collect();
    // Whoever has waited longest comes first.
    due.sort_by(|a, b| a.drawn_secs.total_cmp(&b.drawn_secs));
    for mut redraw in due.into_iter().take(PANELS_A_FRAME) {
        *redraw = Redraw { changed: false, drawn_secs: now, ..*redraw };
        pages.put(redraw.page, composer.compose(redraw.root, redraw.page_px.as_vec2()));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bevy::time::TimeUpdateStrategy;

    use super::*;
    use crate::world::{
        headless::{frames, hall, lay_out, panel},
        ui::{
            controls::{ButtonKind, ControlText, button},
            panel::{Hung, Panel},
        },
    };

    /// Frames after which everything has been drawn.
    const SETTLED: usize = 60;
    const FRAME_SECS: f32 = 0.02;

    fn hall_with_a_button() -> (App, Hung, Entity) {
        let mut app = hall();
        let every = Duration::from_secs_f32(FRAME_SECS);
        app.insert_resource(TimeUpdateStrategy::ManualDuration(every));
        let hung = panel(&mut app);
        let go =
            app.world_mut().spawn((button("go", "Go", ButtonKind::Plain), ChildOf(hung.root))).id();
        lay_out(&mut app);
        frames(&mut app, SETTLED);
        (app, hung, go)
    }

    /// How often the panel was drawn in these frames.
    fn drawn(app: &mut App, hung: Hung, frames: usize) -> usize {
        let camera = app.world().get::<Panel>(hung.panel).unwrap().camera;
        let secs = |app: &App| app.world().get::<Redraw>(camera).unwrap().drawn_secs;
        (0..frames)
            .filter(|_| {
                let before = secs(app);
                app.update();
                secs(app) != before
            })
            .count()
    }

    #[test]
    fn a_panel_rests_until_something_changes() {
        let (mut app, hung, go) = hall_with_a_button();
        assert_eq!(drawn(&mut app, hung, 10), 0, "nothing has changed for a while");
        app.world_mut().get_mut::<ControlText>(go).unwrap().0 = "Stop".into();
        assert_eq!(drawn(&mut app, hung, SETTLED), 1, "a word has changed");
        app.world_mut().despawn(go);
        assert_eq!(drawn(&mut app, hung, SETTLED), 1, "a control has gone");
        assert_eq!(drawn(&mut app, hung, 10), 0);
    }

    #[test]
    fn a_hidden_panel_waits_with_its_changes() {
        let (mut app, hung, go) = hall_with_a_button();
        app.world_mut().entity_mut(hung.panel).insert(Visibility::Hidden);
        app.update();
        app.world_mut().get_mut::<ControlText>(go).unwrap().0 = "Stop".into();
        assert_eq!(drawn(&mut app, hung, SETTLED), 0);
        app.world_mut().entity_mut(hung.panel).insert(Visibility::Inherited);
        assert_eq!(drawn(&mut app, hung, SETTLED), 1);
    }

    #[test]
    fn words_that_change_all_the_time_are_drawn_as_often_as_they_can_be_read() {
        let (mut app, hung, go) = hall_with_a_button();
        let every = Duration::from_secs_f32(0.01);
        app.insert_resource(TimeUpdateStrategy::ManualDuration(every));
        let mut times = 0;
        for frame in 0..100 {
            app.world_mut().get_mut::<ControlText>(go).unwrap().0 = frame.to_string();
            times += drawn(&mut app, hung, 1);
        }
        let most = (1.0 / DRAW_EVERY_SECS) as usize + 1;
        assert!((most - 3..=most).contains(&times), "{times} times in a second");
    }

    #[test]
    fn many_panels_share_out_the_frames() {
        let mut app = hall();
        let every = Duration::from_secs_f32(FRAME_SECS);
        app.insert_resource(TimeUpdateStrategy::ManualDuration(every));
        let panels: Vec<_> = (0..3 * PANELS_A_FRAME).map(|_| panel(&mut app)).collect();
        lay_out(&mut app);
        frames(&mut app, SETTLED);
        for hung in &panels {
            app.world_mut().get_mut::<BackgroundColor>(hung.root).unwrap().0 = Color::WHITE;
        }
        let drawn_by_now = |app: &mut App| {
            let now = app.world().resource::<Time<Real>>().elapsed_secs();
            let mut redraws = app.world_mut().query::<&Redraw>();
            redraws.iter(app.world()).filter(|redraw| redraw.drawn_secs == now).count()
        };
        let mut each = Vec::new();
        for _ in 0..SETTLED {
            app.update();
            each.push(drawn_by_now(&mut app));
        }
        assert_eq!(each.iter().sum::<usize>(), panels.len(), "{each:?}");
        assert!(each.iter().all(|drawn| *drawn <= PANELS_A_FRAME), "{each:?}");
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
