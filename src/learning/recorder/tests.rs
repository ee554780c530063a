//! What snapshots hold, how often they come, and what dear tensors cost the others.

use super::*;
use crate::{
    learning::{Outline, StepOrder, Stepped, TrainError},
    stream::{
        Axis, Example, ExhibitId, Fact, GraphBuilder, LayerId, Level, Material, ModelGraph, Shape,
        Span, Stage, Subscription, ViewerEnd, connect,
    },
};

const UNITS: LayerId = LayerId::new("units");
const WEIGHTS: LayerId = LayerId::new("weights");
const SHAPE: Shape = Shape::maps(1, 64, 64);

/// Offers two tensors; making the second takes as long as it is told, and it has as many rows and columns.
struct Two(Duration, usize);

impl Trainable for Two {
    fn outline(&self) -> Outline {
        let example = Example { one: "step", many: "steps" };
        Outline::plain(ExhibitId::new("two"), example, 1, 1)
    }

    fn material(&self) -> Material {
        Material::plain(crate::learning::trainable::NoVerdict)
    }

    fn begin(&mut self, _: u64, _: &mut dyn FnMut(Stage, Vec<Fact>)) -> Result<(), TrainError> {
        Ok(())
    }

    fn step(&mut self, _: StepOrder) -> Result<Stepped, TrainError> {
        Err(TrainError::CannotChange)
    }

    fn show(&mut self, _: &InputChoice, taps: &mut Taps) -> Result<Readout, TrainError> {
        taps.tap(UNITS, SHAPE, Span::Signed, &vec![1.0; SHAPE.len()]);
        if taps.wants(WEIGHTS) {
            std::thread::sleep(self.0);
            let shape = Shape::maps(1, self.1, self.1);
            taps.tap(WEIGHTS, shape, Span::Signed, &vec![2.0; shape.len()]);
        }
        Ok(Readout::default())
    }
}

fn graph() -> ModelGraph {
    graph_of(64)
}

/// The same with so many rows and columns of weights.
fn graph_of(side: usize) -> ModelGraph {
    let mut graph = GraphBuilder::default();
    for (name, side) in [(UNITS, 64), (WEIGHTS, side)] {
        let dims = [Axis::Row.of(side), Axis::Column.of(side)];
        graph.tensor(name, crate::stream::Role::Parameter, &dims);
    }
    graph.build().unwrap()
}

fn recorder(per_second: f32) -> (Recorder, ViewerEnd) {
    let (viewer, trainer) = connect();
    (Recorder::new(trainer.snapshots, per_second, InputChoice::default()), viewer)
}

fn take(recorder: &mut Recorder, trainable: &mut Two, viewer: &ViewerEnd) -> Arc<Snapshot> {
    recorder.take(trainable, (RunId::default(), Step(0)), true);
    viewer.newest_snapshot().unwrap()
}

#[test]
fn only_what_is_looked_at_is_taken_and_as_fine_as_it_is_seen() {
    let (mut recorder, viewer) = recorder(60.0);
    let mut trainable = Two(Duration::ZERO, 64);
    assert_eq!(take(&mut recorder, &mut trainable, &viewer).layers.len(), 2, "everything at first");
    let coarse = Subscription { level: Level(3), ..Subscription::whole(WEIGHTS, 60.0) };
    recorder.subscribe(vec![coarse, Subscription::whole(LayerId::new("ghost"), 60.0)], &graph());
    let snapshot = take(&mut recorder, &mut trainable, &viewer);
    let [part] = snapshot.layers.as_slice() else {
        panic!("{:?}", snapshot.layers);
    };
    assert_eq!((part.layer, part.level(), part.shape), (WEIGHTS, Level(3), Shape::maps(1, 8, 8)));
    recorder.subscribe(Vec::new(), &graph());
    assert!(take(&mut recorder, &mut trainable, &viewer).layers.is_empty());
}

#[test]
fn a_large_network_is_coarse_until_somebody_looks() {
    let (mut recorder, viewer) = recorder(60.0);
    let side = 4096;
    recorder.overlook(&graph_of(side));
    let mut trainable = Two(Duration::ZERO, side);
    let snapshot = take(&mut recorder, &mut trainable, &viewer);
    assert!(snapshot.layer(UNITS).is_some());
    let weights = snapshot.parts(WEIGHTS).next().unwrap();
    assert!(weights.level() > Level::FINEST && weights.values.len() <= 1 << 14);
    // Nobody's wishes are overlooked.
    recorder.subscribe(vec![Subscription::whole(WEIGHTS, 60.0)], &graph_of(side));
    recorder.overlook(&graph_of(side));
    // At a pause, as while the training goes on it has to pay for itself first.
    recorder.take(&mut trainable, (RunId::default(), Step(0)), false);
    assert!(viewer.newest_snapshot().unwrap().layer(WEIGHTS).is_some());
}

