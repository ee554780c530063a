//! Takes snapshots of a trainable as they are subscribed to, and measures what that costs.

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use super::{Readout, Trainable, taps::Taps};
use crate::stream::{
    InputChoice, LayerId, MOST_SUBSCRIPTIONS, ModelGraph, RunId, Snapshot, SnapshotQueue, Step,
    Subscription, WatchCost,
};

/// The most of the training's time that snapshots may take while it goes on, as a share: what is left of the 5 % that
/// watching may cost is for handing them over.
const MOST_SHARE: f64 = 0.04;
/// What comes more seldom than this because it costs so much is sent coarser.
const SELDOM: Duration = Duration::from_secs(1);
/// How much more a level finer may cost.
const FINER_COSTS: f64 = 6.0;

/// Decides when a snapshot is due and what it holds, and keeps the bill.
pub(super) struct Recorder {
    /// The input that is shown.
    input: InputChoice,
    /// The last input that could be shown.
    good_input: InputChoice,
    /// No more than this of anything.
    per_second: f32,
    /// What is looked at, together what is wanted equally often, the most frequent first.
    lanes: Vec<Lane>,
    snapshots: SnapshotQueue,
    taken: u64,
    dropped_before: u64,
    watching: Duration,
}

/// What is wanted equally often.
struct Lane {
    /// `None` is everything.
    wanted: Option<Vec<Subscription>>,
    per_second: f32,
    /// What its share of the time is worked out from, beside what all get alike.
    weight: f64,
    /// How many levels coarser than asked it is sent, since it costs too much.
    coarser: u8,
    next: Instant,
}

impl Lane {
    /// What it takes now.
    fn subscriptions(&self) -> impl Iterator<Item = Subscription> {
        let wanted = self.wanted.iter().flatten();
        wanted.map(|one| Subscription { level: one.level.coarser(self.coarser), ..*one })
    }

    /// Whether it holds this tensor, and may be asked to take it coarser.
    fn holds(&self, tensor: LayerId) -> bool {
        self.wanted.iter().flatten().any(|one| one.tensor == tensor)
    }

    /// When it comes next, after it took so long; a late one does not hurry those after it, and a costly one is kept off.
    fn put_off(
        &mut self,
        (start, now): (Instant, Instant),
        took: Duration,
        most_per_second: f32,
        share: f64,
    ) {
        let per_second = self.per_second.min(most_per_second);
        let period = Duration::from_secs_f32((1.0 / per_second).min(3600.0));
        let rest = took.mul_f64(1.0 / share - 1.0);
        self.next = (self.next + period).max(start).max(now + rest);
        if rest > SELDOM && self.wanted.is_some() {
            self.coarser = self.coarser.saturating_add(1);
        } else if rest.mul_f64(FINER_COSTS) < SELDOM {
            self.coarser = self.coarser.saturating_sub(1);
        }
    }
}

/// A rate that can be kept; what is not positive is none.
fn rate(per_second: f32) -> f32 {
    if per_second.is_finite() { per_second.max(0.0) } else { 0.0 }
}

impl Recorder {
    pub(super) fn new(snapshots: SnapshotQueue, per_second: f32, input: InputChoice) -> Self {
        let all = Lane {
            wanted: None,
            per_second: f32::MAX,
            weight: 1.0,
            coarser: 0,
            next: Instant::now(),
        };
        let mut recorder = Self {
            good_input: input.clone(),
            input,
            per_second: 0.0,
            lanes: vec![all],
            snapshots,
            taken: 0,
            dropped_before: 0,
            watching: Duration::ZERO,
        };
        recorder.set_rate(per_second);
        recorder
    }

    /// Begins a new bill for a new run.
    pub(super) fn start(&mut self) {
        self.taken = 0;
        self.watching = Duration::ZERO;
        self.dropped_before = self.snapshots.dropped();
        self.hurry();
    }

    /// Takes at most so many snapshots a second from now on.
    pub(super) fn set_rate(&mut self, per_second: f32) {
        self.per_second = rate(per_second);
        self.hurry();
    }

