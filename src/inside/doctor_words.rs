//! A diagnosis in words, line by line.

use crate::words::column;
use std::fmt::Write as _;

use super::Diagnosis;

/// Suspicious labels that are told at most.
const MOST_SUSPECTS: usize = 2;
/// Reasons that are told at most.
const MOST_REASONS: usize = 4;

/// Why it is slow, why it is not more accurate, and how to take it elsewhere.
pub fn diagnosis_told(diagnosis: &Diagnosis, classes: &[String]) -> String {
    // A `String` takes everything that is written to it.
    let mut lines = String::new();
    let speed = &diagnosis.speed;
    let parts = &speed.parts;
    let share = |seconds: f64| 100.0 * seconds / parts.step();
    writeln!(
        lines,
        "{}",
        say!(
            "inside-images-a-second-on-threads",
            value = format_args!("{:>24}", column(say!("inside-why-is-it-slow"))),
            images_per_second = format_args!("{:.0}", speed.images_per_second),
            threads = speed.threads,
            cores = speed.cores,
            data = format_args!("{:.0}", share(parts.data)),
            forward = format_args!("{:.0}", share(parts.forward)),
            backward = format_args!("{:.0}", share(parts.backward)),
            optimiser = format_args!("{:.0}", share(parts.optimiser)),
            value2 = format_args!("{:.2}", 1e3 * parts.step()),
            value3 = format_args!("{:.2}", 1e3 * parts.watching)
        )
    )
    .ok();
    writeln!(lines, "{:>24}  {}", "", speed.advice).ok();
    if diagnosis.accuracy.is_empty() {
        writeln!(
            lines,
            "{}",
            say!(
                "inside-nothing-is-found-that-would",
                value = format_args!("{:>24}", column(say!("inside-why-not-more-accurate")))
            )
        )
        .ok();
    }
    for (at, reason) in diagnosis.accuracy.iter().take(MOST_REASONS).enumerate() {
        let name = if at == 0 { say!("inside-why-not-more-accurate") } else { "" };
        writeln!(lines, "{:>24}  {} {}", column(name), reason.evidence, reason.remedy).ok();
    }
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    for suspect in diagnosis.suspects.iter().take(MOST_SUSPECTS) {
        writeln!(
            lines,
            "{}",
            say!(
                "inside-called-read-as-loss",
                value = format_args!(
                    "{:>24}",
                    column(say!("inside-training-image", index = suspect.index))
                ),
                label = class(suspect.label),
                said = class(suspect.said),
                confidence = format_args!("{:.3}", suspect.confidence),
                loss = format_args!("{:.3}", suspect.loss)
            )
        )
        .ok();
    }
    let elsewhere = &diagnosis.elsewhere;
    let bytes = elsewhere.bytes.map_or_else(String::new, |bytes| say!("inside-bytes", bytes));
    writeln!(
        lines,
        "{}",
        say!(
            "inside-numbers-ms-an-image-here",
            value = format_args!("{:>24}", column(say!("inside-how-to-take-it-along"))),
            how = elsewhere.how,
            runtime = elsewhere.runtime,
            bytes,
            parameters = elsewhere.parameters,
            value2 = format_args!("{:.3}", 1e3 * elsewhere.seconds_per_image)
        )
    )
    .ok();
    writeln!(lines, "{:>24}  {}", column(say!("inside-the-doctor-took")), diagnosis.price).ok();
    lines
}
