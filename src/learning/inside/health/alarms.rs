//! What is wrong with a training, from its numbers alone. Each rule speaks for itself; then causes take what they explain.
//!
//! Bounds lie well beyond what a healthy run shows, so that none speaks without need; docs/INSIDE.md says where each
//! comes from.

mod of_layers;
mod of_losses;
mod of_rates;

use crate::inside::{Alarm, AlarmKind, Health, Trial};
use crate::words::Phrase;

/// What each fault makes, besides itself. The first of two that explain each other stays.
const EXPLAINS: [(AlarmKind, &[AlarmKind]); 9] = [
    (
        AlarmKind::RateTooHigh,
        &[
            AlarmKind::Diverging,
            AlarmKind::DeadLayer,
            AlarmKind::Saturated,
            AlarmKind::ExplodingGradient,
            AlarmKind::VanishingGradient,
            AlarmKind::NotLearning,
            AlarmKind::BatchNoise,
            AlarmKind::RateTooLow,
        ],
    ),
    (
        AlarmKind::DeadLayer,
        &[
            AlarmKind::VanishingGradient,
            AlarmKind::NotLearning,
            AlarmKind::RateTooLow,
            AlarmKind::BatchNoise,
            AlarmKind::Diverging,
        ],
    ),
    (
        AlarmKind::Saturated,
        &[
            AlarmKind::ExplodingGradient,
            AlarmKind::VanishingGradient,
            AlarmKind::Diverging,
            AlarmKind::NotLearning,
            AlarmKind::RateTooLow,
            AlarmKind::BatchNoise,
        ],
    ),
    (
        AlarmKind::Diverging,
        &[
            AlarmKind::ExplodingGradient,
            AlarmKind::VanishingGradient,
            AlarmKind::NotLearning,
            AlarmKind::BatchNoise,
        ],
    ),
    (AlarmKind::ExplodingGradient, &[AlarmKind::NotLearning, AlarmKind::BatchNoise]),
    (AlarmKind::VanishingGradient, &[AlarmKind::NotLearning, AlarmKind::RateTooLow]),
    (AlarmKind::RateTooLow, &[AlarmKind::NotLearning, AlarmKind::BatchNoise]),
    (AlarmKind::BatchNoise, &[AlarmKind::NotLearning]),
    (AlarmKind::NotLearning, &[]),
];

/// What a rule found.
struct Finding {
    kind: AlarmKind,
    layer: Option<String>,
    measured: f64,
    bound: f64,
    cause: Phrase,
    remedy: Phrase,
    trial: Option<Trial>,
}

/// What is wrong, causes only.
pub(super) fn alarms(health: &Health, classes: usize) -> Vec<Alarm> {
    let found = of_rates::findings(health)
        .into_iter()
        .chain(of_layers::findings(health, classes))
        .chain(of_losses::findings(health, classes));
    let alarm = |found: Finding| Alarm {
        kind: found.kind,
        layer: found.layer,
        step: health.losses.step,
        measured: found.measured,
        bound: found.bound,
        cause: found.cause,
        remedy: found.remedy,
        trial: found.trial,
        explains: Vec::new(),
    };
    causes(found.map(alarm).collect())
}

/// Those that no other explains, each with the kinds that it took.
fn causes(mut alarms: Vec<Alarm>) -> Vec<Alarm> {
    for (kind, explained) in EXPLAINS {
        if !alarms.iter().any(|alarm| alarm.kind == kind) {
            continue;
        }
        let mut taken = Vec::new();
        alarms.retain(|alarm| {
            let stays = !explained.contains(&alarm.kind);
            if !stays {
                taken.push(alarm.kind);
                taken.extend(&alarm.explains);
            }
            stays
        });
        if let Some(cause) = alarms.iter_mut().find(|alarm| alarm.kind == kind) {
            for kind in taken {
                if !cause.explains.contains(&kind) {
                    cause.explains.push(kind);
                }
            }
        }
    }
    alarms
}
