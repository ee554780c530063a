//! What a frame of the render world is spent on, told by marks between its parts.

use std::time::Duration;

use bevy::{
    prelude::*,
    render::{
        Render, RenderApp, RenderSystems,
        renderer::{RenderGraph, RenderGraphSystems},
    },
};

use crate::clock::Clock;

/// The parts of a frame of the render world, in their order, after extraction.
pub(crate) const PARTS: [&str; 5] = ["assets", "prepare", "panels", "views", "submit"];

/// When each part ended in the last frame, and when the first began.
#[derive(Resource)]
pub(crate) struct Marks {
    clock: Clock,
    at: [Duration; PARTS.len() + 1],
}

impl Marks {
    /// Milliseconds of each part.
    pub(crate) fn ms(&self) -> [f64; PARTS.len()] {
        std::array::from_fn(|part| {
            self.at[part + 1].saturating_sub(self.at[part]).as_secs_f64() * 1e3
        })
    }
}

fn mark(place: usize) -> impl Fn(ResMut<Marks>) {
    move |mut marks| marks.at[place] = marks.clock.of_thread()
}

pub(crate) fn prepare(app: &mut App, clock: Clock) {
    let Some(render) = app.get_sub_app_mut(RenderApp) else {
        return;
    };
    render
        .insert_resource(Marks { clock, at: default() })
        .add_systems(
            Render,
            (
                mark(0).before(RenderSystems::ExtractCommands),
                mark(1).after(RenderSystems::PrepareAssets).before(RenderSystems::CreateViews),
            ),
        )
        .add_systems(
            RenderGraph,
            (
                mark(2).before(RenderGraphSystems::Begin),
                mark(3).after(RenderGraphSystems::Begin).before(RenderGraphSystems::Render),
                mark(4).after(RenderGraphSystems::Render).before(RenderGraphSystems::Submit),
                mark(5).after(RenderGraphSystems::Submit),
            ),
        );
}
