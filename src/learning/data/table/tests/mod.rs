//! What is read of tables, sound and broken, in every spelling.

mod cases;
mod damage;
mod quotes;
mod spellings;

use std::{fs, path::Path};

use super::*;
use crate::learning::{
    TrainError,
    data::fixtures::{file, zipped},
};

/// Reads a table, each column as what it seems to be.
fn read_file(path: &Path, options: &TableOptions) -> Result<Sheet, TrainError> {
    let kinds = |heading: &Heading| Ok(vec![Kind::Any; heading.fields()]);
    Sheet::read(path, options, kinds, &mut |_, _| ())
}

fn read_with(bytes: &[u8], options: &TableOptions) -> Result<Sheet, String> {
    let (_folder, path) = file("t.csv", bytes);
    read_file(&path, options).map_err(|error| {
        let sentence = error.to_string();
        assert!(sentence.contains("t.csv: ") && sentence.contains("; "), "{sentence}");
        assert!(!sentence.contains('\n') && sentence.len() < 600, "{sentence}");
        sentence
    })
}

fn read(text: &str) -> Result<Sheet, String> {
    read_with(text.as_bytes(), &TableOptions::default())
}

/// A table in one line: `name: values` for each column, missing values as `_`.
fn told(sheet: &Sheet) -> String {
    let column = |column: &Column| {
        let values: Vec<String> = match &column.values {
            ColumnValues::Numbers(numbers) => numbers
                .iter()
                .map(|number| if number.is_nan() { "_".to_owned() } else { number.to_string() })
                .collect(),
            ColumnValues::Categories { names, codes } => codes
                .iter()
                .map(|code| {
                    names
                        .get(usize::from(*code))
                        .map_or_else(|| "_".to_owned(), |name| format!("'{name}'"))
                })
                .collect(),
            other => vec![format!("{other:?}")],
        };
        format!("{}: {}", column.name, values.join(" "))
    };
    sheet.columns.iter().map(column).collect::<Vec<_>>().join("; ")
}

/// Whether a table is as its documentation says.
fn is_sound(sheet: &Sheet) -> Result<(), String> {
    let hold = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    hold(sheet.rows > 0, "there are rows")?;
    let lines: Vec<u64> = (0..sheet.rows).map(|row| sheet.line(row)).collect();
    hold(lines.is_sorted_by(|a, b| a < b), "lines rise")?;
    let mut names: Vec<&str> = sheet.columns.iter().map(|column| column.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    hold(names.len() == sheet.columns.len(), "names differ")?;
    for column in &sheet.columns {
        hold(!column.name.is_empty(), "columns have names")?;
        match &column.values {
            ColumnValues::Numbers(numbers) => {
                hold(numbers.len() == sheet.rows, "a column of numbers is whole")?;
                hold(numbers.iter().all(|number| !number.is_infinite()), "numbers are finite")?;
                let missing = numbers.iter().filter(|number| number.is_nan()).count();
                hold(
                    missing == column.missing && missing < sheet.rows,
                    "missing numbers are counted",
                )?;
            }
            ColumnValues::Categories { names, codes } => {
                hold(
                    codes.len() == sheet.rows && names.len() <= MOST_CATEGORIES,
                    "a category is whole",
                )?;
                let missing = codes.iter().filter(|code| **code == NO_WORD).count();
                hold(missing == column.missing, "missing categories are counted")?;
                for at in 0..names.len() {
                    hold(codes.contains(&(at as u8)), "each category occurs")?;
                }
                let known = |code: &u8| *code == NO_WORD || usize::from(*code) < names.len();
                hold(codes.iter().all(known), "codes have names")?;
            }
            other => return Err(format!("it is left out: {other:?}")),
        }
    }
    let sentences = sheet
        .remarks
        .iter()
        .map(ToString::to_string)
        .all(|remark| remark.len() > 10 && !remark.contains('\n'));
    hold(sentences, "remarks are sentences")
}

#[test]
fn gzip_is_told_by_content_and_a_folder_stands_for_its_one_table() {
    for (name, bytes) in [
        ("t.csv.gz", zipped(b"a,b\n1,2\n")),
        ("t.csv", zipped(b"a,b\n1,2\n")),
        ("t.csv.gz", b"a,b\n1,2\n".to_vec()),
    ] {
        let (folder, path) = file(name, &bytes);
        for path in [path.as_path(), folder.path()] {
            assert_eq!(told(&read_file(path, &TableOptions::default()).unwrap()), "a: 1; b: 2");
        }
        fs::write(folder.path().join("other.CSV"), "x").unwrap();
        let error = read_file(folder.path(), &TableOptions::default()).unwrap_err().to_string();
        assert!(
            error.contains("it is a folder with 2 files of the kind .csv; name the file itself"),
            "{error}"
        );
    }
    let packed = zipped(&b"a,b\n1,2\n".repeat(9000));
    let error = read_with(&packed[..packed.len() / 2], &TableOptions::default()).unwrap_err();
    assert!(error.contains("gzip stream is damaged or cut short"), "{error}");
}

#[test]
fn wide_and_long_tables_are_read_whole() {
    let names: Vec<String> = (0..20_000).map(|at| format!("gene {at}")).collect();
    let row = |of: usize| (0..20_000).map(|at| (at * of).to_string()).collect::<Vec<_>>().join(",");
    let sheet = read(&format!("{}\n{}\n{}\n", names.join(","), row(1), row(2))).unwrap();
    is_sound(&sheet).unwrap();
    assert_eq!((sheet.columns.len(), sheet.rows), (20_000, 2));
    assert_eq!(sheet.columns[19_999].values, ColumnValues::Numbers(vec![19_999.0, 39_998.0]));
    let long: String = (0..200_000).map(|at| format!("{at},{}\n", at % 7)).collect();
    let sheet = read(&format!("a,b\n{long}")).unwrap();
    assert_eq!((sheet.rows, sheet.line(199_999)), (200_000, 200_001));
}