#[test]
fn what_is_wanted_seldom_rides_along_now_and_then() {
    let (mut recorder, viewer) = recorder(1000.0);
    let mut trainable = Two(Duration::ZERO, 64);
    let often = Subscription::whole(UNITS, 1000.0);
    recorder.subscribe(vec![often, Subscription::whole(WEIGHTS, 0.01)], &graph());
    let first = take(&mut recorder, &mut trainable, &viewer);
    assert!(first.layer(UNITS).is_some() && first.layer(WEIGHTS).is_some());
    let second = take(&mut recorder, &mut trainable, &viewer);
    assert!(second.layer(UNITS).is_some() && second.layer(WEIGHTS).is_none());
}

#[test]
fn what_costs_too_much_comes_more_seldom() {
    let (mut recorder, viewer) = recorder(60.0);
    let mut trainable = Two(Duration::from_millis(60), 64);
    recorder.subscribe(vec![Subscription::whole(WEIGHTS, 60.0)], &graph());
    let before = Instant::now();
    for _ in 0..2 {
        // What takes long here is not its copying, which alone is less where it is coarser.
        let snapshot = take(&mut recorder, &mut trainable, &viewer);
        assert_eq!(snapshot.layers[0].level(), Level::FINEST);
    }
    assert!(!recorder.due(before + Duration::from_millis(1300)), "a 25th of the time");
    assert!(recorder.due(before + Duration::from_secs(60)));
}

#[test]
fn what_takes_long_to_copy_is_sent_coarser() {
    let now = Instant::now();
    let mut lane = Lane {
        wanted: Some(vec![Subscription::whole(WEIGHTS, 60.0)]),
        per_second: 60.0,
        weight: 1.0,
        coarser: 0,
        next: now,
    };
    let (long, none) = (Duration::from_millis(60), Duration::ZERO);
    lane.put_off((now, now), (none, long), 60.0, 0.04);
    assert_eq!(lane.coarser, 0);
    assert!(lane.next > now + Duration::from_secs(1), "whatever it pays for keeps it off");
    lane.put_off((now, now), (long, none), 60.0, 0.04);
    assert!(lane.subscriptions(true).all(|one| one.level == Level(1)));
    assert!(
        lane.subscriptions(false).all(|one| one.level == Level::FINEST),
        "at a pause it is all there"
    );
    lane.put_off((now, now), (none, long), 60.0, 0.04);
    assert_eq!(lane.coarser, 0, "it no longer is dear");
}

#[test]
fn one_dear_tensor_does_not_slow_the_others() {
    let (mut recorder, viewer) = recorder(60.0);
    let mut trainable = Two(Duration::ZERO, 4096);
    let wanted = [UNITS, WEIGHTS].map(|name| Subscription::whole(name, 60.0));
    recorder.subscribe(wanted.into(), &graph());
    assert_eq!(take(&mut recorder, &mut trainable, &viewer).layers.len(), 2);
    let next = take(&mut recorder, &mut trainable, &viewer);
    assert!(next.layer(UNITS).is_some() && next.layer(WEIGHTS).is_none());
    // Nor does it when other levels are asked for, or another input.
    let coarser = wanted.map(|one| Subscription { level: Level(1), ..one });
    recorder.subscribe(coarser.into(), &graph());
    recorder.watch(InputChoice::Test(3));
    let next = take(&mut recorder, &mut trainable, &viewer);
    assert!(next.parts(UNITS).count() == 1 && next.parts(WEIGHTS).count() == 0);
}

#[test]
fn nothing_is_made_for_a_room_that_has_not_taken_the_last_ones() {
    let (mut recorder, viewer) = recorder(1e6);
    let mut trainable = Two(Duration::ZERO, 64);
    let later = || Instant::now() + Duration::from_secs(60);
    for _ in 0..2 {
        assert!(recorder.due(later()));
        recorder.take(&mut trainable, (RunId::default(), Step(0)), true);
    }
    assert!(!recorder.due(later()));
    assert!(viewer.newest_snapshot().is_some());
    assert!(recorder.due(later()));
}
