//! Alarms of layers: dead units, gradients that vanish or explode, outputs at their ends.

use super::Finding;
use crate::inside::{Activity, AlarmKind, Ends, Health, LayerHealth, Trial};
use crate::words::Phrase;

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
        cause: phrase!(
            "studies-of-the-units-of-are",
            value = format_args!("{:.0}", 100.0 * dead),
            units = activity.units,
            name = layer.name,
            value2 = if rests {
                phrase!("studies-so-that-no-gradient-reaches")
            } else {
                Phrase::default()
            }
        ),
        remedy: phrase!("studies-begin-anew-with-other-first"),
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
            phrase!(
                "studies-of-the-answers-of-are",
                value = format_args!("{:.0}", 100.0 * saturated),
                name = layer.name,
                loss = format_args!("{:.3}", health.train.loss),
                known_nothing = format_args!("{:.3}", known_nothing)
            ),
            phrase!("studies-bring-inputs-to-0-1"),
        ),
        Ends::ZeroAndOne | Ends::MinusOneAndOne => (
            HIDDEN_AT_ENDS,
            phrase!(
                "studies-of-what-of-says-stands",
                value = format_args!("{:.0}", 100.0 * saturated),
                activation,
                name = layer.name,
                largest = format_args!("{:.3}", largest)
            ),
            phrase!("studies-begin-with-smaller-weights-bring"),
        ),
        _ => return None,
    };
    (saturated >= bound).then(|| Finding {
        kind: AlarmKind::Saturated,
        layer: Some(layer.name.clone()),
        measured: saturated,
        bound,
        cause: what,
        remedy,
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
        cause: phrase!(
            "studies-the-gradient-of-is-times",
            name = layer.name,
            gradient_norm = format_args!("{:.1}", layer.gradient_norm),
            times = format_args!("{:.1}", times)
        ),
        remedy: phrase!("studies-begin-with-smaller-weights-normalise"),
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
        cause: phrase!(
            "studies-a-number-of-has-a",
            name = layer.name,
            layer = format_args!("{:.1e}", size(layer)),
            largest = format_args!("{:.1e}", largest)
        ),
        remedy: phrase!("studies-use-relu-instead-of-sigmoids"),
        trial: None,
    })
    .collect()
}
