//! The network as a model at arm's length: a box for each layer, which leads to its plate.

mod blocks;
mod card;
mod cost;
mod family;
mod find;
mod go;
mod grid;
mod hang;
mod lay_out;
mod light;
mod plan;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use bevy::prelude::*;

use self::{grid::Grid, plan::Plan};
use super::{ON_STAGE, plates::PlateSystems};
use crate::{stream::ModelGraph, world::WorldSystems};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Overview>()
        .configure_sets(
            Update,
            // What lies where, what is looked at, and what is seen of both.
            (OverviewSystems::LayOut, OverviewSystems::Look, OverviewSystems::Show)
                .chain()
                .after(PlateSystems)
                .in_set(WorldSystems::Show)
                .in_set(ON_STAGE),
        )
        .add_plugins((
            hang::plugin,
            blocks::plugin,
            lay_out::plugin,
            light::plugin,
            card::plugin,
            go::plugin,
            find::plugin,
        ));
}

/// The order of the overview within a frame, after the plates hang.
#[derive(SystemSet, Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum OverviewSystems {
    LayOut,
    Look,
    Show,
}

/// What lies on the board, and what of it matters now; boxes are told by their place in the order of computation.
#[derive(Resource, Default)]
struct Overview {
    /// The graph that it is of.
    graph: Arc<ModelGraph>,
    plan: Plan,
    grid: Grid,
    /// The box that an aim is on.
    pointed: Option<usize>,
    /// Where in the walk-through the visitor is.
    here: Option<Here>,
    /// The boxes whose names have the letters that are typed.
    found: Vec<usize>,
    /// The box that led the visitor elsewhere last, and to which point (x, z) of the floor.
    went: Option<(usize, Vec2)>,
}

impl Overview {
    /// The boxes of layers whose names have these letters, in the order of computation.
    fn called(&self, letters: &str) -> Vec<usize> {
        let wanted = letters.trim().to_lowercase();
        let boxes = self.plan.boxes.iter().enumerate().filter(|_| !wanted.is_empty());
        let has_them = |place: &plan::Place| {
            let node = self.graph.nodes().get(place.node);
            node.is_some_and(|node| node.path.to_lowercase().contains(&wanted))
        };
        boxes.filter(|(_, place)| has_them(place)).map(|(at, _)| at).collect()
    }
}

/// Where in the walk-through a visitor is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Here {
    /// At a plate, by its place among them.
    Plate(usize),
    /// Before the plate of a box that led there.
    Box(usize),
}

/// The board of the model: what is aimed at.
#[derive(Component)]
struct Board;

/// The boxes of the model, all of them or those that are lit.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
enum Boxes {
    All,
    Lit,
}

/// The lines between them.
#[derive(Component)]
struct Ways;

/// The field that takes the letters of a name.
#[derive(Component)]
struct FindField;
