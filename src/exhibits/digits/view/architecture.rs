//! The sizes of the network that is on the stage, as its run declares them: whatever shows it follows them.

use std::sync::Arc;

use bevy::prelude::*;

use crate::{
    exhibits::digits::{FILTER_WEIGHTS, payload::Architecture},
    stream::ModelGraph,
    world::{WorldSystems, inspect::Unit, link::ShownRun},
};

pub(super) fn plugin(app: &mut App) {
    app.init_resource::<Staged>()
        .add_systems(Update, follow_graph.in_set(WorldSystems::Steer).in_set(super::ON_STAGE));
}

/// The network on the stage; it changes only when another one is declared.
#[derive(Resource, Default)]
pub(super) struct Staged {
    graph: Arc<ModelGraph>,
    sizes: Option<Architecture>,
}

impl Staged {
    /// Its sizes, once it is declared.
    pub(super) fn sizes(&self) -> Option<Architecture> {
        self.sizes
    }

    /// That of a graph, for tests of views.
    #[cfg(test)]
    pub(super) fn new(graph: ModelGraph) -> Self {
        let sizes = Architecture::of(&graph);
        Self { graph: Arc::new(graph), sizes }
    }

    /// Its graph; an empty one until it is declared.
    pub(super) fn graph(&self) -> &ModelGraph {
        &self.graph
    }

    /// The filter that made a map of a layer, where `map` is one of its maps.
    pub(super) fn filter_of(&self, unit: Unit) -> usize {
        let Some(sizes) = self.sizes else {
            return unit.map;
        };
        match unit.layer {
            FILTER_WEIGHTS => unit.map / sizes.channels.max(1),
            _ => unit.map % sizes.filters.max(1),
        }
    }
}

fn follow_graph(run: Res<ShownRun>, mut staged: ResMut<Staged>) {
    let Some(graph) = run.0.graph().filter(|graph| !Arc::ptr_eq(graph, &staged.graph)) else {
        return;
    };
    // A graph that says the same, as after a restart, changes nothing that is shown.
    if **graph == *staged.graph {
        staged.bypass_change_detection().graph = graph.clone();
    } else {
        let sizes = Architecture::of(graph);
        *staged = Staged { graph: graph.clone(), sizes };
    }
}

#[cfg(test)]
pub(super) mod fixtures {
    use super::*;
    use crate::{
        exhibits::digits::{DENSE_WEIGHTS, INPUT, LOGITS, POOLED},
        stream::{Axis, GraphBuilder, Op, Role},
    };

    /// MNIST's pooled maps and the dense layer that reads them.
    pub(in crate::exhibits::digits::view) fn pooled_and_dense() -> Staged {
        let maps = |maps, side| [Axis::Channel.of(maps), Axis::Row.of(side), Axis::Column.of(side)];
        let mut graph = GraphBuilder::default();
        graph.tensor(INPUT, Role::Input, &maps(1, 28));
        graph.tensor(FILTER_WEIGHTS, Role::Parameter, &maps(32, 3));
        let pooled = graph.tensor(POOLED, Role::Activation, &maps(32, 13));
        let [channel, row, column] = maps(32, 13);
        let class = Axis::Class.of(10);
        let dense = graph.tensor(DENSE_WEIGHTS, Role::Parameter, &[class, channel, row, column]);
        let logits = graph.tensor(LOGITS, Role::Activation, &[class]);
        graph.node("pooling", Op::Reshape, &[], &[pooled]);
        graph.node("dense", Op::Linear, &[pooled, dense], &[logits]);
        Staged::new(graph.build().unwrap_or_default())
    }
}
