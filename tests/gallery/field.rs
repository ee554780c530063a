//! The real program on files as people have them: `tests/field` says what each is and what is right.

use std::path::{Path, PathBuf};

use serde_json::Value;

use crate::support::{complaint, events, named, number, run};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/field").join(name)
}

/// What a run of an exhibit on a file of the field ends with; and what was said on the way.
#[track_caller]
fn finished(exhibit: &str, name: &str, options: &[&str]) -> (Value, String) {
    let path = file(name);
    let path = path.to_string_lossy();
    let arguments = [exhibit, "--mode", "terminal", "--json", "--data", &*path];
    let output = run(arguments.iter().chain(options));
    assert!(output.status.success(), "{name}: {}", complaint(&output));
    let events = events(&output);
    let [finished] = named(&events, "finished")[..] else { panic!("{name}: {events:?}") };
    (finished.clone(), complaint(&output))
}

/// The one line that a file is refused with.
fn refused(exhibit: &str, name: &str, options: &[&str]) -> String {
    let path = file(name);
    let path = path.to_string_lossy();
    let output =
        run([exhibit, "--mode", "terminal", "--json", "--data", &*path].iter().chain(options));
    let sentence = complaint(&output);
    assert_eq!(output.status.code(), Some(2), "{name}: {sentence}");
    assert_eq!(sentence.trim_end().lines().count(), 1, "{name}: {sentence}");
    assert!(sentence.len() < 700 && output.stdout.is_empty(), "{name}: {sentence}");
    sentence
}

const CHURNED: [&str; 4] = ["--label", "churned", "--solver", "lbfgs"];

/// scikit-learn on the same rows.
#[test]
fn every_spelling_of_a_table_gives_what_the_clean_one_gives() {
    for name in [
        "clean.csv",
        "thousands-quoted.csv",
        "currency.csv",
        "trailing-comma-in-header.csv",
        "trailing-comma-in-rows.csv",
        "sep-line.csv",
    ] {
        let (finished, _) = finished("logistic", &format!("tables/{name}"), &CHURNED);
        let figures =
            ["accuracy", "log_loss"].map(|name| format!("{:.4}", number(&finished, name)));
        assert_eq!(figures, ["0.6333", "0.7146"], "{name}");
    }
    // One column more than the clean table has, and it is told in which unit.
    let (percent, said) = finished("logistic", "tables/percent.csv", &CHURNED);
    assert!(number(&percent, "log_loss") > 0.5, "{percent}");
    assert!(said.contains("The numbers in “share” are in %"), "{said}");
}

#[test]
fn categories_alone_are_a_table() {
    let (finished, _) = finished("logistic", "tables/all-categories.csv", &CHURNED);
    let (accuracy, loss) = (number(&finished, "accuracy"), number(&finished, "log_loss"));
    assert!(accuracy > 0.3 && loss > 0.0 && loss < 1.0, "{finished}");
}

#[test]
fn one_class_alone_held_out_is_told() {
    let (finished, said) = finished("logistic", "tables/ten-rows.csv", &["--label", "label"]);
    assert!(finished["auc"].is_null(), "{finished}");
    assert!(said.contains("not defined"), "{said}");
}

#[test]
fn an_open_quotation_mark_is_told_in_any_exhibit() {
    for (exhibit, options) in [
        ("logistic", &CHURNED[..]),
        ("descent", &["--x", "age", "--y", "income"]),
        (
            "recommender",
            &["--user-column", "age", "--item-column", "town", "--rating-column", "visits"],
        ),
    ] {
        let sentence = refused(exhibit, "tables/open-quote.csv", options);
        assert!(
            sentence.contains("the quotation mark in line 41 before “Dorn,yes” is not closed"),
            "{sentence}"
        );
    }
}

#[test]
fn a_file_without_names_is_told_and_read_when_that_is_said() {
    for (exhibit, name) in [
        ("logistic", "tables/no-header-text.csv"),
        ("logistic", "tables/no-header-numbers.csv"),
        ("descent", "tables/no-header-numbers.csv"),
        ("recommender", "ratings/no-header.csv"),
    ] {
        let sentence = refused(exhibit, name, &[]);
        assert!(
            sentence.contains("line 1 seems to hold values") && sentence.contains("--no-header"),
            "{sentence}"
        );
    }
    for (name, rows) in [("no-header-text.csv", 120), ("no-header-numbers.csv", 120)] {
        let options = ["--no-header", "--label", "5", "--solver", "lbfgs"];
        let (_, said) = finished("logistic", &format!("tables/{name}"), &options);
        assert!(said.contains(&format!("{rows} rows of 4 columns")), "{said}");
    }
    let (_, said) =
        finished("recommender", "ratings/no-header.csv", &["--no-header", "--epochs", "1"]);
    assert!(said.contains("587 ratings"), "{said}");
}

#[test]
fn other_files_are_called_by_their_names() {
    for (exhibit, name, words) in [
        ("logistic", "tables/workbook.xlsx", "it is a workbook; save the sheet as CSV"),
        ("descent", "tables/workbook.xlsx", "it is a workbook; save the sheet as CSV"),
        ("recommender", "tables/workbook.xlsx", "it is a workbook; save the sheet as CSV"),
        ("recommender", "ratings/netflix.txt", "it is of the form of the Netflix Prize"),
        ("recommender", "ratings/letterboxd.csv", "it is one person's own ratings from Letterboxd"),
    ] {
        let sentence = refused(exhibit, name, &[]);
        assert!(sentence.contains(words), "{sentence}");
    }
}

#[test]
fn dates_of_ratings_are_read() {
    for name in ["iso-dates.csv", "us-dates.csv"] {
        let (finished, said) =
            finished("recommender", &format!("ratings/{name}"), &["--epochs", "2"]);
        assert!(finished["rmse"].is_number(), "{finished}");
        assert!(!said.contains("Times are left out"), "{said}");
    }
}

#[test]
fn points_with_a_counting_column_or_a_separator_too_many_are_the_same_points() {
    let line = |name: &str| {
        let (finished, said) = finished("descent", &format!("points/{name}"), &["--steps", "5"]);
        assert_eq!(
            (finished["x"].as_str(), finished["y"].as_str()),
            (Some("year"), Some("price")),
            "{finished}"
        );
        (finished["minimum"].clone(), said)
    };
    let (clean, _) = line("clean.csv");
    assert_eq!(line("header-trailing.csv").0, clean);
    let (indexed, said) = line("pandas-index.csv");
    assert_eq!(indexed, clean);
    assert!(
        said.contains("The first column has no name and numbers the rows: it is left out"),
        "{said}"
    );
}

#[test]
fn what_is_written_never_takes_the_place_of_what_was_read() {
    let folder = tempfile::tempdir().unwrap();
    let ratings = std::fs::read(file("ratings/iso-dates.csv")).unwrap();
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    for (name, option, output) in [
        ("ratings.csv", "--save-list", "ratings.csv"),
        ("mine-items.csv", "--save-factors", "mine"),
    ] {
        std::fs::write(path(name), &ratings).unwrap();
        let start = ["recommender", "--mode", "terminal", "--epochs", "1", "--user", "0"];
        let (data, output) = (path(name), path(output));
        let output = run(start.iter().chain(&["--data", &data, option, &output]));
        assert_eq!(output.status.code(), Some(2), "{}", complaint(&output));
        assert!(complaint(&output).contains("lies among your data"), "{}", complaint(&output));
        assert_eq!(std::fs::read(path(name)).unwrap(), ratings);
    }
}