    /// Takes these parts of tensors from now on, beginning with the next step; what `graph` does not know is passed over.
    pub(super) fn subscribe(&mut self, wanted: Vec<Subscription>, graph: &ModelGraph) {
        let mut by_rate: BTreeMap<u32, Vec<Subscription>> = BTreeMap::new();
        // Whoever walks about asks for other levels again and again: what goes its own way comes when it has paid for itself.
        let apart = self.lanes.extract_if(.., |lane| lane.weight <= 0.0);
        let mut apart: Vec<_> = apart.map(|lane| (lane, Vec::new())).collect();
        for one in wanted.into_iter().take(MOST_SUBSCRIPTIONS) {
            let per_second = rate(one.per_second);
            if !graph.tensors().is_empty() && graph.called(one.tensor).is_none() {
                tracing::warn!("the model has no tensor “{}”", one.tensor.name());
            } else if per_second > 0.0 {
                match apart.iter_mut().find(|(lane, _)| lane.holds(one.tensor)) {
                    Some((_, kept)) => kept.push(one),
                    // Positive numbers are in the order of their bits.
                    None => by_rate.entry(per_second.to_bits()).or_default().push(one),
                }
            }
        }
        if by_rate.is_empty() {
            // What the model says to the input is always looked at.
            by_rate.insert(f32::MAX.to_bits(), Vec::new());
        }
        let next = Instant::now();
        self.lanes = by_rate
            .into_iter()
            .rev()
            .map(|(bits, wanted)| Lane {
                // What was too dear stays coarse until it has shown that it no longer is.
                coarser: self.coarser_of(&wanted),
                wanted: Some(wanted),
                per_second: f32::from_bits(bits),
                weight: f64::from(f32::from_bits(bits)),
                next,
            })
            .collect();
        let apart = apart.into_iter().filter(|(_, kept)| !kept.is_empty());
        self.lanes.extend(apart.map(|(lane, kept)| Lane { wanted: Some(kept), ..lane }));
    }

    fn coarser_of(&self, wanted: &[Subscription]) -> u8 {
        let lanes =
            self.lanes.iter().filter(|lane| wanted.iter().any(|one| lane.holds(one.tensor)));
        lanes.map(|lane| lane.coarser).max().unwrap_or(0)
    }

    /// Shows another input from now on, beginning with the next step: whoever asks waits for it.
    pub(super) fn watch(&mut self, input: InputChoice) {
        self.input = input;
        self.hurry();
    }

    /// What is looked at most comes with the next step; the rest still has to pay for itself.
    fn hurry(&mut self) {
        if let Some(first) = self.lanes.first_mut() {
            first.next = Instant::now();
        }
    }

    /// Whether the next step should be pictured: somebody looks, has taken the last ones, and it is time.
    ///
    /// The most frequent is in every snapshot, so that what is looked at most is never missing beside something else.
    pub(super) fn due(&self, now: Instant) -> bool {
        self.per_second > 0.0
            && self.lanes.first().is_some_and(|lane| now >= lane.next)
            && self.snapshots.has_credit()
    }

    /// The share of training that each may take: most of it by how often it is wanted, the rest for all alike.
    fn shares(&self) -> Vec<f64> {
        let all: f64 = self.lanes.iter().map(|lane| lane.weight).sum();
        let alike = 0.2 / self.lanes.len().max(1) as f64;
        self.lanes.iter().map(|lane| MOST_SHARE * (alike + 0.8 * lane.weight / all)).collect()
    }

    /// Takes a snapshot of what is due and offers it; a trainable that cannot show the input keeps the one before it.
    ///
    /// The bill is for those that a step waits for: before the first, at a pause and after the last nothing is held up, so
    /// that all is shown that is looked at.
    pub(super) fn take(
        &mut self,
        trainable: &mut dyn Trainable,
        (run, step): (RunId, Step),
        a_step_waits: bool,
    ) {
        if self.per_second <= 0.0 {
            return;
        }
        let start = Instant::now();
        let is_due = |(at, lane): (usize, &Lane)| at == 0 || !a_step_waits || start >= lane.next;
        let due: Vec<bool> = self.lanes.iter().enumerate().map(is_due).collect();
        let of_due = || self.lanes.iter().zip(&due).filter(|(_, due)| **due).map(|(lane, _)| lane);
        let mut taps = if of_due().any(|lane| lane.wanted.is_none()) {
            Taps::everything()
        } else {
            Taps::of(of_due().flat_map(Lane::subscriptions).collect())
        };
        let mut tensors = Vec::new();
        match trainable.show(&self.input, &mut taps) {
            Ok(Readout { parameters, answer }) => {
                self.good_input.clone_from(&self.input);
                let (layers, took) = taps.done();
                tensors = took;
                let input = self.input.clone();
                let snapshot = Snapshot { run, step, input, layers, parameters, answer };
                self.snapshots.offer(Arc::new(snapshot));
                self.taken += 1;
            }
            Err(error) => {
                tracing::warn!("this input cannot be shown: {error}");
                self.input.clone_from(&self.good_input);
            }
        }
        let now = Instant::now();
        let took = now - start;
        if a_step_waits {
            self.watching += took;
        }
        // Each pays for its own tensors, and the most frequent for what all have in common.
        let mut common = took.saturating_sub(tensors.iter().map(|(_, took)| *took).sum());
        let shares = self.shares();
        for ((lane, due), share) in self.lanes.iter_mut().zip(due).zip(shares) {
            let of_it = |tensor| lane.wanted.is_none() || lane.holds(tensor);
            let own = tensors.iter().filter(|(tensor, _)| of_it(*tensor));
            let own: Duration = own.map(|(_, took)| *took).sum();
            if due {
                let took = own + std::mem::take(&mut common);
                lane.put_off((start, now), took, self.per_second, share);
            }
        }
        self.part_with_the_dearest(&tensors);
    }

