//! The whole of Bevy without a window and without a GPU, for tests of panels and controls.

use std::time::{Duration, Instant};

use bevy::{
    app::TerminalCtrlCHandlerPlugin,
    asset::io::AssetSourceBuilder,
    ecs::system::RunSystemOnce,
    log::LogPlugin,
    prelude::*,
    render::{
        RenderPlugin,
        settings::{RenderCreation, WgpuSettings},
        sync_world::SyncWorldPlugin,
    },
    winit::WinitPlugin,
};

use super::ui::{
    controls::ControlFinder,
    legible,
    panel::{Hanger, Hung, PanelPlan},
};

pub(crate) fn hall() -> App {
    hall_with(|_| {})
}

/// The same with more plugins, which can be added only before the app is finished.
pub(crate) fn hall_with(more: impl FnOnce(&mut App)) -> App {
    let folder = env!("CARGO_MANIFEST_DIR");
    let mut app = App::new();
    app.register_asset_source(
        "shaders",
        AssetSourceBuilder::platform_default(&format!("{folder}/shaders"), None),
    )
    .add_plugins(
        DefaultPlugins
            .set(AssetPlugin { file_path: format!("{folder}/assets"), ..default() })
            .set(RenderPlugin {
                render_creation: RenderCreation::Automatic(Box::new(WgpuSettings {
                    backends: None,
                    ..default()
                })),
                ..default()
            })
            .disable::<WinitPlugin>()
            .disable::<LogPlugin>()
            .disable::<TerminalCtrlCHandlerPlugin>(),
    )
    // Without a GPU Bevy leaves this out, but cameras still report to it when they go.
    .add_plugins(SyncWorldPlugin)
    .add_plugins((super::draw::plugin, super::interaction::plugin, super::ui::plugin));
    more(&mut app);
    app.finish();
    app.cleanup();
    app
}

/// A panel of 1 m by 0.8 m, read from 1 m and hanging 1 m ahead.
pub(crate) fn panel(app: &mut App) -> Hung {
    let plan = PanelPlan::plate("Test", vec2(1.0, 0.8), 1.0);
    let Ok(hung) = app.world_mut().run_system_once(move |mut hanger: Hanger| hanger.hang(plan))
    else {
        panic!("a panel needs the assets of a hall");
    };
    app.world_mut().entity_mut(hung.panel).insert(Transform::from_xyz(0.0, 0.0, -1.0));
    hung
}

/// Where a point of a control that is seen is in the hall.
#[track_caller]
pub(crate) fn place(app: &mut App, name: &'static str, at: Vec2) -> Vec3 {
    place_if_seen(app, name, at).expect(name)
}

/// The same; nowhere if the control cannot be seen.
pub(crate) fn place_if_seen(app: &mut App, name: &'static str, at: Vec2) -> Option<Vec3> {
    app.world_mut().run_system_once(move |finder: ControlFinder| finder.point(name, at)).ok()?
}

pub(crate) fn frames(app: &mut App, count: usize) {
    for _ in 0..count {
        app.update();
    }
}

/// Goes on until the letters are there and everything is laid out with them.
pub(crate) fn lay_out(app: &mut App) {
    let soon = Instant::now() + Duration::from_secs(20);
    while !app.world_mut().run_system_once(legible).is_ok_and(|legible| legible) {
        assert!(Instant::now() < soon, "the letters in assets/fonts cannot be read");
        app.update();
        std::thread::sleep(Duration::from_millis(1));
    }
    frames(app, 4);
}
