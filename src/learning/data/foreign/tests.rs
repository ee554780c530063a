//! Files of every kind that is no table, and texts that are.

use proptest::prelude::*;

use super::{foreign, text};

/// The local header of an entry, with its content.
fn entry(name: &str, content: &[u8]) -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0".to_vec();
    bytes.resize(26, 0);
    bytes.extend((name.len() as u16).to_le_bytes());
    bytes.extend([0, 0]);
    bytes.extend(name.as_bytes());
    bytes.extend(content);
    bytes
}

fn utf_16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

fn tar() -> Vec<u8> {
    let mut bytes = b"ratings.csv".to_vec();
    bytes.resize(257, 0);
    bytes.extend(b"ustar\0");
    bytes
}

fn check(head: &[u8], words: &str) {
    let found = foreign(head);
    let said = found.map(|foreign| format!("{}; {}", foreign.fact, foreign.remedy));
    let start = String::from_utf8_lossy(head.get(..40).unwrap_or(head));
    assert!(said.as_ref().is_some_and(|said| said.contains(words)), "{start}: {said:?} {words}");
}

#[test]
fn texts_that_are_no_tables_are_told() {
    let rows: [(&str, &str); 25] = [
        ("<html\n\tlang=\"en\" xml:lang='en'>\n<body>", "web page"),
        ("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">", "web page"),
        ("<!DOCTYPE html>\n<html></html>", "web page; fetch the file again"),
        ("\u{feff}\n \n<HTML lang=en>", "web page"),
        ("<!-- saved, from -->\n<!-- x --> <head><title>Sign in</title>", "web page"),
        ("<?xml version=\"1.0\"?><!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0\">", "web page"),
        ("<table><tr><td>a, b</td></tr></table>", "web page"),
        ("<Error><Code>AccessDenied</Code></Error>", "server's error message; fetch"),
        (
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>AccessDenied</Code>",
            "server's error message",
        ),
        ("<?xml version=\"1.0\"?><rows><row a=\"1\"/></rows>", "it is XML"),
        (
            "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">",
            "workbook",
        ),
        ("version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\n", "git lfs pull"),
        ("{\"a\": 1}", "it is JSON; convert it to CSV"),
        ("{ \"a\": 1, \"b\": \"cut sho", "JSON"),
        ("{\"a\": NaN, \"b\": 2}\n{\"a\": 3, \"b\": 4}\n", "JSON"),
        ("{}\n", "JSON"),
        ("[{\"a\": 1}, {\"a\": 2}]", "JSON"),
        ("  [\n  [1, 2],\n  [3, 4]\n]", "JSON"),
        ("[\"a\", \"b\"]\n[\"1\", \"2\"]\n", "JSON"),
        ("[1, 2.5, null]", "JSON"),
        ("% Fisher's\n%\n\n@RELATION iris\n@ATTRIBUTE a REAL\n@DATA\n1\n", "@attribute"),
        ("@relation 'two words'\n", "ARFF"),
        ("{\\rtf1\\ansi", "RTF"),
        ("%PDF-1.7\n", "PDF document"),
        ("BZh91AY&SY", "bzip2"),
    ];
    for (text, words) in rows {
        check(text.as_bytes(), words);
    }
    let long = format!("[{}", "[1, 2],\n".repeat(8 << 10));
    check(&long.as_bytes()[..64 << 10], "JSON");
}

#[test]
fn binary_files_are_told() {
    let rows: [(&[u8], &str); 27] = [
        (b"\x1f\x8b\x08\0", "gzipped twice"),
        (b"7z\xbc\xaf\x27\x1c\0\x04", "7z archive; unpack it and name the folder"),
        (b"Rar!\x1a\x07\x01\0", "RAR"),
        (b"\xfd7zXZ\0\0\x04", "xz; unpack it"),
        (b"\x28\xb5\x2f\xfd\x24", "zstd"),
        (b"\x04\x22\x4d\x18\x64", "LZ4"),
        (b"BZh9\x17rE8P\x90\0\0", "bzip2"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0", "workbook; save the sheet as CSV"),
        (b"PK\x05\x06\0\0", "ZIP archive"),
        (b"\x89PNG\r\n\x1a\n\0", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"GIF89a\x10\0", "picture"),
        (b"BM\x36\0\0\0", "picture"),
        (b"PAR1\x15\0\x15", "Parquet"),
        (b"ARROW1\0\0", "Arrow"),
        (b"FEA1\0", "Feather"),
        (b"\x93NUMPY\x01\0", "NumPy array"),
        (b"\x80\x04\x95\0\0", "pickle"),
        (b"\x80\x02]q\x01.", "pickle"),
        (b"\x89HDF\r\n\x1a\n\0", "HDF5"),
        (b"SQLite format 3\0", "export a table of it as CSV"),
        (b"MATLAB 5.0 MAT-file, Platform: GLNXA64 \0\x01IM", "MATLAB"),
        (b"RDX3\nX\n\0\0\0\x03", "RData"),
        (b"X\n\0\0\0\x03", "RDS"),
        (b"\0\0\x08\x03\0\0\xea\x60", "IDX file"),
        (b"\x7fELF\x02\x01\x01\0", "no text"),
        (b"a,b\n1,2\0", "no text"),
    ];
    for (bytes, words) in rows {
        check(bytes, words);
    }
    check(&tar(), "tar archive; unpack it and name the folder");
}

#[test]
fn archives_are_told_by_what_lies_in_them() {
    let rows: [(&[&str], &str); 6] = [
        (&["[Content_Types].xml", "_rels/.rels", "xl/workbook.xml"], "workbook"),
        (&["docProps/app.xml", "xl/worksheets/sheet1.xml"], "workbook"),
        (&["[Content_Types].xml", "word/document.xml"], "document of an office"),
        (&["x_train.npy", "y_train.npy"], "NumPy arrays"),
        (&["ml-latest-small/ratings.csv"], "ZIP archive; unpack it and name the folder"),
        (&["xlsx/readme.txt"], "ZIP archive"),
    ];
    for (names, words) in rows {
        let bytes: Vec<u8> = names.iter().flat_map(|name| entry(name, b"content")).collect();
        check(&bytes, words);
    }
    let sheet = b"application/vnd.oasis.opendocument.spreadsheet";
    check(&entry("mimetype", sheet), "workbook; save the sheet as CSV");
    check(&entry("mimetype", b"application/vnd.oasis.opendocument.text"), "document of an office");
}

#[test]
fn wide_texts_are_told_with_and_without_their_mark() {
    let table = "Größe;Gewicht\n180;75\n";
    for mark in ["", "\u{feff}"] {
        let table = format!("{mark}{table}");
        check(&utf_16(&table, u16::to_le_bytes), "UTF-16; save it as UTF-8");
        check(&utf_16(&table, u16::to_be_bytes), "UTF-16");
        let wide = |order: fn(u32) -> [u8; 4]| -> Vec<u8> {
            table.chars().flat_map(|letter| order(u32::from(letter))).collect()
        };
        check(&wide(u32::to_le_bytes), "UTF-32");
        check(&wide(u32::to_be_bytes), "UTF-32");
    }
}

#[test]
fn tables_and_other_texts_are_left_alone() {
    let rows = [
        "",
        "\n",
        "[x],[y]\n1,2\n",
        "{a},{b}\n1,2\n",
        "[1],[2]\n3,4\n",
        "[\n1\n2\n",
        "{\n1\n",
        "\"{\"\"a\"\": 1}\",b\n1,2\n",
        "[a]\n1\n",
        "BM,x\n1,2\n",
        "PK,x\n1,2\n",
        "PAR1,x\n1,2\n",
        "GIF89a,x\n1,2\n",
        "BZh9,x\n1,2\n",
        "MATLAB 5.0 MAT-file,x\n1,2\n",
        "X\n1\n2\n",
        "A\n2\n3\n",
        "RDX3\n1\n",
        "%PDF-x,b\n1,2\n",
        "% a comment\n1;2\n",
        "@x,@relation\n1,2\n",
        "@relations,b\n1,2\n",
        "<TICKER>,<PER>,<DATE>\nA,D,20200101\n",
        "<title>;<year>\nHeat;1995\n",
        "<p>\t<q>\n1\t2\n",
        "<a>\n1\n",
        "<p-,a\n\">\",0\n",
        "<p x\ta>\n1\t2\n",
        "<p::a>\n1::2\n",
        "version,https\n1,2\n",
        "\u{feff}label;größe\nja;1,5\n",
        "html,b\n1,2\n",
        "1::2::3::4\n",
        "7z,b\n1,2\n",
    ];
    for text in rows {
        assert_eq!(foreign(text.as_bytes()), None, "{text:?}");
    }
    // Latin-1, and a table that is cut within a letter.
    assert_eq!(foreign(b"Gr\xf6\xdfe;b\n1;2\n"), None);
    assert_eq!(foreign("größe".as_bytes().split_at(4).0), None);
}

proptest! {
    #[test]
    fn a_table_is_never_foreign(
        names in proptest::collection::vec(
            "[\\[{(<]?[A-Za-zäß@%#][A-Za-z0-9 _.:/äß$%-]{0,12}[\\]})>]?", 2..8),
        rows in proptest::collection::vec(
            proptest::collection::vec("-?[0-9]{1,5}([.][0-9]{1,3})?|[a-zé ]{0,9}|\"[^\"\0]{0,9}\"", 2..8), 1..9),
        delimiter in proptest::sample::select(vec![",", ";", "\t", "|", "::"]),
        mark: bool,
    ) {
        let lines = std::iter::once(&names).chain(&rows).map(|row| row.join(delimiter));
        let table = lines.collect::<Vec<_>>().join("\n");
        let table = format!("{}{table}", if mark { "\u{feff}" } else { "" });
        prop_assert_eq!(foreign(table.as_bytes()), None, "{}", table);
    }

    #[test]
    fn any_bytes_are_taken(
        start in proptest::sample::select(vec![
            &b""[..], b"PK\x03\x04", b"<", b"<!--", b"<?xml>", b"{", b"[", b"\xef\xbb\xbf", b"\0\0", b"%",
        ]),
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
    ) {
        let bytes = [start, &bytes].concat();
        if bytes.contains(&0) {
            prop_assert!(foreign(&bytes).is_some());
        }
        // Text that is asked as such is looked at whatever it holds.
        let _ = text::foreign(&bytes);
    }
}
