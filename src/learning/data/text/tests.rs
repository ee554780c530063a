//! Windows of a text, its alphabet, and what is no text.

use std::fs;

use super::*;

fn written(text: impl AsRef<[u8]>) -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("book.txt");
    fs::write(&path, text).unwrap();
    (folder, path)
}

#[test]
fn each_character_is_told_by_those_before_it() {
    let (_folder, path) = written("\u{feff}abcdefghij\r\n".repeat(20).replacen("\r\n", "\n", 1));
    let text = Text::open(&path, 4).unwrap();
    assert_eq!((text.name.as_str(), text.context), ("book", 4));
    assert_eq!(
        *text.alphabet.names(),
        ["↵", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "\u{feff}"]
    );
    assert_eq!(text.train.len() + text.test.len(), 239, "the mark at the start is none of it");
    let (seen, told) = text.gather(&text.train, [0, 9].into_iter());
    assert_eq!(seen, [1.0, 2.0, 3.0, 4.0, 10.0, 0.0, 11.0, 1.0]);
    assert_eq!(told, [2, 3, 4, 5, 0, 11, 1, 2]);
    let start = |epoch: u32| text.train_start(7, epoch, 3) - 3 * 4;
    let shifts: Vec<usize> = (0..50).map(start).collect();
    assert!((0..4).all(|shift| shifts.contains(&shift)));
    assert_eq!(shifts[3], start(3));
    let windows: Vec<usize> =
        (0..50).map(|window| text.train_start(7, 0, window) - window as usize * 4).collect();
    assert!((0..4).all(|shift| windows.contains(&shift)), "each draws its own");
    // The furthest window of an epoch has all of its successors.
    let last = text.starts(0..text.train_windows()).last().unwrap() + 3;
    assert_eq!(text.gather(&text.train, [last].into_iter()).1.len(), 4);
    let set = text.test_set();
    assert_eq!(set.len(), text.test_windows());
    for window in 0..set.len() {
        assert_eq!(set.image(window).unwrap(), text.test_window(window).unwrap());
        assert_eq!(set.labels[window], text.test[(window + 1) * 4]);
    }
    assert_eq!(text.test_window(set.len()), None);
}

#[test]
fn what_is_typed_stands_at_the_end() {
    let (_folder, path) = written("abc\n".repeat(50));
    let text = Text::open(&path, 6).unwrap();
    assert_eq!(text.typed("ab").unwrap(), [0, 0, 0, 0, 1, 2]);
    assert_eq!(text.typed("abcabcab").unwrap(), [3, 1, 2, 3, 1, 2]);
    assert_eq!(text.alphabet.text([1, 2, 0]), "ab\n");
    let said = text.typed("abé").unwrap_err().to_string();
    assert!(said.contains("“é” is nowhere in the text"), "{said}");
}

#[test]
fn rare_characters_share_a_sign() {
    let letters: String = (0x4e00..0x4e00 + 400).filter_map(char::from_u32).collect();
    let common = "一".repeat(3600);
    let (_folder, path) = written(format!("{letters}{common}"));
    let text = Text::open(&path, 8).unwrap();
    assert_eq!(text.alphabet.len(), 256);
    assert!(text.remarks[0].contains("145 characters, 3.6 % of the text"), "{:?}", text.remarks);
    assert_eq!(text.alphabet.text([text.alphabet.place('\u{4f80}')]), "\u{fffd}");
}

#[test]
fn what_is_no_text_is_told() {
    let refused = |text: &[u8]| {
        let (_folder, path) = written(text);
        let said = Text::open(&path, 16).unwrap_err().to_string();
        assert!(!said.contains('\n') && said.contains("book.txt"), "{said}");
        said
    };
    assert!(refused(b"too short").contains("9 characters, but the network sees 16 at once"));
    assert!(refused(b"\x89PNG\r\n\x1a\n\0\xff").contains("it is a picture"));
    assert!(refused(&[0xff; 900]).contains("it is no text in UTF-8"));
    assert!(refused(&[0; 900]).contains("no text"));
    let folder = tempfile::tempdir().unwrap();
    let said = Text::open(folder.path(), 4).unwrap_err().to_string();
    assert!(said.contains("no file that ends in .txt"), "{said}");
    for (name, text) in [("b.txt", "second"), ("a.TXT", "first"), ("LICENSE.txt", "?")] {
        fs::write(folder.path().join(name), text.repeat(20)).unwrap();
    }
    let text = Text::open(folder.path(), 4).unwrap();
    assert!(text.alphabet.text(text.train).starts_with("firstfirst"));
    let said = Text::open(&folder.path().join("absent"), 4).unwrap_err().to_string();
    assert!(said.contains("there is no such file"), "{said}");
}
