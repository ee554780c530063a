//! Alarms of the learning rate, by the size of updates and by what became of the loss.

use super::Finding;
use crate::inside::{AlarmKind, Health, LayerHealth, Trial};

/// What an update is of the weights in a healthy run (Karpathy, Stanford's `CS231n`,
/// <https://cs231n.github.io/neural-networks-3/>).
const USUAL: f64 = 1e-3;
/// An update half as large as the weights replaces what a layer holds. Adam's first steps move every weight by the whole
/// rate, which for the digits is a twentieth of a weight.
const REPLACES: f64 = 0.5;
/// A loss so many times that of the beginning and of chance did not come of unlucky batches: steps have led there, as they
/// do where they are too long.
const BURST: f64 = 3.0;
/// Updates so small need a hundred thousand steps for what weights are.
const SMALL: f64 = 1e-5;
/// Before so many steps nothing is said of slowness.
pub(super) const SOON: u64 = 100;
/// A loss that fell by less than this part has not fallen.
pub(super) const FLAT: f64 = 0.95;

pub(super) fn findings(health: &Health) -> Vec<Finding> {
    too_high(health).or_else(|| too_low(health)).into_iter().collect()
}

/// Of layers that speak, that with the largest updates.
fn largest(health: &Health) -> Option<(&LayerHealth, f64)> {
    let speaks = |layer: &&LayerHealth| {
        let dead = layer.activity.as_ref().and_then(|activity| activity.dead);
        dead.is_none_or(|dead| dead < 1.0)
    };
    let ratios = health.layers.iter().filter(speaks);
    ratios
        .filter_map(|layer| Some((layer, layer.update_ratio?)))
        .filter(|(_, ratio)| !ratio.is_nan())
        .max_by(|(_, one), (_, other)| one.total_cmp(other))
}

/// In two digits.
fn rounded(rate: f64) -> f64 {
    format!("{rate:.1e}").parse().unwrap_or(rate)
}

fn too_high(health: &Health) -> Option<Finding> {
    let losses = &health.losses;
    let rate = health.steps.rate;
    let burst = BURST * losses.first.max(losses.chance);
    // It has never come back.
    let has_burst = losses.worst > burst && losses.recent > 0.9 * losses.chance;
    let largest = largest(health);
    let replaced = largest.filter(|(_, ratio)| *ratio >= REPLACES);
    let (cause, layer, [measured, bound]) = match replaced {
        Some((layer, ratio)) => (
            phrase!(
                "studies-an-update-is-of-the",
                ratio = format_args!("{:.2}", ratio),
                name = layer.name,
                usual = USUAL
            ),
            Some(layer.name.clone()),
            [ratio, REPLACES],
        ),
        None if has_burst => (
            phrase!(
                "studies-the-loss-is-after-it",
                recent = format_args!("{:.3}", losses.recent),
                first = format_args!("{:.3}", losses.first),
                worst = format_args!("{:.3}", losses.worst),
                worst_step = losses.worst_step,
                rate = format_args!("{:.1e}", rate)
            ),
            None,
            [losses.worst, burst],
        ),
        None => return None,
    };
    // Weights that burst hide what the rate should be.
    let most = if has_burst { 0.01 } else { 0.1 };
    let wanted = largest.map_or(most, |(_, ratio)| USUAL / ratio);
    let gentler = rounded(rate * wanted.clamp(1e-3, most));
    Some(Finding {
        kind: AlarmKind::RateTooHigh,
        layer,
        measured,
        bound,
        cause,
        remedy: phrase!(
            "studies-begin-anew-with-a-learning-rate",
            gentler = format_args!("{:.1e}", gentler)
        ),
        trial: Some(Trial::LearningRate(gentler)),
    })
}

fn too_low(health: &Health) -> Option<Finding> {
    let losses = &health.losses;
    let (layer, ratio) = largest(health)?;
    let is_flat = losses.recent >= FLAT * losses.first && losses.recent > 0.5 * losses.chance;
    if losses.seen < SOON || !is_flat || ratio >= SMALL {
        return None;
    }
    let quicker = rounded(health.steps.rate * (USUAL / ratio).clamp(10.0, 1e6));
    Some(Finding {
        kind: AlarmKind::RateTooLow,
        layer: Some(layer.name.clone()),
        measured: ratio,
        bound: SMALL,
        cause: phrase!(
            "studies-the-loss-is-after-steps-from",
            recent = format_args!("{:.3}", losses.recent),
            seen = losses.seen,
            first = format_args!("{:.3}", losses.first),
            ratio = format_args!("{:.1e}", ratio),
            name = layer.name,
            usual = USUAL
        ),
        remedy: phrase!(
            "studies-try-a-learning-rate-of",
            quicker = format_args!("{:.1e}", quicker)
        ),
        trial: Some(Trial::LearningRate(quicker)),
    })
}
