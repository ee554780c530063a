//! What a model withstands: the input under attack, accuracy against strength, and the smallest change that flips the answer.

use super::{
    Baselines, Explained,
    accuracy::{accuracies, drawn, stream},
    attack::{Attacker, Victims},
    boundary, goal,
    meter::Meter,
    neighbour::nearest,
};
use crate::{
    inside::{Attack, Attacked, Flip, Reading, Robust, RobustAsked},
    learning::{TrainError, data::Examples},
    stream::InputChoice,
    words::Phrase,
};

/// Multiply-adds that accuracies may take, and for the input alone PGD and the search for a boundary each: together some
/// tenths of a second on two cores.
const FOR_ACCURACY: u64 = 8_000_000_000;
const FOR_INPUT: u64 = 1_000_000_000;
/// A pass there and back, in passes there; an attack asks for logits before it.
const THERE_AND_BACK: u64 = 3;
const LOOK: u64 = 1 + THERE_AND_BACK;
/// The most strengths of one question: each makes three images.
const MOST_STRENGTHS: usize = 8;

/// Tells what a model withstands.
///
/// # Errors
/// One sentence if what is asked for is not there, or cannot be computed.
pub fn robustness(
    model: &dyn Explained,
    asked: &RobustAsked,
    input: &[f32],
    examples: Baselines<'_>,
) -> Result<Robust, TrainError> {
    check(model, asked, input, examples.tests)?;
    let meter = Meter::of(model);
    let begun = meter.mark();
    let mut remarks = Vec::new();
    let costs = Costs::of(model, asked);
    if costs.steps < asked.steps {
        remarks.push(phrase!("studies-pgd-takes-steps-as-more", steps = costs.steps));
    }
    let attacker = Attacker { meter: &meter, steps: costs.steps, seed: asked.seed };

    let own = match asked.input {
        InputChoice::Test(index) => Some(index),
        _ => None,
    };
    let label = own.and_then(|index| examples.tests.labels.get(index)).copied().map(usize::from);
    let logits = meter.logits(input)?;
    let class = label.or_else(|| goal::said(&logits)).unwrap_or_default();
    if logits.iter().any(|logit| logit.is_nan()) {
        remarks.push(phrase!("studies-what-the-network-says-is-no"));
    }
    let of_input = Victims {
        images: input.to_vec(),
        classes: vec![class],
        streams: vec![own.map_or(0, stream)],
    };
    let attacked = attacked(&attacker, &of_input, &asked.strengths)?;

    let indices = drawn(examples.tests, costs.images, asked.seed);
    if costs.images < asked.images.min(examples.tests.len()) {
        remarks.push(phrase!(
            "studies-accuracies-are-of-test-images",
            images = match costs.images {
                0 => phrase!("studies-no-test-images").to_owned(),
                some => Phrase::counted(some, "test image"),
            }
        ));
    }
    let (accuracy, withstood) = accuracies(&attacker, examples.tests, &indices, &asked.strengths)?;

    let flip = match boundary::nearest(&meter, input, costs.iterations)? {
        Ok(crossing) => Some(Flip {
            nearest: nearest(input, crossing.class, (examples.train, examples.tests), own),
            class: crossing.class,
            distance: crossing.distance as f32,
            size: crossing.size as f32,
            iterations: crossing.iterations,
            image: crossing.image.into(),
        }),
        Err(why) => {
            remarks.push(why);
            None
        }
    };
    Ok(Robust {
        asked: asked.clone(),
        size: model.size(),
        input: input.into(),
        class,
        unchanged: reading(&logits, class),
        attacked,
        images: indices.len(),
        steps: costs.steps,
        accuracy,
        withstood,
        flip,
        remarks,
        price: meter.since(&begun),
    })
}

/// Whether it can be asked so.
fn check(
    model: &dyn Explained,
    asked: &RobustAsked,
    input: &[f32],
    tests: &Examples,
) -> Result<(), TrainError> {
    let size = model.size().iter().product::<usize>();
    let fault = if input.len() != size || input.is_empty() {
        phrase!("studies-it-has-numbers-instead-of-2", input_count = input.len(), size)
    } else if model.classes() < 2 {
        phrase!("studies-the-network-tells-no-two-classes-apart")
    } else if asked.images > 0 && tests.is_empty() {
        phrase!("studies-there-are-no-test-images-over")
    } else if asked.steps == 0 {
        phrase!("studies-pgd-takes-at-least-one")
    } else if asked.strengths.is_empty() || asked.strengths.len() > MOST_STRENGTHS {
        phrase!(
            "studies-name-1-to-strengths-instead",
            most_strengths = MOST_STRENGTHS,
            strengths_count = asked.strengths.len()
        )
    } else if let Some(wrong) =
        asked.strengths.iter().find(|strength| !(0.0..=1.0).contains(*strength))
    {
        phrase!("studies-a-strength-is-but-must", wrong)
    } else {
        return Ok(());
    };
    Err(TrainError::Calculation(fault))
}

/// What is taken, so that an answer stays within its price; it depends on sizes alone, never on a clock.
struct Costs {
    steps: usize,
    images: usize,
    iterations: usize,
}

impl Costs {
    fn of(model: &dyn Explained, asked: &RobustAsked) -> Self {
        let pass = model.multiply_adds().max(1);
        let strengths = asked.strengths.len() as u64;
        let affordable =
            |passes: u64| (FOR_INPUT / pass.saturating_mul(passes).max(1)).max(1) as usize;
        let steps = asked.steps.min(affordable(LOOK * strengths));
        let rivals = model.classes().min(boundary::CLASSES) as u64;
        let iterations = affordable(1 + THERE_AND_BACK * rivals);
        // Once a look for FGSM; at each strength PGD, and each of four ways what is said to it.
        let passes = LOOK * (1 + strengths * steps as u64) + 4 * strengths;
        let images = FOR_ACCURACY / pass.saturating_mul(passes).max(1);
        Self { steps, images: asked.images.min(images as usize), iterations }
    }
}

fn reading(logits: &[f32], class: usize) -> Reading {
    let said = goal::said(logits).unwrap_or_default();
    let probability = goal::probabilities(logits).get(said).map_or(f32::NAN, |share| *share as f32);
    Reading { class: said, probability, loss: goal::loss(logits, class) as f32 }
}

/// One image under each attack at each strength.
fn attacked(
    attacker: &Attacker<'_>,
    victim: &Victims,
    strengths: &[f32],
) -> Result<Vec<Attacked>, TrainError> {
    let seen = attacker.looked_at(victim)?;
    let class = victim.classes.first().copied().unwrap_or_default();
    let mut attacked = Vec::with_capacity(3 * strengths.len());
    for strength in strengths {
        let made = [
            (Attack::Fgsm, attacker.fgsm(&seen, *strength)?),
            (Attack::Pgd, attacker.pgd(victim, *strength)?),
            (Attack::RandomSigns, attacker.by_random_signs(victim, *strength)?),
        ];
        attacked.extend(made.map(|(attack, made)| Attacked {
            attack,
            strength: *strength,
            reading: reading(&made.logits, class),
            zero_gradient: zeros(&made.gradient),
            image: made.images.into(),
        }));
    }
    Ok(attacked)
}

/// The share of zeros; none of no gradient.
fn zeros(gradient: &[f32]) -> Option<f32> {
    let zeros = gradient.iter().filter(|slope| **slope == 0.0).count();
    (!gradient.is_empty()).then(|| (zeros as f64 / gradient.len() as f64) as f32)
}