    /// A tensor that alone costs more than is left for all at the rate that is wanted goes its own way: it comes more
    /// seldom, and the others as often as before.
    fn part_with_the_dearest(&mut self, took: &[(LayerId, Duration)]) {
        let Some(first) = self.lanes.first_mut() else {
            return;
        };
        let Some(wanted) = first.wanted.as_mut().filter(|wanted| wanted.len() > 1) else {
            return;
        };
        let of_it = took.iter().filter(|(name, _)| wanted.iter().any(|one| one.tensor == *name));
        let per_second = first.per_second.min(self.per_second).max(1.0);
        let affordable = Duration::from_secs_f64(MOST_SHARE / f64::from(per_second));
        let Some((dearest, its)) = of_it.max_by_key(|(_, took)| *took) else {
            return;
        };
        let (dear, others): (Vec<_>, Vec<_>) =
            wanted.iter().copied().partition(|one| one.tensor == *dearest);
        if *its > affordable && !others.is_empty() {
            let next = std::mem::replace(&mut first.next, Instant::now());
            let coarser = std::mem::take(&mut first.coarser);
            *wanted = others;
            let per_second = first.per_second;
            self.lanes.push(Lane { wanted: Some(dear), per_second, weight: 0.0, coarser, next });
        }
    }

    /// Puts what else a step waited for on the bill.
    pub(super) fn bill(&mut self, took: Duration) {
        self.watching += took;
    }

    /// The bill of this run, of which so much time went into training, watching included.
    pub(super) fn cost(&self, working: Duration) -> WatchCost {
        WatchCost {
            snapshots: self.taken,
            snapshots_dropped: self.snapshots.dropped().saturating_sub(self.dropped_before),
            watching_seconds: self.watching.as_secs_f64(),
            working_seconds: working.as_secs_f64(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        learning::{Outline, StepOrder, Stepped, TrainError},
        stream::{
            Axis, Example, ExhibitId, Fact, GraphBuilder, Level, Material, Shape, Span, Stage,
            ViewerEnd, connect,
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
        let mut graph = GraphBuilder::default();
        for name in [UNITS, WEIGHTS] {
            let dims = [Axis::Row.of(64), Axis::Column.of(64)];
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
        assert_eq!(
            take(&mut recorder, &mut trainable, &viewer).layers.len(),
            2,
            "everything at first"
        );
        let coarse = Subscription { level: Level(3), ..Subscription::whole(WEIGHTS, 60.0) };
        recorder
            .subscribe(vec![coarse, Subscription::whole(LayerId::new("ghost"), 60.0)], &graph());
        let snapshot = take(&mut recorder, &mut trainable, &viewer);
        let [part] = snapshot.layers.as_slice() else {
            panic!("{:?}", snapshot.layers);
        };
        assert_eq!(
            (part.layer, part.level(), part.shape),
            (WEIGHTS, Level(3), Shape::maps(1, 8, 8))
        );
        recorder.subscribe(Vec::new(), &graph());
        assert!(take(&mut recorder, &mut trainable, &viewer).layers.is_empty());
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
    fn what_costs_too_much_comes_more_seldom_and_then_coarser() {
        let (mut recorder, viewer) = recorder(60.0);
        let mut trainable = Two(Duration::from_millis(60), 64);
        recorder.subscribe(vec![Subscription::whole(WEIGHTS, 60.0)], &graph());
        let before = Instant::now();
        assert_eq!(take(&mut recorder, &mut trainable, &viewer).layers[0].level(), Level::FINEST);
        assert!(!recorder.due(before + Duration::from_millis(1300)), "a 25th of the time");
        assert!(recorder.due(before + Duration::from_secs(60)));
        assert_eq!(take(&mut recorder, &mut trainable, &viewer).layers[0].level(), Level(1));
        trainable.0 = Duration::ZERO;
        take(&mut recorder, &mut trainable, &viewer);
        assert!(take(&mut recorder, &mut trainable, &viewer).layers[0].level() < Level(2));
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
}
