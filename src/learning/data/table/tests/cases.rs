//! A table of cases: what is written, and what is read or said of it.

use super::*;

/// What is read, with remarks after a bar.
#[track_caller]
fn read_as(text: &str) -> String {
    let sheet = read(text).expect(text);
    is_sound(&sheet).expect(text);
    let remarks = sheet.remarks.iter().map(ToString::to_string).collect::<Vec<_>>().join(" / ");
    if remarks.is_empty() { told(&sheet) } else { format!("{} | {remarks}", told(&sheet)) }
}

#[track_caller]
fn refused(text: &str) -> String {
    read(text).map(|sheet| told(&sheet)).expect_err(text)
}

#[test]
fn any_separator_line_end_and_mark_will_do() {
    for text in [
        "a,b\n1.5,2\n3,4\n",
        "\u{feff}a;b\r\n1,5;2\r\n\r\n3;4",
        "a\tb\r1,5\t2\r3\t4\r",
        "a|b\n1.5|2\n|\n3|4\n",
        "sep=;\r\na;b\r\n1,5;2\r\n3;4\r\n",
        "\"a\",\"b\"\n\"1,5\",\"2\"\n\"3\",\"4\"\n",
        "a,b,\n1.5,2,\n3,4,\n",
        "a,b,\n1.5,2\n3,4\n",
        "a,b\n1.5,2,\n3,4,\n",
        "a,b,,\n1.5,2,,\n3,4,,\n,,,\n",
        "a , b\n 1.5 , 2 \n3,4",
        "\n\na,b\n1.5,2\n\n3,4\n\n",
    ] {
        assert_eq!(read_as(text), "a: 1.5 3; b: 2 4", "{text:?}");
    }
    let sheet = read("sep=;\na;b\n\n1;2\n\"3\";\"4\"\n").unwrap();
    assert_eq!((sheet.line(0), sheet.line(1)), (4, 5));
}

#[test]
fn a_column_decides_what_its_marks_are() {
    for (text, expected) in [
        ("a,b\n\"1,234\",x\n950,x\n", "a: 1234 950; b: 'x' 'x'"),
        ("a;b\n1,234;x\n9,5;x\n", "a: 1.234 9.5; b: 'x' 'x'"),
        ("a;b\n1.234;2,5\n1.950;3,5\n", "a: 1234 1950; b: 2.5 3.5"),
        ("a;b\n1,234;2,5\n1,950;3,5\n", "a: 1.234 1.95; b: 2.5 3.5"),
        ("a;b\n1.234;2.5\n2.345;3.5\n", "a: 1.234 2.345; b: 2.5 3.5"),
        ("a, b\n1, \"2\"\n2, \"4\"\n", "a: 1 2; b: 2 4"),
        ("a\tb\n1.234\t1\n950\t2\n", "a: 1.234 950; b: 1 2"),
        ("a;b\n1.234.567,8;x\n9;y\n", "a: 1234567.8 9; b: 'x' 'y'"),
        ("a;b\n1 234,5;x\n9;y\n", "a: 1234.5 9; b: 'x' 'y'"),
        ("a,b\n(5),x\n−6,y\n", "a: -5 -6; b: 'x' 'y'"),
        ("a,b\n1e3,x\n2.5E-1,y\n", "a: 1000 0.25; b: 'x' 'y'"),
        (
            "a,b\n\"$1,234.50\",x\n$7,x\n0,x\n",
            "a: 1234.5 7 0; b: 'x' 'x' 'x' | The numbers in “a” are in $",
        ),
        ("a,b\n71%,x\n0%,y\n", "a: 71 0; b: 'x' 'y' | The numbers in “a” are in %"),
    ] {
        assert_eq!(read_as(text), expected, "{text:?}");
    }
}

#[test]
fn what_is_missing_depends_on_the_column() {
    for (text, expected) in [
        ("a,b\n1,x\n,\nNA,NA\n2,y\n", "a: 1 _ 2; b: 'x' _ 'y'"),
        (
            "a,b\n1,x\n-,-\n.,.\nmissing,missing\n2,y\n",
            "a: 1 _ _ _ 2; b: 'x' '-' '.' 'missing' 'y' | In “a” this counts as missing: “-”, “.”, “missing”",
        ),
        ("a,b\n1,Nan\nNone,INF\n#N/A,None\n<NA>,?\n", "a: 1 _ _ _; b: 'Nan' 'INF' _ _"),
        (
            "a,b\nnan,1\n#DIV/0!,2\n3,3\n",
            "a: _ _ 3; b: 1 2 3 | In “a” this counts as missing: “#DIV/0!”",
        ),
    ] {
        assert_eq!(read_as(text), expected, "{text:?}");
    }
    assert!(read_as("a,b\n,1\nNA,2\n").contains("| No row has a value in “a”"));
}

