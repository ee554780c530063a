//! What holds of every file: nothing that ships panics, and its first line says what it is for.

use super::source::{check, lines_with};

#[test]
fn nothing_that_ships_panics() {
    let words = [
        ".unwrap()",
        ".expect(",
        ".unwrap_err()",
        ".expect_err(",
        "panic!(",
        "unreachable!(",
        "unimplemented!(",
        "todo!(",
        "assert!(",
        "assert_eq!(",
        "assert_ne!(",
    ];
    let breaches = words.map(|word| ("world/desk/mod.rs", word));
    check("Something panics", &breaches, |source| {
        let mut found = lines_with(source, &words);
        // The compiler sees to these.
        found.retain(|(_, line)| !line.starts_with("const _: () = assert!"));
        found
    });
}

#[test]
fn every_file_says_what_it_is_for() {
    let breaches =
        [("world/desk/mod.rs", "use bevy::prelude::*;"), ("world/desk/mod.rs", "//! The desk.")];
    check("The first line is not `//! …`", &breaches, |source| {
        let first = source.whole.lines().next().unwrap_or_default();
        let sentence = first.strip_prefix("//! ").unwrap_or_default();
        if sentence.split(' ').count() >= 3 { Vec::new() } else { vec![(1, first.to_owned())] }
    });
}
