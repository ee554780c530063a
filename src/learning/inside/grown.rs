//! Dreams of all classes that grow along with the training: from the first kept state of the run to the last, each goes on
//! uphill from where it was, now by the weights of that state (activation maximisation: Olah, Mordvintsev and Schubert 2017,
//! <https://doi.org/10.23915/distill.00007>; its steps are those of [`ascent`](super::ascent)).
//!
//! What Adam remembers is carried on from state to state, so that a network that does not change dreams as if it were asked
//! once for all steps.

use std::{sync::Arc, time::Instant};

use super::{
    Explained, Kept, Trail,
    ascent::{Ascent, HeldBack},
    hidden::awaited,
    meter::Meter,
};
use crate::{
    inside::{Grown, GrownAsked, GrownFrame, Price},
    learning::TrainError,
    sentence::grouped,
    words::Phrase,
};

/// Multiply-adds that the steps of an answer may take, as [`dream`](super::dream()) has them: some seconds on two cores, which
/// only large networks need.
const MOST_MULTIPLY_ADDS: u64 = 50_000_000_000;
/// Passes there and back of a step, by their multiply-adds: one there, and one back that is worth two.
const PASSES: u64 = 3;
/// Numbers of all frames together at most, 64 MiB.
const MOST_NUMBERS: usize = 1 << 24;
/// Dreams of a frame at most.
const MOST_DREAMS: usize = 16;
/// States at most: what a hand on the timeline tells apart.
const MOST_STATES: usize = 64;
/// Fewer states are no way.
const FEWEST_STATES: usize = 2;
/// Steps at each state at most.
const MOST_STEPS: usize = 64;

/// Lets dreams grow along the way of the run; `go_on` says whether anybody still waits for them.
///
/// # Errors
/// One sentence if no way is kept, or it cannot be computed.
pub fn grown(
    model: &dyn Explained,
    asked: &GrownAsked,
    trail: &Trail,
    go_on: &dyn Fn() -> bool,
) -> Result<Grown, TrainError> {
    check(asked, trail)?;
    let begun = Instant::now();
    let (size, classes) = (model.size(), model.classes());
    let dreams = classes.min(MOST_DREAMS);
    let numbers = dreams * size.iter().product::<usize>();
    let multiply_adds = model.multiply_adds().saturating_mul(dreams as u64);
    let bounds = Bounds::of(asked, trail.states.len(), (multiply_adds, numbers));
    let mut ascent = Ascent::of(size, dreams, asked.seed, HeldBack::USUAL);
    let (mut frames, mut price) = (Vec::new(), Price::default());
    for kept in spread(&trail.states, bounds.states) {
        let then = model.with_parameters(&kept.numbers)?;
        let meter = Meter::of(then.as_ref());
        let mark = meter.mark();
        frames.push(frame(&meter, &mut ascent, (kept.step, bounds.steps), go_on)?);
        let paid = meter.since(&mark);
        price.forward += paid.forward;
        price.backward += paid.backward;
    }
    price.seconds = begun.elapsed().as_secs_f64();
    let remarks = remarks(asked, [dreams, classes], bounds, &frames);
    let steps_each = bounds.steps;
    Ok(Grown { asked: *asked, size, dreams, steps_each, frames, remarks, price })
}

/// Goes on uphill by the weights of a state.
fn frame(
    meter: &Meter<'_>,
    ascent: &mut Ascent,
    (step, steps): (u64, usize),
    go_on: &dyn Fn() -> bool,
) -> Result<GrownFrame, TrainError> {
    let classes = meter.model().classes();
    let own = |count: usize| -> Vec<f32> {
        let places = (0..count).flat_map(|dream| (0..classes).map(move |class| dream == class));
        places.map(|is_own| if is_own { 1.0 } else { 0.0 }).collect()
    };
    let count = |images: &[f32]| images.len() / meter.input_len().max(1);
    for _ in 0..steps {
        awaited(go_on)?;
        ascent.step(|images| meter.gradients_of(images, &own(count(images))))?;
    }
    let logits = meter.logits(&ascent.images)?;
    let rows = logits.chunks(classes.max(1)).enumerate();
    let values = rows.map(|(dream, row)| row.get(dream).copied().unwrap_or(f32::NAN)).collect();
    Ok(GrownFrame { step, images: ascent.images.as_slice().into(), values })
}

