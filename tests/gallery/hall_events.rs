//! What the program says, beside what it said before: snapshots in `tests/gallery/snapshots`.
//!
//! `INSTA_UPDATE=always` writes them anew. What the clock says is left out, and of numbers that were learned what another
//! processor may round otherwise.

use serde_json::Value;

/// Compares with a snapshot of this name.
#[track_caller]
pub(crate) fn kept(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Whether a field of an event says how long something took, or how often one looked.
pub(crate) fn is_of_the_clock(field: &str) -> bool {
    field.ends_with("seconds") || field.ends_with("_per_second") || field.starts_with("snapshots")
}

/// Events as they are kept, one a line.
pub(crate) fn events_to_keep(events: &[Value]) -> String {
    let lines = events.iter().map(|event| to_keep(event.clone()).to_string());
    lines.collect::<Vec<_>>().join("\n")
}

fn to_keep(value: Value) -> Value {
    match value {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(field, value)| {
                let value = if is_of_the_clock(&field) { "…".into() } else { to_keep(value) };
                (field, value)
            })
            .collect(),
        Value::Array(items) => items.into_iter().map(to_keep).collect(),
        Value::Number(number) if number.is_f64() => {
            // Three digits.
            let rounded = format!("{:.2e}", number.as_f64().unwrap());
            rounded.parse::<f64>().unwrap().into()
        }
        other => other,
    }
}

/// Words as they are kept: a `#` for each digit of a number with a point, and a `…` for what the clock says.
pub(crate) fn words_to_keep(told: &str) -> String {
    let mut of_the_clock = false;
    let mut lines = Vec::new();
    for line in told.lines() {
        let line = masked(line);
        // The last column of such a table is a speed, as wide as it is large.
        match line.trim_end().rsplit_once(' ') {
            Some((before, last))
                if of_the_clock
                    && line.starts_with(' ')
                    && last.starts_with(|c: char| c.is_ascii_digit()) =>
            {
                lines.push(format!("{} …", before.trim_end()));
            }
            _ => {
                if line.starts_with(' ') {
                    of_the_clock = line.ends_with("/s");
                }
                lines.push(line);
            }
        }
    }
    lines.join("\n")
}

fn masked(line: &str) -> String {
    let mut kept = String::new();
    let mut rest = line;
    while let Some(begin) = rest.find(|c: char| c.is_ascii_digit()) {
        let (before, from) = rest.split_at(begin);
        let end = from.find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
        let (number, after) = from.split_at(end.unwrap_or(from.len()));
        let digits = number.trim_end_matches(['.', ',']);
        let unit = after.trim_start().split([' ', ',', ';']).next().unwrap_or_default();
        kept += before;
        if matches!(unit, "s" | "ms") || unit.ends_with("/s") {
            kept += "…";
        } else if digits.contains('.') {
            kept += &digits.replace(|c: char| c.is_ascii_digit(), "#");
        } else {
            kept += digits;
        }
        kept += &number[digits.len()..];
        rest = after;
    }
    kept + rest
}

#[test]
fn what_is_kept_is_what_does_not_differ_from_run_to_run() {
    let told = "a: 8 rows, seed 42, rate 0.05\n  epoch  loss   rows/s\n      1  0.25   12,345\n4/5 Train  Steps: 30\n      2  0.25      345\nFinished: 30 steps in 1.2 s, 4,096 rows/s";
    let expected = "a: 8 rows, seed 42, rate #.##\n  epoch  loss   rows/s\n      1  #.## …\n4/5 Train  Steps: 30\n      2  #.## …\nFinished: 30 steps in … s, … rows/s";
    assert_eq!(words_to_keep(told), expected);
    let event = serde_json::json!({"steps": 30, "seconds": 1.25, "folds": [{"rmse": 0.123456}]});
    assert_eq!(
        events_to_keep(&[event]),
        r##"{"folds":[{"rmse":0.123}],"seconds":"…","steps":30}"##
    );
}
