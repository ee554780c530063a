//! Tables, sound and broken: what all tests of the reader share.

mod damage;
mod defects;

use std::path::Path;

use crate::{
    exhibits::logistic::data::{Raw, ReadOptions, read},
    learning::data::{
        fixtures::{file, zipped},
        table::{ColumnValues, NO_WORD},
    },
};

/// Whether a table is as its documentation says.
fn is_sound(raw: &Raw) -> Result<(), String> {
    let hold = |holds: bool, what: &str| if holds { Ok(()) } else { Err(what.to_owned()) };
    let rows = raw.rows();
    hold(!raw.name.is_empty() && !raw.label.is_empty(), "it has names")?;
    hold((2..=50).contains(&raw.classes.len()), "there are classes")?;
    hold(raw.rows_read >= rows, "rows are counted")?;
    hold(raw.labels.iter().all(|label| usize::from(*label) < raw.classes.len()), "labels")?;
    for class in 0..raw.classes.len() {
        hold(raw.labels.iter().any(|label| usize::from(*label) == class), "each class occurs")?;
    }
    let places: Vec<usize> = (0..rows).map(|row| raw.place(row)).collect();
    hold(places.is_sorted_by(|a, b| a < b), "places rise")?;
    hold(places.last().is_some_and(|last| *last < raw.rows_read), "places are in the file")?;
    hold(!raw.columns.is_empty(), "there are columns")?;
    for column in &raw.columns {
        match &column.values {
            ColumnValues::Numbers(values) => {
                hold(values.len() == rows, "a column is whole")?;
                hold(values.iter().all(|value| !value.is_infinite()), "numbers are finite")?;
                let missing = values.iter().filter(|value| value.is_nan()).count();
                hold(missing == column.missing && missing < rows, "missing numbers are counted")?;
            }
            ColumnValues::Categories { names, codes } => {
                hold(codes.len() == rows && names.len() <= 50, "a category is whole")?;
                let missing = codes.iter().filter(|code| **code == NO_WORD).count();
                hold(missing == column.missing, "missing values are counted")?;
                let known = |code: &u8| *code == NO_WORD || usize::from(*code) < names.len();
                hold(codes.iter().all(known), "codes have names")?;
            }
            other => return Err(format!("a column is left out: {other:?}")),
        }
    }
    hold(
        raw.remarks
            .iter()
            .map(ToString::to_string)
            .all(|remark| remark.len() > 10 && !remark.contains('\n')),
        "remarks are sentences",
    )
}

fn table(text: &str, label: &str) -> Raw {
    let (_folder, path) = file("table.csv", text.as_bytes());
    let options = ReadOptions { label: Some(label.to_owned()), ..ReadOptions::default() };
    let raw = read(&path, &options, &mut |_, _| ()).unwrap();
    is_sound(&raw).unwrap();
    raw
}

fn numbers(raw: &Raw, column: usize) -> &[f64] {
    match &raw.columns[column].values {
        ColumnValues::Numbers(values) => values,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_bundled_table_is_read_as_scikit_learn_has_it() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/datasets/breast-cancer-wisconsin");
    let raw = read(&path, &ReadOptions::default(), &mut |_, _| ()).unwrap();
    is_sound(&raw).unwrap();
    assert_eq!((raw.rows(), raw.columns.len(), raw.rows_read), (569, 30, 569));
    assert_eq!((raw.name.as_str(), raw.label.as_str()), ("breast-cancer-wisconsin", "diagnosis"));
    assert_eq!(raw.classes.join(" "), "benign malignant");
    assert_eq!(raw.labels.iter().filter(|label| **label == 1).count(), 212);
    assert_eq!((numbers(&raw, 0)[0], numbers(&raw, 29)[568]), (17.99, 0.07039));
    assert!(raw.remarks.is_empty());
}

#[test]
fn numbers_categories_and_what_is_missing_are_told_apart() {
    let text = "age,colour,name,sick\n\
                31,red,Ann Smith,yes\n\
                ,blue,Bob Jones,no\n\
                47,?,Cid,\n\
                52,red,Dee,no\n";
    let raw = table(text, "sick");
    assert_eq!((raw.rows_read, raw.rows()), (4, 3));
    assert_eq!((0..3).map(|row| raw.place(row)).collect::<Vec<_>>(), [0, 1, 3]);
    assert_eq!(raw.labels, [1, 0, 0]);
    let age = numbers(&raw, 0);
    assert!(age[0] == 31.0 && age[1].is_nan() && age[2] == 52.0);
    let names: Vec<_> = raw.sources().into_iter().map(|source| raw.feature_name(source)).collect();
    assert_eq!(names[..3], ["age", "colour=blue", "colour=red"]);
    let of_red = raw.sources()[2];
    assert_eq!((0..3).map(|row| raw.value(of_red, row)).collect::<Vec<_>>(), [1.0, 0.0, 1.0]);
    let told = raw.remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(told.contains("1 of 4 rows have no “sick”"), "{told}");
    assert!(told.contains("Missing values: 1 in “age”"), "{told}");
}

#[test]
fn other_programs_files_are_read_too() {
    let text = "\u{feff}x;y;target\r\n\"1,5\";2;a\r\n\r\n2,5;3;b\r\n";
    let raw = table(text, "TARGET");
    assert_eq!(
        (numbers(&raw, 0), numbers(&raw, 1)),
        ([1.5, 2.5].as_slice(), [2.0, 3.0].as_slice())
    );
    let (_folder, path) = file("table.csv.gz", &zipped(b"x,y\n1,10\n2,9\n3,10\n"));
    let raw = read(&path, &ReadOptions::default(), &mut |_, _| ()).unwrap();
    assert_eq!((raw.name.as_str(), raw.classes.join(" ").as_str()), ("table", "9 10"));
    assert_eq!(raw.labels, [1, 0, 1]);
}

#[test]
fn text_that_differs_from_row_to_row_is_left_out_and_named() {
    let mut text = "x,note,label\n".to_owned();
    for row in 0..60 {
        text += &format!("{row},note number {row},{}\n", row % 2);
    }
    let raw = table(&text, "label");
    assert_eq!(raw.columns.len(), 1);
    assert!(raw.remarks[0].contains("“note”"), "{:?}", raw.remarks);
}

#[test]
fn the_reader_says_how_far_it_is() {
    let rows: String = (0..9000).map(|row| format!("{row},{}\n", row % 2)).collect();
    let text = format!("x,label\n{rows}");
    let (_folder, path) = file("table.csv", text.as_bytes());
    let mut told = Vec::new();
    read(&path, &ReadOptions::default(), &mut |read, of| told.push((read, of))).unwrap();
    assert!(told.is_sorted() && told.len() == 3, "{told:?}");
    assert!(told.iter().all(|(_, of)| *of == text.len() as u64));
    assert_eq!(told.last().unwrap().0, text.len() as u64);
}
