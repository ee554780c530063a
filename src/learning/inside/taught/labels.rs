//! Why a network would answer as it does that learned from labels which say nothing of the images: the same run, really taken
//! again with the labels of the training images shuffled (data randomisation: Adebayo and others 2018,
//! <https://arxiv.org/abs/1810.03292>, section 3.2).
//!
//! Its first weights, the order of its batches and its learning rates are those of the run, so that whatever a map shows
//! otherwise comes from the labels.

use std::time::Instant;

use super::super::{
    Baselines, Explained,
    explain::{Other, answered},
    ledger::{Booked, Relearned},
    replay::{check, first},
    shuffle::relabelled,
    studied::Waiting,
};
use crate::{
    inside::WhyAsked, learning::TrainError, sentence::grouped, stream::Payload, words::Phrase,
};

/// Epochs that are taken again at most: some seconds of the digits.
const MOST_EPOCHS: u64 = 3;
/// What [`Why::shuffled`](crate::inside::Why::shuffled) says.
const NAME: &str = "labels";

/// Explains what the network would say that learned from labels in another order, drawn from the question's seed, beside the
/// maps of `model`, which is the run as it stands. It takes seconds, and looks now and then whether it is to `go_on`.
///
/// # Errors
/// One sentence if what is asked for is not there, cannot be computed, or was ended early.
pub fn by_labels<R: Booked>(
    run: &R,
    model: &dyn Explained,
    asked: &WhyAsked,
    input: &[f32],
    examples: Baselines<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Payload, TrainError> {
    let begun = Instant::now();
    let (relearned, images) = relearned(run, asked.seed, go_on)?;
    let learned = model.with_parameters(&relearned.numbers)?;
    let other = Other {
        model: &Waiting { model: learned.as_ref(), go_on },
        names: vec![NAME.to_owned()],
        remark: Some(remark(relearned.steps, run.steps())),
    };
    let mut why = answered(&Waiting { model, go_on }, Some(&other), asked, input, examples)?;
    why.price.forward += images;
    why.price.backward += images;
    why.price.seconds = begun.elapsed().as_secs_f64();
    Ok(Payload::new(why))
}

/// What was learned from shuffled labels, and how many images were gone through for it; none where it is still known.
fn relearned<R: Booked>(
    run: &R,
    seed: u64,
    go_on: &dyn Fn() -> bool,
) -> Result<(Relearned, u64), TrainError> {
    check(run)?;
    if run.labels().iter().all(|label| Some(label) == run.labels().first()) {
        return Err(TrainError::calculation(phrase!("studies-all-training-images-are-of")));
    }
    let steps = taken(run.steps(), run.steps_per_epoch());
    if let Some(numbers) = run.books().relearned(steps, seed) {
        return Ok((Relearned { steps, seed, numbers }, 0));
    }
    let other = run.relabelled(&relabelled(run.labels(), seed));
    let end = first(&other, steps, go_on, |_, _| {})?;
    let ended = || TrainError::calculation(phrase!("studies-the-answer-was-ended-before"));
    let numbers = other.explained(&end.ok_or_else(ended)?)?.into();
    let relearned = Relearned { steps, seed, numbers };
    run.books().keep_relearned(relearned.clone());
    Ok((relearned, (1..=steps).map(|step| run.seen(step).len() as u64).sum()))
}

/// Of so many steps those that are taken again: the whole epochs, so that an answer holds for all of the next, as far as there
/// may be; or all while the first epoch lasts.
fn taken(steps: u64, of_epoch: u64) -> u64 {
    let of_epoch = of_epoch.max(1);
    match steps / of_epoch {
        0 => steps,
        epochs => epochs.min(MOST_EPOCHS) * of_epoch,
    }
}

/// How long it learned.
fn remark(taken: u64, of: u64) -> Phrase {
    let number = |steps: u64| usize::try_from(steps).unwrap_or(usize::MAX);
    let steps = Phrase::counted(number(taken), "step");
    let of = if taken < of {
        phrase!("studies-of", of = grouped(number(of)))
    } else {
        Phrase::default()
    };
    phrase!("studies-it-learned-shuffled-labels-in", steps, of)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_epochs_are_taken_again_and_three_at_most() {
        assert_eq!([0, 1, 249].map(|steps| taken(steps, 250)), [0, 1, 249]);
        assert_eq!([250, 499, 500, 750].map(|steps| taken(steps, 250)), [250, 250, 500, 750]);
        assert_eq!([999, 1000, u64::MAX].map(|steps| taken(steps, 250)), [750; 3]);
        assert_eq!(taken(7, 0), 3, "an epoch has a step");
        assert_eq!(remark(750, 2500), "it learned shuffled labels in 750 steps of 2,500");
        assert_eq!(remark(1, 1), "it learned shuffled labels in 1 step");
    }

    #[test]
    fn labels_in_another_order_are_the_same_labels() {
        let labels: Vec<u8> = (0..200).map(|at| (at % 10) as u8).collect();
        let [one, same, other] = [1, 1, 2].map(|seed| relabelled(&labels, seed));
        assert_eq!(one, same);
        assert!(one != other && one != labels);
        let sorted = |labels: &[u8]| {
            let mut labels = labels.to_vec();
            labels.sort_unstable();
            labels
        };
        assert_eq!(sorted(&one), sorted(&labels));
        // Of ten classes a tenth stays as it was by chance: 20 of 200, with a deviation of 4.
        let kept = one.iter().zip(&labels).filter(|(one, own)| one == own).count();
        assert!((4..=40).contains(&kept), "{kept}");
    }
}
