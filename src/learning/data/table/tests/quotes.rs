//! A quotation mark that is never closed is told with its line, wherever it stands, and swallows no row.

use super::*;

/// A table of rows with a quoted name each in the middle, of which some are damaged.
fn rows(quoted: bool, damage: impl Fn(usize, &str) -> String) -> String {
    let mut text = "id,name,town\n".to_owned();
    for at in 0..60 {
        let name = if quoted { format!("\"n, {}\"", at % 5) } else { format!("n{}", at % 5) };
        text += &format!("{at},{},Berg\n", damage(at, &name));
    }
    text
}

fn refused_at(text: &str, line: u64) {
    let Err(sentence) = read(text) else {
        panic!("{text:?} is read");
    };
    let words = format!("the quotation mark in line {line} before “n");
    assert!(
        sentence.contains(&words)
            && sentence.contains("is not closed where its field ends; close it"),
        "{sentence}"
    );
}

#[test]
fn an_open_quotation_mark_is_told_anywhere() {
    for quoted in [false, true] {
        for place in [0, 1, 30, 58, 59] {
            let opened = |at: usize, name: &str| match (at == place, quoted) {
                (true, false) => format!("\"{name}"),
                (true, true) => name.trim_end_matches('"').to_owned(),
                _ => name.to_owned(),
            };
            refused_at(&rows(quoted, opened), place as u64 + 2);
        }
    }
}

#[test]
fn one_that_another_row_closes_swallows_nothing() {
    for (first, second) in [(10, 11), (10, 12), (10, 40), (0, 59)] {
        let two = |at: usize, name: &str| match at {
            _ if at == first => format!("\"{name}"),
            _ if at == second => format!("{name}\""),
            _ => name.to_owned(),
        };
        refused_at(&rows(false, two), first as u64 + 2);
        let quoted_later = |at: usize, name: &str| match at {
            _ if at == first => format!("\"{name}"),
            _ if at == second => format!("\"{name}\""),
            _ => name.to_owned(),
        };
        refused_at(&rows(false, quoted_later), first as u64 + 2);
    }
}

#[test]
fn the_last_field_and_the_line_of_names_are_no_exception() {
    let sentence = read("id,name\n1,a\n2,\"b\n").unwrap_err();
    assert!(sentence.contains("the quotation mark in line 3 before “b”"), "{sentence}");
    let sentence = read("id,\"name\n1,a\n2,b\n").unwrap_err();
    assert!(sentence.contains("the quotation mark in line 1 before “name”"), "{sentence}");
    let sentence = read("a;b\n1;\"x\n2;y\n3;z").unwrap_err();
    assert!(sentence.contains("the quotation mark in line 2 before “x”"), "{sentence}");
    let endless = format!("x,label\n1,a\n\"2,{}", "b\n3,".repeat(1 << 19));
    let sentence = read(&endless).unwrap_err();
    assert!(
        sentence
            .contains("the row at line 3 goes on for more than 1 MiB; close the quotation mark"),
        "{sentence}"
    );
    let long = format!("id,name,town\n1,\"{}\n2,b,c\n", "x".repeat(300));
    let sentence = read(&long).unwrap_err();
    assert!(sentence.contains(&format!("“{}…”", "x".repeat(40))), "{sentence}");
}

#[test]
fn fields_that_go_over_lines_are_read() {
    for (text, expected) in [
        ("id,note\n1,\"a\nb\"\n2,c\n", "id: 1 2; note: 'a\nb' 'c'"),
        (
            "id,note,town\n1,\"dear, all\nof you\",x\n2,c,y\n",
            "id: 1 2; note: 'dear, all\nof you' 'c'; town: 'x' 'y'",
        ),
        (
            "id,note,town\n1,\"Street 5\nTown, Land\n\",x\n2,c,y\n",
            "id: 1 2; note: 'Street 5\nTown, Land' 'c'; town: 'x' 'y'",
        ),
        (
            "id,note\n1,\"said \"\"a\"\"\nand, b\"\n2,5\"\n",
            "id: 1 2; note: 'said \"a\"\nand, b' '5\"'",
        ),
        ("id,note\r\n1,\"a\r\nb\r\n\"\r\n2,c", "id: 1 2; note: 'a\nb' 'c'"),
    ] {
        let sheet = read(text).unwrap();
        assert_eq!(told(&sheet), expected);
        let lines = if text.contains("Street") || text.contains("\r\n\"") { 5 } else { 4 };
        assert_eq!(sheet.line(1), lines, "{text:?}");
    }
}
