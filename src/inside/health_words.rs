//! The health of a training in words, line by line: what is wrong first.

use crate::words::column;
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
        [] => writeln!(
            lines,
            "{}",
            say!(
                "inside-nothing-is-found-wrong",
                value = format_args!("{:>24}", column(say!("inside-alarms")))
            )
        )
        .ok(),
        alarms => {
            for alarm in alarms.iter().take(MOST_ALARMS) {
                writeln!(lines, "{:>24}  {alarm}", "ALARM").ok();
            }
            let more = alarms.len().saturating_sub(MOST_ALARMS);
            (more > 0).then(|| {
                writeln!(
                    lines,
                    "{}",
                    say!("inside-and-more", value = format_args!("{:>24}", ""), more)
                )
            });
            Some(())
        }
    };
    whole(health, classes, &mut lines);
    for layer in health.layers.iter().take(MOST_LAYERS) {
        writeln!(lines, "{:>24}  {}", column(&layer.name), of_layer(layer)).ok();
    }
    let more = health.layers.len().saturating_sub(MOST_LAYERS);
    if more > 0 {
        writeln!(
            lines,
            "{}",
            say!("inside-and-more-layers", value = format_args!("{:>24}", ""), more)
        )
        .ok();
    }
    for remark in health.remarks.iter().take(1) {
        writeln!(lines, "{:>24}  {remark}", "").ok();
    }
    writeln!(lines, "{:>24}  {}", column(say!("inside-altogether")), health.price).ok();
    lines
}

fn whole(health: &Health, classes: &[String], lines: &mut String) {
    let losses = &health.losses;
    writeln!(
        lines,
        "{}",
        say!(
            "inside-lately-at-first-by-chance",
            value = format_args!("{:>24}", column(say!("inside-loss"))),
            recent = format_args!("{:.4}", losses.recent),
            first = format_args!("{:.4}", losses.first),
            chance = format_args!("{:.4}", losses.chance),
            best = format_args!("{:.4}", losses.best),
            best_step = losses.best_step
        )
    )
    .ok();
    let (train, test) = (&health.train, &health.test);
    writeln!(
        lines,
        "{}",
        say!(
            "inside-loss-accuracy-test-images-and",
            value = format_args!(
                "{:>24}",
                column(say!("inside-training-images", images = train.images))
            ),
            loss = format_args!("{:.4}", train.loss),
            accuracy = format_args!("{:.4}", train.accuracy),
            images = test.images,
            loss2 = format_args!("{:.4}", test.loss),
            accuracy2 = format_args!("{:.4}", test.accuracy)
        )
    )
    .ok();
    if let Some(noise) = &health.noise {
        let scale = match noise.scale {
            Some(scale) => say!(
                "inside-images-with-batches-of",
                scale = format_args!("{:.0}", scale),
                batch = health.steps.batch
            ),
            None => say!("inside-no-signal-can-be-told").to_owned(),
        };
        writeln!(lines, "{:>24}  {scale}", column(say!("inside-noise-scale"))).ok();
    }
    let curvature = &health.curvature;
    let limit = match curvature.limit {
        Some(limit) => say!("inside-stable-up-to-with-whole", limit = format_args!("{:.1}", limit)),
        None => String::new(),
    };
    let of = if curvature.preconditioned { say!("inside-as-the-rule-divides-it") } else { "" };
    let settled = if curvature.settled { "" } else { say!("inside-not-settled") };
    writeln!(
        lines,
        "{}",
        say!(
            "inside-over-images",
            value = format_args!("{:>24}", column(say!("inside-sharpness"))),
            sharpness = format_args!("{:.3}", curvature.sharpness),
            of,
            images = curvature.images,
            settled,
            limit
        )
    )
    .ok();
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    let balance = &health.balance;
    writeln!(
        lines,
        "{}",
        say!(
            "inside-of-of",
            value = format_args!("{:>24}", column(say!("inside-most-and-fewest-images"))),
            most = balance.most[1],
            most2 = class(balance.most[0]),
            least = balance.least[1],
            least2 = class(balance.least[0])
        )
    )
    .ok();
}

fn of_layer(layer: &LayerHealth) -> String {
    let mut words = say!(
        "inside-weights-gradient",
        weight_norm = format_args!("{:.3}", layer.weight_norm),
        gradient_norm = format_args!("{:.2e}", layer.gradient_norm)
    );
    if let Some(ratio) = layer.update_ratio {
        write!(words, "{}", say!("inside-update-of-them", ratio = format_args!("{:.1e}", ratio)))
            .ok();
    }
    if let Some(of) = &layer.activity {
        write!(
            words,
            "{}",
            say!(
                "inside-units-mean-largest",
                units = of.units,
                activation = of.activation,
                mean = format_args!("{:.3}", of.mean),
                largest = format_args!("{:.3}", of.largest)
            )
        )
        .ok();
        if let Some(dead) = of.dead {
            write!(words, "{}", say!("inside-dead", value = format_args!("{:.1}", 100.0 * dead)))
                .ok();
        }
        write!(
            words,
            "{}",
            say!("inside-dormant", value = format_args!("{:.1}", 100.0 * of.dormant))
        )
        .ok();
        if let Some(saturated) = of.saturated {
            write!(
                words,
                "{}",
                say!("inside-saturated", value = format_args!("{:.1}", 100.0 * saturated))
            )
            .ok();
        }
    }
    words
}
