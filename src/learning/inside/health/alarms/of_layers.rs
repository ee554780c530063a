//! Alarms of layers: dead units, gradients that vanish or explode, outputs at their ends.

use super::Finding;
use crate::inside::{Activity, AlarmKind, Ends, Health, LayerHealth, Trial};

/// A layer of which so many units never speak lets next to nothing through; half of them is common in dense layers.
const DEAD: f64 = 0.95;
/// A gradient so many times what a layer holds: a plain step of a tenth would replace it.
const EXPLODES: f64 = 10.0;
/// A gradient so small beside that of the layer with the largest, number by number.
const VANISHES: f64 = 1e-5;
/// Outputs at their ends, of a hidden layer.
const HIDDEN_AT_ENDS: f64 = 0.9;
/// Answers that are sure; it is a fault only where they are wrong.
const SURE: f64 = 0.5;

pub(super) fn findings(health: &Health, classes: usize) -> Vec<Finding> {
    let mut all: Vec<Finding> = health.layers.iter().filter_map(dead).collect();
    all.extend(health.layers.iter().filter_map(|layer| saturated(layer, health, classes)));
    all.extend(health.layers.iter().filter_map(exploding));
    all.extend(vanishing(health));
    all
}

fn dead(layer: &LayerHealth) -> Option<Finding> {
    let activity = layer.activity.as_ref()?;
    let dead = activity.dead.filter(|dead| *dead >= DEAD)?;
    let rests = layer.gradient_norm == 0.0;
    let trial = Trial::Seed(1);
    Some(Finding {
        kind: AlarmKind::DeadLayer,
        layer: Some(layer.name.clone()),
        measured: dead,
        bound: DEAD,
        cause: format!(
            "{:.0} % of the {} units of {} are active for no image{}",
            100.0 * dead,
            activity.units,
            layer.name,
            if rests { ", so that no gradient reaches it" } else { "" }
        ),
        remedy:
            "Begin anew with other first weights, with biases of zero and a lower learning rate"
                .to_owned(),
        trial: Some(trial),
    })
}

fn saturated(layer: &LayerHealth, health: &Health, classes: usize) -> Option<Finding> {
    let Activity { activation, ends, saturated, largest, .. } = layer.activity.as_ref()?;
    let saturated = (*saturated)?;
    let known_nothing = (classes as f64).ln();
    let (bound, what, remedy) = match ends {
        Ends::Shares if health.train.loss > known_nothing => (
            SURE,
            format!(
                "{:.0} % of the answers of {} are surer than 0.99, yet the loss is {:.3}, where knowing nothing costs {known_nothing:.3}",
                100.0 * saturated,
                layer.name,
                health.train.loss
            ),
            "Bring inputs to 0..1 and begin with smaller weights, so that logits are small",
        ),
        Ends::ZeroAndOne | Ends::MinusOneAndOne => (
            HIDDEN_AT_ENDS,
            format!(
                "{:.0} % of what {activation} of {} says stands at its ends (the largest is {largest:.3}), where its slope is next to nothing",
                100.0 * saturated,
                layer.name
            ),
            "Begin with smaller weights, bring inputs to 0..1, or normalise before the activation",
        ),
        _ => return None,
    };
    (saturated >= bound).then(|| Finding {
        kind: AlarmKind::Saturated,
        layer: Some(layer.name.clone()),
        measured: saturated,
        bound,
        cause: what,
        remedy: remedy.to_owned(),
        trial: None,
    })
}

fn exploding(layer: &LayerHealth) -> Option<Finding> {
    let times = layer.gradient_norm / layer.weight_norm;
    // A layer of zeros is none that a gradient could be compared with.
    (layer.weight_norm > 0.0 && times >= EXPLODES).then(|| Finding {
        kind: AlarmKind::ExplodingGradient,
        layer: Some(layer.name.clone()),
        measured: times,
        bound: EXPLODES,
        cause: format!(
            "the gradient of {} is {:.1}, {times:.1} times what its weights are",
            layer.name, layer.gradient_norm
        ),
        remedy: "Begin with smaller weights, normalise layers, or clip gradients".to_owned(),
        trial: None,
    })
}

/// By the root of the mean square, so that layers of all sizes compare.
fn vanishing(health: &Health) -> Vec<Finding> {
    let size = |layer: &LayerHealth| layer.gradient_norm / (layer.parameters.max(1) as f64).sqrt();
    let largest = health.layers.iter().map(size).fold(0.0, f64::max);
    let learned = health.losses.recent < 0.5 * health.losses.chance;
    if largest == 0.0 || learned || !largest.is_finite() {
        return Vec::new();
    }
    let gone = health.layers.iter().filter(|layer| size(layer) <= VANISHES * largest);
    gone.map(|layer| Finding {
        kind: AlarmKind::VanishingGradient,
        layer: Some(layer.name.clone()),
        measured: size(layer) / largest,
        bound: VANISHES,
        cause: format!(
            "a number of {} has a gradient of {:.1e}, where one of another layer has {largest:.1e}",
            layer.name,
            size(layer)
        ),
        remedy: "Use ReLU instead of sigmoids, normalise layers, or lead past them".to_owned(),
        trial: None,
    })
    .collect()
}
