//! Why it is not more accurate: the error on test images parted into what training images have as well and what they have
//! not, beside alarms and suspicious labels.

use crate::inside::{AlarmKind, Health, Reason, ReasonKind, Suspect, Trial};

/// Errors smaller than this are left alone: a sample of some hundred images knows no better.
const SMALL: f64 = 0.01;
/// A network learns still whose last twenty losses are its best within so many of its last steps.
const LATELY: u64 = 50;

/// What stands between the network and a better one, what is worth most first.
pub(super) fn reasons(health: &Health, suspects: &[Suspect], looked_at: usize) -> Vec<Reason> {
    let mut all: Vec<Reason> = health.alarms.iter().map(alarmed).collect();
    all.extend(of_gap(health));
    all.extend(of_fit(health));
    all.extend(of_labels(suspects, looked_at));
    let worth = |reason: &Reason| reason.worth.unwrap_or(f64::INFINITY);
    all.sort_by(|one, other| worth(other).total_cmp(&worth(one)));
    all
}

/// What an alarm has found comes first.
fn alarmed(alarm: &crate::inside::Alarm) -> Reason {
    let kind = match alarm.kind {
        AlarmKind::RateTooHigh | AlarmKind::RateTooLow | AlarmKind::Diverging => ReasonKind::Rate,
        AlarmKind::LearnedByHeart => ReasonKind::LearnedByHeart,
        AlarmKind::Imbalance => ReasonKind::Imbalance,
        _ => ReasonKind::Alarm,
    };
    Reason {
        kind,
        evidence: phrase!("studies-at-step", step = alarm.step, cause = alarm.cause),
        worth: None,
        remedy: phrase!("list-sentence", text = alarm.remedy),
        trial: alarm.trial.clone(),
    }
}

/// What is right on training images and wrong on test images.
fn of_gap(health: &Health) -> Option<Reason> {
    let gap = health.train.accuracy - health.test.accuracy;
    let is_told = health.alarms.iter().any(|alarm| alarm.kind == AlarmKind::LearnedByHeart);
    if is_told || gap.is_nan() || gap < SMALL || gap <= 1.0 - health.train.accuracy {
        return None;
    }
    Some(Reason {
        kind: ReasonKind::TooLittleData,
        evidence: phrase!(
            "studies-of-training-images-are-told",
            value = format_args!("{:.1}", 100.0 * health.train.accuracy),
            value2 = format_args!("{:.1}", 100.0 * health.test.accuracy),
            examples = health.steps.examples
        ),
        worth: Some(gap),
        remedy: phrase!("studies-bring-more-images-or-learn"),
        trial: Some(Trial::Augmentation),
    })
}

/// What is wrong on training images already.
fn of_fit(health: &Health) -> Option<Reason> {
    let error = 1.0 - health.train.accuracy;
    let losses = &health.losses;
    let has_rate = health
        .alarms
        .iter()
        .any(|alarm| !matches!(alarm.kind, AlarmKind::Imbalance | AlarmKind::LearnedByHeart));
    if has_rate || error.is_nan() || error < SMALL || losses.seen == 0 {
        return None;
    }
    let per_epoch = health.steps.examples.div_ceil(health.steps.batch.max(1)) as u64;
    let learns_still = losses.best_step + LATELY.min(per_epoch) >= losses.step;
    let (kind, evidence, remedy, trial) = if learns_still {
        let epochs = (2 * losses.step).div_ceil(per_epoch.max(1)).max(2);
        (
            ReasonKind::TooEarly,
            phrase!(
                "studies-of-training-images-are-still",
                value = format_args!("{:.1}", 100.0 * error),
                best_step = losses.best_step
            ),
            phrase!("studies-go-on-for-passes-altogether", epochs),
            Trial::Epochs(u32::try_from(epochs).unwrap_or(u32::MAX)),
        )
    } else {
        (
            ReasonKind::TooSimple,
            phrase!(
                "studies-of-training-images-are-told-wrongly",
                value = format_args!("{:.1}", 100.0 * error),
                best_step = losses.best_step
            ),
            phrase!("studies-give-it-twice-as-many"),
            Trial::Wider(2),
        )
    };
    Some(Reason { kind, evidence, worth: Some(error), remedy, trial: Some(trial) })
}

fn of_labels(suspects: &[Suspect], looked_at: usize) -> Option<Reason> {
    if suspects.is_empty() {
        return None;
    }
    let indices: Vec<usize> = suspects.iter().map(|suspect| suspect.index).collect();
    Some(Reason {
        kind: ReasonKind::Labels,
        evidence: phrase!(
            "studies-of-training-images-are-called",
            looked_at,
            indices_count = indices.len()
        ),
        worth: Some(indices.len() as f64 / looked_at.max(1) as f64),
        remedy: phrase!("studies-look-whether-their-labels-are"),
        trial: Some(Trial::LeaveOut(indices)),
    })
}
