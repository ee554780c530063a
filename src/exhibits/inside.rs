//! `--inside`: all that can be told of a classifier once it has learned, one after the other; the answer that is looked at is
//! that to the first test image that is misread.

use std::sync::Arc;

use super::{
    Afterwards, health, landscape, open::answer, points, robust, taught, teller::Teller, units, why,
};
use crate::{
    inside::{
        AlikeAsked, AlikeWith, Baseline, Method, Target, TogetherAsked, Why, WhyAsked, alike_told,
        together_told,
    },
    learning::data::Dataset,
    program_error::ProgramError,
    stream::{InputChoice, Payload, ViewerEnd},
};
/// Test images among which a misread one is looked for.
const LOOKED_AT: usize = 300;
/// Test images on which layers and models are compared.
const COMPARED: usize = 500;
const FUSED: usize = 2000;
/// Contested images that are named.
const CONTESTED: usize = 5;

/// Tells all of it, to be run when the training is over.
pub(super) fn everything(dataset: &Dataset) -> Afterwards {
    let (dataset, classes) = (dataset.clone(), dataset.classes.clone());
    Box::new(move |room, events, as_json| {
        let teller = Teller { room, events, as_json };
        let index = misread(room, &dataset)?;
        // What some models do not answer is said, and the rest is told all the same.
        let ask = |told: Result<(), ProgramError>| match told {
            Err(ProgramError::Training(why)) => {
                teller.refused(&why);
                Ok(())
            }
            told => told,
        };
        let run = |tells: Afterwards| tells(room, events, as_json);
        ask(run(why::reasons(index, &dataset)?))?;
        ask(run(robust::robustness(index, &dataset)?))?;
        ask(run(taught::teachers(index, &dataset)?))?;
        ask(units::know(units::LAST, &teller))?;
        ask(points::lay_out(points::LOGITS, &teller))?;
        for with in AlikeWith::ALL {
            let asked = AlikeAsked { with, images: COMPARED, seed: 0 };
            ask(teller.tell("alike", Payload::new(asked), alike_told).map(drop))?;
        }
        let asked = TogetherAsked { images: FUSED, contested: CONTESTED, seed: 0 };
        let words = |together: &_| together_told(together, &classes);
        ask(teller.tell("together", Payload::new(asked), words).map(drop))?;
        ask(run(health::examined(classes.clone())))?;
        ask(landscape::survey(&teller))
    })
}

/// The first test image that is misread; the first of all if none is among those that are looked at.
fn misread(room: &ViewerEnd, dataset: &Dataset) -> Result<usize, ProgramError> {
    for (index, label) in dataset.test.labels.iter().enumerate().take(LOOKED_AT) {
        let asked = WhyAsked {
            input: InputChoice::Test(index),
            target: Target::Said,
            baseline: Baseline::Black,
            methods: vec![Method::Gradient],
            shuffled: None,
            seed: 0,
        };
        let why: Arc<Why> = answer(room, Payload::new(asked))?;
        if why.target != Target::Logit(usize::from(*label)) {
            return Ok(index);
        }
    }
    Ok(0)
}
