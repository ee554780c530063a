//! Which snapshots are kept within the budget, however they come.

use proptest::prelude::*;

use crate::stream::{InputChoice, Level, Range, RunId, Shape, Span};

use super::*;

const NUMBERS: usize = 256;

fn snapshot(step: u64) -> Arc<Snapshot> {
    let values: Arc<[f32]> = vec![step as f32; NUMBERS].into();
    Arc::new(Snapshot {
        run: RunId::default(),
        step: Step(step),
        input: InputChoice::default(),
        layers: vec![LayerValues {
            layer: LayerId::new("units"),
            shape: Shape::flat(NUMBERS),
            range: Range::robust(&values, 4.0),
            values,
            part: None,
        }],
        parameters: Vec::new(),
        answer: None,
    })
}

fn steps(snapshots: &Snapshots) -> Vec<u64> {
    snapshots.iter().map(|snapshot| snapshot.step.0).collect()
}

/// Room for so many of the snapshots above.
fn room_for(snapshots: usize) -> Snapshots {
    Snapshots::new(snapshots * snapshot(0).bytes())
}

#[test]
fn what_fits_is_all_kept() {
    let mut snapshots = room_for(10);
    for step in [0, 1, 2, 30, 31, 500, 501, 502, 900, 1000] {
        snapshots.push(snapshot(step));
    }
    assert_eq!(steps(&snapshots), [0, 1, 2, 30, 31, 500, 501, 502, 900, 1000]);
}

#[test]
fn one_too_many_thins_evenly() {
    let mut snapshots = room_for(5);
    let rows: [(u64, &[u64]); 5] = [
        (5, &[0, 2, 3, 4, 5]),
        (6, &[0, 2, 4, 5, 6]),
        (8, &[0, 2, 4, 6, 8]),
        (9, &[0, 2, 4, 6, 9]),
        (12, &[0, 4, 6, 9, 12]),
    ];
    let mut step = 0;
    for (last, kept) in rows {
        while step <= last {
            snapshots.push(snapshot(step));
            step += 1;
        }
        assert_eq!(steps(&snapshots), kept, "after step {last}");
    }
    let remembered = snapshots.remembered();
    assert_eq!((remembered.kept, remembered.seen, remembered.spacing_steps), (5, 13, 3));
    assert_eq!(remembered.bytes, 5 * snapshot(0).bytes());
}

#[test]
fn a_stretch_without_snapshots_does_not_empty_the_rest() {
    let mut snapshots = room_for(20);
    for step in (0..100).chain(5000..5100) {
        snapshots.push(snapshot(step));
    }
    let early = steps(&snapshots).iter().filter(|step| **step < 100).count();
    assert!((8..=12).contains(&early), "{:?}", steps(&snapshots));
}

#[test]
fn the_newest_at_or_before_a_step_is_found() {
    let mut snapshots = room_for(100);
    for step in [10, 20, 30] {
        snapshots.push(snapshot(step));
    }
    let found = |step| snapshots.at(Step(step)).map(|snapshot| snapshot.step.0);
    assert_eq!(
        [9, 10, 19, 20, 29, 31].map(found),
        [None, Some(10), Some(10), Some(20), Some(20), Some(30)]
    );
}

#[test]
fn another_input_at_the_same_step_replaces() {
    let mut snapshots = room_for(4);
    snapshots.push(snapshot(5));
    let mut other = Arc::unwrap_or_clone(snapshot(5));
    other.input = InputChoice::Test(7);
    snapshots.push(Arc::new(other));
    assert_eq!(steps(&snapshots), [5]);
    assert_eq!(snapshots.newest().map(|newest| newest.input.clone()), Some(InputChoice::Test(7)));
    assert_eq!(snapshots.remembered().bytes, snapshot(5).bytes());
}

#[test]
fn a_budget_for_less_than_two_keeps_the_newest() {
    for room in [0, 1] {
        let mut snapshots = room_for(room);
        for step in 0..50 {
            snapshots.push(snapshot(step));
            assert_eq!(steps(&snapshots), [step]);
        }
    }
}

/// A tensor of so many numbers, all of them the step.
fn tensor(name: &'static str, step: u64, numbers: usize) -> LayerValues {
    let side = numbers.isqrt();
    let values: Arc<[f32]> = vec![step as f32; side * side].into();
    LayerValues::whole(LayerId::new(name), Shape::maps(1, side, side), Span::Signed, values)
}

#[test]
fn what_is_seldom_seen_is_known_as_it_was_seen_last() {
    let rare = |step: u64| step.is_multiple_of(50);
    let mut snapshots = room_for(12);
    for step in 0..1000 {
        let mut with = Snapshot::clone(&snapshot(step));
        with.layers.extend(rare(step).then(|| tensor("rare", step, 16)));
        snapshots.push(Arc::new(with));
        let kept: Vec<u64> = steps(&snapshots);
        for at in kept {
            let (seen, parts) = snapshots.last_seen(LayerId::new("rare"), Step(at), None).unwrap();
            assert_eq!(seen, Step(at / 50 * 50), "at {at} of {step}");
            assert_eq!(parts[0].values[0], seen.0 as f32);
        }
        let counted: usize = snapshots.kept.iter().map(Kept::bytes).sum();
        assert_eq!(snapshots.remembered().bytes, counted);
    }
    assert!(snapshots.remembered().kept > 9);
    assert!(snapshots.last_seen(LayerId::new("never"), Step(999), None).is_none());
}

