//! What a model withstands and how sure it is, in words, line by line.

use std::fmt::Write as _;

use super::{Robust, Sure};

/// Each attack on the input, accuracies against strength, and the smallest change.
pub fn robust_told(robust: &Robust, classes: &[String]) -> String {
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    // A `String` takes everything that is written to it.
    let mut lines = String::new();
    for one in &robust.attacked {
        let name = format!("{} of {}", one.attack.name(), one.strength);
        let reading = &one.reading;
        write!(
            lines,
            "{name:>24}  read as {} ({:.3}), loss {:.4}",
            class(reading.class),
            reading.probability,
            reading.loss
        )
        .ok();
        if let Some(zero) = one.zero_gradient {
            write!(lines, ", no slope at {:.1} % of the pixels", 100.0 * zero).ok();
        }
        lines.push('\n');
    }
    if robust.images > 0 {
        let name = format!("{} test images", robust.images);
        writeln!(lines, "{name:>24}  accuracy {:.4}", robust.accuracy).ok();
    }
    for one in &robust.withstood {
        let name = one.attack.name();
        let accuracies = robust.asked.strengths.iter().zip(&*one.accuracy);
        let accuracies: Vec<String> =
            accuracies.map(|(strength, accuracy)| format!("{accuracy:.4} at {strength}")).collect();
        writeln!(lines, "{name:>24}  {}", accuracies.join(", ")).ok();
    }
    if let Some(flip) = &robust.flip {
        writeln!(
            lines,
            "{:>24}  {:.4} makes it {}, the boundary is {:.4} away",
            "smallest change",
            flip.size,
            class(flip.class),
            flip.distance
        )
        .ok();
        if let Some(nearest) = &flip.nearest {
            let of = if nearest.is_test { "test" } else { "training" };
            writeln!(
                lines,
                "{:>24}  {of} image {} is {:.4} away",
                format!("nearest real {}", class(flip.class)),
                nearest.index,
                nearest.distance
            )
            .ok();
        }
    }
    for remark in &robust.remarks {
        writeln!(lines, "{:>24}  {remark}", "").ok();
    }
    writeln!(lines, "{:>24}  {}", "altogether", robust.price).ok();
    lines
}

/// How sure it is of all test images beside how often it is right, and what temperature would mend it.
pub fn sure_told(sure: &Sure) -> String {
    let mut lines = String::new();
    let name = format!("sure of {} images", sure.images);
    writeln!(
        lines,
        "{name:>24}  mean confidence {:.4}, accuracy {:.4}, calibration error {:.4}",
        sure.confidence, sure.accuracy, sure.ece
    )
    .ok();
    let width = 1.0 / sure.bins.len().max(1) as f64;
    for (at, bin) in sure.bins.iter().enumerate().filter(|(_, bin)| bin.images > 0) {
        let name = format!("{:.3} to {:.3}", at as f64 * width, (at + 1) as f64 * width);
        writeln!(
            lines,
            "{name:>24}  {} images, confidence {:.4}, accuracy {:.4}",
            bin.images, bin.confidence, bin.accuracy
        )
        .ok();
    }
    if let Some(found) = &sure.temperature {
        writeln!(
            lines,
            "{:>24}  {:.4} of {} images; on {} others calibration error {:.4} before, {:.4} with it",
            "best temperature",
            found.value,
            found.fitted_on,
            found.tried_on,
            found.ece[0],
            found.ece[1]
        )
        .ok();
    }
    for remark in &sure.remarks {
        writeln!(lines, "{:>24}  {remark}", "").ok();
    }
    writeln!(lines, "{:>24}  {}", "altogether", sure.price).ok();
    lines
}
