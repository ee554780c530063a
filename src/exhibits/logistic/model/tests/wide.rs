//! Tables of few rows and thousands of columns, of categories alone, and figures that are not defined.

use crate::{
    exhibits::logistic::payload::{FeatureUse, TableSettings},
    learning::data::table::ColumnValues,
};
use std::time::Instant;

use super::*;

/// Rows of so many numbers, some of which have to do with the class, as measured on a chip for genes.
fn wide(rows: usize, columns: usize) -> Arc<Raw> {
    let mut generator = ChaCha8Rng::seed_from_u64(9);
    let mut text: String = (0..columns).map(|at| format!("g{at},")).collect();
    text += "label\n";
    for row in 0..rows {
        let class = row % 2;
        for at in 0..columns {
            let shift = if at % 50 == 0 { class as f64 } else { 0.0 };
            write!(text, "{:.4},", shift + generator.random_range(-1.0..1.0)).unwrap();
        }
        writeln!(text, "{}", ["ALL", "AML"][class]).unwrap();
    }
    raw(&text)
}

/// A tenth of what is promised of the dev profile would do; tests run beside others on two cores.
#[test]
fn thousands_of_columns_are_learned_within_bounds() {
    let table = wide(72, 7129);
    let start = Instant::now();
    let ready = prepared(&table, with_shuffled(Solver::Lbfgs));
    assert!(start.elapsed().as_secs_f64() < 10.0, "{:?}", start.elapsed());
    let drawn = &ready.table().drawn;
    assert_eq!((drawn.rows.len(), drawn.values.len()), (72, 72 * 7129));
    assert!(drawn.explained.iter().all(|share| *share > 0.0 && *share < 0.5));
    let mut trainable = begun(ready);
    let losses = learn(trainable.as_mut(), 200, 0.1);
    assert!(losses[losses.len() - 1] < 0.1, "{losses:?}");
    let start = Instant::now();
    let (found, judged) = judge(trainable.as_mut()).unwrap();
    assert!(start.elapsed().as_secs_f64() < 50.0, "{:?}", start.elapsed());
    assert_eq!(tuned(&found).len(), 55);
    let verdict = verdict_of(&judged);
    assert!(verdict.converged && verdict.accuracy > 0.7, "{verdict:?}");
}

#[test]
fn what_is_drawn_of_a_wide_table_is_bounded() {
    let table = prepared(&wide(2500, 2000), TableSettings::default()).table().clone();
    assert_eq!(table.drawn.rows.len(), (1 << 22) / 2000);
    assert_eq!(table.drawn.values.len(), table.drawn.rows.len() * 2000);
    let held_out = table.drawn.held_out.iter().filter(|held_out| **held_out).count();
    assert!((330..510).contains(&held_out), "{held_out}");
}

#[test]
fn correlated_ones_among_thousands_are_left_out() {
    let table = wide(60, 3000);
    let of = |limit| {
        let settings =
            Settings { drop_correlated: Some(limit), ..settings(TableSettings::default()) };
        ready(table.clone(), settings, 42).unwrap().table().clone()
    };
    let correlated = |table: &crate::exhibits::logistic::payload::Table| {
        let is = |standing: &FeatureUse| matches!(standing, FeatureUse::Correlated { .. });
        table.features.iter().filter(|feature| is(&feature.standing)).count()
    };
    let (strict, lax) = (of(0.4), of(0.9));
    assert!(correlated(&strict) > 1000, "{}", correlated(&strict));
    assert!(correlated(&lax) < 10, "{}", correlated(&lax));
    for feature in strict.features.iter() {
        if let FeatureUse::Correlated { with, r } = feature.standing {
            assert!(r.abs() > 0.4 && strict.features[with].standing == FeatureUse::Used);
        }
    }
}

