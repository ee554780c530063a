//! How the hall is drawn: one pass for both eyes and one for the window, straight into the picture that is shown.
//!
//! The hall is a hundred meshes, most with a shader of their own, and no light that moves. So it has a renderer of its
//! own on Bevy's graphics device, meshes and images: no lights, clusters, shadows or prepasses are looked after; what
//! is drawn is collected once for all eyes (`collect`), culled, ordered and drawn in one render pass for both of them,
//! where the device can (`stereo`), whose samples are resolved into the runtime's or the window's own picture (`pass`).
//! Nothing is copied after it.
//!
//! A mesh is drawn if it has a [`MeshMaterial3d`] of a [`Material`] whose [`MaterialPlugin`] was added. Shaders find
//! the eye, the instance and common vertices in `shaders/view.wgsl`.

mod collect;
mod compile;
mod gpu_clock;
mod instances;
mod material;
mod pass;
mod pipelines;
mod plain;
mod stereo;
mod targets;

use bevy::{
    ecs::schedule::ScheduleLabel,
    prelude::*,
    render::{
        ExtractSchedule, Render, RenderApp, RenderStartup, RenderSystems,
        camera::CameraRenderGraph,
        renderer::{RenderGraph, RenderGraphSystems},
        view::prepare_view_targets,
    },
};

pub use collect::MaterialPlugin;
pub use gpu_clock::{GpuTime, read_gpu_time};
pub use material::{Material, MeshMaterial3d, Opacity};
pub use pass::{Drawn, ViewDrawn};
pub use plain::PlainMaterial;
pub use stereo::{StereoTarget, draws_both_eyes_at_once, hang_eyes};

/// What Bevy runs for a camera of the hall: nothing, since [`pass`] draws all of them at once.
#[derive(ScheduleLabel, Clone, Debug, PartialEq, Eq, Hash)]
struct DrawnTogether;

/// Makes a camera draw the hall.
pub fn draws_the_hall() -> impl Bundle {
    (Camera3d::default(), CameraRenderGraph::new(DrawnTogether))
}

pub fn plugin(app: &mut App) {
    if let Some(render) = app.get_sub_app_mut(RenderApp) {
        render
            .init_resource::<collect::Drawables>()
            .init_resource::<pipelines::Pipelines>()
            .init_resource::<targets::Targets>()
            .init_resource::<Drawn>()
            .add_systems(RenderStartup, (instances::prepare, compile::prepare))
            .add_systems(
                ExtractSchedule,
                compile::follow_shaders.run_if(resource_exists::<compile::Compiler>),
            )
            .add_systems(Render, targets::leave_out_bevys.before(prepare_view_targets))
            .add_systems(Render, collect::clear.in_set(RenderSystems::Cleanup))
            .add_systems(
                RenderGraph,
                (
                    pass::draw.in_set(RenderGraphSystems::Render),
                    pass::submit.in_set(RenderGraphSystems::Submit),
                ),
            );
    }
    gpu_clock::install(app);
    app.add_plugins(plain::plugin);
}
