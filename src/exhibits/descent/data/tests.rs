//! Tables that a line is drawn through, and what is said of those that cannot be used.

use crate::{
    exhibits::descent::{LineColumns, data::pairs::Pairs},
    learning::data::{fixtures::file, table::TableOptions},
};

fn columns(x: &str, y: &str) -> LineColumns {
    let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    LineColumns { x: named(x), y: named(y) }
}

fn read(bytes: &[u8], x: &str, y: &str) -> Result<Pairs, String> {
    let (_folder, path) = file("a.csv", bytes);
    let pairs = Pairs::of_file(&path, &columns(x, y), &TableOptions::default());
    pairs.map_err(|error| error.to_string())
}

#[test]
fn what_cannot_be_used_is_one_sentence_with_line_and_column() {
    let rows: [(&[u8], &str, &str, &str); 21] = [
        (b"", "", "", "it is empty; fetch it again"),
        (b"\xef\xbb\xbf \n\n", "", "", "it is empty; fetch"),
        (b"a,b\n", "", "", "it names columns but holds no row"),
        (b"a,b\n1,2\n2,3\n", "", "", "it has only 2 rows with both numbers; give at least three"),
        (b"a,b\n1,2\n2,\n3,4\n,5\n", "", "", "it has only 2 rows with both numbers"),
        (
            b"a,b\n1,2\n2,3\n3,4\n",
            "c",
            "",
            "it has no column “c”, only “a”, “b”; name one of these with --x",
        ),
        (b"a,b\n1,2\n2,3\n3,4\n", "", "c", "name one of these with --y"),
        (b"a,b\n1,2\n2,3\n3,4\n", "a", "a", "column “a” is both --x and --y; choose two"),
        (b"a,b\nx,y\nx,y\nx,y\n", "", "", "it has no column of numbers; give a CSV with two"),
        (b"a,b\n1,y\n2,y\n3,y\n", "", "", "it has no column of numbers besides “a”; give"),
        (b"a\n1\n2\n3\n", "", "", "its first row is a single field, “a”; give a table with commas"),
        (
            b"a b\n1 2\n2 3\n",
            "",
            "",
            "put commas, semicolons, tabs or bars between the fields instead of blanks",
        ),
        (
            b"a,b\n1,2\n2,x\n3,4\n",
            "a",
            "b",
            "line 3, column “b”, holds “x”, but 2 other values there are numbers; give",
        ),
        (b"a,b\n1,\n2,\n3,\n", "a", "b", "column “b” holds no number; choose another column"),
        (
            b"a,b\n1,2\n2,3\n3,4,5\n",
            "",
            "",
            "line 4 has 3 fields instead of 2: what comes after the last is “5”",
        ),
        (b"a,b\r\n1,2\r\n2\r\n3,4\r\n", "", "", "line 3 has 1 field instead of 2"),
        (b"a,b\n1,2\n2,3\n-inf,4", "", "", "line 4, column “a”, holds “-inf”, which is not finite"),
        (
            b"a,b\n1,2\n2,3\n1e101,4",
            "",
            "",
            "line 4, column “a”, holds 1e101, whose square is too large",
        ),
        (b"a,b\n5,2\n5,3\n5,4\n", "", "", "column “a” is 5 in every row; choose a column"),
        (
            b"a;b\n1;2\n2;\xff\n3;4\n",
            "",
            "",
            "line 3, column “b”, is not UTF-8; save the file as UTF-8",
        ),
        (b"\"a\nb\",c\n\"1\",2\n2,3,4\n", "", "", "line 4 has 3 fields instead of 2"),
    ];
    for (bytes, x, y, words) in rows {
        let text = String::from_utf8_lossy(bytes);
        let told = read(bytes, x, y).unwrap_err();
        assert!(told.starts_with("cannot use ") && told.contains("a.csv: "), "{text:?}: {told}");
        assert!(told.contains(words), "{text:?} says: {told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn the_first_two_columns_of_numbers_are_taken_unless_others_are_named() {
    let bytes = b"name,a,b\nx,1,2\ny,3,5\nz,4,9\n";
    for (x, y, names) in [("", "", ["a", "b"]), ("b", "", ["b", "a"]), ("", "a", ["b", "a"])] {
        let pairs = read(bytes, x, y).unwrap();
        assert_eq!([pairs.x_name.as_str(), pairs.y_name.as_str()], names);
        let expected = if names[0] == "a" { [1.0, 3.0, 4.0] } else { [2.0, 5.0, 9.0] };
        assert_eq!(pairs.x, expected);
    }
}

#[test]
fn rows_that_lack_a_number_are_left_out_and_told() {
    let pairs = read(b"a,b\n1,2\n-,3\n3,5\n4,NaN\n5,9\n", "a", "b").unwrap();
    assert_eq!((pairs.x, pairs.y), (vec![1.0, 3.0, 5.0], vec![2.0, 5.0, 9.0]));
    assert_eq!(
        pairs.remarks,
        [
            "In “a” this counts as missing: “-”",
            "2 of 5 rows have no “a” or “b”: they were left out"
        ]
    );
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let read = |path: &str| {
        let path = std::path::Path::new(path);
        Pairs::of_file(path, &columns("", ""), &TableOptions::default()).unwrap_err().to_string()
    };
    let told = read("/no/such.csv");
    assert!(
        told.contains("/no/such.csv: there is no such file") && told.contains("--data"),
        "{told}"
    );
    assert!(read("/").contains("it is a folder with 0 files of the kind .csv"));
}
