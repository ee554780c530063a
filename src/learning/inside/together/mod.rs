//! Several models of the same images fused: by the mean of what they say, by vote, and by a weighted sum.
//!
//! Members are the network, the ends of the runs that went before it, and a logistic regression on the pixels, which is wrong
//! about other images than a network is. The mean of their losses is never below the loss of their mean probabilities; the
//! difference is what disagreement is worth (Krogh and Vedelsby 1995; for cross-entropy by Jensen's inequality).

mod fused;
mod logistic;
mod stacked;
#[cfg(test)]
mod tests;

use super::{Baselines, Explained, Trail, answers::Answers, hidden::awaited, meter::Meter, sweep};
use crate::{
    inside::{Contested, Member, MemberOf, Scored, Together, TogetherAsked},
    learning::{TrainError, data::order},
};
use fused::{Opinions, probabilities};

/// Multiply-adds that an answer may take: some seconds on two cores, which only large networks need.
const MOST_MULTIPLY_ADDS: u64 = 40_000_000_000;
/// Fewer images have no halves that say anything.
const FEWEST_IMAGES: usize = 4;
/// The epoch whose order images are drawn in: one that no training reaches.
const DRAWN: u32 = u32::MAX - 7;

/// Tells what a model is worth together with others.
///
/// # Errors
/// One sentence if there are too few images, or it cannot be computed.
pub fn together(
    model: &dyn Explained,
    asked: &TogetherAsked,
    examples: Baselines<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Together, TrainError> {
    let meter = Meter::of(model);
    let begun = meter.mark();
    if model.classes() < 2 {
        return Err(TrainError::calculation(phrase!(
            "studies-the-network-tells-no-two-classes-apart-2"
        )));
    }
    let runs = 1 + examples.trail.ended.len();
    let dear = model.multiply_adds().max(1).saturating_mul(runs as u64);
    let affordable = usize::try_from(MOST_MULTIPLY_ADDS / dear).unwrap_or(usize::MAX);
    let wanted = asked.images.min(affordable.max(FEWEST_IMAGES));
    let drawn = order(asked.seed, DRAWN, examples.tests.len());
    let indices: Vec<usize> = drawn.into_iter().take(wanted).map(|at| at as usize).collect();
    if indices.len() < FEWEST_IMAGES {
        return Err(TrainError::Calculation(phrase!(
            "studies-there-are-test-images-but",
            indices_count = indices.len(),
            fewest_images = FEWEST_IMAGES
        )));
    }
    let mut remarks = Vec::new();
    if indices.len() < examples.tests.len() {
        remarks.push(phrase!(
            "studies-of-of-test-images",
            indices_count = indices.len(),
            tests_count = examples.tests.len()
        ));
    }
    let (members, answers) = asked_all(&meter, &indices, examples, asked.seed, go_on)?;
    if members.len() == 2 {
        remarks.push(phrase!("studies-a-new-seed-trains-another"));
    }
    let fitted: Vec<Answers> = answers.iter().map(|all| all.halves()[0].clone()).collect();
    let tried: Vec<Answers> = answers.iter().map(|all| all.halves()[1].clone()).collect();
    let weights = stacked::weights(&fitted).unwrap_or_else(|why| {
        remarks.push(why);
        vec![1.0 / members.len() as f64; members.len()]
    });
    let opinions = Opinions::of(&tried);
    let whole = opinions.averaged(None);
    let found = members.iter().enumerate().map(|(at, of)| Member {
        of: *of,
        alone: opinions.alone(at),
        adds: whole.accuracy - opinions.averaged(Some(at)).accuracy,
        weight: weights.get(at).map_or(f32::NAN, |weight| *weight as f32),
    });
    let shown = indices.get(indices.len() / 2..).unwrap_or_default();
    Ok(Together {
        asked: asked.clone(),
        images: [fitted.first().map_or(0, |half| half.labels.len()), shown.len()],
        members: found.collect(),
        averaged: whole,
        voted: opinions.voted(),
        stacked: stacked::worth(&tried, &weights),
        differ: opinions.differ(),
        contested: opinions.contested(shown, asked.contested),
        remarks,
        price: meter.since(&begun),
    })
}

/// All members, and what each says of the images.
fn asked_all(
    meter: &Meter<'_>,
    indices: &[usize],
    examples: Baselines<'_>,
    seed: u64,
    go_on: &dyn Fn() -> bool,
) -> Result<(Vec<MemberOf>, Vec<Answers>), TrainError> {
    let Baselines { train, tests, trail, .. } = examples;
    let model = meter.model();
    let labels: Vec<usize> =
        indices.iter().filter_map(|at| tests.labels.get(*at)).copied().map(usize::from).collect();
    let mut all = vec![(MemberOf::Now, asked_one(meter, model, indices, examples, go_on)?)];
    for (of, numbers) in before(trail) {
        let other = model.with_parameters(numbers)?;
        all.push((of, asked_one(meter, other.as_ref(), indices, examples, go_on)?));
    }
    let regression = logistic::fitted(train, model.classes(), seed, go_on)?;
    let images = sweep::images(tests, indices);
    all.push((MemberOf::Logistic, regression.logits(&images, meter.input_len())));
    let classes = model.classes();
    let (members, logits): (Vec<_>, Vec<_>) = all.into_iter().unzip();
    let answers =
        logits.into_iter().map(|logits| Answers { classes, logits, labels: labels.clone() });
    Ok((members, answers.collect()))
}

/// The ends of the runs before, from the last to the first.
fn before(trail: &Trail) -> impl Iterator<Item = (MemberOf, &[f32])> {
    trail.ended.iter().rev().map(|ended| {
        let of = MemberOf::Run { seed: ended.seed, steps: ended.end.step };
        (of, ended.end.numbers.as_slice())
    })
}

fn asked_one(
    meter: &Meter<'_>,
    model: &dyn Explained,
    indices: &[usize],
    examples: Baselines<'_>,
    go_on: &dyn Fn() -> bool,
) -> Result<Vec<f32>, TrainError> {
    let mut logits = Vec::with_capacity(indices.len() * model.classes());
    for some in indices.chunks(meter.at_once()) {
        awaited(go_on)?;
        logits.extend(meter.logits_of(model, &sweep::images(examples.tests, some))?);
    }
    Ok(logits)
}

/// Whether a class is right, and its loss in nats, from probabilities.
fn scored(rows: impl Iterator<Item = (Vec<f64>, usize)>) -> Scored {
    let (mut right, mut loss, mut count) = (0_usize, 0.0, 0_usize);
    for (shares, label) in rows {
        right += usize::from(highest(&shares) == Some(label));
        loss -= shares.get(label).copied().unwrap_or(f64::NAN).max(f64::MIN_POSITIVE).ln();
        count += 1;
        if shares.iter().any(|share| share.is_nan()) {
            loss = f64::NAN;
        }
    }
    let count = count as f64;
    Scored { accuracy: (right as f64 / count) as f32, loss: (loss / count) as f32 }
}

/// The place of the largest number, the first of equals; none where one is no number.
fn highest(numbers: &[f64]) -> Option<usize> {
    if numbers.iter().any(|number| number.is_nan()) {
        return None;
    }
    let best = |best: usize, at: usize| if numbers.get(at) > numbers.get(best) { at } else { best };
    (0..numbers.len()).reduce(best)
}

/// What is contested about an image.
fn contested(index: usize, label: usize, shares: &[Vec<f64>], mean: &[f64]) -> Contested {
    let entropy = |shares: &[f64]| {
        -shares.iter().map(|share| share * share.max(f64::MIN_POSITIVE).ln()).sum::<f64>()
    };
    let alone: f64 = shares.iter().map(|shares| entropy(shares)).sum();
    let class = |shares: &[f64]| highest(shares).unwrap_or(usize::MAX);
    Contested {
        index,
        label,
        said: shares.iter().map(|shares| class(shares) as u32).collect(),
        together: class(mean),
        apart: (entropy(mean) - alone / shares.len() as f64) as f32,
    }
}

/// The probabilities of each image, member after member.
fn all_shares(answers: &[Answers]) -> Vec<Vec<Vec<f64>>> {
    let of = |all: &Answers| all.each().map(|(logits, _)| probabilities(logits)).collect();
    answers.iter().map(of).collect()
}
