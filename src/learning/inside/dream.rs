//! Images made up so that the logit of a class or a unit's number is large, beside the real image for which it is largest.

use super::{
    Explained,
    accuracy::drawn,
    ascent::{Ascent, HeldBack},
    frequency,
    hidden::{awaited, opened},
    meter::Meter,
    wished::Wished,
};
use crate::{
    inside::{Dream, DreamAsked, DreamTarget, Dreamed, Real},
    learning::{TrainError, data::Examples},
};

/// Multiply-adds that the steps of an answer may take, and as many that looking at real images may: some seconds on two
/// cores, which only large networks need.
const MOST_MULTIPLY_ADDS: u64 = 50_000_000_000;
/// Passes there and back of a step, by their multiply-adds; the largest number of a map is first looked for.
const PASSES: u64 = 4;
/// Dreams of one question at most.
const MOST_DREAMS: usize = 16;
/// Steps of one question at most.
const MOST_STEPS: usize = 4096;

/// Makes up images; `go_on` says whether anybody still waits for them.
///
/// # Errors
/// One sentence if there is no such target, or it cannot be computed.
pub fn dream(
    model: &dyn Explained,
    asked: &DreamAsked,
    tests: &Examples,
    go_on: &dyn Fn() -> bool,
) -> Result<Dream, TrainError> {
    check(asked)?;
    let meter = Meter::of(model);
    let begun = meter.mark();
    let layer = match &asked.target {
        DreamTarget::Unit { layer, .. } => Some(opened(model, layer.as_deref())?.1),
        DreamTarget::Class(_) => None,
    };
    let wished = Wished::of(&meter, &asked.target, layer.as_deref())?;
    let size = model.size();
    let pass = model.multiply_adds().max(1);
    let affordable = MOST_MULTIPLY_ADDS / pass.saturating_mul(PASSES * asked.count as u64);
    let steps = asked.steps.min(affordable.max(1) as usize);
    let mut remarks = Vec::new();
    if steps < asked.steps {
        remarks.push(phrase!("studies-steps-are-taken-as-more", steps));
    }
    let most = (MOST_MULTIPLY_ADDS / pass).max(1) as usize;
    let indices = drawn(tests, most, asked.seed);
    let best = wished.best(tests, &indices, go_on)?.map(|(index, value)| {
        let high_frequency = frequency::high(tests.image(index).unwrap_or_default(), size);
        Real { index, value, high_frequency }
    });
    let held = match (asked.plain, &layer, best) {
        (true, ..) => HeldBack::NOT,
        (false, Some(_), Some(best)) => HeldBack::USUAL.reaching(best.value),
        (false, ..) => HeldBack::USUAL,
    };
    let mut ascent = Ascent::of(size, asked.count, asked.seed, held);
    if layer.is_some()
        && let Some(awake) = best.filter(|best| best.value > 0.0)
        && wake(&mut ascent, &wished, tests.image(awake.index).unwrap_or_default())?
    {
        remarks.push(phrase!("studies-silent-on-grey-so-that"));
    }
    for _ in 0..steps {
        awaited(go_on)?;
        ascent.step(|images| wished.gradients(images))?;
    }
    let values = wished.values(&ascent.images)?;
    let images = ascent.images.chunks(meter.input_len().max(1));
    let dreams = images.zip(&values).map(|(image, value)| Dreamed {
        image: image.into(),
        value: *value,
        high_frequency: frequency::high(image, size),
    });
    let dreams: Vec<Dreamed> = dreams.collect();
    if dreams.iter().any(|dream| dream.value.is_nan()) {
        remarks.push(phrase!("studies-what-is-made-large-is"));
    }
    if layer.is_some() && dreams.iter().any(|dream| dream.value == 0.0) {
        remarks.push(phrase!("studies-a-dream-in-which-the"));
    }
    Ok(Dream {
        asked: asked.clone(),
        size,
        steps,
        dreams,
        images: indices.len(),
        best,
        remarks,
        price: meter.since(&begun),
    })
}

/// Lets those begin at an image whose number is zero where they would begin, as that of a silent unit is; whether there were
/// any.
fn wake(ascent: &mut Ascent, wished: &Wished<'_>, image: &[f32]) -> Result<bool, TrainError> {
    let values = wished.values(&ascent.images)?;
    let silent: Vec<usize> = (0..values.len()).filter(|at| values.get(*at) == Some(&0.0)).collect();
    silent.iter().for_each(|dream| ascent.begin_at(*dream, image));
    Ok(!silent.is_empty())
}

/// Whether it can be asked so.
fn check(asked: &DreamAsked) -> Result<(), TrainError> {
    Err(TrainError::Calculation(if asked.count == 0 || asked.count > MOST_DREAMS {
        phrase!("studies-ask-for-1-to-dreams", most_dreams = MOST_DREAMS, count = asked.count)
    } else if asked.steps > MOST_STEPS {
        phrase!("studies-a-dream-takes-up-to", most_steps = MOST_STEPS, steps = asked.steps)
    } else {
        return Ok(());
    }))
}
