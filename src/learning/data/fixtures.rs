//! Files for tests: alone or in a folder, packed, and damaged.

use std::{fs, io::Write as _, path::PathBuf};

use flate2::{Compression, write::GzEncoder};
use proptest::sample::Index;
use tempfile::TempDir;

/// A folder with these files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, bytes) in files {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    folder
}

/// A folder with one file.
pub(crate) fn file(name: &str, bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = folder(&[(name, bytes)]);
    let path = folder.path().join(name);
    (folder, path)
}

pub(crate) fn zipped(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A good table, to be damaged: columns of numbers, of words in quotation marks, with gaps, and of three classes.
pub(crate) fn good_table() -> Vec<u8> {
    let mut text = "size,\"colour, seen\",age,label\n".to_owned();
    for row in 0..200 {
        let colour = ["red", "dark blue", "?", "gr\u{fc}n"][row % 4];
        let age = if row % 9 == 0 { String::new() } else { (row % 70).to_string() };
        text += &format!("{:.3},\"{colour}\",{age},{}\n", row as f64 / 7.0, row % 3);
    }
    text.into_bytes()
}

/// Where a file is damaged, in which way and with which byte.
pub(crate) type Damage = (Index, u8, u8);

pub(crate) fn damage(bytes: &mut Vec<u8>, (at, how, byte): Damage) {
    if bytes.is_empty() {
        return;
    }
    let at = at.index(bytes.len());
    match how % 4 {
        0 => bytes[at] = byte,
        1 => bytes.truncate(at),
        2 => bytes.insert(at, byte),
        _ => drop(bytes.remove(at)),
    }
}
