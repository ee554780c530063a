//! Runs that were kept and are read again, to be laid beside the one that goes on: which of them are repetitions of one run
//! under other seeds, and in which settings they differ from it.

use super::Run;
use crate::stream::{Setting, Started};

/// A run of a recording.
#[derive(Debug)]
pub struct KeptRun {
    /// What the visitor calls it: its file.
    pub name: String,
    /// All that it told, without pictures.
    pub run: Run,
}

/// Runs of the same settings but for their seeds.
#[derive(Debug)]
pub struct KeptGroup<'a> {
    /// At least one.
    pub runs: Vec<&'a KeptRun>,
    /// Settings that the run beside them does not have; the seed is among them where it is one run.
    pub differing: Vec<Setting>,
}

/// Settings in which a run comes to something else: seeds are drawn, and neither threads nor the device change what is learned
/// but for rounding.
const NOT_TOLD: [&str; 2] = ["device", "threads"];
const SEED: &str = "seed";

/// The settings of a kept run, and the learning rate with which it ended if that is another.
fn settings(kept: &KeptRun) -> Vec<Setting> {
    let Some(started) = kept.run.started() else { return Vec::new() };
    let mut settings = told(started);
    let last = kept.run.scalars().learning_rate_at(kept.run.step());
    if let Some(rate) = last.filter(|rate| *rate != started.learning_rate) {
        settings.push(("rates", rate.to_string()));
    }
    settings
}

fn told(started: &Started) -> Vec<Setting> {
    started.settings().into_iter().filter(|(name, _)| !NOT_TOLD.contains(name)).collect()
}

/// Kept runs in the order in which each was named first, repetitions under other seeds together, with what differs from the run
/// that `live` began.
pub fn beside<'a>(live: &Started, kept: &'a [KeptRun]) -> Vec<KeptGroup<'a>> {
    let unlike_seeds = |settings: Vec<Setting>| -> Vec<Setting> {
        settings.into_iter().filter(|(name, _)| *name != SEED).collect()
    };
    let mut groups: Vec<(Vec<Setting>, KeptGroup<'a>)> = Vec::new();
    for one in kept {
        let alike = unlike_seeds(settings(one));
        match groups.iter_mut().find(|(of, _)| *of == alike) {
            Some((_, group)) => group.runs.push(one),
            None => groups.push((alike, KeptGroup { runs: vec![one], differing: Vec::new() })),
        }
    }
    let live = told(live);
    groups
        .into_iter()
        .map(|(alike, mut group)| {
            let of = match &group.runs[..] {
                [one] => settings(one),
                _ => alike,
            };
            group.differing = of.into_iter().filter(|setting| !live.contains(setting)).collect();
            group
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Report;

    fn kept(name: &str, seed: u64, learning_rate: f64) -> KeptRun {
        let mut run = Run::new(0);
        let started = Started { seed, learning_rate, ..Started::example() };
        run.take(Report::Started(started));
        KeptRun { name: name.to_owned(), run }
    }

    #[test]
    fn repetitions_under_other_seeds_are_together_and_what_differs_is_named() {
        let all = [kept("a", 1, 0.01), kept("b", 42, 0.001), kept("c", 2, 0.01)];
        let groups = beside(&Started::example(), &all);
        let told: Vec<(Vec<&str>, Vec<Setting>)> = groups
            .into_iter()
            .map(|group| (group.runs.iter().map(|one| &*one.name).collect(), group.differing))
            .collect();
        let rate = Started::example().learning_rate;
        assert_eq!(rate, 0.001);
        let expected = vec![
            (vec!["a", "c"], vec![("learning_rate", "0.01".to_owned())]),
            (vec!["b"], Vec::new()),
        ];
        assert_eq!(told, expected);
        let alone = beside(&Started::example(), &all[..1]);
        let names: Vec<&str> = alone[0].differing.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, ["seed", "learning_rate"]);
    }
}
