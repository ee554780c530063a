//! The ledger of a quadratic against every credit summed directly, its sums, and what it refuses.

mod forecast;

use std::cell::Cell;

use super::*;
use crate::{
    inside::{Taught, TaughtAsked, Without, WithoutAsked},
    learning::inside::{
        PastQuestion,
        replay::{
            tests::{Quadratic, SIZE, slope_of_image},
            whole,
        },
    },
    stream::{InputChoice, Payload},
};

const STEPS: u64 = 60;

fn subject() -> Subject {
    Subject { input: vec![0.2, 0.4, -0.3], class: 0 }
}

fn taught(run: &Quadratic, map: Option<usize>) -> Result<Taught, TrainError> {
    let asked = TaughtAsked { input: InputChoice::Test(0), map, strongest: 3 };
    let about = Payload::new(asked);
    let question = PastQuestion::of(&about).unwrap();
    let answer = question.answer(run, &subject().input, Some(0), &|| true)?;
    Ok((**answer.get::<Taught>().unwrap()).clone())
}

fn without(run: &Quadratic, left_out: &[u32]) -> Result<Without, TrainError> {
    let asked =
        WithoutAsked { input: InputChoice::Test(0), left_out: left_out.to_vec(), foretold: true };
    let about = Payload::new(asked);
    let question = PastQuestion::of(&about).unwrap();
    let answer = question.answer(run, &subject().input, Some(0), &|| true)?;
    Ok((**answer.get::<Without>().unwrap()).clone())
}

/// Every credit by the definition: what an image's gradient at its step did in that step and in each later one.
fn directly(run: &Quadratic) -> Vec<Vec<(u32, [f64; SIZE])>> {
    let mut states = Vec::new();
    whole(run, &|| true, |_, state| states.push(state.clone())).unwrap();
    let theta = |step: u64| states[step as usize].theta.as_slice();
    // Of a quadratic the gradient in the middle is the mean one.
    let reached: Vec<Option<[f64; SIZE]>> = (1..=run.steps)
        .map(|step| {
            let (before, after) = (&states[step as usize - 1], &states[step as usize]);
            let reach = run.reach(before, after, step).unwrap()?;
            let (from, to) = (theta(step - 1), theta(step));
            Some(std::array::from_fn(|at| {
                let middle = (f64::from(from[at]) + f64::from(to[at])) / 2.0;
                f64::from(reach.each[at]) * (middle - f64::from(subject().input[at]))
            }))
        })
        .collect();
    let beta = f64::from(0.9_f32);
    (1..=run.steps)
        .map(|step| {
            if reached[step as usize - 1].is_none() {
                return Vec::new();
            }
            let (mut sum, mut factor) = ([0.0; SIZE], 1.0);
            for later in reached[step as usize - 1..].iter().flatten() {
                (0..SIZE).for_each(|at| sum[at] += factor * later[at]);
                factor *= beta;
            }
            let images = run.seen(step);
            let share = -f64::from(1.0 - 0.9_f32) / images.len() as f64;
            let credit = |index: &u32| {
                let slope = slope_of_image(*index, theta(step - 1));
                (*index, std::array::from_fn(|at| share * sum[at] * f64::from(slope[at])))
            };
            images.iter().map(credit).collect()
        })
        .collect()
}

#[test]
fn every_credit_is_that_of_its_definition() {
    let run = Quadratic::new(STEPS);
    let direct = directly(&run);
    let found = taught(&run, None).unwrap();
    assert!(found.residual.abs() < 1e-6, "{}", found.residual);
    assert!((found.loss[1] - found.loss[0] - found.credit - found.residual).abs() < 1e-12);
    assert!(found.loss[0] - found.loss[1] > 0.3, "{:?}", found.loss);
    let near = |found: f64, direct: f64| assert!((found - direct).abs() < 1e-6, "{found} {direct}");
    for image in 0..7 {
        let own = direct.iter().flatten().filter(|(index, _)| *index == image);
        near(
            f64::from(found.images[image as usize]),
            own.map(|(_, of)| of.iter().sum::<f64>()).sum(),
        );
    }
    for (step, stretch) in found.stretches.iter().enumerate() {
        assert_eq!((stretch.first, stretch.last), (step as u64 + 1, step as u64 + 1));
        near(stretch.sides.net(), direct[step].iter().map(|(_, of)| of.iter().sum::<f64>()).sum());
    }
    let of_part = |at: usize| direct.iter().flatten().map(|(_, of)| of[at]).sum::<f64>();
    near(found.layers[0].sides.net(), of_part(0));
    near(found.layers[1].sides.net(), of_part(1) + of_part(2));
    near(found.maps[0].net(), of_part(1));
    near(found.maps[1].net(), of_part(2));
    // The last image is seen in no step, and step 4 moved nothing.
    assert_eq!((found.unseen, found.images[6]), (1, 0.0));
    assert!(found.helped.iter().chain(&found.hindered).all(|image| image.index != 6));
    assert_eq!(found.stretches[3].sides.net(), 0.0);
    assert_eq!(found.stretches[3].loss, found.stretches[2].loss);
    assert!(found.remarks[0].starts_with("1 steps moved nothing"), "{:?}", found.remarks);
    assert!(found.at_once > 0.0 && found.at_once < 1.0, "{}", found.at_once);
    // The strongest come first, each with the step of its largest part.
    let direct_largest = |image: usize| {
        let own = direct.iter().enumerate().flat_map(|(step, all)| {
            all.iter().map(move |(index, of)| (step as u64 + 1, *index, of.iter().sum::<f64>()))
        });
        own.filter(|(_, index, _)| *index as usize == image)
            .max_by(|a, b| a.2.abs().total_cmp(&b.2.abs()))
            .unwrap()
            .0
    };
    for image in found.helped.iter().chain(&found.hindered) {
        assert_eq!(image.step, direct_largest(image.index), "{image:?}");
        assert_eq!(image.class, usize::from(run.labels[image.index]));
    }
    assert!(found.helped.windows(2).all(|two| two[0].credit <= two[1].credit));
    assert!(found.hindered.windows(2).all(|two| two[0].credit >= two[1].credit));
}

