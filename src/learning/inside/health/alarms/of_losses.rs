//! Alarms of the loss: no number, rising, flat, learned by heart, drowned in noise, and classes that are unlike in number.

use super::{
    Finding,
    of_rates::{FLAT, SOON},
};
use crate::inside::{AlarmKind, Health, Trial};
use crate::words::Phrase;

/// Before so many steps a loss that rises may be bad luck.
const FEW: u64 = 20;
/// A mean loss so many times what it was.
const RISEN: f64 = 2.0;
/// Beyond what chance loses, by this factor.
const WORSE_THAN_CHANCE: f64 = 1.5;
/// A fall of accuracy from training to test images that is a fault.
const GAP: f64 = 0.1;
/// So many of its standard errors it must be at least.
const SURELY: f64 = 3.0;
/// A noise scale of so many batches leaves nothing of a step.
const NOISY: f64 = 100.0;
/// How many times more frequent the most frequent class may be than the rarest: between one in ten and one in a hundred, of
/// which He and Garcia 2009 (<https://doi.org/10.1109/TKDE.2008.239>) speak.
const UNBALANCED: f64 = 20.0;

pub(super) fn findings(health: &Health, classes: usize) -> Vec<Finding> {
    let all = [
        no_number(health).or_else(|| rising(health)),
        flat(health),
        by_heart(health),
        unbalanced(health, classes),
    ];
    all.into_iter().flatten().collect()
}

fn finding(kind: AlarmKind, [measured, bound]: [f64; 2], cause: Phrase, remedy: Phrase) -> Finding {
    Finding { kind, layer: None, measured, bound, cause, remedy, trial: None }
}

fn no_number(health: &Health) -> Option<Finding> {
    let weights = health.layers.iter().find(|layer| !layer.weight_norm.is_finite());
    let slopes = health.layers.iter().find(|layer| !layer.gradient_norm.is_finite());
    let (what, layer) = match (health.losses.no_number, weights, slopes) {
        (_, Some(layer), _) => (
            phrase!("studies-weights-of-are-no-numbers", name = layer.name),
            Some(layer.name.clone()),
        ),
        (Some(step), _, _) => (phrase!("studies-the-loss-of-step-was", step), None),
        (_, _, Some(layer)) => {
            (phrase!("studies-the-gradient-of-is-no", name = layer.name), Some(layer.name.clone()))
        }
        _ if !health.train.loss.is_finite() => (phrase!("studies-the-loss-is-no-number"), None),
        _ => return None,
    };
    let rate = health.steps.rate / 10.0;
    let remedy = phrase!("studies-begin-anew-with-a-learning", rate = format_args!("{:.1e}", rate));
    let found = finding(AlarmKind::Diverging, [f64::NAN, f64::NAN], what, remedy);
    Some(Finding { layer, trial: Some(Trial::LearningRate(rate)), ..found })
}

fn rising(health: &Health) -> Option<Finding> {
    let losses = &health.losses;
    let from_first =
        losses.recent > RISEN * losses.first && losses.recent > WORSE_THAN_CHANCE * losses.chance;
    let from_best =
        losses.recent > RISEN * losses.best && losses.recent - losses.best > 0.5 * losses.chance;
    if losses.seen < FEW || !(from_first || from_best) {
        return None;
    }
    let (from, since) = match from_best {
        true => (losses.best, losses.best_step),
        false => (losses.first, 1),
    };
    let rate = health.steps.rate / 10.0;
    let cause = phrase!(
        "studies-the-loss-has-risen-to",
        recent = format_args!("{:.3}", losses.recent),
        from = format_args!("{:.3}", from),
        since
    );
    let remedy =
        phrase!("studies-go-back-before-step-and", since, rate = format_args!("{:.1e}", rate));
    let found = finding(AlarmKind::Diverging, [losses.recent, RISEN * from], cause, remedy);
    Some(Finding { trial: Some(Trial::LearningRate(rate)), ..found })
}

/// It stays where it was: because of noise where there is a signal in it, else for no reason that numbers tell.
fn flat(health: &Health) -> Option<Finding> {
    let losses = &health.losses;
    let is_flat = losses.recent >= FLAT * losses.first && losses.recent > 0.5 * losses.chance;
    if losses.seen < SOON || !is_flat {
        return None;
    }
    let batch = health.steps.batch;
    let bound = NOISY * batch as f64;
    let scale = health.noise.and_then(|noise| noise.scale).filter(|scale| *scale > bound);
    let stays = phrase!(
        "studies-the-loss-is-after-steps",
        recent = format_args!("{:.3}", losses.recent),
        seen = losses.seen,
        first = format_args!("{:.3}", losses.first)
    );
    if let Some(scale) = scale {
        let larger = (batch * 8).min(health.steps.examples.max(1));
        let cause = phrase!(
            "studies-noise-and-signal-are-alike",
            stays,
            scale = format_args!("{:.0}", scale),
            batch
        );
        let remedy = phrase!("studies-try-batches-of", larger);
        let found = finding(AlarmKind::BatchNoise, [scale, bound], cause, remedy);
        return Some(Finding { trial: Some(Trial::Batch(larger)), ..found });
    }
    let cause = match health.noise {
        Some(noise) if noise.signal <= 0.0 => phrase!("studies-and-the-images-agree-on", stays),
        _ => stays,
    };
    let remedy = phrase!("studies-look-whether-labels-belong-to");
    let measured = [losses.recent, FLAT * losses.first];
    Some(finding(AlarmKind::NotLearning, measured, cause, remedy))
}

fn by_heart(health: &Health) -> Option<Finding> {
    let (train, test) = (&health.train, &health.test);
    let gap = train.accuracy - test.accuracy;
    let variance =
        |fit: &crate::inside::Fit| fit.accuracy * (1.0 - fit.accuracy) / fit.images as f64;
    let bound = (SURELY * (variance(train) + variance(test)).sqrt()).max(GAP);
    let is_fault = gap > bound && test.loss > RISEN * train.loss;
    if !is_fault {
        return None;
    }
    let cause = phrase!(
        "studies-of-the-training-images-are",
        value = format_args!("{:.1}", 100.0 * train.accuracy),
        value2 = format_args!("{:.1}", 100.0 * test.accuracy),
        loss = format_args!("{:.3}", train.loss),
        loss2 = format_args!("{:.3}", test.loss),
        examples = health.steps.examples
    );
    let remedy = phrase!("studies-bring-more-images-learn-changed");
    let found = finding(AlarmKind::LearnedByHeart, [gap, bound], cause, remedy);
    Some(Finding { trial: Some(Trial::Augmentation), ..found })
}

fn unbalanced(health: &Health, classes: usize) -> Option<Finding> {
    let balance = &health.balance;
    if balance.weighted || balance.ratio() < UNBALANCED {
        return None;
    }
    let ([most, many], [least, few]) = (balance.most, balance.least);
    let cause = phrase!(
        "studies-class-has-images-to-learn",
        most,
        many,
        least,
        few,
        classes,
        value = format_args!("{:.1}", 100.0 * many as f64 / health.steps.examples.max(1) as f64)
    );
    let remedy = phrase!("studies-weigh-classes-by-how-rare");
    let found = finding(AlarmKind::Imbalance, [balance.ratio(), UNBALANCED], cause, remedy);
    Some(Finding { trial: Some(Trial::BalancedClasses), ..found })
}
