//! What a run of a table says of its stages.

use crate::{
    exhibits::logistic::{
        model::{neighbours::NEIGHBOURS, prepare::Prepared},
        payload::{Missing, Penalty, Split, Table, TableVerdict},
    },
    sentence::grouped,
    stream::Fact,
    words::{Phrase, Word},
};

/// Of the data and how they are divided.
pub(super) fn of_data(prepared: &Prepared) -> Vec<Fact> {
    let table = &prepared.table;
    let standardised = if table.settings.standardise {
        phrase!("logistic-model-mean-0-deviation-1")
    } else {
        phrase!("logistic-model-no")
    };
    let missing = match table.settings.missing {
        Missing::Drop => phrase!("logistic-model-rows-left-out"),
        Missing::Mean => phrase!("logistic-model-mean-instead"),
        Missing::Median => phrase!("logistic-model-median-instead"),
    };
    let split = match table.settings.split {
        Split::Shuffled => phrase!("logistic-model-shuffled"),
        Split::Stratified => phrase!("logistic-model-stratified"),
        Split::Sklearn42 => phrase!("logistic-model-scikit-learns-seed-42"),
    };
    vec![
        Fact::new(key!("logistic-model-rows"), grouped(table.rows)),
        Fact::new(key!("logistic-model-features"), grouped(table.features.len())),
        Fact::new(key!("logistic-model-classes"), table.classes.len()),
        Fact::new(key!("logistic-model-missing-values"), missing),
        Fact::new(key!("logistic-model-standardised"), standardised),
        Fact::new(key!("logistic-model-to-learn-from"), grouped(prepared.train.labels.len())),
        Fact::new(key!("logistic-model-held-out"), grouped(prepared.test.labels.len())),
        Fact::new(key!("logistic-model-split"), split),
    ]
}

/// Of the model and its penalty.
pub(super) fn of_model(prepared: &Prepared) -> Vec<Fact> {
    let settings = &prepared.table.settings;
    let used = settings.chosen.iter().flat_map(|chosen| chosen.iter()).filter(|used| **used);
    let penalty = match settings.penalty {
        Penalty::None => phrase!("logistic-model-none"),
        Penalty::L2 => format!("L2, C = {}", settings.c).into(),
        Penalty::L1 => format!("L1, C = {}", settings.c).into(),
    };
    vec![
        Fact::new(key!("logistic-model-features-used"), grouped(used.count())),
        Fact::new(key!("logistic-model-terms"), grouped(prepared.shape.terms)),
        Fact::new(key!("logistic-model-parameters"), grouped(prepared.shape.parameters())),
        Fact::new(key!("logistic-model-penalty"), penalty),
    ]
}

/// Of the judgement.
pub(super) fn of_verdict(table: &Table, verdict: &TableVerdict) -> Vec<Fact> {
    let share = |name: Word, value: f64| Fact::new(name, format!("{value:.4}"));
    let defined = |name: Word, value: Option<f64>, why: Option<&Phrase>| {
        let told = value.map_or_else(
            || phrase!("logistic-model-not-defined"),
            |value| format!("{value:.4}").into(),
        );
        let told = match why {
            Some(why) => phrase!("logistic-model-value-as", value = told, why),
            None => told,
        };
        Fact::new(name, told)
    };
    let why = &verdict.not_defined;
    let mut facts = vec![
        share(key!("logistic-model-accuracy"), verdict.accuracy),
        Fact::new(key!("logistic-model-log-loss"), format!("{:.4} nats", verdict.log_loss)),
        defined(Word::plain("AUC"), verdict.auc, why.auc.as_ref()),
        defined(key!("logistic-model-precision"), verdict.precision, why.precision.as_ref()),
        defined(key!("logistic-model-recall"), verdict.recall, why.recall.as_ref()),
        defined(Word::plain("F1"), verdict.f1, why.f1.as_ref()),
        share(key!("logistic-model-accuracy-of-the-most-frequent"), verdict.majority_accuracy),
        share(key!("logistic-model-accuracy-of-the-nearest-rows"), verdict.neighbours_accuracy),
        Fact::new(key!("logistic-model-neighbours"), NEIGHBOURS),
        Fact::new(key!("logistic-model-best-c"), verdict.best_c),
        Fact::new(key!("logistic-model-iterations"), verdict.iterations),
        Fact::new(
            key!("logistic-model-time-of-the-fit"),
            format!("{:.2} ms", verdict.fit_milliseconds),
        ),
    ];
    if let [_, positive] = &table.classes[..] {
        facts.insert(0, Fact::new(key!("logistic-model-positive"), positive));
    }
    facts.extend(
        verdict.not_converged().map(|words| Fact::new(key!("logistic-model-minimum"), words)),
    );
    facts
}
