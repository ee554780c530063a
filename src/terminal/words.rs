//! What the terminal says of any run, in words.

use crate::{
    narrator::Narrator,
    sentence::{counted, grouped},
    stream::{AT_FULL_SPEED, Material, ModelGraph, Stage, StageReport, Started},
    words::column,
};

/// What is going to be learned, and with what.
pub(super) fn started(report: &Started, narrator: &dyn Narrator) -> String {
    say!(
        "terminal-learn-on-with-seed-batch",
        name = report.exhibit.name(),
        parameters = counted(report.parameters, "parameter"),
        learns_from = narrator.learns_from(report),
        device = report.device,
        threads = counted(report.threads, "thread"),
        seed = report.seed,
        batch = report.batch,
        learning_rate = report.learning_rate
    )
}

/// What a run is about, and what is odd about its data in lines of its own.
pub(super) fn material(material: &Material, narrator: &dyn Narrator) -> String {
    let said = narrator.material(&material.content);
    let remarks = material.remarks.iter().map(ToString::to_string);
    std::iter::once(said).chain(remarks).collect::<Vec<_>>().join("\n")
}

/// Nodes that are named of a graph; a deep network has hundreds.
const MOST_NODES: usize = 12;

/// What is computed after what, if anything is said of it.
pub(super) fn graph(graph: &ModelGraph) -> Option<String> {
    let paths: Vec<_> = graph.nodes().iter().map(|node| node.path).take(MOST_NODES).collect();
    let more = graph.nodes().len().saturating_sub(MOST_NODES);
    let more =
        if more > 0 { say!("terminal-and-more", more = grouped(more)) } else { String::new() };
    let between = if graph.is_chain() { " → " } else { ", " };
    (!paths.is_empty()).then(|| say!("terminal-computes", paths = paths.join(between), more))
}

/// A stage that is done, with what it did.
pub(super) fn stage(report: &StageReport) -> String {
    let number = Stage::ALL.iter().take_while(|stage| **stage != report.stage).count() + 1;
    let facts: Vec<_> = report
        .facts
        .iter()
        .map(|fact| say!("list-of", name = fact.name, value = fact.value))
        .collect();
    let name = column(stage_name(report.stage));
    format!("{number}/{} {name:<10}  {}", Stage::ALL.len(), facts.join(" · "))
}

/// How long all steps take, where a stage that goes on says it.
pub(super) fn how_long(report: &StageReport) -> Option<String> {
    let fact = report.facts.iter().find(|fact| fact.name.is(AT_FULL_SPEED))?;
    (!report.done).then(|| say!("terminal-all-that-is-left-takes", value = fact.value))
}

/// How a stage is called; the longest has ten letters.
fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Preprocess => say!("terminal-preprocess"),
        Stage::Build => say!("terminal-build"),
        Stage::Initialise => say!("terminal-initialise"),
        Stage::Train => say!("terminal-train"),
        Stage::Evaluate => say!("terminal-evaluate"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stream::Fact;

    #[test]
    fn a_stage_says_what_it_did() {
        let fact = |name: &str, value: &str| Fact::new(name, value);
        let report = StageReport {
            stage: Stage::Build,
            done: true,
            facts: vec![fact("Parameters", "54,410"), fact("Layers", "5")],
        };
        assert_eq!(stage(&report), "2/5 Build       Parameters: 54,410 · Layers: 5");
        assert_eq!(how_long(&report), None);
        let facts = vec![Fact::new(AT_FULL_SPEED, "~4 min"), fact("Epochs", "10")];
        let report = StageReport { stage: Stage::Train, done: false, facts };
        assert_eq!(
            how_long(&report).as_deref(),
            Some("All that is left takes ~4 min at full speed")
        );
    }
}
