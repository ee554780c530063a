//! A way that is thinned, bounded and begun anew.

use super::*;

/// Goes on to a step; the weights say after which they were taken.
fn go(way: &mut Way, to: u64) {
    let [_, from] = way.steps;
    for step in from + 1..=to {
        way.took(step, || Ok(vec![step as f32; 4])).unwrap();
    }
}

fn steps(way: &Way) -> Vec<u64> {
    way.trail().states.iter().map(|kept| kept.step).collect()
}

#[test]
fn states_are_evenly_spaced_from_the_first_on() {
    let mut way = Way::default();
    way.begin(7, 0, vec![0.0; 4]);
    for to in 1..=3000 {
        go(&mut way, to);
        let kept = steps(&way);
        let every = kept.get(1).map_or(1, |second| second - kept[0]);
        assert!(every.is_power_of_two());
        assert!(kept.iter().enumerate().all(|(at, step)| *step == at as u64 * every), "{kept:?}");
        assert!(kept.len() <= MOST_STATES && to - kept[kept.len() - 1] < every, "{to}: {kept:?}");
        assert!(to < 128 || kept.len() > MOST_STATES / 2 - 1, "{to}: {kept:?}");
    }
    for kept in way.trail().states {
        assert_eq!(kept.numbers, vec![kept.step as f32; 4]);
    }
    assert_eq!((way.trail().seed, way.trail().step), (7, 3000));
}

#[test]
fn only_what_is_kept_is_copied() {
    let (mut way, mut copies) = (Way::default(), 0);
    way.begin(7, 0, vec![0.0; 4]);
    for step in 1..=2500 {
        let copy = || {
            copies += 1;
            Ok(vec![step as f32; 4])
        };
        way.took(step, copy).unwrap();
    }
    // The first 127, and each time that the spacing doubles 64 more.
    assert!(copies < 128 + 5 * 64, "{copies}");
    // A step that is told twice is one.
    way.took(2500, || panic!("it is there")).unwrap();
    let refused = || Err(TrainError::calculation("the weights are gone"));
    assert!(way.took(2528, refused).is_err());
}

#[test]
fn memory_is_bounded_and_a_network_that_is_too_large_has_no_way() {
    let mut way = Way::within([5 * 16, 3 * 16]);
    way.begin(7, 0, vec![0.0; 4]);
    go(&mut way, 1000);
    assert!(steps(&way).len() <= 5 && steps(&way).len() >= 3, "{:?}", steps(&way));
    let mut large = Way::within([3 * 16 - 1, 15]);
    large.begin(7, 0, vec![0.0; 4]);
    for step in 1..9 {
        large.took(step, || panic!("nothing is kept")).unwrap();
    }
    large.end(|| vec![0.0; 4]);
    assert!(large.trail().states.is_empty() && large.trail().ended.is_empty());
    assert_eq!(large.trail().step, 8);
}

#[test]
fn the_ends_of_runs_before_are_kept_and_a_run_that_goes_on_begins_where_it_was() {
    let mut way = Way::default();
    way.begin(1, 0, vec![0.0; 4]);
    // What took no step is no run.
    way.end(|| vec![0.5; 4]);
    for seed in 1..=6 {
        way.begin(seed, 0, vec![0.0; 4]);
        assert_eq!(steps(&way), [0]);
        go(&mut way, 10 + seed);
        way.end(|| vec![seed as f32; 4]);
    }
    let ended = way.trail().ended;
    let told: Vec<_> = ended.iter().map(|run| (run.seed, run.end.step)).collect();
    assert_eq!(told, [(3, 13), (4, 14), (5, 15), (6, 16)]);
    assert!(ended.iter().all(|run| run.end.numbers == vec![run.seed as f32; 4]));
    way.begin(9, 1000, vec![0.0; 4]);
    go(&mut way, 1300);
    let kept = steps(&way);
    assert_eq!((kept[0], kept[1], kept.len()), (1000, 1004, 76));
}