/// How many states are looked at, and how many steps are taken at each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bounds {
    states: usize,
    steps: usize,
}

impl Bounds {
    /// Of so many kept states, where a pass of all dreams takes so many multiply-adds and a frame has so many numbers: first
    /// fewer steps, then fewer states. It depends on sizes alone.
    fn of(asked: &GrownAsked, kept: usize, (multiply_adds, numbers): (u64, usize)) -> Self {
        let fit = (MOST_NUMBERS / numbers.max(1)).clamp(FEWEST_STATES, MOST_STATES);
        let states = kept.min(fit);
        let affordable = MOST_MULTIPLY_ADDS / multiply_adds.saturating_mul(PASSES).max(1);
        let affordable = usize::try_from(affordable).unwrap_or(usize::MAX);
        let steps = asked.steps_each.min((affordable / states.max(1)).max(1));
        let states = states.min((affordable / steps.max(1)).max(FEWEST_STATES));
        Self { states, steps }
    }
}

/// So many states, evenly from the first to the last.
fn spread(states: &[Arc<Kept>], count: usize) -> impl Iterator<Item = &Arc<Kept>> {
    let (last, apart) = (states.len().saturating_sub(1), count.saturating_sub(1).max(1));
    (0..count).filter_map(move |at| states.get(at * last / apart))
}

fn remarks(
    asked: &GrownAsked,
    [dreams, classes]: [usize; 2],
    bounds: Bounds,
    frames: &[GrownFrame],
) -> Vec<Phrase> {
    let mut remarks = Vec::new();
    if dreams < classes {
        remarks.push(phrase!(
            "studies-of-classes-the-first-are",
            classes = grouped(classes),
            dreams
        ));
    }
    if bounds.steps < asked.steps_each {
        let steps = Phrase::counted(bounds.steps, "step");
        remarks.push(phrase!("studies-at-each-state-uphill-are", steps));
    }
    if frames.iter().flat_map(|frame| &*frame.values).any(|value| value.is_nan()) {
        remarks.push(phrase!("studies-what-is-made-large-is"));
    }
    remarks
}

/// Whether it can be asked so.
fn check(asked: &GrownAsked, trail: &Trail) -> Result<(), TrainError> {
    Err(match (asked.steps_each, trail.states.len()) {
        (steps, _) if steps == 0 || steps > MOST_STEPS => TrainError::Calculation(phrase!(
            "studies-a-dream-takes-1-to",
            most_steps = MOST_STEPS,
            steps
        )),
        (_, 0) => TrainError::calculation(phrase!("studies-the-network-is-so-large")),
        (_, states) if states < FEWEST_STATES => {
            TrainError::calculation(phrase!("studies-the-run-has-taken-no"))
        }
        _ => return Ok(()),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const ASKED: GrownAsked = GrownAsked { steps_each: 8, seed: 1 };

    #[test]
    fn first_fewer_steps_are_taken_and_then_fewer_states() {
        let of = |kept, sizes| {
            let Bounds { states, steps } = Bounds::of(&ASKED, kept, sizes);
            [states, steps]
        };
        // The digits: ten passes of a quarter of a million.
        assert_eq!(of(128, (2_500_000, 7840)), [64, 8]);
        assert_eq!(of(5, (2_500_000, 7840)), [5, 8]);
        assert_eq!(of(128, (100_000_000, 7840)), [64, 2]);
        assert_eq!(of(128, (1_000_000_000, 7840)), [16, 1]);
        assert_eq!(of(128, (u64::MAX, 7840)), [2, 1]);
        assert_eq!(of(128, (1, 1 << 20)), [16, 8]);
        assert_eq!(of(128, (1, usize::MAX)), [2, 8]);
    }

    #[test]
    fn states_are_spread_from_the_first_to_the_last() {
        let states: Vec<_> =
            (0..100).map(|step| Arc::new(Kept { step, numbers: Vec::new() })).collect();
        let steps = |count| spread(&states, count).map(|kept| kept.step).collect::<Vec<_>>();
        assert_eq!(steps(2), [0, 99]);
        assert_eq!(steps(4), [0, 33, 66, 99]);
        assert_eq!(steps(100), (0..100).collect::<Vec<_>>());
        assert!(steps(64).windows(2).all(|two| two[1] > two[0] && two[1] - two[0] <= 2));
    }
}
