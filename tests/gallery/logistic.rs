//! The real program with a table in the terminal: the reference row for row, tables of one's own, and what cannot be.

use std::{fs, path::Path};

use serde_json::Value;

use crate::support::{complaint, events, finish, named, number, program, run};

/// The events of a run with these options.
fn learned(options: &[&str]) -> Vec<Value> {
    let arguments = ["logistic", "--mode", "terminal", "--json"];
    let output = finish(program().args(arguments).args(options));
    assert!(output.status.success(), "{}", complaint(&output));
    events(&output)
}

/// scikit-learn 1.9.1 on the same rows: assets/datasets/README.md.
#[test]
fn the_bundled_table_comes_to_the_reference() {
    for solver in ["full-batch", "mini-batch", "lbfgs"] {
        let options = ["--split", "sklearn42", "--solver", solver, "--epochs", "60"];
        let events = learned(&options);
        let [started] = named(&events, "started")[..] else { panic!("{events:?}") };
        assert_eq!((&started["train_rows"], &started["test_rows"]), (&455.into(), &114.into()));
        assert_eq!((&started["exhibit"], &started["parameters"]), (&"logistic".into(), &31.into()));
        let epochs = named(&events, "epoch");
        let (first, last) = (epochs[0], epochs[epochs.len() - 1]);
        assert!(number(last, "train_loss") < number(first, "train_loss"), "{solver}");
        assert!(number(last, "test_accuracy") > 0.9 && last["rows_per_second"].is_number());

        let folds = named(&events, "tuned");
        assert_eq!(folds.len(), 11 * 5);
        for fold in folds {
            for name in ["c", "accuracy", "log_loss", "auc", "iterations", "fit_milliseconds"] {
                assert!(number(fold, name) >= 0.0, "{name}: {fold}");
            }
        }
        let [finished] = named(&events, "finished")[..] else { panic!("{events:?}") };
        let figure = |name: &str| number(finished, name);
        assert_eq!(format!("{:.4}", figure("accuracy")), "0.9737");
        assert_eq!(format!("{:.4}", figure("log_loss")), "0.0601");
        assert_eq!(format!("{:.4}", figure("auc")), "0.9974");
        assert_eq!(finished["exhibit"], "logistic");
        for name in ["precision", "recall", "f1", "majority_accuracy", "neighbours_accuracy"] {
            assert!(figure(name) > 0.5 && figure(name) < 1.0, "{name}: {finished}");
        }
        assert!(figure("iterations") < 100.0 && figure("fit_milliseconds") > 0.0);
        assert!(figure("best_c") > 0.001 && figure("best_c") < 100.0);
    }
}

