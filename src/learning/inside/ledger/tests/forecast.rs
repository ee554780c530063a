//! What is foretold of a quadratic against differences of the run itself with its reaches as they were, and where nothing is.

use std::sync::Arc;

use super::*;
use crate::{inside::Forecast, learning::inside::replay::tests::image};

fn derivatives(run: &Quadratic) -> Arc<Derivatives> {
    match forecast(run, &subject(), &|| true).unwrap().unwrap() {
        (Foretold::Known(found), _) => found,
        (Foretold::Unknown(why), _) => panic!("{why}"),
    }
}

/// The loss at the end of the run in double precision, with every reach as it was, where from a step on images weigh so much.
fn with_weights(run: &Quadratic, first_step: u64, weights: &[f64]) -> f64 {
    let mut states = Vec::new();
    whole(run, &|| true, |_, state| states.push(state.clone())).unwrap();
    let mut theta: Vec<f64> = states[0].theta.iter().map(|one| f64::from(*one)).collect();
    let mut momentum = [0.0; SIZE];
    for step in 1..=run.steps {
        let (before, after) = (&states[step as usize - 1], &states[step as usize]);
        let Some(reach) = run.reach(before, after, step).unwrap() else { continue };
        let images = run.seen(step);
        for at in 0..SIZE {
            let slope = |index: &u32| {
                let [to, by] = image(*index).map(|of| f64::from(of[at]));
                let weight = if step < first_step { 1.0 } else { weights[*index as usize] };
                weight * by * (theta[at] - to)
            };
            let mean = images.iter().map(slope).sum::<f64>() / images.len() as f64;
            momentum[at] = momentum[at] * reach.kept + mean * reach.added;
            theta[at] -= f64::from(reach.each[at]) * momentum[at];
        }
    }
    let apart = theta.iter().zip(subject().input).map(|(theta, to)| theta - f64::from(to));
    apart.map(|apart| 0.5 * apart * apart).sum()
}

#[test]
fn each_derivative_is_the_difference_of_runs_whose_reaches_are_held() {
    let mut run = Quadratic::new(STEPS);
    run.idle.push(33);
    run.ended = whole(&run, &|| true, |_, _| {}).unwrap().unwrap().theta;
    let found = derivatives(&run);
    assert_eq!((found.first_step, found.of_images.len()), (21, 7));
    const BY: f64 = 1e-4;
    let largest = found.of_images.iter().fold(0.0_f64, |most, one| most.max(one.abs()));
    assert!(largest > 1e-3, "{largest}");
    for image in 0..7 {
        let [more, less] = [1.0 + BY, 1.0 - BY].map(|weight| {
            let mut weights = [1.0; 7];
            weights[image] = weight;
            with_weights(&run, found.first_step, &weights)
        });
        let wanted = (more - less) / (2.0 * BY);
        let found = found.of_images[image];
        assert!((found - wanted).abs() < 1e-5 * largest, "{image}: {found} {wanted}");
    }
    assert_eq!(found.of_images[6], 0.0, "the last image is seen in no step");
    // A small part of two images away: minus the sum of theirs.
    let weights = [1.0, 1.0 - BY, 1.0, 1.0 - BY, 1.0, 1.0, 1.0];
    let change = with_weights(&run, found.first_step, &weights)
        - with_weights(&run, found.first_step, &[1.0; 7]);
    let wanted = found.without(&[1, 3]) * BY;
    assert!((change - wanted).abs() < 1e-3 * wanted.abs(), "{change} {wanted}");
}

/// What leaving out each image alone really does to the loss.
fn really(run: &Quadratic) -> Vec<f64> {
    let loss = |theta: &[f32]| run.slope(theta, &subject()).unwrap().0;
    let change = |image| {
        let end = whole(&run.without(&[image]), &|| true, |_, _| {}).unwrap().unwrap();
        loss(&end.theta) - loss(&run.ended)
    };
    (0..7).map(change).collect()
}

/// Puts a forecast into the books, so that it is the one that is asked for.
fn keep(run: &Quadratic, of_images: Vec<f64>) {
    let known = Derivatives { first_step: 21, of_images };
    run.books.keep_foretold(run.steps, &subject(), Foretold::Known(Arc::new(known)));
}

#[test]
fn a_forecast_is_told_where_it_holds_for_runs_really_taken_again_and_else_not() {
    let run = Quadratic::new(STEPS);
    let changes = really(&run);
    keep(&run, changes.iter().map(|change| -change).collect());
    let found = without(&run, &[1, 3, 1]).unwrap();
    let Forecast { change, first_step, checked } = found.forecast.unwrap();
    assert_eq!((first_step, checked.runs), (21, 20));
    assert!((checked.rank_correlation - 1.0).abs() < 1e-6, "{checked:?}");
    assert_eq!(change, changes[1] + changes[3]);
    assert_ne!(change, found.booked);
    // Two of seven images are more than a hundredth, and none of them is seen at the beginning alone.
    assert_eq!(found.remarks.len(), 1, "{:?}", found.remarks);
    assert!(found.remarks[0].contains("more than a hundredth"), "{:?}", found.remarks);
    // What is foretold the wrong way round, or alike of all, is not.
    for (wrong, told) in [(changes, "is -1.00"), (vec![0.0; 7], "is NaN")] {
        keep(&run, wrong);
        let found = without(&run, &[1, 3]).unwrap();
        assert_eq!((found.forecast, found.remarks.len()), (None, 1), "{:?}", found.remarks);
        let remark = &found.remarks[0];
        assert!(remark.contains("does not hold here") && remark.contains(told), "{remark}");
    }
}

