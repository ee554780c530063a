//! The health of a training in words, line by line: what is wrong first.

use std::fmt::Write as _;

use super::{Health, LayerHealth};

/// Layers that are told at most; the others are counted.
const MOST_LAYERS: usize = 3;
/// Alarms that are told at most; the others are counted.
const MOST_ALARMS: usize = 3;

/// Alarms, losses, layers, noise and curvature: at most as many lines as leave room for the doctor's among 25.
pub fn health_told(health: &Health, classes: &[String]) -> String {
    // A `String` takes everything that is written to it.
    let mut lines = String::new();
    match health.alarms.as_slice() {
        [] => writeln!(lines, "{:>24}  nothing is found wrong", "alarms").ok(),
        alarms => {
            for alarm in alarms.iter().take(MOST_ALARMS) {
                writeln!(lines, "{:>24}  {alarm}", "ALARM").ok();
            }
            let more = alarms.len().saturating_sub(MOST_ALARMS);
            (more > 0).then(|| writeln!(lines, "{:>24}  and {more} more", ""));
            Some(())
        }
    };
    whole(health, classes, &mut lines);
    for layer in health.layers.iter().take(MOST_LAYERS) {
        writeln!(lines, "{:>24}  {}", layer.name, of_layer(layer)).ok();
    }
    let more = health.layers.len().saturating_sub(MOST_LAYERS);
    if more > 0 {
        writeln!(lines, "{:>24}  and {more} more layers", "").ok();
    }
    for remark in health.remarks.iter().take(1) {
        writeln!(lines, "{:>24}  {remark}", "").ok();
    }
    writeln!(lines, "{:>24}  {}", "altogether", health.price).ok();
    lines
}

fn whole(health: &Health, classes: &[String], lines: &mut String) {
    let losses = &health.losses;
    writeln!(
        lines,
        "{:>24}  {:.4} lately, {:.4} at first, {:.4} by chance; the best {:.4} up to step {}",
        "loss", losses.recent, losses.first, losses.chance, losses.best, losses.best_step
    )
    .ok();
    let (train, test) = (&health.train, &health.test);
    writeln!(
        lines,
        "{:>24}  loss {:.4}, accuracy {:.4}; {} test images {:.4} and {:.4}",
        format!("{} training images", train.images),
        train.loss,
        train.accuracy,
        test.images,
        test.loss,
        test.accuracy
    )
    .ok();
    if let Some(noise) = &health.noise {
        let scale = match noise.scale {
            Some(scale) => format!("{scale:.0} images, with batches of {}", health.steps.batch),
            None => "no signal can be told from noise".to_owned(),
        };
        writeln!(lines, "{:>24}  {scale}", "noise scale").ok();
    }
    let curvature = &health.curvature;
    let limit = match curvature.limit {
        Some(limit) => format!(", stable up to {limit:.1} with whole batches"),
        None => String::new(),
    };
    let of = if curvature.preconditioned { " as the rule divides it" } else { "" };
    let settled = if curvature.settled { "" } else { ", not settled" };
    writeln!(
        lines,
        "{:>24}  {:.3}{of} over {} images{settled}{limit}",
        "sharpness", curvature.sharpness, curvature.images
    )
    .ok();
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    let balance = &health.balance;
    writeln!(
        lines,
        "{:>24}  {} of {}, {} of {}",
        "most and fewest images",
        balance.most[1],
        class(balance.most[0]),
        balance.least[1],
        class(balance.least[0])
    )
    .ok();
}

fn of_layer(layer: &LayerHealth) -> String {
    let mut words =
        format!("weights {:.3}, gradient {:.2e}", layer.weight_norm, layer.gradient_norm);
    if let Some(ratio) = layer.update_ratio {
        write!(words, ", update {ratio:.1e} of them").ok();
    }
    if let Some(of) = &layer.activity {
        write!(
            words,
            "; {} {} units: mean {:.3}, largest {:.3}",
            of.units, of.activation, of.mean, of.largest
        )
        .ok();
        if let Some(dead) = of.dead {
            write!(words, ", {:.1} % dead", 100.0 * dead).ok();
        }
        write!(words, ", {:.1} % dormant", 100.0 * of.dormant).ok();
        if let Some(saturated) = of.saturated {
            write!(words, ", {:.1} % saturated", 100.0 * saturated).ok();
        }
    }
    words
}
