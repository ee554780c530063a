//! What a run of a table says of its stages.

use indicatif::HumanCount;

use crate::{
    exhibits::logistic::{
        model::{neighbours::NEIGHBOURS, prepare::Prepared},
        payload::{Missing, Penalty, Split, Table, TableVerdict},
    },
    stream::Fact,
};

/// A fact of any value.
pub(super) fn fact(name: &'static str, value: impl ToString) -> Fact {
    Fact { name, value: value.to_string() }
}

/// Of the data and how they are divided.
pub(super) fn of_data(prepared: &Prepared) -> Vec<Fact> {
    let table = &prepared.table;
    let standardised = if table.settings.standardise { "mean 0, deviation 1" } else { "no" };
    let missing = match table.settings.missing {
        Missing::Drop => "rows left out",
        Missing::Mean => "mean instead",
        Missing::Median => "median instead",
    };
    let split = match table.settings.split {
        Split::Shuffled => "shuffled",
        Split::Stratified => "stratified",
        Split::Sklearn42 => "scikit-learn's, seed 42",
    };
    vec![
        fact("Rows", HumanCount(table.rows as u64)),
        fact("Features", HumanCount(table.features.len() as u64)),
        fact("Classes", table.classes.len()),
        fact("Missing values", missing),
        fact("Standardised", standardised),
        fact("To learn from", HumanCount(prepared.train.labels.len() as u64)),
        fact("Held out", HumanCount(prepared.test.labels.len() as u64)),
        fact("Split", split),
    ]
}

/// Of the model and its penalty.
pub(super) fn of_model(prepared: &Prepared) -> Vec<Fact> {
    let settings = &prepared.table.settings;
    let used = settings.chosen.iter().flat_map(|chosen| chosen.iter()).filter(|used| **used);
    let penalty = match settings.penalty {
        Penalty::None => "none".to_owned(),
        Penalty::L2 => format!("L2, C = {}", settings.c),
        Penalty::L1 => format!("L1, C = {}", settings.c),
    };
    vec![
        fact("Features used", HumanCount(used.count() as u64)),
        fact("Terms", HumanCount(prepared.shape.terms as u64)),
        fact("Parameters", HumanCount(prepared.shape.parameters() as u64)),
        fact("Penalty", penalty),
    ]
}

/// Of the judgement.
pub(super) fn of_verdict(table: &Table, verdict: &TableVerdict) -> Vec<Fact> {
    let share = |name, value: f64| fact(name, format!("{value:.4}"));
    let defined = |name, value: Option<f64>, why: Option<&str>| {
        let told = value.map_or_else(|| "not defined".to_owned(), |value| format!("{value:.4}"));
        fact(name, why.map_or_else(|| told.clone(), |why| format!("{told}, {why}")))
    };
    let why = verdict.not_defined;
    let mut facts = vec![
        share("Accuracy", verdict.accuracy),
        fact("Log loss", format!("{:.4} nats", verdict.log_loss)),
        defined("AUC", verdict.auc, why.auc),
        defined("Precision", verdict.precision, why.precision),
        defined("Recall", verdict.recall, why.recall),
        defined("F1", verdict.f1, why.f1),
        share("Accuracy of the most frequent class", verdict.majority_accuracy),
        share("Accuracy of the nearest rows", verdict.neighbours_accuracy),
        fact("Neighbours", NEIGHBOURS),
        fact("Best C", verdict.best_c),
        fact("Iterations", verdict.iterations),
        fact("Time of the fit", format!("{:.2} ms", verdict.fit_milliseconds)),
    ];
    if let [_, positive] = &table.classes[..] {
        facts.insert(0, fact("Positive", positive));
    }
    facts.extend(verdict.not_converged().map(|words| fact("Minimum", words)));
    facts
}
