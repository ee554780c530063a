//! Who works on a frame: one thread for each world, and none that is woken for a handful of entities.
//!
//! A frame of the hall is hundreds of systems of some microseconds each. Handing them out costs more than they do:
//! wakes and locks took half of a frame's processor time (see `docs/PERFORMANCE.md`). So the systems of a world run one
//! after the other on its own thread, and queries that would share their work find nobody to share it with.

use bevy::{
    app::{PluginGroupBuilder, TaskPoolOptions, TaskPoolPlugin, TaskPoolThreadAssignmentPolicy},
    ecs::schedule::{Schedules, SingleThreadedExecutor},
    prelude::*,
    render::RenderApp,
};

/// Threads that read files, and those that compile pipelines and wait for answers; neither belongs to a frame.
const BESIDE: usize = 2;

/// Asks for one thread where a frame would be shared.
pub(super) fn few(plugins: PluginGroupBuilder) -> PluginGroupBuilder {
    let exactly = |threads| TaskPoolThreadAssignmentPolicy {
        min_threads: threads,
        max_threads: threads,
        percent: 1.0,
        on_thread_spawn: None,
        on_thread_destroy: None,
    };
    plugins.set(TaskPoolPlugin {
        task_pool_options: TaskPoolOptions {
            min_total_threads: 1,
            max_total_threads: usize::MAX,
            io: exactly(BESIDE),
            async_compute: exactly(BESIDE),
            compute: exactly(1),
        },
    })
}

/// Lets every schedule of both worlds run on the thread of its world.
pub(super) struct OneThreadEach;

impl Plugin for OneThreadEach {
    fn build(&self, _: &mut App) {}

    fn finish(&self, app: &mut App) {
        in_turn(app.world_mut());
        if let Some(render) = app.get_sub_app_mut(RenderApp) {
            in_turn(render.world_mut());
        }
    }
}

fn in_turn(world: &mut World) {
    if let Some(mut schedules) = world.get_resource_mut::<Schedules>() {
        for (_, schedule) in schedules.iter_mut() {
            schedule.set_executor(SingleThreadedExecutor::new());
        }
    }
}
