//! How tables are made ready: missing values, categories, splits, the choice of features, pictures.

use super::*;
use crate::exhibits::logistic::payload::{FeatureUse, Missing, TableSettings};

fn with_missing() -> Arc<Raw> {
    let mut text = "a,colour,b,label\n".to_owned();
    for row in 0..100 {
        let a = if row % 10 == 0 { String::new() } else { row.to_string() };
        let colour = ["red", "blue"][row % 2];
        writeln!(text, "{a},{colour},7,{}", (row / 3) % 2).unwrap();
    }
    raw(&text)
}

#[test]
fn what_is_missing_is_dropped_or_replaced() {
    let raw = with_missing();
    let table = |missing| {
        prepared(&raw, TableSettings { missing, ..TableSettings::default() }).table().clone()
    };
    let dropped = table(Missing::Drop);
    assert_eq!((dropped.rows_read, dropped.rows), (100, 90));
    assert!(dropped.remarks.iter().any(|remark| remark.contains("10 of 100 rows lack a value")));
    for missing in [Missing::Mean, Missing::Median] {
        let filled = table(missing);
        assert_eq!((filled.rows, filled.features[0].missing), (100, 10));
        let values: Vec<f32> =
            filled.drawn.values.chunks(filled.features.len()).map(|row| row[0]).collect();
        assert!(values.iter().all(|value| value.is_finite()));
        // All that was missing is the same number, which is near the middle.
        assert!((values[0] - values[50]).abs() < 1e-6 && (40.0..60.0).contains(&values[0]));
    }
    assert_eq!(dropped.features.len(), 4);
    assert_eq!(dropped.features[1].name, "colour=blue");
    assert!(dropped.features[1].category && !dropped.features[0].category);
    assert_eq!(dropped.features[3].standing, FeatureUse::Constant);
    assert!(dropped.remarks.iter().any(|remark| remark.contains("not used: “b”")));
    let chosen = dropped.settings.chosen.clone().unwrap();
    assert_eq!(chosen[..], [true, true, true, false]);
}

#[test]
fn features_have_mean_0_and_deviation_1_where_they_are_learned_from() {
    let ready = prepared(&tumours(), TableSettings::default());
    let design = &ready.prepared.train.design;
    for feature in 0..30 {
        let values: Vec<f64> =
            (0..design.rows()).map(|row| f64::from(design.features(row)[feature])).collect();
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        let variance = values.iter().map(|value| value * value).sum::<f64>() / values.len() as f64;
        assert!(mean.abs() < 1e-6 && (variance - 1.0).abs() < 1e-5, "{mean} {variance}");
    }
}

#[test]
fn every_split_uses_each_row_once() {
    let raw = tumours();
    for split in [Split::Shuffled, Split::Stratified, Split::Sklearn42] {
        let ready = prepared(&raw, TableSettings { split, ..TableSettings::default() });
        let prepared = &ready.prepared;
        assert_eq!((prepared.train.labels.len(), prepared.test.labels.len()), (455, 114));
        assert_eq!(prepared.fold_ends, [91, 182, 273, 364, 455]);
        let mut rows = prepared.test_rows.clone();
        rows.sort_unstable();
        rows.dedup();
        assert_eq!(rows.len(), 114);
        let sick = |labels: &[u16]| labels.iter().filter(|label| **label == 1).count();
        // Each fold has its share of the 212 sick, and of a stratified split so has the test.
        for fold in prepared.train.labels.chunks(91) {
            assert!((31..=36).contains(&sick(fold)), "{}", sick(fold));
        }
        if split == Split::Stratified {
            assert!((42..=43).contains(&sick(&prepared.test.labels)));
        }
    }
}

#[test]
fn correlated_features_and_all_but_the_best_can_be_left_out() {
    let raw = tumours();
    let of = |features, drop_correlated| {
        let settings = Settings { features, drop_correlated, ..settings(TableSettings::default()) };
        ready(raw.clone(), settings, 42).unwrap().table().clone()
    };
    let dropped = of(None, Some(0.95));
    let used = |table: &crate::exhibits::logistic::payload::Table, at: usize| {
        table.features[at].standing == FeatureUse::Used
    };
    let correlated: Vec<_> = dropped
        .features
        .iter()
        .filter_map(|feature| match feature.standing {
            FeatureUse::Correlated { with, r } => Some((with, r, feature.information)),
            _ => None,
        })
        .collect();
    assert!((4..=12).contains(&correlated.len()), "{correlated:?}");
    for (with, r, information) in correlated {
        assert!(r.abs() > 0.95 && used(&dropped, with));
        assert!(dropped.features[with].information >= information);
    }
    let best = of(Some(5), None);
    assert_eq!(best.terms.len(), 5);
    let least = (0..30).filter(|at| used(&best, *at)).map(|at| best.features[at].information);
    let least = least.fold(f64::INFINITY, f64::min);
    let most = (0..30).filter(|at| !used(&best, *at)).map(|at| best.features[at].information);
    assert!(most.fold(0.0, f64::max) <= least);
}