/// A table with numbers, a category, text, and something missing.
fn own_table(folder: &Path) -> String {
    let mut text = "id;weight;colour;note;kind\n".to_owned();
    for row in 0..120 {
        let kind = ["apple", "pear", "plum"][row % 3];
        let weight =
            if row % 20 == 7 { "NA".to_owned() } else { (row % 3 * 10 + row % 7).to_string() };
        let colour = ["red", "green"][(row / 2) % 2];
        text += &format!("{row};{weight};{colour};note {row} on it;{kind}\n");
    }
    let path = folder.join("fruit.csv");
    fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn a_table_of_ones_own_is_learned() {
    let folder = tempfile::tempdir().unwrap();
    let path = own_table(folder.path());
    let common = ["--data", &path, "--label", "kind", "--epochs", "20"];
    for more in [
        &["--missing", "mean"][..],
        &["--missing", "drop", "--pairwise", "--split", "stratified"],
        &["--penalty", "l1", "--features", "2", "--no-standardise", "--solver", "lbfgs"],
        &["--drop-correlated", "0.9", "--missing", "median"],
    ] {
        let events = learned(&[&common, more].concat());
        let [finished] = named(&events, "finished")[..] else { panic!("{events:?}") };
        assert!(number(finished, "accuracy") > 0.8, "{more:?}: {finished}");
        assert!(number(finished, "majority_accuracy") < 0.6, "{finished}");
    }
    let output = finish(program().args(["logistic", "--mode", "terminal"]).args(common));
    let told = complaint(&output);
    for words in [
        "fruit: 114 rows",
        "apple, pear, plum",
        "Missing values: 6 in “weight”",
        "6 of 120 rows lack a value",
        "is not learned from: “note”",
        "log loss",
        "training loss",
        "nearest rows",
    ] {
        assert!(told.contains(words), "“{words}” is missing in:\n{told}");
    }
}

#[test]
fn what_cannot_be_done_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.csv");
    let refused = |text: &[u8], options: &[&str], words: &[&str]| {
        fs::write(&path, text).unwrap();
        let data = ["logistic", "--mode", "terminal", "--data", path.to_str().unwrap()];
        let output = run([&data, options].concat());
        let told = complaint(&output);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {told}");
        assert_eq!(told.lines().count(), 1, "{words:?}: {told}");
        for word in words {
            assert!(told.contains(word), "“{word}” is missing in: {told}");
        }
    };
    let label = ["--label", "y"];
    refused(b"", &label, &["broken.csv", "empty"]);
    refused(b"a,b\n1,2\n3,4\n", &label, &["no column “y”", "“a”, “b”", "--label"]);
    refused(b"a,y\n1,x\n2,x\n", &label, &["“x” in every row", "--label"]);
    let texts: String = (0..60).map(|row| format!("name {row},{}\n", row % 2)).collect();
    refused(format!("a,y\n{texts}").as_bytes(), &label, &["nothing in it can be learned from"]);
    refused(b"a,y\n1,2\n3,4,5\n", &label, &["line 3", "“5”"]);
    refused(b"a,y\n1,2\n\xff,4\n", &label, &["line 3, column “a”", "UTF-8"]);
    refused(b"a,y\n1,2\ninfinity,4\n", &label, &["line 3, column “a”", "not finite"]);
    refused(b"a,y\n1,x\n2,z\n3,x\n", &label, &["3 of its rows", "5 folds"]);
    let constant: String = (0..40).map(|row| format!("7,{}\n", row % 2)).collect();
    refused(format!("a,y\n{constant}").as_bytes(), &label, &["no feature is left"]);
    let parted: String = (0..40).map(|row| format!("{row},{}\n", row / 20)).collect();
    let parted = format!("a,y\n{parted}");
    let options = ["--label", "y", "--penalty", "none"];
    refused(parted.as_bytes(), &options, &["grow without bound", "--penalty l2"]);
    refused(parted.as_bytes(), &["--label", "y", "--split", "sklearn42"], &["--split shuffled"]);
    refused(
        parted.as_bytes(),
        &["--label", "y", "--batch", "8"],
        &["--batch", "--solver mini-batch"],
    );
    refused(parted.as_bytes(), &["--factors", "8"], &["--factors is for the recommender"]);
    let output = run(["digits", "--mode", "terminal", "--c", "3"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(complaint(&output).contains("--c is for logistic, but the exhibit is digits"));
}

/// Ten rows, of which those that are held out are of one class with some seeds.
#[test]
fn what_is_not_defined_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ten.csv");
    let rows: String = (1..=10).map(|row| format!("{row},{}\n", ["y", "x"][row % 2])).collect();
    fs::write(&path, format!("a,label\n{rows}")).unwrap();
    let data = ["--data", path.to_str().unwrap(), "--epochs", "5", "--folds", "2"];
    let of_one_class = (0..40).map(|seed| seed.to_string()).find_map(|seed| {
        let events = learned(&[&data[..], &["--seed", &seed]].concat());
        let finished = named(&events, "finished")[0].clone();
        finished["auc"].is_null().then_some((seed, events, finished))
    });
    let (seed, events, finished) = of_one_class.expect("two rows of one class, with some seed");
    assert_eq!(finished["not_defined"]["auc"], "as all held-out rows are of one class");
    for name in ["precision", "recall", "f1"] {
        let why = &finished["not_defined"][name];
        assert_eq!(finished[name].is_null(), why.is_string(), "{name}: {finished}");
    }
    assert!(
        named(&events, "tuned").iter().all(|fold| fold["auc"].is_null() || fold["auc"].is_number())
    );
    let arguments = ["logistic", "--mode", "terminal", "--seed", &seed];
    let told = complaint(&finish(program().args(arguments).args(data)));
    assert!(told.contains("AUC –"), "{told}");
    assert!(told.contains("AUC is not defined as all held-out rows are of one class"), "{told}");
    assert!(!told.contains("NaN"), "{told}");
}

/// 72 rows of 1,900 columns as measured on a chip for genes, and its minimum whatever they are measured in.
#[test]
fn a_wide_table_is_learned() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("wide.csv");
    let mut text: String = (0..1900).map(|at| format!("g{at},")).collect::<String>() + "label\n";
    for row in 0..72_u32 {
        for at in 0..1900_u32 {
            let noise = (row * 7919 + at * 104_729) % 1009;
            let shift = if at % 40 == 0 { row % 2 * 500 } else { 0 };
            text += &format!("{},", noise + shift);
        }
        text += &format!("{}\n", ["ALL", "AML"][row as usize % 2]);
    }
    fs::write(&path, text).unwrap();
    let data = ["--data", path.to_str().unwrap(), "--solver", "lbfgs"];
    for more in [&[][..], &["--no-standardise"], &["--features", "20", "--pairwise"]] {
        let events = learned(&[&data[..], more].concat());
        let finished = named(&events, "finished")[0];
        assert_eq!(finished["converged"], true, "{more:?}: {finished}");
        assert_eq!(named(&events, "tuned").len(), 55);
    }
    let refused = run([&["logistic", "--mode", "terminal", "--pairwise"], &data[..]].concat());
    let told = complaint(&refused);
    assert_eq!(refused.status.code(), Some(2));
    assert!(told.contains("more than 2,000; use fewer"), "{told}");
}