#[test]
fn what_was_made_of_another_input_is_not_taken_for_what_is_made_of_this_one() {
    let mut snapshots = room_for(12);
    let of = |step: u64, input: usize, seen: bool| {
        let mut with =
            Snapshot { input: InputChoice::Test(input), ..Snapshot::clone(&snapshot(step)) };
        with.layers.extend(seen.then(|| tensor("rare", step, 16)));
        Arc::new(with)
    };
    for (step, input, seen) in
        [(1, 7, true), (2, 7, false), (3, 8, false), (4, 8, true), (5, 7, false)]
    {
        snapshots.push(of(step, input, seen));
    }
    let seen = |snapshots: &Snapshots, at: u64, of: Option<usize>| {
        let of = of.map(InputChoice::Test);
        snapshots.last_seen(LayerId::new("rare"), Step(at), of.as_ref()).map(|(seen, _)| seen.0)
    };
    assert_eq!(seen(&snapshots, 3, Some(8)), None);
    assert_eq!(seen(&snapshots, 3, None), Some(1));
    assert_eq!(seen(&snapshots, 4, Some(8)), Some(4));
    assert_eq!(seen(&snapshots, 5, Some(7)), Some(1));
    // The same once the first snapshots have gone.
    for step in 6..40 {
        snapshots.push(of(step, 7, false));
    }
    assert!(!steps(&snapshots).contains(&4));
    assert_eq!(seen(&snapshots, 39, Some(9)), None);
    assert_eq!(seen(&snapshots, 39, Some(7)), Some(1));
}

#[test]
fn large_tensors_are_made_coarser_before_few_snapshots_become_fewer() {
    let large = |step| {
        let mut with = Snapshot::clone(&snapshot(step));
        with.layers.push(tensor("large", step, 1 << 20));
        Arc::new(with)
    };
    let mut snapshots = Snapshots::new(20 << 20);
    for step in 0..FEW as u64 {
        snapshots.push(large(step));
    }
    assert_eq!(snapshots.remembered().kept, FEW);
    assert!(snapshots.remembered().bytes <= 20 << 20);
    let newest = snapshots.newest().unwrap();
    assert!(newest.layer(LayerId::new("large")).is_some(), "the newest is whole");
    let (_, parts) = snapshots.last_seen(LayerId::new("large"), Step(0), None).unwrap();
    assert!(parts[0].level() > Level::FINEST && parts[0].values[0] == 0.0);
    assert!(snapshots.iter().all(|kept| kept.layer(LayerId::new("units")).is_some()));
}

#[test]
fn memory_is_flat_once_full() {
    let mut snapshots = room_for(64);
    let mut most = 0;
    for step in 0..20_000 {
        snapshots.push(snapshot(step));
        most = most.max(snapshots.remembered().bytes);
    }
    assert!(most <= snapshots.remembered().budget_bytes);
    assert!(snapshots.kept.capacity() <= 256, "{} slots", snapshots.kept.capacity());
    assert_eq!(snapshots.remembered().kept, 64);
}

proptest! {
    /// However snapshots come, none of these ever breaks.
    #[test]
    fn spacing_stays_even_and_the_budget_holds(
        first in 0_u64..1000,
        gaps in prop::collection::vec(1_u64..40, 2..800),
        room in 2_usize..60,
    ) {
        let mut snapshots = room_for(room);
        snapshots.push(snapshot(first));
        let mut step = first;
        for gap in &gaps {
            step += gap;
            snapshots.push(snapshot(step));
            prop_assert!(snapshots.remembered().bytes <= snapshots.remembered().budget_bytes);
            prop_assert_eq!(snapshots.newest().map(|newest| newest.step), Some(Step(step)));
        }
        prop_assert_eq!(snapshots.remembered().seen, gaps.len() as u64 + 1);

        let kept = steps(&snapshots);
        prop_assert_eq!(kept.first(), Some(&first));
        let counted: usize = snapshots.iter().map(|snapshot| snapshot.bytes()).sum();
        prop_assert_eq!(snapshots.remembered().bytes, counted);

        let gaps_between = |steps: &[u64]| steps.windows(2).map(|two| two[1] - two[0]).collect::<Vec<_>>();
        let left = gaps_between(&kept);
        let pace = gaps.iter().copied().max().unwrap_or(0);
        let mean = (step - first) as f64 / left.len() as f64;
        for gap in left.iter().filter(|gap| **gap > pace) {
            prop_assert!(*gap as f64 <= mean * 2.0, "{gap} of {left:?}");
            let two = left.windows(2).map(|two| two[0] + two[1]).min();
            prop_assert!(two.is_none_or(|two| *gap <= two), "{gap} of {left:?}");
        }
    }
}