#[test]
fn every_way_of_summing_comes_to_the_same_and_a_map_to_its_own() {
    let run = Quadratic::new(STEPS);
    let whole = taught(&run, None).unwrap();
    let by_image: f64 = whole.images.iter().map(|credit| f64::from(*credit)).sum();
    let by_class: f64 = whole.classes.iter().map(|sides| sides.net()).sum();
    let by_step: f64 = whole.stretches.iter().map(|one| one.sides.net()).sum();
    let by_layer: f64 = whole.layers.iter().map(|one| one.sides.net()).sum();
    assert!((by_image - whole.credit).abs() < 1e-6);
    for sum in [by_class, by_step, by_layer] {
        assert!((sum - whole.credit).abs() < 1e-12, "{sum} {}", whole.credit);
    }
    for map in [0, 1] {
        let of_map = taught(&run, Some(map)).unwrap();
        let by_class: f64 = of_map.classes.iter().map(|sides| sides.net()).sum();
        assert!((by_class - whole.maps[map].net()).abs() < 1e-12);
        assert_eq!((of_map.credit, of_map.residual), (whole.credit, whole.residual));
    }
    let refused = taught(&run, Some(2)).unwrap_err().to_string();
    assert!(refused.contains("there is no map 2, only 2"), "{refused}");
}

#[test]
fn a_run_without_an_image_is_that_which_never_saw_it() {
    let run = Quadratic::new(STEPS);
    let same = without(&run, &[]).unwrap();
    assert_eq!((same.floor, same.booked, same.changed.len()), (0.0, 0.0, 0));
    assert_eq!(same.before, same.after);
    let ledger = taught(&run, None).unwrap();
    let found = without(&run, &[1, 1, 3]).unwrap();
    let booked = f64::from(ledger.images[1]) + f64::from(ledger.images[3]);
    assert!((found.booked - booked).abs() < 1e-6);
    let mut alone = run.clone();
    alone.left_out = vec![1, 3];
    let end = whole(&alone, &|| true, |_, _| {}).unwrap().unwrap();
    assert_eq!(*found.after.logits, end.theta[..2]);
    assert_ne!(found.after.logits, found.before.logits);
    assert_eq!(*found.before.logits, run.ended[..2]);
}

#[test]
fn what_cannot_be_booked_is_said_in_a_sentence() {
    let refused = |run: &Quadratic| taught(run, None).unwrap_err().to_string();
    assert!(refused(&Quadratic::new(0)).contains("no step was taken yet"));
    let mut run = Quadratic::new(STEPS);
    run.ended[0] = f32::NAN;
    assert!(refused(&run).contains("is no number"));
    let mut still = Quadratic::new(3);
    still.idle = vec![1, 2, 3];
    still.ended = still.begin().unwrap().theta;
    assert!(refused(&still).contains("no step moved anything"));
    let run = Quadratic::new(STEPS);
    let missing = without(&run, &[2, 7]).unwrap_err().to_string();
    assert!(missing.contains("no training image 7 to leave out, only 7"), "{missing}");
    // What is not wanted any more ends, early or late.
    for steps in [5, 70, 100] {
        let left = Cell::new(steps);
        let go_on = || {
            left.set(left.get() - 1);
            left.get() > 0
        };
        let ended = ledger(&run, &subject(), None, &go_on).unwrap();
        assert!(ended.is_none() && left.get() == 0, "{steps}");
    }
}