/// A table whose columns of numbers are taken away.
fn categories() -> Arc<Raw> {
    let mut text = "n,town,season,label\n".to_owned();
    for row in 0..90 {
        let (town, season) =
            (["Dorn", "Berg", "Tal"][row % 3], ["spring", "autumn"][(row / 3) % 2]);
        let gone = (town == "Dorn") != (row % 7 == 0);
        writeln!(text, "{row},{town},{season},{}", if gone { "gone" } else { "here" }).unwrap();
    }
    let mut table = (*raw(&text)).clone();
    table.columns.retain(|column| matches!(column.values, ColumnValues::Categories { .. }));
    Arc::new(table)
}

#[test]
fn categories_alone_are_a_table() {
    for standardise in [true, false] {
        for (pairwise, solver) in [(false, Solver::FullBatch), (true, Solver::Lbfgs)] {
            let wish = TableSettings { standardise, pairwise, solver, ..TableSettings::default() };
            let ready = prepared(&categories(), wish);
            let table = ready.table().clone();
            assert_eq!(table.features.len(), 5);
            assert!(table.features.iter().all(|feature| feature.category));
            assert!(table.drawn.components.iter().all(|place| place.is_finite()));
            // Of three towns and two seasons three directions are free, and no more.
            assert!((table.drawn.explained.iter().sum::<f32>() - 1.0).abs() < 1e-5);
            let rate = ready.usual_rate();
            let mut trainable = begun(ready);
            let losses = learn(trainable.as_mut(), 100, rate);
            assert!(losses[losses.len() - 1] < losses[0]);
            let verdict = verdict_of(&judge(trainable.as_mut()).unwrap().1);
            assert!(verdict.converged && verdict.accuracy > 0.7, "{verdict:?}");
        }
    }
}

#[test]
fn figures_that_are_not_defined_say_why() {
    let ten = "a,label\n1,x\n2,y\n3,x\n4,y\n5,x\n6,y\n7,x\n8,y\n9,x\n10,y\n";
    // Of the seeds some hold out two rows of one class.
    let (mut of_first, mut of_second) = (false, false);
    for seed in 0..40 {
        let settings = Settings { folds: 2, ..settings(TableSettings::default()) };
        let ready = ready(raw(ten), settings, seed).unwrap();
        let labels = ready.prepared.test.labels.clone();
        if labels.iter().any(|label| *label != labels[0]) {
            continue;
        }
        let (found, judged) = judge(begun(ready).as_mut()).unwrap();
        assert!(tuned(&found).iter().all(|fold| fold.auc.is_none_or(f64::is_finite)));
        let verdict = verdict_of(&judged);
        assert_eq!(verdict.auc, None);
        let sentences: Vec<String> = verdict.not_defined.sentences().collect();
        assert_eq!(sentences[0], "AUC is not defined as all held-out rows are of one class");
        let told: Vec<_> = judged.facts.iter().map(|fact| fact.value.to_string()).collect();
        let told = told.join("; ");
        assert!(told.contains("not defined, as all held-out rows are of one class"), "{told}");
        if labels[0] == 0 {
            of_first = true;
            assert_eq!(verdict.recall, None);
            assert!(
                sentences.contains(&"recall is not defined as no held-out row is positive".into())
            );
        } else {
            of_second = true;
            assert!(verdict.recall.is_some() && verdict.f1.is_some());
            let called = verdict.recall != Some(0.0);
            assert_eq!(verdict.precision.is_some(), called, "{verdict:?}");
        }
    }
    assert!(of_first && of_second);
}

#[test]
fn too_many_numbers_are_refused_with_what_would_do() {
    let few = wide(40, 20);
    let mut table = (*few).clone();
    table.columns = (0..20_001).map(|at| few.columns[at % 20].clone()).collect();
    let told = ready(Arc::new(table), Settings::default(), 42).map(drop).unwrap_err().to_string();
    assert!(told.contains("it has 20,001 features"), "{told}");
    assert!(told.contains("give a table of at most 20,000"), "{told}");
}
