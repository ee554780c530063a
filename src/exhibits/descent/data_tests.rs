//! Tables that cannot be used, and what is said of them.

use super::{LineColumns, data::Sheet, data_pairs::Pairs};

fn columns(x: &str, y: &str) -> LineColumns {
    let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    LineColumns { x: named(x), y: named(y) }
}

fn read(bytes: &[u8], x: &str, y: &str) -> Result<Pairs, String> {
    let pairs = Sheet::of(bytes).and_then(|sheet| Pairs::of_sheet(&sheet, &columns(x, y)));
    pairs.map_err(|error| error.to_string())
}

#[test]
fn what_cannot_be_used_is_one_sentence_with_line_and_column() {
    let rows: [(&[u8], &str, &str, &str); 22] = [
        (b"", "", "", "it is empty; give a CSV with a line of column names"),
        (b"\xef\xbb\xbf \n\n", "", "", "it is empty; give a CSV"),
        (b"a,b\n", "", "", "it has only 0 rows below the column names; give at least three"),
        (b"a,b\n1,2\n2,3\n", "", "", "it has only 2 rows below the column names; give at least"),
        (b"a,b\n1,2\n2,3\n3,4\n", "c", "", "line 1 names no column “c”; choose --x among a, b"),
        (b"a,b\n1,2\n2,3\n3,4\n", "", "c", "choose --y among a, b"),
        (b"a,a\n1,2\n2,3\n3,4\n", "a", "", "line 1 names two columns “a”; give each a name"),
        (b"a,b\n1,2\n2,3\n3,4\n", "a", "a", "column “a” is both --x and --y; choose two"),
        (b"a,b\nx,y\nx,y\nx,y\n", "", "", "no column of numbers: line 2, column “a”, is “x”; give"),
        (b"a,b\n1,y\n2,y\n3,y\n", "", "", "besides “a”: line 2, column “b”, is “y”; give"),
        (b"a\n1\n2\n3\n", "", "", "no column of numbers besides “a”; give a CSV with two"),
        (
            b"a,b\n1,2\n2,x\n3,4\n",
            "a",
            "b",
            "line 3, column “b”, is “x”, which is no number; correct",
        ),
        (b"a,b\n1,2\n\n\n2,\n3,4\n", "a", "b", "line 5, column “b”, is empty, which is no number"),
        (
            b"a,b\n1,2\n2,3\n3,4,5\n",
            "",
            "",
            "line 4 has 3 fields, but the first line names 2 columns",
        ),
        (b"a,b\r\n1,2\r\n2\r\n3,4\r\n", "", "", "line 3 has 1 field, but the first line names 2"),
        (b"a,b\n1,2\n2,NaN\n3,4", "", "", "line 3, column “b”, is “NaN”, which is not finite"),
        (b"a,b\n1,2\n2,3\n-inf,4", "", "", "line 4, column “a”, is “-inf”, which is not finite"),
        (
            b"a,b\n1,2\n2,3\n1e101,4",
            "",
            "",
            "line 4, column “a”, is “1e101”, whose square is too large",
        ),
        (b"a,b\n5,2\n5,3\n5,4\n", "", "", "column “a” is 5 in every line up to 4; choose a column"),
        (b"a,b\n1,5\n2,5\n3,5\n", "", "", "column “b” is 5 in every line up to 4; choose a column"),
        (
            b"a;b\n1;2\n2;\xff\n3;4\n",
            "",
            "",
            "line 3, field 2, is not UTF-8; save the file as UTF-8",
        ),
        (
            b"\"a\nb\",c\n\"1\",2\n2,3,4\n",
            "",
            "",
            "line 4 has 3 fields, but the first line names 2",
        ),
    ];
    for (bytes, x, y, words) in rows {
        let text = String::from_utf8_lossy(bytes);
        let told = read(bytes, x, y).unwrap_err();
        assert!(told.starts_with("cannot use a.csv: "), "{text:?}: {told}");
        assert!(told.contains(words), "{text:?} says: {told}");
        assert_eq!(told.lines().count(), 1, "{told}");
    }
}

#[test]
fn any_delimiter_and_ending_will_do() {
    let rows: [&[u8]; 5] = [
        b"name,a,b\nx,1,2\ny,3,5\nz,4,9\n",
        b"\xef\xbb\xbfname;a;b\r\nx;1;2\r\n\r\ny;3;5\r\nz;4;9",
        b"name\ta\tb\nx\t 1\t2\ny\t3 \t5\nz\t4\t9",
        b"\"name, of whom\",a,b\n\"x, y\",1,2\ny,3,5\nz,4,9\n",
        b"\n\nname,\"a\",\"b\"\r\nx,\"1\",\"2\"\r\ny,3,5\r\nz,4,\"9\"\r\n",
    ];
    for bytes in rows {
        let pairs = read(bytes, "", "").unwrap();
        assert_eq!((pairs.x_name.as_str(), pairs.y_name.as_str()), ("a", "b"));
        assert_eq!((pairs.x, pairs.y), (vec![1.0, 3.0, 4.0], vec![2.0, 5.0, 9.0]));
        let other_way = read(bytes, "b", "").unwrap();
        assert_eq!((other_way.x_name.as_str(), other_way.y_name.as_str()), ("b", "a"));
        let only_y = read(bytes, "", "a").unwrap();
        assert_eq!((only_y.x_name.as_str(), only_y.y_name.as_str()), ("b", "a"));
    }
}

#[test]
fn a_file_that_is_not_there_is_named() {
    let told = Sheet::read(std::path::Path::new("/no/such.csv")).unwrap_err().to_string();
    assert!(told.contains("/no/such.csv") && told.contains("--data"), "{told}");
    assert!(Sheet::read(std::path::Path::new("/")).is_err());
}
