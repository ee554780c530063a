//! What is said of tables that cannot be used: one sentence with the place and what to do.

use super::*;

fn defect_of(name: &str, bytes: &[u8], label: Option<&str>) -> String {
    let (_folder, path) = file(name, bytes);
    let options = ReadOptions { label: label.map(str::to_owned), ..ReadOptions::default() };
    let sentence = read(&path, &options, &mut |_, _| ()).unwrap_err().to_string();
    assert!(!sentence.contains('\n'), "{sentence}");
    assert!(sentence.contains(name) && sentence.contains("; "), "{sentence}");
    sentence
}

fn defect(text: &str) -> String {
    defect_of("table.csv", text.as_bytes(), Some("label"))
}

#[test]
fn every_defect_names_its_place_and_a_remedy() {
    let rows: String = (0..60).map(|row| format!("{row},{row}\n")).collect();
    let slip: String = (0..300)
        .map(|row| if row == 250 { "1o,a\n".to_owned() } else { format!("{row},{}\n", row % 2) })
        .collect();
    let each: String = (0..20).map(|row| format!("{row},{}\n", row as f64 / 2.0)).collect();
    let texts: String = (0..60).map(|row| format!("name {row},{}\n", row % 2)).collect();
    let cases = [
        (String::new(), "it is empty"),
        ("\n\n \n".to_owned(), "it is empty"),
        ("x,label\n".to_owned(), "it names columns but holds no row"),
        (
            "1,2,3\n4,5,6\n".to_owned(),
            "no column “label”, only “1”, “2”, “3”; name one of these with --label, or say --no-header",
        ),
        ("label\na\nb\n".to_owned(), "its first row is a single field, “label”"),
        (
            "x,y\n1,2\n".to_owned(),
            "it has no column “label”, only “x”, “y”; name one of these with --label",
        ),
        ("x,label\n1,a\n2,a\n".to_owned(), "its column “label” is “a” in every row"),
        ("x,label\n1,\n2,NA\n".to_owned(), "its column “label” is empty in every row"),
        (format!("x,label\n{texts}"), "nothing in it can be learned from, besides “label”"),
        (
            "x,label\n1,a\n2,b,c\n".to_owned(),
            "line 3 has 3 fields instead of 2: what comes after the last is “c”",
        ),
        ("x,y,label\n1,2,a\n\n2,b\n".to_owned(), "line 4 has 2 fields instead of 3"),
        (
            "x,label\n1,a\ninf,b\n".to_owned(),
            "line 3, column “x”, holds “inf”, which is not finite",
        ),
        ("x,label\n1,a\n-1e999,b\n".to_owned(), "line 3, column “x”, holds “-1e999”"),
        (format!("x,label\n{rows}"), "its column “label” has 51 values by line 52"),
        (
            format!("x,label\n{each}"),
            "its column “label” has 20 values in 20 rows; name a column of",
        ),
        (format!("x,label\n{slip}"), "line 252, column “x”, holds “1o”, but 299 other values"),
    ];
    for (text, words) in cases {
        let sentence = defect(&text);
        assert!(sentence.contains(words), "“{words}” is missing in: {sentence}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let sentence = defect_of("t.csv", b"x,label\n1,a\n2,\xffb\n", Some("label"));
    assert!(sentence.contains("line 3, column “label”, is not UTF-8; save the file"), "{sentence}");
    let sentence = defect_of("t.csv", b"x,\xff\n1,a\n", None);
    assert!(sentence.contains("line 1, column 2, is not UTF-8"), "{sentence}");
    let sentence = defect_of("t.csv", b"\xff\xfex\0,\0", None);
    assert!(sentence.contains("UTF-16"), "{sentence}");
    let zipped = zipped(&b"x,label\n1,a\n2,b\n".repeat(1000));
    let sentence = defect_of("t.csv.gz", &zipped[..zipped.len() / 2], Some("label"));
    assert!(sentence.contains("cut short"), "{sentence}");
}

#[test]
fn a_quotation_mark_that_is_never_closed_does_not_eat_the_memory() {
    let text = format!("x,label\n1,a\n\"2,{}", "b\n3,".repeat(1 << 19));
    let sentence = defect(&text);
    assert!(sentence.contains("the row at line 3 goes on for more than 1 MiB"), "{sentence}");
}

#[test]
fn what_is_not_there_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let missing = folder.path().join("none.csv");
    let sentence =
        |path: &Path| read(path, &ReadOptions::default(), &mut |_, _| ()).unwrap_err().to_string();
    assert!(sentence(&missing).contains("none.csv: "), "{}", sentence(&missing));
    assert!(sentence(folder.path()).contains("0 files of the kind .csv"));
    let (_folder, path) = file("t.csv", b"a,b\n1,2\n");
    assert!(sentence(&path).contains("which column is to be told: it has “a”, “b”"));
}
