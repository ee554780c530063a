//! A diagnosis in words, line by line.

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
        "{:>24}  {:.0} images a second on {} threads of {} cores: data {:.0} %, forward {:.0} %, backward {:.0} %, optimiser {:.0} % of {:.2} ms a batch; a picture {:.2} ms",
        "why is it slow",
        speed.images_per_second,
        speed.threads,
        speed.cores,
        share(parts.data),
        share(parts.forward),
        share(parts.backward),
        share(parts.optimiser),
        1e3 * parts.step(),
        1e3 * parts.watching
    )
    .ok();
    writeln!(lines, "{:>24}  {}", "", speed.advice).ok();
    if diagnosis.accuracy.is_empty() {
        writeln!(lines, "{:>24}  nothing is found that would help", "why not more accurate").ok();
    }
    for (at, reason) in diagnosis.accuracy.iter().take(MOST_REASONS).enumerate() {
        let name = if at == 0 { "why not more accurate" } else { "" };
        writeln!(lines, "{name:>24}  {} {}", reason.evidence, reason.remedy).ok();
    }
    let class = |at: usize| classes.get(at).map_or_else(|| at.to_string(), Clone::clone);
    for suspect in diagnosis.suspects.iter().take(MOST_SUSPECTS) {
        writeln!(
            lines,
            "{:>24}  called {}, read as {} ({:.3}), loss {:.3}",
            format!("training image {}", suspect.index),
            class(suspect.label),
            class(suspect.said),
            suspect.confidence,
            suspect.loss
        )
        .ok();
    }
    let elsewhere = &diagnosis.elsewhere;
    let bytes = elsewhere.bytes.map_or_else(String::new, |bytes| format!(" {bytes} bytes,"));
    writeln!(
        lines,
        "{:>24}  {} {}{bytes} {} numbers, {:.3} ms an image here",
        "how to take it along",
        elsewhere.how,
        elsewhere.runtime,
        elsewhere.parameters,
        1e3 * elsewhere.seconds_per_image
    )
    .ok();
    writeln!(lines, "{:>24}  {}", "the doctor took", diagnosis.price).ok();
    lines
}