#[test]
fn numbers_are_never_called_text_without_a_word() {
    let rows = |odd: &str| -> String {
        (0..40).map(|at| if at == 7 { format!("{odd},x\n") } else { format!("{at},x\n") }).collect()
    };
    for (odd, words) in [
        (
            "abc",
            "line 9, column “a”, holds “abc”, but 39 other values there are numbers; give a number, or leave",
        ),
        ("12 kg", "holds “12 kg”, but 39 other"),
        ("inf", "line 9, column “a”, holds “inf”, which is not finite"),
        ("1e999", "holds “1e999”, which is not finite"),
        (
            "7%",
            "line 9, column “a”, holds “7%”, but “1” in line 3; write all its numbers with the same sign",
        ),
        ("1.2.3", "holds “1.2.3”, but"),
    ] {
        let sentence = refused(&format!("a,b\n{}", rows(odd)));
        assert!(sentence.contains(words), "{sentence}");
    }
    let several = "a,b\n".to_owned() + &rows("x") + &rows("y") + &rows("z") + &rows("w");
    let sentence = refused(&several);
    assert!(
        sentence.contains(
            "line 9, column “a”, holds “x”, then “y” in line 49, “z” in line 89 and 1 more, but 156"
        ),
        "{sentence}"
    );
    // Grades are categories, and it is told.
    let grades: String = (0..60)
        .map(|at| if at % 10 == 0 { "K,x\n".to_owned() } else { format!("{},x\n", at % 6) })
        .collect();
    let read = read_as(&format!("a,b\n{grades}"));
    assert!(
        read.contains(
            "“a” is no column of numbers: 6 of its 60 values are none, the first “K” in line 2"
        ),
        "{read}"
    );
    // A word of its own in each row is a name, and few of them are categories.
    let names = |rows: usize| -> String {
        let text: String = (0..rows).map(|at| format!("n{at},x\n")).collect();
        read_as(&format!("a,b\n{text}"))
    };
    assert!(names(11).contains("not learned from: “a”") && !names(10).contains("not learned"));
    // Half and half is text.
    let half: String = (0..120)
        .map(|at| if at % 2 == 0 { format!("id {at},x\n") } else { format!("{at},x\n") })
        .collect();
    let read = read_as(&format!("a,b\n{half}"));
    assert!(
        read.contains("“a” is no column of numbers: 60 of its 120")
            && read.contains("not learned from: “a”"),
        "{read}"
    );
}

#[test]
fn what_cannot_be_decided_is_refused_with_column_and_line() {
    for (text, words) in [
        (
            "a;b\n1,234;x\n2,345;y\n",
            "line 2, column “a”, holds “1,234”, whose mark may stand before decimals or between thousands",
        ),
        ("a;b\n1,500;x\n2;y\n", "line 2, column “a”, holds “1,500”, whose mark"),
        ("a;b\n€ 1.500;1\n€ 2.000;2\n", "line 2, column “a”, holds “€ 1.500”, whose mark"),
        ("a;b\n950;2,5\n1,234;3,5\n", "line 3, column “a”, holds “1,234”, whose mark"),
        (
            "a;b\n12,5;x\n12.5;y\n",
            "line 3, column “a”, holds “12.5”, but “12,5” in line 2: one has a decimal comma",
        ),
        ("a,b\n$5,x\n€6,y\n", "line 3, column “a”, holds “€6”, but “$5” in line 2"),
        ("a,b\n71%,x\n0.5,y\n", "line 3, column “a”, holds “0.5”, but “71%” in line 2"),
    ] {
        let sentence = refused(text);
        assert!(sentence.contains(words), "{text:?}: {sentence}");
    }
    assert!(
        refused("a;b\n1,234;x\n2,345;y\n")
            .ends_with("say --decimal-mark comma or --decimal-mark point")
    );
    let with = |mark| TableOptions { decimal_mark: Some(mark), ..TableOptions::default() };
    let read = |mark| told(&read_with(b"a;b\n1,234;x\n2,345;y\n", &with(mark)).unwrap());
    assert_eq!(read(DecimalMark::Comma), "a: 1.234 2.345; b: 'x' 'y'");
    assert_eq!(read(DecimalMark::Point), "a: 1234 2345; b: 'x' 'y'");
    let against = read_with(b"a;b\n7;x\n2.5;y\n", &with(DecimalMark::Comma)).unwrap_err();
    assert!(against.contains("line 3, column “a”, holds “2.5”, which does not fit"), "{against}");
}

