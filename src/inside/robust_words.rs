//! What a model withstands and how sure it is, in words, line by line.

use crate::words::{column, enumerated};
use std::fmt::Write as _;

use super::{Robust, Sure};

/// Each attack on the input, accuracies against strength, and the smallest change.
pub fn robust_told(robust: &Robust, classes: &[String]) -> String {
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    // A `String` takes everything that is written to it.
    let mut lines = String::new();
    for one in &robust.attacked {
        let name = say!("inside-of", name = one.attack.name(), strength = one.strength);
        let reading = &one.reading;
        write!(
            lines,
            "{}",
            say!(
                "inside-read-as-loss",
                name = format_args!("{:>24}", column(name)),
                class = class(reading.class),
                probability = format_args!("{:.3}", reading.probability),
                loss = format_args!("{:.4}", reading.loss)
            )
        )
        .ok();
        if let Some(zero) = one.zero_gradient {
            write!(
                lines,
                "{}",
                say!("inside-no-slope-at-of-the", value = format_args!("{:.1}", 100.0 * zero))
            )
            .ok();
        }
        lines.push('\n');
    }
    if robust.images > 0 {
        let name = say!("inside-test-images", images = robust.images);
        writeln!(
            lines,
            "{}",
            say!(
                "inside-accuracy",
                name = format_args!("{:>24}", column(name)),
                accuracy = format_args!("{:.4}", robust.accuracy)
            )
        )
        .ok();
    }
    for one in &robust.withstood {
        let name = one.attack.name();
        let accuracies = robust.asked.strengths.iter().zip(&*one.accuracy);
        let accuracies: Vec<String> = accuracies
            .map(|(strength, accuracy)| {
                say!("inside-at", accuracy = format_args!("{:.4}", accuracy), strength)
            })
            .collect();
        writeln!(lines, "{:>24}  {}", column(name), enumerated(&accuracies)).ok();
    }
    if let Some(flip) = &robust.flip {
        writeln!(
            lines,
            "{}",
            say!(
                "inside-makes-it-the-boundary-is",
                value = format_args!("{:>24}", column(say!("inside-smallest-change"))),
                size = format_args!("{:.4}", flip.size),
                class = class(flip.class),
                distance = format_args!("{:.4}", flip.distance)
            )
        )
        .ok();
        if let Some(nearest) = &flip.nearest {
            let of = if nearest.is_test { say!("inside-test") } else { say!("inside-training") };
            writeln!(
                lines,
                "{}",
                say!(
                    "inside-image-is-away",
                    value = format_args!(
                        "{:>24}",
                        column(say!("inside-nearest-real", class = class(flip.class)))
                    ),
                    of,
                    index = nearest.index,
                    distance = format_args!("{:.4}", nearest.distance)
                )
            )
            .ok();
        }
    }
    for remark in &robust.remarks {
        writeln!(lines, "{:>24}  {remark}", "").ok();
    }
    writeln!(lines, "{:>24}  {}", column(say!("inside-altogether")), robust.price).ok();
    lines
}

/// How sure it is of all test images beside how often it is right, and what temperature would mend it.
pub fn sure_told(sure: &Sure) -> String {
    let mut lines = String::new();
    let name = say!("inside-sure-of-images", images = sure.images);
    writeln!(
        lines,
        "{}",
        say!(
            "inside-mean-confidence-accuracy-calibration-error",
            name = format_args!("{:>24}", column(name)),
            confidence = format_args!("{:.4}", sure.confidence),
            accuracy = format_args!("{:.4}", sure.accuracy),
            ece = format_args!("{:.4}", sure.ece)
        )
    )
    .ok();
    let width = 1.0 / sure.bins.len().max(1) as f64;
    for (at, bin) in sure.bins.iter().enumerate().filter(|(_, bin)| bin.images > 0) {
        let name = say!(
            "inside-to",
            at = format_args!("{:.3}", at as f64 * width),
            at2 = format_args!("{:.3}", (at + 1) as f64 * width)
        );
        writeln!(
            lines,
            "{}",
            say!(
                "inside-images-confidence-accuracy",
                name = format_args!("{:>24}", column(name)),
                images = bin.images,
                confidence = format_args!("{:.4}", bin.confidence),
                accuracy = format_args!("{:.4}", bin.accuracy)
            )
        )
        .ok();
    }
    if let Some(found) = &sure.temperature {
        writeln!(
            lines,
            "{}",
            say!(
                "inside-of-images-on-others-calibration",
                value = format_args!("{:>24}", column(say!("inside-best-temperature"))),
                value2 = format_args!("{:.4}", found.value),
                fitted_on = found.fitted_on,
                tried_on = found.tried_on,
                ece = format_args!("{:.4}", found.ece[0]),
                ece2 = format_args!("{:.4}", found.ece[1])
            )
        )
        .ok();
    }
    for remark in &sure.remarks {
        writeln!(lines, "{:>24}  {remark}", "").ok();
    }
    writeln!(lines, "{:>24}  {}", column(say!("inside-altogether")), sure.price).ok();
    lines
}
