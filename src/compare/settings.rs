//! With which settings runs were taken, and which of them differ.

use serde::Serialize;

use super::heard::Heard;

/// A setting with its values: one for each run, or one where all have the same.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Setting {
    /// As an option and a table call it.
    pub(super) name: &'static str,
    pub(super) values: Vec<String>,
}

/// The settings that are the same in all runs, and those that are not.
pub(super) fn of(runs: &[Heard]) -> (Vec<Setting>, Vec<Setting>) {
    let each: Vec<Vec<(&'static str, String)>> = runs.iter().map(values).collect();
    let names = each.first().into_iter().flatten().map(|(name, _)| *name);
    let settings = names.enumerate().map(|(at, name)| Setting {
        name,
        values: each.iter().filter_map(|values| Some(values.get(at)?.1.clone())).collect(),
    });
    let (mut same, differing): (Vec<_>, Vec<_>) =
        settings.partition(|setting| alike(&setting.values));
    same.iter_mut().for_each(|setting| setting.values.truncate(1));
    // What was changed by hand in none is no setting.
    same.retain(|setting| setting.values.first().is_some_and(|value| !value.is_empty()));
    (same, differing)
}

/// Whether all are the same.
fn alike(values: &[String]) -> bool {
    values.iter().all(|value| Some(value) == values.first())
}

/// The values of a run: rates with the step at which they came, and how many more there were; empty where nothing was changed on
/// its way.
fn values(run: &Heard) -> Vec<(&'static str, String)> {
    // A factor on a rate leaves noise in its last bits.
    let rate = |(step, rate): &(u64, f64)| format!("{}@{step}", *rate as f32);
    let mut rates: Vec<String> = run.rates.iter().skip(1).map(rate).collect();
    match run.rate_changes.saturating_sub(rates.len()) {
        0 => {}
        more => rates.push(format!("+{more}")),
    }
    let on_the_way = [("rates", rates.join(", ")), ("edits", run.edits.join(", "))];
    run.started.settings().into_iter().chain(on_the_way).collect()
}