#[test]
fn columns_without_names_are_named_or_left_out_and_told() {
    let left_out = "| The first column has no name and numbers the rows: it is left out";
    for (text, expected) in [
        (",a,b\n0,5,x\n1,6,x\n", format!("a: 5 6; b: 'x' 'x' {left_out}")),
        ("Unnamed: 0,a,b\n7,5,x\n3,6,x\n", format!("a: 5 6; b: 'x' 'x' {left_out}")),
        (
            "\"\",\"a\",\"b\"\n\"1\",5,\"x\"\n\"2\",6,\"x\"\n",
            format!("a: 5 6; b: 'x' 'x' {left_out}"),
        ),
        // R names rows without a name above them.
        ("\"a\",\"b\"\n\"1\",5,\"x\"\n\"2\",6,\"x\"\n", format!("a: 5 6; b: 'x' 'x' {left_out}")),
        (
            "\"a\",\"b\"\n\"Mazda\",5,\"x\"\n\"Fiat\",6,\"x\"\n",
            "row: 'Mazda' 'Fiat'; a: 5 6; b: 'x' 'x'".to_owned(),
        ),
        (",a\n1.5,2\n1.5,3\n", "row: 1.5 1.5; a: 2 3".to_owned()),
        ("a,,a\n1,2,3\n", "a: 1; column 2: 2; a (2): 3".to_owned()),
        ("a,b,\n1,2,3\n4,5,6\n", "a: 1 4; b: 2 5; column 3: 3 6".to_owned()),
    ] {
        assert_eq!(read_as(text), expected, "{text:?}");
    }
}

#[test]
fn a_file_without_names_is_told_and_loses_no_row() {
    for text in
        ["5.0,3.5,0\n4.9,3.1,1\n", "5.1,round\n4.9,round\n", "gone,Berg\nstay,Dorn\ngone,Berg\n"]
    {
        let sentence = refused(text);
        let words = "line 1 seems to hold values where the names of the columns should be: “";
        assert!(sentence.contains(words), "{sentence}");
        assert!(
            sentence.contains("say --no-header if it is the first row, or --header if"),
            "{sentence}"
        );
    }
    let without = TableOptions { header: Some(false), ..TableOptions::default() };
    let sheet = read_with(b"5.0,3.5,0\n4.9,3.1,1\n", &without).unwrap();
    assert_eq!(told(&sheet), "column 1: 5 4.9; column 2: 3.5 3.1; column 3: 0 1");
    assert_eq!((sheet.line(0), sheet.remarks.len()), (1, 1));
    let sheet = read_with(b"5,x,\n4,y,\n", &without).unwrap();
    assert_eq!(told(&sheet), "column 1: 5 4; column 2: 'x' 'y'");
    let with = TableOptions { header: Some(true), ..TableOptions::default() };
    assert_eq!(told(&read_with(b"3,2.5\n7,8\n", &with).unwrap()), "3: 7; 2.5: 8");
    let (_folder, path) = file("t.csv", b"5.0,3.5,0\n4.9,3.1,1\n");
    let (_, heading) = Heading::open(&path, &without).unwrap();
    assert_eq!(
        [heading.called("3"), heading.called("column 2"), heading.called("4")],
        [Some(2), Some(1), None]
    );
}

#[test]
fn rows_of_another_length_and_other_files_are_told() {
    for (text, words) in [
        ("", "it is empty"),
        ("\n\n \n", "it is empty"),
        ("a,b\n", "it names columns but holds no row"),
        ("a\n1\n2\n", "its first row is a single field, “a”; give a table with commas, semicolons"),
        (
            "a b c\n1 2 3\n",
            "put commas, semicolons, tabs or bars between the fields instead of blanks",
        ),
        (
            "a,b\n1,2\n1,2,3\n1,2\n",
            "line 3 has 3 fields instead of 2: what comes after the last is “3”; give each row",
        ),
        ("a,b\n3,000,2\n4,500,4\n5,250,7\n", "line 2 has 3 fields instead of 2"),
        ("name,a,b\nx,3,000,2\ny,4,500,4\n", "line 2 has 4 fields instead of 3"),
        ("a,b,c\n1,2,3\n1,2\n", "line 3 has 2 fields instead of 3"),
        (
            "Report of 2020\na,b\n1,2\n3,4\n",
            "line 1 is a single field, “Report of 2020”, but the rows below it have 2; take out what stands before",
        ),
        ("id,x\n1,a\n2,b\nid,x\n3,a\n4,b\n", "line 4, column “id”, holds “id”, but 4 other values"),
        ("<!DOCTYPE html>\n<html><body>404</body></html>", "it is a web page"),
        ("PK\u{3}\u{4}", "ZIP archive"),
    ] {
        let sentence = refused(text);
        assert!(sentence.contains(words), "{text:?}: {sentence}");
    }
    let bytes = |bytes: &[u8]| read_with(bytes, &TableOptions::default()).unwrap_err();
    assert!(
        bytes(b"a,b\n1,x\n2,\xe9\n")
            .contains("line 3, column “b”, is not UTF-8; save the file as UTF-8")
    );
    assert!(bytes(b"a,\xe9\n1,x\n").contains("line 1, column 2, is not UTF-8"));
    assert!(bytes(b"\xff\xfea\0,\0").contains("UTF-16"));
}
