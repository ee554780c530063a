//! Which training images taught an answer: the ledger, put in order for whoever reads it.

use crate::{
    inside::{Credited, OfLayer, Sides, Stretch, Taught, TaughtAsked},
    learning::{
        TrainError,
        inside::ledger::{Account, Apart, Booked, Subject, ledger},
    },
    words::Phrase,
};

/// Stretches of steps that are told at most.
const MOST_STRETCHES: usize = 120;

/// Tells which training images taught the run what it says to an input.
///
/// # Errors
/// One sentence if what is asked for is not there or cannot be computed.
pub(super) fn taught<R: Booked>(
    run: &R,
    asked: &TaughtAsked,
    subject: &Subject,
    go_on: &dyn Fn() -> bool,
) -> Result<Option<Taught>, TrainError> {
    let Some((account, memory, price)) = ledger(run, subject, asked.map, go_on)? else {
        return Ok(None);
    };
    if asked.map.is_none() {
        run.books().keep(run.steps(), subject, account.credits());
    }
    let mut order: Vec<Credited> = account.seen().collect();
    order.sort_by(|one, other| {
        one.credit.total_cmp(&other.credit).then(one.index.cmp(&other.index))
    });
    let helped = order.iter().take_while(|image| image.credit < 0.0).take(asked.strongest);
    let hindered = order.iter().rev().take_while(|image| image.credit > 0.0).take(asked.strongest);
    let pictured = |one: &Credited| {
        let image = run.image(one.index).unwrap_or_default().into();
        Credited { image, ..one.clone() }
    };
    let layers = run.layers();
    let of_layers = account.layers(layers.len());
    Ok(Some(Taught {
        asked: asked.clone(),
        steps: run.steps(),
        size: run.image_size(),
        class: subject.class,
        loss: account.loss,
        credit: account.credit,
        apart: account.apart.all(),
        by_hand: account.by_hand,
        residual: account.residual(),
        images: account.credits().iter().map(|credit| *credit as f32).collect(),
        helped: helped.map(pictured).collect(),
        hindered: hindered.map(pictured).collect(),
        unseen: run.labels().len() - order.len(),
        classes: account.classes.clone(),
        stretches: stretches(&account),
        layers: (layers.into_iter().zip(of_layers))
            .map(|(layer, sides)| OfLayer { layer, sides })
            .collect(),
        maps: account.maps(),
        at_once: account.at_once(),
        memory,
        remarks: remarks(run, &account),
        price,
    }))
}

/// What rounding did is told from here on, in nats: what four decimals show.
const TOLD: f64 = 5e-5;

/// What is to be known besides.
fn remarks<R: Booked>(run: &R, account: &Account) -> Vec<Phrase> {
    let idle = account.steps.iter().filter(|step| step.loss.is_none()).count();
    let idle = (idle > 0).then(|| phrase!("studies-steps-moved-nothing-as-their", idle));
    let Apart { decay, remembered, rounded } = account.apart;
    let of_decay = (decay != 0.0).then(|| {
        phrase!("studies-weight-decay-which-is-no", decay = format_args!("{:+.4}", decay))
    });
    let of_memories = (remembered != 0.0).then(|| {
        phrase!(
            "studies-what-normalisations-remember-of-their",
            remembered = format_args!("{:+.4}", remembered)
        )
    });
    let of_rounding = (rounded.abs() >= TOLD).then(|| {
        phrase!(
            "studies-rounding-alone-moved-biases-that",
            rounded = format_args!("{:+.4}", rounded)
        )
    });
    let [of_run, _] = run.remarks();
    let apart = of_decay.into_iter().chain(of_memories).chain(of_rounding);
    idle.into_iter().chain(apart).chain(of_run).collect()
}

/// Neighbouring steps together, so that there are not too many.
fn stretches(account: &Account) -> Vec<Stretch> {
    let steps = &account.steps;
    let length = steps.len().div_ceil(MOST_STRETCHES).max(1);
    let [mut loss, _] = account.loss;
    let mut first = 1;
    let mut stretches = Vec::new();
    for steps in steps.chunks(length) {
        let mut sides = Sides::default();
        for of in steps {
            sides.helped += of.sides.helped;
            sides.hindered += of.sides.hindered;
            loss = of.loss.unwrap_or(loss);
        }
        let last = first + steps.len() as u64 - 1;
        stretches.push(Stretch { first, last, sides, loss });
        first = last + 1;
    }
    stretches
}