#[test]
fn what_was_found_once_is_not_found_again() {
    let run = Quadratic::new(STEPS);
    let passes = || without(&run, &[]).unwrap().price.forward;
    let [first, again] = [passes(), passes()];
    // The run twice, two tests of two images, and the input twice.
    assert_eq!(again, 2 * (2 * STEPS + 2 + 1));
    let ledger = taught(&run, None).unwrap().price.forward;
    // Going back takes the run twice and two gradients of each image of 40 steps; the check takes it 20 times.
    let (back, check) = (2 * 2 * STEPS + 2 * 2 * 40, 20 * 2 * STEPS);
    assert_eq!(first, again + ledger + back + check);
    let other = Subject { class: 1, ..subject() };
    run.books.keep_foretold(STEPS, &other, Foretold::Unknown("of another input".into()));
    assert_eq!(passes(), again + back);
    let found = derivatives(&run);
    assert_eq!(run.books.foretold(STEPS, &subject()), Some(Foretold::Known(found)));
    assert!(run.books.foretold(STEPS - 1, &subject()).is_none());
    assert!(run.books.removals(STEPS - 1).is_none());
}

#[test]
fn an_image_of_the_first_steps_alone_is_said_to_be_foretold_nothing_of() {
    let mut run = Quadratic::new(STEPS);
    run.batches[2] = vec![6, 0];
    run.ended = whole(&run, &|| true, |_, _| {}).unwrap().unwrap().theta;
    assert_eq!(derivatives(&run).of_images[6], 0.0);
    keep(&run, really(&run).iter().map(|change| -change).collect());
    let alone = without(&run, &[6]).unwrap();
    assert!(alone.forecast.is_none(), "nothing of it is followed");
    assert!(alone.remarks[0].contains("before step 21 alone"), "{:?}", alone.remarks);
    let found = without(&run, &[6, 0]).unwrap();
    assert!(found.forecast.is_some());
    assert_ne!(found.after.logits, found.before.logits);
    let remark = &found.remarks[0];
    assert!(remark.contains("1 training image of those left out"), "{remark}");
    assert!(remark.contains("before step 21 alone"), "{remark}");
}

#[test]
fn where_nothing_is_foretold_it_is_said_why_and_the_rest_is_told() {
    let told = |run: &Quadratic, why: &str| {
        let found = without(run, &[1]).unwrap();
        assert_eq!(found.forecast, None);
        assert!(found.remarks[0].contains(why), "{:?}", found.remarks);
        assert_ne!(found.after.logits, found.before.logits);
    };
    told(&Quadratic::new(20), "a run of 20 steps");
    told(&Quadratic::new(1001), "nothing is foretold beyond 1,000 steps");
    let mut run = Quadratic::new(STEPS);
    run.is_curved = false;
    told(&run, "of the digits' own alone");
    let mut odd = subject();
    odd.input[1] = f32::NAN;
    let (found, _) = forecast(&Quadratic::new(STEPS), &odd, &|| true).unwrap().unwrap();
    let Foretold::Unknown(why) = found else { panic!("{found:?}") };
    assert!(why.contains("no number"), "{why}");
    let refused = forecast(&Quadratic::new(0), &subject(), &|| true).unwrap_err().to_string();
    assert!(refused.contains("no step was taken yet"), "{refused}");
}

#[test]
fn what_nobody_waits_for_ends_early_or_late() {
    let run = Quadratic::new(STEPS);
    for ends in [5, 70, 130] {
        let left = Cell::new(ends);
        let go_on = || {
            left.set(left.get() - 1);
            left.get() > 0
        };
        assert!(forecast(&run, &subject(), &go_on).unwrap().is_none());
        assert_eq!(left.get(), 0, "{ends}");
    }
    // Likewise in the middle of the check, which takes the run twenty times.
    let asked = WithoutAsked { input: InputChoice::Test(0), left_out: vec![1], foretold: true };
    let about = Payload::new(asked);
    let question = PastQuestion::of(&about).unwrap();
    for ends in [400, 900, 1500] {
        let (run, left) = (Quadratic::new(STEPS), Cell::new(ends));
        let go_on = || {
            left.set(left.get() - 1);
            left.get() > 0
        };
        let refused = question.answer(&run, &subject().input, Some(0), &go_on).unwrap_err();
        assert!(refused.to_string().contains("was ended before it was found"), "{refused}");
        assert_eq!(left.get(), 0, "{ends}");
    }
}
