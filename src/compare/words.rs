//! Runs beside each other in words: a column for each.

use std::fmt::Write as _;

use super::{
    Compared,
    heard::{Heard, Measured},
    settings::Setting,
};
use crate::{
    stream::{Split, setting_shown},
    words::{column, enumerated, width},
};

/// Letters of a cell.
const CELL_LETTERS: usize = 24;

/// All of it, line by line.
pub(super) fn told(compared: &Compared) -> String {
    let mut lines = String::new();
    for (at, run) in compared.runs.iter().enumerate() {
        // A `String` takes everything that is written to it.
        writeln!(lines, "{}", name(compared, at, run)).ok();
    }
    let same = compared.same.iter().map(|of| {
        format!("{} {}", setting_shown(of.name), of.values.first().map_or("", String::as_str))
    });
    let same = enumerated(&same.collect::<Vec<_>>());
    writeln!(lines, "{}\n", say!("compare-the-same", same)).ok();
    if compared.runs.len() == 1 {
        writeln!(lines, "{}\n", say!("compare-one-run-only")).ok();
    }
    lines + &table(&rows(compared))
}

/// The number of a run, its recording, and which run of it that is, where it holds several.
fn name(compared: &Compared, at: usize, run: &Heard) -> String {
    let number = at + 1;
    let file = &run.file;
    let several = compared.runs.iter().filter(|other| other.file == *file).count() > 1;
    let which = run.run + 1;
    let name = match several {
        true => say!("compare-run-of", number, file, which),
        false => say!("compare-run", number, file),
    };
    if run.whole { name } else { name + say!("compare-cut") }
}

/// A row for each setting that differs, for each metric, and for each level of accuracy that some run reached.
fn rows(compared: &Compared) -> Vec<Vec<String>> {
    let runs = &compared.runs;
    let row = |name: String, cell: &dyn Fn(&Heard) -> Option<String>| {
        let cells = runs.iter().map(|run| cell(run).unwrap_or_else(|| NONE.to_owned()));
        [name].into_iter().chain(cells).collect::<Vec<_>>()
    };
    let numbers = (1..=runs.len()).map(|number| number.to_string());
    let mut rows = vec![[String::new()].into_iter().chain(numbers).collect()];
    rows.extend(compared.differing.iter().map(|Setting { name, values }| {
        let cells = values.iter().map(|value| cut(value));
        [setting_shown(name).to_owned()].into_iter().chain(cells).collect()
    }));
    rows.push(row(say!("compare-steps").to_owned(), &|run| Some(run.steps.to_string())));
    for metric in metrics(runs) {
        let of = |run: &Heard| run.last.iter().find(|one| one.metric == metric.metric).map(figure);
        let name = match metric.of.split {
            Split::Train => metric.of.shown().to_owned(),
            Split::Test => say!("compare-of-test", name = metric.of.shown()),
        };
        rows.push(row(name, &of));
    }
    let levels = runs.first().map_or(0, |run| run.reached.len());
    for at in 0..levels {
        let reached = |run: &Heard| run.reached.get(at)?.step.map(|step| step.to_string());
        let level =
            runs.iter().find(|run| reached(run).is_some()).and_then(|of| of.reached.get(at));
        if let Some(level) = level {
            rows.push(row(say!("compare-level", level = level.level), &reached));
        }
    }
    rows
}

/// What stands where a run has nothing.
const NONE: &str = "–";

/// The metrics of all runs, each once.
fn metrics(runs: &[Heard]) -> Vec<&Measured> {
    let mut metrics: Vec<&Measured> = Vec::new();
    for one in runs.iter().flat_map(|run| &run.last) {
        if metrics.iter().all(|known| known.metric != one.metric) {
            metrics.push(one);
        }
    }
    metrics
}

fn figure(one: &Measured) -> String {
    match one.of.is_share() {
        true => format!("{:.2} %", 100.0 * one.value),
        false if one.value != 0.0 && one.value.abs() < 1e-3 => format!("{:.2e}", one.value),
        false => format!("{:.4}", one.value),
    }
}

/// A value that has room in a cell.
fn cut(value: &str) -> String {
    match value {
        "" => NONE.to_owned(),
        value if value.chars().count() <= CELL_LETTERS => value.to_owned(),
        value => value.chars().take(CELL_LETTERS - 1).chain(['…']).collect(),
    }
}

/// Rows with columns as wide as they have to be, names at the left and values at the right.
fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let wide = |at: usize| rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell)).max();
    let widths: Vec<usize> = (0..columns).map(|at| wide(at).unwrap_or_default()).collect();
    let mut lines = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).enumerate().map(|(at, (cell, wide))| match at {
            0 => format!("{:<wide$}", column(cell)),
            _ => format!("{:>wide$}", column(cell)),
        });
        lines += cells.collect::<Vec<_>>().join("  ").trim_end();
        lines.push('\n');
    }
    lines
}