#[test]
fn a_row_is_explained_by_its_sum() {
    let mut trainable = begun(prepared(&tumours(), with_solver(Solver::Lbfgs)));
    learn(trainable.as_mut(), 30, 0.1);
    for row in [0, 100, 568] {
        let answer = pictured(trainable.as_mut(), Some(row));
        let sum = answer.sum.as_ref().unwrap();
        let total: f64 = sum.parts.iter().sum::<f64>() + answer.intercepts[0];
        assert!((total - sum.scores[0]).abs() < 1e-9);
        assert!((1.0 / (1.0 + (-total).exp()) - sum.probabilities[1]).abs() < 1e-12);
        let drawn = f64::from(answer.probabilities[2 * row + 1]);
        assert!((drawn - sum.probabilities[1]).abs() < 1e-6);
    }
    assert!(pictured(trainable.as_mut(), Some(569)).sum.is_none());
    assert!(trainable.network_values(&InputChoice::Test(0)).is_err());
}

#[test]
fn few_rows_of_many_are_drawn_evenly() {
    let table = prepared(&made_up(20_000, 3), TableSettings::default()).table().clone();
    let drawn = &table.drawn;
    assert_eq!((table.rows, drawn.rows.len()), (20_000, 5000));
    assert!(drawn.rows.windows(2).all(|two| two[1] - two[0] == 4));
    assert_eq!(drawn.values.len(), 5000 * 4);
    assert_eq!((drawn.components.len(), drawn.directions.len()), (15_000, 12));
    let held_out = drawn.held_out.iter().filter(|held_out| **held_out).count();
    assert!((900..1100).contains(&held_out), "{held_out}");
    assert!(drawn.explained.iter().sum::<f32>() <= 1.0 + 1e-6);
}

/// The first component of the tumour data holds 44 % of the variance, the second 19 %, as is well known.
#[test]
fn rows_lie_where_their_components_say() {
    let table = prepared(&tumours(), TableSettings::default()).table().clone();
    let drawn = &table.drawn;
    assert!((drawn.explained[0] - 0.44).abs() < 0.02, "{:?}", drawn.explained);
    assert!((drawn.explained[1] - 0.19).abs() < 0.02, "{:?}", drawn.explained);
    let row = 17;
    let place: f32 = (0..30)
        .map(|at| {
            let feature = &table.features[at];
            let value = f64::from(drawn.values[row * 30 + at]);
            ((value - feature.mean) / feature.deviation) as f32 * drawn.directions[at]
        })
        .sum();
    assert!((place - drawn.components[row * 3]).abs() < 1e-3);
}

#[test]
fn what_cannot_be_learned_is_told_in_a_sentence() {
    let sentence = |raw: &Arc<Raw>, settings: Settings| {
        let sentence = ready(raw.clone(), settings, 42).map(drop).unwrap_err().to_string();
        assert!(!sentence.contains('\n') && sentence.contains("; "), "{sentence}");
        sentence
    };
    let few = raw("x,label\n1,a\n2,b\n3,a\n");
    let told = sentence(&few, Settings::default());
    assert!(told.contains("3 of its rows are left, fewer than 5 folds"), "{told}");
    let lacking = raw("x,y,label\n1,,a\n2,,b\n3,,a\n4,,b\n5,1,a\n6,2,b\n7,,a\n");
    let told = sentence(&lacking, Settings::default());
    assert!(told.contains("fill what is missing with --missing"), "{told}");
    let rows: String = (0..40).map(|at| format!("7,{}\n", at % 2)).collect();
    let told = sentence(&raw(&format!("x,label\n{rows}")), Settings::default());
    assert!(told.contains("no feature is left that is not constant"), "{told}");
    let other = made_up(100, 2);
    let told = sentence(&other, settings(reference()));
    assert!(told.contains("--split sklearn42 names rows of the tumour data"), "{told}");
    let rows: String = (0..40).map(|at| format!("{}e200,{}\n", at, at % 2)).collect();
    let told = sentence(&raw(&format!("x,label\n{rows}")), Settings::default());
    assert!(told.contains("the numbers in “x” are too large"), "{told}");
    // Seventy columns have 2,485 terms with their products.
    let head: String = (0..70).map(|at| format!("c{at},")).collect();
    let rows: String = (0..20)
        .map(|row| {
            (0..70).map(|at| format!("{},", (row * 31 + at * 17) % 23)).collect::<String>()
                + &format!("{}\n", row % 2)
        })
        .collect();
    let wide = raw(&format!("{head}label\n{rows}"));
    let told =
        sentence(&wide, settings(TableSettings { pairwise: true, ..TableSettings::default() }));
    assert!(
        told.contains("70 features and their products are 2,485 terms, more than 2,000"),
        "{told}"
    );
    let fewer = Settings {
        features: Some(10),
        ..settings(TableSettings { pairwise: true, ..TableSettings::default() })
    };
    assert_eq!(ready(wide, fewer, 42).unwrap().table().terms.len(), 55);
}
