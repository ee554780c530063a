//! What is seen of the network is subscribed to: each tensor as fine as its nearest view shows it, and what nobody sees
//! coarse and seldom, so that the way back in time knows a little of everything.

use bevy::prelude::*;

use super::{
    Head, WorldSystems,
    display::Field,
    interaction::aim::AimedAt,
    link::{Ask, ShownRun},
    stage::ActiveExhibit,
};
use crate::stream::{Command, LayerId, Level, ModelGraph, Role, Subscription, TensorSpec};

/// How often what is seen may be sent, at most.
const MOST: f32 = 60.0;
/// How often what nobody sees is sent.
const SELDOM: f32 = 1.0;
/// Numbers that are sent whole and always: they cost nothing, and arithmetic needs them.
const FEW: usize = 4096;
/// Cells of what nobody sees.
const UNSEEN_CELLS: usize = 1 << 14;
/// The angle that a pixel of a headset spans, in radians: about twenty to a degree.
const PIXEL_RAD: f32 = 0.000_87;
/// How often one looks what is seen, in seconds.
const LOOK_EVERY_SECS: f32 = 0.25;

pub(super) fn plugin(app: &mut App) {
    // Between the two, so that nobody who asks or listens meanwhile stands beside it.
    app.add_systems(Update, subscribe.after(WorldSystems::Steer).before(WorldSystems::Arrange));
}

/// A view of this tensor; while it can be seen, the tensor is subscribed to.
#[derive(Component, Clone, Copy, Debug, PartialEq, Eq)]
#[require(Visibility)]
pub struct Shows(pub LayerId);

/// Asks for what is seen now, whenever that is something else than before.
#[expect(clippy::too_many_arguments, reason = "what is seen is known in many places")]
fn subscribe(
    time: Res<Time<Real>>,
    run: Res<ShownRun>,
    playing: Option<Res<ActiveExhibit>>,
    head: Option<Single<&GlobalTransform, With<Head>>>,
    views: Query<(Entity, &Shows, &InheritedVisibility, &GlobalTransform, Option<&Field>)>,
    aims: Query<&AimedAt>,
    mut next_secs: Local<f32>,
    mut asked: Local<Option<Vec<Subscription>>>,
    mut asks: MessageWriter<Ask>,
) {
    if playing.is_some_and(|playing| playing.is_changed()) {
        // Another trainer has not been asked yet.
        *asked = None;
    }
    // Of what declares no tensors everything comes.
    let declared = run.0.graph().filter(|graph| !graph.tensors().is_empty());
    let Some(graph) = declared.filter(|_| time.elapsed_secs() >= *next_secs) else {
        return;
    };
    *next_secs = time.elapsed_secs() + LOOK_EVERY_SECS;
    let eye = head.map_or(Vec3::ZERO, |head| head.translation());
    let level = |(view, _, _, place, field): (Entity, _, _, &GlobalTransform, Option<&Field>)| {
        let aimed = aims.iter().any(|aim| aim.0.is_some_and(|hit| hit.surface == view));
        match field.filter(|_| !aimed) {
            Some(field) => fine_enough(field, place.translation().distance(eye)),
            None => Level::FINEST,
        }
    };
    let seen = |tensor: LayerId| {
        let of_it =
            views.iter().filter(|(_, shows, visible, ..)| shows.0 == tensor && visible.get());
        of_it.map(level).min()
    };
    let wanted = subscriptions(graph, seen);
    if asked.as_ref() != Some(&wanted) {
        asks.write(Ask(Command::Subscribe(wanted.clone())));
        *asked = Some(wanted);
    }
}

/// The coarsest level whose cells are no larger than a pixel.
fn fine_enough(field: &Field, away_m: f32) -> Level {
    let cell_m = (field.size() / field.layout().size_cells().as_vec2()).min_element();
    let cells = (away_m * PIXEL_RAD / cell_m).max(1.0);
    Level(cells.log2() as u8)
}

/// What to ask for of a network, where `seen` says how fine a tensor is seen, if it is.
fn subscriptions(graph: &ModelGraph, seen: impl Fn(LayerId) -> Option<Level>) -> Vec<Subscription> {
    let of = |tensor: &TensorSpec| {
        let name = tensor.name;
        // What is worked out to be shown has no neighbours that a mean would make sense of.
        if tensor.len() <= FEW || tensor.role == Role::Statistic {
            return Subscription::whole(name, MOST);
        }
        match seen(name) {
            Some(level) => Subscription { level, ..Subscription::whole(name, MOST) },
            None => Subscription::little(name, tensor.shape(), UNSEEN_CELLS, SELDOM),
        }
    };
    // Constants came with the graph.
    graph.tensors().iter().filter(|tensor| tensor.role != Role::Constant).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::{Axis, GraphBuilder, Shape};

    const UNITS: LayerId = LayerId::new("units");
    const WEIGHTS: LayerId = LayerId::new("weights");
    const PLACES: LayerId = LayerId::new("places");

    fn graph() -> ModelGraph {
        let mut graph = GraphBuilder::default();
        graph.tensor(LayerId::new("bias"), Role::Parameter, &[Axis::Feature.of(10)]);
        graph.tensor(
            UNITS,
            Role::Activation,
            &[Axis::Channel.of(8), Axis::Row.of(100), Axis::Column.of(100)],
        );
        graph.signed(WEIGHTS, Role::Parameter, &[Axis::Feature.of(4000), Axis::Feature.of(1000)]);
        graph.signed(PLACES, Role::Statistic, &[Axis::Item.of(9000), Axis::Coordinate.of(3)]);
        graph.build().unwrap()
    }

    #[test]
    fn what_is_seen_comes_often_and_the_rest_seldom_and_coarse() {
        let seen = |tensor| (tensor == UNITS).then_some(Level(1));
        let wanted = subscriptions(&graph(), seen);
        let told: Vec<_> =
            wanted.iter().map(|one| (one.tensor.name(), one.level.0, one.per_second)).collect();
        assert_eq!(
            told,
            [("bias", 0, 60.0), ("units", 1, 60.0), ("weights", 4, 1.0), ("places", 0, 60.0)]
        );
        let cells = wanted[2].level.cells(Shape::maps(1, 4000, 1000)).len();
        assert!(cells <= UNSEEN_CELLS, "{cells}");
    }

    #[test]
    fn a_view_asks_for_cells_of_a_pixel() {
        let field = Field::new(crate::world::display::FieldLayout::single(100, 100), 1.0);
        assert_eq!(fine_enough(&field, 2.0), Level::FINEST);
        assert_eq!(fine_enough(&field, 30.0), Level(1));
        assert_eq!(fine_enough(&field, 100.0), Level(3));
    }
}
